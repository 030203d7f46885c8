"""Why a condition does not hold for an article, in one sentence without a full stop, in English and in Chinese.

Told of the condition that ``storage.query.explain`` returns. Pure; knows no rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

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
from storage.query.subject import FIELDS, Asked, Subject
from storage.query.written import unparse

__all__ = ["reason", "shown"]

_LISTED = 5
_LONGEST = 120
"""Letters of one condition that are shown."""

_EN = {
    "nowhere": '"{phrase}" is not in the title or the text',
    "not_in_title": '"{phrase}" is not in the title',
    "in_text_only": '"{phrase}" is in the text, but not in the title',
    "inside_a_word": '"{phrase}" is there only as a part of longer words',
    "apart": '"{left}" and "{right}" are not within {distance} words of each other',
    "title": "the title does not match {pattern}",
    "not_mentioned": "no mention of {names}",
    "not_named_in_title": "no mention of {names} in the title",
    "count": "mentions of {names}: {found}, expected {comparison} {number}",
    "stage": "it states no stage {stages}",
    "source": "its source is {source}, expected {glob}",
    "group": "the group of its source is {group}, expected {glob}",
    "author": 'no author is called "{key}"',
    "language": "its language is {language}, expected {tag}",
    "after": "it was first seen at {at}, expected from {moment} on",
    "before": "it was first seen at {at}, expected before {moment}",
    "published_after": "it was published {at}, expected from {moment} on",
    "published_before": "it was published {at}, expected before {moment}",
    "undated": "it names no date of publication",
    "excluded": "{condition} holds, which is excluded",
    "excluded_phrase": '"{phrase}" is in the {field}, which is excluded',
    "none_of": "none of these holds: {conditions}",
    "more": "{listed} and {count} more",
    "fails": "{condition} does not hold",
    "unknown": "unknown",
    "no_group": "none",
    "or": " or ",
    "comma": ", ",
    "in_title": "title",
    "in_text": "text",
}
_ZH = {
    "nowhere": "标题和正文中没有“{phrase}”",
    "not_in_title": "标题中没有“{phrase}”",
    "in_text_only": "“{phrase}”只在正文中，不在标题中",
    "inside_a_word": "“{phrase}”只是更长单词的一部分",
    "apart": "“{left}”与“{right}”相距超过 {distance} 个词",
    "title": "标题不符合 {pattern}",
    "not_mentioned": "没有提及 {names}",
    "not_named_in_title": "标题中没有提及 {names}",
    "count": "提及 {names} {found} 次，要求 {comparison} {number}",
    "stage": "没有写明阶段 {stages}",
    "source": "来源是 {source}，要求 {glob}",
    "group": "来源所在分组是 {group}，要求 {glob}",
    "author": "没有名为“{key}”的作者",
    "language": "语言是 {language}，要求 {tag}",
    "after": "首次发现于 {at}，要求不早于 {moment}",
    "before": "首次发现于 {at}，要求早于 {moment}",
    "published_after": "发布于 {at}，要求不早于 {moment}",
    "published_before": "发布于 {at}，要求早于 {moment}",
    "undated": "没有写明发布日期",
    "excluded": "{condition} 成立，而它是被排除的",
    "excluded_phrase": "{field}中有“{phrase}”，而它是被排除的",
    "none_of": "以下条件无一成立：{conditions}",
    "more": "{listed} 等 {count} 项",
    "fails": "{condition} 不成立",
    "unknown": "未知",
    "no_group": "无",
    "or": " 或 ",
    "comma": "、",
    "in_title": "标题",
    "in_text": "正文",
}


def reason(node: Node, article: Subject, now: datetime, group: str | None, *, language: str = "en") -> str:
    """Return why a condition that does not hold fails; ``language`` is a tag: Chinese for ``zh`` and its kin."""
    words = _ZH if language.lower().partition("-")[0] == "zh" else _EN
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
    if any(node.letters in asked.forms[field].letters for field in fields):
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
    return words[key].format(names=_listed(node.ids, words, words["or"]))


def _count(node: Count, asked: Asked, words: Mapping[str, str]) -> str:
    found = sum(calls(node.ids, mention.entity) for mention in asked.subject.mentions)
    names = _listed(node.ids, words, words["or"])
    return words["count"].format(found=found, names=names, comparison=node.comparison, number=node.number)


def _stage(node: Stage, asked: Asked, words: Mapping[str, str]) -> str:
    return words["stage"].format(stages=_listed(node.stages, words, words["or"]))


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
    return " ".join((phrase.written or phrase.letters).split())


def _listed(names: Iterable[str], words: Mapping[str, str], separator: str) -> str:
    every = list(names)
    listed = separator.join(every[:_LISTED])
    left = len(every) - _LISTED
    if left <= 0:
        return listed
    return words["more"].format(listed=listed, count=len(every) if words is _ZH else left)


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
