"""Builds a runtime from a configuration, and a new one from a changed configuration.

The store, the workers and the identity stay for the life of the process; what a reload may change is the rest.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from alerts.rules import compile_rules
from monitor import __version__
from monitor.config import Config
from monitor.desk import display_names
from monitor.engine.sealed import Sealed
from monitor.engine.workers import WorkerLimits, WorkerPool
from monitor.fetch.client import Fetcher
from monitor.fetch.limits import FetchLimits
from monitor.fetch.robots import Robots
from monitor.runtime import Runtime, World, now, owner_name
from monitor.tag.catalogue import forget_catalogue
from monitor.tracked import tracked
from storage.database import Store

__all__ = [
    "PROJECT_AGENT",
    "build_runtime",
    "build_world",
    "close_runtime",
    "give_back_memory",
    "reconfigure",
    "settle_memory",
]

_ORIGINS_A_VISIT = 2
"""Sites that a visit may keep connections to: 7 KB of memory each, of no use once the host was visited."""
_GARBAGE = 700
"""New objects after which a service looks for cycles, as Python itself would; short commands wait longer."""
PROJECT_AGENT = f"newswatch/{__version__} (news monitor; set settings.user_agent to name your contact)"


def build_runtime(config: Config, data_dir: Path, store: Store, *, clock: Callable[[], datetime] = now) -> Runtime:
    """Return the runtime of a process that has just started."""
    world = build_world(config, clock=clock)
    known = tracked(config.watch)
    return Runtime(
        config=config,
        data_dir=data_dir,
        store=store,
        fetcher=world.fetcher,
        robots=world.robots,
        pool=world.pool,
        rules=compile_rules(config.rules, config.queries),
        owner=owner_name(),
        now=clock,
        sources={source.id: source for source in config.sources},
        channels={channel.id: channel for channel in config.channels},
        names=display_names(config, known),
        vendors=known.vendors,
        catalogue=known.version,
        watch=Sealed(config.watch),
    )


def build_world(config: Config, *, clock: Callable[[], datetime] = now) -> World:
    """Return the network and the workers that a configuration asks for; they start with their first use."""
    workers = config.settings.workers
    fetcher, robots = _network(config, clock)
    limits = WorkerLimits(
        count=workers.count,
        wall_s=workers.wall.total_seconds(),
        cpu_s=workers.cpu.total_seconds(),
        memory_mb=workers.memory_mb,
        recycle_after=workers.recycle_after,
        idle_after_s=workers.idle_after.total_seconds(),
    )
    return World(config=config, fetcher=fetcher, robots=robots, pool=WorkerPool(limits), now=clock)


def reconfigure(rt: Runtime, config: Config) -> Runtime:
    """Return the runtime for a changed configuration; visits under way go on with the old one.

    Connections and what robots.txt said are kept unless the settings behind them changed.
    """
    kept = _network_settings(config) == _network_settings(rt.config)
    fetcher, robots = (rt.fetcher, rt.robots) if kept else _network(config, rt.now)
    known = tracked(config.watch)
    forget_catalogue()
    return replace(
        rt,
        config=config,
        fetcher=fetcher,
        robots=robots,
        rules=compile_rules(config.rules, config.queries),
        sources={source.id: source for source in config.sources},
        channels={channel.id: channel for channel in config.channels},
        names=display_names(config, known),
        vendors=known.vendors,
        catalogue=known.version,
        watch=Sealed(config.watch),
    )


async def close_runtime(rt: Runtime) -> None:
    """End the workers and the connections, then close the store."""
    await rt.pool.close()
    await rt.fetcher.aclose()
    await asyncio.to_thread(rt.store.close)


def settle_memory() -> None:
    """Take what a start has loaded out of the sight of the garbage collector, for as long as the process lives.

    A full collection walks 200,000 objects that never go away: 100 ms in which the event loop stands still. What only
    the start needed goes first: of the catalogue the service itself keeps the names, its workers have their own.
    """
    forget_catalogue()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE)


def give_back_memory() -> None:
    """Return to the system what a burst of work left free in the C heap, where the C library can (glibc)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _network_settings(config: Config) -> tuple[object, ...]:
    settings = config.settings
    return settings.user_agent, settings.fetch, settings.network


def _network(config: Config, clock: Callable[[], datetime]) -> tuple[Fetcher, Robots]:
    settings = config.settings
    fetcher = Fetcher(
        user_agent=settings.user_agent or PROJECT_AGENT,
        limits=FetchLimits(
            total_s=settings.fetch.deadline.total_seconds(),
            max_wire=settings.fetch.max_bytes,
            max_decoded=settings.fetch.max_bytes,
        ),
        allow=settings.network.allow,
        max_origins=_ORIGINS_A_VISIT * settings.fetch.concurrency,
        now=clock,
    )
    return fetcher, Robots(fetcher, agent=settings.user_agent or PROJECT_AGENT, now=clock)
