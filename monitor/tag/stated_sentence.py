"""A sentence cut into clauses with its names and dates, and what is said to be done to a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.tag.stated_dates import WrittenDate
from monitor.tag.stated_names import Name
from monitor.tag.stated_verbs import Act, Grammar

__all__ = ["Deed", "Sentence", "make_sentence"]

_ASIDE = re.compile(r"[\"'》〉]*\s?\([^()]{1,100}\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A folded sentence: its names and dates with offsets into ``letters``; ``cuts`` are the ends of its clauses.

    ``subject`` is what the sentence before is about, for one that names nothing itself.
    """

    letters: str
    grammar: Grammar
    names: tuple[Name, ...]
    dates: tuple[WrittenDate, ...]
    cuts: tuple[int, ...]
    subject: Name | None
    is_english: bool

    def clause(self, at: int) -> tuple[int, int]:
        """Return where the clause around an offset starts and ends."""
        index = bisect_right(self.cuts, at)
        start = self.cuts[index - 1] if index else 0
        return start, self.cuts[index] if index < len(self.cuts) else len(self.letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is done to ``names`` by the verb at ``start`` to ``end``; ``date`` is the index of its date.

    ``before`` is the part of the clause that leads to the verb, from offset ``clause_start``. ``is_future``: it is
    still to come. ``is_inherited``: the names stand in another sentence. ``with_last``: on the day of the
    deed before it.
    """

    act: Act
    names: tuple[Name, ...]
    start: int
    end: int
    clause_start: int
    before: str
    date: int | None
    is_future: bool
    is_inherited: bool
    is_object: bool
    with_last: bool


def make_sentence(
    letters: str,
    grammar: Grammar,
    names: Sequence[Name],
    dates: Sequence[WrittenDate],
    *,
    subject: Name | None,
    is_english: bool,
) -> Sentence:
    """Cut a sentence into clauses: not inside a name, a date or the brackets behind a name that say it once more."""
    held = [*((one.start, one.end) for one in names if not one.is_reference), *((d.start, d.end) for d in dates)]
    closed = _outermost(sorted([*held, *_asides(letters, grammar, names)]))
    starts = [start for start, _ in closed]
    cuts = []
    for cut in grammar.clause.finditer(letters):
        index = bisect_right(starts, cut.start()) - 1
        if index < 0 or closed[index][1] <= cut.start():
            cuts.append(cut.end())
    return Sentence(
        letters=letters,
        grammar=grammar,
        names=tuple(names),
        dates=tuple(dates),
        cuts=tuple(cuts),
        subject=subject,
        is_english=is_english,
    )


def _asides(letters: str, grammar: Grammar, names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """Yield the brackets behind names, but those that tell what was done."""
    for name in names:
        aside = _ASIDE.match(letters, name.end)
        if aside is not None and not grammar.verbs.search(aside[0]):
            yield aside.span()


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ordered spans without those that begin inside another."""
    found: list[tuple[int, int]] = []
    for span in spans:
        if not found or span[0] >= found[-1][1]:
            found.append(span)
    return found
