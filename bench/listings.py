"""Measure the automatic list finder on synthetic pages, beside courlan's link extraction in the same run.

Run as ``python -m bench.listings``. Precision and recall are those of addresses, the shares of right titles and dates
those of the rows found, ``no_list`` that of pages without a list which are rejected. The first set is the one that the
rules were tuned on, the second was written afterwards and not tuned on. ``articles_refused`` is the share of the
article pages of ``bench.extraction`` that are not taken for a list. ``--check`` fails below the floors in
bench/floors.json, which are those of both sets.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import listing_pages, listing_pages_unseen
from bench.listing_pages import MUTATIONS, ListPage, mutated
from monitor.sources._listing_found import Listed, find_listing
from monitor.sources._parsed import Document
from monitor.types import Rejected
from monitor.urls import canonical_url

FLOORS = Path(__file__).with_name("floors.json")
NOW = datetime(2023, 7, 3, 4, 0, tzinfo=UTC)
Found = list[tuple[str, str | None, str | None]]
Finder = Callable[[ListPage], Found]


def ours(page: ListPage) -> Found:
    """Return what the finder takes: address, title, date."""
    listed = _find(page.body, None, page.url)
    if not isinstance(listed, Listed):
        return []
    return [(item.url, item.title, item.published.value if item.published else None) for item in listed.found.items]


def courlan(page: ListPage) -> Found:
    """Return the links of the page's own site that courlan keeps."""
    from courlan import extract_links

    text = page.body.decode(page.charset)
    return [(url, None, None) for url in sorted(extract_links(text, page.url, external_bool=False, no_filter=False))]


def measure(find: Finder, corpus: Iterable[ListPage], *, verbose: bool = False) -> dict[str, float]:
    """Return the mean precision and recall over pages with a list, and the shares named above."""
    precisions, recalls, titles, dates, refused = [], [], [], [], []
    began, count = time.process_time(), 0
    for page in corpus:
        count += 1
        found = find(page)
        gold = {canonical_url(url): (title, date) for url, title, date in page.gold}
        taken = {canonical_url(url): (title, date) for url, title, date in found}
        if not gold:
            refused.append(not taken)
        else:
            right = gold.keys() & taken.keys()
            precisions.append(len(right) / len(taken) if taken else 0.0)
            recalls.append(len(right) / len(gold))
            titles += [taken[url][0] == gold[url][0] for url in right]
            dates += [taken[url][1] == gold[url][1] for url in right]
        if verbose:
            _explain(page, gold, taken)
    return {
        "precision": _mean(precisions),
        "recall": _mean(recalls),
        "title": _mean(titles),
        "date": _mean(dates),
        "no_list": _mean(refused),
        "pages_per_s": count / max(time.process_time() - began, 1e-9),
    }


def _explain(page: ListPage, gold: dict[str, Any], taken: dict[str, Any]) -> None:
    wrong = {url: (taken[url], gold[url]) for url in gold.keys() & taken.keys() if taken[url] != gold[url]}
    extra, missing = sorted(taken.keys() - gold.keys()), sorted(gold.keys() - taken.keys())
    if wrong or extra or missing:
        told = f"extra {extra[:2]}, missing {missing[:2]}, wrong {list(wrong.items())[:1]}"
        print(f"{page.name}: {told}")


def articles_refused() -> float:
    """Return the share of articles, with all their boxes of related links, that are not taken for a list."""
    from bench.extraction.corpus import pages

    return _mean([not isinstance(_find(page.body, page.content_type, page.url), Listed) for page in pages()])


def _find(body: bytes, content_type: str | None, url: str) -> Listed | Rejected:
    return find_listing(body, content_type, Document(address=url, base=url), NOW, {}, 1_000)


def _mean(values: list[float] | list[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def run(*, verbose: bool = False) -> dict[str, dict[str, float]]:
    """Return the figures of every set, and of every way of changing its pages, and the peer's."""
    results: dict[str, dict[str, float]] = {}
    for name, module in (("tuned", listing_pages), ("unseen", listing_pages_unseen)):
        corpus = list(module.pages())
        for mutation in MUTATIONS:
            if verbose:
                print(f"-- {name}, {mutation}")
            results[f"{name}, {mutation}"] = measure(
                ours, [mutated(page, mutation) for page in corpus], verbose=verbose
            )
        results[f"{name}, courlan"] = measure(courlan, corpus)
    return results


def worst(results: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return the lowest figure of each kind among ours."""
    rows = [row for name, row in results.items() if "courlan" not in name]
    return {column: min(row[column] for row in rows) for column in rows[0]}


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; with ``--check`` return 1 if one is below its floor."""
    parser = argparse.ArgumentParser(description="Measure the automatic list finder beside courlan.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="name what is wrong on each page")
    parser.add_argument("--check", action="store_true", help="fail below the floors")
    options = parser.parse_args(arguments)
    results, refused = run(verbose=options.verbose), articles_refused()
    if options.json:
        print(json.dumps({**results, "articles_refused": refused}, indent=2))
    else:
        print(f"{'':<32}" + "".join(f"{name:>13}" for name in worst(results)))
        for name, row in results.items():
            print(f"{name:<32}" + "".join(f"{value:>13.3f}" for value in row.values()))
        print(f"{'articles refused':<32}{refused:>13.3f}")
    floors = json.loads(FLOORS.read_text(encoding="utf-8")).get("listings", {}) if options.check else {}
    lowest = {**worst(results), "articles_refused": refused}
    failures = [f"{name}: {lowest[name]:.3f}, floor {floor}" for name, floor in floors.items() if lowest[name] < floor]
    if failures:
        print("\n".join(failures), file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
