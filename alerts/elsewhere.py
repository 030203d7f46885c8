"""What nobody heard because a silence was for where an article came from: other outlets may tell it.

A silence of a source or a group is for what that prints; one of a rule, an entity or words is for the story. Reads the
store; what is said then is raised by whoever asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from hashlib import sha256

from sqlalchemy.orm import Session

from alerts.leading import gives
from alerts.silencing import is_for_outlet, names_outlet
from storage.hits import told_changes, told_rules
from storage.outlets import outlets_of
from storage.said import SaidHit, said_of
from storage.silences import has_silences
from storage.subjects import groups_of_sources, subjects_of

__all__ = ["heard_rules", "token_from", "unheard_changes", "unheard_hits"]


def heard_rules(
    session: Session, story_ids: Collection[int], article_id: int, *, besides: Collection[int] = ()
) -> dict[str, int]:
    """Return the rules that spoke of any of some stories, with the first of which they did, as far as an article goes.

    Those are left out that nobody heard (``unheard_hits``). What was said by one of the articles ``besides`` does not
    count.
    """
    told = told_rules(session, story_ids, besides=besides)
    if not told or not has_silences(session):
        return told
    said: dict[str, set[int]] = defaultdict(set)
    for hit in said_of(session, told, story_ids, besides=besides):
        said[hit.rule].add(hit.hit_id)
    new = unheard_hits(session, told, story_ids, article_id)
    return {rule: story_id for rule, story_id in told.items() if not said[rule] or not said[rule] <= new}


def unheard_hits(
    session: Session, rules: Collection[str], story_ids: Collection[int], article_id: int
) -> frozenset[int]:
    """Return the hits of rules and stories that were kept quiet for the outlets that they came from.

    As far as an article goes: what another one of its own outlet was silenced for, it does not tell either.
    """
    return frozenset(hit.hit_id for hit in _unheard(session, rules, story_ids, article_id))


def unheard_changes(
    session: Session, rule: str, story_ids: Collection[int], article_id: int
) -> tuple[tuple[str, str], ...]:
    """Return what changed by the hits of a rule that were kept quiet for other outlets, as far as an article has it.

    Nothing of what was told by others.
    """
    quiet = [hit for hit in _unheard(session, [rule], story_ids, article_id) if hit.changes]
    if not quiet:
        return ()
    told = told_changes(session, rule, story_ids, besides=[hit.hit_id for hit in quiet])
    subject = subjects_of(session, [article_id])[article_id]
    given = (hit.changes for hit in quiet if not told.issuperset(hit.changes) and gives(subject, hit.changes))
    return next(given, ())


def token_from(session: Session, article_id: int, token: str) -> str:
    """Return the token of a hit that says what another outlet was silenced for: one for each outlet."""
    outlet = outlets_of(session, [article_id])[article_id]
    return f"{token} outlet-{sha256(chr(31).join(outlet).encode()).hexdigest()}".lstrip()


def _unheard(session: Session, rules: Collection[str], story_ids: Collection[int], article_id: int) -> list[SaidHit]:
    said = said_of(session, rules, story_ids) if rules and has_silences(session) else ()
    quiet = [(hit, hit.silence) for hit in said if hit.silence is not None and names_outlet(hit.silence)]
    if not quiet:
        return []
    listed = sorted({article_id, *(hit.article_id for hit, _ in quiet)})
    subjects, groups = subjects_of(session, listed), groups_of_sources(session)
    other = subjects[article_id]
    return [
        hit
        for hit, silence in quiet
        if is_for_outlet(silence, hit.rule, subjects[hit.article_id], other, groups, hit.at)
    ]
