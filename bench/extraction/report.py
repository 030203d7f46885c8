"""Words for the figures: a table for each group, the worst pages with what differs, what is below its floor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import unified_diff

from bench.extraction.run import GROUPS, Row, Run
from bench.extraction.score import furniture_left, scored_lines

__all__ = ["below_floors", "table", "worst"]

Summary = Mapping[str, Mapping[str, Mapping[str, float]]]
COLUMNS = (
    *(
        "precision",
        "recall",
        "f1",
        "lines",
        "headings",
        "furniture",
        "title",
        "day",
        "date",
        "author",
        "source",
        "editor",
        "publisher",
    ),
    *("author_invented", "source_invented", "next_page"),
)
WIDTH, DIFF = 100, 16
LOWER_IS_BETTER = ("furniture", "author_invented", "source_invented")


def table(summary: Summary) -> Iterator[str]:
    """Yield lines: for each group the extractors and their figures; a figure that one does not offer is a dash."""
    for group in (*GROUPS, "open", "held_out", "scrambled"):
        names = [name for name in summary if group in summary[name]]
        if names:
            yield f"\n{group:<22}" + "".join(f"{column[:9]:>10}" for column in COLUMNS)
        for name in names:
            part = summary[name][group]
            yield f"{name:<22}" + "".join(f"{_cell(part.get(column)):>10}" for column in COLUMNS)
    yield f"\n{'':<22}{'pages/s':>10}{'ratio':>10}"
    for name, parts in summary.items():
        speed = parts["speed"]
        yield f"{name:<22}{speed['pages_per_s']:>10.1f}{_cell(speed.get('ratio_to_fast')):>10}"
        if "refused" in parts:
            refused = parts["refused"]
            yield f"  without an article: {refused['not_stored']:.3f} refused, {refused['told_apart']:.3f} told apart"


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def worst(run: Run, count: int) -> Iterator[str]:
    """Yield the ``count`` worst pages and what differs. Held-out layouts are never shown."""
    rows = sorted((row for row in run.rows if not row.page.held_out), key=_badness, reverse=True)
    for row in rows[:count]:
        if _badness(row):
            yield from _describe(row)
    for page, answer in run.refused if count else ():
        if answer.rejected not in page.expected and not page.held_out:
            yield f"\n{page.name}: {answer.rejected or 'an article'}, expected {' or '.join(page.expected)}"


def _badness(row: Row) -> float:
    wrong = sum(
        _is_wrong(name, value)
        for name, value in row.score.items()
        if name not in ("precision", "recall", "f1", "lines")
    )
    return wrong + 10 * (1 - row.score["f1"])


def _is_wrong(name: str, value: float) -> bool:
    return value > 0 if name in LOWER_IS_BETTER else value < 1


def _describe(row: Row) -> Iterator[str]:
    gold, answer = row.page.gold, row.answer
    yield f"\n{row.page.key}: F1 {row.score['f1']:.3f}{' rejected: ' + answer.rejected if answer.rejected else ''}"
    pairs = (
        *(("title", answer.title, gold.title), ("date", answer.published, gold.published)),
        *(("author", answer.authors, gold.authors), ("source", answer.source, gold.source)),
        *(("editor", answer.editors, gold.editors), ("publisher", answer.publisher, gold.publisher)),
        *(("next_page", answer.next_page, gold.next_page), ("headings", answer.headings, gold.headings)),
    )
    for name, found, wanted in pairs:
        if (name in row.score and row.score[name] < 1) or row.score.get(f"{name}_invented"):
            yield f"  {name}: found {_plain(found)}, expected {_plain(wanted)}"
    yield from (f"  furniture: {line}" for line in furniture_left(answer.text, gold))
    lines = unified_diff(scored_lines(gold.text, gold), scored_lines(answer.text, gold), n=0, lineterm="")
    shown = [f"    {line[:WIDTH]}" for line in lines if not line.startswith(("---", "+++", "@@"))]
    yield from shown[:DIFF]
    if len(shown) > DIFF:
        yield f"    and {len(shown) - DIFF} more lines"


def _plain(value: object) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "nobody"
    return repr(value) if value else "nothing"


def below_floors(parts: Mapping[str, Mapping[str, float]], floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return a sentence for each figure below its floor; a floor named ``max_`` is a ceiling."""
    failures = []
    for group, limits in floors.items():
        for name, limit in limits.items():
            value = parts[group][name.removeprefix("max_")]
            if value > limit if name.startswith("max_") else value < limit:
                failures.append(f"{group} {name}: found {value:.3f}, floor {limit}")
    return failures
