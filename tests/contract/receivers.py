"""Real receivers on loopback, one for each kind of channel, with behaviour that a test sets.

A receiver keeps what it accepted. What a receiver is stands in ``receiving``; those of chat bots in ``receivers_bots``,
of other services in ``receivers_chat``.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from ssl import SSLContext
from typing import Any

from alerts.channels import email as email_channel
from alerts.channels import file as file_channel
from alerts.channels import webhook as webhook_channel
from tests.contract.receivers_bots import BOTS
from tests.contract.receivers_chat import CHATS
from tests.contract.receiving import LoopbackPort, Mood, ReceivedMessage, Receiver, read_http

__all__ = [
    "RECEIVERS",
    "FolderReceiver",
    "LoopbackPort",
    "Mood",
    "ReceivedMessage",
    "Receiver",
    "SmtpReceiver",
    "WebhookReceiver",
    "email_settings",
    "smtp_server",
]


class WebhookReceiver(Receiver):
    """An HTTP server on raw streams; ``answer`` replaces the whole reply, a message of the key ``poison`` breaks it."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.answer: bytes | None = None
        self.poison: str | None = None
        self.accepted: list[ReceivedMessage] = []
        self.released = asyncio.Event()

    def received(self) -> list[ReceivedMessage]:
        return self.accepted

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            _, headers, body = await read_http(reader)
            self.attempts += 1
            self.requests.append((headers, body))
            if self.mood is Mood.HANG:
                await self.released.wait()
            writer.write(self.answer or self._reply(headers, body))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # the client went away
        finally:
            writer.close()

    def _reply(self, headers: dict[str, str], body: bytes) -> bytes:
        if headers["Idempotency-Key"] == self.poison:
            return b"HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n"
        if self.mood is Mood.LATER:
            return b"HTTP/1.1 503 Later\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"
        if self.mood is Mood.NEVER:
            return b"HTTP/1.1 400 No\r\nContent-Length: 9\r\n\r\nbad value"
        content = json.loads(body)
        self.accepted.append(
            ReceivedMessage(key=headers["Idempotency-Key"], text=content["text"], raw=content, headers=headers)
        )
        return b"HTTP/1.1 204 Taken\r\nContent-Length: 0\r\n\r\n"


class SmtpReceiver(Receiver):
    """An SMTP server; ``replies`` overrules the answer to RCPT for single addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.accepted: list[ReceivedMessage] = []
        self.recipients: list[tuple[str, ...]] = []
        self.replies: dict[str, str] = {}
        self.released = asyncio.Event()

    def received(self) -> list[ReceivedMessage]:
        return self.accepted

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, rcpt_options: list[str]) -> str:
        if address in self.replies:
            return self.replies[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.attempts += 1
        if self.mood is Mood.HANG:
            await self.released.wait()
        if self.mood is Mood.LATER:
            return "451 4.3.0 later"
        if self.mood is Mood.NEVER:
            return "550 5.7.1 never"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        text = mail.get_body(("plain",))
        assert text is not None
        self.recipients.append(tuple(envelope.rcpt_tos))
        self.accepted.append(
            ReceivedMessage(
                key=str(mail["Message-ID"]).strip("<>").partition("@")[0],
                text=text.get_content(),
                raw=envelope.content,
                headers=dict(mail.items()),
            )
        )
        return "250 OK"


class FolderReceiver(Receiver):
    """A folder; the moods are a file in its place, and a folder that may not be written to."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def set_mood(self, mood: Mood) -> None:
        blocker = self._folder / "blocked"
        if blocker.is_symlink() or blocker.is_file():
            blocker.unlink()
        if mood is Mood.NEVER:
            blocker.write_text("a file where a folder should be")
        elif mood is Mood.LATER:
            blocker.symlink_to(blocker)  # a loop: an error of the system that may pass

    def received(self) -> list[ReceivedMessage]:
        files = sorted(self._folder.glob("**/*.md"))
        return [
            ReceivedMessage(key=file.stem.rpartition("-")[2], text=file.read_text(encoding="utf-8")) for file in files
        ]


@asynccontextmanager
async def _webhook(folder: Path) -> AsyncIterator[Receiver]:
    receiver = WebhookReceiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    receiver.settings = webhook_channel.Settings.model_validate(
        {"id": "hook", "kind": "webhook", "url": f"http://127.0.0.1:{port}/hook", "secret": "s3cret"}
    )
    try:
        yield receiver
    finally:
        receiver.released.set()
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def smtp_server(
    receiver: SmtpReceiver, *, ssl_context: SSLContext | None = None, **options: Any
) -> AsyncIterator[int]:
    """Run an SMTP server in this loop; yield its port."""
    from aiosmtpd.smtp import SMTP

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(receiver, hostname="mx.example", loop=loop, **options), "127.0.0.1", 0, ssl=ssl_context
    )
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        receiver.released.set()
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def _email(folder: Path) -> AsyncIterator[Receiver]:
    receiver = SmtpReceiver()
    async with smtp_server(receiver) as port:
        receiver.settings = email_settings(port)
        yield receiver


def email_settings(port: int, **changes: Any) -> email_channel.Settings:
    """Return settings that lead to a server on loopback."""
    values = {"id": "mail", "kind": "email", "host": "127.0.0.1", "port": port, "security": "none"}
    people = {"from": "News Desk <desk@example.org>", "to": ["a@example.org"]}
    return email_channel.Settings.model_validate({**values, **people, **changes})


@asynccontextmanager
async def _file(folder: Path) -> AsyncIterator[Receiver]:
    receiver = FolderReceiver(folder)
    receiver.settings = file_channel.Settings.model_validate(
        {"id": "folder", "kind": "file", "path": str(folder / "blocked" / "digests")}
    )
    yield receiver


RECEIVERS: dict[str, Callable[[Path], AbstractAsyncContextManager[Receiver]]] = {
    "email": _email,
    "file": _file,
    "webhook": _webhook,
    **BOTS,
    **CHATS,
}
