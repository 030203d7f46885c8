"""What is told again of a story: a regulation that came further, and that many outlets have it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.reader import ReadItem
from monitor.record import record
from storage import frontier
from storage.states import FactKind, Stage
from storage.story_nodes import members_of
from storage.tables import deliveries, hits
from storage.tagged import Findings, StatedFact
from tests.flow.world import World
from tests.unit.test_record import HOST, Desk, _found

pytestmark = pytest.mark.anyio

LAW = "regulation:measures"
TEXT = "生成式人工智能服务的办法备案工作正在推进，通义千问等80款产品面向公众开放。"
CHANGED = TEXT.replace("80", "130")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator["Newsroom"]:
    source = {"id": "wire", "kind": "feed", "url": f"https://{HOST}/feed.xml"}
    rules = [
        {"id": "now", "any": ["备案"], "channels": ["digests"], "mode": "instant"},
        {"id": "later", "any": ["备案"], "channels": ["digests"], "escalate": {"outlets": 3}},
        {"id": "deaf", "any": ["彩票"], "channels": ["digests"], "escalate": {"outlets": 2}},
    ]
    async with World.open(tmp_path, sources=[source], rules=rules) as world:
        yield Newsroom(world)


class Newsroom(Desk):
    """Files articles whose stages and publishers are given."""

    def bring(
        self,
        path: str,
        stage: Stage | None,
        *,
        text: str = TEXT,
        version: str = "1",
        publisher: str | None = None,
        since: str | None = None,
    ) -> None:
        """Bring an address through the transaction, with the stage that it states of a regulation, and since when."""
        visit, item = self.claim(path, version)
        reading = _found(path, "大模型备案", text).reading
        page = replace(reading.extracted, publisher=publisher)
        found = ReadItem(reading=replace(reading, extracted=page, findings=_states(stage, since)), pages=())
        self.rt.store.write(lambda s: record(s, item, found, self.rt, visit, self.world.clock()))
        self.rt.store.write(lambda s: frontier.finish_visit(s, HOST, visit.owner))

    def told(self, rule: str) -> list[str]:
        """Return why each hit of a rule was raised, oldest first."""
        with self.rt.store.read() as session:
            return list(session.scalars(select(hits.c.reason).where(hits.c.rule == rule).order_by(hits.c.id)))

    def messages(self) -> list[dict[str, str]]:
        with self.rt.store.read() as session:
            return list(session.scalars(select(deliveries.c.payload).order_by(deliveries.c.id)))


def _states(stage: Stage | None, since: str | None) -> Findings:
    stated = [(FactKind.STAGE, stage.value)] if stage else []
    return Findings(
        facts=tuple(_fact(*one) for one in [*stated, *([(FactKind.AMENDMENT_EFFECTIVE, since)] if since else [])])
    )


def _fact(what: FactKind, value: str) -> StatedFact:
    return StatedFact(
        entity=LAW, what=what, value=value, field="text", surface="办法", start=11, end=13, confidence=1.0
    )


async def test_stage_that_an_edited_page_gives_is_told_as_a_change(desk: Newsroom) -> None:
    desk.bring("/a", Stage.DRAFT)
    desk.bring("/a", Stage.ISSUED, text=TEXT.replace("正在", "正"), version="2")

    assert desk.told("now") == ["new", "changed"]
    *_, last = desk.messages()
    assert "征求意见 → 已公布" in last["text"]
    assert last["subject"].startswith("【有变动】")


async def test_stage_that_another_outlet_gives_of_the_story_is_told_once(desk: Newsroom) -> None:
    desk.bring("/a", Stage.DRAFT)
    for path in ("/b", "/c"):
        desk.bring(path, Stage.IN_FORCE, text=f"本报讯 {TEXT}")

    assert len(desk.world.stories()) == 1
    assert desk.told("now") == ["new", "changed"]


@pytest.mark.parametrize(
    ("before", "after"),
    [(Stage.ISSUED, Stage.DRAFT), (None, Stage.ISSUED)],
    ids=["back", "nothing was known"],
)
async def test_stage_that_is_no_step_is_not_told(desk: Newsroom, before: Stage | None, after: Stage | None) -> None:
    desk.bring("/a", before)
    desk.bring("/a", after, text=TEXT.replace("正在", "正"), version="2")
    desk.bring("/b", after, text=f"本报讯 {TEXT}")

    assert desk.told("now") == ["new"]


@pytest.mark.parametrize("since", [None, "2026-12-01"], ids=["no date", "dated"])
@pytest.mark.parametrize("path", ["/a", "/b"], ids=["on its page", "in another outlet"])
async def test_entry_into_force_after_an_amendment_is_told_once(desk: Newsroom, path: str, since: str | None) -> None:
    desk.bring("/old", Stage.IN_FORCE, text="另一则旧闻：该办法此前已经施行，各地的备案照常进行。" * 3)
    desk.bring("/a", Stage.AMENDED)
    before = len(desk.told("now"))
    desk.bring(path, Stage.IN_FORCE, text=f"本报讯 {TEXT}", version="2", since=since)
    desk.bring("/c", Stage.IN_FORCE, text=f"早报讯 {TEXT}", since=since)

    assert desk.told("now")[before:] == ["changed"]
    *_, last = desk.messages()
    assert "已修订 → 已施行" in last["text"]


async def test_mention_that_an_amended_regulation_held_before_is_no_step(desk: Newsroom) -> None:
    desk.bring("/a", Stage.AMENDED)
    desk.bring("/b", Stage.IN_FORCE, text=f"本报讯 {TEXT}", since="2023-08-15")

    assert desk.told("now") == ["new"]


async def test_step_of_a_page_whose_correction_was_told_is_told(desk: Newsroom) -> None:
    desk.bring("/a", Stage.DRAFT)
    desk.bring("/a", Stage.DRAFT, text=f"{TEXT}</p><p>更正：本报此前的报道有误，特此更正。", version="2")
    desk.bring("/a", Stage.ISSUED, version="3")

    assert desk.told("now") == ["new", "changed", "changed"]


async def test_story_of_many_outlets_is_told_again_once_and_louder(desk: Newsroom) -> None:
    for number, outlet in enumerate(("早报", "晚报", "早报", "日报", "周报")):
        desk.bring(f"/{number}", None, text=f"{'本报讯 ' * bool(number)}{TEXT}", publisher=outlet)

    assert desk.told("later") == ["new", "escalated"]
    assert desk.told("deaf") == []
    (alert,) = [message for message in desk.messages() if "多家报道" in message["subject"]]
    assert alert["subject"].startswith("【严重】【多家报道】")
    assert "另见 2 家" in alert["text"]


async def test_what_is_told_of_a_story_that_spread_is_not_what_has_left_it(desk: Newsroom) -> None:
    desk.bring("/copy", None, text=f"本报讯 {TEXT}（来源：早报）", publisher="晚报")
    desk.bring("/own", None, publisher="早报")
    desk.bring("/own", None, text=CHANGED, version="2", publisher="早报")
    for number, outlet in enumerate(("日报", "周报", "月报")):
        desk.bring(f"/{number}", None, text=f"{'本报讯 ' * number}{CHANGED}", publisher=outlet)
    with desk.rt.store.read() as session:
        asked = select(hits.c.article_id, hits.c.story_id).where(hits.c.reason == "escalated")
        ((article_id, story_id),) = session.execute(asked).all()
        assert article_id in members_of(session, story_id)
