"""The answer of a rule (``monitor.answers``) in one sentence without a full stop, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from alerts.rules import RuleSettings
from monitor.answers import Answer, Became, Case, Message, Refusal
from storage.query.reasons import reason
from storage.query.subject import Subject
from storage.records import DeliveryState, Span

__all__ = ["LANGUAGES", "answer_in_words", "refusal_in_words", "terms_of"]

LANGUAGES = ("en", "zh")
_TERMS = 8
"""Surfaces of places that are listed."""

_EN = {
    "matched": "matched by {terms}",
    "merged": "matched by {terms}, merged into story {story}, which article {article} told",
    "silent": "matched by {terms}, but story {story} had told it",
    "untold": "matched by {terms}, but not told: a rule tells only of what comes in after it",
    "all": "every article",
    "source": "the rule is not for source {source}, but for {globs}",
    "group": "the rule is not for the group of its source ({group}), but for {globs}",
    "no_group": "none",
    "condition": "a condition does not hold",
    "sent": "told to {channel} at {at}",
    "pending": "in the outbox for {channel} since {at}{error}",
    "dead": "failed to {channel}{error}",
    "dropped": "dropped before {channel} had it{error}",
    "digest": "waiting for the digest of {channel}{at}",
    "digest_at": " at {at}",
    "muted": "{channel} is muted{at}",
    "muted_at": " until {at}",
    "grouped": "waiting for the group of {channel}{at}",
    "grouped_at": " until {at}",
    "silenced": "matched by {terms}, but kept quiet by silence {silence}{comment}",
    "comment": " ({comment})",
    "none": "no message to {channel}",
    "error": ": {error}",
    "comma": ", ",
    "semicolon": "; ",
}
_ZH = {
    "matched": "命中：{terms}",
    "merged": "命中：{terms}，已并入新闻 {story}，由文章 {article} 提醒过",
    "silent": "命中：{terms}，但新闻 {story} 已经提醒过",
    "untold": "命中：{terms}，但未提醒：规则只管它之后收到的文章",
    "all": "所有文章",
    "source": "规则不适用于来源 {source}，只适用于 {globs}",
    "group": "规则不适用于来源所在分组（{group}），只适用于 {globs}",
    "no_group": "无",
    "condition": "有条件不成立",
    "sent": "{at} 已发送到 {channel}",
    "pending": "{at} 起在发件箱中，等待发往 {channel}{error}",
    "dead": "发往 {channel} 失败{error}",
    "dropped": "未发往 {channel} 即已放弃{error}",
    "digest": "等待 {channel} 的摘要{at}",
    "digest_at": "（{at}）",
    "muted": "{channel} 处于免打扰时段{at}",
    "muted_at": "，至 {at}",
    "grouped": "等待 {channel} 的同组消息{at}",
    "grouped_at": "，至 {at}",
    "silenced": "命中：{terms}，但被静默 {silence} 压下{comment}",
    "comment": "（{comment}）",
    "none": "没有发往 {channel} 的消息",
    "error": "：{error}",
    "comma": "、",
    "semicolon": "；",
}
_WORDS: Mapping[str, Mapping[str, str]] = {"en": _EN, "zh": _ZH}


def answer_in_words(answer: Answer, rule: RuleSettings, case: Case, *, language: str = "en") -> str:
    """Return why a rule told of an article, or did not; ``language`` is one of ``LANGUAGES``."""
    if answer.became in (Became.SOURCE, Became.GROUP, Became.CONDITION):
        refused = Refusal(became=answer.became, condition=answer.condition)
        return refusal_in_words(refused, rule, case.subject, case.group, language=language)
    words = _WORDS[language]
    said = words[_MATCHED.get(answer.became, "matched")].format(
        terms=terms_of(answer.spans, words["comma"]) or words["all"],
        story=answer.hit.story_id if answer.hit else answer.story_id,
        article=answer.hit.article_id if answer.hit else None,
        silence=answer.silence.id if answer.silence else None,
        comment=_comment(answer, words),
    )
    return words["semicolon"].join([said, *(_message(one, words) for one in answer.messages)])


def refusal_in_words(
    refused: Refusal, rule: RuleSettings, subject: Subject, group: str | None, *, language: str = "en"
) -> str:
    """Return why a rule does not hold for an article."""
    words = _WORDS[language]
    if refused.became is Became.SOURCE:
        return words["source"].format(source=subject.source_id, globs=words["comma"].join(rule.sources))
    if refused.became is Became.GROUP:
        return words["group"].format(group=group or words["no_group"], globs=words["comma"].join(rule.groups))
    if refused.condition is None:
        return words["condition"]
    return reason(refused.condition, subject, subject.first_seen_at, group, language=language)


def terms_of(spans: Iterable[Span], separator: str = ", ") -> str:
    """Return what was found, each once, in its order, on one line; a few of it."""
    surfaces = dict.fromkeys(" ".join(span.surface.split()) for span in spans)
    return separator.join(list(surfaces)[:_TERMS])


_MATCHED = {
    Became.MERGED: "merged",
    Became.SILENT: "silent",
    Became.UNTOLD: "untold",
    Became.SILENCED: "silenced",
}


def _comment(answer: Answer, words: Mapping[str, str]) -> str:
    said = " ".join(answer.silence.comment.split()) if answer.silence else ""
    return words["comment"].format(comment=said) if said else ""


def _message(message: Message, words: Mapping[str, str]) -> str:
    say = _SAID[message.state]
    return say(message, words)


def _settled(key: str) -> Callable[[Message, Mapping[str, str]], str]:
    def say(message: Message, words: Mapping[str, str]) -> str:
        error = words["error"].format(error=" ".join(message.error.split())) if message.error else ""
        return words[key].format(channel=message.channel, at=_minute(message.at), error=error)

    return say


def _held(message: Message, words: Mapping[str, str]) -> str:
    at = words[f"{message.state}_at"].format(at=_minute(message.at)) if message.at else ""
    return words[message.state].format(channel=message.channel, at=at)


def _minute(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M} UTC"


_SAID: Mapping[str, Callable[[Message, Mapping[str, str]], str]] = {
    DeliveryState.SENT: _settled("sent"),
    DeliveryState.PENDING: _settled("pending"),
    DeliveryState.SENDING: _settled("pending"),
    DeliveryState.DEAD: _settled("dead"),
    DeliveryState.DROPPED: _settled("dropped"),
    "digest": _held,
    "muted": _held,
    "grouped": _held,
    "none": _settled("none"),
}
