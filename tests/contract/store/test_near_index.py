"""The index that finds near-copies, on both kinds of store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import delete, select, update

from storage import bands, nomination, tables
from storage.database import Session, Store, open_store
from storage.near_slots import asked_slots
from storage.near_tables import PERIOD_DAYS, WINDOW_DAYS, slots
from storage.records import Candidate
from tests.unit.storage.near_play import CONTENT, STEPS, play
from tests.unit.storage.near_rows import add_indexed, index_rows, periods, rows_in
from tests.unit.storage.worlds import NOW, after, article

Found = list[tuple[int, int, int]]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TODAY = (NOW - EPOCH).days // PERIOD_DAYS
START = EPOCH + timedelta(days=TODAY * PERIOD_DAYS)


def add(
    store: Store, key: str, text: str | None = None, *, at: datetime = NOW, lead: int | None = None, **keys: Any
) -> int:
    value = article(key, text or f"文{key}", **keys)
    return store.write(lambda session: add_indexed(session, value, at=at, lead=lead))


def ask(store: Store, text: str = "问", *, since: datetime = NOW, **options: Any) -> list[Candidate]:
    asked = {name: options.pop(name) for name in ("exclude", "limit") if name in options}
    with store.read() as session:
        return list(bands.nominate(session, bands.keys_of(article("q", text, **options)), since=since, **asked))


def hits(found: list[Candidate]) -> Found:
    return [(one.article_id, one.band_hits, one.sentence_hits) for one in found]


class TestNominees:
    def test_shared_bands_nominate_and_more_come_first(self, store: Store) -> None:
        one_band = add(store, "a", bands=(1, 20, 30))
        two_bands = add(store, "b", bands=(1, 2, 40), precedence="5")
        add(store, "c", bands=(50, 60))
        found = ask(store, bands=(1, 2, 3))
        assert hits(found) == [(two_bands, 2, 0), (one_band, 1, 0)]
        assert all(one.is_canonical for one in found)
        assert (found[0].title, found[0].text, found[0].precedence) == ("题目 b", "文b", "5")

    def test_extreme_keys_are_kept(self, store: Store) -> None:
        extremes = (-(2**63), -1, 0, 2**63 - 1)
        article_id = add(store, "a", bands=extremes, sentences=extremes)
        assert hits(ask(store, bands=extremes, sentences=extremes)) == [(article_id, 4, 4)]

    def test_another_sketch_version_does_not_compare(self, store: Store) -> None:
        add(store, "a", bands=(1, 2), sentences=(7, 8), sketch_version="v0")
        assert ask(store, bands=(1, 2), sentences=(7, 8)) == []

    @pytest.mark.parametrize(
        ("asked", "stored", "found"),
        [
            ((7, 8, 9, 10), (7, 8, 20, 21), True),
            ((7, 9, 10, 11), (7, 8, 20, 21), False),
            ((7, 9, 10), (7, 8, 20, 21), True),
            ((7, 9, 10, 11), (7, 8, 20), True),
        ],
        ids=["two", "one", "one of a short question", "one of a short article"],
    )
    def test_two_shared_sentences_nominate_or_one_of_a_short_text(
        self, store: Store, asked: tuple[int, ...], stored: tuple[int, ...], found: bool
    ) -> None:
        add(store, "a", sentences=stored)
        assert bool(ask(store, sentences=asked)) is found

    def test_sentences_shared_with_two_articles_of_a_story_add_up(self, store: Store) -> None:
        first = add(store, "a", sentences=(7, 20, 21, 22))
        copy = add(store, "b", sentences=(7, 20, 21, 22, 8), lead=first)
        add(store, "c", sentences=(9, 30, 31, 32))
        assert hits(ask(store, sentences=(7, 8, 9, 10))) == [(copy, 0, 1), (first, 0, 1)]

    def test_equal_text_is_found_for_ever_and_the_canonical_first(self, store: Store) -> None:
        first = add(store, "a", "同文")
        copy = add(store, "b", "同文", lead=first)
        assert hits(ask(store, "同文", since=after(days=99))) == [(first, 0, 0), (copy, 0, 0)]

    def test_equal_text_comes_before_shared_keys(self, store: Store) -> None:
        equal = add(store, "a", "同文")
        add(store, "b", bands=(1, 2))
        assert ask(store, "同文", bands=(1, 2))[0].article_id == equal

    def test_keys_count_only_within_the_window(self, store: Store) -> None:
        add(store, "old", bands=(1, 2), at=after(days=-31))
        fresh = add(store, "new", bands=(1, 2))
        assert hits(ask(store, bands=(1, 2), since=after(days=-30))) == [(fresh, 2, 0)]

    def test_story_that_is_still_copied_stays_in_the_window(self, store: Store) -> None:
        first = add(store, "old", bands=(1, 2), at=after(days=-31))
        add(store, "copy", bands=(1, 2), lead=first)
        assert first in [one.article_id for one in ask(store, bands=(1, 2), since=after(days=-30))]

    def test_excluded_articles_are_not_nominated(self, store: Store) -> None:
        first = add(store, "a", "同文", bands=(1, 2))
        other = add(store, "b", bands=(1,))
        assert hits(ask(store, "同文", bands=(1, 2), exclude={first})) == [(other, 1, 0)]

    def test_limit_keeps_the_strongest_of_both_kinds(self, store: Store) -> None:
        for number in range(6):
            add(store, f"a{number}", bands=(1, 2, 3))
        quoted = add(store, "quoted", sentences=(7, 8))
        strong = add(store, "strong", bands=(1, 2, 3, 4))
        found = ask(store, bands=(1, 2, 3, 4), sentences=(7, 8, 9, 10), limit=3)
        assert len(found) == 3
        assert {strong, quoted} <= {one.article_id for one in found}

    @pytest.mark.parametrize(
        ("field", "most"), [("bands", nomination.HOT_BAND), ("sentences", nomination.COMMON_SENTENCE)], ids=str
    )
    def test_key_that_too_many_share_is_skipped(self, store: Store, field: str, most: int) -> None:
        def many(session: Session) -> None:
            for number in range(most):
                value = article(f"a{number}", f"文{number}", **{field: (1, 1000 + number)})
                add_indexed(session, value, at=after(days=-PERIOD_DAYS) if number % 2 else NOW)

        store.write(many)
        asked: Any = {field: (1,), "limit": 500, "since": after(days=-PERIOD_DAYS)}
        assert len(ask(store, **asked)) == most
        add(store, "last", **{field: (1,)})
        assert ask(store, **asked) == []


class TestStoriesOfManyCopies:
    def test_copy_adds_only_what_its_canonical_article_lacks(self, store: Store) -> None:
        first = add(store, "a", bands=(1, 2), sentences=(7, 8))
        copy = add(store, "b", bands=(1, 3), sentences=(7, 8, 9, 10), lead=first)
        assert hits(ask(store, bands=(1, 2))) == [(first, 2, 0)]
        assert hits(ask(store, bands=(3,))) == [(copy, 1, 0)]
        assert hits(ask(store, sentences=(9, 10, 11, 12))) == [(copy, 0, 2)]

    def test_equal_copy_adds_nothing(self, store: Store) -> None:
        first = add(store, "a", bands=(1, 2), sentences=(7, 8))
        add(store, "b", bands=(1, 2), sentences=(7, 8), lead=first)
        assert hits(ask(store, bands=(1, 2), sentences=(7, 8))) == [(first, 2, 2)]

    def test_popular_story_stays_findable_by_its_sentences(self, store: Store) -> None:
        first = add(store, "a", sentences=(7, 8, 9))
        for number in range(nomination.COMMON_SENTENCE + 5):
            add(store, f"c{number}", sentences=(7, 8, 9, 100 + number), lead=first)
        assert hits(ask(store, sentences=(7, 8, 9, 999))) == [(first, 0, 3)]

    def test_copy_of_another_version_leaves_out_nothing(self, store: Store) -> None:
        first = add(store, "a", bands=(1, 2), sketch_version="v0")
        copy = add(store, "b", bands=(1, 2), lead=first)
        assert hits(ask(store, bands=(1, 2))) == [(copy, 2, 0)]

    def test_new_canonical_article_takes_the_keys_over(self, store: Store) -> None:
        first = add(store, "a", bands=(1, 2), sentences=(7, 8))
        second = add(store, "b", bands=(1, 2, 3), sentences=(7, 8, 9), lead=first)

        def crown(session: Session) -> None:
            bands.index(session, second, lead=None)
            bands.index(session, first, lead=second)

        store.write(crown)
        assert hits(ask(store, bands=(1, 2, 3), sentences=(7, 8, 9))) == [(second, 3, 3)]

    def test_copies_in_a_later_slot_need_no_earlier_one(self, store: Store) -> None:
        add(store, "fill", at=PERIODS.at(-0.5))
        first = add(store, "a", bands=(1, 2), sentences=(7, 8), at=PERIODS.at(-0.6))
        stand_in = add(store, "b", bands=(1, 2), sentences=(7, 8), lead=first, at=PERIODS.at(0.1))
        third = add(store, "c", bands=(1, 2, 3), sentences=(7, 8, 9), lead=first, at=PERIODS.at(0.25))
        assert empty_until_done(store, PERIODS.at(0.25)) == 3
        found = ask(store, bands=(1, 2, 3), sentences=(7, 8, 9), since=PERIODS.at(-0.3))
        assert hits(found) == [(stand_in, 2, 2), (third, 1, 1)]

    def test_copy_in_two_slots_leaves_out_in_each_what_another_has_there(self, store: Store) -> None:
        first = add(store, "a", bands=(1, 2), at=PERIODS.at(0.4))
        copy = add(store, "b", bands=(1, 2, 3), lead=first, at=PERIODS.at(0.6))
        assert hits(ask(store, bands=(1, 2, 3), since=PERIODS.at(0.2))) == [(first, 2, 0), (copy, 1, 0)]
        add(store, "c", at=PERIODS.at(1.2))
        assert hits(ask(store, bands=(1, 2, 3), since=PERIODS.at(0.7))) == []
        add(store, "d", lead=first, at=PERIODS.at(1.2))
        assert hits(ask(store, bands=(1, 2, 3), since=PERIODS.at(0.7))) == [(copy, 3, 0)]


class TestKeptKeys:
    def test_keys_come_back_as_they_were_put(self, store: Store) -> None:
        value = article("a", bands=(3, 1, -2, 3), sentences=(2**63 - 1, -(2**63)))
        first = add(store, "x", bands=(1,))
        article_id = store.write(lambda session: add_indexed(session, value, lead=first))
        with store.read() as session:
            kept = bands.stored_keys(session, article_id)
            assert bands.stored_keys(session, article_id + 1) is None
        assert kept == bands.Keys(
            content_hash=value.content_hash,
            sketch_version="v1",
            bands=(-2, 1, 3),
            sentences=(-(2**63), 2**63 - 1),
        )

    def test_forgotten_article_leaves_no_rows(self, store: Store) -> None:
        article_id = add(store, "a", bands=(1, 2), sentences=(7, 8))
        store.write(lambda session: bands.forget(session, article_id))
        with store.read() as session:
            assert index_rows(session) == 0

    def test_new_keys_take_the_place_of_the_old(self, store: Store) -> None:
        article_id = add(store, "a", bands=(1, 2), sentences=(7, 8))
        newer = article("a", "新", bands=(3, 4), sentences=(9, 10))

        def revise(session: Session) -> None:
            bands.put(session, article_id, newer, at=NOW)
            bands.index(session, article_id, lead=None)

        store.write(revise)
        assert ask(store, bands=(1, 2), sentences=(7, 8)) == []
        assert hits(ask(store, bands=(3, 4), sentences=(9, 10))) == [(article_id, 2, 2)]

    def test_article_whose_keys_are_kept_no_more_stays_unknown(self, store: Store) -> None:
        article_id = add(store, "a", bands=(1, 2))
        store.write(lambda session: bands.forget(session, article_id))
        store.write(lambda session: bands.index(session, article_id, lead=None))
        assert ask(store, bands=(1, 2)) == []


def empty_until_done(store: Store, now: datetime) -> int:
    """Let the upkeep empty what it may; return how many tables it emptied."""
    emptied = 0
    while store.write(lambda session: bands.expire(session, now)):
        emptied += 1
    return emptied


def held(store: Store) -> list[int]:
    """Return the periods that have a slot, counted from today's."""
    with store.read() as session:
        return [period - TODAY for period in periods(session)]


class Periods:
    """Articles at times that count in periods since the present one began; half a period is the window."""

    def at(self, period: float) -> datetime:
        return START + timedelta(days=period * PERIOD_DAYS)

    def fill(self, store: Store, *at: float) -> None:
        for period in at:
            add(store, f"a{period}", bands=(1,), sentences=(7, 8), at=self.at(period))

    def found(self, store: Store, at: float) -> int:
        """Return how many are found at a time, of those that its window holds."""
        return len(ask(store, bands=(1,), since=self.at(at - 0.5), limit=100))

    def empty(self, store: Store, at: float) -> int:
        return empty_until_done(store, self.at(at))


PERIODS = Periods()


class TestPeriods:
    def test_article_near_the_end_of_a_period_is_in_the_next_slot_too(self, store: Store) -> None:
        PERIODS.fill(store, 0.4, 0.6)
        assert held(store) == [0, 1]
        with store.read() as session:
            assert rows_in(session, tables.bands) == 3
            assert len(asked_slots(session, PERIODS.at(0.1))) == 1
        assert PERIODS.found(store, 0.7) == 2

    def test_slot_of_a_period_is_dropped_whole_a_week_after_the_next_one_began(self, store: Store) -> None:
        PERIODS.fill(store, 0, 0.5, 0.6, 1.1, 1.2)
        assert PERIODS.empty(store, 1.3) == 0
        PERIODS.fill(store, 1.22)
        assert PERIODS.empty(store, 1.22) == 3
        assert held(store) == [1]
        assert PERIODS.found(store, 1.1) == 4

    def test_slot_that_began_late_does_not_stand_in_for_the_one_before(self, store: Store) -> None:
        PERIODS.fill(store, 0, 0.7, 1.15)
        assert PERIODS.empty(store, 1.15) == 0
        with store.read() as session:
            assert len(asked_slots(session, PERIODS.at(0.65))) == 2
            assert len(asked_slots(session, PERIODS.at(0.71))) == 1

    def test_slots_of_a_store_from_before_are_asked_until_the_present_one_is_full(self, store: Store) -> None:
        PERIODS.fill(store, -0.2, 0.1)

        def as_before(session: Session) -> None:  # each slot its own period alone
            session.execute(update(slots).where(slots.c.period == TODAY).values(full_from=START, begun_at=START))
            (present,) = session.scalars(select(slots.c.slot).where(slots.c.period == TODAY))
            session.execute(delete(tables.bands[present]).where(tables.bands[present].c.article_id == 1))

        store.write(as_before)
        assert PERIODS.found(store, 0.1) == 2
        assert PERIODS.empty(store, 0.1) == 0
        PERIODS.fill(store, 0.5, 0.65)
        assert PERIODS.empty(store, 0.65) == 3
        assert held(store) == [0, 1]

    def test_what_goes_next_is_counted_before(self, store: Store) -> None:
        PERIODS.fill(store, 0, 0.5, 1.2, 1.35)
        for left in (2, 4, 2, 0):  # bands, sentences, kept keys
            with store.read() as session:
                assert bands.doomed(session, PERIODS.at(1.35)) == left
            store.write(lambda session: bands.expire(session, PERIODS.at(1.35)))

    def test_window_of_any_day_finds_all_that_it_holds(self, store: Store) -> None:
        for days in range(2 * PERIOD_DAYS + 1):
            now = START + timedelta(days=days)
            add(store, f"a{days}", bands=(1,), at=now)
            empty_until_done(store, now)
            since = now - timedelta(days=WINDOW_DAYS)
            assert len(ask(store, bands=(1,), since=since, limit=100)) == min(days, WINDOW_DAYS) + 1
            with store.read() as session:
                assert len(asked_slots(session, since)) == 1

    def test_service_that_slept_for_long_finds_its_way(self, store: Store) -> None:
        PERIODS.fill(store, 0, 40, 40.2)
        assert PERIODS.empty(store, 40.2) == 0
        PERIODS.fill(store, 40.7)
        assert PERIODS.empty(store, 40.7) == 3
        assert held(store) == [40, 41]

    def test_service_that_seldom_runs_goes_on_in_one_slot_until_it_runs_for_longer(self, store: Store) -> None:
        PERIODS.fill(store, 0, 2, 4, 6, 8)
        assert held(store) == [0, 2, 8]
        assert PERIODS.empty(store, 8) == 0
        PERIODS.fill(store, 8.3, 8.65)
        assert PERIODS.empty(store, 8.65) == 6
        assert held(store) == [8]
        assert PERIODS.found(store, 8.65) == 2

    def test_article_that_is_read_anew_later_is_found_with_those_of_its_time(self, store: Store) -> None:
        first = add(store, "a", bands=(1,), at=PERIODS.at(0))
        PERIODS.fill(store, 0.5, 1.2, 1.35)
        assert PERIODS.empty(store, 1.35) == 3
        add(store, "copy", lead=first, at=PERIODS.at(1.35))
        newer = article("a", "新", bands=(5,))

        def revise(session: Session) -> None:
            bands.put(session, first, newer, at=PERIODS.at(1.35))
            bands.index(session, first, lead=None)

        store.write(revise)
        assert hits(ask(store, bands=(5,), since=PERIODS.at(0.85))) == [(first, 1, 0)]

    @pytest.mark.parametrize("ahead", [1.3, 300])
    def test_clock_that_runs_ahead_does_not_empty_the_index(self, store: Store, ahead: float) -> None:
        PERIODS.fill(store, 0.45, 0.5, 0.9)
        assert PERIODS.empty(store, ahead) == 0
        assert PERIODS.found(store, 0.9) == 3

    @pytest.mark.parametrize("ahead", [0.1, 0.4, 300])
    def test_articles_of_a_clock_that_runs_ahead_empty_nothing_and_are_found(self, store: Store, ahead: float) -> None:
        PERIODS.fill(store, 0.49, 0.5, 0.7, 0.95, 0.96 + ahead, 0.97 + ahead)
        assert PERIODS.empty(store, 0.97 + ahead) == 0
        PERIODS.fill(store, 0.98)
        assert PERIODS.empty(store, 0.98) == 0
        assert PERIODS.found(store, 0.98) == 7

    @pytest.mark.parametrize("then", [(300, 0.61, 500, 0.62), (300, 500, 0.61, 0.62)], ids=["with a return", "without"])
    def test_two_futures_leave_the_present_its_slots(self, store: Store, then: tuple[float, ...]) -> None:
        PERIODS.fill(store, 0.3, 0.6, *then)  # no slot is free: the second takes that of the first
        assert held(store) == [0, 1, 500]
        assert PERIODS.empty(store, 0.62) == 0
        assert PERIODS.found(store, 0.62) == 6

    def test_clock_that_goes_back_takes_the_slot_of_a_future_and_not_of_the_present(self, store: Store) -> None:
        PERIODS.fill(store, 0.3, 0.6, 300, 0.61, -5)
        assert held(store) == [-5, 0, 1]
        PERIODS.fill(store, 0.62)
        assert held(store) == [-5, 0, 1]
        assert PERIODS.found(store, 0.62) == 5

    def test_slots_of_a_future_give_way_to_the_present_with_what_they_hold(self, store: Store) -> None:
        PERIODS.fill(store, 300.4, 300.6, 0.4)
        assert held(store) == [0, 300, 301]
        PERIODS.fill(store, 0.6)
        assert held(store) == [0, 1, 301]
        assert PERIODS.found(store, 0.6) == 4
        PERIODS.fill(store, 1.01)
        assert PERIODS.found(store, 1.01) == 4  # and the one of 0.4 is older than the window

    def test_period_has_begun_when_its_earliest_article_came(self, store: Store) -> None:
        PERIODS.fill(store, 0.3, 0.9, 1.9, 0.95, 1.02, 1.2)
        assert PERIODS.empty(store, 1.2) == 0  # the window is not full
        PERIODS.fill(store, 1.53)
        assert PERIODS.empty(store, 1.53) == 3

    def test_expired_article_is_found_by_equal_text_only(self, store: Store) -> None:
        first = add(store, "a", "同文", bands=(1,), at=PERIODS.at(0))
        PERIODS.fill(store, 0.5, 1.2, 1.35)
        assert PERIODS.empty(store, 1.35) == 3
        found = ask(store, "同文", bands=(1,), since=PERIODS.at(0.85))
        assert first in [one.article_id for one in found if one.band_hits == 0]
        with store.read() as session:
            assert bands.stored_keys(session, first) is None


class TestTogether:
    def test_of_two_copies_that_arrive_at_once_the_second_meets_the_first(self, location: str) -> None:
        with (
            closing(open_store(location, now=lambda: NOW)) as one,
            closing(open_store(location, now=lambda: NOW)) as two,
        ):
            for number in range(10):
                assert sorted(self.race(number, one, two)) == [0, 1]

    def race(self, number: int, *stores: Store) -> list[int]:
        """Let every store look for copies and store one, all at once; return how many each of them met."""
        start = Barrier(len(stores))

        def arrive(place: int, store: Store) -> int:
            value = article(f"{number}-{place}", f"文{number}", bands=(number, 100 + number), sentences=(7, number))

            def look_and_store(session: Session) -> int:
                found = bands.nominate(session, bands.keys_of(value), since=NOW)
                add_indexed(session, value)
                return sum(one.band_hits == 2 for one in found)

            start.wait()
            return store.write(look_and_store)

        with ThreadPoolExecutor(len(stores)) as pool:
            return list(pool.map(arrive, range(len(stores)), stores))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, CONTENT)
def test_both_stores_answer_as_the_twin_in_memory(store: Store, steps: list[Any], last: Any) -> None:
    play(store, steps, last)
