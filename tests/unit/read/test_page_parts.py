"""Titles, bodies and facts of pages: the classes of failure that extractors are known for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.read import read_page
from monitor.read.survey import parse, survey
from monitor.types import Extracted, Hints
from storage.records import Published

URL = "https://news.test/x.html"
FETCHED_AT = datetime(2023, 9, 1, tzinfo=UTC)
PROSE = "".join(f"<p>这是第{i}段正文，里面有足够多的字来说明一件事情，并且有标点，读者看得明白。</p>" for i in range(5))


def read(body: str, head: str = "", url: str = URL, hints: Hints | None = None) -> Extracted:
    page = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    result = read_page(page.encode(), url, hints=hints or Hints(), fetched_at=FETCHED_AT)
    assert isinstance(result, Extracted)
    return result


TITLES = [
    *(
        pytest.param(f"<title>{window}</title>", "", title, id=window)
        for window, title in (
            ("国务院发布AI新规—新华网", "国务院发布AI新规"),
            ("国务院发布AI新规--时政--人民网", "国务院发布AI新规"),
            ("国务院发布AI新规-中共中央网络安全和信息化委员会办公室", "国务院发布AI新规"),
            ("国务院发布AI新规|人工智能|新浪科技_新浪网", "国务院发布AI新规"),
            ("大模型之战——谁能赢到最后-某某网", "大模型之战——谁能赢到最后"),
            ("某某网 - 正题在这里写着呢", "正题在这里写着呢"),
            ("EU agrees AI Act - The Verge", "EU agrees AI Act"),
            ("EU agrees AI Act | Artificial intelligence (AI) | The Guardian", "EU agrees AI Act"),
            ("How GPT-4 – and its rivals – changed work", "How GPT-4 – and its rivals – changed work"),
            ("某公司 A&amp;B 发布 &lt;T5&gt; 模型 - IT之家", "某公司 A&B 发布 <T5> 模型"),
            ("某某网", None),
        )
    ),
    pytest.param(
        '<meta property="og:title" content="甲回应"算力不足""><title>示例网</title>',
        '<h1>甲回应"算力不足"</h1>',
        '甲回应"算力不足"',
        id="quotes that end the attribute",
    ),
    pytest.param(
        "<title>正题在这里写着呢 副题接着写-某某网</title>",
        "<h1>正题在这里写着呢<br>副题接着写</h1>",
        "正题在这里写着呢 副题接着写",
        id="heading of two lines",
    ),
    pytest.param(
        "<title>某某市人民政府</title>",
        "<div>正题在这里写着呢</div><div>发布时间：2023-07-02 来源：市府办</div>",
        "正题在这里写着呢",
        id="name of an institution",
    ),
    pytest.param(
        "<title>正确的文章标题在此_示例网</title>", "<h1>正确的文章标题在此</h1>", "正确的文章标题在此", id="heading"
    ),
    pytest.param("<title>正确的文章标题在此_科技频道_示例网</title>", "", "正确的文章标题在此", id="two suffixes"),
    pytest.param("<title>正确的文章标题在此-新华网</title>", "", "正确的文章标题在此", id="bare hyphen"),
    pytest.param("<title>GPT-4 发布：能力全面提升</title>", "", "GPT-4 发布：能力全面提升", id="hyphen inside"),
    pytest.param(
        "<title>正确的文章标题在此</title>",
        "<h2>一篇相关文章的标题写在前面</h2><div>正确的文章标题在此</div>",
        "正确的文章标题在此",
        id="heading of a related article",
    ),
    pytest.param('<title>甲说"乙不对"丙沉默_示例网</title>', "", '甲说"乙不对"丙沉默', id="quotes inside"),
    pytest.param(
        '<meta property="og:title" content="完整的标题写在这里">',
        "<h1>示例网</h1>",
        "完整的标题写在这里",
        id="og:title",
    ),
    pytest.param(
        "<title>新闻动态-示例学会官网</title>",
        "<h3>真正的标题在第三级标题里</h3>",
        "真正的标题在第三级标题里",
        id="name of a section",
    ),
    *(
        pytest.param(f"<title>{window}</title>", "<h1>网信办部署开展备案核查</h1>", "网信办部署开展备案核查", id=window)
        for window in (
            "新闻频道",
            "某某日报",
            "头条",
            "科技频道-某某网",
            "某某网_权威新闻门户",
            "网信办部署核查_某某网",
        )
    ),
    pytest.param(
        "<title>网信办部署开展生成式人工智能备案核查工作最新消息</title>",
        "<h1>网信办开展人工智能备案核查</h1>",
        "网信办开展人工智能备案核查",
        id="the window says the same at length",
    ),
    pytest.param(
        "<title>正确的文章标题在此_示例网</title>",
        "<h1>每周科技观察</h1>",
        "正确的文章标题在此",
        id="heading of a column",
    ),
    pytest.param(
        "<title>新闻频道</title>",
        "<header><h1>某某日报网</h1></header><h1>网信办部署开展备案核查</h1>",
        "网信办部署开展备案核查",
        id="heading of the site above that of the article",
    ),
    pytest.param(
        "<title>正确的文章标题在此_示例网</title>",
        '<h1><a href="/2">另一篇相关文章的标题比本文的标题长得多</a></h1>',
        "正确的文章标题在此",
        id="linked heading of a related article",
    ),
    pytest.param(
        '<title>某某日报</title><meta property="og:title" content="声明的标题在这里">',
        "<h1>完全不同的一个大标题写在页面上</h1>",
        "声明的标题在这里",
        id="declared title before the heading",
    ),
    pytest.param("", "", None, id="none"),
]


@pytest.mark.parametrize(("head", "above", "title"), TITLES)
def test_title_is_the_articles_own(head: str, above: str, title: str | None) -> None:
    assert read(above + PROSE, head).title == title


def test_feed_title_serves_where_the_page_has_none() -> None:
    assert read(PROSE, hints=Hints(title="来自订阅的标题")).title == "来自订阅的标题"


DATES = [
    pytest.param('<script>var ct = "1688257800";</script>', "", "2023-07-02T08:30:00+08:00", "script", id="script"),
    pytest.param(
        '<script type="application/ld+json">{"@type":"NewsArticle",'
        '"datePublished":"2023-07-02T08:30:00+08:00"}</script>'
        '<meta name="publishdate" content="2023-06-01">',
        "", "2023-07-02T08:30:00+08:00", "json-ld", id="json-ld before meta",
    ),
    pytest.param('<meta name="PubDate" content="2023-07-02">', "<p>2023-07-01</p>", "2023-07-02", "meta", id="meta"),
    pytest.param(
        '<meta name="publishdate" content="2023-07-02">', "<p>2023-07-02 08:30</p>", "2023-07-02T08:30+08:00", "byline",
        id="the byline knows the time of the meta day",
    ),
    pytest.param("", "<div>2023年7月2日 08:30 来源：示例报</div>", "2023-07-02T08:30+08:00", "byline", id="byline"),
    pytest.param('<meta name="publishdate" content="2099-01-01">', "<p>昨天 10:00</p>", "2023-08-31T10:00+08:00",
                 "byline",
                 id="a date to come is not believed"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "above", "value", "origin"), DATES)
def test_date_is_believed_in_order(head: str, above: str, value: str, origin: str) -> None:
    article = read(f"<h1>文章的标题在这里</h1>{above}{PROSE}", head)
    assert (article.published_at, article.published_origin) == (value, origin)


def test_address_then_feed_give_the_date_last() -> None:
    hint = Hints(published=Published(value="2023-07-05", precision="day", origin="feed"))
    assert read(PROSE, url="https://news.test/2023/0702/c1.html", hints=hint).published_origin == "url"
    assert read(PROSE, hints=hint).published_at == "2023-07-05"


def test_day_in_the_body_never_becomes_the_date() -> None:
    assert read(PROSE + "<p>2023年7月2日，大会开幕，来自各地的代表出席了会议并发言。</p>").published_at is None


def test_author_is_not_the_editor_nor_the_site() -> None:
    head = '<meta property="og:site_name" content="示例网"><meta name="author" content="示例网">'
    article = read(f"<h1>文章的标题在这里</h1>{PROSE}<p>责任编辑：李四</p>", head)
    assert (article.authors, article.editors, article.publisher) == ((), ("李四",), "示例网")


def test_account_of_a_platform_is_the_author() -> None:
    body = f'<h1>文章的标题在这里</h1><p class="author-name">八卦大相公</p><p>发布时间：08-14 17:58</p>{PROSE}'
    article = read(body, url="https://baijiahao.baidu.com/s?id=1")
    assert (article.authors, article.publisher) == (("八卦大相公",), "百家号")
    assert article.published_at == "2023-08-14T17:58+08:00"


def test_wechat_page_gives_account_date_and_hidden_text() -> None:
    head = '<script>var ct = "1688257800"; var nickname = "示例公众号"; var msg_title = "微信文章的标题";</script>'
    body = f'<div class="rich_media"><div id="js_content" style="visibility: hidden;">{PROSE}</div></div>'
    article = read(body, head, url="https://mp.weixin.qq.com/s/abc")
    assert (article.title, article.publisher) == ("微信文章的标题", "示例公众号")
    assert article.published_origin == "script"
    assert len(article.text.split("\n")) == 5


LAYOUTS = [
    pytest.param(f'<div id="js_content">{PROSE}</div>', id="wechat"),
    pytest.param(f'<div class="post_body">{PROSE}</div>', id="163"),
    pytest.param(f'<div id="artibody">{PROSE}</div>', id="sina"),
    pytest.param(f'<div class="rm_txt_con">{PROSE}</div>', id="people"),
    pytest.param(f'<span id="detailContent">{PROSE}</span>', id="xinhua"),
    pytest.param(f'<div id="UCAP-CONTENT">{PROSE}</div>', id="gov"),
    pytest.param(f'<div class="unknown"><div>{PROSE}</div></div>', id="unknown"),
    pytest.param(f"<table><tr><td>{PROSE}</td></tr></table>", id="table"),
    pytest.param(PROSE.replace("<p>", "").replace("</p>", "<br><br>"), id="line breaks"),
    pytest.param(PROSE.replace("<p>", "<div>").replace("</p>", "</div>"), id="divs"),
    pytest.param(f'<form><div class="content">{PROSE}</div></form>', id="page within a form"),
    pytest.param(f'<div class="comment-wrap">{PROSE}</div>', id="misleading class"),
]
AROUND = (
    '<div class="nav"><ul>' + "".join(f'<li><a href="/{i}">频道{i}</a></li>' for i in range(9)) + "</ul></div>",
    '<div class="hot"><h2>热门文章</h2><ul>'
    + "".join(f'<li><a href="/{i}">另一篇文章的标题第{i}号写在这里</a></li>' for i in range(9))
    + "</ul></div><p>Copyright © 示例网 版权所有</p>",
)


@pytest.mark.parametrize("body", LAYOUTS)
def test_body_is_all_paragraphs_and_nothing_else(body: str) -> None:
    article = read(f"{AROUND[0]}<h1>文章的标题在这里</h1>{body}{AROUND[1]}", "<title>文章的标题在这里_示例网</title>")
    lines = article.text.split("\n")
    assert len(lines) == 5
    assert all(line.startswith("这是第") for line in lines)


def test_rows_of_a_data_table_are_lines() -> None:
    table = "<table><tr><th>模型</th><th>日期</th></tr><tr><td><p>文心一言</p></td><td>8月31日</td></tr></table>"
    assert "文心一言 | 8月31日" in read(PROSE + table + PROSE).text.split("\n")


def test_inline_markup_does_not_break_a_sentence() -> None:
    body = PROSE + "<p>百度的<strong>文心</strong><a href='/x'>一言</a>\n  已经上线，大家可以去试用一下。</p>"
    assert "百度的文心一言已经上线，大家可以去试用一下。" in read(body).text


def test_english_page_is_read() -> None:
    text = "<p>Regulators in Europe published new rules for general purpose models on Tuesday, officials said.</p>" * 5
    body = f"<article><h1>Europe publishes rules for AI models</h1><p>By Jane Doe</p>{text}</article>"
    article = read(
        body, '<title>Europe publishes rules for AI models | Example</title><meta name="author" content="Jane Doe">'
    )
    assert (article.title, article.authors) == ("Europe publishes rules for AI models", ("Jane Doe",))
    assert (article.language, article.script) == ("en", "Latn")


def test_deep_nesting_is_survived() -> None:
    assert len(read("<div>" * 1500 + PROSE).text.split("\n")) == 5
    read_page(("<div>" * 50_000 + PROSE).encode(), URL)


FURNITURE = [
    ("网友评论仅供网友表达个人看法，并不表明本网站立场", "comment-box"),
    ("【免责声明】本文仅代表作者本人观点，与本站无关。", "statement"),
    ("阅读 1234 次 点赞 56", "credit"),
]
PLACES = [
    pytest.param("<div class=article>{prose}{lines}</div>", "p", id="in the body"),
    pytest.param("<div class=article>{prose}</div>{lines}", "div", id="right below the body"),
    pytest.param("<div class=article>{prose}{lines}</div>", "div class=disclaimer", id="in a furniture element"),
]


@pytest.mark.parametrize(("shape", "tag"), PLACES)
def test_furniture_of_the_body_is_recorded(shape: str, tag: str) -> None:
    lines = "".join(f"<{tag}>{text}</{tag.split()[0]}>" for text, _ in FURNITURE)
    article = read("<h1>文章的标题在这里</h1>" + shape.format(prose=PROSE, lines=lines))
    assert len(article.text.split("\n")) == 5
    assert {(line.text, line.rule) for line in article.removed} >= set(FURNITURE)


def test_byline_above_the_body_is_recorded_and_the_title_is_not() -> None:
    byline = "2023-07-02 来源：某某报 作者：王小明"
    article = read(f"<h1>文章的标题在这里</h1><div>{byline}</div><div class=article>{PROSE}</div>")
    assert [(line.text, line.rule) for line in article.removed] == [(byline, "credit")]


ENGLISH = "<p>Regulators in Europe published new rules for general purpose models on Tuesday, officials said.</p>" * 6


BYLINES = [
    "By Jane Roe and John Doe",
    "By <a href=/j>Jane Roe</a> and <a href=/d>John Doe</a>",
    "<a href=/j>Jane Roe</a> and <a href=/d>John Doe</a>",
]


@pytest.mark.parametrize("byline", BYLINES, ids=["text", "links", "links without a label"])
@pytest.mark.parametrize("tag", ["p", "div", "span"])
@pytest.mark.parametrize("shape", ["<article>{0}{1}</article>", "{0}<div>{1}</div>"], ids=["inside", "outside"])
def test_english_byline_names_its_authors(tag: str, shape: str, byline: str) -> None:
    above = f"<h1>Europe publishes rules for AI models</h1><{tag} class=byline>{byline}</{tag}>"
    article = read(shape.format(above, ENGLISH), "<title>Europe publishes rules for AI models</title>")
    assert article.authors == ("Jane Roe", "John Doe")


@pytest.mark.parametrize("below", ["", "<p>Jane Roe is a reporter in London.</p>"], ids=["last", "above a note"])
def test_invitation_to_a_newsletter_is_no_part_of_the_body(below: str) -> None:
    plug = "Sign up for our newsletter to get the latest news about artificial intelligence delivered to your inbox."
    article = read(f"<article><h1>Europe publishes rules</h1>{ENGLISH}<p>{plug}</p>{below}</article>")
    assert "newsletter" not in article.text
    assert plug in [line.text for line in article.removed]


TITLED = "<h1>文章的标题在这里</h1>"
DECLARED = [
    pytest.param(
        '<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2023-01-01"},'
        '{"@type":"NewsArticle","headline":"别的文章","url":"https://news.test/y.html","datePublished":"2023-06-01"},'
        '{"@type":"NewsArticle","headline":"文章的标题在这里","url":"https://news.test/x.html",'
        '"datePublished":"2023-07-02T08:30:00Z","dateModified":"2023-07-03T08:30:00Z",'
        '"author":{"@id":"#1"}},{"@id":"#1","@type":"Person","name":"张三"}]}</script>',
        ("2023-07-02T08:30:00+00:00", "json-ld", "2023-07-03T08:30:00+00:00", ("张三",)),
        id="the node of this page, its author by reference",
    ),
    pytest.param(
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"甲说"乙"",'
        '"datePublished":"2023-07-02T08:30:00+08:00","author":{"@type":"Person","name":"张三"},}</script>',
        ("2023-07-02T08:30:00+08:00", "json-ld", None, ("张三",)),
        id="broken JSON",
    ),
    pytest.param(
        '<script>var publish_time = "2023-07-02 08:30:15";</script><meta name="publishdate" content="2023-07-01">',
        ("2023-07-02T08:30:15+08:00", "script", None, ()),
        id="variable",
    ),
    pytest.param(
        '<script id="__NEXT_DATA__" type="application/json">{"hot":[{"title":"别的","publishTime":"2023-05-05 05:05"}],'
        f'"pad":"{"x" * 4000}","article":{{"title":"文章的标题在这里","publishTime":"2023-07-02 08:30"}}}}</script>',
        ("2023-07-02T08:30+08:00", "script", None, ()),
        id="state beside the title",
    ),
    pytest.param(
        '<meta property="article:published_time" content="2023-07-02T08:30:00+08:00">'
        '<meta property="article:modified_time" content="2023-07-01T08:30:00+08:00">',
        ("2023-07-02T08:30:00+08:00", "meta", None, ()),
        id="a change before the publication is none",
    ),
    pytest.param(
        '<meta name="x-publish-date" content="2023-07-02"><meta name="lastmodifiedtime" content="2023-07-02 10:00">',
        ("2023-07-02", "meta", "2023-07-02T10:00+08:00", ()),
        id="unknown name that says what it is",
    ),
    pytest.param('<meta name="pubdate" content="2023-07">', ("2023-07", "meta", None, ()), id="month"),
]


@pytest.mark.parametrize(("head", "expected"), DECLARED)
def test_declarations_are_read(head: str, expected: tuple[str, str, str | None, tuple[str, ...]]) -> None:
    article = read(TITLED + PROSE, f"<title>文章的标题在这里_示例网</title>{head}")
    modified = article.modified.value if article.modified else None
    assert (article.published_at, article.published_origin, modified, article.authors) == expected


BYLINES = [
    pytest.param(
        "<p>成文日期：2023年7月1日</p><p>发布日期：2023年7月2日</p>", ("2023-07-02", None), id="posted, not made"
    ),
    pytest.param(
        "<p>发布时间：2023-07-02 08:30 更新时间：2023-07-02 09:00</p>",
        ("2023-07-02T08:30+08:00", "2023-07-02T09:00+08:00"),
        id="posted and changed",
    ),
    pytest.param("<p>更新时间：2023-07-02 09:00</p>", ("2023-07-02T09:00+08:00", None), id="only changed"),
    pytest.param("<p>截至2023年7月2日</p>", (None, None), id="a term"),
    pytest.param("<p>Copyright 2019-2023 示例网</p>", (None, None), id="a copyright"),
    pytest.param('<span class="pub-time">2023-07-02 09:00 显示</span>', ("2023-07-02T09:00+08:00", None), id="class"),
]


@pytest.mark.parametrize(("above", "expected"), BYLINES)
def test_byline_tells_publication_from_change(above: str, expected: tuple[str | None, str | None]) -> None:
    article = read(f"{TITLED}{above}{PROSE}")
    modified = article.modified.value if article.modified and expected[1] else None
    assert (article.published_at, modified) == expected


def test_site_and_institution_are_no_authors() -> None:
    english = "<p>Regulators in Europe published new rules for general purpose models on Tuesday, they said.</p>" * 5
    head = '<meta name="author" content="Example News, Berlin, Germany">'
    assert read(f"<h1>Europe publishes rules</h1>{english}", head).authors == ()
    assert read(TITLED + PROSE, '<meta name="author" content="某某日报社">').authors == ()


def test_link_to_the_author_names_him_where_nothing_else_does() -> None:
    english = "<p>Regulators in Europe published new rules for general purpose models on Tuesday, they said.</p>" * 5
    body = f'<h1>Europe publishes rules</h1>{english}<a rel="author" href="/u/1">View all posts by Jane Doe</a>'
    assert read(body).authors == ("Jane Doe",)


def test_page_names_its_true_address_and_its_next_page() -> None:
    head = '<link rel="canonical" href="https://www.news.test/a/123456.html">'
    article = read(
        f'{TITLED}{PROSE}<div><a href="123456_2.html">下一页</a></div>', head, url="https://m.news.test/a/123456.html"
    )
    assert article.canonical_url == "https://www.news.test/a/123456.html"
    assert article.next_page == "https://m.news.test/a/123456_2.html"
    assert "下一页" not in article.text


BOXES = [
    ("<div>2023-07-02 08:30</div><div>新京报</div><div>记者 张三 编辑 李四</div>", "新京报", ("张三",), ("李四",)),
    ("<div>IT之家</div><div>2023-07-02 08:30</div><div>文/张三</div>", "IT之家", ("张三",), ()),
    ("<div>张三/中国青年报</div><div>2023-07-02 08:30</div>", "中国青年报", ("张三",), ()),
    ("<div>张三 · 2023-07-02 08:30 · 关注</div>", None, ("张三",), ()),
    ("<div>金融界 2023-07-02 08:30</div>", "金融界", (), ()),
    ("<div>2023-07-02 08:30 · 来自北京</div>", None, (), ()),
    ("<div>本报记者 张三 《人民日报》（2023年07月02日 第 01 版）</div>", "人民日报", ("张三",), ()),
    (
        "<table><tr><td>发文机关：</td><td>国家网信办</td><td>发布日期：</td><td>2023-07-02</td></tr></table>",
        None,
        (),
        (),
    ),
]


@pytest.mark.parametrize(("box", "source", "authors", "editors"), BOXES)
def test_box_above_the_body_is_read_without_labels_too(
    box: str, source: str | None, authors: tuple[str, ...], editors: tuple[str, ...]
) -> None:
    article = read(f"{TITLED}{box}{PROSE}")
    assert (article.source, article.authors, article.editors) == (source, authors, editors)
    assert article.published_at is not None
    assert article.published_at.startswith("2023-07-02")


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><title>t</title><article><h1>t</h1><p>{}</p></article>",
        "<title>t</title><main><p>{}</p></main>",
        "<meta charset=utf-8><section><p>{}</p></section><p>",
        "<p>{}</p>",
    ],
)
def test_page_without_body_tag_has_a_body(page: str) -> None:
    tree = parse(page.format("正文" * 20))
    assert tree is not None
    assert [block.text for block in survey(tree).blocks if block.kind == "p"][:1] == ["正文" * 20]
