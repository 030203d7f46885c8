"""What the store knows of an article that the rules are asked about. Read-only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from alerts.channels import ChannelSettings
from alerts.schedule import next_digest
from monitor.answers import Case, DigestMoment
from monitor.config import Config
from storage.feed import Explanation
from storage.hits import last_digest, told_rules
from storage.story_moves import lineage
from storage.subjects import subjects_of

__all__ = ["case_of"]


def case_of(session: Session, found: Explanation, config: Config, now: datetime) -> Case | None:
    """Return the case of an article with what was decided about it; None where none is stored."""
    if found.article is None:
        return None
    article = found.article
    groups = {source.id: source.group for source in config.sources}
    return Case(
        article_id=article.id,
        subject=subjects_of(session, [article.id])[article.id],
        group=groups.get(article.source_id),
        alerts=found.alerts,
        told=told_rules(session, lineage(session, [article.story_id])),
        digests=_digests(session, config.channels, config.settings.timezone, now),
    )


def _digests(
    session: Session, channels: Iterable[ChannelSettings], timezone: str, now: datetime
) -> dict[str, DigestMoment]:
    return {channel.id: _moment(session, channel, timezone, now) for channel in channels}


def _moment(session: Session, channel: ChannelSettings, timezone: str, now: datetime) -> DigestMoment:
    mark = last_digest(session, channel.id)
    return DigestMoment(last_hit_id=mark.last_hit_id if mark else 0, next_at=next_digest(channel.digest, timezone, now))
