"""Give a story that has begun its place: in the topic of another story, or among those that others may join.

Runs in the transaction that stores the article. What was decided stays: later stories join, nothing is moved. A place
goes with its article when people split or merge stories, and ends when the article gets another text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from monitor.tag.terms import MOST_TERMS, count_of, term_key
from monitor.topics.decision import LEAST_ANCHORS, RULE_VERSION, WITHIN, About, Resemblance, is_round_up, resemblance
from monitor.topics.rarity import ENTITY, Rarity
from storage import profiles, topics
from storage.fold import to_simplified
from storage.profiles import Profile
from storage.records import Article, Published, VerdictKind
from storage.tagged import Mention
from storage.topics import Link, Tie

__all__ = ["REMEMBERED", "leading", "settle", "settle_again"]

REMEMBERED = timedelta(days=30)
"""How long a story's words count, and lead to it."""

_COMMON = 100
"""A term that more stories hold leads to none of them."""
_LEADING = 16  # terms of a story that lead to it, the rarest first
_COMPARED = 20  # stories compared with one: bounds the time inside the writer's transaction
_SAME = 0.5
"""Of two texts one of which holds the other: a text of which more than half is another one tells of its event alone."""


def settle(session: Session, story_id: int, article: Article, now: datetime) -> int | None:
    """Find the topic of the story that ``article`` began and return its id, or None where it has none.

    Does nothing for a story that was settled before.
    """
    article_id = topics.canonical_article(session, story_id)
    if article_id is None or not article.terms or topics.is_settled(session, story_id):
        return None
    tied = topics.ties(session, story_id)
    link = _tied(tied)
    if link is None:
        profile = Profile(
            article_id=article_id, story_id=story_id, terms=_terms(article), told_at=_told_at(article, now)
        )
        link = _resembling(session, article, profile, {story_id, *(tie.story_id for tie in tied)}, now)
    return None if link is None else topics.join_topic(session, story_id, link, now=now)


def settle_again(session: Session, article_id: int, story_id: int, article: Article, now: datetime) -> int | None:
    """Find a topic anew for an article that got another text; return it, or None where there is none."""
    topics.leave_topic(session, article_id)
    profiles.forget_profile(session, article_id)
    is_canonical = topics.canonical_article(session, story_id) == article_id
    return settle(session, story_id, article, now) if is_canonical else None


def _tied(tied: Sequence[Tie]) -> Link | None:
    """Return the link to a story whose text this one revises, or shares for the greater part."""
    for tie in sorted(tied, key=lambda one: (one.verdict is not VerdictKind.REVISION, -one.length_ratio, one.story_id)):
        if tie.verdict is VerdictKind.TEMPLATE_SIBLING:
            continue
        if tie.verdict is VerdictKind.REVISION or tie.length_ratio > _SAME:
            reason = "revision of its text" if tie.verdict is VerdictKind.REVISION else "one text holds the other"
            return Link(
                via_story_id=tie.story_id,
                score=1.0,
                entities=(),
                words=(),
                hours=None,
                rule=RULE_VERSION,
                reason=reason,
            )
    return None


def _resembling(
    session: Session, article: Article, profile: Profile, others: Collection[int], now: datetime
) -> Link | None:
    """Return the link to the story most like this one; a story without one is remembered, for others to find."""
    about = About.of(profile.terms, profile.told_at)
    counted, total = profiles.count_terms(session, about.terms)
    rarity = Rarity(stories=counted, total=total)
    chosen = leading(about, counted, rarity)
    found = profiles.profiles_sharing(
        session,
        chosen,
        since=profile.told_at - WITHIN,
        until=profile.told_at + WITHIN,
        least=LEAST_ANCHORS,
        limit=_COMPARED,
    )
    best = _best(about, [one for one in found if one.story_id not in others], rarity)
    is_open = not is_round_up(article.title, article.text)
    if best is not None and is_open:
        return best
    profiles.remember(session, profile, keys=about.terms, leading=chosen if is_open else (), now=now)
    return None


def _best(about: About, candidates: Sequence[Profile], rarity: Rarity) -> Link | None:
    compared = [(resemblance(about, About.of(one.terms, one.told_at), rarity), one.story_id) for one in candidates]
    alike = [(found, story_id) for found, story_id in compared if found.is_one_event]
    if not alike:
        return None
    found, story_id = max(alike, key=lambda pair: (pair[0].score, -pair[1]))
    hours = round(found.apart / timedelta(hours=1), 1)
    return Link(
        via_story_id=story_id,
        score=found.score,
        entities=found.entities,
        words=found.words,
        hours=hours,
        rule=RULE_VERSION,
        reason=_reason(found, hours),
    )


def _reason(found: Resemblance, hours: float) -> str:
    said = f"{found.anchors} names and figures in common"
    named = ", ".join((*found.entities, *map(_readable, found.words)))
    return f"{said} ({named}); {hours:g} h apart; score {found.score:.2f}"


def _readable(word: str) -> str:
    return f"{int(word):,}" if word.isdecimal() else word


def leading(about: About, counted: Mapping[str, int], rarity: Rarity) -> tuple[str, ...]:
    """Return the terms that shall lead to a story: its anchors that are not common, the rarest first."""
    anchors = [key for key, (_, _, is_anchor) in about.terms.items() if is_anchor and counted.get(key, 0) <= _COMMON]
    return tuple(sorted(anchors, key=lambda key: (-rarity.of(about.terms[key][0]), key))[:_LEADING])


def _terms(article: Article) -> tuple[tuple[str, int], ...]:
    """Return the terms of an article, what is the name of a tracked entity replaced by that entity."""
    entities: dict[str, list[Mention]] = {}
    for mention in article.mentions:
        entities.setdefault(ENTITY + mention.entity, []).append(mention)
    surfaces = {term_key(to_simplified(one.surface)) for found in entities.values() for one in found}
    words = [(term, count) for term, count in article.terms if term_key(term) not in surfaces]
    named = [(entity, count_of(found)) for entity, found in sorted(entities.items())]
    return (*named[:_LEADING], *words)[:MOST_TERMS]


def _told_at(article: Article, now: datetime) -> datetime:
    """Return when an article was published, at noon where only the day is known; else when it was found."""
    moment = _moment(article.published) if article.published else None
    return moment if moment is not None and moment <= now + timedelta(days=1) else now


def _moment(published: Published) -> datetime | None:
    try:
        found = datetime.fromisoformat(published.value)
    except ValueError:  # a month or a year
        return None
    if published.precision == "day":
        found += timedelta(hours=12)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
