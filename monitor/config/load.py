"""Read a configuration from its files: all of it, or every problem that it has.

Knows the sections and ``include:``; what a section's entries look like is known to their own packages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from alerts.channels import channels
from alerts.rules import RuleSettings
from monitor.config.document import MAX_BYTES, Node, parse
from monitor.config.entities import check_entities
from monitor.config.environment import Environment
from monitor.config.model import Config
from monitor.config.problems import ConfigError, Problem
from monitor.config.queries import SavedQuery, names_for, read_queries, saved_queries
from monitor.config.references import (
    Entry,
    check_alarms,
    check_channels,
    check_renames,
    check_rules,
    check_sources,
    check_unique,
)
from monitor.config.rsshub import is_route, with_address
from monitor.config.settings import ServiceSettings
from monitor.config.values import Reader, describe
from monitor.sources import kinds
from monitor.tag.catalogue import EntitySettings
from storage.query.nodes import Node as Condition

__all__ = ["load_config"]

Section = Callable[[Reader, Node], BaseModel | None]

_SECTIONS: dict[str, Section] = {
    "sources": lambda reader, node: reader.of_kind(node, kinds()),
    "watch": lambda reader, node: reader.model(node, EntitySettings),
    "rules": lambda reader, node: reader.model(node, RuleSettings),
    "channels": lambda reader, node: reader.of_kind(node, channels()),
}
_KEYS = (*_SECTIONS, "saved", "settings", "include")
_MAX_FILES = 200
_SHOWN = 200
_ALLOW = "NEWSWATCH_NETWORK_ALLOW"
_NOWHERE = "https://rsshub.invalid"


def load_config(
    path: Path, *, environ: Mapping[str, str], instead: Mapping[Path, bytes] | None = None, in_full: bool = True
) -> Config:
    """Return the configuration in ``path`` and the files it includes.

    ``environ`` supplies ``${NAME}`` and NEWSWATCH_NETWORK_ALLOW (addresses split by commas, added to
    ``settings.network.allow``). ``instead`` holds what a file is to be taken to contain, by its resolved path: a
    change can be checked before it is made. ``in_full`` False spares what takes the catalogue: queries stay unread and
    the names in rules unchecked, which is enough to find the store and to ask it something. Raise ConfigError with
    every problem found.
    """
    loader = _Loader(Environment(environ), instead or {})
    loader.read(path, ())
    settings = loader.service(environ.get(_ALLOW, ""))
    loader.enter_sources(settings)
    loader.check(settings)
    queries, saved = loader.read_queries(settings) if in_full else ({}, {})
    if problems := loader.problems():
        raise ConfigError(problems)
    return Config(
        path=path,
        files=tuple(loader.readers),
        settings=settings,
        saved={name: query.text for name, query in loader.saved.items()},
        queries=queries,
        saved_queries=saved,
        places=loader.places(),
        **{name: tuple(entry.settings for entry in loader.valid(name)) for name in loader.entries},
    )


class _Loader:
    """The state of one load: the files read so far and what they hold."""

    def __init__(self, environment: Environment, instead: Mapping[Path, bytes]) -> None:
        self.environment = environment
        self._instead = instead
        self.readers: dict[Path, Reader] = {}
        self.entries: dict[str, list[Entry]] = {name: [] for name in _SECTIONS}
        self._declared: dict[str, set[str]] = {name: set() for name in (*_SECTIONS, "groups")}
        self.saved: dict[str, SavedQuery] = {}
        self._settings: Entry | None = None
        self._settings_are_wrong = False
        self._sources: list[tuple[Reader, Node]] = []
        self._broken: list[Problem] = []

    def read(self, path: Path, above: tuple[Path, ...]) -> None:
        """Read one file and what it includes; ``above`` are the resolved files that led to it."""
        reader = self.readers.setdefault(path, Reader(path, self.environment))
        try:
            known = self._instead.get(path.resolve())
            root = parse(_read_bytes(path) if known is None else known, path)
        except ConfigError as error:
            self._broken += error.problems
            return
        if not isinstance(root.value, dict):
            reader.complain(root.mark, _no_mapping(root))
            return
        for key, node in root.value.items():
            self._section(reader, root, key, node, (*above, path.resolve()))

    def service(self, allow: str) -> ServiceSettings:
        """Return the settings with the addresses of the environment added."""
        given: ServiceSettings | None = self._settings.settings if self._settings else None
        settings = given or ServiceSettings()
        extra = [part.strip() for part in allow.split(",") if part.strip()]
        if not extra:
            return settings
        try:
            return settings.with_allowed(extra)
        except ValueError as error:
            self._broken.append(Problem(path=Path(_ALLOW), mark=None, message=str(error)))
            return settings

    def enter_sources(self, settings: ServiceSettings) -> None:
        """Validate the sources, which may lean on the settings, wherever those stand."""
        base = settings.rsshub or (_NOWHERE if self._settings_are_wrong else None)
        for reader, node in self._sources:
            url = node.value.get("url") if isinstance(node.value, dict) else None
            if url is not None and is_route(url.value):
                if base is None:
                    message = f"{url.value} needs settings.rsshub, the address of an RSSHub instance"
                    reader.complain(url.mark, message)
                    self.entries["sources"].append(Entry(None, node, reader))
                    continue
                node = with_address(node, base)
            self._enter("sources", reader, node)

    def check(self, settings: ServiceSettings) -> None:
        """Run the checks across sections that need no catalogue."""
        for name, entries in self.entries.items():
            check_unique(name, entries)
        check_sources(self.valid("sources"))
        check_channels(self.valid("channels"), settings.timezone)
        check_alarms(self._settings, self._declared["channels"])
        check_rules(self.entries["rules"], {key: self._declared[key] for key in ("sources", "groups", "channels")})
        check_renames("rule", self.entries["rules"])
        check_renames("channel", self.entries["channels"])

    def read_queries(self, settings: ServiceSettings) -> tuple[dict[str, Condition], dict[str, Condition]]:
        """Return the queries of rules and the saved ones, read, after checking the names that rules list.

        Where watched names are wrong, of which queries may speak, an unknown name in them is no problem of its own.
        """
        valid, declared = self.valid("watch"), self._declared["watch"]
        fit = check_entities(self.entries["rules"], valid, declared)
        watch = tuple(entry.settings for entry in valid) if fit else ()
        sources = (entry.settings for entry in self.valid("sources"))
        called = {source.id: source.name for source in sources if source.name}
        is_whole = fit and len(valid) == len(self.entries["watch"])
        names = names_for(watch, called, forgiven=None if is_whole else declared)
        return read_queries(self.entries["rules"], self.saved, names, settings.timezone)

    def valid(self, name: str) -> tuple[Entry, ...]:
        """Return the entries of a section that have no problem of their own."""
        return tuple(entry for entry in self.entries[name] if entry.settings is not None)

    def places(self) -> dict[tuple[str, str], str]:
        """Return where each rule and each saved query stands, by what it is and its name."""
        rules = {("rule", str(entry.id)): _place(entry.reader, _asked(entry.node)) for entry in self.valid("rules")}
        saved = {("saved query", name): _place(one.reader, one.node) for name, one in self.saved.items()}
        return rules | saved

    def problems(self) -> tuple[Problem, ...]:
        """Return everything found, by file in reading order and by line."""
        order = {path: number for number, path in enumerate(self.readers)}
        found = [*self._broken, *(problem for reader in self.readers.values() for problem in reader.problems)]
        return tuple(
            sorted(found, key=lambda p: (order.get(p.path, -1), (p.mark.line, p.mark.column) if p.mark else (0, 0)))
        )

    def _section(self, reader: Reader, root: Node, key: str, node: Node, above: tuple[Path, ...]) -> None:
        if key == "include":
            self._include(reader, node, above)
        elif key == "settings":
            self._service(reader, root, node)
        elif key == "saved":
            self._saved(reader, node)
        elif key in _SECTIONS:
            self._entries(reader, key, node)
        else:
            reader.complain(root.keys[key], f"unknown key {key!r}; known: {', '.join(_KEYS)}")

    def _entries(self, reader: Reader, name: str, node: Node) -> None:
        if node.value is None:
            return
        if not isinstance(node.value, list):
            reader.complain(node.mark, f"expected a list of {name}, found {describe(node)}")
            return
        for child in node.value:
            self._declare(name, child)
            if name == "sources":
                self._sources.append((reader, child))
            else:
                self._enter(name, reader, child)

    def _enter(self, name: str, reader: Reader, node: Node) -> None:
        self.entries[name].append(Entry(_SECTIONS[name](reader, node), node, reader))

    def _saved(self, reader: Reader, node: Node) -> None:
        for name, query in saved_queries(reader, node):
            known = self.saved.setdefault(name, query)
            if known is not query:
                place = _place(known.reader, known.node)
                reader.complain(node.keys[name], f"the name {name!r} in saved is taken by {place}")

    def _service(self, reader: Reader, root: Node, node: Node) -> None:
        if self._settings is not None:
            first = _place(self._settings.reader, self._settings.node)
            reader.complain(root.keys["settings"], f"settings can be given once; they stand in {first}")
        elif node.value is not None:
            settings = reader.model(node, ServiceSettings)
            self._settings_are_wrong = settings is None
            self._settings = Entry(settings, node, reader)

    def _include(self, reader: Reader, node: Node, above: tuple[Path, ...]) -> None:
        for child in node.value if isinstance(node.value, list) else [node]:
            path = _beside(reader.path, reader.plain(child))
            if path is None:
                reader.complain(child.mark, f"expected the path of a file, found {describe(child)}")
            elif refusal := self._refuse(path, above):
                reader.complain(child.mark, refusal)
            else:
                self.read(path, above)

    def _refuse(self, path: Path, above: tuple[Path, ...]) -> str | None:
        try:
            exists = path.exists()
        except OSError as error:
            return f"{_cut(path)} cannot be read: {error.strerror}"
        if path.resolve() in above:
            return f"{path} includes itself"
        if not exists:
            return f"no such file: {path}"
        if path.resolve() in {known.resolve() for known in self.readers}:
            return f"{path} is included twice"
        return f"more than {_MAX_FILES} files" if len(self.readers) >= _MAX_FILES else None

    def _declare(self, name: str, node: Node) -> None:
        """Remember the names that an entry gives, valid or not, so that one mistake is not reported twice."""
        keys = {"id": name, "group": "groups"} if name == "sources" else {"id": name}
        for key, declared in keys.items():
            value = node.value.get(key) if isinstance(node.value, dict) else None
            if value is not None and isinstance(value.value, str):
                self._declared[declared].add(value.value)


def _beside(file: Path, name: Any) -> Path | None:
    """Return the path that ``name`` spells, taken from the folder of ``file``."""
    if not isinstance(name, str) or not name.strip() or not name.isprintable():
        return None
    try:
        return file.parent / Path(name).expanduser()
    except RuntimeError:  # the home folder of nobody
        return None


def _place(reader: Reader, node: Node) -> str:
    return f"{reader.path}:{node.mark.line}"


def _asked(node: Node) -> Node:
    """Return the query of a rule where it has one."""
    return node.value.get("query", node) if isinstance(node.value, dict) else node


def _cut(path: Path) -> str:
    text = str(path)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError((Problem(path=path, mark=None, message=_unreadable(error)),)) from error


def _unreadable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; name the configuration with --config FILE or $NEWSWATCH_CONFIG"
    if isinstance(error, IsADirectoryError):
        return "expected a file, found a folder"
    return f"cannot be read: {error.strerror}"


def _no_mapping(root: Node) -> str:
    if root.value is None:
        return "the file is empty; it needs at least one source under sources:"
    return f"expected a mapping with {', '.join(_KEYS)}, found {describe(root)}"
