"""The sources that are configured and those that the store remembers, as one list.

The order is that of the configuration; behind it come those that only the store knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from monitor.cli._options import find_data, look, reading, store_location
from monitor.config import Config, ConfigError
from storage.feed import SourceHealth, list_sources
from storage.records import SourceSpec

__all__ = ["known_sources", "merged"]


def known_sources(config_option: Path | None, data_option: Path | None) -> tuple[SourceHealth, ...]:
    """Return the enabled sources and how they do; a configuration with problems leaves what the store knows."""
    try:
        config = look(config_option)
    except ConfigError:
        return _stored(config_option, data_option)  # which says what is wrong
    place = store_location(config, find_data(data_option, config.path))
    is_new = isinstance(place, Path) and not place.exists()
    return merged(config, () if is_new else _stored(config_option, data_option))


def merged(config: Config, stored: Iterable[SourceHealth]) -> tuple[SourceHealth, ...]:
    """Return a line for each enabled source in the order of the configuration, then those that only the store has."""
    known = {one.id: one for one in stored}
    start_s = int(config.settings.poll.start.total_seconds())
    specs = config.source_specs()
    first = [replace(known[spec.id], active=True) if spec.id in known else _new(spec, start_s) for spec in specs]
    named = {spec.id for spec in specs}
    return (*first, *(one for one in known.values() if one.id not in named))


def _stored(config_option: Path | None, data_option: Path | None) -> tuple[SourceHealth, ...]:
    with reading(config_option, data_option) as session:
        return list_sources(session)


def _new(spec: SourceSpec, start_s: int) -> SourceHealth:
    """Return a source that no service has taken up yet."""
    return SourceHealth(
        id=spec.id,
        kind=spec.kind,
        url=spec.url,
        host=spec.host,
        group=spec.group,
        active=True,
        interval_s=spec.every_s or start_s,
        next_poll_at=None,
        paused_until=None,
        pause_reason=None,
        last_polled_at=None,
        last_success_at=None,
        last_new_at=None,
        silent_since=None,
        last_status=None,
        last_error=None,
        failures=0,
        polls=0,
        discovered=0,
        stored=0,
        pending=0,
        outcomes={},
        address=None,
        notices=(),
        notices_since={},
        failing_since=None,
        is_silent=False,
        expected_per_day=None,
        last_found=None,
        last_overlap=None,
    )
