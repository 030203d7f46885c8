"""What a written value means under its field: one condition of a query, or the error that says what was expected.

Knows no operators and no grammar. A field that names no value of its own takes what the user writes as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from difflib import get_close_matches
from typing import cast
from unicodedata import normalize

from storage.fold import fold, name_key
from storage.query.errors import QueryError
from storage.query.letters import LEAST_STEM, LONGEST_WORD, MARK, OPEN, is_alphabetic, letters_of, may_go_on
from storage.query.moments import moment_of, period_of
from storage.query.names import Names
from storage.query.nodes import (
    Author,
    Comparison,
    Count,
    Dated,
    Entity,
    Group,
    Language,
    Node,
    Phrase,
    Seen,
    Source,
    Stage,
    TitlePattern,
    all_of,
    any_of,
)
from storage.query.patterns import compiled_title, folded_pattern
from storage.query.vocabulary import FIELDS, NAMES_OF_FIELDS, STAGES, field_of, kind_of, language_of, stage_of

__all__ = ["NAMED", "Reader", "Value", "condition", "count", "field", "pattern", "phrase"]

NAMED = frozenset({"model", "regulation", "entity", "vendor", "kind"})
"""Fields whose values are entities."""
_BARE = re.compile(r"\w(?:.*\w)?[+#]*", re.DOTALL)
"""A bare word in its form, with the signs that end a name, as in C++; others round it are no part of it."""
_TAG = "#"
_INVISIBLE = re.compile("[\xad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
"""What pages leave in copied words, and no stored text has: joiners, and what chooses the shape of a character."""
_SLOP = re.compile(r"[~～]\d+")
_LIST = re.compile(r"[,，、]")
_WORDS = re.compile(r"[，、]|,(?!(?<=\d,)\d)")
"""What parts words of a list: not the comma of 1,000."""
_LONGEST_PATTERN = 500
_FLAGS = ("", "i")
"""What may stand right behind a regular expression, where many write it."""
_COMPARISONS: dict[str, Comparison] = {
    ">=": ">=", "≥": ">=", ">": ">", "=": "=", "==": "=", "<": "<", "<=": "<=", "≤": "<=",
}  # fmt: skip
_MOST_COUNTED = 100_000
_SHOWN = 60
_ANYWHERE = frozenset({"text", "body", "content", "intext", "inbody", "正文", "内容", "全文", "关键词"})
_ELSEWHERE = {
    "site": "source", "from": "source", "feed": "source", "host": "source", "domain": "source", "网站": "source",
    "intitle": "title", "subject": "title", "tag": "entity", "label": "group", "category": "group", "search": "saved",
    "since": "after", "newer_than": "after", "until": "before", "older_than": "before",
}  # fmt: skip
"""The field that is called so in other programs."""
_LIKE = (0.5, 0.6)
"""The least likeness (0-1) of a field that is proposed for an unknown one: a character of two; more of a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What a reader knows besides the text: names, the time (None in a query that is kept) and the zone of dates."""

    names: Names
    now: datetime | None
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value as it stands in a query, from ``column`` on; ``text`` is without its quotes or slashes.

    ``flags`` are the letters right behind the second slash.
    """

    text: str
    column: int
    is_quoted: bool = False
    is_pattern: bool = False
    flags: str = ""


def field(written: str, column: int, names: Names) -> str:
    """Return the field that a name before a colon means."""
    found = field_of(written)
    if found is None:
        hint = f"{_field_instead(written, names)} to search for the words, quote them"
        raise QueryError(f"unknown field {_cut(written.strip())!r}", column, hint)
    return found


def _field_instead(written: str, names: Names) -> str:
    """Return what may be meant by a field that there is not; a kind of the user's own has none."""
    kind = fold(written).strip()
    if kind in names.kinds():
        return f"it is a kind: entity:NAME finds one of it, kind:{kind} all;"
    if kind in _ANYWHERE:
        return "words without a field are looked for in the title and the text;"
    if kind in _ELSEWHERE:
        return f"did you mean {_ELSEWHERE[kind]}:?"
    close = get_close_matches(fold(written), NAMES_OF_FIELDS, n=1, cutoff=_LIKE[written.isascii()])
    return f"did you mean {close[0]}:?" if close else f"known: {', '.join(f'{name}:' for name in FIELDS)};"


def condition(name: str, value: Value, reader: Reader, *, in_title: bool = False) -> Node:
    """Return the condition that a value states under a field; a list in it is one of several."""
    if value.is_pattern and name != "title":
        raise QueryError(f"{name}: takes no regular expression", value.column, "write /.../ alone, or title:/.../")
    if fold(value.text[:1]) in ("-", "!") and not value.is_quoted and not value.is_pattern:
        raise QueryError(f"expected a value behind {name}:", value.column, f"write -{name}: to exclude a value")
    if value.is_pattern:
        return pattern(value)
    if name == "title":
        return any_of(phrase(part, in_title=True) for part in _parts(value, _WORDS))
    parts = _parts(value)
    if name in NAMED:
        ids = tuple(dict.fromkeys(one for part in parts for one in _named(name, part, reader)))
        return Entity(ids, in_title, column=value.column, written=f"{name}:{value.text}")
    if name == "stage":
        return Stage(tuple(dict.fromkeys(map(_stage, parts))), column=value.column, written=f"stage:{value.text}")
    return any_of(_PLAIN[name](part, reader) for part in parts)


def phrase(value: Value, *, in_title: bool = False) -> Phrase:
    """Return the phrase that bare or quoted words are."""
    text = normalize("NFC", _INVISIBLE.sub("", value.text))
    letters = letters_of(text)
    bare = _BARE.search(letters)
    if bare is None:
        raise QueryError("expected words with a letter or a digit", value.column, "leave single signs out")
    if value.is_quoted:
        return Phrase(letters, in_title, column=value.column, written=text)
    if "*" in fold(text):
        return Phrase(_opened(letters.strip(MARK), bare[0], value.column), in_title, column=value.column, written=text)
    if _SLOP.fullmatch(text):
        hint = "how far words may stand apart: one NEAR/5 other; to search for the number, put it in quotes"
        raise QueryError(f"{_cut(text)} cannot stand here", value.column, hint)
    is_tag = letters.lstrip(MARK).startswith(_TAG)
    return Phrase(bare[0].rstrip(_TAG) if is_tag else bare[0], in_title, column=value.column, written=text)


def _opened(letters: str, stem: str, column: int) -> str:
    """Return the letters of a word with a ``*`` behind it; that it may go on needs no saying of Chinese."""
    if not letters.endswith(f"{stem}*") or not stem[-1].isalnum() or "*" in stem:
        hint = "it stands behind a word that may go on, as in chatbot*; put it in quotes to search for the sign"
        raise QueryError("a word cannot hold *", column, hint)
    if not is_alphabetic(stem[-1]):
        return stem
    if not may_go_on(stem):
        of_digits = "a digit behind letters begins a word: GPT finds GPT4 and GPT-4o; " if stem[-1].isdecimal() else ""
        hint = f"{of_digits}put it in quotes to search for the sign"
        raise QueryError(f"expected {LEAST_STEM} to {LONGEST_WORD} letters before the *", column, hint)
    return stem + OPEN


def pattern(value: Value) -> TitlePattern:
    """Return the expression that is searched in titles."""
    if value.flags not in _FLAGS:
        hint = "i changes nothing, for case never counts; other flags stand inside: /(?s).../"
        raise QueryError(f"expected a space behind the expression, found {_cut(value.flags)!r}", value.column, hint)
    if not value.text:
        raise QueryError("expected a regular expression between the slashes", value.column)
    if len(value.text) > _LONGEST_PATTERN:
        message = f"expected a regular expression of at most {_LONGEST_PATTERN} characters, found {len(value.text):,}"
        raise QueryError(message, value.column)
    folded = folded_pattern(value.text)
    try:
        compiled_title(folded)
    except ValueError as error:
        hint = "expressions are those of RE2: no references back, nothing that looks around"
        if "\\u" in value.text:
            hint = r"expressions are those of RE2: write \x{4e00} for \u4e00, and \p{Han} for any character of Chinese"
        raise QueryError(f"not a regular expression: {error}", value.column, hint) from error
    return TitlePattern(folded, column=value.column, written=f"/{value.text}/")


def count(name: str, value: Value, compared: str, column: int, reader: Reader) -> Count:
    """Return the comparison of a number of mentions; ``compared`` is what stands behind the parenthesis."""
    if name not in NAMED:
        raise QueryError(f"{name}: cannot be counted", column, "count(model:NAME)>=2 counts mentions")
    entities = cast("Entity", condition(name, value, reader))
    signs, digits = re.fullmatch(r"(\D+)(\d+)", fold(compared)).groups()  # type: ignore[union-attr]  # as the grammar has it
    if int(digits) > _MOST_COUNTED:
        raise QueryError(f"expected a number up to {_MOST_COUNTED:,}", column)
    written = f"count({entities.written}){signs}{digits}"
    return Count(entities.ids, _COMPARISONS[signs], int(digits), column=column, written=written)


def _parts(value: Value, between: re.Pattern[str] = _LIST) -> tuple[Value, ...]:
    """Return the values of a list with commas; a quoted one is one value."""
    if value.is_quoted:
        return (value,)
    parts, column = [], value.column
    for text in between.split(value.text):
        parts.append(Value(text=text, column=column))
        column += len(text) + 1
    if empty := next((part for part in parts if not part.text), None):
        raise QueryError("expected a value beside the comma", empty.column)
    return tuple(parts)


def _named(name: str, value: Value, reader: Reader) -> tuple[str, ...]:
    names, text = reader.names, value.text.strip()
    if name == "kind":
        return (f"{_kind(value, names)}:*",)
    kind = None if name == "entity" else name
    found = names.vendors(text) if name == "vendor" else names.resolve(kind, text)
    if found:
        return found
    before, colon, _ = fold(text).partition(":")
    if name == "entity" and colon and kind_of(before) not in names.kinds():
        raise _unknown_kind(before, value.column, names)
    raise QueryError(f"unknown {name} {_cut(text)!r}", value.column, _instead(name, kind, text, names))


def _instead(name: str, kind: str | None, text: str, names: Names) -> str:
    """Return what may be meant by a name that nothing of the kind has."""
    if name != "vendor" and names.vendors(text):
        return f"it is a vendor: vendor:{_cut(text)}"
    other = next((one for one in names.kinds() if one != kind and names.resolve(one, text)), None) if kind else None
    if other is not None:
        return f"it is a {other}: {other}:{_cut(text)}"
    close = names.suggestions(kind, text)
    proposed = " or ".join(f'{name}:"{one}"' if " " in one else f"{name}:{one}" for one in close)
    return f"did you mean {proposed}?" if close else "no tracked name is like it"


def _kind(value: Value, names: Names) -> str:
    kind = kind_of(value.text)
    if kind not in names.kinds():
        raise _unknown_kind(value.text, value.column, names)
    return kind


def _unknown_kind(written: str, column: int, names: Names) -> QueryError:
    return QueryError(f"unknown kind {_cut(written)!r}", column, f"known: {', '.join(names.kinds())}")


def _stage(value: Value) -> str:
    stage = stage_of(value.text)
    if stage is None:
        raise QueryError(f"unknown stage {_cut(value.text)!r}", value.column, f"known: {', '.join(STAGES)}")
    return stage


def _source(value: Value, reader: Reader) -> Node:
    glob = _glob(value)
    return Source(glob, reader.names.sources(glob), column=value.column, written=f"source:{value.text}")


def _group(value: Value, _reader: Reader) -> Node:
    return Group(_glob(value), column=value.column, written=f"group:{value.text}")


def _glob(value: Value) -> str:
    if not value.text.strip():
        raise QueryError("expected a name between the quotes", value.column)
    return fold(value.text.strip())


def _author(value: Value, _reader: Reader) -> Node:
    key = name_key(value.text)
    if not any(char.isalnum() for char in key):
        raise QueryError("expected an author's name", value.column)
    return Author(key, column=value.column, written=f"author:{value.text}")


def _language(value: Value, _reader: Reader) -> Node:
    tag = language_of(value.text)
    if tag is None:
        hint = "write zh, en, zh-hans (Simplified) or zh-hant (Traditional)"
        raise QueryError(f"expected a language, found {_cut(value.text)!r}", value.column, hint)
    return Language(tag, column=value.column, written=f"lang:{value.text}")


def _seen(name: str) -> Callable[[Value, Reader], Node]:
    def read(value: Value, reader: Reader) -> Node:
        moment = moment_of(value.text, now=reader.now, zone=reader.zone)
        if moment is None:
            hint = "write 2026-11-01, 2026-11, 2026年11月1日, or 7d, 12h for so long ago"
            raise QueryError(f"expected a date or a duration, found {_cut(value.text)!r}", value.column, hint)
        return Seen(moment, name == "after", column=value.column, written=f"{name}:{value.text}")

    return read


def _within(name: str, kind: type[Seen | Dated]) -> Callable[[Value, Reader], Node]:
    def read(value: Value, reader: Reader) -> Node:
        period = period_of(value.text, now=reader.now, zone=reader.zone)
        if period is None or (period.start is None and period.stop is None):
            hint = "write 2026-11-20, 2026-11, 7d, >=2026-11-01, <2026-11, or 2026-11-01..2026-11-07"
            raise QueryError(f"expected a date or a period, found {_cut(value.text)!r}", value.column, hint)
        if period.is_empty():
            raise QueryError(
                "expected a period that begins before it ends", value.column, "write the earlier one first"
            )
        written = f"{name}:{value.text}"
        ends = ((period.start, True), (period.stop, False))
        return all_of(
            kind(end, is_after, column=value.column, written=written) for end, is_after in ends if end is not None
        )

    return read


_PLAIN: dict[str, Callable[[Value, Reader], Node]] = {
    "source": _source,
    "group": _group,
    "author": _author,
    "lang": _language,
    "after": _seen("after"),
    "before": _seen("before"),
    "seen": _within("seen", Seen),
    "published": _within("published", Dated),
}


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."
