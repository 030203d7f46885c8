"""The copy of a text that sketches and exact comparison use.

Knows which differences between two printings of one text mean nothing: width and compatibility forms, case,
Traditional and Simplified characters, spacing and punctuation. The copy keeps no map back to the original, so it
serves comparison only; matching names uses ``storage.fold``, which keeps offsets.
"""

from __future__ import annotations

import re
import unicodedata

from storage.fold import to_simplified

__all__ = ["NORMALIZER", "normalize", "prepare", "sentences", "shingle_size", "split_sentences", "squeeze"]

NORMALIZER = "norm1"  # part of every sketch version: change it with anything below

# Shingle sizes: English 5-grams of unrelated articles overlap by Jaccard .04 (max .07), 9-grams by .01 at most.
_CJK_SHINGLE = 5
_LATIN_SHINGLE = 9
# A shorter sentence is too often a phrase that unrelated articles share.
_CJK_SENTENCE = 10
_LATIN_SENTENCE = 40

_NOT_WORD = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"[。！？!?;；\n]+|\.(?=\s)")
# Runs of kana, Han (with extension A and the compatibility block), Hangul and the supplementary Han planes.
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")


class _Folded(dict[int, str]):
    """Code point to its folded form, filled as code points are met, up to a bound.

    One look-up a character costs a third of NFKC, casefold and t2s over the whole text; what composes across
    characters is left to ``prepare``.
    """

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.category(character) in _UNASSIGNED:  # they mean nothing, and there are a million
            return character
        folded = _fold(character)
        while (again := _fold(folded)) != folded:  # some Traditional characters take two steps
            folded = again
        if len(self) < _MOST_KEPT:
            self[code] = folded
        return folded


def _fold(text: str) -> str:
    folded = to_simplified(unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFKC", folded)


_UNASSIGNED = frozenset({"Cn", "Co", "Cs"})
_MOST_KEPT = 65_536  # characters: no honest text needs more, and all of Unicode would take 100 MB
_FOLDED = _Folded()
_ROUNDS = 4  # marks that compose with what stood before them need one more; no text was found that needs three


def normalize(text: str) -> str:
    """Return the letters and digits of ``text``: NFKC, casefolded, Simplified, without anything else.

    Idempotent: normalising the result again changes nothing.
    """
    return squeeze(prepare(text))


def prepare(text: str) -> str:
    """Return ``text`` in NFKC, casefolded and Simplified, with its punctuation and spacing still there."""
    prepared = text.translate(_FOLDED)
    for _ in range(_ROUNDS):
        if unicodedata.is_normalized("NFKC", prepared):
            break
        prepared = unicodedata.normalize("NFKC", prepared).translate(_FOLDED)
    return prepared


def squeeze(prepared: str) -> str:
    """Return what is left of ``prepared`` when all but letters and digits is taken out."""
    squeezed = _strip(prepared)
    # Letters that the removal brings together may compose (Hangul jamo).
    return squeezed if unicodedata.is_normalized("NFKC", squeezed) else _strip(prepare(squeezed))


def sentences(text: str) -> tuple[str, ...]:
    """Return the normalised sentences of ``text`` that are long enough to say something, in order.

    Long enough is 10 characters in a text that is mostly Han, kana or Hangul, and 40 in any other.
    """
    prepared = prepare(text)
    return split_sentences(prepared, shingle_size(prepared))


def split_sentences(prepared: str, size: int) -> tuple[str, ...]:
    """Return the normalised sentences of a prepared text whose shingles have ``size`` characters."""
    least = _CJK_SENTENCE if size == _CJK_SHINGLE else _LATIN_SENTENCE
    return tuple(s for s in map(_strip, _SENTENCE_END.split(prepared)) if len(s) >= least)


def shingle_size(text: str) -> int:
    """Return how many characters a shingle of ``text`` has: 5 if it is mostly Han, kana or Hangul, else 9."""
    letters = len(_strip(text))
    is_cjk = 2 * sum(map(len, _CJK.findall(text))) >= letters > 0
    return _CJK_SHINGLE if is_cjk else _LATIN_SHINGLE


def _strip(prepared: str) -> str:
    return _NOT_WORD.sub("", prepared)
