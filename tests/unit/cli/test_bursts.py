"""``newswatch bursts``: what bursts, what fell silent, in words and as JSON, and that it is too early to say."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from monitor.runtime import now
from storage import articles
from storage.database import open_store
from storage.records import VerdictKind
from tests.unit.cli.conftest import Run, configured
from tests.unit.storage.worlds import article, mention

BUSY, GONE, UNTRACKED = "model:deepseek", "model:qwen", "model:gone"


def filled(folder: Path, days: int) -> Path:
    """Fill a store with some days: a burst of one name yesterday, another that ended nine days ago."""
    configured(folder)
    (folder / "data").mkdir()
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    store = open_store(folder / "data" / "newswatch.db", now=now)
    store.write(lambda session: _fill(session, today, days))
    store.close()
    return folder


def _fill(session: Session, today: datetime, days: int) -> None:
    for back in range(1, days + 1):
        told = {BUSY: 24 if back == 1 else 4, GONE: 4 if back > 9 else 0, UNTRACKED: 4 if back > 9 else 0}
        for entity, count in told.items():
            for number in range(count):
                at = today - timedelta(days=back) + timedelta(hours=number)
                key = f"{entity} {back} {number}"
                value = article(key, text=key, published=None, mentions=(mention(entity, 0, "model"),))
                articles.insert_article(session, value, verdict=VerdictKind.NEW, story_id=None, now=at)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("bursts"), 45)


@pytest.fixture(scope="module")
def young(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("young"), 3)


def said(run: Run, folder: Path, *arguments: str) -> str:
    answer = run("bursts", *arguments, folder=folder)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def data(run: Run, folder: Path, *arguments: str) -> Any:
    return json.loads(said(run, folder, *arguments, "--json"))


def test_bursts_and_silences_are_told_in_words(run: Run, told: Path) -> None:
    text = said(run, told)

    assert "DeepSeek (model:deepseek), now, since " in text
    assert "24 stories on " in text
    assert "is usual; so many come by chance" in text
    assert "Qwen (model:qwen), no new story since " in text
    assert "At most one false burst of a name in 100 days" in text
    assert f"newswatch feed --entity {BUSY} --config {told}/sources.yaml" in text


def test_json_has_the_numbers(run: Run, told: Path) -> None:
    found = data(run, told)

    assert [(one["entity"], one["name"], one["is_now"], one["stories"]) for one in found["bursts"]] == [
        (BUSY, "DeepSeek", True, 24)
    ]
    peak = found["bursts"][0]["peak"]
    assert (peak["unit"], peak["stories"]) == ("day", 24)
    assert peak["low"] <= 4 <= peak["high"] < 24
    assert found["days_per_false_alarm"] == 100
    assert "outlook" not in found


def test_what_is_not_tracked_any_more_is_not_silent(run: Run, told: Path) -> None:
    assert [one["entity"] for one in data(run, told)["silent"]] == [GONE]
    assert [one["name"] for one in data(run, told, "--entity", UNTRACKED)["silent"]] == [None]


def test_one_entity_is_shown_with_what_is_usual_today(run: Run, told: Path) -> None:
    found = data(run, told, "--entity", "deepseek")

    assert (found["entity"], found["silent"], len(found["bursts"])) == (BUSY, [], 1)
    assert found["outlook"]["today"]["stories"] == 0
    assert found["outlook"]["today"]["high"] < found["outlook"]["limits"]["day"]
    assert "a burst begins at " in said(run, told, "--entity", "deepseek")


def test_times_before_the_burst_have_none(run: Run, told: Path) -> None:
    assert [one["entity"] for one in data(run, told, "--since", "20d")["bursts"]] == [BUSY]
    text = said(run, told, "--since", "0h", "--entity", "kimi")

    assert text.startswith("No bursts since ")


def test_before_a_week_was_watched_it_says_from_when_on(run: Run, young: Path) -> None:
    known_from = data(run, young)["known_from"]

    assert said(run, young).startswith("Too early: what is usual is known after seven whole days of watching, from ")
    assert known_from[:10] in said(run, young)


def test_empty_store_says_so(run: Run, tmp_path: Path) -> None:
    folder = filled(tmp_path, 0)

    assert said(run, folder).startswith("No articles yet.")
    assert data(run, folder)["known_from"] is None


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("--entity", "nobody"), 1, "unknown entity 'nobody'"),
        (("--since", "yesterday"), 2, "expected --since like 7d"),
        (("--since", "2001-01-01"), 2, "expected --since of at most 366 days ago"),
    ],
    ids=["unknown name", "no time", "too long ago"],
)
def test_wrong_options_are_told(run: Run, told: Path, arguments: tuple[str, ...], status: int, message: str) -> None:
    answer = run("bursts", *arguments, folder=told)

    assert answer.exit_code == status
    assert message in " ".join(answer.stderr.replace("│", " ").split())
