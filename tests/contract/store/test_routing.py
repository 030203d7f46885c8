"""What waits for channels, what was told of groups, and what silences kept quiet."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from alerts.elsewhere import heard_rules
from storage import alert_groups, hits, outbox, reroutes, silences, waiting
from storage.alert_groups import GroupKey, GroupMark
from storage.channel_states import ChannelState, channel_state, keep_channel_state
from storage.database import Session, Store
from storage.records import HitReason, StoryEventKind
from storage.renames import rename_channel, rename_rule
from storage.said import said_of
from storage.story_moves import add_event, end_story
from storage.tables import deliveries, waiting_hits
from tests.contract.store.work import insert
from tests.unit.storage.worlds import NOW, after, article, hit


def raised(store: Store, key: str = "a", rule: str = "models", **more: Any) -> int:
    """Store an article with a hit and return the hit."""
    article_id, story_id = insert(store, article(key))
    found = store.write(lambda session: hits.add_hit(session, hit(story_id, article_id, rule, **more), now=NOW))
    assert found is not None
    return found


def rows(store: Store) -> list[tuple[str, int]]:
    with store.read() as session:
        asked = select(waiting_hits.c.channel, waiting_hits.c.hit_id)
        return sorted((row.channel, row.hit_id) for row in session.execute(asked))


class TestWaiting:
    def test_hit_waits_for_each_channel_until_it_is_settled(self, store: Store) -> None:
        one = raised(store)
        for _ in range(2):
            store.write(lambda session: waiting.wait(session, one, "models", ["desk", "phone", "desk"]))
        assert rows(store) == [("desk", one), ("phone", one)]
        store.write(lambda session: waiting.settle(session, [one], channel="desk"))
        assert rows(store) == [("phone", one)]
        store.write(lambda session: waiting.settle(session, [one]))
        assert rows(store) == []

    def test_urgent_hits_are_found_whatever_their_rule_and_wait_for_no_digest(self, store: Store) -> None:
        one, loud = raised(store), raised(store, "b", reason=HitReason.ESCALATED, token="escalated")
        store.write(lambda session: waiting.wait(session, one, "models", ["desk"]))
        store.write(lambda session: waiting.wait(session, loud, "models", ["desk"], urgent=True))
        with store.read() as session:
            assert [found.hit_id for found in waiting.waiting_of(session, ["models"])] == [one, loud]
            (found,) = waiting.waiting_of(session, [])
            digest = hits.hits_after(session, rules=["models"], after_id=0, limit=9, waiting_for="desk")
            assert waiting.awaited(session, [one, loud]) == ((one, "desk", False), (loud, "desk", True))
        assert (found.hit_id, found.reason, found.since) == (loud, HitReason.ESCALATED, NOW)
        assert [told.hit_id for told in digest] == [one]

    def test_of_two_stories_that_became_one_a_single_hit_is_told(self, store: Store) -> None:
        one, other = raised(store), raised(store, "b")
        for found in (one, other):
            store.write(lambda session, f=found: waiting.wait(session, f, "models", ["desk"]))
        store.write(lambda session: end_story(session, 2, 1))
        with store.read() as session:
            (left,) = waiting.waiting_of(session, ["models"])
            digest = hits.hits_after(session, rules=["models"], after_id=0, limit=9, waiting_for="desk")
        assert (left.hit_id, left.story_id) == (one, 1)
        assert [told.hit_id for told in digest] == [one]
        store.write(lambda session: waiting.forget_waiting(session, ["models"], before=after(hours=1)))
        assert rows(store) == [("desk", one)]

    def test_channel_that_was_told_the_younger_of_two_hits_waits_for_none(self, store: Store) -> None:
        older, younger = raised(store), raised(store, "b")
        store.write(lambda session: waiting.wait(session, older, "models", ["desk", "phone"]))
        store.write(
            lambda session: outbox.enqueue(
                session, key="k", channel="desk", reason="new", payload={}, due_at=NOW, now=NOW, hit_ids=[younger]
            )
        )
        store.write(lambda session: end_story(session, 1, 2))
        assert rows(store) == [("phone", older)]

    def test_what_nobody_wants_is_forgotten_when_it_is_old(self, store: Store) -> None:
        one, other = raised(store), raised(store, "b", "gone")
        for found, rule in ((one, "models"), (other, "gone")):
            store.write(lambda session, f=found, r=rule: waiting.wait(session, f, r, ["desk", "phone"]))
        store.write(lambda session: waiting.forget_waiting(session, ["models"], before=NOW))
        assert len(rows(store)) == 4
        store.write(lambda session: waiting.forget_waiting(session, ["models"], before=after(hours=1)))
        assert rows(store) == [("desk", one), ("phone", one)]
        store.write(lambda session: waiting.forget_waiting(session, [], before=after(hours=1)))
        assert rows(store) == []


class TestRenames:
    def test_rule_has_what_was_told_and_what_waits_under_its_earlier_name(self, store: Store) -> None:
        one, other = raised(store), raised(store, "b", rule="regulations")
        store.write(lambda session: waiting.wait(session, one, "models", ["desk"]))
        store.write(lambda session: waiting.wait(session, other, "regulations", ["desk"]))

        assert [store.write(lambda session: rename_rule(session, "models", "ai")) for _ in range(2)] == [1, 0]

        with store.read() as session:
            assert [hit.rule for hit in waiting.waiting_of(session, ["ai", "models"])] == ["ai"]
            assert hits.is_told(session, "ai", [1], "")
            assert not hits.is_told(session, "models", [1], "")

    def test_what_the_rule_said_itself_is_not_told_again(self, store: Store) -> None:
        article_id, story_id = insert(store, article("a"))
        old, new = (
            store.write(lambda session, rule=rule: hits.add_hit(session, hit(story_id, article_id, rule), now=NOW))
            for rule in ("models", "ai")
        )
        store.write(lambda session: waiting.wait(session, old, "models", ["desk"]))
        store.write(lambda session: waiting.wait(session, new, "ai", ["desk"]))

        assert store.write(lambda session: rename_rule(session, "models", "ai")) == 0

        assert rows(store) == [("desk", new)]

    def test_silence_of_a_rule_goes_with_its_name(self, store: Store) -> None:
        raised(store)
        begun(store, rule="models")

        store.write(lambda session: rename_rule(session, "models", "ai"))

        with store.read() as session:
            assert [one.rule for one in silences.active(session, NOW)] == ["ai"]

    def test_channel_has_what_waits_and_its_digests_under_its_earlier_name(self, store: Store) -> None:
        one, other = raised(store, "a"), raised(store, "b")
        store.write(lambda session: waiting.wait(session, one, "models", ["desk"]))
        store.write(lambda session: hits.mark_digest(session, "desk", scheduled_at=NOW, last_hit_id=one, now=NOW))
        store.write(lambda session: keep_channel_state(session, ChannelState(id="desk", sends=(1.0,), failures=2)))
        store.write(lambda session: enqueued(session, "k", "desk", [other]))

        assert [store.write(lambda session: rename_channel(session, "desk", "news")) for _ in range(2)] == [2, 0]

        assert rows(store) == [("news", one)]
        with store.read() as session:
            assert hits.last_digest(session, "desk") is None
            assert hits.last_digest(session, "news") == hits.DigestMark(scheduled_at=NOW, made_at=NOW, last_hit_id=one)
            assert channel_state(session, "news").failures == 2
            assert outbox_of(session) == [("k", "news")]

    def test_what_a_channel_has_under_both_names_stays_once(self, store: Store) -> None:
        one = raised(store)
        store.write(lambda session: waiting.wait(session, one, "models", ["desk", "news"]))
        for name in ("desk", "news"):
            mark = partial(hits.mark_digest, scheduled_at=NOW, last_hit_id=one, now=NOW)
            store.write(lambda session, name=name, mark=mark: mark(session, name))
            store.write(lambda session, name=name: keep_channel_state(session, ChannelState(id=name, failures=1)))

        store.write(lambda session: rename_channel(session, "desk", "news"))

        assert rows(store) == [("news", one)]
        with store.read() as session:
            assert hits.last_digest(session, "desk") is None
            assert channel_state(session, "desk").failures == 0

    def test_what_a_channel_was_told_is_not_told_again_for_an_earlier_name(self, store: Store) -> None:
        told, untold = raised(store, "a"), raised(store, "b")
        for one in (told, untold):
            store.write(lambda session, one=one: waiting.wait(session, one, "models", ["weekly"]))
        store.write(lambda session: enqueued(session, "k", "daily", [told]))
        store.write(lambda session: enqueued(session, "l", "elsewhere", [untold]))

        assert [store.write(lambda session: rename_channel(session, "weekly", "daily")) for _ in range(2)] == [1, 0]

        assert rows(store) == [("daily", untold)]


class TestReroutes:
    def test_places_count_what_waits_by_rule_and_channel(self, store: Store) -> None:
        for key in "ab":
            one = raised(store, key)
            store.write(lambda session, one=one: waiting.wait(session, one, "models", ["desk", "phone"]))

        with store.read() as session:
            assert [(one.rule, one.channel, one.is_urgent, one.hits) for one in reroutes.places(session)] == [
                ("models", "desk", False, 2),
                ("models", "phone", False, 2),
            ]

    @pytest.mark.parametrize("urgent", [False, True], ids=["a digest", "urgent"])
    def test_hits_wait_for_other_channels_unless_these_were_told(self, store: Store, urgent: bool) -> None:
        told, untold = raised(store, "a"), raised(store, "b")
        for one in (told, untold):
            store.write(lambda session, one=one: waiting.wait(session, one, "models", ["desk"], urgent=urgent))
        store.write(lambda session: enqueued(session, "k", "phone", [told]))
        with store.read() as session:
            (place,) = reroutes.places(session)

        assert store.write(lambda session: reroutes.reroute(session, place, ["mail", "phone"])) == 2

        assert rows(store) == [("mail", told), ("mail", untold), ("phone", untold)]
        with store.read() as session:
            assert {one.is_urgent for one in reroutes.places(session)} == {urgent}

    def test_message_to_a_channel_that_is_gone_is_called_back_with_its_hits(self, store: Store) -> None:
        one, other = raised(store, "a"), raised(store, "b")
        for key, channel, of in (("k", "gone", [one]), ("l", "desk", [other]), ("alarm", "gone", [])):
            store.write(lambda session, key=key, channel=channel, of=of: enqueued(session, key, channel, of))

        call_back = partial(reroutes.call_back, channel="gone", now=NOW)
        assert [store.write(call_back) for _ in range(2)] == [1, 0]

        assert rows(store) == [("gone", one)]
        with store.read() as session:
            assert outbox_of(session) == [("l", "desk"), ("alarm", "gone")]

    def test_messages_are_called_back_until_their_hits_are_many_enough(self, store: Store) -> None:
        ones = [raised(store, key) for key in "abcdef"]
        for key, of in (("k", ones[:1]), ("l", ones[1:2]), ("m", ones[2:]), ("n", ones[:1])):
            store.write(lambda session, key=key, of=of: enqueued(session, key, "gone", of))

        call_back = partial(reroutes.call_back, channel="gone", now=NOW, most=2)
        assert [store.write(call_back) for _ in range(4)] == [2, 1, 1, 0]

        assert rows(store) == [("gone", one) for one in ones]

    def test_alarm_for_a_channel_that_is_gone_goes_to_another_unless_that_had_it(self, store: Store) -> None:
        hit_id = raised(store)
        for key, channel, at in (
            ("a", "gone", 0),
            ("b", "desk", 0),
            ("c", "gone", 1),
            ("d", "gone", 2),
            ("e", "desk", 2),
            ("f", "left", 1),
        ):
            common: dict[str, Any] = {
                "reason": "alarm",
                "payload": {},
                "due_at": after(hours=at),
                "now": after(hours=at),
            }
            store.write(partial(outbox.enqueue, key=key, channel=channel, **common))
        store.write(lambda session: enqueued(session, "k", "gone", [hit_id]))
        claim = partial(outbox.claim, owner="me", lease_s=60, limit=1)
        store.write(partial(claim, now=NOW, channels=["gone"]))

        for _ in range(2):
            store.write(partial(reroutes.pass_on, gone={"gone", "left"}, reason="alarm", channel="desk"))

        with store.read() as session:
            asked = select(deliveries.c.key, deliveries.c.channel, deliveries.c.state).order_by(deliveries.c.id)
            assert [tuple(row) for row in session.execute(asked)] == [
                ("a", "gone", "sending"),
                ("b", "desk", "pending"),
                ("c", "desk", "pending"),
                ("d", "gone", "dropped"),
                ("e", "desk", "pending"),
                ("f", "left", "dropped"),
                ("k", "gone", "pending"),
            ]

    def test_channels_that_messages_are_on_their_way_to_are_known(self, store: Store) -> None:
        for key, channel in (("k", "desk"), ("l", "phone"), ("m", "phone"), ("n", "sent")):
            store.write(lambda session, key=key, channel=channel: enqueued(session, key, channel, []))
        (gone,) = store.write(partial(outbox.claim, now=NOW, owner="me", lease_s=60, limit=1, channels=["sent"]))
        store.write(lambda session: outbox.settle_sent(session, gone.id, "me", now=NOW, detail=""))

        with store.read() as session:
            assert outbox.unsent_channels(session) == {"desk", "phone"}

    def test_message_is_not_called_back_while_it_is_being_sent(self, store: Store) -> None:
        one = raised(store)
        store.write(lambda session: enqueued(session, "k", "gone", [one]))
        claim = partial(outbox.claim, now=NOW, owner="me", lease_s=60, limit=1, channels=["gone"])
        store.write(claim)

        counts = [
            store.write(partial(reroutes.call_back, channel="gone", now=after(seconds=seconds))) for seconds in (1, 61)
        ]

        assert counts == [0, 1]  # a lease that lapsed is nobody's


def enqueued(session: Session, key: str, channel: str, hit_ids: list[int]) -> None:
    common: dict[str, Any] = {"reason": "new", "payload": {}, "due_at": NOW, "now": NOW}
    outbox.enqueue(
        session, key=key, channel=channel, hit_ids=hit_ids, **common | ({} if hit_ids else {"reason": "alarm"})
    )


def outbox_of(session: Session) -> list[tuple[str, str]]:
    asked = select(deliveries.c.key, deliveries.c.channel).order_by(deliveries.c.id)
    return [(key, channel) for key, channel in session.execute(asked)]


def begun(store: Store, **given: Any) -> silences.Silence:
    values: dict[str, Any] = {"comment": "题", "starts_at": NOW, "ends_at": after(hours=2), **given}
    return store.write(lambda session: silences.add_silence(session, **values))


class TestSilences:
    def test_silence_holds_from_its_beginning_to_its_end(self, store: Store) -> None:
        one = begun(store, rule="models", query='"备案"')
        with store.read() as session:
            assert silences.active(session, after(hours=-1)) == ()
            assert silences.active(session, NOW) == (one,)
            assert silences.active(session, after(hours=2)) == ()
            assert silences.list_silences(session, now=after(hours=2), ended=False) == ()
            assert silences.list_silences(session, now=after(hours=2), ended=True) == ((one, 0),)

    def test_silence_is_ended_once(self, store: Store) -> None:
        one = begun(store)
        ended = [store.write(lambda session: silences.end_silence(session, one.id, now=NOW)) for _ in range(2)]
        assert ended == [True, False]
        with store.read() as session:
            assert silences.active(session, NOW) == ()

    def test_silenced_hit_waits_no_more_and_is_counted_once(self, store: Store) -> None:
        one, other = begun(store), begun(store)
        found = raised(store)
        store.write(lambda session: waiting.wait(session, found, "models", ["desk", "phone"]))
        for silence in (one, other):
            store.write(lambda session, s=silence: silences.quiet(session, s.id, [found], now=NOW))
        assert rows(store) == []
        with store.read() as session:
            assert silences.silence_of(session, [found, 99]) == {found: one}
            counted = [
                silences.count_silenced(session, rules, since=after(hours=since), until=NOW)
                for rules, since in ((["models"], -1), (["models"], 0), (["laws"], -1))
            ]
        assert counted == [1, 0, 0]


def test_group_keeps_its_last_message_and_knows_whether_its_story_grew(store: Store) -> None:
    found = raised(store)
    key = GroupKey(rule="models", channel="desk", shared="story=1")
    first = GroupMark(key=key, told_at=NOW, hit_id=found, articles=1)
    second = GroupMark(key=key, told_at=after(hours=1), hit_id=found, articles=1)
    for mark in (first, second):
        store.write(lambda session, m=mark: alert_groups.keep_group(session, m))
    between = {"since": NOW, "until": after(hours=1)}
    with store.read() as session:
        assert alert_groups.grown_groups(session, ["models"], **between) == ()
    _grows(store)
    insert(store, article("b"), story_id=1)
    _grows(store)
    with store.read() as session:
        assert alert_groups.last_told(session, [key, key._replace(channel="x")]) == {key: second}
        assert alert_groups.grown_groups(session, ["models"], **between) == ((second, "models", 2),)
        assert alert_groups.grown_groups(session, ["laws"], **between) == ()
        assert alert_groups.grown_groups(session, ["models"], since=NOW, until=NOW) == ()
        assert alert_groups.grown_groups(session, ["models"], since=after(hours=1), until=after(hours=2)) == ()
    store.write(lambda session: alert_groups.keep_group(session, replace(second, articles=2)))
    _grows(store)
    with store.read() as session:
        assert alert_groups.grown_groups(session, ["models"], **between) == ()
    store.write(lambda session: alert_groups.forget_groups(session, before=after(hours=2)))
    with store.read() as session:
        assert alert_groups.last_told(session, [key]) == {}


def _grows(store: Store) -> None:
    """Tell the groups that an article may have come to the first story."""
    store.write(lambda session: alert_groups.note_growth(session, 1, now=after(hours=1)))


class TestSaid:
    def test_what_was_said_of_a_story_has_the_silence_that_kept_it_quiet(self, store: Store) -> None:
        quiet, told, other = raised(store, "a"), raised(store, "b"), raised(store, "c", "others")
        silence = begun(store, source="wire")
        store.write(lambda session: silences.quiet(session, silence.id, [quiet], now=after(hours=1)))
        silent = {"article_id": 2, "other_story_id": 1, "detail": "models"}
        store.write(lambda s: add_event(s, StoryEventKind.SILENT, 2, at=NOW, **silent))  # type: ignore[arg-type]

        with store.read() as session:
            found = said_of(session, ["models"], [2])
            alone = said_of(session, ["models"], [2], besides=[2])
            others = said_of(session, ["others"], [1, 2, 3])

        assert [(one.hit_id, one.silence, one.at) for one in found] == [
            (quiet, silence, after(hours=1)),
            (told, None, NOW),
        ]
        assert [one.hit_id for one in (*alone, *others)] == [quiet, other]

    def test_rule_that_was_silenced_for_an_outlet_is_unheard_by_others_alone(self, store: Store) -> None:
        quiet = raised(store, "a")
        silence = begun(store, source="wire")
        store.write(lambda session: silences.quiet(session, silence.id, [quiet], now=NOW))
        insert(store, article("b"))
        insert(store, article("c", source_id="daily"))

        with store.read() as session:
            heard = [bool(heard_rules(session, [1], one)) for one in (2, 3)]

        assert heard == [True, False]
