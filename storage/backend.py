"""What a database must offer to hold a store. Each database is one file beside this one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from storage.errors import StoreError

__all__ = ["Backend"]


class Backend(Protocol):
    """A database that can hold a store; ``name`` is how messages speak of it."""

    @property
    def name(self) -> str:
        """Return the path or the address, without secrets."""
        ...

    def prepare(self, now: Callable[[], datetime]) -> None:
        """Bring the store into being or up to date, or raise StoreError and leave it as it was."""
        ...

    def inspect(self) -> None:
        """Raise StoreError unless there is a store of the schema that this program knows."""
        ...

    def writer(self, durability: str) -> Engine:
        """Return the engine of the one connection that writes; its transactions hold the write lock from the start."""
        ...

    def reader(self) -> Engine:
        """Return an engine whose connections cannot write."""
        ...

    def limited(self, session: Session, limit_s: float | None) -> AbstractContextManager[None]:
        """Cut off the questions of a reading session ``limit_s`` seconds from now."""
        ...

    def explain(self, error: DBAPIError) -> StoreError | None:
        """Return what an error of the database means for the caller; None where it is a fault of the program."""
        ...

    def backup(self, target: Path) -> None:
        """Write a whole, checked copy to ``target``, which must not exist."""
        ...

    def checkpoint(self, engine: Engine) -> None:
        """Move the log of the writer's ``engine`` into the store."""
        ...
