"""Sources and how they do."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from storage.feed.views import SourceHealth
from storage.health import expected_per_day, failing_since, is_silent, last_news_at, notices_since
from storage.rows import AnyRow
from storage.tables import articles, hosts, items, polls, sources, tallies

__all__ = ["list_sources"]

_EARLIER = polls.alias("earlier")
_LAST_LIST = (  # one look-up in the index a source, where GROUP BY would walk the whole ledger
    select(_EARLIER.c.id)
    .where(_EARLIER.c.source_id == sources.c.id, _EARLIER.c.error.is_(None))
    .order_by(_EARLIER.c.id.desc())
    .limit(1)
    .correlate(sources)
    .scalar_subquery()
)
_SOURCES = (
    select(sources, hosts.c.not_before, hosts.c.pause_reason, polls.c.found, polls.c.overlap)
    .outerjoin(hosts, hosts.c.key == sources.c.host)
    .outerjoin(polls, polls.c.id == _LAST_LIST)
    .order_by(sources.c.active.desc(), sources.c.id)
)


def list_sources(session: Session) -> tuple[SourceHealth, ...]:
    """Return all sources, the active ones first, by id."""
    outcomes: dict[str, dict[str, int]] = defaultdict(dict)
    for row in session.execute(select(tallies).order_by(tallies.c.outcome)):
        outcomes[row.source_id][row.outcome] = row.total
    waiting = select(items.c.source_id, func.count()).where(items.c.state == literal_column("'pending'"))
    pending: dict[str, int] = {row[0]: row[1] for row in session.execute(waiting.group_by(items.c.source_id))}
    filed = select(articles.c.source_id, func.count()).group_by(articles.c.source_id)
    stored: dict[str, int] = {row[0]: row[1] for row in session.execute(filed)}
    return tuple(
        _health(row, outcomes[row.id], pending.get(row.id, 0), stored.get(row.id, 0))
        for row in session.execute(_SOURCES)
    )


def _health(row: AnyRow, outcomes: dict[str, int], pending: int, stored: int) -> SourceHealth:
    paused_until = row.not_before if row.pause_reason is not None else None
    return SourceHealth(
        id=row.id,
        kind=row.kind,
        url=row.url,
        host=row.host,
        group=row.section,
        active=row.active,
        interval_s=row.interval_s,
        next_poll_at=max(row.due_at, row.not_before or row.due_at),
        paused_until=paused_until,
        pause_reason=row.pause_reason,
        last_polled_at=row.last_polled_at,
        last_success_at=row.last_success_at,
        last_new_at=row.last_new_at,
        silent_since=last_news_at(row),
        last_status=row.last_status,
        last_error=row.last_error,
        failures=row.failures,
        polls=row.polls,
        discovered=row.discovered,
        stored=stored,
        pending=pending,
        outcomes=outcomes,
        address=row.address,
        notices=tuple((code, text) for code, text in row.notices),
        notices_since=notices_since(row),
        failing_since=failing_since(row),
        is_silent=is_silent(row),
        expected_per_day=expected_per_day(row),
        last_found=row.found,
        last_overlap=row.overlap,
    )
