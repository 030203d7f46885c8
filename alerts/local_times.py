"""Times as the readers of a message have them on their wall. Pure."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

__all__ = ["local_date", "local_time"]

_FORM = "%Y-%m-%d %H:%M"


def local_time(instant: datetime, timezone: str) -> str:
    """Return the wall-clock time of a zone, to the minute."""
    return instant.astimezone(ZoneInfo(timezone)).strftime(_FORM)


def local_date(value: str, timezone: str) -> str:
    """Return a date of publication (``storage.records.Published``) as a zone has it, as precise as it is known.

    ``2023-07``, ``2023-07-02`` or ``2023-07-02 08:30``; a time without an offset stays as its page gives it.
    """
    if "T" not in value:
        return value
    try:
        moment = datetime.fromisoformat(value)
        return local_time(moment, timezone) if moment.tzinfo else moment.strftime(_FORM)
    except (ValueError, OverflowError):  # beyond what a calendar holds
        return value.replace("T", " ")[:16]
