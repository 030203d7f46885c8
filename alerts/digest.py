"""What a digest says: one entry for each story, ranked, with the reason it is there.

Pure: hits and coverage in, a Digest out. Every text in it is a clean line; putting it into words and markup is the
renderer's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from alerts.plain import line
from alerts.rules import RuleSettings, Severity
from alerts.sentence import Excerpt, key_sentence
from storage.records import HitReason, Mention, Span, StoryHit

__all__ = ["CoverageCounts", "Digest", "Entry", "compose", "entry"]

_MAX_ENTITIES = 8
_MAX_CHANGES = 6
_MAX_TITLE = 200
_MAX_KEYWORD = 40


class CoverageCounts(Protocol):
    """How much of the watch worked: numbers of sources, and of messages that have not been sent."""

    @property
    def watched(self) -> int: ...
    @property
    def silent(self) -> int: ...
    @property
    def failed(self) -> int: ...
    @property
    def unsent(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One story. ``outlets`` counts all of them, ``first_outlet`` had it first; ``entities`` are (id, name).

    ``keywords`` say what else it is about.

    ``topic`` names the event where other stories of the digest tell of it, too.
    """

    story_id: int
    title: str
    url: str
    rules: tuple[str, ...]
    severity: Severity
    reason: HitReason
    changes: tuple[tuple[str, str], ...]
    first_outlet: str
    outlets: int
    articles: int
    published: str | None
    first_seen_at: datetime
    excerpt: Excerpt | None
    entities: tuple[tuple[str, str], ...]
    keywords: tuple[str, ...] = ()
    topic: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The stories of one window of one schedule; ``since`` is the end of the window before, if there was one.

    Stories of one topic stand together, where the best of them has its place.
    """

    entries: tuple[Entry, ...]
    coverage: CoverageCounts
    scheduled_at: datetime
    since: datetime | None
    timezone: str


def compose(
    hits: Sequence[StoryHit],
    coverage: CoverageCounts,
    *,
    rules: Mapping[str, RuleSettings],
    scheduled_at: datetime,
    timezone: str,
    since: datetime | None = None,
    names: Mapping[str, str] | None = None,
    topics: Mapping[int, int] | None = None,
    keywords: Mapping[int, Sequence[str]] | None = None,
) -> Digest:
    """Return the digest of the hits: by story, the most pressing first.

    ``names`` gives the display name of an entity or source id; without one an entity is shown as the article writes it.
    ``topics`` gives the topic of a story that has one: its stories stand together, and all are told. ``keywords`` gives
    those of an article, by its id.
    The order is severity, changed before new, number of outlets, recency, age of the hit.
    """
    stories: dict[int, list[StoryHit]] = {}
    for hit in sorted(hits, key=lambda found: found.hit_id):
        stories.setdefault(hit.hit.story_id, []).append(hit)
    entries = [entry(group, rules=rules, names=names or {}, keywords=keywords or {}) for group in stories.values()]
    return Digest(
        entries=_together(sorted(entries, key=_rank), topics or {}),
        coverage=coverage,
        scheduled_at=scheduled_at,
        since=since,
        timezone=timezone,
    )


def entry(
    hits: Sequence[StoryHit],
    *,
    rules: Mapping[str, RuleSettings],
    names: Mapping[str, str],
    keywords: Mapping[int, Sequence[str]],
) -> Entry:
    """Return what to say of one story from its hits, oldest first; a change speaks for the story where there is one."""
    changed = [hit for hit in hits if hit.hit.reason is HitReason.CHANGED]
    chosen = changed[-1] if changed else hits[0]
    outlets = chosen.outlets or (chosen.publisher or chosen.source_id,)
    outlets = tuple(dict.fromkeys(line(names.get(outlet, outlet), 80) for outlet in outlets))
    return Entry(
        story_id=chosen.hit.story_id,
        title=line(chosen.title, _MAX_TITLE) or line(str(key_sentence(chosen.text, None) or ""), _MAX_TITLE),
        url=chosen.url,
        rules=tuple(dict.fromkeys(hit.hit.rule for hit in hits)),
        severity=max((_severity(rules, hit.hit.rule) for hit in hits), key=lambda found: found.rank),
        reason=chosen.hit.reason,
        changes=_changes(changed),
        first_outlet=outlets[0],
        outlets=len(outlets),
        articles=max(hit.article_count for hit in hits),
        published=_published(chosen),
        first_seen_at=min(hit.first_seen_at for hit in hits),
        excerpt=key_sentence(chosen.text, _text_span(chosen)),
        entities=_entities(chosen.mentions, names),
        keywords=tuple(line(word, _MAX_KEYWORD) for word in keywords.get(chosen.hit.article_id, ())),
    )


def _together(entries: Iterable[Entry], topics: Mapping[int, int]) -> tuple[Entry, ...]:
    """Return the entries with those of one topic after the first of them."""
    groups: dict[tuple[bool, int], list[Entry]] = {}
    for found in entries:
        topic = topics.get(found.story_id)
        key = (False, found.story_id) if topic is None else (True, topic)
        groups.setdefault(key, []).append(found)
    return tuple(
        replace(found, topic=topics[found.story_id]) if len(group) > 1 else found
        for group in groups.values()
        for found in group
    )


def _severity(rules: Mapping[str, RuleSettings], rule: str) -> Severity:
    return rules[rule].severity if rule in rules else Severity.INFO


def _changes(changed: Iterable[StoryHit]) -> tuple[tuple[str, str], ...]:
    pairs = ((line(old, 60), line(new, 60)) for hit in changed for old, new in hit.hit.changes)
    return tuple(dict.fromkeys(pairs))[:_MAX_CHANGES]


def _published(hit: StoryHit) -> str | None:
    """Return the date as the page gives it: ``2023-07-02`` or ``2023-07-02 08:30``."""
    return line(hit.published.value, 40).replace("T", " ")[:16] if hit.published else None


def _text_span(hit: StoryHit) -> Span | None:
    """Return a span that still holds: the text may have been revised since the hit."""
    spans = (span for span in hit.hit.spans if span.field == "text")
    return next((span for span in spans if hit.text[span.start : span.end] == span.surface), None)


def _entities(mentions: tuple[Mention, ...], names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the entities, the most mentioned first."""
    counts: dict[str, int] = {}
    shown: dict[str, str] = {}
    for mention in mentions:
        counts[mention.entity] = counts.get(mention.entity, 0) + 1
        shown.setdefault(mention.entity, line(names.get(mention.entity, mention.surface), 60))
    ordered = sorted(counts, key=lambda name: -counts[name])
    return tuple((name, shown[name]) for name in ordered[:_MAX_ENTITIES])


def _rank(found: Entry) -> tuple[int, bool, int, float, int]:
    unchanged = found.reason is not HitReason.CHANGED
    return (-found.severity.rank, unchanged, -found.outlets, -found.first_seen_at.timestamp(), found.story_id)
