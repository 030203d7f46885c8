"""One daemon per data directory: a lock that the kernel gives back however the process ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

__all__ = ["DataLock", "Locked"]


class Locked(Exception):
    """Another process watches with this data directory."""


class DataLock:
    """Holds ``newswatch.lock`` in a data directory until it is released or the process ends."""

    def __init__(self, data_dir: Path) -> None:
        """Take the lock; raise ``Locked`` with the holder's process id where it is known, OSError where none can be."""
        self._file = (data_dir / "newswatch.lock").open("a+", encoding="ascii", errors="replace")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.seek(0)
            holder = self._file.read(20).strip()
            self._file.close()
            raise Locked(f"another newswatch (process {holder or 'unknown'}) is using {data_dir}") from None
        except OSError:  # a file system without locks
            self._file.close()
            raise
        self._file.truncate(0)
        self._file.write(f"{os.getpid()}\n")
        self._file.flush()

    def release(self) -> None:
        """Give the lock back."""
        self._file.close()
