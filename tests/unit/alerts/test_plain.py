import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.plain import block, cut, line, unpiled, web_link


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("百模大战 打响", "百模大战 打响", id="as it is"),
        pytest.param(None, "", id="nothing"),
        pytest.param("a\r\nBcc: x\n\n  b", "a Bcc: x b", id="line breaks"),
        pytest.param("a\x00b\x1b[31mc\x85d", "a b [31mc d", id="control characters"),
        pytest.param("\u202egpj.exe\u2066x\u2069\u200f", "gpj.exex", id="bidirectional controls"),
        pytest.param("大\u200b模\ufeff型\u00ad", "大模型", id="invisible characters"),
        pytest.param("a\u2028b\u2029c", "a b c", id="line and paragraph separators"),
        pytest.param("\ud800x", "\ufffdx", id="lone surrogate"),
        pytest.param("a\u3000\u00a0b", "a b", id="wide spaces"),
        pytest.param("\U0001f468\u200d\U0001f467\u200d", "\U0001f468\u200d\U0001f467", id="family"),
        pytest.param("\U0001f3f3\ufe0f\u200d\U0001f308", "\U0001f3f3\ufe0f\u200d\U0001f308", id="flag of two parts"),
        pytest.param("Vie\u0323\u0302t", "Vie\u0323\u0302t", id="two marks on a letter"),
        pytest.param("型" + "\u0316" * 90 + "号", "型\u0316\u0316\u0316\u0316号", id="a pile of marks"),
    ],
)
def test_line(text: str | None, shown: str) -> None:
    assert line(text) == shown


def test_marks_are_not_piled_up() -> None:
    assert unpiled("型" + "\u0316" * 90 + "号") == "型\u0316\u0316\u0316\u0316号"


def test_long_line_is_cut_with_an_ellipsis() -> None:
    assert line("啊" * 200_000, 10) == "啊" * 9 + "…"
    assert cut("abc", 3) == "abc"


def test_no_emoji_is_cut() -> None:
    assert cut("ab\U0001f468\u200d\U0001f467cd", 5) == "ab…"


def test_block_keeps_lines_and_spaces() -> None:
    assert block("a\r\n  b\x00\n\n.\n") == "a\n  b \n\n."


@given(st.text(max_size=400), st.integers(1, 50))
def test_line_is_one_printable_line_of_the_limit(text: str, limit: int) -> None:
    shown = line(text, limit)

    assert len(shown) <= limit
    assert shown == shown.strip()
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("url", "link"),
    [
        pytest.param("https://news.example/a?b=1&c=2#d", "https://news.example/a?b=1&c=2#d", id="as it is"),
        pytest.param("http://news.example:8080", "http://news.example:8080", id="port"),
        pytest.param(
            "https://例子.中国/路径", "https://xn--fsqu00a.xn--fiqs8s/%E8%B7%AF%E5%BE%84", id="Chinese address"
        ),
        pytest.param(
            "https://a.example/x(1)[2]<3>\"4'", "https://a.example/x%281%29%5B2%5D%3C3%3E%224'", id="brackets"
        ),
        pytest.param("https://user:secret@a.example/", "https://a.example/", id="user and password"),
        pytest.param("https://a.example/@all", "https://a.example/%40all", id="mention"),
        pytest.param("https://a.example/%41 b", "https://a.example/%41%20b", id="escapes stay"),
        pytest.param("http://[::1]/x", "http://[::1]/x", id="IPv6"),
        pytest.param("javascript:alert(1)", None, id="script"),
        pytest.param("data:text/html,x", None, id="data"),
        pytest.param("file:///etc/passwd", None, id="file"),
        pytest.param("//a.example/x", None, id="no scheme"),
        pytest.param("https://", None, id="no host"),
        pytest.param("http://[::1", None, id="broken"),
        pytest.param("http://a.example:99999/", None, id="no such port"),
        pytest.param("https://a.example/" + "x" * 3000, None, id="too long"),
        pytest.param("", None, id="empty"),
    ],
)
def test_web_link(url: str, link: str | None) -> None:
    assert web_link(url) == link


@given(st.text(max_size=60))
def test_link_is_ascii_without_spaces_or_brackets(rest: str) -> None:
    link = web_link("https://news.example/" + rest)

    assert link is None or (link.isascii() and link.isprintable() and not set(link) & set(' ()[]<>"@'))


@given(st.text(st.sampled_from("a 中b\u3000é"), max_size=12), st.integers(1, 12))
def test_clean_line_is_shown_as_one_with_something_invisible_in_it(text: str, limit: int) -> None:
    assert line(text, limit) == line(f"\u200b{text}", limit)


@given(st.from_regex(r"[a-z0-9]{1,8}\.[a-z]{2,4}/[A-Za-z0-9/_.%~-]{0,40}", fullmatch=True))
def test_plain_link_stays_as_it_is(place: str) -> None:
    assert web_link(f"https://{place}") == web_link(f"https://user@{place}") == f"https://{place}"
