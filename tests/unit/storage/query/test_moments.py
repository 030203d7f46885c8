from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage.query.moments import moment_of
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


@pytest.mark.parametrize("written", ["today", "昨天", "11月1日"])
def test_query_that_is_kept_names_no_day_that_moves(written: str) -> None:
    assert moment_of(written, now=None, zone=UTC) is None
