"""Optional packages that libraries import wherever they find them, and that the service is better off without.

``rich`` (with ``pygments``) is for terminals: the logging library and the HTTP library load 5 MB of it for a service
that writes lines of JSON. ``sniffio``, where it is missing, is looked for on the disk eleven times a request: 3 ms.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["service_imports"]

_FOR_TERMINALS = "rich"
_NEVER_NEEDED = "sniffio"


@contextmanager
def service_imports() -> Iterator[None]:
    """Import the parts of the service inside the block; what is for terminals is left out where there is none."""
    _leave_out(_NEVER_NEEDED)
    left_out = not sys.stderr.isatty() and _leave_out(_FOR_TERMINALS)
    try:
        yield
    finally:
        if left_out:
            del sys.modules[_FOR_TERMINALS]


def _leave_out(package: str) -> bool:
    """Make an import of ``package`` fail at once, as the import system defines None; False when it is loaded."""
    if package in sys.modules:
        return False
    sys.modules[package] = None  # type: ignore[assignment]
    return True
