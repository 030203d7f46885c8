from __future__ import annotations

import sqlite3
import sys
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.query.letters import letters_of, tokens_of
from storage.search_tokens import EXACT_TOKENS, VERSION, Document, chunks_of, document_of, index_tokens, phrase_for

UNICODE, FORMS = "14.0.0", ("3", "60d31878aa2ceede")
DOCUMENTS = st.builds(
    Document,
    title=st.lists(st.sampled_from("abc"), max_size=80),
    body=st.lists(st.sampled_from("abcdefgh"), max_size=1200),
)


def _vocabulary(tokens: list[str]) -> list[tuple[str, int]]:
    """Return the tokens as FTS5 has them, with their places."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE f USING fts5(body, content='', columnsize=0, tokenize='ascii')")
        connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(f, instance)")
        connection.execute("INSERT INTO f (rowid, body) VALUES (1, ?)", (phrase_for(tokens),))
        return connection.execute('SELECT term, "offset" FROM v ORDER BY "offset"').fetchall()


def test_every_character_goes_into_the_index_as_it_is() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    tokens = index_tokens(letters_of(every.encode("utf-8", "replace").decode()))
    assert len(tokens) > 100_000
    assert _vocabulary(tokens) == [(token, place) for place, token in enumerate(tokens)]


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_index_parts_a_text_where_the_language_does(text: str) -> None:
    document = document_of(None, text)
    assert len(document.body) == len(tokens_of(letters_of(text)))
    assert _vocabulary(document.body) == [(token, place) for place, token in enumerate(document.body)]


def test_word_without_an_end_goes_in_as_a_short_one() -> None:
    (token,) = index_tokens("a" * 40_000)
    (other,) = index_tokens("a" * 40_001)
    assert len(token) == len(other) == 33
    assert token != other


def test_a_change_of_the_tokens_needs_another_version() -> None:
    """The digest stands for the tokens of all characters, alone and in words: where it changes, so must the version."""
    every = "".join(f"{chr(code)} " for code in range(0x20, 0x10000) if not 0xD800 <= code < 0xE000)
    every += "GPT-4o Qwen3 5G-A x86_64 2.5 用C++写"
    digest = sha256(" ".join(index_tokens(letters_of(every))).encode()).hexdigest()[:16]
    number, tables = VERSION.split("/")
    if tables != UNICODE:  # Python's tables differ with its release, and the digest is that of one of them
        pytest.skip(f"known for the tables of Unicode {UNICODE}, not for {tables}")
    assert (number, digest) == FORMS


@given(DOCUMENTS, st.integers(0, 1200), st.integers(1, EXACT_TOKENS))
@settings(max_examples=60, deadline=None)
def test_every_phrase_is_whole_in_one_chunk(document: Document, start: int, length: int) -> None:
    phrase = document.body[start : start + length]
    chunks = [
        {place: token for token, place, in_title in chunk.tokens if not in_title} for chunk in chunks_of(document)
    ]

    def stands_in(chunk: dict[int, str]) -> bool:
        return any([chunk.get(first + at) for at in range(len(phrase))] == phrase for first in chunk)

    assert not phrase or any(map(stands_in, chunks))


@given(DOCUMENTS)
@settings(max_examples=60, deadline=None)
def test_chunks_keep_to_the_limits_of_postgresql_and_title_and_body_apart(document: Document) -> None:
    for chunk in chunks_of(document):
        names = [token for token, _, _ in chunk.tokens]
        places = [place for _, place, _ in chunk.tokens]
        assert len(names) <= 4_000
        assert max(names.count(name) for name in set(names)) < 256
        assert places == sorted(set(places))
        last = max((place for _, place, in_title in chunk.tokens if in_title), default=None)
        first = min((place for _, place, in_title in chunk.tokens if not in_title), default=None)
        assert last is None or first is None or first == last + 2
