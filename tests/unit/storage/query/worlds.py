"""Random articles and queries that have to do with each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from storage.query.letters import OPEN, is_alphabetic, letters_of, tokens_of
from storage.query.nodes import (
    Author,
    Count,
    Dated,
    Entity,
    Everything,
    Group,
    Language,
    Near,
    Node,
    Not,
    Phrase,
    Seen,
    Source,
    Stage,
    TitlePattern,
    all_of,
    any_of,
)
from storage.query.subject import Subject
from storage.records import Published
from storage.tagged import Mention

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)

_PIECES = (
    "大模型", "模型", "备案", "備案", "监管", "GPT-4", "GPT 4", "GPT4o", "gpt", "4", "o", "AI", "ＡＩ", "ai", "的",
    "3.5", "C++", "C#", "c", "，", "。", "\n", " ", "-", "_", "《", "》", "é", "+", "％", "€", "\ud800",
)  # fmt: skip
_IDS = ("model:qwen", "model:gpt", "regulation:ai-act", "company:acme")
_GLOBS = (*_IDS, "model:*", "*:qwen", "*", "model:q?en", "regulation:[a-c]*")
_STAGES = ("planned", "failed", "postponed")

texts = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)
written = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=3).map("".join)
letters = written.map(letters_of).filter(lambda form: any(map(str.isalnum, form)))
open_letters = letters.filter(
    lambda form: form[0].isalnum() and is_alphabetic(form[-1]) and len(tokens_of(form)[-1]) > 1
).map(lambda form: form + OPEN)
groups = st.sampled_from([None, "gov", "政务", "Press"])


def mention(entity: str, *, field: str = "text", start: int = 0, surface: str = "") -> Mention:
    """Return a mention of an entity."""
    return Mention(
        entity=entity,
        kind=entity.partition(":")[0],
        field=field,
        surface=surface,
        start=start,
        end=start + len(surface),
        version=None,
        how="alias",
        confidence=1.0,
    )


def article(title: str | None = None, text: str = "", **more: object) -> Subject:
    """Return an article that was first seen now."""
    values: dict[str, object] = {"source_id": "wire", "first_seen_at": NOW}
    return Subject(title=title, text=text, **(values | more))  # type: ignore[arg-type]


def published(value: str) -> Published:
    """Return a date of the precision that its length tells."""
    return Published(value=value, precision={7: "month", 10: "day"}.get(len(value), "minute"), origin="meta")


dates = st.sampled_from(
    ["2026-11", "2026-10", "2026-11-13", "2026-11-19", "2026-11-20", "2026-11-20T08:30+00:00", "2026-11-13T16:30+08:00"]
).map(published)
_mentions = st.lists(
    st.builds(mention, st.sampled_from(_IDS), field=st.sampled_from(["title", "text"])), max_size=4
).map(tuple)
articles = st.builds(
    Subject,
    title=st.none() | texts,
    text=texts,
    source_id=st.sampled_from(["wire", "gov-cac", "36kr"]),
    first_seen_at=st.sampled_from([NOW - timedelta(days=days) for days in (0, 1, 7, 30)]),
    published=st.none() | dates,
    mentions=_mentions,
    stages=st.frozensets(st.sampled_from(_STAGES)),
    publisher=st.sampled_from([None, "新华网", "新華網", "Reuters"]),
    authors=st.sampled_from([(), ("王小明",), ("Jane Doe", "王 大")]),
    editors=st.sampled_from([(), ("李 四",)]),
    language=st.sampled_from([None, "zh", "en"]),
    script=st.sampled_from([None, "Hans", "Hant", "Latn"]),
)

phrases = st.builds(Phrase, letters | open_letters, st.booleans())
_ids = st.lists(st.sampled_from(_GLOBS), min_size=1, max_size=3, unique=True).map(tuple)


@st.composite
def nears(draw: st.DrawFn) -> Near:
    """Draw two phrases near each other in one field."""
    in_title = draw(st.booleans())
    left, right = (Phrase(draw(letters | open_letters), in_title) for _ in range(2))
    return Near(left, right, draw(st.integers(1, 50)))


_moments = st.sampled_from(
    [NOW, NOW - timedelta(days=7), timedelta(days=7), timedelta(hours=12), datetime(2026, 11, 1, tzinfo=UTC)]
)
conditions: st.SearchStrategy[Node] = st.one_of(
    phrases,
    nears(),
    st.builds(TitlePattern, st.sampled_from(["大.型", "gpt", "^备", "a/b", r"\d+\.5$", "x|备案"])),
    st.builds(Entity, _ids, st.booleans()),
    st.builds(Count, _ids, st.sampled_from([">=", ">", "=", "<", "<="]), st.integers(0, 3)),
    st.builds(Stage, st.lists(st.sampled_from(_STAGES), min_size=1, max_size=2, unique=True).map(tuple)),
    st.builds(Source, st.sampled_from(["wire", "gov-*", "新华网", "新*", "36kr", "[gw]*"])),
    st.builds(Group, st.sampled_from(["gov", "政*", "press", "*"])),
    st.builds(Author, st.sampled_from(["王", "王小明", "janedoe", "李四", "ane"])),
    st.builds(Language, st.sampled_from(["zh", "en", "zh-hans", "zh-hant"])),
    st.builds(Seen, _moments, st.booleans()),
    st.builds(Dated, _moments, st.booleans()),
    st.just(Everything()),
)
nodes: st.SearchStrategy[Node] = st.recursive(
    conditions,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=1, max_size=3).map(all_of),
        st.lists(inner, min_size=1, max_size=3).map(any_of),
    ),
    max_leaves=8,
)
