"""The labelled reports of ``bench.topics``: what each tells of, and how it is read.

A part is a text file: ``## family/event`` heads the reports on one event, ``@ outlet time`` heads one report, then come
its title and its text. Events of one family are easily mistaken for each other; ``+1`` marks another development of an
event, which may stand with it or not. ``held_out.txt`` was written after the rule was fixed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from monitor.read.regional import fold_wording
from monitor.tag import tag
from monitor.tag.segment import telling
from storage.records import Article

__all__ = ["Report", "articles_of", "background", "load", "relation"]

DATA = Path(__file__).with_name("data") / "topics"
NAME_BEGINS = 20  # a count from here on is that of a name: see monitor.tag.terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one outlet wrote of one event."""

    family: str
    event: str
    outlet: str
    at: datetime
    title: str
    text: str


def load(part: str) -> tuple[Report, ...]:
    """Return the reports of a part (``tuned``, ``held_out``) by time."""
    return tuple(sorted(_reports((DATA / f"{part}.txt").read_text(encoding="utf-8")), key=lambda one: one.at))


def _reports(text: str) -> Iterator[Report]:
    family = event = ""
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("## "):
            family, _, event = line[3:].partition("/")
        elif line.startswith("@ "):
            outlet, _, at = line[2:].removesuffix(" hant").rpartition(" ")
            yield Report(
                family=family,
                event=event,
                outlet=outlet,
                at=datetime.fromisoformat(at).replace(tzinfo=UTC),
                title=next(lines),
                text=next(lines),
            )


def relation(a: Report, b: Report) -> str:
    """Return ``same`` event, ``follow-up``, ``hard`` (another event of the family) or ``other``."""
    if a.family != b.family:
        return "other"
    if a.event == b.event:
        return "same"
    return "follow-up" if a.event.partition("+")[0] == b.event.partition("+")[0] else "hard"


def articles_of(reports: Sequence[Report]) -> tuple[Article, ...]:
    """Return the reports as the reader would hand them to the store."""
    return tuple(_article(number, report) for number, report in enumerate(reports))


def _article(number: int, report: Report) -> Article:
    return Article(
        key=f"report {number}",
        source_id=report.outlet,
        url=f"https://bench.invalid/{number}",
        canonical_url=f"https://bench.invalid/{number}",
        title=report.title,
        deck=None,
        text=report.text,
        headings=(),
        language=None,
        script=None,
        authors=(),
        editors=(),
        source=None,
        publisher=None,
        published=None,
        modified=None,
        derived=None,
        fetched_at=report.at,
        content_hash=str(number),
        sketch=None,
        sketch_version="bench",
        bands=(),
        sentences=(),
        mentions=tag(report.title, report.text, ()),
        keywords=(),
        flags=(),
        removed=(),
        terms=telling(report.title, report.text, fold=fold_wording).terms,
    )


def background(rng: Random, count: int) -> Iterator[tuple[tuple[str, int], ...]]:
    """Yield the terms of stories on nothing in particular: words as frequent as in jieba's dictionary."""
    import jieba

    table = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    known = [(word, int(often), kind) for word, often, kind in (line.split(" ") for line in table)]
    chosen = [(word, often, kind) for word, often, kind in known if len(word) > 1 and 3 <= often <= 20_000]
    words, weights = [word for word, _, _ in chosen], [often for _, often, _ in chosen]
    named = {word for word, _, kind in chosen if kind in ("nr", "ns", "nt", "nz", "nrt")}
    for _ in range(count):
        drawn = dict.fromkeys(rng.choices(words, weights, k=30))
        yield tuple((word, rng.choice((1, 2, 2, 12)) + NAME_BEGINS * (word in named)) for word in drawn)
