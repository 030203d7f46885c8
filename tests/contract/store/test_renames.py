"""Names that become one: what two channels or two rules had of a story is told once, and nothing of it is lost."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from storage import alert_groups, hits, outbox, reroutes, silences, waiting
from storage.alert_groups import GroupKey, GroupMark
from storage.channel_names import end_names, names_now
from storage.database import Store
from storage.renames import rename_channel, rename_rule
from storage.story_moves import end_story
from tests.contract.store.test_routing import begun, enqueued, outbox_of, raised, rows
from tests.contract.store.work import insert
from tests.unit.storage.worlds import NOW, after, article, hit


def _waits(store: Store, hit_id: int, *channels: str, rule: str = "models") -> None:
    store.write(lambda session: waiting.wait(session, hit_id, rule, channels))


def _message(store: Store, key: str, channel: str, *hit_ids: int, fate: str = "pending") -> None:
    """Put a message into the outbox, and let become of it what ``fate`` says."""
    store.write(lambda session: enqueued(session, key, channel, list(hit_ids)))
    if fate == "pending":
        return
    (one,) = store.write(partial(outbox.claim, now=NOW, owner="me", lease_s=60, limit=1, channels=[channel]))
    if fate == "sent":
        store.write(lambda session: outbox.settle_sent(session, one.id, "me", now=NOW, detail=""))
    if fate == "dead":
        store.write(lambda session: outbox.settle_dead(session, one.id, "me", now=NOW, reason="gone"))


def _taken_over(store: Store, old: str, new: str, *, hours: int) -> None:
    """Let a channel have another name some hours from now, as a reload does."""
    store.write(lambda session: end_names(session, [new], after(hours=hours)))
    store.write(lambda session: rename_channel(session, old, new))


def _twins(store: Store) -> tuple[int, int]:
    """Store a story with a hit of each of two rules, ``models`` and ``ai``."""
    article_id, story_id = insert(store, article("a"))
    old, new = (
        store.write(lambda session, rule=rule: hits.add_hit(session, hit(story_id, article_id, rule), now=NOW))
        for rule in ("models", "ai")
    )
    return old, new


class TestChannels:
    @pytest.mark.parametrize(
        ("fate", "left", "messages"),
        [
            pytest.param("pending", [], [("k", "news")], id="that waits to be sent"),
            pytest.param("sending", [], [("k", "news")], id="that is under way"),
            pytest.param("sent", [], [("k", "desk")], id="that was sent"),
            pytest.param("dead", ["news"], [("k", "news")], id="that was given up, which told nobody"),
        ],
    )
    def test_hit_waits_no_more_for_a_channel_that_an_earlier_name_has_a_message_of(
        self, store: Store, fate: str, left: list[str], messages: list[tuple[str, str]]
    ) -> None:
        one = raised(store)
        _message(store, "k", "desk", one, fate=fate)
        store.write(lambda session: hits.mark_digest(session, "desk", scheduled_at=NOW, last_hit_id=one, now=NOW))
        _waits(store, one, "news")

        for _ in range(2):
            store.write(lambda session: rename_channel(session, "desk", "news"))

        assert rows(store) == [(channel, one) for channel in left]
        with store.read() as session:
            assert outbox_of(session) == messages

    @pytest.mark.parametrize(
        ("first", "second", "left"),
        [
            pytest.param("pending", "pending", ["l"], id="both wait"),
            pytest.param("sending", "pending", ["k"], id="that of the earlier name is under way"),
            pytest.param("pending", "sending", ["l"], id="that of the channel is under way"),
            pytest.param("pending", "sent", ["l"], id="that of the channel was sent"),
            pytest.param("pending", "dead", ["k", "l"], id="that of the channel was given up"),
            pytest.param("sending", "sending", ["k", "l"], id="both are under way"),
        ],
    )
    def test_of_two_messages_of_a_hit_the_channel_gets_one(
        self, store: Store, first: str, second: str, left: list[str]
    ) -> None:
        one = raised(store)
        _message(store, "k", "desk", one, fate=first)
        _message(store, "l", "news", one, fate=second)

        store.write(lambda session: rename_channel(session, "desk", "news"))

        assert rows(store) == []
        with store.read() as session:
            assert outbox_of(session) == [(key, "news") for key in left]

    def test_rest_of_a_message_that_is_no_more_waits(self, store: Store) -> None:
        both, alone = raised(store, "a"), raised(store, "b")
        _message(store, "k", "desk", both, alone)
        _message(store, "l", "news", both)

        assert [store.write(lambda session: rename_channel(session, "desk", "news")) for _ in range(2)] == [1, 0]

        assert rows(store) == [("news", alone)]
        with store.read() as session:
            assert outbox_of(session) == [("l", "news")]

    def test_reminder_of_what_was_told_goes_with_the_name(self, store: Store) -> None:
        one = raised(store)
        _message(store, "k", "desk", one, fate="sent")
        again: dict[str, Any] = {"key": "l", "channel": "desk", "reason": "repeat", "payload": {}}
        store.write(lambda session: outbox.enqueue(session, **again, due_at=NOW, now=NOW, hit_ids=[one]))

        store.write(lambda session: rename_channel(session, "desk", "news"))

        with store.read() as session:
            assert outbox_of(session) == [("k", "desk"), ("l", "news")]

    def test_what_was_sent_under_any_earlier_name_is_told_no_more(self, store: Store) -> None:
        told, other = raised(store, "a"), raised(store, "b")
        _message(store, "k", "chat", told, fate="sent")
        _waits(store, told, "phone")
        _waits(store, other, "phone")

        for old in ("chat", "phone"):
            store.write(lambda session, old=old: rename_channel(session, old, "news"))

        assert rows(store) == [("news", other)]

    def test_what_waits_is_not_handed_to_a_channel_that_was_told_under_an_earlier_name(self, store: Store) -> None:
        told, other = raised(store, "a"), raised(store, "b")
        _message(store, "k", "desk", told, fate="sent")
        for one in (told, other):
            _waits(store, one, "phone")
        with store.read() as session:
            (place,) = reroutes.places(session)

        for old, new in (("desk", "post"), ("post", "news")):
            store.write(lambda session, old=old, new=new: rename_channel(session, old, new))
        store.write(lambda session: reroutes.reroute(session, place, ["news"]))

        assert rows(store) == [("news", other)]

    def test_channel_that_was_told_one_of_two_stories_under_an_earlier_name_is_not_told_both(
        self, store: Store
    ) -> None:
        older, younger = raised(store, "a"), raised(store, "b")
        _waits(store, older, "desk", "phone")
        _message(store, "k", "desk", younger, fate="sent")
        store.write(lambda session: rename_channel(session, "desk", "news"))

        store.write(lambda session: end_story(session, 1, 2))

        assert rows(store) == [("phone", older)]

    @pytest.mark.parametrize(
        ("renamed", "now"),
        [
            pytest.param(["a b", "b c"], {"a": "c", "b": "c"}, id="one after the other"),
            pytest.param(["a b", "b a"], {"b": "a"}, id="there and back"),
            pytest.param(["a b", "b c", "c a"], {"b": "a", "c": "a"}, id="round"),
            pytest.param(["a c", "b c", "a c"], {"a": "c", "b": "c"}, id="two that become one"),
            pytest.param(["a b", "a c"], {"a": "c"}, id="a name that was given twice"),
        ],
    )
    def test_earlier_names_lead_to_the_present_one(self, store: Store, renamed: list[str], now: dict[str, str]) -> None:
        for hours, names in enumerate(renamed):
            _taken_over(store, *names.split(), hours=hours)

        with store.read() as session:
            assert names_now(session) == now
        for _ in range(2):
            store.write(lambda session: end_names(session, [*now, "elsewhere"], after(hours=9)))
        with store.read() as session:
            assert names_now(session) == {}

    def test_name_that_another_channel_has_now_says_nothing_of_what_that_was_told(self, store: Store) -> None:
        one, other = raised(store, "a"), raised(store, "b")
        _message(store, "k", "a", one, fate="sent")
        _message(store, "l", "b", other, fate="sent")
        for name, waits in (("a", other), ("b", one)):
            _waits(store, waits, name)

        for hours, (old, new) in enumerate((("a", "between"), ("b", "a"), ("between", "b")), start=1):
            _taken_over(store, old, new, hours=hours)

        assert rows(store) == [("a", one), ("b", other)]


class TestRules:
    def test_what_both_have_said_waits_once_wherever_it_waited(self, store: Store) -> None:
        old, new = _twins(store)
        _waits(store, old, "desk", "mail")
        _waits(store, new, "phone", "mail", rule="ai")

        for _ in range(2):
            assert store.write(lambda session: rename_rule(session, "models", "ai")) == 0

        assert rows(store) == [("desk", new), ("mail", new), ("phone", new)]

    def test_what_both_have_said_waits_for_no_channel_that_was_told_either(self, store: Store) -> None:
        old, new = _twins(store)
        _message(store, "k", "chat", old, fate="sent")
        _message(store, "l", "mail", new)
        _waits(store, old, "mail", "phone")
        _waits(store, new, "desk", "page", rule="ai")

        store.write(lambda session: rename_channel(session, "chat", "desk"))
        store.write(lambda session: rename_rule(session, "models", "ai"))

        assert rows(store) == [("page", new), ("phone", new)]

    def test_what_a_silence_has_kept_quiet_of_the_rule_stays_quiet(self, store: Store) -> None:
        old, new = _twins(store)
        _waits(store, old, "desk")
        silence = begun(store, rule="ai")
        store.write(lambda session: silences.quiet(session, silence.id, [new], now=NOW))

        store.write(lambda session: rename_rule(session, "models", "ai"))

        assert rows(store) == []

    def test_silence_of_a_rule_that_said_nothing_yet_goes_with_its_name(self, store: Store) -> None:
        begun(store, rule="models")

        store.write(lambda session: rename_rule(session, "models", "ai"))

        with store.read() as session:
            assert [one.rule for one in silences.active(session, NOW)] == ["ai"]


class TestGroups:
    @pytest.mark.parametrize("column", ["rule", "channel"])
    def test_group_keeps_its_last_message_under_another_name(self, store: Store, column: Any) -> None:
        one = raised(store)
        key = GroupKey(rule="models", channel="desk", shared="entity=model:ernie")
        other = key._replace(shared="entity=model:qwen")
        renamed, known = key._replace(**{column: "new"}), other._replace(**{column: "new"})
        marks = {place: GroupMark(key=place, told_at=NOW, hit_id=one, articles=1) for place in (key, other)}
        marks[known] = GroupMark(key=known, told_at=after(hours=1), hit_id=one, articles=2)
        for mark in marks.values():
            store.write(lambda session, mark=mark: alert_groups.keep_group(session, mark))

        rename = {"rule": partial(rename_rule, old="models"), "channel": partial(rename_channel, old="desk")}[column]
        store.write(lambda session: rename(session, new="new"))

        with store.read() as session:
            found = alert_groups.last_told(session, [key, other, renamed, known])
        assert found == {
            renamed: GroupMark(key=renamed, told_at=NOW, hit_id=one, articles=1),
            known: marks[known],
        }
