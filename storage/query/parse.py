"""Read a query: from what somebody wrote to nodes, or to one error that says where and what.

``grammar.lark`` holds the operators and the forms of values, ``conditions`` what values mean; lark's own errors are put
into words in ``complaints``. Asks no store and no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from storage.fold import fold
from storage.query import conditions
from storage.query.complaints import complaint
from storage.query.conditions import NAMED, Reader, Value
from storage.query.errors import QueryError
from storage.query.names import Names
from storage.query.nodes import Everything, Near, Node, Not, Or, Phrase, all_of, any_of

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

__all__ = ["MAX_CHARACTERS", "MAX_CONDITIONS", "MAX_DEPTH", "parse"]

MAX_CHARACTERS = 10_000
MAX_CONDITIONS = 200
MAX_DEPTH = 50
_NEAR = 10
_FARTHEST = 50
_SAVED = "saved"
_Read: TypeAlias = Callable[[list[Any], str | None], Node]
_NOTHING_SAVED: Mapping[str, str] = MappingProxyType({})


def parse(
    text: str,
    names: Names,
    now: datetime | None = None,
    zone: tzinfo = UTC,
    saved: Mapping[str, str] = _NOTHING_SAVED,
) -> Node:
    """Return the condition that a query states. Raise QueryError for one that cannot be read.

    ``now`` is when it is asked, None for a query that is kept and asked again and again: it cannot say "yesterday".
    Dates begin in ``zone``. ``saved`` are queries by name, for ``saved:NAME``.
    """
    reader = Reader(names=names, now=now, zone=zone)
    return _Reading(reader=reader, saved=saved).query(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """The reading of one query: ``above`` are the saved queries that it stands in, ``found`` its conditions so far."""

    reader: Reader
    saved: Mapping[str, str]
    above: tuple[str, ...] = ()
    depth: int = 0
    found: list[Node] = field(default_factory=list)

    def query(self, text: str) -> Node:
        if len(text) > MAX_CHARACTERS:
            message = f"expected a query of at most {MAX_CHARACTERS:,} characters, found {len(text):,}"
            raise QueryError(message, MAX_CHARACTERS + 1)
        return self.node(_tree(text).children[0], None)

    def node(self, tree: Tree[Token] | Any, scope: str | None) -> Node:
        """Return what a part of a query states; ``scope`` is the field before the parentheses that it stands in."""
        deeper = replace(self, depth=self.depth + 1)
        if deeper.depth > MAX_DEPTH:
            message = f"expected parentheses and operators at most {MAX_DEPTH} deep"
            raise QueryError(message, _column(tree))
        read: _Read = getattr(deeper, f"_{tree.data}")
        return read(tree.children, scope)

    def _either(self, parts: list[Any], scope: str | None) -> Node:
        return any_of(self.node(part, scope) for part in parts if hasattr(part, "data"))

    def _both(self, parts: list[Any], scope: str | None) -> Node:
        return all_of(self.node(part, scope) for part in parts if hasattr(part, "data"))

    def _negated(self, parts: list[Any], scope: str | None) -> Node:
        return Not(self.node(parts[1], scope), column=_column(parts[0]))

    def _near(self, parts: list[Any], scope: str | None) -> Node:
        column, sign = _column(parts[1]), str(parts[1])
        distance = _distance(sign, column)
        lefts, rights = (_phrases(self.node(part, scope)) for part in (parts[0], parts[2]))
        if len({phrase.in_title for phrase in (*lefts, *rights)}) != 1 or not (lefts and rights):
            hint = 'such as 大模型 近 监管, "large model" NEAR/5 (rules OR law) or title:(大模型 近 监管)'
            raise QueryError("expected words on both sides, to be found in one place", column, hint)
        if "/" not in fold(sign) and (number := str(parts[2].children[0])).isdecimal():
            hint = f"for so many words between them write NEAR/{number}; to search for the number, put it in quotes"
            raise QueryError(f"expected words behind {sign}, found {number[:20]}", column, hint)
        first, *more = (
            Near(one, other, distance, column=one.column, written=f"{one.written} {sign} {other.written}")
            for one in lefts
            for other in rights
        )
        return any_of([first, *map(self._note, more)])

    def _words(self, parts: list[Any], scope: str | None) -> Node:
        return self._counted(_value(parts[0]), scope)

    def _pattern(self, parts: list[Any], scope: str | None) -> Node:
        return self._counted(_value(parts[0]), scope or "title")

    def _everything(self, parts: list[Any], scope: str | None) -> Node:
        if scope is not None:
            return self._counted(_value(parts[0]), scope)
        return Everything(column=_column(parts[0]), written="*")

    def _fielded(self, parts: list[Any], scope: str | None) -> Node:
        name, values = self._field_and_values(parts, scope)
        is_title = scope == "title"
        return any_of(self._counted(value, name, in_title=is_title) for value in values)

    def _scoped(self, parts: list[Any], scope: str | None) -> Node:
        name = conditions.field(str(parts[0])[:-1], _column(parts[0]), self.reader.names)
        if name == _SAVED or (scope is not None and not (scope == "title" and name in NAMED)):
            raise QueryError(f"{name}:( ) cannot stand here", _column(parts[0]), "fields stand beside each other")
        if scope == "title":
            raise QueryError(f"expected {name}:NAME in title:( )", _column(parts[0]), "write one field at a time")
        return self.node(parts[1], name)

    def _count(self, parts: list[Any], scope: str | None) -> Node:
        column, compared = _column(parts[0]), parts[-1]
        if scope is not None:
            raise QueryError(f"count( ) cannot stand in {scope}:( )", column, "fields stand beside each other")
        given = [part for part in parts[1:-1] if part is not None]
        is_named = given[0].type in ("PAIR", "FIELD")
        name, values = self._field_and_values(given, None) if is_named else ("entity", [_value(given[0])])
        return self._note(conditions.count(name, values[0], str(compared)[1:].replace(" ", ""), column, self.reader))

    def _field_and_values(self, parts: list[Any], scope: str | None) -> tuple[str, list[Value]]:
        """Return the field and the values of a condition; in the parentheses of a field, a kind belongs to the id."""
        first = parts[0]
        if first.type == "FIELD":
            name, values = str(first)[:-1], [_value(part) for part in parts[1:]]
        else:
            name, value = _halves(first)
            values = [value, *map(_value, parts[1:])]
        column = _column(first)
        if scope in NAMED and len(values) == 1 and not values[0].is_quoted:
            return scope, [Value(text=f"{name}:{values[0].text}", column=column)]
        known = conditions.field(name, column, self.reader.names)
        if scope is not None and not (scope == "title" and known in NAMED):
            raise QueryError(f"{known}: cannot stand in {scope}:( )", column, "fields stand beside each other")
        return known, values

    def _counted(self, value: Value, name: str | None, *, in_title: bool = False) -> Node:
        """Return one condition of the query, of which there may be so many and no more."""
        if name == _SAVED:
            return self._query_called(value)
        if name is None:
            return self._note(conditions.phrase(value))
        return self._note(conditions.condition(name, value, self.reader, in_title=in_title))

    def _note(self, node: Node) -> Node:
        self.found.append(node)
        if len(self.found) > MAX_CONDITIONS:
            raise QueryError(f"expected at most {MAX_CONDITIONS} conditions", node.column)
        return node

    def _query_called(self, value: Value) -> Node:
        """Return the condition of a saved query; what is wrong in it is told at the place that names it."""
        name = value.text.strip()
        if name in self.above:
            way = " -> ".join((*self.above[self.above.index(name) :], name))
            raise QueryError(f"the saved query {name!r} leads back to itself", value.column, way)
        if name not in self.saved:
            known = ", ".join(sorted(self.saved)[:12])
            raise QueryError(
                f"unknown saved query {name[:60]!r}", value.column, f"known: {known}" if known else "there are none"
            )
        try:
            return replace(self, above=(*self.above, name)).query(self.saved[name])
        except QueryError as error:
            place = f"in the saved query {name!r}, column {error.column}"
            raise QueryError(f"{place}: {error.message}", value.column, error.hint) from error


def _tree(text: str) -> Any:
    """Return lark's tree of a query."""
    import lark

    if not text.strip():
        raise QueryError("the query is empty", 1, "* finds every article")
    open_at: list[int] = []
    parser: Any = _grammar().parse_interactive(text)
    try:
        for token in parser.lexer_thread.lex(parser.parser_state):
            parser.feed_token(token)
            _follow(token, open_at)
        return parser.feed_eof()
    except lark.UnexpectedInput as error:
        raise complaint(error, text, open_at) from None


def _follow(token: Token, open_at: list[int]) -> None:
    """Keep the columns of the parentheses that are open."""
    if token.type in ("_OPEN", "COUNT"):
        open_at.append(_column(token))
    elif token.type in ("_CLOSE", "COMPARED") and open_at:
        open_at.pop()


@cache
def _grammar() -> Lark:
    from lark import Lark

    text = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer="basic", maybe_placeholders=True)


def _distance(sign: str, column: int) -> int:
    """Return how many words may stand between two that this operator brings together."""
    digits = "".join(char for char in sign if char.isdecimal())
    distance = int(digits or _NEAR)
    if not 1 <= distance <= _FARTHEST:
        raise QueryError(f"expected a distance of 1 to {_FARTHEST}, found {digits[:20]}", column)
    return distance


def _phrases(node: Node) -> tuple[Phrase, ...]:
    """Return the phrases of which a condition wants one; none where it wants anything else."""
    parts = node.nodes if isinstance(node, Or) else (node,)
    phrases = tuple(part for part in parts if isinstance(part, Phrase))
    return phrases if len(phrases) == len(parts) else ()


def _column(part: Any) -> int:
    """Return where a token or a tree begins, from 1."""
    while hasattr(part, "data"):
        part = part.children[0]
    return int(part.start_pos or 0) + 1


def _value(token: Token) -> Value:
    text, column = str(token), _column(token)
    if token.type == "PHRASE":
        return Value(text=text[1:-1], column=column, is_quoted=True)
    if token.type == "PATTERN":
        slash = text[0]
        end = text.rindex(slash)
        inside, flags = text[1:end].replace(f"\\{slash}", slash), text[end + 1 :]
        return Value(text=inside, column=column, is_pattern=True, flags=flags)
    return Value(text=text, column=column)


def _halves(pair: Token) -> tuple[str, Value]:
    """Return the name and the value of ``name:value``."""
    text = str(pair)
    at = next(index for index, char in enumerate(text) if char in ":：")
    return text[:at], Value(text=text[at + 1 :], column=_column(pair) + at + 1)
