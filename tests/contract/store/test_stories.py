"""Stories in either kind of store: placed, corrected by people, merged and split, and never told twice."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from threading import Thread

import pytest
from sqlalchemy import select

from monitor.stories import Placed, StoryError, merge_stories, place_again, split_story
from storage import hits as hit_store
from storage import story_moves
from storage.articles import correct_article
from storage.corrections import corrections_of
from storage.database import Store, open_store
from storage.records import Article, Published
from storage.story_nodes import followers_of
from storage.tables import articles, edges, hits, stories, story_events
from tests.contract.store.work import one, rows
from tests.properties.story_world import arrive, articles_of, form, map_of, originals, record_all, shuffled, written
from tests.unit.storage.worlds import NOW, after, hit

DICE = Random(5)
TEXT, OTHER, THIRD = originals()[:3]
WRAPPED = form(TEXT, "wrapped", DICE)


def dated(key: str, text: str, day: int) -> Article:
    """Return an article of a day in February: the earlier leads."""
    published = Published(value=f"2026-02-{day:02}", precision="day", origin="meta")
    return written(key, text, published=published)


def stand(store: Store, *arrivals: Article) -> list[Placed]:
    return [arrive(store, article) for article in arrivals]


def places(store: Store) -> dict[str, int]:
    return {row.key: row.story_id for row in rows(store, select(articles.c.key, articles.c.story_id))}


def together(store: Store, *keys: str) -> bool:
    found = places(store)
    return len({found[key] for key in keys}) == 1


def events(store: Store) -> list[tuple[str, int, int | None, int | None]]:
    found = rows(store, select(story_events).order_by(story_events.c.id))
    return [(row.kind, row.story_id, row.article_id, row.other_story_id) for row in found]


def merge(store: Store, into: int, *others: int) -> int:
    return store.write(lambda session: merge_stories(session, into, others, note="same", now=after(hours=1)))


def split(store: Store, story_id: int, *article_ids: int) -> int:
    return store.write(lambda session: split_story(session, story_id, article_ids, note="other", now=after(hours=1)))


def mixed(first: str, second: str) -> str:
    """Return a text that is a copy of two texts which are none of each other."""
    return first + "\n" + second[: int(len(second) * 0.85)]


class TestPlacing:
    def test_same_stories_in_any_order(self, store: Store, tmp_path: object) -> None:
        dice = Random(11)
        made = articles_of(dice, 14)
        record_all(store, made)
        whole = map_of(store)
        other = open_store(f"sqlite:///{tmp_path}/other.db", now=lambda: NOW)
        record_all(other, shuffled(dice, made))
        assert map_of(other) == whole
        other.close()

    def test_better_article_leads_and_the_id_of_the_story_stays(self, store: Store) -> None:
        copy, better = stand(store, dated("copy", WRAPPED, 3), dated("better", TEXT, 2))
        assert (copy.story_id, better.story_id, better.met) == (1, 1, "near_copy")
        assert one(store, select(stories.c.canonical_id)).canonical_id == better.article_id
        assert events(store) == [("crowned", 1, 2, None)]
        assert {row.verdict for row in rows(store, select(articles.c.verdict))} == {"new", "near_copy"}

    def test_article_between_two_stories_makes_them_one(self, store: Store) -> None:
        half = len(TEXT) // 2
        stand(store, dated("head", TEXT[: half + 250], 3), dated("tail", TEXT[half - 250 :], 4))
        assert not together(store, "head", "tail")
        store.write(lambda session: hit_store.add_hit(session, hit(2, 2), now=NOW))
        stand(store, dated("whole", TEXT, 2))
        assert together(store, "head", "tail", "whole")
        assert ("merged", 1, 2, 2) in events(store)
        assert one(store, select(stories).where(stories.c.id == 2)).merged_into == 1
        assert one(store, select(hits)).story_id == 1, "what was told of the one is not told again of the other"
        with store.read() as session:
            assert [story_moves.resolve(session, story_id) for story_id in (1, 2, 3)] == [1, 1, None]

    def test_revision_begins_its_own_story_and_points_to_the_older(self, store: Store) -> None:
        newer = form(TEXT, "revised", Random(2))
        stand(store, dated("newer", newer, 5), dated("older", TEXT, 2))
        assert not together(store, "newer", "older")
        edge = one(store, select(edges))
        assert (edge.from_id, edge.to_id, edge.verdict) == (1, 2, "revision")
        assert {row.key: row.verdict for row in rows(store, select(articles.c.key, articles.c.verdict))} == {
            "newer": "revision",
            "older": "new",
        }

    def test_article_is_no_revision_once_what_it_revised_has_another_text(self, store: Store) -> None:
        revised = form(TEXT, "revised", Random(2))
        stand(store, dated("old", TEXT, 2), dated("new", revised, 3))
        verdicts = select(articles.c.verdict).order_by(articles.c.id)
        assert [row.verdict for row in rows(store, verdicts)] == ["new", "revision"]
        arrive(store, dated("old", OTHER, 2))
        assert [row.verdict for row in rows(store, verdicts)] == ["new", "new"]
        assert rows(store, select(edges)) == []

    def test_later_article_is_the_revision_though_dates_are_learned_late(self, store: Store) -> None:
        revised = form(TEXT, "revised", Random(2))
        stand(store, dated("a", TEXT, 2), dated("b", revised, 3))
        arrive(store, dated("a", TEXT, 9))
        (found,) = rows(store, select(edges))
        assert (found.from_id, found.to_id, found.verdict) == (1, 2, "revision")
        assert [row.verdict for row in rows(store, select(articles).order_by(articles.c.id))] == ["revision", "new"]

    def test_followers_are_those_of_the_article_that_leads(self, store: Store) -> None:
        stand(store, dated("b", WRAPPED, 3), dated("a", TEXT, 2), dated("c", TEXT + "\n完", 4), dated("d", OTHER, 1))
        with store.read() as session:
            assert [followers_of(session, node) for node in (1, 2, 3, 4, 99)] == [(), (1, 3), (), (), ()]

    def test_canonical_that_changes_leaves_its_story_to_its_copies(self, store: Store) -> None:
        stand(store, dated("a", TEXT, 2), dated("b", WRAPPED, 3), dated("c", TEXT + "\n完", 4))
        placed = arrive(store, dated("a", OTHER, 2))
        assert (placed.story_id, placed.began, placed.moved) == (2, True, True)
        assert together(store, "b", "c")
        assert one(store, select(stories).where(stories.c.id == 1)).canonical_id == 2
        assert one(store, select(stories).where(stories.c.id == 2)).split_from == 1
        assert [kind for kind, *_ in events(store)] == ["crowned", "split"]

    def test_copies_that_arrive_together_are_one_story(self, location: str) -> None:
        opened = [open_store(location, now=lambda: NOW) for _ in range(2)]
        try:
            for number in range(6):
                made = [dated(f"{side}{number}", originals()[number % 5] + "。" * number, 2) for side in "ab"]
                threads = [Thread(target=arrive, args=pair) for pair in zip(opened, made, strict=True)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
            assert len(set(places(opened[0]).values())) == 5
        finally:
            for store in opened:
                store.close()


class TestMerge:
    def test_merged_stories_are_one_and_tell_nothing(self, store: Store) -> None:
        stand(store, dated("a", TEXT, 2), dated("b", OTHER, 3), dated("b2", form(OTHER, "wrapped", DICE), 4))
        assert merge(store, 2, 1) == 2
        assert together(store, "a", "b", "b2")
        assert places(store)["a"] == 2
        assert events(store) == [("crowned", 2, 1, None), ("merged", 2, 1, 1)]
        assert rows(store, select(hits)) == []

    @pytest.mark.parametrize(
        "later",
        [
            pytest.param([dated("x", TEXT + "\n又讯", 1)], id="a better article that is a copy of one side"),
            pytest.param([dated("x", form(OTHER, "cut", Random(1)), 9)], id="a later copy of the other side"),
            pytest.param([dated("b", OTHER + "\n又讯", 3)], id="another form of one"),
        ],
    )
    def test_merge_is_respected_ever_after(self, store: Store, later: Sequence[Article]) -> None:
        stand(store, dated("a", TEXT, 2), dated("b", OTHER, 3), dated("b2", form(OTHER, "wrapped", DICE), 4))
        merge(store, 1, 2)
        stand(store, *later)
        assert together(store, "a", "b", "b2", *(article.key for article in later))

    def test_split_takes_a_merge_back(self, store: Store) -> None:
        stand(store, dated("a", TEXT, 2), dated("b", OTHER, 3), dated("b2", form(OTHER, "wrapped", DICE), 4))
        merge(store, 1, 2)
        assert split(store, 1, 2, 3) == 3
        assert not together(store, "a", "b")
        assert together(store, "b", "b2")
        assert one(store, select(stories).where(stories.c.id == 3)).split_from == 1


class TestSplit:
    def world(self, store: Store) -> None:
        stand(store, dated("a", TEXT, 2), dated("b", WRAPPED, 3), dated("c", TEXT + "\n完", 4))

    @pytest.mark.parametrize("named", [(2,), (1,), (1, 2), (2, 3)], ids=str)
    def test_split_articles_are_a_story_and_the_others_keep_theirs(self, store: Store, named: tuple[int, ...]) -> None:
        self.world(store)
        assert split(store, 1, *named) == 2
        stories_of = {row.id: row.story_id for row in rows(store, select(articles.c.id, articles.c.story_id))}
        assert stories_of == {number: 2 if number in named else 1 for number in (1, 2, 3)}
        assert ("split", 1, min(named), 2) in events(store)

    @pytest.mark.parametrize(
        "later",
        [
            pytest.param(dated("x", TEXT, 9), id="a later copy of both"),
            pytest.param(dated("x", TEXT, 1), id="a better copy of both"),
            pytest.param(dated("b", form(TEXT, "cut", Random(1)), 3), id="another form of the one that was split off"),
            pytest.param(dated("a", TEXT + "\n又讯", 2), id="another form of the canonical one"),
            pytest.param(dated("b", TEXT, 1), id="the one that was split off, better than all"),
        ],
    )
    def test_split_is_respected_ever_after(self, store: Store, later: Article) -> None:
        self.world(store)
        split(store, 1, 2)
        stand(store, later)
        assert together(store, "a", "c")
        assert not together(store, "a", "b")

    @pytest.mark.parametrize("day", [1, 9], ids=["better than all", "later"])
    def test_equal_copy_goes_where_the_split_put_its_text(self, store: Store, day: int) -> None:
        self.world(store)
        split(store, 1, 2)
        stand(store, dated("x", WRAPPED, day))
        assert together(store, "b", "x")
        assert together(store, "a", "c")
        assert not together(store, "a", "x")

    def test_equal_texts_that_were_split_stay_apart_and_part_no_others(self, store: Store) -> None:
        stand(store, dated("a", TEXT, 2), dated("b", TEXT, 3), dated("c", WRAPPED, 4))
        split(store, 1, 2)
        stand(store, dated("x", TEXT, 9))
        assert together(store, "a", "c", "x")
        assert not together(store, "a", "b")

    def test_split_holds_when_a_page_is_read_again_and_after_a_restart(self, location: str) -> None:
        store = open_store(location, now=lambda: NOW)
        self.world(store)
        split(store, 1, 2)
        store.close()
        store = open_store(location, now=lambda: NOW)
        better = dated("b", TEXT, 3)
        store.write(lambda session: correct_article(session, 2, better, now=NOW))
        placed = store.write(lambda session: place_again(session, 2, now=NOW))
        assert (placed.story_id, placed.moved, together(store, "a", "b")) == (2, False, False)
        store.close()

    def test_merge_takes_a_split_back(self, store: Store) -> None:
        self.world(store)
        split(store, 1, 2)
        merge(store, 1, 2)
        assert together(store, "a", "b", "c")
        with store.read() as session:
            said = {(pair.low_id, pair.high_id, pair.verdict.value) for pair in corrections_of(session, [1, 2, 3])}
        assert said == {(1, 2, "together")}

    def test_split_story_counts_as_told(self, store: Store) -> None:
        self.world(store)
        store.write(lambda session: hit_store.add_hit(session, hit(1, 1), now=NOW))
        split(store, 1, 2)
        with store.read() as session:
            told = hit_store.told_rules(session, story_moves.lineage(session, [2]))
        assert told == {"models": 1}

    @pytest.mark.parametrize("into", [1, 2], ids=["into the one told first", "into the one told later"])
    def test_stories_told_apart_are_told_once_after_they_merged(self, store: Store, into: int) -> None:
        stand(store, dated("a", TEXT, 2), dated("b", OTHER, 3))
        told = [hit(1, 1), hit(1, 1, token="h1"), hit(2, 2), hit(2, 2, token="h2")]
        store.write(lambda session: [hit_store.add_hit(session, one, now=NOW) for one in told])
        merge(store, into, 3 - into)
        with store.read() as session:
            found = hit_store.hits_after(session, rules=["models"], after_id=0, limit=9)
            later = hit_store.hits_after(session, rules=["models"], after_id=2, limit=9)
        assert [(one.hit_id, one.hit.story_id, one.hit.token) for one in found] == [
            (1, into, ""),
            (2, into, "h1"),
            (4, into, "h2"),
        ]
        assert [one.hit.token for one in later] == ["h2"]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (lambda store: split(store, 9, 1), "there is no story 9"),
        (lambda store: split(store, 2, 3), "story 2 is part of story 1 by now"),
        (lambda store: split(store, 1, 4), "article 4 is not in story 1, which has articles 1, 2, 3"),
        (lambda store: split(store, 1, 1, 2, 3), "all articles of story 1 cannot be split off"),
        (lambda store: split(store, 1), "no article of story 1 can"),
        (lambda store: merge(store, 1, 9), "there is no story 9"),
        (lambda store: merge(store, 3, 2), "story 2 is part of story 1 by now"),
        (lambda store: merge(store, 1, 1), "with at least one other"),
    ],
)
def test_what_cannot_be_corrected_is_said_in_one_sentence(store: Store, order: object, said: str) -> None:
    stand(store, dated("a", TEXT, 2), dated("b", OTHER, 3), dated("a2", WRAPPED, 4), dated("d", THIRD, 5))
    merge(store, 1, 2)
    with pytest.raises(StoryError, match=said):
        order(store)  # type: ignore[operator]
