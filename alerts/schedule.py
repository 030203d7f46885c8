"""When a digest is due: a pure calculation over cron lines, time zones and the last digest.

Knows cron as Unix does (Sunday is 0 and 7; a day of the month and a day of the week together mean either). Runs no
timer and asks no clock.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from alerts.channels import DigestSchedule

__all__ = ["due_digest", "next_digest", "problem", "zone_name"]

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS = ("minute (0-59)", "hour (0-23)", "day of the month (1-31)", "month (1-12 or jan-dec)")
_STEP = timedelta(minutes=1)  # the finest a cron line can say
_HORIZON = timedelta(days=366 * 8 + 2)  # the longest gap of a cron line that ever fires: 29 February over 1900 or 2100


def due_digest(
    schedule: DigestSchedule, default_timezone: str, last: datetime | None, now: datetime
) -> datetime | None:
    """Return the latest instant of the schedule that is after ``last`` and not after ``now``, or None (in UTC).

    Missed instants coalesce into the latest. A local time that a change of the clocks repeats counts once, as its
    first occurrence; one that it skips counts at the first moment after the gap.
    """
    triggers = _triggers(schedule.at, zone_name(schedule, default_timezone))
    before = _after(last) if last else now.astimezone(UTC) - _HORIZON
    after = now.astimezone(UTC) + _STEP
    if not _is_due(_next(triggers, before), now):
        return None
    while after - before > _STEP:  # next(before) <= now < next(after)
        middle = before + (after - before) / 2
        if _is_due(_next(triggers, middle), now):
            before = middle
        else:
            after = middle
    due = _first_occurrence(_next(triggers, before))
    return due if due and (last is None or due > last) else None


def next_digest(schedule: DigestSchedule, default_timezone: str, now: datetime) -> datetime | None:
    """Return the first instant of the schedule after ``now`` (in UTC), or None where it never comes."""
    triggers = _triggers(schedule.at, zone_name(schedule, default_timezone))
    due = _next(triggers, _after(now))
    while due is not None and due.fold:
        due = _next(triggers, _after(due))
    return None if due is None else due.astimezone(UTC)


def zone_name(schedule: DigestSchedule, default_timezone: str) -> str:
    """Return the time zone that the schedule is read in."""
    return schedule.timezone or default_timezone


def problem(schedule: DigestSchedule, default_timezone: str) -> str | None:
    """Return what is wrong with the schedule, in one sentence, or None."""
    zone = zone_name(schedule, default_timezone)
    try:
        ZoneInfo(zone)
    except (ValueError, KeyError, OSError):
        return f"expected a time zone such as Asia/Shanghai, found {zone[:40]!r}"
    try:
        first = _next(_triggers(schedule.at, zone), datetime(2024, 1, 1, tzinfo=UTC))
    except (ValueError, KeyError) as error:
        found = f"expected a cron line of five fields such as 0 9 * * *, found {schedule.at[:80]!r}"
        return f"{found}: {_wrong_field(schedule.at) or error}"
    return None if first else f"the cron line {schedule.at!r} names no day that exists"


def _wrong_field(line: str) -> str | None:
    """Return what is wrong with the first field that cannot stand by itself, None where it is none of them.

    The day of the week explains itself.
    """
    for place, (name, field) in enumerate(zip(_FIELDS, line.split(), strict=False)):
        alone = " ".join(field if number == place else "*" for number in range(5))
        try:
            _triggers(alone, "UTC")
        except (ValueError, KeyError):
            return f"{field[:40]!r} is no {name}"
    return None


def _is_due(instant: datetime | None, now: datetime) -> bool:
    return instant is not None and instant <= now


def _next(triggers: tuple[Any, ...], start: datetime) -> datetime | None:
    instants = (trigger.get_next_fire_time(None, start) for trigger in triggers)
    return min((instant for instant in instants if instant is not None), default=None)


def _after(instant: datetime) -> datetime:
    return instant.astimezone(UTC) + timedelta(microseconds=1)


def _first_occurrence(instant: datetime | None) -> datetime | None:
    return None if instant is None else instant.replace(fold=0).astimezone(UTC)


@cache
def _triggers(line: str, timezone: str) -> tuple[Any, ...]:
    """Return calculators whose earliest instant is that of the cron line; ValueError for a line that is none."""
    from apscheduler.triggers.cron import CronTrigger

    fields = line.split()
    if len(fields) != 5:
        raise ValueError(f"expected five fields, found {len(fields)}")
    zone = ZoneInfo(timezone)
    minute, hour, day, month, weekday = fields
    either = not day.startswith("*") and not weekday.startswith("*")
    days = [(day, "*"), ("*", weekday)] if either else [(day, weekday)]
    lines = (" ".join((minute, hour, dom, month, _weekdays(dow))) for dom, dow in days)
    return tuple(CronTrigger.from_crontab(line, timezone=zone) for line in lines)


def _weekdays(field: str) -> str:
    """Return the days by name: the calculator would count them from Monday."""
    if field == "*":
        return field
    numbers = sorted({number % 7 for item in field.lower().split(",") for number in _weekday_item(item)})
    return ",".join(_DAYS[number] for number in numbers)


def _weekday_item(item: str) -> range:
    days, _, step = item.partition("/")
    first, _, last = ("0-6" if days == "*" else days).partition("-")
    start, end = _weekday(first), _weekday(last or first)
    end = 7 if end == 0 and start > 0 else end
    if start > end or not (step or "1").isdecimal() or step == "0":
        raise ValueError(f"expected days of the week such as 1-5, mon-fri or */2, found {item!r}")
    return range(start, (6 if step and not last else end) + 1, int(step or 1))


def _weekday(word: str) -> int:
    if word in _DAYS:
        return _DAYS.index(word)
    if word.isdecimal() and int(word) <= 7:
        return int(word)
    raise ValueError(f"expected a day of the week, 0-7 or sun-sat, found {word!r}")
