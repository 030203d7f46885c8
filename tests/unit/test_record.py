"""The one transaction of an article: stored once, said once, said again when its numbers change."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from monitor.config import load_config
from monitor.read.reading import read
from monitor.reader import ReadItem
from monitor.record import record
from monitor.topics.keywords import KEPT
from monitor.types import Failed, Hints, Reading
from monitor.urls import url_key
from monitor.withdrawn import is_withdrawn
from storage import feed, frontier
from storage.database import Session
from storage.frontier import LeaseLost
from storage.notices import Notice, notice_of_token
from storage.records import HostVisit, Item, NewItem, Outcome
from storage.tables import articles, edges, hits, revisions, story_events
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
        self,
        path: str,
        text: str,
        title: str = "大模型备案",
        version: str = "1",
        canonical: str | None = None,
        day: str | None = None,
    ) -> Outcome:
        """Bring an address through the transaction; ``day`` is what the page gives as its date."""
        visit, item = self.claim(path, version)
        found = _found(path, title, text, canonical, day)
        try:
            return self.rt.store.write(lambda s: record(s, item, found, self.rt, visit, self.world.clock()))
        finally:
            self.rt.store.write(lambda s: frontier.finish_visit(s, HOST, visit.owner))

    def count(self, table: object) -> int:
        with self.rt.store.read() as session:
            return int(session.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[arg-type]

    def silent(self) -> list[tuple[str | None, int | None]]:
        """Return which rules stayed silent because of which stories, oldest first."""
        asked = select(story_events.c.detail, story_events.c.other_story_id).where(story_events.c.kind == "silent")
        with self.rt.store.read() as session:
            return [(row.detail, row.other_story_id) for row in session.execute(asked.order_by(story_events.c.id))]

    def reasons(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return why each alert was raised and what changed, oldest first."""
        with self.rt.store.read() as session:
            rows = session.execute(select(hits.c.reason, hits.c.changes).order_by(hits.c.id)).all()
        return [(row.reason, [tuple(pair) for pair in row.changes or ()]) for row in rows]

    def notices(self) -> list[Notice | None]:
        """Return what each alert says of its report, oldest first."""
        with self.rt.store.read() as session:
            return [notice_of_token(token) for token in session.scalars(select(hits.c.token).order_by(hits.c.id))]


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def _found(path: str, title: str, text: str, canonical: str | None = None, day: str | None = None) -> ReadItem:
    page = f"<html><body><article><h1>{title}</h1><p>{text}</p><p>{REST}</p></article></body></html>"
    found = read(page.encode(), url=f"https://{HOST}{path}", content_type="text/html; charset=utf-8", hints=Hints())
    assert isinstance(found, Reading)
    if day is not None:
        dated = replace(found.extracted, published_at=day, published_precision="day", published_origin="meta")
        found = replace(found, extracted=dated)
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


async def test_keywords_are_the_best_of_the_candidates_and_follow_the_text(desk: Desk) -> None:
    desk.file("/a", FIRST)
    with desk.rt.store.read() as session:
        before = feed.get_article(session, 1)
    desk.file("/a", OTHER, title="气象预警", version="2")
    with desk.rt.store.read() as session:
        after = feed.get_article(session, 1)
    assert before is not None
    assert after is not None
    assert (before.keywords[0], "气温" in before.keywords) == ("大模型备案", False)
    assert "气温" in after.keywords
    assert len(before.keywords) < len(after.keywords) == KEPT


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


@pytest.mark.parametrize("path", [pytest.param("/a", id="of its page"), pytest.param("/b", id="of another page")])
async def test_a_statement_that_is_turned_round_is_said_again(desk: Desk, path: str) -> None:
    text = f"网信部门批准该大模型的备案申请，企业可以据此上线服务。{FIRST}后续将按程序公布名单并接受监督。"
    desk.file("/a", text)
    desk.file(path, text.replace("批准", "未批准"), version="2")
    assert desk.reasons() == [("new", []), ("changed", [("批准", "未批准")])]


async def test_another_name_on_the_page_is_said_again_with_both(desk: Desk) -> None:
    text = f"研讨会在杭州举行。{FIRST}市经济和信息化局局长陈建国在杭州的会上介绍了备案的进展。"
    desk.file("/a", text)
    desk.file("/a", text.replace("杭州", "北京"), version="2")
    assert desk.reasons() == [("new", []), ("changed", [("杭州", "北京")])]


@pytest.mark.parametrize(
    ("title", "added"),
    [
        pytest.param("【撤稿】大模型备案", "", id="in the title"),
        pytest.param(
            "大模型备案", "</p><p>更正：网信部门随后否认上述说法，本报撤回上述报道，并向读者致歉。", id="in the text"
        ),
    ],
)
async def test_a_page_that_is_withdrawn_or_corrected_is_said_again(desk: Desk, title: str, added: str) -> None:
    desk.file("/a", FIRST)
    desk.file("/a", FIRST + added, title=title, version="2")
    assert [reason for reason, _ in desk.reasons()] == ["new", "changed"]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        pytest.param("大模型备案数增至80款", "大模型备案数增至130款", [("80", "130")], id="another number"),
        pytest.param("周靖人：大模型备案加快", "吴泳铭：大模型备案加快", [("周靖人", "吴泳铭")], id="another name"),
        pytest.param("大模型备案获得通过", "大模型备案未获通过", [("获得通过", "未获通过")], id="turned round"),
        pytest.param("网信办公布大模型备案", "网信办否认公布大模型备案", [], id="denied"),
    ],
)
async def test_a_title_that_says_something_else_is_said_though_the_text_is_the_same(
    desk: Desk, before: str, after: str, changes: list[tuple[str, str]]
) -> None:
    desk.file("/a", FIRST, title=before)
    assert desk.file("/a", FIRST, title=after, version="2") is Outcome.REVISION
    assert desk.reasons() == [("new", []), ("changed", changes)]


async def test_a_title_in_other_words_is_kept_with_the_old_one_and_not_said(desk: Desk) -> None:
    desk.file("/a", FIRST, title="大模型备案")
    assert desk.file("/a", FIRST, title="八十款大模型备案了，都有谁？", version="2") is Outcome.REVISION
    assert [article.title for article in desk.world.articles()] == ["八十款大模型备案了，都有谁？"]
    with desk.rt.store.read() as session:
        assert list(session.scalars(select(revisions.c.title))) == ["大模型备案"]
    assert [reason for reason, _ in desk.reasons()] == ["new"]


@pytest.mark.parametrize("title", ["「大模型备案」", "大模型 备案！"], ids=["in quotes", "spaced"])
async def test_a_title_with_other_punctuation_is_the_same(desk: Desk, title: str) -> None:
    desk.file("/a", FIRST, title="大模型备案")
    assert desk.file("/a", FIRST, title=title, version="2") is Outcome.UNCHANGED


async def test_other_numbers_in_the_deck_alone_are_said(desk: Desk) -> None:
    for version, count in enumerate((80, 130, 80)):
        deck = f"</p><blockquote>核心提示：全国已有{count}款大模型通过登记，市场规模继续扩大。</blockquote><p>"
        desk.file("/a", deck + OTHER.replace("某地", "备案地"), title="大模型备案", version=str(version))
    assert desk.reasons() == [("new", []), ("changed", [("80", "130")]), ("changed", [("130", "80")])]


async def test_deck_in_other_words_is_not_said(desk: Desk) -> None:
    for version, said in enumerate(("市场规模继续扩大", "市场持续扩容", "")):
        deck = f"</p><blockquote>核心提示：大模型通过登记，{said}。</blockquote><p>" if said else ""
        desk.file("/a", deck + OTHER.replace("某地", "备案地"), title="大模型备案", version=str(version))
    assert [reason for reason, _ in desk.reasons()] == ["new"]


async def test_two_titles_over_one_text_are_two_changes(desk: Desk) -> None:
    for version, count in enumerate(("80", "130", "145")):
        desk.file("/a", FIRST, title=f"大模型备案数增至{count}款", version=str(version))
    assert desk.reasons() == [("new", []), ("changed", [("80", "130")]), ("changed", [("130", "145")])]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("首席技术官周靖人", "首席技术官吴泳铭", id="an office no list knows"),
        pytest.param("掌门人周靖人", "掌门人周鸿祎", id="of one family"),
        pytest.param("来自通义千问的团队", "来自文心一言的团队", id="tracked"),
    ],
)
async def test_another_name_whatever_its_office_is_said_again(desk: Desk, old: str, new: str) -> None:
    text = f"{FIRST}{{}}在会上介绍了备案的进展。"
    desk.file("/a", text.format(old))
    desk.file("/a", text.format(new), version="2")
    (_, _), (reason, ((before, after),)) = desk.reasons()
    assert reason == "changed"
    assert old.endswith(before) or before in old
    assert new.endswith(after) or after in new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("全国已有", "全国共有", id="a verb"),
        pytest.param("等产品", "等应用", id="a noun"),
        pytest.param("完成备案", "通过备案", id="a step"),
    ],
)
async def test_a_page_with_other_words_in_one_place_is_not_said_again(desk: Desk, old: str, new: str) -> None:
    desk.file("/a", FIRST)
    assert desk.file("/a", FIRST.replace(old, new), version="2") is Outcome.REVISION
    assert [reason for reason, _ in desk.reasons()] == ["new"]


async def test_a_withdrawal_is_said_though_a_correction_was(desk: Desk) -> None:
    for version, title in enumerate(("大模型备案", "【更正】大模型备案", "【撤稿】大模型备案")):
        desk.file("/a", FIRST, title=title, version=str(version))
    assert [reason for reason, _ in desk.reasons()] == ["new", "changed", "changed"]
    assert desk.notices() == [None, Notice.CORRECTION, Notice.WITHDRAWAL]


async def test_a_withdrawal_is_said_once_though_the_numbers_that_it_withdraws_were_said(desk: Desk) -> None:
    for page in ("/a", "/b", "/c"):
        desk.file(page, FIRST)
    desk.file("/a", CHANGED, version="2")
    for page in ("/b", "/c"):
        desk.file(page, CHANGED, title="【撤稿】大模型备案", version="2")
    assert [reason for reason, _ in desk.reasons()][:2] == ["new", "changed"]
    assert list(zip(desk.notices(), desk.reasons(), strict=True))[2:] == [(Notice.WITHDRAWAL, ("changed", []))]


async def test_a_step_does_not_hide_that_the_page_is_withdrawn(desk: Desk) -> None:
    text = "网信办就《生成式人工智能服务管理暂行办法（征求意见稿）》公开征求意见，大模型备案的要求写入其中。"
    desk.file("/a", text)
    desk.file(
        "/a",
        f"{text}本文已撤回。该办法已于2023年7月10日公布，自8月15日起施行。",
        title="【撤稿】大模型备案",
        version="2",
    )
    assert desk.notices()[-1] is Notice.WITHDRAWAL


async def test_a_notice_in_place_of_the_text_is_a_withdrawal(desk: Desk) -> None:
    for version, text in enumerate((FIRST, "本文已撤回。备案一事不实。")):
        desk.file("/a", text, version=str(version))
    assert desk.notices() == [None, Notice.WITHDRAWAL]


@pytest.mark.parametrize(
    ("title", "text", "said"),
    [
        pytest.param("声明", "本文已撤回，给读者造成的不便敬请谅解。", ["new", "changed"], id="withdrawn"),
        pytest.param("大模型", CHANGED.replace("备案", "登记"), ["new", "changed"], id="another number"),
        pytest.param("大模型", FIRST.replace("备案", "登记"), ["new"], id="other words"),
        pytest.param("气象预警", OTHER.replace("备案", "登记"), ["new"], id="another text"),
    ],
)
async def test_what_becomes_of_a_page_is_said_though_it_says_no_more_what_a_rule_asks_for(
    desk: Desk, title: str, text: str, said: list[str]
) -> None:
    desk.file("/a", FIRST, title="大模型")
    desk.file("/a", text, title=title, version="2")
    assert [reason for reason, _ in desk.reasons()] == said


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(REWORDED, ["now"], id="other words"),
        pytest.param(CHANGED, ["now", "late", "now"], id="another number"),
    ],
)
async def test_of_a_page_that_came_before_a_rule_only_what_changed_is_said(
    desk: Desk, text: str, said: list[str]
) -> None:
    desk.file("/a", FIRST)
    document = json.loads(desk.world.path.read_text(encoding="utf-8"))
    late = {"id": "late", "any": ["通义千问"], "channels": ["digests"], "mode": "instant"}
    document["rules"].insert(0, late)
    desk.world.path.write_text(json.dumps(document), encoding="utf-8")
    await desk.world.daemon.reload(load_config(desk.world.path, environ={}))
    desk.rt = desk.world.daemon.rt
    desk.file("/a", text, version="2")
    with desk.rt.store.read() as session:
        assert list(session.scalars(select(hits.c.rule).order_by(hits.c.id))) == said


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


@pytest.mark.parametrize(("status", "said"), [(410, [True, False]), (404, [False, False])])
async def test_article_is_withdrawn_when_its_only_address_is_gone(desk: Desk, status: int, said: list[bool]) -> None:
    gone = Failed(reason=Outcome.GONE, detail="", status=status)
    asked = []
    for path in ("/a", "/m"):
        desk.file(path, FIRST, canonical="/a")
        with desk.rt.store.read() as session:
            asked.append(is_withdrawn(session, gone, item_id=1, article_id=1))
    assert asked == said
    assert desk.count(articles) == 1


async def test_copy_that_is_gone_withdraws_nothing(desk: Desk) -> None:
    gone = Failed(reason=Outcome.GONE, detail="", status=410)
    for path, day in (("/a", "2023-07-01"), ("/copy", "2023-07-03")):
        desk.file(path, FIRST, day=day)
    with desk.rt.store.read() as session:
        assert [is_withdrawn(session, gone, item_id=one, article_id=one) for one in (1, 2)] == [True, False]


async def test_another_story_under_a_wrong_true_address_is_not_lost(desk: Desk) -> None:
    desk.file("/a", FIRST, canonical="/index")
    assert desk.file("/b", OTHER, canonical="/index") is Outcome.STORED
    assert desk.file("/b", OTHER, canonical="/index", version="2") is Outcome.UNCHANGED
    assert [article.url for article in desk.world.articles()] == [f"https://{HOST}/b", f"https://{HOST}/a"]


AGAIN = FIRST.replace("80", "145")
_ITEM = "主管部门表示，备案的范围还会扩大，企业应当按期提交材料，逾期的不予受理；各地也将设立咨询的窗口。"
UNTOLD = "截至7月底，全国已有80款大模型完成登记，通义千问等产品面向公众开放。"


async def test_a_correction_elsewhere_begins_a_story_and_is_said_as_a_change(desk: Desk) -> None:
    desk.file("/a", FIRST)
    assert desk.file("/b", CHANGED) is Outcome.REVISION
    assert len(desk.world.stories()) == 2
    assert desk.reasons() == [("new", []), ("changed", [("80", "130")])]


@pytest.mark.parametrize("office", ["首席技术官", "掌门人"])
async def test_another_name_elsewhere_in_a_long_report_is_said_as_a_change(desk: Desk, office: str) -> None:
    long = "".join(f"第{n}款产品的负责人介绍了研发经过和今后的打算，观众提出了{n}个问题。" for n in range(11, 60))
    text = f"{FIRST}{long}最后，{office}{{}}总结了备案的进展。"
    desk.file("/a", text.format("周靖人"))
    assert desk.file("/b", text.format("吴泳铭")) is Outcome.REVISION
    assert desk.reasons() == [("new", []), ("changed", [("周靖人", "吴泳铭")])]


async def test_a_correction_is_said_once_however_many_print_it(desk: Desk) -> None:
    desk.file("/a", FIRST)
    desk.file("/b", CHANGED)
    desk.file("/c", "本报讯 " + CHANGED + "（完）")
    desk.file("/a", CHANGED, version="2")
    assert desk.reasons() == [("new", []), ("changed", [("80", "130")])]


async def test_a_further_correction_is_said_against_the_latest_form(desk: Desk) -> None:
    for path, text, day in (("/a", FIRST, "2023-07-02"), ("/b", CHANGED, "2023-07-03"), ("/c", AGAIN, "2023-07-05")):
        desk.file(path, text, day=day)
    assert desk.reasons() == [("new", []), ("changed", [("80", "130")]), ("changed", [("130", "145")])]


async def test_an_older_form_that_comes_late_is_not_said(desk: Desk) -> None:
    desk.file("/b", CHANGED, day="2023-07-03")
    desk.file("/a", FIRST, day="2023-07-02")
    desk.file("/c", "本报讯 " + FIRST, day="2023-07-04")
    assert desk.reasons() == [("new", [])]
    assert desk.silent() == [("now", 1)]


async def test_a_form_between_two_that_are_told_is_not_said(desk: Desk) -> None:
    for path, text, day in (("/a", FIRST, "2023-07-02"), ("/c", AGAIN, "2023-07-05"), ("/b", CHANGED, "2023-07-03")):
        desk.file(path, text, day=day)
    assert desk.reasons() == [("new", []), ("changed", [("80", "145")])]


async def test_a_copy_of_what_stood_there_before_a_change_is_not_said(desk: Desk) -> None:
    desk.file("/a", FIRST, day="2023-07-02")
    desk.file("/a", CHANGED, day="2023-07-02", version="2")
    desk.file("/b", "本报讯 " + FIRST, day="2023-07-04")
    assert desk.reasons() == [("new", []), ("changed", [("80", "130")])]


async def test_a_page_that_was_changed_in_place_revises_a_copy_of_what_stood_there(desk: Desk) -> None:
    desk.file("/a", FIRST, day="2023-07-02")
    desk.file("/b", "本报讯 " + FIRST, day="2023-07-04")
    desk.file("/a", CHANGED, day="2023-07-02", version="2")
    with desk.rt.store.read() as session:
        (edge,) = session.execute(select(edges).where(edges.c.verdict == "revision")).all()
    assert (edge.from_id, edge.to_id, edge.evidence["number_conflicts"]) == (1, 2, [["130", "80"]])


async def test_a_later_form_elsewhere_revises_a_page_that_was_changed_in_other_words(desk: Desk) -> None:
    desk.file("/a", FIRST, day="2023-07-02")
    desk.file("/a", REWORDED, day="2023-07-02", version="2")
    desk.file("/b", REWORDED.replace("80", "130"), day="2023-07-04")
    with desk.rt.store.read() as session:
        (edge,) = session.execute(select(edges).where(edges.c.verdict == "revision")).all()
    assert (edge.from_id, edge.to_id) == (2, 1)
    assert desk.reasons() == [("new", []), ("changed", [("80", "130")])]


async def test_a_revision_of_what_was_not_said_is_new(desk: Desk) -> None:
    desk.file("/a", UNTOLD, title="登记")
    assert desk.reasons() == []
    desk.file("/b", UNTOLD.replace("80款大模型完成登记", "130款大模型完成备案"), title="登记")
    assert [reason for reason, _ in desk.reasons()] == ["new"]


async def test_a_correction_without_numbers_is_said_once(desk: Desk) -> None:
    desk.file("/a", FIRST)
    desk.file("/b", FIRST, title="更正：大模型备案")
    desk.file("/c", "本报讯 " + FIRST, title="更正：大模型备案")
    assert desk.reasons() == [("new", []), ("changed", [])]


async def test_a_part_of_what_was_said_is_not_said_again(desk: Desk) -> None:
    long = "".join(f"第{n}款产品的负责人介绍了研发经过和今后的打算，观众提出了{n}个问题。" for n in range(11, 60))
    desk.file("/a", FIRST + long)
    desk.file("/b", FIRST + long[:200])
    assert [reason for reason, _ in desk.reasons()] == ["new"]
    assert desk.silent() == [("now", 1)]
    assert len(desk.world.stories()) == 2


@pytest.mark.parametrize(("day", "said"), [("2023-07-01", 2), ("2023-07-05", 1)], ids=["before", "after"])
async def test_an_item_is_said_unless_it_came_after_the_list_that_holds_it(desk: Desk, day: str, said: int) -> None:
    others = "".join(f"第{n}款产品的负责人介绍了研发经过和今后的打算，观众提出了{n}个问题。" for n in range(11, 60))
    desk.file("/list", others + "\n" + FIRST + _ITEM, title="早报", day="2023-07-03")
    desk.file("/item", FIRST + _ITEM, day=day)
    assert len(desk.reasons()) == said
    assert len(desk.silent()) == 2 - said


async def test_a_better_article_that_comes_late_leads_the_story_and_is_not_said(desk: Desk) -> None:
    desk.file("/copy", "本报讯 " + FIRST, day="2023-07-03")
    desk.file("/original", FIRST, day="2023-07-02")
    assert len(desk.world.stories()) == 1
    assert [reason for reason, _ in desk.reasons()] == ["new"]
    with desk.rt.store.read() as session:
        (event,) = session.execute(select(story_events)).all()
    assert (event.kind, event.article_id, event.other_id) == ("crowned", 2, 1)


async def test_an_article_that_leaves_a_told_story_is_said_as_changed_alone(desk: Desk) -> None:
    desk.file("/a", FIRST)
    desk.file("/b", "本报讯 " + FIRST)
    desk.file("/b", "本报讯 " + CHANGED, version="2")
    assert len(desk.world.stories()) == 2
    desk.file("/c", CHANGED)
    assert desk.reasons() == [("new", []), ("changed", [("80", "130")])]


def _report(first: int) -> str:
    """Return twelve paragraphs of one long report, from a number on; no two of them have words in common."""
    letters = [
        [chr(0x4E00 + (n * 7919 + place * 104_729) % 9000) for place in range(90)] for n in range(first, first + 12)
    ]
    return "。".join("".join(line) for line in letters) + "。备案。"


async def test_a_copy_of_a_copy_is_not_said_again(desk: Desk) -> None:
    for path, first, day in (("/a", 0, "2023-07-01"), ("/b", 3, "2023-07-02"), ("/c", 6, "2023-07-03")):
        desk.file(path, _report(first), day=day)
    assert len(desk.world.stories()) == 2
    assert [reason for reason, _ in desk.reasons()] == ["new"]
    assert desk.silent() == [("now", 1)]


async def test_a_page_that_turns_into_a_copy_of_what_was_said_is_not_said(desk: Desk) -> None:
    desk.file("/a", _report(0))
    desk.file("/b", _report(40))
    desk.file("/b", "本报讯 " + _report(0), version="2")
    assert len(desk.world.stories()) == 1
    assert [reason for reason, _ in desk.reasons()] == ["new", "new"]


async def test_a_page_that_turns_into_a_copy_of_what_was_not_said_is_said(desk: Desk) -> None:
    unsaid = _report(0).replace("备案", "登记")
    desk.file("/a", unsaid, title="登记")
    desk.file("/b", _report(40))
    desk.file("/b", "本报讯 " + unsaid + "（备案）", title="登记", version="2")
    assert len(desk.world.stories()) == 1
    assert [reason for reason, _ in desk.reasons()] == ["new", "changed"]


async def test_a_page_that_turns_into_another_text_of_its_own_is_said(desk: Desk) -> None:
    desk.file("/a", _report(0))
    desk.file("/b", "本报讯 " + _report(0))
    desk.file("/b", _report(40), version="2")
    assert [reason for reason, _ in desk.reasons()] == ["new", "changed"]


async def test_a_page_whose_keys_an_earlier_version_cut_is_found_again_once_it_is_fetched(desk: Desk) -> None:
    desk.file("/a", _report(0))
    earlier = update(articles).values(content_hash="of another version", sketch_version="norm0", precedence="")
    desk.rt.store.write(lambda session: session.execute(earlier))
    assert desk.file("/a", _report(0), version="2") is Outcome.UNCHANGED
    assert desk.count(revisions) == 0
    assert desk.file("/b", "本报讯 " + _report(0)) is Outcome.NEAR_COPY
    assert [reason for reason, _ in desk.reasons()] == ["new"]
