"""English short forms: ``the Act`` and ``the law`` behind a tracked act, ``the order`` behind an executive order.

Each means the nearest name of such a kind on its left, tracked or not; where two stand in one sentence, none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from monitor.tag.antecedents import Antecedent, Left, ShortForm
from monitor.tag.declared_forms import Declarations

__all__ = ["english", "english_names"]

_HEADS = {
    "Act": "Act|Bill",
    "Regulation": "Regulation|Act",
    "Order": r"Order|E\.?O\.? \d+",
    "Code": "Code",
    "Convention": "Convention",
    "Bill": "Act|Bill",
    "Directive": "Directive",
    "Framework": "Framework",
    "Measures": "Measures",
    "Provisions": "Provisions",
    "Declaration": "Declaration",
    "Law": "Act|Law|Bill",
    "Guidelines": "Guidelines|Guideline",
}
"""What may be called so: a bill becomes an act, and an act is a law."""

_BILL_NUMBER = r"(?:Senate Bill|House Bill|Assembly Bill|S\.?B\.?|H\.?B\.?|A\.?B\.?|H\.?R\.?|PL) ?\d[\d/-]*"
_ANY = "|".join(dict.fromkeys([*_HEADS, "Guideline"]))
_NAME = re.compile(
    rf"\b(?!The (?:{_ANY})\b)[A-Z][\w'()&-]*(?: (?:of |and |for |on |in |the |to )*[A-Z\d(][\w'()&-]*){{0,9}}? "
    rf"({_ANY})\b(?:,? \d+)?|"
    rf"\b({_ANY}) (?:for|on|of) (?:the )?[A-Z][\w'-]*(?: (?:of |and |for |on |in |the )*[A-Z][\w'-]*)*|{_BILL_NUMBER}"
)
_MAY_BE = {
    head: re.compile(rf"\b(?:{kinds})s?\b" + (rf"|{_BILL_NUMBER}" if "Bill" in kinds else ""))
    for head, kinds in _HEADS.items()
}
_SHORT = re.compile(
    rf"he (?<=\b[Tt]he )(?:({'|'.join(_HEADS)})\b(?! ?(?:[A-Z(]|\d))|"
    r"(act|bill|law|order|directive|convention|regulation|code|measures)\b"
    r"(?! (?:of|for|to|against|firm|firms|school|enforcement|professor|books?|maker|makers)\b|-))"
)
_LOWER = {head.lower(): head for head in _HEADS}
_FAR_CHARS, _FAR_LINES = 900, 4
_FAR_CHARS_LOWER, _FAR_SENTENCES = 320, 1  # in small letters: the sentence of the name, and the next
_ANOTHER = re.compile(
    r"\b(?:(?:an?|another|separate|[Tt]heir own|its own|similar) (?:[\w'-]+ ){0,5}?|"
    r"[Tt]he (?!(?:new|draft|final|proposed|landmark|sweeping|historic|bipartisan|entire|whole) )[a-z-]+ )"
    r"(?:acts?|bills?|laws?|orders?|directives?|conventions?|regulations?|codes?|measures?)\b"
)
_SENTENCE = re.compile(r"[.!?][\"')]* |\n")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Gov|Sen|Rep|No|Mr|Ms|Dr|St|Jan|Feb|Aug|Sept|Oct|Nov|Dec|vs)$")


def english(letters: str, left: Left, declared: Declarations) -> Iterator[ShortForm]:
    """Yield ``the Act`` behind a tracked act, or behind a declaration of it, in order."""
    shorts = list(_SHORT.finditer(letters))
    if not shorts:
        return
    names = _Names(letters, left)
    for found in shorts:
        head, at = found[1] or _LOWER[found[2]], found.start() - 1
        said = declared.latest(head, at) if found[1] else None
        antecedent = said or names.meant(at, head, is_lower=found[1] is None)
        if antecedent is not None and antecedent.entity is not None:
            start, end = found.span(1 if found[1] else 2)
            names.say_again(antecedent, start, end)
            yield ShortForm(start, end, antecedent.entity, antecedent.title, 0.9 if said else 0.75 if found[1] else 0.7)


class _Names:
    """The English names of rules in a text, tracked or not."""

    def __init__(self, letters: str, left: Left) -> None:
        self._letters = letters
        self._names = sorted(english_names(letters, left.known), key=lambda name: name.end)
        self._ends = [name.end for name in self._names]

    def meant(self, at: int, head: str, *, is_lower: bool) -> Antecedent | None:
        """Return the nearest name before ``at`` that may be called so, if it is near and alone in its sentence."""
        far, near = bisect_right(self._ends, at - 2 * _FAR_CHARS), bisect_right(self._ends, at)
        before = [name for name in self._names[far:near] if _MAY_BE[head].search(name.title)]
        if not before or not self._is_near(before[-1].end, at, is_lower=is_lower):
            return None
        nearest = before[-1]
        if is_lower and _ANOTHER.search(self._letters, nearest.end, at):
            return None
        begin = self._sentence(nearest.start)
        rivals = [name for name in before if name.start >= begin and not _same(name, nearest)]
        return None if rivals else nearest

    def say_again(self, antecedent: Antecedent, start: int, end: int) -> None:
        """Keep in mind that a name was spoken of again."""
        index = bisect_right(self._ends, end)
        self._names.insert(index, replace(antecedent, start=start, end=end))
        self._ends.insert(index, end)

    def _is_near(self, end: int, at: int, *, is_lower: bool) -> bool:
        between = self._letters[end:at]
        if is_lower:
            return len(between) <= _FAR_CHARS_LOWER and len(self._stops(end, at)) <= _FAR_SENTENCES
        return len(between) <= _FAR_CHARS and between.count("\n") <= _FAR_LINES

    def _sentence(self, at: int) -> int:
        return max(self._stops(max(0, at - 400), at), default=0)

    def _stops(self, begin: int, end: int) -> list[int]:
        """Return where sentences begin in a stretch of the text."""
        stops = _SENTENCE.finditer(self._letters, begin, end)
        return [
            one.end() for one in stops if not _ABBREVIATION.search(self._letters, max(0, one.start() - 5), one.start())
        ]


def _same(one: Antecedent, other: Antecedent) -> bool:
    return one.entity == other.entity if one.entity or other.entity else one.title == other.title


def english_names(letters: str, known: Sequence[Antecedent]) -> Iterator[Antecedent]:
    """Yield the tracked names in Latin letters, and what only looks like such a name."""
    latin = [name for name in known if name.title[:1].isascii() and name.entity is not None]
    yield from latin
    starts, ends = [name.start for name in latin], [name.end for name in latin]
    for found in _NAME.finditer(letters):
        index = bisect_right(starts, found.end() - 1) - 1
        if index < 0 or ends[index] <= found.start():
            yield Antecedent(found.start(), found.end(), found[0], None)
