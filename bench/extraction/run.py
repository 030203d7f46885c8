"""Runs extractors over the corpus side by side and gathers figures by language group."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bench.extraction.corpus import pages
from bench.extraction.extractors import FAST, OURS, Answer, Extractor
from bench.extraction.page import NotArticle, Page
from bench.extraction.rejects import not_articles
from bench.extraction.score import Score, score

__all__ = ["GROUPS", "Row", "Run", "figures", "mean", "run", "summary"]

CHUNK = 16  # pages: long enough for warm caches, short enough that a busy machine slows all alike
GROUPS = ("zh", "zh-Hant", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A page, what an extractor found on it, and how good that is."""

    page: Page
    answer: Answer
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All rows of an extractor, its pages per second of CPU, and its answers on the pages without an article."""

    rows: tuple[Row, ...]
    pages_per_s: float
    refused: tuple[tuple[NotArticle, Answer], ...]


def run(extractors: Mapping[str, Extractor], layout: str | None = None) -> dict[str, Run]:
    """Give every page to every extractor and time them in turn."""
    corpus = list(pages(layout))
    for page in corpus[:3]:
        for extract in extractors.values():
            extract(page)
    rows: dict[str, list[Row]] = {name: [] for name in extractors}
    seconds = dict.fromkeys(extractors, 0.0)
    for name, chunk in _order(corpus, extractors):
        began = time.process_time()
        answers = [extractors[name](page) for page in chunk]
        seconds[name] += time.process_time() - began
        rows[name] += [Row(page=p, answer=a, score=score(a, p.gold)) for p, a in zip(chunk, answers, strict=True)]
    without = [] if layout else list(not_articles())
    return {
        name: Run(
            rows=tuple(rows[name]),
            pages_per_s=len(corpus) / max(seconds[name], 1e-6),
            refused=tuple((page, extract(page)) for page in without) if name == OURS else (),
        )
        for name, extract in extractors.items()
    }


def _order(corpus: list[Page], names: Iterable[str]) -> Iterator[tuple[str, list[Page]]]:
    """Yield a few pages for each extractor in turn, without the garbage and the caches that the one before left."""
    from trafilatura.meta import reset_caches

    for start in range(0, len(corpus), CHUNK):
        for name in names:
            reset_caches()
            gc.collect()
            yield name, corpus[start : start + CHUNK]


def figures(rows: Iterable[Row]) -> dict[str, float]:
    """Return the mean of each figure over the pages that it applies to."""
    values: dict[str, list[float]] = {}
    for row in rows:
        for name, value in row.score.items():
            values.setdefault(name, []).append(value)
    return {name: mean(found) for name, found in values.items()}


def mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def summary(runs: Mapping[str, Run]) -> dict[str, dict[str, dict[str, float]]]:
    """Return figures by extractor and group: the languages, parts of the corpus, ``refused``, ``speed``."""
    fast = runs[FAST].pages_per_s if FAST in runs else None
    return {name: _parts(each, fast) for name, each in runs.items()}


def _parts(each: Run, fast: float | None) -> dict[str, dict[str, float]]:
    usual = [row for row in each.rows if not row.page.scrambled]
    parts = {group: figures(row for row in usual if row.page.group == group) for group in GROUPS}
    parts["open"] = figures(row for row in usual if not row.page.held_out)
    parts["held_out"] = figures(row for row in usual if row.page.held_out)
    parts["scrambled"] = figures(row for row in each.rows if row.page.scrambled)
    parts["speed"] = {"pages_per_s": each.pages_per_s}
    if fast:
        parts["speed"]["ratio_to_fast"] = each.pages_per_s / fast
    if each.refused:
        parts["refused"] = {
            "told_apart": mean(answer.rejected in page.expected for page, answer in each.refused),
            "not_stored": mean(answer.rejected is not None for _, answer in each.refused),
        }
    return {name: part for name, part in parts.items() if part}
