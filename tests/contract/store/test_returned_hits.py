"""What two stories had to tell that were one for a while: of neither it is lost, and nobody is told it twice."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import select

from storage import hits, outbox, waiting
from storage.database import Session, Store
from storage.renames import rename_channel
from storage.returned_hits import return_hits
from storage.states import StoryEventKind
from storage.story_moves import add_event, begin_story, end_story, move_articles
from storage.tables import hits as hit_table
from tests.contract.store.work import insert
from tests.unit.storage.worlds import NOW, after, article, hit


def two_stories(store: Store) -> list[int]:
    """Store two articles that a digest is to tell; return their hits, which have the ids of the articles."""

    def raise_hit(session: Session, article_id: int) -> int:
        hit_id = hits.add_hit(session, hit(article_id, article_id), now=NOW)
        assert hit_id is not None
        waiting.wait(session, hit_id, "models", ["desk", "phone"])
        return hit_id

    stored = [insert(store, article(key))[0] for key in ("a", "b")]
    return [store.write(partial(raise_hit, article_id=one)) for one in stored]


def one_story(session: Session) -> None:
    move_articles(session, [1], 2)
    end_story(session, 1, 2)
    add_event(session, StoryEventKind.MERGED, 2, at=NOW, other_story_id=1)


def apart(session: Session, article_id: int) -> int:
    begun = begin_story(session, canonical_id=article_id, split_from=2, now=NOW)
    move_articles(session, [article_id], begun)
    return_hits(session, begun, 2)
    return begun


def told(session: Session, channel: str, hit_id: int, at: datetime) -> None:
    outbox.enqueue(
        session, key=f"{channel}{hit_id}", channel=channel, reason="new", payload={}, due_at=at, now=at,
        hit_ids=[hit_id],
    )  # fmt: skip
    waiting.settle(session, [hit_id], channel=channel)


def left(store: Store) -> list[tuple[str, int, int]]:
    """Return what channels are still to be told: channel, story, article."""
    with store.read() as session:
        return [(one.channel, one.story_id, one.article_id) for one in waiting.waiting_of(session, ["models"])]


@pytest.mark.parametrize(
    ("leaves", "waits"),
    [
        pytest.param(
            1, [("desk", 3, 1), ("phone", 3, 1), ("desk", 2, 2), ("phone", 2, 2)], id="that-with-the-hit-in-use"
        ),
        pytest.param(2, [("desk", 2, 1), ("phone", 2, 1), ("desk", 3, 2), ("phone", 3, 2)], id="the-other-one"),
    ],
)
def test_stories_that_are_two_again_are_told_as_two(
    store: Store, leaves: int, waits: list[tuple[str, int, int]]
) -> None:
    two_stories(store)
    store.write(one_story)
    assert left(store) == [("desk", 2, 1), ("phone", 2, 1)]
    assert store.write(lambda session: apart(session, leaves)) == 3
    assert left(store) == waits


@pytest.mark.parametrize("leaves", [1, 2])
def test_channel_that_was_told_them_as_one_is_told_neither_again(store: Store, leaves: int) -> None:
    one, _ = two_stories(store)
    store.write(one_story)
    store.write(lambda session: told(session, "desk", one, after(hours=1)))
    store.write(lambda session: apart(session, leaves))
    assert [channel for channel, _, _ in left(store)] == ["phone", "phone"]


@pytest.mark.parametrize("leaves", [1, 2])
def test_channel_that_was_told_them_as_one_under_an_earlier_name_is_told_neither_again(
    store: Store, leaves: int
) -> None:
    one, _ = two_stories(store)
    store.write(one_story)
    store.write(lambda session: told(session, "desk", one, after(hours=1)))
    claimed = partial(outbox.claim, now=after(hours=1), owner="me", lease_s=60, limit=1, channels=["desk"])
    (message,) = store.write(claimed)
    store.write(lambda session: outbox.settle_sent(session, message.id, "me", now=after(hours=1), detail=""))
    store.write(lambda session: rename_channel(session, "desk", "room"))
    store.write(lambda session: apart(session, leaves))
    assert [channel for channel, _, _ in left(store)] == ["phone", "phone"]


@pytest.mark.parametrize("leaves", [1, 2])
def test_message_of_the_one_that_was_given_up_told_of_neither(store: Store, leaves: int) -> None:
    one, other = two_stories(store)
    store.write(one_story)
    store.write(lambda session: told(session, "desk", one, after(hours=1)))
    claimed = partial(outbox.claim, now=after(hours=1), owner="me", lease_s=60, limit=1, channels=["desk"])
    (message,) = store.write(claimed)
    store.write(lambda session: outbox.settle_dead(session, message.id, "me", now=after(hours=1), reason="no"))
    store.write(lambda session: apart(session, leaves))
    assert [(channel, article_id) for channel, _, article_id in left(store)] == [
        ("phone", one),
        ("desk", other),
        ("phone", other),
    ]


@pytest.mark.parametrize("leaves", [1, 2])
def test_hit_of_which_all_was_told_as_one_stays_with_the_story_that_ended(store: Store, leaves: int) -> None:
    one, _ = two_stories(store)
    store.write(one_story)
    for channel in ("desk", "phone"):
        store.write(partial(told, channel=channel, hit_id=one, at=after(hours=1)))
    store.write(lambda session: apart(session, leaves))
    with store.read() as session:
        assert dict(session.execute(select(hit_table.c.id, hit_table.c.story_id)).all()) == {1: 2, 2: 1}
    assert left(store) == []


@pytest.mark.parametrize("leaves", [1, 2])
def test_channel_that_was_told_the_one_before_is_told_the_other(store: Store, leaves: int) -> None:
    one, _ = two_stories(store)
    store.write(lambda session: told(session, "desk", one, after(hours=-1)))
    store.write(one_story)
    store.write(lambda session: apart(session, leaves))
    assert [(channel, article_id) for channel, _, article_id in left(store)] == [
        ("phone", 1),
        ("desk", 2),
        ("phone", 2),
    ]


def test_story_that_has_nothing_of_its_own_to_tell_gets_nothing(store: Store) -> None:
    two_stories(store)
    insert(store, article("c"))
    store.write(lambda session: move_articles(session, [3], 2))
    store.write(lambda session: end_story(session, 3, 2))
    before = left(store)
    store.write(lambda session: apart(session, 3))
    assert left(store) == before
