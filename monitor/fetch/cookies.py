"""The cookies of one fetch: set on the way, sent to the same host on the next hop, forgotten at the end.

Knows who may see a cookie: the host that set it and no other, whatever its Domain says, and no plain connection where
a secure one brought it (RFC 6265, section 5, without paths and without anything that is kept). Pure; header values
are text from outside and never raise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

__all__ = ["Cookies"]

_MAX_COOKIES = 30
_MAX_COOKIE = 4_096  # RFC 6265, section 6.1: what a browser keeps of one
_MAX_HEADER = 8_192  # what servers take of a header line
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_EXPIRED = re.compile(r";\s*(?:max-age\s*=\s*(?:0+|-[0-9]+)\s*(?:;|$)|expires\s*=[^;]*[ -]19[0-9]{2}\b)", re.IGNORECASE)
_DOMAIN = re.compile(r";\s*domain\s*=\s*\.?([^;\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cookie:
    host: str
    secure: bool
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Cookies:
    """What was set so far, at most 30 cookies of 4 KiB; the oldest give way to newer ones."""

    _kept: tuple[_Cookie, ...] = ()

    def with_set(self, url: str, lines: Iterable[str]) -> Cookies:
        """Return these and those of the Set-Cookie ``lines`` that ``url`` answered with."""
        kept = {(cookie.host, cookie.name): cookie for cookie in self._kept}
        host, secure = _place(url)
        for line in lines:
            cookie = _read(line, host, secure)
            if cookie is None:
                continue
            kept.pop((host, cookie.name), None)
            if not _EXPIRED.search(line):
                kept[host, cookie.name] = cookie
        return Cookies(tuple(kept.values())[-_MAX_COOKIES:])

    def pairs(self, url: str) -> tuple[tuple[str, str], ...]:
        """Return the names and values that may be sent to ``url``, 8 KiB of them at most."""
        host, secure = _place(url)
        fitting: list[tuple[str, str]] = []
        left = _MAX_HEADER
        for cookie in self._kept:
            if cookie.host == host and (secure or not cookie.secure):
                left -= len(cookie.name) + len(cookie.value) + 3
                if left < 0:
                    break
                fitting.append((cookie.name, cookie.value))
        return tuple(fitting)

    def header(self, url: str, own: str | None = None) -> dict[str, str]:
        """Return the Cookie header for ``url``, after the caller's ``own`` one; empty where there is none."""
        texts = [own or "", *(f"{name}={value}" for name, value in self.pairs(url))]
        text = "; ".join(filter(None, texts))
        return {"cookie": text} if text else {}


def _place(url: str) -> tuple[str, bool]:
    parts = urlsplit(url)
    return (parts.hostname or "").rstrip("."), parts.scheme == "https"


def _read(line: str, host: str, secure: bool) -> _Cookie | None:
    """Return the cookie of a Set-Cookie line; None for one that is none, too long, or another host's."""
    name, equals, value = (part.strip(" \t") for part in line.partition(";")[0].partition("="))
    if not equals or not _NAME.fullmatch(name) or len(name) + len(value) > _MAX_COOKIE:
        return None
    if not (value.isascii() and value.isprintable()):
        return None
    domain = _DOMAIN.search(line)
    if domain and not f".{host}".endswith(f".{domain[1].lower()}"):
        return None
    return _Cookie(host=host, secure=secure, name=name, value=value)
