"""What a command of ``newswatch discover`` asks for, and the one answer to a name that somebody typed."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from sqlalchemy.orm import Session

from monitor.cli._options import again, fail
from monitor.cli._table import cut, plain
from monitor.discovery import Discovered, Found, Window, find
from monitor.tag.catalogue import Catalogue
from storage.sightings import Dismissed

__all__ = ["Question", "named", "quoted"]

_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The options of a command: where to look, for what kind, and since when."""

    config: Path | None
    data: Path | None
    kind: str | None
    since: datetime
    now: datetime
    as_json: bool

    @property
    def window(self) -> Window:
        """Return the days that count."""
        return Window(since=self.since, now=self.now)

    @property
    def again(self) -> str:
        """Return the options for a command that is proposed next."""
        return again(self.config, self.data)


def named(session: Session, question: Question, catalogue: Catalogue, name: str) -> Discovered:
    """Return the one proposal that a name stands for, or say why there is none and end."""
    found = find(session, catalogue, question.window, name, kind=question.kind)
    if len(found.discovered) > 1:
        fail(f"{quoted(name)} was seen as a model and as a regulation; choose one with --kind", 2)
    if found.discovered:
        return found.discovered[0]
    if found.tracked is not None:
        articles = f"newswatch feed --entity {found.tracked}{question.again}"
        fail(f"{quoted(name)} is tracked as {found.tracked}; its articles: {articles}")
    if found.dismissed:
        _say_dismissed(found.dismissed[0], question)
    return _say_unknown(found, name, question)


def quoted(name: str) -> str:
    """Return a name from the command line as a message shows it."""
    return repr(plain(cut(name, _LONGEST)))


def _say_dismissed(one: Dismissed, question: Question) -> NoReturn:
    note = f" ({one.note})" if one.note else ""
    undo = f"newswatch discover restore {shlex.quote(one.name)}{question.again}"
    fail(plain(f"{one.name!r} was dismissed on {one.created_at:%Y-%m-%d}{note}; propose it again: {undo}"))


def _say_unknown(found: Found, name: str, question: Question) -> NoReturn:
    kind = f"untracked {question.kind}" if question.kind else "untracked name"
    near = f"; the nearest: {', '.join(found.nearest)}" if found.nearest else ""
    fail(plain(f"no {kind} {quoted(name)} was seen{near}. All of them: newswatch discover{question.again}"))
