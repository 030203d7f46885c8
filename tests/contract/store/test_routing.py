"""What waits for channels, what was told of groups, and what silences kept quiet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from storage import alert_groups, hits, outbox, silences, waiting
from storage.alert_groups import GroupMark
from storage.database import Store
from storage.records import HitReason
from storage.renames import rename_rule, unclaimed
from storage.story_moves import end_story
from storage.tables import waiting_hits
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
        store.write(lambda session: waiting.forget_waiting(session, {"desk": ["models"]}, before=after(hours=1)))
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

    def test_channel_adopts_what_it_was_not_told(self, store: Store) -> None:
        told, quiet, new = raised(store), raised(store, "b"), raised(store, "c")
        silence = begun(store)
        store.write(lambda session: silences.quiet(session, silence.id, [quiet], now=NOW))
        store.write(
            lambda session: outbox.enqueue(
                session, key="k", channel="desk", reason="new", payload={}, due_at=NOW, now=NOW, hit_ids=[told]
            )
        )
        store.write(lambda session: waiting.adopt(session, "desk", ["models"], after_id=0))
        store.write(lambda session: waiting.adopt(session, "phone", ["models"], after_id=new))
        assert rows(store) == [("desk", new)]

    def test_channel_adopts_nothing_that_it_was_told_of_a_story_that_went_into_another(self, store: Store) -> None:
        raised(store)
        younger = raised(store, "b")
        store.write(
            lambda session: outbox.enqueue(
                session, key="k", channel="desk", reason="new", payload={}, due_at=NOW, now=NOW, hit_ids=[younger]
            )
        )
        store.write(lambda session: end_story(session, 2, 1))
        for channel in ("desk", "phone"):
            store.write(lambda session, c=channel: waiting.adopt(session, c, ["models"], after_id=0))
        with store.read() as session:
            waits = [one.channel for one in waiting.waiting_of(session, ["models"])]
        assert waits == ["phone"]

    def test_what_nobody_wants_is_forgotten_when_it_is_old(self, store: Store) -> None:
        one, other = raised(store), raised(store, "b", "gone")
        for found, rule in ((one, "models"), (other, "gone")):
            store.write(lambda session, f=found, r=rule: waiting.wait(session, f, r, ["desk", "phone"]))
        wanted = {"desk": ["models"], "mail": ["gone"]}
        store.write(lambda session: waiting.forget_waiting(session, wanted, before=NOW))
        assert len(rows(store)) == 4
        store.write(lambda session: waiting.forget_waiting(session, wanted, before=after(hours=1)))
        assert rows(store) == [("desk", one)]
        store.write(lambda session: waiting.forget_waiting(session, {}, before=after(hours=1)))
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

    def test_what_waits_for_nobody_is_counted_by_rule_and_channel(self, store: Store) -> None:
        for key in "ab":
            one = raised(store, key)
            store.write(lambda session, one=one: waiting.wait(session, one, "models", ["desk", "phone"]))

        with store.read() as session:
            assert unclaimed(session, {"desk": ["models"], "phone": ["other"]}) == {("models", "phone"): 2}


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
    first = GroupMark(key="k", channel="desk", told_at=NOW, hit_id=found, articles=1)
    second = GroupMark(key="k", channel="desk", told_at=after(hours=1), hit_id=found, articles=1)
    for mark in (first, second):
        store.write(lambda session, m=mark: alert_groups.keep_group(session, m))
    between = {"since": NOW, "until": after(hours=1)}
    with store.read() as session:
        assert alert_groups.grown_groups(session, ["models"], **between) == ()
    _grows(store)
    insert(store, article("b"), story_id=1)
    _grows(store)
    with store.read() as session:
        assert alert_groups.last_told(session, ["k", "x"]) == {"k": second}
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
        assert alert_groups.last_told(session, ["k"]) == {}


def _grows(store: Store) -> None:
    """Tell the groups that an article may have come to the first story."""
    store.write(lambda session: alert_groups.note_growth(session, 1, now=after(hours=1)))
