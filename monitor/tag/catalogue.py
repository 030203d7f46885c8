"""The tracked entities: the shipped files joined with what the user watches.

Knows the files in ``monitor/catalogue`` and the rules that a catalogue as a whole must keep; does not search texts.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from monitor.tag.settings import CatalogueEntry, EntityId, EntitySettings, Fact
from monitor.tag.spelling import make_spelling

__all__ = [
    "Catalogue",
    "CatalogueEntry",
    "CatalogueError",
    "EntityId",
    "EntitySettings",
    "Fact",
    "forget_catalogue",
    "load_catalogue",
    "read_entries",
    "shipped_ids",
]

_FOLDER = Path(__file__).parents[1] / "catalogue"
_WATCH = "watch"
_SPELLINGS = ("aliases", "ambiguous", "common")
_ADDED = (*_SPELLINGS, "cues", "negative_cues")
_VERSION_DIGITS = 12
_ID = re.compile(r"^- id: (\S+)$", re.MULTILINE)


class CatalogueError(ValueError):
    """A catalogue that cannot be used: the file, the entity, what was expected and what was found."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is tracked, by id: what the user watches, then the shipped entities in the order of their files."""

    entities: dict[str, EntitySettings]

    @property
    def version(self) -> str:
        """Return 12 hexadecimal digits that are the same for the same entities, whatever their order.

        They are of the values that were given; a field that a later program adds changes no version.
        """
        entities = {entity.id: entity.model_dump(mode="json", exclude_defaults=True) for entity in self}
        written = json.dumps(entities, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode("ascii")).hexdigest()[:_VERSION_DIGITS]

    def __getitem__(self, entity: str) -> EntitySettings:
        return self.entities[entity]

    def __iter__(self) -> Iterator[EntitySettings]:
        return iter(self.entities.values())

    def __len__(self) -> int:
        return len(self.entities)


def load_catalogue(watch: tuple[EntitySettings, ...] = (), folder: Path = _FOLDER) -> Catalogue:
    """Return the watched entities and the shipped ones; a watched one extends or replaces the shipped one of its id.

    Raise CatalogueError for a file or a join that breaks a rule.
    """
    shipped = _shipped(folder)
    known = {entity.id: entity for _, entity in shipped}
    watched = [(_WATCH, _extended(entity, known) if entity.extends else entity) for entity in watch]
    _refuse_twice(watched)
    replaced = {entity.id for entity in watch}
    origins = [*watched, *((origin, entity) for origin, entity in shipped if entity.id not in replaced)]
    _refuse_shared_aliases(origins)
    return Catalogue({entity.id: entity for _, entity in origins})


def forget_catalogue() -> None:
    """Free what is remembered of the shipped files, until somebody asks again: 1.2 MB, and 0.1 s to read anew."""
    _shipped.cache_clear()


def shipped_ids(folder: Path = _FOLDER) -> frozenset[str]:
    """Return the ids of the shipped entities, read without the rest: 2 ms, where the whole takes 150."""
    return frozenset(found for path in folder.glob("*.yaml") for found in _ID.findall(path.read_text(encoding="utf-8")))


def _extended(own: EntitySettings, shipped: Mapping[str, CatalogueEntry]) -> CatalogueEntry:
    """Return the shipped entity with what the user gives added. A spelling given anew leaves the list it was in."""
    base = shipped.get(own.id)
    if base is None:
        near = ", ".join(get_close_matches(own.id, shipped, n=3)) or "none like it"
        raise CatalogueError(f"{_WATCH}:{own.id}: expected the id of a shipped entity to extend; there is {near}")
    moved = {_key(own.id, text) for name in _SPELLINGS for text in getattr(own, name)}
    merged = base.model_dump(exclude_unset=True) | own.model_dump(exclude_unset=True, exclude={"extends", *_ADDED})
    merged["name"] = own.name or base.name
    for name in _ADDED:
        given = base.strong if name == "aliases" else getattr(base, name)
        kept = (text for text in given if name not in _SPELLINGS or _key(own.id, text) not in moved)
        merged[name] = tuple(dict.fromkeys((*kept, *getattr(own, name))))
    return CatalogueEntry.model_validate(merged)


def _key(entity: str, text: str) -> str:
    try:
        return make_spelling(text).key
    except ValueError as error:
        raise CatalogueError(f"{_WATCH}:{entity}: {error}") from error


@cache
def _shipped(folder: Path) -> tuple[tuple[str, CatalogueEntry], ...]:
    shipped = tuple((path.name, entry) for path in sorted(folder.glob("*.yaml")) for entry in read_entries(path))
    _refuse_twice(shipped)
    _refuse_lone_twins(shipped)
    _refuse_amending_unknown(shipped)
    return shipped


def read_entries(path: Path) -> tuple[CatalogueEntry, ...]:
    """Return the entities of one shipped file. Raise CatalogueError naming the file and the entity."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        listed = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  # the safe one, in C if there
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueError(f"{path.name}: {error}") from error
    if not isinstance(listed, list):
        raise CatalogueError(f"{path.name}: expected a list of entities, found {type(listed).__name__}")
    return tuple(_entry(path.name, number, item) for number, item in enumerate(listed, 1))


def _entry(origin: str, number: int, item: Any) -> CatalogueEntry:
    name = item.get("id", f"entity {number}") if isinstance(item, dict) else f"entity {number}"
    try:
        return CatalogueEntry.model_validate(item)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise CatalogueError(f"{origin}:{name}: {where}: {first['msg'].removeprefix('Value error, ')}") from error


def _refuse_twice(origins: Iterable[tuple[str, EntitySettings]]) -> None:
    seen: set[str] = set()
    for origin, entity in origins:
        if entity.id in seen:
            raise CatalogueError(f"{origin}:{entity.id}: expected each id once, found it twice")
        seen.add(entity.id)


def _refuse_lone_twins(shipped: Iterable[tuple[str, CatalogueEntry]]) -> None:
    """Twins name each other: who looks at one of them must see the other."""
    twins = {entry.id: entry.twins for _, entry in shipped}
    for origin, entry in shipped:
        for twin in entry.twins:
            if twin == entry.id or entry.id not in twins.get(twin, ()):
                found = "itself" if twin == entry.id else "no such entity" if twin not in twins else "not named there"
                raise CatalogueError(f"{origin}:{entry.id}: expected twins that name each other, found {twin}: {found}")


def _refuse_amending_unknown(shipped: Iterable[tuple[str, CatalogueEntry]]) -> None:
    known = {entry.id for _, entry in shipped}
    for origin, entry in shipped:
        for law in entry.amends:
            if law not in known or law == entry.id:
                raise CatalogueError(f"{origin}:{entry.id}: expected to amend another shipped entity, found {law}")


def _refuse_shared_aliases(origins: Iterable[tuple[str, EntitySettings]]) -> None:
    """An unambiguous alias belongs to one entity; the user's own word wins over a shipped one."""
    owners: dict[tuple[str, str], tuple[str, str]] = {}
    for origin, entity in origins:
        for key in _alias_keys(origin, entity):
            first_origin, owner = owners.setdefault(key, (origin, entity.id))
            if owner != entity.id and origin == first_origin:
                raise CatalogueError(
                    f"{origin}:{entity.id}: expected aliases of its own, found {key[0]!r}, also of {owner}; "
                    "list it as ambiguous, with cues, in both"
                )


def _alias_keys(origin: str, entity: EntitySettings) -> set[tuple[str, str]]:
    try:
        spellings = [make_spelling(text, entity.case) for text in entity.strong]
        for text in (*entity.ambiguous, *entity.common, *entity.cues, *entity.negative_cues):
            make_spelling(text)
    except ValueError as error:
        raise CatalogueError(f"{origin}:{entity.id}: {error}") from error
    return {(spelling.key, spelling.letters if spelling.case.value == "exact" else "") for spelling in spellings}
