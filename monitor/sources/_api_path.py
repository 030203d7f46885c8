"""Paths into JSON: ``data.list[].item``, ``groups[0].rows``, ``*.title``.

A path is keys joined by dots. ``[0]`` or ``.0`` is a place in a list (``-1`` its last), ``[]`` or ``*`` is every
element of a list or every value of an object, ``["a.b"]`` a key with dots in it, and the empty path the value itself.
A step into a text that holds JSON goes on inside it. Pure; nothing that a document holds makes it raise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

__all__ = ["Path", "compile_path", "explain", "find", "first", "outline"]

_STEP = re.compile(
    r"""(?:^|\.)(?P<star>\*)(?=[.\[]|$)|\[(?P<each>\*?)\]|\[(?P<index>-?\d{1,6})\]|\[(?P<quote>["'])(?P<quoted>.*?)(?P=quote)\]"""
    r"""|(?:^|\.)(?P<key>[^.\[\]*]+)"""
)
_INDEX = re.compile(r"-?\d{1,6}")
_MAX_MATCHES = 20_000
_SHOWN_KEYS = 12
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Path:
    """A compiled path: each step a key or a place as written, None for every element."""

    text: str
    steps: tuple[str | None, ...]

    @property
    def ends_in_elements(self) -> bool:
        """Say whether the last step goes through a list: its matches are the elements."""
        return bool(self.steps) and self.steps[-1] is None


def compile_path(text: str) -> Path:
    """Return the path that ``text`` spells; raise ValueError that names the place where it is none."""
    steps: list[str | None] = []
    at = 0
    while at < len(text):
        step = _STEP.match(text, at)
        if step is None:
            raise ValueError(f"expected a path such as data.list[].title, found {text!r} (at {text[at:][:_SHOWN]!r})")
        at = step.end()
        steps.append(_meaning(step))
    return Path(text, tuple(steps))


def _meaning(step: re.Match[str]) -> str | None:
    if step["star"] or step["each"] is not None:
        return None
    return next(step[name] for name in ("index", "quoted", "key") if step[name] is not None)


def find(value: Any, path: Path) -> list[Any]:
    """Return what a path leads to, in the document's order, at most 20,000 values."""
    return list(islice(_walk(value, path.steps), _MAX_MATCHES))


def first(value: Any, path: Path) -> Any:
    """Return the first thing that a path leads to, None where it leads nowhere."""
    return next(_walk(value, path.steps), None)


def explain(value: Any, path: Path) -> str:
    """Say how far a path leads that matches nothing, and what is there instead."""
    for number in range(len(path.steps) - 1, -1, -1):
        found = next(_walk(value, path.steps[:number]), _NOTHING)
        if found is not _NOTHING:
            step = path.steps[number]
            missing = "elements" if step is None else repr(step[:_SHOWN])
            where = f"{_spell(path.steps[:number])!r} holds" if number else "the answer holds"
            return f"{where} no {missing}, but {outline(_opened(found))}"
    return f"the answer is {outline(value)}"


def outline(value: Any) -> str:
    """Name a value for a message: the keys of an object, the length of a list, the start of a text."""
    if isinstance(value, dict):
        if not value:
            return "an empty object"
        keys = ", ".join(_shown_pair(key, held) for key, held in islice(value.items(), _SHOWN_KEYS))
        more = f" and {len(value) - _SHOWN_KEYS} more" if len(value) > _SHOWN_KEYS else ""
        return f"the keys {keys}{more}"
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, str):
        return f"the text {_cut(value)!r}"
    return json.dumps(value) if value is None or isinstance(value, bool) else f"the number {str(value)[:_SHOWN]}"


_NOTHING = object()


def _walk(value: Any, steps: tuple[str | None, ...]) -> Iterator[Any]:
    """Yield what the steps lead to; as deep as the path is long."""
    if not steps:
        yield value
        return
    for inner in _step(_opened(value), steps[0]):
        yield from _walk(inner, steps[1:])


def _step(value: Any, step: str | None) -> Iterator[Any]:
    if step is None:
        yield from value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    elif isinstance(value, dict):
        if step in value:
            yield value[step]
    elif isinstance(value, list) and _INDEX.fullmatch(step) and -len(value) <= int(step) < len(value):
        yield value[int(step)]


def _opened(value: Any) -> Any:
    """Return the JSON that a text holds; anything else as it is."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _spell(steps: tuple[str | None, ...]) -> str:
    return "".join("[]" if step is None else f".{step}" for step in steps).lstrip(".")


def _shown_pair(key: str, value: Any) -> str:
    """Return a key, and what it holds where that is short: ``code 401`` says more than ``code``."""
    short = isinstance(value, str | int | float | bool) and len(str(value)) <= _SHOWN and str(value)
    return f"{_cut(key)} ({_cut(str(value))})" if short else _cut(key)


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1]}…"
