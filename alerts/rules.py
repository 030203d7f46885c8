"""Rules: what a reader wants to hear of, and where it is to be sent.

Knows the settings of a rule and builds one automaton over the keywords of all rules, so that a thousand rules cost
an article hardly more than ten. Does not read articles (``alerts.match``) and does not send.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import translate
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from alerts.fields import Identifier, Settings
from storage.fold import fold

__all__ = ["RuleSet", "RuleSettings", "Severity", "compile_rules"]


class Severity(StrEnum):
    """How loud a rule speaks; ``rank`` orders them, the loudest highest."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Return 0 for info, 1 for warning, 2 for critical."""
        return list(Severity).index(self)


def _printable(keyword: str) -> str:
    if not all(c.isprintable() for c in keyword):
        raise ValueError(f"expected a keyword of printable characters, found {keyword!r}")
    return keyword


Keyword = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]
Glob = Annotated[str, Field(min_length=1, max_length=200)]


class RuleSettings(Settings):
    """A rule: all the conditions that are given have to hold.

    ``any``, ``all`` and ``none`` are keywords (at least one of, each of, not one of); ``entities`` are globs over
    the catalogue's ids (``model:*``), at least one of which an article must mention. ``sources`` and ``groups``
    narrow the rule to sources by id or group (globs too). ``where`` says where keywords and entities must stand.
    """

    id: Identifier
    any: tuple[Keyword, ...] = Field(default=(), description="at least one of these keywords")
    all: tuple[Keyword, ...] = Field(default=(), description="every one of these keywords")
    none: tuple[Keyword, ...] = Field(default=(), description="not one of these keywords")
    entities: tuple[Glob, ...] = Field(default=(), description="globs over entity ids, such as model:*")
    sources: tuple[Glob, ...] = Field(default=(), description="globs over source ids; empty for every source")
    groups: tuple[Glob, ...] = Field(default=(), description="globs over source groups; empty for every group")
    where: Literal["title", "anywhere"] = "anywhere"
    severity: Severity = Severity.INFO
    channels: tuple[Identifier, ...] = Field(min_length=1)
    mode: Literal["digest", "instant"] = "digest"

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if not (self.any or self.all or self.entities):
            raise ValueError(f"rule {self.id!r} would match everything: expected any, all or entities")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """Rules made ready for matching.

    ``keywords`` are folded and unique; ``automaton`` finds them (None when there are none). ``positions`` gives the
    index of a keyword as it is written in a rule. ``by_keyword`` lists the rules (indexes) that a keyword may make
    true, ``always`` those that ask for entities only. ``patterns`` holds the compiled form of every glob.
    """

    rules: tuple[RuleSettings, ...]
    keywords: tuple[str, ...]
    automaton: Any
    positions: Mapping[str, int]
    by_keyword: Mapping[int, tuple[int, ...]]
    always: tuple[int, ...]
    patterns: Mapping[str, re.Pattern[str]]


def compile_rules(rules: Iterable[RuleSettings]) -> RuleSet:
    """Return the rules with one Aho-Corasick automaton over the keywords of them all."""
    ordered = tuple(rules)
    written = tuple(dict.fromkeys(word for rule in ordered for word in (*rule.any, *rule.all, *rule.none)))
    keywords = tuple(dict.fromkeys(map(fold, written)))
    index_of = {word: index for index, word in enumerate(keywords)}
    positions = {word: index_of[fold(word)] for word in written}
    by_keyword: dict[int, list[int]] = {}
    for index, rule in enumerate(ordered):
        for word in _triggers(rule):
            by_keyword.setdefault(positions[word], []).append(index)
    globs = {glob for rule in ordered for glob in (*rule.entities, *rule.sources, *rule.groups)}
    return RuleSet(
        rules=ordered,
        keywords=keywords,
        automaton=_automaton(keywords),
        positions=positions,
        by_keyword={keyword: tuple(dict.fromkeys(indexes)) for keyword, indexes in by_keyword.items()},
        always=tuple(index for index, rule in enumerate(ordered) if not _triggers(rule)),
        patterns={glob: re.compile(translate(glob)) for glob in sorted(globs)},
    )


def _triggers(rule: RuleSettings) -> tuple[str, ...]:
    """Return keywords one of which must be present for the rule to hold."""
    return rule.all[:1] or rule.any


def _automaton(keywords: tuple[str, ...]) -> Any:
    if not keywords:
        return None
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick(keywords)
