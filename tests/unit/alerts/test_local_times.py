import pytest

from alerts.local_times import local_date


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("2023-07", "2023-07", id="month"),
        pytest.param("2023-07-02", "2023-07-02", id="day"),
        pytest.param("2023-07-02T08:30+08:00", "2023-07-02 08:30", id="of the zone"),
        pytest.param("2023-07-02T20:30:15+00:00", "2023-07-03 04:30", id="of another zone"),
        pytest.param("2023-07-02T20:30Z", "2023-07-03 04:30", id="in UTC"),
        pytest.param("2023-07-02T08:30", "2023-07-02 08:30", id="of an unknown zone"),
        pytest.param("0001-01-01T00:00+14:00", "0001-01-01 00:00", id="before any calendar"),
        pytest.param("2023-07-02T25:99", "2023-07-02 25:99", id="no time"),
    ],
)
def test_date_of_publication_is_told_in_the_zone_of_the_reader(value: str, shown: str) -> None:
    assert local_date(value, "Asia/Shanghai") == shown
