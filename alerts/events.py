"""Which stories of a digest tell of one event, and in which order all of them stand.

Pure. A topic is one event, but for a regulation that came further twice in it: that it was issued and that it is in
force are two, however much alike their reports are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from alerts.entry import Entry
from storage.records import HitReason
from storage.states import Stage

__all__ = ["arrange"]

T = TypeVar("T")


@dataclass(slots=True)
class _Event:
    """Stories of one event, the best first, and the stage that regulations have come to by it."""

    entries: list[Entry] = field(default_factory=list)
    stages: dict[str, Stage] = field(default_factory=dict)

    @property
    def best(self) -> Entry:
        return self.entries[0]

    def takes(self, found: Entry) -> bool:
        return all(self.stages.get(step.entity, step.after) is step.after for step in found.steps)

    def add(self, found: Entry) -> None:
        self.entries.append(found)
        self.stages |= {step.entity: step.after for step in found.steps}

    def tell_in(self, language: str | None) -> None:
        """Put those first that readers of a language can read, among the equally severe."""
        wanted = _primary(language)
        self.entries.sort(key=lambda one: (-one.severity.rank, bool(wanted) and _primary(one.language) != wanted))

    def rank(self) -> tuple[int, bool, int, float, int]:
        return _rank(self.best, len({outlet for one in self.entries for outlet in one.outlets}))


def arrange(entries: Iterable[Entry], topics: Mapping[int, int], language: str | None = None) -> tuple[Entry, ...]:
    """Return the entries by group and section, those of one event together; ``topics`` are of stories that have one.

    The order is severity, changed before new, number of outlets, recency, age: of the events, and within each, but that
    there those in the ``language`` of the readers come before others of the same severity. Groups and sections are in
    the order of their best events.
    """
    events = sorted(
        _events(sorted(entries, key=lambda found: _rank(found, len(found.outlets))), topics), key=_Event.rank
    )
    for event in events:
        event.tell_in(language)
    rules = _places(event.best.group for event in events)
    sections = _places((event.best.group, event.best.section) for event in events)
    events.sort(key=lambda event: (rules[event.best.group], sections[event.best.group, event.best.section]))
    return tuple(
        replace(found, topic=topics[found.story_id], event=event.best.story_id) if len(event.entries) > 1 else found
        for event in events
        for found in event.entries
    )


def _events(entries: Iterable[Entry], topics: Mapping[int, int]) -> Iterable[_Event]:
    """Return the events of stories that come in their order."""
    found: dict[tuple[bool, int], list[_Event]] = {}
    for entry in entries:
        topic = topics.get(entry.story_id)
        events = found.setdefault((False, entry.story_id) if topic is None else (True, topic), [])
        event = next((one for one in events if one.takes(entry)), None)
        if event is None:
            events.append(event := _Event())
        event.add(entry)
    return [event for events in found.values() for event in events]


def _places(keys: Iterable[T]) -> dict[T, int]:
    """Return the place at which each key first comes."""
    return {key: place for place, key in enumerate(dict.fromkeys(keys))}


def _primary(language: str | None) -> str:
    """Return the language of a tag (``zh-Hant``) without its kind, "" for none."""
    return (language or "").lower().partition("-")[0]


def _rank(found: Entry, outlets: int) -> tuple[int, bool, int, float, int]:
    unchanged = found.reason is not HitReason.CHANGED
    return (-found.severity.rank, unchanged, -outlets, -found.first_seen_at.timestamp(), found.story_id)
