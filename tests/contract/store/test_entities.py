"""What articles say of an entity: figures, names, and what stories state of a regulation, copies once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage.database import Store
from storage.feed import EntityDetail, KnownFact, get_article, get_entity, is_mentioned, list_entities
from storage.records import Published, VerdictKind
from storage.states import FactKind, Stage, Tagging
from storage.tagged import Considered, Findings, Mention, StatedFact
from tests.contract.store.work import insert
from tests.unit.storage.worlds import NOW, after, article, mention

ACT = "regulation:labels"
MODEL = "model:qwen"
LEAD = "网信办公布《标识办法》。"
TEXT = f"{LEAD}\n《标识办法》自2025年9月1日起施行，服务提供者应当添加标识。各地将组织宣讲。"
DATED = "2025年9月1日起施行"


def stated(text: str, surface: str, what: FactKind, value: str, **changes: Any) -> StatedFact:
    start = text.index(surface)
    whole = StatedFact(
        entity=ACT,
        what=what,
        value=value,
        field="text",
        surface=surface,
        start=start,
        end=start + len(surface),
        confidence=0.9,
    )
    return replace(whole, **changes)


EFFECTIVE = stated(TEXT, DATED, FactKind.EFFECTIVE, "2025-09-01")
ISSUED = stated(TEXT, "公布", FactKind.STAGE, "issued")


def add(
    store: Store,
    key: str,
    *facts: StatedFact,
    text: str = TEXT,
    mentions: tuple[Mention, ...] | None = None,
    considered: tuple[Considered, ...] = (),
    published: str | None = "2025-03-14",
    **options: Any,
) -> tuple[int, int]:
    date = Published(value=published, precision="day", origin="meta") if published else None
    found = mentions if mentions is not None else (mention(ACT, 6, "标识办法"),)
    findings = Findings(catalogue="v1", facts=facts, considered=considered)
    value = article(key, text=text, content_hash=key, mentions=found, findings=findings, published=date)
    return insert(store, value, **options)


def about(store: Store, entity: str = ACT, *, now: datetime = NOW, known: tuple[KnownFact, ...] = ()) -> EntityDetail:
    with store.read() as session:
        return get_entity(session, entity, now=now, known=known)


def test_copies_count_once_and_the_first_is_the_one_published_first(store: Store) -> None:
    late, story = add(store, "late", EFFECTIVE, published="2025-03-15")
    copy, _ = add(store, "copy", EFFECTIVE, published="2025-03-14", story_id=story, verdict=VerdictKind.NEAR_COPY)
    add(store, "other", EFFECTIVE, published=None, now=after(hours=1))

    (fact,) = about(store).life_cycle.facts

    assert (fact.what, fact.value, fact.stories, fact.articles) == (FactKind.EFFECTIVE, "2025-09-01", 2, 3)
    assert fact.first is not None
    assert (fact.first.article_id, fact.first.story_id, fact.first.outlet) == (copy, story, "copy 日报")
    assert late < copy


def test_a_date_in_the_future_makes_no_article_later_than_it_was_seen(store: Store) -> None:
    wrong, _ = add(store, "wrong", EFFECTIVE, published="2099-01-01")
    add(store, "next", EFFECTIVE, published=None, now=after(hours=1))

    (fact,) = about(store).life_cycle.facts

    assert fact.first is not None
    assert fact.first.article_id == wrong


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (TEXT, "《标识办法》自2025年9月1日起施行，服务提供者应当添加标识。"),
        ("前" * 900 + "。" + TEXT, "《标识办法》自2025年9月1日起施行，服务提供者应当添加标识。"),
        (f"The act is in force. It takes\neffect: {DATED}. Then more.", f"effect: {DATED}."),
        (f"😀{DATED}", f"😀{DATED}"),
    ],
    ids=["short", "far behind", "English", "whole text"],
)
def test_the_words_of_a_fact_stand_in_their_sentence(store: Store, text: str, sentence: str) -> None:
    add(store, "a", stated(text, DATED, FactKind.EFFECTIVE, "2025-09-01"), text=text)

    first = about(store).life_cycle.facts[0].first

    assert first is not None
    assert first.sentence == sentence
    assert first.sentence[first.start : first.end] == DATED


def test_a_long_english_sentence_is_cut_between_words(store: Store) -> None:
    text = "several words " * 50 + f"take effect on {DATED} " + "and further words " * 50
    add(store, "a", stated(text, DATED, FactKind.EFFECTIVE, "2025-09-01"), text=text)

    first = about(store).life_cycle.facts[0].first

    assert first is not None
    assert first.sentence[first.start : first.end] == DATED
    assert (first.sentence[0], first.sentence[-1]) == ("…", "…")
    assert set(first.sentence.strip("…").split()) <= set(text.split())


def test_a_sentence_without_end_is_cut_round_the_words(store: Store) -> None:
    text = "甲" * 5000 + DATED + "乙" * 5000
    add(store, "a", stated(text, DATED, FactKind.EFFECTIVE, "2025-09-01"), text=text)

    first = about(store).life_cycle.facts[0].first

    assert first is not None
    assert first.sentence[first.start : first.end] == DATED
    assert len(first.sentence) <= 200


def test_a_fact_of_the_title_is_shown_in_the_title(store: Store) -> None:
    value = replace(EFFECTIVE, field="title", surface="施行", start=2, end=4)
    title = article("t", title="今起施行", mentions=(), findings=Findings(catalogue="v1", facts=(value,)))
    insert(store, title)

    first = about(store).life_cycle.facts[0].first

    assert first is not None
    assert (first.sentence, first.sentence[first.start : first.end]) == ("今起施行", "施行")


def test_conflicting_dates_are_kept_with_who_stated_them(store: Store) -> None:
    other = stated(TEXT, DATED, FactKind.EFFECTIVE, "2025-10-01")
    add(store, "a", EFFECTIVE, ISSUED)
    add(store, "b", EFFECTIVE)
    add(store, "c", other)

    life = about(store, known=(KnownFact(what=FactKind.EFFECTIVE, value="2025-09-01", source="press"),)).life_cycle

    assert (life.stage, life.stage_stories, life.stage_date) == (Stage.IN_FORCE, 2, "2025-09-01")
    dates = {fact.value: fact for fact in life.facts if fact.what is FactKind.EFFECTIVE}
    assert {value: (fact.stories, fact.conflicts, len(fact.known)) for value, fact in dates.items()} == {
        "2025-09-01": (2, ("2025-10-01",), 1),
        "2025-10-01": (1, ("2025-09-01",), 0),
    }
    assert dates["2025-10-01"].first is not None
    assert dates["2025-10-01"].first.outlet == "c 日报"


def test_facts_of_other_entities_are_theirs(store: Store) -> None:
    add(store, "a", EFFECTIVE, replace(EFFECTIVE, entity="regulation:other", value="2024-01-01"))

    assert [fact.value for fact in about(store).life_cycle.facts] == ["2025-09-01"]


def test_of_very_many_values_the_most_stated_are_listed(store: Store) -> None:
    numbers = [stated(TEXT, "标识", FactKind.NUMBER, f"令第{number}号") for number in range(30)]
    add(store, "a", *numbers)
    add(store, "b", numbers[29])

    life = about(store).life_cycle

    assert (life.facts[0].value, life.facts[0].stories) == ("令第29号", 2)
    assert len(life.facts) + life.left_out == 30
    assert life.left_out > 0


def test_articles_stories_outlets_and_days_are_counted(store: Store) -> None:
    two = (mention(ACT, 0, "网信"), mention(ACT, 6, "标识办法"))
    _, story = add(store, "a", mentions=two, now=after(days=-40))
    add(store, "b", story_id=story, verdict=VerdictKind.NEAR_COPY, now=after(days=-1))
    add(store, "c", now=NOW)
    add(store, "none", mentions=(mention(MODEL, 0, "网信"),))

    found = about(store)

    assert (found.articles, found.stories, found.outlets) == (3, 2, 3)
    assert (found.first_seen_at, found.last_seen_at) == (after(days=-40), NOW)
    assert len(found.days) == 30
    assert [(day.day, day.articles) for day in found.days if day.articles] == [("2026-03-01", 1), ("2026-03-02", 1)]
    assert [view.id for view in found.latest] == [story + 1, story]


def test_days_begin_at_midnight_utc(store: Store) -> None:
    midnight = datetime(2026, 3, 2, tzinfo=UTC)
    add(store, "a", now=midnight - timedelta(microseconds=1))
    add(store, "b", now=midnight)

    assert [day.articles for day in about(store).days[-2:]] == [1, 1]


def test_spellings_are_counted_apart_from_versions_and_sizes(store: Store) -> None:
    said = (
        mention(MODEL, 0, "Qwen2.5-72B", version="2.5", size="72B"),
        mention(MODEL, 20, "Qwen 3", version="3"),
        mention(MODEL, 40, "Qwen"),
        mention(MODEL, 50, "通义", version="2.5"),
    )
    add(store, "a", mentions=said)

    found = about(store, MODEL)

    assert [(one.value, one.mentions) for one in found.spellings] == [("Qwen", 3), ("通义", 1)]
    assert [(one.value, one.mentions) for one in found.versions] == [("2.5", 2), ("3", 1)]
    assert [(one.value, one.mentions) for one in found.sizes] == [("72B", 1)]


def test_unsure_counts_articles_where_nothing_was_sure(store: Store) -> None:
    name = Considered(
        entity=ACT, kind="regulation", field="text", surface="办法", start=8, end=10, outcome=Tagging.UNSURE, reasons=()
    )
    add(store, "both", considered=(name,))
    add(store, "unsure", mentions=(), considered=(name, replace(name, start=14, end=16)))
    add(store, "no", mentions=(), considered=(replace(name, outcome=Tagging.NO),))

    assert about(store).unsure == 1


def test_an_entity_that_nothing_mentions_has_what_the_catalogue_holds(store: Store) -> None:
    fact = KnownFact(what=FactKind.ISSUED, value="2025-03-07", source="press")

    found = about(store, "regulation:none", known=(fact,))

    assert (found.articles, found.first_seen_at, found.latest, found.spellings) == (0, None, (), ())
    assert [(line.value, line.known, line.first) for line in found.life_cycle.facts] == [("2025-03-07", (fact,), None)]
    with store.read() as session:
        assert not is_mentioned(session, "regulation:none")


def test_the_list_has_the_most_mentioned_first_and_can_be_narrowed(store: Store) -> None:
    both = (mention(ACT, 6, "标识办法"), mention(MODEL, 0, "网信"), mention(MODEL, 2, "办"))
    _, story = add(store, "a", mentions=both, now=after(days=-9))
    add(store, "b", story_id=story, verdict=VerdictKind.NEAR_COPY, now=NOW)

    with store.read() as session:
        every = list_entities(session, limit=9)
        assert [(one.id, one.kind, one.articles, one.stories, one.last_seen_at) for one in every] == [
            (ACT, "regulation", 2, 1, NOW),
            (MODEL, "model", 1, 1, after(days=-9)),
        ]
        assert list_entities(session, limit=1) == every[:1]
        assert [one.id for one in list_entities(session, limit=9, kind="model")] == [MODEL]
        assert list_entities(session, limit=9, kind="mod") == ()
        recent = list_entities(session, limit=9, since=after(days=-1))
        assert [(one.id, one.articles, one.stories) for one in recent] == [(ACT, 1, 1)]
        assert is_mentioned(session, MODEL)


def test_an_article_shows_what_it_states_and_what_was_unsure(store: Store) -> None:
    name = Considered(
        entity=MODEL,
        kind="model",
        field="text",
        surface="标识",
        start=6,
        end=8,
        outcome=Tagging.UNSURE,
        reasons=(("words about models", 1),),
    )
    article_id, _ = add(store, "a", EFFECTIVE, considered=(name, replace(name, start=9, outcome=Tagging.NO)))

    with store.read() as session:
        found = get_article(session, article_id)

    assert found is not None
    assert (found.facts, found.unsure) == ((EFFECTIVE,), (name,))


def test_the_short_and_the_full_name_of_a_body_are_one(store: Store) -> None:
    for key, name in zip("abc", ("国家网信办", "国家互联网信息办公室", "国家网信办"), strict=True):
        text = f"{name}公布《标识办法》。"
        add(store, key, stated(text, name, FactKind.ISSUER, name), text=text)

    (fact,) = about(store).life_cycle.facts

    assert (fact.value, fact.writings, fact.stories) == ("国家网信办", ("国家互联网信息办公室",), 3)


def test_a_body_in_traditional_characters_is_the_same_body(store: Store) -> None:
    names = ("國家互聯網信息辦公室", "国家互联网信息办公室", "国家互联网信息办公室")
    for key, name in zip("abc", names, strict=True):
        text = f"{name}公布《标识办法》。"
        add(store, key, stated(text, name, FactKind.ISSUER, name), text=text)

    (fact,) = about(store).life_cycle.facts

    assert (fact.value, fact.stories) == ("国家互联网信息办公室", 3)
    assert fact.first is not None
    assert fact.first.sentence.startswith("國家互聯網")
