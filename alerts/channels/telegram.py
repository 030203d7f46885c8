"""Messages of a Telegram bot, as HTML.

After the vendor's description of its interface (core.telegram.org/bots/api: sendMessage, formatting options, making
requests): text of 1 to 4,096 characters after the markup was read, counted like everything there in UTF-16 code units;
``retry_after`` in the answer to too many messages. About 100 pieces of markup are kept in one message. Clients make
links of names, addresses and commands in plain text; a text has no such marks.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from alerts.channels import ChannelPort, ChannelSettings, HttpReply, Message, Refused, Retry, SendResult, Sent
from alerts.channels._bot import Request, parsed, send_parts, without_code
from alerts.channels._chat import Kind, Row, Run, inert_outline
from alerts.channels._server import ServerAddress, sent_in_clear
from alerts.channels._split import MOST_PARTS, part_mark, split, utf16_size
from alerts.channels._status import is_passing
from alerts.fields import Secret
from alerts.plain import line

__all__ = ["KIND", "RATE", "Settings", "cautions", "send"]

KIND = "telegram"
RATE = "1/s, 20/min"  # the vendor's bot FAQ: one a second to a chat, 20 a minute to a group

_LIMIT = 4_096  # UTF-16 code units of the text that is shown
_MOST_MARKUP = 100
_PAUSE_S = 60.0
_TOO_MANY = (420, 429)
_LONGEST_WAIT_S = 86_400.0
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{8,100}")
_TAG = re.compile(r"<[^>]*>")
_COMMAND = re.compile(r"(?<![A-Za-z0-9_/])/(?=[A-Za-z])")


def _is_token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("expected the token of the bot: digits, a colon, letters and digits")
    return value


def _written_number(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Settings(ChannelSettings):
    """A bot of Telegram and the chat it writes to: a number (of a group: negative) or the @name of a channel."""

    kind: Literal["telegram"]
    token: Annotated[Secret, AfterValidator(_is_token)]
    chat: Annotated[str, BeforeValidator(_written_number), Field(pattern=r"^(-?\d{1,20}|@[A-Za-z0-9_]{4,32})$")]
    topic: int | None = Field(default=None, ge=1, description="a topic of a group: its message_thread_id")
    server: ServerAddress = Field(default="https://api.telegram.org", description="a server of your own, or a relay")


def cautions(settings: Settings) -> tuple[str, ...]:
    """Return what a reader of the settings may have overlooked."""
    return sent_in_clear(settings.server)


async def send(settings: Settings, message: Message, key: str, port: ChannelPort) -> SendResult:
    """Send the message in parts, without previews of its links."""
    mark_size = utf16_size(f"{part_mark(MOST_PARTS, MOST_PARTS)}\n")
    parts = split(inert_outline(message, _without_commands), write=_written, size=_size, limit=_LIMIT - mark_size)

    def request(number: int) -> Request:
        mark = part_mark(number, len(parts))
        text = f"{mark}\n{parts[number - 1]}" if mark else parts[number - 1]
        return Request(url=_address(settings), body=_body(settings, text), secret=settings.token.get_secret_value())

    return await send_parts(settings, parts, key, port, request=request, service=_Telegram())


class _Telegram:
    """Answers of Telegram: ``ok``, else a code like those of HTTP, a description, and at times what to do."""

    def judge(self, reply: HttpReply) -> SendResult:
        answer = parsed(reply.body)
        if not isinstance(answer.get("ok"), bool):
            return without_code(reply, "Telegram")
        if answer["ok"]:
            return Sent()
        code = answer.get("error_code")
        status = code if isinstance(code, int) else reply.status
        reason = f"Telegram {status}: {line(str(answer.get('description') or ''), 200)}"
        advice = answer.get("parameters")
        told = advice if isinstance(advice, dict) else {}
        if status in _TOO_MANY or is_passing(status):
            return Retry(reason=reason, after_s=_wait_s(told.get("retry_after")), limited=status in _TOO_MANY)
        moved_to = told.get("migrate_to_chat_id")
        return Refused(reason=f"{reason}; set chat: {moved_to}" if isinstance(moved_to, int) else reason)


def _wait_s(asked: Any) -> float:
    is_number = isinstance(asked, int) and not isinstance(asked, bool)
    return min(max(float(asked), 0.0), _LONGEST_WAIT_S) if is_number else _PAUSE_S


def _address(settings: Settings) -> str:
    return f"{settings.server.rstrip('/')}/bot{settings.token.get_secret_value()}/sendMessage"


def _body(settings: Settings, text: str) -> dict[str, Any]:
    topic = {"message_thread_id": settings.topic} if settings.topic else {}
    preview = {"link_preview_options": {"is_disabled": True}}
    return {"chat_id": settings.chat, **topic, "text": text, "parse_mode": "HTML", **preview}


def _size(markup: str) -> int:
    """Return what counts of a text: what is shown, or its share of the markup that one message may hold."""
    tags = _TAG.findall(markup)
    shown = utf16_size(unescape(_TAG.sub("", markup)))
    return max(shown, sum(not tag.startswith("</") for tag in tags) * -(-_LIMIT // _MOST_MARKUP))


def _without_commands(text: str) -> str:
    return _COMMAND.sub("／", text)


def _written(row: Row) -> str:
    runs = "".join(_text(run, bold=run.strong and row.kind is not Kind.HEADING) for run in row.runs)
    if row.kind is Kind.HEADING:
        return f"\n<b>{runs.strip()}</b>\n"
    if row.kind is Kind.QUOTE:
        return f"<blockquote>{runs}</blockquote>\n"
    return f"• {runs}\n" if row.kind is Kind.BULLET else f"{runs}\n"


def _text(run: Run, *, bold: bool) -> str:
    text = escape(run.text, quote=False)
    if run.link:
        return f'<a href="{escape(run.link)}">{text}</a>'
    return f"<b>{text}</b>" if bold else text
