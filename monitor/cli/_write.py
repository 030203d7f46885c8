"""New entries on their way into the configuration file: checked whole, then put in its place at once.

Either everything is written or nothing: the changed configuration is loaded before the file is replaced, by a rename in
its own folder. A symbolic link stays one; owner and permissions stay what they were.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from monitor.config import Config, load_config
from monitor.config.document import parse
from monitor.config.edit import EditError, NewEntry, has_section, with_entries

__all__ = ["commit", "created_note", "load_for_editing", "target_file"]


def load_for_editing(path: Path) -> Config:
    """Return the configuration in ``path``; one that does not exist or holds nothing yet is one without sources.

    Raise ConfigError.
    """
    try:
        data = _content(path) if path.parent.is_dir() else path.read_bytes()
    except OSError:
        return load_config(path, environ=os.environ)  # which says what is wrong
    empty = {path.resolve(): b"sources: []\n"} if not data.strip() or parse(data, path).value is None else None
    return load_config(path, environ=os.environ, instead=empty)


def target_file(config: Config, section: str) -> Path:
    """Return the file that new entries of a section go into: the first that has it, else the main one."""
    return next((path for path in config.files if has_section(_content(path), path, section)), config.path)


def created_note(config: Config, section: str) -> str:
    """Return what to say before anything else where the file does not exist yet, else nothing."""
    path = target_file(config, section)
    return "" if path.exists() else f"Created {path}. "


def commit(config: Config, section: str, added: Sequence[NewEntry], *, dry: bool = False) -> Path:
    """Write entries into a section and return the file; with ``dry`` only check that it could be done.

    Raise ConfigError for a configuration that would not be valid with them, EditError where the file has no clear place
    for them or cannot be written.
    """
    path = target_file(config, section)
    real = path.resolve()
    is_new = not real.exists()
    before = _content(real)
    after = with_entries(before, path, section, added)
    load_config(config.path, environ=os.environ, instead={real: after})
    if not dry:
        if is_new:
            _create(real)
        _replace(real, before, after)
    return path


def _content(path: Path) -> bytes:
    """Return the bytes of a file, none for one that does not exist yet."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _create(path: Path) -> None:
    """Make an empty file with the permissions of any other new one."""
    try:
        path.touch(exist_ok=False)
    except OSError as error:
        raise EditError(f"cannot write {path}: {error.strerror}") from error


def _replace(path: Path, before: bytes, after: bytes) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise EditError(f"cannot write beside {path}: {error.strerror}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        _like(path, name)
        if path.read_bytes() != before:
            raise EditError(f"{path} was changed in the meantime; nothing was written")
        os.replace(name, path)
    except OSError as error:
        raise EditError(f"cannot write {path}: {error.strerror}") from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)


def _like(path: Path, name: str) -> None:
    """Give a new file the permissions of the one it replaces, and its owner where that is allowed."""
    known = path.stat()
    with contextlib.suppress(PermissionError):
        os.chown(name, known.st_uid, known.st_gid)
    os.chmod(name, known.st_mode & 0o7777)
