"""A message that tries out a channel, in Chinese or English.

Pure. It has what real messages have, a heading, a quote and a link, so that a reader sees how those will look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from alerts.channels import Message
from alerts.desk import key_of
from alerts.markdown import escape as escape_markdown
from alerts.phrases import phrases

__all__ = ["trial_key", "trial_message"]

_LINK = "https://www.example.com/"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    subject: str
    greeting: str
    advice: str
    sent: str
    link: str


_WORDS = {
    "zh": _Words(
        subject="newswatch：测试消息",
        greeting="渠道 {channel} 可以收到消息。",
        advice="新闻提醒和摘要将以这种形式送达。",
        sent="发送时间：{at}（{zone}）",
        link="示例链接",
    ),
    "en": _Words(
        subject="newswatch: test message",
        greeting="Messages reach the channel {channel}.",
        advice="Alerts and digests will arrive in this form.",
        sent="Sent: {at} ({zone})",
        link="A link as an example",
    ),
}


def trial_key(channel: str, now: datetime) -> str:
    """Return the key of a trial: another one for each moment."""
    return key_of("trial", channel, now.isoformat())


def trial_message(channel: str, *, language: str, now: datetime, timezone: str) -> Message:
    """Return a test message for the channel of this id, in Chinese for ``zh`` and its kin, else in English."""
    words = _WORDS[phrases(language).language]
    local = now.astimezone(ZoneInfo(timezone))
    said = words.greeting.format(channel=channel)
    sent = words.sent.format(at=local.strftime("%Y-%m-%d %H:%M"), zone=timezone)
    marked = [escape_markdown(text) for text in (words.subject, said, words.advice, sent)]
    shown = [escape(text) for text in (words.subject, said, words.advice, sent)]
    return Message(
        subject=words.subject,
        text=f"{words.subject}\n{said}\n{words.advice}\n\n{words.link}: {_LINK}\n\n--\n{sent}\n",
        markdown="# {}\n\n**{}**\n\n> {}\n\n- [{link}]({url})\n\n---\n\n- {}\n".format(
            *marked, link=escape_markdown(words.link), url=_LINK
        ),
        html="<!DOCTYPE html><html><body><h1>{}</h1><p><b>{}</b></p><blockquote>{}</blockquote>"
        '<p><a href="{url}">{link}</a></p><p>{}</p></body></html>\n'.format(*shown, link=escape(words.link), url=_LINK),
        data={"kind": "test", "at": now.isoformat(), "date": local.date().isoformat(), "timezone": timezone},
    )
