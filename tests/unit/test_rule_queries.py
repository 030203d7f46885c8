"""Rules with a query, asked of what comes in and of what has another text now."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.tables import hits
from tests.flow.world import World
from tests.unit.test_record import HOST, Desk

pytestmark = pytest.mark.anyio

_QUERIES = {
    "names": "model:通义千问 备案",
    "known": "lang:zh-hans source:wire group:press after:30m -招聘",
    "saved": "saved:filing title:备案",
    "older": "备案 before:30m",
    "elsewhere": "group:gov OR lang:en OR stage:draft",
}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    source = {"id": "wire", "kind": "feed", "url": f"https://{HOST}/feed.xml", "group": "press"}
    rules = [{"id": name, "query": query, "channels": ["digests"]} for name, query in _QUERIES.items()]
    async with World.open(tmp_path, sources=[source], rules=rules, saved={"filing": "完成備案 OR 备案清单"}) as world:
        yield Desk(world)


def _told(desk: Desk) -> list[tuple[str, str, list[str]]]:
    """Return rules, reasons and what their spans show, in the order of the rules."""
    with desk.rt.store.read() as session:
        rows = session.execute(select(hits.c.rule, hits.c.reason, hits.c.spans).order_by(hits.c.id)).all()
    return [(row.rule, row.reason, [span["surface"] for span in row.spans]) for row in rows]


async def test_queries_of_rules_hold_for_what_comes_in(desk: Desk) -> None:
    desk.file("/a", "阿里巴巴的通义千问今天完成备案，共有80个模型上线。")

    told = {rule: surfaces for rule, _, surfaces in _told(desk)}
    assert set(told) == {"names", "known", "saved"}
    assert "通义千问" in told["names"]
    assert told["known"] == []
    assert "完成备案" in told["saved"]


async def test_article_that_changed_is_as_old_as_its_first_form(desk: Desk) -> None:
    desk.file("/a", "阿里巴巴的通义千问今天完成备案，共有80个模型上线。")
    before = len(_told(desk))

    desk.file("/a", "阿里巴巴的通义千问今天完成备案，共有130个模型上线。", version="2")

    assert [(rule, reason) for rule, reason, _ in _told(desk)[before:]] == [
        ("names", "changed"),
        ("saved", "changed"),
        ("older", "changed"),
    ]
