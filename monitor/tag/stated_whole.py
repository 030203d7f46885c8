"""What the facts of one article say when they are read together: amendments, days that another sentence tells.

Pure: facts in, facts out. Knows no text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from monitor.tag.stated_facts import WHEN_ISSUED
from monitor.tag.stated_postponed import UNDATED
from storage.states import FactKind, Stage
from storage.tagged import StatedFact

__all__ = ["together"]

_OF_EFFECT = frozenset({FactKind.EFFECTIVE, FactKind.APPLICABLE, FactKind.PARTLY_EFFECTIVE})
_RECENT = timedelta(days=270)
"""An amendment that is news comes into effect after this long before its article, at the earliest."""


def together(facts: Sequence[StatedFact], published: date | None) -> tuple[StatedFact, ...]:
    """Return what the facts of an article come to, one for each value, ordered by field and start."""
    dated = list(_with_days(facts))
    amended = [fact for _, own in _by_entity(dated).items() for fact in _of_amendment(own, published)]
    return _settled(_without_vague(list(_without_early(list(_postponed(amended)), published))))


def _postponed(facts: Sequence[StatedFact]) -> Iterator[StatedFact]:
    """Yield the facts without what a postponement says more exactly; what is only proposed begins nowhere."""
    told = {(fact.entity, fact.what, fact.value) for fact in facts}
    dated = {(entity, what) for entity, what, value in told if value != UNDATED}
    for fact in facts:
        is_vague = fact.value == UNDATED and (fact.entity, fact.what) in dated
        is_decided = (fact.entity, FactKind.POSTPONED, fact.value) in told
        is_proposed = (fact.entity, FactKind.POSTPONEMENT_PROPOSED, fact.value) in told and not is_decided
        is_settled = is_decided and fact.what is FactKind.POSTPONEMENT_PROPOSED
        if not is_vague and not is_settled and not (is_proposed and fact.what in _OF_EFFECT):
            yield fact


def _by_entity(facts: Iterable[StatedFact]) -> dict[str, list[StatedFact]]:
    found: defaultdict[str, list[StatedFact]] = defaultdict(list)
    for fact in facts:
        found[fact.entity].append(fact)
    return found


def _with_days(facts: Sequence[StatedFact]) -> Iterator[StatedFact]:
    """Yield the facts; what is in force from the day it is issued gets that day, if the article states it."""
    issued = {fact.entity: fact.value for fact in reversed(facts) if fact.what is FactKind.ISSUED}
    for fact in facts:
        if fact.value != WHEN_ISSUED:
            yield fact
        elif fact.entity in issued:
            yield replace(fact, value=issued[fact.entity])


def _of_amendment(facts: Sequence[StatedFact], published: date | None) -> Iterator[StatedFact]:
    """Yield the facts of one regulation; what comes into effect after it was amended is the amended version."""
    since = _amended_since(facts, published)
    told = {fact.value for fact in facts if fact.what is FactKind.AMENDMENT_EFFECTIVE}
    effective = {fact.value for fact in facts if fact.what is FactKind.EFFECTIVE}
    later = {value for value in effective if value in told or (since is not None and value > since)}
    is_issued = any(fact.what is FactKind.ISSUED for fact in facts)
    for fact in facts:
        if fact.what is FactKind.EFFECTIVE and fact.value in later:
            yield replace(fact, what=FactKind.AMENDMENT_EFFECTIVE)
        elif not later or is_issued or fact.value != Stage.ISSUED:
            yield fact


def _amended_since(facts: Iterable[StatedFact], published: date | None) -> str | None:
    """Return the day after which a date of effect is that of an amendment, None where none is told."""
    days = [fact.value for fact in facts if fact.what is FactKind.AMENDED]
    if days:
        return min(days)
    is_amended = any(fact.what is FactKind.STAGE and fact.value == Stage.AMENDED for fact in facts)
    return (published - _RECENT).isoformat() if is_amended and published is not None else None


def _without_early(facts: Sequence[StatedFact], published: date | None) -> Iterator[StatedFact]:
    """Yield the facts but "in force" of what is all to come into effect later: 终于落地 may say that it was issued."""
    if published is None:
        yield from facts
        return
    begun = {fact.entity for fact in facts if fact.what is FactKind.EFFECTIVE and fact.value <= published.isoformat()}
    later = {fact.entity for fact in facts if fact.what is FactKind.EFFECTIVE} - begun
    yield from (fact for fact in facts if fact.value != Stage.IN_FORCE or fact.entity not in later)


def _without_vague(facts: Sequence[StatedFact]) -> Iterator[StatedFact]:
    """Yield the facts but the months and years of which the article states a day: 6月施行, 6月1日施行."""
    told = {
        (fact.entity, fact.what, fact.value[:length]) for fact in facts for length in (4, 7) if len(fact.value) > length
    }
    yield from (fact for fact in facts if (fact.entity, fact.what, fact.value) not in told)


def _settled(facts: Iterable[StatedFact]) -> tuple[StatedFact, ...]:
    """Return one fact for each value: the surest, then the first, which is the title's if it states it."""
    best: dict[tuple[str, FactKind, str], StatedFact] = {}
    for fact in facts:
        key = (fact.entity, fact.what, fact.value)
        if key not in best or fact.confidence > best[key].confidence:
            best[key] = fact
    return tuple(sorted(best.values(), key=lambda one: (one.field != "title", one.start, one.what, one.value)))
