"""Who printed an article, in the spread of its story and wherever it is shown."""

from __future__ import annotations

from typing import Any

import pytest

from storage.database import Store
from storage.feed.articles import headlines
from storage.records import VerdictKind
from storage.stories import spreads
from tests.contract.store.work import insert, with_sources
from tests.unit.storage.worlds import article, spec


@pytest.mark.parametrize(
    ("kind", "names", "outlet"),
    [
        pytest.param("feed", {"publisher": "财新", "source": "新华社"}, "财新", id="a page that names both"),
        pytest.param(
            "feed", {"publisher": None, "source": "新华社"}, "wire", id="a reprint of no name is its source's"
        ),
        pytest.param("feed", {"publisher": "", "source": ""}, "wire", id="empty names"),
        pytest.param("folder", {"publisher": None, "source": "新华社"}, "新华社", id="a text in a folder"),
        pytest.param("archive", {"publisher": None, "source": "新华社"}, "新华社", id="a page of an archive"),
        pytest.param("folder", {"publisher": None, "source": None}, "wire", id="a text of nobody"),
    ],
)
def test_outlet_is_who_printed_it(store: Store, kind: str, names: dict[str, Any], outlet: str) -> None:
    with_sources(store, spec(kind=kind))
    article_id, story_id = insert(store, article("a", **names))

    with store.read() as session:
        assert spreads(session, [story_id])[story_id].outlets == (outlet,)
        assert headlines(session, [article_id])[article_id][1] == outlet


def test_reprints_of_one_agency_are_as_many_outlets(store: Store) -> None:
    with_sources(store, *(spec(name) for name in ("agency", "daily", "evening")))
    _, story = insert(store, article("a", source_id="agency", publisher="新华社", source=None))
    for name in ("daily", "evening"):
        copy = article(name, source_id=name, publisher=None, source="新华社")
        insert(store, copy, story_id=story, verdict=VerdictKind.EXACT_COPY)

    with store.read() as session:
        assert set(spreads(session, [story])[story].outlets) == {"新华社", "daily", "evening"}
