"""``newswatch retag``: what it says, what it writes, and what it leaves alone."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from storage import articles
from storage.database import open_store
from storage.records import VerdictKind
from tests.unit.cli.conftest import Run, configured
from tests.unit.storage.worlds import NOW, article

TEXT = "量子菜刀发布第{}号公告，文心一言的备案同时公布。"
OLD = NOW.replace(year=NOW.year - 1)


@pytest.fixture
def untagged(tmp_path: Path) -> Path:
    """A folder whose store holds three articles without names; one of them is of last year."""
    folder = configured(tmp_path)
    document = json.loads((folder / "sources.yaml").read_text("utf-8"))
    document |= {
        "watch": [{"id": "company:acme", "name": "量子菜刀"}],
        "rules": [{"id": "acme", "entities": ["company:*"], "channels": ["digests"], "mode": "instant"}],
        "channels": [{"id": "digests", "kind": "file"}],
    }
    (folder / "sources.yaml").write_text(json.dumps(document), encoding="utf-8")
    (folder / "data").mkdir()
    store = open_store(folder / "data" / "newswatch.db", now=lambda: NOW)
    for number, at in enumerate((OLD, NOW, NOW)):
        one = article(f"a{number}", TEXT.format(number), mentions=(), title=None if number else "公告")
        store.write(
            lambda s, one=one, at=at: articles.insert_article(  # type: ignore[misc]
                s, one, verdict=VerdictKind.NEW, story_id=None, now=at
            )
        )
    store.close()
    return folder


def answer(run: Run, folder: Path, *arguments: str) -> dict[str, Any]:
    result = run("retag", "--json", *arguments, folder=folder)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def rows(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "data" / "newswatch.db")
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        kept = [name for name in tables if name != "article_fts"]  # has no rows of its own to read
        return [f"{name} {row}" for name in sorted(kept) for row in connection.execute(f"SELECT * FROM {name}")]
    finally:
        connection.close()


def test_it_gives_the_names_and_sums_up(run: Run, untagged: Path) -> None:
    result = run("retag", folder=untagged)
    assert result.exit_code == 0, result.output
    for part in ("3 articles tagged again", "3 mention other names", "gained", "3 company:acme", "3 model:ernie-bot"):
        assert part in result.stdout
    assert "All articles have the names" in run("retag", folder=untagged).stdout


def test_looking_first_changes_no_row(run: Run, untagged: Path) -> None:
    before = rows(untagged)
    result = run("retag", "--dry-run", "--limit", "1", folder=untagged)
    assert rows(untagged) == before
    for part in ("3 articles looked at", "3 would mention", "[1] 公告", "+company:acme +model:ernie-bot", "and 2 more"):
        assert part in result.stdout


def test_json_holds_what_changed(run: Run, untagged: Path) -> None:
    found = answer(run, untagged, "--limit", "1")
    names = ["company:acme", "model:ernie-bot"]
    assert found["changes"] == [{"article": 1, "title": "公告", "gained": names, "lost": [], "problem": None}]
    assert (found["applied"], found["articles"], found["changed"], found["kept"]) == (True, 3, 3, 0)
    assert found["gained"] == {"company:acme": 3, "model:ernie-bot": 3}
    assert len(found["catalogue"]) == 12


def test_time_limits_what_is_tagged_and_the_rest_follows(run: Run, untagged: Path) -> None:
    since = NOW.date().isoformat()
    assert answer(run, untagged, "--since", since)["articles"] == 2
    assert answer(run, untagged)["articles"] == 1


def test_past_is_told_once_and_only_where_asked(run: Run, untagged: Path) -> None:
    since = NOW.date().isoformat()
    assert answer(run, untagged)["alerts"] == 0
    assert answer(run, untagged, "--alert", "--since", since)["alerts"] == 2
    assert answer(run, untagged, "--alert", "--since", since)["alerts"] == 0
    assert answer(run, untagged, "--alert", "--since", OLD.date().isoformat())["alerts"] == 1


def test_all_tags_also_what_has_the_names(run: Run, untagged: Path) -> None:
    answer(run, untagged)
    found = answer(run, untagged, "--all")
    assert (found["articles"], found["changed"]) == (3, 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--since", "yesterday"), "expected --since like 7d"),
        (("--dry-run", "--alert"), "expected --dry-run or --alert"),
    ],
    ids=["time", "both"],
)
def test_what_cannot_be_done_is_said(run: Run, untagged: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run("retag", *arguments, folder=untagged)
    assert result.exit_code == 2
    assert said in " ".join(result.output.replace("│", " ").split())


def test_without_a_store_it_says_how_to_make_one(run: Run, tmp_path: Path) -> None:
    result = run("retag", folder=configured(tmp_path))
    assert result.exit_code == 65
    assert "there is no store" in result.output
