import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.channels import Message
from alerts.channels._chat import Kind, Row, Run, heading, inert_heading, inert_outline, outline, without_addresses
from alerts.channels._marks import as_entity, full_width, written_runs
from alerts.markdown import escape, link, paragraph


def _message(markdown: str, subject: str = "主题") -> Message:
    return Message(subject=subject, text="", markdown=markdown, html="")


def _runs(markdown: str) -> tuple[Run, ...]:
    ((row,),) = outline(_message(markdown))
    return row.runs


def test_items_begin_with_headings_and_rules() -> None:
    markdown = "# 摘要\n\n**要点**  \n窗口\n\n## 1. 题\n\n> 句\n\n- 甲\n- 乙\n\n---\n\n- 丙\n"

    kinds = [[row.kind.value for row in item] for item in outline(_message(markdown))]

    assert kinds == [["heading", "text", "text"], ["heading", "quote", "bullet", "bullet"], ["rule", "bullet"]]


def test_heading_of_a_section_stays_with_its_first_item() -> None:
    items = outline(_message("## 一组\n\n### 1. 题\n\n- 甲\n\n### 2. 题\n\n- 乙"))

    assert [len(item) for item in items] == [3, 2]


@pytest.mark.parametrize(
    ("markdown", "runs"),
    [
        pytest.param("甲**乙**丙", [("甲", False, None), ("乙", True, None), ("丙", False, None)], id="bold"),
        pytest.param("[题](https://a.cn/1)尾", [("题", False, "https://a.cn/1"), ("尾", False, None)], id="link"),
        pytest.param(r"\[题\]\(https://a.cn\)", [("[题](https://a.cn)", False, None)], id="escaped"),
        pytest.param(r"[\[题\]](https://a.cn)", [("[题]", False, "https://a.cn")], id="escaped within a link"),
        pytest.param("[题](javascript:x)", [("[题](javascript:x)", False, None)], id="no address of the web"),
        pytest.param("![](https://a.cn/p.png)", [("!", False, None)], id="picture"),
        pytest.param("**甲", [("甲", True, None)], id="bold that does not end"),
    ],
)
def test_runs_are_text_without_marks(markdown: str, runs: list[tuple[str, bool, str | None]]) -> None:
    assert [(run.text, run.strong, run.link) for run in _runs(markdown)] == runs


@given(text=st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=200))
def test_what_the_renderer_escapes_is_that_text(text: str) -> None:
    runs = _runs(paragraph(escape(text)) + link(text, "https://a.cn"))

    assert [(run.text, run.strong, run.link) for run in runs] == [(text, False, None), (text, False, "https://a.cn")]


def test_row_is_shown_up_to_a_thousand_characters() -> None:
    (run,) = _runs("长" * 200_000)

    assert run.text == "长" * 999 + "…"


@pytest.mark.parametrize("markdown", ["", "\n \n", "[](https://a.cn)", "# ", "---", "** **"])
def test_message_without_text_shows_its_subject(markdown: str) -> None:
    assert outline(_message(markdown)) == ((Row(kind=Kind.TEXT, runs=(Run(text="主题"),)),),)


@pytest.mark.parametrize(
    ("subject", "shown"), [("甲\r\n乙", "甲 乙"), ("", "newswatch"), ("长" * 300, "长" * 99 + "…")]
)
def test_heading_is_one_line_that_is_never_empty(subject: str, shown: str) -> None:
    assert heading(_message("", subject)) == shown


def test_heading_can_be_made_inert() -> None:
    assert inert_heading(_message("", "<at id=all> @all www.a.cn")) == "＜at id=all＞ ＠all www．a．cn"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://evil.example", "http：//evil．example"),
        ("desk@example.org", "desk＠example．org"),
        ("GPT-4.5比3.2版快1.5倍", "GPT-4.5比3.2版快1.5倍"),
        ("U.S. 3:1", "U.S. 3:1"),
        ("看例子.中国或пример.рф", "看例子．中国或пример．рф"),
    ],
)
def test_addresses_are_broken_and_numbers_are_not(text: str, shown: str) -> None:
    assert without_addresses(text) == shown


def test_story_in_one_line_is_an_item_with_what_became_of_it() -> None:
    items = outline(
        _message("## 其余 3 条\n\n### a\n\n- 51. [题](https://a.cn)\n- 变动：1\n- 52. 题\n\n### b\n\n- 53. 题")
    )

    assert [len(item) for item in items] == [4, 1, 2]


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        pytest.param("见**evil**.example", ["见", "evil", "．example"], id="name of a host"),
        pytest.param("见http:**//x**", ["见http：", "//x"], id="scheme"),
        pytest.param("[evil](https://a.cn/).example", ["evil", "．example"], id="link"),
        pytest.param("**2**.5倍", ["2", ".5倍"], id="number"),
    ],
)
def test_address_over_the_border_of_two_runs_is_broken(markdown: str, shown: list[str]) -> None:
    ((row,),) = inert_outline(_message(markdown))

    assert [run.text for run in row.runs] == shown


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("# 题", "＃ 题"),
        ("- 题", "－ 题"),
        ("---", "－--"),
        ("-5%", "-5%"),
        ("1. 题", "1． 题"),
        ("3.5倍", "3.5倍"),
        ("C*与[d]", "C＊与［d］"),
        ("a_b与_c_", "a_b与＿c＿"),
        ("AT&T与&lt;", "AT&T与＆lt;"),
        ("重磅!", "重磅！"),
        ("!重磅", "!重磅"),
    ],
)
def test_marks_of_a_text_are_shown_by_their_likeness(text: str, wide: str) -> None:
    assert written_runs(Row(kind=Kind.TEXT, runs=(Run(text=text),)), full_width) == wide


def test_marks_of_a_text_are_shown_as_entities() -> None:
    row = Row(kind=Kind.TEXT, runs=(Run(text="- <at>*", strong=True), Run(text="[x]", link="https://a.cn")))

    assert written_runs(row, as_entity) == "**- &#60;at&#62;&#42;**[&#91;x&#93;](https://a.cn)"


def test_heading_is_bold_as_a_whole() -> None:
    row = Row(kind=Kind.HEADING, runs=(Run(text="1. "), Run(text="题", strong=True)))

    assert written_runs(row, full_width) == "1. 题"
