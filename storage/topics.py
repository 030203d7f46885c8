"""Topics in the store: which stories were found to tell of one event, and why.

A topic is a star: it began from its lead, and each other story of it is tied to the lead or to one whose text it
shares. A place belongs to the article that was looked at, and counts for the story that this stands in: when stories
split or merge, places go with their articles. Does not decide what is one event.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, or_, select, union_all, update
from sqlalchemy.orm import Session

from storage.records import VerdictKind
from storage.rows import AnyRow
from storage.tables import articles, edges, profiles, stories, topic_links, topics
from storage.upsert import insert_into

__all__ = [
    "Link",
    "Tie",
    "TopicLink",
    "canonical_article",
    "is_settled",
    "join_topic",
    "leave_topic",
    "stories_of_topic",
    "ties",
    "topic_of",
]

_IN_STORY = articles.c.story_id == bindparam("story_id")
_REMEMBERED = select(articles.c.id).join(profiles, profiles.c.article_id == articles.c.id).where(_IN_STORY)
_LINKED = select(topic_links.c.topic_id).join(articles, articles.c.id == topic_links.c.article_id).where(_IN_STORY)
_LED = select(topics.c.id).join(articles, articles.c.id == topics.c.lead_id).where(_IN_STORY)
_SETTLED = select(or_(_REMEMBERED.exists(), _LINKED.exists(), _LED.exists()))
_EDGES = union_all(
    select(edges.c.to_id.label("other_id"), edges.c.verdict, edges.c.evidence).where(
        edges.c.from_id == bindparam("article_id")
    ),
    select(edges.c.from_id.label("other_id"), edges.c.verdict, edges.c.evidence).where(
        edges.c.to_id == bindparam("article_id")
    ),
).subquery()
_TIES = (
    select(articles.c.story_id, _EDGES.c.verdict, _EDGES.c.evidence)
    .join(articles, articles.c.id == _EDGES.c.other_id)
    .where(articles.c.story_id != bindparam("story_id"))
    .order_by(articles.c.story_id)
)
_CANONICAL = select(stories.c.canonical_id).where(stories.c.id == bindparam("story_id"))
_TOPIC = union_all(_LINKED, _LED).order_by("topic_id").limit(1)
_via = articles.alias()
_MEMBERS = (
    select(articles.c.story_id, topic_links, _via.c.story_id.label("via_story_id"))
    .join(topic_links, topic_links.c.article_id == articles.c.id)
    .join(_via, _via.c.id == topic_links.c.via_article_id)
    .where(articles.c.story_id.in_(bindparam("stories", expanding=True)))
)
_LEADS = (
    select(articles.c.story_id, topics.c.id)
    .join(topics, topics.c.lead_id == articles.c.id)
    .where(articles.c.story_id.in_(bindparam("stories", expanding=True)))
)
_HOLDS = topic_links.c.topic_id == bindparam("topic_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Another story, and how its article and the canonical one of the asked story stand to each other.

    ``length_ratio`` is the shorter text over the longer one, 0-1.
    """

    story_id: int
    verdict: VerdictKind
    length_ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Why a story tells of the event that ``via_story_id`` tells of.

    ``words`` are what both hold, the most telling first, ``entities`` ids of tracked ones; ``hours`` lie between the
    two. ``rule`` is the version of the rule that found it, ``reason`` says all of it in words.
    """

    via_story_id: int
    score: float
    entities: tuple[str, ...]
    words: tuple[str, ...]
    hours: float | None
    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLink:
    """A story's place in a topic; ``via_story_id`` is None for the lead, from which the topic began."""

    topic_id: int
    via_story_id: int | None
    score: float
    shared_entities: tuple[str, ...]
    shared_words: tuple[str, ...]
    reason: str


def is_settled(session: Session, story_id: int) -> bool:
    """Say whether an article of a story was looked at before."""
    return bool(session.scalar(_SETTLED, {"story_id": story_id}))


def canonical_article(session: Session, story_id: int) -> int | None:
    """Return the canonical article of a story, by which its place is kept; None where it has no articles."""
    return session.scalar(_CANONICAL, {"story_id": story_id})


def ties(session: Session, story_id: int) -> tuple[Tie, ...]:
    """Return how the canonical article of a story stands to articles of other stories, by their ids."""
    article_id = canonical_article(session, story_id)
    rows = session.execute(_TIES, {"article_id": article_id, "story_id": story_id}) if article_id else ()
    return tuple(
        Tie(story_id=row.story_id, verdict=VerdictKind(row.verdict), length_ratio=row.evidence["length_ratio"])
        for row in rows
    )


def join_topic(session: Session, story_id: int, link: Link, *, now: datetime) -> int:
    """Put a story into the topic of the story it is linked to, which begins one if it has none; return the topic.

    Both stories have articles.
    """
    via = {"story_id": link.via_story_id}
    looked_at = session.scalar(_REMEMBERED.order_by(articles.c.id).limit(1), via)
    via_article_id = looked_at or canonical_article(session, link.via_story_id)
    topic_id = session.scalar(_TOPIC, via)
    if topic_id is None:
        row = {"lead_id": via_article_id, "created_at": now}
        topic_id = session.scalars(insert(topics).returning(topics.c.id), row).one()
    evidence = asdict(link)
    score = evidence.pop("score")
    del evidence["via_story_id"]
    added = insert_into(session, topic_links).values(
        article_id=canonical_article(session, story_id),
        topic_id=topic_id,
        via_article_id=via_article_id,
        score=score,
        evidence=evidence,
    )
    session.execute(added.on_conflict_do_nothing())
    return int(topic_id)


def leave_topic(session: Session, article_id: int) -> None:
    """Take away the place of an article: it has another text. A topic that it led goes to the first that joined."""
    session.execute(delete(topic_links).where(topic_links.c.article_id == article_id))
    led = session.scalar(select(topics.c.id).where(topics.c.lead_id == article_id))
    if led is None:
        return
    first = select(topic_links.c.article_id).where(_HOLDS).order_by(topic_links.c.article_id).limit(1)
    heir = session.scalar(first, {"topic_id": led})
    if heir is None:
        session.execute(delete(topics).where(topics.c.id == led))
        return
    session.execute(delete(topic_links).where(topic_links.c.article_id == heir))
    session.execute(update(topics).where(topics.c.id == led).values(lead_id=heir))
    session.execute(update(topic_links).where(topic_links.c.topic_id == led).values(via_article_id=heir))


def topic_of(session: Session, story_ids: Iterable[int]) -> dict[int, TopicLink]:
    """Return the places of stories in their topics; a story without a topic is not among them.

    A story that was merged from stories of several topics is in the oldest of them.
    """
    wanted = {"stories": sorted(set(story_ids))}
    places = [(row.story_id, _as_lead(row.id)) for row in session.execute(_LEADS, wanted)]
    places += [(row.story_id, _as_member(row)) for row in session.execute(_MEMBERS, wanted)]
    found: dict[int, TopicLink] = {}
    for story_id, place in sorted(places, key=lambda one: one[1].topic_id):  # stable, and leads come first
        found.setdefault(story_id, place)
    return found


def stories_of_topic(session: Session, topic_id: int) -> tuple[int, ...]:
    """Return the stories of a topic, its lead first, then by their ids."""
    lead = select(topics.c.lead_id).where(topics.c.id == bindparam("topic_id"))
    both = union_all(lead, select(topic_links.c.article_id).where(_HOLDS)).subquery()
    asked = select(articles.c.story_id).join(both, both.c.lead_id == articles.c.id)
    places = topic_of(session, session.scalars(asked, {"topic_id": topic_id}))
    mine = {story_id: place for story_id, place in places.items() if place.topic_id == topic_id}
    return tuple(sorted(mine, key=lambda one: (mine[one].via_story_id is not None, one)))


def _as_lead(topic_id: int) -> TopicLink:
    return TopicLink(
        topic_id=topic_id,
        via_story_id=None,
        score=1.0,
        shared_entities=(),
        shared_words=(),
        reason="the first story of its topic",
    )


def _as_member(row: AnyRow) -> TopicLink:
    return TopicLink(
        topic_id=row.topic_id,
        via_story_id=row.via_story_id,
        score=row.score,
        shared_entities=tuple(row.evidence["entities"]),
        shared_words=tuple(row.evidence["words"]),
        reason=row.evidence["reason"],
    )
