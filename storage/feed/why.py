"""Which article somebody means, and why it was or was not told of."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from storage.feed.alerts import alerts_where
from storage.feed.articles import edges_of, summaries
from storage.feed.history import corrections_of_article, events_of_article
from storage.feed.items import items_where
from storage.feed.stories import story_views
from storage.feed.story import lead_of
from storage.feed.story_views import Explanation
from storage.feed.views import ArticleSummary, ItemView
from storage.story_moves import lineage
from storage.tables import articles, hits, items

__all__ = ["explain", "find_article"]

_MAX_ADDRESSES = 20
_LARGEST_ID = 2**31 - 1


def explain(session: Session, url_or_id: str | int, *, key: str | None = None) -> Explanation | None:
    """Return all that was decided about an article, by its id, or about an address; None for one never seen.

    ``key`` is the key of the address's canonical form, which finds it in other spellings, too.
    """
    addresses = _addresses(session, str(url_or_id), key)
    article_id = find_article(session, url_or_id, key=key)
    found = summaries(session, [article_id]) if article_id is not None else ()
    if found:
        return _explained(session, found[0], addresses)
    return _nothing_stored(addresses) if addresses else None


def find_article(session: Session, url_or_id: str | int, *, key: str | None = None) -> int | None:
    """Return the id of the article that an id or an address names; None where nothing is stored of an address.

    ``key`` is that of ``explain``. An id need not be one of an article.
    """
    article_id = _as_id(url_or_id)
    if article_id is not None:
        return article_id
    addresses = _addresses(session, str(url_or_id), key)
    by_item = next((item.article_id for item in addresses if item.article_id is not None), None)
    return by_item or _article_at(session, str(url_or_id), key)


def _explained(session: Session, article: ArticleSummary, addresses: tuple[ItemView, ...]) -> Explanation:
    return Explanation(
        items=addresses or items_where(session, items.c.article_id == article.id, limit=_MAX_ADDRESSES),
        article=article,
        story=next(iter(story_views(session, [article.story_id])), None),
        lead=lead_of(session, article.story_id, against=article.id),
        edges=edges_of(session, article.id),
        events=events_of_article(session, article.story_id, article.id),
        corrections=corrections_of_article(session, article.id),
        alerts=alerts_where(
            session, or_(hits.c.article_id == article.id, hits.c.story_id.in_(lineage(session, [article.story_id])))
        ),
    )


def _nothing_stored(addresses: tuple[ItemView, ...]) -> Explanation:
    return Explanation(
        items=addresses, article=None, story=None, lead=None, edges=(), events=(), corrections=(), alerts=()
    )


def _as_id(url_or_id: str | int) -> int | None:
    text = str(url_or_id)
    if not text.isascii() or not text.isdigit() or len(text) > 10:
        return None
    return int(text) if int(text) <= _LARGEST_ID else None


def _addresses(session: Session, url: str, key: str | None) -> tuple[ItemView, ...]:
    return items_where(session, or_(items.c.url == url, items.c.key == (key or url)), limit=_MAX_ADDRESSES)


def _article_at(session: Session, url: str, key: str | None) -> int | None:
    asked = select(articles.c.id).where(or_(articles.c.url == url, articles.c.key == (key or url)))
    return session.scalar(asked.order_by(articles.c.id).limit(1))
