"""Names on the command line that must exist, with the message for one that does not; and what sources are called."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from monitor.cli._options import look
from monitor.cli._table import cut, plain

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["find_source", "one_of", "source_names", "unknown_name", "unknown_source"]

E = TypeVar("E", bound=StrEnum)

_LISTED = 12


def one_of(words: type[E]) -> Callable[[str], E]:
    """Return the parser of an option that takes one of these words."""

    def parse(text: str) -> E:
        try:
            return words(text)
        except ValueError as error:
            known = ", ".join(words)
            raise typer.BadParameter(f"expected one of {known}, found {plain(cut(text, 60))!r}") from error

    return parse


def unknown_source(name: str, known: Collection[str]) -> str:
    """Return what to say of a source that does not exist: those that are nearest, or the first ones."""
    return unknown_name("source", name, known)


def unknown_name(noun: str, name: str, known: Collection[str]) -> str:
    """Return what to say of a thing that does not exist, which is a ``noun``: those that are nearest, or the first."""
    shown = repr(plain(cut(name, 60)))
    if not known:
        return f"unknown {noun} {shown}; there are none"
    listed = difflib.get_close_matches(name, known, n=3) or sorted(known)[:_LISTED]
    more = f" and {len(known) - len(listed)} more" if len(known) > len(listed) else ""
    return f"unknown {noun} {shown}; known: {', '.join(listed)}{more}"


def find_source(session: Session, asked: str | None, names: Mapping[str, str]) -> str | None:
    """Return the id of the source that is asked for by it or by its name, or end with one clear message.

    ``names`` gives the names of those that have one.
    """
    from storage.feed import list_sources

    if asked is None:
        return None
    known = [source.id for source in list_sources(session)]
    if asked in known:
        return asked
    called = [id_ for id_ in known if names.get(id_, "").casefold() == asked.casefold()]
    if len(called) != 1:
        raise typer.BadParameter(unknown_source(asked, called or known), param_hint="--source")
    return called[0]


def source_names(option: Path | None) -> dict[str, str]:
    """Return what the configured sources are called, by id; only those that have a name, as far as it can be read."""
    from monitor.config import ConfigError

    try:
        return look(option).names_of_sources()
    except ConfigError:  # said where the store was looked for
        return {}
