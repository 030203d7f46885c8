import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import anyio
import pytest

from monitor.engine.local import LocalEngine
from storage import frontier
from storage.database import Store, open_store
from storage.records import HostVisit
from tests.unit.storage.worlds import NOW, spec

pytestmark = pytest.mark.anyio
HOSTS = 5


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = open_store(tmp_path / "store.db", now=lambda: NOW)
    specs = [spec(f"s{n}", host=f"h{n}.example") for n in range(HOSTS)]
    store.write(lambda session: frontier.sync_sources(session, specs, now=NOW))
    yield store
    store.close()


class Visits:
    """Visits that last until they are told to end."""

    def __init__(self, store: Store, *, fails: str = "") -> None:
        self.store = store
        self.fails = fails
        self.open: dict[str, asyncio.Event] = {}
        self.cancelled: list[str] = []
        self.most = 0

    async def __call__(self, claim: HostVisit) -> None:
        self.open[claim.host] = asyncio.Event()
        self.most = max(self.most, len(self.open))
        try:
            if claim.host == self.fails:
                raise RuntimeError("no such thing")
            await self.open[claim.host].wait()
            await self.store.awrite(lambda s: frontier.release_all(s, claim.owner))
        except asyncio.CancelledError:
            self.cancelled.append(claim.host)
            raise
        finally:
            del self.open[claim.host]

    def engine(self, concurrency: int) -> LocalEngine:
        return LocalEngine(
            self.store, self, owner="me", now=lambda: NOW, lease=timedelta(minutes=5), concurrency=concurrency
        )


async def test_no_more_hosts_are_visited_at_once_than_allowed(store: Store) -> None:
    visits = Visits(store)
    engine = visits.engine(2)
    with anyio.fail_after(10):
        assert await engine.tick() == 2
        assert (await engine.tick(), engine.busy) == (0, 2)
        await asyncio.sleep(0)
        next(iter(visits.open.values())).set()
        assert await engine.wait(5)
        assert await engine.tick() == 1
        await asyncio.sleep(0)
        await engine.drain(0)
    assert visits.most == 2


async def test_more_hosts_are_visited_once_more_are_allowed(store: Store) -> None:
    engine = Visits(store).engine(1)
    assert await engine.tick() == 1
    engine.concurrency = 3
    assert (await engine.tick(), engine.busy) == (2, 3)
    await engine.drain(0)


async def test_a_host_under_way_is_not_visited_twice(store: Store) -> None:
    engine = Visits(store).engine(16)
    assert (await engine.tick(), await engine.tick()) == (HOSTS, 0)
    await engine.drain(0)


async def test_a_visit_that_fails_stops_no_other(store: Store) -> None:
    visits = Visits(store, fails="h1.example")
    engine = visits.engine(16)
    with anyio.fail_after(10):
        assert await engine.tick() == HOSTS
        assert await engine.wait(5)
        assert engine.busy == HOSTS - 1
        assert "h1.example" not in visits.open
        await engine.drain(0)


async def test_a_drain_lets_visits_end_and_cancels_those_that_do_not(store: Store) -> None:
    visits = Visits(store)
    engine = visits.engine(2)
    with anyio.fail_after(10):
        await engine.tick()
        await asyncio.sleep(0)
        first, second = visits.open
        visits.open[first].set()
        await engine.drain(0.5)
    assert visits.cancelled == [second]
    assert engine.busy == 0


async def test_waiting_for_nothing_returns_at_once(store: Store) -> None:
    engine = Visits(store).engine(1)
    with anyio.fail_after(5):
        assert await engine.wait()
        await engine.tick()
        assert not await engine.wait(0.01)
        await engine.drain(0)
