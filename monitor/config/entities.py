"""The tracked names that rules may use: the shipped catalogue joined with ``watch``.

Loads the catalogue only for a configuration that has names of its own, once for the same ``watch``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from monitor.config.references import Entry, check_rules
from monitor.config.values import locate
from monitor.tag.catalogue import CatalogueError, EntitySettings, load_catalogue, shipped_ids

__all__ = ["check_entities"]

_WATCH = "watch:"


def check_entities(rules: Iterable[Entry], watch: Iterable[Entry], declared: Collection[str]) -> bool:
    """Complain of watched names that clash and of entities in rules that nothing bears; return whether none clash.

    ``declared`` are all ids that ``watch`` gives, those of entries with problems too.
    """
    watched, asking = list(watch), [entry for entry in rules if entry.names("entities")]
    if not watched and not asking:
        return True
    fit = True
    try:
        ids = _entity_ids(tuple(entry.settings for entry in watched))
    except CatalogueError as error:
        for entry in _culprits(str(error), watched):
            entry.reader.complain(locate(entry.node, ("id",)), str(error).removeprefix(_WATCH))
        ids, fit = _entity_ids(()), False
    check_rules(asking, {"entities": ids | set(declared)})
    return fit


@lru_cache(maxsize=4)
def _entity_ids(watch: tuple[EntitySettings, ...]) -> frozenset[str]:
    return frozenset(entity.id for entity in load_catalogue(watch)) if watch else shipped_ids()


def _culprits(message: str, watched: list[Entry]) -> list[Entry]:
    """Return the watched entry that an error of the catalogue names; an error of a shipped file is not the user's."""
    for entry in reversed(watched):
        if message.startswith(f"{_WATCH}{entry.settings.id}:"):
            return [entry]
    raise AssertionError(f"the shipped catalogue is broken: {message}")
