"""Tracked entities by what a user calls them: an id, a part of it, a name or any spelling."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.cli._options import fail, look
from monitor.cli._table import cut, plain

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from monitor.tag.catalogue import Catalogue
    from monitor.tag.settings import EntitySettings

__all__ = ["called", "find_entity", "nearest", "tracked"]

_NEAREST = 3
_LIKE = 0.6  # the least likeness (0-1) of a name that is proposed for another one


def tracked(config_option: Path | None) -> Catalogue:
    """Return what is tracked: the shipped entities and, where the configuration can be read, those of ``watch``."""
    from monitor.config import ConfigError
    from monitor.tag.catalogue import load_catalogue

    try:
        return load_catalogue(look(config_option).watch)
    except ConfigError:  # said where the store was looked for
        return load_catalogue()


def find_entity(session: Session, name: str, catalogue: Catalogue, options: str) -> str:
    """Return the id of what a name calls, or say what is wrong with it and end.

    What was tracked once is found by its id as long as stored articles mention it. ``options`` are those of the
    command that is proposed instead.
    """
    from storage.feed import is_mentioned

    found = called(name, catalogue) or ((name,) if is_mentioned(session, name) else ())
    if len(found) != 1:
        fail(_refusal(name, found, catalogue, options))
    return found[0]


def called(name: str, catalogue: Iterable[EntitySettings]) -> tuple[str, ...]:
    """Return the ids of the entities that ``name`` calls; several where it is a spelling of several.

    An id counts before the part of one behind its colon, that before a name, that before an alias, and that before a
    spelling that means other things as well.
    """
    from storage.fold import name_key

    entities = list(catalogue)
    if any(entity.id == name for entity in entities):
        return (name,)
    key = name_key(name)
    for spellings in (_parts, _names, _aliases, _unsure):
        found = [entity.id for entity in entities if key in map(name_key, spellings(entity))]
        if found:
            return tuple(found)
    return ()


def nearest(name: str, catalogue: Iterable[EntitySettings]) -> tuple[str, ...]:
    """Return the ids of the entities whose id, name or alias is most like ``name``, the best first."""
    folded = name.casefold()
    owners: dict[str, str] = {}
    for entity in catalogue:
        for text in (entity.id, *_parts(entity), entity.name, *entity.strong):
            owners.setdefault(text.casefold(), entity.id)
    like = difflib.get_close_matches(folded, owners, n=4 * _NEAREST, cutoff=_LIKE)
    return tuple(dict.fromkeys(owners[text] for text in like))[:_NEAREST]


def _refusal(name: str, found: tuple[str, ...], catalogue: Catalogue, options: str) -> str:
    shown = repr(plain(cut(name, 60)))
    if found:
        return f"{shown} may be any of these; ask by id:{_listed(found, catalogue)}"
    if family := _of_family(name, catalogue):
        listed = _listed(family, catalogue)
        return f"{shown} is a family, whose names are these; ask by id, or search for entity:NAME{listed}"
    if made := _made_by(name, catalogue):
        listed = _listed(made, catalogue)
        return f"{shown} is a vendor, whose names are these; ask by id, or search for vendor:NAME{listed}"
    near = ", ".join(nearest(name, catalogue))
    known = f"unknown entity {shown}; the nearest: {near}" if near else f"unknown entity {shown}"
    return f"{known}\nAll of them: newswatch entity --all{options}"


def _listed(ids: Iterable[str], catalogue: Catalogue) -> str:
    return "".join(f"\n  {one}  {catalogue[one].name}" for one in ids)


def _of_family(name: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ids of a family by its name, or by that behind a kind and a colon."""
    from storage.fold import name_key

    kind, colon, last = name.partition(":")
    key = name_key(last if colon else name)
    named = (one for one in catalogue if one.family and name_key(one.family) == key)
    return tuple(one.id for one in named if not colon or one.kind == kind.lower())


def _made_by(name: str, catalogue: Catalogue) -> tuple[str, ...]:
    from monitor.queries import CatalogueNames

    return CatalogueNames(lambda: catalogue).vendors(name)


def _parts(entity: EntitySettings) -> tuple[str, ...]:
    return (entity.id.partition(":")[2],)


def _names(entity: EntitySettings) -> tuple[str, ...]:
    return (entity.name,)


def _aliases(entity: EntitySettings) -> tuple[str, ...]:
    return entity.aliases


def _unsure(entity: EntitySettings) -> tuple[str, ...]:
    return (*entity.ambiguous, *entity.common)
