"""What is told when nothing comes in: bursts and lulls of what is tracked, once, to those who ask."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from monitor.assembly import build_runtime, close_runtime
from monitor.config import load_config
from monitor.runtime import Runtime, now
from monitor.telling import tell_bursts
from storage.database import open_store
from storage.tables import deliveries
from tests.unit.cli.test_bursts import BUSY, GONE, filled

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a burst of one name, the silence of another, and both of one that nobody tracks."""
    return filled(tmp_path_factory.mktemp("telling"), 45)


@pytest.fixture
async def runtime(folder: Path, request: pytest.FixtureRequest) -> AsyncIterator[Runtime]:
    """The runtime of a configuration with some ``settings.alerts.bursts``."""
    given: dict[str, Any] = request.param
    document = json.loads((folder / "sources.yaml").read_text(encoding="utf-8"))
    document["channels"] = [{"id": "desk", "kind": "file"}]
    document["settings"] = {"alerts": {"bursts": given}}
    (folder / "sources.yaml").write_text(json.dumps(document), encoding="utf-8")
    store = open_store(folder / "data" / "newswatch.db", now=now)
    runtime = build_runtime(load_config(folder / "sources.yaml", environ={}), folder / "data", store)
    yield runtime
    await close_runtime(runtime)


@pytest.mark.parametrize("runtime", [{}], indirect=True, ids=["nobody asks"])
async def test_nobody_is_told_who_did_not_ask(runtime: Runtime) -> None:
    assert await tell_bursts(runtime) == 0


@pytest.mark.parametrize("runtime", [{"channels": ["desk"]}], indirect=True, ids=["desk"])
async def test_bursts_and_lulls_of_what_is_tracked_are_told_once(runtime: Runtime) -> None:
    assert [await tell_bursts(runtime) for _ in range(2)] == [2, 0]

    with runtime.store.read() as session:
        rows = session.execute(select(deliveries).order_by(deliveries.c.reason)).all()
    assert [(row.reason, row.payload["data"]["entity"]) for row in rows] == [("burst", BUSY), ("lull", GONE)]
    assert "24 条新闻" in rows[0].payload["text"]
