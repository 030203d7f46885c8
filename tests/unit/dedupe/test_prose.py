"""What one text tells that another lacks."""

from __future__ import annotations

import pytest

from monitor.dedupe.body import body_of
from monitor.dedupe.prose import leads_with_own, own_prose

LEAD = "科大讯飞晚间公告，拟以集中竞价方式回购公司股份，资金总额不低于五亿元。回购股份将用于员工持股计划或者股权激励。"
OTHER = "在日前举行的世界机器人大会上，一款人形机器人原型机现场演示了搬运和分拣。该机器人预计明年进入小批量试产阶段。"
BACKGROUND = "据了解，星火大模型由该公司自主研发，已在教育、办公、汽车、医疗等多个行业落地应用，合作开发者超过三十万。"


def test_a_copy_has_no_prose_of_its_own() -> None:
    own = own_prose(body_of(LEAD + BACKGROUND), body_of(f"某报讯\n{LEAD}\n{BACKGROUND}\n责任编辑：王小明"))

    assert (own.share, own.leads) == (0, False)


def test_own_news_before_a_common_background_leads() -> None:
    own = own_prose(body_of(LEAD + BACKGROUND), body_of(OTHER + BACKGROUND))

    assert own.leads
    assert 0.4 < own.share < 0.6


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (LEAD + BACKGROUND, OTHER + BACKGROUND),
        (LEAD + BACKGROUND, LEAD.replace("晚间", "今日晚间") + BACKGROUND),
        (LEAD.replace("，", "") * 2 + BACKGROUND, OTHER + BACKGROUND),
        (LEAD, "The company said on Monday that it would buy back shares worth half a billion yuan."),
        ("无句", LEAD),
    ],
)
def test_the_lead_alone_is_judged_as_with_all_sentences(text: str, other: str) -> None:
    a, b = body_of(text), body_of(other)

    assert leads_with_own(a, b) == own_prose(a, b).leads


def test_a_paragraph_added_at_the_end_does_not_lead() -> None:
    own = own_prose(body_of(LEAD + BACKGROUND), body_of(LEAD))

    assert not own.leads
    assert 0.4 < own.share < 0.6


@pytest.mark.parametrize(
    "heading", ["风险提示：", "免责声明\n", "\n关于科大讯飞\n", "\nAbout iFlytek\n", "\nForward-looking statements\n"]
)
def test_what_stands_in_every_text_of_a_publisher_tells_nothing(heading: str) -> None:
    own = own_prose(body_of(f"{LEAD}\n{heading}{BACKGROUND}"), body_of(f"{OTHER}\n{heading}{BACKGROUND}"))

    assert (own.share, own.leads) == (1, True)


def test_lines_that_are_no_sentences_tell_nothing() -> None:
    own = own_prose(body_of(f"多地迎来高温天气今日热点新闻\n暑期档票房突破百亿影片排行\n{LEAD}"), body_of(LEAD))

    assert (own.share, own.leads) == (0, False)


@pytest.mark.parametrize("text", ["字" * 100_000, "。" * 100_000, "a." * 50_000, "\n" * 100_000, "." * 100_000])
def test_hostile_text_takes_no_time(text: str) -> None:
    assert 0 <= own_prose(body_of(text), body_of(LEAD)).share <= 1
