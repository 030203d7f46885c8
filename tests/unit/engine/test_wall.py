from datetime import UTC, datetime, timedelta

import pytest

from monitor.engine.wall import WallClock

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed_s", "shown_s", "back_s"),
    [
        pytest.param(60.0, 60.0, 0.0, id="it goes right"),
        pytest.param(60.0, 50.0, 0.0, id="it is corrected a little"),
        pytest.param(60.0, 8 * 3_600.0, 0.0, id="it is set ahead, or the machine slept"),
        pytest.param(60.0, 60.0 - 8 * 3_600.0, 8 * 3_600.0, id="it is set back"),
    ],
)
def test_clock_that_is_set_back_is_told_until_it_is_heeded(passed_s: float, shown_s: float, back_s: float) -> None:
    at, shown = [0.0], [0.0]
    clock = WallClock(now=lambda: NOON + timedelta(seconds=shown[0]), monotonic=lambda: at[0])

    at[0], shown[0] = passed_s, shown_s
    told = [round(clock.set_back_s()) for _ in range(2)]
    clock.heeded()

    assert (told, clock.set_back_s()) == ([back_s, back_s], 0.0)
