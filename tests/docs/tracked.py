"""The part of ``docs/catalogue.md`` that lists what is tracked, as the shipped files have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from monitor.tag.catalogue import CatalogueEntry, read_entries
from tests.docs.blocks import ROOT

__all__ = ["HEADING", "PAGE", "tracked_tables", "written_tables"]

PAGE = ROOT / "docs/catalogue.md"
HEADING = "## What is tracked\n"
"""Begins the part; nothing follows it."""
_FILES = (("Models", "models"), ("Regulations and procedures", "regulations"))
_NAMES = ("id", "name", "always", "with a cue")
_PAIR = ("one", "the other")
_TWINS = "Twins name each other in the catalogue; the longer name, a country or a body beside it decides."


def written_tables() -> str:
    """Return the part as the page has it."""
    return HEADING + PAGE.read_text(encoding="utf-8").partition(HEADING)[2]


def tracked_tables() -> str:
    """Return the part as it should be."""
    listed = {title: read_entries(ROOT / f"monitor/catalogue/{name}.yaml") for title, name in _FILES}
    entries = [entry for group in listed.values() for entry in group]
    sections = [HEADING]
    sections += [f"### {title}\n\n{_table(_NAMES, map(_names, group))}" for title, group in listed.items()]
    sections += [f"### Easily taken for each other\n\n{_TWINS}\n\n{_table(_PAIR, _pairs(entries))}"]
    return "\n".join(sections)


def _names(entry: CatalogueEntry) -> tuple[str, ...]:
    unsure = (*entry.ambiguous, *entry.common)
    return f"`{entry.id}`", entry.name, ", ".join(entry.strong) or "–", ", ".join(unsure) or "–"


def _pairs(entries: Sequence[CatalogueEntry]) -> Iterator[tuple[str, str]]:
    names = {entry.id: f"{entry.name} (`{entry.id}`)" for entry in entries}
    yield from ((names[entry.id], names[twin]) for entry in entries for twin in entry.twins if entry.id < twin)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (header, ["---"] * len(header), *([cell.replace("|", "\\|") for cell in row] for row in rows))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
