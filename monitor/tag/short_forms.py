"""Short forms of regulations: declared, in book marks, bare, English, and the former and latter of two.

A short form means the title it was declared for, or the nearest title on its left that ends as it does; that title
may be one nobody tracks, and then the short form is nobody's either.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.tag.antecedents import Antecedent, Left, ShortForm
from monitor.tag.bare_forms import bare, in_marks
from monitor.tag.declared_forms import Declarations, spelled_out
from monitor.tag.english_forms import english
from monitor.tag.pair_forms import pairs
from monitor.tag.titles import Title

__all__ = ["find_short_forms"]


def find_short_forms(letters: str, titles: Sequence[Title], known: Sequence[Antecedent]) -> list[ShortForm]:
    """Return the short forms of tracked titles in a folded text, in order of start."""
    if all(antecedent.entity is None for antecedent in known):
        return []
    left = Left(known)
    declared = Declarations(letters, left)
    found = list(in_marks(letters, titles, left, declared))
    found += spelled_out(letters, left, declared)
    found += bare(letters, left, found, declared)
    found += english(letters, left, declared)
    found += pairs(letters, known)
    return sorted(found, key=lambda form: form.start)
