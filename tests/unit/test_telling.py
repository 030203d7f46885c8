"""What is told when nothing comes in: bursts and lulls of what is tracked, once, to those who ask."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.assembly import build_runtime, close_runtime
from monitor.config import load_config
from monitor.runtime import Runtime, now
from monitor.telling import tell_bursts
from storage.database import open_store
from storage.retags import advance_retag, begin_retag
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
    """The runtime of a configuration with some ``settings.alerts.bursts``, in the evening some days ago."""
    days_ago, given = request.param
    at: datetime = now().replace(hour=20) - timedelta(days=days_ago)
    document = json.loads((folder / "sources.yaml").read_text(encoding="utf-8"))
    document["channels"] = [{"id": "desk", "kind": "file"}]
    document["settings"] = {"alerts": {"bursts": given}}
    (folder / "sources.yaml").write_text(json.dumps(document), encoding="utf-8")
    store = open_store(folder / "data" / "newswatch.db", now=now)
    runtime = build_runtime(load_config(folder / "sources.yaml", environ={}), folder / "data", store, clock=lambda: at)
    yield runtime
    await close_runtime(runtime)


@pytest.mark.parametrize("runtime", [(0, {})], indirect=True, ids=["nobody asks"])
async def test_nobody_is_told_who_did_not_ask(runtime: Runtime) -> None:
    assert await tell_bursts(runtime) == 0


@pytest.mark.parametrize("runtime", [(0, {"channels": ["desk"]})], indirect=True, ids=["a burst"])
async def test_nobody_is_told_while_stored_articles_are_tagged_again(runtime: Runtime) -> None:
    at = runtime.now()
    runtime.store.write(lambda session: begin_retag(session, "another", now=at))

    assert await tell_bursts(runtime) == 0

    runtime.store.write(lambda session: advance_retag(session, after_id=0, changed=0, ended_at=at))


@pytest.mark.parametrize(
    ("runtime", "told", "said"),
    [
        pytest.param((6, {"channels": ["desk"]}), ("lull", GONE), "没有新的新闻", id="a lull that has begun"),
        pytest.param((0, {"channels": ["desk"]}), ("burst", BUSY), "24 条新闻", id="a burst, and no old lull"),
    ],
    indirect=["runtime"],
)
async def test_what_is_tracked_is_told_once(runtime: Runtime, told: tuple[str, str], said: str) -> None:
    with runtime.store.read() as session:
        before = session.scalars(select(deliveries.c.id)).all()

    assert [await tell_bursts(runtime) for _ in range(2)] == [1, 0]

    with runtime.store.read() as session:
        (row,) = session.execute(select(deliveries).where(deliveries.c.id.not_in(before))).all()
    assert (row.reason, row.payload["data"]["entity"]) == told
    assert said in row.payload["text"]
