"""What may not be meant under ``watch``: shipped entities that are replaced, spellings that are shared with one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from monitor.cli._table import counted

if TYPE_CHECKING:
    from monitor.tag.settings import EntitySettings

__all__ = ["watch_warnings"]


def watch_warnings(watch: Iterable[EntitySettings], shipped: Iterable[EntitySettings]) -> tuple[str, ...]:
    """Return a line for each watched entity that takes a shipped one's place, or its spelling, and what to write.

    A spelling that is ambiguous in both is none: their cues tell them apart.
    """
    watched, known = tuple(watch), {entity.id: entity for entity in shipped}
    left = [entity for id_, entity in known.items() if id_ not in {one.id for one in watched if not one.extends}]
    sure, unsure = _owners(left, is_sure=True), _owners(left, is_sure=False)
    lines: list[str] = []
    for entity in watched:
        if entity.id in known and not entity.extends:
            lines.append(_replaces(known[entity.id]))
        lines += _shares(entity, unsure | sure, sure)
    return tuple(lines)


def _owners(entities: Iterable[EntitySettings], *, is_sure: bool) -> dict[str, EntitySettings]:
    """Return the entity of each key that a spelling has; of several the first."""
    owners: dict[str, EntitySettings] = {}
    for entity in entities:
        for text in entity.strong if is_sure else (*entity.ambiguous, *entity.common):
            owners.setdefault(_key(text), entity)
    return owners


def _key(text: str) -> str:
    from monitor.tag.spelling import make_spelling

    return make_spelling(text).key


def _replaces(shipped: EntitySettings) -> str:
    spellings = counted(len((*shipped.strong, *shipped.ambiguous, *shipped.common)), "spelling")
    return f"{shipped.id} replaces the shipped entity and its {spellings}; to add to them, write extends: true"


def _shares(
    entity: EntitySettings, owners: dict[str, EntitySettings], sure: dict[str, EntitySettings]
) -> Iterator[str]:
    given = [(text, owners) for text in entity.strong] + [(text, sure) for text in (*entity.ambiguous, *entity.common)]
    for text, among in given:
        owner = among.get(_key(text))
        if owner is not None and owner.id != entity.id:
            yield (
                f"{entity.id} shares {text!r} with the shipped {owner.id} ({owner.name}); if the two are one, write an "
                f"entry with id: {owner.id} and extends: true, else list it as ambiguous, with cues, in both"
            )
