"""What is asked at every tick reads what waits, and not all that was ever told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from storage import alert_groups, hits, reroutes, silences, waiting
from storage.database import open_store
from tests.unit.storage.worlds import NOW, after

_LARGE = ("delivery", "delivery_hit", "hit", "story", "article", "silenced_hit", "waiting_hit", "alert_group")


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda s: waiting.waiting_of(s, ["a", "b"]), id="what waits"),
        pytest.param(lambda s: waiting.awaited(s, [1, 2]), id="what some hits wait for"),
        pytest.param(
            lambda s: hits.hits_after(s, rules=["a", "b"], after_id=0, limit=9, waiting_for="desk"), id="a digest"
        ),
        pytest.param(lambda s: hits.hits_of_story(s, "a", [1, 2]), id="what a rule said of a story"),
        pytest.param(
            lambda s: alert_groups.grown_groups(s, ["a"], since=NOW, until=after(hours=1)), id="what has grown"
        ),
        pytest.param(lambda s: alert_groups.note_growth(s, 1, now=NOW), id="whether it has"),
        pytest.param(lambda s: reroutes.call_back(s, "desk", NOW), id="messages to a channel that is gone"),
        pytest.param(lambda s: reroutes.take_back(s, [1, 2], "desk"), id="their hits"),
        pytest.param(lambda s: silences.count_silenced(s, ["a"], since=NOW, until=after(hours=1)), id="a footer"),
    ],
)
def test_question_reads_no_table_from_end_to_end(tmp_path: Path, ask: Callable[[Session], object]) -> None:
    store = open_store(tmp_path / "store.db", now=lambda: NOW)
    plans = store.write(lambda session: _plans(session, ask))
    store.close()

    assert plans
    assert not [plan for plan in plans for table in _LARGE if plan == f"SCAN {table}"]
    assert "story_merged_into" not in " ".join(plans)


def _plans(session: Session, ask: Callable[[Session], object]) -> list[str]:
    """Return the steps in which SQLite answers a question."""
    asked: list[tuple[str, tuple[object, ...]]] = []

    def note(*arguments: object) -> None:
        asked.append((str(arguments[2]), tuple(arguments[3])))  # type: ignore[arg-type]

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    ask(session)
    event.remove(connection, "before_cursor_execute", note)
    return [
        str(row[-1])
        for statement, values in asked
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    ]
