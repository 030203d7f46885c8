from __future__ import annotations

import pytest

from monitor.read.clean import clean
from monitor.read.furniture import furniture_rule, squeeze
from monitor.read.lines import Line

PROSE = [f"这是第{i}段正文，它足够长，有标点，也讲了一件完整的事情，读者看得明白它在说什么。" for i in range(6)]


def cleaned(lines: list[str], title: str | None = None) -> list[str]:
    return [line.text for line in clean([Line(text) for text in lines], title).lines]


TAIL = [
    ("上一篇:刚刚,国家金融监督管理总局正式揭牌!释放什么信号?", "previous-next"),
    ("QQ空间 新浪微博 豆瓣网 微信", "share-bar"),
    ("请先来登录吧", "login-box"),
    ("登錄後查看全文", "login-box"),
    ("没有经营者账号?立即注册", "login-box"),
    ("我也说一句", "comment-box"),
    ("关键词：", "keywords"),
    ("【免责声明】本文仅代表作者本人观点，与本站无关。", "statement"),
    ("人 民 網 股 份 有 限 公 司 版 權 所 有 ,未 經 書 面 授 權 禁 止 使 用", "statement"),
    ("京ICP备12345678号-1", "legal"),
    ("扫码关注公众号", "app-plug"),
    ("返回顶部", "buttons"),
    ("相关阅读", "related"),
    ("Share this article", "share-bar"),
    ("Copyright © 2023 Example. All rights reserved.", "statement"),
    ("关于我们 | 广告服务 | 联系我们 | 法律声明", "navigation"),
]


@pytest.mark.parametrize(("line", "rule"), TAIL, ids=[line for line, _ in TAIL])
def test_tail_line_goes_by_its_rule(line: str, rule: str) -> None:
    state = clean([Line(text) for text in [*PROSE, line]])
    assert [line.text for line in state.lines] == PROSE
    assert [(r.rule, r.text) for r in state.removed] == [(rule, line)]


@pytest.mark.parametrize(
    "line", ["当前位置：首页 > 新闻 > 正文", "字号：大 中 小", "（原标题：别的标题）", "分享到：微信 微博"]
)
def test_head_line_goes(line: str) -> None:
    assert cleaned([line, *PROSE]) == PROSE


@pytest.mark.parametrize("line", ["关于版权的讨论还在继续，专家说转载请注明出处只是第一步，更难的是分成。", PROSE[0]])
def test_sentence_in_the_middle_stays(line: str) -> None:
    lines = [*PROSE[:3], line, *PROSE[3:]]
    assert cleaned(lines) == lines


def test_everything_below_three_furniture_lines_goes() -> None:
    below = ["热门评论 7条", "张三说得好，这件事情就应该这么办，大家都同意，没有人反对。", "13小时前"]
    assert cleaned([*PROSE, "点赞", "收藏", "分享", *below]) == PROSE


def test_name_of_another_section_in_the_middle_does_not_cut_the_article() -> None:
    lines = [*PROSE[:2], "相关阅读", *[text + "后文还有很长的一段内容。" for text in PROSE]]
    assert len(cleaned(lines)) >= len(lines) - 1


def test_echo_of_the_title_goes_wherever_it_stands() -> None:
    assert cleaned(["某某标题", PROSE[0], "某某 标题", PROSE[1]], "某某标题") == PROSE[:2]


def test_number_is_joined_to_its_heading() -> None:
    assert cleaned([PROSE[0], "02", "商业场景“分流”", PROSE[1]])[1] == "02 商业场景“分流”"


def test_number_above_prose_stays_alone() -> None:
    assert cleaned([PROSE[0], "02", PROSE[1]]) == [PROSE[0], "02", PROSE[1]]


def test_abstract_becomes_the_deck() -> None:
    state = clean([Line(text) for text in ["摘要：本文讲了三件事。", *PROSE]])
    assert state.deck == ["本文讲了三件事。"]
    assert [line.text for line in state.lines] == PROSE


def test_editors_of_the_last_line_are_learned() -> None:
    state = clean([Line(text) for text in [*PROSE, "编辑：张三 校对：李四", "（综合新华社、央视新闻报道）"]])
    assert state.credits.editors == ("张三", "李四")
    assert [line.text for line in state.lines] == PROSE


def test_date_of_a_comment_is_not_learned() -> None:
    state = clean([Line(text) for text in [*PROSE, "热门评论", "真好。", "13小时前"]])
    assert state.credits.dates == ()


CAPTIONS = [
    "姚明场边支招周琦。视频截图",
    "图为会议现场。张三 摄",
    "资料图：市民在寒冷天气中出行。中新社记者 贾天勇 摄",
    "共享充电宝。视觉中国 资料",
    "▲图片来自视频截图。",
    "AP Photo/Jane Doe",
    "A robot on a stage. (Jane Doe/Getty Images)",
]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_caption_with_its_credit_goes_from_the_middle(caption: str) -> None:
    state = clean([Line(text) for text in [*PROSE[:3], caption, *PROSE[3:]]])
    assert [line.text for line in state.lines] == PROSE
    assert [(r.text, r.above) for r in state.removed] == [(caption, 3)]


KEPT = [
    "国家互联网信息办公室",
    "2023年7月10日",
    "（此件公开发布）",
    "联系人：张三 电话：010-12345678",
    "附件：1.备案信息表",
    "记者：您怎么看？",
    "公司推出扫码支付服务，用户可以识别真伪。",
    "The rules apply from next year, she said.",
]


@pytest.mark.parametrize("line", KEPT)
def test_last_line_that_belongs_to_the_text_stays(line: str) -> None:
    assert cleaned([*PROSE, line]) == [*PROSE, line]


def test_stray_words_among_furniture_go_with_it() -> None:
    state = clean([Line(text) for text in [*PROSE, "分享到：", "示例客户端", "点赞", "返回顶部"]])
    assert [line.text for line in state.lines] == PROSE
    assert [r.rule for r in state.removed if r.text == "示例客户端"] == ["among-furniture"]


def test_text_that_reads_like_a_statement_stays_where_it_is_all_there_is() -> None:
    text = (
        "郑重声明：近日，有不法分子冒用本公司名义从事非法活动，本公司从未授权任何机构开展此类业务，请广大用户提高警惕。"
    )
    assert cleaned([text]) == [text]


def test_removed_lines_know_how_many_kept_lines_stand_above() -> None:
    lines = ["分享到：微信", PROSE[0], "某某标题", *PROSE[1:], "责任编辑：张三", "返回顶部"]
    state = clean([Line(text) for text in lines], "某某标题")
    assert [(r.text, r.above) for r in state.removed] == [
        ("分享到：微信", 0),
        ("某某标题", 1),
        ("责任编辑：张三", len(PROSE)),
        ("返回顶部", len(PROSE)),
    ]


def test_every_removal_is_recorded_and_nothing_is_changed() -> None:
    lines = ["某某标题", "2023-05-17 10:00", *PROSE, "责任编辑：张三", "分享到：微信"]
    state = clean([Line(text) for text in lines], "某某标题")
    assert sorted([line.text for line in state.lines] + [line.text for line in state.removed]) == sorted(lines)


def test_squeeze_sees_through_width_script_and_spaces() -> None:
    assert squeeze("版 權 所 有　ＡＢＣ") == "版权所有abc"


def test_long_line_is_never_furniture() -> None:
    assert furniture_rule("声明：" + "很长的一段话。" * 100, "tail") is None
