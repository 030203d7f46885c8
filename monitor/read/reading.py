"""Compose the read step: extract, clean, fingerprint, tag. Called in a worker process; all it needs is in the call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.types import Extracted, Hints, Reading, Rejected
from storage.records import Outcome, RawPage

from .article import read_page, read_text
from .charset import decode
from .learned import drop_learned, edge_lines
from .pages import join_pages
from .published import published_by
from .sniff import is_plain_text, refuse
from .whole import read_whole, said_instead

if TYPE_CHECKING:
    from monitor.tag.settings import EntitySettings

__all__ = ["next_page", "read"]

_SAID = frozenset({Outcome.GONE, Outcome.NOT_ARTICLE, Outcome.TOO_SHORT})
"""Rejections of pages that may say why they hold no article."""


def read(
    content: bytes,
    *,
    url: str,
    content_type: str | None = None,
    name: str | None = None,
    hints: Hints = Hints(),  # noqa: B008 - frozen
    fetched_at: datetime | None = None,
    watch: Sequence[EntitySettings] = (),
    learned: frozenset[int] = frozenset(),
    more: Sequence[RawPage] = (),
) -> Reading | Rejected:
    """Read a document whole: the article, its address and key, its fingerprint, its mentions and keywords.

    Text is read as text if ``content_type`` or the ending of ``name`` says so, anything else as a page. ``watch``
    adds entities to the catalogue. ``learned`` are the lines that are furniture on this host, ``more`` the further
    pages of an article that goes on. With ``hints.whole`` a page is read as it stands. A document that names its own
    address is filed under that, and so is a page that names another address of its site as the true one.
    """
    if hints.whole:
        extracted = read_whole(content, url, content_type, hints=hints, fetched_at=fetched_at)
    elif is_plain_text(content_type, name):
        extracted = _read_plain(content, content_type, name, fetched_at)
    else:
        extracted = read_page(content, url, content_type, hints=hints, fetched_at=fetched_at)
    if isinstance(extracted, Rejected):
        is_plain = is_plain_text(content_type, name)
        said = said_instead(content, content_type, is_plain=is_plain) if extracted.rejected in _SAID else ""
        return replace(extracted, said=said)
    whole = join_pages(extracted, tuple(_further(more)))
    return _reading(drop_learned(whole, learned), url, watch)


def next_page(page: RawPage) -> str | None:
    """Return the address on which the article of a page goes on."""
    extracted = read_page(page.body, page.url, page.content_type, fetched_at=page.fetched_at)
    return extracted.next_page if isinstance(extracted, Extracted) else None


def _further(pages: Sequence[RawPage]) -> Iterator[Extracted]:
    """Yield the articles of the further pages; one that holds none adds nothing."""
    for page in pages:
        extracted = read_page(page.body, page.url, page.content_type, fetched_at=page.fetched_at)
        if isinstance(extracted, Extracted):
            yield extracted


def _read_plain(
    content: bytes, content_type: str | None, name: str | None, fetched_at: datetime | None
) -> Extracted | Rejected:
    if rejected := refuse(content, content_type):
        return rejected
    decoded = decode(content, content_type)
    if decoded is None:
        return Rejected(rejected=Outcome.UNDECODABLE, detail=f"{len(content)} bytes that no known charset explains")
    return read_text(decoded.text, name, content_type=content_type, fetched_at=fetched_at)


def _reading(extracted: Extracted, url: str, watch: Sequence[EntitySettings]) -> Reading:
    from monitor.read.fingerprint import fingerprint
    from monitor.read.regional import fold_wording
    from monitor.tag import names_in
    from monitor.tag.segment import telling
    from monitor.urls import canonical_url, url_key

    own_url = extracted.url or url
    true_url = extracted.canonical_url or own_url
    print_ = fingerprint(extracted.text)
    mentions, findings = names_in(extracted.title, extracted.text, tuple(watch), published_by(extracted))
    words = telling(extracted.title, extracted.text, fold=fold_wording, mentions=mentions)
    return Reading(
        extracted=extracted,
        url=own_url,
        canonical_url=canonical_url(true_url),
        key=url_key(true_url),
        content_hash=print_.content_hash,
        sketch=print_.sketch,
        sketch_version=print_.sketch_version,
        bands=print_.bands,
        sentences=print_.sentences,
        mentions=mentions,
        findings=findings,
        keywords=words.keywords,
        terms=words.terms,
        edge_lines=edge_lines(extracted),
    )
