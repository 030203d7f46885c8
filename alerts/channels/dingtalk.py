"""Messages as Markdown of a custom bot in a DingTalk group.

Limits, signature and codes after the vendor's guide to custom bots (open.dingtalk.com, "Custom bot access" and its
table of error codes): 20,000 bytes, 20 messages a minute, ten minutes of silence for a bot that sends more; the
timestamp of a signature within an hour. Nobody is called: the request names nobody in ``at``.
"""

from __future__ import annotations

import base64
import hmac
from typing import Any, Literal
from urllib.parse import quote_plus

from alerts.channels import ChannelPort, Message, SendResult
from alerts.channels._bot import BotSettings, Keyword, Request, Service, encoded, json_size, send_parts, with_keyword
from alerts.channels._chat import Kind, Row, inert_heading, inert_outline
from alerts.channels._marks import full_width, written_runs
from alerts.channels._split import MOST_PARTS, part_mark, split
from alerts.channels._stamp import sent_at
from alerts.fields import Secret

__all__ = ["KIND", "RATE", "Settings", "send"]

KIND = "dingtalk"
RATE = "20/min"

_LIMIT = 20_000  # bytes of a request
_SILENCE_S = 600.0
_SERVICE = Service(
    name="DingTalk",
    code=("errcode",),
    words=("errmsg",),
    later={130101: _SILENCE_S, 130103: _SILENCE_S, 410100: _SILENCE_S, 660026: _SILENCE_S, 90030: _SILENCE_S, -1: 60.0},
    pause_s=_SILENCE_S,
)


class Settings(BotSettings):
    """A custom bot of a DingTalk group: its address, and what its security settings ask for."""

    kind: Literal["dingtalk"]
    secret: Secret | None = None
    keyword: Keyword | None = None


async def send(settings: Settings, message: Message, key: str, port: ChannelPort) -> SendResult:
    """Post the message in parts; an errcode other than 0 is an error although the answer is HTTP 200."""
    url = _signed(settings, int(sent_at(message).timestamp() * 1_000))
    frame = len(encoded(_body(message, "", part_mark(MOST_PARTS, MOST_PARTS))))
    spare = json_size(with_keyword("\n\n" + part_mark(MOST_PARTS, MOST_PARTS), settings.keyword))
    parts = split(inert_outline(message), write=_written, size=json_size, limit=_LIMIT - frame - spare)

    def request(number: int) -> Request:
        mark = part_mark(number, len(parts))
        text = f"{mark}\n\n{parts[number - 1]}" if mark else parts[number - 1]
        return Request(url=url, body=_body(message, with_keyword(text, settings.keyword), mark))

    return await send_parts(settings, parts, key, port, request=request, service=_SERVICE)


def _body(message: Message, text: str, mark: str) -> dict[str, Any]:
    title = f"{inert_heading(message)} {mark}".rstrip()
    return {"msgtype": "markdown", "markdown": {"title": title, "text": text}}


def _signed(settings: Settings, stamp_ms: int) -> str:
    """Return the address with the signature: Base64 of the HMAC-SHA256 of timestamp, line feed and secret."""
    url = settings.url.get_secret_value()
    if settings.secret is None:
        return url
    secret = settings.secret.get_secret_value()
    digest = hmac.digest(secret.encode(), f"{stamp_ms}\n{secret}".encode(), "sha256")
    joint = "&" if "?" in url else "?"
    return f"{url}{joint}timestamp={stamp_ms}&sign={quote_plus(base64.b64encode(digest))}"


def _written(row: Row) -> str:
    """Return a row as Markdown in which a single line break is none."""
    runs = written_runs(row, full_width)
    if row.kind is Kind.HEADING:
        return f"\n### {runs}\n\n"
    if row.kind is Kind.BULLET:
        return f"- {runs}\n"
    return f"> {runs}\n\n" if row.kind is Kind.QUOTE else f"{runs}\n\n"
