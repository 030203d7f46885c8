"""Messages as an Atom feed (RFC 4287) in a file, for a reader of feeds or a web server.

The newest come first, their number is bounded, and a message that comes again takes the place of itself: the key is
the entry's id. The file is replaced as a whole. A file that is not a feed of this channel is never overwritten.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from alerts.channels import ChannelPort, ChannelSettings, Message, Refused, Retry, SendResult, Sent
from alerts.channels._chat import Kind, Row, Run, heading, outline
from alerts.channels._key import safe_key
from alerts.channels._split import split, utf8_size
from alerts.channels._stamp import sent_at
from alerts.plain import web_link

__all__ = ["KIND", "Settings", "send"]

KIND = "atom"

_ATOM = "{http://www.w3.org/2005/Atom}"
_NAMES: Any = {None: _ATOM[1:-1]}  # no prefix
_ENTRY_BYTES = 65_536  # of content; a thousand such entries are as much as a reader takes
_MOST_READ = 268_435_456
_NOT_XML = re.compile("[\ufffe\uffff]|[^\t\n\x20-\ud7ff\ue000-\U0010ffff]")


class Settings(ChannelSettings):
    """A feed in a file; a relative ``path`` lies in the data directory."""

    kind: Literal["atom"]
    path: Path = Path("alerts.xml")
    title: str = Field(default="newswatch", min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
    entries: int = Field(default=100, ge=1, le=1_000, description="how many messages the feed holds")


class _Foreign(Exception):
    """The file is not a feed of this channel."""


async def send(settings: Settings, message: Message, key: str, port: ChannelPort) -> SendResult:
    """Put the message into the feed: wholly or not at all, and once for the same key."""
    path = port.data_dir / settings.path.expanduser()
    try:
        await asyncio.to_thread(_publish, path, settings, message, key)
    except _Foreign as error:
        return Refused(reason=f"{path} is left alone: {error}")
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        return Refused(reason=f"expected a file at {path}: {error.strerror}")
    except OSError as error:
        return Retry(reason=f"cannot write {path}: {error.strerror}")
    return Sent(detail=str(path))


def _publish(path: Path, settings: Settings, message: Message, key: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path.parent) as folder:
        entry = _entry(message, key)
        others = [one for one in _entries(path, settings) if one.findtext(f"{_ATOM}id") != entry.findtext(f"{_ATOM}id")]
        content = _feed(settings, [entry, *others][: settings.entries])
        draft = path.with_name(f".{path.name}.tmp")
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        os.fsync(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[int]:
    """Keep others of the same kind away: a feed is read, changed and replaced."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _entries(path: Path, settings: Settings) -> list[Any]:
    from lxml import etree

    try:
        with path.open("rb") as file:
            content = file.read(_MOST_READ)
    except FileNotFoundError:
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        feed = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _Foreign("expected an Atom feed, found something else") from error
    if feed.tag != f"{_ATOM}feed" or feed.findtext(f"{_ATOM}id") != _feed_id(settings):
        raise _Foreign(f"expected the feed {_feed_id(settings)}, found another")
    return list(feed.iterfind(f"{_ATOM}entry"))


def _feed(settings: Settings, entries: list[Any]) -> bytes:
    from lxml import etree

    feed = etree.Element(f"{_ATOM}feed", nsmap=_NAMES)
    _add(feed, "title", settings.title)
    _add(feed, "id", _feed_id(settings))
    _add(feed, "updated", entries[0].findtext(f"{_ATOM}updated"))
    _add(_add(feed, "author"), "name", "newswatch")
    feed.extend(entries)
    content: bytes = etree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def _feed_id(settings: Settings) -> str:
    return f"urn:newswatch:feed:{settings.id}"


def _entry(message: Message, key: str) -> Any:
    from lxml import etree

    entry = etree.Element(f"{_ATOM}entry", nsmap=_NAMES)
    _add(entry, "title", heading(message, 200))
    _add(entry, "id", f"urn:newswatch:message:{safe_key(key)}")
    _add(entry, "updated", _written_at(message))
    if link := _only_link(message):
        _add(entry, "link", href=link)
    (content,) = split(outline(message), write=_written, size=utf8_size, limit=_ENTRY_BYTES, most=1)[:1]
    _add(entry, "content", content, type="html")
    return entry


def _add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    from lxml import etree

    child = etree.SubElement(parent, f"{_ATOM}{name}", attributes)
    child.text = _NOT_XML.sub("\ufffd", text) or None
    return child


def _written_at(message: Message) -> str:
    at = message.data.get("at")
    return at if isinstance(at, str) else sent_at(message).isoformat()


def _only_link(message: Message) -> str | None:
    stories = message.data.get("stories")
    one = stories[0] if isinstance(stories, list) and len(stories) == 1 else None
    url = one.get("url") if isinstance(one, dict) else None
    return web_link(url) if isinstance(url, str) else None


def _written(row: Row) -> str:
    runs = "".join(map(_text, row.runs))
    if row.kind is Kind.RULE:
        return "<hr/>\n"
    tag = {Kind.HEADING: "h3", Kind.QUOTE: "blockquote"}.get(row.kind, "p")
    return f"<{tag}>{'• ' if row.kind is Kind.BULLET else ''}{runs}</{tag}>\n"


def _text(run: Run) -> str:
    text = escape(run.text)
    if run.link:
        return f'<a href="{escape(run.link)}">{text}</a>'
    return f"<b>{text}</b>" if run.strong else text
