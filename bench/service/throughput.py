"""Articles a CPU second through read and through record, and against peers on the same pages."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.service import peers
from bench.service.corpus import Document, copies, distinct, pages
from bench.service.figures import Figure
from bench.service.programs import write_config
from monitor.assembly import build_runtime, close_runtime
from monitor.config import load_config
from monitor.daemon import Daemon
from monitor.log import configure_logging
from monitor.read.reading import read
from monitor.reader import ReadItem
from monitor.record import record
from monitor.runtime import Runtime
from monitor.types import Reading
from monitor.urls import url_key
from storage import frontier
from storage.database import Session, open_store
from storage.records import HostVisit, NewItem, Outcome, PollRecord

__all__ = ["throughput"]

_AT = datetime(2026, 11, 21, tzinfo=UTC)
_PAGE_ROUNDS = 8
_SOURCE = {"id": "bench", "kind": "feed", "url": "https://example.org/feed.xml"}


def throughput(count: int) -> Iterator[Figure]:
    """Read and record ``count`` documents of each seed: texts that are all different, then copies; then pages."""
    configure_logging(logging.CRITICAL)
    yield from _through("texts all different", distinct(count))
    yield from _through("copies of the seeds", copies(count))
    yield from _against_peers(pages(_PAGE_ROUNDS))


def _through(what: str, documents: list[Document]) -> Iterator[Figure]:
    reading_s, readings = _read_all(documents)
    recording_s, outcomes = asyncio.run(_record_all(readings))
    note = ", ".join(f"{number} {outcome.value}" for outcome, number in outcomes.most_common())
    count = len(documents)
    yield Figure(name=f"{what}: read", value=count / reading_s, unit="/CPU s", note=f"{len(documents)} documents")
    yield Figure(name=f"{what}: record", value=len(readings) / recording_s, unit="/CPU s", note=note)
    yield Figure(name=f"{what}: read and record", value=count / (reading_s + recording_s), unit="/CPU s")


def _against_peers(documents: list[Document]) -> Iterator[Figure]:
    """Compare on the seeds as HTML pages: small ones, on which the fixed costs of everybody weigh most."""
    reading_s, readings = _read_all(documents)
    recording_s, _ = asyncio.run(_record_all(readings))
    ours_ms = 1000 * (reading_s + recording_s) / len(documents)
    yield Figure(name="pages: read", value=1000 * reading_s / len(documents), unit="ms")
    yield Figure(name="pages: record", value=1000 * recording_s / len(documents), unit="ms")
    trafilatura_ms, naive_ms = (peers.milliseconds(name, documents) for name in ("trafilatura", "naive"))
    yield Figure(name=f"pages: {peers.NAMES['trafilatura']}", value=trafilatura_ms, unit="ms")
    note = "G0 asks for <= 0.85 on real pages, thirty times as large"
    yield Figure(
        name="pages: read and record against trafilatura alone", value=ours_ms / trafilatura_ms, unit="x", note=note
    )
    yield Figure(name=f"pages: {peers.NAMES['naive']}", value=naive_ms, unit="ms")
    note = "G3 asks for >= 7 on real Chinese pages"
    yield Figure(name="pages: the naive script against read and record", value=naive_ms / ours_ms, unit="x", note=note)
    for name in peers.OPTIONAL:
        missing = "" if peers.is_installed(name) else "not installed"
        value = None if missing else peers.milliseconds(name, documents)
        yield Figure(name=f"pages: {peers.NAMES[name]}", value=value, unit="ms", note=missing)


def _read_all(documents: list[Document]) -> tuple[float, list[Reading]]:
    """Return the CPU seconds of reading and what was read; the dictionaries are loaded before."""
    _read(documents[0])
    started = time.process_time()
    found = [_read(document) for document in documents]
    used = time.process_time() - started
    read_ = [(one, document.url) for one, document in zip(found, documents, strict=True) if isinstance(one, Reading)]
    return used, [_filed(reading, url) for reading, url in read_]


def _read(document: Document) -> object:
    return read(document.body, url=document.url, content_type=document.content_type, fetched_at=_AT)


def _filed(reading: Reading, url: str) -> Reading:
    """File a reading under the address of its document, also where the text names one."""
    return replace(reading, url=url, canonical_url=url, key=url_key(url))


async def _record_all(readings: list[Reading]) -> tuple[float, Counter[Outcome]]:
    """Record readings one by one, as a visit does, in a new store; return the CPU seconds and the outcomes."""
    with tempfile.TemporaryDirectory() as folder:
        config = load_config(write_config(Path(folder), [_SOURCE]), environ={})
        data = Path(folder) / "data"
        rt = build_runtime(config, data, open_store(data / "newswatch.db", now=lambda: _AT), clock=lambda: _AT)
        try:
            await Daemon(rt).start()
            claim = await _claim(rt, [reading.url for reading in readings])
            started = time.process_time()
            outcomes = [await _record(rt, claim, number, reading) for number, reading in enumerate(readings)]
            return time.process_time() - started, Counter(outcomes)
        finally:
            await close_runtime(rt)


async def _record(rt: Runtime, claim: HostVisit, number: int, reading: Reading) -> Outcome:
    item, found = claim.items[number], ReadItem(reading=reading, pages=())
    return await rt.store.awrite(lambda session: record(session, item, found, rt, claim, _AT))


async def _claim(rt: Runtime, urls: list[str]) -> HostVisit:
    """Let the one source find the addresses, and lease its host with all of them."""
    claims: dict[str, Any] = {"now": _AT, "owner": rt.owner, "lease_s": 3600.0, "limit": 1}

    def find(session: Session) -> HostVisit:
        (visit,) = frontier.claim_visits(session, **claims)
        found = tuple(NewItem(url=url, key=url_key(url), host=visit.host) for url in urls)
        poll = PollRecord(
            source_id="bench", polled_at=_AT, next_due_at=_AT + timedelta(days=1), interval_s=86_400, found=found
        )
        frontier.settle_poll(session, poll, host=visit.host, owner=visit.owner)
        frontier.finish_visit(session, visit.host, visit.owner)
        (visit,) = frontier.claim_visits(session, **claims, items_per_visit=len(urls))
        return visit

    return await rt.store.awrite(find)
