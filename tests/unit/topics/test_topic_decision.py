"""Whether two reports tell of one event: each condition, on both of its sides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.tag.segment import telling
from monitor.topics.decision import THRESHOLD, About, is_round_up, resemblance
from monitor.topics.rarity import Rarity, is_anchor, is_figure

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
EMPTY = Rarity(stories={}, total=0)

FINE = (
    "欧盟依《人工智能法案》罚Meta 7.4亿欧元",
    "欧盟委员会9日对Meta处以7.4亿欧元罚款，理由是Llama模型没有公开训练数据。这是《人工智能法案》的首张罚单，公司将上诉。",
)
SAME_FINE = (
    "7.4亿欧元：Meta吃下《人工智能法案》首张罚单",
    "因为拒绝说明Llama用什么材料训练，Meta被布鲁塞尔罚了7.4亿欧元。扎克伯格的公司说要去法院讨说法。",
)
OTHER_FINE = (
    "欧盟依《数字服务法》罚X 1.2亿欧元",
    "欧盟委员会9日对X处以1.2亿欧元罚款，理由是蓝标认证误导用户。这是《数字服务法》的首张罚单，公司将上诉。",
)
NOTICE = (
    "蔚来第一季度营收126亿元 净亏损收窄",
    "蔚来公布第一季度业绩，营收126亿元，同比增长5%；净亏损48.5亿元，同比收窄。",
)
OTHER_NOTICE = (
    "小鹏汽车第一季度营收168亿元 净亏损收窄",
    "小鹏汽车公布第一季度业绩，营收168亿元，同比增长6%；净亏损5.1亿元，同比收窄。",
)
RIVAL = (
    "Novo Nordisk cuts outlook as Wegovy sales slow",
    "Novo Nordisk lowered its forecast as demand for Wegovy slowed and Eli Lilly gained share in obesity drugs.",
)
OTHER_RIVAL = (
    "FDA approves obesity pill orforglipron",
    "The agency approved Eli Lilly's obesity pill orforglipron, a rival to Novo Nordisk's Wegovy tablets.",
)


def _about(report: tuple[str, str], *, at: datetime = NOW) -> About:
    return About.of(telling(*report).terms, at)


def test_reports_of_one_event_in_own_words_are_one_event() -> None:
    found = resemblance(_about(FINE), _about(SAME_FINE), EMPTY)

    assert found.is_one_event
    assert found.score >= THRESHOLD
    assert {"740000000", "Meta"} <= set(found.words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(FINE, OTHER_FINE, id="two fines of one authority on one day"),
        pytest.param(NOTICE, OTHER_NOTICE, id="two notices of one kind"),
        pytest.param(RIVAL, OTHER_RIVAL, id="two events that name the same rivals"),
    ],
)
def test_other_event_with_the_same_words_is_another_event(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not resemblance(_about(one), _about(other), EMPTY).is_one_event


def test_order_of_the_two_does_not_matter() -> None:
    one, other = _about(FINE), _about(SAME_FINE, at=NOW + timedelta(hours=3))

    forth, back = resemblance(one, other, EMPTY), resemblance(other, one, EMPTY)

    assert (forth.score, forth.anchors, forth.apart) == (back.score, back.anchors, back.apart)


@pytest.mark.parametrize(("days", "expected"), [(0, True), (1, True), (3.1, False)])
def test_reports_days_apart_are_another_development(days: float, expected: bool) -> None:
    later = _about(SAME_FINE, at=NOW + timedelta(days=days))

    assert resemblance(_about(FINE), later, EMPTY).is_one_event is expected


def test_each_day_between_two_reports_counts_against_them() -> None:
    scores = [resemblance(_about(FINE), _about(SAME_FINE, at=NOW + timedelta(days=n)), EMPTY).score for n in range(4)]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_words_that_all_stories_hold_tell_little() -> None:
    one, other = _about(FINE), _about(SAME_FINE)
    hackneyed = Rarity(stories=dict.fromkeys([*one.terms, *other.terms], 900), total=1_000)

    assert resemblance(one, other, hackneyed).score < resemblance(one, other, EMPTY).score
    assert not resemblance(one, other, hackneyed).is_one_event


def test_stories_without_terms_resemble_nothing() -> None:
    nothing = About.of((), NOW)

    assert resemblance(nothing, nothing, EMPTY).score == 0.0


@pytest.mark.parametrize(
    ("term", "expected"),
    [("5.6", True), ("387214", True), ("45%", True), ("9", False), ("40", False), ("400", False), ("9月1日", False)],
)
def test_exact_figures(term: str, expected: bool) -> None:
    assert is_figure(term) is expected


@pytest.mark.parametrize(
    ("term", "count", "expected"),
    [
        pytest.param("@model:qwen", 22, True, id="tracked entity"),
        pytest.param("Brinkema", 22, True, id="name"),
        pytest.param("OpenAI", 2, False, id="not marked as a name"),
        pytest.param("Sam", 22, False, id="given name"),
        pytest.param("5.6", 2, True, id="figure"),
        pytest.param("地震", 12, False, id="word"),
    ],
)
def test_anchors(term: str, count: int, expected: bool) -> None:
    assert is_anchor(term, count) is expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("早报：Kimi发布K3", "", True),
        ("【晚间要闻】三大指数收跌", "", True),
        ("8点1氪：Kimi发布K3；茅台再跌；月之暗面融资", "", True),
        ("本周AI新闻汇总", "", True),
        ("Morning briefing: Tesla's robotaxi, Heathrow strike", "", True),
        (
            "Axios PM: Google's ad breakup, Gemini 4, and a Fed preview",
            "1 big thing: a. 2. Google debuts. 3. The Fed",
            True,
        ),
        ("中超第三轮：上海申花3比1胜北京国安", "28日晚进行的比赛中，申花取胜。", False),
        ("智谱上市首日：高开28%，市值破700亿，散户抢购", "智谱今日上市。", False),
        ("Apple's morning in court", "", False),
        (None, "", False),
    ],
)
def test_round_ups_are_about_no_event(title: str | None, text: str, expected: bool) -> None:
    assert is_round_up(title, text) is expected
