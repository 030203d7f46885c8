"""Options that many commands share, and what they mean when they are not given."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from monitor.config import Config

__all__ = [
    "EX_CONFIG",
    "EX_DATA",
    "EX_TEMPORARY",
    "ConfigOption",
    "DataOption",
    "JsonOption",
    "LimitOption",
    "fail",
    "find_data",
    "load",
    "reading",
    "store_location",
]

EX_DATA = 65
EX_TEMPORARY = 75
EX_CONFIG = 78
"""Exit statuses of sysexits(3): the data cannot be used, somebody else uses it, the configuration is at fault."""

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", "-c", metavar="FILE", help="The configuration file (default: sources.yaml)."),
]
DataOption = Annotated[
    Path | None,
    typer.Option("--data", "-d", metavar="DIR", help="The data directory (default: data beside it)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many to show.")]


def fail(message: str, status: int = 1) -> NoReturn:
    """Print one clear message to standard error and end with ``status``."""
    typer.echo(message, err=True)
    raise typer.Exit(status)


def load(option: Path | None) -> Config:
    """Return the configuration, or print its problems and end."""
    from monitor.config import ConfigError, find_config, load_config

    try:
        return load_config(find_config(option, os.environ, Path.cwd()), environ=os.environ)
    except ConfigError as error:
        fail(str(error), EX_CONFIG)


def find_data(option: Path | None, config_path: Path) -> Path:
    """Return the data directory: as given, as the environment says, or ``data`` beside the configuration."""
    named = option or os.environ.get("NEWSWATCH_DATA") or os.environ.get("STATE_DIRECTORY")
    return Path(named).expanduser() if named else config_path.parent / "data"


def store_location(config: Config, data_dir: Path) -> str | Path:
    """Return where the articles are kept: the configured database, or the file in the data directory."""
    url = config.settings.store.url
    return url.get_secret_value() if url else data_dir / "newswatch.db"


@contextmanager
def reading(config_option: Path | None, data_option: Path | None) -> Iterator[Session]:
    """Give a read-only session on the store that the two options name, or say why there is none and end."""
    from storage.database import StoreError, open_reader

    config = load(config_option)
    try:
        store = open_reader(store_location(config, find_data(data_option, config.path)))
    except StoreError as error:
        fail(f"{error}\nNothing has been watched here yet? Start with: newswatch run", EX_DATA)
    try:
        with store.read() as session:
            yield session
    finally:
        store.close()
