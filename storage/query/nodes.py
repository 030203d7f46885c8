"""What a query is made of once it is read: a tree of conditions on one article.

Values are resolved: names of entities are ids, times are instants or reaches before now, words have the form of
``letters``. ``column`` is where a condition stands in what was written, from 1, and ``written`` what stood there (empty
for one that nobody wrote); they count in no comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

__all__ = [
    "And",
    "Author",
    "Comparison",
    "Count",
    "Dated",
    "Entity",
    "Everything",
    "Group",
    "Language",
    "Near",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Seen",
    "Source",
    "Stage",
    "TitlePattern",
    "all_of",
    "any_of",
    "conditions_in",
    "entities_in",
    "height",
]

Comparison: TypeAlias = Literal[">=", ">", "=", "<", "<="]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    column: int = field(default=1, compare=False)
    written: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Phrase(_Placed):
    """Words side by side: ``letters`` (``storage.query.letters``) in the title or the text, or in the title alone.

    The last word may go on where the letters end with ``OPEN``.
    """

    letters: str
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Near(_Placed):
    """Two phrases in one field, in any order, with at most ``distance`` tokens between them; they do not overlap."""

    left: Phrase
    right: Phrase
    distance: int


@dataclass(frozen=True, slots=True)
class TitlePattern(_Placed):
    """A regular expression of RE2, searched in the folded title (``storage.fold.fold``) whatever the case."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Entity(_Placed):
    """A mention of one of these entities, in the title or the text, or in the title alone: ids, or globs over ids."""

    ids: tuple[str, ...]
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Count(_Placed):
    """How many mentions of these entities there are, compared with a number."""

    ids: tuple[str, ...]
    comparison: Comparison
    number: int


@dataclass(frozen=True, slots=True)
class Stage(_Placed):
    """An article that states one of these stages (``storage.states.Stage``) of a regulation, or a delay of it."""

    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source(_Placed):
    """From a source: a folded glob over source ids, or over what the article names: its publisher, its declared source.

    ``ids`` are the configured sources whose name the glob fits.
    """

    glob: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group(_Placed):
    """From a group of sources: a folded glob over its folded name."""

    glob: str


@dataclass(frozen=True, slots=True)
class Author(_Placed):
    """By an author or an editor whose name holds these letters (``storage.fold.name_key``)."""

    key: str


@dataclass(frozen=True, slots=True)
class Language(_Placed):
    """In a language: ``zh``, ``en``, or with the script ``zh-hans``, ``zh-hant``."""

    tag: str


@dataclass(frozen=True, slots=True)
class Seen(_Placed):
    """First seen at or after a moment (``after``), or before it: an instant, or so long before now."""

    moment: datetime | timedelta
    is_after: bool


@dataclass(frozen=True, slots=True)
class Dated(_Placed):
    """Published at or after a moment (``is_after``), or before it, as far as the article's date tells.

    One that names a day or a month only holds wherever in it the article may have been published; one without a date
    never.
    """

    moment: datetime | timedelta
    is_after: bool


@dataclass(frozen=True, slots=True)
class Everything(_Placed):
    """Every article."""


@dataclass(frozen=True, slots=True)
class Not(_Placed):
    """Where the other does not hold."""

    node: Node


@dataclass(frozen=True, slots=True)
class And(_Placed):
    """Where all of these hold: two or more."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(_Placed):
    """Where one of these holds: two or more."""

    nodes: tuple[Node, ...]


Node: TypeAlias = (
    Phrase
    | Near
    | TitlePattern
    | Entity
    | Count
    | Stage
    | Source
    | Group
    | Author
    | Language
    | Seen
    | Dated
    | Everything
    | Not
    | And
    | Or
)


def all_of(nodes: Iterable[Node]) -> Node:
    """Return the condition that all of these hold, as flat as can be; every article where there are none."""
    parts = tuple(part for node in nodes for part in (node.nodes if isinstance(node, And) else (node,)))
    if len(parts) == 1:
        return parts[0]
    return And(parts, column=parts[0].column) if parts else Everything()


def any_of(nodes: Iterable[Node]) -> Node:
    """Return the condition that one of these holds, as flat as can be. Raise ValueError where there are none."""
    parts = tuple(part for node in nodes for part in (node.nodes if isinstance(node, Or) else (node,)))
    if not parts:
        raise ValueError("expected a condition of which one may hold")
    return parts[0] if len(parts) == 1 else Or(parts, column=parts[0].column)


def height(node: Node) -> int:
    """Return how many conditions stand within each other at most; 1 for a single one."""
    match node:
        case And() | Or():
            return 1 + max(map(height, node.nodes), default=0)
        case Not():
            return 1 + height(node.node)
    return 1


def conditions_in(node: Node) -> Iterator[Node]:
    """Yield the single conditions that a query is made of."""
    match node:
        case And() | Or():
            for part in node.nodes:
                yield from conditions_in(part)
        case Not():
            yield from conditions_in(node.node)
        case _:
            yield node


def entities_in(node: Node) -> tuple[str, ...]:
    """Return the ids and globs of all entities that a condition asks for; not of those that it excludes."""
    match node:
        case Entity() | Count():
            return node.ids
        case And() | Or():
            return tuple(one for part in node.nodes for one in entities_in(part))
    return ()
