"""What a digest says: one entry for each story, ranked, with the reason it is there, and names nobody tracks yet.

Pure: hits and coverage in, a Digest out. Every text in it is a clean line; putting it into words and markup is the
renderer's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import Protocol, TypeVar

from alerts.changes import Change, tell_changes
from alerts.excerpts import NO_CONDITIONS, Conditions, telling
from alerts.plain import line
from alerts.rules import RuleSettings, Severity
from alerts.sentence import Excerpt, clean_piece, key_sentence
from alerts.stages import Step
from storage.notices import Notice, notice_of_token
from storage.records import HitReason, StoryHit
from storage.tagged import Mention

__all__ = ["NO_PAST", "CoverageCounts", "Digest", "Entry", "NewName", "Past", "compose", "entry"]

T = TypeVar("T")
_MAX_ENTITIES = 8
_MAX_CHANGES = 6
_MAX_TITLE = 200
_MAX_KEYWORD = 40
_MAX_NAMES = 5
_MAX_NAME = 60


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
class Past:
    """What was known before: the earlier forms of the text of a hit by its id, and the steps that an article states."""

    former: Mapping[int, Sequence[str]] = field(default_factory=dict)
    steps: Mapping[int, Sequence[Step]] = field(default_factory=dict)


NO_PAST = Past()
_NO_SECTIONS: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewName:
    """A name that looks like an untracked model or regulation, how many tell of it, and a sentence that does."""

    name: str
    kind: str
    outlets: int
    stories: int
    excerpt: Excerpt | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One story. ``outlets`` counts all of them, ``first_outlet`` had it first; ``entities`` are (id, name).

    ``first_at`` is when that outlet published it, where the article that is shown is its own. ``changes`` are the
    values that changed, ``told`` says so in the words around them, ``steps`` are those of regulations. ``keywords``
    say what else it is about. ``group`` is the rule it is listed under, ``section`` what that one groups it by.
    ``notice`` is what its page says of the report now, ``is_repeated``: it was told before as it is.

    ``topic`` names the event where other stories of the digest tell of it, too.
    """

    story_id: int
    group: str
    title: str
    url: str
    rules: tuple[str, ...]
    severity: Severity
    reason: HitReason
    changes: tuple[tuple[str, str], ...]
    told: tuple[Change, ...]
    steps: tuple[Step, ...]
    first_outlet: str
    first_at: str | None
    outlets: int
    articles: int
    published: str | None
    first_seen_at: datetime
    excerpt: Excerpt | None
    entities: tuple[tuple[str, str], ...]
    keywords: tuple[str, ...] = ()
    section: str = ""
    topic: int | None = None
    is_repeated: bool = False
    notice: Notice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The stories of one window of one schedule; ``since`` is the end of the window before, if there was one.

    ``silenced`` counts the hits of that window that a silence kept quiet.

    Stories of one group stand together, and in it those of one topic, where the best of them has its place.
    """

    entries: tuple[Entry, ...]
    coverage: CoverageCounts
    scheduled_at: datetime
    since: datetime | None
    timezone: str
    new_names: tuple[NewName, ...] = ()
    silenced: int = 0


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
    past: Past = NO_PAST,
    new_names: Iterable[NewName] = (),
    silenced: int = 0,
    sections: Mapping[int, str] = _NO_SECTIONS,
    conditions: Conditions = NO_CONDITIONS,
) -> Digest:
    """Return the digest of the hits: by rule and story, the most pressing first; each story once.

    ``names`` gives the display name of an entity or source id; without one an entity is shown as the article writes it.
    ``topics`` gives the topic of a story that has one: its stories stand together, and all are told. ``keywords`` gives
    those of an article, ``sections`` what a hit shares with others of its rule, by their ids, ``conditions`` what rules
    ask for. The first five of ``new_names`` are told.
    The order is severity, changed before new, number of outlets, recency, age of the hit. A story that several rules
    found stands under the most severe of them; rules and sections are in the order of their best stories.
    """
    stories: dict[int, list[StoryHit]] = {}
    for hit in sorted(hits, key=lambda found: found.hit_id):
        stories.setdefault(hit.hit.story_id, []).append(hit)
    entries = [
        entry(
            group,
            rules=rules,
            names=names or {},
            keywords=keywords or {},
            past=past,
            sections=sections,
            conditions=conditions,
        )
        for group in stories.values()
    ]
    return Digest(
        entries=_together(sorted(entries, key=_rank), topics or {}),
        coverage=coverage,
        scheduled_at=scheduled_at,
        since=since,
        timezone=timezone,
        new_names=tuple(map(_clean, islice(new_names, _MAX_NAMES))),
        silenced=silenced,
    )


def entry(
    hits: Sequence[StoryHit],
    *,
    rules: Mapping[str, RuleSettings],
    names: Mapping[str, str],
    keywords: Mapping[int, Sequence[str]],
    past: Past = NO_PAST,
    sections: Mapping[int, str] = _NO_SECTIONS,
    conditions: Conditions = NO_CONDITIONS,
) -> Entry:
    """Return what is said of a story from its hits, oldest first; a withdrawal or else a change speaks for it."""
    changed = [hit for hit in hits if hit.hit.reason is HitReason.CHANGED]
    loudest = max(hits, key=lambda hit: _severity(rules, hit).rank)  # the first of several
    withdrawn = [hit for hit in changed if notice_of_token(hit.hit.token) is Notice.WITHDRAWAL]
    chosen = (withdrawn or changed or [loudest])[-1]
    title = line(chosen.title, _MAX_TITLE)
    outlets = chosen.outlets or (chosen.publisher or chosen.source_id,)
    outlets = tuple(dict.fromkeys(line(names.get(outlet, outlet), 80) for outlet in outlets))
    return Entry(
        story_id=chosen.hit.story_id,
        group=loudest.hit.rule,
        section=line(sections.get(loudest.hit_id, ""), _MAX_NAME),
        title=title or line(str(key_sentence(chosen.text, None) or ""), _MAX_TITLE),
        url=chosen.url,
        rules=tuple(dict.fromkeys(hit.hit.rule for hit in hits)),
        severity=_severity(rules, loudest),
        reason=chosen.hit.reason,
        changes=_changes(changed),
        told=_told(changed, past),
        steps=tuple(_named(step, names) for step in past.steps.get(chosen.hit.article_id, ())),
        first_outlet=outlets[0],
        first_at=_published(chosen) if _outlet(chosen, names) == outlets[0] else None,
        outlets=len(outlets),
        articles=max(hit.article_count for hit in hits),
        published=_published(chosen),
        first_seen_at=min(hit.first_seen_at for hit in hits),
        excerpt=telling(chosen, title, conditions),
        entities=_entities(chosen.mentions, names),
        keywords=tuple(line(word, _MAX_KEYWORD) for word in keywords.get(chosen.hit.article_id, ())),
        notice=notice_of_token(chosen.hit.token),
    )


def _together(entries: Iterable[Entry], topics: Mapping[int, int]) -> tuple[Entry, ...]:
    """Return the entries by group and section, those of one topic after the first of them."""
    groups: dict[tuple[bool, int], list[Entry]] = {}
    for found in entries:
        topic = topics.get(found.story_id)
        key = (False, found.story_id) if topic is None else (True, topic)
        groups.setdefault(key, []).append(found)
    firsts = [found[0] for found in groups.values()]
    rules = _places(found.group for found in firsts)
    sections = _places((found.group, found.section) for found in firsts)
    return tuple(
        replace(found, topic=topics[found.story_id]) if len(group) > 1 else found
        for group in sorted(
            groups.values(), key=lambda group: (rules[group[0].group], sections[group[0].group, group[0].section])
        )
        for found in group
    )


def _places(keys: Iterable[T]) -> dict[T, int]:
    """Return the place at which each key first comes."""
    return {key: place for place, key in enumerate(dict.fromkeys(keys))}


def _severity(rules: Mapping[str, RuleSettings], hit: StoryHit) -> Severity:
    rule = rules.get(hit.hit.rule)
    if rule is None:
        return Severity.INFO
    louder = rule.escalate if hit.hit.reason is HitReason.ESCALATED else None
    return louder.severity if louder else rule.severity


def _changes(changed: Iterable[StoryHit]) -> tuple[tuple[str, str], ...]:
    pairs = ((line(old, 60), line(new, 60)) for hit in changed for old, new in hit.hit.changes)
    return tuple(dict.fromkeys(pairs))[:_MAX_CHANGES]


def _told(changed: Iterable[StoryHit], past: Past) -> tuple[Change, ...]:
    """Return the changes in the words around them, each once."""
    told = (
        one
        for hit in changed
        for one in tell_changes(hit.hit.changes, past.former.get(hit.hit_id, ()), f"{hit.title or ''}\n{hit.text}")
    )
    return tuple(dict.fromkeys(told))[:_MAX_CHANGES]


def _named(step: Step, names: Mapping[str, str]) -> Step:
    return replace(step, entity=line(names.get(step.entity, step.entity), _MAX_NAME))


def _clean(found: NewName) -> NewName:
    said = found.excerpt
    if said is not None:
        said = Excerpt(
            before=clean_piece(said.before), mention=clean_piece(said.mention), after=clean_piece(said.after)
        )
    return replace(found, name=line(found.name, _MAX_NAME), kind=line(found.kind, _MAX_NAME), excerpt=said)


def _outlet(hit: StoryHit, names: Mapping[str, str]) -> str:
    """Return whose the article is, as the outlets of its story are named."""
    outlet = hit.publisher or hit.source_id
    return line(names.get(outlet, outlet), 80)


def _published(hit: StoryHit) -> str | None:
    """Return the date as the page gives it: ``2023-07-02`` or ``2023-07-02 08:30``."""
    return line(hit.published.value, 40).replace("T", " ")[:16] if hit.published else None


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
