from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.channels import DigestSchedule
from alerts.schedule import due_digest, next_digest, problem

BERLIN = "Europe/Berlin"


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "zone", "last", "now", "due"),
    [
        pytest.param("0 9 * * *", "Asia/Shanghai", None, "2026-09-01T01:00", "2026-09-01T01:00", id="on the minute"),
        pytest.param("0 9 * * *", "Asia/Shanghai", None, "2026-09-01T00:59", "2026-08-31T01:00", id="the one before"),
        pytest.param("0 9 * * *", "UTC", "2026-09-01T09:00", "2026-09-01T23:00", None, id="had today's"),
        pytest.param("0 9 * * *", "UTC", "2026-08-01T09:00", "2026-09-01T10:00", "2026-09-01T09:00", id="coalesced"),
        pytest.param("0 9 * * *", "UTC", "2026-09-01T08:59:59", "2026-09-01T09:00", "2026-09-01T09:00", id="just due"),
        pytest.param("0 9 * * *", "UTC", "2026-09-05T09:00", "2026-09-01T10:00", None, id="clock went back"),
        pytest.param("* * * * *", "UTC", "2020-01-01T00:00", "2026-09-01T10:00:30", "2026-09-01T10:00", id="minutely"),
        pytest.param("0 0 29 2 *", "UTC", None, "2027-01-01T00:00", "2024-02-29T00:00", id="leap day"),
        pytest.param("0 9 * * 1", "UTC", None, "2026-09-02T00:00", "2026-08-31T09:00", id="1 is Monday"),
        pytest.param("0 9 * * 0", "UTC", None, "2026-09-02T00:00", "2026-08-30T09:00", id="0 is Sunday"),
        pytest.param("0 9 * * 7", "UTC", None, "2026-09-02T00:00", "2026-08-30T09:00", id="7 is Sunday"),
        pytest.param("0 9 * * 1-5", "UTC", None, "2026-08-30T12:00", "2026-08-28T09:00", id="working days"),
        pytest.param("0 9 * * sat-sun", "UTC", None, "2026-09-02T00:00", "2026-08-30T09:00", id="weekend"),
        pytest.param("0 9 15 * mon", "UTC", None, "2026-09-15T10:00", "2026-09-15T09:00", id="day or weekday: day"),
        pytest.param("0 9 15 * mon", "UTC", None, "2026-09-14T10:00", "2026-09-14T09:00", id="day or weekday: weekday"),
    ],
)
def test_due(line: str, zone: str, last: str | None, now: str, due: str | None) -> None:
    found = due_digest(DigestSchedule(at=line), zone, _utc(last) if last else None, _utc(now))

    assert found == (_utc(due) if due else None)


def test_zone_of_the_schedule_wins_over_the_default() -> None:
    schedule = DigestSchedule(at="0 9 * * *", timezone="Asia/Shanghai")

    assert due_digest(schedule, "UTC", None, _utc("2026-09-01T02:00")) == _utc("2026-09-01T01:00")


@pytest.mark.parametrize(
    ("start", "zone", "line"),
    [
        pytest.param("2026-10-23T00:00", BERLIN, "30 2 * * *", id="autumn: 02:30 comes twice"),
        pytest.param("2026-03-27T00:00", BERLIN, "30 2 * * *", id="spring: 02:30 is skipped"),
        pytest.param("2026-10-30T00:00", "America/New_York", "30 1 * * *", id="autumn in New York"),
        pytest.param("2026-03-06T00:00", "America/New_York", "30 2 * * *", id="spring in New York"),
        pytest.param("2026-04-02T00:00", "Australia/Lord_Howe", "45 1 * * *", id="half an hour, southern autumn"),
    ],
)
def test_night_of_the_clock_change_has_one_digest(start: str, zone: str, line: str) -> None:
    schedule, last, days = DigestSchedule(at=line), _utc(start), []
    for quarter in range(4 * 24 * 5):
        now = _utc(start) + timedelta(minutes=15 * quarter)
        due = due_digest(schedule, zone, last, now)
        if due:
            last = due
            days.append(due.astimezone(ZoneInfo(zone)).date())

    assert len(days) == len(set(days))
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=1)}
    assert len(days) >= 4


def test_repeated_hour_is_due_as_its_first_occurrence_after_downtime() -> None:
    found = due_digest(DigestSchedule(at="30 2 * * *"), BERLIN, None, _utc("2026-10-25T12:00"))

    assert found == _utc("2026-10-25T00:30")


@pytest.mark.parametrize(
    ("line", "zone", "now", "due"),
    [
        pytest.param("0 9 * * *", "UTC", "2026-09-01T09:00", "2026-09-02T09:00", id="strictly after"),
        pytest.param("0 9 * * *", "UTC", "2026-09-01T08:59", "2026-09-01T09:00", id="today"),
        pytest.param("30 2 * * *", BERLIN, "2026-10-25T00:30", "2026-10-26T01:30", id="not the repeated hour"),
        pytest.param("0 0 31 2 *", "UTC", "2026-09-01T00:00", None, id="never"),
    ],
)
def test_next(line: str, zone: str, now: str, due: str | None) -> None:
    assert next_digest(DigestSchedule(at=line), zone, _utc(now)) == (_utc(due) if due else None)


@pytest.mark.parametrize(
    ("line", "zone", "said"),
    [
        pytest.param("0 9 * *", "UTC", "five fields", id="four fields"),
        pytest.param("61 * * * *", "UTC", "'61' is no minute (0-59)", id="minute 61"),
        pytest.param("0 9 * * 8", "UTC", "day of the week", id="weekday 8"),
        pytest.param("0 9 * * fri-mon", "UTC", "days of the week", id="weekdays backwards"),
        pytest.param("0 9 * * */0", "UTC", "days of the week", id="step 0"),
        pytest.param("0 9 * * mo", "UTC", "day of the week", id="unknown weekday"),
        pytest.param("0 9 * * *", "Mars/Base", "Mars/Base", id="unknown zone"),
        pytest.param("0 9 * * *", "../../etc/passwd", "found", id="zone outside the zone files"),
        pytest.param("0 0 31 2 *", "UTC", "no day that exists", id="31 February"),
    ],
)
def test_schedule_that_cannot_work_is_explained(line: str, zone: str, said: str) -> None:
    assert said in (problem(DigestSchedule(at=line), zone) or "")


@pytest.mark.parametrize("line", ["0 9 * * *", "*/5 8-18 * * mon-fri", "0 0 29 2 *", "0 9 1,15 * *", "0 9 * * */2"])
def test_schedule_that_works_has_no_problem(line: str) -> None:
    assert problem(DigestSchedule(at=line), "Asia/Shanghai") is None


_LINES = st.sampled_from(["* * * * *", "*/7 * * * *", "0 9 * * *", "30 2 * * *", "0 0 1 * *", "15 3 * * 0,3"])
_TIMES = st.integers(0, 6 * 366 * 86_400).map(lambda s: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=s))


@given(line=_LINES, zone=st.sampled_from(["UTC", BERLIN, "Asia/Shanghai"]), now=_TIMES, gap=st.integers(0, 10**7))
def test_due_lies_between_last_and_now_and_is_due_once(line: str, zone: str, now: datetime, gap: int) -> None:
    schedule, last = DigestSchedule(at=line), now - timedelta(seconds=gap)

    due = due_digest(schedule, zone, last, now)

    if due is not None:
        assert last < due <= now
        assert due_digest(schedule, zone, due, now) is None
