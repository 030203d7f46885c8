"""Whatever pages say: in a message it is text, never markup, a link, a call to somebody or a further line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from alerts.channels import Message
from alerts.digest import NewName, compose
from alerts.entry import Past
from alerts.render import render_alert, render_alerts, render_digest
from alerts.sentence import Excerpt
from alerts.stages import Step
from storage.records import HitReason, StoryHit
from storage.states import Stage
from tests.unit.alerts.samples import NOW, RULES, Counts, story_hit

_PIECES = st.sampled_from(
    [
        "<", ">", "&", "&lt;", "&#60;", '"', "'", "=", "<b>", "</td>", "<script>", "<img src=x onerror=a()>", "<!--",
        "-->", "{{ view }}", "[", "](http://evil.example)", "![a](http://evil.example/p)", "[a]: http://evil.example",
        "`", "```", "*", "**", "_", "~~", "|", "---", "#", "# ", "1. ", "- ", "> ", "\\", "http://evil.example",
        "https:", "//evil.example", "www.", "evil.example", "mailto:", "a@b.example", "@all", "@", "@所有人", "<@U1>",
        "<at id=all></at>", "\n", "\r\n", "\x00", "\u202e", "\u2028", "\ud800", "Bcc: ", " ", "14", "23", "大模型",
        "，", "。",
    ]
)  # fmt: skip
_TEXT = st.lists(_PIECES, max_size=12).map("".join)
_OUTER = ("html", "head", "meta", "title", "style", "body", "table", "tr", "td")
_TAGS = frozenset([*_OUTER, "h1", "h2", "h3", "div", "span", "a", "b", "br"])
_LINK = "https://news.example/7"


@dataclass
class _Page:
    tags: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def _page(html: str) -> _Page:
    page = _Page()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            page.tags.add(tag)
            page.names |= {name for name, _ in attrs}
            page.links |= {value or "" for name, value in attrs if name in ("href", "src", "background")}

    Reader().feed(html)
    return page


@st.composite
def _hits(draw: st.DrawFn) -> StoryHit:
    text = draw(_TEXT)
    word = draw(st.sampled_from([piece for piece in (text[:3], text[-4:], "大模型") if piece]))
    hit = story_hit(
        7,
        7,
        title=draw(_TEXT),
        text=text,
        word=word,
        reason=draw(st.sampled_from(HitReason)),
        numbers=((draw(_TEXT), draw(_TEXT)), ("14", "23")),
        outlets=(draw(_TEXT), draw(_TEXT)),
        publisher=draw(_TEXT),
    )
    return replace(hit, source_id=draw(_TEXT))


def _check(message: Message) -> None:
    page = _page(message.html)
    assert page.tags <= _TAGS
    assert page.links <= {_LINK}
    assert not any(name.startswith("on") for name in page.names)
    for form in (message.subject, message.text, message.markdown, message.html.partition("<body")[2]):
        assert not {"@", "\x00", "\r", "\u202e", "\u2028", "\ud800"} & set(form)
    assert "\n" not in message.subject
    blocks = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(message.markdown)
    inner = [token for block in blocks for token in block.children or []]
    assert {token.attrs["href"] for token in inner if token.type == "link_open"} <= {_LINK}
    assert not {"image", "html_inline", "code_inline", "s_open", "em_open"} & {token.type for token in inner}
    assert not {"html_block", "fence", "code_block", "table_open", "ordered_list_open"} & {b.type for b in blocks}


@settings(max_examples=150, deadline=None)
@given(_hits(), _TEXT, _TEXT, st.lists(_TEXT, max_size=3), st.sampled_from(["zh", "en"]))
def test_digest_of_any_words_is_text(hit: StoryHit, former: str, name: str, keywords: list[str], language: str) -> None:
    said = Excerpt(before=former[:9], mention=name[:5], after="")
    found = NewName(name=name, kind=name, outlets=1, stories=2, url=_LINK, excerpt=said)
    step = Step(entity=name, before=Stage.DRAFT, after=Stage.ISSUED)
    digest = compose(
        [hit],
        Counts(),
        rules=RULES,
        until=NOW,
        timezone="Asia/Shanghai",
        keywords={7: keywords},
        past=Past(former={7: (former,)}, steps={7: (step,)}),
        new_names=(found,),
    )

    _check(render_digest(digest, language=language))


@settings(max_examples=50, deadline=None)
@given(_hits(), _TEXT)
def test_alert_of_any_words_is_text(hit: StoryHit, former: str) -> None:
    _check(render_alert((hit,), RULES, language="zh", past=Past(former={7: (former,)})))


@settings(max_examples=50, deadline=None)
@given(_hits(), _TEXT)
def test_alert_of_a_group_with_any_name_is_text(hit: StoryHit, name: str) -> None:
    digest = compose([hit], Counts(), rules=RULES, until=NOW, timezone="UTC")

    _check(render_alerts(digest, language="en", group=name))


@settings(max_examples=50, deadline=None)
@given(_hits())
def test_each_form_has_the_same_words(hit: StoryHit) -> None:
    message = render_alert((hit,), RULES, language="zh")
    said = [row.strip() for row in message.text.splitlines() if row.strip() not in ("", "--", _LINK)]
    words: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            words.append(data)

    Reader().feed(message.html.partition("</head>")[2])
    shown = "".join("".join(words).split())

    for row in said:
        assert "".join(re.sub("【(重要|有变动|多家报道)】", "", row).split()) in shown
