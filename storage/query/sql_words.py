"""Words and phrases as SQL: questions to FTS5 on SQLite, to chunks of tokens on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, cast, exists, false, literal_column, select

from storage.query.letters import tokens_of
from storage.query.nodes import And, Near, Node, Not, Or, Phrase
from storage.search_tables import FTS, TsQuery, chunks, fts
from storage.search_tokens import EXACT_TOKENS, index_tokens, phrase_for
from storage.tables import articles

__all__ = ["Led", "condition", "match_of", "needles_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Led:
    """A question to FTS5 (``text``) that stands for some conditions (``parts``)."""

    text: str
    parts: tuple[Node, ...]
    is_exact: bool


def match_of(nodes: Sequence[Node]) -> Led | None:
    """Return one question to FTS5 for as many of these conditions, which all have to hold, as it can answer.

    None where it can answer none by itself: it knows what is in a text, not which texts there are.
    """
    held = [node for node in nodes if _match(node) is not None]
    if not held:
        return None
    barred = [node for node in nodes if isinstance(node, Not) and _is_exact(node.node) and _match(node.node)]
    parts = (*held, *barred)
    return Led(text=_question(parts), parts=parts, is_exact=all(map(_is_exact, held)))


def condition(node: Phrase | Near, *, is_sqlite: bool) -> tuple[ColumnElement[bool], bool]:
    """Return where words may stand, on rows of ``article``, and whether they surely do there."""
    if is_sqlite:
        found = select(fts.c.rowid).where(fts.c[FTS].op("MATCH")(_match(node)))
        return articles.c.id.in_(found), _is_exact(node)
    if isinstance(node, Phrase):
        return _in_chunks(node)
    if _is_short(node):
        return _holds(_near(node)), False
    return and_(_in_chunks(node.left)[0], _in_chunks(node.right)[0]), False


def needles_of(nodes: Sequence[Node]) -> tuple[str, ...]:
    """Return what the chunks of an article must hold for all of these conditions, as PostgreSQL asks it: tokens alone.

    Where they stand is left out: then the index knows by itself in which chunks they are.
    """
    needles = []
    for node in nodes:
        if isinstance(node, Phrase):
            needles.append(_tokens(node))
        elif isinstance(node, Near):
            sides = (_tokens(node.left), _tokens(node.right))
            needles += [sides[0] + sides[1]] if _is_short(node) else sides
    return tuple(" & ".join(f"'{token}'" for token in dict.fromkeys(needle)) for needle in needles if needle)


def _match(node: Node) -> str | None:
    """Return a condition as FTS5 asks it; None for one that it cannot answer by itself."""
    match node:
        case Phrase():
            return f"{'title : ' if node.in_title else ''}{_quoted(node)}"
        case Near():
            column = "title : " if node.left.in_title else ""
            return f"{column}NEAR({_quoted(node.left)} {_quoted(node.right)}, {node.distance})"
        case Or():
            ways = [_match(one) for one in node.nodes]
            return None if None in ways else f"({' OR '.join(filter(None, ways))})"
        case And():
            return _question(node.nodes) if _can_ask(node.nodes) else None
    return None


def _can_ask(nodes: Sequence[Node]) -> bool:
    """Tell whether FTS5 can answer all of these: conditions on words, at least one of them not barred."""
    barred = [node for node in nodes if isinstance(node, Not) and _is_exact(node.node) and _match(node.node)]
    held = [node for node in nodes if _match(node) is not None]
    return bool(held) and len(held) + len(barred) == len(nodes)


def _question(nodes: Sequence[Node]) -> str:
    barred = [_match(node.node) for node in nodes if isinstance(node, Not)]
    held = [_match(node) for node in nodes if not isinstance(node, Not)]
    asked = f"({' AND '.join(filter(None, held))})"
    return f"({asked} NOT ({' OR '.join(filter(None, barred))}))" if barred else asked


def _quoted(phrase: Phrase) -> str:
    return f'"{phrase_for(index_tokens(phrase.letters))}"'


def _is_exact(node: Node) -> bool:
    """Tell whether FTS5 answers as the predicate does: it lets words near each other overlap."""
    match node:
        case Near():
            one, other = (set(tokens_of(part.letters)) for part in (node.left, node.right))
            return one.isdisjoint(other) and node.left.in_title == node.right.in_title
        case And() | Or():
            return all(map(_is_exact, node.nodes))
        case Not():
            return _is_exact(node.node)
    return True


def _in_chunks(phrase: Phrase) -> tuple[ColumnElement[bool], bool]:
    """Return where a phrase stands in a chunk; of a longer one than chunks surely hold whole, its beginning."""
    tokens = index_tokens(phrase.letters)
    if not tokens:
        return false(), True
    return _holds(_in_a_row(phrase)), len(tokens) <= EXACT_TOKENS


def _near(node: Near) -> str:
    """Return what PostgreSQL is asked for two phrases near each other: both, and their ends in each other's reach.

    The ends are a word or a character each, which are found sooner than phrases; that they are those of the phrases is
    left open.
    """
    ways = []
    for one, other in ((node.left, node.right), (node.right, node.left)):
        end, start = f"'{_tokens(one)[-1]}'{_weight(one)}", f"'{_tokens(other)[0]}'{_weight(other)}"
        ways += [f"{end} <{places}> {start}" for places in range(1, node.distance + 2)]
    return f"({' | '.join(ways)}) & {_in_a_row(node.left)} & {_in_a_row(node.right)}"


def _is_short(node: Near) -> bool:
    """Tell whether a chunk surely holds both phrases whole where they are near each other."""
    sizes = [len(index_tokens(part.letters)) for part in (node.left, node.right)]
    return min(sizes) > 0 and sum(sizes) + node.distance <= EXACT_TOKENS


def _in_a_row(phrase: Phrase) -> str:
    tokens = [f"'{token}'{_weight(phrase)}" for token in _tokens(phrase)]
    return f"({' <-> '.join(tokens)})"


def _tokens(phrase: Phrase) -> list[str]:
    return index_tokens(phrase.letters)[:EXACT_TOKENS]


def _weight(phrase: Phrase) -> str:
    return ":A" if phrase.in_title else ""


def _holds(asked: str) -> ColumnElement[bool]:
    """Return whether an article has a chunk that answers a question."""
    holds = literal_column("search_chunk.tokens").op("@@")(cast(bindparam(None, asked, unique=True), TsQuery()))
    return exists().select_from(chunks).where(chunks.c.article_id == articles.c.id, holds)
