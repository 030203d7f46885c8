"""Which rules hold for an article, and where in it.

Pure: rules and an article in, matches out. Every span is an offset into the title or the text as they are given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alerts.rules import RuleSet, RuleSettings
from storage.query.places import spans_of
from storage.query.predicate import is_true
from storage.query.subject import Asked, Subject
from storage.records import Span

__all__ = ["RuleMatch", "match", "places_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleMatch:
    """A rule that holds, and the spans that made it true: title first, then by position."""

    rule: RuleSettings
    spans: tuple[Span, ...]


def match(rules: RuleSet, article: Subject, group: str | None, now: datetime) -> tuple[RuleMatch, ...]:
    """Return the rules that hold for the article, in their configured order; ``group`` is that of its source."""
    found = rules.queries.matches(article, now, group)
    return tuple(
        RuleMatch(rule=rule, spans=found[rule.id])
        for rule in rules.rules
        if rule.id in found and rules.is_from(rule, article.source_id) and rules.is_in(rule, group)
    )


def places_of(rules: RuleSet, rule: RuleSettings, article: Subject, now: datetime) -> tuple[Span, ...] | None:
    """Return where one rule holds in an article whose group is not asked for; None where it does not hold."""
    asked, node = Asked(article, now, None), rules.condition(rule.id)
    holds = rules.is_from(rule, article.source_id) and is_true(node, asked)
    return spans_of(node, asked) if holds else None
