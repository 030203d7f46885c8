"""A store filled with invented articles for ``bench.near_index``: straight into the tables, a day at a time.

88 of 100 articles are like no other, 10 are copies that add ten keys to what their story has in the index, and 2 are
notices of 20 templates, which share a fifth of the bands and ten sentences with their kind. Keys of the others are
random numbers, as hashes are. The arrivals are spread evenly over the 30 days of a window, which is the first half of
a period, when an article goes into one slot of the index, or the second, when it goes into two: ``MOMENTS`` has the end
of each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import MISSING, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from storage.near_tables import PERIOD_DAYS, SLOTS, WINDOW_DAYS
from storage.records import Article

DAYS = 30
_START = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=PERIOD_DAYS * 342)
MOMENTS = {half: _START + timedelta(days=PERIOD_DAYS * half / 2, minutes=-1) for half in (1, 2)}
"""The ends of the halves of a period."""
VERSION = "invented"
TEXT = "国家互联网信息办公室公布生成式人工智能服务已备案信息的公告" * 20  # 560 characters
_BANDS = np.arange(32, dtype=np.int64) << 40
_FEW = 10


@dataclass(frozen=True)
class Keys:
    """What one article puts into the index."""

    bands: Any
    sentences: Any


class World:
    """Invented articles from a seed: the same every time."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._templates = [(self._bands(), self._sentences(_FEW)) for _ in range(20)]

    def unseen(self) -> Keys:
        """Return an article like no other."""
        return Keys(self._bands(), self._sentences(int(self._random.integers(30, 51))))

    def notice(self) -> Keys:
        """Return a notice of one of the templates."""
        bands, said = self._templates[self._random.integers(len(self._templates))]
        own = self.unseen()
        shared = self._random.random(32) < 0.2
        return Keys(np.where(shared, bands, own.bands), np.concatenate((said, own.sentences[_FEW:])))

    def addition(self) -> Keys:
        """Return what a copy adds to its story."""
        return Keys(self._bands()[self._random.permutation(32)[:5]], self._sentences(5))

    def any(self) -> tuple[str, Keys]:
        """Return the kind and the keys of the next article."""
        drawn = self._random.random()
        if drawn < 0.10:
            return "copy", self.addition()
        return ("notice", self.notice()) if drawn < 0.12 else ("unseen", self.unseen())

    def number(self, below: int) -> int:
        """Return a number from 0."""
        return int(self._random.integers(below))

    def _bands(self) -> Any:
        return _BANDS | self._random.integers(0, 1 << 40, 32)

    def _sentences(self, count: int) -> Any:
        return self._random.integers(-(2**63), 2**63 - 1, count)


def article(number: int, keys: Keys) -> Article:
    """Return an article as read, for what is written through the storage code."""
    needed = [one.name for one in fields(Article) if one.default is MISSING and one.default_factory is MISSING]
    blank: dict[str, Any] = dict.fromkeys(needed)
    names = ("headings", "authors", "editors", "mentions", "keywords", "flags", "removed", "terms")
    made = Article(**{**blank, **dict.fromkeys(names, ())})
    return replace(
        made,
        key=_hash(number),
        source_id="bench",
        url=f"https://news.example/{number}",
        canonical_url=f"https://news.example/{number}",
        text=TEXT,
        precedence="",
        fetched_at=MOMENTS[2],
        content_hash=_hash(number),
        sketch=bytes(512),
        sketch_version=VERSION,
        bands=tuple(keys.bands.tolist()),
        sentences=tuple(keys.sentences.tolist()),
    )


def fill(path: Path, size: int, seed: int, now: datetime) -> dict[str, float]:
    """Fill the store at ``path`` with ``size`` articles of the window before ``now``; return the bytes of each."""
    world = World(seed)
    grown: dict[str, float] = {"keys": 0.0, "kept": 0.0, "articles": 0.0}
    with closing(sqlite3.connect(path, isolation_level=None)) as store:
        for pragma in ("synchronous=OFF", "cache_size=-200000", "foreign_keys=OFF", "wal_autocheckpoint=100000"):
            store.execute(f"PRAGMA {pragma}")
        for day, numbers in enumerate(_days(size)):
            seen = now - timedelta(days=DAYS - day - 0.5)
            drawn = [world.any() for _ in numbers]
            for name, write in (("keys", _keys), ("kept", _kept), ("articles", _articles)):
                before = _pages(store)
                store.execute("BEGIN")
                write(store, numbers, drawn, seen)
                store.execute("COMMIT")
                grown[name] += _pages(store) - before
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.execute("PRAGMA optimize")
        page = store.execute("PRAGMA page_size").fetchone()[0]
    return {name: round(pages * page / size) for name, pages in grown.items()}


def _days(size: int) -> Iterator[range]:
    edges = [1 + day * size // DAYS for day in range(DAYS + 1)]
    return (range(first, last) for first, last in pairwise(edges))


def _period(seen: datetime) -> int:
    return (seen - datetime(1970, 1, 1, tzinfo=UTC)).days // PERIOD_DAYS


def _slots(store: sqlite3.Connection, seen: datetime) -> list[int]:
    """Return the slots of what came at a time: of its period, and of that of the end of its window."""
    own = _period(seen)
    periods = sorted({own, _period(seen + timedelta(days=WINDOW_DAYS))})
    full_from = f"{_START - timedelta(days=WINDOW_DAYS):%Y-%m-%dT%H:%M:%S.%fZ}"
    store.executemany(
        "INSERT OR IGNORE INTO near_slot (slot, period, full_from, begun_at) VALUES (?, ?, ?, ?)",
        [(one % SLOTS, one, full_from, full_from if one == own else None) for one in periods],
    )
    return [one % SLOTS for one in periods]


def _keys(store: sqlite3.Connection, numbers: range, drawn: list[tuple[str, Keys]], seen: datetime) -> None:
    for kind, parts in (
        ("band", [keys.bands for _, keys in drawn]),
        ("sentence", [keys.sentences for _, keys in drawn]),
    ):
        ids = np.repeat(np.arange(numbers.start, numbers.stop), [len(part) for part in parts])
        values = np.concatenate(parts)
        order = np.argsort(values, kind="stable")
        rows = list(zip(values[order].tolist(), ids[order].tolist(), strict=True))
        for slot in _slots(store, seen):
            store.executemany(f"INSERT OR IGNORE INTO {kind}_{slot} (k, article_id) VALUES (?, ?)", rows)


def _kept(store: sqlite3.Connection, numbers: range, drawn: list[tuple[str, Keys]], seen: datetime) -> None:
    """Write all keys of the articles; a copy has those of its story, too."""
    more = World(1).unseen()
    rows = [
        (
            number,
            number,
            VERSION,
            np.sort(more.bands if kind == "copy" else keys.bands).tobytes(),
            np.sort(more.sentences if kind == "copy" else keys.sentences).tobytes(),
        )
        for number, (kind, keys) in zip(numbers, drawn, strict=True)
    ]
    names = "article_id, lead_id, sketch_version, bands, sentences"
    for slot in _slots(store, seen):
        store.executemany(f"INSERT INTO fingerprint_{slot} ({names}) VALUES (?,?,?,?,?)", rows)


def _articles(store: sqlite3.Connection, numbers: range, drawn: list[tuple[str, Keys]], seen: datetime) -> None:
    """Write the articles, each its own story's canonical one; a copy has the story of the article before it."""
    at = seen.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    stories = [
        number - 1 if kind == "copy" and number > numbers.start else number
        for number, (kind, _) in zip(numbers, drawn, strict=True)
    ]
    store.executemany(
        "INSERT INTO story (id, canonical_id, created_at) VALUES (?, ?, ?)", ((one, one, at) for one in numbers)
    )
    names = (
        "id, key, story_id, source_id, url, canonical_url, title, headings, authors, editors, keywords, flags, removed,"
        " verdict, precedence, revision, content_hash, sketch_version, fetched_at, first_seen_at, updated_at, text"
    )
    rows = (
        (
            *(number, _hash(number), story, "bench"),
            *(f"https://news.example/{number}", f"https://news.example/{number}", f"题目{number}"),
            *("[]" for _ in range(6)),
            *("new", "", 1, _hash(number), VERSION, at, at, at, TEXT),
        )
        for number, story in zip(numbers, stories, strict=True)
    )
    store.executemany(f"INSERT INTO article ({names}) VALUES ({','.join('?' * 22)})", rows)


def _hash(number: int) -> str:
    return f"{number * 0x9E3779B97F4A7C15 % 2**64:064x}"


def _pages(store: sqlite3.Connection) -> int:
    count: int = store.execute("PRAGMA page_count").fetchone()[0]
    return count
