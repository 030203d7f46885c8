"""Messages as cards of a custom bot in a Feishu or Lark group.

Limits, signature and codes after the vendor's guide to custom bots (open.feishu.cn, "Custom bot usage guide"): the
request up to 20 KB, 100 messages a minute and 5 a second, 11232 where there are more, at full and half hours also for
lack of capacity; the timestamp of a signature within an hour. Markup after "Rich text" of cards, JSON 1.0, which old
clients show too: no headings and no quotes, special characters as numeric entities.
"""

from __future__ import annotations

import base64
import hmac
from typing import Any, Literal

from alerts.channels import ChannelPort, Message, SendResult
from alerts.channels._bot import BotSettings, Keyword, Request, Service, encoded, json_size, send_parts, with_keyword
from alerts.channels._chat import Kind, Row, inert_heading, inert_outline
from alerts.channels._marks import as_entity, written_runs
from alerts.channels._split import MOST_PARTS, part_mark, split
from alerts.channels._stamp import sent_at
from alerts.fields import Secret

__all__ = ["KIND", "RATE", "Settings", "send"]

KIND = "feishu"
RATE = "5/s, 100/min"

_LIMIT = 20_000  # bytes of a request; 20 KB may be read as 20,480
_SERVICE = Service(
    name="Feishu",
    code=("code", "StatusCode"),
    words=("msg", "StatusMessage"),
    later={11232: 60.0, 230020: 60.0, 99991400: 60.0},  # too many: of the bot, of the group, of the application
)
_BEGINS = {Kind.QUOTE: "▎", Kind.BULLET: "- "}
_COLOURS = {"critical": "red", "warning": "orange"}


class Settings(BotSettings):
    """A custom bot of a Feishu or Lark group: its address, and what its security settings ask for."""

    kind: Literal["feishu"]
    secret: Secret | None = None
    keyword: Keyword | None = None


async def send(settings: Settings, message: Message, key: str, port: ChannelPort) -> SendResult:
    """Post the message in cards; a code other than 0 is an error although the answer is HTTP 200."""
    stamp = str(int(sent_at(message).timestamp()))
    frame = len(encoded(_body(settings, message, stamp, "", part_mark(MOST_PARTS, MOST_PARTS))))
    spare = json_size(with_keyword("", settings.keyword))
    parts = split(inert_outline(message), write=_written, size=json_size, limit=_LIMIT - frame - spare)

    def request(number: int) -> Request:
        content = with_keyword(parts[number - 1], settings.keyword)
        body = _body(settings, message, stamp, content, part_mark(number, len(parts)))
        return Request(url=settings.url.get_secret_value(), body=body)

    return await send_parts(settings, parts, key, port, request=request, service=_SERVICE)


def _body(settings: Settings, message: Message, stamp: str, content: str, mark: str) -> dict[str, Any]:
    title = f"{inert_heading(message)} {mark}".rstrip()
    card = {
        "config": {"wide_screen_mode": True},
        "header": {"title": {"tag": "plain_text", "content": title}, "template": _colour(message)},
        "elements": [{"tag": "markdown", "content": content}],
    }
    return {**_signature(settings, stamp), "msg_type": "interactive", "card": card}


def _signature(settings: Settings, stamp: str) -> dict[str, str]:
    """Return timestamp and sign: Base64 of the HMAC-SHA256 of nothing, its key the timestamp and the secret."""
    if settings.secret is None:
        return {}
    key = f"{stamp}\n{settings.secret.get_secret_value()}".encode()
    return {"timestamp": stamp, "sign": base64.b64encode(hmac.digest(key, b"", "sha256")).decode()}


def _colour(message: Message) -> str:
    """Return the colour of the card's head: that of the gravest story."""
    stories = message.data.get("stories")
    found = {story.get("severity") for story in stories if isinstance(story, dict)} if isinstance(stories, list) else ()
    return next((colour for severity, colour in _COLOURS.items() if severity in found), "blue")


def _written(row: Row) -> str:
    runs = written_runs(row, as_entity)
    if row.kind is Kind.HEADING:
        return f"\n**{runs.strip()}**\n"
    return f"{_BEGINS.get(row.kind, '')}{runs}\n"
