"""The ``archive`` kind: pages kept in WARC files on this machine, such as CC-NEWS.

Knows which file is next and what to remember; a part of a file is read in a worker process by
``monitor.sources._archive``. The pages carry their bytes, so nothing is asked of the sites they are from: they are read
in the lane of the archive, and filed under their own addresses.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo

from alerts.fields import Duration
from monitor.sources import SourceSettings
from monitor.types import Collected, Failed, FolderEntry, Rejected, SourcePort, Unchanged
from storage.records import Outcome, SourceState

__all__ = ["KIND", "STEADY", "Settings", "address", "collect"]

KIND = "archive"
STEADY = True

_FILES = ("*.warc", "*.warc.gz")
_SIGNS = re.compile(r"[*?\[]")


def _beside_the_file(value: Any, info: ValidationInfo) -> Any:
    """Take a relative path from the folder of the configuration file."""
    if not isinstance(value, str):
        return value
    if not value.strip() or not value.isprintable():
        raise ValueError("expected the path of a WARC file or of a folder of them")
    path = Path((info.context or {}).get("folder", ".")) / Path(value.strip())
    if _SIGNS.search(str(path.parent)):
        raise ValueError("expected *, ? and [ in the last part of the path alone")
    return path.absolute()


class Settings(SourceSettings):
    """A WARC file, or a folder of them. Answers with status 200 and HTML are articles."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"id": "cc-news", "kind": "archive", "path": "archive/CC-NEWS-202307*.warc.gz"}]
        }
    )

    kind: Literal["archive"]
    path: Annotated[Path, BeforeValidator(_beside_the_file)] = Field(
        description="a WARC file, a folder or a pattern of file names, absolute or relative to this file"
    )
    limit: int = Field(default=200, ge=1, le=2_000, description="pages taken from one poll; the next one goes on there")
    every: Duration | None = timedelta(seconds=30)


def address(settings: Settings) -> str:
    """Return the file address of the path."""
    return settings.path.as_uri()


async def collect(
    settings: Settings, state: SourceState, port: SourcePort
) -> Collected | Unchanged | Failed | Rejected:
    """Read the next part of the first file that is new, or changed since it was read.

    The cursor holds what was read: ``done`` and ``broken`` by path, and the ``place`` reached in the file at hand.
    """
    from monitor.sources._archive import read_part

    folder, patterns = _place_of(settings.path)
    files = await port.list_folder(str(folder), patterns)
    if isinstance(files, Failed):
        return files
    if not files and not _SIGNS.search(settings.path.name) and folder != settings.path:
        return Failed(reason=Outcome.UNREACHABLE, detail=f"there is no file {settings.path}")
    progress = _Progress(state.cursor, files)
    file = progress.next_file()
    if file is None:
        return Collected(found=(), cursor=progress.cursor(), notices=progress.notices())
    part = await port.run(read_part, file.path, progress.place(file), state.host, settings.limit)
    if isinstance(part, Rejected):
        progress.give_up(file, part.detail)
        return Collected(found=(), cursor=progress.cursor(), notices=progress.notices())
    if part.broken:
        progress.give_up(file, part.broken)
    else:
        progress.advance(file, part.next)
    return Collected(
        found=part.items,
        skipped=part.skipped,
        bytes_read=sum(len(item.payload or b"") for item in part.items),
        cursor=progress.cursor(),
        notices=progress.notices(),
    )


def _place_of(path: Path) -> tuple[Path, tuple[str, ...]]:
    """Return the folder to list and the names to look for."""
    if _SIGNS.search(path.name):
        return path.parent, (path.name,)
    is_file = path.name.lower().endswith((".warc", ".warc.gz", ".warc.zst"))
    return (path.parent, (path.name,)) if is_file else (path, _FILES)


class _Progress:
    """How far the files of an archive were read; files that are no longer there are forgotten."""

    def __init__(self, cursor: dict[str, Any], files: tuple[FolderEntry, ...]) -> None:
        versions = {file.path: file.version for file in files}
        self._files = files
        self._done = {p: v for p, v in cursor.get("done", {}).items() if versions.get(p) == v}
        self._broken = {p: why for p, why in cursor.get("broken", {}).items() if p in self._done}
        at = cursor.get("place") or {}
        self._place = at if versions.get(at.get("path", "")) == at.get("version", "") else {}

    def next_file(self) -> FolderEntry | None:
        """Return the file that is being read, or the first that is not done."""
        waiting = [file for file in self._files if file.path not in self._done]
        return next((file for file in waiting if file.path == self._place.get("path")), next(iter(waiting), None))

    def place(self, file: FolderEntry) -> Any:
        """Return where to go on in a file."""
        from monitor.sources._archive import Place

        here = self._place if self._place.get("path") == file.path else {}
        return Place(offset=here.get("offset", 0), done=here.get("done", 0))

    def advance(self, file: FolderEntry, following: Any) -> None:
        """Remember where to go on; None says that the file is done."""
        if following is None:
            self._done[file.path], self._place = file.version, {}
        else:
            where = {"offset": following.offset, "done": following.done}
            self._place = {"path": file.path, "version": file.version, **where}

    def give_up(self, file: FolderEntry, reason: str) -> None:
        """Leave a file that cannot be read, until it changes."""
        self._broken[file.path] = reason[:300]
        self.advance(file, None)

    def cursor(self) -> dict[str, Any]:
        """Return what to remember."""
        return {"done": self._done, "broken": self._broken, "place": self._place}

    def notices(self) -> tuple[tuple[str, str], ...]:
        """Return one notice for each file that could not be read to its end."""
        return tuple(("broken", f"{Path(path).name}: {why}") for path, why in sorted(self._broken.items()))
