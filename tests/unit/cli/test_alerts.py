"""``newswatch alerts``: what a hit without a message waits for, or what kept it quiet."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from monitor.runtime import now
from storage import hits, outbox, silences, waiting
from storage.articles import insert_article, revise_article
from storage.database import open_store
from storage.records import HitReason, VerdictKind
from tests.unit.cli.conftest import Program, configured
from tests.unit.storage.worlds import article, hit

_NOW = [{"at": f"{(now().hour - 1) % 24:02}:00-{(now().hour + 20) % 24:02}:00", "timezone": "UTC"}]
_RULE: dict[str, Any] = {"id": "models", "entities": ["model:*"], "channels": ["desk"]}


def _waits(session: Session, hit_id: int) -> None:
    waiting.wait(session, hit_id, "models", ["desk"])


def _silenced(session: Session, hit_id: int) -> None:
    until = now().replace(year=now().year + 1)
    made = silences.add_silence(session, comment="", starts_at=now(), ends_at=until, rule="models")
    silences.quiet(session, made.id, [hit_id], now=now())


def _enqueued(session: Session, hit_id: int) -> None:
    row: dict[str, Any] = {"key": "k", "channel": "desk", "reason": "new", "payload": {}, "hit_ids": [hit_id]}
    outbox.enqueue(session, due_at=now(), now=now(), **row)


def _nothing(session: Session, hit_id: int) -> None: ...


@pytest.mark.parametrize(
    ("rule", "became", "words", "state"),
    [
        pytest.param({}, _waits, "waits for a digest", "digest", id="digest"),
        pytest.param({"mode": "instant", "mute": _NOW}, _waits, "desk: muted until ", "muted", id="muted"),
        pytest.param(
            {"mode": "instant", "group_by": ["vendor"], "group_wait": "1d"},
            _waits, "desk: waits for its group", "grouped", id="grouped",
        ),
        pytest.param(
            {"id": "other"}, _waits, "desk: waits, but the rule or the channel is not configured", "unclaimed",
            id="gone",
        ),
        pytest.param({}, _silenced, "silenced by 1", None, id="silenced"),
        pytest.param({}, _nothing, "no message", None, id="nothing"),
    ],
)  # fmt: skip
def test_hit_without_a_message_says_why(
    program: Program,
    tmp_path: Path,
    rule: dict[str, Any],
    became: Callable[[Session, int], None],
    words: str,
    state: str | None,
) -> None:
    _configure(tmp_path, rule)
    _fill(tmp_path, became)

    options = ["alerts", "--config", str(tmp_path / "sources.yaml"), "--data", str(tmp_path / "data")]
    shown = program(options, env={"COLUMNS": "200"})
    (alert,) = json.loads(program([*options, "--json"]).stdout)["alerts"]

    assert words in shown.stdout
    assert [one["state"] for one in alert["waiting"]] == ([state] if state else [])
    assert (alert["silence_id"] == 1) == (became is _silenced)


def _configure(folder: Path, rule: dict[str, Any], channel: dict[str, Any] | None = None) -> None:
    configured(folder)
    settings = json.loads((folder / "sources.yaml").read_text(encoding="utf-8"))
    settings |= {"channels": [{"kind": "file", **(channel or {"id": "desk"})}], "rules": [_RULE | rule]}
    (folder / "sources.yaml").write_text(json.dumps(settings), encoding="utf-8")


def _fill(folder: Path, became: Callable[[Session, int], None]) -> None:
    def fill(session: Session) -> None:
        article_id, story_id = insert_article(session, article("a"), verdict=VerdictKind.NEW, story_id=None, now=now())
        hit_id = hits.add_hit(session, hit(story_id, article_id), now=now())
        assert hit_id is not None
        became(session, hit_id)

    (folder / "data").mkdir()
    store = open_store(folder / "data" / "newswatch.db", now=now)
    store.write(fill)
    store.close()


def test_hits_of_one_rule_are_listed_by_any_of_its_names(program: Program, tmp_path: Path) -> None:
    _configure(tmp_path, {"id": "models", "was": ["names"]})
    _fill(tmp_path, _nothing)
    options = ["alerts", "--config", str(tmp_path / "sources.yaml"), "--data", str(tmp_path / "data"), "--rule"]

    found = [len(json.loads(program([*options, name, "--json"]).stdout)["alerts"]) for name in ("models", "names")]
    unknown = program([*options, "modles"])

    assert found == [1, 1]
    assert (unknown.exit_code, "unknown rule 'modles'; known: models" in unknown.output) == (2, True)


def test_title_of_a_hit_is_that_of_its_time(program: Program, tmp_path: Path) -> None:
    _configure(tmp_path, {})
    _fill(tmp_path, _nothing)
    later = now() + timedelta(hours=1)
    store = open_store(tmp_path / "data" / "newswatch.db", now=now)
    store.write(lambda s: revise_article(s, 1, article("a", title="罚款8万元"), evidence=None, now=later))
    store.write(lambda s: hits.add_hit(s, hit(1, 1, reason=HitReason.CHANGED, token="8"), now=later))
    store.close()

    options = ["alerts", "--config", str(tmp_path / "sources.yaml"), "--data", str(tmp_path / "data"), "--json"]
    shown = [one["title"] for one in json.loads(program(options).stdout)["alerts"]]

    assert shown == ["罚款8万元", article("a").title]


def test_channel_with_another_name_is_shown_with_that_of_the_time(program: Program, tmp_path: Path) -> None:
    _configure(tmp_path, {"channels": ["bureau"]}, {"id": "bureau", "was": ["desk"]})
    _fill(tmp_path, _enqueued)
    options = ["--config", str(tmp_path / "sources.yaml"), "--data", str(tmp_path / "data")]

    listed = program(["alerts", *options], env={"COLUMNS": "200"}).stdout
    told = program(["why", "1", *options]).stdout

    assert "bureau (then desk): pending" in listed
    assert "in the outbox for bureau (then desk) since " in told
