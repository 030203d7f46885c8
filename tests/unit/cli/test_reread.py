"""``newswatch reread`` as its user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import Result

from monitor.urls import url_key
from storage import articles as article_store
from storage import frontier, raws
from storage.database import Session, open_store
from storage.raws import pack
from storage.records import Outcome, RawPage, VerdictKind
from storage.tables import articles
from tests.unit.cli.conftest import Program, configured
from tests.unit.storage.worlds import HOST, NOW, article, new_item, poll, spec

TEXT = "某省发布人工智能产业规划，提出到明年建成十个算力中心，并支持企业研发大模型。" * 3
PAGE = f"<html><title>规划发布</title><body><article><h1>规划发布</h1><p>{TEXT}</p></article></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with one article that was read badly, and its page."""
    configured(tmp_path)
    (tmp_path / "data").mkdir()
    store = open_store(tmp_path / "data" / "newswatch.db", now=lambda: NOW)
    store.write(_fill)
    store.close()
    return tmp_path


def _fill(session: Session) -> None:
    url = f"https://{HOST}/plan"
    frontier.sync_sources(session, (spec("wire"),), now=NOW)
    (visit,) = frontier.claim_visits(session, now=NOW, owner="me", lease_s=60, limit=1)
    frontier.settle_poll(session, poll(new_item("plan", url=url), source_id="wire"), host=HOST, owner=visit.owner)
    frontier.finish_visit(session, HOST, visit.owner)
    (visit,) = frontier.claim_visits(session, now=NOW, owner="me", lease_s=60, limit=1)
    bad = article(url_key(url), url=url, title="首页", text="导航\n" + TEXT)
    article_id, _ = article_store.insert_article(session, bad, verdict=VerdictKind.NEW, story_id=None, now=NOW)
    session.execute(update(articles).values(url=url))
    frontier.settle_item(session, 1, Outcome.STORED, None, host=HOST, owner=visit.owner, now=NOW, article_id=article_id)
    raws.keep(session, 1, [pack(RawPage(url=url, content_type="text/html", fetched_at=NOW, body=PAGE.encode()))])


def run(program: Program, folder: Path, *arguments: str) -> Result:
    options = ["--config", str(folder / "sources.yaml"), "--data", str(folder / "data")]
    return program(["reread", *options, *arguments])


def test_a_look_shows_the_change_and_makes_none(program: Program, folder: Path) -> None:
    for _ in range(2):
        shown = run(program, folder, "--dry-run")
        assert shown.exit_code == 0
        assert "title: 首页 → 规划发布" in shown.output
        assert "  - 导航" in shown.output


def test_without_a_terminal_nothing_is_changed_unasked(program: Program, folder: Path) -> None:
    asked = run(program, folder)
    assert "Nothing was changed. Apply with --yes" in asked.output


def test_yes_applies_and_the_next_look_finds_nothing(program: Program, folder: Path) -> None:
    applied = json.loads(run(program, folder, "--yes", "--json").stdout)
    assert (applied["applied"], applied["effects"]["changed"]) == (True, 1)
    left = json.loads(run(program, folder, "--dry-run", "--json").stdout)
    assert (left["applied"], left["effects"]["unchanged"], left["changes"]) == (False, 1, [])


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("--since", "7x"), 2, "expected --since like 7d, 12h or 2026-11-01, found '7x'"),
        (("--source", "wier"), 1, "no source 'wier'; known: wire"),
        (("--since", "2100-01-01"), 0, "No kept page matches"),
    ],
    ids=["since", "source", "nothing"],
)
def test_a_wish_that_cannot_be_met_is_one_clear_line(
    program: Program, folder: Path, arguments: tuple[str, ...], status: int, message: str
) -> None:
    found = run(program, folder, *arguments)
    assert (found.exit_code, message in found.output) == (status, True)


def test_without_a_store_the_next_step_is_named(program: Program, tmp_path: Path) -> None:
    found = run(program, configured(tmp_path))
    assert found.exit_code == 65
    assert "newswatch run" in found.output
