"""What to track next: the names of untracked models and regulations in the store, ranked, with examples.

Reads what ``storage.sightings`` counts; leaves out what is tracked by now and what people dismissed. Writes nothing.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from alerts.sentence import Excerpt, key_sentence
from monitor.tag.catalogue import Catalogue
from monitor.tag.discover import spelling_keys
from monitor.tag.discover_ranking import Proposal, Tally, ranked
from storage.fold import name_key
from storage.records import Span
from storage.sightings import (
    KEPT,
    Dismissed,
    NameTally,
    Place,
    Spellings,
    dismissed_names,
    name_tallies,
    places_of_names,
    spellings_of,
)

__all__ = ["BACKGROUND", "Discovered", "Example", "Found", "Proposals", "Window", "discover", "find", "tracked"]

BACKGROUND = timedelta(days=28)
"""How long before the window a name's own background is."""

_EXAMPLES = 3
_COMPARED = 2_000  # proposals among which the nearest to an unknown name are looked for
_NEAREST = 3
_LIKE = 0.5  # the least likeness (0-1) of a name that is proposed for another one
_MODEL = "大模型"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days that count: from ``since`` to ``now``, against those of the background."""

    since: datetime
    now: datetime

    @property
    def days(self) -> int:
        """Return its length in whole days, one at least."""
        return max(1, round((self.now - self.since) / timedelta(days=1)))

    @property
    def background_since(self) -> datetime:
        """Return when the background begins."""
        return self.since - BACKGROUND


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence with a name, which ``excerpt`` marks, and the article that has it."""

    article_id: int
    outlet: str
    url: str
    seen_at: datetime
    excerpt: Excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """A proposal, since when its name is known, and where it stands in articles, the newest first."""

    proposal: Proposal
    first_seen_at: datetime
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """The first proposals, and how many there are in all."""

    shown: tuple[Discovered, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a name that somebody typed stands for: proposals of either kind, else what hides them, else the nearest."""

    discovered: tuple[Discovered, ...] = ()
    tracked: str | None = None
    dismissed: tuple[Dismissed, ...] = ()
    nearest: tuple[str, ...] = ()


def discover(
    session: Session, catalogue: Catalogue, window: Window, *, kind: str | None = None, limit: int
) -> Proposals:
    """Return the names to propose, the most telling first; see ``monitor.tag.discover_ranking`` for the order."""
    counted = name_tallies(session, since=window.since, background_since=window.background_since, kind=kind)
    known = tracked(catalogue)
    in_order = _ranked((one for one in counted if one.key not in known), window)
    return Proposals(shown=_shown(session, in_order[:limit], window), total=len(in_order))


def find(session: Session, catalogue: Catalogue, window: Window, name: str, *, kind: str | None = None) -> Found:
    """Return what a name stands for; case, spaces, script and what surrounds a name do not matter.

    A name that was not seen in the window is looked for in all that is kept.
    """
    keys = _keys(name)
    entities = tracked(catalogue)
    entity = next((entities[key] for key in keys if key in entities), None)
    gone = tuple(one for one in dismissed_names(session) if one.key in keys and kind in (None, one.kind))
    if entity is not None or gone:
        return Found(tracked=entity, dismissed=gone)
    for reach in (window, Window(since=min(window.since, window.now - KEPT), now=window.now)):
        if found := _named(session, keys, reach, kind):
            return Found(discovered=found)
    return Found(nearest=_nearest(session, entities, window, keys[0], kind))


def tracked(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the entity of each key that a spelling of it has, with 大模型 behind or without."""
    found: dict[str, str] = {}
    for entity in catalogue:
        for spelling in (entity.name, *entity.strong, *entity.ambiguous, *entity.common):
            key = name_key(spelling)
            found.setdefault(key, entity.id)
            found.setdefault(key.removesuffix(_MODEL), entity.id)
    found.pop("", None)
    return found


def _keys(name: str) -> tuple[str, ...]:
    """Return the keys that a typed name may have, itself first."""
    whole = name_key(name)
    return tuple(dict.fromkeys((whole, whole.removesuffix(_MODEL) or whole, *sorted(spelling_keys(name)))))


def _named(session: Session, keys: Sequence[str], window: Window, kind: str | None) -> tuple[Discovered, ...]:
    """Return the proposals with the first of the keys that any has."""
    background_since = window.background_since
    counted = name_tallies(session, since=window.since, background_since=background_since, kind=kind, keys=keys)
    first = min((keys.index(one.key) for one in counted), default=0)
    return _shown(session, _ranked((one for one in counted if one.key == keys[first]), window), window)


def _ranked(counted: Iterable[NameTally], window: Window) -> tuple[Proposal, ...]:
    return _rank((_tally(one, ()) for one in counted), window)


def _rank(rows: Iterable[Tally], window: Window) -> tuple[Proposal, ...]:
    return ranked(rows, background_days=BACKGROUND.days, window_days=window.days)


def _tally(one: NameTally | Proposal, names: tuple[tuple[str, int], ...]) -> Tally:
    return Tally(
        key=one.key,
        kind=one.kind,
        names=names,
        sources=one.sources,
        stories=one.stories,
        days=one.days,
        earlier=one.earlier,
    )


def _shown(session: Session, proposals: Sequence[Proposal], window: Window) -> tuple[Discovered, ...]:
    """Return proposals with their spellings and examples, which only those that are shown are asked for."""
    ids = [(one.kind, one.key) for one in proposals]
    spelled = spellings_of(session, ids)
    places = places_of_names(session, ids, since=window.since, limit=_EXAMPLES)
    named = _rank((_tally(one, spelled[one.kind, one.key].names) for one in proposals), window)
    return tuple(_discovered(one, spelled[one.kind, one.key], places.get((one.kind, one.key), ())) for one in named)


def _discovered(proposal: Proposal, spelled: Spellings, places: Iterable[Place]) -> Discovered:
    return Discovered(proposal=proposal, first_seen_at=spelled.first_seen_at, examples=tuple(map(_example, places)))


def _example(place: Place) -> Example:
    value = (place.title or "") if place.field == "title" else place.text
    span = Span(field="text", start=place.start, end=place.end, surface=value[place.start : place.end], term="")
    excerpt = key_sentence(value, span) or Excerpt(before="", mention=span.surface, after="")
    return Example(
        article_id=place.article_id, outlet=place.outlet, url=place.url, seen_at=place.seen_at, excerpt=excerpt
    )


def _nearest(
    session: Session, entities: Mapping[str, str], window: Window, key: str, kind: str | None
) -> tuple[str, ...]:
    counted = name_tallies(session, since=window.since, background_since=window.background_since, kind=kind)
    known = _ranked((one for one in counted if one.key not in entities), window)[:_COMPARED]
    near = list(dict.fromkeys(_like(key, [one.key for one in known])))[:_NEAREST]
    ids = [(one.kind, one.key) for one in known if one.key in near]
    names = {key: spelled.names[0][0] for (_, key), spelled in spellings_of(session, ids).items()}
    return tuple(names[one] for one in near)


def _like(key: str, known: Collection[str]) -> Iterator[str]:
    """Yield the keys that look like one: spelled nearly so, then those that hold it."""
    yield from difflib.get_close_matches(key, known, n=_NEAREST, cutoff=_LIKE)
    yield from (one for one in known if key in one or (len(one) > 1 and one in key))
