from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

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
        pytest.param(
            [MuteSettings(at="22:00-02:30", timezone="Europe/Berlin")], "UTC", "2026-03-29 00:30", "2026-03-29 01:00",
            id="an end that they skip",
        ),
        pytest.param(
            [MuteSettings(at="02:30-04:00", timezone="Europe/Berlin")], "UTC", "2026-03-29 01:05", "2026-03-29 02:00",
            id="a beginning that they skip",
        ),
        pytest.param(
            [MuteSettings(at="02:00-02:30", timezone="Europe/Berlin")], "UTC", "2026-03-29 01:05", None,
            id="all of it",
        ),
        pytest.param(
            [MuteSettings(at="22:00-02:30", timezone="Europe/Berlin")], "UTC", "2026-10-25 00:10", "2026-10-25 00:30",
            id="an end for the first time",
        ),
        pytest.param(
            [MuteSettings(at="22:00-02:30", timezone="Europe/Berlin")], "UTC", "2026-10-25 01:10", "2026-10-25 01:30",
            id="an end for the second time",
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


_CHANGES = [  # of clocks: forward, back, by half an hour, by a day
    ("Europe/Berlin", "2026-03-29 01:00"),
    ("Europe/Berlin", "2026-10-25 01:00"),
    ("America/New_York", "2026-03-08 07:00"),
    ("America/New_York", "2026-11-01 06:00"),
    ("America/St_Johns", "2026-11-01 04:30"),
    ("Australia/Lord_Howe", "2026-04-04 15:00"),
    ("Australia/Lord_Howe", "2026-10-03 15:30"),
    ("America/Havana", "2026-03-08 05:00"),
    ("Pacific/Apia", "2011-12-30 10:00"),
]


@given(_MUTES, st.sampled_from(_CHANGES), st.integers(-36 * 60, 36 * 60))
def test_clock_on_the_wall_decides_what_is_muted(mute: MuteSettings, change: tuple[str, str], minutes: int) -> None:
    zone, changed_at = change
    own = MuteSettings(at=mute.at, days=mute.days, timezone=zone)
    now = _utc(changed_at) + timedelta(minutes=minutes)

    until = muted_until([own], "UTC", now)

    assert (until is not None) == _is_in(own, now)
    if until is not None and until - now < timedelta(days=3):
        assert all(_is_in(own, now + timedelta(minutes=n)) for n in range((until - now) // timedelta(minutes=1)))
        assert not _is_in(own, until)


def _is_in(mute: MuteSettings, moment: datetime) -> bool:
    """Say what somebody says who reads the clock on the wall."""
    wall = moment.astimezone(ZoneInfo(mute.timezone or "UTC"))
    first, last = mute.at.split("-")
    clock, today, yesterday = f"{wall:%H:%M}", _NAMES[wall.weekday()], _NAMES[wall.weekday() - 1]
    days = _DAYS_OF[mute.days]
    if first < last:
        return today in days and first <= clock < last
    return (today in days and clock >= first) or (yesterday in days and clock < last)


_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS_OF = {
    "mon-sun": _NAMES,
    "mon-fri": _NAMES[:5],
    "sat,sun": _NAMES[5:],
    "fri-mon": ("fri", "sat", "sun", "mon"),
    "wed": ("wed",),
}
