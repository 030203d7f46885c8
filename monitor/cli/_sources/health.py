"""``newswatch sources list``: how the sources do, as the store remembers it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import typer

from monitor.cli._table import counted, cut, print_json, print_lines, print_table
from monitor.log import redact
from monitor.runtime import now
from storage.feed import SourceHealth
from storage.feed import as_json as to_json

__all__ = ["show"]

_RECENT = timedelta(days=180)
_HEADERS = ("source", "state", "last success", "stored", "last", "a day", "every", "next (UTC)")


def show(sources: tuple[SourceHealth, ...], *, as_json: bool) -> None:
    """Print the sources: the most important columns first, what is wrong below, one line each."""
    at = now()
    if as_json:
        lines = [to_json(one) | {"url": redact(one.url), "state": _state(one, at)} for one in sources]
        print_json({"sources": lines})
        return
    if not sources:
        typer.echo("No source is configured yet. Add one: newswatch sources add URL")
        return
    print_table(_HEADERS, (_row(one, at) for one in sources))
    if remarks := [remark for one in sources for remark in _remarks(one, at)]:
        print_lines(["", *remarks])


def _row(one: SourceHealth, at: datetime) -> tuple[Any, ...]:
    return (
        cut(one.id, 26),
        _standing(one, at),
        _when(one.last_success_at, at),
        one.stored,
        one.last_found,
        _rate(one.expected_per_day),
        _span(one.interval_s),
        _when(one.next_poll_at, at) if one.active else "never",
    )


def _standing(one: SourceHealth, at: datetime) -> str:
    """Return the state with what belongs to it: since when, or that the last list was empty."""
    state, since = _state(one, at), _since(one, at)
    if since is not None:
        return f"{state} {_age(at - since)}"
    return "ok (empty)" if state == "ok" and one.last_found == 0 else state


def _state(one: SourceHealth, at: datetime) -> str:
    """Return one word: removed, gone, failing, paused, silent, not polled or ok; the first that is true."""
    if not one.active:
        return "removed"
    if one.failures:
        return "gone" if "gone" in dict(one.notices) else "failing"
    if _is_paused(one, at):
        return "paused"
    if one.last_success_at is None:
        return "not polled"
    return "silent" if one.is_silent else "ok"


def _is_paused(one: SourceHealth, at: datetime) -> bool:
    return one.paused_until is not None and one.paused_until > at


def _since(one: SourceHealth, at: datetime) -> datetime | None:
    known = {"failing": one.failing_since, "gone": one.failing_since, "silent": one.silent_since}
    return known.get(_state(one, at))


def _remarks(one: SourceHealth, at: datetime) -> list[str]:
    if not one.active:
        return []
    lines = [f"{one.id}: {counted(one.failures, 'failed poll')}: {cut(one.last_error, 200)}"] if one.failures else []
    if one.paused_until is not None and _is_paused(one, at):
        lines.append(f"{one.id}: paused until {one.paused_until:%Y-%m-%d %H:%M}: {cut(one.pause_reason, 120)}")
    return lines + [_notice(one, code, text, at) for code, text in one.notices]


def _notice(one: SourceHealth, code: str, text: str, at: datetime) -> str:
    since = one.notices_since.get(code)
    beginning = f" (since {_when(since, at)})" if since else ""
    return f"{one.id}: {_said(code, cut(text, 300))}{beginning}"


def _said(code: str, text: str) -> str:
    """Return a notice with its code, unless it begins with that word itself."""
    return text if text.startswith(code) else f"{code}: {text}"


def _when(moment: datetime | None, at: datetime) -> str:
    """Return a time to the minute, one long ago to the day."""
    if moment is None:
        return "-"
    return f"{moment:%m-%d %H:%M}" if abs(at - moment) < _RECENT else f"{moment:%Y-%m-%d}"


def _age(age: timedelta) -> str:
    hours = age.total_seconds() / 3_600
    if hours < 1:
        return f"{max(age.total_seconds() / 60, 0):.0f} min"
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} d"


def _rate(per_day: float | None) -> str | None:
    return None if per_day is None else f"{per_day:.0f}" if per_day >= 10 else f"{per_day:.1f}"


def _span(seconds: int) -> str:
    minutes = seconds / 60
    if minutes < 1:
        return f"{seconds} s"
    return f"{minutes:.0f} min" if minutes < 120 else f"{minutes / 60:.1f} h"
