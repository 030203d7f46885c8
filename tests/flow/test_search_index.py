"""A store from before there was search is searched after the next pass; what comes in is searched at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, select

from storage.database import Session
from storage.query.letters import letters_of
from storage.query.nodes import Phrase
from storage.search import Question, search
from storage.search_index import empty_index, most_to_index
from storage.search_tables import search_states
from storage.tables import articles
from tests.flow.world import World

pytestmark = pytest.mark.anyio

SAMPLES = Path(__file__).parents[2] / "samples"


def found(world: World) -> tuple[int, ...]:
    with world.daemon.rt.store.read() as session:
        question = Question(node=Phrase(letters_of("大模型")), now=world.clock())
        return search(session, question, limit=100).article_ids


def forget(session: Session) -> None:
    empty_index(session)
    session.execute(delete(search_states))


async def test_articles_of_before_are_put_into_the_index_by_the_next_pass(tmp_path: Path) -> None:
    async with World.open(tmp_path, sources=[{"id": "samples", "kind": "folder", "path": str(SAMPLES)}]) as world:
        await world.run_pass()
        store = world.daemon.rt.store
        with store.read() as session:
            stored = tuple(session.scalars(select(articles.c.id).order_by(articles.c.id.desc())))
        assert found(world) == stored

        store.write(forget)
        assert found(world) == ()

        await world.daemon.start()
        await world.run_pass()
        assert found(world) == stored
        with store.read() as session:
            assert most_to_index(session) == 0
