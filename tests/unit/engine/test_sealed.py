"""What many tasks take arrives as a plain tuple, unpickled once."""

import pickle

import pytest

from monitor.engine import sealed
from monitor.engine.sealed import Sealed
from monitor.tag.settings import EntitySettings

WATCH = tuple(EntitySettings(id=f"company:c{number}", name=f"公司{number}") for number in range(3))


def through_a_pipe(value: object) -> object:
    return pickle.loads(pickle.dumps(value))


def test_it_is_the_sequence_that_it_was_made_of() -> None:
    whole = Sealed(iter(WATCH))
    assert (len(whole), whole[1], whole[1:], tuple(whole)) == (3, WATCH[1], WATCH[1:], WATCH)


def test_each_task_gets_the_same_tuple() -> None:
    whole = Sealed(WATCH)
    first, second = through_a_pipe(whole), through_a_pipe({"watch": whole})["watch"]  # type: ignore[index]
    assert first == WATCH
    assert first is second


def test_other_values_are_other_tuples_and_few_are_kept() -> None:
    for number in range(10):
        assert through_a_pipe(Sealed([number])) == (number,)
    assert len(sealed._opened) == 2


@pytest.mark.parametrize("values", [(), ("文",), WATCH], ids=["none", "one", "entities"])
def test_equal_values_share_what_was_opened(values: tuple[object, ...]) -> None:
    assert through_a_pipe(Sealed(values)) is through_a_pipe(Sealed(list(values)))
