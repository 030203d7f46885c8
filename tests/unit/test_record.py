"""The one transaction of an article: stored once, said once, said again when its numbers change."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monitor.read.reading import read
from monitor.reader import ReadItem
from monitor.record import record
from monitor.types import Hints, Reading
from monitor.urls import url_key
from storage import feed, frontier
from storage.database import Session
from storage.frontier import LeaseLost
from storage.records import HostVisit, Item, NewItem, Outcome
from storage.tables import articles, hits, revisions
from tests.flow.world import World
from tests.unit.storage.worlds import poll

pytestmark = pytest.mark.anyio

HOST = "news.example"
REST = "业内人士表示，相关企业正在加快产品落地，各地以人工智能作为发展突破口，抢占行业和市场发展新高点。" * 6


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    source = {"id": "wire", "kind": "feed", "url": f"https://{HOST}/feed.xml"}
    instant = {"id": "now", "any": ["备案"], "channels": ["digests"], "mode": "instant"}
    async with World.open(tmp_path, sources=[source], rules=[instant]) as world:
        yield world


class Desk:
    """Finds, claims and records one address after the other, as a visit does."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rt = world.daemon.rt

    def claim(self, path: str, version: str) -> tuple[HostVisit, Item]:
        """Discover an address (again, in a version) and lease it."""
        self.world.clock.advance(hours=1)
        now, url = self.world.clock(), f"https://{HOST}{path}"
        new = NewItem(url=url, key=path, host=HOST, version=version)

        def find(session: Session) -> HostVisit:
            (visit,) = frontier.claim_visits(session, now=now, owner="me", lease_s=60, limit=1)
            frontier.settle_poll(session, poll(new, at=now), host=HOST, owner=visit.owner)
            frontier.finish_visit(session, HOST, visit.owner)
            (visit,) = frontier.claim_visits(session, now=now, owner="me", lease_s=60, limit=1)
            return visit

        visit = self.rt.store.write(find)
        return visit, visit.items[0]

    def file(
        self, path: str, text: str, title: str = "大模型备案", version: str = "1", canonical: str | None = None
    ) -> Outcome:
        """Bring an address through the transaction."""
        visit, item = self.claim(path, version)
        found = _found(path, title, text, canonical)
        try:
            return self.rt.store.write(lambda s: record(s, item, found, self.rt, visit, self.world.clock()))
        finally:
            self.rt.store.write(lambda s: frontier.finish_visit(s, HOST, visit.owner))

    def count(self, table: object) -> int:
        with self.rt.store.read() as session:
            return int(session.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[arg-type]

    def reasons(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return why each alert was raised and what changed, oldest first."""
        with self.rt.store.read() as session:
            rows = session.execute(select(hits.c.reason, hits.c.changes).order_by(hits.c.id)).all()
        return [(row.reason, [tuple(pair) for pair in row.changes or ()]) for row in rows]


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def _found(path: str, title: str, text: str, canonical: str | None = None) -> ReadItem:
    page = f"<html><body><article><h1>{title}</h1><p>{text}</p><p>{REST}</p></article></body></html>"
    found = read(page.encode(), url=f"https://{HOST}{path}", content_type="text/html; charset=utf-8", hints=Hints())
    assert isinstance(found, Reading)
    if canonical is not None:
        url = f"https://{HOST}{canonical}"
        found = replace(found, canonical_url=url, key=url_key(url))
    return ReadItem(reading=found, pages=())


FIRST = "截至7月底，全国已有80款大模型完成备案，通义千问等产品面向公众开放。"
CHANGED = "截至7月底，全国已有130款大模型完成备案，通义千问等产品面向公众开放。"
REWORDED = "截至七月末，共有80款大模型完成备案，通义千问等产品已面向社会公众开放服务。"
OTHER = "某地发布气象预警，提醒市民注意防范，与备案一事无关。" + "今日晴转多云，气温回升，市民出行需注意防晒补水。" * 30


async def test_an_article_is_stored_settled_and_said_at_once(desk: Desk) -> None:
    assert desk.file("/a", FIRST) is Outcome.STORED
    assert desk.world.outcomes() == {"stored": 1}
    assert desk.reasons() == [("new", [])]
    with desk.rt.store.read() as session:
        (item,) = feed.list_items(session, limit=10)
        (alert,) = feed.list_alerts(session, limit=10)
    assert item.article_id == 1
    assert [message.state for message in alert.hit.deliveries] == ["pending"]


async def test_the_same_text_again_does_nothing(desk: Desk) -> None:
    desk.file("/a", FIRST)
    assert desk.file("/a", FIRST, version="2") is Outcome.UNCHANGED
    assert (desk.count(articles), desk.count(revisions), desk.count(hits)) == (1, 0, 1)


async def test_recording_twice_is_recording_once(desk: Desk) -> None:
    visit, item = desk.claim("/a", "1")
    found = _found("/a", "题目", FIRST)

    def twice(session: Session) -> tuple[Outcome, Outcome]:
        done = [record(session, item, found, desk.rt, visit, desk.world.clock()) for _ in range(2)]
        return done[0], done[1]

    assert desk.rt.store.write(twice) == (Outcome.STORED, Outcome.UNCHANGED)
    assert desk.world.outcomes() == {"stored": 1}
    assert (desk.count(articles), desk.count(hits)) == (1, 1)


async def test_a_copy_elsewhere_joins_the_story_and_is_not_said_again(desk: Desk) -> None:
    desk.file("/a", FIRST)
    assert desk.file("/b", FIRST, title="另一个题目") in (Outcome.EXACT_COPY, Outcome.NEAR_COPY)
    assert (desk.count(articles), desk.count(hits)) == (2, 1)
    assert [story.article_count for story in desk.world.stories()] == [2]


async def test_another_story_is_said_on_its_own(desk: Desk) -> None:
    desk.file("/a", FIRST)
    assert desk.file("/b", OTHER) is Outcome.STORED
    assert len(desk.world.stories()) == 2
    assert [reason for reason, _ in desk.reasons()] == ["new", "new"]


async def test_a_revision_with_other_numbers_is_said_again_with_what_changed(desk: Desk) -> None:
    desk.file("/a", FIRST)
    assert desk.file("/a", CHANGED, version="2") is Outcome.REVISION
    assert (desk.count(articles), desk.count(revisions)) == (1, 1)
    (_, _), (reason, changes) = desk.reasons()
    assert reason == "changed"
    assert any("80" in old and "130" in new for old, new in changes)


async def test_the_same_change_is_said_once(desk: Desk) -> None:
    for version, text in enumerate((FIRST, CHANGED, FIRST, CHANGED)):
        desk.file("/a", text, version=str(version))
    assert [reason for reason, _ in desk.reasons()] == ["new", "changed", "changed"]


async def test_a_revision_in_other_words_is_kept_and_not_said_again(desk: Desk) -> None:
    desk.file("/a", FIRST)
    assert desk.file("/a", REWORDED, version="2") is Outcome.REVISION
    assert (desk.count(revisions), desk.count(hits)) == (1, 1)


async def test_a_revision_that_a_rule_matches_for_the_first_time_is_said(desk: Desk) -> None:
    desk.file("/a", "某地发布消息，介绍相关工作的进展情况。", title="进展")
    assert desk.reasons() == []
    desk.file("/a", "某地发布消息，相关产品已经完成备案。", title="进展", version="2")
    assert [reason for reason, _ in desk.reasons()] == ["new"]


async def test_whoever_has_lost_the_lease_writes_nothing(desk: Desk) -> None:
    visit, item = desk.claim("/a", "1")
    found = _found("/a", "题目", FIRST)
    stranger = replace(visit, owner="somebody else")
    with pytest.raises(LeaseLost):
        desk.rt.store.write(lambda s: record(s, item, found, desk.rt, stranger, desk.world.clock()))
    assert (desk.count(articles), desk.count(hits), desk.world.outcomes()["pending"]) == (0, 0, 1)


async def test_a_variant_that_names_the_known_address_is_the_same_article(desk: Desk) -> None:
    desk.file("/a", FIRST)
    assert desk.file("/mobile/a", FIRST + "（移动版）", canonical="/a") is Outcome.UNCHANGED
    assert (desk.count(articles), desk.count(revisions)) == (1, 0)


async def test_another_story_under_a_wrong_true_address_is_not_lost(desk: Desk) -> None:
    desk.file("/a", FIRST, canonical="/index")
    assert desk.file("/b", OTHER, canonical="/index") is Outcome.STORED
    assert desk.file("/b", OTHER, canonical="/index", version="2") is Outcome.UNCHANGED
    assert [article.url for article in desk.world.articles()] == [f"https://{HOST}/b", f"https://{HOST}/a"]
