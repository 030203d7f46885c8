"""One spelling of a name, made ready for the search, and the spellings that follow from it.

Knows when letter case matters, where a separator may be left out, and how Taiwan words what the mainland words
otherwise (folding handles characters, not words). Does not search.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import islice, product

from monitor.tag.renderings import number_forms, renderings
from monitor.tag.squeeze import gap_fits, is_han, squeeze

__all__ = ["Case", "Spelling", "make_spelling", "wordings"]

_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
_LATIN_RUN = re.compile(r"[A-Za-z]+")
_MAX_WORDINGS = 48
_MIN_BILL = 6  # characters of 数据治理法案; AI法 is too short to be told from AI法官

_WORDINGS: dict[str, tuple[str, ...]] = {
    "生成式人工智能": ("生成式人工智慧", "生成式AI", "生成型AI"),
    "人工智能": ("人工智慧", "AI"),
    "互联网": ("网际网路", "网路"),
    "网络安全": ("网路安全", "资通安全"),
    "网络数据": ("网路资料",),
    "网络信息": ("网路资讯",),
    "网络": ("网路",),
    "数据": ("资料",),
    "信息": ("资讯",),
    "算法": ("演算法",),
    "关键信息": ("关键资讯",),
    "智能": ("智慧",),
    "大语言模型": ("大型语言模型",),
    "视频": ("影片",),
    "软件": ("软体",),
    "计划": ("计画",),
    "数字": ("数位", "数码"),
    "芯片": ("晶片",),
    "东盟": ("东协",),
    "版权": ("著作权",),
    "AI": ("人工智能", "人工智慧"),
}
_HAN_WORDS = sorted((word for word in _WORDINGS if word != "AI"), key=len, reverse=True)
_WORDING = re.compile(rf"{'|'.join(_HAN_WORDS)}|(?<![A-Za-z])AI(?![A-Za-z])")


class Case(Enum):
    """How letters must be written."""

    EXACT = "exact"
    NAME = "name"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling squeezed: ``key`` is what is searched, ``letters`` the same with its case.

    ``separators`` are the offsets in ``key`` before which the spelling has a space, hyphen, dot or quote (few: as a set
    they would take seven times the memory).
    """

    text: str
    key: str
    letters: str
    separators: tuple[int, ...]
    case: Case

    def fits_case(self, seen: str) -> bool:
        """Say whether ``seen`` (squeezed, case kept) has the letters in a case that counts."""
        if self.case is Case.ANY or seen == self.letters:
            return True
        return self.case is Case.NAME and seen == self.letters.upper()

    def fits_gaps(self, gaps: list[tuple[int, str]], seen: str) -> bool:
        """Say whether what the text has between the characters may stand inside this name."""
        if not gaps and not self.separators:
            return True
        name = self.letters if self.case is not Case.EXACT else seen
        if not all(gap_fits(name, at, left_out, separated=at in self.separators) for at, left_out in gaps):
            return False
        found = {at for at, _ in gaps}
        return all(at in found for at in self.separators if self.key[at - 1].isdigit() and self.key[at].isdigit())


def make_spelling(text: str, case: bool | None = None) -> Spelling:
    """Return the spelling ready for the search. Raise ValueError for one that holds nothing but separators."""
    squeezed = squeeze(text)
    if not squeezed.text:
        raise ValueError(f"expected letters, digits or Han characters in a spelling, found {text!r}")
    key = text if text == squeezed.text else squeezed.text  # one string in memory where they are alike
    letters = _letters(squeezed.letters, squeezed.origins, squeezed.starts, len(key))
    return Spelling(
        text=text,
        key=key,
        letters=key if letters == key else letters,
        separators=squeezed.starts[1:],
        case=_case(text, case),
    )


def _letters(letters: str, origins: tuple[int, ...], starts: tuple[int, ...], length: int) -> str:
    ends = (*starts[1:], length)
    return "".join(
        letters[origin : origin + end - start] for origin, start, end in zip(origins, starts, ends, strict=True)
    )


def _case(text: str, wanted: bool | None) -> Case:
    if wanted is not None:
        return Case.EXACT if wanted else Case.ANY
    runs = _LATIN_RUN.findall(text)
    if any(map(is_han, text)):
        return Case.ANY
    if len(runs) >= 3 or any(char.isdigit() for char in text) or text.islower() or _CAMEL.search(text):
        return Case.ANY
    return Case.NAME


def wordings(text: str) -> tuple[str, ...]:
    """Return ``text`` and its other wordings, at most 96: 数据 as 资料, AI as Artificial Intelligence, EO 14110."""
    numbers = number_forms(text)
    if len(numbers) > 1:
        return numbers
    if not any(map(is_han, text)):
        return renderings(text)
    parts = _split_wordings(text)
    if text.endswith("法案") and len(text) >= _MIN_BILL:
        parts[-1] = (parts[-1][0], parts[-1][0].removesuffix("案"))  # a bill becomes a law
    variants = islice(("".join(choice) for choice in product(*parts)), _MAX_WORDINGS)
    return tuple(dict.fromkeys([text, *variants]))


def _split_wordings(text: str) -> list[tuple[str, ...]]:
    parts: list[tuple[str, ...]] = []
    at = 0
    for found in _WORDING.finditer(text):
        parts.append((text[at : found.start()],))
        parts.append((found[0], *_WORDINGS[found[0]]))
        at = found.end()
    parts.append((text[at:],))
    return parts
