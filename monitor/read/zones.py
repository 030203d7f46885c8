"""The zones that times are written with: offsets, names and abbreviations. Knows no page and no clock."""

from __future__ import annotations

from datetime import date, timedelta, timezone

__all__ = ["AMERICAN", "CHINA", "ZONE", "zone_named"]

CHINA = timezone(timedelta(hours=8))
"""Asia/Shanghai has had no summer time since 1991."""

_HOURS = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2,
    "eest": 3, "msk": 3, "ist": 5.5, "pkt": 5, "ict": 7, "wib": 7, "sgt": 8, "hkt": 8, "pht": 8, "myt": 8, "awst": 8,
    "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "edt": -4, "est": -5, "cdt": -5, "cst": -6,
    "mdt": -6, "mst": -7, "pdt": -7, "pst": -8, "akdt": -8, "akst": -9, "hst": -10, "adt": -3, "ast": -4, "brt": -3,
}  # fmt: skip
_AMERICAN = {"et": -5, "ct": -6, "mt": -7, "pt": -8}
"""Standard time of the zones that are named without saying whether summer time holds."""
AMERICAN = frozenset({*_AMERICAN, "edt", "est", "cdt", "mdt", "mst", "pdt", "pst", "akdt", "akst", "hst"})
"""Zones of the United States, where the month stands before the day."""
_CHINESE = frozenset(
    {"cst", "北京时间", "北京時間", "香港时间", "香港時間", "台北时间", "台北時間", "beijing time", "hong kong time"}
)

ZONE = (
    r"(?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d{2})?(?!\d)|[+-]\d{2}(?::?\d{2})?(?![\d-])|Z\b|(?:北京|香港|"
    r"台北)[时時][间間]|(?:Beijing|Hong Kong) time\b|"
    rf"(?:{'|'.join(sorted((*_HOURS, *_AMERICAN), key=len, reverse=True))})\b"
)
"""A pattern for what stands behind a time; to be compiled without regard to case."""


def zone_named(text: str, day: date, default: timezone | None) -> timezone | None:
    """Return the zone that ``text`` names for a time on ``day``, or ``default`` where it is none.

    CST is China's where ``default`` is China; ET, CT, MT and PT take American summer time into account.
    """
    name = text.strip().lower()
    if name in _CHINESE and (default == CHINA or name != "cst"):
        return CHINA
    if name in _AMERICAN:
        return timezone(timedelta(hours=_AMERICAN[name] + _is_american_summer(day)))
    if name in _HOURS:
        return timezone(timedelta(hours=_HOURS[name]))
    return _offset(name.removeprefix("utc").removeprefix("gmt").strip()) or default


def _offset(text: str) -> timezone | None:
    if text[:1] not in {"+", "-"}:
        return None
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if text[0] == "-" else offset) if offset < timedelta(hours=15) else None


def _is_american_summer(day: date) -> bool:
    """Tell whether summer time holds: from the second Sunday of March to the first of November (since 2007)."""
    return _sunday(day.year, 3, 2) <= day < _sunday(day.year, 11, 1)


def _sunday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))
