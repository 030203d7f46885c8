"""What a number that differs says of two texts: another issue of a series, another day, or a slip of the pen.

Looks at a number and the letters beside it; does not look for what stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.dedupe.numerals import Found, is_date, parts

__all__ = [
    "are_of_other_days",
    "dates_a_notice",
    "equal_parts",
    "is_another_notice",
    "is_number_of_an_issue",
    "is_slip",
    "is_weekday",
]

_HEAD = 0.35  # of a text: what it is about has its date here
_UPDATE_DAYS = 10  # between two counts of a running story
_CODE = 4  # digits
_REACH = 12  # characters before a number that may say what it is
# What names one notice of a series: its number, its code, its version, its round.
_NUMBERED_BEFORE = re.compile(
    r"(?:(?:代码|编号|字号|案号|期号|批号|文号)[为是]?|民初|刑初|\bno\.?|\bversion|\bv|\bissue|\bround)\W*$"
)
_NUMBERED_AFTER = re.compile(r"\s*[号期批届轮](?![线楼院店])")
_LISTED_AFTER = re.compile(r"\.(?:sh|sz|hk|ss|bj)\b")
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_PERIOD_AFTER = re.compile(r"\s*季度|[\s-](?:quarter|half)\b")
# A running report says as of when it counts; that moves with every update and names nothing.
_AS_OF = re.compile(r"(?:截至|截止|截至到|截止到|as of|\bby)\W*(?:\w{0,3}\W*)$")
_REQUESTED = re.compile(
    r"(?:报名|申请|提交|投标|递交|缴[费纳款]|申报|领取|办理|登记"
    r"|\b(?:appl(?:y|ications?)|submi\w+|regist\w+|pay|order|reply|respond|return|bids?|offers?|entries|deadline|send)\b)"
    r"[^.。；;\n]{0,40}$"
)
_ASKED_WITHIN = 64  # characters before a date that may ask for something until then
_WEEKDAY = re.compile(r"[a-z]+day")


def equal_parts(left: Found, right: Found) -> list[bool]:
    """Return for each part that two numbers both have whether it is equal."""
    parts_a, parts_b = parts(left), parts(right)
    if len(parts_a) != len(parts_b):
        return [False]
    return [a == b for a, b in zip(parts_a, parts_b, strict=True) if a and b] or [False]


def is_number_of_an_issue(number: Found) -> bool:
    """Tell whether a number is that of an issue, a case, a code or a version."""
    text, start, end = number.string, number.start(), number.end()
    return not is_date(number) and bool(
        _VERSION.fullmatch(number[0])
        or _NUMBERED_AFTER.match(text, end)
        or _LISTED_AFTER.match(text, end)
        or _NUMBERED_BEFORE.search(text[max(0, start - _REACH) : start])
    )


def is_weekday(number: Found) -> bool:
    """Tell whether a number is nothing but the name of a day."""
    return _WEEKDAY.fullmatch(number[0]) is not None


def dates_a_notice(number: Found) -> bool:
    """Tell whether a number is a date or a quarter, and not merely the time of a count."""
    if not is_date(number) or is_weekday(number):
        return _PERIOD_AFTER.match(number.string, number.end()) is not None
    return not _is_as_of(number)


def is_another_notice(left: Found, right: Found) -> bool:
    """Tell whether two dates near the head, or two codes, are too unlike for a slip of the pen."""
    if _are_other_days(left, right):
        return left.start() <= _HEAD * len(left.string)
    are_codes = is_number_of_an_issue(left) and left[0].isdecimal() and right[0].isdecimal()
    return are_codes and len(left[0]) >= _CODE and not is_slip(left[0], right[0])


def are_of_other_days(telling: Sequence[tuple[Found, Found]]) -> bool:
    """Tell whether a date is another one altogether, or two are (December, Thursday; February, Friday)."""
    dates = {(left[0], right[0]) for left, right in telling if is_date(left) and is_date(right) and not _is_as_of(left)}
    return len(dates) > 1 or any(_are_other_days(left, right) for left, right in telling)


def _are_other_days(left: Found, right: Found) -> bool:
    """Tell whether two dates differ in more than one part, and are not the days of two counts of a running story."""
    if not (is_date(left) and is_date(right)) or equal_parts(left, right).count(False) < 2:
        return False
    return not (_is_as_of(left) and _days_between(left, right) <= _UPDATE_DAYS)


def is_slip(left: str, right: str) -> bool:
    """Tell whether two numbers of one length differ in one character."""
    return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1


def _is_as_of(number: Found) -> bool:
    """Tell whether a date says until when was counted, and not until when something is asked for."""
    text, start = number.string, number.start()
    if not _AS_OF.search(text[max(0, start - _REACH) : start]):
        return False
    return not _REQUESTED.search(text[max(0, start - _ASKED_WITHIN) : start])


def _days_between(left: Found, right: Found) -> int:
    """Return about how many days lie between two dates; a missing part counts as equal."""
    (year_a, month_a, day_a), (year_b, month_b, day_b) = parts(left), parts(right)
    together = ((year_a, year_b, 365), (month_a, month_b, 30), (day_a, day_b, 1))
    return abs(sum((int(b) - int(a)) * days for a, b, days in together if a.isdecimal() and b.isdecimal()))
