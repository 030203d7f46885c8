"""New entries in a section of a configuration file (a source, a watched name), in which no other byte changes.

Text is inserted at a place that the parser's marks name: comments, order, quotes and line ends stay as they are. The
result is parsed again and must hold what the file held, with the new entries behind the others. Does not decide what
is added and does not write files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from monitor.config._places import Place, Shape, places
from monitor.config.document import Node, parse
from monitor.config.problems import ConfigError

__all__ = ["EditError", "NewEntry", "entry_text", "has_section", "with_entries"]

_INDENT = "  "
_BOM = "\ufeff"
_UNPRINTED = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")
_PLAIN = re.compile(r"[^\W_](?:[^\x00-\x20\x7f-\xa0#:]|[:#](?=[^\s,]))*(?: (?:[^\x00-\x20\x7f-\xa0#:]|:(?=\S))+)*")


class EditError(Exception):
    """A file into which nothing can be inserted safely; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry of a list: its keys in order with JSON values, and the lines of the comment above it."""

    values: Mapping[str, Any]
    comment: tuple[str, ...] = ()


def entry_text(entry: NewEntry, indent: str = _INDENT) -> str:
    """Return the entry as YAML lines in block style, each with its line end."""
    lines = [f"# {_one_line(line)}" for line in entry.comment]
    pairs = [f"{key}: {_value(value)}" for key, value in entry.values.items()]
    lines += [("  " if number else "- ") + pair for number, pair in enumerate(pairs)]
    return "".join(f"{indent}{line}\n" for line in lines)


def _one_line(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in " ".join(text.split()))


def has_section(data: bytes, path: Path, section: str) -> bool:
    """Say whether a file has a section, such as ``sources``."""
    root = parse(data, path).value
    return isinstance(root, dict) and section in root


def with_entries(data: bytes, path: Path, section: str, added: Sequence[NewEntry]) -> bytes:
    """Return the file's bytes with entries at the end of a section.

    Raise ConfigError for bytes that are no configuration file, EditError where the place is not clear.
    """
    before = parse(data, path)
    if not isinstance(before.value, dict | None):
        raise EditError(f"expected a mapping in {path}, found something else")
    text = data.decode("utf-8")
    bom, text = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    changed = _insert(text, section, added)
    if "\r\n" in text:
        changed = re.sub(r"(?<!\r)\n", "\r\n", changed)
    after = (bom + changed).encode("utf-8")
    _prove(before, after, path, section, added)
    return after


def _insert(text: str, section: str, added: Sequence[NewEntry]) -> str:
    root, listed = places(text, section)
    if listed is None:
        return _new_section(text, root, section, added)
    match listed.shape:
        case Shape.BLOCK:
            return _into_block(text, listed, added)
        case Shape.FLOW if not (listed.is_empty and root.shape is Shape.BLOCK and _is_bare(text, listed)):
            return _into_flow(text, listed, [_flow(one) for one in added])
        case Shape.FLOW | Shape.NOTHING:
            return _instead_of_nothing(text, root, listed, added)
        case _:
            raise EditError(f"expected a list of {section} in line {listed.line}, found something else")


def _into_block(text: str, listed: Place, added: Sequence[NewEntry]) -> str:
    at = _after_list(text, listed.content_end, len(listed.indent))
    return _splice(text, at, _block(added, listed.indent, first=False))


def _instead_of_nothing(text: str, root: Place, listed: Place, added: Sequence[NewEntry]) -> str:
    """Put a list where the value is absent, null or an empty list."""
    if root.shape is Shape.FLOW:
        gap = "" if text[listed.start - 1 : listed.start].isspace() else " "
        inserted = f"{gap}[{', '.join(map(_flow, added))}]"
        return text[: listed.start] + inserted + text[listed.end :]
    kept = text[: listed.start].rstrip(" ") if listed.end > listed.start else text[: listed.start]
    text = kept + text[listed.end :]
    return _splice(text, _after_list(text, len(kept), 1), _block(added, _INDENT, first=True))


def _new_section(text: str, root: Place, section: str, added: Sequence[NewEntry]) -> str:
    if root.shape is Shape.FLOW:
        return _into_flow(text, root, [f'"{section}": [{", ".join(map(_flow, added))}]'])
    end = re.compile(r"^(?:\.\.\.|---)(?:\s|$)", re.MULTILINE).search(text, root.content_end)
    return _splice(text, end.start() if end else len(text), f"\n{section}:\n" + _block(added, _INDENT, first=True))


def _into_flow(text: str, place: Place, items: Sequence[str]) -> str:
    """Insert before the closing bracket; a comma follows the last item where none did."""
    close = place.end - 1
    tail = re.sub(r"#[^\n]*", "", text[place.content_end : close])
    comma = "" if place.is_empty or "," in tail else ","
    text = text[: place.content_end] + comma + text[place.content_end :]
    close += len(comma)
    line_start = text.rfind("\n", 0, close) + 1
    if place.is_empty or text[line_start:close].strip():
        gap = "" if place.is_empty else " "
        return text[:close].rstrip(" ") + gap + ", ".join(items) + text[close:]
    lines = ",\n".join(place.indent + item for item in items)
    return text[:line_start] + lines + "\n" + text[line_start:]


def _block(added: Sequence[NewEntry], indent: str, *, first: bool) -> str:
    """Return the entries; a comment starts a new paragraph."""
    parts = []
    for number, entry in enumerate(added):
        is_paragraph = entry.comment and not (first and number == 0)
        parts.append(("\n" if is_paragraph else "") + entry_text(entry, indent))
    return "".join(parts)


def _after_list(text: str, content_end: int, depth: int) -> int:
    """Return the start of the line after a list: behind comments that are indented like its items."""
    at = _next_line(text, content_end)
    place = at
    while place < len(text):
        following = _next_line(text, place)
        line = text[place:following]
        if line.strip() and not (line.lstrip(" ").startswith("#") and _width(line) >= max(depth, 1)):
            break
        at = following if line.strip() else at
        place = following
    return at


def _next_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _splice(text: str, at: int, lines: str) -> str:
    needs_end = at > 0 and text[at - 1] != "\n"
    return text[:at] + ("\n" if needs_end else "") + (lines.lstrip("\n") if at == 0 else lines) + text[at:]


def _is_bare(text: str, place: Place) -> bool:
    """Say whether nothing, no comment either, stands between the brackets."""
    return not text[place.start + 1 : place.end - 1].strip()


def _flow(entry: NewEntry) -> str:
    return _json({key: _escaped(value) for key, value in entry.values.items()})


def _value(value: Any) -> str:
    value = _escaped(value)
    if isinstance(value, str) and _PLAIN.fullmatch(value) and _is_text(value):
        return value
    return _json(value)


def _json(value: Any) -> str:
    """Return a value as JSON that is YAML too: what a YAML file cannot hold as it is gets escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _is_text(value: str) -> bool:
    """Say whether a plain scalar stays this text for readers of YAML 1.1 and 1.2 alike."""
    return bool(yaml.safe_load(value) == value and parse(value.encode(), Path("value")).value == value)


def _escaped(value: Any) -> Any:
    """Keep text, in lists too, from being taken for a reference to the environment."""
    if isinstance(value, list | tuple):
        return [_escaped(one) for one in value]
    return value.replace("${", "$${") if isinstance(value, str) else value


def _prove(before: Node, after: bytes, path: Path, section: str, added: Sequence[NewEntry]) -> None:
    root = _plain(before) or {}
    new = [{key: _escaped(value) for key, value in entry.values.items()} for entry in added]
    wanted = root | {section: [*(root.get(section) or []), *new]}
    try:
        found = _plain(parse(after, path))
    except ConfigError as error:
        raise EditError(f"no place for new {section} was found in {path}: {error}") from error
    if found != wanted:
        raise EditError(f"no place for new {section} was found in {path}")


def _plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(child) for child in node.value]
    return node.value
