"""``newswatch outbox``: messages on their way, and dead ones that may go again."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli._options import EX_DATA, ConfigOption, DataOption, JsonOption, fail, find_data, load, store_location

PANEL = "Inspect"


def outbox(
    config: ConfigOption = None,
    data: DataOption = None,
    retry: Annotated[bool, typer.Option("--retry", help="Send all dead messages again.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Count the messages by state; with --retry, put the dead ones back."""
    from monitor.cli._table import print_json
    from monitor.runtime import now
    from storage.database import StoreError, open_reader, open_store
    from storage.feed import as_json as to_json
    from storage.outbox import outbox_counts, retry_dead

    settings = load(config)
    location = store_location(settings, find_data(data, settings.path))
    try:
        open_reader(location).close()
        store = open_store(location, now=now) if retry else open_reader(location)
    except StoreError as error:
        fail(f"{error}\nNothing has been watched here yet? Start with: newswatch run", EX_DATA)
    try:
        again = store.write(lambda session: retry_dead(session, None, now=now())) if retry else 0
        with store.read() as session:
            counts = to_json(outbox_counts(session))
    finally:
        store.close()
    if as_json:
        print_json({"outbox": counts, "retried": again})
        return
    typer.echo("  ".join(f"{state} {count}" for state, count in counts.items() if state != "oldest_unsent_at"))
    if retry:
        typer.echo(f"{again} dead messages will be sent again.")
    elif counts["dead"]:
        typer.echo("Why they died: newswatch alerts. Send them again: newswatch outbox --retry")
