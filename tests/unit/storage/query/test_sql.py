"""What leads a query: whoever leads it well reads the newest twenty and no more."""

from __future__ import annotations

import pytest

from storage.query.names import PlainNames
from storage.query.outlets import Outlets
from storage.query.parse import parse
from storage.query.sql import Branch, Plan, compile_query
from tests.unit.storage.worlds import NOW

OUTLETS = Outlets(sources=("wire", "web"), publishers=("新华社",), declared=())


def plan(query: str, dialect: str = "sqlite") -> Plan:
    node = parse(query, PlainNames(), NOW)
    return compile_query(node, dialect=dialect, now=NOW, groups={"wire": "press"}, outlets=OUTLETS)


def led_by(branch: Branch) -> str | None:
    return branch.match or (branch.entity.ids[0] if branch.entity else None)


@pytest.mark.parametrize(
    ("query", "leads"),
    [
        pytest.param("监管", ['("监 管")'], id="words"),
        pytest.param("title:监管", ['(title : "监 管")'], id="title"),
        pytest.param("大模型 监管", ['("大 模 型" AND "监 管")'], id="both"),
        pytest.param("监管 -招聘", ['(("监 管") NOT ("招 聘"))'], id="without"),
        pytest.param("监管 OR 备案", ['("监 管")', '("备 案")'], id="each-way-on-its-own"),
        pytest.param("大模型 (监管 OR 备案)", ['("大 模 型" AND ("监 管" OR "备 案"))'], id="one-question"),
        pytest.param("大模型 近/5 监管", ['(NEAR("大 模 型" "监 管", 5))'], id="near"),
        pytest.param("model:a", ["model:a"], id="entity"),
        pytest.param("model:a,b", ["model:a", "model:b"], id="entities"),
        pytest.param("model:a 监管", ['("监 管")'], id="words-before-entity"),
        pytest.param("model:a OR 监管", ["model:a", '("监 管")'], id="entity-or-words"),
        pytest.param("model:*", [None], id="glob"),
        pytest.param("-监管", [None], id="only-without"),
        pytest.param("source:wire", [None], id="source"),
        pytest.param("*", [None], id="everything"),
    ],
)
def test_what_leads(query: str, leads: list[str | None]) -> None:
    assert [led_by(branch) for branch in plan(query).branches] == leads


@pytest.mark.parametrize(
    ("query", "is_exact"),
    [
        ("监管 -招聘", (True, True)),
        ("大模型 近/5 监管", (True, False)),
        ("大模型 近/5 大模", (False, False)),
        ("-(大模型 近/5 监管)", (True, False)),
        ("/监.*管/", (False, False)),
        ("-/监.*管/ 备案", (False, False)),
        ("author:王", (False, False)),
        ("model:[ab]", (False, False)),
        ("source:w* group:press lang:zh stage:draft count(model:*)>1 after:7d", (True, True)),
        ("监" * 64, (True, True)),
        ("监" * 65, (True, False)),
    ],
)
def test_where_articles_are_asked_again(query: str, is_exact: tuple[bool, bool]) -> None:
    assert (plan(query).is_exact, plan(query, "postgresql").is_exact) == is_exact


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_conditions_far_within_others_are_asked_again(dialect: str) -> None:
    def nested(levels: int) -> str:
        return "监管 " + "(备案 OR -a (" * levels + "a" + "))" * levels

    assert plan(nested(7), dialect).is_exact
    assert not plan(nested(8), dialect).is_exact
    assert [led_by(one) for one in plan(nested(8)).branches] == ['("监 管")']
    assert plan(nested(16), dialect).branches


def test_on_postgresql_words_lead_nothing() -> None:
    assert [led_by(branch) for branch in plan("监管 OR model:a", "postgresql").branches] == [None, "model:a"]


@pytest.mark.parametrize(
    ("query", "is_one_by_one"),
    [
        pytest.param("监管", True, id="words"),
        pytest.param("监管 -(大模型 OR 备案)", True, id="words of which others are barred"),
        pytest.param("大模型 近/5 监管", True, id="near"),
        pytest.param("-监管", False, id="only barred"),
        pytest.param("(监管 OR 备案) source:wire", False, id="one of several words"),
        pytest.param("model:a 监管", False, id="entity"),
    ],
)
def test_what_the_words_lead_to_is_asked_one_by_one_on_postgresql(query: str, is_one_by_one: bool) -> None:
    (branch,) = plan(query, "postgresql").branches
    asked = str(branch.where).count("EXISTS (SELECT search_chunk")
    assert asked > 0
    assert str(branch.where).count("OFFSET") == (asked if is_one_by_one else 0)


def test_time_bounds_the_ids() -> None:
    (branch,) = plan("监管 after:7d before:2026-03-01").branches
    assert [bound.is_first for bound in branch.bounds] == [True, False]
    assert not plan("-(after:7d)").branches[0].bounds


def test_index_is_asked_for_words_alone() -> None:
    assert [plan(query).reads_words for query in ("监管", "-(model:a OR title:监管)", "model:a", "*")] == [
        True,
        True,
        False,
        False,
    ]
