"""What a query needs to know of names: whoever reads it says which entities a written name calls.

The catalogue is not known here; ``PlainNames`` stands in where there is none.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

__all__ = ["Names", "PlainNames"]


class Names(Protocol):
    """Who is called what; every answer is in a steady order and holds nothing twice."""

    def kinds(self) -> Collection[str]:
        """Return the kinds of entity that exist."""
        ...

    def resolve(self, kind: str | None, written: str) -> tuple[str, ...]:
        """Return the entities of a kind (None: of any) that a name calls: ids, or a glob over ids; none if unknown.

        A name is an id, with its kind or without, a glob over ids, or what an entity or its family is called.
        """
        ...

    def vendors(self, written: str) -> tuple[str, ...]:
        """Return the ids of the entities that a vendor makes; none if unknown."""
        ...

    def sources(self, glob: str) -> tuple[str, ...]:
        """Return the ids of the configured sources whose folded name a glob fits."""
        ...

    def suggestions(self, kind: str | None, written: str) -> tuple[str, ...]:
        """Return the known names that are most like an unknown one, the best first; ``vendor`` is a kind here."""
        ...


class PlainNames:
    """Takes every name for an id or a glob, and knows no vendor: for queries that a program wrote."""

    def kinds(self) -> Collection[str]:
        """Return the shipped kinds."""
        return ("model", "regulation")

    def resolve(self, kind: str | None, written: str) -> tuple[str, ...]:
        """Return the name as an id."""
        is_whole = ":" in written or (kind is None and written == "*")
        return (written if is_whole else f"{kind or '*'}:{written}",)

    def vendors(self, written: str) -> tuple[str, ...]:
        """Return nothing."""
        return ()

    def sources(self, glob: str) -> tuple[str, ...]:
        """Return nothing."""
        return ()

    def suggestions(self, kind: str | None, written: str) -> tuple[str, ...]:
        """Return nothing."""
        return ()
