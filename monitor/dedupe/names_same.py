"""Changes that leave a name what it is: another outlet's reporter, a short form, what Taiwan calls the same.

Such a change is none, however often it stands.
"""

from __future__ import annotations

import re
from itertools import takewhile

from monitor.dedupe.lexicon import any_form, are_equivalent, is_foreign
from monitor.dedupe.names_changes import Change

__all__ = ["are_one_foreign_name", "is_cut_from", "is_of_one_printing", "mean_the_same"]

_REPORTER = re.compile(rf"(?:{any_form('reporters')})[：: 、]*$")
_OF_REPORTER = re.compile(rf"[）) ]*(?:{any_form('reports')})")
_OUTLET = re.compile(rf"(?:{any_form('outlets')})$")
_DATELINE = re.compile(r"市?(?:0年)?(?:0月)?0日?(?:日电|日讯|日消息|电|讯)")
_REACH = 4  # characters beside a change that may belong to a listed name
_FOREIGN = 3  # characters of a name that is known to be foreign by them alone


def is_of_one_printing(change: Change) -> bool:
    """Tell whether everywhere a reporter, an outlet or the place of a dateline is named."""
    return all(
        any(map(_REPORTER.search, place.left))
        or any(map(_OF_REPORTER.match, place.right))
        or any(_DATELINE.match(right) for right in place.right)
        for place in change.places
    ) or all(map(_OUTLET.search, (change.a, change.b)))


def mean_the_same(change: Change) -> bool:
    """Tell whether the two are listed as equal, or one shortens the other (中国石油, 中国石油天然气集团)."""
    key_a, key_b = _key(change.a), _key(change.b)
    if any(are_equivalent(f"{left}{key_a}{right}", f"{left}{key_b}{right}") for left, right in change.beside(_REACH)):
        return True
    short, long = sorted((change.a, change.b), key=len)
    return change.is_han and 1 < len(short) < len(long) and is_cut_from(short, long)


def _key(name: str) -> str:
    return name.casefold().removeprefix("the ").replace(" ", "_")


def is_cut_from(short: str, long: str) -> bool:
    """Tell whether ``long`` holds all characters of ``short`` in their order."""
    rest = iter(long)
    return all(char in rest for char in short)


def are_one_foreign_name(change: Change) -> bool:
    """Tell whether two transliterations share half of their characters (泽连斯基, 泽伦斯基)."""
    before = "".join(takewhile(is_foreign, reversed(change.left)))[::-1]
    behind = "".join(takewhile(is_foreign, change.right))
    a, b = f"{before}{change.a}{behind}", f"{before}{change.b}{behind}"
    if min(len(a), len(b)) < _FOREIGN or not is_foreign(a + b):
        return False
    return 2 * (len(before) + len(behind)) >= max(len(a), len(b))
