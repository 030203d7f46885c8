"""Which of the sighted names to propose first, and what an accepted one becomes under ``watch:``.

Pure: gets what was counted per name, returns an order and reasons in numbers. Neither counts nor stores.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from monitor.tag.segment import is_ordinary
from monitor.tag.squeeze import is_han
from storage.fold import fold

__all__ = ["Proposal", "Tally", "ranked", "rise", "suggested_entity"]

_SMOOTHING = 0.5
_SHORT_HAN, _SHORT_TITLE = 2, 5
_SLUG = 40  # characters of an id
_MODEL_CUES = ["大模型", "语言模型", "AI模型", "language model", "LLM", "AI model"]
_RULE_CUES = ["人工智能", "人工智慧", "算法", "数据", "artificial intelligence", "algorithm"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was counted of one name.

    ``names`` are its spellings as shown, with how often each was sighted. ``sources`` are the distinct sources that
    named it in the window, ``stories`` the stories there (copies of a text count once), ``days`` the distinct days of
    the window on which one appeared; ``earlier`` are the stories of the background, the days right before the window.
    """

    key: str
    kind: str
    names: tuple[tuple[str, int], ...]
    sources: int
    stories: int
    days: int
    earlier: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A name worth a look: the spelling used most, and why it stands where it does (``rise`` as the function)."""

    key: str
    kind: str
    name: str
    names: tuple[str, ...]
    sources: int
    stories: int
    days: int
    earlier: int
    rise: float


def ranked(rows: Iterable[Tally], *, background_days: int, window_days: int) -> tuple[Proposal, ...]:
    """Return the proposals, the most telling first.

    What counts first is how many tell of a name on their own: the sources or the stories, whichever are fewer. One
    source that repeats a name a hundred times stands below two that say it once, and so does one story that a hundred
    sources reprint. Among names that as many tell of the steeper rise over the name's own background is first, then
    more days, more sources, more stories, and the key. A name with no story in the window is left out. Raise
    ValueError for days below 1.
    """
    if background_days < 1 or window_days < 1:
        raise ValueError(f"expected days of 1 or more, found background {background_days}, window {window_days}")
    proposals = [_proposal(row, background_days, window_days) for row in rows if row.stories > 0 and row.sources > 0]
    return tuple(sorted(proposals, key=_order))


def rise(stories: int, earlier: int, *, window_days: int, background_days: int) -> float:
    """Return how surely a name appears more often than before: a signed log-likelihood ratio, 0 for no change.

    Stories are taken for Poisson events. G² = 2 (k ln((k/w) / r) + n ln((n/b) / r)) compares the rates of the window
    (k stories in w days) and the background (n in b days) with the common rate r = (k + n) / (w + b); negative where
    the name has become rarer. Half a story is added to both counts, so that a new name has a finite rise. 3.84 would
    be significant at 5 % for a single name (chi-squared, one degree of freedom). Source: T. Dunning, Accurate Methods
    for the Statistics of Surprise and Coincidence, Computational Linguistics 19 (1), 1993.
    """
    now, before = stories + _SMOOTHING, earlier + _SMOOTHING
    common = (now + before) / (window_days + background_days)
    rate, old_rate = now / window_days, before / background_days
    ratio = 2 * (now * math.log(rate / common) + before * math.log(old_rate / common))
    return round(math.copysign(max(0.0, ratio), rate - old_rate), 6)


def _proposal(row: Tally, background_days: int, window_days: int) -> Proposal:
    spellings = tuple(name for name, _ in sorted(row.names, key=lambda one: (-one[1], one[0])))
    return Proposal(
        key=row.key,
        kind=row.kind,
        name=spellings[0] if spellings else row.key,
        names=spellings,
        sources=row.sources,
        stories=row.stories,
        days=row.days,
        earlier=row.earlier,
        rise=rise(row.stories, row.earlier, window_days=window_days, background_days=background_days),
    )


def _order(proposal: Proposal) -> tuple[int, float, int, int, int, str, str]:
    tell = min(proposal.sources, proposal.stories)
    more = (-proposal.days, -proposal.sources, -proposal.stories)
    return -tell, -proposal.rise, *more, proposal.kind, proposal.key


def suggested_entity(proposal: Proposal, *, entity_id: str | None = None) -> dict[str, Any]:
    """Return what an accepted proposal becomes under ``watch:``, as plain values.

    A name that means nothing else is an alias. A short one (two Han characters, a title of up to five), and a plain
    Latin word counts beside a cue; a word of the dictionary must also look like a name. A Han model's name with
    大模型 behind always counts. The id is made of Latin letters, else of a hash of the key, the same every time.
    """
    spellings = list(dict.fromkeys(fold(name, keep_case=True).strip() for name in (proposal.name, *proposal.names)))
    roles: dict[str, list[str]] = {"aliases": [], "ambiguous": [], "common": []}
    for spelling in spellings:
        roles[_role(spelling, proposal.kind)].append(spelling)
    if proposal.kind == "model":
        short = [one for one in (*roles["ambiguous"], *roles["common"]) if is_han(one[0])]
        roles["aliases"] += [f"{one}大模型" for one in short]
    entity: dict[str, Any] = {"id": entity_id or _made_id(proposal), "name": proposal.name}
    entity |= {role: found for role, found in roles.items() if found}
    if roles["ambiguous"] or roles["common"]:
        entity["cues"] = list(_MODEL_CUES if proposal.kind == "model" else _RULE_CUES)
    return entity


def _role(spelling: str, kind: str) -> str:
    if kind != "model":
        return "ambiguous" if _is_han(spelling) and len(spelling) <= _SHORT_TITLE else "aliases"
    if _is_han(spelling):
        if is_ordinary(spelling):
            return "common"
        return "ambiguous" if len(spelling) <= _SHORT_HAN else "aliases"
    return "ambiguous" if _is_plain_word(spelling) else "aliases"


def _is_han(spelling: str) -> bool:
    return all(is_han(character) for character in spelling if character.isalnum())


def _is_plain_word(spelling: str) -> bool:
    """Say whether Latin words look like everyday ones or a name: no digit, hyphen, or capital inside a word."""
    return re.fullmatch(r"[A-Z]?[a-z]+(?: [A-Z]?[a-z]+)*|[A-Z]{2,4}", spelling) is not None


def _made_id(proposal: Proposal) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", fold(proposal.name)).strip("-")[:_SLUG].strip("-")
    is_latin = slug and not any(map(is_han, proposal.name))
    mark = hashlib.sha256(f"{proposal.kind}:{proposal.key}".encode()).hexdigest()[:6]
    return f"{proposal.kind}:{slug if is_latin else f'x-{mark}'}"
