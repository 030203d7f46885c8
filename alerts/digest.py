"""What a digest says: one entry for each story, ranked, with the reason it is there, and names nobody tracks yet.

Pure: hits and coverage in, a Digest out. Every text in it is a clean line; putting it into words and markup is the
renderer's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Protocol

from alerts.entry import NO_PAST, NO_SECTIONS, Entry, Past, entry
from alerts.events import arrange
from alerts.excerpts import NO_CONDITIONS, Conditions
from alerts.plain import line
from alerts.rules import RuleSettings
from alerts.sentence import Excerpt, clean_piece
from storage.records import StoryHit

__all__ = ["CoverageCounts", "Digest", "NewName", "ToldBurst", "compose"]

_MAX_NAMES = 5
_MAX_BURSTS = 5
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
class NewName:
    """A name that looks like an untracked model or regulation, how many tell of it, and a sentence that does."""

    name: str
    kind: str
    outlets: int
    stories: int
    excerpt: Excerpt | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBurst:
    """A burst of a name that was told in the window of a digest: since when, and how many stories there were then."""

    entity: str
    begins_at: datetime
    stories: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The stories of one window, from the end of the one before (``since``, if there was one) to when it was made.

    ``silenced`` counts the hits of that window that a silence kept quiet.

    Stories of one group stand together, and in it those of one event, where the best of them has its place.
    """

    entries: tuple[Entry, ...]
    coverage: CoverageCounts
    until: datetime
    since: datetime | None
    timezone: str
    new_names: tuple[NewName, ...] = ()
    silenced: int = 0
    bursts: tuple[ToldBurst, ...] = ()


def compose(
    hits: Sequence[StoryHit],
    coverage: CoverageCounts,
    *,
    rules: Mapping[str, RuleSettings],
    until: datetime,
    timezone: str,
    since: datetime | None = None,
    names: Mapping[str, str] | None = None,
    topics: Mapping[int, int] | None = None,
    keywords: Mapping[int, Sequence[str]] | None = None,
    past: Past = NO_PAST,
    new_names: Iterable[NewName] = (),
    silenced: int = 0,
    sections: Mapping[int, str] = NO_SECTIONS,
    conditions: Conditions = NO_CONDITIONS,
    language: str | None = None,
    bursts: Iterable[ToldBurst] = (),
) -> Digest:
    """Return the digest of the hits: by rule and story, the most pressing first; each story once.

    ``names`` gives the display name of an entity or source id; without one an entity is shown as the article writes it.
    ``topics`` gives the topic of a story that has one: its stories stand together, and all are told. ``keywords`` gives
    those of an article, ``sections`` what a hit shares with others of its rule, by their ids, ``conditions`` what rules
    ask for, ``language`` is that of the readers. The first five of ``new_names`` and of ``bursts`` are told.
    A story that several rules found stands under the most severe of them. The order is that of ``alerts.events``.
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
        entries=arrange(entries, topics or {}, language),
        coverage=coverage,
        until=until,
        since=since,
        timezone=timezone,
        new_names=tuple(map(_clean, islice(new_names, _MAX_NAMES))),
        silenced=silenced,
        bursts=tuple(_named(found, names or {}) for found in islice(bursts, _MAX_BURSTS)),
    )


def _named(found: ToldBurst, names: Mapping[str, str]) -> ToldBurst:
    return replace(found, name=line(names.get(found.entity, found.entity), _MAX_NAME))


def _clean(found: NewName) -> NewName:
    said = found.excerpt
    if said is not None:
        said = Excerpt(
            before=clean_piece(said.before), mention=clean_piece(said.mention), after=clean_piece(said.after)
        )
    return replace(found, name=line(found.name, _MAX_NAME), kind=line(found.kind, _MAX_NAME), excerpt=said)
