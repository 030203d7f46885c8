"""Decide what a page says of its article: date, authors, source, publisher.

The order of belief for the date: script variables, JSON-LD, meta tags, the byline near the title, the address, what
the feed said. Machine-readable declarations win over the byline only where they are about this article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from monitor.types import Hints
from storage.records import Published

from .byline import Box
from .credits_said import Credits, merge
from .dates import DateContext, parse_date
from .head import Head
from .hygiene import scrub
from .layouts import platform
from .linked import names_of
from .names import is_outlet, is_person, outlet, people
from .publication import modified_of, published_of
from .title import same_words, site_suffix

__all__ = ["Facts", "decide_facts", "month_first"]

_AUTHOR_METAS = (
    "article:author",
    "author",
    "authors",
    "byl",
    "dc.creator",
    "dc.contributor",
    "parsely-author",
    "sailthru.author",
    "article:author_name",
    "article.author",
    "og:article:author",
    "weibo:article:author",
    "bytedance:author",
    "twitter:data1",
    "mediaid",
)
_SOURCE_METAS = ("contentsource", "source", "article:source", "og:article:source", "weibo:webpage:source")
_SITE_METAS = ("og:site_name", "application-name", "sitename", "dc.publisher", "publisher")
_BY = re.compile(
    r"^(?:.*\bposts? )?(?:written |posted |words )?\b(?:by|von|par|por|di|door|text|autor(?:in)?|author|作者|"
    r"记者)\b\s*[:：]?\s*",
    re.IGNORECASE,
)
_LABEL_OF_AUTHOR = re.compile(r"by|written by|author", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|cn|de|fr|uk|at|ch|info|io|co)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of an article as far as its page gives them."""

    published: Published | None = None
    modified: Published | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    source: str | None = None
    publisher: str | None = None


def decide_facts(
    head: Head,
    box: Box,
    inner: Credits,
    reporters: str | None,
    url: str,
    hints: Hints,
    context: DateContext,
    title: str | None = None,
    signed: tuple[str, ...] = (),
) -> Facts:
    """Weigh the declarations of a page against its credits; ``inner`` are those that the body itself holds.

    ``reporters`` is the outlet whose reporters the text says did the work: the publisher, if nothing else names one;
    ``signed`` are the dates below the text, in its last lines.
    """
    credit = _joined(inner, box.credits, is_dated=bool(head.times))
    credit = _with_account(credit, None if "publisher" in head.scripts else box.account)
    publisher = _publisher(head, url) or credit.publisher or box.imprint
    source = credit.source or _first_outlet(head, _SOURCE_METAS)
    published = published_of(head, credit, box.late_dates, url, hints, context, title) or _signed(signed, context)
    return Facts(
        published=published,
        modified=modified_of(head, credit, published, context),
        authors=_authors(credit, head, publisher) or hints.authors,
        editors=credit.editors,
        source=source,
        publisher=publisher or (reporters if source is None else None),
    )


def month_first(head: Head) -> bool | None:
    """Tell whether the page's region writes July 2 as 7/2; None where it names none and its language says nothing."""
    named = (head.metas.get("og:locale"), head.metas.get("content-language"), head.language)
    places = [text.replace("_", "-").lower() for text in named if text]
    region = next((text for text in places if "-" in text), "")
    if region:
        return region in {"en-us", "en-ph", "es-us"}
    return False if places and not places[0].startswith(("en", "zh", "ja", "ko")) else None


def _joined(inner: Credits, box: Credits, *, is_dated: bool) -> Credits:
    """Return the credits of the body and of the box round it; of dates, those of the box come first.

    Those within the body count only where no element of the page states a date (``is_dated``).
    """
    first = box if is_dated and not box.dates else merge(box, inner)
    return replace(merge(inner, box), dates=first.dates, posted=first.posted, modified=first.modified)


def _signed(dates: tuple[str, ...], context: DateContext) -> Published | None:
    return next((date for text in dates if (date := parse_date(text, "text", context))), None)


def _with_account(credit: Credits, account: str | None) -> Credits:
    """Add the account that published on a platform: an outlet is the source, a person the author."""
    if account is None:
        return credit
    if is_outlet(account):
        return merge(credit, Credits(source=account))
    return credit if credit.authors else merge(credit, Credits(authors=people(account)))


def _authors(credit: Credits, head: Head, publisher: str | None) -> tuple[str, ...]:
    """Return the authors of the credits, or those that the page declares: never the site itself, never an editor."""
    known = [name for name in (publisher, credit.source, head.metas.get("og:site_name")) if name]
    if credit.authors:
        declared = people("、".join(names_of(head.linked.get("author"), only_persons=True)))
        if set(credit.authors) < set(declared) and not set(declared) & set(credit.editors):
            return declared
        authors = dict.fromkeys(_without_site(name, known) for name in credit.authors)
        return tuple(name for name in authors if not same_words(name, publisher or "")) or credit.authors
    for texts in _declared_authors(head):
        found = [name for text in texts if "http" not in text for name in _own(people(scrub(text)), known, head.host)]
        names = tuple(name for name in dict.fromkeys(found) if name not in credit.editors and not _is_institution(name))
        if names:
            return tuple(name for name in names if " " in name or not name.isascii()) or names
    return ()


def _without_site(name: str, known: list[str]) -> str:
    """Return a Latin name without the site's own name behind it (``Jane Doe Harbor Tribune``)."""
    for site in known:
        if site.isascii() and name.lower().endswith(" " + site.lower()) and " " in name[: -len(site) - 1]:
            return name[: -len(site) - 1]
    return name


def _declared_authors(head: Head) -> Iterator[list[str]]:
    """Yield what the page declares of its authors, the most trustworthy declaration first."""
    yield names_of(head.linked.get("author"), only_persons=True)
    yield head.authors
    for name in _AUTHOR_METAS:
        if name in head.metas and (name != "twitter:data1" or _is_label_of_author(head)):
            yield [head.metas[name]]
    if "author" in head.props:
        yield [head.props["author"]]
    yield names_of(head.linked.get("author") or head.linked.get("creator"))
    yield [name for text in head.bylines[:1] for name in people(_BY.sub("", text)) if is_person(name)]


def _is_label_of_author(head: Head) -> bool:
    return _LABEL_OF_AUTHOR.fullmatch(head.metas.get("twitter:label1", "")) is not None


def _is_institution(name: str) -> bool:
    return len(name) > 3 and not name.isascii() and is_outlet(name)


def _own(names: tuple[str, ...], known: list[str], host: str) -> list[str]:
    """Leave out the names of the site (and what stands with them: the site's place)."""
    kept = [
        name
        for name in names
        if not any(same_words(name, k) for k in known) and not _DOMAIN.fullmatch(name) and not _is_host(name, host)
    ]
    return kept if len(kept) == len(names) or any(" " in name or not name.isascii() for name in kept) else []


def _is_host(name: str, host: str) -> bool:
    """Tell whether a name is that of the site as its host spells it (``The Verge`` at theverge.com)."""
    bare = re.sub(r"[\W_]+", "", name).lower()
    return len(bare) >= 4 and name.isascii() and bare in re.sub(r"[\W_]+", "", host)


def _publisher(head: Head, url: str) -> str | None:
    if "publisher" in head.scripts:
        return outlet(head.scripts["publisher"])
    declared = next((name for name in (_first_outlet(head, _SITE_METAS[:1]), *_linked_outlets(head)) if name), None)
    return declared or platform(url) or _first_outlet(head, _SITE_METAS[1:]) or outlet(site_suffix(head) or "")


def _linked_outlets(head: Head) -> Iterator[str | None]:
    for text in names_of(head.linked.get("publisher")):
        yield outlet(scrub(text))


def _first_outlet(head: Head, names: tuple[str, ...]) -> str | None:
    for name in names:
        if (value := head.metas.get(name)) and "http" not in value and (found := outlet(value)):
            return found
    return None
