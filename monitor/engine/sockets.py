"""Where worker processes meet their server: a folder whose path is short enough for the address of a socket."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from multiprocessing import util

__all__ = ["NoFolder", "settle_folder"]

_LONGEST = 107 - len("/pymp-xxxxxxxx/listener-xxxxxxxx")
"""Bytes of a folder's path: the address of a socket has 108 with its end (unix(7)), and multiprocessing adds these."""
_INSTEAD = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108  (a folder of our own is made in it, for nobody else)


class NoFolder(OSError):
    """No temporary folder has a path that a socket can hold."""


def settle_folder() -> None:
    """Have multiprocessing make its temporary folder now, elsewhere where the path of the usual one is too long.

    A second call changes nothing. Raise NoFolder where no other place is writable.
    """
    usual = tempfile.gettempdir()
    if len(os.fsencode(usual)) <= _LONGEST:
        return
    tempfile.tempdir = next(_short(), None)
    try:
        if tempfile.tempdir is None:
            raise NoFolder(f"expected a temporary folder of at most {_LONGEST} bytes, found {usual}; set TMPDIR")
        util.get_temp_dir()  # remembers it
    finally:
        tempfile.tempdir = usual


def _short() -> Iterator[str]:
    for folder in (*_INSTEAD, os.getcwd()):
        if len(os.fsencode(folder)) <= _LONGEST and os.access(folder, os.W_OK | os.X_OK):
            yield folder
