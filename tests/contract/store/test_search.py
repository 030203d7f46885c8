"""Search: the index is what is stored, on either database, whatever happens; and it says how far it reaches."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text, update

from storage import articles as article_store
from storage.database import Session, Store
from storage.query.letters import letters_of, tokens_of
from storage.query.names import PlainNames
from storage.query.nodes import And, Author, Entity, Everything, Node, Not, Or, Phrase, Source, Stage, TitlePattern
from storage.query.parse import parse
from storage.query.predicate import holds
from storage.records import VerdictKind
from storage.search import Question, count, search
from storage.search_index import empty_index, fill, most_to_index, reach
from storage.search_tables import FTS, search_states
from storage.states import FactKind
from storage.subjects import subjects_of
from storage.tables import articles
from storage.tagged import Findings, StatedFact
from tests.contract.store.work import insert
from tests.unit.storage.worlds import NOW, after, article, evidence, mention


def words(written: str, *, in_title: bool = False) -> Phrase:
    return Phrase(letters_of(written), in_title)


def found(store: Store, node: Node, *, now: datetime = NOW) -> tuple[int, ...]:
    with store.read() as session:
        return search(session, Question(node=node, now=now), limit=100).article_ids


def put(store: Store, key: str, body: str, title: str = "题目") -> int:
    return insert(store, article(key, body, title=title))[0]


def revise(store: Store, article_id: int, key: str, body: str, title: str = "题目") -> None:
    newer = article(key, body, title=title)
    store.write(
        lambda session: article_store.revise_article(
            session, article_id, newer, evidence=evidence(), now=after(hours=1)
        )
    )


def as_before(store: Store) -> None:
    """Make the store one whose articles came before there was an index."""

    def forget(session: Session) -> None:
        empty_index(session)
        session.execute(delete(search_states))

    store.write(forget)


def stating(store: Store, key: str, what: FactKind, value: str) -> int:
    """Store an article that states a fact of a regulation."""
    fact = StatedFact(
        entity="regulation:a", what=what, value=value, field="text", surface="正", start=0, end=1, confidence=0.9
    )
    return insert(store, article(key, "正文", findings=Findings(catalogue="v1", facts=(fact,))))[0]


def check_index(session: Session) -> None:
    """Raise where the index of SQLite contradicts itself."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"INSERT INTO {FTS} ({FTS}) VALUES ('integrity-check')"))


def fill_up(store: Store, limit: int = 2) -> list[int]:
    steps = []
    while (step := store.write(lambda session: fill(session, limit=limit))) is not None:
        steps.append(step)
    return steps


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("文心一言", [0], id="name"),
        pytest.param("監管", [0, 1], id="traditional-finds-simplified"),
        pytest.param("ＧＰＴ４", [1, 2], id="full-width"),
        pytest.param("GPT-4", [1, 2], id="hyphen-is-a-space"),
        pytest.param("gpt", [1, 2], id="a-name-before-its-version"),
        pytest.param("pt4", [], id="no-part-of-a-word"),
        pytest.param("言监", [], id="no-phrase-over-a-comma"),
        pytest.param("题目文", [], id="no-phrase-over-title-and-text"),
        pytest.param("题目", [0, 1, 2], id="title"),
        pytest.param('"; DROP TABLE article; --', [], id="signs"),
        pytest.param("AND OR NOT NEAR", [], id="words-of-fts5"),
    ],
)
def test_words_are_found(store: Store, query: str, expected: list[int]) -> None:
    ids = [put(store, "a", "文心一言，监管"), put(store, "b", "GPT 4受监管"), put(store, "c", "用GPT4写")]
    assert found(store, words(query)) == tuple(ids[at] for at in reversed(expected))


@pytest.mark.parametrize("start", ["监管 (", "监管 -(", "source:web OR (", "-("])
def test_a_query_as_deep_as_may_be_is_answered(store: Store, start: str) -> None:
    ids = [put(store, "a", "文心一言，监管"), put(store, "b", "天气")]
    node = parse(f"{start}{'(监管 OR 备案 (天气 OR 备案 ' * 11}天气{')' * 23}", PlainNames())
    with store.read() as session:
        held = [key for key, one in subjects_of(session, ids).items() if holds(node, one, NOW, None)]
    assert found(store, node) == tuple(sorted(held, reverse=True))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("chatbot", [1], id="whole"),
        pytest.param("chatbot*", [0, 1], id="may-go-on"),
        pytest.param("title:chatbot*", [1], id="in-the-title"),
        pytest.param("two-chat*", [0], id="last-of-a-phrase"),
        pytest.param("regulat* NEAR/2 chatbot*", [0], id="near-another"),
        pytest.param("regulat* -chatbot*", [2], id="barred"),
        pytest.param("model* OR rule*", [2], id="either"),
    ],
)
def test_a_word_may_go_on(store: Store, query: str, expected: list[int]) -> None:
    ids = [
        put(store, "a", "Regulators tested two chatbots."),
        put(store, "b", "Nothing else.", title="A chatbot"),
        put(store, "c", "A regulation of models."),
    ]
    assert found(store, parse(query, PlainNames())) == tuple(ids[at] for at in reversed(expected))


def test_what_stands_for_a_long_word_is_not_found_as_a_word(store: Store) -> None:
    long_word = "a" * 41 + "vgaa"  # its hash begins with letters: bedb3263...
    put(store, "a", f"Before {long_word} after")
    assert found(store, parse("bedb*", PlainNames())) == ()


def test_title_alone_is_asked(store: Store) -> None:
    first = put(store, "a", "算法", title="模型")
    put(store, "b", "模型", title="算法")
    assert found(store, words("模型", in_title=True)) == (first,)


def test_revised_text_leaves_no_ghost(store: Store) -> None:
    article_id = put(store, "a", "旧文甲乙", title="旧题")
    other = put(store, "b", "旧文甲乙")
    revise(store, article_id, "a", "新文丙丁", title="新题")
    assert found(store, words("甲乙")) == (other,)
    assert found(store, words("旧题")) == ()
    assert found(store, words("丙丁")) == found(store, words("新题", in_title=True)) == (article_id,)


def test_transaction_that_fails_leaves_no_ghost(store: Store) -> None:
    kept = put(store, "a", "旧文甲乙")

    def half(session: Session) -> None:
        article_store.insert_article(session, article("b", "甲乙"), verdict=VerdictKind.NEW, story_id=None, now=NOW)
        article_store.correct_article(session, kept, article("a", "丙丁"), now=NOW)
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        store.write(half)
    assert found(store, words("甲乙")) == (kept,)
    assert found(store, words("丙丁")) == ()
    store.write(check_index)


@given(
    steps=st.lists(
        st.tuples(st.sampled_from("abcd"), st.text("甲乙ab ，", max_size=12), st.booleans()), min_size=1, max_size=12
    )
)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_index_is_whole_after_any_writes(store: Store, steps: list[tuple[str, str, bool]]) -> None:
    known: dict[str, int] = {}

    class Killed(Exception):
        pass

    def write(session: Session, key: str, body: str, is_killed: bool) -> int:
        one = article(f"killed-{key}", body, title=body[:3])
        if key in known:
            article_store.correct_article(session, known[key], one, now=NOW)
            made = known[key]
        else:
            made, _ = article_store.add_article(session, one, verdict=VerdictKind.NEW, story_id=None, now=NOW)
        if is_killed:
            raise Killed
        return made

    def play(session: Session) -> None:
        for key, body, is_killed in steps:
            try:
                with session.begin_nested():
                    known[key] = write(session, key, body, is_killed)
            except Killed:
                pass
        check_index(session)
        for letters in {letters_of(body) for _, body, _ in steps} - {"", "\x1f"}:
            asked = search(session, Question(node=Phrase(letters), now=NOW), limit=100)
            stored = session.execute(select(articles.c.id, articles.c.title, articles.c.text)).all()
            held = [row.id for row in stored if _stands(letters, row.title) or _stands(letters, row.text)]
            assert sorted(asked.article_ids) == sorted(held)
        raise Killed

    with pytest.raises(Killed):
        store.write(play)


def _stands(letters: str, part: str | None) -> bool:
    held, asked = tokens_of(letters_of(part or "")), tokens_of(letters)
    return any(held[at : at + len(asked)] == asked for at in range(len(held)))


class TestFilling:
    def test_articles_of_before_are_filled_in_newest_first_and_the_reach_is_said(self, store: Store) -> None:
        ids = [put(store, key, f"监管{key}") for key in "abcde"]
        as_before(store)
        with store.read() as session:
            page = search(session, Question(node=words("监管"), now=NOW), limit=10)
            assert page.article_ids == ()
            assert page.reach is not None
            assert (page.reach.is_whole, page.reach.back_to, most_to_index(session)) == (False, None, 5)
        store.write(lambda session: fill(session, limit=2))
        with store.read() as session:
            page = search(session, Question(node=words("监管"), now=NOW), limit=10)
            assert page.article_ids == (ids[4], ids[3])
            assert page.reach is not None
            assert (page.reach.is_whole, page.reach.back_to, most_to_index(session)) == (False, NOW, 3)
        assert fill_up(store) == [2, 1]
        assert found(store, words("监管")) == tuple(reversed(ids))
        with store.read() as session:
            assert (reach(session).is_whole, most_to_index(session)) == (True, 0)

    def test_nothing_that_is_not_indexed_is_said_not_to_hold_a_word(self, store: Store) -> None:
        ids = [put(store, key, "甲乙") for key in "abc"]
        as_before(store)
        store.write(lambda session: fill(session, limit=1))
        assert found(store, Not(words("丙"))) == (ids[2],)
        assert found(store, Or((words("丙"), Everything()))) == (ids[2],)
        assert found(store, Everything()) == tuple(reversed(ids))

    def test_new_and_revised_articles_go_in_while_it_is_filled(self, store: Store) -> None:
        first, second = put(store, "a", "旧文"), put(store, "b", "旧文")
        as_before(store)
        store.write(lambda session: fill(session, limit=1))
        third = put(store, "c", "新文")
        revise(store, first, "a", "新文")
        revise(store, second, "b", "新文")
        assert found(store, words("新文")) == (third, second)
        assert fill_up(store) == [1]
        assert found(store, words("新文")) == (third, second, first)
        assert found(store, words("旧文")) == ()
        store.write(check_index)

    def test_step_that_dies_is_done_again(self, store: Store) -> None:
        ids = [put(store, key, "监管") for key in "abc"]
        as_before(store)

        def die(session: Session) -> None:
            fill(session, limit=2)
            raise RuntimeError("killed")

        with pytest.raises(RuntimeError, match="killed"):
            store.write(die)
        assert found(store, words("监管")) == ()
        assert fill_up(store) == [2, 1]
        assert found(store, words("监管")) == tuple(reversed(ids))

    def test_other_tokens_begin_the_index_anew(self, store: Store) -> None:
        first = put(store, "a", "监管")
        store.write(lambda session: session.execute(update(search_states).values(version="0/0")))
        with store.read() as session:
            assert reach(session).back_to is None
        assert found(store, words("监管")) == ()
        second = put(store, "b", "监管")
        revise(store, first, "a", "监管丙")
        assert found(store, words("监管")) == (second,)
        fill_up(store)
        assert found(store, words("监管")) == (second, first)
        store.write(check_index)

    def test_empty_store_is_whole(self, store: Store) -> None:
        with store.read() as session:
            assert reach(session).is_whole
            assert most_to_index(session) == 0
        assert fill_up(store) == []
        assert found(store, words("监管")) == ()

    def test_text_that_somebody_changed_in_the_store_does_not_stop_the_next_revision(self, store: Store) -> None:
        article_id = put(store, "a", "甲乙")
        store.write(lambda session: session.execute(update(articles).values(text="丙" * 5_000)))
        revise(store, article_id, "a", "丁戊")
        is_sqlite = store.name.endswith(".db")
        with store.read() as session:
            assert reach(session).is_whole is not is_sqlite
        assert fill_up(store) == ([1] if is_sqlite else [])
        assert found(store, words("丁戊")) == (article_id,)
        store.write(check_index)


def test_long_text_is_found_to_its_end(store: Store) -> None:
    article_id = put(store, "a", "的" * 3_000 + "文心一言" + "，" + "国家" * 9_000 + "监管")
    assert found(store, words("文心一言")) == found(store, words("国家监管")) == (article_id,)
    assert found(store, words("的" * 60)) == found(store, words("的" * 3_000)) == (article_id,)
    assert found(store, words("的" * 3_001)) == ()
    revise(store, article_id, "a", "短")
    assert found(store, words("国家监管")) == ()


def test_count_goes_as_far_as_asked(store: Store) -> None:
    for key in "abc":
        put(store, key, "监管")
    with store.read() as session:
        question = Question(node=words("监管"), now=NOW)
        assert (count(session, question).number, count(session, question).is_all) == (3, True)
        assert (count(session, question, most=2).number, count(session, question, most=2).is_all) == (2, False)


def test_page_that_asked_many_in_vain_says_so_and_where_to_go_on(store: Store) -> None:
    wanted = insert(store, article("a"))[0]
    newest = [insert(store, article(key, authors=()))[0] for key in "bcdef"][-1]
    question = Question(node=And((Author("王小明"), TitlePattern("题目"))), now=NOW)
    with store.read() as session:
        cut = search(session, question, limit=1, most=2)
        whole = search(session, question, limit=1, before_id=cut.next_before_id, most=10)
        counted = count(session, question)
    assert (cut.article_ids, cut.is_cut, cut.next_before_id) == ((), True, newest - 1)
    assert (whole.article_ids, whole.is_cut, whole.next_before_id) == ((wanted,), False, None)
    assert (counted.number, counted.is_all) == (1, True)


@pytest.mark.parametrize("node", [Entity(("model:x",)), Source("wir?"), Everything()], ids=["entity", "source", "all"])
def test_newest_come_first_whatever_leads(store: Store, node: Node) -> None:
    ids = [insert(store, article(key, mentions=(mention("model:x", 0, "正"),)))[0] for key in "abc"]
    with store.read() as session:
        first = search(session, Question(node=node, now=NOW), limit=2)
        rest = search(session, Question(node=node, now=NOW), limit=2, before_id=first.next_before_id)
    assert (first.article_ids, rest.article_ids) == ((ids[2], ids[1]), (ids[0],))


def test_a_delay_is_asked_for_as_a_stage_is_in_memory_and_in_sql(store: Store) -> None:
    failed = stating(store, "a", FactKind.STAGE, "failed")
    postponed = stating(store, "b", FactKind.POSTPONED, "2027-12-02")
    stating(store, "c", FactKind.NUMBER, "postponed")
    stating(store, "d", FactKind.POSTPONEMENT_PROPOSED, "undated")
    node = Stage(("failed", "postponed"))

    assert set(found(store, node)) == {failed, postponed}
    with store.read() as session:
        known = subjects_of(session, session.scalars(select(articles.c.id)).all())
    assert {id_ for id_, subject in known.items() if holds(node, subject, NOW, None)} == {failed, postponed}
