"""Events that several stories tell of, each in its own words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from storage.topics import TopicLink, stories_of_topic, topic_of

__all__ = ["links_beside", "topic_sizes"]

_ALONE = 1


def topic_sizes(session: Session, story_ids: Collection[int]) -> Mapping[int, tuple[int, int]]:
    """Return topic and number of its stories, by story; a story that is the only one left of its topic has none."""
    links = topic_of(session, story_ids)
    sizes = {topic: len(stories_of_topic(session, topic)) for topic in {link.topic_id for link in links.values()}}
    found = {story_id: (link.topic_id, sizes[link.topic_id]) for story_id, link in links.items()}
    return {story_id: (topic, size) for story_id, (topic, size) in found.items() if size > _ALONE}


def links_beside(session: Session, story_id: int, *, limit: int) -> tuple[TopicLink | None, dict[int, TopicLink]]:
    """Return a story's own place in its topic, and the places of up to ``limit`` others of it, the lead first."""
    own = topic_of(session, [story_id]).get(story_id)
    if own is None:
        return None, {}
    others = [one for one in stories_of_topic(session, own.topic_id) if one != story_id][:limit]
    links = topic_of(session, others)
    return own if others else None, {one: links[one] for one in others}
