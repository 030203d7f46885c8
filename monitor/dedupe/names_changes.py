"""The words that one text has for those of another, each pair with all the places where the one stands for the other.

Gathers and widens; what the pairs mean is for ``monitor.dedupe.names_kinds``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from monitor.dedupe.lexicon import any_form, is_foreign, is_place, word_kind
from monitor.dedupe.names_alignment import Aligned
from monitor.dedupe.names_slots import Slot
from monitor.dedupe.names_tokens import Tokens

__all__ = ["ENDS_A_NAME", "Change", "Place", "changes", "place_of"]

_REACH = 12  # characters of context
_COMMON = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_HAN = re.compile(rf"[{_COMMON}]+")  # rarer ones stand for words
_ALL_HAN = re.compile(rf"[{_COMMON}\U00020000-\U0003ffff]+")
ENDS_A_NAME = frozenset("的了在是和与及将已为于被把从向由到对因就说称等也都又并但而或其该此各每后前内外上下至兼任和以")
"""Characters before and behind which most names end."""
_TAIL = re.compile(
    rf"(?:{any_form('trades')}|{any_form('venues')}|证券|基金|保险|信托|银行|集团|大学|学院|医院|法院){{1,3}}"
)
_DISTRICT = re.compile(r"[省市县区镇乡州]")
_CUT_DISTRICT = re.compile(r"[\u4e00-\u9fff]?[省市县区镇乡州]")
_PLACE = (4, 3, 2)  # characters of places that names begin with
_WIDEST = 4
_BESIDE = 4  # words on either side that show whether capitals mean something


@dataclass(frozen=True, slots=True)
class Place:
    """Where one stands for the other: the masked text on both sides, in A and in B, and how far in that is (0-1).

    ``is_cased`` says that it is a Latin word whose capitals mean something: words beside it have none, in A and in B.
    """

    left: tuple[str, str]
    right: tuple[str, str]
    at: float
    in_title: bool
    is_cased: bool


@dataclass(frozen=True, slots=True)
class Change:
    """``a`` of one text for ``b`` of the other (as written), at all its places; ``coded`` are their tokens.

    ``left`` and ``right`` are the Han characters that stand beside them everywhere.
    """

    a: str
    b: str
    coded: tuple[str, str]
    places: tuple[Place, ...]
    left: str
    right: str

    @property
    def is_han(self) -> bool:
        """Tell whether both sides are nothing but Han characters (or kana, or hangul)."""
        return bool(_ALL_HAN.fullmatch(self.a) and _ALL_HAN.fullmatch(self.b))

    def beside(self, most: int) -> Iterator[tuple[str, str]]:
        """Yield what stands everywhere before and behind, none to ``most`` characters of each."""
        for before in range(min(len(self.left), most) + 1):
            for behind in range(min(len(self.right), most) + 1):
                yield self.left[len(self.left) - before :], self.right[:behind]

    def widened(self) -> tuple[str, str]:
        """Return the two as whole names as far as can be told: 华能国际 for 能, 华电国际 for 电."""
        if not self.is_han:
            return self.a, self.b
        before, behind = self._before(), self._behind()
        return f"{before}{self.a}{behind}", f"{before}{self.b}{behind}"

    def _before(self) -> str:
        short = min(len(self.a), len(self.b)) == 1
        most = _WIDEST if len(self.places) > 1 else 3 if short else 0
        taken = ""
        while len(taken) < min(most, len(self.left)):
            rest = self.left[: len(self.left) - len(taken)]
            place = next((rest[-size:] for size in _PLACE if is_place(rest[-size:])), "")
            if not place and self._ends(rest, is_needed=short and not taken):
                break
            taken = (place or rest[-1]) + taken
        return taken

    def _ends(self, rest: str, *, is_needed: bool) -> bool:
        """Tell whether a name does not reach into what stands before it."""
        return rest[-1] in ENDS_A_NAME or (not is_needed and len(rest) > 1 and word_kind(rest[-2:]) is not None)

    def _behind(self) -> str:
        if tail := _TAIL.match(self.right):
            return tail[0]
        is_short = min(len(self.a), len(self.b)) == 1
        if district := (_CUT_DISTRICT if is_short else _DISTRICT).match(self.right):
            return district[0]
        if len(self.places) > 1 and is_foreign(f"{self.a}{self.b}"):
            return "".join(takewhile(is_foreign, self.right))
        is_cut = is_short and not self._before()
        return self.right[:1] if is_cut and self.right[:1] not in ENDS_A_NAME else ""


def changes(parts: Sequence[Aligned]) -> tuple[Change, ...]:
    """Return the replaced words of aligned titles and bodies, in order."""
    found: dict[tuple[str, str], list[tuple[Place, str, str]]] = defaultdict(list)
    for part in parts:
        for slot in part.slots:
            if slot.a < slot.a_end and slot.b < slot.b_end:
                key = part.a.coded[slot.a : slot.a_end], part.b.coded[slot.b : slot.b_end]
                surfaces = part.a.surface(slot.a, slot.a_end), part.b.surface(slot.b, slot.b_end)
                found[key].append((place_of(part, slot), *surfaces))
    return tuple(_change(coded, rows) for coded, rows in found.items())


def place_of(part: Aligned, slot: Slot) -> Place:
    """Return where a slot stands, and what stands beside it."""
    a, b = part.a, part.b
    return Place(
        (a.before(slot.a, _REACH), b.before(slot.b, _REACH)),
        (a.behind(slot.a_end, _REACH), b.behind(slot.b_end, _REACH)),
        min(a.share(slot.a), b.share(slot.b)),
        part.in_title,
        a.at[slot.a] in a.words and _is_cased(a, slot.a, slot.a_end) and _is_cased(b, slot.b, slot.b_end),
    )


def _is_cased(text: Tokens, start: int, end: int) -> bool:
    """Tell whether half of the words on either side have no capital."""
    beside = [*range(max(0, start - _BESIDE), start), *range(end, min(len(text.at), end + _BESIDE))]
    words = [word for token in beside if (word := text.words.get(text.at[token]))]
    return 2 * sum(word[:1].islower() for word in words) >= len(words)


def _change(coded: tuple[str, str], rows: Sequence[tuple[Place, str, str]]) -> Change:
    places = tuple(place for place, _, _ in rows)
    left = _common_start([_run(side[::-1]) for place in places for side in place.left])[::-1]
    right = _common_start([_run(side) for place in places for side in place.right])
    return Change(rows[0][1], rows[0][2], coded, places, left, right)


def _common_start(texts: Sequence[str]) -> str:
    first, last = min(texts), max(texts)
    unequal = (at for at, (x, y) in enumerate(zip(first, last, strict=False)) if x != y)
    return first[: next(unequal, min(len(first), len(last)))]


def _run(text: str) -> str:
    """Return the Han characters that ``text`` begins with."""
    found = _HAN.match(text)
    return found[0] if found else ""
