"""The securities that a text names by their codes: 600519.SH, (000858), NASDAQ: NVDA.

Notices of one form are told apart by them though every number and name else is equal.
"""

from __future__ import annotations

import re

__all__ = ["Codes", "other_codes"]

_EXCHANGE = r"\.(?:SH|SZ|HK|SS|BJ)(?![A-Za-z])"
# Four digits are a code before an exchange alone; they are mostly years. The first digit opens a run.
_DIGITS = re.compile(rf"\d(?<!\d\d)(?:\d{{4,5}}(?!\d)|\d{{3}}(?={_EXCHANGE}))")
_LABEL = re.compile(r"代码\W{0,3}$")
_BRACKET = re.compile(r"(\w{0,4})\W{0,2}[(（]\s*(?:[A-Za-z.]{2,6}\W{0,3})?$")
_NAME = re.compile(r"(\w{0,4})\W{0,2}$")
_LISTED = re.compile(_EXCHANGE)
_TICKER = re.compile(r"(?:NASDAQ|NYSE)\s*[:：]\s*([A-Z]{1,5})(?![A-Za-z])")
_REACH = 16  # characters before a number that may say it is a code

Codes = dict[str, str]


def other_codes(text_a: str, text_b: str) -> tuple[tuple[str, str], ...]:
    """Return the first code of each text, as a pair, where both name securities and none in common; else nothing.

    Two codes after one name are one security whose code was corrected.
    """
    codes_a, codes_b = _codes(text_a), _codes(text_b)
    if not codes_a or not codes_b or not codes_a.keys().isdisjoint(codes_b):
        return ()
    if set(filter(None, codes_a.values())) & set(codes_b.values()):
        return ()
    return ((next(iter(codes_a)), next(iter(codes_b))),)


def _codes(text: str) -> Codes:
    """Return the end of the name before each code, "" where a label or nothing stands there."""
    found: Codes = {}
    for digits in _DIGITS.finditer(text):
        before = text[max(0, digits.start() - _REACH) : digits.start()]
        name = _name_before(before, is_listed=_LISTED.match(text, digits.end()) is not None, length=len(digits[0]))
        if name is not None:
            found.setdefault(digits[0], name)
    for ticker in _TICKER.finditer(text):
        found.setdefault(ticker[1], "")
    return found


def _name_before(before: str, *, is_listed: bool, length: int) -> str | None:
    """Return the end of the name that a number is the code of, None where it is no code."""
    if length > 4 and _LABEL.search(before):
        return ""
    bracket = _BRACKET.search(before) if length > 4 or is_listed else None
    name = bracket or (_NAME.search(before) if is_listed else None)
    return name[1] if name else None
