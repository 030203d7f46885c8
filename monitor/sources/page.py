"""The ``page`` kind: one address that is watched for changes.

The poll's own bytes become the payload of one item, so the page is fetched once; its version is the hash of the body.
"""

from __future__ import annotations

import hashlib
from typing import Literal

from pydantic import ConfigDict, Field

from monitor.sources import SourceSettings
from monitor.sources._address import WebAddress
from monitor.types import Collected, Failed, Fetched, Rejected, SourcePort, Unchanged
from monitor.urls import host_of, url_key
from storage.records import NewItem, SourceState

__all__ = ["KIND", "Settings", "address", "collect"]

KIND = "page"


class Settings(SourceSettings):
    """One page; every change of it is read as a new version of one article."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"id": "rules-page", "kind": "page", "url": "https://example.org/rules.html", "every": "6h"}]
        }
    )

    kind: Literal["page"]
    url: WebAddress = Field(description="the page")


def address(settings: Settings) -> str:
    """Return the page's address."""
    return settings.url


async def collect(
    settings: Settings, state: SourceState, port: SourcePort
) -> Collected | Unchanged | Failed | Rejected:
    """Fetch the page unless it is unchanged."""
    fetched = await port.get(settings.url, conditional=True)
    if not isinstance(fetched, Fetched):
        return fetched
    version = hashlib.sha256(fetched.body).hexdigest()
    item = NewItem(
        url=settings.url,
        key=url_key(settings.url),
        host=host_of(settings.url),
        version=version,
        payload=fetched.body,
        payload_type=fetched.content_type,
    )
    return Collected(
        found=(item,),
        status=fetched.status,
        validators=fetched.validators,
        body_hash=version,
        bytes_read=len(fetched.body),
        floor_s=fetched.max_age_s,
    )
