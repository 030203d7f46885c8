"""Names that nobody tracks are counted once a story, shown with different outlets, dismissed and forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.articles import insert_article
from storage.database import Store
from storage.records import VerdictKind
from storage.sightings import (
    NameTally,
    dismiss,
    dismissed_names,
    forget_sightings,
    name_tallies,
    places_of_names,
    restore,
    spellings_of,
)
from storage.tables import sightings
from storage.tagged import Findings, Sighting
from tests.unit.storage.worlds import NOW, after, article

TEXT = "多家企业接入晓问大模型，效率提高。"
SINCE = after(days=-7)
NAME = ("model", "晓问")


def seen(name: str = "晓问", kind: str = "model") -> Sighting:
    return Sighting(kind=kind, name=name, field="text", surface="晓问大模型", start=6, end=11, how="before a verb")


def put(
    session: Session, key: str, days: float, *found: Sighting, story: int | None = None, **changes: Any
) -> tuple[int, int]:
    """Store an article, first seen so many days ago, that shows some names."""
    value = article(
        key, text=TEXT, content_hash=key, mentions=(), findings=Findings(sightings=found or (seen(),)), **changes
    )
    verdict = VerdictKind.NEW if story is None else VerdictKind.EXACT_COPY
    return insert_article(session, value, verdict=verdict, story_id=story, now=after(days=-days))


def tallies(store: Store, **options: Any) -> tuple[NameTally, ...]:
    with store.read() as session:
        return name_tallies(session, **({"since": SINCE, "background_since": after(days=-35)} | options))


def test_copies_and_outlets_are_counted_once(store: Store) -> None:
    def fill(session: Session) -> None:
        _, story = put(session, "a", 1, publisher="甲报")
        put(session, "b", 1, story=story, source_id="other", publisher=None, source="甲报")
        put(session, "c", 2, publisher="甲报")
        put(session, "d", 3, publisher="", source=None)

    store.write(fill)

    assert tallies(store) == (NameTally(kind="model", key="晓问", sources=3, stories=3, days=3, earlier=0),)


def test_background_is_counted_apart_and_what_is_older_not_at_all(store: Store) -> None:
    def fill(session: Session) -> None:
        for number, days in enumerate((1, 8, 20, 34, 36, 100)):
            put(session, str(number), days, seen(), seen("旧名", "regulation") if days > 7 else seen())

    store.write(fill)

    assert tallies(store) == (NameTally(kind="model", key="晓问", sources=1, stories=1, days=1, earlier=3),)
    (longer,) = tallies(store, since=after(days=-30), kind="model")
    assert (longer.stories, longer.earlier) == (3, 1)


def test_a_day_is_one_of_utc(store: Store) -> None:
    def fill(session: Session) -> None:
        for hours in (7.5, 8.5, 9.5):  # NOW is at 8:00
            put(session, str(hours), hours / 24)

    store.write(fill)

    assert tallies(store)[0].days == 2


def test_kinds_are_names_of_their_own(store: Store) -> None:
    store.write(lambda session: put(session, "a", 1, seen(), seen(kind="regulation")))

    assert {one.kind for one in tallies(store)} == {"model", "regulation"}
    assert [one.kind for one in tallies(store, kind="regulation")] == ["regulation"]


def test_dismissed_name_is_left_out_until_it_is_restored(store: Store) -> None:
    store.write(lambda session: put(session, "a", 1, seen(), seen(kind="regulation")))

    store.write(lambda session: dismiss(session, NAME, "晓问", note="a slogan", now=NOW))
    store.write(lambda session: dismiss(session, NAME, "曉問", note=None, now=after(hours=1)))

    assert [one.kind for one in tallies(store)] == ["regulation"]
    assert len(tallies(store, keys=["晓问"])) == 2
    with store.read() as session:
        (gone,) = dismissed_names(session)
    assert (gone.kind, gone.key, gone.name, gone.note, gone.created_at) == (*NAME, "曉問", None, after(hours=1))
    assert store.write(lambda session: restore(session, NAME))
    assert not store.write(lambda session: restore(session, NAME))
    assert len(tallies(store)) == 2


def test_spellings_are_counted_over_all_that_is_kept(store: Store) -> None:
    def fill(session: Session) -> None:
        for number, (name, days) in enumerate((("Tarvos", 1), ("Tarvos", 2), ("TARVOS", 90))):
            put(session, str(number), days, seen(name))

    store.write(fill)

    with store.read() as session:
        found = spellings_of(session, [("model", "tarvos"), ("model", "nobody")])
    assert list(found) == [("model", "tarvos")]
    assert found["model", "tarvos"].names == (("Tarvos", 2), ("TARVOS", 1))
    assert found["model", "tarvos"].first_seen_at == after(days=-90)


def test_places_are_of_different_stories_and_outlets_first(store: Store) -> None:
    def fill(session: Session) -> list[int]:
        first, story = put(session, "a", 4, publisher="甲报")
        copy, _ = put(session, "b", 3, story=story, publisher="乙报")
        again, _ = put(session, "c", 2, publisher="乙报")
        newest, _ = put(session, "d", 1, publisher="乙报")
        return [first, copy, again, newest]

    first, _, again, newest = store.write(fill)

    with store.read() as session:
        two = places_of_names(session, [NAME], since=SINCE, limit=2)[NAME]
        all_of_them = places_of_names(session, [NAME], since=SINCE, limit=9)[NAME]
        none = places_of_names(session, [NAME], since=after(days=1), limit=9)
    assert [one.article_id for one in two] == [newest, first]
    assert [one.article_id for one in all_of_them] == [newest, first, again]
    assert none == {}
    assert two[0].text[two[0].start : two[0].end] == "晓问大模型"
    assert (two[0].outlet, two[0].seen_at) == ("乙报", after(days=-1))


@pytest.mark.parametrize(("limit", "left"), [(10, 1), (1, 3)], ids=["all that are old", "the oldest"])
def test_old_sightings_are_forgotten_the_oldest_first(store: Store, limit: int, left: int) -> None:
    def fill(session: Session) -> None:
        for number, days in enumerate((1, 181, 182, 183)):
            put(session, str(number), days)

    store.write(fill)

    gone = store.write(lambda session: forget_sightings(session, NOW - timedelta(days=180), limit=limit))

    with store.read() as session:
        kept = session.execute(select(func.count(), func.min(sightings.c.seen_at))).one()
    assert (gone, kept[0]) == (4 - left, left)
    assert kept[1] >= after(days=-182)
