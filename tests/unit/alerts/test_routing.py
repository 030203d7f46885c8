from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.mutes import MuteSettings
from alerts.routing import Hold, Reason, RoutingSettings, Tell, Timing, Told, is_late, needs_update, timing
from storage.states import HitReason
from tests.unit.alerts.samples import rule

_NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_GROUPED = Timing(by=("entity",), wait=timedelta(seconds=30), interval=5 * _MINUTE)
_NOON = (MuteSettings(at="11:00-13:00"),)


@dataclass(frozen=True)
class _Hit:
    reason: HitReason = HitReason.NEW
    since: datetime = _NOW


def _at(minutes: float) -> datetime:
    return _NOW + minutes * _MINUTE


_ONE, _CHANGE, _LOUD = _Hit(), _Hit(HitReason.CHANGED), _Hit(HitReason.ESCALATED)


@pytest.mark.parametrize(
    ("told", "hits", "now", "routing", "decided"),
    [
        pytest.param(None, [_ONE], 0, Timing(), Tell(reason=Reason.FIRST), id="a story is told at once"),
        pytest.param(-1, [_ONE], 0, Timing(), Tell(reason=Reason.NEW), id="and so is the next hit of it"),
        pytest.param(-1, [_CHANGE], 0, Timing(), Tell(reason=Reason.CHANGED), id="and a change"),
        pytest.param(None, [_ONE], 0, _GROUPED, Hold(until=_at(0.5), why="grouped"), id="a group waits for more"),
        pytest.param(None, [_ONE], 0.5, _GROUPED, Tell(reason=Reason.FIRST), id="not for long"),
        pytest.param(
            None, [_ONE, _Hit(since=_at(0.4))], 0.5, _GROUPED, Tell(reason=Reason.FIRST), id="as its first hit says"
        ),
        pytest.param(-1, [_ONE], 1, _GROUPED, Hold(until=_at(4), why="grouped"), id="a pause after a message"),
        pytest.param(-1, [_ONE], 4, _GROUPED, Tell(reason=Reason.NEW), id="the pause is over"),
        pytest.param(-60, [_ONE], 0, _GROUPED, Hold(until=_at(0.5), why="grouped"), id="told long ago"),
        pytest.param(-1, [_ONE, _LOUD], 0, _GROUPED, Tell(reason=Reason.ESCALATED), id="escalated waits for none"),
        pytest.param(
            None, [_ONE], 0, Timing(mutes=_NOON), Hold(until=_at(60), why="muted"), id="muted"
        ),
        pytest.param(
            None, [_LOUD], 0, Timing(mutes=_NOON), Hold(until=_at(60), why="muted"), id="what escalates is muted too"
        ),
        pytest.param(None, [_ONE], 60, Timing(mutes=_NOON), Tell(reason=Reason.FIRST), id="told when the mute ends"),
        pytest.param(
            None, [_Hit(since=_at(60))], 0, _GROUPED, Tell(reason=Reason.FIRST), id="raised before a clock was set back"
        ),
        pytest.param(None, [], 0, Timing(), None, id="nothing to say"),
        pytest.param(-60, [], 0, Timing(), None, id="nothing new to say"),
        pytest.param(
            60, [_ONE], 0, _GROUPED, Hold(until=_at(0.5), why="grouped"), id="told in the future: a clock set back",
        ),
    ],
)  # fmt: skip
def test_group_is_told_when_its_time_has_come(
    told: float | None, hits: Sequence[_Hit], now: float, routing: Timing, decided: Tell | Hold | None
) -> None:
    last = None if told is None else Told(at=_at(told))

    assert needs_update(last, hits, _at(now), routing) == decided


@pytest.mark.parametrize(
    ("minutes", "articles", "decided"),
    [
        pytest.param(59, 9, Hold(until=_at(60), why="grouped"), id="too early"),
        pytest.param(60, 9, Tell(reason=Reason.REPEAT), id="taken up by others"),
        pytest.param(60, 3, None, id="by nobody"),
    ],
)
def test_story_is_told_again_when_it_grew(minutes: float, articles: int, decided: Tell | Hold | None) -> None:
    routing = Timing(repeat=60 * _MINUTE)

    assert needs_update(Told(at=_NOW, articles=3), [], _at(minutes), routing, articles=articles) == decided


@pytest.mark.parametrize(
    ("given_", "defaults", "wait_s", "interval_s"),
    [
        pytest.param({}, {}, 0, 0, id="a story of its own"),
        pytest.param({"group_by": ["entity"]}, {}, 30, 300, id="several stories"),
        pytest.param({"group_by": ["story", "entity"]}, {}, 0, 0, id="one story and more"),
        pytest.param({"group_wait": "2m"}, {}, 120, 0, id="as the rule says"),
        pytest.param({}, {"group_by": ["topic"], "group_interval": "1h"}, 30, 3_600, id="as all say"),
        pytest.param({"group_wait": "0s"}, {"group_by": ["topic"], "group_wait": "1h"}, 0, 300, id="the rule first"),
    ],
)
def test_rule_says_less_than_it_needs(
    given_: dict[str, Any], defaults: dict[str, Any], wait_s: int, interval_s: int
) -> None:
    found = timing(rule(**given_), RoutingSettings.model_validate(defaults), "UTC")

    assert (found.wait.total_seconds(), found.interval.total_seconds()) == (wait_s, interval_s)


def test_empty_mute_of_a_rule_ends_that_of_all() -> None:
    defaults = RoutingSettings(mute=_NOON)

    assert timing(rule(), defaults, "UTC").mutes == _NOON
    assert timing(rule(mute=()), defaults, "UTC").mutes == ()


def test_hit_is_late_that_waited_for_something_else() -> None:
    assert not is_late([_ONE], _at(10), _GROUPED)
    assert is_late([_ONE], _at(10.1), _GROUPED)
    assert not is_late([], _at(10), _GROUPED)


_STREAMS = st.lists(st.tuples(st.floats(0, 90), st.sampled_from(list(HitReason))), min_size=1, max_size=12)
_TIMINGS = st.builds(
    Timing,
    wait=st.sampled_from([timedelta(0), timedelta(seconds=30), 10 * _MINUTE]),
    interval=st.sampled_from([timedelta(0), 5 * _MINUTE, 60 * _MINUTE]),
    mutes=st.sampled_from([(), _NOON, (MuteSettings(at="12:20-12:40"), MuteSettings(at="12:40-14:10"))]),
)


@given(_STREAMS, _TIMINGS, st.lists(st.booleans(), min_size=1, max_size=20))
def test_every_hit_of_a_stream_is_told_once_and_never_in_a_mute(
    stream: list[tuple[float, HitReason]], routing: Timing, crashes: list[bool]
) -> None:
    """A minute at a time; a crash at any moment loses what was decided in it, and nothing else."""
    coming = sorted((_Hit(reason, _at(minutes)) for minutes, reason in stream), key=lambda hit: hit.since)
    left, told, messages = list(coming), None, []
    for minute in range(600):
        now = _at(minute)
        waiting = [hit for hit in left if hit.since <= now]
        decided = needs_update(told, waiting, now, routing)
        if isinstance(decided, Hold):
            assert decided.until > now
        crashed = minute < len(crashes) and crashes[minute]
        if isinstance(decided, Tell) and not crashed:
            assert routing.muted_until(now) is None
            messages.append((now, waiting))
            told, left = Told(at=now), [hit for hit in left if hit not in waiting]

    assert left == []
    assert sum(len(hits) for _, hits in messages) == len(coming)
    for (earlier, _), (later, hits) in pairwise(messages):
        if all(hit.reason is not HitReason.ESCALATED for hit in hits):
            assert later - earlier >= routing.interval


@given(_STREAMS, _TIMINGS)
def test_looking_again_when_told_to_misses_nothing(stream: list[tuple[float, HitReason]], routing: Timing) -> None:
    """The end of a hold is when the answer changes: no sooner, and no later."""
    hits = [_Hit(reason, _at(minutes)) for minutes, reason in stream]
    now = max(hit.since for hit in hits)
    decided = needs_update(None, hits, now, routing)
    for _ in range(5):
        if not isinstance(decided, Hold):
            break
        before = needs_update(None, hits, decided.until - timedelta(microseconds=1), routing)
        assert isinstance(before, Hold)
        decided = needs_update(None, hits, decided.until, routing)

    assert isinstance(decided, Tell)
