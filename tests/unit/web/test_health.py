from dataclasses import replace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from monitor.web.health import Pulse, ready_problems, render_metrics

WELL = Pulse(
    writer_answers=True,
    tick_age_s=1.0,
    free_bytes=10**10,
    outbox_age_s=0.0,
    counters={
        "articles": 6,
        "outcomes": {"stored": 5, "near_copy": 1},
        "deliveries": {'odd "state"\n': 2},
        "sources": {},
    },
)


def test_all_well_is_ready() -> None:
    assert list(ready_problems(WELL)) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"writer_answers": False}, "the database does not take writes"),
        ({"tick_age_s": 31.0}, "the last tick was 31 s ago"),
        ({"free_bytes": 50 * 1024 * 1024}, "only 50 MiB free on disk"),
        ({"outbox_age_s": 7_260.0}, "the oldest unsent message has been due for 121 min"),
    ],
)
def test_each_reason_is_named(change: dict[str, float], reason: str) -> None:
    assert list(ready_problems(replace(WELL, **change))) == [reason]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [{"tick_age_s": 30.0}, {"free_bytes": 100 * 1024 * 1024}, {"outbox_age_s": 3_600.0}, {"outbox_age_s": -5.0}],
    ids=str,
)
def test_a_bound_itself_is_well(change: dict[str, float]) -> None:
    assert list(ready_problems(replace(WELL, **change))) == []  # type: ignore[arg-type]


def test_several_reasons_are_all_named() -> None:
    assert len(list(ready_problems(replace(WELL, writer_answers=False, tick_age_s=99.0, free_bytes=0)))) == 3


def test_metrics_are_in_the_format_of_prometheus() -> None:
    families = text_string_to_metric_families(render_metrics(WELL).decode())
    samples = {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}
    assert samples == {
        ("newswatch_tick_age_seconds",): 1.0,
        ("newswatch_outbox_age_seconds",): 0.0,
        ("newswatch_free_bytes",): 1e10,
        ("newswatch_articles",): 6.0,
        ("newswatch_outcomes", "stored"): 5.0,
        ("newswatch_outcomes", "near_copy"): 1.0,
        ("newswatch_deliveries", 'odd "state"\n'): 2.0,
    }
