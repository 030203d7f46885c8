"""Stories on one event find each other in either database, and every place in a topic can say why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from monitor.stories import merge_stories, split_story
from monitor.tag.segment import telling
from monitor.topics import REMEMBERED, settle, settle_again
from storage import profiles as profile_store
from storage import topics
from storage.articles import add_edge
from storage.articles import insert_article as insert_new
from storage.database import Store
from storage.records import Edge, Evidence, VerdictKind
from storage.tables import profiles, stories, story_terms, terms, topic_links
from storage.tables import topics as topic_rows
from storage.tagged import Mention
from tests.contract.store.work import insert as insert_article
from tests.contract.store.work import one, rows
from tests.unit.storage.worlds import NOW, after, article

FINE = (
    "欧盟罚Meta 7.4亿欧元",
    "欧盟委员会对Meta处以7.4亿欧元罚款，理由是Llama没有公开训练数据，这是人工智能法案的首张罚单。",
)
SAME = ("Meta吃下7.4亿欧元罚单", "因为拒绝说明Llama用什么材料训练，Meta被布鲁塞尔罚了7.4亿欧元，人工智能法案首次开罚。")
THIRD = ("7.4亿欧元，Meta为Llama买单", "人工智能法案的首张罚单落在Meta头上：Llama训练数据不透明，罚款7.4亿欧元。")
OTHER = ("欧盟罚X 1.2亿欧元", "欧盟委员会对X处以1.2亿欧元罚款，理由是蓝标误导用户，这是数字服务法的首张罚单。")


def _article(key: str, report: tuple[str, str], **changes: Any) -> Any:
    title, text = report
    told = {"title": title, "text": text, "published": None, "mentions": (), "content_hash": key}
    return article(key, **{**told, "terms": telling(title, text).terms, **changes})


def _arrive(store: Store, key: str, report: tuple[str, str], *, now: datetime = NOW, **changes: Any) -> int:
    value = _article(key, report, **changes)
    _, story_id = insert_article(store, value, now=now)
    store.write(lambda session: settle(session, story_id, value, now))
    return story_id


def _places(store: Store, *story_ids: int) -> dict[int, topics.TopicLink]:
    with store.read() as session:
        return topics.topic_of(session, story_ids)


def test_second_report_joins_the_topic_of_the_first_and_says_why(store: Store) -> None:
    first, second = _arrive(store, "a", FINE), _arrive(store, "b", SAME, now=after(hours=2))

    places = _places(store, first, second)

    assert places[first].via_story_id is None
    assert places[second].via_story_id == first
    assert places[first].topic_id == places[second].topic_id
    assert {"Meta", "Llama", "740000000"} <= set(places[second].shared_words)
    assert "names and figures in common" in places[second].reason
    assert "2 h apart" in places[second].reason


def test_report_on_another_event_stays_alone(store: Store) -> None:
    ids = [_arrive(store, "a", FINE), _arrive(store, "b", OTHER)]

    assert _places(store, *ids) == {}


def test_topic_names_its_stories_the_lead_first(store: Store) -> None:
    ids = [_arrive(store, key, report) for key, report in (("a", FINE), ("b", SAME), ("c", THIRD))]
    (topic_id,) = {place.topic_id for place in _places(store, *ids).values()}

    with store.read() as session:
        assert topics.stories_of_topic(session, topic_id) == tuple(ids)


def test_every_member_is_tied_to_the_lead_and_not_to_another_member(store: Store) -> None:
    first, *others = [_arrive(store, key, report) for key, report in (("a", FINE), ("b", SAME), ("c", THIRD))]

    assert {_places(store, other)[other].via_story_id for other in others} == {first}


def test_settling_again_changes_nothing(store: Store) -> None:
    first, second = _arrive(store, "a", FINE), _arrive(store, "b", SAME)
    before = _state(store)

    for story_id, key, report in ((first, "a", FINE), (second, "b", SAME)):
        store.write(lambda s, i=story_id, k=key, r=report: settle(s, i, _article(k, r), after(days=1)))

    assert _state(store) == before


def test_place_goes_with_the_articles_of_a_story_that_was_merged(store: Store) -> None:
    first, second, other = _arrive(store, "a", FINE), _arrive(store, "b", SAME), _arrive(store, "c", OTHER)
    topic_id = _places(store, first)[first].topic_id

    store.write(lambda s: merge_stories(s, other, [first], now=after(hours=1)))

    with store.read() as session:
        assert topics.stories_of_topic(session, topic_id) == (other, second)
    assert _places(store, first, second)[second].via_story_id == other
    assert first not in _places(store, first)


def test_later_report_joins_the_story_that_the_first_one_went_into(store: Store) -> None:
    first, other = _arrive(store, "a", FINE), _arrive(store, "c", OTHER)
    store.write(lambda s: merge_stories(s, other, [first], now=after(hours=1)))

    second = _arrive(store, "b", SAME, now=after(hours=2))

    places = _places(store, other, second)
    assert places[second].via_story_id == other
    assert places[other].topic_id == places[second].topic_id


def test_story_of_two_topics_is_in_the_older_one_alone(store: Store) -> None:
    first, same = _arrive(store, "a", FINE), _arrive(store, "b", SAME)
    other, like = _arrive(store, "c", OTHER), _arrive(store, "d", ("X吃下1.2亿欧元罚单", OTHER[1][2:]))
    old, new = _places(store, first)[first].topic_id, _places(store, other)[other].topic_id

    store.write(lambda s: merge_stories(s, other, [first], now=after(hours=1)))

    with store.read() as session:
        assert topics.stories_of_topic(session, old) == (other, same)
        assert topics.stories_of_topic(session, new) == (like,)


def test_place_leaves_a_story_with_the_article_that_is_split_off(store: Store) -> None:
    first, second = _arrive(store, "a", FINE), _arrive(store, "b", SAME)
    lead = _canonical_of(store, first)
    insert_article(store, _article("s", OTHER), story_id=first, verdict=VerdictKind.NEAR_COPY)

    begun = store.write(lambda s: split_story(s, first, [lead], now=after(hours=1)))

    assert set(_places(store, first, begun, second)) == {begun, second}


def test_other_text_leaves_the_topic_which_goes_to_the_first_that_joined(store: Store) -> None:
    first, second, third = (_arrive(store, key, one) for key, one in (("a", FINE), ("b", SAME), ("c", THIRD)))
    topic_id = _places(store, first)[first].topic_id
    lead, now = _canonical_of(store, first), after(hours=1)

    store.write(lambda s: settle_again(s, lead, first, _article("a", OTHER), now))

    with store.read() as session:
        assert topics.stories_of_topic(session, topic_id) == (second, third)
    assert first not in _places(store, first)
    assert _counted(store) == ({}, 1)


def test_topic_ends_with_the_text_of_its_only_story(store: Store) -> None:
    first, second = _arrive(store, "a", FINE), _arrive(store, "b", SAME)

    for key, story_id in (("b", second), ("a", first)):
        lead = _canonical_of(store, story_id)
        store.write(lambda s, k=key, i=story_id, a=lead: settle_again(s, a, i, _article(k, OTHER, terms=()), NOW))

    assert rows(store, select(topic_rows)) == []


def _canonical_of(store: Store, story_id: int) -> int:
    with store.read() as session:
        return _canonical(session, story_id)


@pytest.mark.parametrize("days", [0, 2.9, 3.1])
def test_stories_further_apart_than_three_days_do_not_meet(store: Store, days: float) -> None:
    first, second = _arrive(store, "a", FINE), _arrive(store, "b", SAME, now=after(days=days))

    assert bool(_places(store, first, second)) is (days < 3)


def test_tracked_entity_ties_stories_that_call_it_by_other_names(store: Store) -> None:
    one_report = ("文心一言5.0发布", "文心一言5.0参数2.4万亿，今天发布。")
    other_report = ("ERNIE Bot 5.0 来了", "ERNIE Bot 5.0今天发布，参数2.4万亿。")
    first = _arrive(store, "a", one_report, mentions=(_mention("文心一言"),))
    second = _arrive(store, "b", other_report, mentions=(_mention("ERNIE Bot"),))

    assert _places(store, second)[second].shared_entities == ("model:ernie-bot",)
    assert _places(store, second)[second].via_story_id == first


def _mention(surface: str) -> Mention:
    return Mention(
        entity="model:ernie-bot",
        kind="model",
        field="title",
        surface=surface,
        start=0,
        end=len(surface),
        version=None,
        how="alias",
        confidence=1.0,
    )


@pytest.mark.parametrize(
    ("verdict", "ratio", "expected"),
    [
        pytest.param(VerdictKind.REVISION, 0.9, "revision of its text", id="revision"),
        pytest.param(VerdictKind.CONTAINS, 0.6, "one text holds the other", id="most of it"),
        pytest.param(VerdictKind.CONTAINED_IN, 0.4, None, id="one item of a list"),
        pytest.param(VerdictKind.TEMPLATE_SIBLING, 0.9, None, id="notice of one kind"),
    ],
)
def test_relation_of_texts_groups_at_once(
    store: Store, verdict: VerdictKind, ratio: float, expected: str | None
) -> None:
    unlike = ("另一个题目", "毫不相干的一句话。")
    first = _arrive(store, "a", FINE)
    value = _article("b", unlike)
    article_id, second = insert_article(store, value)
    store.write(lambda s: add_edge(s, _edge(article_id, _canonical(s, first), verdict, ratio), now=NOW))

    store.write(lambda s: settle(s, second, value, NOW))

    place = _places(store, second).get(second)
    assert (place.reason if place else None) == expected


def test_notices_of_one_kind_are_never_grouped_by_their_words(store: Store) -> None:
    first = _arrive(store, "a", FINE)
    value = _article("b", SAME)
    article_id, second = insert_article(store, value)
    sibling = VerdictKind.TEMPLATE_SIBLING
    store.write(lambda s: add_edge(s, _edge(article_id, _canonical(s, first), sibling, 0.9), now=NOW))

    store.write(lambda s: settle(s, second, value, NOW))

    assert _places(store, second) == {}


def _canonical(session: Any, story_id: int) -> int:
    return int(session.scalar(select(stories.c.canonical_id).where(stories.c.id == story_id)))


def _edge(from_id: int, to_id: int, verdict: VerdictKind, ratio: float) -> Edge:
    evidence = Evidence(
        similarity=0.5,
        containment_a=0.5,
        containment_b=0.9,
        length_ratio=ratio,
        number_conflicts=(),
        rule_version="test",
    )
    return Edge(from_id=from_id, to_id=to_id, verdict=verdict, evidence=evidence)


def test_words_of_a_story_that_joined_are_not_counted_again(store: Store) -> None:
    _arrive(store, "a", FINE)
    before = _counted(store)
    _arrive(store, "b", SAME)

    assert _counted(store) == before
    assert before[1] == 1


def _counted(store: Store) -> tuple[dict[str, int], int]:
    with store.read() as session:
        return profile_store.count_terms(session, ["meta", "llama", "740000000", "nowhere"])


def test_forgetting_takes_out_all_that_remembering_put_in_but_no_topic(store: Store) -> None:
    ids = [_arrive(store, "a", FINE), _arrive(store, "b", SAME), _arrive(store, "c", OTHER)]
    places = _places(store, *ids)

    gone = store.write(lambda s: profile_store.forget_profiles(s, NOW + REMEMBERED))

    assert gone == 2
    assert [one(store, select(func.count()).select_from(table))[0] for table in (profiles, story_terms, terms)] == [
        0
    ] * 3
    assert _places(store, *ids) == places


def test_only_old_stories_are_forgotten_and_not_all_at_once(store: Store) -> None:
    for number, key in enumerate("abc"):
        _arrive(store, key, (f"{key * 3}事件", f"{key * 3}发生在{key * 4}市。"), now=after(days=number))

    assert store.write(lambda s: profile_store.forget_profiles(s, after(days=1.5), limit=1)) == 1
    assert store.write(lambda s: profile_store.forget_profiles(s, after(days=1.5))) == 1
    assert store.write(lambda s: profile_store.forget_profiles(s, after(days=1.5))) == 0
    assert len(rows(store, select(profiles.c.article_id))) == 1


def test_article_without_terms_is_not_looked_at(store: Store) -> None:
    story_id = _arrive(store, "a", FINE, terms=())

    with store.read() as session:
        assert not topics.is_settled(session, story_id)


def test_round_up_neither_joins_a_topic_nor_begins_one(store: Store) -> None:
    listed = (f"早报：{FINE[0]}", FINE[1])
    ids = [_arrive(store, "a", FINE), _arrive(store, "b", listed), _arrive(store, "c", SAME)]

    assert set(_places(store, *ids)) == {ids[0], ids[2]}


def _state(store: Store) -> list[Any]:
    tables = (profiles, story_terms, terms, topic_rows, topic_links)
    return [sorted(map(str, rows(store, select(table)))) for table in tables]


def test_title_may_be_missing(store: Store) -> None:
    value = replace(_article("a", FINE), title=None)
    _, story_id = insert_article(store, value)

    assert store.write(lambda s: settle(s, story_id, value, NOW)) is None


def test_many_stories_with_common_names_are_compared_up_to_a_bound(store: Store) -> None:
    profile_at = NOW + timedelta(minutes=1)

    def fill(session: Any) -> None:
        for number in range(150):
            value = _article(f"n{number}", FINE, bands=(), sentences=())
            article_id, story_id = insert_new(session, value, verdict=VerdictKind.NEW, story_id=None, now=NOW)
            profile = profile_store.Profile(
                article_id=article_id, story_id=story_id, terms=(("Meta", 32), ("Llama", 22)), told_at=profile_at
            )
            profile_store.remember(session, profile, keys=("meta", "llama"), leading=("meta", "llama"), now=NOW)

    store.write(fill)
    with store.read() as session:
        found = profile_store.profiles_sharing(
            session, ("meta", "llama"), since=NOW, until=after(days=1), least=2, limit=20
        )

    assert len(found) == 20
