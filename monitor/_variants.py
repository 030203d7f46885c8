"""The same article under other addresses: mobile hosts, AMP, redirect wrappers, and what names an article on a site.

Knows only rules that keep the identity and hold for a whole site; everything else is left to ``rel=canonical`` and to
the comparison of texts. All functions take addresses that are spelt canonically already. Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import TypeVar
from urllib.parse import parse_qsl, unquote

__all__ = ["article_name", "at_site", "desktop_host", "without_amp", "wrapped"]

T = TypeVar("T")

# The mobile host and the desktop host serve one article under one path.
_DESKTOP = {
    "3g.163.com": "www.163.com",
    "amp.cnn.com": "www.cnn.com",
    "amp.dw.com": "www.dw.com",
    "amp.scmp.com": "www.scmp.com",
    "amp.theguardian.com": "www.theguardian.com",
    "m.163.com": "www.163.com",
    "m.36kr.com": "36kr.com",
    "m.bilibili.com": "www.bilibili.com",
    "m.guancha.cn": "www.guancha.cn",
    "m.huxiu.com": "www.huxiu.com",
    "m.jiemian.com": "www.jiemian.com",
    "m.leiphone.com": "www.leiphone.com",
    "m.sohu.com": "www.sohu.com",
    "m.thepaper.cn": "www.thepaper.cn",
    "m.toutiao.com": "www.toutiao.com",
    "m.yicai.com": "www.yicai.com",
    "m.youtube.com": "www.youtube.com",
    "mobile.twitter.com": "twitter.com",
    "wap.sohu.com": "www.sohu.com",
    "wap.xinhuanet.com": "www.news.cn",
    "m.xinhuanet.com": "www.news.cn",
    "www.36kr.com": "36kr.com",
    "www.xinhuanet.com": "www.news.cn",
}
_WIKI = re.compile(r"([a-z-]+)\.m\.(wik[a-z]+\.org)")

# Hosts that send the reader on to the address in their query: the path (or its start), the keys that hold it.
_WRAPPERS = {
    "c.pc.qq.com": ("/", ("pfurl", "url")),
    "cloud.tencent.com": ("/developer/tools/blog-entry", ("target",)),
    "duckduckgo.com": ("/l/", ("uddg",)),
    "gitee.com": ("/link", ("target",)),
    "google.com": ("/url", ("q", "url")),
    "l.facebook.com": ("/l.php", ("u",)),
    "link.csdn.net": ("/", ("target",)),
    "link.juejin.cn": ("/", ("target",)),
    "link.zhihu.com": ("/", ("target",)),
    "out.reddit.com": ("/", ("url",)),
    "sspai.com": ("/link", ("target",)),
    "weibo.cn": ("/sinaurl", ("u", "toasturl")),
    "www.douban.com": ("/link2/", ("url",)),
    "www.facebook.com": ("/l.php", ("u",)),
    "www.google.com": ("/url", ("q", "url")),
    "www.google.com.hk": ("/url", ("q", "url")),
    "www.jianshu.com": ("/go-wild", ("url",)),
    "www.oschina.net": ("/action/GoToLink", ("url",)),
    "www.youtube.com": ("/redirect", ("q",)),
    "xie.infoq.cn": ("/link", ("target",)),
}
_AMP_CACHE = re.compile(r"/(?:amp|[cvi])/(s/)?([a-z0-9.-]+\.[a-z]{2,}/.*)")
_AMP_CACHE_HOSTS = {"cdn.ampproject.org": True}
_AMP_ENDS = ("/amp", "/amp/", "/amp.html")
_PAGE_ENDS = (".html", ".htm", ".shtml")
_NUMBER = re.compile(r"[0-9]{5}")
_MAX_PATH = 2_000
_MAX_WRAPPED = 4_000  # characters: each wrapping escapes the inner address once more

# What names an article on a site, whatever host, channel or app shows it: the groups, joined. Each is the number under
# which the site's own publishing system keeps the article. A plain number is one article's on the hosts alone that
# ``_HOSTS`` names: forums, blogs and local pages under the same domain count for themselves.
_NAMES: dict[str, tuple[str, ...]] = {
    "163.com": (
        r"/(?:[a-z0-9]+/)*(?:article|a)/([0-9A-Z]{16})\.html",
        r"/\d\d/\d{4}/\d\d/([0-9A-Z]{16})\.html",
    ),
    "caixin.com": (r"/(?:m/)?(\d{4}-\d\d-\d\d/\d{8,10})\.html",),
    "chinanews.com": (r"/(?:[a-z]+/)*(\d{4}/\d\d-\d\d/\d{7,9})\.shtml",),
    "cls.cn": (r"/(?:detail|share/article)/(\d+)",),
    "cnbeta.com": (r"/(?:articles/(?:[a-z]+/)?|view/|wap/view/)(\d+)\.htm",),
    "huanqiu.com": (r"/article/((?=\d*[A-Za-z])\d[0-9A-Za-z]{8,12})",),
    "ifeng.com": (r"/c/(?:s/)?(\d[0-9A-Za-z]{10})",),
    "ithome.com": (r"/0/(\d+)/(\d{3})\.htm", r"/html/(?:[a-z]+/)?(\d+)\.htm"),
    "news.cn": (
        r"/(?:[a-z]+/)*(\d{4}-\d\d/\d\d/c_\d{10})\.html?",
        r"/(?:[a-z]+/)*\d{8}/([0-9a-f]{32})/c\.html",
    ),
    "qq.com": (
        r"/(?:rain/|omn/\d{8}/|cmsid/|k/)?(?:a/)?(\d{8}[A-Z][0-9A-Z]{6,9})(?:\.html)?",
    ),
    "sina.com.cn": (r"/(?:[\w-]+/)*\d{4}-\d\d-\d\d/(?:doc|detail)-(i[a-z0-9]{13,15})(?:\.d)?\.s?html",),
    "thepaper.cn": (r"/(?:newsDetail_forward_|detail/)(\d+)",),
    "toutiao.com": (r"/(?:article/|group/|item/|[ai])(\d{16,})/?",),
    "zhihu.com": (r"/(?:p|tardis/[a-z]+/art)/(\d+)",),
}  # fmt: skip
_HOSTS: dict[str, frozenset[str]] = {
    "chinanews.com": frozenset({
        "chinanews.com", "m.chinanews.com", "www.chinanews.com",
        "chinanews.com.cn", "m.chinanews.com.cn", "www.chinanews.com.cn",
    }),
    "cls.cn": frozenset({"api3.cls.cn", "cls.cn", "m.cls.cn", "www.cls.cn"}),
    "cnbeta.com": frozenset({
        "cnbeta.com", "m.cnbeta.com", "www.cnbeta.com", "cnbeta.com.tw", "m.cnbeta.com.tw", "www.cnbeta.com.tw",
    }),
    "ithome.com": frozenset({"ithome.com", "m.ithome.com", "www.ithome.com"}),
    "qq.com": frozenset({"inews.qq.com", "new.qq.com", "news.qq.com", "view.inews.qq.com", "xw.qq.com"}),
    "thepaper.cn": frozenset({"m.thepaper.cn", "thepaper.cn", "www.thepaper.cn"}),
    "weibo.com": frozenset({"card.weibo.com", "m.weibo.cn", "weibo.cn", "weibo.com", "www.weibo.com"}),
    "zhihu.com": frozenset({"www.zhihu.com", "zhihu.com", "zhuanlan.zhihu.com"}),
}  # fmt: skip
_SAME_SITE = {
    "chinanews.com.cn": "chinanews.com",
    "cnbeta.com.tw": "cnbeta.com",
    "sina.cn": "sina.com.cn",
    "toutiaocdn.com": "toutiao.com",
    "xinhuanet.com": "news.cn",
}
_COMPILED = {site: tuple(map(re.compile, patterns)) for site, patterns in _NAMES.items()}
_WEIBO = re.compile(r"/(?:status|detail|\d{5,11})/(\d{16}|[x-zA-Z][0-9A-Za-z]{8})")  # nine: followers begins with f
_WEIBO_ARTICLE = re.compile(r"(?:/ttarticle/p/show\?id=|/article/m/show/id/)(\d{16,})")
_BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BAIDU_PAGE = re.compile(r"/newspage/data/[a-z]+\?context=([^&#]+)")
_NID = re.compile(r"[a-z]+_\d{6,}")


def at_site(host: str, table: Mapping[str, T]) -> T | None:
    """Return what a table says of the nearest site that a host belongs to: its own name or that of a parent domain."""
    while host:
        if host in table:
            return table[host]
        host = host.partition(".")[2]
    return None


def desktop_host(host: str) -> str:
    """Return the host that serves the same paths to desktop readers."""
    if host in _DESKTOP:
        return _DESKTOP[host]
    wiki = _WIKI.fullmatch(host) if ".m." in host else None
    return f"{wiki[1]}.{wiki[2]}" if wiki else host


def without_amp(path: str) -> str:
    """Return the path of the page of which this is the AMP form; a path that only mentions AMP stays."""
    if "amp" not in path or len(path) > _MAX_PATH:
        return path
    shorter = _amp_less(path)
    return path if shorter == path else without_amp(shorter)


def _amp_less(path: str) -> str:
    end = next((end for end in _AMP_ENDS if path.endswith(end)), None)
    if end is not None:
        page = path[: -len(end)]
        return page + "/" * end.endswith("/") if _names_article(page.rpartition("/")[2]) else path
    stem, dot, kind = path.rpartition(".")
    return stem.removesuffix(".amp") + dot + kind if f".{kind}" in _PAGE_ENDS else path


def _names_article(segment: str) -> bool:
    """Tell the address of an article from that of a year, a version or a topic below which something is called AMP."""
    return segment.endswith(_PAGE_ENDS) or segment.count("-") > 1 or _NUMBER.search(segment) is not None


def wrapped(host: str, path: str, query: str) -> str | None:
    """Return the address to which a redirect page or an AMP cache leads, where its own address says so."""
    if len(path) + len(query) > _MAX_WRAPPED:
        return None
    if at_site(host, _AMP_CACHE_HOSTS) or (host in ("www.google.com", "google.com") and path.startswith("/amp/")):
        cached = _AMP_CACHE.fullmatch(path)
        return f"http{'s' if cached[1] else ''}://{cached[2]}{'?' if query else ''}{query}" if cached else None
    start, keys = _WRAPPERS.get(host, ("", ()))
    if not keys or not (path == start or (start != "/" and path.startswith(f"{start.rstrip('/')}/"))):
        return None
    values = dict(_pairs(query))
    return next((values[key] for key in keys if _is_whole(values.get(key, ""))), None)


def article_name(host: str, rest: str) -> str | None:
    """Return ``site name`` of an article that its site names by number; ``rest`` is path and query, no fragment."""
    site = at_site(host, _SITES)
    if site is None or host not in _HOSTS.get(site, (host,)):
        return None
    if site in _SPECIAL:
        name = _SPECIAL[site](host, rest)
    else:
        path = rest.partition("?")[0]
        found = next((found for pattern in _COMPILED[site] if (found := pattern.fullmatch(path))), None)
        name = "".join(found.groups()) if found else None
    return f"{site} {name}" if name else None


def _weibo(host: str, rest: str) -> str | None:
    """Return the number of a post, which desktop addresses spell in base 62, four signs for seven digits."""
    article = _WEIBO_ARTICLE.match(rest)
    if article:
        return f"article {article[1]}"
    found = _WEIBO.fullmatch(rest.partition("?")[0].rstrip("/"))
    if not found:
        return None
    return found[1] if found[1].isdecimal() and len(found[1]) == 16 else _decimal(found[1])


def _decimal(short: str) -> str:
    blocks = [short[max(0, end - 4) : end] for end in range(len(short), 0, -4)]
    *rest, first = (reduce(lambda value, sign: value * 62 + _BASE62.index(sign), block, 0) for block in blocks)
    return "".join((str(first), *(f"{value:07d}" for value in reversed(rest))))


def _baidu(host: str, rest: str) -> str | None:
    """Return the ``nid`` in the JSON of a news page of Baidu's app."""
    found = _BAIDU_PAGE.match(rest) if host == "mbd.baidu.com" else None
    if not found:
        return None
    try:
        context = json.loads(unquote(found[1]))
    except (ValueError, RecursionError):
        return None
    nid = context.get("nid") if isinstance(context, dict) else None
    return nid if isinstance(nid, str) and _NID.fullmatch(nid) else None


_SPECIAL: dict[str, Callable[[str, str], str | None]] = {"baidu.com": _baidu, "weibo.com": _weibo}
_SITES = {
    **{site: site for site in (*_NAMES, *_SPECIAL)},
    **_SAME_SITE,
    "weibo.cn": "weibo.com",
}


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    try:
        yield from parse_qsl(query, errors="strict")
    except ValueError:
        return


def _is_whole(address: str) -> bool:
    return address[:8].lower().startswith(("http://", "https://"))
