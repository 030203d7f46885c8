"""What sites put between and below the paragraphs of an article leaves it; the paragraphs stay, all of them."""

from __future__ import annotations

import pytest

from monitor.read import read_page
from monitor.types import Extracted, Rejected

TITLE = "地铁十一号线北延段月底试运营"
ZH = (
    "记者从市轨道交通集团获悉，地铁十一号线北延段已完成竣工验收，将于月底起载客试运营。",
    "试运营初期，首班车时间为六时十分，末班车时间为二十二时五十分，高峰时段间隔五分半。",
    "按照规划，到明年底，全市轨道交通运营里程将超过三百公里，日均客流有望突破两百万人次。",
    "运营部副部长表示，大学城站预留了与城际铁路换乘的通道，通车前将作为临时展厅使用。",
)
EN_TITLE = "Council votes to extend tram line to university"
EN = (
    "The council voted on Tuesday to extend the tram line to the university, ending a dispute of six years.",
    "Construction will begin in March and is expected to take two and a half years, according to its papers.",
    '"We have waited a long time for this," said Miriam Okafor, who chairs the transport committee.',
    "Opponents said the route would remove 140 parking spaces and asked for a second consultation.",
)
HEADLINES = (
    "高校录取分数线出炉 速看",
    "城市更新提速 老旧小区改造有新办法",
    "多家银行调整存款利率",
    "股市午评：指数涨跌不一",
)
REMARKS = (
    "顶一个，楼主辛苦了！",
    "我家就在大学城站旁边，总算盼到了，不过间隔还是有点长啊。",
    "路过看看",
    "票价能不能便宜点？",
)
LINKS = "".join(f'<li><a href="/a/{i}">{text}</a></li>' for i, text in enumerate(HEADLINES))


def _paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _page(body: str, title: str = TITLE) -> bytes:
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>".encode()


def _read(body: str, title: str = TITLE) -> Extracted:
    found = read_page(_page(body, title), "https://a.test/2024/x.html")
    assert isinstance(found, Extracted)
    return found


def _lines(body: str, title: str = TITLE) -> tuple[str, ...]:
    return tuple(_read(f"<h1>{title}</h1>{body}", title).text.split("\n"))


INSIDE = {
    "card without links": "<div class=k><div>延伸阅读</div><div>多家银行调整存款利率</div></div>",
    "label and headline as paragraphs": "<p>延伸阅读</p><p>多家银行调整存款利率</p>",
    "card with its own date": "<div><h3>多家银行调整存款利率</h3><p>意味着什么。</p><i>2024-01-02</i></div>",
    "promotion of an app": "<div class=k>「日报」App提供全方位资讯生活服务，立即下载！</div>",
    "call to scan": "<div class=k><p>长按识别二维码，关注“日报”公众号</p></div>",
    "advertisement that asks to read on": "<p>廣告（請繼續閱讀本文）</p>",
    "pictures of a gallery": "<p>↓↓↓</p><p>+10</p><p>点击图片放大</p>",
}


@pytest.mark.parametrize("box", INSIDE.values(), ids=INSIDE.keys())
def test_box_inside_an_article_leaves_every_paragraph(box: str) -> None:
    assert _lines(f"<div>{_paragraphs(ZH[:2])}{box}{_paragraphs(ZH[2:])}</div>") == ZH


ENGLISH_INSIDE = {
    "newsletter": "<div class=n><p>Get the Ledger in your inbox every weekday morning.</p></div>",
    "newsletter that explains itself": "<div><p>The Power newsletter brings you all you need. Sign up here.</p></div>",
    "advertisement": "<div>Advertisement · Scroll to continue</div>",
    "card of an article": "<div><h3>The night train is back</h3><p>What it means.</p><i>March 3, 2022</i></div>",
    "reader-supported": "<div>The Proof is a reader-supported publication. To receive posts, subscribe.</div>",
}


@pytest.mark.parametrize("box", ENGLISH_INSIDE.values(), ids=ENGLISH_INSIDE.keys())
def test_box_inside_an_english_article_leaves_every_paragraph(box: str) -> None:
    assert _lines(f"<div>{_paragraphs(EN[:2])}{box}{_paragraphs(EN[2:])}</div>", EN_TITLE) == EN


def test_article_about_newsletters_keeps_its_paragraphs() -> None:
    story = (
        "The newsletter start-up Dispatch said on Tuesday that it had passed one million paying subscribers.",
        '"Sign up for one and you will read it; sign up for ten and you will not," said its founder, Ann Lee.',
        "Readers who download the app stay twice as long, the company said in a letter to investors.",
        "It plans to spend the money on translation, and on a version of its app for older phones.",
    )
    assert _lines(_paragraphs(story), "Dispatch has a million subscribers") == story


COMMENTS = {
    "user link and time": '<div class=i><a href="/u/{i}">user_{i}</a><p>{text}</p><span>02-22 12:0{i}</span></div>',
    "age and answer": "<div class=i><b>网友{i}</b><p>{text}</p><em>2小时前</em> <span>回复</span></div>",
    "floor": "<li><span>网友{i}</span><p>{text}</p><span>{i} 楼 2024-01-06 11:00 来自 云河</span></li>",
}


@pytest.mark.parametrize("comment", COMMENTS.values(), ids=COMMENTS.keys())
def test_comments_that_outweigh_a_short_article_are_not_its_body(comment: str) -> None:
    listed = "".join(comment.format(i=i % 10, text=text) for i, text in enumerate(REMARKS * 8))
    assert _lines(f"<div>{_paragraphs(ZH[:2])}</div><div>{listed}</div>") == ZH[:2]


def test_comments_below_their_heading_are_cut_whatever_their_length() -> None:
    remarks = "".join(f"<p>网友{i}说，{text}</p>" for i, text in enumerate(REMARKS * 8))
    assert _lines(f"<div>{_paragraphs(ZH[:2])}<h3>全部评论（32）</h3>{remarks}</div>") == ZH[:2]


def test_paragraphs_beside_lists_of_links_are_all_kept() -> None:
    assert _lines(f"<p>2024-01-06</p>{_paragraphs(ZH)}<h3>24小时热文</h3><ul>{LINKS}{LINKS}</ul>") == ZH


def test_linked_headings_of_news_in_brief_are_kept() -> None:
    briefs = "".join(
        f'<h3>{i + 1}、<a href="/{i}">{h}</a></h3><p>{p}</p>'
        for i, (h, p) in enumerate(zip(HEADLINES, ZH, strict=True))
    )
    found = _lines(f"<div>{briefs}</div>", "早报")
    assert found == tuple(
        line for i, (h, p) in enumerate(zip(HEADLINES, ZH, strict=True)) for line in (f"{i + 1}、{h}", p)
    )


RULES = (
    "规定要求，服务提供者应当在显著位置标明内容由人工智能生成，不得删除、篡改、隐匿有关标识。",
    "打开文心一言App，选择“文档问答”，就可以上传自己的文件。",
    "证监会提醒投资者，任何以大模型名义荐股的应用都没有取得证券投资咨询业务资格。",
    "顾客扫码点餐时，商家不得强制要求关注公众号，也不得要求提供与消费无关的信息。",
)


def test_sentences_about_apps_and_generated_content_are_kept() -> None:
    marked = "".join(f'<p class="c{i}">{text}</p>' for i, text in enumerate(RULES))
    assert _lines(f"<div>{_paragraphs(ZH)}{marked}{_paragraphs(ZH[:1])}</div>") == (*ZH, *RULES, ZH[0])


def test_linked_line_between_paragraphs_is_dropped() -> None:
    link = '<p><a href="/1">多家银行调整存款利率</a></p>'
    assert _lines(f"<div>{_paragraphs(ZH[:2])}{link}{_paragraphs(ZH[2:])}</div>") == ZH


APPENDED = {
    "elements with second-order headings": ("<div class=art><h2>{title}</h2><p>2024-01-05 10:00</p>{text}</div>", ""),
    "elements with a title that is no heading": ("<div class=art><div>{title}</div><p>2024-01-05</p>{text}</div>", ""),
    "no elements": ("<h1>{title}</h1><p>日报 2024-01-05 10:00</p>{text}", ""),
}


@pytest.mark.parametrize("layout", [each[0] for each in APPENDED.values()], ids=APPENDED.keys())
def test_articles_appended_below_the_first_are_cut(layout: str) -> None:
    first = layout.format(title=TITLE, text=_paragraphs(ZH[:2]))
    second = layout.format(title="三台机器人爬楼梯，谁先到终点", text=_paragraphs(ZH[2:]))
    assert tuple(_read(f"<div>{first}{second}</div>").text.split("\n")) == ZH[:2]


def test_article_that_stands_twice_on_a_page_is_read_once() -> None:
    assert _lines(f"<div class=pc>{_paragraphs(ZH)}</div><div class=m>{_paragraphs(ZH)}</div>") == ZH


def test_lead_that_only_begins_the_first_paragraph_is_dropped() -> None:
    assert _lines(f"<div><p>{ZH[0][:30]}...</p>{_paragraphs(ZH)}</div>") == ZH


def test_date_below_a_signature_stays_in_a_covering_letter() -> None:
    letter = (
        "各区人民政府，市政府各部门：现将有关措施印发给你们，请认真组织实施。",
        "云河市人民政府办公厅",
        "2023年6月30日",
    )
    assert _lines(_paragraphs((*letter, *ZH)), "关于印发若干措施的通知") == (*letter, *ZH)


def test_deadline_and_contact_of_a_notice_are_kept() -> None:
    notice = (
        "现将《云河市数据条例（草案）》向社会公开征求意见，公众可以通过以下途径提出意见：",
        "意见反馈截止时间为2023年8月1日。",
        "云河市司法局",
        "2023年7月1日",
        "（联系人：张三；联系电话：010-12345678）",
    )
    assert _lines(_paragraphs(notice), "关于征求意见的公告") == notice


def test_short_sentence_below_a_lone_paragraph_is_kept() -> None:
    flash = ("云河市气象台16时50分发布暴雨红色预警信号，预计未来3小时降雨量将达100毫米以上。", "请注意防范。")
    assert _lines(f"<div>{_paragraphs(flash)}</div>", "云河市发布暴雨红色预警") == flash


NOTHING_FOUND = (
    "抱歉，没有找到与“x”相关的内容",
    "查無資料，請重新輸入",
    "Your search for x did not match any documents.",
)


@pytest.mark.parametrize("said", NOTHING_FOUND)
def test_search_without_results_is_no_article(said: str) -> None:
    advice = "建议：检查输入的文字是否有误，或换个关键词试试，也可以缩短关键词后再搜索一次。"
    found = read_page(_page(f"<form><input></form><p>{said}</p><p>{advice}</p>", "搜索"), "https://a.test/s?q=x")
    assert isinstance(found, Rejected)
    assert found.rejected == "not_article"
