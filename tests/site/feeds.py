"""The feeds and list pages of the news site: every dialect names the same five articles by relative links."""

from __future__ import annotations

import json
from html import escape

from tests.site.answers import Answer, html, text, xml
from tests.site.furniture import FOOTER, NAV, RANKING
from tests.site.stories import STORIES, Story

__all__ = ["feeds"]

_RSS_DATES = {
    "000": "Thu, 06 Jul 2023 00:15:00 GMT",
    "001": "Wed, 17 May 2023 08:00:00 +0800",
    "002": "Wed, 16 Aug 2023 10:02:11 +0800",
    "003": "someday in August",
    "004": "Fri, 29 Sep 2023 06:52:00 +0800",
}


def _rss_item(story: Story, suffix: str = "") -> str:
    guid = "" if story.key == "002" else f'<guid isPermaLink="false">example-news-{story.key}</guid>'
    return f"""<item><title>{escape(story.title + suffix)}</title><link>{story.path}</link>{guid}
<pubDate>{_RSS_DATES[story.key]}</pubDate><description>{escape(story.paragraphs[0][:80])}</description></item>"""


def _rss(suffix: str = "", declaration: str = "UTF-8") -> str:
    """Render RSS 2.0 with relative links, one item without guid (002), one bad date (003)."""
    items = "\n".join(_rss_item(story, suffix) for story in STORIES.values())
    return f"""<?xml version="1.0" encoding="{declaration}"?>
<rss version="2.0"><channel><title>示例新闻</title><link>/</link><description>大模型与监管</description>
<ttl>30</ttl>{items}</channel></rss>"""


def _atom() -> str:
    entries = "\n".join(
        f"""<entry><id>tag:news.example,2023:{story.key}</id><title>{escape(story.title)}</title>
<link rel="alternate" href="{story.path}"/><updated>{_moment(story)}</updated>
<summary>{escape(story.paragraphs[0][:80])}</summary></entry>"""
        for story in STORIES.values()
    )
    return f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<id>tag:news.example,2023:feed</id><title>示例新闻</title><updated>2023-09-29T06:52:00+08:00</updated>
{entries}</feed>"""


def _moment(story: Story) -> str:
    day = story.published[:10]
    clock = story.published[11:16] or "00:00"
    return f"{day}T{clock}:00+08:00"


def _json_feed() -> str:
    items = [
        {"id": f"example-news-{story.key}", "url": story.path, "title": story.title, "date_published": _moment(story),
         "summary": story.paragraphs[0][:80]}
        for story in STORIES.values()
    ]  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "示例新闻", "items": items}
    return json.dumps(feed, ensure_ascii=False)


def _list() -> str:
    """Render a roll page in the manner of people.com.cn: list rows with dates, a navigation bar, an advertisement."""
    rows = [
        f'<li><a href="{story.path}" target="_blank">{escape(story.title)}</a> <i>[{story.published[:10]}]</i></li>'
        for story in STORIES.values()
    ]
    rows.insert(2, '<li class="ad"><a href="https://ads.example/landing?id=7">广告 限时优惠 会员低至五折</a></li>')
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>滚动新闻</title></head><body>{NAV}
<div class="p2j_list"><ul class="list_16">{"".join(rows)}</ul></div>
<div class="page"><a href="/list.html?p=1">1</a> <a href="/list.html?p=2">2</a>
<a href="/list.html?p=2">下一页</a></div>
{RANKING}{FOOTER}</body></html>"""


def _gov() -> str:
    """Render a government list: table rows of number, title and date."""
    rows = "".join(
        f'<tr><td>{n}</td><td class="info"><a href="../a/{story.key}" title="{escape(story.title)}">'
        f"{escape(story.title[:12])}...</a></td><td>{_chinese_day(story)}</td></tr>"
        for n, story in enumerate(STORIES.values(), 1)
    )
    return f"""<html><head><meta charset="utf-8"><title>政策文件</title></head><body>
<table class="nav"><tr><td><a href="/">首页</a></td><td><a href="/gov/index.html">政策</a></td></tr></table>
<table class="dataList"><tr><th>序号</th><th>标题</th><th>发布日期</th></tr>{rows}</table>{FOOTER}</body></html>"""


def _chinese_day(story: Story) -> str:
    year, month, day = story.published[:10].split("-")
    return f"{year}年{month}月{day}日"


def feeds() -> dict[str, Answer]:
    """Return ``/feed.xml``, ``/atom.xml``, ``/feed.json``, ``/gbk.xml``, ``/list.html`` and ``/gov/index.html``."""
    names = "（记者 王喆、李镕）"
    return {
        "/feed.xml": xml(_rss(), "application/rss+xml; charset=utf-8"),
        "/atom.xml": xml(_atom(), "application/atom+xml"),
        "/feed.json": text(_json_feed(), "application/feed+json"),
        "/gbk.xml": xml(_rss(names, "gb2312").encode("gbk", "xmlcharrefreplace"), "text/xml"),
        "/list.html": html(_list()),
        "/gov/index.html": html(_gov(), declare=None),
    }
