"""What the store knows of an article that the rules are asked about. Read-only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from monitor.answers import Case
from monitor.config import Config
from monitor.held import held_of
from storage.feed import Explanation
from storage.hits import told_rules
from storage.silences import silence_of
from storage.story_moves import lineage
from storage.subjects import subjects_of

__all__ = ["case_of"]


def case_of(session: Session, found: Explanation, config: Config, now: datetime) -> Case | None:
    """Return the case of an article with what was decided about it; None where none is stored."""
    if found.article is None:
        return None
    article = found.article
    groups = {source.id: source.group for source in config.sources}
    rules = {one.hit.id: one.hit.rule for one in found.alerts}
    return Case(
        article_id=article.id,
        subject=subjects_of(session, [article.id])[article.id],
        group=groups.get(article.source_id),
        alerts=found.alerts,
        told=told_rules(session, lineage(session, [article.story_id])),
        held=held_of(session, rules, config, now),
        silenced=silence_of(session, list(rules)),
    )
