# ruff: noqa: E501 - pages are written as they are sent
"""Pages read as they stand."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.read.reading import read
from monitor.read.whole import read_whole
from monitor.types import Extracted, Hints, Reading, Rejected
from storage.records import Outcome

REGISTRY = """<html><head><title>备案信息 - 网信办</title></head><body><div id="header"><ul><li><a href="/">首页</a></li></ul></div>
<h1>生成式人工智能服务已备案信息</h1><p>来源：网信办 浏览：<span>1234</span>次</p>
<table><tr><th>属地</th><th>模型名称</th></tr><tr><td>北京</td><td><a href="/1">文心一言</a></td></tr><tr><td>上海</td><td>商量</td></tr></table>
<ul><li><a href="/2">公告</a><span>2023-07-02</span></li><li><div>通知</div><p>3小时前</p></li></ul>
<p>一段<b>正文</b>文字。</p><p>当前在线人数：88</p><p style="display:none">藏</p></body><script>var token = 1</script></html>"""
LINES = [
    "来源：网信办",
    "属地 | 模型名称",
    "北京 | 文心一言",
    "上海 | 商量",
    "公告 2023-07-02",
    "通知",
    "一段正文文字。",
]


def whole(html: str) -> Extracted:
    found = read_whole(html.encode(), "https://a.example/x", "text/html; charset=utf-8")
    assert isinstance(found, Extracted), found
    return found


def test_table_is_read_row_by_row_and_a_list_item_by_item() -> None:
    found = whole(REGISTRY)

    assert found.title == "生成式人工智能服务已备案信息"
    assert found.text.split("\n") == LINES


def test_what_is_left_out_is_recorded_with_rule_and_place() -> None:
    assert [(line.rule, line.text, line.above) for line in whole(REGISTRY).removed] == [
        ("frame", "首页", None),
        ("counter", "浏览：1234次", 0),
        ("time-ago", "3小时前", 5),
        ("counter", "当前在线人数：88", 7),
    ]


def test_address_stays_the_one_that_is_watched() -> None:
    found = whole(REGISTRY.replace("<head>", "<head><link rel=canonical href='https://a.example/other'>"))

    assert (found.url, found.canonical_url, found.next_page) == (None, None, None)


@pytest.mark.parametrize(
    "line",
    [
        "今天是2023年7月5日 星期三",
        "2023年7月5日 星期三 10:00",
        "Wednesday, July 5, 2023",
        "10:32:07",
        "您是本站第 1,234,567 位访客",
        "访问量：12345",
        "阅读(12)",
        "1.2万次播放",
        "Views: 1,204",
        "12 users online",
        "5分钟前",
        "更新于 5分钟前",
        "最后更新时间：2026-11-22 10:55",
        "Last updated: 3 hours ago",
        "2 hours ago",
        "页面生成时间：0.03秒",
        "Generated in 0.21s",
        "Request ID: 7f3c9a1b2d4e",
        "Trace-Id: 7f3c9a1b2d4e5f60",
    ],
)
def test_line_that_changes_by_itself_is_left_out(line: str) -> None:
    found = whole(f"<p>国家互联网信息办公室公布备案信息。</p><p>{line}</p>")

    assert found.text == "国家互联网信息办公室公布备案信息。"
    assert [removed.text for removed in found.removed] == [line]


@pytest.mark.parametrize(
    "line",
    ["2023-07-05", "2023年8月15日起施行", "浏览器备案 123 项", "7月5日", "共 12 条", "第123号", "评论员文章", "文心一言 3.5", "在线教育 15 家"],
)  # fmt: skip
def test_line_that_says_something_stays(line: str) -> None:
    assert whole(f"<p>国家互联网信息办公室公布备案信息。</p><p>{line}</p>").text.split("\n")[1] == line


def test_frame_that_holds_the_page_is_none() -> None:
    assert (
        whole("<div class=nav><p>国家互联网信息办公室公布的全部内容都在这里。</p></div><p>短</p>").text.count("\n") == 1
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html><body><nav>a</nav><script>x</script></body></html>", None),
        (b"<div hidden>a</div>", Outcome.TOO_SHORT),
        (b"%PDF-1.4", Outcome.UNSUPPORTED),
        ("<title>安全验证</title><p>您的访问环境异常，请完成验证后继续访问。</p>".encode(), Outcome.BLOCKED),
        (b"", Outcome.UNSUPPORTED),
    ],
    ids=["menu alone", "hidden", "PDF", "wall", "empty"],
)
def test_what_holds_no_line_is_rejected(body: bytes, reason: Outcome | None) -> None:
    found = read_whole(body, "https://a.example/x", "text/html; charset=utf-8")

    assert (found.rejected if isinstance(found, Rejected) else None) is reason


def test_hint_makes_a_list_as_welcome_as_an_article() -> None:
    hints = Hints(whole=True)

    found = read(REGISTRY.encode(), url="https://a.example/x", content_type="text/html; charset=utf-8", hints=hints)

    assert isinstance(found, Reading)
    assert found.url == "https://a.example/x"
    assert "model:ernie-bot" in {mention.entity for mention in found.mentions}


def test_plain_text_is_its_lines() -> None:
    found = read_whole(b"# list\n\n a \nb\n", "https://a.example/x", "text/plain")

    assert isinstance(found, Extracted)
    assert found.text == "# list\na\nb"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=st.binary(max_size=1_000))
def test_any_bytes_are_lines_or_one_reason(body: bytes) -> None:
    found = read_whole(body, "https://a.example/x")

    assert isinstance(found, Extracted | Rejected)
