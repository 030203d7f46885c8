"""The two spellings of nearly all feed dates, RFC 822 and ISO 8601 with time and zone, without a search.

A short way beside ``monitor.sources._dates``, which reads everything else and gives the same for these. Pure.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from storage.records import Published

__all__ = ["exact_date"]

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)
_ZONE = r"(?:([+-]\d\d):?([0-5]\d)|Z|GMT|UTC)"
_RFC_822 = re.compile(rf"(?:[A-Z][a-z]{{2}}, )?(\d{{1,2}}) ([A-Z][a-z]{{2}}) (\d{{4}}) (\d\d:\d\d:\d\d) {_ZONE}")
_ISO_8601 = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?{_ZONE}")
_MONTHS = {
    "Jan": "01", "Feb": "02", "Mar": "03", "Apr": "04", "May": "05", "Jun": "06",
    "Jul": "07", "Aug": "08", "Sep": "09", "Oct": "10", "Nov": "11", "Dec": "12",
}  # fmt: skip


def exact_date(text: str, now: datetime, *, origin: str) -> Published | None:
    """Return the date, None for any other spelling and for what is before 1990 or more than a day ahead."""
    if found := _RFC_822.fullmatch(text):
        day, month, year, clock, hours, minutes = found.groups()
        month = _MONTHS.get(month, "")
    elif found := _ISO_8601.fullmatch(text):
        year, month, day, clock, hours, minutes = found.groups()
    else:
        return None
    zone = f"{hours}:{minutes}" if hours and (hours, minutes) != ("-00", "00") else "+00:00"
    value = f"{year}-{month}-{day:0>2}T{clock}{zone}"
    try:
        possible = _EARLIEST <= datetime.fromisoformat(value) <= now + _AHEAD
    except ValueError:
        return None
    return Published(value=value, precision="second", origin=origin) if possible else None
