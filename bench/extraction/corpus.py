"""Assembles the pages: every layout with several articles, each with its gold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha1

from bench.extraction.articles import load_articles
from bench.extraction.facts import facts_of
from bench.extraction.layouts import LAYOUTS
from bench.extraction.markup import site_map
from bench.extraction.page import Article, Draft, Gold, Layout, Page

__all__ = ["pages"]

PER_LAYOUT = 4
NAMES = re.compile(r'(\s(?:class|id|data-[a-z-]+))="([^"]+)"')
BODY = re.compile("<body[^>]*>", re.IGNORECASE)
NEEDS_NAMES = "wechat"  # hides its text until a script shows the element of a known id


def pages(layout: str | None = None) -> Iterator[Page]:
    """Yield the pages of all layouts, or of one, always the same; the last of each layout is scrambled."""
    for number, each in enumerate(LAYOUTS):
        if layout in (None, each.name):
            chosen = _chosen(each, number)
            for turn, article in enumerate(chosen):
                yield _page(each, article, turn)
            if each.name != NEEDS_NAMES:
                yield _page(each, chosen[-1], len(chosen), scrambled=True)


def _chosen(layout: Layout, number: int) -> tuple[Article, ...]:
    pool = load_articles(layout.group)
    if layout.only:
        by_key = {article.key: article for article in pool}
        return tuple(by_key[key] for key in layout.only)
    usual = [article for article in pool if not (article.is_short or article.key.startswith(("notice", "launch")))]
    return tuple(usual[(number * 3 + turn * 5) % len(usual)] for turn in range(PER_LAYOUT))


def _page(layout: Layout, article: Article, turn: int, *, scrambled: bool = False) -> Page:
    draft = layout.render(article, facts_of(layout.name, layout.group, turn))
    html = BODY.sub(lambda tag: tag[0] + site_map(layout.group, layout.menu), draft.html, count=1)
    html = html.replace("</body>", site_map(layout.group, layout.menu) + "</body>")
    html = NAMES.sub(_scramble, html) if scrambled else html
    return Page(
        layout=layout.name,
        key=f"{layout.name}/{turn}/{article.key}",
        group=layout.group,
        held_out=layout.held_out,
        scrambled=scrambled,
        url=draft.url,
        content_type=layout.content_type,
        charset=layout.charset,
        body=html.encode(layout.charset, "xmlcharrefreplace"),
        gold=_gold(article, draft),
    )


def _scramble(match: re.Match[str]) -> str:
    words = (f"x{sha1(word.encode(), usedforsecurity=False).hexdigest()[:6]}" for word in match[2].split())
    return f'{match[1]}="{" ".join(words)}"'


def _gold(article: Article, draft: Draft) -> Gold:
    first, *rest = article.lines
    if article.is_short:
        first = f"【{article.title}】{first}"
    return Gold(
        title=draft.title or article.title,
        lines=draft.lines or (draft.dateline + first, *rest),
        headings=frozenset() if draft.lines else frozenset(b.lines[0] for b in article.blocks if b.kind == "h"),
        leads=frozenset(draft.lines) | frozenset(b.lines[0] for b in article.blocks if b.kind == "lead"),
        published=draft.published,
        authors=None if draft.authors is None else frozenset(draft.authors),
        editors=frozenset(draft.editors),
        source=draft.source,
        publisher=draft.publisher,
        account=draft.account,
        furniture=tuple(line for line in draft.furniture if line not in ("", "None")),
        neutral=tuple(line for line in draft.neutral if line not in ("", "None")),
        next_page=draft.next_page,
    )
