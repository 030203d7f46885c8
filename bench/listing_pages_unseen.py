# ruff: noqa: E501 - pages are written as one would read their source
"""List pages written after the finder's rules were settled: the set that they are judged by and not tuned on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bench.listing_pages import ListPage, Row, page_of, rows

__all__ = ["pages"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _html(body: str, title: str) -> str:
    return f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'


def _long(row: Row) -> str:
    return f"{_MONTHS[int(row.date[5:7]) - 1]} {int(row.date[8:])}, {row.date[:4]}"


_MENU = "".join(
    f"<a href='/channel/{n}'>{t}</a>" for n, t in enumerate(("首页", "快讯", "深度", "数据", "活动", "会员", "关于"))
)


def _relative() -> ListPage:
    listed = rows("https://flash.example/newsflashes/{n}", 15)
    items = "".join(
        f'<div class="newsflash-item"><div class="item-main"><a class="item-title" href="{r.url}" target="_blank">{r.title}</a>'
        f'<div class="item-desc"><span>{r.excerpt}</span><a href="https://out.example/s?{n}">［查看原文］</a></div>'
        f'<div class="item-related"><span class="time">{n + 2}分钟前</span><span class="share">分享</span></div></div></div>'
        for n, r in enumerate(listed)
    )
    page = page_of(
        "flashes with relative times",
        "https://flash.example/newsflashes",
        _html(f"<div class='header-nav'>{_MENU}</div><div class='list'>{items}</div>", "快讯"),
        listed,
    )
    return replace(page, gold=tuple((u, t, f"2023-07-03T11:{58 - n}+08:00") for n, (u, t, _) in enumerate(page.gold)))


def _breaks() -> ListPage:
    listed = rows("http://old.example/GB/{n}/{n}.html", 20)
    items = "".join(
        f"<font color=#cc0000>·</font><a href=/GB/{r.url.split('/GB/')[1]} class=t14>{r.title}</a> <font size=1>({r.date})</font><br>"
        for r in listed
    )
    nav = "".join(f"<td><a href=/GB/{n}/index.html>频道{n}</a></td>" for n in range(1000, 1014))
    body = f"<center><table><tr>{nav}</tr></table><table><tr><td width=200><a href=/GB/zhuanti/1.html>专题：两会</a></td><td>{items}<a href=index2.html>[下一页]</a></td></tr></table></center>"
    return page_of("links and line breaks", "http://old.example/GB/1026/index.html", _html(body, "滚动"), listed)


def _agency() -> ListPage:
    listed = rows("http://www.agency.example/{y}-{m}/{d}/c_{n}.htm", 18)
    items = "".join(
        f'<li class="clearfix"><h3><a href="{r.url}" target="_blank">{r.title}</a></h3>'
        + (f'<i><a href="{r.url}"><img src="/t{n}.jpg" alt=""></a></i>' if n % 3 == 0 else "")
        + f'<p class="bref">{r.excerpt}</p><div class="clear"></div><span class="time">{r.date}</span></li>'
        for n, r in enumerate(listed)
    )
    body = f'<div class="topnav">{_MENU}</div><div class="column"><ul class="dataList">{items}</ul><div id="dataMoreBtn" class="moreBtn"><a href="javascript:void(0)">点击加载更多</a></div></div>'
    return page_of("agency list with summaries", "http://www.agency.example/tech/", _html(body, "科技"), listed)


def _commission() -> ListPage:
    listed = rows("https://commission.example/newsroom/press-releases/{slug}_en", 10, english=True)
    items = "".join(
        f'<div class="views-row"><article><div class="date-block"><span class="day">{int(r.date[8:])}</span> <span class="month">{_MONTHS[int(r.date[5:7]) - 1]}</span> <span class="year">{r.date[:4]}</span></div>'
        f'<div class="label">Press release</div><h3 class="title"><a href="{r.url.removeprefix("https://commission.example")}"><span>{r.title}</span></a></h3><div class="teaser">{r.excerpt}</div></article></div>'
        for r in listed
    )
    facets = "".join(
        f'<li><a href="/newsroom/press-releases?topic={n}">Digital policy topic number {n} (12)</a></li>'
        for n in range(14)
    )
    body = f'<header role="banner"><a href="/">Home</a></header><div class="facets"><ul>{facets}</ul></div><div class="view-content">{items}</div><nav class="pager"><a href="?page=1">Next page</a></nav><footer><a href="/legal-notice_en">Legal notice and privacy statement</a></footer>'
    return page_of(
        "press releases with facets",
        "https://commission.example/newsroom/press-releases",
        _html(body, "Press releases"),
        listed,
    )


def _letters() -> ListPage:
    listed = rows("https://letters.example/p/{slug}", 12, english=True, start=5)
    items = "".join(
        f'<div class="container-x1y2z3"><div class="image"><a href="{r.url}"><img src="/{n}.png"></a></div><div class="body-q8w7"><a data-testid="post-preview-title" class="pencraft color-pri-{n}ab" href="{r.url}">{r.title}</a>'
        f'<div><a class="pencraft" href="{r.url}">{r.excerpt}</a></div><div><time datetime="{r.date}T14:05:00.000Z">{_long(r)[:3]} {int(r.date[8:])}</time> <a href="/@writer">A. Writer</a></div><a href="{r.url}/comments">12</a></div></div>'
        for n, r in enumerate(listed)
    )
    page = page_of(
        "newsletter archive",
        "https://letters.example/archive",
        _html(f"<div><a href='/about'>About</a><a href='/archive?sort=top'>Top</a></div><div>{items}</div>", "Archive"),
        listed,
    )
    return replace(page, gold=tuple((u, t, f"{d}T14:05:00+00:00") for u, t, d in page.gold))


def _results() -> ListPage:
    listed = rows("http://www.ministry.example/zwgk/zcwj/wjfb/art/{y}/art_{hex}.html", 10)
    items = "".join(
        f'<div class="result-item"><h4><span class="tag">通知</span><a href="{r.url}" title="{r.title}">{r.title[:14]}...</a></h4><p class="summary">{r.excerpt}</p><p><span>发布机构：科技司</span><span>发布日期：{r.date}</span></p></div>'
        for r in listed
    )
    body = f"<div class='search-box'><input></div><div class='result-list'>{items}</div><div class='hot-words'>{''.join(f'<a href=/s?q={n}>热搜词语条目{n}</a>' for n in range(10))}</div>"
    return page_of("search results", "http://www.ministry.example/search/zcwjk.html", _html(body, "政策文件库"), listed)


def _aggregator() -> ListPage:
    listed = [
        replace(r, url=f"https://site{n}.example/{r.url.rsplit('/', 1)[1]}")
        for n, r in enumerate(rows("https://x.example/{slug}", 20, english=True))
    ]
    items = "".join(
        f'<tr class="athing" id="{40_000 + n}"><td class="title"><span class="rank">{n + 1}.</span></td><td><a href="vote?id={40_000 + n}"><div class="votearrow"></div></a></td><td class="title"><span class="titleline"><a href="{r.url}">{r.title}</a> <span>(<a href="from?site=site{n}.example">site{n}.example</a>)</span></span></td></tr>'
        f'<tr><td class="subtext"><span>{90 + n} points</span> by <a href="user?id=u{n}">u{n}</a> <a href="item?id={40_000 + n}">{n + 3}&nbsp;comments</a></td></tr>'
        for n, r in enumerate(listed)
    )
    body = f'<table><tr><td><a href="newest">new</a> | <a href="front">past</a> | <a href="ask">ask</a></td></tr></table><table>{items}</table>'
    return page_of(
        "aggregator of other sites", "https://aggregator.example/news", _html(body, "Links"), listed, dated=False
    )


def _notices() -> ListPage:
    listed = rows("http://www.office.example/tzgg/{y}/{n}.html", 4)
    items = "".join(f"<p><a href='{r.url}'>{r.title}</a>　{r.date}</p>" for r in listed)
    body = f"<div class='menu'>{_MENU}</div><div id='zoom'>{items}</div><div class='foot'><a href='/sitemap'>网站地图</a></div>"
    return page_of("four notices", "http://www.office.example/tzgg/", _html(body, "通知公告"), listed)


def _changelog() -> ListPage:
    listed = rows("https://api.example/docs/changes/{slug}", 14, english=True)
    items = "".join(
        f"<tr><td>{r.date}</td><td><a href='{r.url}'>{r.title}</a></td><td><code>v{n}</code></td></tr>"
        for n, r in enumerate(listed)
    )
    body = f"<aside><ul>{''.join(f'<li><a href=/docs/guide-{n}>Guide to endpoint number {n}</a></li>' for n in range(12))}</ul></aside><main><h1>Changes</h1><table><thead><tr><th>Date</th><th>Change</th><th>Version</th></tr></thead><tbody>{items}</tbody></table></main>"
    return page_of("table of changes", "https://api.example/docs/changes", _html(body, "Changes"), listed)


def _mixed_boxes() -> ListPage:
    listed = rows("https://tech.example/a/{y}{m}{d}/{hex}.shtml", 26)
    top, rest = listed[:2], listed[2:]
    head = "".join(f'<h2><a href="{r.url}">{r.title}</a></h2>' for r in top)
    boxes = "".join(
        f'<div class="mod mod-{k}"><h4><a href="/c/{k}/">频道{k}</a></h4><ul>'
        + "".join(f'<li><a href="{r.url}" title="{r.title}">{r.title[:15]}…</a></li>' for r in rest[6 * k : 6 * k + 6])
        + "</ul></div>"
        for k in range(4)
    )
    slides = "".join(
        f'<div class="swiper-slide"><a href="/zt/2023/topic{n}/"><img src="{n}.jpg" alt="专题{n}"></a></div>'
        for n in range(5)
    )
    body = f"<div id='topNav'>{_MENU}</div><div class='swiper'>{slides}</div><div class='headline'>{head}</div><div class='layout'>{boxes}</div><div class='footer'>{_MENU}</div>"
    return page_of("headlines and boxes", "https://tech.example/", _html(body, "科技"), listed, dated=False)


def _traditional() -> ListPage:
    listed = rows("https://www.taiwan.example/tw/news-detail.aspx?id={n}", 12)
    items = "".join(
        f'<tr class="{"odd" if n % 2 else "even"}"><td class="ListDate">{r.date.replace("-", "/")}</td><td class="ListTitle"><a href="news-detail.aspx?id={r.url.split("=")[1]}" title="[另開新視窗]{r.title}">{r.title}</a></td></tr>'
        for n, r in enumerate(listed)
    )
    body = f"<div id='Menu'>{_MENU}</div><table class='Grid'><tr><th>日期</th><th>標題</th></tr>{items}</table>"
    return page_of("query addresses", "https://www.taiwan.example/tw/news.aspx", _html(body, "新聞"), listed)


def _company() -> ListPage:
    body = f"<div class='nav'>{_MENU}</div><div class='hero'><h1>让智能触手可及</h1><a href='/trial'>立即体验</a><a href='/contact-sales'>联系销售</a></div><div>{''.join(f'<div class=card><h3>产品能力{n}</h3><p>面向企业的一站式平台。</p><a href=/product/{n}>了解更多</a></div>' for n in range(4))}</div>"
    return page_of("company home page", "https://company.example/", _html(body, "公司"), [])


def _report() -> ListPage:
    related = "".join(
        f'<li><a href="{r.url}">{r.title}</a></li>'
        for r in rows("https://tech.example/a/{y}{m}{d}/{hex}.shtml", 10, start=30)
    )
    text = "".join(f"<div class='para'>{r.excerpt}</div>" for r in rows("{n}", 18))
    body = f"<div class='topNav'>{_MENU}</div><div class='content'><h1>深度｜大模型走进工厂</h1>{text}</div><div class='mod'><ul>{related}</ul></div>"
    return page_of(
        "report with other reports",
        "https://tech.example/a/20230628/a1b2c3d4e5f60718.shtml",
        _html(body, "大模型走进工厂"),
        [],
    )


def _shell() -> ListPage:
    body = "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div><a href='/privacy'>Privacy</a><script>window.__STATE__={}</script><script src=/m.js></script>"
    return page_of("application shell", "https://app.example/blog", _html(body, "Blog"), [])


def pages() -> Iterator[ListPage]:
    """Yield the pages of this set."""
    makers: tuple[Callable[[], ListPage], ...] = (
        _relative, _breaks, _agency, _commission, _letters, _results, _aggregator, _notices, _changelog, _mixed_boxes,
        _traditional, _company, _report, _shell,
    )  # fmt: skip
    for make in makers:
        yield make()
