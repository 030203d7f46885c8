"""The collector rests while something large is made, and works again afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from monitor.garbage import uncollected


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


@pytest.mark.parametrize("is_on", [True, False], ids=["on", "off"])
def test_collector_rests_and_is_as_it_was_afterwards(is_on: bool) -> None:
    (gc.enable if is_on else gc.disable)()

    with uncollected():
        assert not gc.isenabled()

    assert gc.isenabled() is is_on


def test_collector_works_again_after_an_error() -> None:
    gc.enable()

    with pytest.raises(ValueError, match="broken"), uncollected():
        raise ValueError("broken")

    assert gc.isenabled()
