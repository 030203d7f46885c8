"""Where a redirect leads, and what may travel along.

Pure. Whether the target may be connected to is decided when the connection is made.
"""

from __future__ import annotations

import re
from base64 import b64encode
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from monitor.fetch.failures import failed, quoted
from storage.records import Outcome

__all__ = ["is_redirect", "next_url", "same_origin", "take_credentials", "web_url"]

_STATUSES = frozenset({301, 302, 303, 307, 308})
_MAX_URL = 8_192
_PORTS = {"http": 80, "https": 443}
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_LOGIN = re.compile(r"//[^/?#]*@")


def is_redirect(status: int) -> bool:
    """Say whether the status sends elsewhere."""
    return status in _STATUSES


def web_url(url: str) -> str:
    """Return ``url`` without fragment and user name; raise FetchFailed unless it is a whole http or https address."""
    try:
        parts = urlsplit(url.strip())
        known = parts.scheme.lower() in _PORTS
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise failed(Outcome.REFUSED, f"no address: {_shown(url)}", permanent=True) from error
    if not known:
        detail = f"expected an http or https address, found {_shown(url)}"
        raise failed(Outcome.REFUSED, detail, permanent=True)
    if not usable or len(url) > _MAX_URL:
        raise failed(Outcome.REFUSED, f"no usable address: {_shown(url)}", permanent=True)
    return urlunsplit(parts._replace(fragment="", netloc=parts.netloc.rpartition("@")[2]))


def take_credentials(url: str) -> dict[str, str]:
    """Return the Authorization header that a user name in ``url`` stands for, if there is one."""
    parts = urlsplit(url)
    if not parts.username:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def next_url(url: str, location: bytes) -> str:
    """Return the address that a Location header of ``url`` names; raise FetchFailed where none may follow."""
    target = quote(location.strip(b" \t"), safe=_ASCII)  # raw bytes, whatever their charset, as browsers send them
    try:
        joined = urljoin(url, target)
    except ValueError as error:
        detail = f"redirected to no address: {quoted(target)}"
        raise failed(Outcome.HTTP_ERROR, detail, permanent=True) from error
    return web_url(joined)


def same_origin(a: str, b: str) -> bool:
    """Say whether two addresses agree in scheme, host and port: only then may credentials travel on."""
    return _origin(a) == _origin(b)


def _shown(url: str) -> str:
    """Quote an address for a message without user name and password."""
    return quoted(_LOGIN.sub("//", url[:_MAX_URL], count=1))


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
