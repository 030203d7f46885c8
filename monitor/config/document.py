"""A YAML file as plain values that remember where they stand.

Reads the JSON-like core of YAML: mappings with text keys, lists, scalars of the YAML 1.2 core schema (so ``yes``,
``on`` and ``12:30`` stay text). Refuses tags, duplicate keys, several documents, and aliases beyond a small bound.
Composes from the parser's events on a stack of its own, so no nesting can exhaust the interpreter's. Does not know what
the keys mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from monitor.config.problems import ConfigError, Mark, Problem

__all__ = ["MAX_BYTES", "Node", "Scalar", "parse"]

Scalar = str | int | float | bool | None

MAX_BYTES = 1_048_576
_MAX_DEPTH = 40
_MAX_ALIASED = 1_000  # values that aliases may repeat in one file
_MAX_PROBLEMS = 50

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML was built with it: 8 times as fast
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, Scalar] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place; ``keys`` are the places of a mapping's keys; ``size`` counts the values inside."""

    value: Scalar | list[Node] | dict[str, Node]
    mark: Mark
    keys: dict[str, Mark] = field(default_factory=dict)
    size: int = 1


def parse(data: bytes, path: Path) -> Node:
    """Return the one document in ``data``; an empty file gives the value None.

    Raise ConfigError with every problem that can be told apart.
    """
    composer = _Composer(path)
    text = _decode(data, path)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            composer.feed(event)
    except yaml.MarkedYAMLError as error:
        composer.problems.append(_syntax_problem(error, text, path))
    if composer.problems:
        raise ConfigError(tuple(composer.problems))
    return composer.root or Node(None, Mark(1, 1))


def _decode(data: bytes, path: Path) -> str:
    if len(data) > MAX_BYTES:
        message = f"expected at most {MAX_BYTES:,} bytes, found {len(data):,}; split the file with include:"
        raise ConfigError((Problem(path=path, mark=None, message=message),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        mark = _mark_at(data[: error.start].decode("utf-8"))
        raise ConfigError(
            (Problem(path=path, mark=mark, message="expected UTF-8 text; save the file as UTF-8"),)
        ) from error
    if found := _CONTROL.search(text):
        message = f"the control character U+{ord(found[0]):04X} cannot stand here"
        raise ConfigError((Problem(path=path, mark=_mark_at(text[: found.start()]), message=message),))
    return text


def _mark_at(before: str) -> Mark:
    return Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, path: Path) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Mark(mark.line + 1, mark.column + 1) if mark else None
    lines = text.splitlines()
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Problem(path=path, mark=place, message="a tab cannot indent; use spaces")
    parts = [part for part in (error.context, error.problem) if part]
    return Problem(path=path, mark=place, message="not valid YAML: " + ", ".join(parts))


class _Open:
    """A mapping or list whose end has not come yet."""

    __slots__ = ("anchor", "items", "key", "keys", "mark", "size", "values")

    def __init__(self, mark: Mark, anchor: str | None, is_mapping: bool) -> None:
        self.mark = mark
        self.anchor = anchor
        self.items: list[Node] | None = None if is_mapping else []
        self.values: dict[str, Node] = {}
        self.keys: dict[str, Mark] = {}
        self.key: tuple[str, Mark] | None = None
        self.size = 1

    def close(self) -> Node:
        value = self.values if self.items is None else self.items
        return Node(value, self.mark, self.keys, self.size)


class _Composer:
    """Build nodes from parser events, without recursion."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._stack: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._aliased = 0

    def feed(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():
                self._close(Node(self._scalar(event), _mark(event)), event.anchor)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._open(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                container = self._stack.pop()
                self._close(container.close(), container.anchor)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.DocumentStartEvent() if self.root is not None:
                self._stop(_mark(event), "expected one document; '---' cannot start a second one")

    def _open(self, event: Any) -> None:
        mark = _mark(event)
        if len(self._stack) >= _MAX_DEPTH:
            self._stop(mark, f"nested more than {_MAX_DEPTH} levels deep")
        if event.tag is not None:
            self._complain(mark, f"the tag {_short(event.tag)} is not supported")
        self._stack.append(_Open(mark, event.anchor, isinstance(event, yaml.MappingStartEvent)))

    def _alias(self, event: Any) -> None:
        mark = _mark(event)
        target = self._anchors.get(event.anchor)
        if target is None:
            self._complain(mark, f"the alias *{_short(event.anchor)} has no anchor before it")
            target = Node(None, mark)
        self._aliased += target.size
        if self._aliased > _MAX_ALIASED:
            self._stop(mark, f"aliases repeat more than {_MAX_ALIASED} values")
        self._close(target, None, mark)

    def _close(self, node: Node, anchor: str | None, mark: Mark | None = None) -> None:
        """Hand a finished value to the container that it belongs to."""
        if anchor is not None:
            self._anchors[anchor] = node
        if not self._stack:
            self.root = node
            return
        parent = self._stack[-1]
        parent.size += node.size
        if parent.items is not None:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = self._key(node, mark or node.mark)
        else:
            self._enter(parent, parent.key, node)

    def _enter(self, parent: _Open, key: tuple[str, Mark], node: Node) -> None:
        name, mark = key
        parent.key = None
        if name in parent.values:
            first = parent.keys[name]
            self._complain(mark, f"the key {_short(name)!r} was given before, in line {first.line}")
        parent.values[name] = node
        parent.keys[name] = mark

    def _key(self, node: Node, mark: Mark) -> tuple[str, Mark]:
        if node.value == "<<":
            self._complain(mark, "merge keys (<<) are not supported; write the values out")
        if not isinstance(node.value, str):
            self._complain(mark, "expected a key that is text; put it in quotes")
        return str(node.value) if not isinstance(node.value, list | dict) else "?", mark

    def _scalar(self, event: Any) -> Scalar:
        text: str = event.value
        if event.tag is not None and event.tag not in ("!", "tag:yaml.org,2002:str"):
            self._complain(_mark(event), f"the tag {_short(event.tag)} is not supported")
        return _resolve(text) if event.implicit[0] and event.tag is None else text

    def _complain(self, mark: Mark, message: str) -> None:
        self.problems.append(Problem(path=self.path, mark=mark, message=message))
        if len(self.problems) >= _MAX_PROBLEMS:
            raise ConfigError(tuple(self.problems))

    def _stop(self, mark: Mark, message: str) -> None:
        self._complain(mark, message)
        raise ConfigError(tuple(self.problems))


def _resolve(text: str) -> Scalar:
    """Return what a plain scalar means by the YAML 1.2 core schema, without octal and hexadecimal numbers."""
    if len(text) <= 5 and text in _WORDS:
        return _WORDS[text]
    if text[:1] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
