"""Text and addresses from outside, made safe to show on a line of their own.

Knows what may not appear in a message whatever its form: control and bidirectional characters, line breaks, half
characters, addresses that are not of the web. Escaping for one form (HTML, Markdown) is the renderer's.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

from alerts.clusters import border

__all__ = ["block", "cut", "line", "unpiled", "web_link", "without_calls"]

_MAX_LINK = 2_048  # longer addresses are cut by mail clients and chat services
_MOST_KEPT = 65_536  # characters; all of Unicode would take 100 MB
_KEPT_IN_LINKS = "!#$%&'*+,/:;=?~"
_PICTURE = "\u2190-\u2bff\U0001f000-\U0001faff"
_JOINT = re.compile(f"(?<=[{_PICTURE}\ufe0f])\u200d(?=[{_PICTURE}])")  # of the parts of an emoji
_ABOVE = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILE = re.compile(f"([{_ABOVE}]{{4}})[{_ABOVE}]+")  # no writing piles up more
_PLAIN_LINK = re.compile(r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+/[A-Za-z0-9/_.%~-]*")  # stays as it is


class _Visible(dict[int, int | str | None]):
    """Code point to what is shown in its place, filled as code points are met, up to a bound."""

    def __missing__(self, code: int) -> int | str | None:
        shown = _shown(chr(code))
        if len(self) < _MOST_KEPT:
            self[code] = shown
        return shown


def _shown(char: str) -> str | None:
    category = unicodedata.category(char)
    if category == "Cf":  # bidi controls, zero-width characters, tags: they only hide things
        return None
    if category == "Cs":
        return "\ufffd"
    return " " if char.isspace() or category == "Cc" else char


_VISIBLE = _Visible()


def line(text: str | None, limit: int = 300) -> str:
    """Return ``text`` as one visible line of at most ``limit`` characters, single spaces between words."""
    if not text:
        return ""
    text = unpiled(text[: limit * 4 + 64])
    if len(text) <= limit and text.isprintable() and "  " not in text:  # most are clean: a fourth of the time
        return text.strip(" ")
    return cut(" ".join(_visible(text).split()), limit)


def block(text: str) -> str:
    """Return ``text`` with its line breaks and spaces kept and everything invisible gone."""
    return "\n".join(map(_visible, text.splitlines()))


def cut(text: str, limit: int) -> str:
    """Return ``text`` in at most ``limit`` code points (at least 1), an ellipsis where something is missing.

    No character is cut, as a reader sees characters.
    """
    return text if len(text) <= limit else text[: border(text, limit - 1)].rstrip() + "…"


def _visible(text: str) -> str:
    """Return ``text`` without what cannot be seen, but for what holds the parts of an emoji together."""
    return "\u200d".join(part.translate(_VISIBLE) for part in _JOINT.split(text))


def unpiled(text: str) -> str:
    """Return a text without the marks that are piled up on a letter until they cover other lines."""
    return _PILE.sub(r"\1", text) if len(text) > 5 else text  # most are short


def without_calls(text: str) -> str:
    """Return a text in which no chat service finds a name to call.

    They read ``@all`` as a call to everybody whatever the markup says; a full-width sign stands for theirs.
    """
    return text.replace("@", "＠")


def web_link(url: str) -> str | None:
    """Return the address in ASCII without user name and password, or None where it is not a link of the web."""
    if _PLAIN_LINK.fullmatch(url) and len(url) <= _MAX_LINK:
        return url
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
        if parts.scheme not in ("http", "https") or not host:
            return None
        name = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    except ValueError:
        return None
    place = quote(f"{name}:{port}" if port else name, safe="[]:-._~")
    rest = (quote(part.encode("utf-8", "replace"), safe=_KEPT_IN_LINKS) for part in parts[2:])
    link = urlunsplit((parts.scheme, place, *rest))
    return link if len(link) <= _MAX_LINK else None
