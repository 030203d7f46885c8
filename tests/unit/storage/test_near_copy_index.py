from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from storage import articles as article_store
from storage import bands, tables
from storage.database import Session, Store, open_store
from storage.records import Article, VerdictKind
from tests.unit.storage.worlds import NOW, article

KEYS = st.frozensets(st.integers(min_value=-4, max_value=4), max_size=6)
TEXTS = st.lists(st.tuples(KEYS, KEYS), max_size=8)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("index") / "store.db", now=lambda: NOW)
    yield opened
    opened.close()


def _article(number: int, keys: tuple[frozenset[int], frozenset[int]]) -> Article:
    return article(f"a{number}", f"文{number}", bands=tuple(keys[0]), sentences=tuple(keys[1]), mentions=())


def _fill(session: Session, values: list[Article]) -> None:
    for table in reversed(tables.Row.metadata.sorted_tables):
        session.execute(delete(table))
    for value in values:
        article_store.insert_article(session, value, verdict=VerdictKind.NEW, story_id=None, now=NOW)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.tuples(KEYS, KEYS))
def test_index_nominates_exactly_what_shares_keys(
    store: Store, texts: list[tuple[frozenset[int], frozenset[int]]], asked: tuple[frozenset[int], frozenset[int]]
) -> None:
    store.write(lambda session: _fill(session, [_article(number, keys) for number, keys in enumerate(texts)]))
    with store.read() as session:
        found = bands.candidates(session, _article(-1, asked), since=NOW)
    least = 1 if len(asked[1]) <= bands.FEW_SENTENCES else bands.MIN_SHARED_SENTENCES
    expected = {}
    for number, keys in enumerate(texts):
        shared = len(keys[0] & asked[0])
        said = len(keys[1] & asked[1])
        if shared or said >= least:
            expected[f"文{number}"] = (shared, said if said >= least else 0)
    assert {one.text: (one.band_hits, one.sentence_hits) for one in found} == expected
    assert [one.band_hits for one in found] == sorted((one.band_hits for one in found), reverse=True)


def test_index_is_empty_when_every_article_left_it(store: Store) -> None:
    keys = (frozenset({-(2**63), 0, 2**63 - 1}), frozenset({1, 2}))
    store.write(lambda session: _fill(session, [_article(number, keys) for number in range(3)]))

    def leave(session: Session) -> list[int]:
        for article_id in session.scalars(select(tables.articles.c.id)).all():
            bands.unindex(session, article_id)
        left = (tables.bands, tables.sentences, tables.fingerprints)
        return [len(session.execute(select(table)).all()) for table in left]

    assert store.write(leave) == [0, 0, 0]
