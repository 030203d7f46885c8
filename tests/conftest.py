"""What holds for all tests."""

from __future__ import annotations

import gc

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Let files begin in their order: the last ones are short then, and two that share the work end together.

    What shares it would begin with the files of the most tests: those of whole services and crashes have few.
    """
    config.option.loadscopereorder = False


def pytest_collection_finish() -> None:
    """Keep the collected tests from the garbage collector: to walk ten thousand takes a third of the time."""
    gc.collect()
    gc.freeze()
