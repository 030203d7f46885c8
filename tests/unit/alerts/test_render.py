"""The golden files are written by ``python -m tests.unit.alerts.test_render`` and read before they are kept."""

import json
import re
from dataclasses import asdict, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from alerts.channels import Message
from alerts.digest import Digest, compose
from alerts.entry import Entry
from alerts.render import render_alert, render_digest
from storage.records import StoryHit
from tests.unit.alerts.samples import (
    CHANGES,
    EVENT,
    HITS,
    KEYWORDS,
    NEW_NAMES,
    NOW,
    PAST,
    RULES,
    TOPICS,
    Counts,
    story_hit,
)

_GOLDEN = Path(__file__).with_name("golden")
_FORMS = ("subject", "text", "markdown", "html", "data")
_NAMES = {"model:ernie-bot": "文心一言 (ERNIE Bot)"}


def _digest(hits: tuple[StoryHit, ...] = HITS, coverage: Counts | None = None) -> Digest:
    return compose(
        hits,
        coverage or Counts(),
        rules=RULES,
        until=NOW,
        since=NOW.replace(month=8, day=31),
        timezone="Asia/Shanghai",
        names=_NAMES,
        topics=TOPICS,
        keywords=KEYWORDS,
        past=PAST,
        new_names=NEW_NAMES if hits[-1] in CHANGES else (),
    )


def _messages() -> dict[str, Message]:
    found = {f"digest.{language}": render_digest(_digest(), language=language) for language in ("zh", "en")}
    for language in ("zh", "en"):
        found[f"event.{language}"] = render_digest(_digest((*HITS[:1], *EVENT)), language=language)
        found[f"changes.{language}"] = render_digest(_digest(CHANGES), language=language)
        found[f"alert.{language}"] = render_alert(HITS[3:4], RULES, language=language, keywords=KEYWORDS)
    return found


def _form(message: Message, form: str) -> str:
    value = asdict(message)[form]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["digest", "event", "changes", "alert"])
def test_message_is_as_recorded_byte_for_byte(kind: str, language: str, form: str) -> None:
    name = f"{kind}.{language}"
    assert _form(_messages()[name], form).encode() == (_GOLDEN / f"{name}.{form}").read_bytes()


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.handlers: set[str] = set()
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links |= {value or "" for name, value in attrs if name in ("href", "src")}
        self.handlers |= {name for name, _ in attrs if name.startswith("on")}

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_hostile_text_is_only_text_in_html() -> None:
    page = _Page(render_digest(_digest(), language="zh").html)

    assert not page.tags & {"script", "img", "iframe", "form", "object"}
    assert not page.handlers
    assert page.links == {f"https://news.example/{story}" for story in (1, 2, 3)}
    assert any("<script>alert(1)</script>" in word for word in page.words)


def test_hostile_text_is_only_text_in_markdown() -> None:
    blocks = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .parse(render_digest(_digest(), language="zh").markdown)
    )
    inner = [token for block in blocks for token in block.children or []]

    assert {token.attrs["href"] for token in inner if token.type == "link_open"} == {
        f"https://news.example/{story}" for story in (1, 2, 3)
    }
    assert not {"image", "html_inline", "code_inline"} & {token.type for token in inner}
    assert not {"html_block", "fence", "code_block"} & {block.type for block in blocks}


@pytest.mark.parametrize("form", ["subject", "text", "markdown", "html"])
def test_no_form_holds_control_characters_or_calls_to_everybody(form: str) -> None:
    shown = getattr(render_digest(_digest(), language="en"), form)

    assert "@all" not in shown
    assert not {"\r", "\x00", "\u202e"} & set(shown)
    assert "\n" not in shown or form != "subject"


@pytest.mark.parametrize(
    ("language", "coverage", "last"),
    [
        pytest.param("en", Counts(failed=0), "42 sources watched, 2 silent, 0 unsent", id="en"),
        pytest.param("en", Counts(), "42 sources watched, 2 silent, 1 failing, 0 unsent", id="en failing"),
        pytest.param("en", Counts(watched=1, failed=0, silent=0), "1 source watched, 0 silent, 0 unsent", id="en one"),
        pytest.param("zh", Counts(failed=0), "监看 42 个来源，其中 2 个无更新；0 条消息未送出", id="zh"),
        pytest.param("zh-TW", Counts(failed=0), "监看 42 个来源，其中 2 个无更新；0 条消息未送出", id="zh of Taiwan"),
        pytest.param(None, Counts(failed=0), "42 sources watched, 2 silent, 0 unsent", id="no language"),
    ],
)
def test_digest_ends_with_its_coverage(language: str | None, coverage: Counts, last: str) -> None:
    message = render_digest(_digest(coverage=coverage), language=language)

    assert message.text.splitlines()[-1] == last
    assert message.markdown.splitlines()[-1] == f"- {last}"
    assert [word for word in _Page(message.html).words if word.strip()][-1] == last


def test_every_form_says_the_same() -> None:
    message = render_digest(_digest(), language="zh")
    plain = "".join(message.text.split())
    html = "".join("".join(_Page(message.html.partition("<body")[2]).words).split())
    markdown = "".join(
        "".join(t.content for b in MarkdownIt().parse(message.markdown) for t in b.children or []).split()
    )

    for said in (
        "百度的文心一言最先发布",
        "文心一言(ERNIEBot)",
        "36氪首发，另见2家：新浪、机器之心（共5篇）·编号1",
        "80→130",
        "监看42个来源",
    ):
        assert said in plain
        assert said in html
        assert said in markdown


def test_long_digest_lists_the_later_stories_in_one_line_each() -> None:
    hits = tuple(story_hit(n, n, title=f"story {n}", text="大模型。", word="大模型") for n in range(1, 131))

    message = render_digest(_digest(hits), language="en")

    assert "80 more" in message.text
    assert message.text.count("Outlets:") == message.html.count("Outlets:") == 50
    for number in range(1, 131):
        assert f"{number}. story {number}{f' · ID {number}' if number > 50 else ''}\n" in message.text
        assert f">story {number}</a>" in message.html
    assert len(message.data["stories"]) == 130


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("topics", [{}, dict.fromkeys(range(1, 52), 7)], ids=["apart", "of one event"])
@pytest.mark.parametrize(("count", "times"), [(50, 1), (51, 2)], ids=["short", "long"])
def test_long_digest_begins_with_its_coverage_too(form: str, count: int, times: int, topics: dict[int, int]) -> None:
    hits = tuple(story_hit(n, n, title=f"story {n}", text="大模型。", word="大模型") for n in range(1, count + 1))
    digest = compose(hits, Counts(watched=42), rules=RULES, until=NOW, timezone="UTC", topics=topics)

    assert getattr(render_digest(digest, language="en"), form).count("42 sources watched") == times


def test_digest_of_180_stories_is_shorter_than_what_mail_clients_cut_off() -> None:
    hits = tuple(replace(HITS[0], hit_id=n, hit=replace(HITS[0].hit, story_id=n)) for n in range(1, 181))

    assert len(render_digest(_digest(hits), language="zh").html.encode()) < 102 * 1_024


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_story_in_one_line_says_what_became_of_it(form: str) -> None:
    new = tuple(
        story_hit(n, n, title=f"story {n}", text="大模型。", word="大模型", name="regulation") for n in range(1, 51)
    )
    shown = getattr(render_digest(_digest((*new, *CHANGES[:1])), language="zh"), form)

    assert "事故造成14人受伤、3人失踪→事故造成23人受伤、1人失踪" in "".join(
        re.sub(r"</?b[^>]*>|\*\*", "", shown).split()
    )


def test_changes_that_are_not_shown_are_counted() -> None:
    numbers = tuple((str(n), str(n + 100)) for n in range(10, 19))
    changed = replace(CHANGES[0], hit=replace(CHANGES[0].hit, changes=numbers))

    assert "   变动：另有 3 处\n" in render_alert((changed,), RULES, language="zh").text


def test_report_of_an_event_says_which_regulation_came_further() -> None:
    hits = (
        replace(CHANGES[0], outlets=("甲", "乙", "丙")),
        replace(CHANGES[1], hit=replace(CHANGES[1].hit, rule="numbers")),
    )
    digest = compose(
        hits,
        Counts(),
        rules=RULES,
        until=NOW,
        timezone="UTC",
        topics={2021: 7, 2022: 7},
        past=replace(PAST, former={}),
    )

    assert "· regulation:ai-bill：征求意见 → 已通过 · 编号 22：" in render_digest(digest, language="zh").text


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("file:///srv/%E6%96%B0%E9%97%BB/a%20%40.txt", "/srv/新闻/a ＠.txt"),
        ("javascript:alert(%22%0A%22)", "javascript:alert(%22%0A%22)"),
        ("file:///srv/%0D%0Ab%E2%80%AEc", "/srv/ bc"),
    ],
)
def test_address_that_is_no_link_is_shown_as_people_write_it(url: str, place: str) -> None:
    assert f"Address: {place}\n" in render_digest(_digest((replace(HITS[5], url=url),)), language="en").text


def test_title_of_any_length_gives_a_short_subject() -> None:
    hit = replace(HITS[0], title="长" * 200_000)

    assert len(render_digest(_digest((hit,)), language="zh").subject) <= 150
    assert len(render_alert((hit,), RULES, language="zh").subject) <= 150


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_story_of_an_event_is_told(form: str) -> None:
    shown = getattr(render_digest(_digest((*HITS[:1], *EVENT)), language="zh"), form)
    shown = re.sub(r"</?b[^>]*>|\*\*", "", shown)

    assert shown.count("同一事件的其他报道") == 1
    for said in (
        "欧盟依人工智能法案罚Meta",
        "Meta吃下AI法案首张罚单",
        "首罚",
        "7.2 → 7.4",
        "https://news.example/1012",
    ):
        assert said in shown


def test_event_is_shorter_than_its_stories_apart() -> None:
    together = render_digest(_digest((*HITS[:1], *EVENT)), language="zh")
    apart = render_digest(replace(_digest((*HITS[:1], *EVENT)), entries=_apart()), language="zh")

    assert len(together.text.splitlines()) < len(apart.text.splitlines())
    assert len(together.markdown) < len(apart.markdown)


def _apart() -> tuple[Entry, ...]:
    return tuple(replace(entry, topic=None, event=None) for entry in _digest((*HITS[:1], *EVENT)).entries)


def test_report_of_an_event_is_only_text() -> None:
    message = render_digest(_digest(EVENT), language="zh")
    blocks = MarkdownIt("commonmark").parse(message.markdown)
    links = {t.attrs["href"] for block in blocks for t in block.children or [] if t.type == "link_open"}

    assert _Page(message.html).links == links == {"https://news.example/1011", "https://news.example/1012"}
    assert "<b>落地" not in message.html
    assert not {"html_block", "ordered_list_open"} & {block.type for block in blocks}
    assert "观察@者" not in message.text


def _record() -> None:
    _GOLDEN.mkdir(exist_ok=True)
    for name, message in _messages().items():
        for form in _FORMS:
            (_GOLDEN / f"{name}.{form}").write_bytes(_form(message, form).encode())


if __name__ == "__main__":
    _record()
