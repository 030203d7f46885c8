"""Articles find their stories, and people correct that: inside the transaction of whoever asks.

The rule is ``monitor.dedupe.stars``; here its outcome is carried out. Stories, canonical articles and edges are those
that the same articles give in any order of arrival. Tells nobody: alerts are ``monitor.story_alerts``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from monitor.dedupe.stars import settle
from monitor.story_desk import INCOMING, Desk
from monitor.story_move import Move
from storage import corrections, story_moves, story_nodes
from storage.records import Article, Correction, VerdictKind

__all__ = ["WINDOW", "Placed", "StoryError", "merge_stories", "place_again", "place_new", "split_story"]

WINDOW = timedelta(days=30)
"""How far back near-copies are looked for; equal texts are found for ever. Reposts come within days."""

_MAX_RELATED = 20  # canonical articles that are compared with others than their copies, in one transaction


class StoryError(ValueError):
    """A correction that cannot be made: says what was expected, and what is so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where an article stands: ``verdict`` is what it is to its story, or its story to others.

    ``met`` is what it was to what it met: a copy that leads its story since is a copy of the one that led before.
    ``began`` says that its story began with it; ``moved`` that it was in another one before.
    """

    article_id: int
    story_id: int
    verdict: VerdictKind
    met: VerdictKind
    began: bool = False
    moved: bool = False


def place_new(session: Session, article: Article, *, now: datetime) -> Placed:
    """Store an article that the store does not have, in its story."""
    desk = Desk(session, since=now - WINDOW, incoming=article)
    leads = settle(desk, [INCOMING])
    _relate(desk, [node for node, lead in leads.items() if node == lead])
    move = Move(session, desk, leads, now)
    article_id = move.carry_out(incoming=article)
    return Placed(
        article_id=article_id,
        story_id=move.story_of(leads[INCOMING]),
        verdict=move.verdict,
        met=move.met(),
        began=leads[INCOMING] in move.plan.begun,
    )


def place_again(session: Session, article_id: int, *, now: datetime) -> Placed:
    """Put an article whose text or precedence has changed into the story that it belongs to now."""
    desk = Desk(session, since=now - WINDOW)
    before = desk.node(article_id)
    move = _settled(session, desk, [article_id], now)
    found = story_nodes.story_nodes(session, [article_id])[article_id]
    return Placed(
        article_id=article_id,
        story_id=found.story_id,
        verdict=found.verdict,
        met=found.verdict,
        began=found.story_id in move.new_stories,
        moved=found.story_id != before.story_id,
    )


def merge_stories(
    session: Session, into: int, others: Collection[int], *, note: str | None = None, now: datetime
) -> int:
    """Make stories one, now and from now on, and return its id, which is ``into``. Alerts nobody.

    Raise StoryError for an unknown story, one that is part of another one already, or no other story.
    """
    if not set(others) - {into}:
        raise StoryError(f"a story is merged with at least one other; only story {into} was named")
    named = [into, *sorted(set(others) - {into})]
    members = {story_id: _members(session, story_id) for story_id in named}
    leads = [story_nodes.story_nodes(session, ids[:1])[ids[0]].lead for ids in members.values()]
    everyone = [one for ids in members.values() for one in ids]
    corrections.forget(session, _held_apart(session, members.values()))
    corrections.say(session, ((leads[0], lead) for lead in leads[1:]), Correction.TOGETHER, note=note, now=now)
    _settled(session, Desk(session, since=now - WINDOW), everyone, now, keep=into, note=note)
    return into


def split_story(
    session: Session, story_id: int, article_ids: Collection[int], *, note: str | None = None, now: datetime
) -> int:
    """Take articles out of a story, now and from now on; return the story that they are in then. Alerts nobody.

    They stay together. Raise StoryError for an unknown story, one that is part of another one, an article that is not
    in it, and for all of its articles or none.
    """
    members = _members(session, story_id)
    named = sorted(set(article_ids))
    for article_id in named:
        if article_id not in members:
            raise StoryError(f"article {article_id} is not in story {story_id}, which has {_listed(members)}")
    rest = [one for one in members if one not in named]
    if not named or not rest:
        which = "all articles" if named else "no article"
        raise StoryError(f"{which} of story {story_id} cannot be split off; name some of {_listed(members)}")
    across = [(one, other) for one in named for other in rest]
    corrections.say(session, across, Correction.APART, note=note, now=now)
    corrections.say(session, ((named[0], one) for one in named[1:]), Correction.TOGETHER, note=note, now=now)
    desk = Desk(session, since=now - WINDOW)
    _settled(session, desk, members, now, keep=story_id, leaving=named, note=note)
    return story_nodes.story_nodes(session, named[:1])[named[0]].story_id


def _settled(
    session: Session,
    desk: Desk,
    changed: Collection[int],
    now: datetime,
    *,
    keep: int | None = None,
    leaving: Collection[int] = (),
    note: str | None = None,
) -> Move:
    """Place stored articles again, and carry out what follows."""
    leads = settle(desk, changed)
    canonical = {node for node, lead in leads.items() if node == lead}
    canonical |= {node for node in changed if leads.get(node, desk.lead(node)) == node}
    _relate(desk, sorted(canonical))
    move = Move(session, desk, leads, now, keep=keep, leaving=leaving, note=note)
    move.carry_out(changed=changed)
    return move


def _relate(desk: Desk, canonical: Iterable[int]) -> None:
    """Find out how canonical articles stand to what the index names for them, and to one another."""
    listed = list(canonical)[:_MAX_RELATED]
    for node in listed:
        for other in desk.nominees(node):
            desk.verdict(node, other)
        for other in listed:
            if node < other:
                desk.is_copy(node, other)


def _members(session: Session, story_id: int) -> tuple[int, ...]:
    members = story_nodes.members_of(session, story_id)
    if members:
        return members
    living = story_moves.resolve(session, story_id)
    if living is None or living == story_id:
        raise StoryError(f"there is no story {story_id}")
    raise StoryError(f"story {story_id} is part of story {living} by now")


def _held_apart(session: Session, groups: Iterable[Collection[int]]) -> list[tuple[int, int]]:
    """Return the pairs of articles of different groups that people hold apart."""
    group_of = {one: number for number, group in enumerate(groups) for one in group}
    said = [pair for pair in corrections.corrections_of(session, group_of) if pair.verdict is Correction.APART]
    pairs = [(pair.low_id, pair.high_id) for pair in said if {pair.low_id, pair.high_id} <= group_of.keys()]
    return [(one, other) for one, other in pairs if group_of[one] != group_of[other]]


def _listed(ids: Collection[int], most: int = 10) -> str:
    shown = ", ".join(map(str, sorted(ids)[:most]))
    return f"articles {shown}" + (f" and {len(ids) - most} more" if len(ids) > most else "")
