"""Addresses as identities: one canonical form, its key, its host.

Knows how an address is spelt and which query keys only say how a reader came to a page. Does not resolve names,
does not touch the network and does not judge whether an address may be fetched (``monitor.fetch.guard`` does, when
it connects). The form is made for comparing; what is fetched is the address as it was found. The variants of great
sites are in ``monitor._variants``.
"""

from __future__ import annotations

import hashlib
import re
from ipaddress import IPv6Address
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from monitor._variants import article_name, at_site, desktop_host, without_amp, wrapped

__all__ = ["Address", "address_of", "canonical_url", "host_of", "is_web", "of_path", "target_of", "url_key"]

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_-])?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WHOLE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PATH_END = re.compile(r"[?#]")
_BREAKS = re.compile(r"[\t\r\n]")
_BLANKS = "".join(map(chr, range(0x21))) + "\u00a0\u3000\ufeff"
_DOUBLE = re.compile(r"^(?:amp;)+")  # what "&amp;" leaves where markup was escaped twice
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_SESSION = re.compile(r";(?:(?:jsessionid|phpsessid)=[^/;]*|sid=[0-9a-z!._-]{16,}(?=[/;]|$))", re.IGNORECASE)
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_IN_PATH = _UNRESERVED | frozenset(b"/!$&'()*+,;=:@")
_IN_QUERY = _IN_PATH | frozenset(b"?")

# Keys that name the way to a page, never the page: advertising and mail campaigns, share buttons, in-app browsers,
# sessions. Taking one too many loses an article in silence, one too few costs a visit that ends as an exact copy: a
# key that names things anywhere (id, p, source, ref, share_id, pk_id) is not among them.
_TRACKING = frozenset(
    {
        "__hsfp", "__hssc", "__hstc", "__s", "__twitter_impression", "_branch_match_id", "_branch_referrer", "_bta_tid",
        "_cldee", "_ga", "_gl", "_hsenc", "_hsmi", "_kx", "_openstat", "_wv", "_wwv", "adpubno", "adsession", "adtag",
        "aduin", "amp_gsa", "amp_js_v", "at_campaign", "at_custom1", "at_custom2", "at_custom3", "at_custom4",
        "at_link_id", "at_link_origin", "at_link_type", "at_medium", "bd_vid", "bsh_bid",
        "campaign_content", "campaign_medium", "campaign_name", "campaign_source", "campaign_term", "campaignid",
        "chksm", "ck_subscriber_id", "cmpid", "dclid", "dicbo", "ef_id", "elqaid", "elqat", "elqtrack", "elqtrackid",
        "epik", "exportkey", "fb_action_ids", "fb_action_types", "fb_ref", "fb_source", "fbclid", "from", "from_source",
        "from_spmid", "fromwx", "gad_campaignid", "gad_source", "gbraid", "gclid", "gclsrc", "gdt_vid", "guccounter",
        "guce_referrer", "guce_referrer_sig", "hmci", "hmcu", "hmkw", "hmpl", "hmsr", "hsctatracking", "igsh", "igshid",
        "isappinstalled", "jsessionid", "li_fat_id", "mc_cid", "mc_eid", "mc_tc", "mibextid", "mkt_tok",
        "ml_subscriber", "ml_subscriber_hash", "mpshare", "msclkid", "ns_campaign", "ns_fee", "ns_linkname",
        "ns_mchannel", "ns_source", "nsukey", "ob_click_id", "oly_anon_id", "oly_enc_id", "pass_ticket",
        "pgv_ref", "phpsessid", "qz_gdt", "rb_clickid", "rdt_cid", "ref_src", "ref_url", "refer_flag", "s_cid",
        "s_kwcid", "scene", "scm", "sfnsn", "sharefrom", "shareto", "shareuid", "soc_src", "soc_trk",
        "spm", "spm_id_from", "spss", "spssid", "sr_share", "srsltid", "sudaref", "tblci", "tdsourcetag",
        "trkcampaign", "trkinfo", "ttclid", "twclid", "usqp", "vd_source", "vero_conv", "vero_id", "wbraid",
        "wechatshare", "wfr", "wickedid", "wt.mc_id", "wt_mc", "wt_zmc", "wx_header", "wxfrom", "wxshare_count",
        "xtor", "yclid", "ysclid",
        *(f"{tool}_{key}" for tool in ("pk", "mtm", "itm", "matomo", "piwik") for key in (
            "audience", "campaign", "channel", "cid", "content", "cpn", "group", "keyword", "kwd", "medium",
            "placement", "source", "term", "vid",
        )),
    }
)  # fmt: skip
_TRACKING_PREFIXES = ("utm_", "share_", "sharer_", "hsa_", "bsft_")
_NAMES_THINGS = frozenset({"share_id"})
_AMP_FLAGS = frozenset({"amp", "amp=1", "amp=true", "amp=yes", "outputtype=amp", "output=amp"})
_PAGE_NUMBER = re.compile(r"[0-9]{1,6}")  # of "from": the 20th of a list; ways to a page are words or long numbers
_SINA = frozenset({"cre", "mod", "loc", "r", "rfunc", "tj", "tr", "wm", "vt", "pos", "sinawapsharesource"})
_TRACKING_AT = {
    "163.com": frozenset({"f", "isfromotherweb", "referfrom", "spsw", "pvid", "clickfrom", "post_type"}),
    "36kr.com": frozenset({"f", "ktm_source"}),
    "baidu.com": frozenset({"for", "sfrom", "rcptid"}),
    "bbc.co.uk": frozenset({"ocid"}),
    "bbc.com": frozenset({"ocid"}),
    "bilibili.com": frozenset({
        "-arouter", "bbid", "bsource", "buvid", "is_story_h5", "msource", "plat_id", "refer_from", "seid",
        "timestamp", "unique_k", "up_id",
    }),
    "bloomberg.com": frozenset({"leadsource", "sref", "srnd"}),
    "cls.cn": frozenset({"app", "os", "sv", "sign"}),
    "csdn.net": frozenset({"ops_request_misc", "request_id", "biz_id"}),
    "ft.com": frozenset({"accesstoken", "ftcamp", "sharetype"}),
    "ifeng.com": frozenset({"_zbs_baidu_bk", "aman", "gud", "srctag"}),
    "linkedin.com": frozenset({"lipi", "refid", "trackingid", "trk"}),
    "medium.com": frozenset({"source"}),
    "msn.com": frozenset({"cvid", "ei", "ocid"}),
    "nytimes.com": frozenset({"action", "emc", "module", "partner", "pgtype", "rss", "smid", "smtyp"}),
    "qq.com": frozenset({"chlid", "devid", "no-redirect", "openid", "qimei", "refer", "startextras"}),
    "reuters.com": frozenset({"edition-redirect", "feedname", "feedtype", "il", "taid"}),
    "sina.cn": _SINA,
    "sina.com.cn": _SINA,
    "sohu.com": frozenset({"_f", "_trans_", "editor", "edtcode", "edtsign", "pvid"}),
    "substack.com": frozenset({"isfreemail", "r", "showwelcomeonshare", "token", "triedredirect"}),
    "theguardian.com": frozenset({"cmp"}),
    "thepaper.cn": frozenset({"commtag"}),
    "toutiao.com": frozenset({
        "app", "category_new", "log_from", "req_id", "req_id_new", "timestamp", "tt_from", "upstream_biz",
        "use_new_style",
    }),
    "twitter.com": frozenset({"s", "t"}),
    "washingtonpost.com": frozenset({"itid", "pwapi_token", "tid"}),
    "weibo.com": frozenset({"display", "jumpfrom", "mod", "retcode", "ssl_rnd", "type", "wvr"}),
    "weibo.cn": frozenset({"display", "featurecode", "jumpfrom", "lfid", "luicode", "sourcetype", "wm"}),
    "wsj.com": frozenset({"mod", "reflink", "st"}),
    "x.com": frozenset({"s", "t"}),
    "youtube.com": frozenset({"ab_channel", "feature", "pp", "si"}),
    "zhihu.com": frozenset({"hb_wx_block", "hybrid_search_extra", "hybrid_search_source", "s_r"}),
}  # fmt: skip
# Where a page has all of these, it needs no others.
_ENOUGH_AT = {
    "baijiahao.baidu.com": frozenset({"id"}),
    "mp.weixin.qq.com": frozenset({"__biz", "mid", "idx", "sn"}),
}
# Most addresses of articles are spelt like this, with nothing to resolve, to escape or to drop.
_PLAIN = re.compile(
    r"https?://([a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?){1,3})"
    r"(/[A-Za-z0-9_~/-]*(?:\.[A-Za-z0-9_~/-]+)*)"
)
_MAX_HOST = 1_000  # characters: Python's IDNA takes the square of it


class Address(NamedTuple):
    """A web address to fetch, the host to ask (see ``host_of``), and the key of its article (see ``url_key``)."""

    url: str
    host: str
    key: str


def address_of(url: str) -> Address:
    """Return what stands for a web address; where it wraps another (see ``target_of``), for that one.

    Raise ValueError for what is no whole http or https address.
    """
    plain = _PLAIN.fullmatch(url)
    if plain and _is_plain(plain[1], plain[2]):
        return Address(url, plain[1], _key(plain[1], plain[2]))
    target = target_of(url)
    host = host_of(target)
    if not host:
        raise ValueError(f"not a web address: {url[:200]!r}")
    return Address(target, host, url_key(target))


def canonical_url(url: str, base: str | None = None) -> str:
    """Return the one spelling under which an address is compared and keyed.

    For http and https: scheme and host in lower case, host in punycode and without a final dot, user name, default
    port and fragment (``#!...`` and ``#/...`` are routes of one page, and stay) dropped, dot segments resolved,
    escapes in upper case and only where needed, the query sorted by name without keys that only track. The mobile host
    of a known site becomes its desktop host, an AMP form its page, and a redirect page the address that it wraps.
    Another scheme keeps all but the case of its name. Idempotent. Raise ValueError for what cannot be an address.
    """
    if base is None and (plain := _PLAIN.fullmatch(url)) and _is_plain(plain[1], plain[2]):
        return url
    parts = _split(url, base)
    if parts.scheme not in _DEFAULT_PORTS:
        rest = parts.geturl().partition(":")[2]
        return f"{parts.scheme}:{_escape(rest, _IN_QUERY | frozenset(b'#[]'))}"
    spelt, target = _spell(parts)
    while target is not None:
        try:
            spelt, target = _spell(_split(target, None))
        except ValueError:
            break
    return spelt


def target_of(url: str) -> str:
    """Return where a redirect page leads whose address holds its target (``link.zhihu.com/?target=``), or ``url``.

    Such a page often only asks the reader to go on, so the target is what must be fetched.
    """
    if _PLAIN.fullmatch(url) and "ampproject" not in url:
        return url
    try:
        parts = _split(url, None)
        target = _spell(parts)[1] if parts.scheme in _DEFAULT_PORTS else None
    except ValueError:
        return url
    return target_of(target) if target is not None and is_web(target) else url


def url_key(url: str) -> str:
    """Return 32 hex digits that stand for an address: the head of a SHA-256.

    Of the name of the article where its site is known to number them, else of the canonical form without its scheme:
    http and https are two ways to one page.
    """
    canonical = canonical_url(url)
    scheme, mark, rest = canonical.partition("://")
    if scheme not in _DEFAULT_PORTS or not mark:
        return _digest(canonical)
    host, slash, path = rest.partition("/")
    return _key(host, slash + path)


def _key(host: str, rest: str) -> str:
    """Return the key of a canonical web address; ``rest`` is all that follows the host."""
    return _digest((None if "#" in rest else article_name(host, rest)) or f"//{host}{rest}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def host_of(url: str) -> str:
    """Return ``host`` or ``host:port`` (default port left out) in canonical spelling; "" unless http or https."""
    if plain := _PLAIN.fullmatch(url):
        return plain[1]
    parts = _split(url, None)
    return _netloc(_host(parts.hostname), parts) if parts.scheme in _DEFAULT_PORTS else ""


def of_path(text: str) -> str:
    """Return the address of a file for its absolute path, as messages show it; any other text as it is."""
    return Path(text).as_uri() if text.startswith("/") else text


def is_web(url: str) -> bool:
    """Say whether this is a whole http or https address."""
    try:
        return bool(host_of(url))
    except ValueError:
        return False


def _is_plain(host: str, path: str) -> bool:
    """Say whether an address that is spelt plainly is canonical: no host or path that has other forms."""
    has_forms = "/amp" in path or ".amp" in path or "/./" in path or host.endswith("ampproject.org")
    return not has_forms and desktop_host(host) == host


def _spell(parts: SplitResult) -> tuple[str, str | None]:
    """Return the spelling of a web address, and the address that it wraps."""
    host = _host(parts.hostname)
    path, port = _path(parts.path), _netloc(host, parts)[len(host) :]
    target = wrapped(host, path, _escape(parts.query, _IN_QUERY)) if not port else None
    query = _query(parts.query, host)
    shown = host + port if port else desktop_host(host)
    fragment = f"#{_escape(parts.fragment, _IN_QUERY)}" if parts.fragment.startswith(("!", "/")) else ""
    return f"{parts.scheme}://{shown}{without_amp(path)}{'?' if query else ''}{query}{fragment}", target


def _split(url: str, base: str | None) -> SplitResult:
    text = _clean(url)
    if base is not None and not _WHOLE.match(text):
        text = urljoin(_clean(base), text)
    parts = urlsplit(text)
    if not parts.scheme:
        raise ValueError(f"not an address: {url[:200]!r} has no scheme")
    return parts


def _clean(url: str) -> str:
    """Read as browsers do: outer blanks and inner line breaks vanish, backslashes before the query are slashes."""
    text = _BREAKS.sub("", url).strip(_BLANKS)
    scheme = _SCHEME.match(text)
    if scheme and scheme[0].lower() not in ("http:", "https:"):
        return text
    end = _PATH_END.search(text)
    cut = end.start() if end else len(text)
    return text[:cut].replace("\\", "/") + text[cut:]


def _host(name: str | None) -> str:
    if not name:
        raise ValueError("not an address: no host")
    if len(name) > _MAX_HOST:
        raise ValueError(f"not an address: {name[:100]!r}... is no host name")
    if ":" in name:
        return f"[{IPv6Address(name).compressed}]"
    host = unquote(name, errors="strict").lower()
    if not host.isascii():
        host = host.encode("idna").decode()  # UnicodeError is a ValueError
    host = host.removesuffix(".")
    if len(host) > 253 or ".." in host or not _HOST.fullmatch(host):
        raise ValueError(f"not an address: {name[:100]!r} is no host name")
    return host


def _netloc(host: str, parts: SplitResult) -> str:
    port = parts.port
    return host if port is None or port == _DEFAULT_PORTS[parts.scheme] else f"{host}:{port}"


def _path(path: str) -> str:
    kept: list[str] = []
    segments = _escape(_SESSION.sub("", path), _IN_PATH).split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str, host: str) -> str:
    pairs = [_DOUBLE.sub("", _escape(pair, _IN_QUERY)) for pair in query.split("&")]
    ordered = sorted(filter(None, pairs), key=lambda pair: pair.partition("=")[0])
    enough = _ENOUGH_AT.get(host)
    if enough is not None and enough <= {_name(pair) for pair in ordered if not pair.endswith("=")}:
        return "&".join(pair for pair in ordered if _name(pair) in enough)
    return "&".join(pair for pair in ordered if _matters(pair, host))


def _name(pair: str) -> str:
    return unquote(pair.partition("=")[0]).lower()


def _matters(pair: str, host: str) -> bool:
    name = _name(pair)
    if name in _NAMES_THINGS or (name == "from" and _PAGE_NUMBER.fullmatch(pair.partition("=")[2])):
        return True
    if name in _TRACKING or name.startswith(_TRACKING_PREFIXES):
        return False
    return pair.lower() not in _AMP_FLAGS and name not in (at_site(host, _TRACKING_AT) or ())


def _escape(text: str, allowed: frozenset[int]) -> str:
    """Escape what RFC 3986 section 2 does not allow, unescape what needs no escape, and upper-case the rest."""
    parts: list[str] = []
    position = 0
    for escape in _ESCAPE.finditer(text):
        parts += [_escape_raw(text[position : escape.start()], allowed), _unescape(escape[0])]
        position = escape.end()
    return "".join([*parts, _escape_raw(text[position:], allowed)])


def _escape_raw(text: str, allowed: frozenset[int]) -> str:
    return "".join(chr(b) if b in allowed else f"%{b:02X}" for b in text.encode("utf-8", "surrogatepass"))


def _unescape(escape: str) -> str:
    value = int(escape[1:], 16)
    return chr(value) if value in _UNRESERVED else escape.upper()
