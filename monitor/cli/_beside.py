"""The runtime of a command that works on the store beside the service, in its own workers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from monitor.assembly import build_runtime, close_runtime
from monitor.cli._options import EX_DATA, EX_TEMPORARY, fail, find_data, load, store_location
from monitor.engine.workers import NoWorker, prepare_workers
from monitor.runtime import Runtime, now
from storage.database import StoreError, open_store

__all__ = ["beside_the_service"]


@asynccontextmanager
async def beside_the_service(config_option: Path | None, data_option: Path | None) -> AsyncIterator[Runtime]:
    """Give a runtime over the store that the two options name, or say why there is none and end; never makes one."""
    config = load(config_option)
    data_dir = find_data(data_option, config.path)
    location = store_location(config, data_dir)
    if isinstance(location, Path) and not location.is_file():
        fail(f"there is no store at {location}; make one: newswatch run", EX_DATA)
    try:
        prepare_workers()
        rt = build_runtime(config, data_dir, open_store(location, durability=config.settings.store.durability, now=now))
        try:
            yield rt
        finally:
            await close_runtime(rt)
    except NoWorker as error:
        fail(str(error), EX_TEMPORARY)
    except StoreError as error:
        fail(str(error), EX_DATA if error.permanent else EX_TEMPORARY)
