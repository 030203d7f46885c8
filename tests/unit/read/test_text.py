from __future__ import annotations

import pytest

from monitor.read import read_text
from monitor.read.headings import find_headings
from monitor.read.lines import Line
from monitor.types import Extracted

PROSE = "国家网信办等七部门联合公布了生成式人工智能服务管理暂行办法，自八月十五日起施行，业内普遍认为这是好事。"


def read(text: str, name: str | None = None) -> Extracted:
    result = read_text(text, name)
    assert isinstance(result, Extracted)
    return result


TITLES = [
    (f"七部门公布管理办法\n\n{PROSE}", "七部门公布管理办法"),
    (f"谁来监管大模型?\n{PROSE}", "谁来监管大模型?"),
    (f"{PROSE}\n{PROSE}", None),
    (f"2023-07-02 08:30\n{PROSE}", None),
    (f"来源：示例日报\n{PROSE}", None),
    (f"●要点一句\n●要点两句\n{PROSE}\n{PROSE}", None),
    (f"Regulators publish new rules\n\n{PROSE}", "Regulators publish new rules"),
    (f"外卖国标今日公布\n\n2023-07-02 08:30\n\n{PROSE}", "外卖国标今日公布"),
    (f"中考成绩今日揭晓\n\n{PROSE}", "中考成绩今日揭晓"),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_first_line_is_the_title_if_it_is_one(text: str, title: str | None) -> None:
    assert read(text).title == title


def test_markdown_marks_are_not_text() -> None:
    article = read(f"# 标题在这里\n\n{PROSE}**重点**见[原文](https://a.test)。\n\n## 小标题\n\n{PROSE}", "a.md")
    assert article.title == "标题在这里"
    assert article.text.split("\n") == [f"{PROSE}重点见原文。", "小标题", PROSE]
    assert article.headings == ("小标题",)


def test_hash_in_plain_text_stays() -> None:
    assert read(f"{PROSE}\n# 不是标题\n{PROSE}").text.split("\n")[1] == "# 不是标题"


def test_speakers_of_an_interview_are_no_headings() -> None:
    lines = [Line(text) for text in ("南都:你怎么看?", PROSE, "南都:还有呢?", PROSE, "大模型落地的关键", PROSE)]
    assert find_headings(lines) == ("大模型落地的关键",)


def test_text_without_facts_has_none() -> None:
    article = read(PROSE)
    assert article.published_at is None
    assert article.authors == article.editors == ()
    assert article.source is article.publisher is article.title is None


def test_day_named_in_the_text_is_no_publication_date() -> None:
    assert read(f"8月15日,{PROSE}\n2023年8月15日，{PROSE}").published_at is None


ENGLISH = "Shares of the retailer rose sharply on Thursday after it said that quarterly profit had climbed 14 percent."


@pytest.mark.parametrize(
    ("dateline", "published"),
    [
        ("November 20, 2026 12:05", "2026-11-20T12:05"),
        ("By Jane Doe | November 20, 2026 12:05 pm", "2026-11-20T12:05"),
        ("2026-11-20 12:05 GMT", "2026-11-20T12:05+00:00"),
        ("Nov. 20, 2026, 12:05 p.m. ET", "2026-11-20T12:05-05:00"),
    ],
)
def test_time_in_the_dateline_of_an_english_text_is_read(dateline: str, published: str) -> None:
    article = read(f"Retailer beats forecasts\n\n{dateline}\n\nSource: Daily Courier\n\n{ENGLISH}\n{ENGLISH}")
    assert (article.published_at, article.published_precision) == (published, "minute")
    assert article.source == "Daily Courier"
