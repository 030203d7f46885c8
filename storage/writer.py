"""The thread that owns the one connection that writes.

Knows transactions; does not know what is written in them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from storage.backend import Backend
from storage.errors import StoreError

__all__ = ["Writer", "after_commit"]

T = TypeVar("T")


def after_commit(session: Session, function: Callable[[], None]) -> None:
    """Call a function once the transaction of a session is written, and before the next one begins."""
    event.listen(session, "after_commit", lambda _session: function())


class Writer:
    """Runs functions one after the other, each in its own transaction, in the order in which they were handed in."""

    def __init__(self, backend: Backend, engine: Engine) -> None:
        self._backend = backend
        self._engine = engine
        self._jobs: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="newswatch-writer", daemon=True)
        self._thread.start()

    def submit(self, function: Callable[[Session], T]) -> Future[T]:
        """Queue ``function`` for its transaction. A future that is cancelled in time never begins."""
        return self._enqueue(lambda: self._transact(function))

    def checkpoint(self) -> Future[None]:
        """Queue a checkpoint of the log."""
        return self._enqueue(lambda: self._backend.checkpoint(self._engine))

    def close(self) -> None:
        """Finish what is queued, then end the thread. Closing twice does nothing."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _enqueue(self, job: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        with self._closing:
            if self._closed:
                raise StoreError(f"{self._backend.name} is closed")
            self._jobs.put((future, job))
        return future

    def _work(self) -> None:
        while (queued := self._jobs.get()) is not None:
            _settle(*queued)
            del queued  # an idle writer holds no results
        self._engine.dispose()

    def _transact(self, function: Callable[[Session], T]) -> T:
        try:
            with Session(self._engine) as session, session.begin():  # rolls back on any error, a failed commit included
                return function(session)
        except DBAPIError as error:
            raise self._backend.explain(error) or error from error


def _settle(future: Future[Any], job: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = job()
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits
        future.set_exception(error)
    else:
        future.set_result(result)
