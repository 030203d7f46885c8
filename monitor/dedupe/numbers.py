"""Numbers that differ between two texts where the words around them are the same.

A number's context is the four letters on either side, with every number in it masked. A number that was added or
dropped is neither agreement nor conflict, so cuts and wrappers show none; datelines, counters and the like differ
between any two printings of one report and are passed over.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monitor.dedupe.imprint import in_credits, is_of_one_printing

__all__ = ["NumberCheck", "check_numbers"]

_CONTEXT = 4
_LONGEST = 40  # characters of a number that are reported
# 3.5, 1,234, 10:30, 2023-07-02 and 80万 are one number each, and so are 八十, 二〇二三 and the 二 of 第二. A single
# Chinese digit elsewhere is as often a part of a word (统一, 一些).
_NUMBER = re.compile(
    r"\d+(?:(?:,(?=\d{3}(?!\d))|[.:/\-–])\d+)*(?:万亿|[万亿]|\s(?:m|b|tr)illion\b)?"
    r"|[一二三四五六七八九十两][零〇一二三四五六七八九十百千万亿]+|(?<=第)[一二三四五六七八九十]"
)
_NOT_WORD = re.compile(r"[\W_]+")
_SEPARATORS = re.compile(r"\D+")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_UNITS = {"万亿": 12, "万": 4, "亿": 8, " million": 6, " billion": 9, " trillion": 12}
_UNIT = re.compile("|".join(_UNITS))
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1_000}
# What makes one notice of a series, or names what it is about: its number, its code, its date.
_IDENTIFIES_BEFORE = re.compile(
    r"(?:第|代码|编号|字号|\bno)\W*$|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? $"
)
_IDENTIFIES_AFTER = re.compile(r"\s*(?:[年月日号期批届]|季度)")
_DATE_IN_DIGITS = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?")

Found = re.Match[str]
Numbers = dict[str, list[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCheck:
    """How the numbers of two texts compare.

    ``conflicts`` are the distinct pairs (number in A, number in B) in order of A. Those outside of credit lines tell
    one notice from another: ``telling`` counts them, ``conflicting`` and ``agreeing`` count occurrences, and
    ``identifying`` says that a date, a code or the number of an issue is among them.
    """

    conflicts: tuple[tuple[str, str], ...]
    telling: int
    conflicting: int
    agreeing: int
    identifying: bool

    @property
    def share(self) -> float:
        """Return which share of the numbers in equal context conflict, 0-1."""
        compared = self.conflicting + self.agreeing
        return self.conflicting / compared if compared else 0.0


def check_numbers(prepared_a: str, prepared_b: str) -> NumberCheck:
    """Compare the numbers of two prepared texts (``monitor.read.normalize.prepare``)."""
    numbers_a, numbers_b = _in_context(prepared_a), _in_context(prepared_b)
    pairs: list[tuple[Found, Found]] = []
    agreeing = 0
    for context in numbers_a:
        if context in numbers_b:
            left, right, same = _differences(numbers_a[context], numbers_b[context])
            pairs += zip(left, right, strict=False)
            agreeing += same
    pairs = [pair for pair in pairs if not _any_stands(is_of_one_printing, pair)]
    telling = [pair for pair in pairs if not _any_stands(in_credits, pair)]
    return NumberCheck(
        conflicts=tuple(dict.fromkeys(_shown(left[0], right[0]) for left, right in pairs)),
        telling=len({_shown(left[0], right[0]) for left, right in telling}),
        conflicting=len(telling),
        agreeing=agreeing,
        identifying=any(_identifies(left) for left, _ in telling),
    )


def _in_context(prepared: str) -> Numbers:
    """Return the numbers under each context, in order."""
    numbers = list(_NUMBER.finditer(prepared))
    starts = [0, *(number.end() for number in numbers)]
    ends = [*(number.start() for number in numbers), len(prepared)]
    masked = _NOT_WORD.sub("", "0".join([prepared[start:end] for start, end in zip(starts, ends, strict=True)]))
    found: Numbers = defaultdict(list)
    at = -1
    for number in numbers:
        at = masked.index("0", at + 1)
        found[masked[max(0, at - _CONTEXT) : at + 1 + _CONTEXT]].append(number)
    return found


def _differences(numbers_a: Sequence[Found], numbers_b: Sequence[Found]) -> tuple[list[Found], list[Found], int]:
    """Take out what both sides hold; return the rest of each side and how many were taken."""
    if [number[0] for number in numbers_a] == [number[0] for number in numbers_b]:
        return [], [], len(numbers_a)
    common = Counter(map(_value, numbers_a)) & Counter(map(_value, numbers_b))
    return _without(numbers_a, common), _without(numbers_b, common), common.total()


def _without(numbers: Sequence[Found], common: Counter[str]) -> list[Found]:
    left = common.copy()
    rest = []
    for number in numbers:
        value = _value(number)
        if left[value] > 0:
            left[value] -= 1
        else:
            rest.append(number)
    return rest


def _value(number: Found) -> str:
    """Return what a number says however it is written: 1,234 is 1234, 07 is 7, 八十 is 80, 3万 is 30000."""
    surface = number[0].replace(",", "")
    if not surface[0].isdecimal():
        return _counted(surface)
    unit = _UNIT.search(surface)
    digits = surface[: unit.start()] if unit else surface
    if _PLAIN.fullmatch(digits):
        return _decimal(digits, _UNITS[unit[0]] if unit else 0)
    return "-".join(part.lstrip("0") for part in _SEPARATORS.split(digits))


def _decimal(digits: str, zeros: int) -> str:
    """Return a decimal number times ten to the power of ``zeros``, as text: it may have any length."""
    whole, _, fraction = digits.partition(".")
    fraction = fraction.ljust(zeros, "0")
    whole, fraction = (whole + fraction[:zeros]).lstrip("0"), fraction[zeros:].rstrip("0")
    return f"{whole or '0'}.{fraction}" if fraction else whole or "0"


def _counted(numeral: str) -> str:
    """Return the value of a Chinese numeral; digits without a unit are read one by one (二〇二三)."""
    if len(numeral) > _LONGEST:
        return numeral
    if all(char in _DIGITS for char in numeral):
        return "".join(str(_DIGITS[char]) for char in numeral)
    total = section = digit = 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section, digit = section + (digit or 1) * _TENS[char], 0
        elif char == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        else:  # 亿 multiplies all before it: 三万亿
            total, section, digit = (total + section + digit) * 100_000_000, 0, 0
    return str(total + section + digit)


def _any_stands(place: Callable[[str, int, int], bool], numbers: tuple[Found, Found]) -> bool:
    return any(place(number.string, number.start(), number.end()) for number in numbers)


def _identifies(number: Found) -> bool:
    """Tell whether a number says which notice this is, or of which day."""
    text, start, end = number.string, number.start(), number.end()
    return bool(
        _DATE_IN_DIGITS.fullmatch(number[0])
        or _IDENTIFIES_AFTER.match(text, end)
        or _IDENTIFIES_BEFORE.search(text[max(0, start - 12) : start])
    )


def _shown(left: str, right: str) -> tuple[str, str]:
    """Return the two numbers as they are written, without a unit that they share."""
    units = [unit[0] if (unit := _UNIT.search(number)) and number[0].isdecimal() else "" for number in (left, right)]
    if units[0] == units[1] and units[0]:
        left, right = left.removesuffix(units[0]), right.removesuffix(units[1])
    return left[:_LONGEST], right[:_LONGEST]
