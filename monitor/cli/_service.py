"""What ``newswatch run`` does around the daemon: open everything, show what is watched, heed signals, sum up."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
import typer

from monitor.assembly import build_runtime, close_runtime, settle_memory
from monitor.cli._options import EX_DATA, EX_PARTIAL, EX_TEMPORARY, fail, find_data, store_location
from monitor.cli._progress import pass_progress
from monitor.cli._summary import show_plan, show_problems, show_totals, totals_json
from monitor.cli._warnings import config_warnings
from monitor.config import Config, ConfigError, load_config
from monitor.daemon import Daemon
from monitor.engine.lock import DataLock, Locked
from monitor.engine.workers import NoWorker, prepare_workers
from monitor.runtime import now
from monitor.web.status import status_pages
from storage.database import StoreError, open_store

__all__ = ["run_once", "serve", "warn"]

_ONE_WISH_S = 0.2
"""Signals this close are one wish: ``timeout`` and shells tell a process and its group, so it hears twice."""

_log = structlog.get_logger("newswatch")


async def serve(config: Config, data_option: Path | None, *, quiet: bool) -> int:
    """Watch until SIGTERM or SIGINT; SIGHUP reloads. Return the exit status. ``quiet``: say nothing of how to look."""
    async with _daemon(config, data_option) as daemon:
        loop = asyncio.get_running_loop()
        reloads: set[asyncio.Task[None]] = set()
        in_order = asyncio.Lock()

        def reload() -> None:
            task = asyncio.create_task(_reload(daemon, config.path, in_order))
            reloads.add(task)
            task.add_done_callback(reloads.discard)

        _on_stop(daemon, loop)
        loop.add_signal_handler(signal.SIGHUP, reload)
        with status_pages(daemon) as pages:
            if not quiet:
                show_plan(daemon.rt, pages.url if pages else None)
            warn(config)
            await daemon.run()
    _log.info("stopped")
    return 0


async def run_once(config: Config, data_option: Path | None, *, as_json: bool, quiet: bool) -> int:
    """Make one pass with a progress bar on a terminal, and print what it did. Return the exit status.

    ``quiet``: print what failed, and no more.
    """
    async with _daemon(config, data_option) as daemon:
        _on_stop(daemon, asyncio.get_running_loop())
        with pass_progress(len(daemon.rt.config.enabled_sources()), shown=not (as_json or quiet)) as update:
            totals = await daemon.run_once(update)
        if as_json:
            typer.echo(totals_json(daemon.rt, totals))
        else:
            (show_problems if quiet else show_totals)(daemon.rt, totals)
    return EX_PARTIAL if totals.needs_somebody else 0


@asynccontextmanager
async def _daemon(config: Config, data_option: Path | None) -> AsyncIterator[Daemon]:
    """Hold the data directory, the store and the runtime while the daemon lives."""
    data_dir = find_data(data_option, config.path)
    lock = _hold(data_dir)
    try:
        prepare_workers()
        store = open_store(store_location(config, data_dir), durability=config.settings.store.durability, now=now)
        daemon = Daemon(build_runtime(config, data_dir, store))
        try:
            await daemon.start()
            settle_memory()
            yield daemon
        finally:
            await close_runtime(daemon.rt)
    except NoWorker as error:
        fail(str(error), EX_TEMPORARY)
    except StoreError as error:
        fail(str(error), EX_DATA if error.permanent else EX_TEMPORARY)
    finally:
        lock.release()


def warn(config: Config) -> None:
    """Log what in a configuration may not be meant."""
    for said in config_warnings(config, now()):
        _log.warning("configuration may not be meant so", warning=said)


def _hold(data_dir: Path) -> DataLock:
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        return DataLock(data_dir)
    except Locked as error:
        fail(str(error), EX_TEMPORARY)
    except OSError as error:
        fail(f"cannot use the data directory {data_dir}: {error.strerror}", EX_DATA)


def _on_stop(daemon: Daemon, loop: asyncio.AbstractEventLoop) -> None:
    """Drain on the first SIGTERM or SIGINT; end at once on the second."""
    asked_at = 0.0

    def stop() -> None:
        nonlocal asked_at
        if not daemon.stopping:
            asked_at = loop.time()
            _log.info("stopping", hint="once more ends at once")
            daemon.stop()
        elif loop.time() - asked_at > _ONE_WISH_S:
            os._exit(130)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)


async def _reload(daemon: Daemon, path: Path, in_order: asyncio.Lock) -> None:
    async with in_order:
        try:
            config = await asyncio.to_thread(load_config, path, environ=os.environ)
            await daemon.reload(config)
            warn(config)
        except ConfigError as error:
            _log.error("configuration not reloaded, going on with the old one", problems=str(error))
        except Exception:  # noqa: BLE001  (the edge of a reload: the service goes on)
            _log.exception("reload failed")
