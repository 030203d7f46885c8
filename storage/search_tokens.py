"""The tokens of the full-text index, the same for every database, and the queries over them as text.

What a token is, ``storage.query.letters`` says; here tokens get the form in which a database takes them as they are.
Knows no table and no session.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from storage.columns import storable
from storage.query.letters import LONGEST_WORD, MARK, SIGNS, letters_of, tokens_of

__all__ = ["EXACT_TOKENS", "VERSION", "Chunk", "Document", "chunks_of", "document_of", "index_tokens", "phrase_for"]

VERSION = f"3/{unicodedata.unidata_version}"
"""Of the tokens: to take a text out of the index, its tokens must be those that went in. Folding and the classes of
characters come from Python's tables of Unicode."""
EXACT_TOKENS = 64
"""How long a phrase may be that PostgreSQL finds exactly: by so many tokens, less one, chunks of a text overlap."""

_PRIVATE = 0xE000
_INDEXED = {MARK: chr(_PRIVATE), **{sign: chr(_PRIVATE + ord(sign)) for sign in SIGNS}}
"""Marks and signs in the index: no text has these as letters, and to tokenisers what is not ASCII is part of a word."""
_SHORTENED = chr(_PRIVATE + 0x100)
"""Stands before a hash, so that none begins as a word does."""
_TOKENS_OF_CHUNK = 4_000
"""Keeps a chunk below the 16,383 positions and the 1 MB of a tsvector."""
_TIMES = 255
"""PostgreSQL remembers 256 positions of a lexeme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The tokens of an article, in the form of the index."""

    title: list[str]
    body: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A stretch of a document: tokens with their places (from 1), and whether each stands in the title."""

    tokens: tuple[tuple[str, int, bool], ...]


def document_of(title: str | None, text: str) -> Document:
    """Return the tokens of an article as it is stored."""
    forms = [letters_of(storable(part)) for part in (title or "", text)]
    return Document(title=index_tokens(forms[0]), body=index_tokens(forms[1]))


def index_tokens(letters: str) -> list[str]:
    """Return the tokens of a form that ``letters_of`` gave, as they stand in the index."""
    tokens = tokens_of(letters)
    return [_INDEXED.get(token, token) if len(token) <= LONGEST_WORD else _shortened(token) for token in tokens]


def phrase_for(tokens: Sequence[str]) -> str:
    """Return the tokens of a phrase or a text as one string from which a tokeniser at blanks gets them back."""
    return " ".join(tokens)


def chunks_of(document: Document) -> Iterator[Chunk]:
    """Cut a document into chunks within PostgreSQL's limits; every phrase of ``EXACT_TOKENS`` is whole in one of them.

    Between title and body a place is left free, so that no phrase reaches over it.
    """
    placed = [(token, True) for token in document.title]
    free = len(placed) + 1
    placed += [(token, False) for token in document.body]
    start = 0
    while start < len(placed):
        stop = _end_of_chunk(placed, start)
        yield Chunk(
            tokens=tuple(
                (placed[at][0], at - start + 1 + (start < free - 1 <= at), placed[at][1]) for at in range(start, stop)
            )
        )
        if stop == len(placed):
            return
        start = stop - EXACT_TOKENS + 1


def _end_of_chunk(placed: Sequence[tuple[str, bool]], start: int) -> int:
    times: Counter[str] = Counter()
    for at in range(start, min(start + _TOKENS_OF_CHUNK, len(placed))):
        token = placed[at][0]
        if times[token] == _TIMES:
            return at
        times[token] += 1
    return min(start + _TOKENS_OF_CHUNK, len(placed))


def _shortened(token: str) -> str:
    """Return what stands for a long word in the index: PostgreSQL takes 2,046 bytes, FTS5 cuts at 32,768."""
    return _SHORTENED + blake2b(token.encode(), digest_size=16).hexdigest()
