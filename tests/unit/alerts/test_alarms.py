"""Which states of sources are told, once, and in what words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.alarms import decide
from alerts.phrases import phrases
from alerts.render import render_alarms
from alerts.state import Alarm, AlarmSettings, Code
from storage.alarms import Notice, WatchedSource

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ON = AlarmSettings().on
FINE = WatchedSource(
    id="wire",
    url="https://news.example/feed",
    failures=0,
    failing_since=None,
    last_error=None,
    has_answered=True,
    is_silent=False,
    last_news_at=NOW - timedelta(hours=1),
    notices=(),
    told={},
)


def source(**more: Any) -> WatchedSource:
    return replace(FINE, **more)


def failing(failures: int = 3, minutes: float = 60, **more: Any) -> WatchedSource:
    since = NOW - timedelta(minutes=minutes)
    return source(failures=failures, failing_since=since, last_error="timeout: not done within 30 s", **more)


def notice(code: str) -> Notice:
    return Notice(code=code, text="what there is to say", since=NOW)


def alarms(sources: Iterable[WatchedSource], on: tuple[str, ...] = ON) -> tuple[Alarm, ...]:
    return tuple(alarm for decision in decide(tuple(sources), on, NOW) for alarm in decision.alarms)


def told(*sources: WatchedSource, on: tuple[str, ...] = ON) -> list[tuple[str, str, bool]]:
    return [(alarm.source_id, alarm.code, alarm.is_over) for alarm in alarms(sources, on)]


@pytest.mark.parametrize(
    ("watched", "expected"),
    [
        pytest.param(FINE, [], id="fine"),
        pytest.param(failing(), ["failing"], id="failing for an hour"),
        pytest.param(failing(2, 600), [], id="two failures"),
        pytest.param(failing(9, 59), [], id="less than an hour"),
        pytest.param(failing(told={"failing": NOW.isoformat()}), [], id="told before"),
        pytest.param(failing(1, 0, told={"failing": NOW.isoformat()}), [], id="told before and failing again"),
        pytest.param(source(is_silent=True), ["silent"], id="silent"),
        pytest.param(source(is_silent=True, has_answered=False), [], id="never answered yet"),
        pytest.param(failing(is_silent=True), ["failing"], id="silent because it fails"),
        pytest.param(failing(notices=(notice("gone"),)), ["gone"], id="gone"),
        pytest.param(
            failing(notices=(notice("gone"),), told={"failing": NOW.isoformat()}), ["gone"], id="failed first"
        ),
        pytest.param(source(notices=(notice("gap"), notice("drift"))), ["drift", "gap"], id="notices"),
        pytest.param(source(notices=(notice("drift"), notice("drift"))), ["drift"], id="one code twice"),
        pytest.param(source(notices=(notice("validators"),)), [], id="not asked for"),
    ],
)
def test_a_state_is_told_when_it_stands_and_was_not_told(watched: WatchedSource, expected: list[str]) -> None:
    assert sorted(code for _, code, _ in told(watched)) == expected


@pytest.mark.parametrize(
    ("code", "over"), [("failing", True), ("silent", True), ("drift", True), ("gone", True), ("gap", False)]
)
def test_the_end_of_a_state_is_told_where_it_means_something(code: str, over: bool) -> None:
    recovered = source(told={code: NOW.isoformat()})
    assert told(recovered) == ([("wire", code, True)] if over else [])
    assert told(recovered, on=()) == []


def test_sources_that_fail_together_are_told_together() -> None:
    down = [failing(1, 5, id=f"s{n}") for n in range(5)]
    assert told(*down, failing(id="first"), *(source(id=f"ok{n}") for n in range(4))) == [
        *((f"s{n}", "failing", False) for n in range(5)),
        ("first", "failing", False),
    ]
    assert told(*down, *(source(id=f"ok{n}") for n in range(4))) == []
    assert len(told(*down, failing(id="first"), *(source(id=f"ok{n}") for n in range(40)))) == 1


@pytest.mark.parametrize(
    ("dead", "expected"),
    [
        pytest.param(failing(40, 9 * 24 * 60, told={"failing": NOW.isoformat()}, id="dead"), 0, id="told days ago"),
        pytest.param(failing(40, 9 * 24 * 60, id="dead"), 1, id="dead for days"),
        pytest.param(failing(4, 121, id="dead"), 1, id="failing for two hours"),
        pytest.param(failing(4, 120, id="dead"), 3, id="failing since the hour before"),
    ],
)
def test_what_fails_for_long_alone_does_not_rush_the_others(dead: WatchedSource, expected: int) -> None:
    others = [failing(1, 60, id="a"), failing(1, 65, id="b"), *(source(id=f"ok{n}") for n in range(3))]
    assert len(told(dead, *others)) == expected


def test_what_waits_is_told_when_it_has_passed_and_is_not_told_as_over() -> None:
    waiting = source(untold=(notice("gap"),))
    assert told(waiting) == [("wire", "gap", False)]
    assert told(replace(waiting, notices=(notice("gap"),))) == [("wire", "gap", False)]
    assert told(waiting, on=("drift",)) == []
    (decision,) = decide([waiting], ON, NOW)
    assert (decision.told, decision.untold) == ({}, waiting.untold)


def test_what_ends_by_itself_does_not_wait_to_be_told() -> None:
    (decision,) = decide([failing(notices=(notice("gap"), notice("drift")))], ON, NOW)
    assert set(decision.told) == {"failing", "gap", "drift"}
    assert (decision.kept, [one.code for one in decision.untold]) == ({}, ["gap"])


def test_while_a_message_waits_what_has_passed_is_forgotten_and_what_ended_is_not() -> None:
    (decision,) = decide([source(told={"gap": NOW.isoformat(), "silent": NOW.isoformat()})], ON, NOW)
    assert [(alarm.code, alarm.is_over) for alarm in decision.alarms] == [("silent", True)]
    assert (decision.kept, decision.told) == ({"silent": NOW.isoformat()}, {})


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 200), st.booleans()), max_size=6))
def test_what_was_just_told_is_not_told_again(states: list[tuple[int, int, bool]]) -> None:
    def made(number: int, failures: int, minutes: int, silent: bool, told_codes: dict[str, str]) -> WatchedSource:
        base = failing(failures, minutes) if failures else FINE
        return replace(base, id=f"s{number}", is_silent=silent, told=told_codes)

    before = [made(n, *state, {}) for n, state in enumerate(states)]
    said = alarms(before)
    marks = {
        watched.id: {alarm.code: alarm.since.isoformat() for alarm in said if alarm.source_id == watched.id}
        for watched in before
    }
    assert alarms(made(n, *state, marks[f"s{n}"]) for n, state in enumerate(states)) == ()


# ------------------------------------------------------------------------------------------------ words

ALARMS = (
    Alarm(source_id="wire", url="https://news.example/feed", code="silent", since=NOW, is_over=True),
    Alarm(
        source_id="cac",
        url="http://www.cac.gov.cn/index.htm",
        code="failing",
        since=NOW,
        text="http_error: 503 <script>\n@all",
    ),
    Alarm(source_id="gov", url="file:///srv/gov", code="gap", since=NOW, text="none of the 20 entries"),
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_alarm_says_what_is_the_matter_since_when_and_what_to_do(language: str) -> None:
    words = phrases(language)
    message = render_alarms(ALARMS, language=language, now=NOW, timezone="Asia/Shanghai", names={"cac": "网信办"})
    for form in (message.text, message.markdown, message.html):
        assert "网信办" in form
        assert "16:00" in form
        assert "<script>" not in form or form is message.text
        assert "@all" not in form
    assert words.alarms["failing"] in message.subject
    assert words.advice["failing"] in message.text
    assert message.text.index("网信办") < message.text.index("gov") < message.text.index(words.alarms["over"], 200)
    assert [(one["source"], one["state"], one["over"]) for one in message.data["sources"]] == [
        ("wire", "silent", True),
        ("cac", "failing", False),
        ("gov", "gap", False),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_state_has_a_word(language: str) -> None:
    assert set(get_args(Code)) <= set(phrases(language).alarms)
    unknown = Alarm(source_id="x", url="https://a.example/", code="a kind's own", since=NOW)
    assert phrases(language).alarms["notice"] in render_alarms((unknown,), language=language, now=NOW).subject


def test_a_hundred_sources_fit_one_message() -> None:
    many = tuple(replace(ALARMS[1], source_id=f"s{n}") for n in range(300))
    message = render_alarms(many, language="en", now=NOW)
    assert message.subject == "Source alarm: 300 failing | 300 sources"
    assert "200 more" in message.text
