"""A site of one's own and a fetcher that may reach it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from monitor.fetch.client import Fetcher
from monitor.fetch.limits import FetchLimits
from tests.site import Site

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site.start(routes={}) as site:
        yield site


@pytest.fixture
async def fetcher(site: Site) -> AsyncIterator[Fetcher]:
    limits = FetchLimits(total_s=10.0, max_wire=300_000, max_decoded=300_000, ratio_from=100_000)
    fetcher = Fetcher(
        user_agent="newswatch/1.0 (+https://news.example)",
        now=lambda: NOW,
        limits=limits,
        allow=(site.address,),
        resolve=site.resolve,
    )
    yield fetcher
    await fetcher.aclose()
