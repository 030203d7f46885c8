"""How fast and how whole feeds are read, beside feedparser and fastfeedparser.

    python -m bench.feeds [--json] [--check]

Well-formed feeds are made up from a seed: RSS 2.0 with full text, with summaries and in GBK, Atom, RDF and JSON Feed,
in Chinese and English, of 20 to 200 entries. Each is read by all three in one process; the best CPU time counts.
``parse`` is what compares with the peers: the document and its entries. ``items`` adds what newswatch does on top: keys
of addresses, dates with their precision, titles without markup, repeats. Edge cases are feeds with one flaw each, by
their share of entries read. Floors are in ``floors.json``; the goal is 50 times feedparser's speed, with items too.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.feed_texts import EDGE_CASES, feeds
from monitor.sources._entry import plain_title
from monitor.sources._feed import parse_feed, read_entries
from monitor.sources._parsed import Document, ParsedFeed
from monitor.urls import url_key

FLOORS = Path(__file__).with_name("floors.json")
NOW = datetime(2024, 1, 1, tzinfo=UTC)
PLACE = Document(address="https://site.example/feed", base="https://site.example/feed")
ROUNDS = 3
ENOUGH_S = 0.2
CAP = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a reader found of one entry."""

    title: str
    key: str
    moment: datetime | None


def ours(body: bytes) -> list[Row]:
    """Return the entries as newswatch reads them."""
    parsed = parse_feed(body, None, PLACE, NOW, CAP)
    items = parsed.items if isinstance(parsed, ParsedFeed) else ()
    return [
        Row(title=item.title or "", key=item.key, moment=_moment(item.published.value if item.published else ""))
        for item in items
    ]


def peers() -> dict[str, Callable[[bytes], Any]]:
    """Return the other readers; each takes bytes and returns an object with ``entries``."""
    import fastfeedparser
    import feedparser

    return {"feedparser": feedparser.parse, "fastfeedparser": fastfeedparser.parse}


def theirs(parse: Callable[[bytes], Any], body: bytes) -> list[Row]:
    """Return the entries as a peer reads them, none where it raises."""
    try:
        entries = parse(body).entries
    except Exception:  # noqa: BLE001 - a peer may fail in any way
        return []
    return [
        Row(title=plain_title(entry.get("title") or ""), key=_key(entry.get("link") or ""), moment=_peer_moment(entry))
        for entry in entries
    ]


def _key(link: str) -> str:
    try:
        return url_key(link)
    except ValueError:
        return ""


def _peer_moment(entry: Any) -> datetime | None:
    stamp = entry.get("published_parsed") or entry.get("updated_parsed")
    if stamp:
        return datetime(*stamp[:6], tzinfo=UTC)
    return _moment(entry.get("published") or entry.get("updated") or "")


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def cpu_ms(call: Callable[[], object]) -> float:
    """Return the least CPU milliseconds of some calls."""
    gc.collect()
    rounds: list[float] = []
    while len(rounds) < ROUNDS or sum(rounds) < ENOUGH_S:
        began = time.process_time()
        call()
        rounds.append(time.process_time() - began)
    return min(rounds) * 1000


def measure() -> dict[str, Any]:
    """Return the figures of all feeds and edge cases."""
    others = peers()
    made = feeds()
    costs: dict[str, dict[str, float]] = {}
    agreed = {name: {"entries": 0, "links": 0, "titles": 0, "dates": 0} for name in ("newswatch", "fastfeedparser")}
    expected = 0
    for name, body in made.items():
        reference = theirs(others["feedparser"], body) if not name.startswith("JSON") else ours(body)
        expected += len(reference)
        for reader, rows in (("newswatch", ours(body)), ("fastfeedparser", theirs(others["fastfeedparser"], body))):
            _count(agreed[reader], rows, reference)
        costs[name] = {
            "kilobytes": round(len(body) / 1000),
            "parse": cpu_ms(lambda body=body: read_entries(body, None, PLACE.base, CAP)),
            "items": cpu_ms(lambda body=body: parse_feed(body, None, PLACE, NOW, CAP)),
            **{
                peer: cpu_ms(lambda parse=parse, body=body: theirs_quietly(parse, body))
                for peer, parse in others.items()
            },
        }
    return {
        "feeds": {name: {key: round(value, 2) for key, value in row.items()} for name, row in costs.items()},
        "ratio_to_feedparser": _ratios(costs),
        "agreement": {
            reader: {key: round(value / expected, 4) for key, value in counts.items()}
            for reader, counts in agreed.items()
        },
        "edge_cases_read": {
            "newswatch": _share(ours),
            **{peer: _share(lambda body, parse=parse: theirs(parse, body)) for peer, parse in others.items()},
        },
    }


def theirs_quietly(parse: Callable[[bytes], Any], body: bytes) -> None:
    """Let a peer read; a format that it does not know costs it nothing."""
    with suppress(Exception):
        parse(body)


def _count(counts: dict[str, int], rows: list[Row], reference: list[Row]) -> None:
    counts["entries"] += min(len(rows), len(reference))
    if len(rows) != len(reference):
        return
    for row, other in zip(rows, reference, strict=True):
        counts["links"] += row.key == other.key
        counts["titles"] += row.title == other.title
        counts["dates"] += row.moment == other.moment


def _ratios(costs: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return how many times feedparser's CPU our reading takes, over all feeds that it can read."""
    xml = [row for name, row in costs.items() if not name.startswith("JSON")]
    total = {key: sum(row[key] for row in xml) for key in ("feedparser", "fastfeedparser", "parse", "items")}
    ratios = {key: round(total["feedparser"] / total[key], 1) for key in ("parse", "items", "fastfeedparser")}
    slowest = min(row["feedparser"] / row["items"] for row in xml)
    return {**ratios, "items, worst feed": round(slowest, 1)}


def _share(read: Callable[[bytes], list[Row]]) -> float:
    """Return the share of the edge cases' entries whose title was read."""
    found = expected = 0
    for body, titles in EDGE_CASES.values():
        expected += len(titles)
        found += len({row.title for row in read(body)} & set(titles))
    return round(found / expected, 3)


def missed(figures: dict[str, Any], floors: dict[str, float]) -> list[str]:
    """Return the targets that are not reached."""
    actual = {
        "entries": figures["agreement"]["newswatch"]["entries"],
        "links": figures["agreement"]["newswatch"]["links"],
        "titles": figures["agreement"]["newswatch"]["titles"],
        "dates": figures["agreement"]["newswatch"]["dates"],
        "edge_cases_read": figures["edge_cases_read"]["newswatch"],
        "parse_ratio_to_feedparser": figures["ratio_to_feedparser"]["parse"],
        "items_ratio_to_feedparser": figures["ratio_to_feedparser"]["items"],
    }
    return [f"{name}: {actual[name]} < {floor}" for name, floor in floors.items() if actual[name] < floor]


def show(figures: dict[str, Any]) -> None:
    """Print the figures as tables."""
    print(f"{'CPU ms a feed':<34}{'kB':>6}{'parse':>9}{'items':>9}{'feedparser':>12}{'fast':>9}{'ratio':>8}")
    for name, row in figures["feeds"].items():
        ratio = row["feedparser"] / row["items"]
        print(
            f"{name:<34}{row['kilobytes']:>6.0f}{row['parse']:>9.2f}{row['items']:>9.2f}{row['feedparser']:>12.1f}"
            f"{row['fastfeedparser']:>9.2f}{ratio:>8.1f}"
        )
    for title in ("ratio_to_feedparser", "agreement", "edge_cases_read"):
        print(f"{title}: {json.dumps(figures[title], ensure_ascii=False)}")


def main() -> int:
    """Measure, print, and compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true", help="fail when a target of floors.json is missed")
    options = parser.parse_args()
    figures = measure()
    below = missed(figures, json.loads(FLOORS.read_text(encoding="utf-8"))["feeds"])
    if options.json:
        print(json.dumps({**figures, "missed": below}, indent=1, ensure_ascii=False))
    else:
        show(figures)
        print("targets:", "; ".join(below) or "all reached")
    return 1 if options.check and below else 0


if __name__ == "__main__":
    sys.exit(main())
