"""What the store is told of a configured source."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config import load_config

SOURCE = "{id: blog, kind: listing, url: https://blog.example/, item: li.post"


def digest(tmp_path: Path, more: str = "", source: str = SOURCE) -> str:
    path = tmp_path / "sources.yaml"
    path.write_text(f"sources:\n  - {source}{more}}}\n", "utf-8")
    (spec,) = load_config(path, environ={}).source_specs()
    return spec.digest


@pytest.mark.parametrize(
    "more",
    [", name: The blog", ", group: ai", ", every: 1h", ", silent_after: 2d", ", headers: {X-Key: secret}"],
    ids=["name", "group", "every", "silent_after", "headers"],
)
def test_what_does_not_decide_what_is_found_leaves_the_digest_alone(tmp_path: Path, more: str) -> None:
    assert digest(tmp_path, more) == digest(tmp_path)


@pytest.mark.parametrize(
    "source",
    [
        SOURCE.replace("li.post", "li.entry"),
        SOURCE + ", match: /2026/",
        SOURCE.replace("listing", "page").replace(", item: li.post", ""),
    ],
    ids=["another selector", "a filter", "another kind"],
)
def test_what_decides_what_is_found_changes_the_digest(tmp_path: Path, source: str) -> None:
    assert digest(tmp_path, source=source) != digest(tmp_path)
