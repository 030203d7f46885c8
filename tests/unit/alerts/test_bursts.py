"""Bursts and lulls of made-up counts: what is one, what is not, when it began, what is usual."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.bursts import FALSE_ALARMS, Burst, Lull, find_bursts, find_lulls, outlook
from alerts.windows import Unit
from storage.counts import HOURS_A_DAY, StoryCounts

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday
TODAY = 63
MODEL = "model:qwen"
Hours = dict[int, int]


def at(day: int, hour: int = 0) -> datetime:
    return BEGIN + timedelta(days=day, hours=hour)


def steady(a_day: int = 6, days: range = range(TODAY), weekend: int | None = None) -> Hours:
    """Return stories spread evenly, of which some days have one more and some one less."""
    hours: Hours = {}
    for day in days:
        count = (weekend if weekend is not None and day % 7 > 4 else a_day) + (day * 7 % 3 - 1)
        for number in range(count):
            hour = day * HOURS_A_DAY + number * 19 % HOURS_A_DAY
            hours[hour] = hours.get(hour, 0) + 1
    return hours


def counts(hours: Mapping[int, int], *, others: Mapping[int, int] | None = None, watched: int = -100) -> StoryCounts:
    rest = steady(20, range(TODAY + 60)) if others is None else others
    total = {hour: hours.get(hour, 0) + rest.get(hour, 0) for hour in {*hours, *rest}}
    return StoryCounts(begins_at=BEGIN, watched_from=at(watched), total=total, entities={MODEL: hours})


def added(hours: Hours, day: int, *stories: int) -> Hours:
    """Return the hours with more stories in the first hours of a day."""
    more = {day * HOURS_A_DAY + hour: count for hour, count in enumerate(stories)}
    return {hour: hours.get(hour, 0) + more.get(hour, 0) for hour in {*hours, *more}}


LATELY, NOW = at(TODAY - 7), at(TODAY, 12)


def bursts(hours: Hours, *, since: datetime = LATELY, now: datetime = NOW) -> tuple[Burst, ...]:
    return find_bursts(counts(hours), since=since, now=now)


def lulls(hours: Hours, now: datetime, **options: Mapping[int, int]) -> tuple[Lull, ...]:
    return find_lulls(counts(hours, **options), now=now)


def test_steady_stream_has_no_burst() -> None:
    assert bursts(steady()) == ()


def test_day_of_many_stories_is_one_burst() -> None:
    (found,) = bursts(added(steady(), TODAY, *[2] * 10))

    assert (found.entity, found.begins_at, found.ends_at) == (MODEL, at(TODAY), at(TODAY, 12))
    assert (found.is_now, found.stories, found.peak.unit, found.peak.stories) == (True, 20, Unit.DAY, 20)
    assert found.peak.low <= 6 <= found.peak.high < 20
    assert found.peak.expected == pytest.approx(6, abs=1)
    assert found.peak.chance < FALSE_ALARMS / 50


def test_hour_of_many_stories_is_a_burst_before_the_day_is() -> None:
    hours = {hour: count for hour, count in steady().items() if hour // HOURS_A_DAY % 7 < 7}
    found = bursts(added(hours, TODAY, 7))

    assert [one.peak.unit for one in found] == [Unit.HOUR]
    assert (found[0].begins_at, found[0].ends_at) == (at(TODAY), at(TODAY, 1))


@pytest.mark.parametrize(
    ("second", "number"), [(TODAY - 3, 1), (TODAY - 2, 2)], ids=["the next day", "after a day without"]
)
def test_burst_ends_when_a_day_has_none(second: int, number: int) -> None:
    hours = added(added(steady(), TODAY - 4, *[2] * 15), second, *[2] * 15)

    found = bursts(hours)

    assert len(found) == number
    assert [one.is_now for one in found] == [False] * number


def test_burst_goes_on_over_a_day_that_is_busier_than_usual_but_no_burst_by_itself() -> None:
    hours = added(added(steady(), TODAY - 3, *[3] * 15), TODAY - 1, *[3] * 15)
    slack = added(hours, TODAY - 2, *[1] * 7)

    assert [one.begins_at for one in bursts(slack)] == [at(TODAY - 3)]
    assert [one.begins_at for one in bursts(hours)] == [at(TODAY - 1), at(TODAY - 3)]


def test_burst_that_lasts_keeps_its_beginning() -> None:
    hours = steady()
    for day in range(10):
        hours = added(hours, TODAY + day, *[2 + day] * 12)

    (found,) = bursts(hours, since=at(TODAY + 9, 11), now=at(TODAY + 9, 12))

    assert (found.begins_at, found.is_now) == (at(TODAY), True)


def test_bursts_before_do_not_hide_one() -> None:
    hours = steady()
    for day in (20, 21, 22, 40, 41):
        hours = added(hours, day, *[4] * 15)

    assert [one.begins_at for one in bursts(added(hours, TODAY, *[2] * 9))] == [at(TODAY)]


def test_what_lasts_for_weeks_is_no_burst_any_more() -> None:
    grown = steady(6, range(TODAY - 28)) | steady(30, range(TODAY - 28, TODAY + 1))

    assert bursts(grown) == ()
    assert bursts(grown, since=at(0), now=at(TODAY - 20))[-1].begins_at == at(TODAY - 28)


@pytest.mark.parametrize(
    ("day", "is_burst"), [(TODAY - 3, False), (TODAY - 1, True)], ids=["on a Friday", "on a Sunday"]
)
def test_weekend_is_beside_weekends(day: int, is_burst: bool) -> None:
    usual = steady(14, range(TODAY), weekend=2)
    hours = {hour: count for hour, count in usual.items() if hour // HOURS_A_DAY != day}

    assert bool(bursts(hours | steady(14, range(day, day + 1)))) is is_burst


@pytest.mark.parametrize(("stories", "is_burst"), [(2, False), (4, True)])
def test_rare_name_needs_some_stories(stories: int, is_burst: bool) -> None:
    assert bool(bursts(added({5: 1}, TODAY, *[1] * stories))) is is_burst


def test_nothing_is_told_before_a_week_was_watched() -> None:
    many = counts(added(steady(), TODAY, *[5] * 10), watched=TODAY - 7)

    assert find_bursts(many, since=at(0), now=at(TODAY, 12)) == ()
    assert outlook(many, MODEL, now=at(TODAY, 12)) is None


def test_days_on_which_nothing_was_watched_are_not_quiet_days() -> None:
    on: Callable[[int], bool] = lambda hour: hour // HOURS_A_DAY % 2 == 0  # noqa: E731
    half = {hour: count for hour, count in steady(6, range(TODAY + 1)).items() if on(hour)}
    others = {hour: count for hour, count in steady(20).items() if on(hour)}

    found = outlook(counts(half, others=others), MODEL, now=at(TODAY - 1))

    assert found is not None
    assert found.today.expected == pytest.approx(6, abs=1)


def test_entity_that_stops_falls_silent() -> None:
    hours = steady(6, range(TODAY))

    assert lulls(hours, at(TODAY, 6)) == ()
    (found,) = lulls(hours, at(TODAY + 3))
    assert (found.entity, found.last_at.date()) == (MODEL, at(TODAY - 1).date())
    assert found.per_day == pytest.approx(6, abs=0.5)
    assert at(TODAY, 6) < found.since < at(TODAY + 3)
    assert (lulls(hours, found.since - timedelta(hours=1)), len(lulls(hours, found.since))) == ((), 1)
    assert 12 < found.expected < 20
    assert found.chance < FALSE_ALARMS / 6


def test_entity_is_not_silent_while_everything_is() -> None:
    outage = steady(20, range(TODAY))

    assert lulls(steady(6), at(TODAY + 3), others=outage) == ()
    assert lulls(steady(6), at(TODAY + 3), others=outage | steady(3, range(TODAY, TODAY + 4))) == ()


@pytest.mark.parametrize(
    "hours",
    [{3: 1, 700: 1}, steady(6, range(TODAY - 10, TODAY)), {}],
    ids=["two stories", "talk of some days", "none"],
)
def test_entity_without_a_steady_background_falls_not_silent(hours: Hours) -> None:
    assert lulls(hours, at(TODAY + 40)) == ()


def test_outlook_says_from_where_on_is_a_burst() -> None:
    hours = steady()
    found = outlook(counts(hours), MODEL, now=at(TODAY, 12))

    assert found is not None
    assert (found.days, found.today.stories) == (56, 0)
    assert found.today.low <= 6 <= found.today.high < found.limits.day
    assert 0 < found.limits.false_alarms <= FALSE_ALARMS
    assert bursts(added(hours, TODAY, *[1] * (found.limits.day - 1))) == ()
    assert len(bursts(added(hours, TODAY, *[1] * found.limits.day))) == 1


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.integers(0, (TODAY + 1) * HOURS_A_DAY - 2), st.integers(0, 400), max_size=200))
def test_any_counts_have_an_answer(hours: Hours) -> None:
    told = counts(hours)

    for burst in find_bursts(told, since=at(TODAY - 3), now=at(TODAY, 23)):
        assert at(0) <= burst.begins_at < burst.ends_at <= at(TODAY, 23)
        assert 0 <= burst.peak.chance <= FALSE_ALARMS
        assert burst.stories >= burst.peak.stories > burst.peak.high
    for lull in find_lulls(told, now=at(TODAY, 23)):
        assert 0 <= lull.chance <= FALSE_ALARMS
        assert lull.last_at < lull.since <= at(TODAY, 23)
