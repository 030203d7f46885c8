"""What one flash is to another: brief items, of which no share tells anything, are one when they say the same.

What each of them says is for ``monitor.read.flash``. A flash of another day is another one, and so is one with another
number unless all else, its date among it, is equal: most flashes of numbers are a form that is filled in daily.
"""

from __future__ import annotations

import re

from monitor.dedupe.body import Body, body_of
from monitor.dedupe.numbers import check_numbers
from monitor.read.flash import LONGEST_FLASH, Flash, flash_of
from storage.records import VerdictKind

__all__ = ["flash_verdict"]

_LEAST = 20  # letters of what is said; fewer recur (trading in the share was halted)
_LEAST_HELD = 30  # letters of an item within a longer text
_LATIN = 2  # times as many in Latin script
_AGREED = 2  # numbers beside a corrected one
_HEADED = 0.5  # of a heading's pairs of letters stand in the text of which it is the gist
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DAY = re.compile(r"(?:\d{1,2}月)?\d{1,2}日")


def flash_verdict(a: Body, b: Body) -> VerdictKind:
    """Return what a flash is to another flash, or to the longer text that it is an item of; mostly ``new``."""
    is_turned = len(a.normalized) > len(b.normalized)
    shorter, longer = (b, a) if is_turned else (a, b)
    one, least = flash_of(shorter.text), _LATIN if shorter.is_latin else 1
    if len(one.said) < _LEAST * least:
        return VerdictKind.NEW
    if len(longer.normalized) <= LONGEST_FLASH:
        other = flash_of(longer.text)
        if _masked(one.text) == _masked(other.text):
            is_one = _are_headed_alike(one, other)
            return _of_equal_words(one, other) if is_one else VerdictKind.TEMPLATE_SIBLING
    if len(one.said) >= _LEAST_HELD * least and _holds(longer.normalized, one.said):
        return VerdictKind.CONTAINS if is_turned else VerdictKind.CONTAINED_IN
    return VerdictKind.NEW


def _holds(text: str, said: str) -> bool:
    """Tell whether what is said stands in a text, not begun or ended within a number."""
    at = text.find(said)
    while at >= 0 and (_splits_number(text, at) or _splits_number(text, at + len(said))):
        at = text.find(said, at + 1)
    return at >= 0


def _splits_number(text: str, at: int) -> bool:
    return text[max(0, at - 1) : at + 1].isdecimal() and 0 < at < len(text)


def _masked(text: str) -> str:
    return "".join(filter(str.isalnum, _NUMBER.sub("0", text)))


def _are_headed_alike(one: Flash, other: Flash) -> bool:
    """Tell whether the headings of two flashes add nothing: one lacks it, or they are equal, or each repeats the text.

    A heading may as well be the only place that names the subject: 【宁德时代】, 【比亚迪】.
    """
    if not one.heading or not other.heading or one.heading == other.heading:
        return True
    return all(_is_gist(flash.heading, flash.said) for flash in (one, other))


def _is_gist(heading: str, said: str) -> bool:
    pairs = [heading[at : at + 2] for at in range(len(heading) - 1)]
    return sum(pair in said for pair in pairs) >= _HEADED * len(pairs) > 0


def _of_equal_words(one: Flash, other: Flash) -> VerdictKind:
    """Return what two flashes are that say the same but for their numbers."""
    numbers = check_numbers(body_of(one.text).numbers, body_of(other.text).numbers)
    is_equal = one.said == other.said and not numbers.conflicts
    if one.day and other.day and one.day != other.day:
        return VerdictKind.TEMPLATE_SIBLING
    if is_equal:
        return VerdictKind.NEAR_COPY
    is_corrected = len(numbers.conflicts) == 1 and numbers.agreed >= _AGREED and not numbers.is_identifying
    return VerdictKind.REVISION if is_corrected and _are_of_one_day(one, other) else VerdictKind.TEMPLATE_SIBLING


def _are_of_one_day(one: Flash, other: Flash) -> bool:
    """Tell whether two flashes name one day, in their datelines or in what they say."""
    if one.day and one.day == other.day:
        return True
    days = _DAY.findall(one.text)
    return bool(days) and days == _DAY.findall(other.text)
