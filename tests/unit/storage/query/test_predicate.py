"""For which article a query holds, one query or many."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.fold import to_simplified
from storage.query.explain import explain
from storage.query.letters import letters_of, tokens_of
from storage.query.names import PlainNames
from storage.query.nodes import And, Near, Node, Not, Or, Phrase, Source
from storage.query.parse import parse
from storage.query.places import spans_of
from storage.query.predicate import holds
from storage.query.query_set import compile_queries
from storage.query.subject import Asked, Subject, stages_in
from storage.query.written import unparse
from storage.states import FactKind
from storage.tagged import StatedFact
from tests.unit.storage.query.catalogue import SmallCatalogue
from tests.unit.storage.query.worlds import (
    NOW,
    article,
    articles,
    groups,
    letters,
    mention,
    nodes,
    published,
    texts,
)

_TEXT = "百度的文心一言完成演算法備案。GPT-4 的大模型，监管办法（招聘启事）"


def _asked(
    query: str, title: str | None = "模型備案名单", text: str = _TEXT, group: str | None = "Gov", **more: Any
) -> bool:
    return holds(parse(query, SmallCatalogue(), NOW), article(title, text, **more), NOW, group)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("算法备案", True),
        ("演算法備案", True),
        ("大模型 监管", True),
        ('"大模型 监管"', False),
        ("大模型 没有", False),
        ("大模型 OR 没有", True),
        ("大模型 -招聘", False),
        ("大模型 -没有", True),
        ("gpt 4", True),
        ("GPT－4", True),
        ("gp", False),
        ("gp*", True),
        ("pt*", False),
        ("大模型 NEAR/1 监管*", True),
        ("pt4", False),
        ("title:备案", True),
        ("title:大模型", False),
        ("title:(备案 -大模型)", True),
        ("/^模型.*单$/", True),
        ("/大模型/", False),
        ("/MODEL|名單/", True),
        ("文心一言 NEAR/4 备案", False),
        ("文心一言 NEAR/5 备案", True),
        ("备案 NEAR/5 文心一言", True),
        ("大模型 近/1 监管", True),
        ("模型 近 名单", True),
        ("title:(模型 近 大模型)", False),
        ("文心一言 近 心一言", False),
        ("*", True),
        ("-*", False),
        ("source:wire", True),
        ("source:w*", True),
        ("source:WIRE", True),
        ("source:wir", False),
        ("group:gov", True),
        ("group:press", False),
        ("after:2026-11-20", True),
        ("after:2026-11-21", False),
        ("before:2026-11-21", True),
        ("after:1h", True),
        ("before:1h", False),
    ],
)
def test_query_holds(query: str, expected: bool) -> None:
    assert _asked(query) is expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("model:qwen", True),
        ("model:gpt", False),
        ("model:*", True),
        ("kind:model", True),
        ("kind:regulation", False),
        ("title:(model:qwen)", False),
        ("title:(kind:model)", True),
        ("count(model:qwen)>=2", True),
        ("count(model:qwen)>2", False),
        ("count(kind:model)=3", True),
        ("count(regulation:measures)<1", True),
    ],
)
def test_mentions_are_asked_for(query: str, expected: bool) -> None:
    mentions = (mention("model:qwen"), mention("model:qwen", start=9), mention("model:tongyi", field="title"))

    assert _asked(query, mentions=mentions) is expected


@pytest.mark.parametrize(
    ("query", "known", "expected"),
    [
        ("stage:draft", {"stages": frozenset({"draft"})}, True),
        ("stage:issued,repealed", {"stages": frozenset({"draft"})}, False),
        ("source:新华网", {"publisher": "新華網"}, True),
        ("source:新*", {"publisher": "新華網"}, True),
        ("source:新华", {"publisher": "新華網"}, False),
        ("author:王小明", {"authors": ("王 小明",)}, True),
        ("author:小明", {"editors": ("王小明",)}, True),
        ("author:王小明", {}, False),
        ("lang:zh", {"language": "zh", "script": "Hant"}, True),
        ("lang:zh-hant", {"language": "zh", "script": "Hant"}, True),
        ("lang:zh-hans", {"language": "zh", "script": "Hant"}, False),
        ("lang:zh", {}, False),
        ("after:7d", {"first_seen_at": NOW - timedelta(days=7)}, True),
        ("seen:2026-11-13", {"first_seen_at": NOW - timedelta(days=7)}, True),
        ("published:2026-11-20", {"published": published("2026-11-20")}, True),
        ("published:2026-11-20", {"published": published("2026-11-20T23:59+00:00")}, True),
        ("published:2026-11-20", {"published": published("2026-11-21T00:00+00:00")}, False),
        ("published:2026-11-20", {"published": published("2026-11")}, True),
        ("published:2026-11-18", {"published": published("2026-11-20")}, False),
        ("published:>=2026-11-20T08:30", {"published": published("2026-11-20T16:30+08:00")}, True),
        ("published:<2026-11-20T08:30", {"published": published("2026-11-20T16:30+08:00")}, False),
        ("published:7d", {"published": published("2026-11-13")}, True),
        ("published:7d", {"published": published("2026-11-11")}, False),
        ("published:2026", {}, False),
        ("-published:2026", {}, True),
        ("before:7d", {"first_seen_at": NOW - timedelta(days=7)}, False),
        ("before:7d", {"first_seen_at": NOW - timedelta(days=7, seconds=1)}, True),
    ],
)
def test_what_is_known_of_an_article_is_asked_for(query: str, known: dict[str, Any], expected: bool) -> None:
    assert _asked(query, **known) is expected


@pytest.mark.parametrize("query", ["group:*", "source:x", "author:a", "/./"])
def test_what_is_not_known_fits_nothing(query: str) -> None:
    assert not _asked(query, None, "", group=None)


def test_stages_are_those_among_the_facts() -> None:
    place = {"entity": "regulation:a", "field": "text", "surface": "", "start": 0, "end": 0, "confidence": 1.0}
    facts = [
        StatedFact(what=FactKind.STAGE, value="draft", **place),  # type: ignore[arg-type]
        StatedFact(what=FactKind.ISSUER, value="网信办", **place),  # type: ignore[arg-type]
        StatedFact(what=FactKind.POSTPONED, value="2027-12-02", **place),  # type: ignore[arg-type]
        StatedFact(what=FactKind.POSTPONEMENT_PROPOSED, value="undated", **place),  # type: ignore[arg-type]
    ]

    assert stages_in(facts) == {"draft", "postponed", "postponement_proposed"}


@given(asked=st.lists(nodes, max_size=6), about=articles, group=groups)
def test_many_queries_give_what_each_gives_alone(asked: list[Node], about: Subject, group: str | None) -> None:
    queries = {str(number): node for number, node in enumerate(asked)}

    found = compile_queries(queries).matches(about, NOW, group)

    assert list(found) == [name for name, node in queries.items() if holds(node, about, NOW, group)]
    for name, spans in found.items():
        assert spans == spans_of(queries[name], Asked(about, NOW, group))


@given(node=nodes, about=articles, group=groups)
def test_places_are_true_offsets_into_what_is_stored(node: Node, about: Subject, group: str | None) -> None:
    mentioned = {(one.field, one.start, one.end) for one in about.mentions}

    for span in compile_queries({"one": node}).matches(about, NOW, group).get("one", ()):
        text = about.text if span.field == "text" else about.title or ""
        assert text[span.start : span.end] == span.surface
        assert span.surface or (span.field, span.start, span.end) in mentioned


@given(node=nodes, about=articles, group=groups)
def test_negation_holds_where_the_query_does_not(node: Node, about: Subject, group: str | None) -> None:
    assert holds(Not(node), about, NOW, group) is not holds(node, about, NOW, group)


@given(text=texts, left=letters, right=letters, distance=st.integers(1, 6))
def test_phrases_are_near_where_so_few_tokens_stand_between_them(
    text: str, left: str, right: str, distance: int
) -> None:
    tokens = tokens_of(letters_of(text))
    ends = [[_ends(tokens, tokens_of(phrase), at) for at in range(len(tokens))] for phrase in (left, right)]
    places = [[(at, end) for at, end in enumerate(found) if end] for found in ends]
    gaps = [max(b - end, a - behind) for a, end in places[0] for b, behind in places[1]]

    near = holds(Near(Phrase(left), Phrase(right), distance), article(None, text), NOW, None)

    assert near is any(0 <= gap <= distance for gap in gaps)


def _ends(tokens: list[str], asked: list[str], at: int) -> int:
    """Return where a phrase ends that begins at a token, 0 where none does."""
    return at + len(asked) if tokens[at : at + len(asked)] == asked else 0


@given(phrase=letters, text=texts)
def test_traditional_text_is_found_as_simplified_is(phrase: str, text: str) -> None:
    found = [holds(Phrase(phrase), article(None, one), NOW, None) for one in (text, to_simplified(text))]

    assert found[0] is found[1]


@given(node=nodes)
def test_written_query_reads_as_the_same(node: Node) -> None:
    assert parse(unparse(node), PlainNames()) == node


@pytest.mark.parametrize(
    ("query", "failed"),
    [
        pytest.param("大模型 监管", None, id="holds"),
        pytest.param("大模型 没有 无", "没有", id="first of all"),
        pytest.param("大模型 (没有 OR (无 a))", "没有", id="one of"),
        pytest.param("大模型 -招聘", "招聘", id="excluded"),
        pytest.param("source:wire after:2027", "after:2027", id="known"),
    ],
)
def test_first_condition_that_failed_is_told(query: str, failed: str | None) -> None:
    found = explain(parse(query, SmallCatalogue(), NOW), article("", _TEXT), NOW, None)

    while isinstance(found, Not | Or | And):
        found = found.node if isinstance(found, Not) else found.nodes[0]
    assert (found and found.written) == failed


def _spans(query: str, title: str, text: str, **more: Any) -> list[tuple[str, int, str, str]]:
    node = parse(query, SmallCatalogue(), NOW)
    found = compile_queries({"one": node}).matches(article(title, text, **more), NOW, None)
    return [(span.field, span.start, span.surface, span.term) for span in found["one"]]


def test_places_are_those_of_what_had_to_be_there() -> None:
    shown = _spans("大模型 (监管 OR 没有) -招聘 source:wire", "大模型來了", "監管大模型")

    assert shown == [("title", 0, "大模型", "大模型"), ("text", 0, "監管", "监管"), ("text", 2, "大模型", "大模型")]


def test_places_of_phrases_near_each_other_are_those_that_are() -> None:
    shown = _spans("大模型 NEAR/2 监管", "", "大模型监管。很多很多大模型。很多很多监管")

    assert shown == [("text", 0, "大模型", "大模型"), ("text", 3, "监管", "监管")]


def test_places_cover_what_stands_between_words() -> None:
    assert _spans('GPT-4o "C++"', "", "用 GPT  4o 与C++ 写") == [
        ("text", 2, "GPT  4o", "GPT-4o"),
        ("text", 11, "C++", "C++"),
    ]


def test_place_in_a_title_that_an_expression_fits_is_shown() -> None:
    assert _spans("/模型.备案/", "大模型的備案", "") == [("title", 1, "模型的備案", "/模型.备案/")]


def test_names_are_shown_as_they_stand_in_the_text() -> None:
    shown = _spans("vendor:阿里", "", "通义千问", mentions=(mention("model:qwen", surface="通义千问"),))

    assert shown == [("text", 0, "通义千问", "vendor:阿里")]


def test_phrase_that_is_repeated_keeps_a_few_places() -> None:
    assert [start for _, start, *_ in _spans("大模型", "", "大模型" * 1000)] == [0, 3, 6, 9, 12]


@pytest.mark.parametrize("before", [65_533, 65_534, 65_535, 65_536, 131_071])
def test_phrase_is_found_wherever_the_search_goes_on(before: int) -> None:
    assert [start for _, start, *_ in _spans("大模型", "", "哦" * before + "大模型")] == [before]


def test_edge_of_a_word_is_seen_where_the_search_goes_on() -> None:
    queries = compile_queries({"one": Phrase("ai")})

    assert not queries.matches(article(None, "x" * 65_536 + "ai"), NOW, None)
    assert not queries.matches(article(None, "哦" * 65_534 + "ain"), NOW, None)
    assert queries.matches(article(None, "哦" * 65_534 + "ai"), NOW, None)


def test_no_queries_hold_nowhere() -> None:
    assert compile_queries({}).matches(article("a", "b"), NOW, None) == {}


@pytest.mark.parametrize(
    ("node", "is_held"),
    [
        pytest.param(Source("gov-cac"), True, id="id"),
        pytest.param(Source("网信北京"), True, id="declared source"),
        pytest.param(Source("网信*"), True, id="glob over the declared source"),
        pytest.param(Source("网信中国", ("gov-cac",)), True, id="configured name"),
        pytest.param(Source("网信中国", ("wire",)), False, id="name of another source"),
        pytest.param(Source("新华网"), False, id="no such outlet"),
    ],
)
def test_a_source_is_found_by_whatever_it_is_called(node: Source, is_held: bool) -> None:
    subject = article(source_id="gov-cac", declared_source="網信北京")

    assert holds(node, subject, NOW, None) is is_held
