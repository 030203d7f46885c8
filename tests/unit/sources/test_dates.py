"""Dates as they are written, to the precision that was written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.sources._dates import CHINA, parse_date

NOW = datetime(2023, 7, 3, 4, 0, tzinfo=UTC)  # noon in China


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("Sun, 02 Jul 2023 08:30:00 +0800", "2023-07-02T08:30:00+08:00", "second"),
        ("Sun, 02 Jul 2023 08:30 GMT", "2023-07-02T08:30+00:00", "minute"),
        ("02 Jul 23 08:30:00 EST", "2023-07-02T08:30:00-05:00", "second"),
        ("Sun, 02 Jul 2023 08:30:00 CST", "2023-07-02T08:30:00+08:00", "second"),
        ("Sun, 2 Jul 2023", "2023-07-02", "day"),
        ("2 July 2023 8:30 PM", "2023-07-02T20:30+08:00", "minute"),
        ("July 2nd, 2023", "2023-07-02", "day"),
        ("Sun Jul  2 08:30:00 2023", "2023-07-02T08:30:00+08:00", "second"),
        ("2023-07-02", "2023-07-02", "day"),
        ("20230702", "2023-07-02", "day"),
        ("2023-07-02T08:30:15Z", "2023-07-02T08:30:15+00:00", "second"),
        ("2023-07-02T08:30:15.123456+08:00", "2023-07-02T08:30:15+08:00", "second"),
        ("2023-07-02T08:30-0500", "2023-07-02T08:30-05:00", "minute"),
        ("2023-07-02-08:30:15", "2023-07-02T08:30:15+08:00", "second"),
        ("2023-07-02 08:30", "2023-07-02T08:30+08:00", "minute"),
        ("2023-07-02 25:61", "2023-07-02", "day"),
        ("2023年7月2日", "2023-07-02", "day"),
        ("发布时间：2023年07月02日08:30", "2023-07-02T08:30+08:00", "minute"),
        ("2023年7月2日 8时05分", "2023-07-02T08:05+08:00", "minute"),
        ("2023/7/2", "2023-07-02", "day"),
        ("[2023.07.02]", "2023-07-02", "day"),
        ("5分钟前", "2023-07-03T11:55+08:00", "minute"),
        ("半小时前", "2023-07-03T11:30+08:00", "minute"),
        ("3天前", "2023-06-30", "day"),
        ("昨天 08:30", "2023-07-02T08:30+08:00", "minute"),
        ("前天", "2023-07-01", "day"),
        ("刚刚", "2023-07-03T12:00+08:00", "minute"),
        ("07-02 08:30", "2023-07-02T08:30+08:00", "minute"),
        ("7月2日", "2023-07-02", "day"),
        ("12-30", "2022-12-30", "day"),
        ("1688258415", "2023-07-02T08:40:15+08:00", "second"),
        ("1688258415123", "2023-07-02T08:40:15+08:00", "second"),
        ("1688258415123456", "2023-07-02T08:40:15+08:00", "second"),
        ("1688258415.25", "2023-07-02T08:40:15+08:00", "second"),
        ("20230702083015", "2023-07-02T08:30:15+08:00", "second"),
        ("202307020830", "2023-07-02T08:30+08:00", "minute"),
        ("今天 08:30", "2023-07-03T08:30+08:00", "minute"),
        ("今天", "2023-07-03", "day"),
        ("5分鐘前", "2023-07-03T11:55+08:00", "minute"),
        ("两小时前", "2023-07-03T10:00+08:00", "minute"),
        ("1个小时前", "2023-07-03T11:00+08:00", "minute"),
        ("一週前", "2023-06-26", "day"),
        ("剛剛", "2023-07-03T12:00+08:00", "minute"),
        ("10 minutes ago", "2023-07-03T11:50+08:00", "minute"),
        ("an hour ago", "2023-07-03T11:00+08:00", "minute"),
        ("3d ago", "2023-06-30", "day"),
        ("Yesterday 08:30", "2023-07-02T08:30+08:00", "minute"),
        ("08:30", "2023-07-03T08:30+08:00", "minute"),
        ("23:10", "2023-07-02T23:10+08:00", "minute"),
        ("2023年7月2日 下午3:20", "2023-07-02T15:20+08:00", "minute"),
        ("昨天 上午8:05", "2023-07-02T08:05+08:00", "minute"),
        ("２０２３年７月２日", "2023-07-02", "day"),
        ("二〇二三年七月二日", "2023-07-02", "day"),
        ("二零二二年十二月三十一日", "2022-12-31", "day"),
        ("民國112年7月2日", "2023-07-02", "day"),
        ("7月1日前", "2023-07-01", "day"),
        ("发布时间：23-07-02", "2023-07-02", "day"),
    ],
)
def test_date_keeps_its_precision_and_zone(text: str, value: str, precision: str) -> None:
    published = parse_date(text, NOW, origin="feed", zone=CHINA)

    assert published is not None
    assert (published.value, published.precision, published.origin) == (value, precision, "feed")


@pytest.mark.parametrize(
    "text",
    ["", "soon", "1688-01-01", "1970-01-01T00:00:00Z", "2024-07-02", "9999-12-31", "-1-00-99", "2023-13-01",
     "2023-02-30", "0", "315532800", "4102444800", "12345678901234", "99999999999999999999", "25:61", "v1.2-3-4",
     "3 Marsupials 2022", "9999周前"],
)  # fmt: skip
def test_what_is_no_possible_date_is_none(text: str) -> None:
    assert parse_date(text, NOW, origin="feed") is None


def test_date_up_to_a_day_ahead_is_a_clock_that_runs_fast() -> None:
    assert parse_date("2023-07-04 11:00", NOW, origin="feed") is not None
    assert parse_date("2023-07-04 13:00", NOW, origin="feed") is None


def test_zone_of_the_feed_holds_where_the_date_names_none() -> None:
    published = parse_date("2023-07-02 08:30", NOW, origin="feed", zone=UTC)

    assert published is not None
    assert published.value == "2023-07-02T08:30+00:00"
