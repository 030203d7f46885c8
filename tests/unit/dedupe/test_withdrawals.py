"""What says of a page's own report that it is withdrawn, and what tells of things that others take back."""

from __future__ import annotations

import pytest

from monitor.dedupe.body import body_of
from monitor.dedupe.marks import notice_in
from storage.notices import Notice

NEWS = (
    "国家网信办近日公布一批通过备案的生成式人工智能服务，其中包括多家企业的大模型产品。\n"
    "目前已有企业提交备案申请，有关部门将按程序审核，并及时向社会公布结果。业内人士认为，备案数量的增加说明市场正在走向规范。\n"
    "多家企业表示，将继续投入研发，并完善内容安全机制。专家建议，企业应当建立健全投诉举报渠道。"
)
REPORT = (
    "The regulator published a list of approved AI services on Monday, including models of several companies.\n"
    "Companies have six months to apply, and officials will review the first requests.\n"
    "Several companies said they would keep investing in research and improve the safety of their models."
)


def notice(text: str, title: str = "网信办公布备案名单") -> Notice | None:
    """Return what a page says that reads so now, and held its report before."""
    before = NEWS if notice_language(text) == "zh" else REPORT
    return notice_in(body_of(before, "网信办公布备案名单"), body_of(text, title))


def notice_language(text: str) -> str:
    return "zh" if any(char > "\u3000" for char in text) else "en"


@pytest.mark.parametrize(
    "text",
    [
        "本稿件已删除",
        "该文已被作者删除",
        "该内容已被发布者删除",
        "抱歉，您访问的文章已下线。",
        "应相关方要求，本文已删除。",
        "该稿已停用，请勿转载。",
        "这篇文章已经被撤回",
        "作者已删除此文",
        "根据有关规定，该新闻已被撤销发布。",
        "稿件已撤，敬请谅解",
        "本則新聞已撤除",
        "原報導已撤下，造成不便敬請見諒。",
        "此篇文章已刪除",
        "This story has been taken down.",
        "We retract the story.",
        "This article has been unpublished.",
        "The author has deleted this story.",
        "Story withdrawn",
        "This content has been removed.",
        "We’ve removed this post.",
    ],
)
def test_notice_in_place_of_a_report_withdraws_it(text: str) -> None:
    assert notice(text) is Notice.WITHDRAWAL


@pytest.mark.parametrize(
    "said",
    [
        "编者按：经核实，本文关键事实有误，本站决定予以撤稿。",
        "致歉声明：本报11月20日刊发的相关报道失实，现予撤销，特此致歉。",
        "【撤稿通知】请各用户撤下本社11月20日播发的上述稿件。",
        "本社声明撤销以下稿件，请停止使用。",
        "此稿有误，请勿采用，以更正稿为准。",
        "更正啟事：本社發布之新聞稿有誤，請勿使用。",
        "編按：本文因查證疏失，已撤回。",
        "Editor’s note: We have removed this article because its central claim could not be verified.",
        "Reuters is withdrawing this story because it was published in error. Please do not use.",
        "The Associated Press has withdrawn its story about the list of AI services.",
        "KILL KILL KILL: Please kill the story about the AI list. The story is wrong.",
        "Notice of retraction: the following story contained fabricated quotes.",
        "STORY REMOVED: BC-AI-List",
    ],
)
def test_notice_above_a_report_withdraws_it(said: str) -> None:
    assert notice(f"{said}\n{NEWS if notice_language(said) == 'zh' else REPORT}") is Notice.WITHDRAWAL


@pytest.mark.parametrize(
    "said",
    [
        "本网已将该报道撤下，并向当事人致歉。",
        "（更新：本报道所依据的消息来源已被证伪，本刊撤回此文。）",
        "经查，此前发布的上述消息为误发，现予撤回。",
        "编辑部声明：上述文章系误发，已删除。",
        "特别声明：此稿作废，以后续稿件为准。",
        "（編按：本報導已撤回，特此致歉）",
        "Update: We have since taken this article down.",
        "The newsroom retracts this report.",
        "Editors’ note: We have retracted the article above.",
    ],
)
def test_notice_under_a_report_withdraws_it(said: str) -> None:
    assert notice(f"{NEWS if notice_language(said) == 'zh' else REPORT}\n{said}") is Notice.WITHDRAWAL


@pytest.mark.parametrize(
    "title",
    ["【已撤稿】名单", "名单（已删除）", "撤稿｜名单", "【该稿已撤】名单", "[Removed] List", "WITHDRAWN - List"],
)
def test_label_of_a_title_withdraws_a_report(title: str) -> None:
    assert notice(NEWS, title) is Notice.WITHDRAWAL


@pytest.mark.parametrize(
    "said",
    [
        "该公司宣布撤回上市申请，并表示将择机重启。",
        "学术期刊《自然》近日撤稿一篇关于室温超导的论文。",
        "期刊编辑部撤回了该团队的论文，原因是图片造假。",
        "新华社此前的一篇报道被撤回，引发外界猜测。",
        "多款未备案的智能应用已下架。",
        "平台称已删除违规内容1.2万条。",
        "文章已发布在公司公众号上。",
        "该文件已废止，自发布之日起失效。",
        "如有侵权，请联系删除。",
        "本站转载文章如涉及版权问题，请联系我们，我们将及时删除。",
        "投稿须知：文章一经采用，不予撤稿。",
        "用户可以在设置中撤回授权或删除账号。",
        "本文为原创内容，禁止删除署名。",
        "該公司已撤回申請。",
        "該名網友已將貼文刪除。",
        "The company retracted its offer last week.",
        "The journal retracted the paper over fabricated data.",
        "The post has since been deleted.",
        "The report was removed from the ministry’s website, officials said.",
        "Comments on this story have been removed for violating our rules.",
        "An image in this article has been removed.",
        "We removed the name of a minor from this story.",
        "A company spokesman said the report should be withdrawn.",
        "This article may be removed from the archive after 30 days.",
        "The regulator has deleted its post on the matter.",
        "The item was removed from the agenda.",
    ],
)
def test_what_others_take_back_withdraws_no_report(said: str) -> None:
    news = NEWS if notice_language(said) == "zh" else REPORT
    assert [notice(f"{said}\n{news}"), notice(f"{news}\n{said}")] == [None, None]


@pytest.mark.parametrize(
    "text", ["本文" * 50_000, "撤" * 100_000, "we retract " * 9_000, "因，" * 40_000, "【已" * 9_000]
)
def test_hostile_text_takes_no_time(text: str) -> None:
    notice(text, text)
