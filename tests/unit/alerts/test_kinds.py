"""Kinds are found without being imported."""

import sys
from pathlib import Path

import pytest

from alerts.kinds import Kinds


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kinds:
    folder = tmp_path / "sorts_of_test"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "late.py").write_text("KIND = 'late'\n")
    (folder / "broken.py").write_text("raise RuntimeError('nobody asked for it')\n")
    (folder / "_shared.py").write_text("raise RuntimeError('no kind')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    return Kinds("sorts_of_test", [str(folder)])


def test_a_kind_is_imported_when_it_is_asked_for(package: Kinds) -> None:
    assert list(package) == ["broken", "late"]
    assert len(package) == 2
    assert "late" in package
    assert "sorts_of_test.late" not in sys.modules
    assert package["late"].KIND == "late"


@pytest.mark.parametrize("name", ["_shared", "unknown", "late.py", "", "../late"])
def test_what_is_no_kind_is_not_looked_for(package: Kinds, name: str) -> None:
    assert name not in package
    with pytest.raises(KeyError):
        package[name]
