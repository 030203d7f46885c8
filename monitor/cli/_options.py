"""Options that many commands share, and what they mean when they are not given."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from monitor.config import Config
    from storage.database import Store

__all__ = [
    "EX_CONFIG",
    "EX_DATA",
    "EX_PARTIAL",
    "EX_TEMPORARY",
    "ArticleArgument",
    "BeforeOption",
    "ConfigOption",
    "DataOption",
    "JsonOption",
    "LimitOption",
    "again",
    "fail",
    "find_data",
    "load",
    "look",
    "named",
    "reading",
    "store_location",
    "writing",
]

EX_PARTIAL = 3
"""The work was done as far as it could be; something of it failed and waits for somebody to mend it."""
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
ArticleArgument = Annotated[
    str, typer.Argument(metavar="ID|URL", help="The id that the feed shows, or the address of an article.")
]
BeforeOption = Annotated[
    int | None, typer.Option(min=1, max=2**63 - 1, help="Only articles with a smaller id: the next page.")
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


def look(option: Path | None) -> Config:
    """Return the configuration as far as a command that only asks the store needs it. Raise ConfigError."""
    from monitor.config import find_config, load_config

    return load_config(find_config(option, os.environ, Path.cwd()), environ=os.environ, in_full=False)


def find_data(option: Path | None, config_path: Path) -> Path:
    """Return the data directory: as given, as the environment says, or ``data`` beside the configuration."""
    named = option or os.environ.get("NEWSWATCH_DATA") or os.environ.get("STATE_DIRECTORY")
    return Path(named).expanduser() if named else config_path.parent / "data"


def again(config: Path | None, data: Path | None) -> str:
    """Return the two options as they were given, for a command that is proposed next."""
    given = (("--config", config), ("--data", data))
    return "".join(f" {name} {shlex.quote(str(path))}" for name, path in given if path)


def named(config_path: Path, data_dir: Path) -> str:
    """Return the options by which another command, given here and now, finds this configuration and this store."""
    from monitor.config import ConfigError, find_config

    options = []
    try:
        default = find_config(None, os.environ, Path.cwd())
    except ConfigError:
        default = None
    if default is None or default.resolve() != config_path.resolve():
        options.append(f" --config {shlex.quote(str(config_path))}")
    if find_data(None, config_path).resolve() != data_dir.resolve():
        options.append(f" --data {shlex.quote(str(data_dir))}")
    return "".join(options)


def store_location(config: Config, data_dir: Path) -> str | Path:
    """Return where the articles are kept: the configured database, or the file in the data directory."""
    url = config.settings.store.url
    return url.get_secret_value() if url else data_dir / "newswatch.db"


def _location_to_read(config_option: Path | None, data_option: Path | None) -> str | Path:
    """Return where to look; a configuration with problems hides nothing that lies in a data directory."""
    from monitor.config import ConfigError

    try:
        config = look(config_option)
    except ConfigError as error:
        place = find_data(data_option, error.problems[0].path) / "newswatch.db"
        if not place.is_file():
            fail(str(error), EX_CONFIG)
        typer.echo(f"The configuration has problems (newswatch check); reading {place}", err=True)
        return place
    return store_location(config, find_data(data_option, config.path))


@contextmanager
def reading(config_option: Path | None, data_option: Path | None, *, too_long: str = "") -> Iterator[Session]:
    """Give a read-only session on the store that the two options name, or say why there is none and end.

    ``too_long`` says what to do about questions that take too long.
    """
    from storage.database import StoreError, StoreTimeout, open_reader

    try:
        store = open_reader(_location_to_read(config_option, data_option))
    except StoreError as error:
        fail(str(error), EX_DATA)
    try:
        with store.read() as session:
            yield session
    except StoreTimeout as error:
        fail(f"{error}; {too_long}" if too_long else str(error), EX_TEMPORARY)
    except StoreError as error:
        fail(str(error), EX_DATA)
    finally:
        store.close()


@contextmanager
def writing(config_option: Path | None, data_option: Path | None) -> Iterator[Store]:
    """Give the store that the two options name, to write to it beside the service; never makes one."""
    from monitor.runtime import now
    from storage.database import StoreError, open_reader, open_store

    config = load(config_option)
    location = store_location(config, find_data(data_option, config.path))
    try:
        open_reader(location).close()
        store = open_store(location, durability=config.settings.store.durability, now=now)
        try:
            yield store
        finally:
            store.close()
    except StoreError as error:
        fail(str(error), EX_DATA if error.permanent else EX_TEMPORARY)
