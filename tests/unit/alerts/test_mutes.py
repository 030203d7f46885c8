from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from alerts.mutes import MuteSettings, muted_until

_NIGHT = MuteSettings(at="22:00-07:00")
_OFFICE = MuteSettings(at="09:00-18:00", days="mon-fri")
_WEEKEND = MuteSettings(days="sat,sun")


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("mutes", "zone", "now", "until"),
    [
        pytest.param([_NIGHT], "UTC", "2026-09-01 21:59", None, id="before"),
        pytest.param([_NIGHT], "UTC", "2026-09-01 22:00", "2026-09-02 07:00", id="at its beginning"),
        pytest.param([_NIGHT], "UTC", "2026-09-02 06:59", "2026-09-02 07:00", id="after midnight"),
        pytest.param([_NIGHT], "UTC", "2026-09-02 07:00", None, id="at its end"),
        pytest.param([_NIGHT], "Asia/Shanghai", "2026-09-01 14:00", "2026-09-01 23:00", id="on another clock"),
        pytest.param([_OFFICE], "UTC", "2026-09-04 10:00", "2026-09-04 18:00", id="friday"),
        pytest.param([_OFFICE], "UTC", "2026-09-05 10:00", None, id="saturday"),
        pytest.param([_WEEKEND], "UTC", "2026-09-05 10:00", "2026-09-07 00:00", id="two days are one mute"),
        pytest.param([_NIGHT, _OFFICE], "UTC", "2026-09-01 23:00", "2026-09-02 07:00", id="a gap ends it"),
        pytest.param(
            [_NIGHT, MuteSettings(at="07:00-09:30")], "UTC", "2026-09-01 23:00", "2026-09-02 09:30", id="no gap"
        ),
        pytest.param(
            [MuteSettings(at="22:00-07:00", days="fri")], "UTC", "2026-09-05 06:00", "2026-09-05 07:00",
            id="of the day on which it begins",
        ),
        pytest.param([MuteSettings(at="22:00-07:00", days="sat")], "UTC", "2026-09-05 06:00", None, id="of no other"),
        pytest.param(
            [MuteSettings(days="sun-mon")], "UTC", "2026-09-06 12:00", "2026-09-08 00:00", id="days over sunday"
        ),
        pytest.param(
            [MuteSettings(at="01:00-04:00", timezone="Europe/Berlin")], "UTC", "2026-03-29 00:30", "2026-03-29 02:00",
            id="an hour that the clocks skip",
        ),
        pytest.param(
            [MuteSettings(at="01:00-04:00", timezone="Europe/Berlin")], "UTC", "2026-10-25 00:30", "2026-10-25 03:00",
            id="an hour that they repeat",
        ),
        pytest.param([], "UTC", "2026-09-01 23:00", None, id="none"),
    ],
)  # fmt: skip
def test_mute_ends_when_its_clock_says(mutes: list[MuteSettings], zone: str, now: str, until: str | None) -> None:
    assert muted_until(mutes, zone, _utc(now)) == (_utc(until) if until else None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "22-07"},
        {"at": "25:00-07:00"},
        {"at": "24:00-07:00"},
        {"at": "22:00"},
        {"days": "monday"},
        {"days": "mon-"},
        {"days": ""},
        {"timezone": "Mars/Olympus"},
        {"timezone": "../etc"},
        {"until": "07:00"},
    ],
    ids=str,
)
def test_mute_that_cannot_be_read_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        MuteSettings.model_validate(wrong)


_TIMES = st.builds(lambda hour, minute: f"{hour:02}:{minute:02}", st.integers(0, 23), st.integers(0, 59))
_MUTES = st.builds(
    MuteSettings,
    at=st.builds(lambda start, end: f"{start}-{end}", _TIMES, _TIMES),
    days=st.sampled_from(["mon-sun", "mon-fri", "sat,sun", "fri-mon", "wed"]),
    timezone=st.sampled_from([None, "Asia/Shanghai", "Europe/Berlin", "America/New_York"]),
)
_MOMENTS = st.integers(0, 366 * 24 * 60).map(lambda minutes: _utc("2026-01-01") + timedelta(minutes=minutes))


@given(st.lists(_MUTES, max_size=3), _MOMENTS)
def test_mute_ends_later_and_holds_until_then(mutes: list[MuteSettings], now: datetime) -> None:
    until = muted_until(mutes, "UTC", now)

    if until is not None:
        assert until > now
        between = now + (until - now) / 2
        assert muted_until(mutes, "UTC", between) is not None
        assert muted_until(mutes, "UTC", until - timedelta(microseconds=1)) is not None
