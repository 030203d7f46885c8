"""The names that one text has for those of the other for sure, wherever they stand and whatever they are called.

What is told of a page that was changed: no word that may be a name in a form is among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from monitor.dedupe.lexicon import is_place, word_kind
from monitor.dedupe.names_bodies import bodies
from monitor.dedupe.names_changes import Change
from monitor.dedupe.names_heads import head_behind
from monitor.dedupe.names_houses import houses
from monitor.dedupe.names_judged import Judged
from monitor.dedupe.names_kinds import Kind, kind_of, names_of
from monitor.dedupe.names_known import known_names
from monitor.dedupe.names_renamed import misspelt, renamed
from monitor.dedupe.names_same import is_cut_from
from monitor.read.normalize import prepare, squeeze

__all__ = ["respelt", "told_names"]

Pair = tuple[str, str]

_CUT = 2  # characters that a short form lacks at least (卫生福利部, 卫福部); one makes another person (王强, 王志强)
_FOLK = re.compile(r"\w+(?:ers|ors|ists|ysts|ics|ians|ants|ents|men|mates)", re.IGNORECASE)
"""People by what they do, as at the head of a sentence: Analysts, Observers."""


def told_names(judged: Sequence[Judged], known: Mapping[str, str] | None = None) -> tuple[Pair, ...]:
    """Return the pairs of names, each at its first place; one that stands elsewhere in the other text counts, too.

    With names that are ``known``, folded, with what they name, these count and so do organisations by their form.
    """
    return tuple(_distinct(pair for one in judged if (pair := _names(one, known))))


def respelt(one: Judged) -> Pair | None:
    """Return one name as it is spelt in the two texts, or nothing where something else was misspelt."""
    if one.kind is not Kind.SPELLING:
        return None
    is_name = len(one.change.places) > 1 or not one.change.is_han
    return misspelt(one.change) or (names_of(one.change) if is_name else None)


def _names(one: Judged, known: Mapping[str, str] | None) -> Pair | None:
    if one.kind in (Kind.IGNORED, Kind.SPELLING):
        return None
    pair = renamed(one.change)
    if pair is None and known is not None:
        pair = known_names(one.change, known) or houses(one.change) or bodies(one.change)
    if pair is None and _is_name(one):
        pair = _headed(one.change)
    return pair if pair and not _are_one(*map(squeeze, map(prepare, pair))) else None


def _headed(change: Change) -> Pair:
    """Return two names with the word that ends both: 商务部, not 商务."""
    old, new = names_of(change)
    head = head_behind(change) if old.endswith(change.a) and new.endswith(change.b) else ""
    return f"{old}{head}", f"{new}{head}"


def _is_name(one: Judged) -> bool:
    """Tell whether a change is one of names for sure; ordinary words are none unless they are places."""
    change = one.change
    if len(change.places) == 1 and _FOLK.fullmatch(change.a) and _FOLK.fullmatch(change.b):
        return False
    kinds = set(map(word_kind, (change.a, change.b)))
    if is_place(change.a) and is_place(change.b):
        return True
    if one.kind is Kind.NAME:
        return "doing" not in kinds
    return kinds == {None} and kind_of(change, is_short=False) is Kind.NAME


def _are_one(a: str, b: str) -> bool:
    """Tell whether two names are equal once normalised, or one was cut (University of Leith, Unive) or shortened."""
    short, full = sorted((a, b), key=len)
    return short in full or (not full.isascii() and len(full) - len(short) >= _CUT and is_cut_from(short, full))


def _distinct(pairs: Iterator[Pair]) -> Iterator[Pair]:
    """Yield pairs of which none is a piece of one before."""
    found: list[Pair] = []
    for old, new in pairs:
        if not any(old in known_old and new in known_new for known_old, known_new in found):
            found.append((old, new))
            yield old, new
