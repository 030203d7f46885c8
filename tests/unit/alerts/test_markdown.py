import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from alerts.markdown import escape, link, paragraph, runs
from alerts.plain import line

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _inline(markdown: str) -> tuple[list[str], list[Token]]:
    """Return the types of the blocks, and the tokens inside the first of them that holds text."""
    blocks = _PARSER.parse(markdown)
    return [block.type for block in blocks], next(
        (block.children or [] for block in blocks if block.type == "inline"), []
    )


_HOSTILE = [
    "# heading",
    "- item",
    "1. item",
    "123) item",
    "+ item",
    "=== ",
    "---",
    "***",
    "> quote",
    "```sh",
    "~~~",
    "~~gone~~",
    "| a | b |",
    "<b>x</b>",
    "<https://evil.example>",
    "[x](http://evil.example)",
    "![x](http://evil.example/p.png)",
    "[x]: http://evil.example",
    "**bold** _em_ `code`",
    "&lt;b&gt; &#60; &amp;",
    "back\\slash \\* \\",
    "closing #",
    "C#",
    "AT&T 2*3 snake_case 100% $1",
    "话题 #大模型#",
]


@pytest.mark.parametrize("text", _HOSTILE)
def test_paragraph_shows_the_text_and_nothing_else(text: str) -> None:
    blocks, tokens = _inline(paragraph(escape(line(text))))

    assert blocks == ["paragraph_open", "inline", "paragraph_close"]
    assert {token.type for token in tokens} <= {"text", "text_special"}
    assert "".join(token.content for token in tokens) == line(text)


@pytest.mark.parametrize("text", [" 1. <", "  # x", "    + y", " --"])
def test_space_before_a_paragraph_makes_no_list_of_it(text: str) -> None:
    blocks, _ = _inline(f"- a  \n  {paragraph(escape(text))}")

    assert blocks.count("list_item_open") == 1
    assert not {"heading_open", "ordered_list_open", "code_block"} & {*blocks}


@pytest.mark.parametrize("text", _HOSTILE)
def test_link_shows_the_text_and_leads_where_it_should(text: str) -> None:
    blocks, tokens = _inline("## " + link(line(text), "https://news.example/1"))

    assert blocks[0] == "heading_open"
    assert [token.type for token in tokens if not token.type.startswith("text")] == ["link_open", "link_close"]
    assert tokens[0].attrs == {"href": "https://news.example/1"}
    assert "".join(token.content for token in tokens) == line(text)


@given(st.text(alphabet=st.one_of(st.sampled_from("\\`*_[]()<>~|&#;:/!+-=.1 ax大"), st.characters()), max_size=40))
@example("www.evil.example http://evil.example ftp://x")
def test_any_line_survives_the_round_trip(text: str) -> None:
    shown = line(text)
    blocks, tokens = _inline(paragraph(escape(shown)))

    assert "".join(token.content for token in tokens) == shown
    assert set(blocks) <= {"paragraph_open", "inline", "paragraph_close"}


def test_addresses_in_text_do_not_become_links_in_other_dialects() -> None:
    assert "://" not in escape("see http://evil.example")
    assert "www." not in escape("see www.evil.example WWW.evil.example").lower()


@pytest.mark.parametrize(
    ("text", "bold"),
    [("大模型", True), ("GPT-4", True), ("《办法》", False), ("", False), (" x", False), ("a*b", True)],
)
def test_bold_only_where_its_marks_work_beside_chinese(text: str, bold: bool) -> None:
    _, tokens = _inline(runs((("前", False), (text, True), ("后", False))))

    assert any(token.type == "strong_open" for token in tokens) is bold
    assert "".join(token.content for token in tokens) == f"前{text}后"
