"""The package of questions loads what is asked of it."""

import subprocess
import sys
from pkgutil import iter_modules

import pytest

from storage import feed


def test_every_public_name_has_a_home_and_is_no_part_itself() -> None:
    assert [name for name in feed.__all__ if not callable(getattr(feed, name))] == []
    parts = {info.name for info in iter_modules(feed.__path__)}
    assert not parts & set(feed.__all__)


def test_an_unknown_name_is_none_of_it() -> None:
    with pytest.raises(AttributeError, match=r"storage\.feed.*'nothing'"):
        _ = feed.nothing  # type: ignore[attr-defined]


def test_a_question_does_not_load_the_others() -> None:
    code = (
        "import sys; from storage import feed; feed.coverage; print(*(m for m in sys.modules if 'storage.feed' in m))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"storage.feed", "storage.feed.figures"} <= set(ran.stdout.split())
    assert not {"storage.feed.story", "storage.feed.entities", "storage.feed.why"} & set(ran.stdout.split())
