"""A machine whose clock ran ahead and is set right: the service goes on, and what was put off is due."""

from __future__ import annotations

import asyncio
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from monitor.retagging import Retagging
from monitor.runtime import Runtime
from storage import outbox
from storage.tables import deliveries
from tests.flow.world import World

pytestmark = pytest.mark.anyio


async def test_service_goes_on_when_the_clock_is_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its ticks go by the clock, too: they would wait until it shows its former time."""
    async with World.open(tmp_path, sources=[]) as world:
        ticking, maintained = asyncio.Event(), asyncio.Event()

        class OfTheWorld(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Any:
                return world.clock().astimezone(tz)

        async def go_on(_besides: Retagging) -> None:
            ticking.set()

        async def maintain(_rt: Runtime) -> None:
            maintained.set()

        for module in ("schedulers.base", "triggers.interval"):
            monkeypatch.setattr(f"apscheduler.{module}.datetime", OfTheWorld)
        monkeypatch.setattr("monitor.daemon._LOOK_AT_CLOCK_S", 0.01)
        monkeypatch.setattr(Retagging, "run", go_on)  # begins once the scheduler did
        monkeypatch.setattr("monitor.daemon.let_go", maintain)
        ahead, store = world.clock(), world.daemon.rt.store
        given: dict[str, Any] = {"key": "k", "channel": "elsewhere", "reason": "new", "payload": {}}
        store.write(lambda session: outbox.enqueue(session, **given, due_at=ahead, now=ahead))

        service = asyncio.create_task(world.daemon.run())
        async with asyncio.timeout(30):
            await ticking.wait()
            world.clock.advance(hours=-8)
            await maintained.wait()
        world.daemon.stop()
        await service

        with store.read() as session:
            assert session.scalars(select(deliveries.c.due_at)).all() == [world.clock()]
