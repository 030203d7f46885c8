"""The process stops between any two steps; the next one ends in the same state."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest

from monitor.types import Rejected
from storage.database import Store
from tests.flow.world import World

pytestmark = pytest.mark.anyio

P = ParamSpec("P")
T = TypeVar("T")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Crash(BaseException):
    """The process is gone."""


class MortalStore:
    """A store whose process ends at its ``at``-th write: before it, or after its commit."""

    def __init__(self, store: Store, at: int, *, committed: bool) -> None:
        self._store = store
        self._left = at
        self._committed = committed
        self.dead = False

    async def awrite(self, function: Callable[[Any], T]) -> T:
        self._left -= 1
        if self.dead or (self._left == 0 and not self._committed):
            self.dead = True
            raise Crash
        result = await self._store.awrite(function)
        if self._left == 0:
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
