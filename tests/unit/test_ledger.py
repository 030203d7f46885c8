"""What a poll says of what may have been missed, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor import ledger, rhythm
from monitor.ledger import Poll
from monitor.sources import kinds
from monitor.types import Collected, Unchanged
from storage.polls import Forecast
from storage.records import NewItem, Published, SourceState
from tests.contract.fake_port import state_of

SATURDAY = datetime(2026, 3, 7, 8, tzinfo=UTC)
URL = "https://news.example/feed"
POLLED = replace(
    state_of("wire", "feed", URL, "news.example"),
    last_success_at=SATURDAY - timedelta(hours=1),
    last_new_at=SATURDAY - timedelta(hours=5),
)


def items(count: int, published: Published | None = None) -> tuple[NewItem, ...]:
    return tuple(
        NewItem(url=f"https://news.example/{n}", key=str(n), host="news.example", published=published)
        for n in range(count)
    )


def polled(
    collected: Collected | Unchanged, source: SourceState = POLLED, forecast: Forecast | None = None, **more: Any
) -> SourceState:
    """Return the source after a poll that worked."""
    settings = kinds()[source.kind].Settings(id="wire", kind=source.kind, url=URL, **more)
    poll = Poll(source=source, settings=settings, collected=collected, now=SATURDAY, forecast=forecast or Forecast())
    pacing, notices = ledger.success(poll, ledger.learn(poll, start_s=900), None)
    return replace(source, pacing=pacing, notices=notices)


def codes(source: SourceState) -> list[str]:
    return [code for code, _ in source.notices]


@pytest.mark.parametrize(
    ("found", "forecast", "told"),
    [
        pytest.param({}, Forecast(new=10, overlap=0), ["gap"], id="nothing known"),
        pytest.param({}, Forecast(new=10, overlap=None), [], id="the first list"),
        pytest.param({}, Forecast(new=9, overlap=1), [], id="one entry known"),
        pytest.param({}, Forecast(new=0, overlap=0), [], id="another list of known entries"),
        pytest.param({}, Forecast(new=3, overlap=0), [], id="another list, mostly known"),
        pytest.param({"quiet_days": frozenset({5})}, Forecast(new=10, overlap=0), [], id="a quiet day"),
    ],
)
def test_a_gap_is_a_list_of_unknown_entries(found: dict[str, Any], forecast: Forecast, told: list[str]) -> None:
    assert codes(polled(Collected(found=items(10), **found), forecast=forecast)) == told


def test_a_page_has_neither_gaps_nor_silence() -> None:
    page = replace(POLLED, kind="page")
    after = polled(Collected(found=items(1)), page, Forecast(new=1, overlap=0))
    assert (codes(after), after.pacing["silent_at"], after.pacing["per_day"]) == ([], None, None)
    watched = polled(Unchanged(status=304), page, silent_after="3d")
    assert watched.pacing["silent_at"] is not None


def test_what_a_kind_says_is_kept_while_nothing_changes() -> None:
    drifted = polled(Collected(found=items(3), notices=(("drift", "other rows"),)))
    again = polled(Unchanged(status=304), drifted)
    assert again.notices == (("drift", "other rows"),)
    assert again.pacing["since"] == drifted.pacing["since"]
    assert codes(polled(Collected(found=items(3)), again)) == []


def test_quiet_days_are_remembered_while_nothing_changes() -> None:
    quiet = polled(Collected(found=items(3), quiet_days=frozenset({6, 5})))
    assert polled(Unchanged(status=304), quiet).pacing["rhythm"]["quiet"] == [5, 6]


@pytest.mark.parametrize(
    ("value", "precision", "counts"),
    [
        ("2026-03-07T15:30+08:00", "minute", True),
        ("2026-03-07", "day", False),
        ("2026-03-07T15:30", "minute", False),
        ("yesterday", "minute", False),
    ],
)
def test_only_times_to_the_minute_say_how_often_there_is_news(value: str, precision: str, counts: bool) -> None:
    found = items(20, Published(value=value, precision=precision, origin="feed"))
    first = polled(Collected(found=found), replace(POLLED, last_success_at=None))
    learnt = rhythm.Rhythm.from_json(first.pacing["rhythm"])
    assert (learnt.news[7] > rhythm.start(900).news[7] + 1) is counts


def test_what_was_told_stays_told() -> None:
    since = "2026-03-01T00:00:00+00:00"
    told = replace(POLLED, pacing={"told": {"silent": since}, "untold": [["gap", "some were missed", since]]})
    pacing = polled(Unchanged(status=304), told).pacing
    assert (pacing["told"], pacing["untold"]) == (told.pacing["told"], told.pacing["untold"])
