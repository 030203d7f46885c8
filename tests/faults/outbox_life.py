"""A process that lives again and again: enqueues messages, sends what is due, until somebody kills it.

Run as ``python -m tests.faults.outbox_life STORE URL``. For each line on standard input, numbers of messages, it forks
a life and names its process; a life says of each message that the store has it, and ``done`` when nothing is left.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import structlog

from alerts.channels import channels
from alerts.deliver import drain
from storage import outbox
from storage.database import Session, open_store
from tests.contract.receiving import LoopbackPort

__all__ = ["key_of"]


def key_of(number: int) -> str:
    """Return the key of a message."""
    return sha256(str(number).encode()).hexdigest()


def main() -> None:
    path, url = Path(sys.argv[1]), sys.argv[2]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    channels()
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            asyncio.run(_live(path, url, [int(word) for word in line.split()]))
            os._exit(0)
        _say(f"process {process}")
        os.waitpid(process, 0)
        _say("over")


async def _live(path: Path, url: str, numbers: list[int]) -> None:
    store = open_store(path, now=_now)
    store.write(lambda session: outbox.lapse_all(session, now=_now()))
    for number in numbers:
        store.write(lambda session, one=number: _enqueue(session, one))
        _say(f"stored {number}")
    settings = channels()["webhook"].Settings.model_validate({"id": "hook", "kind": "webhook", "url": url})
    await drain(
        store,
        {"hook": settings},
        LoopbackPort(path.parent),
        now=_now,
        owner=str(os.getpid()),
        lease_s=120.0,
        send_timeout_s=30.0,
        limit=1_000,
    )
    _say("done")


def _enqueue(session: Session, number: int) -> None:
    payload = {"subject": str(number), "text": str(number), "markdown": str(number), "html": "", "data": {}}
    now = _now()
    outbox.enqueue(session, key=key_of(number), channel="hook", reason="new", payload=payload, due_at=now, now=now)


def _now() -> datetime:
    return datetime.now(UTC)


def _say(words: str) -> None:
    os.write(1, f"{words}\n".encode())  # in one piece: lives and their parent share the pipe


if __name__ == "__main__":
    main()
