"""Rules: what a reader wants to hear of, and where it is to be sent.

Knows the settings of a rule and the condition that they state, and makes all rules ready to be asked together. Does not
read queries (``storage.query.parse``), does not read articles (``alerts.match``) and does not send.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import translate
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from alerts.fields import Identifier, Settings
from alerts.routing import RoutingSettings
from storage.query.letters import letters_of
from storage.query.nodes import Entity, Node, Not, Phrase, all_of, any_of
from storage.query.query_set import QuerySet, compile_queries

__all__ = ["EscalationSettings", "RuleSet", "RuleSettings", "Severity", "compile_rules"]

_NO_QUERIES: Mapping[str, Node] = MappingProxyType({})


class Severity(StrEnum):
    """How loud a rule speaks; ``rank`` orders them, the loudest highest."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Return 0 for info, 1 for warning, 2 for critical."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


def _searchable(keyword: str) -> str:
    if not all(c.isprintable() for c in keyword):
        raise ValueError(f"expected a keyword of printable characters, found {keyword!r}")
    if not any(c.isalnum() for c in keyword):
        raise ValueError(f"expected a keyword with a letter or a digit, found {keyword!r}")
    return keyword


Keyword = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_searchable)]
Glob = Annotated[str, Field(min_length=1, max_length=200)]


def _every_entity(value: Any) -> Any:
    return ("*",) if value == "all" else value


class EscalationSettings(Settings):
    """What is told louder: a story of a rule once as many outlets have it, a burst of what the rule asks for."""

    outlets: int | None = Field(default=None, ge=2, le=1_000, description="how many outlets")
    burst: bool = Field(default=False, description="tell of far more news than usual about an entity of the rule")
    severity: Severity = Field(default=Severity.CRITICAL, description="how loud it is then")
    channels: tuple[Identifier, ...] = Field(default=(), description="who is told; default: the channels of the rule")

    @model_validator(mode="after")
    def _has_an_occasion(self) -> Self:
        if self.outlets is None and not self.burst:
            raise ValueError("expected outlets, burst, or both")
        return self


class RuleSettings(RoutingSettings):
    """A rule: all the conditions that are given have to hold.

    ``query`` is a condition in the query language. ``any``, ``all`` and ``none`` are keywords (at least one of, each
    of, not one of); ``entities`` are globs over the catalogue's ids (``model:*``), at least one of which an article
    must mention. ``where`` says where keywords and entities must stand. ``sources`` and ``groups`` narrow the rule to
    sources by id or group (globs too).
    """

    id: Identifier
    was: tuple[Identifier, ...] = Field(
        default=(), description="earlier names: what they told, and what waits of them, is this rule's"
    )
    query: str | None = Field(default=None, min_length=1, description="a condition in the query language")
    any: tuple[Keyword, ...] = Field(default=(), description="at least one of these keywords")
    all: tuple[Keyword, ...] = Field(default=(), description="every one of these keywords")
    none: tuple[Keyword, ...] = Field(default=(), description="not one of these keywords")
    entities: Annotated[tuple[Glob, ...], BeforeValidator(_every_entity)] = Field(
        default=(),
        description="globs over entity ids, such as model:*; all for every tracked entity",
        json_schema_extra={"anyOf": [{"type": "array", "items": {"type": "string"}}, {"const": "all"}]},
    )
    sources: tuple[Glob, ...] = Field(default=(), description="globs over source ids; empty for every source")
    groups: tuple[Glob, ...] = Field(default=(), description="globs over source groups; empty for every group")
    where: Literal["title", "anywhere"] = "anywhere"
    severity: Severity = Severity.INFO
    channels: tuple[Identifier, ...] = Field(min_length=1)
    mode: Literal["digest", "instant"] = "digest"
    escalate: EscalationSettings | None = Field(default=None, description="what is told louder")

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if not (self.query or self.any or self.all or self.entities):
            raise ValueError(f"rule {self.id!r} would match everything: expected query, any, all or entities")
        return self

    @property
    def tells_bursts(self) -> bool:
        """Whether it wants to hear of bursts of the entities that it asks for."""
        return self.escalate is not None and self.escalate.burst


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """Rules made ready for matching: their conditions by id, and the compiled form of the globs over sources."""

    rules: tuple[RuleSettings, ...]
    queries: QuerySet
    patterns: Mapping[str, re.Pattern[str]]

    def condition(self, rule: str) -> Node:
        """Return what an article must hold for a rule to hold, whatever its source."""
        return self.queries.queries[rule]

    def is_from(self, rule: RuleSettings, source_id: str) -> bool:
        """Tell whether a rule is for a source."""
        return self._fits(rule.sources, source_id)

    def is_in(self, rule: RuleSettings, group: str | None) -> bool:
        """Tell whether a rule is for a group of sources."""
        return self._fits(rule.groups, group)

    def _fits(self, globs: tuple[str, ...], name: str | None) -> bool:
        return not globs or (name is not None and any(self.patterns[glob].match(name) for glob in globs))


def compile_rules(rules: Iterable[RuleSettings], queries: Mapping[str, Node] = _NO_QUERIES) -> RuleSet:
    """Return rules made ready for matching; ``queries`` are those of rules that have one, read, by the rule's id."""
    ordered = tuple(rules)
    globs = {glob for rule in ordered for glob in (*rule.sources, *rule.groups)}
    return RuleSet(
        rules=ordered,
        queries=compile_queries({rule.id: _condition(rule, queries) for rule in ordered}),
        patterns={glob: re.compile(translate(glob)) for glob in sorted(globs)},
    )


def _condition(rule: RuleSettings, queries: Mapping[str, Node]) -> Node:
    """Return what an article must hold for a rule to hold, whatever its source."""
    in_title = rule.where == "title"
    parts = [queries[rule.id]] if rule.query else []
    parts += [_phrase(word, in_title) for word in rule.all]
    if rule.any:
        parts.append(any_of(_phrase(word, in_title) for word in rule.any))
    if rule.entities:
        parts.append(any_of(Entity((glob,), in_title, written=glob) for glob in rule.entities))
    parts += [Not(_phrase(word, in_title)) for word in rule.none]
    return all_of(parts)


def _phrase(word: str, in_title: bool) -> Phrase:
    return Phrase(letters_of(word), in_title, written=word)
