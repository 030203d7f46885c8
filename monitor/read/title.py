"""Choose the title of a page: what its heading says, confirmed by what it declares."""

from __future__ import annotations

import re

from storage.fold import fold

from .head import Head
from .hygiene import scrub, tidy_line
from .survey import Block

__all__ = ["MAX_TITLE", "choose_title", "find_title_block", "same_words", "site_suffix"]

MAX_TITLE = 500
_BREAK = re.compile(r"\s*[|｜_»·•]+\s*|\s+[-–—]+\s+|\s*(?:--+|——|─+)\s*")
_SITE = re.compile(
    r"(?:网|新闻|频道|报|社|在线|门户|中心|客户端|搜狐|新浪|腾讯|凤凰|网易|论坛|博客|资讯|财经|科技|号|中国|央视|卫视|电视台|"
    r"门户网站|人民政府|办公室|委员会|部|局|周刊|杂志|日报|头条|com|cn|net|news|times|post|bbc|cnn|reuters)$",
    re.IGNORECASE,
)
_SITE_NAME = re.compile(
    r"(?:网|网站|频道|日报|晚报|晨报|时报|在线|门户|中心|客户端|论坛|博客|资讯|新闻|头条|要闻|电视台|官网|周刊)$"
)
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
    specific = [text for text in _specific(head) if not _is_generic(text, head)]
    headings = _headings(blocks, body_start)
    for heading in headings:
        if any(_contains(text, heading) for text in declared) and not _is_generic(heading, head):
            return _cut(heading)
    if specific:
        return _cut(_without_site(specific[0], head))
    own = _own_heading(head, blocks, body_start)
    if own and (not declared or _outdoes(own, declared[0], head)):
        return _cut(own)
    if declared and not (headings and _SECTION_NAME.fullmatch(_bare(_without_site(declared[0], head)))):
        return _cut(_without_site(declared[0], head))
    return _cut(headings[0]) if headings else None


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
    if site and same_words(text, site):
        return True
    parts = [part for part in _PARTS.split(text) if _bare(part)]
    ends = [part for part in _BREAK.split(head.title or "") if part][1:]
    return bool(parts) and all(_is_name_of_place(part) or any(same_words(part, end) for end in ends) for part in parts)


def _is_name_of_place(part: str) -> bool:
    bare = _bare(part)
    return _SECTION_NAME.fullmatch(bare) is not None or (len(bare) <= _MAX_SITE and _SITE_NAME.search(bare) is not None)


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
    return len(inner) >= 4 and inner in outer and len(inner) >= 0.4 * len(outer)


def _without_site(text: str, head: Head) -> str:
    """Return a declared title without the names of site and section that follow it."""
    site = head.metas.get("og:site_name") or head.metas.get("application-name") or ""
    parts = [part for part in _BREAK.split(text) if part]
    while len(parts) > 1 and (
        len(parts[-1]) <= 12 or (site and same_words(parts[-1], site)) or _SITE.search(parts[-1])
    ):
        if len(_bare("".join(parts[:-1]))) < 4:
            break
        parts.pop()
    kept = text[: text.rfind(parts[-1]) + len(parts[-1])] if parts else text
    stem, dash, tail = kept.rpartition("-")
    if (
        dash
        and (len(_bare(stem)) >= 6 or _SECTION_NAME.fullmatch(_bare(stem)))
        and len(tail) <= 10
        and (_SITE.search(tail) or (site and same_words(tail, site)))
    ):
        return stem.rstrip(" -")
    return kept


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
