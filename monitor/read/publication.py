"""Decide when an article was published and last changed.

The order of belief: script variables, JSON-LD, meta tags, microdata, the byline near the title, elements whose class
says what they hold, the address, what the feed said. A date to come is passed over for the next one. A declaration
that knows only the day takes its time from the next that names the same day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from monitor.types import Hints
from storage.records import Published

from .credits_said import Credits
from .date_forms import RELATIVE
from .dates import DateContext, from_url, parse_date
from .head import Head
from .states import date_beside, first_date

__all__ = ["modified_of", "published_of"]

_DATE_METAS = (
    "article:published_time", "og:article:published_time", "bytedance:published_time", "publishdate", "pubdate",
    "publication_date", "publish_date", "publish-date", "published-date", "pub_date", "pub-date",
    "weibo:article:create_at", "article:create_at", "og:time", "datepublished", "article.published", "bt:pubdate",
    "dc.date.issued", "dcterms.issued", "dcterms.date", "dcterms.created", "dc.date.created", "dc.created", "dc.date",
    "sailthru.date", "parsely-pub-date", "firstpublishedtime", "publishtime", "publish_time", "publish-time",
    "article:published", "published_time", "published", "release_date", "og:release_date", "og:pubdate", "apub:time",
    "_pubtime", "pubtime", "pdate", "citation_publication_date", "citation_online_date", "citation_date",
    "article_date_original",
    "originalpublicationdate", "article.created", "cxenseparse:recs:publishtime", "rnews:datepublished",
    "displaydate", "createdate", "creation_date", "created", "date", "dateupdate",
)  # fmt: skip
_DATE_META = re.compile(
    r"publi\w*[-_.:]?(?:date|time|at)|pub[-_]?(?:date|time)|date[-_]?publi|release[-_]?date|issued?[-_]?date"
)
_NOT_POSTED = re.compile("expire|modif|update|end|valid|last|revis")
_REPUBLIC = re.compile(r"1[01]\d\s*[年./-]")
"""Whole dates that count the years of the Republic; below the body other loose forms are those of comments."""
_MODIFIED_METAS = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "article:modified", "lastmodifiedtime",
    "datemodified", "last-modified", "lastmodified", "last_modified", "modified_time", "dcterms.modified",
    "dc.date.modified", "lastmod", "revised", "revision_date", "weibo:article:update_at", "article:update_at",
    "updatedate", "update_time", "bt:moddate", "parsely-modified-date", "cxenseparse:recs:modifiedtime",
)  # fmt: skip


def published_of(
    head: Head,
    credit: Credits,
    late_dates: tuple[str, ...],
    url: str,
    hints: Hints,
    context: DateContext,
    title: str | None,
) -> Published | None:
    candidates = list(_date_candidates(head, credit, title))
    for index, (text, origin, loose) in enumerate(candidates):
        if published := parse_date(text, origin, context, loose=loose):
            if loose and parse_date(text, origin, context) is None:
                others = [*(other for other, _, _ in candidates), *head.tips, *late_dates]
                if RELATIVE.search(text) and (whole := (*head.tips, *head.times)):
                    published = _explained(published, whole[0], context)
                published = _completed(published, others, from_url(url, context) or hints.published, context)
            return _refined(_finer(published, candidates[index + 1 :], context), credit, context)
    late = (parse_date(text, "byline", context, loose=bool(_REPUBLIC.match(text))) for text in late_dates)
    found = next((date for date in late if date), None) or _stamped(head, context)
    found = found or from_url(url, context) or hints.published
    if found:
        return _refined(found, credit, context)
    changed = (parse_date(text, "byline", context, loose=True) for text in credit.modified)
    return next((date for date in changed if date), None) or parse_date(
        first_date(head.states) or "", "script", context
    )


def _stamped(head: Head, context: DateContext) -> Published | None:
    """Return the date of the first element whose class says that it holds one."""
    read = (parse_date(text, "byline", context) for text in head.stamps[:3])
    return next((date for date in read if date and date.precision != "month"), None)


def _explained(relative: Published, tip: str, context: DateContext) -> Published:
    """Return the date in the tip of an element that shows ``3 天前``, unless it is later: that of a comment."""
    whole = parse_date(tip, relative.origin, context)
    return whole if whole and whole.value[:10] <= relative.value[:10] else relative


def _completed(guessed: Published, others: list[str], elsewhere: Published | None, context: DateContext) -> Published:
    """Return the whole date of which a page shows only a part: the same day and month, or the same time.

    ``02-22 17:13`` has no year, ``昨天 08:30`` no day; what is read from them depends on when the page was fetched.
    """
    full = [date for text in others if (date := parse_date(text, guessed.origin, context))]
    for date in [*full, *([elsewhere] if elsewhere else [])]:
        if "T" in guessed.value and date.value[10:16] == guessed.value[10:16]:
            return date
        if date.value[4:10] == guessed.value[4:10] and len(date.value) >= len("2023-07-02"):
            if len(date.value) >= len(guessed.value):
                return date
            return replace(guessed, value=date.value[:4] + guessed.value[4:])
    return guessed


def _finer(published: Published, others: list[tuple[str, str, bool]], context: DateContext) -> Published:
    """Take the time from a later declaration of the same day where the first knows only the day."""
    if published.precision not in {"day", "month"}:
        return published
    found = (parse_date(text, origin, context, loose=loose) for text, origin, loose in others)
    return next(
        (
            date
            for date in found
            if date and len(date.value) > len(published.value) and date.value.startswith(published.value)
        ),
        published,
    )


def _refined(published: Published, credit: Credits, context: DateContext) -> Published:
    """Take the time from the byline where a declaration knows only the day, or the day where it knows the month."""
    if published.precision not in {"day", "month"} or published.origin == "byline":
        return published
    for text in (*credit.posted, *credit.dates, *credit.modified):
        finer = parse_date(text, "byline", context, loose=True)
        if finer and len(finer.value) > len(published.value) and finer.value.startswith(published.value):
            return finer
    return published


def _date_candidates(head: Head, credit: Credits, title: str | None) -> Iterator[tuple[str, str, bool]]:
    for name in ("date", "variable"):
        if name in head.scripts:
            yield head.scripts[name], "script", False
    if beside := date_beside(head.states, title):
        yield beside, "script", False
    for key in ("datePublished", "dateCreated", "uploadDate"):
        value = head.linked.get(key)
        if isinstance(value, str | int):
            yield str(value), "json-ld", False
    for name in (*_DATE_METAS, *(name for name in head.metas if _is_date_meta(name))):
        if name in head.metas:
            yield head.metas[name], "meta", False
    for name in ("datepublished", "datecreated", "dateupdate"):
        if name in head.props:
            yield head.props[name], "meta", True
    for text in (*credit.posted, *credit.dates, *head.times[:1]):
        yield text, "byline", True


def _is_date_meta(name: str) -> bool:
    return _DATE_META.search(name) is not None and _NOT_POSTED.search(name) is None


def modified_of(head: Head, credit: Credits, published: Published | None, context: DateContext) -> Published | None:
    """Return when the article was last changed, if that is known and not before its publication."""
    if published is None:
        return None
    for text, origin in _change_candidates(head, credit):
        changed = parse_date(text, origin, context, loose=origin == "byline")
        if changed and _is_not_before(changed, published):
            return changed
    return None


def _change_candidates(head: Head, credit: Credits) -> Iterator[tuple[str, str]]:
    value = head.linked.get("dateModified")
    if isinstance(value, str | int):
        yield str(value), "json-ld"
    for name in _MODIFIED_METAS:
        if name in head.metas:
            yield head.metas[name], "meta"
    if "datemodified" in head.props:
        yield head.props["datemodified"], "meta"
    for text in (*credit.modified, *head.modified[:1]):
        yield text, "byline"


def _is_not_before(changed: Published, published: Published) -> bool:
    """Compare two dates as far as both are known."""
    if "T" in changed.value and "T" in published.value:
        return datetime.fromisoformat(changed.value) >= datetime.fromisoformat(published.value)
    length = min(len(changed.value), len(published.value), len("2023-07-02"))
    return changed.value[:length] >= published.value[:length]
