"""Names on the command line that must exist: the message for one that does not."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import typer

from monitor.cli._table import cut, plain

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["one_of", "refuse_unknown_source", "unknown_source"]

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
    shown = repr(plain(cut(name, 60)))
    if not known:
        return f"unknown source {shown}; there are none"
    listed = difflib.get_close_matches(name, known, n=3) or sorted(known)[:_LISTED]
    more = f" and {len(known) - len(listed)} more" if len(known) > len(listed) else ""
    return f"unknown source {shown}; known: {', '.join(listed)}{more}"


def refuse_unknown_source(session: Session, name: str | None) -> None:
    """End the command with one clear message where the store knows no such source."""
    from storage.feed import list_sources

    if name is None:
        return
    known = [source.id for source in list_sources(session)]
    if name not in known:
        raise typer.BadParameter(unknown_source(name, known), param_hint="--source")
