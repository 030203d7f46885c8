"""Counts of new stories by entity and hour: copies once, by their times, without what is old."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from storage.counts import StoryCounts
from storage.database import Store
from storage.feed.burst_stories import stories_of_burst
from storage.feed.bursts import count_stories
from storage.records import Published, VerdictKind
from tests.contract.store.work import insert
from tests.unit.storage.worlds import NOW, after, article, mention

MODEL, OTHER = "model:qwen", "model:deepseek"
DAYS = 10
TODAY = DAYS * 24
"""The number of the first hour of the day of ``NOW``, which is at eight."""


def add(
    store: Store,
    key: str,
    *entities: str,
    at: datetime = NOW,
    published: tuple[str, str] | None = None,
    story_id: int | None = None,
) -> int:
    date = Published(value=published[0], precision=published[1], origin="meta") if published else None
    names = tuple(mention(entity, number, "正") for number, entity in enumerate(entities))
    value = article(key, text=f"正文{key}", mentions=names, published=date)
    verdict = VerdictKind.NEW if story_id is None else VerdictKind.NEAR_COPY
    _, story = insert(store, value, verdict=verdict, story_id=story_id, now=at)
    return story


def counted(store: Store, *, now: datetime = NOW, entity: str | None = None) -> StoryCounts:
    with store.read() as session:
        return count_stories(session, days=DAYS, now=now, entity=entity)


def test_empty_store_has_no_counts(store: Store) -> None:
    found = counted(store)

    assert (found.watched_from, found.total, found.entities) == (None, {}, {})
    assert found.first_whole_day() is None


def test_copies_of_a_story_count_once_in_its_first_hour(store: Store) -> None:
    story = add(store, "a", MODEL, MODEL)
    add(store, "b", MODEL, OTHER, at=after(hours=2), story_id=story)
    add(store, "c", MODEL, at=after(hours=2))
    add(store, "d", at=after(hours=2))

    found = counted(store, now=after(hours=3))

    assert found.entities == {MODEL: {TODAY + 8: 1, TODAY + 10: 1}, OTHER: {TODAY + 10: 1}}
    assert found.total == {TODAY + 8: 1, TODAY + 10: 2}
    assert found.time_of(TODAY + 8) == NOW
    assert found.weekday_of(DAYS) == NOW.weekday()


def test_one_entity_is_counted_beside_all_stories(store: Store) -> None:
    add(store, "a", MODEL)
    add(store, "b", OTHER)

    found = counted(store, entity=OTHER)

    assert (found.entities, found.total) == ({OTHER: {TODAY + 8: 1}}, {TODAY + 8: 2})


@pytest.mark.parametrize(
    ("published", "hour"),
    [
        (None, TODAY + 8),
        (("2026-03-02T06:30Z", "minute"), TODAY + 6),
        (("2026-03-02T14:30+08:00", "minute"), TODAY + 6),
        (("2026-03-01", "day"), TODAY + 8),
        (("2026-03-02T23:30Z", "minute"), TODAY + 8),
        (("2026-02-28T07:30Z", "minute"), None),
        (("2026-01", "month"), None),
        (("no date", "day"), TODAY + 8),
    ],
    ids=["undated", "to the minute", "with a zone", "to the day", "after it was seen", "old", "old month", "unusable"],
)
def test_article_counts_when_it_was_published(
    store: Store, published: tuple[str, str] | None, hour: int | None
) -> None:
    add(store, "a", MODEL, published=published)

    assert counted(store).entities == ({MODEL: {hour: 1}} if hour is not None else {})


def test_what_lies_before_the_days_and_after_now_does_not_count(store: Store) -> None:
    story = add(store, "a", MODEL, at=NOW - timedelta(days=DAYS + 1))
    add(store, "b", MODEL, story_id=story)
    add(store, "c", MODEL, at=after(hours=5))

    found = counted(store)

    assert found.entities == {}
    assert found.watched_from == NOW - timedelta(days=DAYS + 1)
    assert found.first_whole_day() == 0


def test_first_whole_day_is_the_one_after_the_first_article(store: Store) -> None:
    add(store, "a", MODEL, at=NOW - timedelta(days=3))

    assert counted(store).first_whole_day() == DAYS - 2


def test_stories_of_a_burst_are_the_new_ones_that_most_outlets_have(store: Store) -> None:
    add(store, "before", MODEL, at=NOW - timedelta(hours=1))
    add(store, "other", OTHER)
    add(store, "old", MODEL, published=("2026-02-27T07:30Z", "minute"))
    add(store, "single", MODEL)
    wide = add(store, "a", at=after(hours=1))
    for key in ("b", "c"):
        add(store, key, MODEL, at=after(hours=2), story_id=wide)
    add(store, "late", MODEL, at=after(hours=3))

    with store.read() as session:
        found = stories_of_burst(session, MODEL, since=NOW, most=2)

    assert [(one.title, one.outlets) for one in found] == [
        ("题目 b", ("a 日报", "b 日报", "c 日报")),
        ("题目 late", ("late 日报",)),
    ]
