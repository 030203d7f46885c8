"""Times on the command line: so long ago, or the beginning of a day."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

from monitor.cli._table import cut, plain

__all__ = ["moment_of"]

_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
"""No store is that old, and time before it is left to count backwards in."""


def moment_of(text: str, now: datetime) -> datetime:
    """Return the time that ``--since`` names, in UTC: so long ago (7d, 12h), or the beginning of a day or moment.

    A time before 1970 is the beginning of 1970.
    """
    from pydantic import TypeAdapter, ValidationError

    from alerts.fields import Duration

    try:
        return max(_in_utc(datetime.fromisoformat(text)), _BEFORE_ALL)
    except ValueError:
        pass
    try:
        return max(now - TypeAdapter(Duration).validate_python(text), _BEFORE_ALL)
    except (ValidationError, OverflowError) as error:
        message = f"expected --since like 7d, 12h or 2026-11-01, found {plain(cut(text, 60))!r}"
        raise typer.BadParameter(message) from error


def _in_utc(moment: datetime) -> datetime:
    """Return a moment in UTC, which one without a zone is in; the nearest there is where UTC has none."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return _BEFORE_ALL if moment.year == 1 else datetime.max.replace(tzinfo=UTC)
