"""Decide what a page says of its article: date, authors, source, publisher.

The order of belief for the date: script variables, JSON-LD, meta tags, the byline near the title, the address, what
the feed said. Machine-readable declarations win over the byline only where they are about this article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from monitor.types import Hints
from storage.records import Published

from .credits import Credits, merge, read_credits
from .dates import DateContext, from_url, parse_date
from .head import Head
from .hygiene import scrub
from .layouts import platform
from .names import is_outlet, outlet, people
from .survey import Survey
from .title import find_title_block, same_words, site_suffix

__all__ = ["Box", "Facts", "byline_box", "decide_facts"]

_DATE_METAS = (
    "article:published_time", "og:article:published_time", "publishdate", "pubdate", "publication_date", "publish_date",
    "weibo:article:create_at", "og:time", "datepublished", "article.published", "bt:pubdate", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date", "date", "sailthru.date", "parsely-pub-date", "firstpublishedtime",
    "publishtime", "article:published", "published_time", "release_date", "og:release_date", "apub:time", "_pubtime",
)  # fmt: skip
_AUTHOR_METAS = (
    "article:author",
    "author",
    "authors",
    "byl",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "mediaid",
)
_SOURCE_METAS = ("contentsource", "source", "article:source", "og:article:source", "weibo:webpage:source")
_SITE_METAS = ("og:site_name", "application-name", "sitename", "dc.publisher", "publisher")
_FULL_NAME = re.compile(r"[A-Z][A-Za-zÀ-ɏ.'’\-]*(?: [A-Za-zÀ-ɏ.'’\-]+){1,3}")
_BOX_BLOCKS = 14
_BOX_AFTER = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of an article as far as its page gives them."""

    published: Published | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    source: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What stands around the body: the credits above it (and below, but for dates), the dates below it, the account
    that published it on a platform."""

    credits: Credits = field(default_factory=Credits)
    late_dates: tuple[str, ...] = ()
    account: str | None = None


def byline_box(page: Survey, title: str | None, start: int, end: int) -> Box:
    """Return what stands between the title and the body, and right after the body.

    Blocks ``start <= i < end`` are the body; they are read elsewhere.
    """
    blocks = page.blocks
    at = find_title_block(blocks, title, start)
    first = at + 1 if at is not None and start - at <= 40 else max(0, start - _BOX_BLOCKS)
    credit, late = Credits(), Credits()
    for index in [*range(first, start), *range(end, min(end + _BOX_AFTER, len(blocks)))]:
        block = blocks[index]
        said = read_credits(block.spaced, boxed=True) or read_credits(block.text, boxed=True)
        if said and index >= start:
            late, said = merge(late, said), replace(said, dates=())
        credit = merge(credit, said or Credits())
    labelled = {role: text for index, role, text in reversed(page.labelled) if first <= index <= start + 1}
    if credit.source is None and "source" in labelled:
        credit = merge(credit, Credits(source=_labelled_source(labelled["source"])))
    if not credit.authors and "byline" in labelled:
        credit = merge(credit, Credits(authors=_labelled_authors(labelled["byline"])))
    return Box(credits=credit, late_dates=late.dates, account=outlet(labelled.get("account", "")))


def _labelled_authors(text: str) -> tuple[str, ...]:
    """Return the names in an element whose class says it holds the byline; unlabelled, only full Latin names."""
    if said := read_credits(text, boxed=True):
        return said.authors
    return tuple(name for name in people(text) if _FULL_NAME.fullmatch(name))


def _labelled_source(text: str) -> str | None:
    """Return the outlet in an element whose class says it holds the source, with or without a label of its own."""
    if said := read_credits(text):
        return said.source
    return outlet(text)


def decide_facts(
    head: Head, box: Box, inner: Credits, reporters: str | None, url: str, hints: Hints, context: DateContext
) -> Facts:
    """Weigh the declarations of a page against its credits; ``inner`` are those that the body itself holds.

    ``reporters`` is the outlet whose reporters the text says did the work: the publisher, if nothing else names one.
    """
    credit = _with_account(merge(inner, box.credits), None if "publisher" in head.scripts else box.account)
    publisher = _publisher(head, url) or credit.publisher
    authors = _authors(credit, head, publisher) or hints.authors
    source = credit.source or _first_outlet(head, _SOURCE_METAS)
    return Facts(
        published=_published(head, credit, box.late_dates, url, hints, context),
        authors=authors,
        editors=credit.editors,
        source=source,
        publisher=publisher or (reporters if source is None else None),
    )


def _with_account(credit: Credits, account: str | None) -> Credits:
    """Add the account that published on a platform: an outlet is the source, a person the author."""
    if account is None:
        return credit
    if is_outlet(account):
        return merge(credit, Credits(source=account))
    return credit if credit.authors else merge(credit, Credits(authors=people(account)))


def _published(
    head: Head, credit: Credits, late_dates: tuple[str, ...], url: str, hints: Hints, context: DateContext
) -> Published | None:
    for text, origin, loose in _date_candidates(head, credit):
        if published := parse_date(text, origin, context, loose=loose):
            return _refined(published, credit, context)
    late = (parse_date(text, "byline", context) for text in late_dates)
    found = next((date for date in late if date), None) or from_url(url, context) or hints.published
    if found is None and "late_date" in head.scripts:
        return parse_date(head.scripts["late_date"], "script", context)
    return found


def _refined(published: Published, credit: Credits, context: DateContext) -> Published:
    """Take the time from the byline where a declaration knows only its day."""
    if published.precision != "day" or published.origin == "byline":
        return published
    for text in credit.dates:
        finer = parse_date(text, "byline", context, loose=True)
        if finer and finer.precision != "day" and finer.value.startswith(published.value):
            return finer
    return published


def _date_candidates(head: Head, credit: Credits) -> Iterator[tuple[str, str, bool]]:
    if "date" in head.scripts:
        yield head.scripts["date"], "script", False
    for key in ("datePublished", "dateCreated", "uploadDate"):
        value = head.linked.get(key)
        if isinstance(value, str | int):
            yield str(value), "json-ld", False
    for name in _DATE_METAS:
        if name in head.metas:
            yield head.metas[name], "meta", False
    for text in credit.dates:
        yield text, "byline", True
    for text in head.times[:1]:
        yield text, "byline", True


def _authors(credit: Credits, head: Head, publisher: str | None) -> tuple[str, ...]:
    if credit.authors:
        return credit.authors
    declared = list(_linked_names(head.linked.get("author")))
    declared.extend(head.metas[name] for name in _AUTHOR_METAS if name in head.metas)
    known = [name for name in (publisher, credit.source, head.metas.get("og:site_name")) if name]
    for text in declared:
        names = tuple(
            n for n in people(scrub(text)) if not any(same_words(n, k) for k in known) and n not in credit.editors
        )
        if names and "http" not in text:
            return names
    return ()


def _linked_names(value: Any) -> Iterator[str]:
    nodes = value if isinstance(value, list) else [value]
    names = [node.get("name") if isinstance(node, dict) else node for node in nodes[:20]]
    text = ", ".join(name for name in names if isinstance(name, str))
    if text:
        yield text[:400]


def _publisher(head: Head, url: str) -> str | None:
    if "publisher" in head.scripts:
        return outlet(head.scripts["publisher"])
    declared = next((name for name in (_first_outlet(head, _SITE_METAS[:1]), *_linked_outlets(head)) if name), None)
    return declared or platform(url) or _first_outlet(head, _SITE_METAS[1:]) or outlet(site_suffix(head) or "")


def _linked_outlets(head: Head) -> Iterator[str | None]:
    for text in _linked_names(head.linked.get("publisher")):
        yield outlet(scrub(text))


def _first_outlet(head: Head, names: tuple[str, ...]) -> str | None:
    for name in names:
        if (value := head.metas.get(name)) and "http" not in value and (found := outlet(value)):
            return found
    return None
