"""Any bytes and any text give an article or one typed reason, and what comes out is fit to be stored."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from monitor.read import read_page, read_text
from monitor.read.charset import decode
from monitor.read.clean import clean
from monitor.read.credits import read_credits
from monitor.read.dates import CHINA, DateContext, date_spans, parse_date
from monitor.read.hygiene import scrub, tidy_line
from monitor.read.lines import Line
from monitor.types import Extracted, Rejected
from tests.site.pages import routes

FETCHED_AT = datetime(2024, 1, 1, tzinfo=UTC)
UNWANTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
PAGES = tuple(answer.body for path, answer in routes().items() if path.startswith("/a/"))

TAGS = ["p", "/p", "div", "/div", "h1", "br", "b", "!--", "title", "script", "table", "tr", "td", "ul", "li", "/a"]
MARKUP = st.sampled_from(
    [f"<{tag}>" for tag in TAGS]
    + [
        "-->",
        "<a href=x>",
        "<meta charset=gbk>",
        "<p hidden>",
        "<time datetime=2023>",
        "来源：",
        "&#x202e;",
        "&#7;",
        "&#xd800;",
    ]
)
PROSE = st.sampled_from(
    ["这是一句完整的话，里面有标点。", "The quick brown fox, as they say, jumps. ", "2023年7月2日 08:30", "相关阅读"]
)
FRAGMENTS = st.lists(st.one_of(MARKUP, PROSE, st.text(max_size=12)), max_size=60).map("".join)
LINES = st.lists(
    st.one_of(
        PROSE,
        st.text(max_size=30),
        st.sampled_from(
            [
                "责任编辑：张三",
                "文 | 李四",
                "01",
                "小标题",
                "（完）",
                "分享到：微信",
                "上一篇：某某",
                "●要点",
                "标题",
                "全文到此为止。阅读原文 |",
            ]
        ),
    ),
    max_size=25,
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def texts(article: Extracted) -> list[str]:
    optional = (article.title, article.deck, article.source, article.publisher, article.derived, article.published_at)
    listed = (*article.authors, *article.editors, *article.headings, *(line.text for line in article.removed))
    return [article.text, *listed, *(text for text in optional if text is not None)]


def assert_fit(result: Any) -> None:
    assert isinstance(result, Extracted | Rejected)
    if isinstance(result, Extracted):
        assert result.text.strip()
        for text in texts(result):
            text.encode("utf-8")
            assert not UNWANTED.search(text)
        assert "\n" not in (result.title or "")


@QUICK
@given(body=st.binary(max_size=3000), content_type=st.one_of(st.none(), st.text(max_size=40)))
def test_any_bytes_give_an_article_or_a_reason(body: bytes, content_type: str | None) -> None:
    assert_fit(read_page(body, "https://a.test/", content_type, fetched_at=FETCHED_AT))


@QUICK
@given(html=FRAGMENTS, url=st.one_of(st.just("https://a.test/2023/0702/x"), st.text(max_size=30)))
def test_any_markup_gives_an_article_or_a_reason(html: str, url: str) -> None:
    assert_fit(read_page(html.encode("utf-8", "surrogatepass"), url, fetched_at=FETCHED_AT))


@QUICK
@given(page=st.sampled_from(PAGES), at=st.floats(0, 1), noise=st.binary(max_size=200), cut=st.integers(0, 4000))
def test_damaged_page_gives_an_article_or_a_reason(page: bytes, at: float, noise: bytes, cut: int) -> None:
    place = int(at * len(page))
    assert_fit(read_page(page[:place] + noise + page[place + cut :], "https://a.test/", fetched_at=FETCHED_AT))


@QUICK
@given(text=st.text(max_size=400), name=st.sampled_from([None, "a.txt", "a.md"]))
def test_any_text_gives_an_article_or_a_reason(text: str, name: str | None) -> None:
    assert_fit(read_text(text, name, fetched_at=FETCHED_AT))


@QUICK
@given(lines=LINES)
def test_cleaning_twice_changes_nothing_and_loses_nothing(lines: list[str]) -> None:
    once = clean([Line(text) for text in lines], "标题")
    twice = clean(once.lines, "标题")
    assert twice.lines == once.lines
    kept = "".join(line.text for line in once.lines) + "".join(line.text for line in once.removed)
    given_ = "".join(tidy_line(text) for text in lines)
    assert sorted(kept.replace(" ", "")) == sorted(given_.replace(" ", ""))


@QUICK
@given(lines=LINES)
def test_putting_the_removed_lines_back_restores_what_was_given(lines: list[str]) -> None:
    given_ = [tidy for text in lines if (tidy := tidy_line(text))]
    cleaned = clean([Line(text) for text in given_], "标题")
    assume(not any(line.kind == "heading" for line in cleaned.lines))  # a number was joined to its heading
    restored = [line.text for line in cleaned.lines]
    for line in reversed(cleaned.removed):
        assert line.above is not None
        restored.insert(line.above, line.text)
    assert "".join(restored).replace(" ", "") == "".join(given_).replace(" ", "")
    if len(restored) == len(given_):  # else a mark was cut off a line
        assert restored == given_


@QUICK
@given(body=st.binary(max_size=2000))
def test_decoding_never_raises_and_gives_valid_unicode(body: bytes) -> None:
    decoded = decode(body)
    if decoded is not None:
        scrub(decoded.text).encode("utf-8")
        assert 0 <= decoded.broken <= 1


@QUICK
@given(text=st.text(alphabet="0123456789年月日时分-/.: 〇一二三十廿今天昨前刚小时分钟民国TZ+JulyPMGT,", max_size=40))
def test_dates_are_never_in_the_future_and_never_raise(text: str) -> None:
    for context in (DateContext(fetched_at=FETCHED_AT, zone=CHINA), DateContext(fetched_at=FETCHED_AT)):
        published = parse_date(text, "byline", context, loose=True)
        if published:
            assert "1990" <= published.value[:4] <= "2024"
            assert datetime.fromisoformat(published.value)
    spans = list(date_spans(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)


@QUICK
@given(text=st.text(max_size=80), boxed=st.booleans())
def test_reading_credits_never_raises(text: str, boxed: bool) -> None:
    read_credits(text, boxed=boxed)
