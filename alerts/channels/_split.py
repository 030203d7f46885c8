"""Splits a message into parts that a service takes, each as full as its limit allows.

Borders are sought between items, then between rows, then between runs, and only then inside a text: between two
characters. A link or a pair of marks is never cut; a text in bold goes on in bold. Pure; how a row is written and how
a text is counted are the service's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from alerts.channels._chat import Item, Kind, Row, Run, is_numbered, plain_row
from alerts.clusters import border

__all__ = ["MOST_PARTS", "part_mark", "split", "utf8_size", "utf16_size"]

MOST_PARTS = 15
"""Of one message. DingTalk and WeCom take 20 messages a minute from a bot; a quarter is left to others."""

Runs = tuple[Run, ...]


def split(
    items: Sequence[Item],
    *,
    write: Callable[[Row], str],
    size: Callable[[str], int],
    limit: int,
    most: int = MOST_PARTS,
) -> tuple[str, ...]:
    """Return the written items in at most ``most`` parts, each of a ``size`` up to ``limit``.

    The size of two texts together is the sum of theirs. Where more parts were needed, stories are told from the end
    without what is said of them; where that is not enough, the last ones and the last reports of an event are left out,
    but for the last item (the coverage), and a row before it tells how many are missing.
    """
    packer = _Packer(write=write, size=size, limit=limit)
    chunks = packer.all_chunks(items)
    parts = packer.pack(chunks)
    if len(parts) <= most:
        return parts
    brief = [_brief(item) for item in items[1:-1]]
    in_short = [chunks[0], *packer.all_chunks(brief), chunks[-1]]
    apart = [*chunks[:-1][:1], *packer.all_chunks(story for item in brief for story in _stories(item)), chunks[-1]]

    def shortened(count: int) -> tuple[str, ...]:
        return packer.pack([*chunks[:count], *in_short[count:]])

    def abridged(count: int) -> tuple[str, ...]:
        note = plain_row(f"… +{len(apart) - 1 - count}")
        return packer.pack([*apart[:count], tuple(packer.chunks((note,))), chunks[-1]])

    way, number = (shortened, len(items)) if len(shortened(0)) <= most else (abridged, len(apart))
    too_many = bisect_right(range(number - 1), most, key=lambda count: len(way(count)))
    return way(max(too_many - 1, 0))[:most]


def _brief(item: Item) -> Item:
    """Return a numbered story without its sentence and what is said of it; other items, and further reports, stay."""
    headings = tuple(takewhile(lambda row: row.kind is Kind.HEADING, item))
    if not headings or not is_numbered(headings[-1]):
        return item
    rest = item[len(headings) :]
    said = tuple(takewhile(lambda row: row.kind in (Kind.QUOTE, Kind.BULLET), rest))
    stories = tuple(row for row in said if any(run.link for run in row.runs) or is_numbered(row))
    return (*headings, *stories, *rest[len(said) :])


def _stories(item: Item) -> Iterator[Item]:
    """Yield a numbered story, and each further report of its event; other items as they are."""
    headings = tuple(takewhile(lambda row: row.kind is Kind.HEADING, item))
    first = max(len(headings), 1)
    if not is_numbered(item[first - 1]):
        yield item
        return
    first += sum(1 for _ in takewhile(lambda row: row.kind is not Kind.BULLET, item[first:]))
    yield item[:first]
    yield from ((row,) for row in item[first:])


def part_mark(number: int, total: int) -> str:
    """Return which part of how many this is, such as ``(2/3)``; nothing where there is one."""
    return f"({number}/{total})" if total > 1 else ""


def utf8_size(text: str) -> int:
    """Return the number of bytes in UTF-8; half a character counts as the mark that stands for it."""
    return len(text.encode("utf-8", "replace"))


def utf16_size(text: str) -> int:
    """Return the number of code units in UTF-16: two for most emoji and for rare characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


Chunk = tuple[str, int]  # written rows, their size


@dataclass(frozen=True, slots=True, kw_only=True)
class _Packer:
    """Writes rows and puts them into parts; line breaks at the ends of a part are dropped."""

    write: Callable[[Row], str]
    size: Callable[[str], int]
    limit: int

    def chunks(self, item: Item) -> Iterator[Chunk]:
        """Yield an item in one piece, or in its rows where it is too large for any part, cut where they are."""
        whole = "".join(map(self.write, item))
        size = self.size(whole)
        if size <= self.limit:
            yield whole, size
            return
        for row in item:
            for piece in self._pieces(row):
                written = self.write(piece)
                yield written, self.size(written)

    def all_chunks(self, items: Iterable[Item]) -> list[tuple[Chunk, ...]]:
        """Return the chunks of each item."""
        return [tuple(self.chunks(item)) for item in items]

    def pack(self, items: Sequence[Sequence[Chunk]]) -> tuple[str, ...]:
        """Return the chunks in parts; an item of several begins in a part of its own."""
        parts: list[list[str]] = [[]]
        used = 0
        for chunks in items:
            if len(chunks) > 1:
                used = self.limit
            for text, size in chunks:
                if used + size > self.limit:
                    parts.append([])
                    used = 0
                parts[-1].append(text)
                used += size
        joined = ("".join(part).strip("\n") for part in parts)
        return tuple(part for part in joined if part)

    def _pieces(self, row: Row) -> Iterator[Row]:
        rest = row.runs
        while rest:
            taken, rest = self._take(row, rest)
            if taken:
                yield replace(row, runs=taken)

    def _take(self, row: Row, runs: Runs) -> tuple[Runs, Runs]:
        """Return as much of the runs as a part can hold, and what is left of them."""

        def holds(found: Runs) -> bool:
            return self.size(self.write(replace(row, runs=found))) <= self.limit

        count = _most(len(runs), lambda number: holds(runs[:number]))
        if count == len(runs):
            return runs, ()
        before, run, later = runs[:count], runs[count], runs[count + 1 :]
        if run.link and before:
            return before, runs[count:]
        return _shorter_link(run, later, holds) if run.link else _cut(before, run, later, holds)


def _cut(before: Runs, run: Run, later: Runs, holds: Callable[[Runs], bool]) -> tuple[Runs, Runs]:
    """Cut a text where a part is full; a code point that no part can hold with its marks is left out."""
    most = _most(len(run.text), lambda length: holds((*before, replace(run, text=run.text[:length]))))
    at = border(run.text, most) or (0 if before else most)
    if at == 0 and before:
        return before, (run, *later)
    taken = (*before, replace(run, text=run.text[:at])) if at else ()
    left = run.text[max(at, 1) :]
    return taken, (replace(run, text=left), *later) if left else later


def _shorter_link(run: Run, later: Runs, holds: Callable[[Runs], bool]) -> tuple[Runs, Runs]:
    """Shorten the text of a link that no part can hold; where its address alone is too long, it is text."""

    def shorter(length: int) -> Run:
        return replace(run, text=run.text[:length] + "…")

    length = border(run.text, _most(len(run.text) - 1, lambda length: holds((shorter(length),))))
    return ((shorter(length),), later) if length else ((), (replace(run, link=None), *later))


def _most(number: int, holds: Callable[[int], bool]) -> int:
    """Return the greatest number up to ``number`` that holds, where all smaller ones do; 0 where none does."""
    low, high = 0, number
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
