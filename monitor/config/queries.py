"""The queries of a configuration: those of rules and those under ``saved``, read with the tracked names.

Complains of those that cannot be read, at the place where they stand; does not ask them of anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from monitor.config.document import Node
from monitor.config.references import Entry
from monitor.config.values import Reader, describe, locate
from monitor.queries import CatalogueNames
from monitor.tag.catalogue import EntitySettings, load_catalogue
from storage.query.errors import QueryError
from storage.query.nodes import Node as Condition
from storage.query.parse import parse

__all__ = ["SavedQuery", "names_for", "read_queries", "saved_queries"]

_NAME = re.compile(r"[\w.-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQuery:
    """A query under ``saved``: its text, and where it stands."""

    text: str
    node: Node
    reader: Reader


def saved_queries(reader: Reader, node: Node) -> Iterator[tuple[str, SavedQuery]]:
    """Yield the names and queries of a section, after complaining of what is none."""
    if not isinstance(node.value, dict):
        if node.value is not None:
            reader.complain(node.mark, f"expected a mapping of names and queries, found {describe(node)}")
        return
    for name, child in node.value.items():
        text = reader.plain(child)
        if not _NAME.fullmatch(name):
            reader.complain(node.keys[name], "expected a name of letters, digits, '.', '_' and '-'")
        elif not isinstance(text, str):
            reader.complain(child.mark, f"expected a query, found {describe(child)}; put it in quotes")
        else:
            yield name, SavedQuery(text=text, node=child, reader=reader)


def names_for(
    watch: tuple[EntitySettings, ...], called: Mapping[str, str], *, forgiven: Collection[str] | None
) -> CatalogueNames:
    """Return the names that queries may use: ``called`` gives those of sources by id.

    ``forgiven`` are the ids of watched names that are known to be wrong, None where none is: then one that is unknown
    may be theirs, and is taken.
    """
    if forgiven is None:
        return CatalogueNames(lambda: load_catalogue(watch), called)
    return _Forgiving(lambda: load_catalogue(watch), called, {id_.partition(":")[0] for id_ in forgiven})


def read_queries(
    rules: Iterable[Entry], saved: Mapping[str, SavedQuery], names: CatalogueNames, timezone: str
) -> tuple[dict[str, Condition], dict[str, Condition]]:
    """Return the queries of rules by the rule's id and the saved ones by name, read; complain of those that cannot be.

    Those of rules that have other problems are read as well, so that all is told at once.
    """
    texts = {name: one.text for name, one in saved.items()}
    reading = _Reading(names=names, saved=texts, zone=ZoneInfo(timezone))
    kept = {name: reading.read(one.text, one.reader, one.node) for name, one in saved.items()}
    read = {entry.id: reading.read(entry.query, entry.reader, entry.node) for entry in rules if entry.query}
    return _whole(read), _whole(kept)


def _whole(read: Mapping[Any, Condition | None]) -> dict[str, Condition]:
    return {name: condition for name, condition in read.items() if condition is not None}


class _Forgiving(CatalogueNames):
    """Takes every name, also of kinds that only watched entities may have."""

    def __init__(
        self, entities: Callable[[], Iterable[EntitySettings]], called: Mapping[str, str], kinds: Collection[str]
    ) -> None:
        super().__init__(entities, called)
        self._more = kinds

    def kinds(self) -> Collection[str]:
        return tuple(dict.fromkeys((*super().kinds(), *self._more)))

    def resolve(self, kind: str | None, written: str) -> tuple[str, ...]:
        return super().resolve(kind, written) or (written,)

    def vendors(self, written: str) -> tuple[str, ...]:
        return super().vendors(written) or (written,)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What all queries of a configuration are read with."""

    names: CatalogueNames
    saved: Mapping[str, str]
    zone: ZoneInfo

    def read(self, text: str, reader: Reader, node: Node) -> Condition | None:
        """Return the condition, None after complaining of a query that cannot be read."""
        try:
            return parse(text, self.names, zone=self.zone, saved=self.saved)
        except QueryError as error:
            query, caret = error.shown(text).split("\n")
            reader.complain(locate(node, ("query",)), f"{error}\n    {query}\n    {caret}")
            return None
