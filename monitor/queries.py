"""The names that queries may use, from the catalogue: ids, what entities are called, and who makes them.

Does not read queries (``storage.query.parse``).
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from monitor.tag.settings import EntitySettings
from storage.fold import fold, name_key
from storage.query.patterns import glob_fits, is_glob
from storage.query.vocabulary import kind_of

__all__ = ["CatalogueNames"]

_NEAREST = 3
_LIKE = 0.6
"""The least likeness (0-1) of a name that is proposed for another one."""

_NO_NAMES: Mapping[str, str] = MappingProxyType({})

_Called = dict[str, tuple[str, ...]]


class CatalogueNames:
    """The names of entities (``storage.query.names.Names``); ``entities`` gives them when the first one is asked for.

    An id counts before the part of one behind its colon, that before a name, that before an alias, and that before a
    spelling that means other things as well. What a family is called means all of it; an id in full that entity alone.
    """

    def __init__(self, entities: Callable[[], Iterable[EntitySettings]], called: Mapping[str, str] = _NO_NAMES) -> None:
        """``called`` gives the names of configured sources by id; only of those that have one."""
        self._give = entities
        self._called = {id_: fold(name) for id_, name in called.items()}

    def kinds(self) -> Collection[str]:
        """Return the kinds of all tracked entities."""
        return tuple(dict.fromkeys(one.kind for one in self._entities))

    def resolve(self, kind: str | None, written: str) -> tuple[str, ...]:
        """Return the ids that a name calls, with those of what amends them, or a glob over ids that fits one.

        None if unknown. What only an amendment is said of concerns the law as well.
        """
        before, colon, last = written.lower().partition(":")
        before = kind_of(before)
        if colon and before in self.kinds():
            if kind not in (None, before):
                return ()
            whole = f"{before}:{last}"
            return self._with_amending((whole,)) if whole in self._ids else self.resolve(before, last)
        if is_glob(written):
            glob = written.lower() if colon else f"{kind or '*'}:{written.lower()}"
            fits = any(glob_fits(glob, one.id) for one in self._entities if kind in (None, one.kind))
            return (glob,) if fits else ()
        key = name_key(written)
        relatives = _of_kind(kind, self._families.get(key, ()))
        for level in self._levels:
            found = _of_kind(kind, level.get(key, ()))
            if found:
                return self._with_amending(tuple(dict.fromkeys((*found, *relatives))))
        return relatives

    def _with_amending(self, found: tuple[str, ...]) -> tuple[str, ...]:
        amending = (one.id for one in self._entities if not set(found).isdisjoint(getattr(one, "amends", ())))
        return tuple(dict.fromkeys((*found, *amending)))

    def vendors(self, written: str) -> tuple[str, ...]:
        """Return the ids of the entities of a vendor, whichever of its names is written."""
        return self._made_by.get(name_key(written), ())

    def sources(self, glob: str) -> tuple[str, ...]:
        """Return the ids of the sources whose name a folded glob fits."""
        return tuple(id_ for id_, name in self._called.items() if glob_fits(glob, name))

    def suggestions(self, kind: str | None, written: str) -> tuple[str, ...]:
        """Return up to three names that are most like an unknown one, as they may be written."""
        known = self._vendor_names if kind == "vendor" else self._spellings(kind)
        close = difflib.get_close_matches(written.casefold(), known, n=4 * _NEAREST, cutoff=_LIKE)
        return tuple(dict.fromkeys(known[text] for text in close))[:_NEAREST]

    @cached_property
    def _entities(self) -> tuple[EntitySettings, ...]:
        return tuple(self._give())

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(one.id for one in self._entities)

    @cached_property
    def _families(self) -> _Called:
        return _called((one.family, one.id) for one in self._entities if one.family)

    @cached_property
    def _levels(self) -> tuple[_Called, ...]:
        ways: tuple[Callable[[EntitySettings], Iterable[str]], ...] = (
            lambda one: (one.id,),
            lambda one: (one.id.partition(":")[2],),
            lambda one: (one.name, *one.name.split("/")),
            lambda one: one.aliases,
            lambda one: (*one.ambiguous, *one.common),
        )
        return tuple(_called((name, one.id) for one in self._entities for name in way(one)) for way in ways)

    @cached_property
    def _made_by(self) -> _Called:
        return _called((name, one.id) for one in self._entities for name in _makers(one))

    @cached_property
    def _vendor_names(self) -> dict[str, str]:
        return {name.casefold(): name for one in self._entities for name in _makers(one)}

    def _spellings(self, kind: str | None) -> dict[str, str]:
        """Return what entities of a kind may be called, each with the id that is proposed for it."""
        spellings: dict[str, str] = {}
        for one in self._entities:
            part = one.id.partition(":")[2]
            if kind is None or one.kind == kind:
                for text in (one.id, part, one.name, *one.strong):
                    spellings.setdefault(text.casefold(), one.id if kind is None else part)
        return spellings


def _of_kind(kind: str | None, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for one in ids if kind is None or one.startswith(f"{kind}:"))


def _makers(one: EntitySettings) -> Iterator[str]:
    for name in (one.vendor or "").split("/"):
        if name.strip():
            yield name.strip()


def _called(pairs: Iterable[tuple[str, str]]) -> _Called:
    """Return the ids for each name, by what two writings of it share."""
    found: dict[str, dict[str, None]] = {}
    for name, entity in pairs:
        if name:
            found.setdefault(name_key(name), {})[entity] = None
    return {key: tuple(entities) for key, entities in found.items()}
