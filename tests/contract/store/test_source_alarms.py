"""Alarms in the store: told once, joined, and remembered with the source."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from alerts.alarms import raise_alarms
from alerts.channels import ChannelSettings
from alerts.desk import Desk
from alerts.rules import compile_rules
from alerts.state import AlarmSettings
from storage import frontier
from storage.alarms import watched_sources
from storage.columns import utc_text
from storage.database import Store
from storage.tables import deliveries
from tests.contract.store.work import claim, rows, settle, with_sources
from tests.unit.storage.worlds import NOW, after, new_item, poll, spec

CHANNELS = {name: ChannelSettings(id=name, kind="file") for name in ("ops", "desk")}
DESK = Desk(rules=compile_rules([]), channels=CHANNELS, language="en", timezone="UTC")
FAILING = {"failing_since": utc_text(NOW)}


def tell(store: Store, now: datetime, *channels: str) -> int:
    settings = AlarmSettings(channels=channels or ("ops",))
    return store.write(lambda session: raise_alarms(session, DESK, settings, now))


def fail(store: Store, name: str, at: datetime, times: int = 3) -> None:
    for _ in range(times):
        settle(store, poll(source_id=name, at=at, error="HTTP 503", pacing={**told_of(store, name), **FAILING}))


def mark(store: Store, name: str, at: datetime, *codes: str) -> None:
    """Settle a poll that leaves these notices."""
    notices = tuple((code, "what there is to say") for code in codes)
    settle(store, poll(new_item("a"), source_id=name, at=at, pacing=told_of(store, name), notices=notices))


def told_of(store: Store, name: str) -> dict[str, Any]:
    with store.read() as session:
        return frontier.read_source(session, name).pacing


def messages(store: Store) -> list[list[tuple[str, bool]]]:
    found = rows(store, select(deliveries.c.payload).order_by(deliveries.c.id))
    return [[(one["source"], one["over"]) for one in row.payload["data"]["sources"]] for row in found]


def states(store: Store) -> list[list[str]]:
    found = rows(store, select(deliveries.c.payload).order_by(deliveries.c.id))
    return [sorted(one["state"] for one in row.payload["data"]["sources"]) for row in found]


class TestAlarms:
    def test_failure_is_told_once_and_so_is_its_end(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        fail(store, "wire", NOW)
        assert tell(store, after(minutes=59)) == 0
        assert tell(store, after(minutes=60)) == 1
        fail(store, "wire", after(hours=2))
        assert tell(store, after(hours=2)) == 0
        settle(store, poll(new_item("a"), at=after(hours=3), pacing=told_of(store, "wire")))
        assert tell(store, after(hours=3)) == 1
        assert tell(store, after(hours=4)) == 0
        assert messages(store) == [[("wire", False)], [("wire", True)]]

    def test_what_follows_within_half_an_hour_waits_and_is_joined(self, store: Store) -> None:
        with_sources(store, *(spec(name) for name in "abcdefgh"))
        claim(store)
        fail(store, "a", NOW)
        assert tell(store, after(hours=1)) == 1
        fail(store, "b", NOW)
        assert tell(store, after(hours=1, minutes=10)) == 0
        fail(store, "c", NOW)
        assert tell(store, after(hours=1, minutes=31)) == 1
        assert messages(store) == [[("a", False)], [("b", False), ("c", False)]]

    def test_what_passes_while_its_message_waits_is_told_all_the_same(self, store: Store) -> None:
        with_sources(store, *(spec(name) for name in "ab"))
        claim(store)
        mark(store, "a", NOW, "drift")
        assert tell(store, NOW) == 1
        mark(store, "b", after(minutes=5), "gap")
        assert tell(store, after(minutes=6)) == 0
        mark(store, "b", after(minutes=20))
        assert tell(store, after(minutes=25)) == 0
        assert tell(store, after(minutes=31)) == 1
        assert tell(store, after(hours=2)) == 0
        assert messages(store) == [[("a", False)], [("b", False)]]

    def test_what_comes_back_while_a_message_waits_is_told_again(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        mark(store, "wire", NOW, "gap")
        assert tell(store, NOW) == 1
        mark(store, "wire", after(minutes=10), "drift")
        assert tell(store, after(minutes=10)) == 0
        mark(store, "wire", after(minutes=20), "gap", "drift")
        assert tell(store, after(minutes=30)) == 1
        assert states(store) == [["gap"], ["drift", "gap"]]

    def test_every_channel_gets_the_message_and_without_one_nothing_is_told(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        fail(store, "wire", NOW)
        assert tell(store, after(hours=1), "gone") == 0
        with store.read() as session:
            assert watched_sources(session)[0].told == {}
        assert tell(store, after(hours=1), "ops", "desk") == 2
        with store.read() as session:
            assert watched_sources(session)[0].told == {"failing": NOW.isoformat()}

    def test_source_that_was_removed_is_not_told_of(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        fail(store, "wire", NOW)
        with_sources(store, spec("other"))
        assert tell(store, after(hours=2)) == 0
