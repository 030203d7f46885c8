"""The address of a service, which may stand on a server of one's own."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field

__all__ = ["LOCAL", "ServerAddress", "is_address", "sent_in_clear"]

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine: what goes there crosses no network."""

ServerAddress = Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?$")]
"""An address without query and credentials; requests are made below it."""


def is_address(text: str) -> bool:
    """Tell whether a text is an address that something can be posted to."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # its message would show the address
        return False


def sent_in_clear(address: str) -> tuple[str, ...]:
    """Return a warning where a token would cross the network unencrypted."""
    parts = urlsplit(address)
    if parts.scheme == "https" or parts.hostname in LOCAL:
        return ()
    return (f"the token goes to {parts.hostname} unencrypted; expected https://",)
