"""What a configuration names and is not there: groups and sources in queries, folders and archives of sources."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.cli._misread import misread
from monitor.cli._table import cut, plain

if TYPE_CHECKING:
    from monitor.config import Config
    from storage.query.nodes import Node

__all__ = ["absent_names", "place_warnings", "query_warnings"]

_NEAREST = 3
_LISTED = 12
_AN_ID = re.compile(r"[a-z0-9._-]+")


def query_warnings(config: Config) -> tuple[str, ...]:
    """Return a line for each thing in the query of a rule or a saved one that may be meant otherwise than it is read.

    So is a group or a source that none configured is called; a name that may be that of a publisher is none: articles
    bring theirs along.
    """
    groups = {source.group for source in config.sources if source.group}
    called = config.names_of_sources()
    sources = {*(source.id for source in config.sources), *called.values()}
    rules = ((rule, config.queries[rule.id]) for rule in config.rules if rule.id in config.queries)
    asked = [("rule", rule.id, rule.query or "", node) for rule, node in rules]
    asked += [("saved query", name, config.saved[name], node) for name, node in config.saved_queries.items()]
    return tuple(
        config.told_of(noun, name, line)
        for noun, name, text, node in asked
        for line in (*map(plain, misread(text)), *absent_names(node, groups, sources, are_all=False))
    )


def place_warnings(config: Config) -> tuple[str, ...]:
    """Return a line for each enabled source that reads from a place of this machine where nothing is."""
    places = ((source, getattr(source, "path", None)) for source in config.enabled_sources())
    return tuple(
        f"source {source.id}: nothing is at {plain(str(path))} yet; its polls fail until something is"
        for source, path in places
        if isinstance(path, Path) and not os.path.exists(path)  # which no permission stops
    )


def absent_names(node: Node, groups: Collection[str], sources: Collection[str], *, are_all: bool) -> Iterator[str]:
    """Yield a line for each group and source that a query names and that is not among these, once.

    ``are_all`` says that ``sources`` holds the publishers of all articles as well.
    """
    from storage.query.nodes import Group, Source, conditions_in

    lines: dict[Node, str] = {}
    for part in conditions_in(node):
        if isinstance(part, Group) and not _fits(part.glob, groups):
            lines[part] = _said("group", part.glob, groups)
        elif isinstance(part, Source) and not part.ids and not _is_source(part.glob, sources, are_all=are_all):
            lines[part] = _said("source", part.glob, sources)
    yield from lines.values()


def _is_source(glob: str, sources: Collection[str], *, are_all: bool) -> bool:
    from storage.query.patterns import is_glob

    may_be_publisher = not are_all and not _AN_ID.fullmatch(glob) and not _near(glob, sources)
    return is_glob(glob) or may_be_publisher or _fits(glob, sources)


def _fits(glob: str, names: Collection[str]) -> bool:
    from storage.fold import fold
    from storage.query.patterns import glob_fits

    return any(glob_fits(glob, fold(name)) for name in names)


def _near(name: str, names: Collection[str]) -> list[str]:
    from storage.fold import fold

    folded = {fold(one): one for one in sorted(names)}
    return [folded[one] for one in difflib.get_close_matches(name, folded, n=_NEAREST)]


def _said(noun: str, name: str, known: Collection[str]) -> str:
    shown = plain(f"no {noun} is called {cut(name, 60)!r}")
    if not known:
        return f"{shown}; there are none"
    near = _near(name, known)
    listed = near or sorted(known)[:_LISTED]
    more = f" and {len(known) - len(listed)} more" if len(known) > len(listed) and not near else ""
    return plain(f"{shown}; {'near' if near else 'known'}: {', '.join(listed)}{more}")
