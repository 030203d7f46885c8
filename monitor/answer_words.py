"""The answer of a rule (``monitor.answers``) in words, in English and in Chinese: one reason, and what stands below it.

Sentences have no full stop. What people and servers wrote (comments, errors) stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from alerts.rules import RuleSettings
from monitor.answer_phrases import LANGUAGES, PHRASES
from monitor.answers import Answer, Became, Case, Earlier, Message, Refusal
from storage.query.reasons import reason
from storage.query.subject import Subject
from storage.records import DeliveryState, HitReason, Span

__all__ = ["LANGUAGES", "answer_in_words", "details_in_words", "refusal_in_words", "terms_of"]

_TERMS = 8
"""Surfaces of places that are listed."""
_CHANGES = 5
"""Pairs of what changed that are listed."""

Words = Mapping[str, str]


def answer_in_words(answer: Answer, rule: RuleSettings | None, case: Case, *, language: str = "en") -> str:
    """Return the one reason why a rule told of an article, or did not; ``language`` is one of ``LANGUAGES``.

    ``rule`` is None for one that is not configured any more.
    """
    if rule is not None and answer.became in (Became.SOURCE, Became.GROUP, Became.CONDITION):
        refused = Refusal(became=answer.became, condition=answer.condition)
        return refusal_in_words(refused, rule, case.subject, case.group, language=language)
    words = PHRASES[language]
    if answer.became is Became.UNTOLD:
        return words["untold"]
    if answer.hit is None or answer.of_hit is None:
        return words.get(f"silent_{answer.relation}", words["silent"]).format(story=answer.story_id)
    said = _of_hit(answer.of_hit, answer, words)
    if answer.became in (Became.MERGED, Became.SILENT):
        where = words[f"{answer.became}_by"]
        return where.format(story=answer.story_id, article=answer.hit.article_id, said=said)
    return said


def details_in_words(answer: Answer, *, language: str = "en") -> tuple[str, ...]:
    """Return what stands below the reason: the words that matched, what changed, and every message where several are.

    Nothing for a rule that does not hold, or that is known from what it did not say.
    """
    if answer.hit is None and not answer.spans and answer.became is not Became.UNTOLD:
        return ()
    words = PHRASES[language]
    lines = [_matched(answer, words), *_occasion(answer, words)]
    messages = answer.messages
    if len(messages) > 1 or (messages and answer.of_hit in (Became.SILENCED, Became.FORMER)):
        lines += (_message(one, words) for one in messages)
    return (*lines, *(_earlier(one, words) for one in reversed(answer.earlier)))


def refusal_in_words(
    refused: Refusal, rule: RuleSettings, subject: Subject, group: str | None, *, language: str = "en"
) -> str:
    """Return why a rule does not hold for an article."""
    words = PHRASES[language]
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


def _of_hit(became: Became, answer: Answer, words: Words) -> str:
    """Return what became of a hit: the messages that decide it, each channel once."""
    if became is Became.SILENCED and answer.silence is not None:
        comment = " ".join(answer.silence.comment.split())
        said = words["comment"].format(comment=comment) if comment else ""
        return words["silenced"].format(silence=answer.silence.id, until=_minute(answer.silence.ends_at), comment=said)
    if became is Became.FORMER:
        return words["former"].format(rule=answer.rule)
    telling = {one.channel: one for one in answer.messages if one.state in _TELLING[became]}
    if became is Became.UNSENT:
        return words["unsent"].format(channels=words["comma"].join(telling))
    return _together(list(telling.values()), words)


def _together(messages: list[Message], words: Words) -> str:
    """Return those of some messages that have the state of the first, the channels of one minute in one.

    Without errors where there are several: each is below.
    """
    same = [one for one in messages if one.state == messages[0].state]
    if len(same) == 1:
        return _message(same[0], words)
    by_minute: dict[str, list[Message]] = {}
    for one in same:
        by_minute.setdefault(_minute(one.at), []).append(one)
    return words["semicolon"].join(_message(_as_one(those, words), words) for those in by_minute.values())


def _as_one(messages: list[Message], words: Words) -> Message:
    channels = words["comma"].join(_channel(one, words) for one in messages)
    return replace(messages[0], channel=channels, then=None, attempts=1, error=None)


def _channel(message: Message, words: Words) -> str:
    then = words["then"].format(channel=message.then) if message.then else ""
    return f"{message.channel}{then}"


_TELLING: Mapping[Became, frozenset[str]] = {
    Became.TOLD: frozenset({DeliveryState.SENT}),
    Became.OUTBOX: frozenset({DeliveryState.PENDING, DeliveryState.SENDING}),
    Became.FAILED: frozenset({DeliveryState.DEAD, DeliveryState.DROPPED}),
    Became.WAITING: frozenset({"digest"}),
    Became.MUTED: frozenset({"muted"}),
    Became.GROUPED: frozenset({"grouped"}),
    Became.UNSENT: frozenset({"none", "unclaimed"}),
}
"""The states of the messages that make an answer what it is."""


def _matched(answer: Answer, words: Words) -> str:
    terms = terms_of(answer.spans, words["comma"])
    return words["matched"].format(terms=terms) if terms else words["every"]


def _occasion(answer: Answer, words: Words) -> list[str]:
    """Return why the hit speaks again of its story, or louder; nothing of a new one."""
    hit = answer.hit
    if hit is None or hit.reason == HitReason.NEW:
        return []
    listed = words["comma"].join(f"{old} → {new}" for old, new in hit.changes[:_CHANGES])
    left = len(hit.changes) - _CHANGES
    changes = words["more"].format(listed=listed, count=left) if left > 0 else listed
    said = hit.notice or hit.reason
    key = said if changes or hit.reason != HitReason.CHANGED else f"{said}_somehow"
    return [words[key].format(changes=changes)]


def _earlier(earlier: Earlier, words: Words) -> str:
    said = words["semicolon"].join(_message(one, words) for one in earlier.messages)
    return words["earlier"].format(at=_minute(earlier.at), said=said or words["no_message"])


def _message(message: Message, words: Words) -> str:
    return _SAID[message.state](message, words)


def _settled(key: str) -> Callable[[Message, Words], str]:
    def say(message: Message, words: Words) -> str:
        error = words["error"].format(error=" ".join(message.error.split())) if message.error else ""
        tries = words["tries"].format(count=message.attempts) if message.attempts > 1 else ""
        return words[key].format(channel=_channel(message, words), at=_minute(message.at), error=error, tries=tries)

    return say


def _held(message: Message, words: Words) -> str:
    at = words[f"{message.state}_at"].format(at=_minute(message.at)) if message.at else ""
    return words[message.state].format(channel=message.channel, at=at)


def _minute(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M} UTC"


_SAID: Mapping[str, Callable[[Message, Words], str]] = {
    DeliveryState.SENT: _settled("sent"),
    DeliveryState.PENDING: _settled("pending"),
    DeliveryState.SENDING: _settled("pending"),
    DeliveryState.DEAD: _settled("dead"),
    DeliveryState.DROPPED: _settled("dropped"),
    "digest": _held,
    "muted": _held,
    "grouped": _held,
    "unclaimed": _settled("none"),
    "none": _settled("none"),
}
