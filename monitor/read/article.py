"""Read an article: from the bytes of a page, or from text. Pure; knows no store, no clock and no network."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from monitor.types import Extracted, Hints, Rejected
from storage.records import Outcome

from .addresses import own_canonical
from .blocked import instead_of_article, is_list
from .body import Body, find_body
from .byline import byline_box, read_outlet_line
from .charset import decode
from .clean import Cleaned, clean
from .credits_said import Credits, merge
from .datelines import credits_in_text, signed_on
from .dates import CHINA, DateContext, parse_date
from .dropped import dropped_lines
from .flags import flags_of
from .glued import part
from .head import Head, read_head
from .headings import find_headings
from .hygiene import scrub, tidy_line, units
from .language import language_and_script
from .layouts import platform
from .lines import Line
from .metadata import Facts, decide_facts, month_first
from .names import outlet, people
from .pager import find_next_page
from .record import Record, read_record
from .sniff import MAX_BYTES, is_markdown, refuse
from .survey import Survey, parse, survey
from .text import split_text
from .title import choose_title, find_title_block, same_words

__all__ = ["MIN_UNITS", "read_page", "read_text"]

MIN_UNITS = 20.0
"""The shortest article, in units of ``hygiene.units``: 20 ideographs or 80 letters. Shorter texts are rejected."""

Spoken = tuple[str | None, str | None]
"""The language and the script of a text."""

_ZONES = {"zh": CHINA, "ja": timezone(timedelta(hours=9)), "ko": timezone(timedelta(hours=9))}
_ARTICLE_KINDS = frozenset({"article", "news", "newsarticle"})


def read_page(
    body: bytes,
    url: str,
    content_type: str | None = None,
    *,
    hints: Hints = Hints(),  # noqa: B008 - frozen
    fetched_at: datetime | None = None,
) -> Extracted | Rejected:
    """Read the article of a web page.

    ``content_type`` is the text of the HTTP header, ``hints`` what a feed said of the page, ``fetched_at`` (aware)
    what relative dates are read against and future dates are refused by. Any bytes give an article or the one reason
    why there is none; the texts hold no control, bidirectional or unpaired characters.
    """
    if rejected := refuse(body, content_type):
        return rejected
    decoded = decode(body, content_type)
    if decoded is None:
        return Rejected(rejected=Outcome.UNDECODABLE, detail=f"{len(body)} bytes that no known charset explains")
    tree = parse(scrub(decoded.text))
    if tree is None:
        return Rejected(rejected=Outcome.UNSUPPORTED, detail="expected a page, found no markup")
    page, head = survey(tree), read_head(tree, url)
    found = find_body(page)
    return _article_of(page, head, found, url, hints, fetched_at, broken=decoded.broken > 0)


def _article_of(
    page: Survey, head: Head, found: Body, url: str, hints: Hints, fetched_at: datetime | None, *, broken: bool
) -> Extracted | Rejected:
    title = choose_title(head, page.blocks, found.start)
    raw = "\n".join(line.text for line in found.lines)
    if rejected := instead_of_article(page, title or head.title, raw):
        return rejected
    is_titled = find_title_block(page.blocks, title, found.start + 3) is not None
    if is_list(page, found.start, found.end, is_declared=_is_declared(head), is_titled=is_titled):
        return Rejected(rejected=Outcome.NOT_ARTICLE, detail="a list of links")
    title = title or hints.title
    cleaned = clean(part(list(found.lines)), title)
    written, reporters = credits_in_text([line.text for line in cleaned.lines])
    inner = _with_outlet_of_deck(merge(cleaned.credits, written), cleaned)
    spoken = language_and_script(_joined(cleaned) or raw, head.language)
    context = _context(spoken, fetched_at, month_first(head))
    box = byline_box(page, title, found.start, found.end)
    signed = signed_on([line.text for line in cleaned.lines])
    facts = decide_facts(head, box, inner, reporters, url, hints, context, title, signed)
    cleaned.removed.extend(dropped_lines(page.blocks, found, title, cleaned.lines))
    finished = _finish(title, cleaned, facts, spoken, broken=broken)
    if isinstance(finished, Rejected):
        return finished
    return replace(finished, canonical_url=own_canonical(head, url), next_page=find_next_page(page.tree, head, url))


def _with_outlet_of_deck(credit: Credits, cleaned: Cleaned) -> Credits:
    """Take a deck that is nothing but the name of an outlet for the source, where a line beside it holds the date."""
    if credit.source or not credit.dates:
        return credit
    for line in cleaned.deck:
        if said := read_outlet_line(line):
            cleaned.deck.remove(line)
            return merge(credit, said)
    return credit


def _is_declared(head: Head) -> bool:
    kind = head.metas.get("og:type", "").lower()
    return kind in _ARTICLE_KINDS or "article:published_time" in head.metas or "headline" in head.linked


def read_text(
    text: str, name: str | None = None, *, content_type: str | None = None, fetched_at: datetime | None = None
) -> Extracted | Rejected:
    """Read an article from text: plain, Markdown (by its media type or its ``name``), or in labelled form.

    Any string gives an article or the one reason why there is none.
    """
    if len(text) > MAX_BYTES:
        return Rejected(rejected=Outcome.TOO_LARGE, detail=f"{len(text)} characters; at most {MAX_BYTES} are read")
    text = scrub(text)
    record = read_record(text)
    if record:
        return _article_of_record(record, fetched_at)
    title, lines = split_text(text, is_markdown=is_markdown(content_type, name))
    cleaned = clean(part(lines), title)
    spoken = language_and_script(_joined(cleaned))
    return _finish(title, cleaned, _facts_of_text(cleaned, _context(spoken, fetched_at)), spoken)


def _context(spoken: Spoken, fetched_at: datetime | None, month_first: bool | None = None) -> DateContext:
    return DateContext(fetched_at=fetched_at, zone=_ZONES.get(spoken[0] or ""), month_first=month_first)


def _facts_of_text(cleaned: Cleaned, context: DateContext, publisher: str | None = None) -> Facts:
    """Return what a text says of itself.

    The outlet whose reporters did the work is the publisher where none is known and the text is not declared to
    come from elsewhere; beside a known publisher it is the source.
    """
    written, reporters = credits_in_text([line.text for line in cleaned.lines])
    credit = merge(cleaned.credits, written)
    named = credit.publisher or publisher
    stated = (*credit.posted, *credit.dates, *credit.modified)
    context = replace(context, keeps_local=True)  # nothing else will say when on that day
    published = next((p for text in stated if (p := parse_date(text, "text", context, loose=True))), None)
    return Facts(
        published=published,
        authors=credit.authors,
        editors=credit.editors,
        source=credit.source or (reporters if named and reporters and not same_words(named, reporters) else None),
        publisher=named or (reporters if not credit.source else None),
    )


def _article_of_record(record: Record, fetched_at: datetime | None) -> Extracted | Rejected:
    title = tidy_line(record.title or "") or None
    cleaned = clean(part([Line(tidy) for line in record.body.split("\n") if (tidy := tidy_line(line))]), title)
    stated = Credits(
        authors=people(record.author or ""),
        source=outlet(record.source or ""),
        dates=(record.date,) if record.date else (),
    )
    cleaned.credits = merge(stated, cleaned.credits)
    spoken = language_and_script(_joined(cleaned))
    facts = _facts_of_text(cleaned, _context(spoken, fetched_at), platform(record.url or ""))
    return _finish(title, cleaned, facts, spoken, url=_canonical(record.url), derived="\n".join(record.derived) or None)


def _canonical(url: str | None) -> str | None:
    if not url or not url.lower().startswith(("http://", "https://")):
        return None
    from monitor.urls import canonical_url

    return canonical_url(url)


def _joined(cleaned: Cleaned) -> str:
    return "\n".join(line.text for line in cleaned.lines)


def _finish(
    title: str | None,
    cleaned: Cleaned,
    facts: Facts,
    spoken: Spoken,
    *,
    broken: bool = False,
    url: str | None = None,
    derived: str | None = None,
) -> Extracted | Rejected:
    text = _joined(cleaned)
    if units(text) < MIN_UNITS:
        return Rejected(rejected=Outcome.TOO_SHORT, detail=f"{len(text)} characters of running text")
    language, script = spoken
    removed = tuple(cleaned.removed)
    published = facts.published
    return Extracted(
        title=title,
        text=text,
        deck="\n".join(cleaned.deck) or None,
        published_at=published.value if published else None,
        published_precision=published.precision if published else None,
        published_origin=published.origin if published else None,
        modified=facts.modified,
        authors=facts.authors,
        editors=facts.editors,
        source=facts.source,
        publisher=facts.publisher,
        language=language,
        script=script,
        headings=find_headings(cleaned.lines),
        flags=flags_of(text, removed, broken=broken),
        removed=removed,
        url=url,
        derived=derived,
    )
