"""What waits when the configuration changes: other names, other channels, rules that are no more."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from alerts.dispatch import raise_hit
from alerts.groups import compose_due_alerts, tell_raised
from alerts.mutes import MuteSettings
from alerts.takeover import count_unclaimed, forget_alerts, take_over
from storage.database import Session, Store
from storage.records import Hit, HitReason
from storage.tables import deliveries
from tests.unit.alerts.desk import compose, desk_of, publish, told, waiting
from tests.unit.alerts.samples import NOW, rule

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_NIGHT = MuteSettings(at="00:00-07:00")  # NOW is 01:00


def test_rule_that_was_taken_out_for_a_while_still_tells_what_waited(store: Store) -> None:
    desk, without = desk_of(rule(mode="instant", group_wait=_MINUTE)), desk_of(rule("other", any=("无",)))
    store.write(lambda s: publish(s, desk, 1))
    store.write(lambda s: compose(s, without, NOW + _HOUR))
    store.write(lambda s: forget_alerts(s, without, NOW + _HOUR))

    store.write(lambda s: compose(s, desk, NOW + 2 * _HOUR))

    assert told(store) == [("desk", "new", ["文章1"])]


@pytest.mark.parametrize("mode", ["instant", "digest"])
def test_what_waits_of_a_rule_that_got_another_name_is_told_under_that(store: Store, mode: Any) -> None:
    before = desk_of(rule(mode=mode, mute=(_NIGHT,)))
    after = desk_of(rule("renamed", was=("models",), mode=mode, mute=(_NIGHT,)))
    store.write(lambda s: compose(s, before, NOW - _DAY))
    store.write(lambda s: publish(s, before, 1))

    with store.read() as session:
        assert count_unclaimed(session, after) == {("models", "desk"): 1}
    assert store.write(lambda s: take_over(s, after, NOW)) == 1
    for hours in (6, 30, 54):
        store.write(partial(compose, desk=after, now=NOW + hours * _HOUR))

    ((_, _, titles),) = told(store)
    assert titles == ["文章1"]
    with store.read() as session:
        assert count_unclaimed(session, after) == {}


@pytest.mark.parametrize("mode", ["instant", "digest"])
def test_what_waits_goes_to_the_channels_that_a_rule_has_now(store: Store, mode: Any) -> None:
    muted: dict[str, Any] = {"mode": mode, "mute": (_NIGHT,)}
    before = desk_of(rule(channels=("desk", "phone"), **muted), channels=("desk", "phone"))
    after = desk_of(rule(channels=("mail", "desk"), **muted), channels=("desk", "mail", "phone"))
    for desk in (before, after):
        store.write(partial(compose, desk=desk, now=NOW - _DAY))
    store.write(lambda s: publish(s, before, 1))

    assert [store.write(lambda s: take_over(s, after, NOW)) for _ in range(2)] == [1, 0]
    for hours in (6, 30, 54):
        store.write(partial(compose, desk=after, now=NOW + hours * _HOUR))

    assert sorted((channel, titles) for channel, _, titles in told(store)) == [("desk", ["文章1"]), ("mail", ["文章1"])]
    assert waiting(store) == 0


def test_what_waits_goes_there_and_back_and_is_told_once(store: Store) -> None:
    desk, mail = (desk_of(rule(mode="instant", mute=(_NIGHT,), channels=(name,)), channels=(name,)) for name in "ab")
    store.write(lambda s: publish(s, desk, 1))

    for one in (mail, desk, mail, desk):
        store.write(partial(take_over, desk=one, now=NOW))
    store.write(lambda s: compose(s, desk, NOW + 6 * _HOUR))

    assert told(store) == [("a", "new", ["文章1"])]


def test_message_to_a_channel_that_is_gone_is_told_through_those_of_its_rule(store: Store) -> None:
    before, after = (desk_of(rule(mode="instant", channels=(name,)), channels=(name,)) for name in ("chat", "mail"))
    for number in (1, 2):
        store.write(partial(publish, desk=before, number=number))

    store.write(lambda s: take_over(s, after, NOW))
    store.write(lambda s: compose(s, after, NOW + _MINUTE))

    ((channel, reason, titles),) = told(store)
    assert (channel, reason, sorted(titles)) == ("mail", "new", ["文章1", "文章2"])


def test_escalated_story_goes_to_the_channels_that_hear_of_it_now(store: Store) -> None:
    before, after = (
        desk_of(rule(mute=(_NIGHT,), escalate={"outlets": 2, "channels": (name,)}), channels=("desk", "phone", "pager"))
        for name in ("phone", "pager")
    )
    store.write(lambda s: publish(s, before, 1, reason=HitReason.ESCALATED))

    store.write(lambda s: take_over(s, after, NOW))
    store.write(lambda s: compose_due_alerts(s, after, NOW + 6 * _HOUR))

    assert [(channel, reason) for channel, reason, _ in told(store)] == [("pager", "escalated")]


@pytest.mark.parametrize("mode", ["instant", "digest"])
def test_channel_that_got_another_name_tells_what_waits_for_the_earlier_one(store: Store, mode: Any) -> None:
    before = desk_of(rule(mode=mode, mute=(_NIGHT,)))
    after = desk_of(rule(mode=mode, mute=(_NIGHT,), channels=("news",)), channels=("news",), was={"news": ("desk",)})
    store.write(lambda s: compose(s, before, NOW - _DAY))
    store.write(lambda s: publish(s, before, 1))

    assert [store.write(lambda s: take_over(s, after, NOW)) for _ in range(2)] == [1, 0]
    for hours in (6, 30, 54):
        store.write(partial(compose, desk=after, now=NOW + hours * _HOUR))

    assert [(channel, titles) for channel, _, titles in told(store)] == [("news", ["文章1"])]


def test_message_to_a_channel_that_got_another_name_keeps_its_key(store: Store) -> None:
    before = desk_of(rule(mode="instant"))
    after = desk_of(rule(mode="instant", channels=("news",)), channels=("news",), was={"news": ("desk",)})
    store.write(lambda s: publish(s, before, 1))
    with store.read() as session:
        key = session.scalar(select(deliveries.c.key))

    store.write(lambda s: take_over(s, after, NOW))
    store.write(lambda s: compose(s, after, NOW + _MINUTE))

    with store.read() as session:
        assert session.execute(select(deliveries.c.key, deliveries.c.channel)).all() == [(key, "news")]


def test_new_rule_with_the_earlier_name_of_another_tells_what_that_one_told(store: Store) -> None:
    before = desk_of(rule(mode="instant"))
    after = desk_of(rule("renamed", was=("models",), mode="instant"))
    other = desk_of(rule("renamed", mode="instant"), rule(any=("备案",), mode="instant"))
    story = store.write(lambda s: publish(s, before, 1))
    store.write(lambda s: take_over(s, after, NOW))

    def say(session: Session) -> None:
        said = Hit(rule="models", story_id=story, article_id=1, reason=HitReason.NEW, token="", spans=())
        raised = raise_hit(session, other, other.rules.rules[1], said, NOW)
        tell_raised(session, other, filter(None, [raised]), NOW)

    store.write(say)

    assert told(store) == [("desk", "new", ["文章1"])] * 2
    assert waiting(store) == 0


@pytest.mark.parametrize("renamed", ["rule", "channel"])
def test_pause_of_a_group_goes_on_under_another_name(store: Store, renamed: str) -> None:
    routing: dict[str, Any] = {"mode": "instant", "group_by": ("group",), "group_interval": _HOUR}
    before = desk_of(rule(**routing))
    after = (
        desk_of(rule("renamed", was=("models",), **routing))
        if renamed == "rule"
        else desk_of(rule(channels=("news",), **routing), channels=("news",), was={"news": ("desk",)})
    )
    store.write(lambda s: publish(s, before, 1))
    store.write(lambda s: compose(s, before, NOW + _MINUTE))
    store.write(lambda s: take_over(s, after, NOW + 2 * _MINUTE))
    store.write(lambda s: publish(s, after, 2, now=NOW + 3 * _MINUTE))

    counts = [store.write(lambda s, m=minutes: compose_due_alerts(s, after, NOW + m * _MINUTE)) for minutes in (10, 61)]

    assert counts == [0, 1]


def test_what_waits_for_a_rule_of_the_past_is_let_go(store: Store) -> None:
    desk, without = desk_of(rule(mode="instant", group_wait=_MINUTE)), desk_of(rule("other", any=("无",)))
    store.write(lambda s: publish(s, desk, 1))

    store.write(lambda s: forget_alerts(s, without, NOW + 41 * _DAY))

    assert waiting(store) == 0


def test_month_that_waits_outlives_a_rule_that_is_gone_for_an_hour(store: Store) -> None:
    desk, without = desk_of(rule()), desk_of(rule("other", any=("无",)))
    store.write(lambda s: publish(s, desk, 1))

    store.write(lambda s: forget_alerts(s, without, NOW + 31 * _DAY))

    assert waiting(store) == 1
