"""Numbers that differ between two texts where the words around them are the same.

A number's context is the four letters on either side, with every number in it masked. A number that was added or
dropped is neither agreement nor conflict, so cuts and wrappers show none; datelines, counters, credits and the figures
in the foot of a page differ between any two printings of one report and are passed over.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from monitor.dedupe.imprint import in_credits, in_foot, in_stamp, is_of_one_printing
from monitor.dedupe.numbers_kinds import (
    are_of_other_days,
    dates_a_notice,
    equal_parts,
    is_another_notice,
    is_number_of_an_issue,
    is_slip,
    is_weekday,
)
from monitor.dedupe.numerals import Found, find_numbers, is_cut, is_date, parts, same, shown

__all__ = ["NO_NUMBERS", "NumberCheck", "Numbers", "check_numbers", "numbers_in_context"]

_CONTEXT = 4
_BESIDE = 2 * _CONTEXT  # letters on one side of a number, where the other side tells nothing
_STUB = 80  # characters behind the place where a text was cut
_BREAK = re.compile(r"[。！？；\n]|[.!?;]\s")
_MOST_CONFLICTS = 1_000
_MOST_PAIRED = 200  # numbers of one context that are looked for on the other side one by one
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A number, and where it stands among the letters of its text, all numbers masked."""

    number: Found
    masked: str
    at: int


Contexts = dict[str, list[_Placed]]
Pairs = list[tuple[Found, Found]]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a text, in order, under the letters on either side of each."""

    within: Contexts

    def counts(self) -> Counter[str]:
        """Return how often each number stands in the text, as it is written there."""
        return Counter(one.number[0] for placed in self.within.values() for one in placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCheck:
    """How the numbers of two texts compare.

    ``conflicts`` are the distinct pairs (number in A, number in B) in order of A, ``unlike`` those of them that are no
    slip of the pen (one digit); ``agreed`` counts the numbers that are equal. ``conflicting`` and ``agreeing`` count
    the parts of numbers: a date has up to three.

    ``is_numbered``: the number of an issue, a code or a version is among the conflicts. ``is_dated``: a date or a
    quarter is, that is not merely the time of a count. ``is_another``: a date near the head, or a code, is unlike its
    counterpart. ``is_another_day``: such a date is anywhere, or two dates differ.
    """

    conflicts: tuple[tuple[str, str], ...]
    conflicting: int
    agreeing: int
    agreed: int
    is_numbered: bool
    is_dated: bool
    is_another: bool
    is_another_day: bool
    unlike: int

    @property
    def share_of_numbers(self) -> float:
        """Return which share of the numbers in equal context conflict where a date counts as one, 0-1."""
        return len(self.conflicts) / (len(self.conflicts) + self.agreed) if self.conflicts else 0.0

    @property
    def share(self) -> float:
        """Return which share of the numbers in equal context conflict, 0-1."""
        compared = self.conflicting + self.agreeing
        return self.conflicting / compared if compared else 0.0

    @property
    def is_identifying(self) -> bool:
        """Tell whether what names a notice is among the conflicts."""
        return self.is_numbered or self.is_dated


NO_NUMBERS = NumberCheck(
    conflicts=(),
    conflicting=0,
    agreeing=0,
    agreed=0,
    is_numbered=False,
    is_dated=False,
    is_another=False,
    is_another_day=False,
    unlike=0,
)


def check_numbers(numbers_a: Numbers, numbers_b: Numbers) -> NumberCheck:
    """Compare the numbers of two texts.

    Where a number's context is unknown to the other side, twice as many letters on one side of it serve: beside a
    number, a word was changed too, or a line begins.
    """
    pairs, equal = _compared(numbers_a.within, numbers_b.within)
    only_a, only_b = _only(numbers_a, numbers_b), _only(numbers_b, numbers_a)
    for side in ("before", "after"):
        if only_a and only_b:
            further, also = _compared(_beside(only_a, side), _beside(only_b, side))
            pairs += further if side == "after" else [pair for pair in further if not _is_broken_off(*pair)]
            equal += also
            taken = {id(number) for pair in further for number in pair}
            only_a, only_b = ([one for one in only if id(one.number) not in taken] for only in (only_a, only_b))
    telling = _telling(pairs[:_MOST_CONFLICTS], numbers_a, numbers_b)
    compared = [same for left, right in telling for same in equal_parts(left, right)]
    equal = [number for number in equal if not is_weekday(number)]
    return NumberCheck(
        conflicts=tuple(dict.fromkeys(shown(left[0], right[0]) for left, right in telling)),
        conflicting=compared.count(False),
        agreeing=compared.count(True) + sum(map(_weight, equal)),
        agreed=len(equal),
        is_numbered=any(is_number_of_an_issue(left) for left, _ in telling),
        is_dated=any(dates_a_notice(left) for left, _ in telling),
        is_another=any(is_another_notice(left, right) for left, right in telling),
        is_another_day=are_of_other_days(telling),
        unlike=len({(left[0], right[0]) for left, right in telling if not is_slip(left[0], right[0])}),
    )


def numbers_in_context(prepared: str, *, has_words: bool = False) -> Numbers:
    """Return the numbers of a prepared text (``monitor.read.normalize.prepare``) with the letters around them.

    ``has_words`` says that English number words are to be read.
    """
    numbers = find_numbers(prepared, has_words=has_words)
    starts = [0, *(number.end() for number in numbers)]
    ends = [*(number.start() for number in numbers), len(prepared)]
    masked = _NOT_WORD.sub("", "0".join([prepared[start:end] for start, end in zip(starts, ends, strict=True)]))
    within: Contexts = defaultdict(list)
    at = -1
    for number in numbers:
        at = masked.index("0", at + 1)
        within[masked[max(0, at - _CONTEXT) : at + 1 + _CONTEXT]].append(_Placed(number, masked, at))
    return Numbers(within)


def _compared(contexts_a: Contexts, contexts_b: Contexts) -> tuple[Pairs, list[Found]]:
    """Return the pairs of numbers that differ in equal context, and the numbers that are equal."""
    pairs: Pairs = []
    equal: list[Found] = []
    for context in contexts_a.keys() & contexts_b.keys():
        left, right, same = _differences(contexts_a[context], contexts_b[context])
        pairs += zip(left, right, strict=False)
        equal += same
    return pairs, equal


def _weight(number: Found) -> int:
    return sum(map(bool, parts(number))) if is_date(number) else 1


def _is_broken_off(left: Found, right: Found) -> bool:
    """Tell whether one text was cut at a number, with a few words (read more) behind it."""
    rest = sorted(len(number.string) - number.end() for number in (left, right))
    return rest[0] <= _STUB and rest[1] > _STUB + 3 * rest[0]


def _only(numbers: Numbers, others: Numbers) -> list[_Placed]:
    return [one for context, placed in numbers.within.items() if context not in others.within for one in placed]


def _beside(numbers: list[_Placed], side: str) -> Contexts:
    contexts: Contexts = defaultdict(list)
    for one in numbers:
        text, start, end = one.number.string, one.number.start(), one.number.end()
        if side == "before":
            raw, beside = text[max(0, start - _BESIDE) : start], one.masked[max(0, one.at - _BESIDE) : one.at]
        else:
            raw, beside = text[end : end + _BESIDE], one.masked[one.at + 1 : one.at + 1 + _BESIDE]
        if len(beside) == _BESIDE and not _BREAK.search(raw):
            contexts[beside].append(one)
    return contexts


def _differences(numbers_a: list[_Placed], numbers_b: list[_Placed]) -> tuple[list[Found], list[Found], list[Found]]:
    """Take out what both sides hold; return the rest of each side and what was taken."""
    left, right = [one.number for one in numbers_a], [one.number for one in numbers_b]
    if [number[0] for number in left] == [number[0] for number in right]:
        return [], [], left
    taken = [(number, _take(number, right)) for number in left[:_MOST_PAIRED]]
    return (
        [number for number, is_taken in taken if not is_taken],
        right,
        [number for number, is_taken in taken if is_taken],
    )


def _take(number: Found, others: list[Found]) -> bool:
    for at, other in enumerate(others[:_MOST_PAIRED]):
        if same(number, other):
            del others[at]
            return True
    return False


def _telling(pairs: Pairs, numbers_a: Numbers, numbers_b: Numbers) -> Pairs:
    """Return the pairs that tell two texts apart, in order of A.

    Two numbers that each stand as often in the one text as in the other were moved, not changed.
    """
    if not pairs:
        return []
    counts_a, counts_b = numbers_a.counts(), numbers_b.counts()
    changed = [pair for pair in pairs if any(counts_a[number[0]] != counts_b[number[0]] for number in pair)]
    return sorted((pair for pair in changed if not _is_passing(pair)), key=lambda pair: pair[0].start())


def _is_passing(pair: tuple[Found, Found]) -> bool:
    """Tell whether one of a pair stands where every printing has its own figures, or is cut short."""
    left, right = pair
    return (
        (is_weekday(left) != is_weekday(right) and is_date(left) and is_date(right))  # on Wednesday, Nov. 19
        or is_cut(left, right)
        or is_cut(right, left)
        or any(
            place(number.string, number.start(), number.end())
            for number in pair
            for place in (in_credits, in_foot, in_stamp, is_of_one_printing)
        )
    )
