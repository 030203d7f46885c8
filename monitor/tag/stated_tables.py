"""What a table says of the regulations in its rows: 法规 | 发布机关 | 施行日期 at its head, one of them in each row.

A column tells what the cell at its head does; a row tells it of the first regulation that it names. Tables of two
columns, with the labels in the first one, are sheets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from monitor.tag.places import Places
from monitor.tag.stated_bodies import Place
from monitor.tag.stated_labels import CHINESE_LABEL, ENGLISH_LABEL, Label, facts_of_label
from monitor.tag.stated_names import Name
from monitor.tag.stated_piece import Found
from storage.states import FactKind

__all__ = ["of_tables"]

_CELL = " | "  # what parts the cells of a row in the text of an article
_MOST = 200  # rows read of one text


def of_tables(
    letters: str, original: str, names: Sequence[Name], published: date | None, *, english: bool
) -> Iterator[Found]:
    """Yield what the tables of a folded text say of its ``names``, in order; offsets are those of the text."""
    if not names or _CELL not in letters:
        return
    placed = Places(names)
    heads: list[FactKind | None] = []
    for cells in _rows(letters):
        own = placed.starting(cells[0][0], cells[-1][1])
        kinds = [] if own else _kinds(letters, cells, english=english)
        if any(kinds):
            heads = kinds
        elif len(cells) != len(heads):
            heads = []
        elif own:
            for label in _labelled(cells, heads):
                yield from facts_of_label(letters, original, label, own[0], published, english=english)


def _rows(letters: str) -> Iterator[list[Place]]:
    """Yield the cells of each line that has some; of a line without any an empty one, which ends a table."""
    at = max(0, letters.rfind("\n", 0, letters.find(_CELL)) + 1)
    for _ in range(_MOST):
        end = letters.find("\n", at)
        end = len(letters) if end < 0 else end
        yield list(_cells(letters, at, end))
        at = end + 1
        if at >= len(letters):
            return


def _cells(letters: str, start: int, end: int) -> Iterator[Place]:
    while True:
        cut = letters.find(_CELL, start, end)
        yield start, cut if cut >= 0 else end
        if cut < 0:
            return
        start = cut + len(_CELL)


def _kinds(letters: str, cells: Sequence[Place], *, english: bool) -> list[FactKind | None]:
    pattern = ENGLISH_LABEL if english else CHINESE_LABEL
    found = [pattern.fullmatch(letters[start:end].strip()) for start, end in cells]
    return [FactKind(one.lastgroup or "") if one else None for one in found]


def _labelled(cells: Sequence[Place], heads: Sequence[FactKind | None]) -> Iterator[Label]:
    for (start, end), what in zip(cells, heads, strict=True):
        if what is not None:
            yield Label(what, start, start, end, is_of_page=False)
