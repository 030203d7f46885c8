"""Stand-ins for the bots of Feishu, DingTalk and WeCom: they enforce the vendor's limits and answer as it does.

Each counts bytes, checks the signature against its own clock, asks for its keyword, takes so many messages a minute,
and reads the markup as the vendor's client would: who is called, what is a link.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import html
import json
import re
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from alerts.channels import ChannelSettings, channels
from tests.contract.receiving import Mood, ReceivedMessage, Receiver, read_http
from tests.unit.alerts.samples import NOW

__all__ = [
    "BOTS",
    "BotReceiver",
    "DingTalkReceiver",
    "FeishuReceiver",
    "Read",
    "WecomReceiver",
    "http_answer",
    "start_bot",
]

TOKEN = "7a1f0c3e-token-of-the-bot"
SECRET = "SEC-of-the-bot"
_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\(([^()\s]*)\)")
_BARE = re.compile(r"https?://[^\s]+|(?:[a-z0-9-]+\.)+[a-z]{2,}\b", re.IGNORECASE)
_CALL = re.compile(r"<at\b|<@|@[A-Za-z0-9\u4e00-\u9fff]")
_HEADING = re.compile(r"^#+ ", re.MULTILINE)


def http_answer(content: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """Return a whole answer as it goes over the wire."""
    lines = [
        f"HTTP/1.1 {status}",
        *headers,
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + content


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a reader of one message gets: its text, and what the client made of the markup."""

    text: str
    links: list[str]
    pictures: list[str]
    calls: list[str]
    headings: int


@dataclass(kw_only=True)
class _Request:
    url: str
    headers: Mapping[str, str]
    body: bytes
    query: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def token(self) -> str:
        return next(iter(self.query.get("access_token", self.query.get("key", []))), urlsplit(self.url).path[1:])


class BotReceiver(Receiver):
    """An HTTP server that speaks for one bot; ``answers`` replace its own, one for each request, None for its own."""

    kind: str
    per_minute: int

    def __init__(self) -> None:
        super().__init__()
        self.now_s = NOW.timestamp()
        self.keyword: str | None = None
        self.secret: str | None = SECRET
        self.answers: list[bytes | None] = []
        self.accepted: list[ReceivedMessage] = []
        self.sizes: list[int] = []
        self.bodies: list[Any] = []
        self.released = asyncio.Event()
        self._times: list[float] = []

    def received(self) -> list[ReceivedMessage]:
        return self.accepted

    def read(self) -> list[Read]:
        """Return what a reader gets, message by message."""
        return [self._read(message.raw) for message in self.accepted]

    @abstractmethod
    def address(self, base: str) -> str:
        """Return the bot's address under that of the server."""

    @abstractmethod
    def check(self, request: _Request) -> Mapping[str, Any] | None:
        """Return the vendor's error for a request, None where it is in order."""

    @abstractmethod
    def content(self, body: Any) -> tuple[str, str]:
        """Return title and Markdown of a request's body."""

    @abstractmethod
    def answer(self, code: int, words: str) -> Mapping[str, Any]:
        """Return an answer in the vendor's form."""

    @abstractmethod
    def too_many(self) -> Mapping[str, Any]:
        """Return the vendor's answer to too many messages."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            first, headers, body = await read_http(reader)
            self.attempts += 1
            if self.mood is Mood.HANG:
                await self.released.wait()
            url = first.split()[1]
            lower = {name.lower(): value for name, value in headers.items()}
            request = _Request(url=url, headers=lower, body=body, query=parse_qs(urlsplit(url).query))
            own = self._reply(request) if not self.answers or self.answers[0] is None else b""
            writer.write((self.answers.pop(0) if self.answers else None) or own)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # the client went away
        finally:
            writer.close()

    def _reply(self, request: _Request) -> bytes:
        error = self._error(request)
        if error is None:
            body = json.loads(request.body)
            title, text = self.content(body)
            self.bodies.append(body)
            self.sizes.append(self.size(request.body, text))
            self.accepted.append(
                ReceivedMessage(
                    key=request.headers["idempotency-key"],
                    text=f"{title}\n{text}",
                    raw=text,
                    headers=request.headers,
                )
            )
        content = json.dumps(error or self.answer(0, "ok"), ensure_ascii=False).encode()
        return (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(content) + content
        )

    def size(self, body: bytes, text: str) -> int:
        """Return what the vendor counts."""
        return len(body)

    def _error(self, request: _Request) -> Mapping[str, Any] | None:
        if self.mood is Mood.LATER:
            return self.too_many()
        if self.mood is Mood.NEVER or request.token != TOKEN:
            return self.unknown_bot()
        self._times = [at for at in self._times if at > self.now_s - 60]
        if len(self._times) >= self.per_minute:
            return self.too_many()
        self._times.append(self.now_s)
        return self.check(request)

    @abstractmethod
    def unknown_bot(self) -> Mapping[str, Any]:
        """Return the vendor's answer to an address that is no bot's."""

    def _read(self, markdown: str) -> Read:
        links = _LINK.findall(markdown)
        rest = _LINK.sub(r"\2", markdown)
        return Read(
            text=html.unescape(rest),
            links=[url for picture, _, url in links if not picture] + _BARE.findall(rest),
            pictures=[url for picture, _, url in links if picture],
            calls=_CALL.findall(markdown),
            headings=len(_HEADING.findall(markdown)),
        )


class FeishuReceiver(BotReceiver):
    """A custom bot of Feishu: 20 KB, 100 a minute, timestamp and sign in the body, both within an hour."""

    kind = "feishu"
    per_minute = 100

    def address(self, base: str) -> str:
        return f"{base}/{TOKEN}"

    def answer(self, code: int, words: str) -> Mapping[str, Any]:
        return {"code": code, "msg": words, "data": {}}

    def too_many(self) -> Mapping[str, Any]:
        return self.answer(11232, "frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]")

    def unknown_bot(self) -> Mapping[str, Any]:
        return self.answer(19001, "param invalid: incoming webhook access token invalid")

    def content(self, body: Any) -> tuple[str, str]:
        card = body["card"]
        return card["header"]["title"]["content"], "\n".join(part["content"] for part in card["elements"])

    def check(self, request: _Request) -> Mapping[str, Any] | None:
        body = json.loads(request.body)
        if len(request.body) > 20_000 or body["msg_type"] != "interactive" or not all(self.content(body)):
            return self.answer(9499, "Bad Request")
        if self.secret is not None and not self._is_signed(body):
            return self.answer(19021, "sign match fail or timestamp is not within one hour from current time")
        if self.keyword and self.keyword not in "\n".join(self.content(body)):
            return self.answer(19024, "Key Words Not Found")
        return None

    def _is_signed(self, body: Mapping[str, Any]) -> bool:
        stamp = str(body.get("timestamp"))
        expected = base64.b64encode(hmac.digest(f"{stamp}\n{self.secret}".encode(), b"", "sha256")).decode()
        return stamp.isdigit() and abs(int(stamp) - self.now_s) <= 3_600 and body.get("sign") == expected


class DingTalkReceiver(BotReceiver):
    """A custom bot of DingTalk: 20,000 bytes, 20 a minute, timestamp (ms) and sign in the address, within an hour."""

    kind = "dingtalk"
    per_minute = 20

    def address(self, base: str) -> str:
        return f"{base}/robot/send?access_token={TOKEN}"

    def answer(self, code: int, words: str) -> Mapping[str, Any]:
        return {"errcode": code, "errmsg": words}

    def too_many(self) -> Mapping[str, Any]:
        return self.answer(130101, "send too fast, exceed 20 times per minute")

    def unknown_bot(self) -> Mapping[str, Any]:
        return self.answer(300005, "token is not exist")

    def content(self, body: Any) -> tuple[str, str]:
        return body["markdown"]["title"], body["markdown"]["text"]

    def check(self, request: _Request) -> Mapping[str, Any] | None:
        body = json.loads(request.body)
        if len(request.body) > 20_000:
            return self.answer(460101, "message too long, exceed 20000 bytes")
        if not all(self.content(body)):
            return self.answer(40035, "缺少参数 text")
        if self.secret is not None and not self._is_signed(request.query):
            return self.answer(310000, "sign not match")
        if self.keyword and self.keyword not in "\n".join(self.content(body)):
            return self.answer(310000, "keywords not in content")
        return None

    def _is_signed(self, query: Mapping[str, list[str]]) -> bool:
        stamp, sign = query.get("timestamp", ["0"])[0], query.get("sign", [""])[0]
        assert self.secret is not None
        digest = hmac.digest(self.secret.encode(), f"{stamp}\n{self.secret}".encode(), "sha256")
        return abs(int(stamp) / 1_000 - self.now_s) <= 3_600 and sign == base64.b64encode(digest).decode()


class WecomReceiver(BotReceiver):
    """A group bot of WeCom: 4,096 bytes of content, 20 a minute, neither signature nor keyword."""

    kind = "wecom"
    per_minute = 20

    def __init__(self) -> None:
        super().__init__()
        self.secret = None

    def address(self, base: str) -> str:
        return f"{base}/cgi-bin/webhook/send?key={TOKEN}"

    def answer(self, code: int, words: str) -> Mapping[str, Any]:
        return {"errcode": code, "errmsg": words}

    def too_many(self) -> Mapping[str, Any]:
        return self.answer(45009, "api freq out of limit, hint: [1790806079345572489457392]")

    def unknown_bot(self) -> Mapping[str, Any]:
        return self.answer(93000, "invalid webhook url, hint: [1790806079345572489457392]")

    def content(self, body: Any) -> tuple[str, str]:
        return "", body["markdown"]["content"]

    def size(self, body: bytes, text: str) -> int:
        return len(text.encode())

    def check(self, request: _Request) -> Mapping[str, Any] | None:
        content = json.loads(request.body)["markdown"]["content"].encode()
        if len(content) > 4_096:
            return self.answer(40058, "markdown.content exceed max length 4096. invalid Request Parameter")
        return None if content else self.answer(44004, "empty content")


@asynccontextmanager
async def start_bot(kind: type[BotReceiver]) -> AsyncIterator[BotReceiver]:
    """Run the stand-in for a bot; its settings lead to it."""
    receiver = kind()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    values = {"id": "group", "kind": kind.kind, "url": receiver.address(base)}
    secret = {"secret": receiver.secret} if receiver.secret else {}
    model: type[ChannelSettings] = channels()[kind.kind].Settings
    receiver.settings = model.model_validate({**values, **secret})
    try:
        yield receiver
    finally:
        receiver.released.set()
        server.close()
        await server.wait_closed()


def _starter(kind: type[BotReceiver]) -> Callable[[Path], AbstractAsyncContextManager[Receiver]]:
    return lambda folder: start_bot(kind)


BOTS = {kind.kind: _starter(kind) for kind in (FeishuReceiver, DingTalkReceiver, WecomReceiver)}
