"""Messages as Markdown of a group bot of WeCom (企业微信).

Limits and codes after the vendor's guide to group bots (developer.work.weixin.qq.com, path 91770, and its table of
global codes): 4,096 bytes of Markdown in UTF-8, 40058 where there are more; 20 messages a minute, 45009 where there
are more. Its Markdown has headings, bold, links, quotes and colours, and no lists: a hyphen stays one. ``<@…>`` would
call people; a text has no such marks.
"""

from __future__ import annotations

from typing import Literal

from alerts.channels import ChannelPort, Message, SendResult
from alerts.channels._bot import BotSettings, Request, Service, send_parts
from alerts.channels._chat import Kind, Row, inert_outline
from alerts.channels._marks import full_width, written_runs
from alerts.channels._split import MOST_PARTS, part_mark, split, utf8_size

__all__ = ["KIND", "RATE", "Settings", "send"]

KIND = "wecom"
RATE = "20/min"

_LIMIT = 4_096  # bytes of the content
_BEGINS = {Kind.QUOTE: "> ", Kind.BULLET: "- "}
_SERVICE = Service(
    name="WeCom",
    code=("errcode",),
    words=("errmsg",),
    later={-1: 60.0, 45009: 60.0, 45033: 60.0},  # busy, too many calls, too many at once
)


class Settings(BotSettings):
    """A group bot of WeCom; its address is all there is."""

    kind: Literal["wecom"]


async def send(settings: Settings, message: Message, key: str, port: ChannelPort) -> SendResult:
    """Post the message in parts; an errcode other than 0 is an error although the answer is HTTP 200."""
    mark_size = utf8_size(f"{part_mark(MOST_PARTS, MOST_PARTS)}\n")
    parts = split(inert_outline(message), write=_written, size=utf8_size, limit=_LIMIT - mark_size)

    def request(number: int) -> Request:
        mark = part_mark(number, len(parts))
        content = f"{mark}\n{parts[number - 1]}" if mark else parts[number - 1]
        body = {"msgtype": "markdown", "markdown": {"content": content}}
        return Request(url=settings.url.get_secret_value(), body=body)

    return await send_parts(settings, parts, key, port, request=request, service=_SERVICE)


def _written(row: Row) -> str:
    runs = written_runs(row, full_width)
    return f"\n### {runs}\n" if row.kind is Kind.HEADING else f"{_BEGINS.get(row.kind, '')}{runs}\n"
