"""The process stops between any two steps; the one that follows ends in the same state."""

import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest

from monitor.runtime import Runtime
from monitor.types import Rejected
from storage.database import Store
from storage.feed import as_json, list_alerts
from tests.flow.world import World

pytestmark = pytest.mark.anyio

P = ParamSpec("P")
T = TypeVar("T")
SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Crash(BaseException):
    """The process is gone."""


class MortalStore:
    """A store whose process ends at its ``at``-th write: before it, or right after its commit."""

    def __init__(self, store: Store, at: int, *, committed: bool) -> None:
        self._store = store
        self._at = at
        self._committed = committed
        self.writes = 0
        self.dead = False

    async def awrite(self, function: Callable[[Any], T]) -> T:
        self.writes += 1
        number = self.writes  # another one may begin before this one has ended
        if self.dead or (number == self._at and not self._committed):
            self.dead = True
            raise Crash
        result = await self._store.awrite(function)
        if number == self._at:
            self.dead = True
            raise Crash
        return result

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class InlinePool:
    """Runs tasks where they are asked for: what workers do is another test's matter."""

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Rejected:
        return function(*args, **kwargs)

    async def close(self) -> None:
        """Nothing to end."""


class OncePool(InlinePool):
    """Does a task once in all lives: what is read depends on what is given alone."""

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Rejected:
        answer: T | Rejected = pickle.loads(_answer(pickle.dumps((function, args, kwargs))))
        return answer


@cache
def _answer(task: bytes) -> bytes:
    function, args, kwargs = pickle.loads(task)
    return pickle.dumps(function(*args, **kwargs))


class Life:
    """One life of the process: gives the runtime a store that dies."""

    def __init__(self, at: int = 0, *, committed: bool = False) -> None:
        self._at = at
        self._committed = committed
        self.store: MortalStore

    def __call__(self, built: Runtime) -> Runtime:
        self.store = MortalStore(built.store, self._at, committed=self._committed)
        return replace(built, store=self.store, pool=OncePool())  # type: ignore[arg-type]


def an_inbox(root: Path) -> Path:
    """Fill a folder with two of the samples and the repost of one."""
    inbox = root / "inbox"
    inbox.mkdir()
    for path in SAMPLES.glob("*00[02]*"):
        shutil.copy(path, inbox)
    return inbox


def a_world(root: Path, inbox: Path) -> World:
    """Return a world over the inbox, told of by digest and by alert."""
    document = World.document([{"id": "inbox", "kind": "folder", "path": str(inbox)}])
    document["rules"].append({"id": "now", "entities": ["model:*"], "channels": ["digests"], "mode": "instant"})
    return World(root, document)


async def live(world: World, life: Life) -> None:
    """Run one life: to its end, or to its crash."""
    try:
        async with world.reopened(runtime=life):
            await world.run_pass()
    except Crash:
        pass


async def end_state(world: World) -> dict[str, Any]:
    """Return all that a user could see in the end; byte for byte."""
    async with world.reopened(runtime=Life()):
        with world.daemon.rt.store.read() as session:
            alerts = as_json(list_alerts(session, limit=1000))
        return {
            "outcomes": world.outcomes(),
            "articles": sorted((a.title, a.verdict, a.story_id) for a in world.articles()),
            "alerts": sorted(
                (a["hit"]["rule"], a["title"], [m["state"] for m in a["hit"]["deliveries"]]) for a in alerts
            ),
            "digests": {path.name: path.read_bytes() for path in world.digests()},
        }


@pytest.mark.parametrize("committed", [False, True], ids=["before the write", "after its commit"])
async def test_a_crash_between_any_two_steps_changes_nothing_in_the_end(tmp_path: Path, committed: bool) -> None:
    inbox = an_inbox(tmp_path)
    unharmed = a_world(tmp_path / "unharmed", inbox)
    await live(unharmed, Life())
    expected = await end_state(unharmed)
    assert expected["outcomes"] == {"stored": 2, "near_copy": 1}
    for at in range(1, 100):
        world = a_world(tmp_path / str(at), inbox)
        life = Life(at, committed=committed)
        await live(world, life)
        await live(world, Life())
        assert await end_state(world) == expected, f"crashed at write {at}"
        if not life.store.dead:
            break
    assert at > 20
