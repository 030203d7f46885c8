from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.match import RuleMatch, match, places_of
from alerts.rules import RuleSettings, compile_rules
from storage.fold import to_simplified
from storage.query.names import PlainNames
from storage.query.parse import parse
from storage.query.subject import subject_of
from tests.unit.alerts.samples import NOW, article, mention, rule


def _match(
    rules: RuleSettings | list[RuleSettings], title: str | None, text: str, group: str | None = None, **more: Any
) -> tuple[RuleMatch, ...]:
    rules = rules if isinstance(rules, list) else [rules]
    queries = {one.id: parse(one.query, PlainNames()) for one in rules if one.query}
    return match(compile_rules(rules, queries), subject_of(article(title, text, **more), NOW), group, NOW)


@pytest.mark.parametrize(
    ("keyword", "text", "holds"),
    [
        pytest.param("ai", "the training went well", False, id="latin inside a word"),
        pytest.param("ai", "the ai went well", True, id="latin word"),
        pytest.param("ai", "AI大模型", True, id="latin before han"),
        pytest.param("ai", "国产ai", True, id="latin after han"),
        pytest.param("AI", "ＡＩ時代", True, id="full width"),
        pytest.param("360", "三六零（601360.SH）", False, id="digits inside a number"),
        pytest.param("360", "周鸿祎说360智脑", True, id="digits before han"),
        pytest.param("GPT", "GPT-4发布", True, id="hyphen is an edge"),
        pytest.param("GPT", "ChatGPT发布", False, id="end of a longer word"),
        pytest.param("C++", "用C++写", True, id="ends in punctuation"),
        pytest.param("GPT-4o", "GPT 4o发布", True, id="hyphen or space"),
        pytest.param("GPT-4o", "GPT4o发布", True, id="glued"),
        pytest.param("GPT-4", "GPT-4o发布", False, id="another version"),
        pytest.param("Qwen", "Qwen3发布", True, id="a name before its version"),
        pytest.param("大模型监管", "大模型，监管", False, id="over a comma"),
        pytest.param("模型", "大模型", True, id="han substring"),
        pytest.param("大模型", "百度大模型文心", True, id="han inside han"),
        pytest.param("生成式人工智能", "《生成式人工智慧》", False, id="other wording is not folded"),
        pytest.param("算法备案", "演算法備案與算法備案", True, id="traditional text"),
        pytest.param("數據", "数据安全", True, id="traditional keyword"),
        pytest.param("é", "café", False, id="accented letters are letters"),
        pytest.param("модель", "модельный ряд", False, id="cyrillic word edge"),
        pytest.param("大模型", "", False, id="empty text"),
    ],
)
def test_keyword_holds(keyword: str, text: str, holds: bool) -> None:
    assert bool(_match(rule(any=(keyword,)), None, text)) is holds


@pytest.mark.parametrize(
    ("settings", "holds"),
    [
        pytest.param({"any": ("没有", "备案")}, True, id="any: one is enough"),
        pytest.param({"any": ("没有", "也没有")}, False, id="any: none there"),
        pytest.param({"all": ("备案", "文心一言")}, True, id="all: both there"),
        pytest.param({"all": ("备案", "没有")}, False, id="all: one missing"),
        pytest.param({"all": ("备案",), "any": ("没有",)}, False, id="all and any both have to hold"),
        pytest.param({"any": ("备案",), "none": ("招聘",)}, False, id="none: excluded"),
        pytest.param({"any": ("备案",), "none": ("没有",)}, True, id="none: not there"),
        pytest.param({"any": ("备案",), "where": "title"}, True, id="title: there"),
        pytest.param({"any": ("文心一言",), "where": "title"}, False, id="title: only in the text"),
        pytest.param({"any": ("备案",), "none": ("招聘",), "where": "title"}, True, id="title: exclusion in the text"),
        pytest.param({"entities": ("model:*",)}, True, id="entities: glob"),
        pytest.param({"entities": ("model:ernie-bot",)}, True, id="entities: exact"),
        pytest.param({"entities": ("regulation:*",)}, False, id="entities: other kind"),
        pytest.param({"entities": ("model:ernie",)}, False, id="entities: prefix is not enough"),
        pytest.param({"entities": ("model:*",), "where": "title"}, False, id="entities: only in the text"),
        pytest.param({"entities": ("model:*",), "any": ("没有",)}, False, id="entities and any both have to hold"),
        pytest.param({"any": ("备案",), "sources": ("wire",)}, True, id="source: by id"),
        pytest.param({"any": ("备案",), "sources": ("w*",)}, True, id="source: glob"),
        pytest.param({"any": ("备案",), "sources": ("other",)}, False, id="source: another"),
        pytest.param({"any": ("备案",), "groups": ("gov",)}, True, id="group: by name"),
        pytest.param({"any": ("备案",), "groups": ("press",)}, False, id="group: another"),
        pytest.param({"query": "备案 OR 没有"}, True, id="query: holds"),
        pytest.param({"query": "备案 -招聘"}, False, id="query: does not hold"),
        pytest.param({"query": "entity:model:ernie-bot", "any": ("没有",)}, False, id="query and any: both"),
        pytest.param({"query": "source:wire group:gov", "none": ("没有",)}, True, id="query: source and group"),
        pytest.param({"query": "after:1h", "sources": ("other",)}, False, id="query: from another source"),
    ],
)
def test_conditions(settings: dict[str, Any], holds: bool) -> None:
    text = "百度的文心一言完成登记。招聘启事"
    found = _match(
        rule(**settings), "模型备案名单", text, "gov", mentions=(mention(text, "文心一言", "model:ernie-bot"),)
    )

    assert bool(found) is holds


def test_source_without_a_group_is_in_no_group() -> None:
    assert not _match(rule(groups=("*",)), "大模型", "", None)


def test_rules_come_back_in_their_configured_order() -> None:
    rules = [rule("z", any=("模型",)), rule("a", entities=("model:*",)), rule("m", any=("大",))]
    text = "大模型文心一言"

    found = _match(rules, None, text, mentions=(mention(text, "文心一言", "model:ernie-bot"),))

    assert [one.rule.id for one in found] == ["z", "a", "m"]


def test_spans_say_where_and_what_was_asked_for() -> None:
    text = "文心一言與大模型"
    found = _match(
        rule(any=("大模型",), entities=("model:*",)),
        "大模型來了",
        text,
        mentions=(mention(text, "文心一言", "model:ernie-bot"),),
    )

    shown = [(span.field, span.start, span.surface, span.term) for span in found[0].spans]
    assert shown == [
        ("title", 0, "大模型", "大模型"),
        ("text", 0, "文心一言", "model:*"),
        ("text", 5, "大模型", "大模型"),
    ]


def test_repeated_keyword_keeps_a_few_spans() -> None:
    found = _match(rule(any=("大模型",)), None, "大模型" * 1000)

    assert [span.start for span in found[0].spans] == [0, 3, 6, 9, 12]


@pytest.mark.parametrize("before", [65_533, 65_534, 65_535, 65_536, 131_071])
def test_keyword_across_a_search_window_is_found_once(before: int) -> None:
    found = _match(rule(any=("大模型",)), None, "哦" * before + "大模型")

    assert [span.start for span in found[0].spans] == [before]


def test_word_edge_is_seen_across_a_search_window() -> None:
    assert not _match(rule(any=("ai",)), None, "x" * 65_536 + "ai")
    assert not _match(rule(any=("ai",)), None, " " * 65_534 + "ain")


def test_lone_surrogate_does_not_stop_the_search() -> None:
    found = _match(rule(any=("大模型",)), None, "\ud800大模型")

    assert [span.start for span in found[0].spans] == [1]


_TEXT = st.text(alphabet=st.sampled_from("大模型備案備案數据aiAIＡ360.１ \n《》é"), max_size=60)
_WORD = st.sampled_from(["大模型", "备案", "備案", "数据", "ai", "360", "a", "模", "。大", "é"])


@given(title=_TEXT, text=_TEXT, words=st.lists(_WORD, min_size=1, max_size=4))
def test_spans_are_true_offsets(title: str, text: str, words: list[str]) -> None:
    for found in _match(rule(any=tuple(words)), title, text):
        assert found.spans
        for span in found.spans:
            field = title if span.field == "title" else text
            assert field[span.start : span.end] == span.surface
            assert span.term in words


@given(text=st.text(max_size=80), words=st.lists(st.text(min_size=1, max_size=3), min_size=1, max_size=3))
def test_any_text_can_be_searched_for_any_printable_word(text: str, words: list[str]) -> None:
    asked = tuple(word.strip() for word in words if word.isprintable() and any(map(str.isalnum, word)))
    if asked:
        for found in _match(rule(any=asked), None, text):
            assert all(text[span.start : span.end] == span.surface for span in found.spans)


@given(text=_TEXT, word=_WORD)
def test_traditional_and_simplified_match_alike(text: str, word: str) -> None:
    places = [
        [(span.start, span.end) for one in _match(rule(any=(asked,)), None, shown) for span in one.spans]
        for shown in (text, to_simplified(text))
        for asked in (word, to_simplified(word))
    ]

    assert places.count(places[0]) == len(places)


def test_one_rule_can_be_asked_whatever_the_group() -> None:
    rules = compile_rules([rule(any=("大模型",), groups=("gov",)), rule("other", any=("备案",), sources=("feed",))])
    subject = subject_of(article(None, "大模型备案"), NOW)

    places = [places_of(rules, one, subject, NOW) for one in rules.rules]

    assert places[0] is not None
    assert [span.start for span in places[0]] == [0]
    assert places[1] is None
