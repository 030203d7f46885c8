"""Sentences of an author's own that are worded like furniture stay; furniture that is worded like them goes."""

from __future__ import annotations

import pytest

from monitor.read import read_page
from monitor.read.furniture import furniture_rule
from monitor.types import Extracted

CHINESE = (
    "河港市昨日召开会议，讨论了明年的十项民生工程，其中六项与水有关。",
    "会议要求，各部门在年底前拿出方案，明年三月前开工。",
    "与会代表提出了四十多条意见，多数被采纳。",
)
ENGLISH = (
    "The council met on Tuesday to discuss ten works for the coming year.",
    "Six of them concern the river, which flooded twice last spring.",
    "Members made forty proposals, and most of them were adopted.",
)


def _page(body: str, language: str) -> Extracted:
    head = "<head><meta charset=utf-8><title>Ten works 十项工程</title></head>"
    html = f"<html lang={language}>{head}<body>{body}</body></html>"
    found = read_page(html.encode(), "https://a.test/x/1.html")
    assert isinstance(found, Extracted), found
    return found


def _lines(sentences: tuple[str, ...], language: str, below: str = "") -> list[str]:
    paragraphs = "".join(f"<p>{text}</p>" for text in sentences)
    body = f"<h1>Ten works 十项工程</h1><p>2024-06-05</p>{paragraphs}{below}"
    return _page(f"<div>{body}</div>", language).text.split("\n")


@pytest.mark.parametrize(
    "last",
    [
        "用户需要先下载官方App才能完成申报。",
        "欢迎关注明天的发布会。",
        "关注河港文旅微信公众号的市民可提前预约。",
        "这家公司的版权归母公司所有，与创始人无关。",
        "版权所有者在法庭外表示欢迎。",
        "如有异议，可在公示期内向学校反映。",
        "请将材料发送至邮箱 abc@harbor.test，异议须书面提出。",
        "特别提示：明天部分地铁站将关闭，请提前安排出行。",
        "下一条河在哪里，没有人知道。",
        "市场有风险，但更大的风险是什么都不做，他补充说。",
        "据介绍，未经许可的无人机不得在机场附近飞行，违者必究。",
        "第九条 未经用户同意，不得使用其个人信息。",
        "3人参与了救援。",
        "来自上游的泥沙堵塞了航道，淤积了两年。",
    ],
)
def test_chinese_sentence_worded_like_furniture_stays_last(last: str) -> None:
    assert _lines((*CHINESE, last), "zh", "<p>责任编辑：王五</p>") == [*CHINESE, last]


@pytest.mark.parametrize(
    "last",
    [
        "By Friday the water was gone.",
        "Share prices fell.",
        "Share on the exchange fell 4 percent.",
        "Copyright law has not kept up.",
        "Click here to see the future, the poster promised.",
        "Sign up for classes at the town hall before Friday.",
        "Previous attempts to dredge the harbor failed.",
        "By providing free meals, the school doubled attendance.",
        "Read more: that is what the critics want him to do.",
        "The views expressed by the residents were not recorded.",
        "We use cookies as bait, the fisherman said.",
    ],
)
def test_english_sentence_worded_like_furniture_stays_last(last: str) -> None:
    assert _lines((*ENGLISH, last), "en") == [*ENGLISH, last]


@pytest.mark.parametrize(
    "last",
    [
        "投资有风险，入市需谨慎。",
        "下载河港新闻App，看更多精彩内容。",
        "版权归作者所有，转载请注明出处。",
        "如有侵权，请联系我们删除。",
        "未经授权，禁止转载。",
        "风险提示：以上内容不构成投资建议。",
        "下一篇：十项工程开工",
        "欢迎关注河港日报微信公众号，获取最新的资讯",
    ],
)
def test_statement_of_the_site_goes(last: str) -> None:
    assert _lines((*CHINESE, last), "zh") == list(CHINESE)


@pytest.mark.parametrize("heading", ["评论", "回复", "最新消息", "相关解读", "要闻", "更多内容"])
def test_heading_worded_like_a_label_stays_above_its_paragraph(heading: str) -> None:
    head, body = f"<h3>{heading}</h3>", CHINESE[0] + CHINESE[1]
    found = _page(f"<h1>十项工程</h1><p>{body}</p>{head}<p>{CHINESE[2]}</p><p>{CHINESE[1]}</p>", "zh")
    assert found.text.split("\n") == [body, heading, CHINESE[2], CHINESE[1]]


def test_headings_that_are_lost_elsewhere_are_kept_beside_a_table() -> None:
    rows = "".join(f"<tr><td>{part}</td><td>{value}</td></tr>" for part, value in (("Mass", "1 kg"), ("Price", "$9")))
    first, second, third = (f"<p>{text}</p>" for text in ENGLISH)
    figures = f"<h2>Figures</h2><table><tr><th>Part</th><th>Value</th></tr>{rows}</table>"
    found = _page(f"<h1>Ten works</h1>{first}{figures}{second}<h2>Verdict</h2>{third}", "en")
    assert {"Figures", "Verdict"} <= set(found.text.split("\n"))


def test_poem_of_short_lines_is_an_article() -> None:
    verses = ["渡口", "船在雾里", "桨在手里", "我在岸上", "等一个人", "等一封信", "等一场雪落下来"]
    found = _page(f"<h1>Ten works 十项工程</h1><p>作者：林晚 2024-01-15</p><p>{'<br>'.join(verses)}</p>", "zh")
    assert found.text.split("\n") == verses
    assert found.authors == ("林晚",)


def test_day_on_which_a_rule_was_passed_is_text_and_no_date() -> None:
    passed = "（2024年5月20日市政府第8次常务会议通过）"
    found = _page(f"<h1>Ten works 十项工程</h1><p>{passed}</p>{''.join(f'<p>{text}</p>' for text in CHINESE)}", "zh")
    assert found.text.startswith(passed)
    assert (found.source, found.published_at) == (None, None)


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Reviewed by Tom Reed · 2 May 2024", ("Tom Reed",)),
        ("Interview by Tess Boyd · Jan 9, 2024 · 4 min read", ("Tess Boyd",)),
        ("By Dr. Mia Stone and Ben Ortiz", ("Dr. Mia Stone", "Ben Ortiz")),
    ],
)
def test_byline_names_its_persons(byline: str, authors: tuple[str, ...]) -> None:
    body = "".join(f"<p>{text}</p>" for text in ENGLISH)
    found = _page(f"<article><h1>Ten works</h1><p>{byline}</p>{body}</article>", "en")
    assert found.authors == authors
    assert found.text.split("\n") == list(ENGLISH)


def test_comments_below_give_no_author() -> None:
    comments = "<section><h2>Comments (2)</h2><div><b>bob</b><p>Who pays?</p><span>3 hours ago</span></div></section>"
    body = "".join(f"<p>{text}</p>" for text in ENGLISH)
    found = _page(f"<article><h1>Ten works</h1><p>By Jo Field</p>{body}</article>{comments}<p>By Al Kidd</p>", "en")
    assert found.authors == ("Jo Field",)
    assert found.text.split("\n") == list(ENGLISH)


def test_entries_of_a_chronicle_are_text_and_name_no_source() -> None:
    entries = ["1911年10月10日 武昌起义", "1949年10月1日 开国大典", "1978年12月18日 会议开幕"]
    body = "".join(f"<p>{text}</p>" for text in (*entries, *CHINESE))
    found = _page(f"<div><h1>Ten works 十项工程</h1>{body}</div>", "zh")
    assert found.text.split("\n") == [*entries, *CHINESE]
    assert found.source is None


@pytest.mark.parametrize(
    "first", ["March 5, 2024, was cold.", "By Monday, Paris was calm.", "By Tuesday, all had gone."]
)
def test_short_english_sentence_with_a_day_stays_first(first: str) -> None:
    assert _lines((first, *ENGLISH), "en") == [first, *ENGLISH]


@pytest.mark.parametrize("line", ["This article was published on March 5, 2024.", "By April May"])
def test_line_of_publication_is_no_text(line: str) -> None:
    assert _lines((line, *ENGLISH), "en") == list(ENGLISH)


@pytest.mark.parametrize(
    "line",
    [
        "訂閱《早安世界》",
        "非經授權，不得轉載",
        "手机查看财经快讯",
        "＊＊＊＊",
        "线索投递",
        "Continue Reading",
        "Get local news delivered to your inbox!",
        "关闭窗口",
    ],
)
def test_line_of_the_site_alone_below_the_text_leaves(line: str) -> None:
    assert furniture_rule(line, "tail") is not None


@pytest.mark.parametrize(
    "line",
    [
        "关闭窗口之后，房间里渐渐暖和起来。",
        "他习惯用手机看小说，一看就是半夜。",
        "Get the news first and the facts later, he said.",
        "非经允许，村里没有人敢动那片林子。",
    ],
)
def test_sentence_that_begins_like_furniture_stays(line: str) -> None:
    assert furniture_rule(line, "any") is None
