"""Tell the entries of a chronicle from bylines: several lines that each put another day before other words."""

from __future__ import annotations

from collections.abc import Sequence

from .credits import read_credits
from .credits_said import Credits

__all__ = ["entries_of_chronicle"]

_FEWEST = 3
"""Days without a label; a byline has two at most, of publication and of change."""


def entries_of_chronicle(texts: Sequence[str], said: Sequence[Credits | None]) -> frozenset[int]:
    """Return which of the lines are such entries; ``said`` is what each says if it stands in a byline box."""
    entries = {
        at: credit.dates
        for at, (text, credit) in enumerate(zip(texts, said, strict=True))
        if credit and credit.dates and read_credits(text) is None
    }
    return frozenset(entries if len(set(entries.values())) >= _FEWEST else ())
