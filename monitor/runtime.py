"""Everything impure that a step of the pipeline needs, in one value.

The only file that asks the clock or invents an identity; the rest gets time as an argument.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alerts.channels import ChannelSettings
    from alerts.rules import RuleSet
    from monitor.config import Config
    from monitor.engine.workers import WorkerPool
    from monitor.fetch.client import Fetcher
    from monitor.fetch.robots import Robots
    from monitor.sources import SourceSettings
    from monitor.tag.settings import EntitySettings
    from storage.database import Store

__all__ = ["InForce", "Runtime", "World", "now", "owner_name"]


def now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


def owner_name() -> str:
    """Return a name for this process that no other holder of leases has."""
    return f"{socket.gethostname()}:{os.getpid()}:{time.time_ns()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a poll needs: the network, the workers and the clocks, without a store.

    ``monotonic`` counts seconds for durations; ``now`` is the time of day.
    """

    config: Config
    fetcher: Fetcher
    robots: Robots
    pool: WorkerPool
    now: Callable[[], datetime] = now
    monotonic: Callable[[], float] = time.monotonic


@dataclass(slots=True)
class InForce:
    """The runtime of the configuration that is in force, of all that a process has one after the other."""

    rt: Runtime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime(World):
    """What the steps share.

    ``sources`` and ``channels`` are the settings by id, ``names`` what tracked entities are called, ``vendors`` who
    makes them, ``catalogue`` the version of all that is known of them, and ``watch`` those of the configuration, made
    to be sent to workers. ``in_force`` is the same in all runtimes of a process.
    """

    data_dir: Path
    store: Store
    rules: RuleSet
    owner: str
    sources: Mapping[str, SourceSettings] = field(default_factory=dict)
    channels: Mapping[str, ChannelSettings] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    vendors: Mapping[str, str] = field(default_factory=dict)
    catalogue: str = ""
    watch: Sequence[EntitySettings] = ()
    in_force: InForce = field(default_factory=InForce, compare=False, repr=False)

    @property
    def present(self) -> Runtime:
        """The runtime whose rules and channels hold: this one, or that of a reload since.

        It changes between two transactions of the store's writer, and never within one.
        """
        return self.in_force.rt or self

    def put_in_force(self) -> None:
        """Let the rules and channels of this runtime hold, for work that began under an earlier one, too."""
        self.in_force.rt = self
