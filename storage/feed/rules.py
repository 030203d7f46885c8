"""How often rules have hit, and when last."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.tables import hits

__all__ = ["RuleHits", "hits_of_rules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleHits:
    """The hits of a rule since a time, and when the last one ever was."""

    recent: int
    last_at: datetime | None


def hits_of_rules(session: Session, rules: Collection[str], *, since: datetime) -> dict[str, RuleHits]:
    """Return the hits of each of these rules; two looks at an index for each."""
    return {rule: _hits(session, rule, since) for rule in rules}


def _hits(session: Session, rule: str, since: datetime) -> RuleHits:
    last = select(hits.c.created_at).where(hits.c.rule == rule).order_by(hits.c.id.desc()).limit(1)
    recent = select(func.count()).where(hits.c.rule == rule, hits.c.created_at >= since)
    return RuleHits(recent=session.scalar(recent) or 0, last_at=session.scalar(last))
