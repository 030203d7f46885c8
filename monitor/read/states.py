"""Dates of publication in the data that pages carry for their own scripts (``__NEXT_DATA__``, ``__INITIAL_STATE__``).

Such data describes many articles; the date is this one's if the title stands near it.
"""

from __future__ import annotations

import json
import re

__all__ = ["date_beside", "first_date", "holds_date"]

_KEY = re.compile(
    r"""\b(?:publish_?(?:ed)?_?(?:time|date|at)|news_?time|pub_?(?:time|date)|date_?published|"""
    r"""first_?publish(?:ed)?_?(?:at|time|date)?|display_?date)(?:\\*["'])?\s*[:=]\s*(?:\\*["'])?"""
    r"""(\d[\d\- :.T+Z/]{7,28})""",
    re.IGNORECASE,
)
_NEAR = 3_000
"""Characters between the title and the date of one article: a summary may stand between them."""
_MOST = 200


def holds_date(text: str) -> bool:
    """Tell whether a script states a date of publication anywhere."""
    return _KEY.search(text) is not None


def first_date(texts: list[str]) -> str | None:
    """Return the first date of publication that any of the scripts states."""
    return next((found[1] for text in texts if (found := _KEY.search(text))), None)


def date_beside(texts: list[str], title: str | None) -> str | None:
    """Return the date of publication nearest to the title, or None if none stands near it."""
    if not title or len(title) < 4:
        return None
    for text in texts:
        at = next((at for form in _spellings(title) if (at := text.find(form)) >= 0), -1)
        dates = [
            (abs(found.start() - at), found[1]) for found, _ in zip(_KEY.finditer(text), range(_MOST), strict=False)
        ]
        if at >= 0 and dates and min(dates)[0] <= _NEAR:
            return min(dates)[1]
    return None


def _spellings(title: str) -> tuple[str, str, str]:
    """Return a title as scripts may write it."""
    return title, json.dumps(title, ensure_ascii=False)[1:-1], json.dumps(title)[1:-1]
