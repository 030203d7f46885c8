"""What follows from an attempt: for the message, for its channel, for the operator."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from alerts.channels import Refused, Retry, Sent
from alerts.retries import MAX_ATTEMPTS, Broken, Notice, Paced, backoff_s, decide, rests
from storage.channel_states import ChannelState
from storage.records import Delivery, DeliveryState
from tests.unit.alerts.samples import NOW

WELL = ChannelState(id="mail")
DUE = NOW - timedelta(minutes=7)


def delivery(attempts: int = 1) -> Delivery:
    return Delivery(
        id=1,
        key="k",
        channel="mail",
        reason="new",
        payload={},
        state=DeliveryState.SENDING,
        attempts=attempts,
        due_at=DUE,
        last_error=None,
        created_at=DUE,
        sent_at=None,
    )


def failing(failures: int, **changes: object) -> ChannelState:
    since = NOW - timedelta(minutes=5)
    return replace(WELL, failures=failures, failing_since=since, reason="HTTP 500", **changes)  # type: ignore[arg-type]


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_a_message_that_was_sent_ends_the_failures_of_its_channel() -> None:
    settled = decide(delivery(), Sent(detail="250"), failing(2, rests_until=NOW), NOW)
    assert settled.result == Sent(detail="250")
    assert settled.state == WELL
    assert settled.notice is None


def test_a_message_that_some_receivers_refused_is_told_the_operator_once() -> None:
    partly = Sent(detail="b@example.org: SMTP 550 no", partly=True)
    first = decide(delivery(), partly, WELL, NOW)
    told = replace(WELL, failing_since=NOW, reason=partly.detail, told_at=NOW)
    assert first.notice == Notice(channel="mail", since=NOW, reason=partly.detail)
    assert first.state == told

    assert decide(delivery(), partly, told, after(86_400)).notice is None
    mended = decide(delivery(), Sent(), told, after(86_400))
    assert (mended.state.failing_since, mended.state.rests_until) == (None, None)
    assert mended.notice == Notice(channel="mail", since=NOW, reason=partly.detail, is_over=True)


@pytest.mark.parametrize("attempt", [1, 2])
def test_a_message_keeps_its_place_while_its_channel_rests(attempt: int) -> None:
    settled = decide(delivery(attempt), Retry(reason="HTTP 500"), failing(attempt - 1), NOW)
    assert settled.due_at == DUE
    assert settled.counts
    assert settled.state.rests_until == after(backoff_s("k", attempt))
    assert settled.state.failures == attempt


def test_from_the_third_attempt_on_it_lets_the_others_pass() -> None:
    settled = decide(delivery(3), Retry(reason="HTTP 500"), failing(2), NOW)
    assert settled.due_at == after(backoff_s("k", 3))


def test_a_message_that_fails_where_others_get_through_does_not_stop_its_channel() -> None:
    settled = decide(delivery(4), Retry(reason="HTTP 500"), WELL, NOW)
    assert settled.state == WELL
    assert settled.due_at == after(backoff_s("k", 4))
    assert decide(delivery(4), Retry(reason="HTTP 500"), failing(3), NOW).state.failures == 4


def test_a_channel_rests_at_most_a_quarter_of_an_hour_unless_it_is_asked_to() -> None:
    long = decide(delivery(9), Retry(reason="down"), failing(40), NOW)
    asked = decide(delivery(9), Retry(reason="down", after_s=5_000.0), failing(40), NOW)
    absurd = decide(delivery(9), Retry(reason="down", after_s=1e9), failing(40), NOW)
    assert long.state.rests_until == after(900)
    assert long.due_at > after(900)
    assert asked.state.rests_until == after(5_000)
    assert absurd.state.rests_until == after(86_400)


def test_too_many_requests_cost_no_attempt_and_never_kill_a_message() -> None:
    limited = Retry(reason="WeCom 45009", after_s=60.0, limited=True)
    settled = decide(delivery(MAX_ATTEMPTS), limited, WELL, NOW)
    assert settled.result == limited
    assert not settled.counts
    assert settled.due_at == DUE
    assert settled.state.rests_until == after(60)
    assert settled.state.reason == "WeCom 45009"


def test_our_own_pace_is_no_failure() -> None:
    settled = decide(delivery(MAX_ATTEMPTS), Paced(reason="used up", after_s=9.0), WELL, NOW)
    assert (settled.counts, settled.due_at, settled.state) == (False, DUE, WELL)


def test_a_message_that_breaks_its_channel_holds_up_nobody() -> None:
    settled = decide(delivery(1), Broken(reason="unexpected KeyError"), WELL, NOW)
    assert not rests(settled.state, NOW)
    assert settled.due_at == after(backoff_s("k", 1))
    assert settled.counts


@pytest.mark.parametrize(
    ("others_get_through", "told"), [(False, [60]), (True, [])], ids=["every message breaks it", "one message does"]
)
def test_a_channel_that_breaks_over_every_message_fails(others_get_through: bool, told: list[int]) -> None:
    state, found = WELL, []
    for minute in range(0, 180, 10):
        settled = decide(delivery(1 + minute // 10), Broken(reason="unexpected KeyError"), state, after(60 * minute))
        state = settled.state
        if settled.notice:
            found.append(minute)
        if others_get_through:
            state = decide(delivery(), Sent(), state, after(60 * minute)).state
    assert found == told


@pytest.mark.parametrize("result", [Retry(reason="HTTP 500"), Broken(reason="unexpected KeyError")])
def test_a_message_is_given_up_after_the_last_attempt(result: Retry) -> None:
    settled = decide(delivery(MAX_ATTEMPTS), result, failing(3), NOW)
    assert settled.result == Refused(reason=f"given up after 24 attempts: {result.reason}")


def test_refusals_in_a_row_let_the_channel_rest_before_all_its_messages_are_dead() -> None:
    state, rested = WELL, []
    for _ in range(4):
        state = decide(delivery(), Refused(reason="HTTP 401"), state, NOW).state
        rested.append(rests(state, NOW))
    assert rested == [False, False, True, True]


def test_an_operator_is_told_of_a_refusal_at_once_and_only_once() -> None:
    first = decide(delivery(), Refused(reason="HTTP 401"), WELL, NOW)
    second = decide(delivery(), Refused(reason="HTTP 401"), first.state, after(3_600))
    assert first.notice == Notice(channel="mail", since=NOW, reason="HTTP 401")
    assert first.state.told_at == NOW
    assert second.notice is None


def test_an_operator_is_told_of_failures_that_last_an_hour() -> None:
    state, told = WELL, []
    for minute in range(0, 180, 10):
        settled = decide(delivery(1), Retry(reason="no answer"), state, after(60 * minute))
        state = settled.state
        if settled.notice:
            told.append((minute, settled.notice))
    assert told == [(60, Notice(channel="mail", since=NOW, reason="no answer"))]


@pytest.mark.parametrize(("asked_s", "told"), [(3_000.0, False), (86_400.0, True)], ids=["a while", "a day"])
@pytest.mark.parametrize("limited", [False, True], ids=["it fails", "it has had too many"])
def test_an_operator_is_told_at_once_of_a_receiver_that_wants_to_be_left_alone_for_long(
    asked_s: float, told: bool, limited: bool
) -> None:
    settled = decide(delivery(), Retry(reason="HTTP 503", after_s=asked_s, limited=limited), WELL, NOW)
    assert (settled.notice is not None) is told


def test_an_operator_is_told_when_a_channel_works_again_if_told_that_it_did_not() -> None:
    told = decide(delivery(), Refused(reason="HTTP 401"), WELL, NOW).state
    silent = decide(delivery(), Retry(reason="HTTP 500"), WELL, NOW).state
    recovery = decide(delivery(), Sent(), told, after(60))
    assert recovery.notice == Notice(channel="mail", since=NOW, reason="HTTP 401", is_over=True)
    assert decide(delivery(), Sent(), silent, after(60)).notice is None
    assert decide(delivery(), Sent(), recovery.state, after(90)).notice is None


def test_a_channel_that_comes_and_goes_is_told_of_every_half_hour_at_most() -> None:
    state, told = WELL, 0
    for minute in range(120):
        result = Refused(reason="HTTP 400") if minute % 2 == 0 else Sent()
        settled = decide(delivery(), result, state, after(60 * minute))
        state = settled.state
        told += settled.notice is not None and not settled.notice.is_over
    assert told == 4


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        pytest.param(None, False, id="never failed"),
        pytest.param(timedelta(seconds=1), True, id="later"),
        pytest.param(timedelta(0), False, id="over"),
        pytest.param(timedelta(days=400), False, id="a wrong clock"),
    ],
)
def test_a_channel_rests_until_its_time(until: timedelta | None, expected: bool) -> None:
    state = replace(WELL, rests_until=None if until is None else NOW + until)
    assert rests(state, NOW) is expected
