"""The ``folder`` kind: text and HTML files in a local folder, read again whenever they change.

Knows how files become items; the port lists the folder and the pipeline reads the files.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo

from alerts.fields import Duration
from monitor.sources import SourceSettings
from monitor.types import Collected, Failed, FolderEntry, Rejected, SourcePort, Unchanged
from monitor.urls import url_key
from storage.records import NewItem, SourceState

__all__ = ["KIND", "Settings", "address", "collect"]

KIND = "folder"
STEADY = True


def _beside_the_file(value: Any, info: ValidationInfo) -> Any:
    """Take a relative path from the folder of the configuration file."""
    if not isinstance(value, str):
        return value
    if not value.strip() or not value.isprintable():
        raise ValueError("expected the path of a folder")
    folder = Path((info.context or {}).get("folder", "."))
    try:
        return (folder / Path(value.strip()).expanduser()).absolute()
    except RuntimeError as error:
        raise ValueError(f"expected the path of a folder, found {value!r}: {error}") from error


class Settings(SourceSettings):
    """A folder whose files are articles; its subfolders are not read."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": "inbox", "kind": "folder", "path": "inbox", "patterns": ["*.txt"]}]}
    )

    kind: Literal["folder"]
    path: Annotated[Path, BeforeValidator(_beside_the_file)] = Field(
        description="the folder, absolute or relative to this file"
    )
    patterns: tuple[str, ...] = Field(
        default=("*.txt", "*.html", "*.htm", "*.md"), min_length=1, description="names of the files to read"
    )
    every: Duration | None = timedelta(seconds=30)
    sample: bool = Field(default=False, description="bundled sample documents, marked so wherever they are shown")


def address(settings: Settings) -> str:
    """Return the file address of the folder."""
    return settings.path.as_uri()


async def collect(
    settings: Settings, state: SourceState, port: SourcePort
) -> Collected | Unchanged | Failed | Rejected:
    """List the folder; every file is an item whose version tells whether it changed since it was read."""
    entries = await port.list_folder(str(settings.path), settings.patterns)
    if isinstance(entries, Failed):
        return entries
    listed = _listing_hash(entries)
    if listed == state.body_hash:
        return Unchanged(status=None)
    return Collected(found=tuple(_item(entry, state.host) for entry in entries), body_hash=listed)


def _listing_hash(entries: tuple[FolderEntry, ...]) -> str:
    lines = "".join(f"{entry.path}\0{entry.version}\n" for entry in entries)
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def _item(entry: FolderEntry, host: str) -> NewItem:
    url = Path(entry.path).as_uri()
    return NewItem(url=url, key=url_key(url), host=host, version=entry.version)
