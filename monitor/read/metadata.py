"""Decide what a page says of its article: date, authors, source, publisher.

The order of belief for the date: script variables, JSON-LD, meta tags, the byline near the title, the address, what
the feed said. Machine-readable declarations win over the byline only where they are about this article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from monitor.types import Hints
from storage.records import Published

from .blocks import HEADINGS
from .chronicle import entries_of_chronicle
from .credits import Credits, is_english_date, merge, read_credits, read_names_alone
from .dates import DateContext, parse_date
from .head import Head
from .hygiene import scrub
from .layouts import platform
from .linked import names_of
from .names import is_full_name, is_outlet, is_person, outlet, people
from .publication import modified_of, published_of
from .survey import Block, Survey
from .title import find_title_block, same_words, site_suffix

__all__ = ["Box", "Facts", "byline_box", "decide_facts", "month_first", "read_outlet_line"]

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
_FULL_NAME = re.compile(r"[A-Z][A-Za-zÀ-ɏ.'’\-]*(?: [A-Za-zÀ-ɏ.'’\-]+){1,3}")
_LATIN = re.compile("[A-Za-z]")
_IMPRINT = re.compile(
    r"(?:^|[\s©:：|])(?:Copyright\s*©?\s*)?(?:[\d\s\-–]{4,12})?(?P<name>[一-鿿]{2,10}(?:日[报報]|晚[报報]|[报報]社|通[讯訊]社|[新周][闻聞刊]网?|网|網))\s*"
    r"(?:版[权權]所有|All rights reserved)",
    re.IGNORECASE,
)
_FOOT_BLOCKS = 12
_LABEL_ALONE = re.compile(r"^[^\d。,，]{1,16}[:：]$|^(?:news |content )?provided by$|^by$", re.IGNORECASE)
_TIME_ALONE = re.compile(r"(?:[一-鿿]{2}[时時][间間]\s*[:：]?\s*)?\d{1,2}\s*[:：时時]\s*\d{2}\s*分?(?:[:：]\d\d)?")
_AUTHORS_HEADING = re.compile(r"(?:the )?(?:authors?|written by|作者|撰文)\s*[:：]?", re.IGNORECASE)
_LONGEST_LABEL = 24
_LONGEST_BYLINE = 60
_NEAR_DATE = 4
_LONGEST_VALUE = 120
_TITLE_WITHIN = 8
"""Blocks of the body among which the title may stand, where the body was taken to begin too early."""
_CLOSE = 3
_BOX_BLOCKS = 14
_BOX_AFTER = 8
_BOX_ABOVE = 3
_LONGEST_OUTLET = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of an article as far as its page gives them."""

    published: Published | None = None
    modified: Published | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    source: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What stands around the body: the credits above it (and below, but for dates), the dates below it, the account
    that published it on a platform, and the paper that the last lines of the page call the owner of the rights."""

    credits: Credits = field(default_factory=Credits)
    late_dates: tuple[str, ...] = ()
    account: str | None = None
    imprint: str | None = None


def byline_box(page: Survey, title: str | None, start: int, end: int) -> Box:
    """Return what stands between the title and the body, and right after the body.

    Blocks ``start <= i < end`` are the body; they are read elsewhere.
    """
    blocks = page.blocks
    at = find_title_block(blocks, title, start + _TITLE_WITHIN)
    if at is not None and start - at <= _CLOSE:  # the body may begin with the deck, or above the title
        start = max(start, min(_first_prose(blocks, at + 1), max(end, at + 1)))
    first = at + 1 if at is not None and start - at <= 40 else max(0, start - _BOX_BLOCKS)
    credit, late = Credits(), Credits()
    above = [_said(blocks, index) for index in range(first, start)]
    entries = entries_of_chronicle([block.text for block in blocks[first:start]], above)
    for index, said in enumerate(above, first):
        if index - first not in entries and (at is not None or not _is_teaser(blocks[index])):
            credit = merge(credit, said or Credits())
    for index in _below(blocks, end):
        if said := _said(blocks, index):
            late, said = merge(late, said), _without_dates(said)
            credit = merge(credit, said)
    if not credit.authors:
        credit = merge(credit, _closing_section(blocks, end))
    if credit.source is None:
        credit = merge(credit, _beside_dates(blocks, first, start))
    if at is not None and not credit.authors:
        credit = merge(credit, Credits(authors=_names_beside_dates(blocks, first, start, credit.source)))
    if at is not None and not credit.dates:
        credit = merge(credit, _above(page, at))
    labelled = {
        role: text
        for index, role, text in reversed(page.labelled)
        if first <= index <= start + 1 and (role != "source" or _is_whole(text, blocks, index))
    }
    if credit.source is None and "source" in labelled:
        credit = merge(credit, Credits(source=_labelled_source(labelled["source"])))
    if not credit.authors and "byline" in labelled:
        credit = merge(credit, Credits(authors=_labelled_authors(labelled["byline"])))
    account = outlet(labelled.get("account", ""))
    return Box(credits=credit, late_dates=late.dates, account=account, imprint=_imprint(blocks))


def _imprint(blocks: list[Block]) -> str | None:
    """Return the paper or site that a line at the foot of the page reserves the rights for (``某某日报社版权所有``)."""
    for block in blocks[: -_FOOT_BLOCKS - 1 : -1]:
        if found := _IMPRINT.search(block.text[:200]):
            name = outlet(found["name"])
            return name.removesuffix("社") if name and name.endswith("报社") else name
    return None


def _said(blocks: list[Block], index: int) -> Credits | None:
    """Return what a block says; a label alone is read with the block that follows it, a day with its time."""
    block = blocks[index]
    following = blocks[index + 1].spaced if index + 1 < len(blocks) else ""
    is_label = len(block.text) <= _LONGEST_LABEL and 0 < len(following) <= _LONGEST_VALUE
    if is_label and (_LABEL_ALONE.search(block.text) or _TIME_ALONE.fullmatch(following)):
        said = read_credits(f"{block.spaced} {following}", boxed=True)
        if said:
            return said
    return read_credits(block.spaced, boxed=True) or read_credits(block.text, boxed=True)


def _first_prose(blocks: list[Block], start: int) -> int:
    """Return where running text begins from ``start`` on, with a deck above it: at its second paragraph."""
    end = min(start + _BOX_BLOCKS, len(blocks))
    prose = [i for i in range(start, end) if blocks[i].is_prose and not _said(blocks, i)]
    return prose[1] if len(prose) > 1 else end


def _is_teaser(block: Block) -> bool:
    """Tell whether a block is the headline of another article, or an entry of a menu."""
    return block.is_link and (block.kind in HEADINGS or block.kind == "li")


def _below(blocks: list[Block], end: int) -> Iterator[int]:
    """Yield the blocks right below the body, up to where other articles begin."""
    for index in range(end, min(end + _BOX_AFTER, len(blocks))):
        if blocks[index].kind in HEADINGS and (blocks[index].is_link or blocks[index].kind == "h1"):
            return
        if not _is_teaser(blocks[index]):
            yield index


def _closing_section(blocks: list[Block], end: int) -> Credits:
    """Return the names below a heading that says nothing but that authors follow."""
    for index in range(max(0, end - 3), min(end + _BOX_AFTER, len(blocks) - 1)):
        if blocks[index].kind in {*HEADINGS, "bold"} and _AUTHORS_HEADING.fullmatch(blocks[index].text):
            names = people(blocks[index + 1].spaced) if len(blocks[index + 1].text) <= _LONGEST_VALUE else ()
            if names and all(is_full_name(name) or is_person(name) for name in names):
                return Credits(authors=names)
    return Credits()


def _beside_dates(blocks: list[Block], first: int, start: int) -> Credits:
    """Return the outlet that stands in a line of its own right beside one that holds a date, with its author if it
    reads ``张三/某某报``."""
    dated = {i for i in range(first, start) if (said := read_credits(blocks[i].spaced, boxed=True)) and said.dates}
    for index in range(first, start):
        if {index - 1, index + 1} & dated and (said := read_outlet_line(blocks[index].text)):
            return said
    return Credits()


def _names_beside_dates(blocks: list[Block], first: int, start: int, source: str | None) -> tuple[str, ...]:
    """Return the Latin names that stand alone in a block near one that holds an English date."""
    said = ((index, _said(blocks, index)) for index in range(first, start))
    dated = [index for index, credit in said if credit and any(map(is_english_date, credit.dates))]
    for index in range(first, start):
        block = blocks[index]
        is_near = any(abs(index - other) <= _NEAR_DATE for other in dated)
        if not is_near or block.kind in HEADINGS or len(block.text) > _LONGEST_BYLINE:
            continue
        if names := read_names_alone(block.spaced):
            return () if source and names == people(source) else names
    return ()


def read_outlet_line(text: str) -> Credits | None:
    """Return what a line says that is nothing but the short name of an outlet, or ``张三/某某报``; else None."""
    person, slash, name = text.rpartition("/")
    if len(name) > _LONGEST_OUTLET or not is_outlet(name) or (slash and not is_person(person)):
        return None
    return Credits(source=outlet(name), authors=people(person))


def _is_whole(text: str, blocks: list[Block], index: int) -> bool:
    """Tell whether the text of an element is all in one block: no container of several."""
    return index < len(blocks) and (text in blocks[index].text or text in blocks[index].spaced)


def _without_dates(said: Credits) -> Credits:
    """Return what a line below the body may say of it: Latin names there are those of commenters."""
    authors = tuple(name for name in said.authors if not _LATIN.search(name))
    return replace(said, dates=(), posted=(), modified=(), authors=authors)


def _above(page: Survey, title_at: int) -> Credits:
    """Return the dates and the source that stand right above the title, where the page has none below it."""
    above = page.blocks[max(0, title_at - _BOX_ABOVE) : title_at]
    said = [read_credits(block.spaced, boxed=True) for block in above if block.kind != "li"]
    found = next((credit for credit in reversed(said) if credit and credit.dates), None)
    return replace(found, authors=(), editors=()) if found else Credits()


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
