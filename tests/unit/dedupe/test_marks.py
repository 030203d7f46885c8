"""The marks of a correction, an update or a withdrawal."""

from __future__ import annotations

import pytest

from monitor.dedupe import compare
from monitor.dedupe.body import body_of
from monitor.dedupe.marks import marks, notice_in
from storage.notices import Notice
from storage.records import VerdictKind

NEWS = (
    "国家网信办公布暂行办法，自8月15日起施行。\n目前已有企业提交备案申请，有关部门将按程序审核，并及时向社会公布结果。"
)
REPORT = (
    "The agency published its rules on Monday.\n"
    "Companies have six months to apply, and officials will review the first requests."
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("更正：{}", id="colon"),
        pytest.param("【更正】{}", id="brackets"),
        pytest.param("新华社北京7月13日电（更正）{}", id="after a dateline"),
        pytest.param("{}\n本文已更正：此前版本日期有误。", id="note at the foot"),
        pytest.param("撤稿声明：因核实有误，本网撤回以下报道。\n{}", id="withdrawn"),
        pytest.param("辟谣：以下内容不实。\n{}", id="refuted"),
        pytest.param("编者按：本文内容不实，已作撤稿处理。\n{}", id="editor's note"),
    ],
)
def test_a_chinese_text_is_marked(text: str) -> None:
    assert marks(body_of(text.format(NEWS)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(Corrects paragraph 3 to say six months)\n{}", id="corrects"),
        pytest.param("LONDON (Reuters) - (Updates with quote) {}", id="after a dateline"),
        pytest.param("{}\nCorrection: the rules were published on Monday.", id="at the foot"),
        pytest.param("{}\nAn earlier version of this article misstated the day.", id="earlier version"),
        pytest.param("{}\nThis story has been corrected to give the day.", id="has been corrected"),
        pytest.param("RETRACTED: {}", id="retracted"),
        pytest.param("Editor's note: The report below has been retracted.\n{}", id="editor's note"),
    ],
)
def test_an_english_text_is_marked(text: str) -> None:
    assert marks(body_of(text.format(REPORT)))


@pytest.mark.parametrize(
    "title", ["UPDATE 2-Rules published", "Corrected: rules published", "规则公布（更正）", "[更新] 规则公布"]
)
def test_a_title_is_marked(title: str) -> None:
    assert marks(body_of(NEWS, title))


def test_a_later_update_has_another_mark() -> None:
    assert marks(body_of(REPORT, "UPDATE 1-Rules")) != marks(body_of(REPORT, "UPDATE 2-Rules"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(NEWS, id="plain"),
        pytest.param(f"更新时间：2023-07-13 10:20\n{NEWS}", id="time of an update"),
        pytest.param(f"更新：2023-07-13\n{NEWS}", id="stamp"),
        pytest.param(f"{NEWS}\n纠错/举报 如需更正请联系我们", id="report an error"),
        pytest.param(f"Updated at 10:30 a.m. ET\n{REPORT}", id="updated at"),
        pytest.param(f"Updated: June 14, 2023\n{REPORT}", id="updated on"),
        pytest.param(NEWS * 5 + "有关部门表示，该消息不实，网民不应传播。", id="news of a rumour"),
    ],
)
def test_what_every_page_has_is_no_mark(text: str) -> None:
    assert not marks(body_of(text))


@pytest.mark.parametrize("text", ["(" * 100_000, "更正" * 50_000, "\n" * 100_000, "【" * 100_000, "_" * 100_000])
def test_hostile_text_takes_no_time(text: str) -> None:
    assert isinstance(marks(body_of(text)), frozenset)


@pytest.mark.parametrize(
    ("title", "old", "new"),
    [
        pytest.param(
            "新增23款已完成备案的服务",
            "市网信办4月10日公告，截至当日，全市新增23款已完成备案的服务，累计已完成128款服务备案。已上线的应用或功能，应当在显著"
            "位置公示所使用的已备案模型名称和备案号。其中包括三家企业的新版本。",
            "市网信办4月10日公告，截至当日，全市新增26款已完成备案的服务，累计已完成131款服务备案。已上线的应用或功能，应当在显著"
            "位置公示所使用的已备案模型名称和备案号。其中包括三家企业的新版本。",
            id="Chinese",
        ),
        pytest.param(
            "Drugmaker cuts price of its best seller",
            "The drugmaker said on Monday it would cut the cash price of its best seller to $349 a month. It fights "
            "for its share of a market in which a rival has overtaken it. Shares fell 2 percent after that.",
            "The drugmaker said on Monday it would cut the cash price of its best seller to $499 a month. It fights "
            "for its share of a market in which a rival has overtaken it. Shares fell 5 percent after that.",
            id="English",
        ),
    ],
)
def test_what_says_that_it_corrects_is_no_other_filling_of_a_form(title: str, old: str, new: str) -> None:
    mark = "更正：" if title[0] > "z" else "CORRECTED: "
    assert compare(old, new, title, title).verdict is VerdictKind.TEMPLATE_SIBLING
    assert compare(old, new, title, f"{mark}{title}").verdict is VerdictKind.REVISION


@pytest.mark.parametrize(
    ("title", "text", "notice"),
    [
        pytest.param("【撤稿】办法公布", NEWS, Notice.WITHDRAWAL, id="in the title"),
        pytest.param("办法公布", "本文已撤回。", Notice.WITHDRAWAL, id="in place of the text"),
        pytest.param("办法公布", f"{NEWS}\n编者按：本文已撤回。", Notice.WITHDRAWAL, id="an editor's note"),
        pytest.param("办法公布", f"{NEWS}（编辑注：该报道因失实已撤下）", Notice.WITHDRAWAL, id="taken down"),
        pytest.param("办法公布", f"{NEWS}\n本报撤回上述报道，并致歉。", Notice.WITHDRAWAL, id="said by the paper"),
        pytest.param("办法公布", f"{NEWS}\n编者按：此前报道有误，现予更正。", Notice.CORRECTION, id="corrected"),
        pytest.param("RETRACTED: Rules", REPORT, Notice.WITHDRAWAL, id="English"),
        pytest.param("Rules", f"{REPORT}\nWe have withdrawn this story.", Notice.WITHDRAWAL, id="English note"),
        pytest.param("Rules", f"{REPORT}\nThis story was corrected.", Notice.CORRECTION, id="English correction"),
        pytest.param("办法公布", f"{NEWS}（标题有误，已更正）", Notice.CORRECTION, id="a title put right"),
        pytest.param("办法公布", f"{NEWS}\n本文已于7月14日更正。", Notice.CORRECTION, id="with its day"),
        pytest.param("办法公布", f"{NEWS}（編按：文中數字誤植，已更正）", Notice.CORRECTION, id="Traditional"),
        pytest.param("Rules", f"{REPORT}\nWe have corrected the day.", Notice.CORRECTION, id="we"),
        pytest.param("办法公布", f"{NEWS}\n该公司已更正财报。", None, id="news of something corrected"),
        pytest.param("办法公布", f"{NEWS}\n平台称已修正该漏洞。", None, id="news of something mended"),
        pytest.param("Rules", f"{REPORT}\nThe report was amended, the ministry said.", None, id="a report of others"),
        pytest.param("UPDATE 2-Rules", REPORT, None, id="brought up to date"),
        pytest.param("办法公布", f"{NEWS}\n该公司撤回一项申请。", None, id="news of something withdrawn"),
    ],
)
def test_a_text_says_what_became_of_its_report(title: str, text: str, notice: Notice | None) -> None:
    old = body_of(NEWS, "办法公布")
    assert notice_in(old, body_of(text, title)) is notice
    assert notice_in(body_of(text, title), body_of(text, title)) is None
