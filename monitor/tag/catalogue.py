"""The tracked entities: the shipped files joined with what the user watches.

Knows the files beside ``monitor/catalogue`` and the rules that a catalogue as a whole must keep; does not search texts.
"""

from __future__ import annotations

from monitor.tag.settings import CatalogueEntry, EntitySettings, Fact

__all__ = ["CatalogueEntry", "EntitySettings", "Fact"]
