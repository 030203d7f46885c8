"""Optional packages that libraries import wherever they find them, and that the service is better off without.

``rich`` and ``pygments`` are for terminals, ``click`` for the HTTP library's own command: the logging library and the
HTTP library load 7 MB of them for a service that writes lines of JSON. ``sniffio``, where it is missing, is looked for
on the disk eleven times a request: 3 ms.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["service_imports"]

_FOR_TERMINALS = ("rich", "pygments", "click")
_NEVER_NEEDED = "sniffio"


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


def _leave_out(package: str) -> bool:
    """Make an import of ``package`` fail at once, as the import system defines None; False when it is loaded."""
    if package in sys.modules:
        return False
    sys.modules[package] = None  # type: ignore[assignment]
    return True
