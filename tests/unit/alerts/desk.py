"""A desk with rules and channels, articles that come in, and what was told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from alerts.channels import ChannelSettings, DigestSchedule
from alerts.desk import Desk
from alerts.digests import due_digests, enqueue_digest, make_digest
from alerts.dispatch import raise_hit
from alerts.groups import compose_due_alerts, tell_raised
from alerts.match import match
from alerts.rules import RuleSettings, compile_rules
from alerts.standing import Raised
from storage.alert_groups import note_growth
from storage.articles import insert_article
from storage.database import Session, Store
from storage.query.subject import subject_of
from storage.records import Hit, HitReason, VerdictKind
from storage.tables import deliveries, waiting_hits
from storage.tagged import Mention
from tests.unit.alerts.samples import NOW, Counts, article

__all__ = ["compose", "compose_digests", "desk_of", "publish", "told", "waiting"]

NAMES = {"model:ernie": "文心一言", "model:qwen": "通义千问"}


def desk_of(
    *rules: RuleSettings,
    channels: Sequence[str] = ("desk",),
    was: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    **more: Any,
) -> Desk:
    schedule = DigestSchedule(at="0 9 * * *")
    made = {name: ChannelSettings(id=name, kind="file", was=was.get(name, ()), digest=schedule) for name in channels}
    return Desk(rules=compile_rules(rules), channels=made, language="zh", timezone="UTC", names=NAMES, **more)


def publish(
    session: Session,
    desk: Desk,
    number: int,
    *,
    now: datetime = NOW,
    text: str = "国产大模型备案。",
    reason: HitReason = HitReason.NEW,
    story_id: int | None = None,
    mentions: tuple[Mention, ...] = (),
) -> int:
    """Store an article as the pipeline does, with what its rules say of it; return its story."""
    stored = article(f"文章{number}", text, key=f"key{number}", url=f"https://news.example/{number}", mentions=mentions)
    verdict = VerdictKind.NEW if story_id is None else VerdictKind.NEAR_COPY
    article_id, story = insert_article(session, stored, verdict=verdict, story_id=story_id, now=now)
    raised: list[Raised] = []
    for found in match(desk.rules, subject_of(stored, now), None, now) if story_id is None or reason != "new" else ():
        token = "" if reason is HitReason.NEW else f"{reason.value} {number}"
        hit = Hit(
            rule=found.rule.id, story_id=story, article_id=article_id, reason=reason, token=token, spans=found.spans
        )
        raised += filter(None, [raise_hit(session, desk, found.rule, hit, now)])
    tell_raised(session, desk, raised, now)
    note_growth(session, story, now=now)
    return story


def compose(session: Session, desk: Desk, now: datetime) -> int:
    """Do what the service does at every tick."""
    return compose_due_alerts(session, desk, now) + compose_digests(session, desk, now)


def compose_digests(session: Session, desk: Desk, now: datetime, *, first_allowed: bool = True) -> int:
    """Enqueue the digests that are due; return how many."""
    due = due_digests(session, desk, now, first_allowed=first_allowed)
    return sum(enqueue_digest(session, desk, make_digest(session, desk, one, coverage=Counts())) for one in due)


def told(store: Store) -> list[tuple[str, str, list[str]]]:
    """Return the messages: channel, reason, titles."""
    with store.read() as session:
        rows = session.execute(select(deliveries).order_by(deliveries.c.id)).all()
    return [(row.channel, row.reason, [one["title"] for one in row.payload["data"]["stories"]]) for row in rows]


def waiting(store: Store) -> int:
    with store.read() as session:
        return len(session.execute(select(waiting_hits)).all())
