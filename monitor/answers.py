"""What became of one article under each rule: exactly one answer for every rule.

Decides by what the store says of hits, stories and messages, and asks the rule itself where there is no hit. Pure; does
not read the store, and puts nothing into words (``monitor.answer_words``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from alerts.match import match
from alerts.rules import RuleSet, RuleSettings
from storage.feed.views import AlertView, DeliveryView, HitView
from storage.query.explain import explain
from storage.query.nodes import Node
from storage.query.subject import Subject
from storage.records import DeliveryState, HitReason, Span
from storage.silences import Silence

__all__ = ["Answer", "Became", "Case", "Held", "Message", "Refusal", "answers", "refusal"]


class Became(StrEnum):
    """What a rule made of an article; one of them each."""

    TOLD = "told"  # sent to every channel that it was meant for
    OUTBOX = "outbox"  # a message is on its way
    WAITING = "waiting"  # for a digest
    MUTED = "muted"  # its rule is told nothing now
    GROUPED = "grouped"  # it waits for more of its group
    SILENCED = "silenced"  # somebody did not want to hear of it
    FAILED = "failed"  # a message was given up
    UNSENT = "unsent"  # there was a hit, and no message holds it
    MERGED = "merged"  # its story was told by another article
    SILENT = "silent"  # another story had told it
    UNTOLD = "untold"  # the rule holds, and has not spoken of the story
    SOURCE = "source"  # the rule is not for its source
    GROUP = "group"  # the rule is not for the group of its source
    CONDITION = "condition"  # a condition of the rule does not hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a hit waits for in a channel, and until when; None where nobody can tell.

    ``unclaimed`` is what waits for a rule or a channel that the configuration does not have.
    """

    state: Literal["digest", "muted", "grouped", "unclaimed"]
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What became of a hit in one channel.

    ``state`` is that of the outbox (``storage.records.DeliveryState``), what the hit waits for (``Held``), or
    ``none``. ``at`` is when it was sent, put in, or may be composed; ``error`` the last one.
    """

    channel: str
    state: str
    at: datetime | None = None
    attempts: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a rule does not hold: its sources, its groups, or the first condition that fails."""

    became: Became
    condition: Node | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of an article under a rule.

    ``spans`` are the places that made the rule hold: those of the hit, or those of now. ``hit`` is what the rule said
    last of the article, or of its story by another one (``MERGED``); ``story_id`` the story that had told it
    (``SILENT``). ``condition`` is the first one that failed, ``silence`` what kept the hit quiet.
    """

    rule: str
    became: Became
    spans: tuple[Span, ...] = ()
    hit: HitView | None = None
    messages: tuple[Message, ...] = ()
    story_id: int | None = None
    condition: Node | None = None
    silence: Silence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An article, and what the store knows of its story.

    ``group`` is that of its source in the configuration. ``alerts`` are the hits of the article and of its story, the
    latest last; ``told`` the rules that spoke of the story, each with the first story of which it did
    (``storage.hits.told_rules``). ``held`` says what hits wait for, by hit and channel, ``silenced`` what kept them
    quiet.
    """

    article_id: int
    subject: Subject
    group: str | None
    alerts: tuple[AlertView, ...] = ()
    told: Mapping[str, int] = field(default_factory=dict)
    held: Mapping[tuple[int, str], Held] = field(default_factory=dict)
    silenced: Mapping[int, Silence] = field(default_factory=dict)


def answers(rules: RuleSet, case: Case) -> tuple[Answer, ...]:
    """Return the answer of each rule, in their configured order."""
    found = match(rules, case.subject, case.group, case.subject.first_seen_at)
    places = {one.rule.id: one.spans for one in found}
    return tuple(_answer(rules, rule, case, places) for rule in rules.rules)


def refusal(rules: RuleSet, rule: RuleSettings, subject: Subject, group: str | None) -> Refusal | None:
    """Return why a rule did not hold for an article when it was first seen; None where it did."""
    if not rules.is_from(rule, subject.source_id):
        return Refusal(became=Became.SOURCE)
    if not rules.is_in(rule, group):
        return Refusal(became=Became.GROUP)
    failing = explain(rules.condition(rule.id), subject, subject.first_seen_at, group)
    return None if failing is None else Refusal(became=Became.CONDITION, condition=failing)


def _answer(rules: RuleSet, rule: RuleSettings, case: Case, places: Mapping[str, tuple[Span, ...]]) -> Answer:
    said = [one.hit for one in case.alerts if one.hit.rule == rule.id]
    own = [hit for hit in said if hit.article_id == case.article_id]
    if own:
        return _of_hit(rule, own[-1], case)
    spans = places.get(rule.id)
    if spans is None:
        why = refusal(rules, rule, case.subject, case.group)
        return Answer(
            rule=rule.id,
            became=Became.CONDITION if why is None else why.became,
            condition=None if why is None else why.condition,
        )
    if said:
        messages = _messages(rule, said[-1], case)
        return Answer(rule=rule.id, became=Became.MERGED, spans=spans, hit=said[-1], messages=messages)
    if rule.id in case.told:
        return Answer(rule=rule.id, became=Became.SILENT, spans=spans, story_id=case.told[rule.id])
    return Answer(rule=rule.id, became=Became.UNTOLD, spans=spans)


def _of_hit(rule: RuleSettings, hit: HitView, case: Case) -> Answer:
    if hit.id in case.silenced:
        silence, sent = case.silenced[hit.id], tuple(map(_message, hit.deliveries))
        return Answer(rule=rule.id, became=Became.SILENCED, spans=hit.spans, hit=hit, messages=sent, silence=silence)
    messages = _messages(rule, hit, case)
    return Answer(rule=rule.id, became=_became(messages), spans=hit.spans, hit=hit, messages=messages)


def _became(messages: tuple[Message, ...]) -> Became:
    """Return what a reader most needs to know of several messages: the worst of them."""
    states = {message.state for message in messages}
    if states & {DeliveryState.DEAD, DeliveryState.DROPPED}:
        return Became.FAILED
    if states & {DeliveryState.PENDING, DeliveryState.SENDING}:
        return Became.OUTBOX
    for state, became in _HELD.items():
        if state in states:
            return became
    return Became.TOLD if DeliveryState.SENT in states else Became.UNSENT


_HELD = {"muted": Became.MUTED, "grouped": Became.GROUPED, "digest": Became.WAITING}


def _messages(rule: RuleSettings, hit: HitView, case: Case) -> tuple[Message, ...]:
    sent = {delivery.channel for delivery in hit.deliveries}
    louder = rule.escalate if hit.reason == HitReason.ESCALATED else None
    wanted = (louder.channels if louder else ()) or rule.channels
    without = (channel for channel in wanted if channel not in sent)
    return (*map(_message, hit.deliveries), *(_no_message(hit, case, channel) for channel in without))


def _message(delivery: DeliveryView) -> Message:
    is_settled = delivery.state in (DeliveryState.SENT, DeliveryState.DEAD, DeliveryState.DROPPED)
    settled_at = delivery.sent_at or delivery.due_at
    return Message(
        channel=delivery.channel,
        state=delivery.state,
        at=settled_at if is_settled else delivery.created_at,
        attempts=delivery.attempts,
        error=delivery.last_error,
    )


def _no_message(hit: HitView, case: Case, channel: str) -> Message:
    """Return why a channel has no message of a hit: what it waits for, or that the channel began later."""
    held = case.held.get((hit.id, channel))
    return Message(channel=channel, state=held.state if held else "none", at=held.until if held else None)
