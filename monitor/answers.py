"""What became of one article under each rule: exactly one answer for every rule, and for every earlier one that spoke.

Decides by what the store says of hits, stories and messages, and asks the rule itself where there is no hit. Pure; does
not read the store, and puts nothing into words (``monitor.answer_words``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
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

__all__ = ["Answer", "Became", "Case", "Earlier", "Held", "Message", "Refusal", "answers", "refusal"]


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
    SILENT = "silent"  # another story had told it, or one that it came from
    UNTOLD = "untold"  # the rule holds, and has not spoken of the story
    SOURCE = "source"  # the rule is not for its source
    GROUP = "group"  # the rule is not for the group of its source
    CONDITION = "condition"  # a condition of the rule does not hold
    FORMER = "former"  # no rule of that name is configured, and no message holds its hit


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
    ``none``. ``at`` is when it was sent, put in, or may be composed; ``error`` the last one. ``then`` is what the
    channel was called when the message was made, where it has another name now.
    """

    channel: str
    state: str
    then: str | None = None
    at: datetime | None = None
    attempts: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What a rule had said before, when, and what became of that."""

    at: datetime
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a rule does not hold: its sources, its groups, or the first condition that fails."""

    became: Became
    condition: Node | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of an article under a rule.

    ``spans`` are the places that made the rule hold: those of the hit, or those of now. ``hit`` is what the rule said
    last of the article, or of its story by another one (``MERGED``, ``SILENT``), and ``of_hit`` what became of that;
    ``earlier`` what the rule had said of the article before. ``story_id`` is the story that has it (``MERGED``) or had
    told it (``SILENT``), and ``relation`` how that stands to this one (``storage.feed.StoryEventView``), None where
    nobody knows. ``condition`` is the first one that failed, ``silence`` what kept the hit quiet.
    """

    rule: str
    became: Became
    spans: tuple[Span, ...] = ()
    hit: HitView | None = None
    of_hit: Became | None = None
    messages: tuple[Message, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    story_id: int | None = None
    relation: str | None = None
    condition: Node | None = None
    silence: Silence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An article, and what the store knows of its story.

    ``group`` is that of its source in the configuration, ``story_id`` the story that it is in. ``alerts`` are the hits
    of the article, of its story and of those that this came from, the latest last; ``elsewhere`` the ids of those that
    speak of another story than the one that the article is in now, ``superseded`` of those that were left with a story
    that went into another one, as that has one of the same. ``told`` are the rules that spoke of the story, each
    with the first story of which it did (``storage.hits.told_rules``); ``silent`` those of them that held for this
    article and said nothing, ``relations`` how the story that had told it stands to this one, by rule. ``held`` says
    what hits wait for, by hit and channel, ``silenced`` what kept them quiet; ``renamed`` what channels are called now,
    by their earlier names.
    """

    article_id: int
    subject: Subject
    group: str | None
    story_id: int | None = None
    alerts: tuple[AlertView, ...] = ()
    elsewhere: frozenset[int] = frozenset()
    superseded: frozenset[int] = frozenset()
    told: Mapping[str, int] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()
    relations: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[tuple[int, str], Held] = field(default_factory=dict)
    silenced: Mapping[int, Silence] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)


def answers(rules: RuleSet, case: Case) -> tuple[Answer, ...]:
    """Return the answer of each rule, in their configured order, then of each that spoke and is not configured."""
    found = match(rules, case.subject, case.group, case.subject.first_seen_at)
    places = {one.rule.id: one.spans for one in found}
    configured = {name for rule in rules.rules for name in _names(rule)}
    spoke = dict.fromkeys((*(one.hit.rule for one in case.alerts), *sorted(case.told)))
    former = (_former(name, case) for name in spoke if name not in configured)
    return (*(_answer(rules, rule, case, places) for rule in rules.rules), *former)


def refusal(rules: RuleSet, rule: RuleSettings, subject: Subject, group: str | None) -> Refusal | None:
    """Return why a rule did not hold for an article when it was first seen; None where it did."""
    if not rules.is_from(rule, subject.source_id):
        return Refusal(became=Became.SOURCE)
    if not rules.is_in(rule, group):
        return Refusal(became=Became.GROUP)
    failing = explain(rules.condition(rule.id), subject, subject.first_seen_at, group)
    return None if failing is None else Refusal(became=Became.CONDITION, condition=failing)


def _answer(rules: RuleSet, rule: RuleSettings, case: Case, places: Mapping[str, tuple[Span, ...]]) -> Answer:
    said = _said(_names(rule), case)
    own = [hit for hit in said if hit.article_id == case.article_id]
    if own:
        return _of_own(rule.id, rule, own, said, case)
    spans = places.get(rule.id)
    if spans is None:
        why = refusal(rules, rule, case.subject, case.group)
        return Answer(
            rule=rule.id,
            became=Became.CONDITION if why is None else why.became,
            condition=None if why is None else why.condition,
        )
    if said and case.silent.isdisjoint(_names(rule)):
        return _of_another(rule.id, rule, said, spans, case)
    told = next((name for name in _names(rule) if name in case.told), None)
    if told is not None:
        return replace(_silent(told, case), rule=rule.id, spans=spans)
    return Answer(rule=rule.id, became=Became.UNTOLD, spans=spans)


def _former(name: str, case: Case) -> Answer:
    """Return what became of what a rule said that is not configured."""
    said = _said((name,), case)
    own = [hit for hit in said if hit.article_id == case.article_id]
    if not said or (name in case.silent and not own):
        return _silent(name, case)
    return _of_own(name, None, own, said, case) if own else _of_another(name, None, said, said[-1].spans, case)


def _silent(told: str, case: Case) -> Answer:
    return Answer(rule=told, became=Became.SILENT, story_id=case.told[told], relation=case.relations.get(told))


def _names(rule: RuleSettings) -> tuple[str, ...]:
    """Return what a rule is called, and was: the service renames in the store when it starts."""
    return (rule.id, *rule.was)


def _said(names: Collection[str], case: Case) -> list[HitView]:
    """Return the hits of a rule, those that count most last."""
    said = (one.hit for one in case.alerts if one.hit.rule in names)
    return sorted(said, key=lambda hit: hit.id not in case.superseded)


def _of_own(name: str, rule: RuleSettings | None, own: list[HitView], said: list[HitView], case: Case) -> Answer:
    """Return what became of the last hit of the article, or of one of its story by another where that goes for it."""
    *before, hit = own
    hidden = frozenset() if hit.id in case.superseded else case.elsewhere
    others = [one for one in said if one.article_id != case.article_id and one.id not in hidden]
    became, messages = _of_hit(rule, hit, case)
    if became in (Became.UNSENT, Became.FORMER) and others:
        return _of_another(name, rule, others, hit.spans, case)
    return Answer(
        rule=name,
        became=became,
        spans=hit.spans,
        hit=hit,
        of_hit=became,
        messages=messages,
        earlier=tuple(Earlier(at=one.created_at, messages=_of_hit(rule, one, case)[1]) for one in before),
        silence=case.silenced.get(hit.id),
    )


def _of_another(
    name: str, rule: RuleSettings | None, said: list[HitView], spans: tuple[Span, ...], case: Case
) -> Answer:
    """Return what became of what was said by another article: of the story of now, or else of one that it came from."""
    here = [hit for hit in said if hit.id not in case.elsewhere]
    hit = (here or said)[-1]
    became, messages = _of_hit(rule, hit, case)
    return Answer(
        rule=name,
        became=Became.MERGED if here else Became.SILENT,
        spans=spans,
        hit=hit,
        of_hit=became,
        messages=messages,
        story_id=case.story_id if here and case.story_id else hit.story_id,
        silence=case.silenced.get(hit.id),
    )


def _of_hit(rule: RuleSettings | None, hit: HitView, case: Case) -> tuple[Became, tuple[Message, ...]]:
    if hit.id in case.silenced:
        return Became.SILENCED, _sent(hit, case)
    if rule is None:
        messages = _sent(hit, case)
        return (_became(messages) if messages else Became.FORMER), messages
    messages = _messages(rule, hit, case)
    return _became(messages), messages


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
    sent = _sent(hit, case)
    had = {message.channel for message in sent}
    louder = rule.escalate if hit.reason == HitReason.ESCALATED else None
    wanted = (louder.channels if louder else ()) or rule.channels
    without = (channel for channel in wanted if channel not in had)
    return (*sent, *(_no_message(hit, case, channel) for channel in without))


def _sent(hit: HitView, case: Case) -> tuple[Message, ...]:
    """Return the messages that hold a hit, each with what its channel is called now."""
    return tuple(_message(one, case.renamed.get(one.channel, one.channel)) for one in hit.deliveries)


def _message(delivery: DeliveryView, channel: str) -> Message:
    is_settled = delivery.state in (DeliveryState.SENT, DeliveryState.DEAD, DeliveryState.DROPPED)
    settled_at = delivery.sent_at or delivery.due_at
    return Message(
        channel=channel,
        then=delivery.channel if delivery.channel != channel else None,
        state=delivery.state,
        at=settled_at if is_settled else delivery.created_at,
        attempts=delivery.attempts,
        error=delivery.last_error,
    )


def _no_message(hit: HitView, case: Case, channel: str) -> Message:
    """Return why a channel has no message of a hit: what it waits for, or that the channel began later."""
    held = case.held.get((hit.id, channel))
    return Message(channel=channel, state=held.state if held else "none", at=held.until if held else None)
