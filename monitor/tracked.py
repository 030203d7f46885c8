"""What the service itself keeps of the catalogue: its version, and what tracked entities and their makers are called.

The whole catalogue is for the workers, which search texts for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from monitor.tag.catalogue import load_catalogue
from monitor.tag.settings import EntitySettings

__all__ = ["Tracked", "tracked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """The ``version`` of all that is known of the entities, and by their ids their ``names`` and their ``vendors``.

    Of several vendors it is the first.
    """

    version: str
    names: Mapping[str, str]
    vendors: Mapping[str, str]


@lru_cache(maxsize=1)
def tracked(watch: tuple[EntitySettings, ...]) -> Tracked:
    """Return what is kept of the shipped catalogue joined with ``watch``; read once for the same ``watch``.

    Raise CatalogueError where the two do not go together.
    """
    catalogue = load_catalogue(watch)
    return Tracked(
        version=catalogue.version,
        names={entity.id: entity.name for entity in catalogue},
        vendors={entity.id: entity.vendor.split("/")[0] for entity in catalogue if entity.vendor},
    )
