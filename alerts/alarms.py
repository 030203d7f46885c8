"""Alarms about sources: what an operator is told of, once when it begins and once when it is over.

Deciding is pure: from the sources as they are and what was told to what is to be told. Telling is one transaction: the
messages go into the outbox and the sources remember it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from alerts.desk import Desk, key_of
from alerts.render import render_alarms
from alerts.state import Alarm, AlarmSettings
from storage import outbox
from storage.alarms import Notice, WatchedSource, keep_told, watched_sources

__all__ = ["Decision", "decide", "raise_alarms"]

_FAILURES = 3
_FAILING_FOR = timedelta(hours=1)
_OUTAGE_SOURCES = 3
_OUTAGE_SHARE = 0.5
_OUTAGE_WITHIN = timedelta(hours=1)
_ENDS = frozenset({"failing", "silent", "drift", "gone"})  # the others pass, or end when the configuration changes
_JOINED_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to tell of a source, and what is remembered when that is done (``told``), or has to wait.

    While it waits, ``kept`` stays told, and ``untold`` is what would pass unsaid: it ends, and its end is not told.
    """

    source: WatchedSource
    alarms: tuple[Alarm, ...]
    told: Mapping[str, str]
    kept: Mapping[str, str]
    untold: tuple[Notice, ...]


def decide(sources: Sequence[WatchedSource], on: Iterable[str], now: datetime) -> tuple[Decision, ...]:
    """Decide about the sources of which something is to be told or forgotten now.

    What is told: states that stand, or had to wait, and were not told; and told ones that are over. A source fails
    from its third failure in a row, an hour after the first. When at least half of all sources, and three, began to
    fail within one hour, they fail together: as soon as one of them fails for long, none waits for its own hour.
    """
    codes, together = frozenset(on), _together(sources, now)
    found = (_decision(source, codes, now, together=source.id in together) for source in sources)
    return tuple(decision for decision in found if decision is not None)


def raise_alarms(session: Session, desk: Desk, settings: AlarmSettings, now: datetime) -> int:
    """Enqueue one message a channel for all that is to be told; return how many.

    What begins or ends within half an hour of the last message waits for the next one, which holds all of it.
    """
    wanted = [name for name in settings.channels if name in desk.channels]
    decisions = decide(watched_sources(session), settings.on, now) if wanted else ()
    alarms = tuple(alarm for decision in decisions for alarm in decision.alarms)
    if alarms and _is_recent(outbox.last_enqueued_at(session, "alarm"), now):
        _put_off(session, decisions)
        return 0
    for decision in decisions:
        keep_told(session, decision.source.id, decision.told)
    if not alarms:
        return 0
    return sum(_enqueue(session, desk, channel, alarms, now) for channel in wanted)


def _enqueue(session: Session, desk: Desk, channel: str, alarms: Sequence[Alarm], now: datetime) -> bool:
    message = render_alarms(
        alarms, language=desk.language_of(channel), now=now, timezone=desk.timezone_of(channel), names=desk.names
    )
    spells = sorted(f"{alarm.source_id}|{alarm.code}|{alarm.since.isoformat()}|{alarm.is_over}" for alarm in alarms)
    key = key_of("alarm", channel, *spells)
    return outbox.enqueue(
        session, key=key, channel=channel, reason="alarm", payload=message.payload, due_at=now, now=now
    )


def _put_off(session: Session, decisions: Iterable[Decision]) -> None:
    for decision in decisions:
        source = decision.source
        if (decision.kept, decision.untold) != (source.told, source.untold):
            keep_told(session, source.id, decision.kept, decision.untold)


def _decision(source: WatchedSource, on: frozenset[str], now: datetime, *, together: bool) -> Decision | None:
    standing = {alarm.code: alarm for alarm in _standing(source, now, together=together) if alarm.code in on}
    waiting = {alarm.code: alarm for alarm in _waiting(source) if alarm.code in on and alarm.code not in standing}
    begun = (*waiting.values(), *(alarm for code, alarm in standing.items() if code not in source.told))
    ended = tuple(
        Alarm(source_id=source.id, url=source.url, code=code, since=datetime.fromisoformat(since), is_over=True)
        for code, since in source.told.items()
        if code in on and code not in standing and code in _ENDS
    )
    told = {code: source.told.get(code, alarm.since.isoformat()) for code, alarm in standing.items()}
    if not begun and told == source.told and not source.untold:
        return None
    passing = (alarm for alarm in begun if alarm.code not in _ENDS)
    return Decision(
        source=source,
        alarms=(*begun, *ended),
        told=told,
        kept={code: since for code, since in source.told.items() if code in told or code in _ENDS},
        untold=tuple(Notice(code=alarm.code, text=alarm.text, since=alarm.since) for alarm in passing),
    )


def _waiting(source: WatchedSource) -> Iterable[Alarm]:
    for notice in source.untold:
        yield Alarm(source_id=source.id, url=source.url, code=notice.code, since=notice.since, text=notice.text)


def _standing(source: WatchedSource, now: datetime, *, together: bool) -> Iterable[Alarm]:
    """Yield what is the matter with a source; what is gone for good is not also called failing."""
    alarm = partial(Alarm, source_id=source.id, url=source.url)
    is_gone = any(notice.code == "gone" for notice in source.notices)
    is_failing = source.failures > 0 and (together or "failing" in source.told or _fails_for_long(source, now))
    if is_failing and (not is_gone or "failing" in source.told):
        yield alarm(code="failing", since=source.failing_since or now, text=source.last_error or "")
    if source.is_silent and source.has_answered and (not source.failures or "silent" in source.told):
        yield alarm(code="silent", since=source.last_news_at)
    yield from (
        alarm(code=notice.code, since=notice.since, text=notice.text)
        for notice in {notice.code: notice for notice in reversed(source.notices)}.values()
    )


def _fails_for_long(source: WatchedSource, now: datetime) -> bool:
    since = source.failing_since
    return source.failures >= _FAILURES and since is not None and now - since >= _FAILING_FOR


def _together(sources: Sequence[WatchedSource], now: datetime) -> frozenset[str]:
    """Return the ids of the sources that fail together."""
    failing = sorted(
        (source.failing_since or now, source.id, _fails_for_long(source, now)) for source in sources if source.failures
    )
    moments, names = [since for since, _, _ in failing], [name for _, name, _ in failing]
    many = max(_OUTAGE_SOURCES, _OUTAGE_SHARE * len(sources))
    found: list[str] = []
    end = 0
    for since in (since for since, _, is_long in failing if is_long):
        first, last = bisect_left(moments, since), bisect_right(moments, since + _OUTAGE_WITHIN)
        if last - first >= many:
            found += names[max(first, end) : last]
            end = last
    return frozenset(found)


def _is_recent(last: datetime | None, now: datetime) -> bool:
    return last is not None and timedelta(0) <= now - last < _JOINED_FOR
