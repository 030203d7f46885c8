"""Messages as push notifications of an ntfy server.

After the server's documentation (docs.ntfy.sh, "Publishing", "Publish as JSON" and "Limitations"): 4,096 bytes of
message, more would become an attachment; priorities from 1 to 5. The text is plain, for phones show no Markdown;
clients make links of the addresses in it, so a text has none but those of the stories.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, SecretStr

from alerts.channels import ChannelPort, ChannelSettings, HttpReply, Message, SendResult, Sent
from alerts.channels._bot import Request, json_size, parsed, send_parts, without_code
from alerts.channels._chat import Item, Kind, Row, Run, inert_heading, inert_outline
from alerts.channels._server import ServerAddress, sent_in_clear
from alerts.channels._split import part_mark, split
from alerts.channels._stamp import sent_at
from alerts.channels._status import status_verdict
from alerts.fields import Secret
from alerts.plain import line, web_link

__all__ = ["KIND", "RATE", "Settings", "cautions", "send"]

KIND = "ntfy"
RATE = "12/min"  # of the public server: 60 at once, then one in five seconds

_LIMIT = 4_096  # bytes of the message; counted as JSON, for the server bounds the request too
_MOST_PARTS = 5  # of one message: each is a notification
_PRIORITY = {"critical": 5, "warning": 4}
_DEFAULT, _QUIET = 3, 2
_TAGS = {"critical": "rotating_light", "warning": "warning"}
_BEGINS = {Kind.QUOTE: "▎", Kind.BULLET: "• "}


def _is_topic(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if len(text) > 64 or not text.isascii() or not text.replace("-", "a").replace("_", "a").isalnum():
        raise ValueError("expected a topic: up to 64 letters, digits, hyphens and underscores")
    return value


def _is_token(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise ValueError("expected a token in ASCII, without spaces")
    return value


class Settings(ChannelSettings):
    """A topic of an ntfy server. Who knows the topic reads what is sent to it, so it is kept as a secret."""

    kind: Literal["ntfy"]
    topic: Annotated[Secret, AfterValidator(_is_topic)]
    server: ServerAddress = "https://ntfy.sh"
    token: Annotated[Secret, AfterValidator(_is_token)] | None = Field(
        default=None, description="an access token, where the topic is protected"
    )


def cautions(settings: Settings) -> tuple[str, ...]:
    """Return what a reader of the settings may have overlooked."""
    return sent_in_clear(settings.server) if settings.token else ()


async def send(settings: Settings, message: Message, key: str, port: ChannelPort) -> SendResult:
    """Publish the message in parts; only the first makes a sound."""
    parts = split(tuple(_items(message)), write=_written, size=json_size, limit=_LIMIT, most=_MOST_PARTS)
    headers = {"Authorization": f"Bearer {settings.token.get_secret_value()}"} if settings.token else {}
    topic = settings.topic.get_secret_value()

    def request(number: int) -> Request:
        content = _body(message, parts[number - 1], part_mark(number, len(parts)), is_first=number == 1)
        return Request(url=settings.server, body={"topic": topic, **content}, headers=headers, secret=topic)

    return await send_parts(settings, parts, key, port, request=request, service=_Ntfy(now=sent_at(message)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ntfy:
    """Answers of the server: the message with its id, else a status and an object with ``error``."""

    now: datetime

    def judge(self, reply: HttpReply) -> SendResult:
        answer = parsed(reply.body)
        if 200 <= reply.status < 300:
            return Sent() if "id" in answer else without_code(reply, "ntfy")
        return status_verdict(reply, self.now, line(str(answer["error"]), 200) if "error" in answer else None)


def _items(message: Message) -> Iterator[Item]:
    """Yield the items without the headings for which the title of the notification stands; their links come last."""
    first, *others = inert_outline(message)
    title = inert_heading(message)
    told = [row for place, row in enumerate(first) if _is_title(row, title, is_first=place == 0)]
    links = tuple(Run(text="", link=run.link) for row in told for run in row.runs if run.link)
    rest = tuple(row for row in first if row not in told)
    if links:
        rest = (*rest, Row(kind=Kind.TEXT, runs=links))
    if rest or not others:
        yield rest or first
    yield from others


def _is_title(row: Row, title: str, *, is_first: bool) -> bool:
    is_linked = any(run.link for run in row.runs)
    says_it = "".join(run.text for run in row.runs) == title
    return row.kind is Kind.HEADING and (says_it or (is_first and not is_linked))


def _body(message: Message, text: str, mark: str, *, is_first: bool) -> dict[str, Any]:
    severity, address = _gravest(message), _only_link(message)
    return {
        "title": f"{inert_heading(message)} {mark}".rstrip(),
        "message": text,
        "priority": _PRIORITY.get(severity, _DEFAULT) if is_first else _QUIET,
        **({"tags": [_TAGS[severity]]} if severity in _TAGS else {}),
        **({"click": address} if address else {}),
    }


def _gravest(message: Message) -> str:
    found = {story.get("severity") for story in _stories(message)}
    return next((severity for severity in _PRIORITY if severity in found), "info")


def _only_link(message: Message) -> str | None:
    """Return what a tap opens: the story, where there is only one."""
    links = [story.get("url") for story in _stories(message)]
    return web_link(links[0]) if len(links) == 1 and isinstance(links[0], str) else None


def _stories(message: Message) -> list[dict[str, Any]]:
    stories = message.data.get("stories")
    return [story for story in stories if isinstance(story, dict)] if isinstance(stories, list) else []


def _written(row: Row) -> str:
    runs = "".join(run.text + (f" {run.link} " if run.link else "") for run in row.runs).strip()
    return f"\n{runs}\n" if row.kind is Kind.HEADING else f"{_BEGINS.get(row.kind, '')}{runs}\n"
