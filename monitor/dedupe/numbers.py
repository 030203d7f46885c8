"""Numbers that differ between two texts where the words around them are the same.

A number that was added or dropped is neither agreement nor conflict, so cuts and wrappers show none; datelines,
counters, credits and the figures in the foot of a page differ between any two printings of one report and are passed
over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from monitor.dedupe.imprint import is_of_one_printing
from monitor.dedupe.numbers_context import SIDES, Contexts, Numbers, Placed, beside
from monitor.dedupe.numbers_kinds import (
    are_of_other_days,
    dates_a_notice,
    equal_parts,
    is_another_notice,
    is_number_of_an_issue,
    is_slip,
    is_weekday,
)
from monitor.dedupe.numerals import Found, is_cut, is_date, parts, same, shown

__all__ = ["NO_NUMBERS", "NumberCheck", "check_apart", "check_numbers"]

_STUB = 80  # characters behind the place where a text was cut
_MOST_CONFLICTS = 1_000
_MOST_PAIRED = 200  # numbers of one context that are looked for on the other side one by one

Pairs = list[tuple[Found, Found]]


@dataclass(frozen=True, kw_only=True)
class NumberCheck:
    """How the numbers of two texts compare.

    ``conflicts`` are the distinct pairs (number in A, number in B) in order of A, ``unlike`` those of them that are no
    slip of the pen (one digit). ``conflicting`` and ``alike`` count the parts of these pairs: a date has up to three.
    ``equal`` finds the numbers that are equal, which few ask for.

    ``is_numbered``: the number of an issue, a code or a version is among the conflicts. ``is_dated``: a date or a
    quarter is, that is not merely the time of a count. ``is_another``: a date near the head, or a code, is unlike its
    counterpart. ``is_another_day``: such a date is anywhere, or two dates differ.
    """

    conflicts: tuple[tuple[str, str], ...]
    conflicting: int
    alike: int
    equal: Callable[[], Sequence[Found]]
    is_numbered: bool
    is_dated: bool
    is_another: bool
    is_another_day: bool
    unlike: int

    @cached_property
    def _same(self) -> Sequence[Found]:
        return [number for number in self.equal() if not is_weekday(number)]

    @property
    def agreed(self) -> int:
        """Return how many numbers are equal."""
        return len(self._same)

    @property
    def agreeing(self) -> int:
        """Return how many parts of numbers are equal."""
        return self.alike + sum(map(_weight, self._same))

    @property
    def share_of_numbers(self) -> float:
        """Return which share of the numbers in equal context conflict where a date counts as one, 0-1."""
        return len(self.conflicts) / (len(self.conflicts) + self.agreed) if self.conflicts else 0.0

    @property
    def share(self) -> float:
        """Return which share of the numbers in equal context conflict, 0-1."""
        if not self.conflicts:
            return 0.0
        return self.conflicting / (self.conflicting + self.agreeing)

    @property
    def is_identifying(self) -> bool:
        """Tell whether what names a notice is among the conflicts."""
        return self.is_numbered or self.is_dated


NO_NUMBERS = NumberCheck(
    conflicts=(),
    conflicting=0,
    alike=0,
    equal=tuple,
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
    pairs, equal = _all_compared(numbers_a, numbers_b)
    return _check(_telling(pairs[:_MOST_CONFLICTS], numbers_a.placed, numbers_b.placed), lambda: equal)


def check_apart(apart_a: Contexts, apart_b: Contexts, equal: Callable[[], Sequence[Found]]) -> NumberCheck:
    """Compare the numbers that do not answer each other in equal stretches; ``equal`` finds the equal ones of all."""
    pairs, _ = _compared(apart_a, apart_b)
    placed_a, placed_b = (list(chain.from_iterable(each.values())) for each in (apart_a, apart_b))
    return _check(_telling(pairs[:_MOST_CONFLICTS], placed_a, placed_b), equal)


def _check(telling: Pairs, equal: Callable[[], Sequence[Found]]) -> NumberCheck:
    if not telling:
        return replace(NO_NUMBERS, equal=equal)
    compared = [same for left, right in telling for same in equal_parts(left, right)]
    return NumberCheck(
        conflicts=tuple(dict.fromkeys(shown(left[0], right[0]) for left, right in telling)),
        conflicting=compared.count(False),
        alike=compared.count(True),
        equal=equal,
        is_numbered=any(is_number_of_an_issue(left) for left, _ in telling),
        is_dated=any(dates_a_notice(left) for left, _ in telling),
        is_another=any(is_another_notice(left, right) for left, right in telling),
        is_another_day=are_of_other_days(telling),
        unlike=len({(left[0], right[0]) for left, right in telling if not is_slip(left[0], right[0])}),
    )


def _all_compared(a: Numbers, b: Numbers) -> tuple[Pairs, list[Found]]:
    """Return the pairs of numbers that differ between equal letters, and the numbers that are equal."""
    pairs, equal = _compared(a.within, b.within)
    only_a, only_b = _only(a, b), _only(b, a)
    for side in SIDES:
        if only_a and only_b:
            further, also = _compared(beside(only_a, a.masked, side), beside(only_b, b.masked, side))
            pairs += further if side == "after" else [pair for pair in further if not _is_broken_off(*pair)]
            equal += also
            taken = {id(number) for pair in further for number in pair}
            only_a, only_b = ([one for one in only if id(one[0]) not in taken] for only in (only_a, only_b))
    return pairs, equal


def _compared(contexts_a: Contexts, contexts_b: Contexts) -> tuple[Pairs, list[Found]]:
    """Return the pairs of numbers that differ in equal context, and the numbers that are equal."""
    pairs: Pairs = []
    equal: list[Found] = []
    for context, placed in contexts_a.items():
        others = contexts_b.get(context)
        if others is not None:
            left, right, same = _differences(placed, others)
            pairs += zip(left, right, strict=False)
            equal += same
    return pairs, equal


def _weight(number: Found) -> int:
    return sum(map(bool, parts(number))) if is_date(number) else 1


def _is_broken_off(left: Found, right: Found) -> bool:
    """Tell whether one text was cut at a number, with a few words (read more) behind it."""
    rest = sorted(len(number.string) - number.end() for number in (left, right))
    return rest[0] <= _STUB and rest[1] > _STUB + 3 * rest[0]


def _only(numbers: Numbers, others: Numbers) -> list[Placed]:
    return [one for context, placed in numbers.within.items() if context not in others.within for one in placed]


def _differences(numbers_a: list[Placed], numbers_b: list[Placed]) -> tuple[list[Found], list[Found], list[Found]]:
    """Take out what both sides hold; return the rest of each side and what was taken."""
    left, right = [number for number, _ in numbers_a], [number for number, _ in numbers_b]
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


def _telling(pairs: Pairs, numbers_a: Sequence[Placed], numbers_b: Sequence[Placed]) -> Pairs:
    """Return the pairs that tell two texts apart, in order of A.

    Two numbers that each stand as often in the one text as in the other were moved, not changed.
    """
    if not pairs:
        return []
    counts_a, counts_b = (Counter(number[0] for number, _ in each) for each in (numbers_a, numbers_b))
    changed = [pair for pair in pairs if any(counts_a[number[0]] != counts_b[number[0]] for number in pair)]
    return sorted((pair for pair in changed if not _is_passing(pair)), key=lambda pair: pair[0].start())


def _is_passing(pair: tuple[Found, Found]) -> bool:
    """Tell whether one of a pair stands where every printing has its own figures, or is cut short."""
    left, right = pair
    return (
        (is_weekday(left) != is_weekday(right) and is_date(left) and is_date(right))  # on Wednesday, Nov. 19
        or is_cut(left, right)
        or is_cut(right, left)
        or any(is_of_one_printing(number.string, number.start(), number.end()) for number in pair)
    )
