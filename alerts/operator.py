"""Tells an operator that a channel fails, and when it works again, through another channel.

Knows whom to tell and in which words; that there is something to tell, and that it is told once, is decided in
``alerts.retries``. Where the other channel turns out to fail as well, a third one is tried. Reasons come from receivers
and appear as clean lines.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from alerts.channels import ChannelSettings, Message
from alerts.desk import key_of
from alerts.local_times import local_time
from alerts.markdown import escape
from alerts.phrases import phrases
from alerts.plain import line, without_calls
from alerts.retries import Notice
from storage import outbox
from storage.channel_states import channel_state, failing_channels
from storage.dead_letters import Choice, list_outbox, retry_dead
from storage.records import Delivery
from storage.states import DeliveryState

__all__ = ["NOTICE", "Operator", "pass_on", "render_notice", "tell", "tell_late"]

NOTICE = "channel"
"""The reason of a message about a channel."""

_MAX_REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Who is told: the channel ``preferred``, else the first of ``channels`` that works; in which words and zone."""

    channels: Mapping[str, ChannelSettings]
    preferred: str | None = None
    language: str = "zh"
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    heading: str
    failing: str
    over: str
    since: str
    reason: str
    to_do: str
    missed: str
    lasted: str
    period: str
    dead: str
    fact: str


_WORDS = {
    "zh": _Words(
        heading="发送告警",
        failing="渠道 {channel} 发送失败",
        over="渠道 {channel} 已恢复",
        since="开始时间",
        reason="原因",
        to_do="排除原因后",
        missed="未送达的消息",
        lasted="故障时段",
        period="{since}至{until}（{timezone}）",
        dead="已放弃的消息",
        fact="{name}：{value}",
    ),
    "en": _Words(
        heading="Delivery alarm",
        failing="Channel {channel} cannot deliver",
        over="Channel {channel} delivers again",
        since="Since",
        reason="Reason",
        to_do="When the cause is gone",
        missed="Messages that did not leave",
        lasted="Failed",
        period="{since} to {until} ({timezone})",
        dead="Messages given up",
        fact="{name}: {value}",
    ),
}


def tell(session: Session, operator: Operator, notice: Notice, *, now: datetime) -> str | None:
    """Enqueue a notice for the operator, once; return the channel that takes it, None where there is no other."""
    working, failing = _others(session, operator, {notice.channel})
    channel = next(iter(working + failing), None)
    if channel is not None:
        _enqueue(session, operator, notice, channel, now)
    return channel


def pass_on(session: Session, operator: Operator, notices: Iterable[Delivery], *, now: datetime) -> None:
    """Tell what did not get through one channel through another one that works; each takes a notice once."""
    for delivery in notices:
        notice = _notice_of(delivery)
        working, _ = _others(session, operator, {notice.channel, delivery.channel})
        if working:
            _enqueue(session, operator, notice, working[0], now)


def tell_late(session: Session, channel: str, *, now: datetime) -> None:
    """Send again what a channel that works again had refused: that others fail, as far as they still do."""
    refused = outbox.messages_of(session, outbox.DEAD, channel=channel, reason=NOTICE)
    late = [one.id for one in refused if _holds(session, _notice_of(one))]
    if late:
        retry_dead(session, Choice(ids=late), now=now)


def render_notice(notice: Notice, *, language: str, timezone: str, now: datetime, has_dead: bool = False) -> Message:
    """Return a notice as a message in Chinese (``zh`` and its kin) or English.

    ``has_dead`` says that messages to the channel were given up, and nobody asked for them again.
    """
    from html import escape as escape_html  # seldom needed, and its table of entities takes 0.3 MB

    spoken = phrases(language).language
    words = _WORDS[spoken]
    title = (words.over if notice.is_over else words.failing).format(channel=notice.channel)
    ends = _facts_of_end(notice, words, timezone, now, has_dead=has_dead)
    told = ends if notice.is_over else _facts(notice, words, timezone)
    facts = [words.fact.format(name=name, value=value) for name, value in told]
    rows = "".join(f"<li>{escape_html(fact)}</li>" for fact in facts)
    data = {
        "kind": "channel",
        "at": now.isoformat(),
        "date": local_time(now, timezone)[:10],
        "timezone": timezone,
        "channel": notice.channel,
        "since": notice.since.isoformat(),
        "over": notice.is_over,
        "detail": line(notice.reason, _MAX_REASON),
    }
    return Message(
        subject=f"[newswatch] {title}",
        text="\n".join([words.heading, "", title, *(f"- {fact}" for fact in facts), ""]),
        markdown="\n".join(
            [f"# {words.heading}", "", f"## {escape(title)}", "", *(f"- {escape(f)}" for f in facts), ""]
        ),
        html=f'<!DOCTYPE html>\n<html lang="{spoken}"><meta charset="utf-8"><h1>{words.heading}</h1>'
        f"<h3>{escape_html(title)}</h3><ul>{rows}</ul></html>\n",
        data=data,
    )


def _facts(notice: Notice, words: _Words, timezone: str) -> tuple[tuple[str, str], ...]:
    since = (words.since, f"{local_time(notice.since, timezone)} ({timezone})")
    reason = (words.reason, without_calls(line(notice.reason, _MAX_REASON)))
    dead = (words.missed, _list_of_dead(notice))
    again = (words.to_do, f"newswatch outbox retry --channel {notice.channel}")
    return (since, reason, dead, again)


def _facts_of_end(
    notice: Notice, words: _Words, timezone: str, now: datetime, *, has_dead: bool
) -> tuple[tuple[str, str], ...]:
    since, until = local_time(notice.since, timezone), local_time(now, timezone)
    lasted = (words.lasted, words.period.format(since=since, until=until, timezone=timezone))
    return (lasted, (words.dead, _list_of_dead(notice))) if has_dead else (lasted,)


def _list_of_dead(notice: Notice) -> str:
    return f"newswatch outbox list --dead --channel {notice.channel}"


def _others(session: Session, operator: Operator, besides: Collection[str]) -> tuple[list[str], list[str]]:
    """Return the channels that may be told through, the preferred one first: those that work, and those that fail."""
    ordered = sorted(operator.channels, key=lambda channel: channel != operator.preferred)
    others = [channel for channel in ordered if channel not in besides]
    failing = failing_channels(session, others)
    return [one for one in others if one not in failing], [one for one in others if one in failing]


def _enqueue(session: Session, operator: Operator, notice: Notice, channel: str, now: datetime) -> None:
    dead = list_outbox(session, (DeliveryState.DEAD,), channel=notice.channel, limit=1)
    language = operator.channels[channel].language or operator.language
    message = render_notice(notice, language=language, timezone=operator.timezone, now=now, has_dead=bool(dead))
    key = key_of("channel", notice.channel, notice.since.isoformat(), str(notice.is_over), channel)
    outbox.enqueue(session, key=key, channel=channel, reason=NOTICE, payload=message.payload, due_at=now, now=now)


def _notice_of(delivery: Delivery) -> Notice:
    data = delivery.payload["data"]
    since = datetime.fromisoformat(data["since"])
    return Notice(channel=data["channel"], since=since, reason=data["detail"], is_over=data["over"])


def _holds(session: Session, notice: Notice) -> bool:
    return not notice.is_over and channel_state(session, notice.channel).failing_since == notice.since
