"""The sentence that a message shows of a text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from alerts.excerpts import telling
from alerts.match import match
from alerts.rules import RuleSettings, compile_rules
from storage.query.names import PlainNames
from storage.query.parse import parse
from storage.query.subject import subject_of
from storage.records import StoryHit
from storage.states import FactKind, Stage
from storage.tagged import Findings, StatedFact
from tests.unit.alerts.samples import NOW, article, mention, rule, story_hit

_BOTH = "文心一言昨日升级。业内多有评论。百度说，文心一言已完成备案。备案清单同日公布。"


def _hit(title: str, text: str, asks: RuleSettings, mentions: tuple[Any, ...] = (), **more: Any) -> StoryHit:
    """Return the hit of a rule on an article, as the service finds it."""
    rules = compile_rules([asks], {asks.id: parse(asks.query, PlainNames())} if asks.query else {})
    (found,) = match(rules, subject_of(article(title, text, mentions=mentions, **more), NOW), None, NOW)
    hit = story_hit(1, 1, title=title, text=text, mentions=mentions)
    return replace(hit, hit=replace(hit.hit, rule=asks.id, spans=found.spans))


def _told(title: str, text: str, asks: RuleSettings, mentions: tuple[Any, ...] = (), **more: Any) -> str:
    rules = compile_rules([asks], {asks.id: parse(asks.query, PlainNames())} if asks.query else {})
    return str(telling(_hit(title, text, asks, mentions, **more), title, rules.queries.queries))


@pytest.mark.parametrize(
    ("asks", "shown"),
    [
        pytest.param({"all": ("备案", "文心一言")}, "百度说，文心一言已完成备案。", id="all of two words"),
        pytest.param({"query": "备案 文心一言 -下架"}, "百度说，文心一言已完成备案。", id="a query of two words"),
        pytest.param(
            {"query": "备案 (文心一言 OR 通义千问)"}, "百度说，文心一言已完成备案。", id="one of two beside another"
        ),
        pytest.param({"query": "文心一言 近/5 备案"}, "百度说，文心一言已完成备案。", id="two words that stand close"),
        pytest.param({"any": ("备案", "文心一言")}, "文心一言昨日升级。", id="either of two: the first"),
        pytest.param({"query": "文心一言 OR 备案"}, "文心一言昨日升级。", id="a query for either"),
        pytest.param({"any": ("清单",)}, "备案清单同日公布。", id="one word"),
    ],
)
def test_sentence_has_most_of_what_the_rule_asks_for(asks: dict[str, Any], shown: str) -> None:
    assert _told("要闻", _BOTH, rule(**asks)) == shown


@pytest.mark.parametrize(
    ("title", "text", "word", "shown"),
    [
        pytest.param("备案名单公布", "今日消息。又有一批完成备案。", "备案", "又有一批完成备案。", id="the same word"),
        pytest.param(
            "備案名單公布", "今日消息。又有一批完成备案。", "备案", "又有一批完成备案。", id="the other script"
        ),
        pytest.param("AI rules", "We are training it. AI has rules now.", "AI", "AI has rules now.", id="a whole word"),
        pytest.param("备案名单公布", "今日消息。又有一批。", "备案", "今日消息。", id="not in the text"),
    ],
)
def test_rule_that_held_in_the_title_shows_the_same_words_in_the_text(
    title: str, text: str, word: str, shown: str
) -> None:
    assert _told(title, text, rule(any=(word,), where="title")) == shown


def test_name_that_the_rule_asks_for_comes_before_other_names() -> None:
    text = "通义千问也在场。文心一言完成备案。"
    mentions = (mention(text, "通义千问", "model:qwen"), mention(text, "文心一言", "model:ernie"))

    assert _told("要闻", text, rule(entities=("model:ernie",)), mentions) == "文心一言完成备案。"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("stage:issued", "网信办说，《标识办法》已正式公布。", id="the stage"),
        pytest.param("stage:draft,issued", "网信办说，《标识办法》已正式公布。", id="one of two stages"),
        pytest.param("座谈会 stage:in_force", "座谈会说，该办法9月1日起施行。", id="the stage beside a word"),
        pytest.param("座谈会 OR stage:in_force", "座谈会今日召开。", id="either: the first"),
    ],
)
def test_stage_that_the_rule_asks_for_is_shown_where_it_is_stated(query: str, shown: str) -> None:
    text = "座谈会今日召开。网信办说，《标识办法》已正式公布。座谈会说，该办法9月1日起施行。"
    facts = tuple(
        StatedFact(
            entity="regulation:labels", what=FactKind.STAGE, value=stage, field="text", surface=words,
            start=text.index(words), end=text.index(words) + len(words), confidence=1.0,
        )
        for stage, words in ((Stage.ISSUED, "正式公布"), (Stage.IN_FORCE, "起施行"))
    )  # fmt: skip

    assert _told("要闻", text, rule(query=query), findings=Findings(facts=facts)) == shown


def test_first_sentence_speaks_where_a_rule_is_not_known_any_more() -> None:
    hit = _hit("要闻", _BOTH, rule(all=("备案", "文心一言")))

    assert str(telling(hit, "要闻")) == "文心一言昨日升级。"
