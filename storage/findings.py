"""What tagging found in articles: mentions, names that were not sure enough, facts of regulations, names to propose.

Writes and reads rows; decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from storage.fold import name_key
from storage.states import FactKind, Tagging
from storage.tables import articles, considered, mentions, sightings, stated_facts
from storage.tagged import Considered, Findings, Mention, StatedFact

__all__ = ["considered_in", "drop_findings", "put_findings", "stated_in", "tag_again"]

_MOST_CONSIDERED = 500
"""Names of one article that were no mention; a page of 100,000 characters that is made of them has 40,000."""
_TABLES = (mentions, considered, stated_facts, sightings)


def put_findings(
    session: Session, article_id: int, found: Sequence[Mention], findings: Findings, *, seen_at: datetime
) -> None:
    """Write what tagging found in an article that has no such rows; one of two alike stays.

    Of the names that are no mention the first 500 are kept.
    """
    place = {"article_id": article_id}
    _put(session, mentions, (place | _mention(one) for one in found))
    _put(session, considered, (place | _considered(one) for one in findings.considered[:_MOST_CONSIDERED]))
    _put(session, stated_facts, (place | _stated(one) for one in findings.facts))
    seen = place | {"seen_at": seen_at}
    _put(
        session,
        sightings,
        (
            seen
            | {
                "k": name_key(one.name),
                "kind": one.kind,
                "name": one.name,
                "field": one.field,
                "start": one.start,
                "stop": one.end,
                "surface": one.surface,
                "how": one.how,
            }
            for one in reversed(findings.sightings)  # of several places the first stays
        ),
    )


def drop_findings(session: Session, article_id: int) -> None:
    """Drop what tagging found in an article."""
    for table in _TABLES:
        session.execute(delete(table).where(table.c.article_id == article_id))


def tag_again(session: Session, article_id: int, found: Sequence[Mention], findings: Findings) -> None:
    """Put what tagging finds now in place of what it found in a stored article. Raise NoResultFound for no article."""
    seen_at = session.execute(select(articles.c.first_seen_at).where(articles.c.id == article_id)).scalar_one()
    drop_findings(session, article_id)
    put_findings(session, article_id, found, findings, seen_at=seen_at)
    session.execute(update(articles).where(articles.c.id == article_id).values(catalogue=findings.catalogue))


def considered_in(session: Session, article_id: int, outcomes: Collection[Tagging]) -> tuple[Considered, ...]:
    """Return the names in an article that ended so, those of the title first, in order of place."""
    asked = select(considered).where(considered.c.article_id == article_id, considered.c.outcome.in_(sorted(outcomes)))
    rows = session.execute(asked.order_by(considered.c.field.desc(), considered.c.start, considered.c.stop))
    return tuple(
        Considered(
            entity=row.entity,
            kind=row.kind,
            field=row.field,
            surface=row.surface,
            start=row.start,
            end=row.stop,
            outcome=Tagging(row.outcome),
            reasons=tuple((str(reason), int(points)) for reason, points in row.reasons),
        )
        for row in rows
    )


def stated_in(session: Session, article_ids: Iterable[int]) -> dict[int, tuple[StatedFact, ...]]:
    """Return what each article states of regulations, in order of place; articles without are left out."""
    found: dict[int, list[StatedFact]] = defaultdict(list)
    asked = select(stated_facts).where(stated_facts.c.article_id.in_(sorted(set(article_ids))))
    for row in session.execute(asked.order_by(stated_facts.c.article_id, stated_facts.c.start, stated_facts.c.what)):
        found[row.article_id].append(
            StatedFact(
                entity=row.entity,
                what=FactKind(row.what),
                value=row.value,
                field=row.field,
                surface=row.surface,
                start=row.start,
                end=row.stop,
                confidence=row.confidence,
            )
        )
    return {article_id: tuple(facts) for article_id, facts in found.items()}


def _put(session: Session, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    keys = [column.name for column in table.primary_key]
    once = {tuple(row[key] for key in keys): row for row in rows}
    if once:
        session.execute(insert(table), list(once.values()))


def _place(one: Mention | Considered | StatedFact) -> dict[str, Any]:
    return {"field": one.field, "start": one.start, "stop": one.end, "surface": one.surface, "entity": one.entity}


def _mention(one: Mention) -> dict[str, Any]:
    return _place(one) | {
        "kind": one.kind,
        "version": one.version,
        "size": one.size,
        "variant": one.variant,
        "how": one.how,
        "confidence": one.confidence,
        "reasons": [list(reason) for reason in one.reasons],
    }


def _considered(one: Considered) -> dict[str, Any]:
    reasons = [list(reason) for reason in one.reasons]
    return _place(one) | {"kind": one.kind, "outcome": one.outcome.value, "reasons": reasons}


def _stated(one: StatedFact) -> dict[str, Any]:
    return _place(one) | {"what": one.what.value, "value": one.value, "confidence": one.confidence}
