"""Boxes, tables and paragraphs by their shape: what belongs to the article and what stands in it by accident."""

from __future__ import annotations

import pytest

from monitor.read import read_page
from monitor.read.rows import CELL
from monitor.types import Extracted

CHINESE = (
    "国家网信办会同有关部门按照规定，有序开展生成式人工智能服务备案工作，并于近日公布了最新的备案情况。",
    "截至六月底，共有一百余款服务完成备案，提供者应当在显著位置公示所使用服务的备案情况，注明模型名称及备案号。",
    "业内人士认为，备案制度的推进有助于规范行业发展，也让用户在选择服务时有了更清楚的依据，企业的合规意识明显增强。",
)
ENGLISH = (
    "Regulators in Europe published new rules for general purpose models on Tuesday, officials said at a briefing in "
    "Brussels, where they set out a timetable.",
    "The rules require companies to document how their models were trained and to report serious incidents to a new "
    "office within fifteen days of learning of them.",
    "Industry groups welcomed the guidance but warned that the reporting thresholds remain vague. A review is planned "
    "for next year, after the first reports arrive.",
)
LINKS = "<ul>" + "".join(f"<li><a href=/n{i}>第{i}条热门新闻的标题写在这里</a></li>" for i in range(4)) + "</ul>"
ENGLISH_LINKS = "<ul>" + "".join(f"<li><a href=/n{i}>Another headline number {i}</a></li>" for i in range(4)) + "</ul>"
COMMENTS = "".join(
    f"<div><div><a href=/u{i}>网友{i}</a></div><div>说得很好，这件事情早就应该这么办了，希望尽快落实。</div></div>"
    for i in range(1, 5)
)
ENGLISH_COMMENTS = "".join(
    f"<div><a href=/u>user{i}</a><p>I think this is a good thing and should have been done a long time ago.</p></div>"
    for i in range(5)
)

BOXES = {
    "related links": (LINKS, ENGLISH_LINKS),
    "labelled links": (f"<p><b>推荐阅读：</b></p>{LINKS}", f"<h3>Related</h3>{ENGLISH_LINKS}"),
    "interlink": (
        "<p>相关阅读：<a href=/1>另一篇文章的标题</a></p>",
        "<p>Read more: <a href=/1>How it was written</a></p>",
    ),
    "hidden": (
        "<div style='display:none'><p>这是一段被隐藏的文字，读者看不到它，也不应该被收录。</p></div>",
        "<div style='display:none'><p>This is hidden from readers, for machines alone: it must not be taken.</p></div>",
    ),
    "advertisement": ("<div>广告</div>", "<p>Article continues below advertisement</p>"),
    "newsletter": (
        "<p>扫描二维码关注我们</p>",
        "<div class=promo-box><h3>Sign up for the Brief</h3><p>Get the day's top stories in your inbox.</p></div>",
    ),
    "caption": (
        "<figure><img><figcaption>图为会议现场，来源示例网。</figcaption></figure>",
        "<figure><img><figcaption>A speaker in Brussels.</figcaption></figure>",
    ),
    "comments": (f"<div>最新评论</div>{COMMENTS}", f"<h2>Comments</h2>{ENGLISH_COMMENTS}"),
}
BARE = "".join(
    f"<div><div>网友{i}</div><div>说得很好，这件事情早就应该这么办了。</div><div>{i}小时前 回复</div></div>"
    for i in range(1, 5)
)
ENGLISH_BARE = "".join(
    f"<div><p>user{i}</p><p>I think this is a good thing and was long overdue.</p><p>{i} hours ago</p></div>"
    for i in range(2, 6)
)
BOXES["comments without links"] = (BARE, ENGLISH_BARE)


def read(texts: tuple[str, ...], box: str, place: int) -> Extracted:
    parts = [f"<p>{text}</p>" for text in texts]
    parts.insert(place, box)
    title = "国家网信办公布备案情况" if texts is CHINESE else "Europe publishes rules for AI models"
    page = f"<head><meta charset=utf-8><title>{title}</title></head><h1>{title}</h1><div class=x>{''.join(parts)}</div>"
    result = read_page(f"<html>{page}</html>".encode(), "https://news.test/a.html")
    assert isinstance(result, Extracted)
    return result


@pytest.mark.parametrize("texts", [CHINESE, ENGLISH], ids=["zh", "en"])
@pytest.mark.parametrize("boxes", BOXES.values(), ids=BOXES.keys())
def test_box_below_the_text_is_no_part_of_it(boxes: tuple[str, str], texts: tuple[str, ...]) -> None:
    article = read(texts, boxes[texts is ENGLISH], len(texts))
    assert tuple(article.text.split("\n")) == texts


WITHIN = [
    pytest.param(texts, boxes[texts is ENGLISH], id=f"{name}-{'en' if texts is ENGLISH else 'zh'}")
    for name, boxes in BOXES.items()
    for texts in (CHINESE, ENGLISH)
    if not name.startswith("comments") and (name, texts) != ("newsletter", CHINESE)
]


@pytest.mark.parametrize(("texts", "box"), WITHIN)
def test_box_within_the_text_is_no_part_of_it(texts: tuple[str, ...], box: str) -> None:
    assert tuple(read(texts, box, 2).text.split("\n")) == texts


TABLE = "<table><tr><th>模型</th><th>日期</th></tr><tr><td><p>文心一言</p></td><td>8月31日</td></tr></table>"


@pytest.mark.parametrize("wrap", ["{}", "<figure class=wp-block-table>{}</figure>"], ids=["bare", "figure"])
@pytest.mark.parametrize("texts", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_row_of_a_table_is_one_line_and_no_heading(texts: tuple[str, ...], wrap: str) -> None:
    article = read(texts, wrap.format(TABLE), 1)
    assert article.text.split("\n")[1:3] == [f"模型{CELL}日期", f"文心一言{CELL}8月31日"]
    assert article.headings == ()


def test_rows_with_long_cells_are_lines_too() -> None:
    long = "提供者应当依法开展预训练、优化训练等训练数据处理活动，" * 8
    rows = f"<tr><td>第七条</td><td>{long}</td></tr><tr><td>第八条</td><td>{long}</td></tr>"
    assert f"第七条{CELL}{long}" in read(CHINESE, f"<table>{rows}</table>", 1).text.split("\n")


SAME = [
    pytest.param(f"<span style='display:block'>{CHINESE[0]}</span><span style='display: block'>{CHINESE[1]}</span>"),
    pytest.param(f"<pre>{CHINESE[0]}\n\n{CHINESE[1]}</pre>"),
    pytest.param(f"<pre>\n　　{CHINESE[0]}\n　　{CHINESE[1]}\n</pre>"),
    pytest.param(f"{CHINESE[0]}<img src=a>{CHINESE[1]}"),
    pytest.param(f"　　{CHINESE[0]}<br/>&nbsp;&nbsp;{CHINESE[1]}<br/><br/>"),
]


@pytest.mark.parametrize("body", SAME, ids=["display", "blank line", "indent", "image", "break"])
def test_paragraphs_are_parted_however_they_are_marked(body: str) -> None:
    assert read(CHINESE, body, 0).text.split("\n")[:2] == list(CHINESE[:2])


def test_items_of_a_list_are_no_headings() -> None:
    article = read(CHINESE, "<ol><li>文心一言</li><li>通义千问</li></ol>", 1)
    assert article.text.split("\n")[1:3] == ["文心一言", "通义千问"]
    assert article.headings == ()


def test_paragraphs_under_one_misleading_name_are_the_article() -> None:
    parts = "".join(f'<p class="share">{text}</p>' for text in CHINESE[1:])
    assert len(read(CHINESE[:1], parts, 1).text.split("\n")) == 3
