"""One story of a message: what is said of it, chosen from its hits.

Pure. Every text in it is a clean line; putting it into words and markup is the renderer's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from alerts.changes import Change, tell_changes
from alerts.excerpts import NO_CONDITIONS, Conditions, telling
from alerts.plain import line
from alerts.rules import RuleSettings, Severity
from alerts.sentence import Excerpt, key_sentence
from alerts.stages import Step
from storage.notices import Notice, notice_of_token
from storage.records import HitReason, StoryHit
from storage.tagged import Mention

__all__ = ["NO_PAST", "NO_SECTIONS", "Entry", "Past", "entry"]

_MAX_ENTITIES = 8
_MAX_CHANGES = 6
_MAX_TITLE = 200
_MAX_KEYWORD = 40
_MAX_NAME = 60
_MAX_OUTLET = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What was known before: the earlier forms of the text of a hit by its id, and the steps that an article states."""

    former: Mapping[int, Sequence[str]] = field(default_factory=dict)
    steps: Mapping[int, Sequence[Step]] = field(default_factory=dict)


NO_PAST = Past()
NO_SECTIONS: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One story, told by the article ``article_id``. ``outlets`` have it, at least one, the first of them had it first.

    ``published`` is a date as ``storage.records.Published`` has it, ``first_at`` the same where the article is the
    first outlet's own. ``entities`` are (id, name). ``changes`` are the values that changed, ``told`` says so in the
    words around them, ``more_changes`` counts those that are not shown, ``steps`` are those of regulations.
    ``keywords`` say what else it is about. ``group`` is the rule it is listed under, ``section`` what that one groups
    it by. ``notice`` is what its page says of the report now, ``is_repeated``: it was told before as it is.

    ``topic`` and ``event`` (the best of its stories) stand where other stories of the digest tell of the event, too.
    """

    story_id: int
    article_id: int
    group: str
    title: str
    url: str
    rules: tuple[str, ...]
    severity: Severity
    reason: HitReason
    changes: tuple[tuple[str, str], ...]
    told: tuple[Change, ...]
    steps: tuple[Step, ...]
    outlets: tuple[str, ...]
    first_at: str | None
    articles: int
    published: str | None
    first_seen_at: datetime
    excerpt: Excerpt | None
    entities: tuple[tuple[str, str], ...]
    keywords: tuple[str, ...] = ()
    section: str = ""
    topic: int | None = None
    event: int | None = None
    is_repeated: bool = False
    notice: Notice | None = None
    more_changes: int = 0
    language: str | None = None


def entry(
    hits: Sequence[StoryHit],
    *,
    rules: Mapping[str, RuleSettings],
    names: Mapping[str, str],
    keywords: Mapping[int, Sequence[str]],
    past: Past = NO_PAST,
    sections: Mapping[int, str] = NO_SECTIONS,
    conditions: Conditions = NO_CONDITIONS,
) -> Entry:
    """Return what is said of a story from its hits, oldest first; a withdrawal or else a change speaks for it."""
    changed = [hit for hit in hits if hit.hit.reason is HitReason.CHANGED]
    loudest = max(hits, key=lambda hit: _severity(rules, hit).rank)  # the first of several
    withdrawn = [hit for hit in changed if notice_of_token(hit.hit.token) is Notice.WITHDRAWAL]
    chosen = (withdrawn or changed or [loudest])[-1]
    title = line(chosen.title, _MAX_TITLE) or line(str(key_sentence(chosen.text, None) or ""), _MAX_TITLE)
    outlets = chosen.outlets or (chosen.publisher or chosen.source_id,)
    outlets = tuple(dict.fromkeys(_shown_outlet(outlet, names) for outlet in outlets))
    told = _told(changed, past)
    return Entry(
        story_id=chosen.hit.story_id,
        article_id=chosen.hit.article_id,
        group=loudest.hit.rule,
        section=line(sections.get(loudest.hit_id, ""), _MAX_NAME),
        title=title,
        url=chosen.url,
        rules=tuple(dict.fromkeys(hit.hit.rule for hit in hits)),
        severity=_severity(rules, loudest),
        reason=chosen.hit.reason,
        changes=_changes(changed),
        told=told[:_MAX_CHANGES],
        more_changes=max(len(told) - _MAX_CHANGES, 0),
        steps=tuple(_named(step, names) for step in _steps((chosen, *changed), past)),
        outlets=outlets,
        first_at=_published(chosen) if _outlet(chosen, names) == outlets[0] else None,
        articles=max(hit.article_count for hit in hits),
        published=_published(chosen),
        first_seen_at=min(hit.first_seen_at for hit in hits),
        excerpt=telling(chosen, title, conditions),
        entities=_entities(chosen.mentions, names),
        keywords=tuple(line(word, _MAX_KEYWORD) for word in keywords.get(chosen.hit.article_id, ())),
        notice=notice_of_token(chosen.hit.token),
        language=chosen.language,
    )


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
    return tuple(dict.fromkeys(told))


def _steps(hits: Iterable[StoryHit], past: Past) -> Iterable[Step]:
    """Return the steps of the articles that speak for a story, each once."""
    article_ids = dict.fromkeys(hit.hit.article_id for hit in hits)
    return dict.fromkeys(step for article_id in article_ids for step in past.steps.get(article_id, ()))


def _named(step: Step, names: Mapping[str, str]) -> Step:
    return replace(step, entity=line(names.get(step.entity, step.entity), _MAX_NAME))


def _outlet(hit: StoryHit, names: Mapping[str, str]) -> str:
    """Return whose the article is, as the outlets of its story are named."""
    return _shown_outlet(hit.publisher or hit.source_id, names)


def _shown_outlet(outlet: str, names: Mapping[str, str]) -> str:
    return line(names.get(outlet, outlet), _MAX_OUTLET)


def _published(hit: StoryHit) -> str | None:
    return line(hit.published.value, 40) if hit.published else None


def _entities(mentions: tuple[Mention, ...], names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the entities, the most mentioned first."""
    counts: dict[str, int] = {}
    shown: dict[str, str] = {}
    for mention in mentions:
        counts[mention.entity] = counts.get(mention.entity, 0) + 1
        shown.setdefault(mention.entity, line(names.get(mention.entity, mention.surface), 60))
    ordered = sorted(counts, key=lambda name: -counts[name])
    return tuple((name, shown[name]) for name in ordered[:_MAX_ENTITIES])
