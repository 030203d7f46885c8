"""``newswatch outbox``: messages on their way, and dead ones that may go again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli._options import (
    EX_DATA,
    EX_TEMPORARY,
    ConfigOption,
    DataOption,
    JsonOption,
    fail,
    find_data,
    load,
    reading,
    store_location,
)


def outbox(
    config: ConfigOption = None,
    data: DataOption = None,
    retry: Annotated[bool, typer.Option("--retry", help="Send all dead messages again.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Count the messages by state; with --retry, put the dead ones back."""
    from monitor.cli._table import print_json
    from storage.feed import as_json as to_json
    from storage.outbox import outbox_counts

    again = _retry(config, data) if retry else 0
    with reading(config, data) as session:
        counts = to_json(outbox_counts(session))
    if as_json:
        print_json({"outbox": counts, "retried": again})
        return
    typer.echo("  ".join(f"{state} {count}" for state, count in counts.items() if state != "oldest_unsent_at"))
    if retry:
        typer.echo(f"{again} dead messages will be sent again.")
    elif counts["dead"]:
        typer.echo("Why they died: newswatch alerts. Send them again: newswatch outbox --retry")


def _retry(config_option: Path | None, data_option: Path | None) -> int:
    """Put the dead messages back; only while no service writes to the store."""
    from monitor.engine.lock import DataLock, Locked
    from monitor.runtime import now
    from storage.database import StoreError, open_reader, open_store
    from storage.outbox import retry_dead

    config = load(config_option)
    data_dir = find_data(data_option, config.path)
    location = store_location(config, data_dir)
    try:
        open_reader(location).close()  # never makes a store
        lock = DataLock(data_dir)
        store = open_store(location, now=now)
    except (StoreError, OSError) as error:
        fail(str(error), EX_DATA)
    except Locked as error:
        fail(f"{error}; stop it first", EX_TEMPORARY)
    try:
        return store.write(lambda session: retry_dead(session, None, now=now()))
    finally:
        store.close()
        lock.release()
