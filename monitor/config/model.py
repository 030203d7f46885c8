"""A loaded configuration as one value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from alerts.channels import ChannelSettings
from alerts.rules import RuleSettings
from monitor.config.settings import ServiceSettings
from monitor.sources import SourceSettings, kinds
from monitor.tag.catalogue import EntitySettings
from monitor.urls import host_of
from storage.query.nodes import Node as Condition
from storage.records import SourceSpec

__all__ = ["Config"]

_PARSERS = 1
"""Raised when a kind finds more, or other addresses, in the same body: lists that never change are then read again."""
_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What to watch, what to say about it and how. ``files`` are all files it was read from, ``path`` the first.

    ``saved`` are queries by name, ``saved_queries`` the same, read; ``queries`` are those of rules, read, by the rule's
    id. ``places`` says where rules and saved queries stand, by what they are and their name.
    """

    path: Path
    files: tuple[Path, ...]
    sources: tuple[SourceSettings, ...]
    watch: tuple[EntitySettings, ...]
    rules: tuple[RuleSettings, ...]
    channels: tuple[ChannelSettings, ...]
    settings: ServiceSettings
    saved: Mapping[str, str] = field(default_factory=dict)
    queries: Mapping[str, Condition] = field(default_factory=dict)
    saved_queries: Mapping[str, Condition] = field(default_factory=dict)
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def told_of(self, noun: str, name: str, said: str) -> str:
        """Return a line that says something of a rule or of a saved query, with its place where that is known."""
        place = self.places.get((noun, name))
        return f"{noun} {name}: {said}{f' ({place})' if place else ''}"

    def enabled_sources(self) -> tuple[SourceSettings, ...]:
        """Return the sources that are to be polled."""
        return tuple(source for source in self.sources if source.enabled)

    def names_of_sources(self) -> dict[str, str]:
        """Return what the sources are called by id, of those that have a name."""
        return {source.id: source.name for source in self.sources if source.name}

    def channels_of_now(self) -> dict[str, str]:
        """Return what channels are called now by their earlier names."""
        return {old: channel.id for channel in self.channels for old in channel.was}

    def source_specs(self) -> tuple[SourceSpec, ...]:
        """Return the enabled sources as the store keeps them."""
        return tuple(_spec(source) for source in self.enabled_sources())


def _spec(source: SourceSettings) -> SourceSpec:
    url: str = kinds()[source.kind].address(source)
    return SourceSpec(
        id=source.id,
        kind=source.kind,
        url=url,
        host=host_of(url) or f"{source.kind}:{source.id}",
        group=source.group,
        every_s=int(source.every.total_seconds()) if source.every else None,
        digest=_digest(source),
    )


def _digest(source: SourceSettings) -> str:
    """Return a digest of what decides what a body yields: the fields of the kind itself that were set, and the parsers.

    What all sources have decides how and when they are asked, not what is found.
    """
    own = set(type(source).model_fields) - set(SourceSettings.model_fields)
    settings = source.model_dump(mode="json", include=own, exclude_defaults=True)
    text = json.dumps([_PARSERS, source.kind, settings], sort_keys=True)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()
