"""A text as tokens: a Han character, a Latin word with the digits joined to it, a number, a sentence known to be equal.

Each token is one character of a string, so that the machinery of strings finds what is equal; numbers are all one
character. Script and width are folded, case is kept aside.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, compress

from storage.fold import to_simplified

__all__ = ["Tokens", "is_han", "shared_sentences", "tokens"]

_HAN_RUN = 4  # tokens that must be equal for two stretches to be laid side by side: Han characters, or Latin words
_LATIN_RUN = 3
# Rare Han characters stand for Latin words: unlike private code points they are letters to the machinery of strings.
_CODES = "".join(filter(str.isalnum, map(chr, range(0x2B820, 0x2EBE1))))
_RARE = re.compile(f"[{_CODES[0]}-{_CODES[-1]}]")
_ANY_RARE = "\U00020000"  # stands for what rare characters a text has itself
_HAN = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
# A number; or a Latin word with the digits joined to it (GPT-4o, Qwen2.5, H20); Han characters stand for themselves.
_WORD = re.compile(
    rf"\d+(?:[.,]\d+)*|(?:(?![{_HAN}\d_])\w)+(?:['’](?:s|t|re|ve|ll|d|m)\b)?(?:[-‑–]?\d[\dA-Za-z]*(?:\.\d[\dA-Za-z]*)*)*"
)
_WITHIN = ("", "-", "‑", "–", "'", "’")  # names: al-Sayed, O'Brien
_CODED = re.compile(f"[0{_CODES[0]}-{_CODES[-1]}]")
_SENTENCE = re.compile(r"(?<=[。！？!?])|(?<=[.!?]\s)")


@dataclass(frozen=True)
class Tokens:
    """A text as tokens: ``coded`` has one character a token, ``masked`` the same with the punctuation between.

    ``words`` are the surfaces of the Latin words and numbers, by their offsets in ``masked``; ``at`` are the offsets of
    the tokens in ``masked``. ``wholes`` are the tokens that stand for whole sentences, with the tokens these have.
    """

    coded: str
    masked: str
    words: dict[int, str]
    at: tuple[int, ...]
    run: int
    wholes: tuple[tuple[int, int], ...] = ()

    @cached_property
    def _longer(self) -> tuple[list[int], list[int]]:
        """Return the tokens that stand for sentences, and how many more tokens up to each, and all, these have."""
        return [at for at, _ in self.wholes], [*accumulate((length - 1 for _, length in self.wholes), initial=0)]

    def share(self, token: int) -> float:
        """Return how far in a token stands, 0-1."""
        starts, longer = self._longer
        whole = len(self.at) + longer[-1]
        return (token + longer[bisect_left(starts, token)]) / whole if whole else 0.0

    def surface(self, start: int, end: int) -> str:
        """Return tokens ``start`` to ``end`` as they are written, without punctuation between Han characters."""
        shown: list[str] = []
        for token in range(start, end):
            word = self.words.get(self.at[token])
            shown.append(self.coded[token] if word is None else f"{self._gap(token) if shown else ''}{word}")
        return "".join(shown)

    def _gap(self, token: int) -> str:
        """Return what parts a Latin word or number from the token before: nothing, a mark within names, or a space."""
        gap = self.masked[self.at[token - 1] + 1 : self.at[token]]
        return gap if gap in _WITHIN else " "

    def between(self, start: int, end: int) -> str:
        """Return the masked text from token ``start`` up to token ``end``, with what stands after the last."""
        first = self.at[start] if start < len(self.at) else len(self.masked)
        return self.masked[first : self.at[end] if end < len(self.at) else len(self.masked)]

    def before(self, token: int, length: int) -> str:
        """Return up to ``length`` characters of the masked text before a token."""
        at = self.at[token] if token < len(self.at) else len(self.masked)
        return self.masked[max(0, at - length) : at]

    def behind(self, token: int, length: int) -> str:
        """Return up to ``length`` characters of the masked text behind the token before ``token``."""
        at = self.at[token - 1] + 1 if token else 0
        return self.masked[at : at + length]


def tokens(text: str, codes: dict[str, str], known: Collection[str] = ()) -> Tokens:
    """Return ``text`` as tokens; ``codes`` maps words to their characters and grows: share it between two texts.

    Sentences in ``known`` are one token each: those that both texts hold need no look inside.
    """
    masked, surfaces, lengths = _masked(text, codes, known)
    are_tokens = [*map(str.isalnum, masked)]
    coded = "".join(compress(masked, are_tokens))
    at = tuple(compress(range(len(masked)), are_tokens))
    places = [found.start() for found in _CODED.finditer(masked)]
    shown = dict(zip(places, surfaces, strict=False))
    words = {place: surface for place, surface in shown.items() if surface is not None}
    width = _LATIN_RUN if 2 * len(words) > len(at) - len(lengths) else _HAN_RUN
    whole_at = [bisect_left(at, place) for place, surface in shown.items() if surface is None]
    return Tokens(coded, masked, words, at, width, tuple(zip(whole_at, lengths, strict=False)))


def shared_sentences(text_a: str, text_b: str) -> frozenset[str]:
    """Return the lines that stand in both texts equally often, letter for letter, and of the others such sentences."""
    lines_a, lines_b = Counter(text_a.split("\n")), Counter(text_b.split("\n"))
    lines = _equally_often(lines_a, lines_b)
    rest_a, rest_b = (
        Counter(sentence for line in each.elements() if line not in lines for sentence in _sentences(line))
        for each in (lines_a, lines_b)
    )
    return lines | _equally_often(rest_a, rest_b)


def _equally_often(a: Counter[str], b: Counter[str]) -> frozenset[str]:
    return frozenset(text for text, count in a.items() if text and b[text] == count)


def _sentences(line: str) -> list[str]:
    return _SENTENCE.split(line)


def _masked(text: str, codes: dict[str, str], known: Collection[str]) -> tuple[str, list[str | None], list[int]]:
    """Return the text with one character a token, the surfaces of words in order, and the lengths of known sentences.

    A known sentence has None for a surface, and stands in a line of its own.
    """
    surfaces: list[str | None] = []
    lengths: list[int] = []

    def code(word: re.Match[str]) -> str:
        surface = word[0]
        surfaces.append(surface)
        if surface[0].isdecimal():
            return "0"
        return codes.setdefault(surface.casefold(), _CODES[len(codes) % len(_CODES)])

    def masked(piece: str) -> str:
        if piece not in known:
            return _WORD.sub(code, _folded(piece))
        surfaces.append(None)
        lengths.append(len(piece))
        return codes.setdefault(f"\n{piece}", _CODES[len(codes) % len(_CODES)]) + "\n"

    lines = (masked(line) if line in known else "".join(map(masked, _sentences(line))) for line in text.split("\n"))
    return "\n".join(lines), surfaces, lengths


def _folded(text: str) -> str:
    plain = text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)
    return _RARE.sub(_ANY_RARE, to_simplified(plain))


def is_han(char: str) -> bool:
    """Tell whether a token is a Han character (or hangul), and no word."""
    return "\u3400" <= char < _CODES[0]
