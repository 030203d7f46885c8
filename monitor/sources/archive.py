"""The ``archive`` kind: pages kept in WARC files on this machine, such as CC-NEWS.

Knows which file is next and what to remember; a part of a file is read in a worker process by
``monitor.sources._archive``. The pages carry their bytes, so nothing is asked of the sites they are from: they are read
in the lane of the archive, and filed under their own addresses.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo

from alerts.fields import Duration
from monitor.sources import SourceSettings
from monitor.types import Collected, Failed, FolderEntry, Rejected, SourcePort, Unchanged
from storage.records import Outcome, SourceState

if TYPE_CHECKING:
    from monitor.sources._archive import Place

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
    """Read the next part of a file that is new, or has changed since it was read; unchanged if there is none."""
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
        if state.cursor == progress.cursor():
            return Unchanged(status=None)
        return Collected(found=(), cursor=progress.cursor(), notices=progress.notices())
    part = await port.run(read_part, file.path, progress.place(file), state.host, settings.limit)
    if isinstance(part, Rejected):
        progress.advance(file, progress.place(file), is_last=True, broken=part.detail)
        return Collected(found=(), cursor=progress.cursor(), notices=progress.notices())
    progress.advance(file, part.place, is_last=part.is_last, broken=part.broken)
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
    """How far the files of an archive were read; files that are no longer there are forgotten.

    ``files`` in the cursor has for each its ``version`` when it was last read, whether it was read to its ``end``, and
    the place reached.
    """

    def __init__(self, cursor: dict[str, Any], files: tuple[FolderEntry, ...]) -> None:
        paths = {file.path for file in files}
        self._files = files
        self._read = {path: read for path, read in cursor.get("files", {}).items() if path in paths}
        self._broken = {path: why for path, why in cursor.get("broken", {}).items() if path in paths}

    def next_file(self) -> FolderEntry | None:
        """Return the file that is being read, the first that was never read, or the first that has changed since."""
        waiting = [file for file in self._files if not self._is_done(file)]
        return min(waiting, key=self._rank, default=None)

    def _is_done(self, file: FolderEntry) -> bool:
        read = self._read.get(file.path, {})
        return bool(read.get("end")) and read.get("version") == file.version

    def _rank(self, file: FolderEntry) -> int:
        read = self._read.get(file.path)
        return 1 if read is None else 2 if read.get("end") else 0

    def place(self, file: FolderEntry) -> Place:
        """Return where to go on in a file."""
        from monitor.sources._archive import Place

        read = self._read.get(file.path, {})
        return Place(**{name: read[name] for name in ("offset", "done", "size", "head") if name in read})

    def advance(self, file: FolderEntry, place: Place, *, is_last: bool, broken: str | None) -> None:
        """Remember where to go on in a file; after its end, or where it cannot be read, it rests until it changes."""
        here = {"offset": place.offset, "done": place.done, "size": place.size, "head": place.head}
        self._read[file.path] = {"version": file.version, "end": is_last, **here}
        self._broken.pop(file.path, None)
        if broken:
            self._broken[file.path] = broken[:300]

    def cursor(self) -> dict[str, Any]:
        """Return what to remember."""
        return {"files": self._read, "broken": self._broken}

    def notices(self) -> tuple[tuple[str, str], ...]:
        """Return one notice for each file that could not be read to its end."""
        return tuple(("broken", f"{Path(path).name}: {why}") for path, why in sorted(self._broken.items()))
