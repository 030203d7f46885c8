"""How an article changed from one revision to the next, for a person or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from monitor.cli._options import fail

if TYPE_CHECKING:
    from monitor.read.changes import Change
    from storage.feed import ArticleView

__all__ = ["show_diff"]


def show_diff(found: ArticleView, number: int | None, *, as_json: bool) -> None:
    """Print what changed between revision ``number`` and the next; None means the last change."""
    from monitor.cli._table import plain, print_json
    from monitor.read.changes import changes

    older, newer, start = _forms(found, number)
    found_changes = changes(older, newer)
    if as_json:
        print_json(
            {
                "id": found.summary.id,
                "from": start,
                "to": start + 1,
                "removed": [line for change in found_changes for line in change.removed],
                "added": [line for change in found_changes for line in change.added],
            }
        )
        return
    typer.echo(f"article {found.summary.id}, revision {start} to {start + 1}: {plain(found.summary.url)}")
    if not found_changes:
        typer.echo("no line differs")
    for line, colour in _lines(found_changes):
        typer.echo(_coloured(plain(line), colour))


def _forms(found: ArticleView, number: int | None) -> tuple[list[str], list[str], int]:
    """Return the lines of two successive forms, their title first, and the number of the former."""
    forms = {revision.number: [revision.title or "", *revision.text.split("\n")] for revision in found.revisions}
    if not forms:
        fail(f"article {found.summary.id} has not changed since it was stored")
    forms[found.revision] = [found.own_title or "", *found.text.split("\n")]
    start = max(number for number in forms if number < found.revision) if number is None else number
    if start not in forms or start + 1 not in forms:
        known = ", ".join(str(one) for one in sorted(forms) if one + 1 in forms)
        fail(f"article {found.summary.id} has no change that starts from revision {start}; it has: {known}")
    return forms[start], forms[start + 1], start


def _lines(found: tuple[Change, ...]) -> Iterator[tuple[str, str | None]]:
    for change in found:
        yield (f"@@ below line {change.after - 1} @@" if change.after > 1 else "@@ at the top @@"), "cyan"
        yield from ((f"- {line}", "red") for line in change.removed)
        yield from ((f"+ {line}", "green") for line in change.added)


def _coloured(line: str, colour: str | None) -> str:
    from monitor.cli._table import is_coloured

    return typer.style(line, fg=colour) if colour and is_coloured() else line
