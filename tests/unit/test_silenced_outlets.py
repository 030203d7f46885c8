"""A silence that is for where an article came from: the story is told by the first outlet that it is not for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from monitor.answers import Answer, answers
from monitor.cases import case_of
from monitor.reader import ReadItem
from monitor.record import record
from monitor.telling import compose_due
from storage import frontier, silences
from storage.feed import explain
from storage.tables import deliveries
from tests.flow.world import World
from tests.unit.test_record import HOST, Desk, _found

pytestmark = pytest.mark.anyio

TEXT = "多家公司的大模型备案之后开始价格战，通义千问等80款产品面向公众开放，调用价格下降了九成。"
MUTED = [{"at": "00:00-04:30", "timezone": "UTC"}]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Newsroom(Desk):
    """Files copies of one story that come from sources; each takes an hour."""

    def silence(self, hours: float = 2, **asked: str) -> None:
        """Begin a silence of so many hours."""
        now = self.world.clock()
        ends_at = now + timedelta(hours=hours)
        self.rt.store.write(lambda s: silences.add_silence(s, comment="", starts_at=now, ends_at=ends_at, **asked))

    def bring(
        self, source: str, path: str = "", *, publisher: str | None = None, text: str = TEXT, version: str = "1"
    ) -> None:
        """Bring an article of a source through the transaction."""
        visit, item = self.claim(path or f"/{source}", version)
        reading = _found(path or f"/{source}", "价格战", text).reading
        found = ReadItem(reading=replace(reading, extracted=replace(reading.extracted, publisher=publisher)), pages=())
        own = replace(item, source_id=source)
        self.rt.store.write(lambda s: record(s, own, found, self.rt, visit, self.world.clock()))
        self.rt.store.write(lambda s: frontier.finish_visit(s, HOST, visit.owner))

    def told(self) -> list[tuple[str, list[int]]]:
        """Return the messages: reason, and the articles that they show."""
        with self.rt.store.read() as session:
            rows = session.execute(select(deliveries).order_by(deliveries.c.id)).all()
        return [(row.reason, [one["article"] for one in row.payload["data"]["stories"]]) for row in rows]

    def became(self) -> list[str]:
        """Return what became of each article under the rule."""
        return [self._answer(one.id).became.value for one in reversed(self.world.articles())]

    def _answer(self, article_id: int) -> Answer:
        with self.rt.store.read() as session:
            found = explain(session, article_id)
            assert found is not None
            case = case_of(session, found, self.rt.config, self.world.clock())
        assert case is not None
        (answer,) = answers(self.rt.rules, case)
        return answer


@pytest.fixture
async def desk(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Newsroom]:
    sources = [
        {"id": name, "kind": "feed", "url": f"https://{HOST}/{name}.xml", "group": group}
        for name, group in (("tech", "press"), ("daily", "press"), ("wire", "agency"), ("post", "agency"))
    ]
    more: dict[str, Any] = getattr(request, "param", {})
    rule = {"id": "prices", "query": "价格战", "channels": ["digests"], "mode": "instant", **more}
    async with World.open(tmp_path, sources=sources, rules=[rule]) as world:
        yield Newsroom(world)


@pytest.mark.parametrize("hours", [1.5, 9], ids=["over", "holds still"])
async def test_story_that_an_outlet_was_silenced_for_is_told_once_by_another(desk: Newsroom, hours: float) -> None:
    desk.silence(hours, source="tech")
    desk.bring("tech")
    assert desk.told() == []

    desk.bring("wire")
    desk.bring("post")

    assert desk.told() == [("new", [2])]
    assert desk.became() == ["silenced", "outbox", "merged"]


async def test_story_that_was_silenced_for_what_it_tells_stays_quiet(desk: Newsroom) -> None:
    desk.silence(1.5, query="价格战")
    desk.bring("tech")
    desk.bring("wire")

    assert (desk.told(), desk.became()) == ([], ["silenced", "merged"])


async def test_outlet_that_was_silenced_tells_the_story_no_more(desk: Newsroom) -> None:
    desk.silence(1.5, source="tech")
    desk.bring("tech")
    desk.bring("tech", "/again")

    assert (desk.told(), desk.became()) == ([], ["silenced", "merged"])


async def test_outlets_that_are_silenced_one_after_the_other_keep_a_third_one_from_nothing(desk: Newsroom) -> None:
    desk.silence(9, query='group:"press"')
    for source in ("tech", "daily", "wire", "post"):
        desk.bring(source)

    assert desk.told() == [("new", [3])]
    assert desk.became() == ["silenced", "silenced", "outbox", "merged"]


async def test_publishers_that_come_by_one_source_are_outlets(desk: Newsroom) -> None:
    desk.silence(9, query='source:"快科技"')
    desk.bring("tech", publisher="快科技")
    desk.bring("tech", "/other", publisher="新华社")

    assert [reason for reason, _ in desk.told()] == ["new"]
    assert desk.became() == ["silenced", "outbox"]


@pytest.mark.parametrize("desk", [{"escalate": {"outlets": 3}}], indirect=True)
@pytest.mark.parametrize("is_told", [False, True], ids=["silenced from the first", "silenced after it was told"])
async def test_story_of_a_silenced_outlet_is_told_louder_when_many_have_it(desk: Newsroom, is_told: bool) -> None:
    for source in ("tech", "wire", "post"):
        if source == ("wire" if is_told else "tech"):
            desk.silence(9, source="tech")
        desk.bring(source)

    assert [reason for reason, _ in desk.told()] == ["new", "escalated"]


@pytest.mark.parametrize("desk", [{"escalate": {"outlets": 3}}], indirect=True)
async def test_story_that_only_silenced_outlets_have_is_told_no_louder(desk: Newsroom) -> None:
    desk.bring("tech")
    desk.silence(9, query='-source:"nobody"')
    for source in ("wire", "post"):
        desk.bring(source)

    assert [reason for reason, _ in desk.told()] == ["new"]


@pytest.mark.parametrize("desk", [{"mute": MUTED}, {"mode": "digest"}], ids=["mute", "digest"], indirect=True)
async def test_story_that_waited_is_told_by_an_outlet_that_joined_it_before_the_silence(desk: Newsroom) -> None:
    for source in ("tech", "wire"):
        desk.bring(source)
    desk.silence(30, source="tech")

    desk.world.clock.advance(hours=26)
    await compose_due(desk.rt, first_allowed=True)

    assert [stories for _, stories in desk.told()] == [[2]]
    assert desk.became() == ["silenced", "outbox"]


@pytest.mark.parametrize("again", ["/tech", "/tech/again"], ids=["the page edited", "another page"])
async def test_correction_that_an_outlet_was_silenced_for_is_told_once_by_another(desk: Newsroom, again: str) -> None:
    desk.bring("tech")
    desk.silence(9, source="tech")
    corrected = TEXT.replace("80款", "8款")
    desk.bring("tech", again, text=corrected, version="2")
    for source in ("wire", "post"):
        desk.bring(source, text=corrected)

    assert [reason for reason, _ in desk.told()] == ["new", "changed"]


async def test_story_of_which_nothing_was_heard_is_new_when_it_was_corrected_meanwhile(desk: Newsroom) -> None:
    desk.silence(9, source="tech")
    corrected = TEXT.replace("80款", "8款")
    desk.bring("tech")
    desk.bring("tech", text=corrected, version="2")
    desk.bring("wire", text=corrected)

    assert [reason for reason, _ in desk.told()] == ["new"]
