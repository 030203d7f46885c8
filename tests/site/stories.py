"""The five seed documents as articles: what a perfect reader finds on the pages of the news site.

Text comes from the seeds; where a seed has no title, date or byline, one is invented.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["STORIES", "Story", "quoting_paragraphs", "repost_paragraphs", "seed", "seed_lines"]

_SEEDS = Path(__file__).parents[1] / "fixtures" / "seeds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article as it should be read from its page. ``published`` is as precise as the page is."""

    key: str
    title: str
    published: str
    source: str | None
    authors: tuple[str, ...]
    paragraphs: tuple[str, ...]
    deck: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Return where the site serves it."""
        return f"/a/{self.key}"

    @property
    def body(self) -> str:
        """Return paragraphs and headings, one a line."""
        return "\n".join(self.paragraphs)


def seed(key: str) -> str:
    """Return the seed document whose file name begins with ``key``."""
    return next(_SEEDS.glob(f"{key}_*.txt")).read_text(encoding="utf-8")


def seed_lines(key: str) -> list[str]:
    """Return the lines of a seed that are not blank, without their outer blanks."""
    return [line.strip() for line in seed(key).splitlines() if line.strip()]


def _story_000() -> Story:
    lines = [line.removesuffix(" |") for line in seed_lines("000")]
    headings = ("科技公司逐鹿大模型", "下一个“赛点”在何处", "数据底座的安全意识还需加强")
    return Story(
        key="000",
        title="32个项目亮相 大模型竞赛的下一个“赛点”在何处",
        published="2023-07-06T08:15+08:00",
        source="示例经济报",
        authors=("陈一",),
        paragraphs=tuple(lines),
        headings=headings,
    )


def _story_001() -> Story:
    lines = seed_lines("001")
    body = [line for line in lines[5 : lines.index("我也说一句")] if line != lines[0]]
    joined = re.sub(r"^(0\d)\n", r"\1 ", "\n".join(body), flags=re.MULTILINE).split("\n")
    return Story(
        key="001",
        title=lines[0],
        published="2023-05-17",
        source=None,
        authors=("刘青青", "石丹"),
        paragraphs=tuple(joined),
        headings=tuple(line for line in joined if re.match(r"0\d ", line)),
    )


def _story_002() -> Story:
    lines = [line for line in seed_lines("002") if line not in ("(资料图片)", "(文章来源:南方都市报)", "关键词:")]
    return Story(
        key="002",
        title="科大讯飞刘庆峰:“百模大战”将在明年告一段落",
        published="2023-08-16T10:02:11+08:00",
        source="南方都市报",
        authors=(),
        paragraphs=tuple(lines),
        headings=("“百模大战”将在明年告一段落", "大模型落地两大关键:数据安全和场景价值", "【对话】"),
    )


def _story_003() -> Story:
    lines = seed_lines("003")
    return Story(
        key="003",
        title="四川垂直大模型,憑什麼突圍",
        published="2023-08-21T07:40+08:00",
        source="示例日報",
        authors=(),
        paragraphs=tuple(lines[3:-2]),
        deck=tuple(line.removeprefix("●") for line in lines[:3]),
    )


def _story_004() -> Story:
    fields = dict(line.partition(": ")[::2] for line in seed("004").splitlines() if ": " in line)
    return Story(
        key="004",
        title=fields["标题"],
        published="2023-09-29T06:52+08:00",
        source="科技日报",
        authors=("都芃", "刘艳"),
        paragraphs=(fields["总结"].removesuffix("举报/反馈").strip(),),
    )


@cache
def _stories() -> dict[str, Story]:
    made = (_story_000(), _story_001(), _story_002(), _story_003(), _story_004())
    return {story.key: story for story in made}


STORIES = _stories()
"""The five articles by key, ``000`` to ``004``."""


def repost_paragraphs() -> tuple[str, ...]:
    """Return story 000 as its reposter printed it: three whole sentences left out."""
    dropped = 0
    kept: list[str] = []
    for paragraph in STORIES["000"].paragraphs:
        sentences = re.findall(r"[^。]+。?”?", paragraph)
        if len(sentences) >= 4 and dropped < 3:
            del sentences[2]
            dropped += 1
        kept.append("".join(sentences))
    return tuple(kept)


_OWN_TEXT = (
    "一家县城图书馆最近把借阅咨询台换成了一块屏幕，读者只要说出书名的大概，就能查到馆藏位置和相近的书目。",
    "馆长周岚介绍，系统上线三个月，回答了两万多个问题，其中四成与地方志有关。过去这些问题要由两名馆员轮流查卡片。",
    "“我们没有追求最大的模型。”周岚说，馆里买不起昂贵的服务器，最后选用的是一套能在普通工作站上运行的小模型，由市馆统一维护。",
    "对行业正在发生的事，馆员们并不陌生。阅览室里摆着的经济类报纸上这样写道：",
    "读到这里，周岚笑了笑。她更关心的是方言：不少老人说的是本地话，屏幕常常听不懂，还得靠年轻的志愿者在旁边翻译。",
    "下一步，图书馆打算录制三百小时的方言语音，请退休教师做标注。经费已经列入明年的预算，预计春节后开始。",
    "在她看来，技术好不好，最终要看那位每天下午都来的老人愿不愿意自己走到屏幕前。",
)


def quoting_paragraphs() -> tuple[str, ...]:
    """Return the article that quotes two paragraphs of story 000 amid text of its own."""
    long = sorted(STORIES["000"].paragraphs, key=len)
    return (*_OWN_TEXT[:4], long[4], long[5], *_OWN_TEXT[4:])
