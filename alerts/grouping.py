"""Hits of a rule that belong together, in a message or in a digest: what a rule groups by, and what each hit has of it.

Reads the store; when a group is told is decided in ``alerts.routing``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from alerts.desk import Desk
from alerts.phrases import phrases
from alerts.rules import RuleSettings
from storage.alert_groups import GroupKey
from storage.mentions import entities_of
from storage.query.nodes import entities_in
from storage.query.predicate import calls
from storage.records import StoryHit
from storage.subjects import groups_of_articles
from storage.topics import topic_of
from storage.waiting import WaitingHit

__all__ = ["Group", "group_hits", "sections_of", "shared_name"]

T = TypeVar("T")
_AT_ONCE = 5_000
_NAMED = frozenset({"entity", "vendor", "group"})
"""What has a name that a reader knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Hits of one rule for one channel that share what the rule groups by; ``values`` are that, in its order."""

    rule: RuleSettings
    channel: str
    values: tuple[str, ...]
    hits: tuple[WaitingHit, ...]

    @property
    def key(self) -> GroupKey:
        """The key of the group, the same after a restart."""
        return GroupKey(rule=self.rule.id, channel=self.channel, shared="\n".join(self.values))


def group_hits(
    session: Session, desk: Desk, rules: Mapping[str, RuleSettings], found: Sequence[WaitingHit]
) -> tuple[Group, ...]:
    """Return the groups of hits, each for one rule and one channel; ``rules`` are those of the hits."""
    values = _Values(session, desk, found)
    groups: dict[tuple[str, str, tuple[str, ...]], list[WaitingHit]] = defaultdict(list)
    for hit in found:
        groups[hit.rule, hit.channel, values.of(rules[hit.rule], hit)].append(hit)
    return tuple(
        Group(rule=rules[rule], channel=channel, values=shared, hits=tuple(hits))
        for (rule, channel, shared), hits in groups.items()
    )


def sections_of(session: Session, found: Sequence[StoryHit], *, desk: Desk, language: str) -> dict[int, str]:
    """Return what hits share with others in a digest, as a reader calls it, by their ids.

    Those of rules that group by nothing that has a name are left out.
    """
    rules = {rule.id: rule for rule in desk.rules.rules if not _NAMED.isdisjoint(desk.timing(rule).by)}
    grouped = [one for one in found if one.hit.rule in rules]
    if not grouped:
        return {}
    values = _Values(session, desk, [one.hit for one in grouped])
    return {one.hit_id: _shown(desk, values.of(rules[one.hit.rule], one.hit), language) for one in grouped}


class _Grouped(Protocol):
    """What is known of a hit that is grouped: a waiting one, or one that a digest tells."""

    @property
    def rule(self) -> str: ...
    @property
    def story_id(self) -> int: ...
    @property
    def article_id(self) -> int: ...


class _Values:
    """What hits may be grouped by, asked of the store only where a rule does."""

    def __init__(self, session: Session, desk: Desk, hits: Sequence[_Grouped]) -> None:
        self._desk = desk
        self._by = {rule.id: desk.timing(rule).by for rule in desk.rules.rules}
        asked = {name for hit in hits for name in self._by[hit.rule]}
        articles, stories = {hit.article_id for hit in hits}, {hit.story_id for hit in hits}
        self._entities = _in_parts(session, entities_of, articles if asked & {"entity", "vendor"} else ())
        self._topics = _in_parts(session, topic_of, stories if "topic" in asked else ())
        self._sections = _in_parts(session, groups_of_articles, articles if "group" in asked else ())

    def of(self, rule: RuleSettings, hit: _Grouped) -> tuple[str, ...]:
        """Return what a hit shares with others of its group."""
        return tuple(f"{name}={self._value(name, rule, hit)}" for name in self._by[rule.id])

    def _value(self, name: str, rule: RuleSettings, hit: _Grouped) -> str:
        return _VALUES[name](self, rule, hit)

    def story(self, rule: RuleSettings, hit: _Grouped) -> str:
        return str(hit.story_id)

    def entity(self, rule: RuleSettings, hit: _Grouped) -> str:
        """Return the entity that is mentioned most, of those that the rule asks for where it asks for some."""
        return next(iter(self._named(rule, hit)), "")

    def vendor(self, rule: RuleSettings, hit: _Grouped) -> str:
        """Return the vendor of the first of those that has one: a regulation has none."""
        vendors = map(self._desk.vendors.get, self._named(rule, hit))
        return next(filter(None, vendors), "")

    def _named(self, rule: RuleSettings, hit: _Grouped) -> list[str]:
        """Return the entities of the article: those that the rule asks for, the most mentioned first, then others."""
        asked = entities_in(self._desk.rules.condition(rule.id))
        return sorted(self._entities.get(hit.article_id, ()), key=lambda one: not calls(asked, one))

    def topic(self, rule: RuleSettings, hit: _Grouped) -> str:
        place = self._topics.get(hit.story_id)
        return f"story {hit.story_id}" if place is None else str(place.topic_id)

    def group(self, rule: RuleSettings, hit: _Grouped) -> str:
        return self._sections.get(hit.article_id) or ""


def _in_parts(
    session: Session, ask: Callable[[Session, Sequence[int]], Mapping[int, T]], ids: Collection[int]
) -> dict[int, T]:
    """Return what a question answers about ids, asked for as many at once as any database takes."""
    asked = sorted(ids)
    found: dict[int, T] = {}
    for start in range(0, len(asked), _AT_ONCE):
        found |= ask(session, asked[start : start + _AT_ONCE])
    return found


_VALUES: Mapping[str, Callable[[_Values, RuleSettings, _Grouped], str]] = {
    "story": _Values.story,
    "entity": _Values.entity,
    "vendor": _Values.vendor,
    "topic": _Values.topic,
    "group": _Values.group,
}


def shared_name(desk: Desk, group: Group) -> str:
    """Return what the stories of a message share, as its reader calls it; stories and topics have no name."""
    return _shown(desk, group.values, desk.language_of(group.channel))


def _shown(desk: Desk, values: Sequence[str], language: str) -> str:
    parts = (value.partition("=") for value in values)
    lacks = phrases(language).lacks
    return ", ".join(desk.names.get(value, value) or lacks[name] for name, _, value in parts if name in _NAMED)
