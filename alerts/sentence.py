"""The sentence of a text that shows best why a rule speaks of it.

Pure; knows the marks that end sentences and clauses in Chinese and English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from alerts.plain import line
from storage.records import Span

__all__ = ["Excerpt", "between_sentences", "clean_piece", "is_latin", "key_sentence"]

_REACHES = (80, 300, 2_000)  # code points looked at on each side of the mention; the farther ones where none ends there
_CJK_LIMIT, _LATIN_LIMIT = 120, 240
_SENTENCE_END = re.compile(r"""[。！？!?…\n]+["'”’」』）)]*|\.["'”’)]*(?=\s|$)""")
_CLAUSE_END = re.compile(r"[，、；：,;:](?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A piece of text around a mention; ``mention`` is empty where the text holds none."""

    before: str
    mention: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.mention}{self.after}"


def key_sentence(text: str, span: Span | None) -> Excerpt | None:
    """Return the sentence that holds the span, or the first one; at most 120 characters (Latin script: 240).

    A longer sentence is cut at the borders of clauses, with an ellipsis where it was cut.
    """
    if not text.strip():
        return None
    if span is None or span.field != "text":
        at = end = len(text) - len(text.lstrip())
    else:
        at, end = span.start, span.end
    window, at, end, left, right = _sentence(text, at, end)
    limit = _LATIN_LIMIT if is_latin(window[left:right]) else _CJK_LIMIT
    start, stop = _fit(window, at, end, left, right, limit - 2)  # two places are for ellipses
    return _excerpt(window, at, end, start, stop, cut=(start > left, stop < right))


def _sentence(text: str, at: int, end: int) -> tuple[str, int, int, int, int]:
    """Return a part of the text that holds the sentence, and in it the mention and the sentence."""
    for reach in _REACHES:
        origin = max(0, at - reach)
        window = text[origin : end + reach]
        here, there = at - origin, end - origin
        left, right = _between(_SENTENCE_END, window, here, there, 0, len(window))
        is_whole = (left > 0 or origin == 0) and (right < len(window) or end + reach >= len(text))
        if is_whole:
            break
    return window, here, there, left, right


def between_sentences(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence ends between two places."""
    return _SENTENCE_END.search(text, start, end) is not None


def is_latin(text: str) -> bool:
    """Tell whether most of a text is in letters narrower than those of Chinese, which say less each."""
    further = len(text.encode("utf-8", "replace")) - len(text)  # two bytes more for each letter of Chinese
    return further * 2 < len(text)


def _between(border: re.Pattern[str], text: str, at: int, end: int, low: int, high: int) -> tuple[int, int]:
    """Return the piece between two borders (ends of ``border``) that holds ``at`` to ``end``, without outer spaces."""
    left, right = low, high
    for found in border.finditer(text, low, high):
        if found.end() <= at:
            left = found.end()
        if found.end() >= max(end, at + 1):
            right = found.end()
            break
    piece = text[left:right]
    left += min(len(piece) - len(piece.lstrip()), at - left)
    return left, max(end, right - (len(piece) - len(piece.rstrip())))


def _fit(text: str, at: int, end: int, left: int, right: int, limit: int) -> tuple[int, int]:
    """Return the widest run of clauses round the mention that the limit allows; the right side grows first."""
    if right - left <= limit:
        return left, right
    start, stop = _between(_CLAUSE_END, text, at, end, left, right)
    if stop - start > limit:
        start = max(start, min(at - limit // 4, stop - limit))
        return start, min(stop, start + limit)
    borders = [found.end() for found in _CLAUSE_END.finditer(text, left, right)]
    stop = max((b for b in [*borders, right] if stop <= b <= start + limit), default=stop)
    start = min((b for b in [left, *borders] if stop - limit <= b <= start), default=start)
    return start, stop


def _excerpt(text: str, at: int, end: int, start: int, stop: int, *, cut: tuple[bool, bool]) -> Excerpt:
    at, end = max(at, start), min(max(end, start), stop)
    before, mention, after = (clean_piece(text[a:b]) for a, b in ((start, at), (at, end), (end, stop)))
    return Excerpt(
        before=("…" if cut[0] else "") + before.lstrip(),
        mention=mention,
        after=after.rstrip() + ("…" if cut[1] else ""),
    )


def clean_piece(text: str) -> str:
    """Return ``text`` on one line; a space at either end is kept."""
    if text.isprintable() and "  " not in text:
        return text
    inner = line(text, len(text) or 1)
    head = " " if text[:1].isspace() else ""
    return head + inner + (" " if inner and text[-1:].isspace() else "")
