"""The address of a service: one that is a secret, or a server that may be one's own."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

from alerts.fields import Secret

__all__ = ["LOCAL", "SecretAddress", "ServerAddress", "sent_in_clear"]

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine: what goes there crosses no network."""

ServerAddress = Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?$")]
"""An address without query and credentials; requests are made below it."""


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # its message would show the address
        return False


def _of_a_receiver(value: SecretStr) -> SecretStr:
    if not _is_address(value.get_secret_value()):
        raise ValueError("expected an address that starts with https:// or http://")
    return value


SecretAddress = Annotated[Secret, AfterValidator(_of_a_receiver)]
"""Where something can be posted; it holds the token, or may, and is shown nowhere."""


def sent_in_clear(address: str) -> tuple[str, ...]:
    """Return a warning where a token would cross the network unencrypted."""
    parts = urlsplit(address)
    if parts.scheme == "https" or parts.hostname in LOCAL:
        return ()
    return (f"the token goes to {parts.hostname} unencrypted; expected https://",)
