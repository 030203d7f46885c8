"""When to ask again: polls and items, as tables."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import schedule
from monitor.config import FetchSettings, PollSettings
from monitor.ledger import Poll
from monitor.moves import Move
from monitor.sources import kinds
from monitor.types import Collected, Failed, Rejected, Unchanged
from storage.columns import utc_text
from storage.polls import Forecast
from storage.records import Item, NewItem, Outcome, PollRecord, SourceState, Validators

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
BOUNDS = PollSettings()
HOUR = 3_600.0
SOURCE = SourceState(
    id="wire",
    kind="feed",
    url="https://news.example/feed",
    host="news.example",
    group=None,
    due_at=NOW,
    interval_s=1_800,
    failures=0,
    validators=Validators(etag='"1"'),
    body_hash="b",
    cursor={},
    last_polled_at=NOW - timedelta(hours=1),
    last_success_at=NOW - timedelta(hours=1),
    last_new_at=None,
    last_error=None,
)
ITEM = Item(
    id=1,
    source_id="wire",
    url="https://news.example/a",
    key="a",
    host="news.example",
    title=None,
    published=None,
    authors=(),
    version=None,
    payload=None,
    payload_type=None,
    payload_at=None,
    attempts=0,
    discovered_at=NOW,
)
FOUND = tuple(NewItem(url=f"https://news.example/{n}", key=str(n), host="news.example") for n in range(10))


def settings(**more: Any) -> Any:
    return kinds()["feed"].Settings(id="wire", kind="feed", url="https://news.example/feed", **more)


def poll(
    collected: Any,
    source: SourceState = SOURCE,
    *,
    new: int = 0,
    overlap: int | None = None,
    bounds: PollSettings = BOUNDS,
    now: datetime = NOW,
    crawl_delay_s: float = 0.0,
    **more: Any,
) -> PollRecord:
    one = Poll(
        source=source,
        settings=settings(**more),
        collected=collected,
        now=now,
        forecast=Forecast(new=new, overlap=overlap),
        crawl_delay_s=crawl_delay_s,
        duration_s=0.5,
    )
    return schedule.poll_record(one, bounds, Move(address=source.address))


def polled_for(*, days: int, news: int, every_h: int) -> SourceState:
    """Return a source that had so much news at each of its polls until now."""
    source = replace(SOURCE, last_success_at=None)
    at = NOW - timedelta(days=days)
    while at < NOW:
        record = poll(Collected(found=FOUND), source, new=news, overlap=5, now=at)
        source = replace(source, last_success_at=at, last_new_at=at if news else None, pacing=record.pacing)
        at += timedelta(hours=every_h)
    return source


def failed(reason: Outcome = Outcome.TIMEOUT, **more: Any) -> Failed:
    return Failed(reason=reason, detail="not done within 30 s", **more)


WALL = Rejected(rejected=Outcome.BLOCKED, detail="a check for robots")


# ------------------------------------------------------------------------------------------------ items


@pytest.mark.parametrize(
    ("result", "attempts", "again"),
    [
        pytest.param(failed(), 0, True, id="a timeout"),
        pytest.param(failed(), 9, True, id="the last attempt but one"),
        pytest.param(failed(), 10, False, id="the last attempt"),
        pytest.param(failed(), 40, False, id="far beyond"),
        pytest.param(failed(Outcome.GONE), 6, True, id="not there yet"),
        pytest.param(failed(Outcome.GONE), 7, False, id="not there after two hours"),
        pytest.param(failed(Outcome.GONE, permanent=True), 0, False, id="gone for good"),
        pytest.param(failed(Outcome.HTTP_ERROR, retry_after_s=600.0), 10, False, id="a pause after the last attempt"),
        pytest.param(Rejected(rejected=Outcome.POISON, detail="x"), 0, True, id="poison once"),
        pytest.param(Rejected(rejected=Outcome.POISON, detail="x"), 1, False, id="poison twice"),
        pytest.param(Rejected(rejected=Outcome.TOO_SHORT, detail="x"), 0, False, id="too short"),
        pytest.param(WALL, 0, True, id="a wall"),
        pytest.param(WALL, 3, True, id="a wall, the last attempt but one"),
        pytest.param(failed(Outcome.BLOCKED, status=403), 3, True, id="forbidden"),
    ],
)
def test_an_item_is_tried_again_or_settled(result: Failed | Rejected, attempts: int, again: bool) -> None:
    plan = schedule.plan(result, replace(ITEM, attempts=attempts), now=NOW)
    assert (plan.retry_at is not None) is again
    assert plan.reason is (result.rejected if isinstance(result, Rejected) else result.reason)


def test_waits_double_from_a_minute_within_their_jitter() -> None:
    waits = [schedule.plan(failed(), replace(ITEM, attempts=n), now=NOW).retry_at for n in range(7)]
    for number, at in enumerate(waits):
        assert at is not None
        assert 0.9 <= (at - NOW).total_seconds() / (60 * 2**number) < 1.1


@pytest.mark.parametrize(
    ("result", "first", "hours"),
    [(failed(), 7, (24, 72, 168)), (WALL, 0, (1, 6, 24, 72)), (failed(Outcome.BLOCKED), 0, (1, 6, 24, 72))],
    ids=["down", "a wall", "forbidden"],
)
def test_what_may_pass_in_days_is_waited_for_in_days(
    result: Failed | Rejected, first: int, hours: tuple[int, ...]
) -> None:
    now = NOW
    for attempts, wait in enumerate(hours, first):
        again = schedule.plan(result, replace(ITEM, attempts=attempts), now=now).retry_at
        assert again is not None
        assert 0.9 <= (again - now) / timedelta(hours=wait) < 1.1
        now = again
    assert schedule.plan(result, replace(ITEM, attempts=first + len(hours)), now=now).retry_at is None


def test_a_wall_after_failures_of_another_kind_is_still_waited_for() -> None:
    tired = replace(ITEM, attempts=7)
    assert schedule.plan(WALL, tired, now=NOW + timedelta(hours=3)).retry_at is not None
    assert schedule.plan(WALL, tired, now=NOW + timedelta(days=3)).retry_at is None


@pytest.mark.parametrize("more", [{"payload": b"x"}, {"url": "file:///srv/a.html"}], ids=["carried", "a file"])
def test_a_wall_in_bytes_that_are_here_already_is_not_waited_for(more: dict[str, Any]) -> None:
    assert schedule.plan(WALL, replace(ITEM, **more), now=NOW).retry_at is None


def test_what_the_server_asks_for_is_kept_and_never_shortens_the_wait() -> None:
    asked = schedule.plan(failed(retry_after_s=HOUR), ITEM, now=NOW).retry_at
    assert asked == NOW + timedelta(hours=1)
    later = schedule.plan(failed(retry_after_s=1.0), replace(ITEM, attempts=5), now=NOW).retry_at
    assert later is not None
    assert later > NOW + timedelta(minutes=20)


def test_poison_is_tried_again_when_a_passing_lack_of_memory_may_be_over() -> None:
    again = schedule.plan(Rejected(rejected=Outcome.POISON, detail="x"), ITEM, now=NOW).retry_at
    assert again is not None
    assert timedelta(seconds=50) < again - NOW < timedelta(seconds=70)


def test_a_long_detail_is_cut() -> None:
    assert len(schedule.plan(Failed(reason=Outcome.TIMEOUT, detail="x" * 9_000), ITEM, now=NOW).detail) == 300


@pytest.mark.parametrize(("attempts", "hopeless"), [(0, False), (10, False), (23, False), (24, True), (99, True)])
def test_an_item_whose_visits_never_end_is_given_up(attempts: int, hopeless: bool) -> None:
    assert schedule.is_hopeless(replace(ITEM, attempts=attempts)) is hopeless


# ------------------------------------------------------------------------------------------------ polls


def test_a_poll_that_worked_keeps_what_the_server_gave() -> None:
    collected = Collected(
        found=FOUND, status=200, validators=Validators(etag='"2"'), body_hash="c", bytes_read=9, skipped=("bad entry",)
    )
    record = poll(collected, new=4)
    assert (record.validators, record.body_hash, record.bytes_read, record.skipped) == (
        Validators(etag='"2"'),
        "c",
        9,
        1,
    )
    assert (record.found, record.error, record.unchanged, record.status) == (FOUND, None, False, 200)


def test_a_new_source_is_polled_about_every_start() -> None:
    new = replace(SOURCE, last_success_at=None, last_polled_at=None)
    assert poll(Collected(found=FOUND), new, new=10).interval_s == pytest.approx(900, rel=0.01)


def test_a_list_without_a_known_entry_is_asked_for_again_in_a_quarter_of_the_time() -> None:
    bounds = PollSettings(minimum=timedelta(seconds=1))
    usual, missed = (poll(Collected(found=FOUND), new=10, overlap=n, bounds=bounds) for n in (None, 0))
    assert missed.interval_s <= usual.interval_s
    assert missed.pacing["rhythm"]["boost"] == 4.0


def test_unchanged_keeps_the_validators_it_brought() -> None:
    record = poll(Unchanged(status=304, validators=Validators(etag='"1"')))
    assert (record.unchanged, record.found) == (True, ())
    assert record.validators == Validators(etag='"1"')


@pytest.mark.parametrize(
    ("collected", "lowest"),
    [(Unchanged(status=304, max_age_s=7_200), 7_200), (Collected(found=FOUND, floor_s=7_200), 7_200)],
    ids=["max-age", "ttl"],
)
def test_a_source_is_not_asked_before_it_wants_to_be(collected: Collected | Unchanged, lowest: int) -> None:
    record = poll(collected)
    assert record.interval_s == lowest
    assert record.next_due_at >= NOW + timedelta(seconds=lowest)


def test_a_wish_of_the_server_yields_where_the_list_would_roll_over() -> None:
    busy = polled_for(days=7, news=10, every_h=1)
    assert poll(Collected(found=FOUND, floor_s=43_200), busy, new=5).interval_s <= HOUR


def test_the_pace_of_a_host_is_kept_by_polls_too() -> None:
    assert poll(Collected(found=FOUND), crawl_delay_s=2 * HOUR).next_due_at >= NOW + timedelta(hours=2)
    assert poll(failed(), crawl_delay_s=2 * HOUR).next_due_at >= NOW + timedelta(hours=2)


@pytest.mark.parametrize("new", [0, 5, 10])
def test_a_fixed_interval_is_kept_to_the_second(new: int) -> None:
    record = poll(Collected(found=FOUND, floor_s=7_200), new=new, every="7m")
    assert (record.interval_s, record.next_due_at) == (420, NOW + timedelta(minutes=7))


@given(st.integers(0, 400), st.integers(0, 10), st.text(min_size=1, max_size=20), st.integers(0, 10**7))
def test_intervals_stay_in_their_bounds_and_jitter_within_a_tenth(rate: int, new: int, name: str, floor_s: int) -> None:
    source = replace(polled_for(days=2, news=rate, every_h=6), id=name)
    record = poll(Collected(found=FOUND, floor_s=floor_s), source, new=new)
    wait = (record.next_due_at - NOW).total_seconds()
    assert 600 <= record.interval_s <= 86_400
    assert 600 <= wait <= 86_400
    assert 0.9 * record.interval_s - 1 <= wait < 1.1 * record.interval_s + 1


@pytest.mark.parametrize(
    "failure",
    [failed(), failed(Outcome.HTTP_ERROR, status=503), Rejected(rejected=Outcome.POISON, detail="died")],
    ids=["timeout", "503", "poison"],
)
def test_a_failure_keeps_the_interval_and_says_why(failure: Failed | Rejected) -> None:
    record = poll(failure)
    assert record.interval_s == SOURCE.interval_s
    assert record.error is not None
    assert record.error.startswith(("timeout: ", "http_error: ", "poison: "))
    assert 54 <= (record.next_due_at - NOW).total_seconds() < 66


@pytest.mark.parametrize(
    ("failures", "reason", "least_s", "most_s"),
    [
        pytest.param(1, Outcome.TIMEOUT, 108, 132, id="second"),
        pytest.param(5, Outcome.TIMEOUT, 1_728, 2_112, id="sixth"),
        pytest.param(60, Outcome.TIMEOUT, 21_600, 21_600, id="down for days"),
        pytest.param(60, Outcome.BLOCKED, 86_400, 86_400, id="refused for days"),
    ],
)
def test_failures_in_a_row_push_a_source_back_but_never_for_good(
    failures: int, reason: Outcome, least_s: int, most_s: int
) -> None:
    wait = (poll(failed(reason), replace(SOURCE, failures=failures)).next_due_at - NOW).total_seconds()
    assert least_s <= wait <= most_s


@pytest.mark.parametrize("reason", [Outcome.GONE, Outcome.BLOCKED, Outcome.ROBOTS], ids=str)
@pytest.mark.parametrize(("more", "least_s"), [({}, 1_800), ({"every": "7d"}, 604_800)], ids=["learnt", "fixed"])
def test_who_is_refused_does_not_ask_more_often_than_usual(
    reason: Outcome, more: dict[str, Any], least_s: float
) -> None:
    assert poll(failed(reason), **more).next_due_at == NOW + timedelta(seconds=least_s)
    assert poll(failed(), **more).next_due_at < NOW + timedelta(seconds=66)


def test_an_address_that_is_gone_for_good_is_asked_least_and_the_operator_is_told() -> None:
    record = poll(failed(Outcome.GONE, status=410, permanent=True))
    assert record.next_due_at == NOW + timedelta(days=1)
    assert [code for code, _ in record.notices] == ["gone"]
    assert "(410)" in record.notices[0][1]
    later = poll(failed(), replace(SOURCE, failures=1, notices=record.notices, pacing=record.pacing))
    assert later.notices == record.notices  # a fault on the way does not bring it back
    back = poll(Collected(found=FOUND), replace(SOURCE, failures=1, notices=record.notices, pacing=record.pacing))
    assert back.notices == ()


def test_the_first_failure_of_a_spell_is_remembered() -> None:
    first = poll(failed())
    again = replace(SOURCE, failures=1, pacing=first.pacing)
    later = poll(failed(), again, now=NOW + timedelta(hours=3))
    assert first.pacing["failing_since"] == later.pacing["failing_since"] == utc_text(NOW)


def test_a_poll_heeds_retry_after() -> None:
    assert poll(failed(retry_after_s=HOUR)).next_due_at == NOW + timedelta(hours=1)


def test_an_adopted_address_that_fails_is_given_up_for_the_configured_one() -> None:
    moved = replace(SOURCE, address="https://news.example/new")
    assert [poll(failed(), replace(moved, failures=n)).address for n in (0, 3, 4)] == [moved.address] * 2 + [None]


def test_the_same_question_has_the_same_answer_after_a_restart() -> None:
    source = polled_for(days=3, news=4, every_h=2)
    restarted = replace(source, pacing=json.loads(json.dumps(source.pacing)))
    assert poll(Collected(found=FOUND), source, new=3) == poll(Collected(found=FOUND), restarted, new=3)


@pytest.mark.parametrize(("host", "seconds"), [("news.example", 2.0), ("folder:samples", 0.0)])
def test_only_hosts_of_the_web_are_paced(host: str, seconds: float) -> None:
    assert schedule.host_delay_s(host, FetchSettings()) == seconds
