"""One regulation in three sources, of which one has another date of effect, as a user sees it."""

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

ACT = "regulation:ai-labeling-measures"
FIRST = (
    "国家互联网信息办公室、工业和信息化部等四部门3月14日联合公布《人工智能生成合成内容标识办法》，自2025年9月1日起施行。",
    "办法要求，服务提供者应当对文本、图片、音频、视频等生成合成内容添加显式标识，并在文件元数据中添加隐式标识。",
    "有关负责人表示，办法旨在规范生成合成内容的标识活动，保护公民、法人和其他组织的合法权益，维护社会公共利益。",
)
SECOND = (
    "记者从上海一家内容平台获悉，该平台已经为《人工智能生成合成内容标识办法》的落地准备了半年，新的上传页面本周上线。",
    "《人工智能生成合成内容标识办法》将于2025年9月1日起施行，届时没有标识的作品会被提示核实来源。",
    "平台法务负责人说，最难的是存量内容，团队打算用模型先筛一遍，再由人工逐条确认，预计要花三个月。",
)
WRONG = (
    "一份行业简报提到，《人工智能生成合成内容标识办法》自2025年10月1日起施行，企业还有较长的准备时间可以安排改造。",
    "简报认为，中小团队可以优先处理图片与视频两类内容，音频的隐式标识工具尚不成熟，应当先做小范围测试再推广。",
    "简报同时列出了五项建议，包括建立台账、指定负责人、定期抽查、留存日志以及和下游平台约定标识的传递方式。",
)
DRAFT = (
    "国家互联网信息办公室2024年9月14日就《人工智能生成合成内容标识办法（征求意见稿）》公开征求意见。",
    "意见反馈截止时间为2024年10月14日，公众可以通过电子邮件和信函两种方式提出修改意见，来信请在信封上注明字样。",
    "征求意见稿提出，用户申请提供没有显式标识的内容的，服务提供者可以在明确用户责任后提供，并留存相关日志。",
)


def page(title: str, outlet: str, date: str, lines: tuple[str, ...]) -> str:
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f"<html><head><meta charset='utf-8'><title>{title}</title><meta property='og:site_name' content='{outlet}'>"
        f"<meta property='article:published_time' content='{date}T09:00:00+08:00'></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


PAGES = {
    "wire": {
        "issued.html": page("四部门公布标识办法", "新华社", "2025-03-14", FIRST),
        "draft.html": page("标识办法公开征求意见", "新华社", "2024-09-14", DRAFT),
    },
    "city": {
        "platform.html": page("一家平台的半年", "澎湃新闻", "2025-06-20", SECOND),
        "copy.html": page("四部门公布标识办法（转）", "转载站", "2025-03-15", FIRST),
    },
    "brief": {"brief.html": page("合规简报", "行业简报", "2025-07-01", WRONG)},
}


@pytest.fixture
def sources(tmp_path: Path) -> list[dict[str, Any]]:
    for name, pages in PAGES.items():
        folder = tmp_path / name
        folder.mkdir()
        for file, text in pages.items():
            (folder / file).write_text(text, encoding="utf-8")
    return [{"id": name, "kind": "folder", "path": str(tmp_path / name), "every": "1s"} for name in PAGES]


async def test_a_user_sees_the_life_of_a_regulation_with_who_says_what(
    tmp_path: Path, sources: list[dict[str, Any]]
) -> None:
    async with World.open(tmp_path, sources=sources) as world:
        await world.run_pass()
        shown = asked(world, ACT)
        listed = {one["id"]: one for one in asked(world)["entities"]}

    assert (shown["articles"], shown["stories"], shown["outlets"]) == (5, 4, 4)
    assert (listed[ACT]["articles"], listed[ACT]["stories"]) == (5, 4)
    check_dates(shown["life_cycle"])
    check_stages(shown["life_cycle"])


def asked(world: World, *arguments: str) -> Any:
    options = ["--config", str(world.path), "--data", str(world.data), "--json"]
    answer = CliRunner().invoke(app("entity"), ["entity", *arguments, *options])
    assert answer.exit_code == 0, answer.stderr
    return json.loads(answer.stdout)


def check_dates(life: dict[str, Any]) -> None:
    """The copy adds no story, and the other date stands beside the first with its source."""
    dates = {fact["value"]: fact for fact in life["facts"] if fact["what"] == "effective"}
    assert {value: (fact["stories"], fact["articles"], fact["conflicts"]) for value, fact in dates.items()} == {
        "2025-09-01": (2, 3, ["2025-10-01"]),
        "2025-10-01": (1, 1, ["2025-09-01"]),
    }
    firsts = {value: fact["first"] for value, fact in dates.items()}
    assert (firsts["2025-09-01"]["outlet"], firsts["2025-10-01"]["outlet"]) == ("新华社", "行业简报")
    for first in firsts.values():
        assert first["sentence"][first["start"] : first["end"]].startswith("2025年")
        assert first["sentence"].endswith("。")
    (deadline,) = (fact for fact in life["facts"] if fact["what"] == "comments_until")
    assert (deadline["value"], deadline["first"]["published"]["value"][:10]) == ("2024-10-14", "2024-09-14")


def check_stages(life: dict[str, Any]) -> None:
    stages = [fact for fact in life["facts"] if fact["what"] == "stage"]
    assert [fact["value"] for fact in stages] == ["draft", "issued"]
    assert [fact["first"]["published"]["value"][:10] for fact in stages] == ["2024-09-14", "2025-03-14"]
    assert (life["stage"], life["stage_date"], life["stage_stories"]) == ("in_force", "2025-09-01", 2)
