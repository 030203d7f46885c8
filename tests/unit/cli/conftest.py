"""A store with a near-copy, an alert, a dead message and a title full of what terminals obey; and the program."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from monitor.__main__ import app
from monitor.urls import url_key
from storage import articles, frontier, hits, outbox
from storage.database import open_store
from storage.records import Edge, Outcome, VerdictKind
from tests.unit.storage.worlds import HOST, NOW, after, article, evidence, hit, new_item, poll, spec

HOSTILE = "红\x1b[31m色\x9b2J\u202e倒\u2066置\x07\ud800\n第二行"
LEASE_S = 300.0

Program = Callable[..., Result]
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def program() -> Program:
    """Return a function that runs the program as ``main`` does: the command that is asked for stands alone."""

    def invoke(arguments: Sequence[str], env: Mapping[str, str | None] | None = None) -> Result:
        return CliRunner().invoke(app(*arguments[:1]), arguments, env=env)

    return invoke


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a configuration and a filled store beside it."""
    folder = configured(tmp_path_factory.mktemp("stored"))
    (folder / "data").mkdir()
    store = open_store(folder / "data" / "newswatch.db", now=lambda: NOW)
    store.write(_fill)
    store.close()
    return folder


def configured(folder: Path) -> Path:
    """Write a configuration into a folder and return the folder."""
    source = {"id": "wire", "kind": "feed", "url": f"https://{HOST}/wire.xml"}
    (folder / "sources.yaml").write_text(json.dumps({"sources": [source]}), encoding="utf-8")
    return folder


@pytest.fixture
def run(program: Program, stored: Path) -> Run:
    """Return a function that runs a command on the filled store, or on that of another folder."""

    def command(name: str, *arguments: str, folder: Path = stored) -> Result:
        options = ["--config", str(folder / "sources.yaml"), "--data", str(folder / "data")]
        return program([name, *options, *arguments], env={"COLUMNS": "100"})

    return command


def _key(name: str) -> str:
    return url_key(f"https://{HOST}/{name}")


def _fill(session: Session) -> None:
    frontier.sync_sources(session, [spec()], now=NOW)
    (visit,) = frontier.claim_visits(session, now=NOW, owner="me", lease_s=LEASE_S, limit=1)
    frontier.settle_poll(
        session, poll(*(replace(new_item(name), key=_key(name)) for name in "abcd")), host=visit.host, owner=visit.owner
    )
    frontier.finish_visit(session, visit.host, visit.owner)
    (visit,) = frontier.claim_visits(session, now=after(hours=1), owner="me", lease_s=LEASE_S, limit=1)
    first, second, third, _ = visit.items
    one, story = articles.insert_article(
        session,
        replace(article("a", "正文一", title=HOSTILE), key=_key("a")),
        verdict=VerdictKind.NEW,
        story_id=None,
        now=NOW,
    )
    two, _ = articles.insert_article(
        session,
        replace(article("b", "正文\u3000二"), key=_key("b")),
        verdict=VerdictKind.NEAR_COPY,
        story_id=story,
        now=NOW,
    )
    edge = Edge(from_id=two, to_id=one, verdict=VerdictKind.NEAR_COPY, evidence=evidence())
    articles.add_edge(session, edge, now=NOW)
    for item, outcome, detail, article_id in (
        (first, Outcome.STORED, None, one),
        (second, Outcome.NEAR_COPY, None, two),
        (third, Outcome.BLOCKED, f"wall: {HOSTILE}", None),
    ):
        held = {"host": visit.host, "owner": visit.owner, "now": NOW}
        frontier.settle_item(session, item.id, outcome, detail, **held, article_id=article_id)  # type: ignore[arg-type]
    hit_id = hits.add_hit(session, hit(story, one), now=NOW)
    assert hit_id is not None
    payload = {"subject": "s", "text": "t", "html": None, "data": {}}
    outbox.enqueue(
        session, key="k", channel="mail", reason="new", payload=payload, due_at=NOW, now=NOW, hit_ids=[hit_id]
    )
    (message,) = outbox.claim(session, now=NOW, owner="me", lease_s=LEASE_S, limit=1, channels=["mail"])
    outbox.settle_dead(session, message.id, "me", now=NOW, reason=f"550 {HOSTILE}")
