"""Pages that mislead readers of pages: articles appended by scrolling, news in brief, comments longer than the text."""

# ruff: noqa: E501 - markup keeps the lines of the sites

from __future__ import annotations

from html import escape

from bench.extraction.facts import Facts
from bench.extraction.markup import body, cards, comments, json_text, links, scripts
from bench.extraction.page import Article, Draft, Layout

__all__ = ["LAYOUTS"]

OTHER = (
    "A second story follows on the same page, because the site loads the next one when readers come to the end of the first.",
    "It has paragraphs of its own, of the same length and in the same kind of box, so that density alone cannot tell them apart.",
    "Its reporter, its date and its heading are those of another day, and none of it belongs to the story that was asked for.",
)
OTHER_ZH = (
    "下面是同一页上接着加载的另一篇报道，读者看到第一篇的结尾时，网站就把它接在后面，并不另开新页。",
    "这一篇有自己的标题、日期和记者，段落的长短也与上一篇相仿，只看文字密度是分不开的。",
    "记者随后走访了三家门店，店员都表示没有接到通知，顾客则说已经习惯了这样的变化。",
)


def _story(title: str, date: str, writer: str, paragraphs: str) -> str:
    return f'<article class="story"><header><h1 class="story-title">{escape(title)}</h1><div class="story-meta"><span class="story-author">{writer}</span> <time>{date}</time></div></header><div class="story-body">{paragraphs}</div></article>'


def endless_en(a: Article, f: Facts) -> Draft:
    other = "".join(f"<p>{line}</p>" for line in OTHER)
    more = "".join(_story(title, f.date("%B {d}, %Y"), f"By {f.editors[0]}", other) for title in f.headlines[:2])
    return Draft(
        url=f"https://meridian.test/news/{a.key}",
        html=f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(a.title)} | Pacific Wire</title><meta property="og:title" content="{escape(a.title)}"><meta property="article:published_time" content="{f.iso("second", "+00:00")}">{scripts(30)}</head><body><header>{links(f, 10, "nav")}</header><main id="stream">{_story(a.title, f.date("%B {d}, %Y"), "By " + " and ".join(f.authors), body(a))}{more}</main><footer>Pacific Wire, all rights reserved</footer></body></html>""",
        published=f.iso("second", "+00:00"),
        authors=f.authors,
        furniture=(*OTHER, *f.headlines[:2], "all rights reserved"),
    )  # fmt: skip


def endless_zh(a: Article, f: Facts) -> Draft:
    other = "".join(f"<p>{line}</p>" for line in OTHER_ZH)
    more = "".join(
        f'<div class="news-item"><h2 class="tit">{title}</h2><div class="src">{f.minute} 来源：北方新闻网</div><div class="txt">{other}</div></div>'
        for title in f.headlines[:2]
    )
    return Draft(
        url=f"https://m.beifang.test/n/{f.number}",
        html=f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(a.title)}_北方新闻网</title>{scripts(20)}</head><body><div class="head">{links(f, 8, "nav")}</div><div id="flow"><div class="news-item"><h1 class="tit">{escape(a.title)}</h1><div class="src">{f.minute} 来源：{f.outlet} 作者：{f.authors[0]}</div><div class="txt">{body(a)}</div></div>{more}</div><div class="foot">北方新闻网 版权所有</div></body></html>""",
        published=f.iso("minute"),
        authors=f.authors[:1],
        source=f.outlet,
        furniture=(*OTHER_ZH, *f.headlines[:2], "版权所有"),
    )  # fmt: skip


def roundup(a: Article, f: Facts) -> Draft:
    """Write a morning briefing: every item is headed by a link, as on a list page, but its text stands here."""
    items = [line for line in a.lines if len(line) > 40]
    main = "".join(
        f'<h3>{i}、<a href="/a/{i}.html">{f.headlines[i]}</a></h3><p>{escape(line)}</p>'
        for i, line in enumerate(items, 1)
    )
    lines = tuple(text for i, line in enumerate(items, 1) for text in (f"{i}、{f.headlines[i]}", line))
    return Draft(
        url=f"https://www.aizaobao.test/daily/{f.date('%Y%m%d')}.html",
        title=f"AI早报｜{f.headlines[1]}；{f.headlines[2]}",
        html=f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>AI早报｜{f.headlines[1]}；{f.headlines[2]} - 新知在线</title><meta property="article:published_time" content="{f.iso("second")}">{scripts(15)}</head><body><div class="nav">{links(f, 10, "nav")}</div><div class="post"><h1>AI早报｜{f.headlines[1]}；{f.headlines[2]}</h1><div class="meta">{f.minute}　编辑：{f.editors[0]}</div><div class="post-content">{main}<p>想要获取更多资讯？扫码加入读者群</p></div><div class="post-nav">上一篇：{f.headlines[-1]}</div></div><div class="side">{cards(f, 6, "c")}</div><div class="foot">新知在线 版权所有</div></body></html>""",
        published=f.iso("second"),
        editors=f.editors,
        lines=lines,
        furniture=("扫码加入读者群", "上一篇：", "版权所有"),
    )  # fmt: skip


def wap_comments(a: Article, f: Facts) -> Draft:
    many = "".join(comments(f, "cmt") for _ in range(6))
    return Draft(
        url=f"https://3g.qinglan.test/article/{f.number}.html",
        html=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(a.title)}_手机青岚网</title>{scripts(20)}</head><body><header class="topbar"><a>首页</a><a>打开客户端</a></header><section class="art"><h1 class="art_tit">{escape(a.title)}</h1><p class="art_info"><span>{f.outlet}</span><span>{f.date("%m月%d日 %H:%M")}</span><span class="hide">{f.minute}</span></p><div class="art_box art_fold">{body(a, {"p": '<p class="art_p">{}</p>', "h": '<p class="art_p"><b>{}</b></p>'})}</div><div class="unfold">展开剩余72%</div></section><section class="cmt"><h2>网友评论（{f.number % 999}）</h2>{many}<a>查看全部评论</a></section><section class="hot"><h2>频道热点</h2>{links(f, 12, "h")}</section></body></html>""",
        published=f.iso("minute"),
        authors=(),
        account=f.outlet,
        furniture=("展开剩余", "网友评论", "查看全部评论", "频道热点", "打开客户端", *f.comments),
    )  # fmt: skip


def unclosed(a: Article, f: Facts) -> Draft:
    """Write markup by hand, as it was done: upper case, nothing closed, the text straight in the cell."""
    text = "\n".join(
        f"<P>&nbsp;&nbsp;&nbsp;&nbsp;{'<B>' if b.kind in ('h', 'lead') else ''}{escape(t)}{'</B>' if b.kind in ('h', 'lead') else ''}"
        for b in a.blocks
        for t in b.lines
    )
    return Draft(
        url=f"http://news.old.test/{f.date('%Y-%m-%d')}/{f.number}.shtml",
        html=f"""<HTML><HEAD><META content="text/html; charset=gb2312" http-equiv=Content-Type><TITLE>{escape(a.title)}::老青岚新闻</TITLE></HEAD><BODY><TABLE width=770><TR><TD colspan=3>{links(f, 12, "top")}<TR><TD width=150 valign=top>{links(f, 10, "left")}<TD width=450 valign=top><CENTER><FONT class=f24><B>{escape(a.title)}</B></FONT><BR><FONT class=f12>http://news.old.test {f.date("%Y年%m月%d日%H:%M")} {f.outlet}</FONT></CENTER><HR>
<FONT id=zoom class=f14>{text}
<P align=right>(责任编辑：{f.editors[0]})</FONT><HR>【<A href=#>评论</A>】【<A href=#>推荐</A>】【大 中 小】【<A href=#>关闭窗口</A>】<BR><B>相关报道：</B>{links(f, 6, "xg")}<TD width=170 valign=top>{links(f, 12, "right")}</TABLE><CENTER>老青岚新闻 版权所有</CENTER>""",
        published=f.iso("minute"),
        editors=f.editors,
        account=f.outlet,
        furniture=("(责任编辑：", "关闭窗口", "相关报道", "版权所有", *f.headlines[:6]),
    )  # fmt: skip


def amp(a: Article, f: Facts) -> Draft:
    data = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": f"https://tribune.test/{a.key}",
        "headline": a.title[:60],
        "datePublished": f.at.strftime("%Y-%m-%dT%H:%M:%S-04:00"),
        "author": f.authors[0],
    }
    return Draft(
        url=f"https://amp.tribune.test/{a.key}",
        html=f"""<!doctype html><html amp lang="en"><head><meta charset="utf-8"><title>{escape(a.title)}</title><link rel="canonical" href="https://tribune.test/{a.key}"><script type="application/ld+json">{json_text(data)}</script><style amp-boilerplate>body{{-webkit-animation:-amp-start 8s steps(1,end) 0s 1 normal both}}</style></head><body><amp-sidebar id="menu">{links(f, 8, "menu")}</amp-sidebar><header><amp-img src="logo.png"></amp-img></header><article><h1>{escape(a.title)}</h1><p class="byline">By <b>{f.authors[0]}</b>, Staff Writer<br>{f.date("%b. {d}, %Y %I:%M %p")} PT</p><amp-social-share type="twitter">Tweet</amp-social-share>{body(a, {"p": '<p class="paragraph">{}</p>'}, {2: '<amp-ad width=300 height=250><div placeholder>Advertisement</div></amp-ad>', 3: '<div class="promo"><p class="promo-category">Business</p><h3>' + f.headlines[3] + "</h3><p>A look at what the numbers mean for you.</p><span>March 3, 2022</span></div>"})}</article><section><h2>More to Read</h2>{cards(f, 4, "more")}</section><footer>Subscribe for unlimited access</footer></body></html>""",
        published=f.at.strftime("%Y-%m-%dT%H:%M:%S-04:00"),
        authors=f.authors[:1],
        furniture=("Advertisement", "A look at what the numbers mean", f.headlines[3], "More to Read", "Subscribe for unlimited access", "Staff Writer"),
    )  # fmt: skip


LAYOUTS = (
    Layout(name="endless_en", group="en", render=endless_en),
    Layout(name="endless_zh", group="zh", render=endless_zh, held_out=True),
    Layout(name="roundup", group="zh", render=roundup),
    Layout(name="wap_comments", menu=0, group="zh", render=wap_comments, only=("metro", "captcha", "museum", "rice")),
    Layout(name="unclosed", group="zh", render=unclosed, charset="gb18030", content_type="text/html", held_out=True),
    Layout(name="amp", menu=0, group="en", render=amp),
)
