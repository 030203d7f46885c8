"""What became of a fact, told with the words that stand around it in both texts.

Pure. Pairs of values (old, new) and the texts that hold them in; short pieces of clauses out, the values marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from alerts.plain import line
from alerts.sentence import clean_piece, is_latin
from storage.fold import fold

__all__ = ["Change", "Run", "tell_changes"]

_REACH, _LATIN_REACH = 12, 36  # code points shown on each side of a value
_ALIKE = 24  # code points on each side by which two places are compared
_PLACES = 24  # places of a value that are looked at in a text
_MAX_VALUE = 60
_BORDER = re.compile(r"[。！？!?…\n，；、;]|[,：:](?!\d)|\.(?=\s|$)")
_SENTENCE = re.compile(r"[。！？!?\n]|\.(?=\s|$)")
_NUMERALS = "〇一二两三四五六七八九十百千"
_EDGES = (  # the ends of a value, and what must not stand before or behind one: more of the same number or word
    (re.compile(r"[0-9A-Za-z]"), r"(?<![0-9A-Za-z])(?<!\d[.,])", r"(?![0-9A-Za-z])(?![.,]\d)"),
    (re.compile(f"[{_NUMERALS}]"), f"(?<![{_NUMERALS}])", f"(?![{_NUMERALS}])"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of a line; ``is_marked`` where it is a value that changed."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One piece of the old text and what stands there now; the bare values where a text does not hold them."""

    old: tuple[Run, ...]
    new: tuple[Run, ...]

    def __str__(self) -> str:
        return " → ".join("".join(run.text for run in side) for side in (self.old, self.new))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the two values of a pair stand: in which of the former texts, and from where to where on each side."""

    former: int
    old: tuple[int, int]
    new: tuple[int, int]


def tell_changes(pairs: Iterable[tuple[str, str]], former: Sequence[str], text: str) -> tuple[Change, ...]:
    """Return the changes in order of their values; those that stand close together in both texts are one.

    ``former`` are earlier forms of ``text``, the likeliest first. Of several places the two that are most alike around
    the values are shown.
    """
    folded = [fold(one) for one in former]
    now = fold(text)
    groups: list[list[_Place]] = []
    bare: list[Change] = []
    for old, new in pairs:
        place = _best(_places(old, new, folded, now), folded, now)
        if place is None:
            bare.append(Change(old=_bare(old), new=_bare(new)))
        elif groups and _is_next(groups[-1][-1], place, folded, now):
            groups[-1].append(place)
        elif not any(place in group for group in groups):
            groups.append([place])
    told = (_told(group, former[group[0].former], text) for group in groups)
    return tuple(dict.fromkeys((*told, *bare)))


def _places(old: str, new: str, former: Sequence[str], now: str) -> Iterator[_Place]:
    there = _found(new, now)
    for number, text in enumerate(former):
        for before, after in product(_found(old, text), there):
            yield _Place(former=number, old=before, new=after)


def _found(value: str, folded: str) -> list[tuple[int, int]]:
    """Return where a value stands that is no part of a longer number or word."""
    wanted = fold(value.strip())
    if not wanted:
        return []
    start = next((before for kind, before, _ in _EDGES if kind.match(wanted[0])), "")
    end = next((behind for kind, _, behind in _EDGES if kind.match(wanted[-1])), "")
    matches = re.finditer(start + re.escape(wanted) + end, folded)
    return [found.span() for found in islice(matches, _PLACES)]


def _best(places: Iterable[_Place], former: Sequence[str], now: str) -> _Place | None:
    def likeness(place: _Place) -> tuple[int, int]:
        return _alike(former[place.former], place.old, now, place.new), -place.former

    return max(places, key=likeness, default=None)


def _alike(a: str, at: tuple[int, int], b: str, there: tuple[int, int]) -> int:
    """Count the letters that are the same on both sides of two places, outwards until they differ."""
    before = _common(reversed(a[max(0, at[0] - _ALIKE) : at[0]]), reversed(b[max(0, there[0] - _ALIKE) : there[0]]))
    return before + _common(a[at[1] : at[1] + _ALIKE], b[there[1] : there[1] + _ALIKE])


def _common(a: Iterable[str], b: Iterable[str]) -> int:
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        count += 1
    return count


def _is_next(last: _Place, place: _Place, former: Sequence[str], now: str) -> bool:
    """Tell whether a place follows another so closely, on both sides, that one piece shows the two."""
    if place.former != last.former:
        return False
    gaps = (former[last.former][last.old[1] : place.old[0]], now[last.new[1] : place.new[0]])
    in_order = last.old[1] <= place.old[0] and last.new[1] <= place.new[0]
    return in_order and all(len(gap) <= _REACH and not _SENTENCE.search(gap) for gap in gaps)


def _told(places: Sequence[_Place], former: str, text: str) -> Change:
    return Change(old=_side(former, [place.old for place in places]), new=_side(text, [place.new for place in places]))


def _side(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Run, ...]:
    """Return the piece of the clause round some values, cut where it is long."""
    at, end = spans[0][0], spans[-1][1]
    reach = _LATIN_REACH if is_latin(text[max(0, at - _LATIN_REACH) : end + _LATIN_REACH]) else _REACH
    start, is_cut = _start(text, at, reach)
    stop, is_cut_behind = _stop(text, end, reach)
    runs = [Run(text=("…" if is_cut else "") + clean_piece(text[start:at]).lstrip())]
    for number, (a, b) in enumerate(spans):
        behind = spans[number + 1][0] if number + 1 < len(spans) else stop
        runs += [Run(text=clean_piece(text[a:b]), is_marked=True), Run(text=clean_piece(text[b:behind]))]
    last = Run(text=runs[-1].text.rstrip() + ("…" if is_cut_behind else ""))
    return tuple(run for run in (*runs[:-1], last) if run.text)


def _start(text: str, at: int, reach: int) -> tuple[int, bool]:
    """Return where the piece before a value begins, and whether something of the clause is missing there."""
    low = max(0, at - reach)
    borders = [found.end() for found in _BORDER.finditer(text, max(0, low - 1), at + 1) if found.end() <= at]
    if borders:
        return borders[-1], False
    return (0, False) if low == 0 else (_word_start(text, low, at), True)


def _word_start(text: str, low: int, at: int) -> int:
    while low < at and _joins(text, low):
        low += 1
    return low


def _stop(text: str, end: int, reach: int) -> tuple[int, bool]:
    high = min(len(text), end + reach)
    border = _BORDER.search(text, end)
    if border and border.start() <= high:
        return border.start(), False
    if high == len(text):
        return high, False
    while high > end and _joins(text, high):
        high -= 1
    return high, True


def _joins(text: str, at: int) -> bool:
    """Tell whether a word or number of Latin script goes over a place."""
    before, after = text[at - 1], text[at]
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()


def _bare(value: str) -> tuple[Run, ...]:
    shown = line(value, _MAX_VALUE)
    return (Run(text=shown, is_marked=True),) if shown else ()
