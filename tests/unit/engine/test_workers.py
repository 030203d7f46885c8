import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pkgutil import iter_modules

import anyio
import pytest

import monitor
from monitor.engine.workers import NoWorker, OnlyThere, WorkerLimits, WorkerPool
from monitor.types import Rejected
from storage.records import Outcome

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def pool(**limits: float | str) -> AsyncIterator[WorkerPool]:
    workers = WorkerPool(WorkerLimits(**{"count": 1, "wall_s": 20.0, **limits}))  # type: ignore[arg-type]
    try:
        yield workers
    finally:
        await workers.close()


def double(number: int) -> int:
    return number * 2


def process_id() -> int:
    return os.getpid()


def fail() -> None:
    raise RecursionError("too deep")


def hang() -> None:
    signal.pause()


def spin() -> None:
    while True:
        time.monotonic()


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def allocate(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


async def test_a_task_is_answered_from_another_process() -> None:
    async with pool() as workers:
        assert await workers.run(double, 21) == 42
        assert await workers.run(process_id) != os.getpid()


@pytest.mark.parametrize(
    ("task", "args", "limits", "detail"),
    [
        pytest.param(fail, (), {}, "RecursionError: too deep", id="an exception"),
        pytest.param(hang, (), {"wall_s": 1.5}, "still running after 1.5 s", id="the wall limit"),
        pytest.param(spin, (), {"cpu_s": 0.1}, "out of CPU time", id="the CPU limit"),
        pytest.param(crash, (), {}, "died of SIGSEGV", id="a crash"),
        pytest.param(
            allocate,
            (2000,),
            {"memory_mb": 200},
            "MemoryError",
            id="the memory limit",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space"),
        ),
    ],
)
async def test_a_task_that_goes_wrong_is_poison_and_the_next_one_runs(
    task: object, args: tuple[int, ...], limits: dict[str, float], detail: str
) -> None:
    async with pool(**limits) as workers:
        answer = await workers.run(task, *args)  # type: ignore[arg-type]
        assert isinstance(answer, Rejected)
        assert answer.rejected is Outcome.POISON
        assert detail in answer.detail
        assert await workers.run(double, 4) == 8


async def test_a_worker_serves_many_tasks_and_retires_at_its_count() -> None:
    async with pool(recycle_after=2) as workers:
        first, second, third = [await workers.run(process_id) for _ in range(3)]
    assert first == second != third


async def test_an_idle_worker_retires() -> None:
    async with pool(idle_after_s=0.01) as workers:
        process = await workers.run(process_id)
        with anyio.fail_after(10):
            while not _has_ended(process):
                await anyio.sleep(0.01)


async def test_a_cancelled_task_frees_its_slot() -> None:
    async with pool(wall_s=2) as workers:
        with anyio.move_on_after(0.05):
            await workers.run(hang)
        assert await workers.run(double, 3) == 6


async def test_a_task_by_name_is_loaded_in_the_worker() -> None:
    async with pool() as workers:
        there: OnlyThere[[int], int] = OnlyThere(__name__, "double")
        assert await workers.run(there, 3) == 6
        nowhere: OnlyThere[[], None] = OnlyThere("monitor.nothing", "read")
        found = await workers.run(nowhere)
        assert isinstance(found, Rejected)
        assert found.detail == "ModuleNotFoundError: No module named 'monitor.nothing'"


async def test_every_task_by_name_is_one_that_there_is() -> None:
    modules = [import_module(f"monitor.{one.name}") for one in iter_modules(monitor.__path__) if one.name[0] != "_"]
    tasks = [value for module in modules for value in vars(module).values() if isinstance(value, OnlyThere)]
    assert len(tasks) >= 3
    for task in tasks:
        assert callable(getattr(import_module(task.module), task.name))


async def test_closing_ends_a_task_under_way() -> None:
    workers = WorkerPool(WorkerLimits(count=1, wall_s=60))
    with anyio.fail_after(20):
        async with anyio.create_task_group() as group:

            async def run() -> None:
                assert isinstance(await workers.run(hang), Rejected)

            await workers.run(double, 1)
            group.start_soon(run)
            await anyio.sleep(0.05)
            await workers.close()


def _has_ended(process: object) -> bool:
    try:
        with open(f"/proc/{process}/stat") as stat:
            return stat.read().split()[2] == "Z"
    except FileNotFoundError:
        return True


async def test_a_worker_that_cannot_start_says_nothing_of_the_task() -> None:
    async with pool(memory_mb="much") as workers:  # a limit that no process can be given
        with pytest.raises(NoWorker, match="no worker"):
            await workers.run(double, 1)
