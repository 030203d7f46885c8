"""Measure extraction: pages a second of CPU and quality, beside trafilatura in the same run.

Run as ``python -m bench.extraction``. The pages are synthetic (``bench.extraction_pages``): they show regressions and
ratios, not how good extraction is on the web. ``--check`` fails below the floors in bench/floors.json.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.extraction_pages import Page, pages
from monitor.read import read_page
from monitor.read.credits import read_credits
from monitor.read.furniture import furniture_rule
from monitor.types import Extracted

FLOORS = Path(__file__).with_name("floors.json")
NOW = datetime(2024, 1, 1, tzinfo=UTC)
Answer = dict[str, Any]
Extractor = Callable[[Page], Answer]


def ours(page: Page) -> Answer:
    read_credits.cache_clear()  # what one page taught would make the next round's look fast
    furniture_rule.cache_clear()
    result = read_page(page.body, page.url, "text/html; charset=utf-8", fetched_at=NOW)
    if not isinstance(result, Extracted):
        return {}
    return {
        "text": result.text,
        "title": result.title,
        "published": result.published_at,
        "authors": result.authors,
        "source": result.source,
    }


def trafilatura(*, fast: bool) -> Extractor:
    from trafilatura import bare_extraction

    def extract(page: Page) -> Answer:
        found: Any = bare_extraction(page.body, url=page.url, fast=fast, with_metadata=True)
        if found is None:
            return {}
        authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
        return {
            "text": found.text,
            "title": found.title,
            "published": found.date,
            "authors": authors,
            "source": found.sitename,
        }

    return extract


def body_f1(found: str, wanted: str) -> float:
    """Return the F1 of the trigrams of characters, white space left out."""
    a, b = _trigrams(found), _trigrams(wanted)
    common = (a & b).total()
    return 2 * common / (a.total() + b.total()) if common else 0.0


def _trigrams(text: str) -> Counter[str]:
    text = "".join(text.split())
    return Counter(text[i : i + 3] for i in range(len(text) - 2))


def measure(extract: Extractor, corpus: list[Page], rounds: int) -> dict[str, float]:
    """Return pages a second of CPU, and the mean body F1 and shares of right fields over the corpus."""
    answers = [extract(page) for page in corpus]  # also warms up
    began = time.process_time()
    for _ in range(rounds):
        for page in corpus:
            extract(page)
    seconds = time.process_time() - began
    pairs = list(zip(answers, corpus, strict=True))
    return {
        "pages_per_s": rounds * len(corpus) / seconds,
        "body_f1": _mean([body_f1(a.get("text") or "", p.text) for a, p in pairs]),
        "title": _mean([a.get("title") == p.title for a, p in pairs]),
        "date": _mean([str(a.get("published") or "")[:10] == p.published[:10] for a, p in pairs]),
        "author": _mean([a.get("authors") == p.authors for a, p in pairs if p.authors]),
        "source": _mean([a.get("source") == p.source for a, p in pairs]),
    }


def _mean(values: list[float] | list[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def run(rounds: int) -> dict[str, dict[str, float]]:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    corpus = list(pages())
    extractors: dict[str, Extractor] = {
        "newswatch": ours,
        "trafilatura, fast, metadata": trafilatura(fast=True),
        "trafilatura, default, metadata": trafilatura(fast=False),
    }
    results = {name: measure(extract, corpus, rounds) for name, extract in extractors.items()}
    fast = results["trafilatura, fast, metadata"]["pages_per_s"]
    for row in results.values():
        row["ratio_to_fast"] = row["pages_per_s"] / fast
    return results


def below_floors(row: dict[str, float], floors: dict[str, float]) -> list[str]:
    return [f"{name}: {row[name]:.3f}, floor {floor}" for name, floor in floors.items() if row[name] < floor]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure extraction beside trafilatura.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true", help="fail below the floors")
    options = parser.parse_args(arguments)
    results = run(options.rounds)
    if options.json:
        print(json.dumps(results, indent=2))
    else:
        names = list(next(iter(results.values())))
        print(f"{'':<32}" + "".join(f"{name:>15}" for name in names))
        for name, row in results.items():
            print(f"{name:<32}" + "".join(f"{row[column]:>15.3f}" for column in names))
    floors = json.loads(FLOORS.read_text(encoding="utf-8")).get("extraction", {}) if options.check else {}
    failures = below_floors(results["newswatch"], floors)
    if failures:
        print("\n".join(failures), file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
