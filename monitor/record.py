"""The one transaction an article is recorded in: decide, store, match rules, enqueue alerts, settle the item.

Runs in the store's writer; everything it needs was computed before. Running it again after a crash changes nothing:
the address is then known and its text unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from alerts.dispatch import raise_alerts
from alerts.match import match
from monitor import dedupe
from monitor.dedupe import Decision
from monitor.read.learned import RULE as LEARNED
from monitor.reader import ReadItem, furniture_host
from monitor.runtime import Runtime
from monitor.types import Reading
from monitor.urls import canonical_url, host_of, url_key
from storage import articles, bands, frontier, lines, raws
from storage.articles import StoredArticle
from storage.records import (
    Article,
    Edge,
    HitReason,
    HostVisit,
    Item,
    Outcome,
    Published,
    VerdictKind,
)

__all__ = ["WINDOW", "article_of", "filed", "outcome_of", "record", "store_new"]

WINDOW = timedelta(days=30)
"""How far back near-copies are looked for; equal texts are found for ever. Reposts come within days."""

_OUTCOMES = {
    VerdictKind.EXACT_COPY: Outcome.EXACT_COPY,
    VerdictKind.NEAR_COPY: Outcome.NEAR_COPY,
    VerdictKind.REVISION: Outcome.REVISION,
}


_OTHER_TEXT = (VerdictKind.NEW, VerdictKind.TEMPLATE_SIBLING)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """What makes a story speak again: ``token`` tells it from other changes, ``numbers`` are pairs (old, new)."""

    token: str
    numbers: tuple[tuple[str, str], ...]


def record(
    session: Session, item: Item, found: ReadItem, rt: Runtime, claim: HostVisit, fetched_at: datetime
) -> Outcome:
    """Store what was read under the item's address and say how that ended."""
    article, known = filed(session, article_of(found.reading, item.source_id, fetched_at))
    now = rt.now()
    if known is None:
        outcome, article_id = _store_new(session, article, rt, now)
        host = furniture_host(article.url, item.host)
        if not _is_another_print(session, article_id, host):
            lines.note_lines(session, host, found.reading.edge_lines, now=now)
    else:
        outcome, article_id = _store_again(session, article, known, rt, now)
    raws.keep(session, item.id, found.pages)
    frontier.settle_item(
        session, item.id, outcome, None, host=claim.host, owner=claim.owner, now=now, article_id=article_id
    )
    return outcome


def filed(session: Session, article: Article) -> tuple[Article, StoredArticle | None]:
    """Return the article under the key it is stored by, and what is stored there.

    That is the address that the page calls its true one, unless another article stands there already: some sites
    name one address for all their pages.
    """
    known = articles.find_article(session, article.key)
    own_key = url_key(article.url)
    if known is None or own_key == article.key or not _is_other_address(known, article):
        return article, known
    if dedupe.compare(known.text, article.text).verdict in _OUTCOMES:
        return article, known
    own = replace(article, key=own_key, canonical_url=canonical_url(article.url))
    return own, articles.find_article(session, own_key)


def article_of(reading: Reading, source_id: str, fetched_at: datetime) -> Article:
    """Return the article to store; what the page does not say is taken from where its address was found."""
    page = reading.extracted
    return Article(
        key=reading.key,
        source_id=source_id,
        url=reading.url,
        canonical_url=reading.canonical_url,
        title=page.title,
        deck=page.deck,
        text=page.text,
        headings=page.headings,
        language=page.language,
        script=page.script,
        authors=page.authors,
        editors=page.editors,
        source=page.source,
        publisher=page.publisher,
        published=_published(reading),
        modified=page.modified,
        derived=page.derived,
        fetched_at=fetched_at,
        content_hash=reading.content_hash,
        sketch=reading.sketch,
        sketch_version=reading.sketch_version,
        bands=reading.bands,
        sentences=reading.sentences,
        mentions=reading.mentions,
        keywords=reading.keywords,
        flags=page.flags,
        removed=page.removed,
    )


def _published(reading: Reading) -> Published | None:
    page = reading.extracted
    if page.published_at is None or page.published_precision is None:
        return None
    return Published(
        value=page.published_at, precision=page.published_precision, origin=page.published_origin or "page"
    )


def store_new(session: Session, article: Article, now: datetime) -> tuple[Decision, int, int]:
    """Store an article that the store does not have, in its story; return what it is, its id and its story's."""
    decision = dedupe.decide(article, bands.candidates(session, article, since=now - WINDOW))
    article_id, story_id = articles.insert_article(
        session, article, verdict=decision.verdict, story_id=decision.story_id, now=now
    )
    for other_id, verdict, evidence in decision.edges:
        articles.add_edge(
            session, Edge(from_id=article_id, to_id=other_id, verdict=verdict, evidence=evidence), now=now
        )
    return decision, article_id, story_id


def outcome_of(decision: Decision) -> Outcome:
    """Return how an item ends whose article was stored so."""
    return _OUTCOMES.get(decision.verdict, Outcome.STORED)


def _store_new(session: Session, article: Article, rt: Runtime, now: datetime) -> tuple[Outcome, int]:
    decision, article_id, story_id = store_new(session, article, now)
    change = None
    if decision.verdict is VerdictKind.REVISION and decision.evidence:
        # Many outlets print a correction that names no number; it is told once.
        numbers = decision.evidence.number_conflicts
        change = _Change(token=article.content_hash if numbers else "corrected", numbers=numbers)
    _alert(session, article, article_id, story_id, rt, now, change)
    return outcome_of(decision), article_id


def _store_again(
    session: Session, article: Article, known: StoredArticle, rt: Runtime, now: datetime
) -> tuple[Outcome, int]:
    is_older = article.fetched_at < known.fetched_at
    if is_older or known.content_hash == article.content_hash or _is_only_cleaner(known, article):
        return Outcome.UNCHANGED, known.id
    comparison = dedupe.compare(known.text, article.text)
    if _is_other_address(known, article) and not comparison.number_conflicts:
        return Outcome.UNCHANGED, known.id
    articles.revise_article(session, known.id, article, evidence=comparison.evidence, now=now)
    is_other_text = comparison.verdict in _OTHER_TEXT
    is_changed = is_other_text or bool(comparison.number_conflicts)
    change = _Change(token=article.content_hash, numbers=comparison.number_conflicts) if is_changed else None
    _alert(session, article, known.id, known.story_id, rt, now, change)
    return Outcome.REVISION, known.id


def _is_other_address(known: StoredArticle, article: Article) -> bool:
    """Whether the known article was read at another variant (mobile, AMP) of the same page."""
    return url_key(known.url) != url_key(article.url)


def _is_only_cleaner(known: StoredArticle, article: Article) -> bool:
    """Whether the article lost nothing but lines that were learned to be furniture since it was stored."""
    learned = {line.text for line in article.removed if line.rule == LEARNED}
    kept = [line for line in known.text.split("\n") if line not in learned]
    return bool(learned) and kept == article.text.split("\n")


def _is_another_print(session: Session, article_id: int, host: str) -> bool:
    """Whether the host has the same text at another address; the lines of one article are no furniture."""
    copied = articles.copied_url(session, article_id)
    return copied is not None and host_of(copied) == host


def _alert(
    session: Session,
    article: Article,
    article_id: int,
    story_id: int,
    rt: Runtime,
    now: datetime,
    change: _Change | None,
) -> None:
    """Raise what the rules ask for: once per story, and again when it changed.

    Other numbers are a change, and so are the mark of a correction and another text under the same address.
    """
    settings = rt.sources.get(article.source_id)
    matches = match(rt.rules, article, settings.group if settings else None)
    if not matches:
        return
    reason = HitReason.CHANGED if change else HitReason.NEW
    raise_alerts(
        session,
        matches=matches,
        article_id=article_id,
        story_id=story_id,
        reason=reason,
        token=change.token if change else "",
        changes=change.numbers if change else (),
        channels=rt.channels,
        language=rt.config.settings.language,
        default_timezone=rt.config.settings.timezone,
        names=rt.names,
        now=now,
    )
