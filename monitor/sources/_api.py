"""One answer of an API: bytes in, items out, by paths. Pure and picklable; runs in a worker process.

Knows rows, their fields, and which rows count; where the JSON stands is ``monitor.sources._api_document``'s. A path
that matches nothing is an error that says what is there instead; an empty list at the path is a quiet day.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from monitor.sources._api_document import Place, json_of
from monitor.sources._api_path import Path, compile_path, explain, find, first, outline
from monitor.sources._entry import Entry, Found, items_of, plain_title
from monitor.sources._parsed import Document
from monitor.types import Rejected
from storage.records import Outcome

__all__ = ["Paths", "compile_link", "parse_api"]

_FIELD = re.compile(r"\{([^{}]{1,200})\}")
_IN_ADDRESS = "/:?&;,@=+~!$'()*%[]"
_MAX_TEXT = 200_000
_MAX_NAMES = 20
_HEADLINE = re.compile(r"\s*【([^【】]{2,100})】")
_SENTENCE = re.compile(r"[^。！？!?\n]{1,200}[。！？!?]?")
_TITLE_CHARACTERS = 60
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_BLOCK_END = re.compile(r"<(?:br\s*/?|/p|/div|/li|/h\d)>", re.IGNORECASE)
_FALSE = frozenset({"", "0", "false", "no", "none", "null"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Where rows are and what they hold, as written; of several paths to one thing the first that leads to any counts.

    ``link`` is a path, or an address with paths in braces. ``where`` gives the values that a row must have.
    """

    items: str
    link: str | None = None
    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    id: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    where: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fields:
    """``Paths``, compiled."""

    link: str | None
    texts: Mapping[str, tuple[Path, ...]]
    where: tuple[tuple[Path, Any], ...]


def compile_link(link: str) -> tuple[Path, ...]:
    """Return the paths in a link; raise ValueError for a part that is none."""
    return tuple(map(compile_path, _FIELD.findall(link) if "{" in link else [link]))


def parse_api(
    body: bytes, content_type: str | None, document: Document, now: datetime, place: Place, paths: Paths, cap: int
) -> Found | Rejected:
    """Return the items of at most ``cap`` rows of an answer; an answer that the paths do not fit is rejected."""
    try:
        value = json_of(body, content_type, place)
        rows = _rows(value, compile_path(paths.items))
        fields = _compiled(paths)
    except (ValueError, re.error) as error:
        return Rejected(rejected=Outcome.NOT_ARTICLE, detail=f"expected JSON, found {error}")
    if rows is None:
        return Rejected(rejected=Outcome.NOT_ARTICLE, detail=_no_rows(value, compile_path(paths.items)))
    wanted = [row for row in rows if _counts(row, fields)]
    entries = [_entry(row, fields, document) for row in wanted[:cap]]
    found = items_of(entries, document, now, origin="api")
    if wanted and not found.items:
        return Rejected(rejected=Outcome.NOT_ARTICLE, detail=_no_items(wanted[0], paths, found))
    return replace(found, skipped=(*_left_out(len(rows), len(wanted), cap), *found.skipped))


def _rows(value: Any, path: Path) -> list[Any] | None:
    """Return the rows, None where the path leads nowhere. A list that it leads to stands for its elements."""
    matches = find(value, path)
    if path.ends_in_elements:
        held = find(value, replace(path, steps=path.steps[:-1]))
        return matches or ([] if held and all(one in ([], {}) for one in held) else None)
    rows = [row for match in matches for row in (match if isinstance(match, list) else [match])]
    return rows if any(isinstance(row, dict | list) for row in rows) or (matches and not rows) else None


def _compiled(paths: Paths) -> _Fields:
    names = ("title", "date", "updated", "id", "author", "content")
    texts = {name: tuple(map(compile_path, getattr(paths, name))) for name in names}
    if paths.link is not None and "{" not in paths.link:
        texts["link"] = (compile_path(paths.link),)
    where = tuple((compile_path(path), value) for path, value in paths.where.items())
    return _Fields(link=paths.link, texts=texts, where=where)


def _counts(row: Any, fields: _Fields) -> bool:
    return all(_fits(first(row, path), wanted) for path, wanted in fields.where)


def _fits(value: Any, wanted: Any) -> bool:
    """Compare as people write: 1 is "1", what is absent is null and false, a list names alternatives."""
    if isinstance(wanted, list | tuple):
        return any(_fits(value, one) for one in wanted)
    if isinstance(wanted, bool):
        return (str(value).strip().lower() not in _FALSE if not isinstance(value, list | dict) else True) is wanted
    return _text(value) == _text(wanted)


def _entry(row: Any, fields: _Fields, document: Document) -> Entry:
    content = _content(_one(row, fields, "content"))
    link = _link(row, fields)
    return Entry(
        title=_one(row, fields, "title") or _headline(content),
        link=link,
        id=_one(row, fields, "id") or link,
        base=document.base,
        published=_one(row, fields, "date"),
        updated=_one(row, fields, "updated"),
        authors=_names(row, fields),
        content=content,
    )


def _one(row: Any, fields: _Fields, name: str) -> str:
    """Return the first text that the paths of a field lead to."""
    texts = (_text(value) for path in fields.texts.get(name, ()) for value in find(row, path))
    return next(filter(None, texts), "")


def _names(row: Any, fields: _Fields) -> tuple[str, ...]:
    values = [value for path in fields.texts["author"] for value in find(row, path)]
    spread = [inner for value in values for inner in (value if isinstance(value, list) else [value])]
    named = (_text(value.get("name")) if isinstance(value, dict) else _text(value) for value in spread[:_MAX_NAMES])
    return tuple(filter(None, named))


def _link(row: Any, fields: _Fields) -> str:
    """Return a row's address, "" where a part of it is missing."""
    if fields.link is None:
        return ""
    if "{" not in fields.link:
        return _one(row, fields, "link")
    parts = {written: _text(first(row, compile_path(written))) for written in _FIELD.findall(fields.link)}
    if not all(parts.values()):
        return ""
    return _FIELD.sub(lambda found: quote(parts[found[1]], safe=_IN_ADDRESS), fields.link)


def _text(value: Any) -> str:
    """Return a string or a number as text; "" for anything else."""
    if isinstance(value, str):
        return value[:_MAX_TEXT].encode("utf-8", "replace").decode().strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _content(text: str) -> str:
    """Return what an article is made of as markup; plain text gets a paragraph for each line."""
    if not text or _MARKUP.search(text):
        return text
    return "".join(f"<p>{html.escape(line, quote=False)}</p>\n" for line in text.splitlines() if line.strip())


def _headline(content: str) -> str:
    """Return a title for a flash without one: what stands in 【】 at its start, else its first sentence."""
    text = _MARKUP.sub("", _BLOCK_END.sub("\n", content[:4_000])).strip()
    if marked := _HEADLINE.match(text):
        return marked[1]
    sentence = _SENTENCE.match(text)
    title = plain_title(sentence[0]).rstrip("。") if sentence else ""
    return title if len(title) <= _TITLE_CHARACTERS else f"{title[: _TITLE_CHARACTERS - 1]}…"


def _no_rows(value: Any, path: Path) -> str:
    found = find(value, path)
    if found:
        return f"the path {path.text!r} leads to no rows, but to {outline(found[0])}"
    return f"the path {path.text!r} matched nothing: {explain(value, path)}"


def _no_items(row: Any, paths: Paths, found: Found) -> str:
    """Say why rows gave no items: the paths to an address or a text lead nowhere, or to what is none."""
    what = [f"link {paths.link!r}"] if paths.link else []
    what += [f"content {path!r}" for path in paths.content]
    why = f" ({found.skipped[0]})" if found.skipped else ""
    return f"no row gave an address or a text by {' or '.join(what)}: a row is {outline(row)}{why}"


def _left_out(rows: int, wanted: int, cap: int) -> tuple[str, ...]:
    filtered = (f"{rows - wanted} of {rows} rows are not those that `where` asks for",) if wanted < rows else ()
    return (*filtered, f"only the first {cap} of {wanted} rows were taken") if wanted > cap else filtered
