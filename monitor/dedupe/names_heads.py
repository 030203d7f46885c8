"""Names that are known by what they end with: 公司, 银行, 法院, 市 and the like."""

from __future__ import annotations

import re

from monitor.dedupe.lexicon import any_form
from monitor.dedupe.names_changes import Change

__all__ = ["are_trades", "head_behind", "is_headed", "stands_before_trade"]

_TRADES, _HOUSES = any_form("trades"), f"{any_form('houses')}|{any_form('venues')}"
_HEAD = re.compile(rf"(?:{_TRADES}|{any_form('kinds')})*(?:{_HOUSES}|{any_form('heads')})")
_TRADE = re.compile(_TRADES)
_ENDS_AS_LONG_HEAD = re.compile(rf".(?:{_HOUSES}|{_TRADES})$")
_ENDS_AS_HEAD = re.compile(rf"{_ENDS_AS_LONG_HEAD.pattern}|..[{any_form('short heads')}]$")


def stands_before_trade(change: Change) -> bool:
    """Tell whether 国际, 科技 or another word of trades follows everywhere, so that no person is named."""
    return _TRADE.match(change.right) is not None


def head_behind(change: Change) -> str:
    """Return what ends both names: 部 of 商务 and 教育, 大学 of 清华 and 北京; nothing where no head follows."""
    found = _HEAD.match(change.right)
    return found[0] if found else ""


def are_trades(change: Change) -> bool:
    """Tell whether each of the two is a word of trades: 科技, 能源."""
    return bool(_TRADE.fullmatch(change.a) and _TRADE.fullmatch(change.b))


def is_headed(change: Change) -> bool:
    """Tell whether both stand before 公司, 银行, 市 and the like, or end with such a word, and have two characters."""
    if min(map(len, change.widened())) < 2:
        return False
    taken = len(change.widened()[0].rpartition(change.a)[2])
    headed = [
        any(all(_HEAD.match(right[at:]) for right in place.right) for at in {0, taken}) for place in change.places
    ]
    if 2 * sum(headed) >= len(headed):
        return True
    if min(len(change.a), len(change.b)) < 2:
        return False
    if _ENDS_AS_HEAD.search(change.a) and _ENDS_AS_HEAD.search(change.b):
        return True
    if change.left and are_trades(change):
        return True
    cut_a, cut_b = f"{change.a}{change.right[:1]}", f"{change.b}{change.right[:1]}"
    return bool(_ENDS_AS_LONG_HEAD.search(cut_a) and _ENDS_AS_LONG_HEAD.search(cut_b))
