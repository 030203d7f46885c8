"""Tagging again in the background: one batch after the other, with rests, never twice at once, never over."""

import asyncio

import pytest

from monitor.engine.workers import NoWorker
from monitor.retagging import Retagging
from storage.errors import StoreBusy

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Work:
    """Batches that take a second each by a clock of their own; answers are given in turn, then None."""

    def __init__(self, *answers: int | Exception | None, busy: bool = False) -> None:
        self.answers = list(answers)
        self.now = 0.0
        self.batches = 0
        self.told = 0
        self.rests: list[float] = []
        self.retagging = Retagging(
            self.step, is_busy=lambda: busy, raised=self.tell, monotonic=lambda: self.now, sleep=self.rest
        )

    async def step(self) -> int | None:
        self.batches += 1
        self.now += 1.0
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        await asyncio.sleep(0)

    def tell(self) -> None:
        self.told += 1

    async def flush(self, limit_s: float = 100.0, stopping: bool = False) -> int:
        """Wake it, work off what there is, and return how many batches that were."""
        event = asyncio.Event()
        if stopping:
            event.set()
        self.retagging.wake()
        await self.retagging.flush(limit_s, event)
        return self.batches


async def test_it_works_until_nothing_is_left() -> None:
    assert await Work(0, 0, 0).flush() == 4


async def test_nothing_is_asked_before_something_changed() -> None:
    work = Work(0)
    await work.retagging.flush(10.0, asyncio.Event())
    assert work.batches == 0


async def test_it_stops_when_its_time_is_over_and_goes_on_later() -> None:
    work = Work(0, 0, 0, 0)
    assert await work.flush(2.0) == 2
    assert await work.flush() == 5


async def test_a_program_that_ends_begins_no_batch() -> None:
    assert await Work(0).flush(stopping=True) == 0


async def test_messages_are_sent_for_once_there_are_some() -> None:
    work = Work(0, 3, 0, 1)
    await work.flush()
    assert work.told == 2


@pytest.mark.parametrize(
    "trouble",
    [StoreBusy("locked"), NoWorker("no memory"), RuntimeError("a defect")],
    ids=lambda one: type(one).__name__,
)
async def test_trouble_ends_a_pass_and_not_the_program(trouble: Exception) -> None:
    work = Work(0, trouble, 0)
    assert await work.flush() == 2
    assert await work.flush() == 4


@pytest.mark.parametrize(("busy", "rest"), [(False, 1.0), (True, 4.0)], ids=["at rest", "while hosts are visited"])
async def test_it_rests_as_long_as_it_worked_and_longer_while_others_work(busy: bool, rest: float) -> None:
    assert await rests_of(Work(0, busy=busy)) == [rest, 0.0]


async def test_it_waits_after_trouble() -> None:
    assert (await rests_of(Work(StoreBusy("locked"))))[0] == 10.0


async def rests_of(work: Work) -> list[float]:
    """Run it until it has nothing to do, and return how long it rested after each batch."""
    work.retagging.wake()
    job = asyncio.create_task(work.retagging.run())
    while len(work.rests) < 2:
        await asyncio.sleep(0)
    job.cancel()
    return work.rests
