"""The sentence in which a page says that its report is withdrawn or corrected.

Pure. That it says so is known; here it is only found.
"""

from __future__ import annotations

import re
from itertools import chain

from storage.fold import fold
from storage.notices import Notice
from storage.records import Span

__all__ = ["place_of_notice"]

_HEAD, _FOOT = 240, 400  # where a page says it
_WORDS = {
    Notice.WITHDRAWAL: (
        r"(?:撤[回稿销下除掉]|删[除稿帖]|下[架线]|移除|作废|误[发刊]|失效|[停禁]用|勿[采使]?用|取消[发刊]"
        r"|\b(?:retract|withdr[ae]w|delet|unpublish|kill)\w*|disregard(?:ed)?\b|\bremov(?:ed|ing)\b"
        r"|\b(?:taken|took) (?:down|offline)|\bpull(?:ed|ing)\b|not (?:be )?used?|in error)"
    ),
    Notice.CORRECTION: r"(?:更正|勘误|订正|修正|澄清|不实|有误|失实|不符|\b(?:correct|clarif)\w*|amended|updated to)",
}
_ITSELF = (
    r"(?:[本此该这原][篇则条]?(?:[文稿帖]|新闻|消息|快讯)|报[道导]|稿件|一文|编者|编辑|特此"
    r"|\b(?:story|article|report|post|item|piece|editor)\b)"
)
_GAP = r"[^。！？!?\n]{0,60}?"


def place_of_notice(text: str, notice: Notice) -> Span | None:
    """Return where a text says it, best of itself (本文已撤回); None where it does not, as where its title does."""
    folded = fold(text)
    word = _WORDS[notice]
    ends = (0, _HEAD), (max(0, len(text) - _FOOT), len(text))
    patterns = (rf"{_ITSELF}{_GAP}{word}|{word}{_GAP}{_ITSELF}", rf"(?:^|\n)\W*{word}")
    found = chain.from_iterable(re.compile(one).finditer(folded, *end) for one in patterns for end in ends)
    place = next(found, None)
    if place is None:
        return None
    start, end = place.span()
    start += len(place[0]) - len(place[0].lstrip())
    return Span(field="text", start=start, end=end, surface=text[start:end], term=notice)
