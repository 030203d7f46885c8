"""Messages as mrkdwn of an incoming webhook of Slack.

After the vendor's pages on incoming webhooks, formatting and rate limits (docs.slack.dev): texts of more than 4,000
characters are advised against; one message a second with short bursts, then 429 with Retry-After; the answer to a
message that was taken is ``ok``. Ampersands and angle brackets are entities; for the other marks there is no escape,
and likenesses stand for them that the client does not read as markup. Nobody is called: names are not linked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Literal

from alerts.channels import ChannelPort, HttpReply, Message, SendResult, Sent
from alerts.channels._bot import BotSettings, Request, parsed, send_parts, without_code
from alerts.channels._chat import Kind, Row, Run, inert_outline
from alerts.channels._split import MOST_PARTS, part_mark, split, utf16_size
from alerts.channels._stamp import sent_at
from alerts.channels._status import status_verdict

__all__ = ["KIND", "RATE", "Settings", "send"]

KIND = "slack"
RATE = "1/s"

_LIMIT = 4_000  # UTF-16 code units with the markup: no other way of counting finds more
_EDGE = "\u200b"  # marks beside a letter or a Chinese character are none; beside this they are
_LIKE = {"*": "∗", "`": "ˋ", "~": "∼", "_": "ˍ"}
_MARKUP = re.compile(r"[*`~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_QUOTE = re.compile(r"^(\s*)(?:&gt;|＞)")
_BEGINS = {Kind.QUOTE: "> ", Kind.BULLET: "• "}


class Settings(BotSettings):
    """An incoming webhook of Slack, or of a service that takes the same; its address is all there is."""

    kind: Literal["slack"]


async def send(settings: Settings, message: Message, key: str, port: ChannelPort) -> SendResult:
    """Post the message in parts, without previews of its links."""
    mark_size = utf16_size(f"{part_mark(MOST_PARTS, MOST_PARTS)}\n")
    parts = split(inert_outline(message), write=_written, size=utf16_size, limit=_LIMIT - mark_size)

    def request(number: int) -> Request:
        mark = part_mark(number, len(parts))
        text = f"{mark}\n{parts[number - 1]}" if mark else parts[number - 1]
        body = {"text": text, "mrkdwn": True, "link_names": False, "unfurl_links": False, "unfurl_media": False}
        return Request(url=settings.url.get_secret_value(), body=body)

    return await send_parts(settings, parts, key, port, request=request, service=_Slack(now=sent_at(message)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slack:
    """Answers of Slack: ``ok`` in plain text, else a status and a word such as ``no_service``."""

    now: datetime

    def judge(self, reply: HttpReply) -> SendResult:
        if not 200 <= reply.status < 300:
            return status_verdict(reply, self.now)
        answer = parsed(reply.body)
        is_taken = reply.body.strip().lower() == b"ok" or answer.get("ok") is True or answer.get("success") is True
        return Sent() if is_taken else without_code(reply, "Slack")


def _written(row: Row) -> str:
    runs = "".join(_text(run, bold=run.strong and row.kind is not Kind.HEADING) for run in row.runs)
    if row.kind is Kind.HEADING:
        return f"\n*{runs.strip()}*\n" if runs.strip() else "\n"
    text = _QUOTE.sub(r"\1›", runs)
    return f"{_BEGINS.get(row.kind, '')}{text}\n"


def _text(run: Run, *, bold: bool) -> str:
    text = escape(_MARKUP.sub(lambda found: _LIKE[found[0]], run.text), quote=False)
    if run.link:
        return f"<{escape(run.link, quote=False)}|{text}>"
    return f"{_EDGE}*{text}*{_EDGE}" if bold and text.strip() == text else text
