"""What waits and when it is told: groups, mutes, pauses, repeats, and rules that change their mode."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from alerts.desk import Desk
from alerts.groups import compose_due_alerts, next_alert
from alerts.mutes import MuteSettings
from alerts.routing import RoutingSettings
from storage import silences
from storage.database import Session, Store, open_store
from storage.records import HitReason
from storage.tables import deliveries, delivery_hits, hits
from tests.unit.alerts.desk import compose, desk_of, publish, told, waiting
from tests.unit.alerts.samples import NOW, mention, rule

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_NIGHT = MuteSettings(at="00:00-07:00")  # NOW is 01:00


def test_rule_that_goes_from_digests_to_alerts_loses_nothing(store: Store) -> None:
    before, after = desk_of(rule()), desk_of(rule(mode="instant"))
    store.write(lambda s: compose(s, before, NOW - _DAY))  # the digests of before
    for number in (1, 2):
        store.write(partial(publish, desk=before, number=number))

    store.write(lambda s: compose(s, after, NOW + _HOUR))
    store.write(lambda s: compose(s, after, NOW + _DAY))

    ((channel, reason, titles),) = told(store)
    assert (channel, reason, sorted(titles)) == ("desk", "new", ["文章1", "文章2"])
    assert waiting(store) == 0


@pytest.mark.parametrize(
    "routing",
    [{}, {"group_by": ("entity",)}, {"group_wait": _MINUTE}],
    ids=["each story", "groups of several stories", "stories that wait for more"],
)
def test_rest_of_a_digest_is_one_message_when_its_rule_tells_at_once(store: Store, routing: dict[str, Any]) -> None:
    before, after = desk_of(rule()), desk_of(rule(mode="instant", **routing))
    store.write(lambda s: compose(s, before, NOW - _DAY))
    names = (("文心一言", "model:ernie"), ("通义千问", "model:qwen"), ("文心一言", "model:ernie"))
    for number, (name, entity) in enumerate(names):
        text = f"大模型{name}。"
        said = {"text": text, "mentions": (mention(text, name, entity),), "now": NOW + (number * 20) * _MINUTE}
        store.write(partial(publish, desk=before, number=number, **said))

    store.write(lambda s: compose(s, after, NOW + 42 * _MINUTE))

    ((_, _, titles),) = told(store)
    assert sorted(titles) == ["文章0", "文章1", "文章2"]


def test_rest_of_a_digest_that_just_began_is_one_message(store: Store) -> None:
    before, after = desk_of(rule()), desk_of(rule(mode="instant"))
    store.write(lambda s: compose(s, before, NOW))
    for number in (1, 2):
        store.write(partial(publish, desk=before, number=number, now=NOW + number * _MINUTE))

    store.write(lambda s: compose(s, after, NOW + 3 * _MINUTE))

    ((_, _, titles),) = told(store)
    assert sorted(titles) == ["文章1", "文章2"]


def test_rule_that_goes_from_alerts_to_digests_repeats_nothing(store: Store) -> None:
    before, after = desk_of(rule(mode="instant")), desk_of(rule())
    store.write(lambda s: compose(s, desk_of(rule("other", any=("无",))), NOW - _DAY))
    store.write(lambda s: publish(s, before, 1))
    store.write(lambda s: publish(s, after, 2))

    for hours in (1, 24, 48):
        store.write(partial(compose, desk=after, now=NOW + hours * _HOUR))

    assert told(store) == [("desk", "new", ["文章1"]), ("desk", "digest", ["文章2"])]


def test_what_is_muted_is_told_in_one_message_when_the_mute_ends(store: Store) -> None:
    desk = desk_of(rule(mode="instant", mute=(_NIGHT,)))
    for number in (1, 2, 3):
        store.write(partial(publish, desk=desk, number=number, now=NOW + number * _MINUTE))

    assert store.write(lambda s: compose(s, desk, NOW + 5 * _HOUR)) == 0
    with store.read() as session:
        assert next_alert(session, desk, NOW + 5 * _HOUR) == NOW + 6 * _HOUR
    assert store.write(lambda s: compose(s, desk, NOW + 6 * _HOUR)) == 1

    ((channel, reason, titles),) = told(store)
    assert (channel, reason, sorted(titles)) == ("desk", "new", ["文章1", "文章2", "文章3"])
    assert store.write(lambda s: compose(s, desk, NOW + 7 * _HOUR)) == 0


def test_what_a_long_mute_gathered_is_told_in_parts_and_whole(store: Store) -> None:
    desk = desk_of(rule(mode="instant", mute=(_NIGHT,), group_interval=_MINUTE))
    for number in range(8):
        store.write(partial(publish, desk=desk, number=number, now=NOW + number * _MINUTE))
    morning = NOW + 6 * _HOUR

    part = partial(compose_due_alerts, desk=desk, now=morning, most=3)
    counts = [store.write(part) for _ in range(2)]
    with store.read() as session:
        assert next_alert(session, desk, morning) == morning
    counts += [store.write(part) for _ in range(2)]

    assert counts == [1, 1, 1, 0]
    titles = [title for _, _, several in told(store) for title in several]
    assert [len(several) for _, _, several in told(store)] == [3, 3, 2]
    assert len(set(titles)) == 8


def test_silence_of_a_long_mute_leaves_none_to_tell(store: Store) -> None:
    desk = desk_of(rule(mode="instant", mute=(_NIGHT,)))
    for number in range(8):
        store.write(partial(publish, desk=desk, number=number))
    held: dict[str, Any] = {"comment": "", "starts_at": NOW + _HOUR, "ends_at": NOW + _DAY, "rule": "*"}
    store.write(lambda s: silences.add_silence(s, **held))

    morning = partial(compose_due_alerts, desk=desk, now=NOW + 6 * _HOUR, most=3)
    assert store.write(morning) == 0

    assert (told(store), waiting(store)) == ([], 0)


def test_muted_change_comes_with_what_it_changes_and_says_so(store: Store) -> None:
    desk = desk_of(rule(mode="instant", mute=(_NIGHT,)))
    story = store.write(lambda s: publish(s, desk, 1))
    store.write(lambda s: publish(s, desk, 2, reason=HitReason.CHANGED, story_id=story))

    store.write(lambda s: compose(s, desk, NOW + 6 * _HOUR))

    with store.read() as session:
        (row,) = session.execute(select(deliveries)).all()
    assert "有变动" in row.payload["text"]
    assert len(row.payload["data"]["stories"]) == 1


def test_hits_of_an_entity_are_one_message_and_pauses_are_kept(store: Store) -> None:
    desk = desk_of(rule(entities=("model:*",), mode="instant", group_by=("entity",)))
    text = "文心一言与通义千问都备案了，文心一言先。"
    both = (mention(text, "文心一言", "model:ernie"), mention(text, "通义千问", "model:qwen"))
    other = mention("通义千问备案。", "通义千问", "model:qwen")

    def come(number: int, at: datetime, *, is_other: bool = False) -> None:
        said = ("通义千问备案。", (other,)) if is_other else (text, both)
        store.write(lambda s: publish(s, desk, number, now=at, text=said[0], mentions=said[1]))

    come(1, NOW)
    come(2, NOW + timedelta(seconds=10))
    come(3, NOW + timedelta(seconds=20), is_other=True)
    assert store.write(lambda s: compose(s, desk, NOW + timedelta(seconds=29))) == 0
    assert store.write(lambda s: compose(s, desk, NOW + timedelta(seconds=30))) == 1
    come(4, NOW + _MINUTE)
    assert store.write(lambda s: compose(s, desk, NOW + 5 * _MINUTE)) == 1  # the other entity
    assert store.write(lambda s: compose(s, desk, NOW + 6 * _MINUTE)) == 1  # five minutes after the first message

    found = [(reason, sorted(titles)) for _, reason, titles in told(store)]
    assert found == [("new", ["文章1", "文章2"]), ("new", ["文章3"]), ("new", ["文章4"])]
    with store.read() as session:
        subject = session.execute(select(deliveries).order_by(deliveries.c.id)).first().payload["subject"]
    assert "文心一言" in subject


@pytest.mark.parametrize("by", ["vendor", "topic", "group"])
def test_hits_may_be_grouped_by_other_things(store: Store, by: Any) -> None:
    desk = desk_of(rule(mode="instant", group_by=(by,)), vendors={"model:ernie": "百度"})
    text = "大模型文心一言。"
    for number in (1, 2):
        said = {"text": text, "mentions": (mention(text, "文心一言", "model:ernie"),)}
        store.write(partial(publish, desk=desk, number=number, **said))

    store.write(lambda s: compose(s, desk, NOW + _MINUTE))

    found = [sorted(titles) for _, _, titles in told(store)]
    assert found == ([["文章1"], ["文章2"]] if by == "topic" else [["文章1", "文章2"]])


def test_rules_of_one_channel_tell_a_story_in_one_message_that_names_them(store: Store) -> None:
    loud = rule("filings", any=("备案",), mode="instant", severity="critical")
    desk = desk_of(rule(mode="instant", channels=("desk", "phone")), loud, channels=("desk", "phone"))

    store.write(lambda s: publish(s, desk, 1))

    assert told(store) == [("desk", "new", ["文章1"]), ("phone", "new", ["文章1"])]
    with store.read() as session:
        both, one = session.scalars(select(deliveries.c.payload).order_by(deliveries.c.id))
        links = session.scalars(select(delivery_hits.c.hit_id).order_by(delivery_hits.c.delivery_id)).all()
    assert (both["data"]["rule"], both["data"]["rules"]) == ("filings", ["filings", "models"])
    assert (one["data"]["rule"], one["data"]["rules"]) == ("models", ["models"])
    assert both["subject"] == "【严重】文章1"
    assert "规则：models、filings" in both["text"]
    assert (links, waiting(store)) == ([1, 2, 1], 0)


def test_rules_that_group_a_story_otherwise_tell_it_by_themselves(store: Store) -> None:
    desk = desk_of(rule(mode="instant"), rule("filings", any=("备案",), mode="instant", group_by=("group",)))

    store.write(lambda s: publish(s, desk, 1))
    store.write(lambda s: compose(s, desk, NOW + _MINUTE))

    with store.read() as session:
        payloads = session.scalars(select(deliveries.c.payload).order_by(deliveries.c.id)).all()
    assert [payload["data"]["rules"] for payload in payloads] == [["models"], ["filings"]]


def test_night_of_several_rules_is_one_message_with_each_story_once(store: Store) -> None:
    rules = (rule(mode="instant", mute=(_NIGHT,)), rule("filings", any=("备案",), mode="instant", mute=(_NIGHT,)))
    desk = desk_of(*rules)
    for number in (1, 2):
        store.write(partial(publish, desk=desk, number=number))

    store.write(lambda s: compose(s, desk, NOW + 6 * _HOUR))

    ((_, _, titles),) = told(store)
    assert sorted(titles) == ["文章1", "文章2"]


def test_story_that_several_rules_tell_again_is_one_message(store: Store) -> None:
    again: dict[str, Any] = {"mode": "instant", "repeat_interval": 4 * _HOUR}
    desk = desk_of(rule(**again), rule("filings", any=("备案",), **again))
    story = store.write(lambda s: publish(s, desk, 1))
    store.write(lambda s: publish(s, desk, 2, story_id=story))

    assert [store.write(lambda s, h=hours: compose(s, desk, NOW + h * _HOUR)) for hours in (5, 10)] == [1, 0]

    assert [reason for _, reason, _ in told(store)] == ["new", "repeat"]


def test_each_channel_is_told(store: Store) -> None:
    desk = desk_of(rule(mode="instant", group_wait=_MINUTE, channels=("desk", "phone")), channels=("desk", "phone"))
    store.write(lambda s: publish(s, desk, 1))

    store.write(lambda s: compose(s, desk, NOW + _MINUTE))

    assert told(store) == [("desk", "new", ["文章1"]), ("phone", "new", ["文章1"])]


def test_story_that_others_took_up_is_told_again(store: Store) -> None:
    desk = desk_of(rule(mode="instant", repeat_interval=4 * _HOUR))
    story = store.write(lambda s: publish(s, desk, 1))
    assert store.write(lambda s: compose(s, desk, NOW + 5 * _HOUR)) == 0  # nobody did
    store.write(lambda s: publish(s, desk, 2, story_id=story))

    assert store.write(lambda s: compose(s, desk, NOW + 5 * _HOUR)) == 1
    assert store.write(lambda s: compose(s, desk, NOW + 10 * _HOUR)) == 0

    assert [reason for _, reason, _ in told(store)] == ["new", "repeat"]
    with store.read() as session:
        last = session.execute(select(deliveries).order_by(deliveries.c.id.desc())).first()
    assert last.payload["subject"].startswith("【再次提醒】")


@pytest.mark.parametrize("pause", [7 * _DAY, 14 * _DAY], ids=["a week", "the longest"])
def test_story_is_told_again_after_a_long_pause(store: Store, pause: timedelta) -> None:
    desk = desk_of(rule(mode="instant", repeat_interval=pause))
    story = store.write(lambda s: publish(s, desk, 1))
    store.write(lambda s: publish(s, desk, 2, story_id=story))

    for days in range(1, 30):
        store.write(partial(compose, desk=desk, now=NOW + days * _DAY))

    assert [reason for _, reason, _ in told(store)] == ["new", "repeat"]


def test_defaults_hold_for_rules_that_say_nothing(store: Store) -> None:
    desk = desk_of(rule(mode="instant"), defaults=RoutingSettings(mute=(_NIGHT,)))

    store.write(lambda s: publish(s, desk, 1))

    assert told(store) == []


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["publish", "change", "compose", "crash", "digest", "instant", "grouped", "muted"]),
        st.integers(1, 600),
    ),
    min_size=3,
    max_size=14,
)
_MODES: dict[str, dict[str, Any]] = {
    "digest": {},
    "instant": {"mode": "instant"},
    "grouped": {"mode": "instant", "group_by": ("group",)},
    "muted": {"mode": "instant", "mute": (MuteSettings(at="03:00-11:00"),)},
}


class _CrashError(Exception):
    """The power goes."""


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_STEPS)
def test_no_hit_is_lost_and_none_told_twice(steps: list[tuple[str, int]]) -> None:
    """Whatever the rule is made to be, and wherever a transaction breaks off."""
    with TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store.db", now=lambda: NOW)
        try:
            times = _play(store, steps)
        finally:
            store.close()
    assert set(times.values()) <= {1}


def _play(store: Store, steps: list[tuple[str, int]]) -> Counter[int]:
    """Do some steps, let two days pass, and return how often each hit was told."""
    mode, now, story, before = "instant", NOW, None, 0
    for number, (step, minutes) in enumerate(steps):
        now += minutes * _MINUTE
        mode = step if step in _MODES else mode
        desk = desk_of(rule(**_MODES[mode]))
        if step == "publish":
            story = store.write(partial(publish, desk=desk, number=number, now=now))
        elif step == "change" and story is not None:
            change = partial(publish, number=number, now=now, reason=HitReason.CHANGED, story_id=story)
            store.write(partial(change, desk=desk))
        elif step == "crash":
            with pytest.raises(_CrashError):
                store.write(partial(_break_off, desk=desk, number=number, now=now))
        else:
            store.write(partial(compose, desk=desk, now=now))
        alerts = sum(reason != "digest" for _, reason, _ in told(store))
        assert alerts == before or desk.timing(desk.rules.rules[0]).muted_until(now) is None
        before = alerts
    for hours in range(0, 72, 3):
        store.write(partial(compose, desk=desk, now=now + hours * _HOUR))
    with store.read() as session:
        links = session.scalars(select(delivery_hits.c.hit_id)).all()
        assert set(links) == set(session.scalars(select(hits.c.id)))
    return Counter(links)


def _break_off(session: Session, desk: Desk, number: int, now: datetime) -> None:
    publish(session, desk, number, now=now)
    compose(session, desk, now)
    raise _CrashError
