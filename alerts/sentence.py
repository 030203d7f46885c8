"""The sentence of a text that shows best why a rule speaks of it.

Pure; where sentences and clauses end says ``alerts.sentence_ends``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alerts.clusters import border
from alerts.plain import line
from alerts.sentence_ends import clause_ends, sentence_ends
from storage.records import Span

__all__ = ["Excerpt", "between_sentences", "clean_piece", "is_latin", "key_sentence"]

_REACHES = (80, 300, 2_000)  # code points looked at on each side of the mention; the farther ones where none ends there
_CJK_LIMIT, _LATIN_LIMIT = 120, 240
_EARLY = 0.75  # of the limit within which a mention ends that is shown with the beginning of its sentence
_CJK = "\u2e80"  # the first character that is written without spaces between words
_LONGEST_WORD = 40  # letters; longer ones are cut


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

    A longer sentence is cut at the borders of clauses, a long clause between words, with an ellipsis where it was cut.
    """
    if not text.strip():
        return None
    if span is None or span.field != "text":
        at = end = len(text) - len(text.lstrip())
    else:
        at, end = span.start, span.end
    left, right = _sentence(text, at, end)
    limit = _LATIN_LIMIT if is_latin(text[left:right]) else _CJK_LIMIT
    start, stop = _fit(text, at, end, left, right, limit - 2)  # two places are for ellipses
    return _excerpt(text, at, end, start, stop, cut=(start > left, stop < right))


def _sentence(text: str, at: int, end: int) -> tuple[int, int]:
    """Return the sentence that holds the mention, without outer spaces, or what lies within the farthest reach."""
    for reach in _REACHES:
        low, high = max(0, at - reach), min(len(text), end + reach)
        left, right = _between(sentence_ends(text, low, high), at, end)
        if (left is not None or low == 0) and (right is not None or high == len(text)):
            break
    return _trimmed(text, at, end, low if left is None else left, high if right is None else right)


def between_sentences(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence ends between two places."""
    return any(sentence_ends(text, start, end))


def is_latin(text: str) -> bool:
    """Tell whether most of a text is in letters narrower than those of Chinese, which say less each."""
    further = len(text.encode("utf-8", "replace")) - len(text)  # two bytes more for each letter of Chinese
    return further * 2 < len(text)


def _between(ends: Iterable[int], at: int, end: int) -> tuple[int | None, int | None]:
    """Return the last end before a mention and the first one behind it; None where there is none."""
    left = None
    for one in ends:
        if one <= at:
            left = one
        if one >= max(end, at + 1):
            return left, one
    return left, None


def _trimmed(text: str, at: int, end: int, left: int, right: int) -> tuple[int, int]:
    """Return a piece of text round a mention without outer spaces."""
    piece = text[left:right]
    left += min(len(piece) - len(piece.lstrip()), at - left)
    return left, max(end, right - (len(piece) - len(piece.rstrip())))


def _fit(text: str, at: int, end: int, left: int, right: int, limit: int) -> tuple[int, int]:
    """Return a run of clauses round the mention that the limit allows.

    From the beginning of the sentence, which says who does it, if the clause of the mention ends in time; else from
    that clause on, with what there is room for before it. Of a clause that is too long it is a run of words.
    """
    if right - left <= limit:
        return left, right
    borders = [*clause_ends(text, left, right), right]
    if stop := max((b for b in borders if end <= b <= left + limit), default=0):
        return left, stop
    start, stop = _trimmed(text, at, end, *(left if a is None else a for a in _between(borders, at, end)))
    if stop - start > limit:
        return _run_of_words(text, at, end, left if end - left <= limit * _EARLY else start, stop, limit)
    stop = max((b for b in borders if stop <= b <= start + limit), default=stop)
    return min((b for b in [left, *borders] if stop - limit <= b <= start), default=start), stop


def _run_of_words(text: str, at: int, end: int, start: int, stop: int, limit: int) -> tuple[int, int]:
    """Return what fits of a piece of text round a mention, cut between words."""
    if end - start > limit * _EARLY:
        start = max(start, min(at - limit // 4, stop - limit))
        start = next((one for one in range(start, min(at, start + _LONGEST_WORD)) if _is_gap(text, one)), start)
    if stop - start <= limit:
        return start, stop
    stop = start + limit
    return start, next((one for one in range(stop, max(end, stop - _LONGEST_WORD), -1) if _is_gap(text, one)), stop)


def _is_gap(text: str, at: int) -> bool:
    """Say whether a text may be cut at a place: not within a word in letters, a number, or a character."""
    is_in_word = all(char < _CJK and not char.isspace() for char in text[at - 1 : at + 1])
    return not is_in_word and border(text, at) == at


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
