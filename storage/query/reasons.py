"""Why a condition does not hold for an article, in one sentence without a full stop, in English and in Chinese.

Told of the condition that ``storage.query.explain`` returns. Pure; knows no rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from storage.query.letters import stem_of
from storage.query.moments import instant
from storage.query.nodes import (
    And,
    Author,
    Count,
    Dated,
    Entity,
    Group,
    Language,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Seen,
    Source,
    Stage,
    TitlePattern,
)
from storage.query.predicate import calls, is_true
from storage.query.reason_phrases import EN, ZH
from storage.query.subject import FIELDS, Asked, Subject
from storage.query.vocabulary import in_chinese
from storage.query.written import unparse

__all__ = ["reason", "shown"]

_LISTED = 5
_LONGEST = 120
"""Letters of one condition that are shown."""


def reason(node: Node, article: Subject, now: datetime, group: str | None, *, language: str = "en") -> str:
    """Return why a condition that does not hold fails; ``language`` is a tag: Chinese for ``zh`` and its kin."""
    words = ZH if language.lower().partition("-")[0] == "zh" else EN
    return _REASONS.get(type(node), _fails)(node, Asked(article, now, group), words)


def shown(node: Node) -> str:
    """Return a condition as it was written, or as it may be, on one line and cut."""
    bare = isinstance(node, Phrase | And | Or | Not | Near)
    text = " ".join((unparse(node) if bare or not node.written else node.written).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _phrase(node: Phrase, asked: Asked, words: Mapping[str, str]) -> str:
    said = _written(node)
    if node.in_title and asked.stands(node.letters, in_title=False):
        return words["in_text_only"].format(phrase=said)
    fields = FIELDS[:1] if node.in_title else FIELDS
    if any(stem_of(node.letters) in asked.forms[field].letters for field in fields):
        return words["inside_a_word"].format(phrase=said)
    return words["not_in_title" if node.in_title else "nowhere"].format(phrase=said)


def _near(node: Near, asked: Asked, words: Mapping[str, str]) -> str:
    missing = next((one for one in (node.left, node.right) if not is_true(one, asked)), None)
    if missing is not None:
        return _phrase(missing, asked, words)
    left, right = _written(node.left), _written(node.right)
    return words["apart"].format(left=left, right=right, distance=node.distance)


def _pattern(node: TitlePattern, asked: Asked, words: Mapping[str, str]) -> str:
    return words["title"].format(pattern=shown(node))


def _entity(node: Entity, asked: Asked, words: Mapping[str, str]) -> str:
    key = "not_named_in_title" if node.in_title else "not_mentioned"
    return words[key].format(names=_called(node.ids, words))


def _count(node: Count, asked: Asked, words: Mapping[str, str]) -> str:
    found = sum(calls(node.ids, mention.entity) for mention in asked.subject.mentions)
    names = _called(node.ids, words).strip()
    return words["count"].format(found=found, names=names, comparison=node.comparison, number=node.number)


def _stage(node: Stage, asked: Asked, words: Mapping[str, str]) -> str:
    stages = [in_chinese(one) for one in node.stages] if words is ZH else node.stages
    return words["stage"].format(stages=_listed(stages, words, words["or"]))


def _source(node: Source, asked: Asked, words: Mapping[str, str]) -> str:
    subject = asked.subject
    others = dict.fromkeys(filter(None, (subject.publisher, subject.declared_source)))
    named = f"{subject.source_id} ({', '.join(others)})" if others else subject.source_id
    return words["source"].format(source=named, glob=node.glob)


def _group(node: Group, asked: Asked, words: Mapping[str, str]) -> str:
    return words["group"].format(group=asked.group or words["no_group"], glob=node.glob)


def _author(node: Author, asked: Asked, words: Mapping[str, str]) -> str:
    return words["author"].format(key=node.key)


def _language(node: Language, asked: Asked, words: Mapping[str, str]) -> str:
    known = max(asked.languages, key=len, default="").strip("-")
    return words["language"].format(language=known or words["unknown"], tag=node.tag)


def _seen(node: Seen, asked: Asked, words: Mapping[str, str]) -> str:
    moment = instant(node.moment, asked.now)
    key = "after" if node.is_after else "before"
    return words[key].format(at=_minute(asked.subject.first_seen_at), moment=_minute(moment))


def _dated(node: Dated, asked: Asked, words: Mapping[str, str]) -> str:
    published = asked.subject.published
    if published is None:
        return words["undated"]
    moment = instant(node.moment, asked.now)
    key = "published_after" if node.is_after else "published_before"
    return words[key].format(at=published.value, moment=_minute(moment))


def _not(node: Not, asked: Asked, words: Mapping[str, str]) -> str:
    held = node.node
    while isinstance(held, Or):
        held = next(part for part in held.nodes if is_true(part, asked))
    if isinstance(held, Phrase):
        field = "in_title" if asked.stands(held.letters, in_title=True) else "in_text"
        return words["excluded_phrase"].format(phrase=_written(held), field=words[field])
    return words["excluded"].format(condition=shown(held))


def _or(node: Or, asked: Asked, words: Mapping[str, str]) -> str:
    return words["none_of"].format(conditions=_listed(map(shown, node.nodes), words, words["comma"]))


def _fails(node: Node, asked: Asked, words: Mapping[str, str]) -> str:
    return words["fails"].format(condition=shown(node))


def _written(phrase: Phrase) -> str:
    return " ".join((phrase.written or stem_of(phrase.letters)).split())


def _called(ids: Iterable[str], words: Mapping[str, str]) -> str:
    """Return what entities are called in a sentence: their ids, or what a glob over all of them means."""
    names = _listed((_name(one, words) for one in ids), words, words["or"])
    return f" {names}" if words is ZH and names[:1].isascii() else names


def _name(entity: str, words: Mapping[str, str]) -> str:
    if entity == "*":
        return words["any"]
    kind, _, name = entity.partition(":")
    if name != "*" or "*" in kind:
        return entity
    return words.get(f"any_{kind}", words["any_of_kind"]).format(kind=kind)


def _listed(names: Iterable[str], words: Mapping[str, str], separator: str) -> str:
    every = list(names)
    listed = separator.join(every[:_LISTED])
    left = len(every) - _LISTED
    if left <= 0:
        return listed
    return words["more"].format(listed=listed, count=len(every) if words is ZH else left)


def _minute(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


_REASONS: dict[type, Callable[[Any, Asked, Mapping[str, str]], str]] = {
    Author: _author,
    Count: _count,
    Dated: _dated,
    Entity: _entity,
    Group: _group,
    Language: _language,
    Near: _near,
    Not: _not,
    Or: _or,
    Phrase: _phrase,
    Seen: _seen,
    Source: _source,
    Stage: _stage,
    TitlePattern: _pattern,
}
