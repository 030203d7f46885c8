"""Which article a digest shows of a story: the canonical one where the rule holds for it, else the one that was hit.

Pure. The article that came first is hit, and a better one may have come to its story since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from alerts.match import places_of
from alerts.rules import RuleSet, RuleSettings
from storage.fold import fold
from storage.hits import LeadArticle
from storage.notices import notice_of_token
from storage.query.subject import Subject
from storage.records import HitReason, Span, StoryHit

__all__ = ["gives", "led"]


def led(
    hits: Iterable[StoryHit],
    leads: Mapping[int, LeadArticle],
    subjects: Mapping[int, Subject],
    *,
    rules: RuleSet,
    now: datetime,
) -> tuple[StoryHit, ...]:
    """Return the hits with headline, address, date and text of the articles that lead their stories.

    ``subjects`` are those articles as rules look at them, by their own ids. A change is told by the canonical article
    only if that has it too.
    """
    by_id = {rule.id: rule for rule in rules.rules}
    return tuple(
        _led(hit, lead, _spans(hit, subjects.get(lead.article_id), by_id.get(hit.hit.rule), rules, now))
        if (lead := leads.get(hit.hit.story_id)) and lead.article_id != hit.hit.article_id and _has_changes(hit, lead)
        else hit
        for hit in hits
    )


def _led(hit: StoryHit, lead: LeadArticle, spans: tuple[Span, ...] | None) -> StoryHit:
    """Return a hit as the leading article tells it, unchanged where the rule does not hold there."""
    if spans is None:
        return hit
    return replace(
        hit,
        hit=replace(hit.hit, article_id=lead.article_id, spans=spans),
        title=lead.title,
        url=lead.url,
        source_id=lead.source_id,
        publisher=lead.publisher,
        published=lead.published,
        text=lead.text,
        mentions=lead.mentions,
        language=lead.language,
    )


def _has_changes(hit: StoryHit, lead: LeadArticle) -> bool:
    """Say whether the leading article gives what a change put in, and nothing of what it took away.

    What a page says of its own report only that page says.
    """
    if hit.hit.reason is not HitReason.CHANGED:
        return True
    own, other = fold(f"{hit.title or ''}\n{hit.text}"), fold(f"{lead.title or ''}\n{lead.text}")
    kept = (_holds(other, new) and (_holds(own, old) or not _holds(other, old)) for old, new in hit.hit.changes)
    return bool(hit.hit.changes) and notice_of_token(hit.hit.token) is None and all(kept)


def gives(subject: Subject, changes: Iterable[tuple[str, str]]) -> bool:
    """Say whether an article holds every new value of some changes, and no old one."""
    text = fold(f"{subject.title or ''}\n{subject.text}")
    return all(_holds(text, new) and not _holds(text, old) for old, new in changes)


def _holds(folded: str, value: str) -> bool:
    """Say whether a folded text has a value that is no part of a longer number."""
    return re.search(rf"(?<!\d)(?<!\d[.,]){re.escape(fold(value))}(?![.,]?\d)", folded) is not None


def _spans(
    hit: StoryHit, lead: Subject | None, rule: RuleSettings | None, rules: RuleSet, now: datetime
) -> tuple[Span, ...] | None:
    """Return where a rule holds in the leading article; None where it does not, or another source's group decides."""
    if lead is None or rule is None or (rule.groups and lead.source_id != hit.source_id):
        return None
    return places_of(rules, rule, lead, now)
