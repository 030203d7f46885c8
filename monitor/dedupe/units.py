"""What numbers are of, where a page keeps a number and changes that: 500万元, 500万美元; 30 days, 30 months; $5, €5.

Numbers are known again by their value and the letters before them; a unit counts when the other text has one of the
same kind there, and not this one. What is measured in no listed unit tells nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from monitor.dedupe.body import Body
from monitor.dedupe.numerals import Found, find_numbers, is_date, value

__all__ = ["other_units"]

_UNITS: Mapping[str, Mapping[str, str]] = {
    "money": {
        "yuan": r"元(?!月|旦)|人民币|块钱|yuan\b|renminbi\b|rmb\b|cny\b",
        "dollar": r"美[元金]|(?:u\.?s\.? )?dollars?\b|usd\b",
        "hong kong dollar": r"港[元币]|hong kong dollars?\b|hkd\b",
        "euro": r"欧元|euros?\b|eur\b",
        "pound": r"英镑|pounds?\b(?! of)|gbp\b",
        "yen": r"日[元圆]|yen\b|jpy\b",
        "won": r"韩[元圆]|won\b|krw\b",
        "taiwan dollar": r"新?台币|taiwan dollars?\b|twd\b",
        "rouble": r"卢布|r(?:o)?ubles?\b",
        "rupee": r"卢比|rupees?\b|inr\b",
    },
    "time": {
        "second": r"秒|seconds?\b",
        "minute": r"分钟|minutes?\b",
        "hour": r"个?(?:小时|钟头)|hours?\b",
        "day": r"个?(?:工作|自然)?[天日](?!月)|(?:(?:working|business|calendar) )?days?\b",
        "week": r"周(?!年)|个?星期|weeks?\b",
        "month": r"个月|months?\b",
        "year": r"年(?!\s?\d)|years?\b",
    },
    "share": {
        "percent": r"%|percent\b(?!age)|per cent\b",
        "point": r"个?百分点|percentage points?\b",
        "basis point": r"个?基点|basis points?\b|bps?\b",
    },
    "length": {
        "metre": r"米(?![粒饭])|metres?\b|meters?\b",
        "kilometre": r"公里|千米|kilomet(?:re|er)s?\b|km\b",
        "mile": r"英里|miles?\b",
    },
    "area": {
        "square metre": r"平方米|平米|square (?:metres?|meters?)\b",
        "square kilometre": r"平方公里|平方千米|square kilomet(?:re|er)s?\b",
        "mu": r"亩",
        "hectare": r"公顷|hectares?\b",
        "acre": r"英亩|acres?\b",
        "square foot": r"平方英尺|square f(?:oo|ee)t\b",
    },
    "weight": {
        "kilogram": r"公斤|千克|kilograms?\b|kgs?\b",
        "ton": r"吨|tonn?es?\b|tons?\b",
        "gram": r"克(?!拉)|grams?\b",
    },
}
_SIGNS = {
    "$": "dollar", "us$": "dollar", "usd": "dollar", "hk$": "hong kong dollar", "hkd": "hong kong dollar", "€": "euro",
    "eur": "euro", "£": "pound", "gbp": "pound", "rmb": "yuan", "cny": "yuan", "人民币": "yuan", "₩": "won",
    "₹": "rupee", "nt$": "taiwan dollar",
}  # fmt: skip
_SIGN = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(_SIGNS, key=len, reverse=True)))})\s?$")
_BETWEEN = r"\s?(?:多|余)?(?:[万亿]|千万|百万|万亿)?(?:多|余)?\s?"
_OF = {
    kind: re.compile(_BETWEEN + "(?:" + "|".join(f"(?P<u{at}>{form})" for at, form in enumerate(units.values())) + ")")
    for kind, units in _UNITS.items()
}
_REACH = 24  # characters on either side of a number
_SIGN_REACH = 4
_WRITTEN = 30  # characters of a quantity that is reported

_BESIDE = 4  # letters before a quantity by which its place is known again
_NOT_WORD = re.compile(r"[\W_]+")

_Written = dict[str, dict[str, str]]
"""Quantities as they are written, by the letters before them and by their units."""


def other_units(a: Body, b: Body) -> tuple[tuple[str, str], ...]:
    """Return the quantities, as written, of which the number stays in its place and the unit was replaced."""
    old, new = _quantities(a), _quantities(b)
    found = (pair for one in old if one in new for pair in _replaced(old[one], new[one]))
    return tuple(dict.fromkeys(found))


def _replaced(old: _Written, new: _Written) -> Iterator[tuple[str, str]]:
    """Yield what each of two texts says behind the same letters, in units that the other has not there."""
    for place in filter(new.__contains__, old):
        if old[place].keys().isdisjoint(new[place]):
            yield next(iter(old[place].values())), next(iter(new[place].values()))


def _quantities(body: Body) -> dict[tuple[str, str], _Written]:
    """Return the quantities of a text by their value and the kind of their unit."""
    found: dict[tuple[str, str], _Written] = defaultdict(lambda: defaultdict(dict))
    for number in find_numbers(body.prepared, has_words=body.is_latin):
        if is_date(number):
            continue
        sign = _SIGN.search(number.string, max(0, number.start() - _SIGN_REACH), number.start())
        start = sign.start() if sign else number.start()
        place = _NOT_WORD.sub("", number.string[max(0, start - _REACH) : start])[-_BESIDE:]
        for kind, unit, written in _units_of(number, sign):
            found[value(number), kind][place].setdefault(unit, written[:_WRITTEN])
    return found


def _units_of(number: Found, sign: re.Match[str] | None) -> Iterator[tuple[str, str, str]]:
    """Yield the kind, the unit and the quantity as written, by what stands behind a number or by a sign before it."""
    end = number.end()
    behind = number.string[end : end + _REACH]
    for kind, form in _OF.items():
        unit = form.match(behind)
        if unit is not None:
            name = list(_UNITS[kind])[int((unit.lastgroup or "u0")[1:])]
            yield kind, name, f"{number[0]}{unit[0]}".strip()
        elif kind == "money" and sign is not None:
            yield kind, _SIGNS[sign[0].strip()], number.string[sign.start() : end]
