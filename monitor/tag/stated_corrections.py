"""Which of the dates and numbers of a text correct what was said before, and which are only quoted as wrong.

更正：…施行日期应为2026年3月1日，而非1月1日; an earlier version said January 1. What is quoted as wrong is no fact;
what corrects it is the surest of all. Works on facts that are read; does not know what they contradict elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from storage.states import FactKind
from storage.tagged import CORRECTING, StatedFact

__all__ = ["corrected"]

_WORDS = (
    "更正", "勘误", "应为", "应是", "有误", "笔误", "误写", "误作", "误报", "误将", "误把", "误传", "误为", "误称",
    "correct", "misstat", "erroneous", "mistaken", "earlier version",
)  # fmt: skip
_BEFORE, _BEHIND = 160, 80  # characters around a date in which its text says that it corrects
_CORRECTS = re.compile(
    r"更正|勘误|应[为是](?=\s?\"?[自从]?\d)|有误|笔误|误[写作报将把传为称]|"
    r"c(?<=\bc)orrect(?:ion|s|ing)\b|c(?<=been c)orrected|c(?<=was c)orrected|c(?<=\bc)orrected(?::| version)|"
    r"m(?<=\bm)is(?:stat|taken)|e(?<=\be)(?:rroneous|arlier version)"
)
_WRONG_BEFORE = re.compile(
    r"(?:误(?:将|把|写|作|报|传|称|为|以为)|写[作成]|写为|错写|而非|而不是|并非|不是|(?:此前|先前|原)(?:文|稿|报道|版本)?[^,。;\n]{0,10}"
    r"(?:称|说|的|为|写))[^,。;\n]{0,40}$|"
    r"\b(?:misstated|erroneously|incorrectly|mistakenly|wrongly|earlier version|previous(?:ly)?|original(?:ly)?)\b"
    r"[^.;\n]{0,120}$|,? (?:and )?(?:not|rather than|instead of)(?: on| from| in)? ?$"
)
_RIGHT_BEFORE = re.compile(
    r"(?:应[为是]|更正为|改正为|实为|正确)[^,。;\n]{0,16}$|\b(?:correct|in fact|actually)\b[^.;\n]{0,40}$"
)
_WRONG_BEHIND = re.compile(
    r"[^,。;\n]{0,12}(?:\"?应[为是]\"|有误|系笔误|为误|是错误|系误)|"
    r"[^.;\n]{0,24} (?:was|is) (?:wrong|incorrect|an error)"
)
_UNDATED = frozenset({FactKind.STAGE, FactKind.ISSUER})


def corrected(facts: Sequence[StatedFact], letters: Mapping[str, str]) -> Sequence[StatedFact]:
    """Return the facts with those that correct marked by their confidence, without what is told as wrong.

    ``letters`` are the folded fields of the article by their names.
    """
    for field, folded in letters.items():
        if any(word in folded for word in _WORDS):
            facts = [*(fact for fact in facts if fact.field != field), *_of_field(facts, field, folded)]
    return facts


def _of_field(facts: Sequence[StatedFact], field: str, letters: str) -> Iterator[StatedFact]:
    own = [fact for fact in facts if fact.field == field]
    marks = [found.start() for found in _CORRECTS.finditer(letters)]
    near = {fact.start for fact in own if fact.what not in _UNDATED and _is_near(marks, fact)}
    wrong = {fact.start for fact in own if fact.start in near and _is_wrong(letters, fact)}
    right = {fact.value for fact in own if fact.start in near - wrong}
    for fact in own:
        is_moved = fact.what is FactKind.POSTPONED and fact.value in right  # July 2, not July 1: nobody puts it off
        if fact.what in _UNDATED or fact.start not in near:
            yield fact
        elif fact.start not in wrong and not is_moved:
            yield replace(fact, confidence=CORRECTING)


def _is_near(marks: Sequence[int], fact: StatedFact) -> bool:
    """Say whether one of the places where a text says that it corrects stands around a fact."""
    index = bisect_left(marks, fact.start - _BEFORE)
    return index < len(marks) and marks[index] < fact.end + _BEHIND


def _is_wrong(letters: str, fact: StatedFact) -> bool:
    before = letters[max(0, fact.start - _BEFORE) : fact.start]
    if _RIGHT_BEFORE.search(before):
        return False
    return bool(_WRONG_BEFORE.search(before) or _WRONG_BEHIND.match(letters, fact.end))
