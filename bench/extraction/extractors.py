"""The extractors that the bench compares, each as a function from a page to an ``Answer``; peers only if installed."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from bench.extraction.page import FETCHED_AT, NotArticle, Page

__all__ = ["FAST", "OURS", "Answer", "Extractor", "available", "missing"]

OURS, FAST = "newswatch", "trafilatura fast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an extractor found; a field that it does not offer is None. ``rejected`` is an outcome of ours."""

    text: str = ""
    title: str | None = None
    published: str | None = None
    authors: frozenset[str] | None = None
    editors: frozenset[str] | None = None
    source: str | None = None
    publisher: str | None = None
    next_page: str | None = None
    headings: frozenset[str] | None = None
    rejected: str | None = None


Extractor = Callable[[Page | NotArticle], Answer]


def ours(page: Page | NotArticle) -> Answer:
    from monitor.read import read_page
    from monitor.types import Rejected

    found = read_page(page.body, page.url, page.content_type, fetched_at=FETCHED_AT)
    if isinstance(found, Rejected):
        return Answer(title="", published="", authors=frozenset(), source="", rejected=found.rejected.value)
    return Answer(
        text=found.text,
        title=found.title or "",
        published=found.published_at or "",
        authors=frozenset(found.authors),
        editors=frozenset(found.editors),
        source=found.source or "",
        publisher=found.publisher or "",
        next_page=found.next_page or "",
        headings=frozenset(found.headings),
    )


def trafilatura(*, fast: bool) -> Extractor:
    from trafilatura import bare_extraction

    def extract(page: Page | NotArticle) -> Answer:
        found: Any = bare_extraction(page.body, url=page.url, fast=fast, with_metadata=True, include_comments=False)
        if found is None:
            return Answer(title="", published="", authors=frozenset(), source="")
        return Answer(
            text=found.text or "",
            title=found.title or "",
            published=found.date or "",
            authors=_names(found.author or ""),
            source=found.sitename or "",
        )

    return extract


def readability() -> Extractor:
    from readability import Document

    def extract(page: Page | NotArticle) -> Answer:
        try:
            document = Document(page.body.decode(page.charset, "replace"))
            return Answer(text=_text_of(document.summary()), title=document.short_title())
        except Exception:  # noqa: BLE001 - a peer that fails on a page has found nothing
            return Answer(title="")

    return extract


def newspaper() -> Extractor:
    from newspaper import Article, Config

    def extract(page: Page | NotArticle) -> Answer:
        config = Config()
        config.fetch_images = False
        article = Article(page.url, language="en" if page.group == "en" else "zh", config=config)
        try:
            article.download(input_html=page.body.decode(page.charset, "replace"))
            article.parse()
        except Exception:  # noqa: BLE001 - as above
            return Answer(title="", published="", authors=frozenset())
        at = article.publish_date
        return Answer(
            text=article.text,
            title=article.title,
            published=at.isoformat() if hasattr(at, "isoformat") else str(at or ""),
            authors=frozenset(article.authors),
        )

    return extract


def gne() -> Extractor:
    from gne import GeneralNewsExtractor

    extractor = GeneralNewsExtractor()

    def extract(page: Page | NotArticle) -> Answer:
        try:
            found = extractor.extract(page.body.decode(page.charset, "replace"))
        except Exception:  # noqa: BLE001 - as above
            return Answer(title="", published="", authors=frozenset())
        return Answer(
            text=found["content"],
            title=found["title"],
            published=found["publish_time"],
            authors=_names(found["author"] or ""),
        )

    return extract


def resiliparse() -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def extract(page: Page | NotArticle) -> Answer:
        tree = HTMLTree.parse(page.body.decode(page.charset, "replace"))
        return Answer(text=extract_plain_text(tree, main_content=True))

    return extract


PEERS: dict[str, tuple[str, Callable[[], Extractor]]] = {
    FAST: ("trafilatura", lambda: trafilatura(fast=True)),
    "trafilatura default": ("trafilatura", lambda: trafilatura(fast=False)),
    "readability-lxml": ("readability", readability),
    "newspaper4k": ("newspaper", newspaper),
    "gne": ("gne", gne),
    "resiliparse": ("resiliparse", resiliparse),
}


def available(names: tuple[str, ...] | None = None) -> dict[str, Extractor]:
    """Return our extractor and the peers that are installed, or those of them that are named."""
    for logger in ("trafilatura", "readability.readability", "newspaper", "htmldate"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    wanted = {name: peer for name, peer in PEERS.items() if names is None or name in names}
    return {OURS: ours} | {name: make() for name, (module, make) in wanted.items() if find_spec(module)}


def missing() -> list[str]:
    return [name for name, (module, _) in PEERS.items() if not find_spec(module)]


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in re.split(r"[;,、，；]| and ", text) if name.strip())


def _text_of(markup: str) -> str:
    """Return the text of markup, a line for each block."""
    from lxml import html

    tree = html.fromstring(markup)
    for element in tree.iter("p", "div", "li", "tr", "h1", "h2", "h3", "h4", "br", "section", "blockquote", "table"):
        element.tail = "\n" + (element.tail or "")
    return "".join(str(part) for part in tree.itertext())
