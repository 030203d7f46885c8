from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage.query.moments import Moment, Period, moment_of, period_of
from tests.unit.storage.query.worlds import NOW

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        pytest.param("2026-11-01", datetime(2026, 10, 31, 16, tzinfo=UTC), id="day"),
        pytest.param("2026/11/1", datetime(2026, 10, 31, 16, tzinfo=UTC), id="slashes"),
        pytest.param("2026.11.01", datetime(2026, 10, 31, 16, tzinfo=UTC), id="points"),
        pytest.param("2026年11月1日", datetime(2026, 10, 31, 16, tzinfo=UTC), id="Chinese day"),
        pytest.param("2026年11月", datetime(2026, 10, 31, 16, tzinfo=UTC), id="Chinese month"),
        pytest.param("２０２６－１１", datetime(2026, 10, 31, 16, tzinfo=UTC), id="full-width month"),
        pytest.param("2026", datetime(2025, 12, 31, 16, tzinfo=UTC), id="year"),
        pytest.param("2026年", datetime(2025, 12, 31, 16, tzinfo=UTC), id="Chinese year"),
        pytest.param("2026-11-01T09:30", datetime(2026, 11, 1, 1, 30, tzinfo=UTC), id="time of day"),
        pytest.param("2026-11-01 09:30:15", datetime(2026, 11, 1, 1, 30, 15, tzinfo=UTC), id="seconds"),
        pytest.param("2026-11-01T09:30Z", datetime(2026, 11, 1, 9, 30, tzinfo=UTC), id="UTC"),
        pytest.param("2026-11-01T09:30+01:00", datetime(2026, 11, 1, 8, 30, tzinfo=UTC), id="another zone"),
        pytest.param("11月1日", datetime(2026, 10, 31, 16, tzinfo=UTC), id="day of this year"),
        pytest.param("12月1日", datetime(2025, 11, 30, 16, tzinfo=UTC), id="day of last year"),
        pytest.param("2月29日", datetime(2024, 2, 28, 16, tzinfo=UTC), id="leap day"),
        pytest.param("today", datetime(2026, 11, 19, 16, tzinfo=UTC), id="today"),
        pytest.param("昨天", datetime(2026, 11, 18, 16, tzinfo=UTC), id="yesterday"),
        pytest.param("前天", datetime(2026, 11, 17, 16, tzinfo=UTC), id="the day before yesterday"),
        pytest.param("7d", timedelta(days=7), id="days"),
        pytest.param("1d12h", timedelta(days=1, hours=12), id="days and hours"),
        pytest.param("2w", timedelta(days=14), id="weeks"),
        pytest.param("7天", timedelta(days=7), id="Chinese days"),
        pytest.param("12小时前", timedelta(hours=12), id="Chinese hours"),
        pytest.param("2026-02-30", None, id="no such day"),
        pytest.param("2026-13", None, id="no such month"),
        pytest.param("0000", None, id="no such year"),
        pytest.param("0001-01-01", None, id="before all time in the zone"),
        pytest.param("99999999d", None, id="longer than the calendar"),
        pytest.param("soon", None, id="a word"),
        pytest.param("7", None, id="a number"),
        pytest.param("7d soon", None, id="more behind it"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_moment(written: str, moment: datetime | timedelta | None) -> None:
    assert moment_of(written, now=NOW, zone=SHANGHAI) == moment


def _day(month: int, day: int) -> datetime:
    """Return the first moment of a day of 2026 in Shanghai."""
    return datetime(2026, month, day, tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("written", "start", "stop"),
    [
        pytest.param("2026-11-20", _day(11, 20), _day(11, 21), id="day"),
        pytest.param("2026年2月", _day(2, 1), _day(3, 1), id="month"),
        pytest.param("2026-12", _day(12, 1), datetime(2026, 12, 31, 16, tzinfo=UTC), id="last month of a year"),
        pytest.param("2025", datetime(2024, 12, 31, 16, tzinfo=UTC), _day(1, 1), id="year"),
        pytest.param("昨天", _day(11, 19), _day(11, 20), id="yesterday"),
        pytest.param("11月1日", _day(11, 1), _day(11, 2), id="day of this year"),
        pytest.param("7d", timedelta(days=7), None, id="reach"),
        pytest.param(">=2026-11-01", _day(11, 1), None, id="from a day on"),
        pytest.param("＞2026-11-01", _day(11, 2), None, id="after a day"),
        pytest.param("<2026-11", None, _day(11, 1), id="before a month"),
        pytest.param("≤ 2026-10", None, _day(11, 1), id="till the end of a month"),
        pytest.param("<7d", None, timedelta(days=7), id="before a reach"),
        pytest.param("2026-11-01..2026-11-07", _day(11, 1), _day(11, 8), id="from one day to another"),
        pytest.param("2026.11.1～2026.11.7", _day(11, 1), _day(11, 8), id="tilde"),
        pytest.param("2026年11月1日至11月7日", _day(11, 1), _day(11, 8), id="Chinese"),
        pytest.param("30d..7d", timedelta(days=30), timedelta(days=7), id="between two reaches"),
        pytest.param("2026-11-01..", _day(11, 1), None, id="open end"),
        pytest.param("..2026-11-07", None, _day(11, 8), id="open beginning"),
        pytest.param(
            "2026-11-01T09:30", datetime(2026, 11, 1, 1, 30, tzinfo=UTC), datetime(2026, 11, 1, 1, 31, tzinfo=UTC),
            id="minute",
        ),
    ],
)  # fmt: skip
def test_period(written: str, start: Moment | None, stop: Moment | None) -> None:
    assert period_of(written, now=NOW, zone=SHANGHAI) == Period(start, stop)


@pytest.mark.parametrize("written", ["", "..", ">", ">=soon", "2026-11-01..soon", "soon..", "2026-02-30", "<>7d"])
def test_what_is_no_period(written: str) -> None:
    assert period_of(written, now=NOW, zone=SHANGHAI) is None


def test_period_that_the_calendar_does_not_end_is_open() -> None:
    assert period_of("9999-12-31", now=NOW, zone=UTC) == Period(datetime(9999, 12, 31, tzinfo=UTC), None)


@pytest.mark.parametrize("written", ["today", "昨天", "11月1日"])
def test_query_that_is_kept_names_no_day_that_moves(written: str) -> None:
    assert moment_of(written, now=None, zone=UTC) is None
