"""Texts and spellings without what writers put inside a name: spaces, hyphens, dots, quotes, book marks, pinyin.

A name is searched in the squeezed text; what was left out between its characters is then judged by the rules of
``gap_fits``. Offsets lead back to the text, which folding left as long as it was.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, compress, pairwise

from storage.fold import fold

__all__ = ["HAN", "Squeezed", "gap_fits", "is_han", "is_latin", "squeeze", "squeeze_folded"]

HAN = "\u3400-\u9fff\U00020000-\U0003134f"
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_SYLLABLE = r"[a-z\u00e0-\u01dc]{1,6}"
_INSIDE = rf"{_SYLLABLE}(?: {_SYLLABLE}){{0,3}}"
_PINYIN = rf"\({_INSIDE}\)"  # copying sites put it in
_MARKS = rf"[\s\-_·•・‧∙\"'《》〈〉{_INVISIBLE}]"
_SKIPPED = re.compile(rf"({_MARKS}{_MARKS}*)")  # not +: the search passes over other letters where a class comes first
_READ_OUT = re.compile(rf"\((?<=[{HAN}]\(){_INSIDE}\)(?=[{HAN}])")
_SKIPPED_TOO = re.compile(rf"({_MARKS}+|(?<=[{HAN}]){_PINYIN}(?=[{HAN}]))")
_FREE = re.compile(rf"[{_INVISIBLE}]|{_PINYIN}")
_SPACED = re.compile(r"[ \-_·•・‧∙]")
_BROKEN = re.compile(r"[ \u3000\t]*\r?\n[ \u3000\t]*|[ \-·•・‧∙\"'《》〈〉]")
_DECORATED = re.compile(r" ?[\"'《》〈〉]? ?|\s")
_SEPARATED = re.compile(r"[\s\-_·•・‧∙\"'《》〈〉]{1,3}")
_MIN_BROKEN = 3  # two Han characters with something between are two words


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A folded text, and the same without what may stand inside names.

    ``letters`` is folded with its case, ``text`` is ``letters`` squeezed and case-folded. ``starts`` are the offsets
    of the kept pieces in ``text``, ``origins`` their offsets in ``letters``.
    """

    letters: str
    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, offset: int) -> int:
        """Return where the character at ``offset`` of the squeezed text stands in the folded text."""
        piece = bisect_right(self.starts, offset) - 1
        return self.origins[piece] + offset - self.starts[piece]

    def kept_before(self, at: int) -> int:
        """Return how many of the characters before ``at`` of the folded text are kept: an offset in ``text``."""
        piece = bisect_right(self.origins, at) - 1
        if piece < 0:
            return 0
        stop = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        return min(self.starts[piece] + at - self.origins[piece], stop)

    def gaps(self, start: int, end: int) -> list[tuple[int, str]]:
        """Return what was left out inside ``text[start:end]``: offsets from ``start``, and the characters."""
        first, last = bisect_right(self.starts, start), bisect_right(self.starts, end - 1)
        return [(self.starts[piece] - start, self._left_out_before(piece)) for piece in range(first, last)]

    def seen(self, start: int, end: int) -> str:
        """Return ``text[start:end]`` with its case."""
        first, last = bisect_right(self.starts, start), bisect_right(self.starts, end - 1)
        cuts = [start, *self.starts[first:last], end]
        pieces = ((self.origin(cut), stop - cut) for cut, stop in pairwise(cuts))
        return "".join([self.letters[at : at + size] for at, size in pieces])

    def _left_out_before(self, piece: int) -> str:
        kept = self.starts[piece] - self.starts[piece - 1]
        return self.letters[self.origins[piece - 1] + kept : self.origins[piece]]


def squeeze(text: str) -> Squeezed:
    """Return ``text`` folded and squeezed, with the way back."""
    return squeeze_folded(fold(text, keep_case=True))


def squeeze_folded(letters: str) -> Squeezed:
    """Return a text that is folded with its case squeezed, with the way back."""
    skipped = _SKIPPED_TOO if _READ_OUT.search(letters) else _SKIPPED
    parts = skipped.split(letters)  # pieces, and what is left out between them
    lengths = list(map(len, parts))
    origins = [0, *accumulate(lengths)][:-1:2]
    starts = [0, *accumulate(lengths[::2])][:-1]
    joined = "".join(parts[::2])
    lowered = joined.casefold()
    if len(lowered) != len(joined):
        folded = fold(letters)
        lowered = "".join([folded[at : at + size] for at, size in zip(origins, lengths[::2], strict=True)])
    if not all(lengths[::2]):  # the text begins or ends with what is left out
        starts, origins = list(compress(starts, lengths[::2])), list(compress(origins, lengths[::2]))
    return Squeezed(letters, lowered, tuple(starts), tuple(origins))


def is_han(char: str) -> bool:
    """Say whether ``char`` is one Han character."""
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003134f"


def is_latin(char: str) -> bool:
    """Say whether ``char`` is a letter of an alphabet written in words (Latin, Greek, Cyrillic)."""
    return char.isalpha() and char < "\u0530"


def gap_fits(name: str, at: int, left_out: str, *, separated: bool) -> bool:
    """Say whether ``left_out`` may stand inside ``name`` (squeezed, case kept) before its character ``at``.

    ``separated``: the name itself is written with a separator there.
    """
    rest = _FREE.sub("", left_out)
    if not rest or (separated and _SEPARATED.fullmatch(rest)):
        return True
    before, after = name[at - 1], name[at]
    if is_han(before) and is_han(after):
        return len(name) >= _MIN_BROKEN and _BROKEN.fullmatch(rest) is not None
    if is_han(before) or is_han(after):
        return _DECORATED.fullmatch(rest) is not None
    if is_latin(before) and is_latin(after):
        return before.islower() and after.isupper() and _SPACED.fullmatch(rest) is not None
    if before.isdigit() and after.isdigit():
        return False
    return _SPACED.fullmatch(rest) is not None
