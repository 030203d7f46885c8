"""Whether two stories tell of one event in their own words, and why.

Pure. Two texts on one event share what no other event has: names, exact figures, titles of works. Notices of one kind
share all their other words, and two doings of one company its names: so there must be a figure in common, or a name
that both titles have, and what both titles name without the other text knowing it counts against. The weights are
those of a logistic regression on the reports of ``bench.topics``, rounded; docs/design/0015-topics.md says more.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.tag.terms import is_in_title, term_key, times
from monitor.topics.rarity import ENTITY, Rarity, is_anchor, is_figure

__all__ = ["LEAST_ANCHORS", "RULE_VERSION", "THRESHOLD", "WITHIN", "About", "Resemblance", "is_round_up", "resemblance"]

RULE_VERSION = "topic1"
WITHIN = timedelta(days=3)
"""Stories further apart tell of another development."""
THRESHOLD = 0.65
"""The least score of one event; the likest two of other events got .40 in a small store, .63 beside 5,000 others."""
LEAST_ANCHORS = 2

_COSINE = 2.0  # of all terms, weighted by how much they tell
_SHARED, _MOST_SHARED = 1.2, 4.0  # names, figures and entities in common, each worth up to 1
_FIGURES, _MOST_FIGURES = 2.8, 3.0  # exact figures among them, on top
_MISSING, _MOST_MISSING = -1.4, 3.0  # what each title names and the other text has not, whichever is less
_TITLES = 3.8  # how much of the titles the other text has: geometric mean of the shares
_A_DAY = -0.4  # for each day between the two
_OFFSET = -4.9
_SHOWN = 8
_MOST_TIMES = 6  # a word that stands more often tells no more

_ROUND_UP = re.compile(
    r"^\W*(?:早报|晚报|午报|日报|周报|早知道|早餐|早参|晚间|今日|昨日|一周|本周|每日|财经|要闻|快讯|速览|盘点|汇总|回顾)"
    r"[^：:|｜】]{0,8}[：:|｜】]"
    r"|(?:要闻|早报|晚报|周报|快讯|新闻|资讯|公告|大事|热点)(?:汇总|速览|一览|合集|盘点|回顾|集锦|早知道|提醒)|早知道"
    r"|\b(?:round-?up|briefing|news in brief|what to know|at a glance|week in review|live updates|morning|wrap)\b.*[:|]"
    r"|:\s*(?:live updates|what happened)|\bday \d+ of\b",
    re.IGNORECASE,
)

_ITEMS = re.compile(r"[；;｜|丨]")
_PARTS = re.compile(r"[，,；;]| and ")
_LISTED = re.compile(
    r"一、.{4,}?二、.{4,}?三、|\b1\b.{4,}?\b2[.、)）].{4,}?\b3[.、)）]|(?:[^；;\n]{4,99}[；;]){2}", re.DOTALL
)
_LEAST_ITEMS, _LEAST_PART, _LOOKED_AT = 3, 4, 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A story's terms by their keys: how each is shown, its count, whether it is an anchor."""

    terms: Mapping[str, tuple[str, int, bool]]
    told_at: datetime

    @classmethod
    def of(cls, terms: tuple[tuple[str, int], ...], told_at: datetime) -> About:
        """Return what a profile says, ready to be compared."""
        found = {term_key(term): (term, count, is_anchor(term, count)) for term, count in terms}
        return cls(terms=found, told_at=told_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance:
    """How much two stories look like one event; a ``score`` (0-1) of ``THRESHOLD`` or more says that they are.

    ``words`` and ``entities`` are the shared terms, the most telling first; ``cosine`` is that of all weighted terms,
    ``anchors`` counts the names, figures and entities among the shared ones.
    """

    score: float
    cosine: float
    anchors: int
    words: tuple[str, ...]
    entities: tuple[str, ...]
    apart: timedelta

    @property
    def is_one_event(self) -> bool:
        """Whether the two are shown together."""
        return self.score >= THRESHOLD and self.anchors >= LEAST_ANCHORS and self.apart <= WITHIN


def is_round_up(title: str | None, text: str = "") -> bool:
    """Say whether an article lists the day's events: it is about none of them.

    The title says so, or it is a list itself and the text is one.
    """
    if not title:
        return False
    if _ROUND_UP.search(title) or len(_ITEMS.findall(title)) >= _LEAST_ITEMS - 1:
        return True
    parts = [part for part in _PARTS.split(title) if len(part) >= _LEAST_PART]
    return len(parts) >= _LEAST_ITEMS and _LISTED.search(text[:_LOOKED_AT]) is not None


def resemblance(a: About, b: About, rarity: Rarity) -> Resemblance:
    """Return how much two stories look like one event. Symmetric."""
    shared = sorted(a.terms.keys() & b.terms.keys())
    tells = {key: rarity.of(story.terms[key][0]) for story in (a, b) for key in story.terms}
    anchors = _merged([key for key in shared if a.terms[key][2] or b.terms[key][2]])
    figures = [key for key in anchors if is_figure(key)]
    headed = [key for key in anchors if _is_headed(key, a, b)]
    cosine = _cosine(a, b, shared, tells)
    apart = abs(a.told_at - b.told_at)
    strength = (
        _OFFSET
        + _COSINE * cosine
        + _SHARED * min(sum(tells[key] for key in anchors), _MOST_SHARED)
        + _FIGURES * min(sum(tells[key] for key in figures), _MOST_FIGURES)
        + _MISSING * min(_missing(a, b, tells), _missing(b, a, tells), _MOST_MISSING)
        + _TITLES * math.sqrt(_covered(a, b, tells) * _covered(b, a, tells))
        + _A_DAY * (apart / timedelta(days=1))
    )
    score = 1 / (1 + math.exp(-strength)) if figures or headed else 0.0
    ranked = sorted(shared, key=lambda key: (key not in anchors, -tells[key], key))
    shown = [a.terms[key][0] for key in ranked if key in anchors or not _is_piece(key)]
    return Resemblance(
        score=round(score, 4),
        cosine=round(cosine, 4),
        anchors=len(anchors),
        words=tuple(term for term in shown if not term.startswith(ENTITY))[:_SHOWN],
        entities=tuple(term.removeprefix(ENTITY) for term in shown if term.startswith(ENTITY)),
        apart=apart,
    )


def _is_headed(key: str, a: About, b: About) -> bool:
    """Say whether both titles have a term; one is enough for the title of a work."""
    places = [is_in_title(story.terms[key][1]) for story in (a, b)]
    return any(places) if key.startswith("《") else all(places)


def _missing(story: About, other: About, tells: Mapping[str, float]) -> float:
    """Return the weight of what a title names and the other story does not have."""
    named = [key for key, (_, count, anchor) in story.terms.items() if anchor and is_in_title(count)]
    return sum(tells[key] for key in _merged(named) if key not in other.terms)


def _covered(story: About, other: About, tells: Mapping[str, float]) -> float:
    """Return the share of a title, by weight, that the other story has."""
    titled = [key for key, (_, count, _) in story.terms.items() if is_in_title(count)]
    whole = sum(tells[key] for key in titled)
    return sum(tells[key] for key in titled if key in other.terms) / whole if whole else 0.0


def _cosine(a: About, b: About, shared: list[str], tells: Mapping[str, float]) -> float:
    def weight(story: About, key: str) -> float:
        return math.sqrt(min(times(story.terms[key][1]), _MOST_TIMES)) * tells[key]

    common = sum(weight(a, key) * weight(b, key) for key in shared)
    norms = math.prod(math.sqrt(sum(weight(story, key) ** 2 for key in story.terms)) for story in (a, b))
    return common / norms if norms else 0.0


def _merged(keys: list[str]) -> list[str]:
    """Return keys without those that only go on where another ends: 科创 and 创板 are two pieces of one name."""
    pieces = [key for key in keys if _is_piece(key)]
    return [key for key in keys if not (_is_piece(key) and any(one != key and one[1] == key[0] for one in pieces))]


def _is_piece(key: str) -> bool:
    return len(key) == 2 and key[0] >= "\u3400"
