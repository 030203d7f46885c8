"""A story as a user sees it: the copy comes first, then the original, a correction and two notices of one form."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from monitor.__main__ import app
from tests.flow.world import World

pytestmark = pytest.mark.anyio

TITLE = "生成式人工智能服务管理暂行办法公布"
LINES = (
    "国家互联网信息办公室7月10日公布《生成式人工智能服务管理暂行办法》，自8月15日起施行。",
    "有关负责人介绍，目前已有80家企业的大模型产品进入备案流程，其中7家已经完成评估，文心一言、通义千问等产品在列。",
    "办法明确，提供者应当依法开展预训练、优化训练等活动，使用具有合法来源的数据和基础模型，不得侵害他人知识产权。",
    "多位业内人士表示，这份文件为行业划出了清晰的边界，也给中小团队留出了尝试的余地，后续细则仍待观察。",
    "一家设在杭州的创业公司负责人说，公司从去年冬天开始整理训练语料的来源清单，如今只需补上几页说明即可提交。",
    "专家提醒，用户在使用相关服务时应当留意个人信息的保护，不要轻易上传身份证件、病历等敏感材料。",
    "根据安排，各地网信部门将在下个月组织面向企业的宣讲，并开通电话和网上两种咨询渠道，解答备案材料方面的疑问。",
)
NOTICE = (
    "{company}（证券代码：{code}）7月{day}日晚间公告，公司拟使用自有资金不超过{sum}亿元购买理财产品，期限不超过{months}个月，"
    "董事会以{votes}票同意审议通过了该议案，独立董事发表了同意的意见，保荐机构出具了核查意见。公司表示，购买理财产品不影响主营业务的"
    "正常开展，有利于提高资金使用效率，符合全体股东的利益。公司将及时跟踪理财产品的投向和进展，如发现可能影响资金安全的风险因素，将及时"
    "采取相应措施，控制投资风险。敬请广大投资者注意投资风险，理性投资。"
)


def page(title: str, outlet: str, date: str, lines: tuple[str, ...], source: str | None = None) -> str:
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    credit = f"<span class='source'>来源：{source}</span>" if source else ""
    return (
        f"<html><head><meta charset='utf-8'><title>{title}</title><meta property='og:site_name' content='{outlet}'>"
        f"<meta property='article:published_time' content='{date}'></head><body><article><h1>{title}</h1>"
        f"<div class='info'>{credit}</div>{body}</article></body></html>"
    )


def notice(company: str, code: str, day: int, figures: tuple[int, int, int]) -> str:
    text = NOTICE.format(company=company, code=code, day=day, sum=figures[0], months=figures[1], votes=figures[2])
    return page(f"{company}：拟购买理财产品", "公告网", f"2023-07-{day}T19:00:00+08:00", (text,))


REPOST = page(
    f"{TITLE}，八月施行",
    "新京报",
    "2023-07-10T18:40:00+08:00",
    (*LINES[:-1], "本报记者将继续关注这一领域的最新进展，欢迎读者来信提供线索。"),
    source="新华社",
)
ORIGINAL = page(TITLE, "新华社", "2023-07-10T16:30:00+08:00", LINES, source="新华社")
REVISED = tuple(line.replace("80家", "130家").replace("7家", "9家") for line in LINES)
LATER = {
    "c_revision.html": page(TITLE, "新华社", "2023-07-11T09:00:00+08:00", REVISED, source="新华社"),
    "d_whole.html": page(f"{TITLE}（全文）", "澎湃新闻", "2023-07-10", LINES),
    "e_notice.html": notice("华泰科技", "600123", 11, (3, 12, 9)),
    "f_notice.html": notice("金瑞股份", "000877", 12, (5, 6, 7)),
}


async def arrived(world: World, folder: Path, pages: dict[str, str]) -> None:
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    world.clock.advance(minutes=5)
    await world.run_pass()


class User:
    """Somebody at a terminal beside the running service."""

    def __init__(self, world: World) -> None:
        self._options = ["--config", str(world.path), "--data", str(world.data)]

    def words(self, name: str, *arguments: str) -> str:
        answer = CliRunner().invoke(app(name), [name, *self._options, *arguments])
        assert answer.exit_code == 0, answer.stderr
        return answer.stdout

    def json(self, name: str, *arguments: str) -> Any:
        return json.loads(self.words(name, *arguments, "--json"))

    def story_of(self, title: str, outlet: str) -> int:
        (found,) = (
            one for one in self.json("feed")["articles"] if one["title"] == title and one["publisher"] == outlet
        )
        return int(found["story_id"])


async def test_a_user_follows_and_corrects_a_story(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    source = {"id": "inbox", "kind": "folder", "path": str(folder), "every": "1s"}
    async with World.open(tmp_path, sources=[source]) as world:
        user = User(world)
        await arrived(world, folder, {"b_repost.html": REPOST})
        assert user.json("story", "1")["first"]["outlet"] == "新京报"
        await arrived(world, folder, {"a_original.html": ORIGINAL})
        await arrived(world, folder, LATER)

        check_story(user)
        check_relations(user)
        check_corrections(user)
        before = {one["id"]: one["article_count"] for one in user.json("stories")["stories"]}
        await arrived(world, folder, {"g_copy.html": page(TITLE, "转载站", "2023-07-13T09:00:00+08:00", LINES)})
        after = {one["id"]: one["article_count"] for one in user.json("stories")["stories"]}
        assert after == before | {1: before[1] + 1}, "a later copy joins, and undoes no correction"


def check_story(user: User) -> None:
    """The original came later and leads now, for it was first."""
    shown = user.json("story", "1")
    assert (shown["lead"]["outlet"], shown["first"]["outlet"]) == ("新华社", "新华社")
    assert [one["outlet"] for one in shown["members"]] == ["新华社", "新京报", "澎湃新闻"]
    original, repost, whole = shown["members"]
    assert (original["is_canonical"], repost["verdict"], whole["verdict"]) == (True, "near_copy", "exact_copy")
    assert (repost["lag"], whole["lag"]) == ({"days": 0, "seconds": 7800}, {"days": 0, "seconds": None})
    assert repost["source"] == "新华社"
    (crowned,) = shown["events"]
    moved = (crowned["kind"], crowned["article_id"], crowned["other_id"])
    assert moved == ("crowned", original["article_id"], repost["article_id"])
    assert "+2 h 10 min" in user.words("story", "1")
    assert "leads     article 2 before article 1: " in user.words("why", "1")


def check_relations(user: User) -> None:
    """The correction and the notices are stories of their own."""
    (later,) = (one["id"] for one in user.json("stories")["stories"] if one["revises"])
    (revises,) = user.json("story", str(later))["related"]
    assert (revises["relation"], revises["story_id"]) == ("revises", 1)
    assert revises["changes"] == [["80", "130"], ["7", "9"]]
    assert f"revised by story {later} (80 -> 130, 7 -> 9)" in user.words("story", "1")
    notices = [user.story_of(f"{name}：拟购买理财产品", "公告网") for name in ("华泰科技", "金瑞股份")]
    (sibling,) = user.json("story", str(notices[1]))["related"]
    assert (sibling["relation"], sibling["story_id"]) == ("template_sibling", notices[0])


def check_corrections(user: User) -> None:
    """One copy is split off, comes back, and leaves again."""
    whole = next(one["article_id"] for one in user.json("story", "1")["members"] if one["outlet"] == "澎湃新闻")
    tried = user.json("split", "1", str(whole), "--dry-run")
    assert (tried["applied"], len(user.json("story", "1")["members"])) == (False, 3)
    assert [one["article_id"] for one in tried["moved"]] == [whole]
    story = user.json("split", "1", str(whole), "--note", "另有来历")["story"]
    assert [one["outlet"] for one in user.json("story", str(story))["members"]] == ["澎湃新闻"]
    assert "kept apart from" in user.words("why", str(whole))
    assert user.json("merge", "1", str(story))["story"] == 1
    assert user.json("story", str(story))["story"]["id"] == 1
    assert user.words("split", "1", str(whole)).startswith("1 article of story 1 is story ")


async def test_a_user_learns_why_an_older_text_that_came_late_was_not_told(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    source = {"id": "inbox", "kind": "folder", "path": str(folder), "every": "1s"}
    async with World.open(tmp_path, sources=[source]) as world:
        user = User(world)
        await arrived(world, folder, {"c_revision.html": LATER["c_revision.html"]})
        await arrived(world, folder, {"a_original.html": ORIGINAL})

        late = user.json("story", "2")
        assert [(one["kind"], one["detail"], one["relation"]) for one in late["events"]] == [
            ("silent", "models", "revised_by"),
            ("silent", "regulations", "revised_by"),
        ]
        assert late["alerts"] == []
        assert "rule      models: story 1, which revises this one, had told it" in user.words("why", "2")
