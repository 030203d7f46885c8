"""Whatever order work, crashes and lapses come in: nothing is lost, nothing counts twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from storage import dead_letters, frontier, outbox
from storage.database import Session, Store, open_store
from storage.errors import LeaseLost
from storage.records import Outcome
from storage.tables import Row, deliveries, items, tallies
from tests.unit.storage.worlds import NOW, new_item, poll, spec

HOSTS = ("h0", "h1")
CHANNELS = ("mail", "file")
LEASE_S = 60
STEPS = st.lists(
    st.tuples(st.sampled_from(["poll", "claim", "settle", "postpone", "finish", "wait"]), st.integers(0, 5)),
    max_size=30,
)
SENDS = st.lists(
    st.tuples(st.sampled_from(["enqueue", "claim", "sent", "retry", "dead", "wait", "revive"]), st.integers(0, 5)),
    max_size=30,
)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("work") / "store.db", now=lambda: NOW)
    yield opened
    opened.close()


def _empty(session: Session) -> None:
    for table in reversed(Row.metadata.sorted_tables):
        session.execute(delete(table))


class Frontier:
    """A daemon that crashes, in the eyes of the store: each life is an owner."""

    def __init__(self, store: Store) -> None:
        self.store, self.now, self.life = store, NOW, 0
        self.visits: list[Any] = []
        self.counted = 0
        specs = [spec(f"s-{host}", host=host, url=f"https://{host}/feed") for host in HOSTS]
        store.write(_empty)
        store.write(lambda session: frontier.sync_sources(session, specs, now=NOW))

    def write(self, function: Any, *args: Any, **options: Any) -> Any:
        return self.store.write(lambda session: function(session, *args, **options))

    def claim(self, limit: int) -> None:
        self.life += 1
        self.visits += self.write(
            frontier.claim_visits, now=self.now, owner=f"life {self.life}", lease_s=LEASE_S, limit=limit
        )

    def step(self, action: str, number: int) -> None:
        visit = self.visits[number % len(self.visits)] if self.visits else None
        if action == "wait":
            self.now += timedelta(seconds=LEASE_S / 2 * number)
        elif action == "claim":
            self.claim(number)
        elif visit is not None:
            self.act(action, number, visit)

    def act(self, action: str, number: int, visit: Any) -> None:
        fence = {"host": visit.host, "owner": visit.owner}
        try:
            if action == "poll":
                found = [new_item(f"{visit.host}-{number}", host=visit.host, version=str(number % 2))]
                self.write(frontier.settle_poll, poll(*found, source_id=f"s-{visit.host}", at=self.now), **fence)
            elif action == "settle" and visit.items:
                item = visit.items[number % len(visit.items)]
                self.counted += self.write(frontier.settle_item, item.id, Outcome.STORED, None, now=self.now, **fence)
            elif action == "postpone" and visit.items:
                later = self.now + timedelta(seconds=number)
                self.write(frontier.postpone_item, visit.items[0].id, due_at=later, detail=None, **fence)
            elif action == "finish":
                self.write(frontier.finish_visit, visit.host, visit.owner)
        except LeaseLost:
            self.visits.remove(visit)

    def drain(self) -> None:
        """Do all that is left, as a daemon that lives does."""
        for _ in range(12):
            self.now += timedelta(hours=24)
            self.visits = []
            self.claim(10)
            for visit in list(self.visits):
                for item in visit.items:
                    self.counted += self.write(
                        frontier.settle_item,
                        item.id,
                        Outcome.STORED,
                        None,
                        host=visit.host,
                        owner=visit.owner,
                        now=self.now,
                    )
                for source in visit.sources:
                    self.act("poll", 9, visit) if source.last_polled_at is None else self.quiet(source, visit)
                self.act("finish", 0, visit)

    def quiet(self, source: Any, visit: Any) -> None:
        record = poll(source_id=source.id, at=self.now, unchanged=True, next_due_at=self.now + timedelta(days=99))
        self.write(frontier.settle_poll, record, host=visit.host, owner=visit.owner)


@quick
@given(STEPS)
def test_every_item_ends_and_every_outcome_counts_once(store: Store, steps: list[tuple[str, int]]) -> None:
    world = Frontier(store)
    for action, number in steps:
        world.step(action, number)
        with store.read() as session:
            _leases_are_sound(session, world.now)
    world.drain()
    with store.read() as session:
        pending = session.scalar(select(func.count()).select_from(items).where(items.c.state == "pending"))
        assert pending == 0
        assert (session.scalar(select(func.sum(tallies.c.total))) or 0) == world.counted
        assert frontier.idle(session, world.now)


def _leases_are_sound(session: Session, now: datetime) -> None:
    claimed = session.execute(select(items.c.host, items.c.claimed_by).where(items.c.claimed_by.is_not(None))).all()
    owners = Counter(host for host, _ in {(row.host, row.claimed_by) for row in claimed})
    assert all(count == 1 for count in owners.values())


class Outbox:
    """A sender that crashes: each claim is by an owner of its own, which may settle late or never."""

    def __init__(self, store: Store) -> None:
        self.store, self.now, self.number = store, NOW, 0
        self.held: list[tuple[Any, str]] = []
        self.acknowledged: Counter[int] = Counter()
        store.write(_empty)

    def write(self, function: Any, *args: Any, **options: Any) -> Any:
        return self.store.write(lambda session: function(session, *args, **options))

    def step(self, action: str, number: int) -> None:
        if action == "enqueue":
            self.write(
                outbox.enqueue,
                key=f"k{number}",
                channel=CHANNELS[number % 2],
                reason="first",
                payload={},
                due_at=self.now,
                now=self.now,
            )
        elif action == "claim":
            self.claim(number)
        elif action == "wait":
            self.now += timedelta(seconds=LEASE_S / 2 * number)
        elif action == "revive":
            self.write(dead_letters.retry_dead, dead_letters.Choice(), now=self.now)
        elif self.held:
            self.settle(action, *self.held.pop(number % len(self.held)))

    def claim(self, limit: int) -> None:
        self.number += 1
        owner = f"sender {self.number}"
        claimed = self.write(outbox.claim, now=self.now, owner=owner, lease_s=LEASE_S, limit=limit, channels=CHANNELS)
        self.held += [(delivery, owner) for delivery in claimed]

    def settle(self, action: str, delivery: Any, owner: str) -> None:
        if action == "sent":
            self.acknowledged[delivery.id] += self.write(
                outbox.settle_sent, delivery.id, owner, now=self.now, detail=""
            )
        elif action == "retry":
            self.write(outbox.settle_retry, delivery.id, owner, due_at=self.now, reason="HTTP 500")
        else:
            self.write(outbox.settle_dead, delivery.id, owner, now=self.now, reason="HTTP 400")


@quick
@given(SENDS)
def test_every_message_is_sent_once_and_a_channel_sends_one_at_a_time(
    store: Store, steps: list[tuple[str, int]]
) -> None:
    world = Outbox(store)
    for action, number in steps:
        world.step(action, number)
        with store.read() as session:
            running = select(deliveries.c.channel).where(
                deliveries.c.state == "sending", deliveries.c.leased_until > world.now
            )
            assert all(count == 1 for count in Counter(session.scalars(running)).values())
    for _ in range(12):
        world.now += timedelta(hours=1)
        world.step("revive", 0)
        world.claim(10)
        while world.held:
            world.settle("sent", *world.held.pop())
    with store.read() as session:
        states = Counter(session.scalars(select(deliveries.c.state)))
    assert set(states) <= {"sent"}
    assert states["sent"] == len(world.acknowledged)
    assert all(count == 1 for count in world.acknowledged.values())
