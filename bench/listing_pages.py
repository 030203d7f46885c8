# ruff: noqa: E501 - pages are written as one would read their source
"""List pages of many layouts with what should be found on them: the set that the finder's rules were tuned on.

Every page is written here by hand; none is a copy of a real one. ``gold`` holds (address, title, date) in the order of
the page, the date as ISO 8601 cut to its precision or None; an empty gold is a page without a list.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

__all__ = ["MUTATIONS", "ListPage", "Row", "mutated", "page_of", "pages", "rows"]

_SUBJECTS = (
    "国家网信办",
    "工业和信息化部",
    "国务院常务会议",
    "北京市经信局",
    "上海市科委",
    "中国信通院",
    "市场监管总局",
    "科技部",
    "深圳市人民政府",
    "国家发展改革委",
    "百度智能云",
    "阿里云",
    "清华大学人工智能研究院",
    "全国信安标委",
    "国家数据局",
)
_ACTS = (
    "发布生成式人工智能服务管理有关问题的答记者问",
    "就深度合成算法备案公开征求意见",
    "公布第三批境内区块链信息服务备案编号",
    "召开大模型产业发展座谈会",
    "部署推进算力基础设施高质量发展",
    "印发人工智能赋能新型工业化行动方案",
    "通报近期违法违规收集个人信息的应用",
    "启动通用人工智能场景开放申报",
    "解读数据要素市场化配置改革",
    "开源百亿参数语言模型",
)
_ENGLISH = (
    "Regulators weigh new duties for general purpose AI models",
    "What the training data summary template asks of providers",
    "Open weights and the limits of a licence",
    "A field guide to evaluating long context retrieval",
    "Codes of practice: third draft explained",
    "Benchmarks that age badly, and what to do",
    "Inside the compute threshold debate",
    "How small teams run safety evaluations",
    "Lessons from a year of incident reports",
    "The case for boring infrastructure",
    "Why watermarks keep failing",
    "Procurement rules meet language models",
    "Tokenizers and the cost of Chinese text",
    "Who audits the auditors of AI systems",
    "A short history of model cards",
    "Notes on distilling reasoning models",
    "Export controls after the spring revision",
    "Reading the fine print of a system card",
    "Standards bodies race to keep up",
    "Copyright suits enter the discovery phase",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One article that a page lists."""

    url: str
    title: str
    date: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A page and what should be found on it; ``row`` renders an extra row, an advertisement, None where none fits."""

    name: str
    url: str
    html: str
    gold: tuple[tuple[str, str, str | None], ...]
    charset: str = "utf-8"

    @property
    def body(self) -> bytes:
        """Return the page as it is sent."""
        return self.html.encode(self.charset, "xmlcharrefreplace")


def rows(pattern: str, count: int, *, english: bool = False, start: int = 0) -> list[Row]:
    """Return made-up articles; ``{n}``, ``{y}``, ``{m}``, ``{d}``, ``{slug}`` and ``{hex}`` stand in ``pattern``."""
    found = []
    for number in range(start, start + count):
        title = _english(number) if english else _chinese(number)
        year, month, day = "2023", f"{6 - number // 28:02}", f"{28 - number % 28:02}"
        words = "-".join(re.findall("[a-z0-9]+", title.lower())) if english else f"post-{number}"
        url = pattern.format(
            n=400_100 + 37 * number,
            y=year,
            m=month,
            d=day,
            slug=words,
            hex=hashlib.sha1(title.encode()).hexdigest()[:16],
        )
        excerpt = (
            f"{title}. Some background, told at length: who asked for it, who objects, and what comes next in the process."
            if english
            else f"据悉，{title}，有关负责人介绍了起草背景、主要考虑和下一步安排，并回答了记者提问。"
        )
        found.append(Row(url=url, title=title, date=f"{year}-{month}-{day}", excerpt=excerpt))
    return found


def _chinese(number: int) -> str:
    return _SUBJECTS[number % len(_SUBJECTS)] + _ACTS[(number * 7 + number // 15) % len(_ACTS)]


def _english(number: int) -> str:
    base = _ENGLISH[number % len(_ENGLISH)]
    return base if number < len(_ENGLISH) else f"{base}, part {number // len(_ENGLISH) + 1}"


def page_of(
    name: str, url: str, html: str, listed: list[Row], *, dated: bool = True, charset: str = "utf-8"
) -> ListPage:
    """Return a page whose gold are ``listed``."""
    gold = tuple((row.url, row.title, row.date if dated else None) for row in listed)
    return ListPage(name=name, url=url, html=html, gold=gold, charset=charset)


NAV = "".join(
    f'<li><a href="/{w}/">{t}</a></li>'
    for w, t in zip(
        ("yw", "gn", "gj", "cj", "kj", "jy", "wh", "ty", "sp", "tp"),
        ("要闻", "国内", "国际", "财经", "科技", "教育", "文化", "体育", "视频", "图片"),
        strict=True,
    )
)
FOOT = (
    '<div class="footer"><a href="/about.html">关于我们</a><a href="/contact.html">联系方式</a><a href="/law.html">法律声明</a>'
    '<a href="http://www.beian.example/">京ICP备00000000号</a></div>'
)
PAGER = '<div class="pages"><a href="index.html">首页</a><a href="index_2.html">2</a><a href="index_3.html">3</a><a href="index_2.html">下一页</a></div>'


def _shell(body: str, title: str = "新闻列表", head: str = "") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def _people() -> ListPage:
    listed = rows("http://politics.people.example/n1/{y}/{m}{d}/c1001-{n}.html", 24)
    items = "".join(
        f"<li><a href='{r.url}' target=_blank>{r.title}</a> <em>{r.date}</em></li>"
        + ("<li class='line'></li>" if n % 5 == 4 else "")
        for n, r in enumerate(listed)
    )
    hot = "".join(
        f"<li><a href='{r.url}'>{r.title}</a></li>"
        for r in rows("http://politics.people.example/n1/{y}/{m}{d}/c99-{n}.html", 8, start=50)
    )
    body = (
        f'<div class="nav"><ul>{NAV}</ul></div><div class="p2j_con"><div class="fl"><ul class="list_16">{items}</ul>{PAGER}</div>'
        f'<div class="fr"><h3>热点排行</h3><ul class="rank">{hot}</ul></div></div>{FOOT}'
    )
    return page_of("people-like list", "http://politics.people.example/GB/1024/index.html", _shell(body), listed)


def _table() -> ListPage:
    listed = rows("http://www.gov.example/zwgk/{y}{m}/t{y}{m}{d}_{n}.shtml", 18)
    lines = "".join(
        f'<tr><td class="num">{n}</td><td><a href="./{r.url.split("/zwgk/")[1]}" title="{r.title}">{r.title[:16]}...</a></td>'
        f"<td>网信办〔2023〕{n}号</td><td>{r.date}</td></tr>"
        for n, r in enumerate(listed, 1)
    )
    body = (
        f'<table width=1000><tr><td class=left><ul>{NAV}</ul></td><td class=right><table class="zwgk"><tr><th>序号</th><th>标题</th><th>文号</th>'
        f"<th>发布日期</th></tr>{lines}</table>{PAGER}</td></tr></table>{FOOT}"
    )
    return page_of("government table", "http://www.gov.example/zwgk/index.shtml", _shell(body, "政务公开"), listed)


def _cards() -> ListPage:
    listed = rows("https://www.media.example/p/{n}", 16)
    items = "".join(
        f'<div class="kr-item item-{n}"><a class="pic" href="/p/{r.url[-6:]}"><img src="/i/{n}.jpg"></a><div class="txt">'
        f'<a class="title" href="/p/{r.url[-6:]}">{r.title}</a><a class="desc" href="/p/{r.url[-6:]}">{r.excerpt}</a>'
        f'<a class="author" href="/user/{n % 4}">记者{n % 4}</a></div></div>'
        for n, r in enumerate(listed)
    )
    body = f'<header class="kr-header"><ul>{NAV}</ul></header><div class="kr-list">{items}</div><div class="more"><a href="/more">查看更多</a></div>{FOOT}'
    return page_of("cards without dates", "https://www.media.example/information/AI", _shell(body), listed, dated=False)


def _portal() -> ListPage:
    boxes, listed = [], []
    for number, (channel, name) in enumerate(
        (("yaowen", "要闻"), ("bumen", "部门"), ("difang", "地方"), ("zhengce", "政策"))
    ):
        some = rows("http://www.portal.example/" + channel + "/{y}-{m}/{d}/content_{n}.htm", 7, start=20 * number)
        listed += some
        boxes.append(
            f'<div class="box"><div class="hd"><h2>{name}</h2><a class="more" href="/{channel}/">更多&gt;&gt;</a></div><ul>'
            + "".join(f'<li><a href="{r.url[25:]}">{r.title}</a></li>' for r in some)
            + "</ul></div>"
        )
    ranking = "".join(
        f'<li><span>{n}</span><a href="{r.url}">{r.title}</a></li>'
        for n, r in enumerate(rows("http://www.portal.example/hot/{y}-{m}/{d}/content_{n}.htm", 10, start=100), 1)
    )
    links = "".join(f'<a href="http://www.site{n}.example/">合作单位{n}</a>' for n in range(20))
    body = (
        f'<div id="nav"><ul>{NAV}</ul></div><div class="main">{"".join(boxes)}</div><div class="paihang"><h3>点击排行</h3><ol>{ranking}</ol></div>'
        f'<div class="friendlink">{links}</div>{FOOT}'
    )
    return page_of("portal home page", "http://www.portal.example/", _shell(body, "门户"), listed, dated=False)


def _framed() -> ListPage:
    listed = rows("https://www.bureau.example/art/{y}/{m}/{d}/art_31_{n}.html", 20)
    items = "".join(
        f'<div class="row{n % 2}"><span class="bt"><a href="{r.url}">·{r.title}</a></span><span class="sj">[{r.date}]</span></div>'
        for n, r in enumerate(listed)
    )
    tree = "".join(f'<dd><a href="/col/col{n}/index.html">政策法规司工作动态{n}</a></dd>' for n in range(12))
    body = f'<div class="top"><ul>{NAV}</ul></div><div class="left"><dl>{tree}</dl></div><div class="right"><div class="con">{items}</div>{PAGER}</div>{FOOT}'
    return page_of("frame with menu and pages", "https://www.bureau.example/col/col31/index.html", _shell(body), listed)


def _one_link() -> ListPage:
    listed = rows("https://lab.example/news/{slug}", 12, english=True)
    items = "".join(
        f'<a class="card" href="/news/{r.url.rsplit("/", 1)[1]}"><div class="meta"><span>Research</span><time>{_long(r.date)}</time></div>'
        f"<h3>{r.title}</h3><p>{r.excerpt}</p></a>"
        for r in listed
    )
    body = (
        '<nav><a href="/">Home</a><a href="/research">Research</a><a href="/company">Company</a><a href="/careers">Careers</a></nav>'
        f'<main><h1>News</h1><div class="grid">{items}</div></main><footer><a href="/legal/privacy-policy">Privacy policy</a><a href="/legal/terms-of-service">Terms of service</a></footer>'
    )
    return page_of("cards that are links", "https://lab.example/news", _shell(body, "News"), listed)


def _long(date: str) -> str:
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{months[int(date[5:7]) - 1]} {int(date[8:])}, {date[:4]}"


def _definitions() -> ListPage:
    listed = rows("http://www.paper.example/newsDetail_forward_{n}", 14)
    items = "".join(
        f'<dt><a href="newsDetail_forward_{r.url[-6:]}">{r.title}</a></dt><dd>{r.date.replace("-", "/")} 来源：示例社</dd>'
        for r in listed
    )
    body = f'<ul class="menu">{NAV}</ul><dl class="list">{items}</dl>{PAGER}{FOOT}'
    return page_of("definitions", "http://www.paper.example/list_25", _shell(body), listed)


def _separated() -> ListPage:
    listed = rows("http://www.news.example/c/{y}-{m}-{d}/{n}.shtml", 25)
    groups = [listed[n : n + 5] for n in range(0, 25, 5)]
    lists = '<div class="hr"></div>'.join(
        "<ul>"
        + "".join(
            f'<li class="{"first" if n == 0 else ""}"><a href="{r.url}">{r.title}</a><span>{r.date[5:]} 08:30</span></li>'
            for n, r in enumerate(g)
        )
        + "</ul>"
        for g in groups
    )
    page = page_of(
        "groups of five",
        "http://www.news.example/roll/index.shtml",
        _shell(f'<div class="nav"><ul>{NAV}</ul></div><div class="mainL">{lists}</div>{FOOT}'),
        listed,
    )
    return replace(page, gold=tuple((u, t, f"{d}T08:30+08:00") for u, t, d in page.gold))


def _english_blog() -> ListPage:
    listed = rows("https://blog.example/{slug}/", 10, english=True)
    items = "".join(
        f'<section><h2><a href="{r.url}">{r.title}</a></h2><p class="byline">By <a href="/author/ann-lee/">Ann Lee</a> on {_long(r.date)}</p>'
        f'<p>{r.excerpt}</p><a href="{r.url}">Read more →</a></section>'
        for r in listed
    )
    tags = "".join(f'<a href="/tag/topic-{n}/">topic {n}</a>' for n in range(15))
    body = f'<header><a href="/">Blog</a><a href="/about/">About</a></header><div id="content">{items}</div><aside><div class="tags">{tags}</div></aside><footer>© 2023</footer>'
    return page_of("English blog", "https://blog.example/", _shell(body, "Blog"), listed)


def _wordpress() -> ListPage:
    listed = rows("https://www.wp.example/{y}/{m}/{slug}/", 10, english=True, start=3)
    items = "".join(
        f'<article id="post-{n}" class="post-{n} post type-post status-publish category-c{n % 3} tag-t{n}"><header class="entry-header"><h2 class="entry-title">'
        f'<a href="{r.url}" rel="bookmark">{r.title}</a></h2><div class="entry-meta"><span class="posted-on"><a href="{r.url}"><time class="entry-date published" datetime="{r.date}T10:00:00+00:00">{_long(r.date)}</time></a></span>'
        f'<span class="cat-links"><a href="/category/c{n % 3}/">Category number {n % 3}</a></span></div></header><div class="entry-content"><p>{r.excerpt} <a class="more-link" href="{r.url}">Continue reading</a></p></div></article>'
        for n, r in enumerate(listed, 900)
    )
    recent = "".join(f'<li><a href="{r.url}">{r.title}</a></li>' for r in listed[:5])
    archives = "".join(f'<li><a href="/2023/{n:02}/">Month {n} 2023</a></li>' for n in range(1, 12))
    body = (
        f'<div id="page"><header class="site-header"><nav><a href="/">Home</a><a href="/about/">About the site</a></nav></header><main id="main">{items}</main>'
        f'<div id="secondary" class="widget-area"><div class="widget"><ul>{recent}</ul></div><div class="widget"><ul>{archives}</ul></div></div></div>'
    )
    page = page_of("WordPress archive", "https://www.wp.example/category/policy/", _shell(body, "Policy"), listed)
    return replace(page, gold=tuple((u, t, f"{d}T10:00:00+00:00") for u, t, d in page.gold))


def _sidebar() -> ListPage:
    listed = rows("https://docs.example/zh-cn/news/news{n}", 9)
    other = "".join(
        f'<li class="menu__list-item"><a class="menu__link" href="/zh-cn/quick_start/{w}">{t}</a></li>'
        for w, t in (
            ("pricing", "模型与价格"),
            ("token_usage", "Token 用量计算"),
            ("rate_limit", "限速"),
            ("error_codes", "错误码"),
            ("parameter", "温度设置"),
        )
    )
    news = "".join(
        f'<li class="menu__list-item"><a class="menu__link" href="/zh-cn/news/news{r.url[-6:]}">{r.title} {r.date.replace("-", "/")}</a></li>'
        for r in listed
    )
    body = (
        f'<nav class="navbar"><a href="/">文档</a></nav><div class="main-wrapper"><aside class="sidebar"><nav class="menu"><ul class="menu__list"><li><div>快速开始</div><ul class="menu__list">{other}</ul></li>'
        f'<li><div>新闻</div><ul class="menu__list">{news}</ul></li></ul></nav></aside><main><article><h1>首次调用</h1><p>{"接口与常见的格式兼容，修改配置后即可使用开发包来访问。" * 6}</p></article></main></div>'
    )
    return page_of("documentation sidebar", "https://docs.example/zh-cn/", _shell(body, "文档"), listed)


def _forum() -> ListPage:
    listed = rows("https://bbs.example/thread-{n}-1-1.html", 20)
    items = "".join(
        f'<tbody id="normalthread_{n}"><tr><td class="icn"><a href="{r.url}"><img src="f.gif"></a></td><th class="common"><em>[<a href="/forum-{n % 3}.html">综合讨论版块{n % 3}</a>]</em>'
        f'<a href="{r.url}" class="s xst">{r.title}</a></th><td class="by"><cite><a href="/space-uid-{n}.html">网友{n}</a></cite><em><span>{r.date.replace("-0", "-")}</span></em></td>'
        f'<td class="num"><a href="{r.url}">12</a><em>340</em></td><td class="by"><cite><a href="/space-uname-{n}.html">回帖人{n}</a></cite></td></tr></tbody>'
        for n, r in enumerate(listed)
    )
    body = f'<div id="nv"><ul>{NAV}</ul></div><table summary="forum">{items}</table><div class="pg"><strong>1</strong><a href="forum-1-2.html">2</a></div>{FOOT}'
    return page_of("forum", "https://bbs.example/forum-1-1.html", _shell(body, "论坛"), listed)


def _gbk() -> ListPage:
    listed = rows("http://www.ministry.example/n{n}/c{n}/content.html", 15)
    items = "".join(
        f"<tr><td>・<a href='/n{r.url.split('/n')[1]}' class=black14>{r.title}</a></td><td class=date>({r.date[5:].replace('-', '月')}日)</td></tr>"
        for r in listed
    )
    html = _shell(f"<table><tr><td><ul>{NAV}</ul></td></tr></table><table>{items}</table>{FOOT}").replace(
        'charset="utf-8"', 'charset="gb2312"'
    )
    return page_of("GBK table", "http://www.ministry.example/n1146/index.html", html, listed, charset="gbk")


def _headline() -> ListPage:
    listed = rows("http://www.city.example/xw/{y}{m}/t{y}{m}{d}_{n}.html", 21)
    top, rest = listed[0], listed[1:]
    items = "".join(f'<li><i></i><a href="{r.url}">{r.title}</a><b>{r.date}</b></li>' for r in rest)
    body = (
        f'<div class="menu"><ul>{NAV}</ul></div><div class="content"><div class="tt"><h3><a href="{top.url}">{top.title}</a></h3><p>{top.excerpt}</p><span>{top.date}</span></div>'
        f'<ul class="xwlist">{items}</ul></div>{FOOT}'
    )
    return page_of("headline above rows", "http://www.city.example/xw/", _shell(body), listed)


def _split_date() -> ListPage:
    listed = rows("https://www.univ.example/info/1045/{n}.htm", 12)
    items = "".join(
        f'<li><a href="../info/1045/{r.url[-10:]}"><div class="sj"><h5>{r.date[8:]}</h5><p>{r.date[:7]}</p></div><div class="wz"><h4>{r.title}</h4><p>{r.excerpt}</p></div></a></li>'
        for r in listed
    )
    body = f'<div class="head"><ul>{NAV}</ul></div><div class="list"><ul>{items}</ul></div>{FOOT}'
    return page_of("day and month apart", "https://www.univ.example/xwzx/xyxw.htm", _shell(body), listed)


def _script_shell() -> ListPage:
    body = '<div id="app"></div><noscript>请启用 JavaScript</noscript><script src="/static/js/vendor.js"></script><script src="/static/js/app.js"></script>'
    return page_of("script shell", "https://spa.example/news", _shell(body, "资讯"), [])


def _article() -> ListPage:
    (row,) = rows("http://www.city.example/xw/{y}{m}/t{y}{m}{d}_{n}.html", 1)
    related = "".join(
        f'<li><a href="{r.url}">{r.title}</a></li>'
        for r in rows("http://www.city.example/xw/{y}{m}/t{y}{m}{d}_{n}.html", 6, start=4)
    )
    text = "".join(f"<p>{r.excerpt}{r.excerpt}</p>" for r in rows("{n}", 12))
    body = f'<div class="nav"><ul>{NAV}</ul></div><div class="article"><h1>{row.title}</h1><p>{row.date} 来源：示例网</p>{text}</div><div class="box"><h3>延伸阅读</h3><ul>{related}</ul></div>{FOOT}'
    return page_of("article", row.url, _shell(body, row.title), [])


def _wall() -> ListPage:
    return page_of(
        "challenge",
        "https://www.wall.example/list",
        _shell("<p>您的访问环境异常，请完成验证后继续访问。</p>", "安全验证"),
        [],
    )


def pages() -> Iterator[ListPage]:
    """Yield the pages of this set."""
    makers: tuple[Callable[[], ListPage], ...] = (
        _people, _table, _cards, _portal, _framed, _one_link, _definitions, _separated, _english_blog, _wordpress, _sidebar, _forum, _gbk,
        _headline, _split_date, _script_shell, _article, _wall,
    )  # fmt: skip
    for make in makers:
        yield make()


# ------------------------------------------------------------------------------------------------ mutations

_CLASS = re.compile(r"""(class=)(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""")


def _classes(html: str, change: Callable[[str, int], str]) -> str:
    counter = iter(range(10**9))

    def swap(found: re.Match[str]) -> str:
        names = (found[2] or found[3] or found[4] or "").split()
        number = next(counter)
        return f'class="{" ".join(change(name, number) for name in names)}"'

    return _CLASS.sub(swap, html)


def _renamed(page: ListPage) -> ListPage:
    return replace(
        page,
        html=_classes(
            page.html,
            lambda name, _: (
                "k" + hashlib.sha1(name.encode()).hexdigest()[:5].translate(str.maketrans("0123456789", "ghijklmnop"))
            ),
        ),
    )


def _hashed(page: ListPage) -> ListPage:
    """Give every element's classes a suffix of its own, as some style compilers do."""
    return replace(
        page,
        html=_classes(
            page.html, lambda name, number: f"{name}__{hashlib.sha1(f'{name}{number}'.encode()).hexdigest()[:5]}"
        ),
    )


def _grown_nav(page: ListPage) -> ListPage:
    more = "".join(f'<li><a href="/special/zt{n}/">专题专栏与主题教育活动{n}</a></li>' for n in range(40))
    return replace(page, html=page.html.replace("<body>", f'<body><div class="nav"><ul>{more}</ul></div>', 1))


def _with_ad(page: ListPage) -> ListPage:
    """Put an advertisement after the third row where rows are list items or table rows."""
    if len(page.gold) < 5:
        return page
    at = page.html.find(page.gold[3][1][:12])
    start = max(page.html.rfind("<li", 0, at), page.html.rfind("<tr", 0, at))
    if at < 0 or start < 0 or page.html.find("<a", start, at) < 0:
        return page
    tag = page.html[start + 1 : start + 3]
    inner = '<a href="https://click.ads.example/c?id=77812">大模型算力服务器限时特惠抢购中</a>'
    inner = f"<td>{inner}</td>" if tag == "tr" else inner
    return replace(
        page, html=f'{page.html[:start]}<{tag} class="ad">{inner}<span>广告</span></{tag}>{page.html[start:]}'
    )


MUTATIONS: dict[str, Callable[[ListPage], ListPage]] = {
    "as written": lambda page: page,
    "classes renamed": _renamed,
    "classes hashed": _hashed,
    "menu grown": _grown_nav,
    "advertisement between": _with_ad,
}


def mutated(page: ListPage, mutation: str) -> ListPage:
    """Return a page changed in a way that leaves its gold as it is."""
    return MUTATIONS[mutation](page)
