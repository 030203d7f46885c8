"""Messages as files in a folder, readable as they are.

The name holds the local date and the start of the key, so that a message sent twice is one file.
"""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from typing import Literal

from pydantic import Field

from alerts.channels import ChannelPort, ChannelSettings, Message, Refused, Retry, SendResult, Sent
from alerts.channels._key import safe_key

__all__ = ["KIND", "Settings", "send"]

KIND = "file"

_SUFFIX = {"markdown": "md", "html": "html"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Settings(ChannelSettings):
    """A folder that messages are written to; a relative ``path`` lies in the data directory."""

    kind: Literal["file"]
    path: Path = Path("digests")
    format: Literal["markdown", "html"] = Field(default="markdown", description="what the files hold")


async def send(settings: Settings, message: Message, key: str, port: ChannelPort) -> SendResult:
    """Write the message to its file: whole or not at all, and the same file for the same key."""
    folder = port.data_dir / settings.path.expanduser()
    content = message.markdown if settings.format == "markdown" else message.html
    path = folder / f"{_name(message, key)}.{_SUFFIX[settings.format]}"
    try:
        await asyncio.to_thread(_write, path, content.encode("utf-8", "replace"))
    except (FileExistsError, NotADirectoryError) as error:
        return Refused(reason=f"expected a folder at {folder}: {error.strerror}")
    except OSError as error:
        return Retry(reason=f"cannot write {path}: {error.strerror}")
    return Sent(detail=str(path))


def _name(message: Message, key: str) -> str:
    date = message.data.get("date")
    day = date if isinstance(date, str) and _DATE.fullmatch(date) else "undated"
    return f"{day}-{safe_key(key)[:12]}"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.tmp")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
