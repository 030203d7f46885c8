"""Senders killed with SIGKILL at any instant: nothing is lost, and only the message in flight comes twice."""

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.database import open_store
from storage.tables import deliveries
from tests.contract.receivers import WebhookReceiver
from tests.faults.outbox_life import key_of
from tests.unit.alerts.samples import NOW

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("NEWSWATCH_KILLS", "15"))
"""How many lives are ended; 200 take half a minute."""
_MESSAGES_A_LIFE = 3
_LONGEST_LIFE_S = 0.12
_GOLDEN = 0.618_033_988_749_895
"""Multiples of it, less their whole parts, fall evenly everywhere: no instant of a life is left out."""

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class Lives:
    """The process that forks lives, and what they said that the store has."""

    process: asyncio.subprocess.Process
    stored: list[int] = field(default_factory=list)
    done: int = 0

    async def live(self, numbers: range, longest_s: float | None) -> bool:
        """Start a life, end it after so many seconds; return whether it was killed."""
        assert self.process.stdin
        self.process.stdin.write((" ".join(map(str, numbers)) + "\n").encode())
        _, process = await self._line()
        reading = asyncio.create_task(self._read())
        finished, _ = await asyncio.wait([reading], timeout=longest_s)
        if not finished:
            with suppress(ProcessLookupError):  # it has just come to its end
                os.kill(int(process), signal.SIGKILL)
        done = await reading
        self.done += done
        return not done

    async def _read(self) -> bool:
        """Follow a life to its end; return whether it came to it by itself."""
        is_done = False
        while (line := await self._line()) != ["over"]:
            if line[0] == "stored":
                self.stored.append(int(line[1]))
            is_done |= line == ["done"]
        return is_done

    async def _line(self) -> list[str]:
        assert self.process.stdout
        line = (await self.process.stdout.readline()).decode().split()
        assert line, "the process of all lives ended"
        return line


@pytest.fixture
async def hook() -> AsyncIterator[tuple[WebhookReceiver, str]]:
    receiver = WebhookReceiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    async with server:
        yield receiver, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"


async def test_killed_at_any_instant_nothing_is_lost_and_only_what_is_in_flight_comes_twice(
    tmp_path: Path, hook: tuple[WebhookReceiver, str]
) -> None:
    receiver, url = hook
    path = tmp_path / "newswatch.db"
    open_store(path, now=lambda: NOW).close()
    command = (sys.executable, "-m", "tests.faults.outbox_life", str(path), url)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=pipe, stdout=pipe)
    lives, kills, firsts = Lives(process), 0, []
    await lives.live(range(0), None)  # the first one loads what the others share

    for number in range(KILLS):
        firsts.append(len(receiver.received()))
        numbers = range(number * _MESSAGES_A_LIFE, (number + 1) * _MESSAGES_A_LIFE)
        kills += await lives.live(numbers, _LONGEST_LIFE_S * ((number * _GOLDEN) % 1))
    firsts.append(len(receiver.received()))
    await lives.live(range(0), None)
    assert process.stdin
    process.stdin.close()
    assert await process.wait() == 0

    keys = [one.key for one in receiver.received()]
    repeats = [place for place, key in enumerate(keys) if key in keys[:place]]
    print(f"\nkilled {kills} of {KILLS}, stored {len(lives.stored)}, received {len(keys)}, twice {len(repeats)}")
    assert kills > KILLS / 3
    assert {key_of(number) for number in lives.stored} <= set(keys), "lost"
    assert set(repeats) <= set(firsts), "what comes again is what was under way when its sender died"
    assert max(Counter(keys).values()) <= 1 + kills
    first_times = [key for place, key in enumerate(keys) if place not in repeats]
    order = {key_of(number): number for number in range(KILLS * _MESSAGES_A_LIFE)}
    assert first_times == sorted(first_times, key=order.__getitem__)
    store = open_store(path, now=lambda: NOW)
    with store.read() as session:
        states = Counter(session.scalars(select(deliveries.c.state)))
    store.close()
    assert states == {"sent": len(set(keys))}
