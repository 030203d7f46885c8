"""What is told in the place of hits that a silence keeps quiet for their outlet when they are to be told.

Other outlets may have printed the story while its hit waited, for a digest or for the end of a mute: then their article
came to a story that was as good as told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from alerts.desk import Desk
from alerts.dispatch import raise_alerts
from alerts.elsewhere import heard_rules
from alerts.match import RuleMatch, match
from alerts.silencing import Spoken, names_outlet, quiet_now
from storage.hits import hits_by_id
from storage.records import Hit, HitReason
from storage.silences import Silence, active, silence_of
from storage.story_moves import lineage
from storage.story_nodes import members_of, sizes_of
from storage.subjects import groups_of_articles, subjects_of

__all__ = ["in_place_of", "speak_instead"]

_MOST = 20
"""Articles of a story that are asked: the first ones."""


def speak_instead(session: Session, desk: Desk, hit_ids: Collection[int], now: datetime) -> int:
    """Raise each story whose hits were just kept quiet for their outlet by its first article that may tell it.

    Return how many will be told.
    """
    kept = silence_of(session, hit_ids)
    asked = [hit_id for hit_id in sorted(hit_ids) if hit_id in kept and names_outlet(kept[hit_id])]
    quiet = hits_by_id(session, asked)
    sizes = sizes_of(session, {hit.story_id for hit in quiet})
    return sum(_speak(session, desk, hit, now) for hit in quiet if sizes.get(hit.story_id, 0) > 1)


def in_place_of(session: Session, desk: Desk, hit: Hit, now: datetime) -> Hit:
    """Return a hit of a story, by another article of it where a silence is for the outlet of its own."""
    by = _silence_of_now(session, hit, now)
    if by is None or not names_outlet(by):
        return hit
    others = (replace(hit, article_id=one, spans=found.spans) for one, found in _others(session, desk, hit))
    return next((other for other in others if _silence_of_now(session, other, now) is None), hit)


def _silence_of_now(session: Session, hit: Hit, now: datetime) -> Silence | None:
    spoken = Spoken(hit_id=0, rule=hit.rule, article_id=hit.article_id)
    by = quiet_now(session, [spoken], now).get(spoken.hit_id)
    return next((one for one in active(session, now) if one.id == by), None)


def _others(session: Session, desk: Desk, hit: Hit) -> Iterator[tuple[int, RuleMatch]]:
    """Yield the other articles of a story for which the rule of a hit holds, the first ones."""
    others = [one for one in members_of(session, hit.story_id)[:_MOST] if one != hit.article_id]
    subjects, groups = subjects_of(session, others), groups_of_articles(session, others)
    for article_id in others:
        found = match(desk.rules, subjects[article_id], groups.get(article_id), subjects[article_id].first_seen_at)
        yield from ((article_id, one) for one in found if one.rule.id == hit.rule)


def _speak(session: Session, desk: Desk, quiet: Hit, now: datetime) -> bool:
    stories = lineage(session, [quiet.story_id])
    for article_id, found in _others(session, desk, quiet):
        if quiet.rule in heard_rules(session, stories, article_id):
            continue
        raised = raise_alerts(
            session,
            desk,
            matches=[found],
            article_id=article_id,
            story_id=quiet.story_id,
            reason=HitReason.NEW,
            token="",
            changes=(),
            now=now,
        )
        if any(not one.is_quiet for one in raised):
            return True
    return False
