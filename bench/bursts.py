"""How often chance alone makes a burst or a lull, beside what is promised, and how soon real ones are seen.

Run as ``python -m bench.bursts``; ``--check`` compares with bench/floors.json, ``--quick`` draws only the streams that
are most like news and takes a third of the time. Streams of stories are drawn by the hour
from a fixed seed, and judged as the program does, day by day. Promised is one false alarm in 100 days; ``stated`` is
what the judge itself says of its rate, which is less where counts are small; ``told`` is how often it was wrong.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from alerts.background import LEARNT_DAYS
from alerts.bursts import FALSE_ALARMS, find_bursts, find_lulls
from alerts.history import History
from alerts.windows import Limits, limits
from storage.counts import HOURS_A_DAY, StoryCounts

__all__ = ["BURSTS", "NULLS", "Stream", "below_floors", "drawn", "false_alarms", "measure", "power", "world"]

HERE = Path(__file__).parent
BEGIN = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday
HOURS = tuple(1.6 if hour < 12 else 0.4 for hour in range(HOURS_A_DAY))
"""Means of the hours of a day, UTC: Chinese news have their day from 8 in the morning until 8 in the evening."""
_STREAMS = 30  # entities of a world, which share its season
_WATCHED = 100  # days that are judged, after those that are learnt from
_STATED_EVERY = 25  # days between two of which the stated rate is worked out


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """How the stories of an entity come: ``mean`` a day on average, times the factors of the day.

    ``size`` is that of the gamma distribution of a factor that each day draws (infinite: always 1), ``growth`` that of
    the mean in a day, ``weekend`` the factor of Saturdays and Sundays; every ``holiday`` days seven have 0.3.
    """

    mean: float
    size: float = math.inf
    growth: float = 0.0
    weekend: float = 1.0
    holiday: int | None = None

    def factor(self, day: int) -> float:
        """Return what the mean of a day is multiplied by, chance apart."""
        weekend = self.weekend if day % 7 > 4 else 1.0
        is_holiday = self.holiday is not None and day % self.holiday >= self.holiday - 7
        grown = math.pow(1 + self.growth, day - LEARNT_DAYS - _WATCHED / 2)
        return weekend * grown * (0.3 if is_holiday else 1.0)


NULLS = {
    "poisson 1": Stream(mean=1),
    "poisson 12": Stream(mean=12),
    "overdispersed 3": Stream(mean=3, size=4),
    "overdispersed 12": Stream(mean=12, size=4),
    "weekly cycle 12": Stream(mean=12, size=8, weekend=0.4),
    "holidays 12": Stream(mean=12, size=8, weekend=0.4, holiday=45),
    "slow growth 12": Stream(mean=12, size=8, growth=0.005),
}
"""Streams in which nothing happens that is worth telling."""
BURSTS = {f"{times}x_of_{mean}": (times, mean) for mean in (1, 3, 12) for times in (3, 5)}
"""Days worth telling of: so many times the usual stories of a stream."""


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    result = measure(options.worlds, is_quick=options.quick)
    print(json.dumps(result, indent=2) if options.json else _table(result))
    failures = below_floors(result, json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["bursts"])
    if options.check:
        print("\n".join(failures) or "all floors hold", file=sys.stderr)
    return 1 if options.check and failures else 0


def measure(worlds: int, *, is_quick: bool = False) -> dict[str, Any]:
    """Return the figures: false alarms of each stream in ``worlds`` worlds, and power and delay."""
    drawn_streams = {name: stream for name, stream in NULLS.items() if not is_quick or name in _LIKE_NEWS}
    nulls = {name: false_alarms(stream, worlds) for name, stream in drawn_streams.items()}
    real = {name: power(Stream(mean=mean, size=8), times, worlds) for name, (times, mean) in BURSTS.items()}
    return {"false_alarms": nulls, "power": real}


def drawn(stream: Stream, days: int, chance: random.Random) -> dict[int, int]:
    """Return the stories of each hour that has any."""
    hours = {}
    for day in range(days):
        mean = stream.mean * stream.factor(day)
        if math.isfinite(stream.size):
            mean *= chance.gammavariate(stream.size, 1 / stream.size)
        for hour, share in enumerate(HOURS):
            if count := _poisson(mean * share / HOURS_A_DAY, chance):
                hours[day * HOURS_A_DAY + hour] = count
    return hours


def world(stream: Stream, days: int, chance: random.Random, entities: int = _STREAMS) -> StoryCounts:
    """Return a store whose entities are all of one kind of stream, each story about one of them."""
    streams = {f"model:{number}": drawn(stream, days, chance) for number in range(entities)}
    return StoryCounts(
        begins_at=BEGIN, watched_from=BEGIN - timedelta(hours=1), total=_total(streams.values()), entities=streams
    )


def false_alarms(stream: Stream, worlds: int) -> dict[str, float]:
    """Return the bursts and lulls that chance makes in 100 days of an entity, and what is stated of the bursts."""
    chance = random.Random(repr(stream))
    bursts, lulls = 0, 0
    stated: list[float] = []
    for _ in range(worlds):
        counts = world(stream, LEARNT_DAYS + _WATCHED, chance)
        since, end = counts.time_of(LEARNT_DAYS * HOURS_A_DAY), (LEARNT_DAYS + _WATCHED) * HOURS_A_DAY
        found = find_bursts(counts, since=since, now=counts.time_of(end - 1))
        bursts += sum(burst.begins_at >= since for burst in found)
        lulls += sum(1 for _ in _lulls(counts))
        stated += _stated(counts)
    days = worlds * _STREAMS * _WATCHED / 100
    return {"told": bursts / days, "stated": 100 * sum(stated) / len(stated), "lulls": lulls / days}


def power(stream: Stream, times: int, worlds: int) -> dict[str, float]:
    """Return the share of days that are told of when the stories are ``times`` as many, and after how many hours."""
    chance = random.Random(f"{stream!r} {times}")
    found: list[int | None] = []
    for _ in range(worlds):
        before = world(stream, LEARNT_DAYS, chance)
        history = History(before)
        for hours in before.entities.values():
            usual = history.background(hours, LEARNT_DAYS)
            if usual is not None:
                day = drawn(replace(stream, mean=stream.mean * times), 1, chance)
                found.append(_hours_until(day, limits(usual, before.weekday_of(LEARNT_DAYS), FALSE_ALARMS)))
    told = [hours for hours in found if hours is not None]
    return {"told": len(told) / len(found), "hours": median(told) if told else math.inf}


def below_floors(result: Mapping[str, Any], floors: Mapping[str, float]) -> list[str]:
    """Return a line for each figure that is worse than its floor; those of streams that were not drawn are not."""
    nulls = result["false_alarms"]
    growing = [one["told"] for name, one in nulls.items() if name.startswith("slow growth")]
    worst = {
        "max_told": max(one["told"] for name, one in nulls.items() if not name.startswith("slow growth")),
        "min_told_overdispersed": min(one["told"] for name, one in nulls.items() if name in _LIKE_NEWS),
        "max_lulls": max(one["lulls"] for one in nulls.values()),
    }
    figures = worst | {f"min_power_{name}": one["told"] for name, one in result["power"].items()}
    if growing:
        figures["max_told_growing"] = max(growing)
    return [
        f"{name}: pinned {floor}, found {figures[name]:.2f}"
        for name, floor in floors.items()
        if name in figures and (figures[name] > floor if name.startswith("max_") else figures[name] < floor)
    ]


_LIKE_NEWS = ("overdispersed 12", "weekly cycle 12")
"""Streams of enough stories that whole numbers leave nothing of the promise unused."""


def _lulls(counts: StoryCounts) -> Iterator[tuple[str, datetime]]:
    """Yield each lull that is told of in the days that are judged, asking at the end of each."""
    told = set()
    for day in range(LEARNT_DAYS + 1, LEARNT_DAYS + _WATCHED + 1):
        end = day * HOURS_A_DAY
        recent = {entity: _cut(hours, end) for entity, hours in counts.entities.items()}
        quiet = {entity: hours for entity, hours in recent.items() if hours and max(hours) < end - HOURS_A_DAY / 2}
        for lull in find_lulls(replace(counts, entities=quiet), now=counts.time_of(end)):
            if (lull.entity, lull.last_at) not in told:
                told.add((lull.entity, lull.last_at))
                yield lull.entity, lull.last_at


def _cut(hours: Mapping[int, int], end: int) -> dict[int, int]:
    return {hour: count for hour, count in hours.items() if hour < end}


def _stated(counts: StoryCounts) -> Iterator[float]:
    history = History(counts)
    for hours in counts.entities.values():
        for day in range(LEARNT_DAYS, LEARNT_DAYS + _WATCHED, _STATED_EVERY):
            usual = history.background(hours, day)
            if usual is not None:
                yield limits(usual, counts.weekday_of(day), FALSE_ALARMS).false_alarms


def _hours_until(day: Mapping[int, int], limit: Limits) -> int | None:
    """Return the hours until a day, or an hour of it, has so many stories as to be told of; None for never."""
    stories = 0
    for hour in range(HOURS_A_DAY):
        stories += day.get(hour, 0)
        if stories >= limit.day or day.get(hour, 0) >= limit.hours[hour]:
            return hour + 1
    return None


def _total(streams: Iterable[Mapping[int, int]]) -> dict[int, int]:
    total = Counter[int]()
    for hours in streams:
        total.update(hours)
    return dict(total)


def _poisson(mean: float, chance: random.Random) -> int:
    """Return a number of Poisson's distribution (Knuth's way: for means of a few)."""
    limit, number, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        number += 1
        product *= chance.random()
    return number


def _table(result: Mapping[str, Any]) -> str:
    lines = ["in 100 days of an entity      told   stated  lulls   (promised: 1.00 each)"]
    lines += [
        f"{name:28} {one['told']:6.2f}  {one['stated']:6.2f}  {one['lulls']:5.2f}"
        for name, one in result["false_alarms"].items()
    ]
    lines += [
        f"{name:28} {one['told']:6.0%}  of such days told of, half of them within {one['hours']:g} hours"
        for name, one in result["power"].items()
    ]
    return "\n".join(lines)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=1, metavar="N", help="worlds of 30 entities for each stream")
    parser.add_argument("--quick", action="store_true", help="only the streams that are most like news")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--check", action="store_true", help="fail when a figure is below its floor")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
