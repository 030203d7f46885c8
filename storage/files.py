"""The file of a store as the operating system sees it: what it is, who prepares it, how it gets its name.

Reads the header that every SQLite file has (sqlite.org/fileformat2.html, section 1.3); runs no SQL.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from storage.errors import StoreBusy, StoreError

__all__ = ["locked", "publish", "refuse_damaged", "refuse_odd"]

_HEADER_BYTES = 100
_MAGIC = b"SQLite format 3\x00"
_LOCK_TIMEOUT_S = 60.0


def refuse_odd(path: Path) -> None:
    """Raise StoreError for a link, a folder or anything else that is not a file."""
    if path.is_symlink():
        raise StoreError(f"{path} is a symbolic link; name the file itself")
    if path.exists() and not path.is_file():
        raise StoreError(f"expected a file at {path}, found something else")


def refuse_damaged(path: Path, *, unclean: bool) -> None:
    """Look at the header before SQLite does; what it promises holds only while the log is empty."""
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if not header:
        raise StoreError(f"{path} is empty; restore a backup, or remove the file to begin anew")
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise StoreError(f"{path} is not a database of newswatch: expected an SQLite file, found {header[:16]!r}")
    page_size = int.from_bytes(header[16:18], "big")
    expected = (65_536 if page_size == 1 else page_size) * int.from_bytes(header[28:32], "big")
    found = path.stat().st_size
    if found < expected and not unclean:
        raise StoreError(f"{path} is cut off: expected {expected} bytes, found {found}; restore a backup")


def publish(partial: Path, target: Path) -> None:
    """Give a finished file its name, so that it survives a power cut under it."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock under which a store is made, checked and migrated; the kernel frees it when the process dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("ab") as file:
        _flock(file, path)
        yield


def _flock(file: IO[bytes], path: Path) -> None:
    deadline = time.monotonic() + _LOCK_TIMEOUT_S
    while time.monotonic() < deadline:
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(0.05)
    raise StoreBusy(f"another process has been preparing {path} for {_LOCK_TIMEOUT_S:.0f} s")
