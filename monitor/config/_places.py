"""Where things stand in the text of a configuration file: the root, and the list of a section.

Offsets are in characters. Reads the parser's events, so that every form of YAML is seen for what it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import yaml

__all__ = ["Place", "Shape", "places"]


class Shape(Enum):
    """How a value is written."""

    BLOCK = "block"
    FLOW = "flow"
    NOTHING = "nothing"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A value: where it starts and ends, and where the last content inside it ends.

    ``indent`` is what stands before its first item on that line; ``line`` counts from 1.
    """

    shape: Shape
    start: int
    end: int
    content_end: int
    indent: str = ""
    is_empty: bool = True
    line: int = 1


_START = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_END = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_NULLS = ("", "~", "null", "Null", "NULL")


def places(text: str, section: str) -> tuple[Place, Place | None]:
    """Return the places of the root and of the value of a section (None where there is no such key)."""
    events: list[Any] = [event for event in yaml.parse(text, Loader=yaml.SafeLoader) if not _is_frame(event)]
    if not events:
        return Place(shape=Shape.NOTHING, start=0, end=0, content_end=0), None
    root = _place(text, events, 0, _close(events, 0), yaml.MappingStartEvent)
    at = 1
    while isinstance(events[0], yaml.MappingStartEvent) and at < len(events) - 1:
        value = _close(events, at) + 1
        end = _close(events, value)
        if isinstance(events[at], yaml.ScalarEvent) and events[at].value == section:
            return root, _place(text, events, value, end, yaml.SequenceStartEvent)
        at = end + 1
    return root, None


def _is_frame(event: Any) -> bool:
    return isinstance(
        event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentStartEvent | yaml.DocumentEndEvent
    )


def _close(events: list[Any], at: int) -> int:
    """Return the index of the event that ends the value which starts at ``at``."""
    depth = 0
    for index in range(at, len(events)):
        depth += isinstance(events[index], _START) - isinstance(events[index], _END)
        if depth == 0:
            return index
    return len(events) - 1


def _place(text: str, events: list[Any], first: int, last: int, kind: type[Any]) -> Place:
    opening, closing = events[first], events[last]
    start, end = opening.start_mark.index, closing.end_mark.index
    place = Place(shape=_shape(opening, kind), start=start, end=end, content_end=end, line=opening.start_mark.line + 1)
    if place.shape not in (Shape.BLOCK, Shape.FLOW):
        return place
    inner = events[first + 1 : last]
    if not inner:
        return replace(place, content_end=start + 1)
    return replace(
        place,
        content_end=max(_content_end(text, event) for event in inner),
        indent=_indent(text, inner[0].start_mark.index, opening),
        is_empty=False,
    )


def _shape(event: Any, kind: type[Any]) -> Shape:
    if isinstance(event, kind):
        return Shape.FLOW if event.flow_style else Shape.BLOCK
    if isinstance(event, yaml.ScalarEvent) and event.style is None and event.value in _NULLS:
        return Shape.NOTHING
    return Shape.OTHER


def _content_end(text: str, event: Any) -> int:
    """Return where an event's own text ends; the end of a block collection is only noticed behind it."""
    start, end = int(event.start_mark.index), int(event.end_mark.index)
    if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
        is_block = getattr(event, "style", None) in ("|", ">")
        return len(text[:end].rstrip()) if is_block else end
    is_bracket = isinstance(event, _END) and start < end and text[end - 1] in "]}"
    return end if is_bracket else 0


def _indent(text: str, first_item: int, opening: Any) -> str:
    line = text[text.rfind("\n", 0, first_item) + 1 : first_item]
    before = line[: len(line) - len(line.lstrip(" "))]
    is_dash = opening.flow_style or line.lstrip(" ").startswith("-")
    return before if is_dash else " " * opening.start_mark.column
