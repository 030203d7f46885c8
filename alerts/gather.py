"""What a digest is made of, read from the store: the hits that wait, their leading articles, what was known before.

Read-only: what is told is marked by ``alerts.dispatch``, and a preview marks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from alerts.digest import CoverageCounts, Digest, NewName, ToldBurst, compose
from alerts.entry import Past
from alerts.leading import led
from alerts.rounds import holding, steps_of
from alerts.rules import RuleSet
from alerts.stages import Step, steps_of_token
from storage import hits as hit_store
from storage.findings import stated_in
from storage.former import former_texts, stages_before
from storage.keywords import shown_keywords
from storage.records import HitReason, StoryHit
from storage.rounds import rounds_of
from storage.states import FactKind
from storage.subjects import subjects_of
from storage.topics import topic_of

__all__ = [
    "NEWS",
    "DigestQuestion",
    "FindBursts",
    "FindNames",
    "FindSections",
    "gather_digest",
    "keywords_of",
    "no_names",
    "past_of",
    "shown_hits",
    "waiting_hits",
]

NEWS = timedelta(days=1)
"""How far back the first digest of a new channel reaches; older hits were told to others."""
_PAGE = 500
_MAX_HITS = 10_000  # in one digest; what is left opens the next one

FindSections = Callable[[Session, Sequence[StoryHit]], Mapping[int, str]]
"""Under what name hits stand in a digest, by their ids, where their rules group them."""
FindNames = Callable[[Session, datetime, datetime], Sequence[NewName]]
"""Names that nobody tracks, first seen between two times, the most telling first."""
FindBursts = Callable[[Session, Collection[str], datetime, datetime], Sequence[ToldBurst]]
"""Bursts of some entities that were told between two times, the largest first."""


def _no_bursts(session: Session, entities: Collection[str], since: datetime, until: datetime) -> Sequence[ToldBurst]:
    return ()


def _no_sections(session: Session, found: Sequence[StoryHit]) -> Mapping[int, str]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestQuestion:
    """What a digest is asked for with: ``names`` are display names by id, ``since`` the end of the window before."""

    rules: RuleSet
    coverage: CoverageCounts
    names: Mapping[str, str]
    find_names: FindNames
    since: datetime | None
    timezone: str
    now: datetime
    silenced: int = 0
    language: str | None = None
    find_sections: FindSections = _no_sections
    find_bursts: FindBursts = _no_bursts


def no_names(session: Session, since: datetime, until: datetime) -> Sequence[NewName]:
    """Find no names."""
    return ()


def waiting_hits(
    session: Session, rules: Sequence[str], after_id: int, *, channel: str | None = None
) -> tuple[StoryHit, ...]:
    """Return the hits of rules with ids above ``after_id``, in order, as many as a digest holds.

    Those that wait for the digest of a ``channel``; without one all of them, told or not.
    """
    found: list[StoryHit] = []
    while len(found) < _MAX_HITS:
        last = found[-1].hit_id if found else after_id
        page = hit_store.hits_after(session, rules=rules, after_id=last, limit=_PAGE, waiting_for=channel)
        found += page
        if len(page) < _PAGE:
            break
    return tuple(found)


def gather_digest(session: Session, found: Sequence[StoryHit], asked: DigestQuestion) -> Digest:
    """Return the digest of hits, each story told by the article that leads it."""
    shown = shown_hits(session, found, rules=asked.rules, now=asked.now)
    stories = {hit.hit.story_id for hit in found}
    since = asked.since or asked.now - NEWS
    entities = {one.entity for hit in shown for one in hit.mentions}
    return compose(
        shown,
        asked.coverage,
        rules={rule.id: rule for rule in asked.rules.rules},
        until=asked.now,
        timezone=asked.timezone,
        since=asked.since,
        names=asked.names,
        keywords=keywords_of(session, shown),
        topics={story_id: link.topic_id for story_id, link in topic_of(session, stories).items()},
        past=past_of(session, found, shown, since=asked.since),
        new_names=asked.find_names(session, since, asked.now),
        silenced=asked.silenced,
        sections=asked.find_sections(session, found),
        conditions=asked.rules.queries.queries,
        language=asked.language,
        bursts=asked.find_bursts(session, entities, since, asked.now),
    )


def shown_hits(session: Session, found: Sequence[StoryHit], *, rules: RuleSet, now: datetime) -> tuple[StoryHit, ...]:
    """Return hits as a message shows them, each by the article that leads its story now where its rule holds there."""
    leads = hit_store.leads_of(session, found)
    if not leads:
        return tuple(found)
    subjects = subjects_of(session, [lead.article_id for lead in leads.values()])
    return led(found, leads, subjects, rules=rules, now=now)


def keywords_of(session: Session, shown: Iterable[StoryHit]) -> dict[int, tuple[str, ...]]:
    """Return the keywords of the articles that are shown, but for the tracked names in each."""
    named = {hit.hit.article_id: {one.surface for one in hit.mentions} for hit in shown}
    return shown_keywords(session, named.keys(), named)


def past_of(session: Session, found: Iterable[StoryHit], shown: Iterable[StoryHit], *, since: datetime | None) -> Past:
    """Return what was known before of hits, and of the articles that are shown for them.

    Earlier texts are those of the articles that were hit; without ``since`` no regulation has come further, but for
    those of which a hit says so.
    """
    changed = [hit for hit in found if hit.hit.reason is HitReason.CHANGED]
    former = former_texts(session, (hit.hit.article_id for hit in changed))
    return Past(
        former={hit.hit_id: former.get(hit.hit.article_id, ()) for hit in changed},
        steps=_with_told(_steps(session, {hit.hit.article_id for hit in shown}, since) if since else {}, changed),
    )


def _with_told(stated: Mapping[int, tuple[Step, ...]], changed: Iterable[StoryHit]) -> dict[int, tuple[Step, ...]]:
    """Return the steps that articles state with those that hits tell, which know what stood there before."""
    steps = dict(stated)
    for hit in changed:
        told = tuple(steps_of_token(hit.hit.token))
        if told:
            named = {step.entity for step in told}
            others = (step for step in steps.get(hit.hit.article_id, ()) if step.entity not in named)
            steps[hit.hit.article_id] = (*told, *others)
    return steps


def _steps(session: Session, article_ids: Collection[int], since: datetime) -> dict[int, tuple[Step, ...]]:
    stated = stated_in(session, article_ids)
    entities = {fact.entity for facts in stated.values() for fact in facts if fact.what is FactKind.STAGE}
    before = stages_before(session, entities, since, besides=stated)
    again = frozenset[str]().union(*map(holding, stated.values())) & before.keys()
    rounds = rounds_of(session, again, since, besides=stated)
    steps = {article_id: tuple(steps_of(facts, before, rounds)) for article_id, facts in stated.items()}
    return {article_id: found for article_id, found in steps.items() if found}
