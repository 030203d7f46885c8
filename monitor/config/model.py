"""A loaded configuration as one value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alerts.channels import ChannelSettings
from alerts.rules import RuleSettings
from monitor.config.settings import ServiceSettings
from monitor.sources import SourceSettings, kinds
from monitor.tag.catalogue import EntitySettings
from monitor.urls import host_of
from storage.records import SourceSpec

__all__ = ["Config"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What to watch, what to say about it and how. ``files`` are all files it was read from, ``path`` the first."""

    path: Path
    files: tuple[Path, ...]
    sources: tuple[SourceSettings, ...]
    watch: tuple[EntitySettings, ...]
    rules: tuple[RuleSettings, ...]
    channels: tuple[ChannelSettings, ...]
    settings: ServiceSettings

    def enabled_sources(self) -> tuple[SourceSettings, ...]:
        """Return the sources that are to be polled."""
        return tuple(source for source in self.sources if source.enabled)

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
    )
