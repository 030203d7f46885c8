"""Each character's folded form and kind: what a text loses of width, case, script, variants and punctuation.

Takes one character at a time: what composes across characters (jamo, accents) is left to ``normalize``. Tables of the
basic plane, filled as characters are met, are five times as fast as ``str.translate`` and regular expressions. They
are numpy's, and used where it is loaded already: in the workers, which sketch. The daemon compares a few texts now and
then, and has 0.15 ms for each sooner than 15 MB for numpy. The outcome is the same.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from monitor.read.regional import variants
from storage.fold import to_simplified

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["fold_characters", "keep_words"]

_UNASSIGNED = frozenset({"Cn", "Co", "Cs"})
_MOST_KEPT = 65_536  # characters: no honest text needs more, and all of Unicode would take 100 MB
_BASIC_PLANE = 0x10000
_SHORT = 200  # characters; below it a table costs more than it saves
_UNKNOWN = 0xFFFFFFFF
_SEVERAL = 0x80000000  # the character folds to several
_DROPPED = 0
_FEW = 16  # different characters that fold to several: … and its like


def fold_characters(text: str) -> str:
    """Return ``text`` with each character in NFKC, casefolded, Simplified, and of its variants the usual one."""
    folded = _fold_by_table(text) if _is_worth_a_table(text) else None
    return text.translate(_FOLDED) if folded is None else folded


def keep_words(text: str) -> str:
    """Return the letters and digits of ``text``, and a line feed where sentences end.

    They end with 。！？; and their like, with their line, and with a full stop before a space or after an ideograph.
    """
    return _keep_by_table(text) if _is_worth_a_table(text) else _keep_by_pattern(text)


class _Folded(dict[int, str]):
    """Code point to its folded form, filled as code points are met, up to a bound."""

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


_FOLDED = _Folded()
_SENTENCE_END = re.compile(r"[。！？!?;；\n]|\.(?=\s)|(?<=[\u2e80-\U0010ffff])\.(?!\.)")
_NOT_KEPT = re.compile(r"[^\w\n]+|_+")
_FULL_STOP = ord(".")
_LINE_FEED = ord("\n")


def _is_worth_a_table(text: str) -> bool:
    return len(text) >= _SHORT and "numpy" in sys.modules


def _fold(text: str) -> str:
    folded = to_simplified(unicodedata.normalize("NFKC", text).casefold()).translate(_variants())
    return unicodedata.normalize("NFKC", folded)


@cache
def _variants() -> dict[int, str]:
    return {ord(character): usual for character, usual in variants().items()}


def _fold_by_table(text: str) -> str | None:
    """Return what ``text.translate`` would, in a tenth of its time; None where only that can tell."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    if codes.max() >= _BASIC_PLANE:
        return None
    table = _table()
    folded = table[codes]
    if folded.max() == _UNKNOWN:
        _learn(table, np.unique(codes[folded == _UNKNOWN]).tolist())
        folded = table[codes]
    several: list[int] = np.unique(folded[folded >= _SEVERAL]).tolist() if folded.max() >= _SEVERAL else []
    if len(several) > _FEW:
        return None
    result: str = (folded & ~np.uint32(_SEVERAL)).tobytes().decode("utf-32-le", "surrogatepass")
    for marked in several:
        code = marked - _SEVERAL
        result = result.replace(chr(code), _FOLDED[code])
    return result


def _keep_by_pattern(text: str) -> str:
    return _NOT_KEPT.sub("", _SENTENCE_END.sub("\n", text))


def _keep_by_table(text: str) -> str:
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    if codes.max() >= _BASIC_PLANE:
        return _keep_by_pattern(text)
    table = _kept()
    kept = table[codes]
    if kept.max() == _UNKNOWN:
        for code in np.unique(codes[kept == _UNKNOWN]).tolist():
            table[code] = ord(_keep_by_pattern(chr(code)) or "\0")
        kept = table[codes]
    stops: list[int] = np.flatnonzero(codes == _FULL_STOP).tolist()
    kept[[stop for stop in stops if _SENTENCE_END.match(text, stop)]] = _LINE_FEED
    result: str = kept[kept != _DROPPED].tobytes().decode("utf-32-le", "surrogatepass")
    return result


@cache
def _kept() -> NDArray[np.uint32]:
    import numpy as np

    return np.full(_BASIC_PLANE, _UNKNOWN, "<u4")


@cache
def _table() -> NDArray[np.uint32]:
    import numpy as np

    return np.full(_BASIC_PLANE, _UNKNOWN, "<u4")


def _learn(table: NDArray[np.uint32], codes: list[int]) -> None:
    for code in codes:
        folded = _FOLDED[code]
        table[code] = ord(folded) if len(folded) == 1 else _SEVERAL + code
