"""Which file is the configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config import ConfigError, find_config


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    """Make a file in every place that is looked at."""
    found = {
        "cwd": tmp_path / "cwd" / "sources.yaml",
        "xdg": tmp_path / "xdg" / "newswatch" / "sources.yaml",
        "home": tmp_path / "home" / ".config" / "newswatch" / "sources.yaml",
    }
    for path in found.values():
        path.parent.mkdir(parents=True)
        path.touch()
    return found


def environ(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"HOME": str(tmp_path / "home"), **more}


def test_option_wins_over_everything(tmp_path: Path, places: dict[str, Path]) -> None:
    variables = environ(tmp_path, NEWSWATCH_CONFIG="/b.yaml")

    assert find_config(Path("a.yaml"), variables, tmp_path / "cwd") == Path("a.yaml")


def test_variable_wins_over_the_working_folder(tmp_path: Path, places: dict[str, Path]) -> None:
    variables = environ(tmp_path, NEWSWATCH_CONFIG="/b.yaml")

    assert find_config(None, variables, tmp_path / "cwd") == Path("/b.yaml")


def test_working_folder_wins_over_the_home_folder(tmp_path: Path, places: dict[str, Path]) -> None:
    assert find_config(None, environ(tmp_path), tmp_path / "cwd") == places["cwd"]


def test_xdg_folder_wins_over_the_default_of_it(tmp_path: Path, places: dict[str, Path]) -> None:
    variables = environ(tmp_path, XDG_CONFIG_HOME=str(tmp_path / "xdg"))

    assert find_config(None, variables, tmp_path) == places["xdg"]


def test_home_folder_is_looked_at_last(tmp_path: Path, places: dict[str, Path]) -> None:
    assert find_config(None, environ(tmp_path), tmp_path) == places["home"]


def test_without_any_file_the_error_lists_the_places(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no configuration found; looked for .*sources.yaml.*--config FILE"):
        find_config(None, {}, tmp_path)
