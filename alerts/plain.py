"""Text and addresses from outside, made safe to show on a line of their own.

Knows what may not appear in a message whatever its form: control and bidirectional characters, line breaks, half
characters, addresses that are not of the web. Escaping for one form (HTML, Markdown) is the renderer's.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

__all__ = ["block", "cut", "line", "web_link"]

_MAX_LINK = 2_048  # longer addresses are cut by mail clients and chat services
_MOST_KEPT = 65_536  # characters; all of Unicode would take 100 MB
_KEPT_IN_LINKS = "!#$%&'*+,/:;=?~"
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
    if len(text) <= limit and text.isprintable() and "  " not in text:  # most are clean: a fourth of the time
        return text.strip(" ")
    kept = text[: limit * 4 + 64].translate(_VISIBLE)
    return cut(" ".join(kept.split()), limit)


def block(text: str) -> str:
    """Return ``text`` with its line breaks and spaces kept and everything invisible gone."""
    return "\n".join(row.translate(_VISIBLE) for row in text.splitlines())


def cut(text: str, limit: int) -> str:
    """Return ``text`` in at most ``limit`` characters, an ellipsis where something is missing."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


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
