"""Alerts: hits, and what became of the messages that tell of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from storage.feed.titles import HEAD, HEAD_LENGTH, display_title
from storage.feed.views import AlertView, DeliveryView, HitView
from storage.notices import notice_of_token
from storage.records import Span
from storage.rows import AnyRow
from storage.tables import articles, deliveries, delivery_hits, hits, revisions

__all__ = ["alerts_where", "hits_where", "list_alerts"]

_ASKED = select(hits, articles.c.title, articles.c.url, articles.c.publisher, HEAD).join(
    articles, articles.c.id == hits.c.article_id
)


def list_alerts(session: Session, *, limit: int, rules: Collection[str] = ()) -> tuple[AlertView, ...]:
    """Return the latest hits, newest first, with their messages; with ``rules`` those of these alone."""
    asked = _ASKED.where(hits.c.rule.in_(sorted(rules))) if rules else _ASKED
    return _alerts(session, session.execute(asked.order_by(hits.c.id.desc()).limit(limit)).all())


def alerts_where(session: Session, condition: ColumnElement[bool]) -> tuple[AlertView, ...]:
    """Return the hits that meet a condition, oldest first, with their messages."""
    return _alerts(session, session.execute(_ASKED.where(condition).order_by(hits.c.id)).all())


def hits_where(session: Session, condition: ColumnElement[bool]) -> tuple[HitView, ...]:
    """Return the hits that meet a condition, oldest first."""
    return tuple(alert.hit for alert in alerts_where(session, condition))


def _alerts(session: Session, rows: Iterable[AnyRow]) -> tuple[AlertView, ...]:
    found = list(rows)
    messages = _deliveries(session, [row.id for row in found])
    former = _former_titles(session, {row.article_id for row in found})
    return tuple(
        AlertView(
            hit=_hit(row, tuple(messages[row.id])),
            title=_title_at(row.created_at, former[row.article_id]) or display_title(row.title, row.head),
            url=row.url,
            publisher=row.publisher,
        )
        for row in found
    )


class _Former(NamedTuple):
    """A title that an article had, and until when."""

    until: datetime
    title: str


def _former_titles(session: Session, article_ids: Collection[int]) -> dict[int, list[_Former]]:
    """Return the titles that articles had, the oldest first."""
    found: dict[int, list[_Former]] = defaultdict(list)
    head = func.substr(revisions.c.text, 1, HEAD_LENGTH).label("head")
    asked = select(revisions.c.article_id, revisions.c.replaced_at, revisions.c.title, head)
    asked = asked.where(revisions.c.article_id.in_(sorted(article_ids)))
    for row in session.execute(asked.order_by(revisions.c.article_id, revisions.c.number)):
        found[row.article_id].append(_Former(row.replaced_at, display_title(row.title, row.head)))
    return found


def _title_at(at: datetime, former: Iterable[_Former]) -> str | None:
    """Return the title that an article had at a time, None where it is still the present one."""
    return next((one.title for one in former if one.until > at), None)


def _deliveries(session: Session, hit_ids: list[int]) -> dict[int, list[DeliveryView]]:
    found: dict[int, list[DeliveryView]] = defaultdict(list)
    asked = select(delivery_hits.c.hit_id, deliveries).join(deliveries, deliveries.c.id == delivery_hits.c.delivery_id)
    for row in session.execute(asked.where(delivery_hits.c.hit_id.in_(hit_ids)).order_by(deliveries.c.id)):
        found[row.hit_id].append(_delivery(row))
    return found


def _delivery(row: AnyRow) -> DeliveryView:
    return DeliveryView(
        id=row.id,
        key=row.key,
        channel=row.channel,
        reason=row.reason,
        state=row.state,
        attempts=row.attempts,
        due_at=row.due_at,
        last_error=row.last_error,
        detail=row.detail,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )


def _hit(row: AnyRow, messages: tuple[DeliveryView, ...]) -> HitView:
    return HitView(
        id=row.id,
        rule=row.rule,
        story_id=row.story_id,
        article_id=row.article_id,
        reason=row.reason,
        spans=tuple(Span(**span) for span in row.spans),
        changes=tuple((str(old), str(new)) for old, new in row.changes),
        created_at=row.created_at,
        deliveries=messages,
        notice=notice_of_token(row.token),
    )
