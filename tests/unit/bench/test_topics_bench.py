"""The bench of topics counts what it says it counts, and its reports are labelled as their files are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.topic_reports import Report, articles_of, load, relation
from bench.topics import grouped, score

REPORTS = load("held_out")


def _pair(report: Report, **changes: str) -> tuple[Report, Report]:
    return report, replace(report, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "same"),
        ({"event": "another"}, "hard"),
        ({"event": f"{REPORTS[0].event}+1"}, "follow-up"),
        ({"family": "another"}, "other"),
    ],
)
def test_relation_of_two_reports(changes: dict[str, str], expected: str) -> None:
    assert relation(*_pair(REPORTS[0], **changes)) == expected


def test_perfect_grouping_scores_one_and_one_heap_is_imprecise() -> None:
    events = [hash((one.family, one.event)) for one in REPORTS]

    perfect, heap = score(REPORTS, events), score(REPORTS, [1] * len(REPORTS))

    assert {perfect[name] for name in ("precision", "recall", "b3_precision", "b3_recall")} == {1.0}
    assert perfect["wrong"] == 0
    assert heap["recall"] == 1.0
    assert heap["precision"] < 0.1


def test_rule_groups_no_two_events_of_the_part_held_out() -> None:
    found = score(REPORTS, grouped(articles_of(REPORTS)))

    assert found["wrong"] == 0
    assert found["recall"] >= 0.6


def test_texts_of_no_two_reports_are_equal() -> None:
    texts = [one.text for part in ("tuned", "held_out") for one in load(part)]

    assert len(set(texts)) == len(texts)
