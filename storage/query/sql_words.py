"""Words and phrases as SQL: questions to FTS5 on SQLite, to chunks of tokens on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import ColumnElement, and_, bindparam, cast, false, literal_column, select

from storage.query.letters import OPEN, stem_of, tokens_of
from storage.query.nodes import And, Near, Node, Not, Or, Phrase
from storage.search_tables import FTS, TsQuery, chunks, fts
from storage.search_tokens import EXACT_TOKENS, index_tokens, phrase_for
from storage.tables import articles

__all__ = ["Led", "condition", "match_of", "needles_of"]

_Answered: TypeAlias = tuple[Node, str]
"""A condition and the question to FTS5 that stands for it."""


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
    held, barred = _answered(nodes)
    if not held:
        return None
    parts = tuple(node for node, _ in (*held, *barred))
    return Led(text=_question(held, barred), parts=parts, is_exact=all(_is_exact(node) for node, _ in held))


def condition(node: Phrase | Near, *, is_sqlite: bool, is_one_by_one: bool) -> tuple[ColumnElement[bool], bool]:
    """Return where words may stand, on rows of ``article``, and whether they surely do there.

    ``is_one_by_one`` has PostgreSQL ask the chunks of each article by themselves, whatever it expects to find.
    """
    if is_sqlite:
        found = select(fts.c.rowid).where(fts.c[FTS].op("MATCH")(_match(node)))
        return articles.c.id.in_(found), _is_exact(node)
    if isinstance(node, Phrase):
        return _in_chunks(node, is_one_by_one)
    if _is_short(node):
        return _holds(_near(node), is_one_by_one), False
    return and_(*(_in_chunks(part, is_one_by_one)[0] for part in (node.left, node.right))), False


def needles_of(nodes: Sequence[Node]) -> tuple[str, ...]:
    """Return what the chunks of an article must hold for all of these conditions, as PostgreSQL asks it: tokens alone.

    Where they stand is left out: then the index knows by itself in which chunks they are.
    """
    needles = []
    for node in nodes:
        if isinstance(node, Phrase):
            needles.append(_words(node))
        elif isinstance(node, Near):
            sides = (_words(node.left), _words(node.right))
            needles += [sides[0] + sides[1]] if _is_short(node) else sides
    return tuple(" & ".join(dict.fromkeys(needle)) for needle in needles if needle)


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
            held, barred = _answered(node.nodes)
            return _question(held, barred) if held and len(held) + len(barred) == len(node.nodes) else None
    return None


def _answered(nodes: Sequence[Node]) -> tuple[list[_Answered], list[_Answered]]:
    """Return the conditions that FTS5 can answer, each with its question: those that hold, and those that are barred.

    What is barred it can only take from what it has found.
    """
    held = [(node, asked) for node in nodes if (asked := _match(node))]
    barred: list[_Answered] = [
        (node, asked)
        for node in nodes
        if isinstance(node, Not) and _is_exact(node.node) and (asked := _match(node.node))
    ]
    return held, barred


def _question(held: Sequence[_Answered], barred: Sequence[_Answered]) -> str:
    asked = f"({' AND '.join(text for _, text in held)})"
    return f"({asked} NOT ({' OR '.join(text for _, text in barred)}))" if barred else asked


def _quoted(phrase: Phrase) -> str:
    return f'"{phrase_for(index_tokens(stem_of(phrase.letters)))}"{" *" if phrase.letters.endswith(OPEN) else ""}'


def _is_exact(node: Node) -> bool:
    """Tell whether FTS5 answers as the predicate does: it lets words near each other overlap."""
    match node:
        case Near():
            one, other = (set(tokens_of(part.letters)) for part in (node.left, node.right))
            is_open = OPEN in one or OPEN in other
            return not is_open and one.isdisjoint(other) and node.left.in_title == node.right.in_title
        case And() | Or():
            return all(map(_is_exact, node.nodes))
        case Not():
            return _is_exact(node.node)
    return True


def _in_chunks(phrase: Phrase, is_one_by_one: bool) -> tuple[ColumnElement[bool], bool]:
    """Return where a phrase stands in a chunk; of a longer one than chunks surely hold whole, its beginning."""
    tokens = index_tokens(stem_of(phrase.letters))
    if not tokens:
        return false(), True
    return _holds(_in_a_row(phrase), is_one_by_one), len(tokens) <= EXACT_TOKENS


def _near(node: Near) -> str:
    """Return what PostgreSQL is asked for two phrases near each other: both, and their ends in each other's reach.

    The ends are a word or a character each, which are found sooner than phrases; that they are those of the phrases is
    left open.
    """
    ways = []
    for one, other in ((node.left, node.right), (node.right, node.left)):
        end, start = _words(one, weighed=True)[-1], _words(other, weighed=True)[0]
        ways += [f"{end} <{places}> {start}" for places in range(1, node.distance + 2)]
    return f"({' | '.join(ways)}) & {_in_a_row(node.left)} & {_in_a_row(node.right)}"


def _is_short(node: Near) -> bool:
    """Tell whether a chunk surely holds both phrases whole where they are near each other."""
    sizes = [len(index_tokens(stem_of(part.letters))) for part in (node.left, node.right)]
    return min(sizes) > 0 and sum(sizes) + node.distance <= EXACT_TOKENS


def _in_a_row(phrase: Phrase) -> str:
    return f"({' <-> '.join(_words(phrase, weighed=True))})"


def _words(phrase: Phrase, *, weighed: bool = False) -> list[str]:
    """Return the words of a phrase as PostgreSQL is asked for them: ``'word':*A`` is one that may go on, in a title."""
    tokens = index_tokens(stem_of(phrase.letters))
    weight = "A" if weighed and phrase.in_title else ""
    signs = [weight] * len(tokens)
    if phrase.letters.endswith(OPEN):
        signs[-1] = f"*{weight}"
    words = [f"'{token}':{sign}" if sign else f"'{token}'" for token, sign in zip(tokens, signs, strict=True)]
    return words[:EXACT_TOKENS]


def _holds(asked: str, is_one_by_one: bool) -> ColumnElement[bool]:
    """Return whether an article has a chunk that answers a question.

    Where few articles are asked, the planner must not join them with all chunks that do, as it does where it believes
    that those are few: it reads every chunk for them. A question that skips no rows it leaves alone.
    """
    holds = literal_column("search_chunk.tokens").op("@@")(cast(bindparam(None, asked, unique=True), TsQuery()))
    found = select(chunks.c.article_id).where(chunks.c.article_id == articles.c.id, holds).correlate(articles)
    return (found.offset(0) if is_one_by_one else found).exists()
