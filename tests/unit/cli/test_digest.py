"""``newswatch digest preview``: what would be sent now, and nothing comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from typer.testing import Result

from monitor.runtime import now
from storage import articles, hits, waiting
from storage.database import open_reader, open_store
from storage.records import VerdictKind
from storage.tables import deliveries, digests
from tests.unit.cli.conftest import Program
from tests.unit.storage.worlds import article, hit

_HOUR = timedelta(hours=1)
_CONFIGURATION = {
    "sources": [{"id": "wire", "kind": "folder", "path": "news"}],
    "channels": [
        {"id": "silent", "kind": "file"},
        {"id": "desk", "kind": "file"},
        {"id": "abroad", "kind": "file", "language": "en"},
    ],
    "rules": [
        {"id": "models", "any": ["大模型"], "channels": ["desk", "abroad"]},
        {"id": "loud", "any": ["备案"], "channels": ["silent"], "mode": "instant"},
    ],
}

Preview = Callable[..., Result]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configuration and a store with two hits, an hour and three days old, of which the newer one waits."""
    folder = tmp_path_factory.mktemp("digests")
    (folder / "news").mkdir()
    (folder / "data").mkdir()
    (folder / "sources.yaml").write_text(json.dumps(_CONFIGURATION), encoding="utf-8")
    store = open_store(folder / "data" / "newswatch.db", now=now)
    store.write(_fill)
    store.close()
    return folder


def _fill(session: Session) -> None:
    for key, age in (("old", 72 * _HOUR), ("new", _HOUR)):
        told = article(key, f"大模型{key}。", title=f"title {key}")
        id_, story_id = articles.insert_article(session, told, verdict=VerdictKind.NEW, story_id=None, now=now() - age)
        hit_id = hits.add_hit(session, hit(story_id, id_), now=now() - age)
        if key == "new" and hit_id:
            waiting.wait(session, hit_id, "models", ["desk", "abroad"])


@pytest.fixture
def preview(program: Program, folder: Path) -> Preview:
    def command(*arguments: str) -> Result:
        options = ["--config", str(folder / "sources.yaml"), "--data", str(folder / "data")]
        return program(["digest", "preview", *options, *arguments])

    return command


def _titles(result: Result) -> list[str]:
    return [story["title"] for story in json.loads(result.stdout)["stories"]]


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        pytest.param((), ["title new"], id="what waits"),
        pytest.param(("--since", "24h"), ["title new"], id="so long ago"),
        pytest.param(("--since", "7d"), ["title new", "title old"], id="further back"),
    ],
)
def test_preview_tells_what_was_found(preview: Preview, options: tuple[str, ...], titles: list[str]) -> None:
    assert _titles(preview("--json", *options)) == titles


def test_preview_leaves_out_what_a_silence_keeps_quiet(program: Program, folder: Path, preview: Preview) -> None:
    options = ["--config", str(folder / "sources.yaml"), "--data", str(folder / "data")]
    silence = [["silence", "add", *options, "title:new", "--for", "1h"], ["silence", "end", *options, "1"]]

    assert program(silence[0]).exit_code == 0
    titles = _titles(preview("--json", "--since", "7d"))
    assert program(silence[1]).exit_code == 0

    assert titles == ["title old"]


def test_first_channel_with_a_digest_is_shown_in_its_words(preview: Preview) -> None:
    desk, abroad = preview(), preview("--channel", "abroad", "--markdown")

    assert desk.stdout.startswith("新闻摘要\n1 条新闻\n")
    assert "来源：new 日报" in desk.stdout
    assert abroad.stdout.startswith("# News digest\n\n**1 story**")


def test_html_is_written_to_a_file(preview: Preview, tmp_path: Path) -> None:
    page = tmp_path / "digest.html"

    result = preview("--html", str(page))

    assert (result.exit_code, result.stdout) == (0, "")
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "title new" in page.read_text("utf-8")


def test_preview_marks_nothing(preview: Preview, folder: Path) -> None:
    assert preview("--since", "7d").exit_code == 0

    store = open_reader(folder / "data" / "newswatch.db")
    with store.read() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (digests, deliveries)]
    store.close()
    assert counts == [0, 0]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(("--channel", "nope"), "that gets digests (desk, abroad), found 'nope'", id="name"),
        pytest.param(("--channel", "silent"), "expected a channel that gets digests (desk, abroad)", id="instant only"),
        pytest.param(("--since", "soon"), "expected --since like 7d, 12h or 2026-11-01, found 'soon'", id="time"),
        pytest.param(("--text", "--json"), "expected one of --text, --markdown and --json", id="two forms"),
        pytest.param(("--html", "/nowhere/at/all.html"), "cannot write /nowhere/at/all.html", id="file"),
    ],
)
def test_what_cannot_be_shown_is_refused(preview: Preview, options: tuple[str, ...], said: str) -> None:
    result = preview(*options)

    assert result.exit_code != 0
    assert said in " ".join(result.stderr.split())


def test_nothing_to_tell_is_said(preview: Preview) -> None:
    nothing, as_json = preview("--since", "1m"), preview("--since", "1m", "--json")

    assert nothing.stdout == "Nothing to tell desk: no rule found anything since 1m. Further back: --since 7d\n"
    assert json.loads(as_json.stdout)["stories"] == []
