"""Whether one text merely wraps, cuts or interleaves the other: nothing of the one stands for anything of the other.

That is the common case of a copy, and there is then no name to compare. Looks at where the two differ and at how
sentences end there; knows nothing of words.
"""

from __future__ import annotations

import re

from monitor.dedupe.stretches import Gap, gaps, stretches

__all__ = ["replaces_nothing"]

_SENTENCE_ENDS = re.compile(r"(?:[。！？!?;；\n]|\.\s|\.$)[\s\"'”’」』)\]]*$")
_NEXT_LINE = re.compile(r"\s*\n")
_CUT_OFF = re.compile(r"[^\S\n]*(?:\n|$|…|\.{3})")
_LEADS = ":("  # what follows answers what follows in the other text, on the same line or the next
_REACH = 6  # characters before a place that may end a sentence


def replaces_nothing(a: str, b: str) -> bool:
    """Tell whether two prepared texts differ in nothing but sentences and lines that one of them has alone.

    What one text breaks off in mid-sentence answers nothing either: the other's end is no other wording of it.
    """
    found = stretches(a, b)
    return bool(found) and all(_answers_nothing(a, b, gap) for gap in gaps(found, len(a), len(b), least=1))


def _answers_nothing(a: str, b: str, gap: Gap) -> bool:
    start_a, end_a, start_b, end_b = gap
    if start_a == 0 and start_b == 0:
        return all(end == 0 or _ends_sentence(text, end) for text, end in ((a, end_a), (b, end_b)))
    if end_a == len(a) and end_b == len(b):
        return _is_cut_off(a, start_a, b, start_b) or _is_cut_off(b, start_b, a, start_a)
    if _has_letters(a, start_a, end_a):
        return not _has_letters(b, start_b, end_b) and _is_whole(a, start_a, end_a)
    return not _has_letters(b, start_b, end_b) or _is_whole(b, start_b, end_b)


def _is_cut_off(part: str, at: int, whole: str, other: int) -> bool:
    """Tell whether ``part`` ends at ``at``, in mid-sentence or for good, where ``whole`` goes on from ``other``."""
    if at == len(part):
        return True
    is_within = not _ends_sentence(part, at) and part[at - 1] not in _LEADS
    return is_within and _CUT_OFF.match(part, at) is not None and not _CUT_OFF.match(whole, other)


def _has_letters(text: str, start: int, end: int) -> bool:
    return any(map(str.isalnum, text[start:end]))


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch is made of whole sentences or lines."""
    opens = start == 0 or _ends_sentence(text, start) or _NEXT_LINE.match(text, start) is not None
    return opens and (_ends_sentence(text, end) or _NEXT_LINE.match(text, end) is not None)


def _ends_sentence(text: str, at: int) -> bool:
    return _SENTENCE_ENDS.search(text[max(0, at - _REACH) : at]) is not None
