"""``newswatch silence``: begun, listed, ended, and what is said of one that cannot be."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.runtime import now
from storage.database import open_store
from tests.unit.cli.conftest import Program, configured


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an empty store and a rule."""
    configured(tmp_path)
    settings = json.loads((tmp_path / "sources.yaml").read_text(encoding="utf-8"))
    settings["channels"] = [{"id": "desk", "kind": "file"}]
    settings["rules"] = [{"id": "models", "entities": ["model:*"], "channels": ["desk"]}]
    (tmp_path / "sources.yaml").write_text(json.dumps(settings), encoding="utf-8")
    (tmp_path / "data").mkdir()
    open_store(tmp_path / "data" / "newswatch.db", now=now).close()
    return tmp_path


@pytest.fixture
def silence(program: Program, folder: Path) -> Any:
    """Return a function that runs a subcommand on the folder."""
    options = ("--config", str(folder / "sources.yaml"), "--data", str(folder / "data"))

    def command(name: str, *arguments: str) -> Any:
        return program(["silence", name, *options, *arguments], env={"COLUMNS": "160"})

    return command


def test_silence_is_begun_listed_and_ended(silence: Any) -> None:
    begun = silence("add", "title:备案", "--rule", "models", "--for", "2h", "--comment", "已知 \n 不必再说")
    listed = silence("list")
    ended = silence("end", "1")

    assert begun.stdout.startswith("Silence 1 holds until ")
    assert "rule models, title:" in listed.stdout
    assert "已知 不必再说" in listed.stdout
    assert ended.stdout == "Ended: 1\n"
    assert silence("list").stdout == "No silence holds now. Those of the past: --all\n"
    assert "(over)" in silence("list", "--all").stdout


def test_silence_as_json_has_ids_for_names(silence: Any) -> None:
    made = json.loads(silence("add", "--entity", "通义千问", "--for", "1d", "--json").stdout)["silence"]
    (listed,) = json.loads(silence("list", "--json").stdout)["silences"]

    assert made["entity"] == "model:tongyi-qianwen"
    assert (listed["id"], listed["over"], listed["kept_quiet"]) == (made["id"], False, 0)
    assert json.loads(silence("end", str(made["id"]), "--json").stdout) == {"ended": [made["id"]]}


def test_silence_may_end_at_a_local_time(silence: Any) -> None:
    day = (now() + timedelta(days=3)).date()

    made = json.loads(silence("add", "*", "--until", f"{day}T18:00", "--json").stdout)["silence"]

    assert made["ends_at"] == f"{day}T10:00:00.000000Z"  # settings.timezone is Asia/Shanghai


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--for", "2h"], "expected what to be silent of", id="of nothing"),
        pytest.param(["*"], "expected how long", id="for no time"),
        pytest.param(["*", "--for", "2h", "--until", "2026-11-30"], "expected how long", id="for two times"),
        pytest.param(["*", "--for", "0s"], "expected an end within", id="over at once"),
        pytest.param(["*", "--for", "2 hours"], "expected a duration", id="a duration in words"),
        pytest.param(["*", "--until", "tomorrow"], "expected a date or a time", id="a date in words"),
        pytest.param(["*", "--until", "1999-01-01"], "expected an end within", id="in the past"),
        pytest.param(["*", "--for", "9000d"], "expected at most", id="for ever"),
        pytest.param(["title:", "--for", "2h"], "title:", id="a query that is none"),
        pytest.param(["--rule", "modles", "--for", "2h"], "unknown rule 'modles'; known: models", id="an unknown rule"),
        pytest.param(["--source", "wir", "--for", "2h"], "unknown source 'wir'; known: wire", id="an unknown source"),
        pytest.param(["--entity", "没有这个", "--for", "2h"], "没有这个", id="an unknown entity"),
    ],
)
def test_silence_that_cannot_be_begun_says_why(silence: Any, arguments: list[str], said: str) -> None:
    answer = silence("add", *arguments)

    assert answer.exit_code == 2
    assert said in " ".join(answer.output.replace("│", " ").split())
    assert "Traceback" not in answer.output


def test_silence_that_does_not_hold_cannot_be_ended(silence: Any) -> None:
    answer = silence("end", "7")

    assert answer.exit_code == 1
    assert "no silence that holds has the number 7" in answer.output


def test_empty_list_says_so(silence: Any) -> None:
    assert silence("list", "--all").stdout == "No silence was ever made.\n"
