"""What a stand-in for a receiver is, and the way from a channel to it over loopback."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from alerts.channels import ChannelSettings, HttpReply, Refused, Retry

__all__ = ["LoopbackPort", "Mood", "ReceivedMessage", "Receiver", "read_http"]


class Mood(Enum):
    """How a receiver takes the next message."""

    TAKE = "take"
    LATER = "later"
    NEVER = "never"
    HANG = "hang"


@dataclass(frozen=True)
class ReceivedMessage:
    """What arrived: the text a person reads, the key that names the message, the raw form."""

    key: str
    text: str
    raw: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Receiver(ABC):
    """A receiver of one kind; ``settings`` lead to it."""

    settings: ChannelSettings

    def __init__(self) -> None:
        self.mood = Mood.TAKE
        self.attempts = 0

    def set_mood(self, mood: Mood) -> None:
        """Take the next messages in this way."""
        self.mood = mood

    @abstractmethod
    def received(self) -> list[ReceivedMessage]:
        """Return what was accepted, in order."""


class LoopbackPort:
    """The channels' way to the network in tests: a POST over a plain stream, no guard."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    async def post(
        self, url: str, *, body: bytes, headers: Mapping[str, str], timeout_s: float
    ) -> HttpReply | Retry | Refused:
        try:
            async with asyncio.timeout(timeout_s):
                return await _post(url, body, headers)
        except (OSError, asyncio.IncompleteReadError) as error:
            return Retry(reason=f"cannot reach it: {type(error).__name__}")


async def _post(url: str, body: bytes, headers: Mapping[str, str]) -> HttpReply:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        lines = [f"POST {path} HTTP/1.1", f"Host: {parts.netloc}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        status, reply_headers, content = await read_http(reader)
        return HttpReply(status=int(status.split()[1]), headers=reply_headers, body=content)
    finally:
        writer.close()


async def read_http(reader: asyncio.StreamReader) -> tuple[str, dict[str, str], bytes]:
    """Return the first line, the headers and the body of a request or an answer."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rest = head.strip().split("\r\n")
    headers = {name: value.strip() for name, _, value in (row.partition(":") for row in rest)}
    lower = {name.lower(): value for name, value in headers.items()}
    return first, headers, await reader.readexactly(int(lower.get("content-length", "0")))
