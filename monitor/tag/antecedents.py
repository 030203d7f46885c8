"""The full titles of a text that a short form may stand for: in book marks, and tracked regulations without marks.

A title that nobody tracks counts too: a short form of it is nobody's. Decides on no short form.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.tag.places import Cover, Places
from monitor.tag.titles import Title

__all__ = ["HEADS", "PINYIN", "Antecedent", "Left", "ShortForm", "antecedents", "are_listed", "core"]

HEADS = (
    "暂行办法|管理办法|管理规定|管理条例|实施办法|征求意见稿|意见稿|办法|规定|条例|细则|决定|意见|通知|指南|指引|规范|标准|"
    "框架|规划|法案|草案|倡议|准则|公约|宣言|原则"
)
"""Nouns that titles of rules end in, and that stand for a whole title."""

PINYIN = re.compile(r"\([a-z\u00e0-\u01dc]{1,6}\)")
"""A syllable that copying sites put behind a character."""

_STAGE = re.compile(r"(?: ?\((?:[^()]*稿|试行|草案|暂行|[^()]*修订|[^()]*年[^()]*)\)){1,3}$")
_LAW = re.compile("[^办做]法典?$")
_LISTED = re.compile(
    r"[\"'》〉) ]*(?:\([^()]{0,40}\))*[\"'》 ]*(?:、|和|与|及|以及|跟|暨|,? and |, | or |)[\"'《〈 ]*(?:the |The )?"
)
_MIN_TITLE = 6
_LOOK_BACK = 200
_LEAD = 20  # characters before a title's mark that a tracked name may take in: 欧盟《人工智能法》


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A full title in the text; ``entity`` is None for one that is not tracked."""

    start: int
    end: int
    title: str
    entity: str | None


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A short form found: the entity it stands for, and the title it was bound to."""

    start: int
    end: int
    entity: str
    title: str
    confidence: float


def antecedents(letters: str, titles: Iterable[Title], tracked: Iterable[tuple[int, int, str]]) -> list[Antecedent]:
    """Return all full titles of a folded text in order: in book marks, and tracked regulations without marks.

    ``tracked`` are start, end and entity of certain mentions. A title in marks is tracked when such a mention ends
    where the title does, but for a stage in brackets.
    """
    bare = [Antecedent(start, end, letters[start:end], entity) for start, end, entity in tracked]
    known = Places(bare)
    marked = [_marked(letters, title, known) for title in titles]
    cover = Cover((antecedent.start, antecedent.end) for antecedent in marked)
    found = [item for item in marked if item.entity or _is_full(item.title)]
    found += [item for item in bare if not cover.touches(item.start, item.end)]
    return sorted(found, key=lambda antecedent: antecedent.start)


def _is_full(title: str) -> bool:
    """Say whether an untracked title is no short form of another: a long one, or a law, whose name may be short."""
    return len(title) >= _MIN_TITLE or _LAW.search(title) is not None


def _marked(letters: str, title: Title, tracked: Places[Antecedent]) -> Antecedent:
    inner = letters[title.inner_start : title.inner_end]
    core_end = title.inner_start + len(core(inner))
    near = tracked.starting(max(0, title.start - _LEAD), title.end)
    entity = next((item.entity for item in near if core_end <= item.end <= title.end), None)
    return Antecedent(title.start, title.end, PINYIN.sub("", inner), entity)


def core(title: str) -> str:
    """Return a title without the stages in brackets behind it: 规定(试行)(征求意见稿)."""
    return _STAGE.sub("", title)


def are_listed(letters: str, left: Antecedent, right: Antecedent) -> bool:
    """Say whether two titles stand side by side in one list: 《A》与《B》, ``A and the B``."""
    return left.end <= right.start and _LISTED.fullmatch(letters, left.end, right.start) is not None


class Left:
    """The full titles of a text, asked for from right to left."""

    def __init__(self, known: Sequence[Antecedent]) -> None:
        self.known = known
        self._starts = [antecedent.start for antecedent in known]

    def of(self, at: int) -> Iterator[Antecedent]:
        """Yield the titles that end at or before ``at``, nearest first, at most 200."""
        index = bisect_left(self._starts, at)
        nearest = self.known[max(0, index - _LOOK_BACK) : index]
        return (antecedent for antecedent in reversed(nearest) if antecedent.end <= at)
