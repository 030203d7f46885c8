"""What holds for all tests."""

from __future__ import annotations

import gc


def pytest_collection_finish() -> None:
    """Keep the collected tests from the garbage collector: to walk ten thousand takes a third of the time."""
    gc.collect()
    gc.freeze()
