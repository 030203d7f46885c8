"""``newswatch run``: watch until stopped, or make one pass."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli._options import ConfigOption, DataOption


def run(
    config: ConfigOption = None,
    data: DataOption = None,
    once: Annotated[bool, typer.Option("--once", help="Make one full pass and exit with a summary.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --once: the summary as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Log warnings only.")] = False,
) -> None:
    """Watch the configured sources and deliver alerts and digests."""
    import asyncio
    import logging

    from monitor.cli._lean import service_imports

    with service_imports():
        from monitor.cli import _service
        from monitor.log import configure_logging

    if as_json and not once:
        raise typer.BadParameter("--json is the form of the summary of a pass: give --once too")
    configure_logging(logging.WARNING if quiet or once else logging.INFO)
    work = _service.run_once(config, data, as_json=as_json) if once else _service.serve(config, data)
    raise typer.Exit(asyncio.run(work))
