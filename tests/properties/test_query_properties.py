"""A query means the same to the store and in memory, on either database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from storage import articles as article_store
from storage import frontier
from storage.database import Session, Store, open_store
from storage.query.letters import MARK, OPEN, is_alphabetic, letters_of
from storage.query.nodes import (
    And,
    Author,
    Count,
    Dated,
    Entity,
    Everything,
    Group,
    Language,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Seen,
    Source,
    Stage,
    TitlePattern,
)
from storage.query.predicate import holds
from storage.records import Article, Published, VerdictKind
from storage.search import Question, search
from storage.states import FactKind
from storage.subjects import groups_of_sources, subjects_of
from storage.tables import articles
from storage.tagged import Findings, Mention, StatedFact
from tests.contract.store.conftest import postgresql_url  # noqa: F401  (a fixture)
from tests.unit.storage.worlds import NOW, after, article, mention, spec

LETTERS = "甲乙丙甲乙门們开開abAB12 -，。\n—_é\u0301أب𠮷０🔥\u200b+"
ENTITIES = ["model:a", "model:b", "model:B", "regulation:a", "regulation:[x]"]
IDS = [*ENTITIES, "model:none", "model:*", "*:a", "model:?", "*", "[m]odel:a", "regulation:[[]x]"]
PUBLISHERS = [None, "", "新华社", "新華社", "Daily A", "daily"]
GROUPS = {"wire": None, "press": "政府", "Web": "Media", "web2": "media"}
KEYS = count()
ASKED_AT = after(hours=6)

texts = st.text(LETTERS, max_size=40)
words = texts.map(letters_of).filter(lambda letters: letters.strip(MARK + " ") != "")
short_words = st.text(LETTERS, min_size=1, max_size=3).map(letters_of).filter(lambda it: it.strip(MARK + " ") != "")
open_words = short_words.filter(lambda letters: is_alphabetic(letters[-1])).map(lambda letters: letters + OPEN)
phrases = st.builds(Phrase, short_words | words | open_words, st.booleans())
globs = st.sampled_from(["*", "w*", "web", "?eb*", "新华社", "新*", "daily*", "政府", "media", "[vw]ire", "none"])
some_ids = st.lists(st.sampled_from(IDS), max_size=3).map(tuple)


def _published(date: str) -> Published:
    precision = {7: "month", 10: "day", 25: "second"}.get(len(date), "minute")
    return Published(value=date, precision=precision, origin="meta")


DATES = [
    "2026-03",
    "2026-02",
    "2026-03-01",
    "2026-03-02",
    "2026-03-31",
    "2026-03-02T16:00+08:00",
    "2026-03-02T08:00:00+00:00",
    "2026-03-02T03:00-05:00",
    "2026-03-02T20:45:00+12:45",
    "2026-03-02T08:00",
]
MOMENTS = st.one_of(
    st.sampled_from(
        [
            NOW,
            after(hours=8),
            timedelta(hours=6),
            timedelta(hours=22),
            timedelta(days=2),
            datetime(1, 1, 1, tzinfo=UTC),
            datetime.max.replace(tzinfo=UTC),
        ]
    ),
    st.datetimes(datetime(2026, 1, 30), datetime(2026, 4, 3), timezones=st.just(UTC)),  # noqa: DTZ001  # hypothesis adds the zone
)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    phrases,
    phrases,
    st.builds(
        lambda left, right, in_title, distance: Near(Phrase(left, in_title), Phrase(right, in_title), distance),
        short_words | open_words,
        short_words | open_words,
        st.booleans(),
        st.integers(1, 5),
    ),
    st.builds(TitlePattern, st.sampled_from(["甲.*乙", "^a", "1$", "[甲门]"])),
    st.builds(Entity, some_ids, st.booleans()),
    st.builds(Count, some_ids, st.sampled_from([">=", ">", "=", "<", "<="]), st.integers(0, 3)),
    st.builds(Stage, st.lists(st.sampled_from(["draft", "issued", "in_force"]), min_size=1).map(tuple)),
    st.builds(Source, globs, st.sampled_from([(), ("wire",), ("none", "Web")])),
    st.builds(Group, globs),
    st.builds(Author, st.sampled_from(["王", "小明", "li", "x"])),
    st.builds(Language, st.sampled_from(["zh", "en", "zh-hans", "zh-hant", "fr"])),
    st.builds(
        Seen,
        st.sampled_from([NOW, after(hours=3), timedelta(hours=2), timedelta(hours=5), timedelta(0)]),
        st.booleans(),
    ),
    st.builds(Dated, MOMENTS, st.booleans()),
    st.just(Everything()),
)
NODES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=4).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=4).map(tuple)),
    ),
    max_leaves=8,
)
ARTICLES = st.builds(
    lambda title, body, source, publisher, declared, authors, language, entities, stages, date: article(
        f"k{next(KEYS)}",
        body,
        title=title,
        source_id=source,
        publisher=publisher,
        source=declared,
        authors=tuple(authors),
        language=language[0],
        script=language[1],
        mentions=_mentions(entities),
        findings=_stated(stages),
        published=date,
    ),
    st.none() | texts,
    texts,
    st.sampled_from(sorted(GROUPS)),
    st.sampled_from(PUBLISHERS),
    st.sampled_from(PUBLISHERS),
    st.lists(st.sampled_from(["王小明", "Li Hua"]), max_size=2),
    st.sampled_from([("zh", "Hans"), ("zh", "Hant"), ("en", None), (None, None)]),
    st.lists(st.sampled_from(ENTITIES), max_size=4),
    st.lists(st.sampled_from(["draft", "issued"]), max_size=2, unique=True),
    st.none() | st.sampled_from(DATES).map(_published),
)
WORLDS = st.lists(ARTICLES, min_size=1, max_size=8)
QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck))


def _mentions(entities: list[str]) -> tuple[Mention, ...]:
    fields = ("title", "text")
    return tuple(mention(one, at, "甲", field=fields[at % 2]) for at, one in enumerate(entities))


def _stated(stages: list[str]) -> Findings:
    facts = [
        StatedFact(
            entity="regulation:a",
            what=FactKind.STAGE,
            value=stage,
            field="text",
            surface="甲",
            start=0,
            end=1,
            confidence=1.0,
        )
        for stage in stages
    ]
    dated = StatedFact(
        entity="regulation:a",
        what=FactKind.ISSUER,
        value="in_force",
        field="text",
        surface="甲",
        start=0,
        end=1,
        confidence=1.0,
    )
    return Findings(facts=(*facts, dated))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a store of either kind, with sources and without articles."""
    is_file = request.param == "sqlite"
    place = tmp_path_factory.mktemp("query") / "store.db" if is_file else request.getfixturevalue("postgresql_url")
    opened = open_store(place, now=lambda: NOW)
    _with_sources(opened)
    yield opened
    opened.close()


def _with_sources(store: Store) -> None:
    specs = [spec(name, group=group) for name, group in GROUPS.items()]
    store.write(lambda session: frontier.sync_sources(session, specs, now=NOW))


class _Undone(Exception):
    """Ends a transaction: a world stands only as long as it is asked."""


def _ask(store: Store, world: list[Article], asking: Callable[[Session], None]) -> None:
    """Run ``asking`` in a store that holds these articles, seen an hour apart, and no others; then undo all."""

    def ask(session: Session) -> None:
        for hour, one in enumerate(world):
            article_store.add_article(session, one, verdict=VerdictKind.NEW, story_id=None, now=after(hours=hour))
        asking(session)
        raise _Undone

    with pytest.raises(_Undone):
        store.write(ask)


def _found(session: Session, node: Node) -> list[int]:
    """Return the articles for which a query holds, as the store says; it says that it looked at all."""
    page = search(session, Question(node=node, now=ASKED_AT), limit=1_000)
    assert (page.next_before_id, page.is_cut) == (None, False)
    assert page.reach is None or page.reach.is_whole
    return list(page.article_ids)


def _held(session: Session, node: Node) -> list[int]:
    """Return the articles for which a query holds, asked one by one."""
    subjects, groups = subjects_of(session, list(session.scalars(select(articles.c.id)))), groups_of_sources(session)
    held = [key for key, one in subjects.items() if holds(node, one, ASKED_AT, groups.get(one.source_id))]
    return sorted(held, reverse=True)


@given(world=WORLDS, nodes=st.lists(NODES, min_size=5, max_size=15))
@settings(QUIET, max_examples=60)
def test_a_query_means_the_same_to_the_store_and_in_memory(
    store: Store, world: list[Article], nodes: list[Node]
) -> None:
    def compare(session: Session) -> None:
        for node in nodes:
            assert _found(session, node) == _held(session, node), node

    _ask(store, world, compare)


@given(nodes=st.lists(st.builds(Dated, MOMENTS, st.booleans()), min_size=10, max_size=20))
@settings(QUIET, max_examples=30)
def test_dates_of_all_forms_mean_the_same_to_the_store_and_in_memory(store: Store, nodes: list[Dated]) -> None:
    world = [article(f"k{next(KEYS)}", "甲", published=_published(date)) for date in DATES]

    def compare(session: Session) -> None:
        for node in (*nodes, *map(Not, nodes)):
            assert _found(session, node) == _held(session, node), node

    _ask(store, world, compare)


@given(world=WORLDS, node=NODES, limit=st.integers(1, 3))
@settings(QUIET, max_examples=40)
def test_pages_follow_each_other_without_gap_or_overlap(
    store: Store, world: list[Article], node: Node, limit: int
) -> None:
    def turn(session: Session) -> None:
        page = search(session, Question(node=node, now=ASKED_AT), limit=limit)
        turned = list(page.article_ids)
        while page.next_before_id is not None:
            assert len(page.article_ids) == limit
            page = search(session, Question(node=node, now=ASKED_AT), limit=limit, before_id=page.next_before_id)
            turned += page.article_ids
        assert turned == _found(session, node)

    _ask(store, world, turn)


@given(
    words=st.lists(st.sampled_from("甲乙丙，a"), min_size=1, max_size=900),
    start=st.integers(0, 900),
    length=st.integers(1, 90),
)
@example(words=list("甲" * 700), start=0, length=70)
@settings(QUIET, max_examples=40)
def test_a_phrase_is_found_wherever_it_stands_in_a_long_text(
    store: Store, words: list[str], start: int, length: int
) -> None:
    letters = letters_of(" ".join(words[start : start + length]))

    def compare(session: Session) -> None:
        for node in (Phrase(letters), Not(Phrase(letters))):
            assert _found(session, node) == _held(session, node)

    if letters.strip(MARK):
        _ask(store, [article(f"k{next(KEYS)}", " ".join(words), title="甲乙")], compare)
