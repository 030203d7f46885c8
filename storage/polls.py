"""What a poll brought: new addresses, the source's next state and the row of the coverage ledger, together.

Validators are stored with the items they stand for, so a crash between a poll and its pages loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Integer, bindparam, delete, exists, insert, select, update
from sqlalchemy.orm import Session

from storage.clock import PARKED
from storage.errors import LeaseLost
from storage.leases import changed_rows, hold
from storage.records import ItemState, NewItem, Outcome, PollRecord, SourceState, Validators
from storage.rows import AnyRow, published_json, source_from
from storage.tables import hosts, items, polls, sources
from storage.versions import compare, packed

__all__ = [
    "Forecast",
    "PollSettled",
    "adopted_addresses",
    "forecast",
    "prune_polls",
    "read_source",
    "settle_poll",
]

_DIGEST_BYTES = 8
_MAX_REMEMBERED = 2_000  # addresses of one poll, 16 KB
_CHUNK = 500
_TRIED_AGAIN_AFTER = timedelta(days=1)  # a host may be down for longer than an item is patient
_PASSING = frozenset({Outcome.BLOCKED, Outcome.GONE})  # refusals that a later day may take back
_PASSES_WITHIN = timedelta(days=7)  # of the discovery: a page that is still listed then is refused for good

_POLL = update(sources).where(sources.c.id == bindparam("source_id")).values(polls=sources.c.polls + 1)
_TOUCH = _POLL.where(exists().where(hosts.c.key == bindparam("leased_host"), hosts.c.lease_owner == bindparam("owner")))
_ADVANCE = _POLL.values(discovered=sources.c.discovered + bindparam("added", type_=Integer))
_FAIL = _ADVANCE.values(failures=sources.c.failures + 1)
_WHOLE = select(sources).where(sources.c.id == bindparam("source_id"))
_SOURCE = select(sources.c.last_keys, sources.c.active).where(sources.c.id == bindparam("source_id"))
_ADOPTED = select(sources.c.id, sources.c.address).where(sources.c.active, sources.c.address.is_not(None))
_LEARN = update(items).where(items.c.key == bindparam("known_key")).values(version=bindparam("told"))
_KNOWN = (
    select(
        items.c.id,
        items.c.key,
        items.c.version,
        items.c.source_id,
        items.c.state,
        items.c.outcome,
        items.c.discovered_at,
        items.c.settled_at,
        items.c.attempts,
        items.c.lapses,
        items.c.due_at,
        sources.c.active,
    )
    .join(sources, sources.c.id == items.c.source_id)
    .where(items.c.key.in_(bindparam("keys", expanding=True)))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSettled:
    """How many of the addresses found were new, known with another version, and known.

    ``put_off`` of the known ones are told otherwise, and left for a later poll.
    """

    new: int
    changed: int
    known: int
    put_off: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What settling a poll will find: new addresses, those with another version, and how many the poll before listed.

    ``overlap`` is None where there is nothing to compare: no list before, or none now.
    """

    new: int = 0
    changed: int = 0
    overlap: int | None = None


def read_source(session: Session, source_id: str) -> SourceState:
    """Return a source as it is now."""
    return source_from(session.execute(_WHOLE, {"source_id": source_id}).one())


def adopted_addresses(session: Session) -> dict[str, str]:
    """Return where permanent redirects have led active sources for good, by their ids."""
    return {row.id: row.address for row in session.execute(_ADOPTED)}


def forecast(session: Session, source_id: str, found: Iterable[NewItem], now: datetime) -> Forecast:
    """Return what ``settle_poll`` will find of these addresses; of several with one key the first counts."""
    listed = {item.key: item for item in reversed(tuple(found))}
    known = _known(session, listed)
    before = session.execute(_SOURCE, {"source_id": source_id}).one().last_keys
    return Forecast(
        new=len(listed) - len(known),
        changed=len(compare(_speaking(known, source_id), listed, now).changed),
        overlap=_overlap(_digests(listed), before),
    )


def prune_polls(session: Session, before: datetime) -> int:
    """Drop rows of the ledger from before a time, some hundred at once; return how many. Tallies stay."""
    oldest = session.execute(select(polls.c.id, polls.c.polled_at).order_by(polls.c.id).limit(_CHUNK))
    old = [row.id for row in oldest if row.polled_at < before]
    if old:
        session.execute(delete(polls).where(polls.c.id.in_(old)))
    return len(old)


def settle_poll(
    session: Session, record: PollRecord, *, host: str, owner: str, next_host: str | None = None
) -> PollSettled:
    """Store what a poll brought. Raise LeaseLost when ``owner`` no longer has the lease on ``host``.

    ``next_host`` is given where the address has changed: the key of the source's visits from now on. Validators and
    hash are those of the old address, and forgotten.

    Of several addresses with one key the first counts. A known address is not added again; when the source it came
    from gives it another version, it is pending again. (A version of another source says nothing: two sources that
    count versions differently would make it pending for ever.) So is one that failed a day ago or earlier and is still
    listed, and in the week after its discovery one that was blocked or gone. A failed poll keeps validators, hash and
    cursor. One that puts off what is told otherwise forgets validators and hash, so that a later poll sees it.
    """
    if record.unchanged and record.error is None:
        _settle_unchanged(session, record, host, owner, next_host)
        return PollSettled(new=0, changed=0, known=0)
    hold(session, host, owner)
    source = session.execute(_SOURCE, {"source_id": record.source_id}).one()
    settled = _merge(session, record, record.polled_at if source.active else PARKED)
    if settled.put_off:
        record = replace(record, validators=Validators(), body_hash=None)
    listed = _digests(item.key for item in record.found)
    before = source.last_keys
    _advance(session, record, settled, listed or before, next_host)
    session.execute(insert(polls), _ledger(record, settled, _overlap(listed, before)))
    return settled


def _settle_unchanged(session: Session, record: PollRecord, host: str, owner: str, next_host: str | None) -> None:
    """Touch one row, and only while the lease holds."""
    lease = {"leased_host": host, "owner": owner}
    values = {
        **_polled(record),
        **_succeeded(record),
        **_kept(record),
        **_elsewhere(next_host),
        **lease,
        "source_id": record.source_id,
    }
    if changed_rows(session, _TOUCH, values) == 0:
        raise LeaseLost(f"the lease of {owner!r} on host {host!r} is lost")


def _advance(
    session: Session, record: PollRecord, settled: PollSettled, last_keys: bytes | None, next_host: str | None
) -> None:
    values = {**_polled(record), "last_keys": last_keys, "source_id": record.source_id, "added": settled.new}
    if settled.new or settled.changed:
        values["last_new_at"] = record.polled_at
    if record.error is None:
        session.execute(_ADVANCE, {**values, **_succeeded(record), **_remembered(record), **_elsewhere(next_host)})
    else:
        session.execute(_FAIL, {**values, "last_error": record.error, **_elsewhere(next_host)})


def _elsewhere(next_host: str | None) -> dict[str, Any]:
    return {"host": next_host, "etag": None, "last_modified": None, "body_hash": None} if next_host else {}


def _polled(record: PollRecord) -> dict[str, Any]:
    return {
        "address": record.address,
        "moved_to": record.moved_to,
        "moved_times": record.moved_times,
        "pacing": record.pacing,
        "notices": [list(notice) for notice in record.notices],
        "due_at": record.next_due_at,
        "interval_s": record.interval_s,
        "last_polled_at": record.polled_at,
        "last_status": record.status,
        "claimed_by": None,
        "lapses": 0,
    }


def _succeeded(record: PollRecord) -> dict[str, Any]:
    return {"failures": 0, "last_error": None, "last_success_at": record.polled_at}


def _remembered(record: PollRecord) -> dict[str, Any]:
    return {
        "etag": record.validators.etag,
        "last_modified": record.validators.last_modified,
        "body_hash": record.body_hash,
        "cursor": record.cursor,
    }


def _kept(record: PollRecord) -> dict[str, Any]:
    """Return only what an unchanged answer did say: a 304 may leave the validators out."""
    return {name: value for name, value in _remembered(record).items() if value}


def _ledger(record: PollRecord, settled: PollSettled, overlap: int | None) -> dict[str, Any]:
    return {
        "source_id": record.source_id,
        "polled_at": record.polled_at,
        "status": record.status,
        "error": record.error,
        "found": len(record.found),
        "new": settled.new,
        "changed": settled.changed,
        "known": settled.known,
        "skipped": record.skipped,
        "overlap": overlap,
        "bytes_read": record.bytes_read,
        "duration_s": record.duration_s,
    }


def _merge(session: Session, record: PollRecord, due_at: datetime) -> PollSettled:
    """Store what was found, and return the counts."""
    found = {item.key: item for item in reversed(record.found)}  # of several with one key the first stays
    known = _known(session, found)
    added = [_new_row(item, record, due_at) for key, item in reversed(found.items()) if key not in known]
    if added:
        session.execute(insert(items), added)
    compared = compare(_speaking(known, record.source_id), found, record.polled_at)
    changed = compared.changed
    for key, version in changed.items():
        again = {**_pending_again(found[key], due_at), "version": version}
        if key not in compared.stamped and known[key].state == ItemState.PENDING:
            again |= _patience(known[key])
        session.execute(update(items).where(items.c.key == key).values(**again))
    if compared.learned:
        session.execute(_LEARN, [{"known_key": key, "told": told} for key, told in compared.learned.items()])
    for key, row in known.items():
        if key not in changed and _is_worth_another_try(row, record.polled_at):
            session.execute(update(items).where(items.c.key == key).values(**_tried_again(found[key], due_at)))
    _adopt(session, record.source_id, [row.id for row in known.values() if not row.active], due_at)
    counts = {"new": len(added), "changed": len(changed), "known": len(known) - len(changed)}
    return PollSettled(**counts, put_off=compared.put_off)


def _known(session: Session, keys: Iterable[str]) -> dict[str, AnyRow]:
    found: dict[str, AnyRow] = {}
    for chunk in _chunks(keys):
        found |= {row.key: row for row in session.execute(_KNOWN, {"keys": chunk})}
    return found


def _speaking(known: dict[str, AnyRow], source_id: str) -> dict[str, AnyRow]:
    """Return the known items on whose versions a source has a say."""
    return {key: row for key, row in known.items() if row.source_id == source_id or not row.active}


def _is_worth_another_try(row: AnyRow, now: datetime) -> bool:
    is_young = row.outcome in _PASSING and now - row.discovered_at <= _PASSES_WITHIN
    return bool((row.state == ItemState.FAILED or is_young) and row.settled_at <= now - _TRIED_AGAIN_AFTER)


def _new_row(item: NewItem, record: PollRecord, due_at: datetime) -> dict[str, Any]:
    return {
        **_listed(item, due_at),
        "key": item.key,
        "source_id": record.source_id,
        "host": item.host,
        "url": item.url,
        "discovered_at": record.polled_at,
    }


def _pending_again(item: NewItem, due_at: datetime) -> dict[str, Any]:
    """Return the values of another version; a visit that still reads the one before has no say any more."""
    return {**_listed(item, due_at), **_tried_again(item, due_at), "claimed_by": None}


def _patience(row: AnyRow) -> dict[str, Any]:
    """Return what a page that fails has behind it: other words in a list do not make its host answer."""
    return {"attempts": row.attempts, "lapses": row.lapses, "due_at": row.due_at}


def _tried_again(item: NewItem, due_at: datetime) -> dict[str, Any]:
    return {**_to_be_read(item, due_at), "outcome": None, "detail": None}


def _listed(item: NewItem, due_at: datetime) -> dict[str, Any]:
    return {
        **_to_be_read(item, due_at),
        "title": item.title,
        "published": published_json(item.published),
        "authors": list(item.authors),
        "version": packed(item),
    }


def _to_be_read(item: NewItem, due_at: datetime) -> dict[str, Any]:
    return {
        "payload": item.payload,
        "payload_type": item.payload_type,
        "payload_at": item.payload_at,
        "content": item.content,
        "state": ItemState.PENDING,
        "attempts": 0,
        "lapses": 0,
        "due_at": due_at,
    }


def _adopt(session: Session, source_id: str, item_ids: list[int], due_at: datetime) -> None:
    """Give the addresses of a source that was removed to the one that still lists them."""
    for chunk in _chunks(item_ids):
        statement = update(items).where(items.c.id.in_(chunk))
        session.execute(statement.values(source_id=source_id, due_at=due_at))


def _digests(keys: Iterable[str]) -> bytes:
    listed = islice(keys, _MAX_REMEMBERED)
    return b"".join(blake2b(key.encode(errors="replace"), digest_size=_DIGEST_BYTES).digest() for key in listed)


def _overlap(listed: bytes, before: bytes | None) -> int | None:
    return len(_split(listed) & _split(before)) if before and listed else None


def _split(digests: bytes | None) -> set[bytes]:
    if digests is None:
        return set()
    return {digests[at : at + _DIGEST_BYTES] for at in range(0, len(digests), _DIGEST_BYTES)}


T = TypeVar("T")


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(values)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk
