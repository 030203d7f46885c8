"""When the garbage collector does not look: while one piece of work makes very many objects, all of which it needs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """Let cycles of objects lie while this lasts, in the whole process.

    A digest of 10,000 hits keeps half a million objects until it is sent; a fifth of its time went into looking again
    and again whether any of them was garbage (``bench.digest``).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
