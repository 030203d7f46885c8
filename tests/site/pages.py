"""The news site: the five seed documents as the pages, feeds and lists that real sites make of them.

``routes()`` is what ``Site.start()`` serves; ``tests.site.stories`` tells what a perfect reader finds there.
Furniture (ranking boxes, comment and login boxes, footers, credits) comes from the seeds where they have it; dates,
bylines and lists around them are invented. Addresses: ``/feed.xml``, ``/atom.xml``,
``/feed.json``, ``/gbk.xml``, ``/list.html``, ``/gov/index.html``, ``/a/000`` ... ``/a/004``, ``/cn/003``,
``/r/001`` (repost of 000), ``/r/quote`` (quotes two paragraphs of 000), and the faults of ``tests.site.faults``.
"""

from __future__ import annotations

import json
from html import escape

from storage.fold import to_simplified
from tests.site.answers import Answer, Routes, html
from tests.site.faults import faults
from tests.site.feeds import feeds
from tests.site.furniture import FOOTER, NAV, RANKING
from tests.site.stories import STORIES, Story, quoting_paragraphs, repost_paragraphs, seed_lines

__all__ = ["routes"]


def _markup(lines: tuple[str, ...] | list[str], headings: tuple[str, ...] = (), tag: str = "h3") -> str:
    parts = [f"<{tag}>{escape(x)}</{tag}>" if x in headings else f"<p>{escape(x, quote=False)}</p>" for x in lines]
    return "\n".join(parts)


def _page_000(story: Story) -> str:
    """Render a portal page: a navigation bar, a ranking box inside the main column, a share bar, an editor's line."""
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{story.title}_示例经济网</title>
<meta name="publishdate" content="2023-07-06"><meta property="og:title" content="{story.title}">
<meta property="article:published_time" content="{story.published}">
<link rel="canonical" href="{story.path}"></head><body>{NAV}
<div class="path"><a href="/">首页</a> &gt; <a href="/tech/">科技</a> &gt; 正文</div>
<div class="main"><div class="left"><h1>{story.title}</h1>
<div class="info"><span class="time">2023-07-06 08:15</span> <span class="source">来源：{story.source}</span>
<span class="author">记者 {story.authors[0]}</span></div>
<div class="content" id="article">{_markup(story.paragraphs, story.headings)}
<p class="editor">（责任编辑：王二）</p></div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a> <a href="#">QQ空间</a></div></div>
{RANKING}</div>{FOOTER}</body></html>"""


def _page_001(story: Story) -> str:
    """Render a magazine page whose comment, neighbour and login boxes follow the text in the same column."""
    lines = seed_lines("001")
    tail = "\n".join(f'<div class="line">{escape(line)}</div>' for line in lines[lines.index("我也说一句") :])
    caption = f'<p class="img"><img src="/i/1.jpg" alt=""><span>{story.title}</span></p>'
    middle = len(story.paragraphs) // 2
    text_ = f"{_markup(story.paragraphs[:middle])}\n{caption}\n{_markup(story.paragraphs[middle:])}"
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{story.title}-商业示例网</title></head><body>{NAV}
<div id="wrap"><div class="article"><h1>{story.title}</h1>
<div class="meta">2023-05-17 <i>867</i> <i>0</i></div>
<blockquote>{lines[2]}</blockquote>
<div class="txt"><p>{lines[3]}</p><p>{lines[4]}</p>{text_}</div>
<div class="comment">{tail}</div></div></div>{FOOTER}</body></html>"""


def _page_002(story: Story) -> str:
    """Render a page of a site that copies others: a caption, a credit in brackets, an empty keyword line."""
    first, *rest = story.paragraphs
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{story.title}</title>
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": {json.dumps(story.title, ensure_ascii=False)}, "datePublished": "{story.published}"}}</script></head>
<body>{NAV}<article><h1>{story.title}</h1><div class="date">2023-08-16 10:02:11</div>
<section class="post"><p>{first}</p><p>(资料图片)</p>{_markup(rest, story.headings, "h2")}
<p>(文章来源:{story.source})</p><p>关键词:</p></section></article>
<aside><h3>推荐阅读</h3><ul><li><a href="/n/9021">一图读懂半年经济数据</a></li>
<li><a href="/n/9022">夜间经济点亮城市烟火气</a></li></ul></aside>{FOOTER}</body></html>"""


def _page_003(story: Story) -> str:
    """Render the Traditional edition of a party paper's site, with its bullet summary and its footer."""
    footer = "".join(f"<p>{line}</p>" for line in seed_lines("003")[-2:])
    deck = "".join(f"<p>●{line}</p>" for line in story.deck)
    return f"""<html><head><meta http-equiv="content-type" content="text/html; charset=big5">
<title>{story.title}--地方--示例網</title><meta name="publishdate" content="2023-08-21"></head><body>
<div class="w1000"><h1>{story.title}</h1>
<div class="box01"><div class="fl">2023年08月21日07:40&nbsp;&nbsp;來源：<a href="/">{story.source}</a></div></div>
<div class="rm_txt_con"><div class="deck">{deck}</div>{_markup(story.paragraphs)}
<div class="edit">(責編：李三、趙四)</div></div></div>
<div class="foot">{footer}</div></body></html>"""


def _page_004(story: Story) -> str:
    """Render a Baijiahao-like page: a heading of a related article first, then one giant paragraph."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(story.title)}</title></head><body>
<div id="ssr-content"><div class="app-module_related"><h2>六旬老人自学编程 为社区写了一个小程序</h2></div>
<div class="app-module_leftSection"><div class="index-module_articleTitle">{story.title}</div>
<div class="index-module_articleSource"><span class="author">{story.source}</span><span>2023-09-29 06:52</span>
<span>科技日报社官方账号</span><span>关注</span></div>
<div class="index-module_articleWrap"><p><span class="bjh-p">{escape(story.paragraphs[0], quote=False)}</span></p></div>
<div class="report">举报/反馈</div></div>
<div class="app-module_rightSection"><h3>作者最新文章</h3><ul><li><a href="/n/9031">深海探测有了新装备</a></li>
<li><a href="/n/9032">量子通信走进日常</a></li></ul></div></div></body></html>"""


def _page_simplified(story: Story) -> str:
    return to_simplified(_page_003(story)).replace("big5", "utf-8")


def _repost() -> str:
    """Render the repost: another title, a source line, the login tail of the site that 001 comes from."""
    lines = seed_lines("001")
    tail = "".join(f"<div>{escape(line)}</div>" for line in lines[lines.index("请先来登录吧") :])
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>大模型热度不减 谁能笑到最后？ - 转载示例</title>
</head><body>{NAV}<div class="show"><h1>大模型热度不减 谁能笑到最后？</h1>
<p class="from">发布时间：2023-07-07 11:20　来源：{STORIES["000"].source}</p>
<div class="detail">{_markup(repost_paragraphs(), STORIES["000"].headings)}</div>
<div class="login">{tail}</div></div></body></html>"""


def _quote() -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>县城图书馆里的一块屏幕</title></head>
<body>{NAV}<div class="main"><h1>县城图书馆里的一块屏幕</h1><div class="info">2023-07-10 09:00 来源：示例晚报</div>
<div class="content">{_markup(quoting_paragraphs())}</div></div>{FOOTER}</body></html>"""


def _articles() -> dict[str, Answer]:
    return {
        "/a/000": html(_page_000(STORIES["000"])),
        "/a/001": html(_page_001(STORIES["001"]), "gbk", declare=None),
        "/a/002": html(_page_002(STORIES["002"]), declare="iso-8859-1"),
        "/a/003": html(_page_003(STORIES["003"]), "big5hkscs", declare="big5"),
        "/a/004": html(_page_004(STORIES["004"])),
        "/cn/003": html(_page_simplified(STORIES["003"])),
        "/r/001": html(_repost()),
        "/r/quote": html(_quote()),
    }


def routes() -> Routes:
    """Return the whole site: feeds, lists, articles, reposts and faults."""
    named = feeds()
    return {**named, **_articles(), **faults(named["/feed.xml"])}
