"""Synthetic pages for ``bench.extraction``: the seed articles in the layouts of well-known kinds of sites.

Each page comes with what a perfect reader finds on it. Dates, bylines, lists and comments are invented; they are
chosen by a counter, so every run makes the same pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from tests.site.stories import STORIES, Story

__all__ = ["Page", "pages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page and its article. ``published`` is as precise as the page."""

    layout: str
    url: str
    body: bytes
    title: str
    text: str
    published: str
    authors: tuple[str, ...]
    source: str


HEADLINES = (
    "多地发布高温预警 这些防暑知识要记牢",
    "暑期出游升温 热门景区如何避开人流",
    "新能源汽车下乡活动启动 首批车型公布",
    "城市更新提速 老旧小区改造有新办法",
    "算力网络建设进入快车道 多个枢纽开工",
)
COMMENTS = (
    "说得好，这件事就应该这么办，大家都同意。",
    "希望早点落实，不要只停在纸面上。",
    "数据安全还是要放在第一位，别的可以慢慢来。",
)


def _links(count: int, cls: str) -> str:
    rows = "".join(
        f'<li><a href="/n/{i}.html" title="{HEADLINES[i % 5]}">{HEADLINES[i % 5]}</a>'
        f"<span>07-{i % 28 + 1:02}</span></li>"
        for i in range(count)
    )
    return f'<ul class="{cls}">{rows}</ul>'


def _head(story: Story, site: str, more: str = "") -> str:
    scripts = "<script>var config = {" + ",".join(f'"k{i}": "{"x" * 60}"' for i in range(60)) + "};</script>"
    return f'<head><meta charset="utf-8"><title>{escape(story.title)}_{site}</title>{more}{scripts}</head>'


def _paragraphs(story: Story, tag: str = "p") -> str:
    rows = (
        f"<{tag}><strong>{escape(line)}</strong></{tag}>"
        if line in story.headings
        else f"<{tag}>　　{escape(line)}</{tag}>"
        for line in story.paragraphs
    )
    return "\n".join(rows)


def portal(story: Story) -> str:
    """Render a commercial portal: meta tags, ranking boxes beside and below, comments."""
    more = (
        '<meta property="article:published_time" content="2023-07-06T08:15:00+08:00">'
        f'<meta property="og:title" content="{escape(story.title)}">'
    )
    comments = "".join(f'<div class="comment-item"><a href="/u">网友</a><p>{text}</p></div>' for text in COMMENTS)
    return f"""<html>{_head(story, "示例网", more)}<body><div class="topnav">{_links(20, "channels")}</div>
<div class="wrap"><div class="main"><h1 class="main-title">{escape(story.title)}</h1>
<div class="date-source"><span class="date">2023年07月06日 08:15</span> <span class="source">示例经济报</span></div>
<div class="article" id="artibody">{_paragraphs(story)}<p class="show_author">责任编辑：王二</p></div>
<div class="keywords">文章关键词：<a href="/k/1">大模型</a> <a href="/k/2">人工智能</a></div>
<div class="comments"><h3>热门评论</h3>{comments}</div></div>
<div class="side"><h3>热门推荐</h3>{_links(60, "rank")}</div></div>
<div class="footer">关于我们 | 广告服务 | 联系我们 | Copyright © 示例网 版权所有</div></body></html>"""


def government(story: Story) -> str:
    """Render a government page: a table of facts, the notice, print buttons."""
    more = '<meta name="PubDate" content="2023-07-06 08:15"><meta name="ContentSource" content="示例经济报">'
    return f"""<html>{_head(story, "示例省人民政府", more)}
<body><table><tr><td>{_links(30, "menu")}</td></tr><tr><td><div>您所在的位置：首页 &gt; 政务公开 &gt; 正文</div>
<h1>{escape(story.title)}</h1><div>发布时间：2023-07-06 08:15 来源：示例经济报 字号：[大] [中] [小] [打印]</div>
<div id="UCAP-CONTENT">{_paragraphs(story)}</div><div>【打印本页】【关闭窗口】</div></td></tr></table>
<div>主办：示例省人民政府办公厅 网站标识码：1100000000 京ICP备05000000号</div></body></html>"""


def unknown(story: Story) -> str:
    """Render a site that no rule knows: anonymous divs, line breaks, a related list in the same column."""
    body = "<br><br>".join(f"　　{escape(line)}" for line in story.paragraphs)
    return f"""<html>{_head(story, "小城在线")}<body><div>{_links(15, "a1")}</div>
<div class="c9"><div class="t3">{escape(story.title)}</div>
<div class="i7">2023-07-06 08:15　来源：示例经济报　作者：{"、".join(story.authors) or "陈一"}　浏览：1024次</div>
<div class="b2">{body}</div><div class="s1">分享到：微信 微博 QQ空间</div>
<div>上一篇：<a href="/1">{HEADLINES[0]}</a></div><div>下一篇：<a href="/2">{HEADLINES[1]}</a></div>
<div class="r4"><b>相关新闻</b>{_links(12, "r5")}</div></div></body></html>"""


def application(story: Story) -> str:
    """Render a page of a script framework: hashed class names, JSON-LD, divs for paragraphs."""
    data = (
        f'{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{story.title}",'
        '"datePublished":"2023-07-06T08:15:00+08:00"}'
    )
    more = f'<script type="application/ld+json">{data}</script>' if '"' not in story.title else ""
    return f"""<html>{_head(story, "示例客户端", more)}<body><div id="root"><div class="_3fX">{_links(10, "_nav")}</div>
<article class="_9aQ"><h1 class="_1bC">{escape(story.title)}</h1>
<div class="_2dE"><span>示例经济报</span> <span>2023-07-06 08:15</span></div>
<div class="_7hJ">{_paragraphs(story, "div")}</div>
<div class="_5kL"><button>点赞</button><button>收藏</button></div></article>
<aside>{_links(40, "_hot")}</aside></div></body></html>"""


LAYOUTS: tuple[Callable[[Story], str], ...] = (portal, government, unknown, application)


def pages() -> Iterator[Page]:
    """Yield every article that is not glued together in every layout."""
    for layout in LAYOUTS:
        for key in ("000", "001", "002", "003"):
            story = STORIES[key]
            yield Page(
                layout=layout.__name__,
                url=f"https://news.test/{layout.__name__}/{key}.html",
                body=layout(story).encode("utf-8"),
                title=story.title,
                text=story.body,
                published="2023-07-06T08:15",
                authors=(story.authors or ("陈一",)) if layout is unknown else (),
                source="示例经济报",
            )
