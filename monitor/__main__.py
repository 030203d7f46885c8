"""The program: ``newswatch`` and ``python -m monitor``."""

from __future__ import annotations

import atexit
import gc
import sys
from importlib import import_module
from io import TextIOWrapper
from pkgutil import iter_modules
from typing import Annotated

import typer

import monitor.cli
from monitor import __version__

__all__ = ["app", "main"]

_GARBAGE = 300_000
"""New objects after which cycles are looked for, more than are imported. What is imported stays: at Python's 700 a
quarter of the time of a short command goes into looking through it, at 100,000 a tenth."""


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"newswatch {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Watch news for AI models and regulations: one alert per story, and a reason for everything."""


def app(asked: str | None = None) -> typer.Typer:
    """Return the command line, with a command for each module of ``monitor.cli``.

    Where ``asked`` is one of them it stands alone: a service need not carry the others (0.7 MB).
    """
    program = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, add_completion=True, pretty_exceptions_enable=False
    )
    program.callback()(_root)
    names = sorted(info.name for info in iter_modules(monitor.cli.__path__) if not info.name.startswith("_"))
    for name in [asked] if asked in names else names:
        module = import_module(f"monitor.cli.{name}")
        command = getattr(module, name)
        if isinstance(command, typer.Typer):
            program.add_typer(command, name=name)
        else:
            program.command(name, cls=getattr(module, "Command", None))(command)
    return program


def main() -> None:
    """Run the command line."""
    gc.set_threshold(_GARBAGE)
    atexit.register(gc.freeze)  # else the end looks through all of it three times more: a third of a short command
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a locale that lacks a character is no reason to fail
    app(*sys.argv[1:2])()


if __name__ == "__main__":
    main()
