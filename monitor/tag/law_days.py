"""The days that texts give for steps of a law: 2 August 2026, Aug. 2, 2026, 2026年8月2日.

A full date beside a name that several laws share tells which is meant. Knows how dates are written; knows no law.
"""

from __future__ import annotations

from datetime import date

__all__ = ["day_forms"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SHORT = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def day_forms(value: str) -> tuple[str, ...]:
    """Return how texts write a day in ISO form; none for less than a day, and for those on which most laws begin."""
    if len(value) != len("2026-08-02"):
        return ()
    day = date.fromisoformat(value)
    if day.day == 1:
        return ()
    full, short = _MONTHS[day.month - 1], _SHORT[day.month - 1]
    return (
        f"{day.day} {full} {day.year}",
        f"{full} {day.day}, {day.year}",
        f"{short} {day.day}, {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
    )
