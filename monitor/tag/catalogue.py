"""The tracked entities: the shipped files joined with what the user watches.

Knows the files in ``monitor/catalogue`` and the rules that a catalogue as a whole must keep; does not search texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from monitor.tag.settings import CatalogueEntry, EntityId, EntitySettings, Fact
from monitor.tag.spelling import make_spelling

__all__ = [
    "Catalogue",
    "CatalogueEntry",
    "CatalogueError",
    "EntityId",
    "EntitySettings",
    "Fact",
    "load_catalogue",
    "read_entries",
]

_FOLDER = Path(__file__).parents[1] / "catalogue"
_WATCH = "watch"


class CatalogueError(ValueError):
    """A catalogue that cannot be used: the file, the entity, what was expected and what was found."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is tracked, by id, in the order of the files."""

    entities: dict[str, EntitySettings]

    def __getitem__(self, entity: str) -> EntitySettings:
        return self.entities[entity]

    def __iter__(self) -> Iterator[EntitySettings]:
        return iter(self.entities.values())

    def __len__(self) -> int:
        return len(self.entities)


def load_catalogue(watch: tuple[EntitySettings, ...] = (), folder: Path = _FOLDER) -> Catalogue:
    """Return the shipped entities and the watched ones; a watched entity replaces a shipped one of its id.

    Raise CatalogueError for a file or a join that breaks a rule.
    """
    shipped = _shipped(folder)
    watched = [(_WATCH, entity) for entity in watch]
    _refuse_twice(watched)
    replaced = {entity.id for entity in watch}
    origins = [*((origin, entity) for origin, entity in shipped if entity.id not in replaced), *watched]
    _refuse_shared_aliases(origins)
    return Catalogue({entity.id: entity for _, entity in origins})


@cache
def _shipped(folder: Path) -> tuple[tuple[str, CatalogueEntry], ...]:
    shipped = tuple((path.name, entry) for path in sorted(folder.glob("*.yaml")) for entry in read_entries(path))
    _refuse_twice(shipped)
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
        return TypeAdapter(CatalogueEntry).validate_python(item)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise CatalogueError(f"{origin}:{name}: {where}: {first['msg']}") from error


def _refuse_twice(origins: Iterable[tuple[str, EntitySettings]]) -> None:
    seen: set[str] = set()
    for origin, entity in origins:
        if entity.id in seen:
            raise CatalogueError(f"{origin}:{entity.id}: expected each id once, found it twice")
        seen.add(entity.id)


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
