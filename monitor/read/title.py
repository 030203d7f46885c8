"""Choose the title of a page: what its heading says, confirmed by what it declares."""

from __future__ import annotations

import re
from itertools import pairwise

from storage.fold import fold

from .head import Head
from .hygiene import scrub, tidy_line
from .survey import Block

__all__ = ["MAX_TITLE", "choose_title", "find_title_block", "same_words", "site_suffix"]

MAX_TITLE = 500
_BREAK = re.compile(r"\s*[|｜_»›·•]+\s*|\s+::\s+|\s+[-–—]+\s+|\s*(?:--+|——|─+)\s*")
_SITE = re.compile(
    r"(?:网|新闻|频道|报|社|在线|门户|中心|客户端|搜狐|新浪|腾讯|凤凰|网易|论坛|博客|资讯|财经|科技|号|中国|央视|卫视|电视台|"
    r"门户网站|人民政府|办公室|委员会|部|局|周刊|杂志|日报|头条|com|cn|net|news|times|post|bbc|cnn|reuters)$",
    re.IGNORECASE,
)
_SITE_NAME = re.compile(
    r"(?:网|网站|频道|日报|晚报|晨报|时报|在线|门户|中心|客户端|论坛|博客|资讯|新闻|头条|要闻|电视台|官网|周刊)$"
)
_INSTITUTION = re.compile(
    r"(?:人民政府|政府网|委员会|委|办公室|办公厅|网信办|部|局|厅|院|大学|学院|研究所|中心|协会|学会|集团|门户网站|网站|官网|网|報|報導|新聞網|新聞|日报|社)$"
)
_INSTITUTION_NAME = re.compile(
    r"(?:人民政府|政府网|管理委员会|管委会|委员会|办公室|办公厅|管理局|大学|学院|研究院|医院|集团|有限公司|协会|学会)(?:官方网站|门户网站|官网|网站|网)?$"
)
_MAX_INSTITUTION = 24
_LATIN_SITE = re.compile(
    r"(?:(?:The |the )?[A-Z0-9][\w.&'’+]*)(?: (?:of |for |and |& )?[A-Z0-9][\w.&'’+]*){0,2}|\w+\.\w{2,4}"
)
"""A tail that may be the name of a site: one to three words, each with a capital."""
_PREFIXED = re.compile(r"^[【\[]\s*(?P<site>[^】\]]{2,12})[】\]]\s*(?=\S{4})")
_SOFTWARE = re.compile(r"powered by\b|手机版$|移动版$", re.IGNORECASE)
_TAG = re.compile(r"^\s*[\[【][^\[\]【】]{1,8}[\]】]|[\[【][^\[\]【】]{1,8}[\]】]\s*$")
_SHORTEST = 4
"""Characters of the shortest heading that is believed though the page declares no title like it."""
_MAX_SITE = 8
"""Characters of the longest name of a site or section that is told by its ending alone."""
_PARTS = re.compile(rf"{_BREAK.pattern}|[-–—]")
_SPACE = re.compile(r"[\W_]+")
_SECTION_NAME = re.compile(
    "(?:新闻|通知|公告|工作|学术|行业|公司|图片|综合|要闻|媒体|最新|详细|文章|内容|信息|政务|部门|首|主)?(?:动态|公告|中心|详情|正文|首页|资讯|新闻|快讯|公开|要闻|内容|页面|页|news|detail|article|index)"
)
_META_TITLES = ("og:title", "articletitle", "twitter:title", "weibo:article:title", "title", "dc.title", "headline")
_TITLE_KINDS = ("h1", "h2", "h3", "h4", "h5")


def _bare(text: str) -> str:
    return _SPACE.sub("", fold(text))


def same_words(one: str, other: str) -> bool:
    """Tell whether two lines differ in punctuation, width, case or script at most."""
    bare = _bare(one)
    return bool(bare) and bare == _bare(other)


def choose_title(head: Head, blocks: list[Block], body_start: int) -> str | None:
    """Return the title of the article, or None if the page gives it none.

    ``body_start`` is the first block of the body. A heading that the document's own title contains is the title as
    the author wrote it; headings of other articles are not in there.
    """
    declared = _declared(head)
    headings = _untagged(_headings(blocks, body_start), declared)
    declared = [text for text in declared if not _is_cut_short(text, [*declared, *headings])]
    specific = [text for text in declared if text in _specific(head) and not _is_generic(text, head)]
    if confirmed := _confirmed(_joined(blocks, body_start) + headings, declared, head):
        return _cut(confirmed)
    if specific:
        return _cut(_without_site(specific[0], head))
    own = _own_heading(head, blocks, body_start)
    if own and (not declared or _outdoes(own, declared[0], head)):
        return _cut(own)
    named = [text for text in declared if not _is_generic(text, head)]
    if named and not (headings and _SECTION_NAME.fullmatch(_bare(_without_site(named[0], head)))):
        return _cut(_without_site(named[0], head))
    return next((_cut(heading) for heading in headings if len(_bare(heading)) >= _SHORTEST), None)


def _untagged(headings: list[str], declared: list[str]) -> list[str]:
    """Return headings without the tags in brackets round them (``[讨论] …``) that no declared title knows."""
    parts = {_bare(part) for text in declared for form in (_BREAK, _PARTS) for part in form.split(text) if part}
    stems = [_TAG.sub("", heading).strip() for heading in headings]
    return [
        stem if stem and _bare(stem) in parts and _bare(heading) not in parts else heading
        for stem, heading in zip(stems, headings, strict=True)
    ]


def _confirmed(headings: list[str], declared: list[str], head: Head) -> str | None:
    """Return the heading that a declared title contains: of several, the one that is all of its first part."""
    found = [
        heading
        for heading in headings
        if any(_contains(text, heading) for text in declared) and not _is_generic(heading, head)
    ]
    if not found:
        return None
    firsts = {_bare(next(part for part in _BREAK.split(text) if part)) for text in declared}
    return next((heading for heading in found if _bare(heading) in firsts), found[0])


def _is_cut_short(text: str, others: list[str]) -> bool:
    """Tell whether a title ends where another one goes on with a quotation mark: an attribute that its quotes ended."""
    return any(other.startswith(text) and other[len(text)] in "\"'" for other in others if len(other) > len(text) + 1)


def _joined(blocks: list[Block], body_start: int) -> list[str]:
    """Return what headings of several lines say as one line."""
    near = [b for b in blocks[: body_start + 6] if b.junk < 0]
    return [
        f"{one.text} {two.text}" for one, two in pairwise(near) if one.kind == two.kind == "h1" and one.text != two.text
    ]


def _declared(head: Head) -> list[str]:
    """Return the titles that the page declares, the most specific first."""
    return _specific(head) + _tidied([head.title, *(head.metas.get(name) for name in _META_TITLES[2:])])


def _specific(head: Head) -> list[str]:
    """Return the titles declared for the article itself, not for the window that shows it."""
    linked = head.linked.get("headline")
    metas = [head.metas.get(name) for name in _META_TITLES[:2]]
    return _tidied([*metas, head.scripts.get("title"), linked if isinstance(linked, str) else None])


def _tidied(candidates: list[str | None]) -> list[str]:
    return [text for text in (tidy_line(scrub(c[:2000])) for c in candidates if c) if len(_bare(text)) > 1]


def _own_heading(head: Head, blocks: list[Block], body_start: int) -> str | None:
    """Return the longest ``h1`` above the first paragraph that is no link and no name of a site or section."""
    end = next((i for i in range(body_start, len(blocks)) if blocks[i].junk < 0 and blocks[i].is_prose), body_start)
    found = [b for b in blocks[:end] if b.kind == "h1" and b.junk < 0 and not b.is_link and len(b.text) <= 200]
    names = [b.text for b in found if len(_bare(b.text)) >= 4 and not _is_generic(b.text, head)]
    return max(names, key=len, default=None)


def _outdoes(heading: str, declared: str, head: Head) -> bool:
    """Tell whether a heading is to be believed before the document's title, which may name only a site or a section.

    A shorter heading is, if half of it (in pairs of characters) is in the title: the same in other words.
    """
    if _is_generic(declared, head):
        return True
    own, window = _bare(heading), _bare(_without_site(declared, head))
    return len(own) >= len(window) or 2 * len(_pairs(own) & _pairs(window)) >= len(_pairs(own))


def _pairs(bare: str) -> set[str]:
    return {bare[index : index + 2] for index in range(len(bare) - 1)}


def _is_generic(text: str, head: Head) -> bool:
    """Tell whether a title is made of nothing but names of sites and sections (``科技频道-某某网``)."""
    site = head.metas.get("og:site_name") or head.metas.get("application-name") or ""
    if (site and same_words(text, site)) or _is_host(text, head.host):
        return True
    parts = [part for part in _PARTS.split(text) if _bare(part)]
    window = [part for part in _BREAK.split(head.title or "") if part]
    ends = [part for part in window[1:] if part != max(window, key=len)]
    return bool(parts) and all(_is_name_of_place(part) or any(same_words(part, end) for end in ends) for part in parts)


def _is_host(text: str, host: str) -> bool:
    """Tell whether a title spells the host it stands on (``Internet-Law`` at internet-law.de)."""
    bare = _bare(text)
    return len(bare) >= 4 and bare.isascii() and bare in _bare(host)


def _is_name_of_place(part: str) -> bool:
    bare = _bare(part)
    if _SECTION_NAME.fullmatch(bare) or (len(bare) <= _MAX_SITE and _SITE_NAME.search(bare)):
        return True
    return len(bare) <= _MAX_INSTITUTION and _INSTITUTION_NAME.search(bare) is not None and "的" not in bare


def _headings(blocks: list[Block], body_start: int) -> list[str]:
    """Return the lines that may be the heading of the article, likeliest first."""
    near = [b for b in blocks[: body_start + 6] if b.junk < 0]
    found = [b.text for kind in _TITLE_KINDS for b in near if b.kind == kind and len(b.text) <= 200]
    plain = [b.text for b in near[-40:] if b.kind not in _TITLE_KINDS and 6 <= len(b.text) <= 120 and not b.is_link]
    return found + [text for text in plain if _is_title_like(text)]


def _is_title_like(text: str) -> bool:
    """Tell whether a line could be a title: no sentence end, no label."""
    return not re.search("[。；;]$|^[^:：]{1,6}[:：]\\s*$", text)


def _contains(declared: str, heading: str) -> bool:
    inner, outer = _bare(heading), _bare(declared)
    if len(inner) < 4 or inner not in outer:
        return False
    return len(inner) >= 0.4 * len(outer) or any(_bare(part) == inner for part in _BREAK.split(declared) if part)


def _without_site(text: str, head: Head) -> str:
    """Return a declared title without the names of site and section round it."""
    site = head.metas.get("og:site_name") or head.metas.get("application-name") or ""
    prefix = _PREFIXED.match(text)
    if prefix and (_is_name_of_place(prefix["site"]) or same_words(prefix["site"], site)):
        text = text[prefix.end() :]
    text = _without_tails(_without_dash_tail(text, site), site)
    first, sep, rest = next(iter(_split_at_first(text)), ("", "", ""))
    if sep and len(_bare(rest)) >= 6 and (_is_name_of_place(first) or (site and same_words(first, site))):
        return rest
    return text


def _split_at_first(text: str) -> list[tuple[str, str, str]]:
    found = _BREAK.search(text)
    return [(text[: found.start()], found[0], text[found.end() :])] if found else []


def _without_tails(text: str, site: str) -> str:
    """Cut the parts behind separators off the end, as long as they read like a site or its section."""
    popped = False
    while True:
        breaks = [found for found in _BREAK.finditer(text) if found.start()]
        if not breaks:
            return text
        stem, mark, tail = text[: breaks[-1].start()], breaks[-1][0], text[breaks[-1].end() :]
        if len(_bare(stem)) < 4 or not (not _bare(tail) or _is_tail(tail, mark, site, popped=popped)):
            return text
        text, popped = stem.rstrip(), True


def _is_tail(tail: str, mark: str, site: str, *, popped: bool) -> bool:
    """Tell whether what follows a separator names the site, or a section in front of the site's name.

    Dashes stand inside titles too: behind them only what reads like a name is cut.
    """
    if site and (same_words(tail, site) or _bare(tail).startswith(_bare(site))):
        return True
    if _SOFTWARE.match(tail):
        return True
    if re.search("[，。！？；：,!?]", tail):
        return False
    is_latin = tail.isascii()
    if _SITE.search(tail) and len(tail) <= _MAX_INSTITUTION and not is_latin:
        return True
    if any(dash in mark for dash in "-–—─"):
        if is_latin:
            return _LATIN_SITE.fullmatch(tail) is not None
        return (mark[:1].isspace() and len(tail) <= 6) or (popped and len(tail) <= 8)
    if is_latin:
        return len(tail) <= 12 or popped or _LATIN_SITE.fullmatch(tail) is not None or _SITE.search(tail) is not None
    return len(tail) <= 12


_DASH_TAIL = re.compile(r"^(?P<stem>.*[^\s\-–—])(?P<dash>[-–—])(?P<tail>[^\s\-–—|_]{2,24})$")


def _without_dash_tail(text: str, site: str) -> str:
    """Cut a name behind a bare dash (``标题-新华网``): short and like a site's, or an institution's."""
    found = _DASH_TAIL.match(text)
    if not found or not (len(_bare(found["stem"])) >= 6 or _SECTION_NAME.fullmatch(_bare(found["stem"]))):
        return text
    tail = found["tail"]
    is_site = (len(tail) <= 10 and _SITE.search(tail)) or (site and same_words(tail, site))
    is_institution = not tail.isascii() and _INSTITUTION.search(tail) and not re.search("[，。！？：“”]", tail)
    return found["stem"].rstrip() if is_site or is_institution else text


def site_suffix(head: Head) -> str | None:
    """Return the name of the site that ends the document's title (``标题_新华网``), or None."""
    parts = [part for part in _BREAK.split(head.title or "") if part]
    if (
        len(parts) > 1
        and 2 <= len(parts[-1]) <= 10
        and _SITE.search(parts[-1])
        and not re.search("[,，。！？]", parts[-1])
    ):
        return parts[-1]
    return None


def find_title_block(blocks: list[Block], title: str | None, before: int) -> int | None:
    """Return the index of the last block before ``before`` that is the title, or None."""
    if not title:
        return None
    bare = _bare(title)
    for index in range(min(before, len(blocks)) - 1, -1, -1):
        text = blocks[index].text
        if len(text) <= 2 * len(title) + 10 and _bare(text) == bare:
            return index
    return None


def _cut(text: str) -> str | None:
    return text.strip()[:MAX_TITLE] or None
