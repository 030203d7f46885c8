"""Which untracked names a digest tells of."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.new_names import new_names
from storage.articles import insert_article
from storage.database import Session, Store, open_store
from storage.records import VerdictKind
from storage.tagged import Findings, Sighting
from tests.unit.storage.worlds import article

_NOW = datetime(2026, 9, 2, 1, 0, tzinfo=UTC)
_SINCE = _NOW - timedelta(days=1)
_SEEN = (  # name, publisher, hours ago
    ("晓问", "甲报", 2), ("晓问", "乙报", 3),
    ("独家", "甲报", 2),
    ("旧闻", "甲报", 2), ("旧闻", "乙报", 30),
    ("文心一言", "甲报", 2), ("文心一言", "乙报", 3),
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "newswatch.db", now=lambda: _NOW)
    yield store
    store.close()


def _see(session: Session, number: int, name: str, publisher: str, hours: int) -> None:
    text = f"昨日，{name}开放公测。"
    sighting = Sighting(
        kind="model", name=name, field="text", surface=name, start=3, end=3 + len(name), how="in a list"
    )
    told = article(
        str(number),
        text,
        content_hash=str(number),
        mentions=(),
        findings=Findings(sightings=(sighting,)),
        publisher=publisher,
    )
    insert_article(session, told, verdict=VerdictKind.NEW, story_id=None, now=_NOW - timedelta(hours=hours))


def test_names_are_told_that_came_up_since_are_untracked_and_in_two_stories(store: Store) -> None:
    store.write(lambda session: [_see(session, number, *seen) for number, seen in enumerate(_SEEN)])

    with store.read() as session:
        (found,) = new_names(())(session, _SINCE, _NOW)

    assert (found.name, found.kind, found.outlets, found.stories) == ("晓问", "model", 2, 2)
    assert found.excerpt is not None
    assert (found.excerpt.mention, str(found.excerpt)) == ("晓问", "昨日，晓问开放公测。")
