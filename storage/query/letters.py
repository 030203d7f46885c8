"""The form of a text in which words and phrases are looked for, and the tokens of the index over it.

Folded (``storage.fold``); a run of spaces, hyphens and dots within names (DALL·E) is one space between two words of an
alphabet, and nothing before a digit behind a letter and beside a character that stands alone; a sign of names and
amounts (``is_sign``) stays; any other run of signs, and the end of a line, is one mark that no word holds. So ``GPT-4``
is ``GPT 4`` and ``GPT4``, 用 GPT 写 is 用GPT写, ``C++`` is not ``C#``, and no phrase reaches over a comma.

Tokens are what this form is made of: a character of Han, kana or Hangul (and of all scripts that write no spaces), a
word of an alphabet, a number with the letters behind it (``4o``), a sign, a mark. So ``Qwen`` is in ``Qwen3``, while
``GPT-4`` is not in ``GPT-4o``. A phrase stands in a text where its tokens stand there side by side, which is where its
form stands in the form of the text and begins and ends at the edge of a word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from storage.fold import fold

__all__ = [
    "LEAST_STEM",
    "LONGEST_WORD",
    "MARK",
    "OPEN",
    "SIGNS",
    "Form",
    "is_alphabetic",
    "is_inside_word",
    "is_sign",
    "letters_of",
    "may_go_on",
    "occurrences",
    "place",
    "starts_of_tokens",
    "stem_of",
    "tokens_of",
]

MARK = "\x1f"
"""What stands for punctuation and ends of lines."""
OPEN = "\x1e"
"""Ends a phrase whose last word may go on (``chatbot*``); no form of a text holds it."""
LONGEST_WORD = 40
"""Letters of a word as it is in the index, which has a hash of a longer one: of that no beginning is found."""
LEAST_STEM = 2
"""Letters of a word that may go on; with fewer, an index would have to join the articles of too many words."""
SIGNS = "+#&@%*$"
"""The signs of ASCII that tell names and amounts apart: C++ and C#, R&D, 50%, Q*. Money of all kinds joins them."""

_SHAPING = (0x200C, 0x200D, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))  # how a character looks, not what it is
_JOINING = frozenset(" \t\u00a0\u2009\u202f\u3000-_\u00b7\u2027\u22c5\u30fb") | frozenset(map(chr, _SHAPING))
_OTHERS = r"\W\u0590-\u1dff\u2000-\U0010ffff"  # what joins no neighbour to a word: see ``is_alphabetic``
_TOKEN = re.compile(rf"[0-9]*[^{_OTHERS}0-9]+|[0-9]+|[^ ]")
_LOOSE = re.compile(rf" (?:(?<![^{_OTHERS}] )|(?![^{_OTHERS}])|(?<![0-9] )(?=[0-9]))")
_DIGITS = frozenset("0123456789")
_RUN = re.compile(r"[ \x1f]{2,}| ")  # of a single mark, as most are, nothing is left out
_BASIC_PLANE = 0x10000  # as in ``storage.fold``: one hostile page can hold all of Unicode


class _ShapeTable(dict[int, int]):
    """Code point to its folded self where that is a letter, digit or sign, else to a space (what joins) or a mark."""

    def __missing__(self, code: int) -> int:
        folded = fold(chr(code))
        is_kept = folded.isalnum() or is_sign(folded)
        shape = ord(folded if is_kept else " " if folded in _JOINING else MARK)
        if code < _BASIC_PLANE:
            self[code] = shape
        return shape


@cache
def _shapes() -> _ShapeTable:
    return _ShapeTable()


class Form:
    """The form of a text, which knows where its letters stand in the text."""

    __slots__ = ("_joints", "_shape", "_text", "letters")

    def __init__(self, text: str) -> None:
        self._text = text
        self._shape = text.translate(_shapes())
        self._joints: tuple[list[int], list[int]] | None = None
        self.letters = _joined(self._shape)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``letters[start:end]``, which is not empty, stands in the text, without spaces around it."""
        first, last = self._at(start), self._at(end) if self.letters[end - 1] == MARK else self._at(end - 1) + 1
        while first < last - 1 and self._text[last - 1].isspace():
            last -= 1
        while first < last - 1 and self._text[first].isspace():
            first += 1
        return first, last

    def _at(self, position: int) -> int:
        """Return where a letter stands in the text; for a mark, where its signs begin."""
        if self._joints is None:
            self._joints = _joints(self._shape)
        behind, shifts = self._joints
        return position + shifts[bisect_right(behind, position)]


def is_alphabetic(char: str) -> bool:
    """Tell whether a character joins its neighbours to a word: Latin, Greek and Cyrillic letters, digits."""
    return char.isalnum() and (char < "\u0590" or "\u1e00" <= char <= "\u1fff")


def is_sign(char: str) -> bool:
    """Tell whether a folded character is a sign that stays: those of ``SIGNS``, and the sign of a currency."""
    return char in SIGNS or unicodedata.category(char) == "Sc"


def letters_of(text: str) -> str:
    """Return the form of ``text`` in which phrases are looked for; it may be shorter."""
    return _joined(text.translate(_shapes()))


def tokens_of(letters: str) -> list[str]:
    """Return the tokens of a form that ``letters_of`` gave, in order."""
    return _TOKEN.findall(letters)


def starts_of_tokens(letters: str) -> list[int]:
    """Return where the tokens of a form begin, in order."""
    return [found.start() for found in _TOKEN.finditer(letters)]


def is_inside_word(letters: str, at: int) -> bool:
    """Tell whether the letters before and at a place belong to one word: not where a digit follows a letter."""
    if not 0 < at < len(letters) or not (is_alphabetic(letters[at - 1]) and is_alphabetic(letters[at])):
        return False
    return letters[at] not in _DIGITS or letters[at - 1] in _DIGITS


def stem_of(phrase: str) -> str:
    """Return a phrase without the sign that its last word may go on."""
    return phrase.removesuffix(OPEN)


def may_go_on(phrase: str) -> bool:
    """Tell whether the last word of a phrase can be looked for with more letters behind it."""
    return is_alphabetic(phrase[-1]) and LEAST_STEM <= len(tokens_of(phrase)[-1]) <= LONGEST_WORD


def occurrences(letters: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Yield where a phrase (a form that is not empty) stands in the form of a text: start and end, in order.

    Of one whose last word may go on it is the end of that word.
    """
    stem = stem_of(phrase)
    may_be_part = is_alphabetic(stem[0]) or is_alphabetic(stem[-1])
    at = letters.find(stem)
    while at >= 0:
        if not may_be_part:
            yield at, at + len(stem)
        elif found := place(letters, phrase, at):
            yield found
        at = letters.find(stem, at + 1)


def place(letters: str, phrase: str, at: int) -> tuple[int, int] | None:
    """Return where a phrase stands whose letters stand at a place; None where it begins or ends within a word."""
    stem = stem_of(phrase)
    end = at + len(stem)
    if is_inside_word(letters, at):
        return None
    if stem == phrase:
        return None if is_inside_word(letters, end) else (at, end)
    begin, end = _word_at(letters, end - 1)
    return (at, end) if end - begin <= LONGEST_WORD else None


def _word_at(letters: str, at: int) -> tuple[int, int]:
    """Return where the word begins and ends that the letter at a place belongs to."""
    begin, end = at, at + 1
    while is_inside_word(letters, begin):
        begin -= 1
    while is_inside_word(letters, end):
        end += 1
    return begin, end


def _joined(shape: str) -> str:
    """Return a shape with each run of signs as one mark, one space or nothing."""
    pieces = [piece.strip(" ") for piece in shape.split(MARK)]
    letters = MARK.join(filter(None, pieces))
    if len(pieces) > 1:
        before, behind = "" if pieces[0] else MARK, "" if pieces[-1] else MARK
        letters = before + letters + behind if letters else MARK
    if " " not in letters:
        return letters
    while "  " in letters:
        letters = letters.replace("  ", " ")
    return _LOOSE.sub("", letters)


def _joints(shape: str) -> tuple[list[int], list[int]]:
    """Return where in the form the text goes on behind each run of signs of which some are left out, and how far it
    then lies ahead of the form.

    The second list begins with 0, for what stands before all signs.
    """
    behind: list[int] = []
    shifts = [0]
    for run in _RUN.finditer(shape):
        start, end = run.span()
        kept = 1 if MARK in run[0] or (start and is_inside_word(shape[start - 1] + shape[end : end + 1], 1)) else 0
        if end - start > kept:
            behind.append(start - shifts[-1] + kept)
            shifts.append(shifts[-1] + end - start - kept)
    return behind, shifts
