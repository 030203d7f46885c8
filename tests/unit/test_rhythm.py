"""What is learnt of a source's rhythm, and what follows for polling and silence."""

from __future__ import annotations

import json
import random
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import rhythm
from monitor.rhythm import Rhythm

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
DAY_S = 86_400.0
LISTED = 30


def watched(news_an_hour: float, *, days: int = 21, quiet: tuple[int, ...] = (), step_h: int = 1) -> Rhythm:
    """Return the rhythm of a source that was polled at even steps until ``MONDAY``."""
    found, at, whole = rhythm.start(900), MONDAY - timedelta(days=days), 0.0
    while at < MONDAY:
        until = at + timedelta(hours=step_h)
        whole += 0.0 if at.weekday() in quiet else news_an_hour * step_h
        news, whole = int(whole), whole - int(whole)
        found = rhythm.learn(found, at, until, news, gap_s=step_h * 3_600.0)
        found = rhythm.note_list(found, seen=LISTED, new=min(news, LISTED - 1))
        at = until
    return found


@given(st.integers(60, 86_400))
def test_a_new_source_is_polled_at_the_start_interval(interval_s: int) -> None:
    assert rhythm.next_poll_s(rhythm.start(interval_s), MONDAY, longest_s=DAY_S) == pytest.approx(interval_s)


@given(st.floats(0, 50), st.integers(0, 167), st.floats(1, DAY_S))
def test_the_next_poll_is_in_time_and_within_the_longest_interval(rate: float, hour: int, longest_s: float) -> None:
    found = watched(rate, days=3, step_h=6)
    assert 0 < rhythm.next_poll_s(found, MONDAY + timedelta(hours=hour), longest_s=longest_s) <= longest_s


def test_more_news_never_means_slower_polls() -> None:
    waits = [rhythm.next_poll_s(watched(rate), MONDAY, longest_s=DAY_S) for rate in (0, 0.01, 0.1, 1, 4, 10, 60)]
    assert waits == sorted(waits, reverse=True)
    assert waits[0] > 3 * 3_600
    assert rhythm.next_poll_s(watched(0, days=200, step_h=12), MONDAY, longest_s=DAY_S) == DAY_S


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 40)), max_size=12))
def test_a_restart_changes_nothing(steps: list[tuple[int, int]]) -> None:
    kept = stored = rhythm.start(900)
    at = MONDAY
    for hours, news in steps:
        until = at + timedelta(hours=hours)
        kept = rhythm.learn(kept, at, until, news, gap_s=None)
        stored = rhythm.learn(stored, at, until, news, gap_s=None)
        stored = Rhythm.from_json(json.loads(json.dumps(stored.to_json())))
        at = until
    assert rhythm.next_poll_s(stored, at, longest_s=DAY_S) == pytest.approx(
        rhythm.next_poll_s(kept, at, longest_s=DAY_S), rel=0.01
    )


@pytest.mark.parametrize("rate", [2, 20, 200])
def test_half_a_list_never_rolls_off_between_two_polls(rate: int) -> None:
    found = replace(watched(rate), boost=1.0, listed=10.0)
    wait_h = rhythm.next_poll_s(found, MONDAY, longest_s=DAY_S) / 3_600
    assert wait_h * rate <= 0.55 * 10


@pytest.mark.parametrize(
    ("new", "boost"), [(0, 1), (10, 1), (22, 2), (30, 4)], ids=["none", "some", "most", "all: items were missed"]
)
def test_lists_that_are_mostly_new_are_asked_for_sooner(new: int, boost: int) -> None:
    found = rhythm.note_list(watched(1), seen=30, new=new)
    assert found.boost == boost
    calm = replace(found, boost=1.0)
    wait, usual = (rhythm.next_poll_s(one, MONDAY, longest_s=DAY_S) for one in (found, calm))
    assert wait == pytest.approx(usual / boost, rel=0.05)


def test_quiet_days_are_polled_slowly_and_their_end_is_not_slept_through() -> None:
    found = replace(watched(2, quiet=(5, 6)), quiet=(5, 6))
    saturday = MONDAY - timedelta(days=2)
    assert rhythm.next_poll_s(found, saturday, longest_s=DAY_S) == DAY_S
    sunday_night = MONDAY - timedelta(hours=1)
    assert rhythm.next_poll_s(found, sunday_night, longest_s=DAY_S) < 2.5 * 3_600


def test_the_dates_of_a_first_list_say_how_often_there_is_news() -> None:
    dates = [MONDAY - timedelta(minutes=10 * n) for n in range(30)]
    seeded = rhythm.seed(rhythm.start(900), dates, MONDAY)
    old = rhythm.seed(rhythm.start(900), [MONDAY - timedelta(days=n, hours=5 * n % 24) for n in range(28)], MONDAY)
    assert rhythm.next_poll_s(seeded, MONDAY, longest_s=DAY_S) < 1_000
    assert rhythm.next_poll_s(old, MONDAY, longest_s=DAY_S) > 3_600


@pytest.mark.parametrize(
    "dates",
    [[], [MONDAY] * 2, [MONDAY + timedelta(days=9)] * 9, [MONDAY - timedelta(days=400)] * 9],
    ids=["none", "two", "future", "old"],
)
def test_dates_that_say_nothing_change_nothing(dates: list[datetime]) -> None:
    assert rhythm.seed(rhythm.start(900), dates, MONDAY) == rhythm.start(900)


def test_expected_news_a_day_follow_from_what_came() -> None:
    assert rhythm.expected_per_day(rhythm.start(900)) is None
    assert rhythm.expected_per_day(watched(2)) == pytest.approx(48, rel=0.05)


# ------------------------------------------------------------------------------------------------ silence


def silent_after_h(found: Rhythm, since: datetime = MONDAY) -> float:
    return (rhythm.silent_at(found, since) - since) / timedelta(hours=1)


def test_without_a_rhythm_silence_is_a_week() -> None:
    assert silent_after_h(rhythm.start(900)) == 7 * 24


@pytest.mark.parametrize(
    ("rate", "least_h", "most_h"), [(10, 6, 6), (1, 6, 12), (1 / 24, 36, 200)], ids=["busy", "hourly", "daily"]
)
def test_silence_is_what_the_rhythm_makes_improbable(rate: float, least_h: float, most_h: float) -> None:
    gap_s = 3_600.0 / rate
    found = replace(watched(rate), longest_s=gap_s)
    assert least_h <= silent_after_h(found) <= most_h


def test_silence_is_never_shorter_than_the_gaps_known() -> None:
    assert silent_after_h(replace(watched(5), longest_s=20 * 3_600.0)) == 30


def test_weekends_without_news_are_no_silence() -> None:
    found = replace(watched(0.5, days=28, quiet=(5, 6)), longest_s=12 * 3_600.0, arrivals=19)
    friday_evening, tuesday = MONDAY - timedelta(days=2, hours=6), MONDAY + timedelta(days=1)
    assert silent_after_h(found, friday_evening) > silent_after_h(found, tuesday) + 24


def test_days_that_the_source_calls_quiet_do_not_count() -> None:
    found = replace(watched(1), quiet=(0,), longest_s=0.0)
    assert silent_after_h(found) > 24


@given(st.floats(0, 50), st.integers(0, 400), st.floats(0, 1e6), st.integers(0, 7))
def test_silence_comes_after_hours_and_comes_at_all(rate: float, arrivals: int, longest_s: float, quiet: int) -> None:
    found = watched(rate, days=3, step_h=6)
    found = replace(found, arrivals=arrivals, longest_s=longest_s, quiet=tuple(range(quiet)))
    assert 6 <= silent_after_h(found) <= 61 * 24 + 1.5 * longest_s / 3_600


# ------------------------------------------------------------------------------------------------ against others


@dataclass(frozen=True)
class Outcome:
    delay_min: float
    polls_a_day: float


def newsroom(at: datetime) -> float:
    """Return the news an hour of a Chinese newsroom (UTC+8): 50 a working day, a third of that at weekends."""
    local = at + timedelta(hours=8)
    by_hour = (0.1, 0.1, 0, 0, 0, 0.1, 0.3, 1, 3, 5, 5, 4, 2, 2, 4, 5, 4, 4, 3, 2, 2, 1.5, 1, 0.5)
    return by_hour[local.hour] * (0.35 if local.weekday() >= 5 else 1.0)


def agency(at: datetime) -> float:
    """Return the news an hour of an authority: two or three a working day, in office hours."""
    local = at + timedelta(hours=8)
    return 0.25 if 8 <= local.hour < 18 and local.weekday() < 5 else 0.004


Waits = Callable[[datetime, list[datetime]], float]


def fixed(_now: datetime, _fresh: list[datetime]) -> float:
    return 900.0


def by_weekly_count() -> Waits:
    """Return miniflux' entry_frequency: the week divided by its number of entries, from 5 minutes to a day."""
    seen: list[datetime] = []

    def wait_s(now: datetime, fresh: list[datetime]) -> float:
        seen.extend(fresh)
        week = sum(now - timedelta(days=7) < at for at in seen)
        return min(max(7 * DAY_S / week if week else DAY_S, 300.0), DAY_S)

    return wait_s


def by_rhythm() -> Waits:
    known = rhythm.start(900.0)
    before: datetime | None = None

    def wait_s(now: datetime, fresh: list[datetime]) -> float:
        nonlocal known, before
        if before is not None:
            known = rhythm.learn(known, before, now, len(fresh), gap_s=None)
            known = rhythm.note_list(known, seen=LISTED, new=min(len(fresh), LISTED))
        before = now
        return min(max(rhythm.next_poll_s(known, now, longest_s=DAY_S), 600.0), DAY_S)

    return wait_s


def simulate(rate: Callable[[datetime], float], waits: Waits, *, days: int = 42, warm_up: int = 21) -> Outcome:
    """Poll a source whose news come at random with a rate; count after the warm-up."""
    chance, end = random.Random(7), MONDAY + timedelta(days=days)
    news, at = [], MONDAY
    while (at := at + timedelta(hours=chance.expovariate(8))) < end:
        if chance.random() < rate(at) / 8:
            news.append(at)
    counted, delays, polls, seen, now = MONDAY + timedelta(days=warm_up), [], 0, 0, MONDAY
    while now < end:
        upto = bisect_right(news, now)
        fresh, seen = news[seen:upto], upto
        if now > counted:
            polls += 1
            delays += [(now - at) / timedelta(minutes=1) for at in fresh]
        now += timedelta(seconds=waits(now, fresh))
    return Outcome(mean(delays), polls / (days - warm_up))


def test_a_newsroom_is_read_sooner_than_every_15_minutes_with_fewer_polls() -> None:
    ours, quarterly = simulate(newsroom, by_rhythm()), simulate(newsroom, fixed)
    assert ours.delay_min < quarterly.delay_min
    assert ours.polls_a_day < 0.9 * quarterly.polls_a_day


def test_an_authority_is_read_many_times_sooner_than_by_its_weekly_count() -> None:
    ours, weekly = simulate(agency, by_rhythm()), simulate(agency, by_weekly_count())
    assert ours.delay_min < weekly.delay_min / 5
    assert ours.polls_a_day < 30
