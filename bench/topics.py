"""Measure the grouping of stories on one event: what it puts together, what it puts together wrongly, what it costs.

Run as ``python -m bench.topics``. The reports are those of bench/data/topics, written by hand: a part that the rule was
tuned on, and one that was written afterwards. Peers group the same reports in the same run. ``--check`` compares with
bench/floors.json and fails below a floor.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import combinations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from bench.topic_reports import Report, articles_of, background, load, relation
from monitor.read.normalize import normalize
from monitor.tag.terms import term_key, times
from monitor.topics import settle
from monitor.topics.decision import WITHIN, About
from monitor.topics.rarity import Rarity
from monitor.topics.settle import leading
from storage import profiles, topics
from storage.articles import insert_article
from storage.database import Session, Store, open_store
from storage.profiles import Profile
from storage.records import Article, VerdictKind

FLOORS = Path(__file__).with_name("floors.json")
_ORDERS = 5
_SHINGLE = 5
_SHINGLES_IN_COMMON = 0.2

Grouping = list[int]
"""The topic of each report, or a number of its own."""


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    result: dict[str, Any] = {}
    for part in ("tuned", "held_out"):
        reports = load(part)
        result[part] = measure(reports, Random(options.seed), stored=options.background)
    result["cost"] = cost(Random(options.seed), stored=options.background)
    print(json.dumps(result, ensure_ascii=False, indent=2) if options.json else _table(result))
    if options.wrong:
        print("\n".join(_errors(load(options.wrong))))
    failures = below_floors(result, json.loads(FLOORS.read_text(encoding="utf-8"))["topics"])
    if options.check:
        print("\n".join(failures) or "all floors hold", file=sys.stderr)
    return 1 if options.check and failures else 0


def measure(reports: Sequence[Report], rng: Random, *, stored: int) -> dict[str, Any]:
    """Return how the rule and its peers do: on reports by time, in other orders, and beside ``stored`` stories."""
    articles = articles_of(reports)
    orders = [rng.sample(range(len(reports)), len(reports)) for _ in range(_ORDERS)]
    shuffled = [score(reports, grouped(articles, order)) for order in orders]
    return {
        "reports": len(reports),
        "events": len({(one.family, one.event) for one in reports}),
        "events told twice": sum(n > 1 for n in Counter((one.family, one.event) for one in reports).values()),
        "pairs": dict(Counter(relation(a, b) for a, b in combinations(reports, 2))),
        "rule": score(reports, grouped(articles)),
        "in other orders": {
            "recall": [min(one["recall"] for one in shuffled), max(one["recall"] for one in shuffled)],
            "wrong": max(one["wrong"] for one in shuffled),
        },
        f"beside {stored} stories": score(reports, grouped(articles, stored=stored, rng=rng)),
        "peers": {name: score(reports, group(articles)) for name, group in PEERS.items()},
    }


def grouped(
    articles: Sequence[Article], order: Sequence[int] | None = None, *, stored: int = 0, rng: Random | None = None
) -> Grouping:
    """Return how the rule groups articles that arrive in an order (by time if not given), in a store of their own."""
    with TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store.db", now=lambda: articles[0].fetched_at)
        if stored and rng:
            store.write(lambda session: _fill(session, rng, _store(session, stored), articles[0].fetched_at))
        ids = {}
        for number in order or range(len(articles)):
            ids[number] = store.write(partial(_arrive, article=articles[number]))
        with store.read() as session:
            places = topics.topic_of(session, ids.values())
        store.close()
    return [places[ids[n]].topic_id if ids[n] in places else -ids[n] for n in range(len(articles))]


def _arrive(session: Session, article: Article) -> int:
    _, story_id = insert_article(session, article, verdict=VerdictKind.NEW, story_id=None, now=article.fetched_at)
    settle(session, story_id, article, article.fetched_at)
    return story_id


def _store(session: Session, count: int) -> Sequence[tuple[int, int]]:
    """Store articles that say nothing; return them with their stories."""
    nothing = replace(articles_of(load("tuned")[:1])[0], title=None, text="", mentions=(), terms=())
    named = (replace(nothing, key=f"background {n}", content_hash=f"background {n}") for n in range(count))
    return [insert_article(session, one, verdict=VerdictKind.NEW, story_id=None, now=one.fetched_at) for one in named]


def _fill(session: Session, rng: Random, places: Sequence[tuple[int, int]], at: datetime) -> None:
    for (article_id, story_id), terms in zip(places, background(rng, len(places)), strict=True):
        about = About.of(terms, at)
        leads = leading(about, {}, Rarity(stories={}, total=0))
        told_at = at + timedelta(minutes=rng.randrange(40_000))
        profile = Profile(article_id=article_id, story_id=story_id, terms=terms, told_at=told_at)
        profiles.remember(session, profile, keys=about.terms, leading=leads, now=at)


def score(reports: Sequence[Report], found: Grouping) -> dict[str, Any]:
    """Return pair precision and recall, B-cubed, and how many pairs of other events stand together."""
    pairs = Counter(
        (relation(reports[a], reports[b]), found[a] == found[b]) for a, b in combinations(range(len(reports)), 2)
    )
    right, missed = pairs["same", True], pairs["same", False]
    wrong = pairs["hard", True] + pairs["other", True]
    cubed = [_b_cubed(reports, found, number) for number in range(len(reports))]
    return {
        "precision": right / (right + wrong) if right + wrong else 1.0,
        "recall": right / (right + missed) if right + missed else 1.0,
        "wrong": wrong,
        "b3_precision": sum(p for p, _ in cubed) / len(cubed),
        "b3_recall": sum(r for _, r in cubed) / len(cubed),
    }


def _b_cubed(reports: Sequence[Report], found: Grouping, number: int) -> tuple[float, float]:
    related = [relation(reports[number], one) if one is not reports[number] else "same" for one in reports]
    kept = [n for n in range(len(reports)) if related[n] != "follow-up"]
    together = [n for n in kept if found[n] == found[number]]
    same = [n for n in kept if related[n] == "same"]
    both = sum(related[n] == "same" for n in together)
    return both / len(together), both / len(same)


def _star(alike: Callable[[int, int], float]) -> Callable[[Sequence[Article]], Grouping]:
    """Return a peer that lets each article join the best earlier lead that is alike (above 0)."""

    def group(articles: Sequence[Article]) -> Grouping:
        leads: list[int] = []
        found: Grouping = []
        for number, article in enumerate(articles):
            near = [n for n in leads if abs(articles[n].fetched_at - article.fetched_at) <= WITHIN]
            best = max(near, key=lambda n: alike(n, number), default=None)
            if best is not None and alike(best, number) > 0:
                found.append(found[best])
            else:
                leads.append(number)
                found.append(number)
        return found

    return group


def _by_cosine(threshold: float) -> Callable[[Sequence[Article]], Grouping]:
    def group(articles: Sequence[Article]) -> Grouping:
        held = Counter(term_key(term) for article in articles for term, _ in article.terms)
        vectors = [_vector(article, held, len(articles)) for article in articles]

        def alike(a: int, b: int) -> float:
            cosine = sum(weight * vectors[b].get(key, 0.0) for key, weight in vectors[a].items())
            return cosine if cosine >= threshold else 0.0

        return _star(alike)(articles)

    return group


def _vector(article: Article, held: Counter[str], total: int) -> dict[str, float]:
    weights = {term_key(term): times(n) * math.log(total / held[term_key(term)]) for term, n in article.terms}
    norm = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
    return {key: weight / norm for key, weight in weights.items()}


def _by_shingles(articles: Sequence[Article]) -> Grouping:
    texts = [normalize(article.text) for article in articles]
    sets = [{text[i : i + _SHINGLE] for i in range(len(text) - _SHINGLE + 1)} for text in texts]

    def alike(a: int, b: int) -> float:
        jaccard = len(sets[a] & sets[b]) / len(sets[a] | sets[b])
        return jaccard if jaccard >= _SHINGLES_IN_COMMON else 0.0

    return _star(alike)(articles)


def _by_entities(articles: Sequence[Article]) -> Grouping:
    named = [{mention.entity for mention in article.mentions} for article in articles]
    return _star(lambda a, b: float(len(named[a] & named[b])))(articles)


_THRESHOLDS = (0.15, 0.25, 0.35, 0.45)
PEERS: dict[str, Callable[[Sequence[Article]], Grouping]] = {
    **{f"TF-IDF cosine >= {threshold}": _by_cosine(threshold) for threshold in _THRESHOLDS},
    f"shingles, Jaccard >= {_SHINGLES_IN_COMMON}": _by_shingles,
    "a tracked entity in common": _by_entities,
}


def cost(rng: Random, *, stored: int) -> dict[str, float]:
    """Return what settling a story costs inside the writer's transaction, in CPU milliseconds, among many others."""
    articles = articles_of(load("tuned"))
    with TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store.db", now=lambda: articles[0].fetched_at)
        stories = store.write(lambda session: _store(session, stored))
        empty = _bytes(store, Path(folder) / "store.db")
        store.write(lambda session: _fill(session, rng, stories, articles[0].fetched_at))
        size = _bytes(store, Path(folder) / "store.db") - empty
        spent = store.write(lambda session: [_timed(session, article) for article in articles])
        store.close()
    return {"stored": stored, "ms": sum(spent) / len(spent), "worst_ms": max(spent), "bytes_per_story": size / stored}


def _timed(session: Session, article: Article) -> float:
    _, story_id = insert_article(session, article, verdict=VerdictKind.NEW, story_id=None, now=article.fetched_at)
    start = time.process_time()
    settle(session, story_id, article, article.fetched_at)
    return (time.process_time() - start) * 1000


def _bytes(store: Store, path: Path) -> int:
    store.checkpoint()
    return path.stat().st_size


def below_floors(result: dict[str, Any], floors: dict[str, Any]) -> list[str]:
    """Return a line for each figure that is below its floor, or above its ceiling."""
    failures = []
    for part in ("tuned", "held_out"):
        own = floors[part]
        beside = next(name for name in result[part] if name.startswith("beside"))
        for name in ("rule", "in other orders", beside):
            found = result[part][name]
            if found["wrong"] > own["max_wrong"]:
                failures.append(f"{part}, {name}: {found['wrong']} pairs wrong, at most {own['max_wrong']}")
        failures += [
            f"{part}: {figure} {result[part]['rule'][figure]:.3f}, floor {own[figure]}"
            for figure in ("recall", "b3_precision", "b3_recall")
            if result[part]["rule"][figure] < own[figure]
        ]
    if result["cost"]["ms"] > floors["max_ms"]:
        failures.append(f"settling took {result['cost']['ms']:.2f} ms of CPU, at most {floors['max_ms']}")
    return failures


def _errors(reports: Sequence[Report]) -> list[str]:
    found = grouped(articles_of(reports))
    lines = []
    for a, b in combinations(range(len(reports)), 2):
        is_together, told = found[a] == found[b], relation(reports[a], reports[b])
        if is_together != (told == "same") and told != "follow-up" and (is_together or told == "same"):
            lines.append(f"{'wrong ' if is_together else 'missed'} {reports[a].title} | {reports[b].title}")
    return lines


def _table(result: dict[str, Any]) -> str:
    lines = []
    for part in ("tuned", "held_out"):
        found = result[part]
        lines.append(f"{part}: {found['reports']} reports, {found['events']} events, pairs {found['pairs']}")
        lines.append(f"  {'':34} {'pair p':>7} {'pair r':>7} {'wrong':>6} {'B3 p':>6} {'B3 r':>6}")
        beside = next(name for name in found if name.startswith("beside"))
        rows = {"rule, by time": found["rule"], f"rule, {beside}": found[beside], **found["peers"]}
        for name, row in rows.items():
            lines.append(
                f"  {name:34} {row['precision']:7.3f} {row['recall']:7.3f} {row['wrong']:6} "
                f"{row['b3_precision']:6.3f} {row['b3_recall']:6.3f}"
            )
        low, high = found["in other orders"]["recall"]
        lines.append(
            f"  in {_ORDERS} other orders: recall {low:.3f}-{high:.3f}, wrong {found['in other orders']['wrong']}"
        )
    spent = result["cost"]
    lines.append(
        f"settling a story among {spent['stored']}: {spent['ms']:.2f} ms of CPU (worst {spent['worst_ms']:.1f}), "
        f"{spent['bytes_per_story']:.0f} bytes a story"
    )
    return "\n".join(lines)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the grouping of stories on one event.")
    parser.add_argument("--seed", type=int, default=1, help="of the orders and of the other stories (default 1)")
    parser.add_argument("--background", type=int, default=2000, help="other stories in the store (default 2000)")
    parser.add_argument("--wrong", metavar="PART", help="list what is wrong in a part")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--check", action="store_true", help="fail below a floor of bench/floors.json")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
