"""Digests that are due: which channel gets one, what it says, and that it was told.

Three steps, each with a session of its own. The second one takes seconds where a week has thousands of hits, and only
reads, so that meanwhile others may write; the third writes what it found if that still holds. A digest, the hits that
wait for it no more, and the mark that says so are one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from alerts.channels import ChannelSettings
from alerts.desk import Desk, key_of
from alerts.digest import CoverageCounts
from alerts.gather import NEWS, DigestQuestion, FindNames, gather_digest, no_names, waiting_hits
from alerts.grouping import sections_of
from alerts.instead import speak_instead
from alerts.local_times import local_time
from alerts.render import render_digest
from alerts.schedule import due_digest
from alerts.silencing import Spoken, quiet_all, quiet_now
from alerts.told_bursts import told_bursts
from storage import hits as hit_store
from storage import outbox, silences, waiting
from storage.records import StoryHit

__all__ = ["DueDigest", "MadeDigest", "begin_digests", "due_digests", "enqueue_digest", "make_digest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDigest:
    """A digest that a channel is to get, of these rules, at its appointed time; it is put together ``now``.

    What a service that was off missed is in the window that ends now, whatever the appointed time, which gives the key.
    ``since`` is the end of the window before, ``last_hit_id`` the last hit that this could hold. ``is_first``: the
    channel had none yet, and gets it as soon as there is something to tell.
    """

    channel: ChannelSettings
    rules: tuple[str, ...]
    at: datetime
    since: datetime | None
    last_hit_id: int
    is_first: bool
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeDigest:
    """A digest that was put together: its hits, its message (None without hits), and what silences are for.

    ``quiet`` are those hits, each with its silence.
    """

    due: DueDigest
    key: str
    hit_ids: tuple[int, ...]
    payload: dict[str, Any] | None
    quiet: Mapping[int, int]


def due_digests(session: Session, desk: Desk, now: datetime, *, first_allowed: bool) -> tuple[DueDigest, ...]:
    """Return the digests whose time has come; a channel that never had one is made ready for its first.

    That comes as soon as there are hits, where ``first_allowed``, unless ``begin_digests`` found the channel new.
    """
    found = (_due(session, desk, channel, now, first_allowed) for channel in desk.channels.values())
    return tuple(one for one in found if one is not None)


def make_digest(
    session: Session, desk: Desk, due: DueDigest, *, coverage: CoverageCounts, find_names: FindNames = no_names
) -> MadeDigest:
    """Return a digest with what waits for it now, but for what a silence is for. Read-only."""
    waits = waiting_hits(session, due.rules, 0, channel=due.channel.id)
    spoken = [Spoken(hit_id=hit.hit_id, rule=hit.hit.rule, article_id=hit.hit.article_id) for hit in waits]
    quiet = quiet_now(session, spoken, due.now)
    found = tuple(hit for hit in waits if hit.hit_id not in quiet)
    zone = desk.timezone_of(due.channel.id)
    return MadeDigest(
        due=due,
        key=key_of(due.channel.id, zone, local_time(due.at, zone)),
        hit_ids=tuple(hit.hit_id for hit in found),
        payload=_payload(session, desk, due, found, len(quiet), coverage, find_names) if found else None,
        quiet=quiet,
    )


def enqueue_digest(session: Session, desk: Desk, made: MadeDigest) -> bool:
    """Enqueue a digest and mark its time; without hits the time is marked and nothing is sent.

    False, and nothing is marked, where one of its hits waits no more, or another outlet tells what a silence was for:
    it is made anew at the next look.
    """
    due, channel = made.due, made.due.channel.id
    quiet_all(session, made.quiet, due.now)
    if speak_instead(session, desk, made.quiet, due.now):
        return False
    if not waiting.all_wait(session, made.hit_ids, channel) or (due.is_first and not made.hit_ids):
        return False
    is_new = made.payload is not None and outbox.enqueue(
        session,
        key=made.key,
        channel=channel,
        reason="digest",
        payload=made.payload,
        due_at=due.now,
        now=due.now,
        hit_ids=made.hit_ids,
    )
    if is_new:
        waiting.settle(session, made.hit_ids, channel=channel)
    last = max(due.last_hit_id, *made.hit_ids[-1:]) if is_new else due.last_hit_id
    hit_store.mark_digest(session, channel, scheduled_at=due.at, last_hit_id=last, now=due.now)
    return is_new


def begin_digests(session: Session, desk: Desk, now: datetime) -> None:
    """Let the digests of new channels begin now, at their schedule, where the store has hits: others had their first.

    Call it when the configuration is new, before anything is raised under it.
    """
    seen = hit_store.last_hit_before(session, now)
    for channel in desk.channels.values() if seen else ():
        if _rules(desk, channel) and hit_store.last_digest(session, channel.id) is None:
            hit_store.mark_digest(session, channel.id, scheduled_at=now, last_hit_id=seen, now=now)


def _due(
    session: Session, desk: Desk, channel: ChannelSettings, now: datetime, first_allowed: bool
) -> DueDigest | None:
    rules = _rules(desk, channel)
    mark = hit_store.last_digest(session, channel.id)
    if mark is None and not rules:
        return None
    seen = mark.last_hit_id if mark else 0
    if mark is None and not first_allowed:
        hit_store.mark_digest(session, channel.id, scheduled_at=now, last_hit_id=seen, now=now)
    is_first = first_allowed and not seen
    at = due_digest(channel.digest, desk.timezone, mark.scheduled_at, now) if mark else None
    if (at is None and not is_first) or (mark and (at or now) <= mark.scheduled_at):
        return None
    return DueDigest(
        channel=channel,
        rules=rules,
        at=at or now,
        since=mark.made_at if mark and seen else None,
        last_hit_id=seen,
        is_first=at is None,
        now=now,
    )


def _rules(desk: Desk, channel: ChannelSettings) -> tuple[str, ...]:
    """Return the rules that a channel gets digests of."""
    return tuple(rule.id for rule in desk.rules.rules if rule.mode == "digest" and channel.id in rule.channels)


def _payload(
    session: Session,
    desk: Desk,
    due: DueDigest,
    found: tuple[StoryHit, ...],
    silenced: int,
    coverage: CoverageCounts,
    find_names: FindNames,
) -> dict[str, Any]:
    since = due.since or due.now - NEWS
    language = desk.language_of(due.channel.id)
    asked = DigestQuestion(
        rules=desk.rules,
        coverage=coverage,
        names=desk.names,
        find_names=find_names,
        since=due.since,
        timezone=desk.timezone_of(due.channel.id),
        now=due.now,
        language=language,
        find_sections=partial(sections_of, desk=desk, language=language),
        find_bursts=partial(told_bursts, channels=desk.channels.values()),
        silenced=silenced + silences.count_silenced(session, due.rules, since=since, until=due.now),
    )
    digest = gather_digest(session, found, asked)
    return render_digest(digest, language=language).payload
