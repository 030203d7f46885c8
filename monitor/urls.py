"""Addresses as identities: one canonical form, its key, its host.

Knows how an address is spelt and which query keys only say how a reader came to a page. Does not resolve names,
does not touch the network and does not judge whether an address may be fetched (``monitor.fetch.guard`` does, when
it connects). The form is made for comparing; what is fetched is the address as it was found.
"""

from __future__ import annotations

import hashlib
import re
from ipaddress import IPv6Address
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

__all__ = ["canonical_url", "host_of", "is_web", "url_key"]

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_-])?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
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
        "__twitter_impression", "_branch_match_id", "_branch_referrer", "_ga", "_gl", "_hsenc", "_hsmi", "_openstat",
        "adtag", "campaign_content", "campaign_medium", "campaign_name", "campaign_source", "campaign_term",
        "campaignid", "chksm", "cmpid", "dclid", "fb_action_ids", "fb_action_types", "fb_ref", "fb_source", "fbclid",
        "from", "fromwx", "gad_campaignid", "gad_source", "gbraid", "gclid", "gclsrc", "guccounter", "guce_referrer",
        "guce_referrer_sig", "hmci", "hmcu", "hmkw", "hmpl", "hmsr", "hsctatracking", "igsh", "igshid",
        "isappinstalled", "jsessionid", "li_fat_id", "mc_cid", "mc_eid", "mc_tc", "mibextid", "mkt_tok", "msclkid",
        "nsukey", "oly_anon_id", "oly_enc_id", "pgv_ref", "phpsessid", "rb_clickid", "rdt_cid", "ref_src", "ref_url",
        "s_cid", "scene", "scm", "sfnsn", "spm", "spm_id_from", "spss", "spssid", "srsltid", "ttclid", "twclid",
        "vd_source", "vero_conv", "vero_id", "wbraid", "wfr", "wickedid", "wxshare_count", "xtor", "yclid", "ysclid",
        *(f"{tool}_{key}" for tool in ("pk", "mtm", "itm", "matomo", "piwik") for key in (
            "audience", "campaign", "channel", "cid", "content", "cpn", "group", "keyword", "kwd", "medium",
            "placement", "source", "term", "vid",
        )),
    }
)  # fmt: skip
_TRACKING_PREFIXES = ("utm_", "share_", "sharer_", "hsa_")
_NAMES_THINGS = frozenset({"share_id"})
_PAGE_NUMBER = re.compile(r"[0-9]{1,6}")  # of "from": the 20th of a list; ways to a page are words or long numbers
_TRACKING_AT = {
    "163.com": frozenset({"f", "isfromotherweb", "referfrom", "spsw"}),
    "36kr.com": frozenset({"f"}),
    "baidu.com": frozenset({"for", "sfrom", "rcptid"}),
    "sina.com.cn": frozenset({"cre", "mod", "loc", "r", "rfunc", "tj", "tr", "wm", "vt", "pos"}),
    "sohu.com": frozenset({"_f", "_trans_", "editor"}),
    "thepaper.cn": frozenset({"commtag"}),
    "toutiao.com": frozenset({"app", "log_from", "req_id", "timestamp", "tt_from", "use_new_style"}),
}
# Where a page has all of these, it needs no others.
_ENOUGH_AT = {
    "baijiahao.baidu.com": frozenset({"id"}),
    "mp.weixin.qq.com": frozenset({"__biz", "mid", "idx", "sn"}),
}
_MAX_HOST = 1_000  # characters: Python's IDNA takes the square of it


def canonical_url(url: str, base: str | None = None) -> str:
    """Return the one spelling under which an address is compared and keyed.

    For http and https: scheme and host in lower case, host in punycode and without a final dot, user name, default
    port and fragment (``#!...`` and ``#/...`` are routes of one page, and stay) dropped, dot segments resolved,
    escapes in upper case and only where needed, the query sorted by name without keys that only track. Another scheme
    keeps all but the case of its name. Idempotent. Raise ValueError for what cannot be an address.
    """
    parts = _split(url, base)
    if parts.scheme not in _DEFAULT_PORTS:
        rest = parts.geturl().partition(":")[2]
        return f"{parts.scheme}:{_escape(rest, _IN_QUERY | frozenset(b'#[]'))}"
    host = _host(parts.hostname)
    query = _query(parts.query, host)
    fragment = f"#{_escape(parts.fragment, _IN_QUERY)}" if parts.fragment.startswith(("!", "/")) else ""
    return f"{parts.scheme}://{_netloc(host, parts)}{_path(parts.path)}{'?' if query else ''}{query}{fragment}"


def url_key(url: str) -> str:
    """Return 32 hex digits that stand for an address: the head of the SHA-256 of its canonical form."""
    return hashlib.sha256(canonical_url(url).encode()).hexdigest()[:32]


def host_of(url: str) -> str:
    """Return ``host`` or ``host:port`` (default port left out) in canonical spelling; "" unless http or https."""
    parts = _split(url, None)
    return _netloc(_host(parts.hostname), parts) if parts.scheme in _DEFAULT_PORTS else ""


def is_web(url: str) -> bool:
    """Say whether this is a whole http or https address."""
    try:
        return bool(host_of(url))
    except ValueError:
        return False


def _split(url: str, base: str | None) -> SplitResult:
    text = _clean(url)
    if base is not None:
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
    return not any(name in keys for site, keys in _TRACKING_AT.items() if host == site or host.endswith(f".{site}"))


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
