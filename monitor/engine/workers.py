"""Worker processes for untrusted bytes: limited in wall time, CPU time and memory, and killable.

A task is a picklable function with its arguments. A worker that outlives a limit or dies is killed and replaced; its
task ends as ``Rejected(poison)`` and no other task notices. Workers are forked from a clean server process that has
the parsers loaded (``spawn`` where the platform has no such server), so replacing one is cheap and no connection of
this process ever crosses a fork. Does not know what the tasks do.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from typing import Any, Generic, ParamSpec, TypeVar, cast

from monitor.engine.sockets import settle_folder
from monitor.types import Rejected
from storage.records import Outcome

__all__ = ["NoWorker", "OnlyThere", "WorkerLimits", "WorkerPool", "prepare_workers"]

P = ParamSpec("P")
T = TypeVar("T")

_PRELOADED = ["monitor.engine.preload"]
_DETAIL_CHARACTERS = 300
_START_S = 60.0
_READY = b"ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLimits:
    """What one task may use, and how long a worker lives.

    ``wall_s`` and ``cpu_s`` are per task; ``memory_mb`` is what the process may map beyond what it starts with;
    a worker retires after ``recycle_after`` tasks or ``idle_after_s`` without one.
    """

    count: int = 2
    wall_s: float = 30.0
    cpu_s: float = 20.0
    memory_mb: int = 1024
    recycle_after: int = 200
    idle_after_s: float = 60.0


@dataclass(frozen=True, slots=True)
class OnlyThere(Generic[P, T]):
    """A task by name: its code is loaded in the worker that runs it, and not where it is sent from."""

    module: str
    name: str

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Load the function and call it."""
        return cast("T", getattr(import_module(self.module), self.name)(*args, **kwargs))


class NoWorker(Exception):
    """No worker could be started, so the task was not tried: nothing is known of it."""


class _Died(Exception):
    """The worker ended without an answer."""


class _Worker:
    """One process and the pipe to it. Used by one thread at a time."""

    def __init__(self, limits: WorkerLimits) -> None:
        context = _context()
        self.tasks = 0
        self._limits = limits
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, limits), daemon=True, name="newswatch-worker")
        self._process.start()
        theirs.close()

    def call(self, task: bytes) -> bytes:
        """Return the pickled answer to a pickled task; raise ``_Died`` when a limit or a crash ended the worker."""
        self.tasks += 1
        try:
            self._pipe.send_bytes(task)
            if not self._pipe.poll(self._limits.wall_s):
                raise _Died(f"still running after {self._limits.wall_s:g} s")
            return bytes(self._pipe.recv_bytes())
        except (EOFError, OSError) as error:
            raise _Died(self._last_words()) from error

    def kill(self) -> None:
        """End the process; a call under way in another thread dies with it."""
        with contextlib.suppress(ValueError):  # it has just been stopped
            self._process.kill()

    def stop(self) -> None:
        """End the process, at once and for good, and give back what it held."""
        self._pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()

    def wait_until_ready(self) -> None:
        """Wait until the worker can work: what a start takes is not the first task's. Raise ``NoWorker``."""
        try:
            if self._pipe.poll(_START_S) and self._pipe.recv_bytes() == _READY:
                return
        except (EOFError, OSError):
            raise NoWorker(f"no worker could be started: {self._last_words()}") from None
        raise NoWorker(f"no worker started within {_START_S:g} s")

    def _last_words(self) -> str:
        self._process.join(1)
        code = self._process.exitcode
        if code is None or code >= 0:
            return f"the worker ended with status {code}"
        name = signal.Signals(-code).name
        return f"out of CPU time ({self._limits.cpu_s:g} s)" if name == "SIGXCPU" else f"the worker died of {name}"


class WorkerPool:
    """Runs tasks in at most ``limits.count`` workers, started when they are needed."""

    def __init__(self, limits: WorkerLimits) -> None:
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.count)
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._threads = ThreadPoolExecutor(limits.count, thread_name_prefix="newswatch-pool")
        self._closed = False

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Rejected:
        """Return ``function(*args, **kwargs)`` from a worker, or ``Rejected(poison)`` with what happened.

        Raise ``NoWorker`` when there is none to ask: that says nothing of the task.
        """
        task = pickle.dumps((function, args, kwargs), protocol=pickle.HIGHEST_PROTOCOL)
        async with self._slots:
            call = asyncio.get_running_loop().run_in_executor(self._threads, self._call, task)
            worker, answer = await _finish(call)
            self._keep(worker)
        return cast("T | Rejected", answer)

    async def close(self) -> None:
        """Kill the workers; tasks under way end as rejected."""
        self._closed = True
        idle, self._idle = self._idle, []
        for worker in tuple(self._busy):
            worker.kill()
        for worker in idle:
            await asyncio.to_thread(worker.stop)
        await asyncio.to_thread(self._threads.shutdown, True, cancel_futures=True)

    def _call(self, task: bytes) -> tuple[_Worker | None, Any]:
        worker = self._idle.pop() if self._idle else self._start()
        self._busy.add(worker)
        try:
            ok, answer = pickle.loads(worker.call(task))  # noqa: S301  (written by our own process)
        except _Died as death:
            worker.stop()
            return None, _poison(str(death))
        except (pickle.UnpicklingError, AttributeError, ImportError) as error:
            worker.stop()
            return None, _poison(f"unreadable answer: {error}")
        finally:
            self._busy.discard(worker)
        answer = answer if ok else _poison(answer)
        if worker.tasks < self._limits.recycle_after:
            return worker, answer
        worker.stop()
        return None, answer

    def _start(self) -> _Worker:
        try:
            worker = _Worker(self._limits)
        except (OSError, EOFError) as error:
            raise NoWorker(f"no worker could be started: {error}") from error
        try:
            worker.wait_until_ready()
        except NoWorker:
            worker.stop()
            raise
        return worker

    def _keep(self, worker: _Worker | None) -> None:
        if worker is None:
            return
        if self._closed:
            worker.stop()
            return
        self._idle.append(worker)
        loop = asyncio.get_running_loop()
        loop.call_later(self._limits.idle_after_s, self._retire, worker, worker.tasks)

    def _retire(self, worker: _Worker, tasks: int) -> None:
        if worker in self._idle and worker.tasks == tasks:
            self._idle.remove(worker)
            asyncio.get_running_loop().run_in_executor(self._threads, worker.stop)  # it waits for the process to end


def prepare_workers() -> None:
    """Begin to load what workers need, in the process that they will be forked from; return at once.

    Raise ``NoWorker`` where there will be none.
    """
    try:
        if _context().get_start_method() == "forkserver":
            forkserver.ensure_running()
    except OSError as error:
        raise NoWorker(f"no worker could be started: {error}") from error


async def _finish(call: asyncio.Future[T]) -> T:
    """Await ``call`` to its end even when cancelled, so that no worker is lost; then be cancelled."""
    try:
        return await asyncio.shield(call)
    except asyncio.CancelledError:
        with contextlib.suppress(asyncio.CancelledError, NoWorker):
            worker, _ = cast("tuple[_Worker | None, Any]", await call)
            if worker is not None:
                worker.stop()
        raise


def _poison(detail: str) -> Rejected:
    return Rejected(rejected=Outcome.POISON, detail=detail[:_DETAIL_CHARACTERS])


def _context() -> Any:
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a server that forks must have no threads
    settle_folder()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _serve(pipe: Connection, limits: WorkerLimits) -> None:
    """Say that it is ready, then answer tasks until the other end closes the pipe: also when it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a service manager tells the whole group; the task may finish
    _limit_memory(limits.memory_mb)
    with contextlib.suppress(EOFError, OSError):  # nobody is left to answer
        pipe.send_bytes(_READY)
        while True:
            task = pipe.recv_bytes()
            _limit_cpu(limits.cpu_s)
            pipe.send_bytes(_answer(task))


def _answer(task: bytes) -> bytes:
    try:
        function, args, kwargs = pickle.loads(task)  # noqa: S301  (written by our own process)
        return pickle.dumps((True, function(*args, **kwargs)), protocol=pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001  (the edge of a task: whatever a page did ends here)
        return pickle.dumps((False, f"{type(error).__name__}: {error}"[:_DETAIL_CHARACTERS]))


def _limit_memory(megabytes: int) -> None:
    import resource

    with contextlib.suppress(OSError, ValueError):  # a platform that does not limit address space
        mapped = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()  # noqa: SIM115
        ceiling = mapped + megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))


def _limit_cpu(seconds: float) -> None:
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    ceiling = int(used.ru_utime + used.ru_stime + seconds) + 1
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (ceiling, resource.RLIM_INFINITY))
