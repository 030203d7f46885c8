"""RSSHub routes: a source names the route, the settings name the instance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from monitor.config import Config, ConfigError, load_config


def load(tmp_path: Path, url: str, settings: str = "", environ: dict[str, str] | None = None) -> Config:
    path = tmp_path / "sources.yaml"
    path.write_text(f"sources:\n  - {{id: a, kind: feed, url: '{url}'}}\n{settings}", encoding="utf-8")
    return load_config(path, environ=environ or {})


@pytest.mark.parametrize(
    ("url", "base", "whole"),
    [
        ("rsshub://anthropic/news", "https://hub.example.org", "https://hub.example.org/anthropic/news"),
        ("rsshub:///meta/ai/blog", "https://hub.example.org/", "https://hub.example.org/meta/ai/blog"),
        ("RSSHUB://a?limit=5", "http://10.0.0.2:1200/hub", "http://10.0.0.2:1200/hub/a?limit=5"),
        ("rsshub://a?key=${KEY}", "https://hub.example.org", "https://hub.example.org/a?key=k1"),
    ],
    ids=["a route", "slashes once", "a path and a query", "a key from the environment"],
)
def test_route_is_an_address_of_the_instance(tmp_path: Path, url: str, base: str, whole: str) -> None:
    config = load(tmp_path, url, f"settings: {{rsshub: '{base}'}}\n", {"KEY": "k1"})
    source: Any = config.sources[0]

    assert source.url == whole
    assert config.source_specs()[0].url == whole


def test_instance_may_come_from_the_environment(tmp_path: Path) -> None:
    config = load(tmp_path, "rsshub://a", "settings: {rsshub: '${HUB}'}\n", {"HUB": "https://hub.example.org"})
    source: Any = config.sources[0]

    assert source.url == "https://hub.example.org/a"


def test_route_without_an_instance_is_an_error_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, "rsshub://anthropic/news")

    (problem,) = caught.value.problems
    assert str(problem).endswith(
        "sources.yaml:2:30: rsshub://anthropic/news needs settings.rsshub, the address of an RSSHub instance"
    )


@pytest.mark.parametrize("base", ["ftp://hub.example.org", "https://hub.example.org?key=1", "hub.example.org"])
def test_instance_that_is_none_is_the_only_problem(tmp_path: Path, base: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, "rsshub://a", f"settings: {{rsshub: '{base}'}}\n")

    (problem,) = caught.value.problems
    assert "sources.yaml:3:12: expected an address" in str(problem)


def test_instance_may_stand_in_another_file(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text("settings: {rsshub: 'https://hub.example.org'}\n", encoding="utf-8")
    source: Any = load(tmp_path, "rsshub://a", "include: settings.yaml\n").sources[0]

    assert source.url == "https://hub.example.org/a"


def test_change_can_be_checked_before_it_is_made(tmp_path: Path) -> None:
    load(tmp_path, "https://example.org/f")
    path = tmp_path / "sources.yaml"

    changed = load_config(path, environ={}, instead={path.resolve(): b"sources: []\n"})

    assert changed.sources == ()
    assert len(load_config(path, environ={}).sources) == 1
