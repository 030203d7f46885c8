"""``newswatch run``: watch until stopped, or make one pass."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from monitor.cli._options import ConfigOption, DataOption

_SUMMED_UP = frozenset({"polled", "not read"})
"""Events of a pass that its summary tells: which sources failed, how many pages were not read."""


class LogFormat(StrEnum):
    """The form of what is logged."""

    AUTO = "auto"
    TEXT = "text"
    JSON = "json"

    @property
    def as_json(self) -> bool | None:
        """Whether JSON was asked for, or not, or nothing was."""
        return None if self is LogFormat.AUTO else self is LogFormat.JSON


def run(
    config: ConfigOption = None,
    data: DataOption = None,
    once: Annotated[bool, typer.Option("--once", help="Make one full pass and exit with a summary.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --once: the summary as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what goes wrong.")] = False,
    log_format: Annotated[
        LogFormat, typer.Option(help="How to log: in words, as JSON, or in words on a terminal only.")
    ] = LogFormat.AUTO,
) -> None:
    """Watch the configured sources and deliver alerts and digests."""
    import asyncio
    import logging

    from monitor.cli._lean import read_first, service_imports

    if as_json and not once:
        raise typer.BadParameter("--json is the form of the summary of a pass: give --once too")
    with service_imports():
        loaded = read_first(config)
        from monitor.cli import _service
        from monitor.log import configure_logging

    configure_logging(
        logging.WARNING if quiet or once else logging.INFO,
        as_json=log_format.as_json,
        without=_SUMMED_UP if once and log_format is LogFormat.AUTO else (),
    )
    work = (
        _service.run_once(loaded, data, as_json=as_json, quiet=quiet)
        if once
        else _service.serve(loaded, data, quiet=quiet)
    )
    raise typer.Exit(asyncio.run(work))
