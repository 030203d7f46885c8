"""Restarts, crashes and clocks that go back around the midnight at which a digest is due: each story is told once."""

from __future__ import annotations

import contextlib
import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from monitor.sending import send_due
from monitor.telling import compose_due
from tests.faults.test_crash import Crash, Life, an_inbox, live
from tests.flow.world import World

pytestmark = pytest.mark.anyio

_ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


def _world(root: Path, inbox: Path) -> World:
    document = World.document([{"id": "inbox", "kind": "folder", "path": str(inbox), "every": "1s"}])
    document["channels"] = [
        {"id": "digests", "kind": "file", "digest": {"at": "0 0 * * *", "timezone": "Asia/Shanghai"}}
    ]
    document["settings"]["digest"] = {"first": "scheduled"}
    return World(root, document)


async def _lives(world: World, *times: str) -> None:
    """Live once at each local time."""
    for time in times:
        world.clock.at = _at(time)
        await live(world, Life())


async def _tell(world: World, time: str, life: Life) -> None:
    """Start at a local time and tell what is due: to the end, or to a crash."""
    world.clock.at = _at(time)
    with contextlib.suppress(Crash):
        async with world.reopened(runtime=life):
            await compose_due(world.daemon.rt, first_allowed=True)
            await send_due(world.daemon.rt, "digests")


def _at(time: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{time}").replace(tzinfo=_ZONE)


@pytest.fixture(scope="module")
async def evening(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a service that has read two stories before midnight."""
    folder = tmp_path_factory.mktemp("evening")
    world = _world(folder, an_inbox(folder))
    await _lives(world, "21T23:50:00", "21T23:51:00")
    assert world.digests() == []
    return folder


def _copy(evening: Path, root: Path) -> World:
    shutil.copytree(evening / "data", root / "data")
    return _world(root, evening / "inbox")


def _told(world: World) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in world.digests()}


@pytest.mark.parametrize(
    "times",
    [
        pytest.param(("21T23:59:59", "22T00:00:00", "22T00:00:01"), id="from before to after"),
        pytest.param(("22T00:00:00", "22T00:00:00"), id="twice at midnight"),
        pytest.param(("22T00:05:00", "21T23:55:00", "22T00:10:00"), id="a clock that goes back"),
        pytest.param(("22T07:00:00",), id="off all night"),
    ],
)
async def test_restart_around_midnight_tells_each_story_once(
    evening: Path, tmp_path: Path, times: tuple[str, ...]
) -> None:
    unharmed, restarted = _copy(evening, tmp_path / "unharmed"), _copy(evening, tmp_path / "restarted")
    await _lives(unharmed, "22T00:00:00")
    (digest,) = _told(unharmed).items()

    await _lives(restarted, *times, "22T23:59:00", "23T00:01:00", "25T00:01:00")

    assert list(_told(restarted)) == [digest[0]]
    assert _told(restarted)[digest[0]].count(b"\n## ") == digest[1].count(b"\n## ")


async def test_crash_at_midnight_loses_nothing_and_repeats_nothing(evening: Path, tmp_path: Path) -> None:
    unharmed = _copy(evening, tmp_path / "unharmed")
    await _tell(unharmed, "22T00:00:00", Life())
    expected = _told(unharmed)
    assert len(expected) == 1
    for at in range(1, 60):
        world, life = _copy(evening, tmp_path / str(at)), Life(at)
        await _tell(world, "22T00:00:00", life)
        await _tell(world, "22T00:00:30", Life())
        assert _told(world) == expected, f"crashed at write {at}"
        if not life.store.dead:
            break
    assert at > 5
