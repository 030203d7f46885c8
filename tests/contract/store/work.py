"""The steps of a visit, one transaction each, as the contract tests take them.

Owners are named by their process; the lease that the process holds is looked up.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage import articles as article_store
from storage import frontier
from storage.database import Store
from storage.records import Outcome, VerdictKind
from storage.tables import hosts
from tests.unit.storage.worlds import HOST, NOW, mention, spec


def with_sources(store: Store, *specs: Any) -> None:
    store.write(lambda session: frontier.sync_sources(session, specs or (spec(),), now=NOW))


def claim(store: Store, *, now: datetime = NOW, owner: str = "me", limit: int = 10, items_per_visit: int = 20) -> Any:
    return store.write(
        lambda session: frontier.claim_visits(
            session, now=now, owner=owner, lease_s=60, limit=limit, items_per_visit=items_per_visit
        )
    )


def lease(store: Store, process: str = "me", host: str = HOST) -> str:
    """Return the owner under which a process holds a host; the name of the process where it holds it no more."""
    with store.read() as session:
        owner = session.scalar(select(hosts.c.lease_owner).where(hosts.c.key == host)) or ""
    return owner if owner.startswith(f"{process}@") else process


def settle(store: Store, record: Any, *, owner: str = "me", host: str = HOST) -> Any:
    held = lease(store, owner, host)
    return store.write(lambda session: frontier.settle_poll(session, record, host=host, owner=held))


def finish(store: Store, host: str = HOST, owner: str = "me", **options: Any) -> None:
    held = lease(store, owner, host)
    store.write(lambda session: frontier.finish_visit(session, host, held, **options))


def next_visit(store: Store, *, now: datetime = NOW, items_per_visit: int = 20) -> Any:
    """End the visit to the host of these tests and return the next one."""
    finish(store)
    (visit,) = claim(store, now=now, items_per_visit=items_per_visit)
    return visit


def insert(store: Store, value: Any, **options: Any) -> tuple[int, int]:
    chosen = {"verdict": VerdictKind.NEW, "story_id": None, "now": NOW} | options
    return store.write(lambda session: article_store.insert_article(session, value, **chosen))


def rows(store: Store, statement: Any) -> list[Any]:
    with store.read() as session:
        return list(session.execute(statement).all())


def one(store: Store, statement: Any) -> Any:
    (row,) = rows(store, statement)
    return row


def settle_item(store: Store, item_id: int, outcome: Outcome = Outcome.STORED, **options: Any) -> bool:
    chosen = {"host": HOST, "owner": lease(store), "now": NOW} | options
    return store.write(lambda session: frontier.settle_item(session, item_id, outcome, "why", **chosen))


def mentioning(*entities: str) -> Any:
    """Return mentions of entities, the first twice."""
    return tuple(mention(entity, start, "甲") for start, entity in enumerate((entities[0], *entities)))
