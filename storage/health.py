"""What a row of ``source`` says of its health: whether it is silent, since when it fails, what it should bring.

Reads what the schedule wrote into ``pacing``; works out no rhythm itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from storage.rows import AnyRow

__all__ = ["SILENT_AFTER", "expected_per_day", "failing_since", "is_silent", "last_news_at", "notices_since"]

SILENT_AFTER = timedelta(days=7)
"""Without news for so long a source is silent, as long as no rhythm of its own is known."""


def is_silent(row: AnyRow) -> bool:
    """Say whether a source never answered, or had no news at its last poll for longer than its rhythm allows for.

    Judged at the last poll that worked: while nobody asks, nobody can say that there is no news.
    """
    if row.last_success_at is None:
        return True
    at = _moment(row, "silent_at", last_news_at(row) + SILENT_AFTER)
    return at is not None and at <= row.last_success_at


def last_news_at(row: AnyRow) -> datetime:
    """Return when a source last had news, or when it was set up."""
    moment: datetime = row.last_new_at or row.created_at
    return moment


def failing_since(row: AnyRow) -> datetime | None:
    """Return when the first of the failures in a row was; None for a source that does not fail."""
    return _moment(row, "failing_since", row.last_polled_at) if row.failures else None


def notices_since(row: AnyRow) -> dict[str, datetime]:
    """Return when each of the standing notices began, by its code."""
    return {code: datetime.fromisoformat(moment) for code, moment in row.pacing.get("since", {}).items()}


def expected_per_day(row: AnyRow) -> float | None:
    """Return how many new addresses a day the source is expected to bring; None while that is not known."""
    found: float | None = row.pacing.get("per_day")
    return found


def _moment(row: AnyRow, name: str, unknown: datetime | None) -> datetime | None:
    found: Any = row.pacing.get(name, unknown)
    return datetime.fromisoformat(found) if isinstance(found, str) else found
