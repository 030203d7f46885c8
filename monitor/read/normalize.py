"""The copy of a text that sketches and exact comparison use.

Knows which differences between two printings of one text mean nothing: width and compatibility forms, case,
Traditional and Simplified characters, the wording of Taiwan and Hong Kong, spacing and punctuation. The copy keeps no
map back to the original, so it serves comparison only; matching names uses ``storage.fold``, which keeps offsets.
"""

from __future__ import annotations

import re
import unicodedata

from monitor.read.characters import fold_characters, keep_words
from monitor.read.regional import fold_wording

__all__ = [
    "MEASURED",
    "NORMALIZER",
    "fold_wording",
    "normalize",
    "prepare",
    "sentences",
    "shingle_size",
    "split",
    "squeeze",
]

NORMALIZER = "norm2"  # part of every sketch version: change it with anything below
MEASURED = 100_000
"""Characters of a text that are sketched and compared: a page may hold millions. Articles have a fifth."""

# Shingle sizes: English 5-grams of unrelated articles overlap by Jaccard .04 (max .07), 9-grams by .01 at most.
_CJK_SHINGLE = 5
_LATIN_SHINGLE = 9
# A shorter sentence is too often a phrase that unrelated articles share: 10 Han characters or 40 Latin letters.
_SENTENCE = 40
_CJK_WEIGHT = 4

# Runs of kana, Han (with extension A and the compatibility block), Hangul and the supplementary Han planes.
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")
_SAYS_ENOUGH = re.compile(f"{_CJK.pattern.removesuffix('+')}{{{_SENTENCE // _CJK_WEIGHT}}}")
_DIGITS = re.compile(r"\d+")

_ROUNDS = 4  # marks that compose with what stood before them need one more; no text was found that needs three
# Sorting a run of marks takes the square of its length: 12 s for 100,000. Unicode's stream-safe form has 30.
_MARKS = 30
_MANY_MARKS = re.compile(rf"[^\w\s]{{{_MARKS + 1},}}")


def normalize(text: str) -> str:
    """Return the letters and digits of ``text``: NFKC, casefolded, Simplified, mainland words, without anything else.

    Idempotent: normalising the result again changes nothing.
    """
    return squeeze(prepare(text))


def prepare(text: str) -> str:
    """Return ``text`` in NFKC, casefolded, Simplified and in mainland words, with its punctuation and spacing."""
    return fold_wording(_prepare_characters(text))


def squeeze(prepared: str) -> str:
    """Return what is left of ``prepared`` when all but letters and digits is taken out."""
    return _settle(keep_words(prepared).replace("\n", ""))


def split(prepared: str) -> tuple[str, tuple[str, ...]]:
    """Return what ``squeeze`` returns, and the squeezed sentences that are long enough to say something, in order.

    Long enough is 10 characters of Han, kana or Hangul, or 40 others, or as much of both.
    """
    kept = keep_words(prepared)
    return _settle(kept.replace("\n", "")), tuple(filter(_says_something, kept.split("\n")))


def sentences(text: str) -> tuple[str, ...]:
    """Return the normalised sentences of ``text`` that are long enough to say something, in order."""
    return split(prepare(text))[1]


def shingle_size(squeezed: str) -> int:
    """Return how many characters a shingle of a text has: 5 if it is mostly Han, kana or Hangul, else 9.

    Digits count for neither. Sketches ask this of each shingle; what asks it of a whole text allows for two copies
    that answer differently.
    """
    letters, cjk = len(squeezed), 0
    for run in _CJK.finditer(squeezed):
        cjk += run.end() - run.start()
        if 2 * cjk >= letters:
            return _CJK_SHINGLE
    if cjk:
        letters -= sum(map(len, _DIGITS.findall(squeezed)))
    return _CJK_SHINGLE if 2 * cjk >= letters and cjk else _LATIN_SHINGLE


def _prepare_characters(text: str) -> str:
    prepared = fold_characters(text)
    for _ in range(_ROUNDS):
        if unicodedata.is_normalized("NFKC", prepared):
            break
        prepared = fold_characters(unicodedata.normalize("NFKC", _with_few_marks(prepared)))
    return prepared


def _settle(squeezed: str) -> str:
    """Fold what the removal of punctuation brought together: jamo that compose, a word broken by the end of a line."""
    if not unicodedata.is_normalized("NFKC", squeezed):
        squeezed = keep_words(_prepare_characters(squeezed)).replace("\n", "")
    return fold_wording(squeezed)


def _says_something(sentence: str) -> bool:
    length = len(sentence)
    if length >= _SENTENCE or _CJK_WEIGHT * length < _SENTENCE:
        return length >= _SENTENCE
    if _SAYS_ENOUGH.search(sentence):  # a shortcut: most do
        return True
    return length + (_CJK_WEIGHT - 1) * sum(map(len, _CJK.findall(sentence))) >= _SENTENCE


def _with_few_marks(text: str) -> str:
    return _MANY_MARKS.sub(lambda found: _first_marks(found[0]), text)


def _first_marks(run: str) -> str:
    """Return a run of signs and marks without the marks after the first thirty."""
    marks = 0
    kept = []
    for character in run:
        marks += unicodedata.combining(character) > 0
        if marks <= _MARKS or not unicodedata.combining(character):
            kept.append(character)
    return "".join(kept)
