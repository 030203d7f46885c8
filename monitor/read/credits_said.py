"""What credit lines say, one or several together."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["HAN", "SENTENCE", "Credits", "merge"]

HAN = re.compile("[一-鿿]")
SENTENCE = re.compile(r"[。！？；!?;]|[^A-Z](?<!\b[DM]r)(?<!\bMrs)(?<!\bMs)[.][ ]")
"""What ends a sentence, or parts it: no value of a credit line has it inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """What credit lines say.

    ``dates`` are the stretches that may hold the date of publication, ``posted`` those of them that are labelled as
    such, ``modified`` those that are labelled as the last change.
    """

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    source: str | None = None
    publisher: str | None = None
    dates: tuple[str, ...] = ()
    posted: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()


def merge(first: Credits, second: Credits) -> Credits:
    """Return both, the first having the say where there can be only one."""
    return Credits(
        authors=_union(first.authors, second.authors),
        editors=_union(first.editors, second.editors),
        source=first.source or second.source,
        publisher=first.publisher or second.publisher,
        dates=_union(first.dates, second.dates),
        posted=_union(first.posted, second.posted),
        modified=_union(first.modified, second.modified),
    )


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return first + tuple(item for item in second if item not in first)
