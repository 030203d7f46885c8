"""What follows a change of ``watch``: a running service is told to reload, else the stored articles are tagged here.

A signal is only sent to a process of this program that is known to heed it (Linux); it would end any other.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor import retag
from monitor.cli._beside import beside_the_service
from monitor.cli._discover.question import Question
from monitor.cli._options import EX_TEMPORARY, fail, find_data
from monitor.cli._progress import count_progress
from monitor.engine.lock import DataLock, Locked
from monitor.engine.workers import NoWorker
from monitor.log import configure_logging
from storage import retags
from storage.errors import StoreError

__all__ = ["TakenUp", "take_up"]

_CAUGHT = re.compile(r"^SigCgt:\s*([0-9a-f]+)$", re.MULTILINE)
_PROGRAM = re.compile(rb"newswatch|(?:^|\0)monitor(?:\0|$)")
_LATER = "the entry is written; tag the stored articles again with: newswatch retag"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """``service`` is the process that watches with this store, ``is_reloading`` whether it was told of the change.

    Without one, ``named`` counts the stored articles that name the entity now; None where nothing was tagged.
    """

    service: int | None = None
    is_reloading: bool = False
    named: int | None = None

    def document(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {"service": self.service, "is_reloading": self.is_reloading, "named": self.named}

    def lines(self) -> list[str]:
        """Return it in words."""
        if self.is_reloading:
            who = f"The service (process {self.service})"
            return [f"{who} reloads and tags the stored articles again; nobody is alerted of the past."]
        if self.named is None:
            which = f"process {self.service}" if self.service else "another process"
            return [f"The stored articles are tagged again when the service ({which}) reloads (SIGHUP) or starts."]
        articles = "1 stored article names" if self.named == 1 else f"{self.named:,} stored articles name"
        return [f"{articles} it; nobody is alerted of the past."]


def take_up(question: Question, config: Path, entity: str) -> TakenUp:
    """Let the store have the changed configuration, the file ``config``; ``entity`` is what is new in it."""
    data_dir = find_data(question.data, config)
    try:
        DataLock(data_dir).release()
    except Locked:
        service = _holder(data_dir)
        return TakenUp(service=service, is_reloading=service is not None and _reload(service))
    except OSError:  # the store is in a database, and nothing in the data directory yet
        pass
    configure_logging(logging.WARNING)
    return TakenUp(named=asyncio.run(_tag_again(question, entity)))


def _holder(data_dir: Path) -> int | None:
    try:
        held = (data_dir / "newswatch.lock").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return int(held) if held.isdigit() else None


def _reload(process: int) -> bool:
    """Send SIGHUP where that is certain to be heeded; say whether it was sent."""
    about = Path(f"/proc/{process}")
    try:
        caught = _CAUGHT.search((about / "status").read_text(encoding="ascii", errors="replace"))
        is_heeded = caught is not None and int(caught[1], 16) >> (signal.SIGHUP - 1) & 1
        if not (is_heeded and _PROGRAM.search((about / "cmdline").read_bytes())):
            return False
        os.kill(process, signal.SIGHUP)
    except OSError:
        return False
    return True


async def _tag_again(question: Question, entity: str) -> int:
    """Tag the stored articles that have the names of another catalogue; return how many gained ``entity``."""
    wanted = retag.Wanted(since=None, is_any_version=False, alerts_since=None)
    named = 0
    async with beside_the_service(question.config, question.data) as rt:
        try:
            await rt.store.awrite(lambda session: retag.begin(session, rt))
            with rt.store.read(limit_s=None) as session:
                total = retags.count_to_tag(session, other_than=rt.catalogue, since=None)
            with count_progress("tagging again", total, shown=not question.as_json) as advance:
                async for one in retag.tag_wanted(rt, wanted, apply=True):
                    named += entity in one.gained
                    advance()
        except (NoWorker, retag.Superseded, StoreError) as error:
            fail(f"{error or 'another process tags the articles'}: {_LATER}{question.again}", EX_TEMPORARY)
    return named
