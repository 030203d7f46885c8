"""Optional packages that libraries import wherever they find them, and that the service is better off without.

``rich`` and ``pygments`` are for terminals, ``click`` for the HTTP library's own command: the logging library and the
HTTP library load 7 MB of them for a service that writes lines of JSON. ``sniffio``, where it is missing, is looked for
on the disk eleven times a request: 3 ms.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.config import Config

__all__ = ["read_first", "service_imports"]

_FOR_TERMINALS = ("rich", "pygments", "click")
_NEVER_NEEDED = "sniffio"
_GARBAGE = 100_000
"""New objects after which a service looks for cycles: it stays, and so would they."""


@contextmanager
def service_imports() -> Iterator[None]:
    """Import the parts of the service inside the block; what is for terminals is left out where there is none."""
    _leave_out(_NEVER_NEEDED)
    left_out = [] if sys.stderr.isatty() else [package for package in _FOR_TERMINALS if _leave_out(package)]
    try:
        yield
    finally:
        for package in left_out:
            del sys.modules[package]


def read_first(option: Path | None) -> Config:
    """Return the configuration, read before the rest of the service is imported, or print its problems and end.

    Reading it and the catalogue takes memory for a moment; what is imported afterwards finds room there (3 MB).
    """
    from monitor.cli._options import load
    from monitor.tag.catalogue import forget_catalogue
    from monitor.tracked import tracked

    config = load(option)
    tracked(config.watch)
    forget_catalogue()
    gc.set_threshold(_GARBAGE)
    gc.collect()
    return config


def _leave_out(package: str) -> bool:
    """Make an import of ``package`` fail at once, as the import system defines None; False when it is loaded."""
    if package in sys.modules:
        return False
    sys.modules[package] = None  # type: ignore[assignment]
    return True
