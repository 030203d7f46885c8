"""Stand-ins for Telegram, Slack, ntfy and a service behind Apprise: they enforce the limits and answer as those do.

Each reads its markup strictly, as the client would: what is a link, what is bold, who is called.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
import warnings
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from alerts.channels import ChannelSettings, channels
from tests.contract.receiving import Mood, ReceivedMessage, Receiver, read_http

__all__ = [
    "CHATS",
    "TOKEN",
    "AtomReceiver",
    "ChatReceiver",
    "GotifyReceiver",
    "NtfyReceiver",
    "Seen",
    "SlackReceiver",
    "TelegramReceiver",
    "answer_of",
    "start_chat",
]

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
ATOM = "{http://www.w3.org/2005/Atom}"
_BARE = re.compile(r"https?://[^\s<>|]+|(?<![\w.])(?:[a-z0-9-]+\.)+[a-z]{2,}\b", re.IGNORECASE)


def answer_of(content: Any, status: int = 200, **headers: str) -> bytes:
    """Return a whole answer as it goes over the wire: JSON, or bytes as they are."""
    body = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    lines = [f"HTTP/1.1 {status} Status", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(kw_only=True)
class Seen:
    """What the reader of a message gets."""

    text: str = ""
    links: list[str] = field(default_factory=list)
    bold: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)


class ChatReceiver(Receiver):
    """An HTTP server that takes messages; ``answers`` replace its own, one for each request, None for its own."""

    kind: str

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[bytes | None] = []
        self.accepted: list[ReceivedMessage] = []
        self.bodies: list[Any] = []
        self.sizes: list[int] = []
        self.seen: list[Seen] = []
        self.released = asyncio.Event()

    def received(self) -> list[ReceivedMessage]:
        return self.accepted

    @abstractmethod
    def values(self, base: str) -> dict[str, Any]:
        """Return the settings that lead here."""

    @abstractmethod
    def refused(self) -> bytes:
        """Return the answer to a message that is never taken."""

    @abstractmethod
    def put_off(self) -> bytes:
        """Return the answer to too many messages."""

    @abstractmethod
    def take(self, path: str, headers: Mapping[str, str], body: Any) -> tuple[bytes, str, Seen | None]:
        """Return the answer, the title and what is seen of the message, None where it is not taken."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            first, headers, body = await read_http(reader)
            self.attempts += 1
            if self.mood is Mood.HANG:
                await self.released.wait()
            own = self._reply(first.split()[1], headers, body) if not self.answers or self.answers[0] is None else b""
            writer.write((self.answers.pop(0) if self.answers else None) or own)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # the client went away
        finally:
            writer.close()

    def _reply(self, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
        if self.mood is not Mood.TAKE:
            return self.put_off() if self.mood is Mood.LATER else self.refused()
        lower = {name.lower(): value for name, value in headers.items()}
        content = json.loads(body)
        answer, title, seen = self.take(path, lower, content)
        if seen is not None:
            self.bodies.append(content)
            self.seen.append(seen)
            self.accepted.append(
                ReceivedMessage(key=self.key(lower, seen), text=f"{title}\n{seen.text}", raw=content, headers=lower)
            )
        return answer

    def key(self, headers: Mapping[str, str], seen: Seen) -> str:
        """Return what tells a repeat."""
        return headers["idempotency-key"]


class _TelegramHtml(HTMLParser):
    """Reads the markup as the server does: a few tags, closed in order, four entities by name."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.seen = Seen()
        self.open: list[str] = []
        self.marks = 0
        self.size = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("b", "a", "blockquote"), f"unsupported start tag {tag}"
        if tag == "a":
            ((name, value),) = attrs
            assert name == "href"
            assert value
            self.seen.links.append(value)
        else:
            assert not attrs
        if tag == "b":
            self.seen.bold.append("")
        if tag == "blockquote":
            self.seen.text += "▎"
        self.open.append(tag)
        self.marks += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert "<" not in data
        assert "&" not in data
        self._show(data)
        if "b" in self.open:
            self.seen.bold[-1] += data
        if "a" not in self.open:
            self.seen.links += _BARE.findall(data)
        self.seen.calls += re.findall(r"@\w+|(?<![\w/])/[A-Za-z]\w*", data)

    def handle_entityref(self, name: str) -> None:
        assert name in ("lt", "gt", "amp", "quot")
        self._show(html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._show(html.unescape(f"&#{name};"))

    def _show(self, text: str) -> None:
        self.seen.text += text
        self.size += len(text.encode("utf-16-le", "surrogatepass")) // 2


class TelegramReceiver(ChatReceiver):
    """The method sendMessage for one chat: 4,096 UTF-16 code units after the markup was read, 100 marks."""

    kind = "telegram"

    def values(self, base: str) -> dict[str, Any]:
        return {"token": TOKEN, "chat": -1001234567890, "server": base}

    def refused(self) -> bytes:
        words = "Forbidden: bot was kicked from the supergroup chat"
        return answer_of({"ok": False, "error_code": 403, "description": words}, 403)

    def put_off(self) -> bytes:
        advice = {"description": "Too Many Requests: retry after 17", "parameters": {"retry_after": 17}}
        return answer_of({"ok": False, "error_code": 429, **advice}, 429)

    def take(self, path: str, headers: Mapping[str, str], body: Any) -> tuple[bytes, str, Seen | None]:
        if path != f"/bot{TOKEN}/sendMessage":
            return answer_of({"ok": False, "error_code": 404, "description": "Not Found"}, 404), "", None
        if body["chat_id"] != "-1001234567890":
            return self._bad("chat not found")
        assert body["parse_mode"] == "HTML"
        reader = _TelegramHtml()
        reader.feed(body["text"])
        reader.close()
        assert reader.open == []
        if not reader.seen.text.strip():
            return self._bad("message text is empty")
        if reader.size > 4_096 or reader.marks > 100:
            return self._bad("message is too long")
        self.sizes.append(reader.size)
        return answer_of({"ok": True, "result": {"message_id": len(self.accepted) + 1}}), "", reader.seen

    def _bad(self, words: str) -> tuple[bytes, str, Seen | None]:
        return answer_of({"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}, 400), "", None


class SlackReceiver(ChatReceiver):
    """An incoming webhook: answers in words, reads mrkdwn."""

    kind = "slack"

    def values(self, base: str) -> dict[str, Any]:
        return {"url": f"{base}/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"}

    def refused(self) -> bytes:
        return answer_of(b"no_service", 404)

    def put_off(self) -> bytes:
        return answer_of(b"rate_limited", 429, Retry_After="30")

    def take(self, path: str, headers: Mapping[str, str], body: Any) -> tuple[bytes, str, Seen | None]:
        text = body["text"]
        if not text.strip():
            return answer_of(b"no_text", 400), "", None
        if len(text) > 4_000:
            return answer_of(b"msg_too_long", 400), "", None
        self.sizes.append(len(text))
        return answer_of(b"ok"), "", self._read(text)

    def _read(self, text: str) -> Seen:
        controls = re.findall(r"<([^<>]*)>", text)
        plain = re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", text)
        assert "<" not in plain
        assert not re.search(r"&(?!(?:lt|gt|amp);)", plain)
        bold = re.findall(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])", plain)
        marks = re.findall(r"`|~|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", plain)
        return Seen(
            text=html.unescape(plain.replace("\u200b", "").replace("*", "")),
            links=[one.partition("|")[0] for one in controls] + _BARE.findall(re.sub(r"<[^<>]*>", "", text)),
            bold=bold,
            calls=[one for one in controls if one[:1] in "!@#"] + re.findall(r"@\w+", plain) + marks,
        )


class NtfyReceiver(ChatReceiver):
    """A server with one protected topic: 4,096 bytes, more becomes an attachment (here: an error)."""

    kind = "ntfy"

    def values(self, base: str) -> dict[str, Any]:
        return {"topic": "newswatch-7a1f0c3e", "server": base, "token": "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2"}

    def refused(self) -> bytes:
        return answer_of({"code": 40301, "http": 403, "error": "forbidden"}, 403)

    def put_off(self) -> bytes:
        return answer_of({"code": 42901, "http": 429, "error": "limit reached: too many requests"}, 429)

    def take(self, path: str, headers: Mapping[str, str], body: Any) -> tuple[bytes, str, Seen | None]:
        if headers.get("authorization") != "Bearer tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2":
            return answer_of({"code": 40101, "http": 401, "error": "unauthorized"}, 401), "", None
        size = len(body["message"].encode())
        if path != "/" or body["topic"] != "newswatch-7a1f0c3e" or not 1 <= body["priority"] <= 5 or not size:
            return answer_of({"code": 40024, "http": 400, "error": "invalid request"}, 400), "", None
        if size > 4_096 or len(json.dumps(body, ensure_ascii=False).encode()) > 8_192:
            return answer_of({"code": 41301, "http": 413, "error": "attachment too large"}, 413), "", None
        self.sizes.append(size)
        seen = Seen(text=body["message"], links=_BARE.findall(body["message"]))
        return answer_of({"id": "hwQ2YpKdmg", "event": "message", "topic": body["topic"]}), body["title"], seen


class GotifyReceiver(ChatReceiver):
    """A server of Gotify, which Apprise reaches; a repeat can be told by the reference in the text."""

    kind = "apprise"

    def values(self, base: str) -> dict[str, Any]:
        return {"url": f"{base.replace('http', 'gotify')}/AbCdEf-GhIjKlM"}

    def refused(self) -> bytes:
        return answer_of({"error": "Unauthorized", "errorCode": 401}, 401)

    def put_off(self) -> bytes:
        return answer_of({"error": "busy", "errorCode": 503}, 503)

    def take(self, path: str, headers: Mapping[str, str], body: Any) -> tuple[bytes, str, Seen | None]:
        if headers.get("x-gotify-key") != "AbCdEf-GhIjKlM":
            return self.refused(), "", None
        text = body["message"]
        self.sizes.append(len(text))
        return answer_of({"id": 25}), body["title"], Seen(text=text, links=_BARE.findall(text))

    def key(self, headers: Mapping[str, str], seen: Seen) -> str:
        return seen.text.rpartition("[")[2].rstrip("]\n")


class AtomReceiver(Receiver):
    """A reader of the feed; the moods are a file in the place of its folder, and a loop of links."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._blocker = folder / "blocked"
        self.file = self._blocker / "feeds" / "alerts.xml"

    def set_mood(self, mood: Mood) -> None:
        if self._blocker.is_symlink() or self._blocker.is_file():
            self._blocker.unlink()
        if mood is Mood.NEVER:
            self._blocker.write_text("a file where a folder should be")
        elif mood is Mood.LATER:
            self._blocker.symlink_to(self._blocker)  # a loop: an error of the system that may pass

    def received(self) -> list[ReceivedMessage]:
        try:
            feed = etree.fromstring(self.file.read_bytes())
        except OSError:
            return []
        return [self._message(entry) for entry in feed.iterfind(f"{ATOM}entry")]

    def _message(self, entry: Any) -> ReceivedMessage:
        parts = [entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}content")]
        return ReceivedMessage(key=entry.findtext(f"{ATOM}id").rpartition(":")[2], text="\n".join(parts), raw=parts)


@asynccontextmanager
async def start_chat(kind: type[ChatReceiver]) -> AsyncIterator[ChatReceiver]:
    """Run the stand-in for a service; its settings lead to it."""
    if kind is GotifyReceiver:
        _load_apprise()
    receiver = kind()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    model: type[ChannelSettings] = channels()[kind.kind].Settings
    receiver.settings = model.model_validate({"id": "chat", "kind": kind.kind, **receiver.values(base)})
    try:
        yield receiver
    finally:
        receiver.released.set()
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def _atom(folder: Path) -> AsyncIterator[Receiver]:
    receiver = AtomReceiver(folder)
    values = {"id": "feed", "kind": "atom", "path": str(receiver.file)}
    receiver.settings = channels()["atom"].Settings.model_validate(values)
    yield receiver


@cache
def _load_apprise() -> None:
    """Load what Apprise loads with its first use; packages that it looks for may warn of themselves."""
    if not find_spec("apprise"):  # an extra: who works without it tests the rest; the development lock has it
        pytest.skip("the package apprise is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from apprise import Apprise

        Apprise().details()


def _starter(kind: type[ChatReceiver]) -> Callable[[Path], AbstractAsyncContextManager[Receiver]]:
    return lambda folder: start_chat(kind)


CHATS: dict[str, Callable[[Path], AbstractAsyncContextManager[Receiver]]] = {
    "atom": _atom,
    **{kind.kind: _starter(kind) for kind in (TelegramReceiver, SlackReceiver, NtfyReceiver, GotifyReceiver)},
}
