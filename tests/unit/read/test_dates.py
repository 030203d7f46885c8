from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.read.dates import CHINA, DateContext, from_url, parse_date

FETCHED_AT = datetime(2023, 9, 1, 2, 0, tzinfo=UTC)
CHINESE_PAGE = DateContext(fetched_at=FETCHED_AT, zone=CHINA)
OTHER_PAGE = DateContext(fetched_at=FETCHED_AT)

FORMS = [
    ("2023年7月2日", "2023-07-02"),
    ("2023年07月02日 08:30", "2023-07-02T08:30+08:00"),
    ("2023年07月02日08时30分", "2023-07-02T08:30+08:00"),
    ("2023年7月2日下午3:05", "2023-07-02T15:05+08:00"),
    ("2023年7月2日 星期日 08:30", "2023-07-02T08:30+08:00"),
    ("2023-05-17", "2023-05-17"),
    ("2023/8/15", "2023-08-15"),
    ("2023.07.02", "2023-07-02"),
    ("２０２３－０７－０２　０８：３０", "2023-07-02T08:30+08:00"),
    ("2023-07-02T08:30:15+08:00", "2023-07-02T08:30:15+08:00"),
    ("2023-07-02 08:30:15.123", "2023-07-02T08:30:15+08:00"),
    ("2023-07-02T23:30:00Z", "2023-07-02T23:30:00+00:00"),
    ("2023-07-02 00:00:00", "2023-07-02"),
    ("发布时间：23-07-02 08:30", "2023-07-02T08:30+08:00"),
    ("18-03-08", "2018-03-08"),
    ("二〇二三年七月二日", "2023-07-02"),
    ("二零二二年十二月廿一日", "2022-12-21"),
    ("民国112年7月2日", "2023-07-02"),
    ("今天 08:30", "2023-09-01T08:30+08:00"),
    ("昨天 23:59", "2023-08-31T23:59+08:00"),
    ("昨天", "2023-08-31"),
    ("刚刚", "2023-09-01T10:00+08:00"),
    ("5分钟前", "2023-09-01T09:55+08:00"),
    ("11小时前", "2023-08-31T23:00+08:00"),
    ("2天前", "2023-08-30"),
    ("07-02 08:30", "2023-07-02T08:30+08:00"),
    ("12-31 08:30", "2022-12-31T08:30+08:00"),
    ("1688257800", "2023-07-02T08:30:00+08:00"),
    ("1688257800000", "2023-07-02T08:30:00+08:00"),
    ("20230702083000", "2023-07-02T08:30:00+08:00"),
    ("Sun, 02 Jul 2023 08:30:00 GMT", "2023-07-02T08:30:00+00:00"),
    ("July 2, 2023", "2023-07-02"),
    ("2 July 2023", "2023-07-02"),
    ("民國112年7月2日 08:30", "2023-07-02T08:30+08:00"),
    ("2023年7月2日 8時30分", "2023-07-02T08:30+08:00"),
    ("2023-07-02 08:30 北京时间", "2023-07-02T08:30+08:00"),
    ("2023-07-02T08:30:00.123+0800", "2023-07-02T08:30:00+08:00"),
    ("20230702T083000Z", "2023-07-02T08:30:00+00:00"),
    ("Sun Jul 02 08:30:00 CST 2023", "2023-07-02T08:30:00+08:00"),
    ("半小时前", "2023-09-01T09:30+08:00"),
    ("3小時前", "2023-09-01T07:00+08:00"),
    ("前天 08:30", "2023-08-30T08:30+08:00"),
    ("07/02 08:30", "2023-07-02T08:30+08:00"),
    ("2023-07", "2023-07"),
    ("发布时间：2023年7月", "2023-07"),
    ("July 2023", "2023-07"),
    ("2023년 7월 2일 오후 3:30", "2023-07-02T15:30+08:00"),
]
ENGLISH = [
    ("Jul. 2, 2023 8:30 a.m. ET", "2023-07-02T08:30-04:00"),
    ("Jan. 2, 2023 8:30 a.m. ET", "2023-01-02T08:30-05:00"),
    ("Sunday, July 2, 2023 | 10:15 GMT", "2023-07-02T10:15+00:00"),
    ("8:30 AM EDT, Mon July 3, 2023", "2023-07-03T08:30-04:00"),
    ("10:15 BST, 2 July 2023", "2023-07-02T10:15+01:00"),
    ("Jul 2, 2023 / 08:30 AM CDT", "2023-07-02T08:30-05:00"),
    ("July 2, 2023 2:15 PM UTC+8", "2023-07-02T14:15+08:00"),
    ("Sun Jul 02 08:30:00 CST 2023", "2023-07-02T08:30:00-06:00"),
    ("5 hours ago", "2023-08-31T21:00+00:00"),
    ("an hour ago", "2023-09-01T01:00+00:00"),
    ("2 days ago", "2023-08-30"),
    ("02.07.2023, 08:30 Uhr", "2023-07-02"),
    ("2 juillet 2023", "2023-07-02"),
]


@pytest.mark.parametrize(("text", "expected"), FORMS, ids=[text for text, _ in FORMS])
def test_form_is_read_as_far_as_it_goes(text: str, expected: str) -> None:
    published = parse_date(text, "byline", CHINESE_PAGE, loose=True)
    assert published is not None
    assert published.value == expected
    expected_precision = {7: "month", 10: "day", 22: "minute", 25: "second"}[len(expected)]
    assert (published.precision, published.origin) == (expected_precision, "byline")


@pytest.mark.parametrize(("text", "expected"), ENGLISH, ids=[text for text, _ in ENGLISH])
def test_english_form_keeps_its_own_zone(text: str, expected: str) -> None:
    published = parse_date(text, "byline", OTHER_PAGE, loose=True)
    assert published is not None
    assert published.value == expected


NO_DATES = [
    "2023年",
    "© 2023",
    "截至2023年7月2日",
    "有效期至2023-08-01",
    "7月2日",
    "2023-02-30",
    "2023-13-45",
    "1230-01-01",
    "2024-01-01",
    "99999999999999",
    "867 0",
    "",
]


@pytest.mark.parametrize("text", NO_DATES, ids=repr)
def test_no_date_is_made_up(text: str) -> None:
    assert parse_date(text, "byline", CHINESE_PAGE, loose=True) is None


@pytest.mark.parametrize("text", ["今天", "5分钟前", "07-02 08:30"])
def test_relative_date_needs_the_fetch_time(text: str) -> None:
    assert parse_date(text, "byline", DateContext(zone=CHINA), loose=True) is None


@pytest.mark.parametrize("text", ["昨天 08:30", "07-02 08:30", "23-07-02"])
def test_loose_form_is_not_read_elsewhere(text: str) -> None:
    assert parse_date(text, "meta", CHINESE_PAGE) is None


def test_time_of_unknown_zone_is_cut_to_the_day() -> None:
    published = parse_date("July 2, 2023 8:30 am", "meta", OTHER_PAGE)
    assert published is not None
    assert (published.value, published.precision) == ("2023-07-02", "day")


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("July 2, 2023 8:30 pm", "2023-07-02T20:30", "minute"),
        ("2023-07-02 20:30:15", "2023-07-02T20:30:15", "second"),
        ("2023-07-02 20:30 GMT", "2023-07-02T20:30+00:00", "minute"),
        ("2023-07-02 00:00", "2023-07-02", "day"),
        ("2023-07-02 25:30", "2023-07-02", "day"),
    ],
)
def test_time_of_unknown_zone_is_kept_as_it_is_where_asked(text: str, expected: str, precision: str) -> None:
    published = parse_date(text, "text", DateContext(fetched_at=FETCHED_AT, keeps_local=True))
    assert published is not None
    assert (published.value, published.precision) == (expected, precision)


def test_named_zone_is_kept() -> None:
    published = parse_date("Jul. 2, 2023 at 3:15 p.m. EDT", "byline", OTHER_PAGE)
    assert published is not None
    assert published.value == "2023-07-02T15:15-04:00"


def test_date_within_a_day_after_the_fetch_is_believed() -> None:
    tomorrow = parse_date("2023-09-02 09:00", "meta", CHINESE_PAGE)
    later = parse_date("2023-09-02 11:00", "meta", CHINESE_PAGE)
    assert tomorrow is not None
    assert later is None


def test_today_at_midnight_is_the_readers_day() -> None:
    just_after_midnight = DateContext(fetched_at=datetime(2023, 8, 31, 16, 5, tzinfo=UTC), zone=CHINA)
    published = parse_date("今天", "byline", just_after_midnight, loose=True)
    assert published is not None
    assert published.value == "2023-09-01"


URLS = [
    ("https://a.test/2023/0702/c1-2.html", "2023-07-02"),
    ("https://a.test/20230702/x.htm", "2023-07-02"),
    ("https://a.test/2023-07/02/c_112.htm", "2023-07-02"),
    ("http://a.test/zc/202307/t20230702_123.html", "2023-07-02"),
    ("https://a.test/2023/07/02/story", "2023-07-02"),
    ("https://a.test/omn/20230702A01XYZ00", "2023-07-02"),
    ("https://a.test/x/2019_09_07_516891.shtml", "2019-09-07"),
    ("https://a.test/12023070212/", None),
    ("https://a.test/20231399/x", None),
    ("http://[bad/20230702/x", None),
]


@pytest.mark.parametrize(("url", "expected"), URLS)
def test_day_in_an_address(url: str, expected: str | None) -> None:
    published = from_url(url, CHINESE_PAGE)
    assert (published.value if published else None) == expected
