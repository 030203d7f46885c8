"""The outbox when it is long, what a person does about it, and what is remembered of channels."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from storage import dead_letters, outbox
from storage.channel_states import ChannelState, channel_state, failing_channels, keep_channel_state
from storage.database import Session, Store
from storage.dead_letters import Choice
from storage.records import Delivery, DeliveryState
from storage.tables import deliveries
from tests.unit.storage.worlds import NOW, after

UNSENT = (DeliveryState.DEAD, DeliveryState.PENDING, DeliveryState.SENDING)


def enqueue(store: Store, key: str, channel: str = "mail", *, due_at: datetime = NOW) -> None:
    message: dict[str, Any] = {"reason": "new", "payload": {"subject": f"题 {key}"}, "due_at": due_at, "now": NOW}
    store.write(lambda session: outbox.enqueue(session, key=key, channel=channel, **message))


def claim(store: Store, *, now: datetime = NOW, channel: str = "mail") -> Delivery | None:
    def one(session: Session) -> tuple[Delivery, ...]:
        return outbox.claim(session, now=now, owner="me", lease_s=60, limit=1, channels=[channel])

    return next(iter(store.write(one)), None)


def kill(store: Store, reason: str = "HTTP 400", channel: str = "mail") -> None:
    found = claim(store, channel=channel)
    assert found is not None
    store.write(lambda session: outbox.settle_dead(session, found.id, "me", now=NOW, reason=reason))


def listed(store: Store, states: tuple[DeliveryState, ...] = UNSENT, **options: Any) -> list[str]:
    with store.read() as session:
        return [one.key for one in dead_letters.list_outbox(session, states, limit=options.pop("limit", 9), **options)]


class TestQuestions:
    def test_a_key_is_known_whatever_became_of_its_message(self, store: Store) -> None:
        enqueue(store, "a")
        kill(store)
        with store.read() as session:
            assert outbox.is_known(session, ["x", "a"])
            assert not outbox.is_known(session, ["x"])

    def test_messages_of_a_reason_are_those_of_one_channel_in_one_state(self, store: Store) -> None:
        for key, channel in (("dead", "mail"), ("waits", "mail"), ("other", "hook")):
            enqueue(store, key, channel)
        kill(store)
        with store.read() as session:
            found = {
                name: [one.key for one in outbox.messages_of(session, state, channel="mail", reason="new")]
                for name, state in (("unsent", outbox.UNSENT), ("dead", outbox.DEAD))
            }
            assert found == {"unsent": ["waits"], "dead": ["dead"]}
            assert outbox.messages_of(session, outbox.UNSENT, channel="mail", reason="alarm") == ()


class TestOrder:
    def test_what_is_due_first_leaves_first(self, store: Store) -> None:
        for key, moment in (("late", after(minutes=9)), ("early", after(minutes=1)), ("also early", after(minutes=1))):
            enqueue(store, key, due_at=moment)
        left = []
        while found := claim(store, now=after(hours=1)):
            left.append(found.key)
            store.write(lambda session, one=found: outbox.settle_sent(session, one.id, "me", now=NOW, detail=""))
        assert left == ["early", "also early", "late"]
        assert claim(store, now=after(hours=2)) is None

    def test_a_message_without_its_attempt_keeps_its_place(self, store: Store) -> None:
        enqueue(store, "first")
        enqueue(store, "second")
        found = claim(store)
        assert found is not None
        assert found.attempts == 1
        store.write(
            lambda session: outbox.settle_retry(session, found.id, "me", due_at=NOW, reason="HTTP 429", counts=False)
        )
        again = claim(store)
        assert again is not None
        assert (again.key, again.attempts, again.last_error) == ("first", 1, "HTTP 429")

    @pytest.mark.parametrize("waiting", [NOW, after(hours=9)], ids=["all due", "the others not yet"])
    def test_the_next_message_is_one_look_at_an_index(self, store: Store, waiting: datetime) -> None:
        rows = [
            {"key": f"k{n}", "channel": f"c{n % 4}", "reason": "new", "payload": {"text": "文" * 300}, "attempts": 0}
            | {"state": "pending", "due_at": NOW if n == 1_990 else waiting, "created_at": NOW}
            for n in range(2_000)
        ]
        store.write(lambda session: session.execute(insert(deliveries), rows))
        plan = store.write(lambda session: _plan(session, "c2"))
        assert "ix_delivery_unsent" in plan
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan
        found = claim(store, channel="c2")
        assert found is not None
        assert found.key == ("k2" if waiting == NOW else "k1990")


def _plan(session: Session, channel: str) -> str:
    """Return how the database would look for the next message of a channel, once it knows its tables."""
    connection = session.connection()
    question = str(outbox.first_due(NOW, channel).compile(connection, compile_kwargs={"literal_binds": True}))
    connection.exec_driver_sql("ANALYZE delivery")
    words = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    return "\n".join(str(row[-1]) for row in connection.exec_driver_sql(f"{words} {question}"))


class TestDeadLetters:
    def test_list_tells_what_did_not_leave_newest_first(self, store: Store) -> None:
        for key, channel in (("a", "mail"), ("b", "mail"), ("c", "chat")):
            enqueue(store, key, channel)
        kill(store)
        assert listed(store) == ["c", "b", "a"]
        assert listed(store, UNSENT[:1]) == ["a"]
        assert listed(store, channel="chat") == ["c"]
        assert listed(store, limit=2) == ["c", "b"]
        with store.read() as session:
            (dead,) = dead_letters.list_outbox(session, UNSENT[:1], limit=9)
        assert (dead.subject, dead.state, dead.attempts, dead.last_error) == ("题 a", "dead", 1, "HTTP 400")

    def test_those_of_a_channel_are_due_again_and_its_rest_ends(self, store: Store) -> None:
        for key, channel in (("a", "mail"), ("b", "chat")):
            enqueue(store, key, channel)
            kill(store, channel=channel)
            resting = ChannelState(id=channel, rests_until=after(hours=6), failures=3, failing_since=NOW)
            store.write(lambda session, one=resting: keep_channel_state(session, one))
        assert store.write(lambda session: dead_letters.retry_dead(session, Choice(channel="mail"), now=NOW)) == 1
        with store.read() as session:
            assert channel_state(session, "mail").rests_until is None
            assert channel_state(session, "chat").rests_until == after(hours=6)
        found = claim(store)
        assert found is not None
        assert (found.key, found.attempts) == ("a", 1)

    def test_dropped_ones_are_neither_counted_nor_sent_but_known(self, store: Store) -> None:
        for key in "abc":
            enqueue(store, key)
        kill(store)
        under_way = claim(store)
        assert under_way is not None
        assert store.write(lambda session: dead_letters.drop(session, Choice())) == 1
        assert store.write(lambda session: dead_letters.drop(session, Choice(), with_waiting=True)) == 1
        assert listed(store) == ["b"], "what is being sent is left alone"
        with store.read() as session:
            counts = outbox.outbox_counts(session)
            states = dict(session.execute(select(deliveries.c.state, func.count()).group_by(deliveries.c.state)).all())
        assert (counts.pending, counts.sending, counts.dead) == (0, 1, 0)
        assert states == {"sending": 1, "dropped": 2}
        enqueue(store, "a")
        assert listed(store) == ["b"], "its key stays taken"


class TestChannelStates:
    def test_a_channel_that_nothing_was_sent_to_stands_well(self, store: Store) -> None:
        with store.read() as session:
            assert channel_state(session, "mail") == ChannelState(id="mail")
            assert failing_channels(session, ["mail"]) == frozenset()

    def test_what_is_kept_comes_back(self, store: Store) -> None:
        state = ChannelState(
            id="mail",
            sends=(1_700_000_000.123456, 1_700_000_001.5),
            failures=3,
            failing_since=NOW,
            rests_until=after(minutes=4),
            reason="HTTP 500: 服务不可用",
            told_at=after(minutes=1),
        )
        for kept in (ChannelState(id="mail", failures=1), state):
            store.write(lambda session, one=kept: keep_channel_state(session, one))
        with store.read() as session:
            assert channel_state(session, "mail") == state
            assert failing_channels(session, ["mail", "chat"]) == {"mail"}
            assert failing_channels(session, []) == frozenset()
