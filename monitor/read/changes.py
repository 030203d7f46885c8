"""What changed between two forms of a text: lines, and within long paragraphs sentences.

Knows texts as lines and says which went and which came; what a change means is judged elsewhere (``monitor.dedupe``).
Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .hygiene import units

__all__ = ["Change", "changes"]

_LONG = 60.0
"""Units from which on a paragraph is compared by its sentences."""
_ALIKE = 0.5
_MAX_PAIRS = 400  # pairs of paragraphs of one block that are compared
_MANY = 4_000  # lines from which on the quick form of the comparison is used
_SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;]+[”’」』）)\"']*|[^。！？；!?;\n]+")
_ENGLISH_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'“(])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Lines that went and lines that came in one place; ``after`` is how many lines of the older text stand above.

    A long paragraph gives only the sentences in which it differs.
    """

    after: int
    removed: tuple[str, ...]
    added: tuple[str, ...]


def changes(old: Sequence[str], new: Sequence[str]) -> tuple[Change, ...]:
    """Return what leads from one list of lines to another, in order; nothing for equal ones."""
    matcher = SequenceMatcher(None, old, new, autojunk=max(len(old), len(new)) > _MANY)
    found = (_change(old[a:b], new[c:d], after=a) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal")
    return tuple(change for change in found if change.removed or change.added)


def _change(old: Sequence[str], new: Sequence[str], *, after: int) -> Change:
    removed: list[str] = []
    added: list[str] = []
    for before, now in _paired(list(old), list(new)):
        if before is not None and now is not None and min(units(before), units(now)) >= _LONG:
            went, came = _by_sentences(before, now)
            removed += went
            added += came
        else:
            removed += [before] if before is not None else []
            added += [now] if now is not None else []
    return Change(after=after, removed=tuple(removed), added=tuple(added))


def _paired(old: list[str], new: list[str]) -> Iterator[tuple[str | None, str | None]]:
    """Yield lines with the one that they became, or None."""
    if len(old) * len(new) > _MAX_PAIRS:
        yield from ((line, None) for line in old)
        yield from ((None, line) for line in new)
        return
    rest = list(new)
    for line in old:
        best = max(rest, key=lambda other: _likeness(line, other), default=None)
        if best is None or _likeness(line, best) < _ALIKE:
            yield line, None
        else:
            rest.remove(best)
            yield line, best
    yield from ((None, line) for line in rest)


def _likeness(one: str, other: str) -> float:
    """Return how much two lines have in common, 0-1; 0 for little."""
    matcher = SequenceMatcher(None, one[:2_000], other[:2_000], autojunk=False)
    return 0.0 if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE else matcher.ratio()


def _by_sentences(old: str, new: str) -> tuple[list[str], list[str]]:
    before, now = _sentences(old), _sentences(new)
    removed: list[str] = []
    added: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind != "equal":
            removed += ["".join(before[a:b])] if b > a else []
            added += ["".join(now[c:d])] if d > c else []
    return [text.strip() for text in removed if text.strip()], [text.strip() for text in added if text.strip()]


def _sentences(text: str) -> list[str]:
    parts = [part for piece in _ENGLISH_SENTENCE.split(text) for part in _SENTENCE.findall(f"{piece} ")]
    return [part for part in parts if part]
