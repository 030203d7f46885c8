"""Bursts and lulls as JSON and as lines for a terminal, with what was expected in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from monitor.cli._table import counted, heading, screen_width, when, wrapped

if TYPE_CHECKING:
    from alerts.bursts import Burst, Lull, Outlook
    from monitor.tag.catalogue import Catalogue
    from storage.counts import StoryCounts

__all__ = ["document", "lines", "outlook_document"]

_INDENT = " " * 4
_RAREST = 1_000_000
_YEAR = 365
_LONGEST = 100 * _YEAR  # days: what is rarer than that, no model of news knows


def document(
    counts: StoryCounts,
    bursts: tuple[Burst, ...],
    lulls: tuple[Lull, ...],
    *,
    since: datetime,
    now: datetime,
    catalogue: Catalogue,
) -> dict[str, Any]:
    """Return the answer as JSON values; ``known_from`` is when bursts can first be told, null without articles."""
    from alerts.bursts import FALSE_ALARMS
    from storage.feed import as_json

    shown: dict[str, Any] = {
        "since": since,
        "at": now,
        "known_from": _known_from(counts.watched_from),
        "days_per_false_alarm": round(1 / FALSE_ALARMS),
        "bursts": bursts,
        "silent": lulls,
    }
    document: dict[str, Any] = as_json(shown)
    for one in (*document["bursts"], *document["silent"]):
        known = catalogue.entities.get(one["entity"])
        one["name"] = known.name if known else None
    return document


def outlook_document(found: Outlook | None) -> dict[str, Any] | None:
    """Return what is usual for one entity as JSON values."""
    from storage.feed import as_json

    shown: dict[str, Any] | None = as_json(found)
    return shown


def lines(shown: Mapping[str, Any], options: str) -> Iterator[str]:
    """Yield the answer for a terminal; ``options`` are those that find its store again."""
    columns = screen_width()
    if shown["known_from"] is None or shown["known_from"] > shown["at"]:
        yield from wrapped(_too_early(shown), columns, indent="")
        return
    if shown["bursts"]:
        yield heading(f"Bursts since {when(shown['since'])} (UTC)")
        yield from (line for one in shown["bursts"] for line in _burst(one, columns))
    if shown["silent"]:
        yield from ("",) if shown["bursts"] else ()
        yield heading("Fallen silent")
        yield from (line for one in shown["silent"] for line in _lull(one, shown["at"], columns))
    if not shown["bursts"] and not shown["silent"]:
        yield f"No bursts since {when(shown['since'])} (UTC), and none that fell silent."
    if "outlook" in shown:
        yield ""
        yield from _outlook(shown["outlook"], columns)
    yield ""
    yield from wrapped(_promise(shown), columns, indent="")
    if shown["bursts"]:
        yield f"The articles: newswatch feed --entity {shown['bursts'][0]['entity']}{options}"


def _known_from(watched_from: datetime | None) -> datetime | None:
    from alerts.history import LEARNING_DAYS

    if watched_from is None:
        return None
    begin = watched_from.replace(hour=0, minute=0, second=0, microsecond=0)
    return begin + timedelta(days=1 + LEARNING_DAYS)  # the first day is not a whole one


def _too_early(shown: Mapping[str, Any]) -> str:
    if shown["known_from"] is None:
        return "No articles yet. What is usual is known after seven whole days of watching."
    return f"Too early: what is usual is known after seven whole days of watching, from {shown['known_from'][:10]} on."


def _burst(one: Mapping[str, Any], columns: int) -> Iterator[str]:
    peak = one["peak"]
    span = f"since {when(one['begins_at'])}" if one["is_now"] else f"{when(one['begins_at'])} to {when(one['ends_at'])}"
    yield from wrapped(
        f"  {_name(one)}, {'now, ' if one['is_now'] else ''}{span}: {_stories(one['stories'])}", columns, indent=_INDENT
    )
    at = f"on {peak['begins_at'][:10]}" if peak["unit"] == "day" else f"in the hour from {when(peak['begins_at'])}"
    told = f"{_stories(peak['stories'])} {at}, where {_range(peak)} is usual; so many come {_rarely(peak)}"
    yield from wrapped(f"{_INDENT}{told}", columns, indent=_INDENT)


def _lull(one: Mapping[str, Any], at: str, columns: int) -> Iterator[str]:
    days = (datetime.fromisoformat(at) - datetime.fromisoformat(one["last_at"])) / timedelta(days=1)
    yield f"  {_name(one)}, no new story since {when(one['last_at'])} ({counted(round(days), 'day')})"
    usual = f"usual are {_number(one['per_day'])} a day, {_number(one['expected'])} would have come; "
    yield from wrapped(f"{_INDENT}{usual}none by chance: {_share(one['chance'])}", columns, indent=_INDENT)


def _outlook(found: Mapping[str, Any] | None, columns: int) -> Iterator[str]:
    if found is None:
        yield "Too few days were watched lately to say what is usual."
        return
    today, limits = found["today"], found["limits"]
    yield heading("Today (UTC)")
    hours = _between(min(limits["hours"]), max(limits["hours"]))
    told = (
        f"{_stories(today['stories'])} so far; usual is {_range(today)} on such a day, "
        f"a burst begins at {limits['day']} on the day, or at {hours} in one hour"
    )
    yield from wrapped(f"  {told}", columns, indent="  ")
    rate = f"by chance that is once in {counted(round(1 / limits['false_alarms']), 'day')}"
    learnt = f"learnt from {_stories(found['stories'])} on {counted(found['days'], 'day')}"
    yield from wrapped(f"  {rate}; {learnt}", columns, indent="  ")


def _promise(shown: Mapping[str, Any]) -> str:
    days = shown["days_per_false_alarm"]
    return f"At most one false burst of a name in {days} days, and one false silence; days and hours are UTC."


def _name(one: Mapping[str, Any]) -> str:
    return f"{one['name']} ({one['entity']})" if one["name"] else str(one["entity"])


def _range(window: Mapping[str, Any]) -> str:
    return _between(window["low"], window["high"])


def _between(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def _rarely(window: Mapping[str, Any]) -> str:
    """Return how often chance has so many: "by chance once in 140 days"; hours are counted in days as well."""
    chance = window["chance"] * (1 if window["unit"] == "day" else 24)
    if chance * _LONGEST < 1:
        return "by chance less than once in 100 years"
    days = 1 / chance
    return f"by chance once in {counted(round(days), 'day') if days < 2 * _YEAR else f'{days / _YEAR:.0f} years'}"


def _share(chance: float) -> str:
    if chance < 1 / _RAREST:
        return "less than one case in a million"
    return f"one case in {round(1 / chance):,}"


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def _stories(count: int) -> str:
    return counted(count, "story", "stories")
