"""The field type of a web address in a source's settings."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from monitor.urls import is_web

__all__ = ["WebAddress"]


def _check(url: str) -> str:
    if not is_web(url):
        raise ValueError(f"expected an address that starts with http:// or https://, found {_without_login(url)!r}")
    if "@" in urlsplit(url).netloc:
        found = _without_login(url)
        raise ValueError(f"user name and password cannot stand in an address ({found}); use headers: Authorization")
    return url


def _without_login(url: str) -> str:
    return "//".join(part.rpartition("@")[2] for part in url[:200].split("//"))


WebAddress = Annotated[str, Field(max_length=2_000), AfterValidator(_check)]
"""A whole http or https address without a login."""
