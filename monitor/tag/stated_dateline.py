"""The day that a report speaks from: of its dateline, 台北23日电, or 今(31)日; it may be published a day or two later.

Knows dates as they are written at the head of a report; does not know what a date is of.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

__all__ = ["day_of_report"]

_HEAD = 300  # characters of a text in which its day stands
_LATEST = 3  # days between a report and its publication
_DATELINE = re.compile(r"(?<!\d)(\d{1,2})[日号]\s?[电讯](?![子话信视力动商影])")
_TODAY = re.compile(r"今[日天]?\((\d{1,2})[日号]?\)")
_YESTERDAY = re.compile(r"昨[日天]?\((\d{1,2})[日号]?\)")


def day_of_report(published: date | None, letters: str) -> date | None:
    """Return the day that 今天 is in a folded text: the day of publication, or one shortly before it that is told."""
    if published is None or "日" not in letters[:_HEAD]:
        return published
    for pattern, days in ((_DATELINE, 0), (_TODAY, 0), (_YESTERDAY, 1)):
        told = pattern.search(letters, 0, _HEAD)
        if told is not None:
            return _before(published, int(told[1]), days)
    return published


def _before(published: date, day: int, days: int) -> date:
    """Return the day that is ``days`` after the last one with this number, if it is near enough."""
    for away in range(_LATEST + 1):
        told = published - timedelta(days=away)
        if (told - timedelta(days=days)).day == day:
            return told
    return published
