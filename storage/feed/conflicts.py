"""Which values of a regulation's life cannot be true side by side.

Pure. Two values conflict where they are of the same step: a date of effect of the law as amended, or of a part of it,
is not one of the law as it was first made. What a text states as a correction settles a conflict: the other is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from storage.feed.entity_views import FactLine
from storage.fold import name_key
from storage.states import FactKind
from storage.tagged import CORRECTING

__all__ = ["are_alike", "day_of", "with_conflicts"]

_ONCE = frozenset({FactKind.ISSUED, FactKind.EFFECTIVE, FactKind.APPLICABLE, FactKind.REPEALED, FactKind.NUMBER})
"""Of these a regulation has one; it passes through several stages, has several issuers, may be amended repeatedly."""
_AGAIN_DAYS = {FactKind.COMMENTS_UNTIL: 45, FactKind.ADOPTED: 7, FactKind.FAILED: 7, FactKind.AMENDMENT_EFFECTIVE: 7}
"""Days within which two dates are of one consultation, passing or amendment; further apart they are of two."""
_OTHER_STEPS = {
    FactKind.EFFECTIVE: (
        FactKind.APPLICABLE,
        FactKind.PARTLY_EFFECTIVE,
        FactKind.AMENDMENT_EFFECTIVE,
        FactKind.POSTPONED,
    ),
    FactKind.APPLICABLE: (
        FactKind.EFFECTIVE,
        FactKind.PARTLY_EFFECTIVE,
        FactKind.AMENDMENT_EFFECTIVE,
        FactKind.POSTPONED,
    ),
    FactKind.ISSUED: (FactKind.ADOPTED, FactKind.AMENDED, FactKind.DRAFTED),
}
_BY_AMENDMENT = frozenset({FactKind.EFFECTIVE, FactKind.APPLICABLE, FactKind.ISSUED})
_UNDATED = frozenset({FactKind.STAGE, FactKind.NUMBER, FactKind.ISSUER})
_DIGITS = re.compile(r"[\d〇零一二三四五六七八九十百]+")
_ORDER_NUMBER = re.compile(
    r"令第?(?P<before>[\d一二三四五六七八九十百]+)号$|第?(?P<behind>[\d一二三四五六七八九十百]+)号(?:[\u4e00-\u9fff]{0,12})令$"
)


def are_alike(what: FactKind, one: str, other: str) -> bool:
    """Say whether two values may both be true: equal, or one as the other but less precise.

    ``2025-09`` goes with ``2025-09-01``, ``令第15号`` with ``国家互联网信息办公室令第15号`` and with an order of
    another body that has the number too.
    """
    if what not in _UNDATED:
        short, long = sorted((one, other), key=len)
        return long == short or long.startswith(f"{short}-")
    one, other = name_key(one), name_key(other)
    if one == other or what is not FactKind.NUMBER:
        return one == other
    return one.endswith(other) or other.endswith(one) or _is_same_order(one, other)


def _is_same_order(one: str, other: str) -> bool:
    mine, theirs = _ORDER_NUMBER.search(one), _ORDER_NUMBER.search(other)
    return mine is not None and theirs is not None and mine[mine.lastgroup or 0] == theirs[theirs.lastgroup or 0]


def with_conflicts(lines: Sequence[FactLine]) -> list[FactLine]:
    """Return the lines, each with the values that contradict its own, or that correct it."""
    own = [line for line in lines if not _is_of_other_step(line, lines)]
    return _corrected(
        [
            replace(line, conflicts=tuple(sorted(other.value for other in own if _contradict(line, other))))
            if line in own
            else line
            for line in lines
        ]
    )


def _corrected(lines: Sequence[FactLine]) -> list[FactLine]:
    """Return the lines, those that another corrects without a conflict; the catalogue is corrected by none."""
    right = {(line.what, line.value) for line in lines if line.confidence == CORRECTING}
    by = {
        (line.what, line.value): tuple(value for value in line.conflicts if (line.what, value) in right)
        for line in lines
        if line.confidence != CORRECTING and not line.known
    }
    wrong = {key for key, values in by.items() if values}
    return [
        replace(line, conflicts=(), corrected_by=by[line.what, line.value])
        if (line.what, line.value) in wrong
        else replace(line, conflicts=tuple(one for one in line.conflicts if (line.what, one) not in wrong))
        for line in lines
    ]


def _is_of_other_step(line: FactLine, lines: Iterable[FactLine]) -> bool:
    """Say whether a date is told to be that of an amendment, of a part, or of the passing, while another is its own."""
    rivals = [other for other in lines if other.what is line.what and not are_alike(line.what, line.value, other.value)]
    if not rivals or line.what not in _OTHER_STEPS:
        return False
    steps = _OTHER_STEPS[line.what]
    if any(other.what in steps and are_alike(line.what, line.value, other.value) for other in lines):
        return True
    amended = [other.value for other in lines if other.what is FactKind.AMENDED]
    first = min(rival.value for rival in rivals)
    return line.what in _BY_AMENDMENT and any(first < day <= line.value for day in amended)


def _contradict(line: FactLine, other: FactLine) -> bool:
    """Say whether two values cannot both be true; several that the catalogue holds are of several parts."""
    if line.what is not other.what or are_alike(line.what, line.value, other.value):
        return False
    if line.what in _AGAIN_DAYS:
        return _is_near(line.value, other.value, _AGAIN_DAYS[line.what])
    if line.what not in _ONCE or (line.what is FactKind.NUMBER and _system(line.value) != _system(other.value)):
        return False
    are_parts = line.known and other.known and not set(line.known) & set(other.known)
    return not are_parts


def _is_near(one: str, other: str, days: int) -> bool:
    first, second = day_of(one), day_of(other)
    return first is not None and second is not None and abs((first - second).days) <= days


def day_of(value: str) -> date | None:
    """Return the day of a date, None where only its month or year is known."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _system(number: str) -> str:
    """Return what numbers of one series have in common: those of a bill and of the act that it became differ."""
    return _DIGITS.sub("#", name_key(number))
