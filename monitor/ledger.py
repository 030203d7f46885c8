"""The coverage ledger: what a poll says of what may have been missed, and what an operator should know of it.

Pure: from the state of a source and one poll to its next ``pacing`` and ``notices``. Keeps in ``pacing`` what it
learnt: the rhythm, the record of the server's validators, how lists followed each other, when each notice began.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from monitor import rhythm, validators
from monitor.rhythm import Rhythm
from monitor.sources import SourceSettings, kinds
from monitor.types import Collected, Failed, Rejected, Unchanged
from monitor.validators import Exchange
from storage.columns import utc_text
from storage.polls import Forecast
from storage.records import SourceState

__all__ = ["GONE_STATUS", "Poll", "failure", "learn", "success"]

GONE_STATUS = 410
_GONE = "the server says this address is gone for good (410); remove the source or give its new address"
_OURS = frozenset({"moved", "gone", "gap", "validators"})
_OF_ALARMS = ("told", "untold")  # what ``storage.alarms`` keeps there
_CLEAN = 3  # polls that overlap again, after which a gap is history
_WHOLES = 3  # lists replaced as a whole after a quiet poll, after which that is how this source does it

Notices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One poll: the source before it, what it brought and how that compares to what is known.

    ``crawl_delay_s`` is what the host wants between two requests, ``duration_s`` how long the poll took.
    """

    source: SourceState
    settings: SourceSettings
    collected: Collected | Unchanged | Failed | Rejected
    now: datetime
    forecast: Forecast = field(default_factory=Forecast)
    exchange: Exchange = field(default_factory=Exchange)
    crawl_delay_s: float = 0.0
    duration_s: float = 0.0

    @property
    def is_first(self) -> bool:
        """Whether no poll of the source has worked before."""
        return self.source.last_success_at is None

    @property
    def is_steady(self) -> bool:
        """Whether the source is of a kind whose list is all there is: nothing rolls off it, and it may be silent."""
        return bool(getattr(kinds()[self.source.kind], "STEADY", False))

    @property
    def news(self) -> int:
        """How much of what it found is news."""
        return self.forecast.new + self.forecast.changed


def learn(poll: Poll, *, start_s: float) -> Rhythm:
    """Return the rhythm after a poll that worked."""
    stored = poll.source.pacing.get("rhythm")
    known = Rhythm.from_json(stored) if stored else rhythm.start(start_s)
    collected, since = poll.collected, poll.source.last_success_at
    if isinstance(collected, Collected):
        known = replace(known, quiet=tuple(sorted(collected.quiet_days)))
    if since is None:
        known = rhythm.seed(known, _dates(collected), poll.now)
        return replace(known, listed=float(len(collected.found)) if isinstance(collected, Collected) else 0.0)
    gap_s = (poll.now - poll.source.last_new_at).total_seconds() if poll.source.last_new_at else None
    known = rhythm.learn(known, since, poll.now, poll.news, gap_s=gap_s)
    seen = len(collected.found) if isinstance(collected, Collected) else 0
    if _replaces_lists(poll) or poll.is_steady:
        return known
    return rhythm.note_list(known, seen=seen, new=poll.forecast.new)


def success(poll: Poll, learnt: Rhythm, moved: str | None) -> tuple[dict[str, Any], Notices]:
    """Return ``pacing`` and the notices after a poll that worked; ``moved`` is what to say of redirects."""
    before = poll.source.pacing
    record = validators.judge(before.get("validators", {}), poll.exchange, news=poll.news, now=poll.now)
    lists, gap = _compare(poll)
    found = [*_of_kind(poll)]
    found += [("moved", moved)] if moved else []
    found += [("gap", gap)] if gap else []
    found += [("validators", validators.NOTICE)] if validators.are_lies(record) else []
    pacing = {
        "rhythm": learnt.to_json(),
        "validators": record,
        "lists": lists,
        "since": _since(poll, found),
        "per_day": None if poll.is_steady else _rounded(rhythm.expected_per_day(learnt)),
        "silent_at": _silent_at(poll, learnt),
        **{name: before[name] for name in _OF_ALARMS if name in before},
    }
    return pacing, tuple(found)


def failure(poll: Poll, status: int | None) -> tuple[dict[str, Any], Notices]:
    """Return ``pacing`` and the notices after a poll that failed: what was known stays known."""
    notices = list(poll.source.notices)
    if status == GONE_STATUS and "gone" not in dict(notices):
        notices.append(("gone", _GONE))
    since = poll.source.pacing.get("failing_since") if poll.source.failures else None
    pacing = {
        **poll.source.pacing,
        "since": _since(poll, notices),
        "failing_since": since or utc_text(poll.now),
    }
    return pacing, tuple(notices)


def _silent_at(poll: Poll, learnt: Rhythm) -> str | None:
    """Return when the source is silent, if no news comes; None for never."""
    after = poll.settings.silent_after
    if not after and (poll.is_steady or after is not None):
        return None
    had_news = poll.news or poll.is_first or poll.source.last_new_at is None
    since = poll.now if had_news else poll.source.last_new_at or poll.now
    return utc_text(since + after if after else rhythm.silent_at(learnt, since))


def _compare(poll: Poll) -> tuple[dict[str, Any], str | None]:
    """Return how the list followed the one before, and what to say of entries that were probably missed.

    ``still`` says that the last poll had no news; ``clean`` counts polls since a gap; ``wholes`` lists that were
    replaced as a whole right after a poll without news: some sources do that every day, and miss nothing.
    """
    before = poll.source.pacing.get("lists", {})
    clean, wholes = int(before.get("clean", 0)) + 1, int(before.get("wholes", 0))
    is_gap = _has_no_overlap(poll)
    if is_gap:
        clean, wholes = 0, wholes + 1 if before.get("still") else 0
    elif poll.forecast.new and poll.forecast.overlap:
        wholes = 0
    lists = {"clean": min(clean, _CLEAN), "wholes": min(wholes, _WHOLES), "still": not poll.news}
    if is_gap and wholes < _WHOLES and not _is_quiet(poll):
        return lists, _gap(poll)
    said = next((text for code, text in poll.source.notices if code == "gap"), None)
    return lists, said if clean < _CLEAN else None


def _has_no_overlap(poll: Poll) -> bool:
    """Say whether a list has nothing of the one before, and mostly what was never seen.

    A part of a sitemap that is read again for the first time in weeks is another list, and misses nothing.
    """
    seen = len(poll.collected.found) if isinstance(poll.collected, Collected) else 0
    return not poll.is_steady and poll.forecast.overlap == 0 and 2 * poll.forecast.new > seen


def _replaces_lists(poll: Poll) -> bool:
    before = poll.source.pacing.get("lists", {})
    return _has_no_overlap(poll) and bool(before.get("still")) and int(before.get("wholes", 0)) + 1 >= _WHOLES


def _is_quiet(poll: Poll) -> bool:
    collected = poll.collected
    return isinstance(collected, Collected) and poll.now.astimezone(UTC).weekday() in collected.quiet_days


def _gap(poll: Poll) -> str:
    found = len(poll.collected.found) if isinstance(poll.collected, Collected) else 0
    which = "the only entry was not" if found == 1 else f"none of the {found} entries were"
    since = poll.source.last_success_at or poll.now
    return (
        f"{which} in the poll before: articles may have been missed between {since:%Y-%m-%d %H:%M} and "
        f"{poll.now:%Y-%m-%d %H:%M} UTC"
    )


def _of_kind(poll: Poll) -> Notices:
    """Return what the kind has to say; an unchanged body says what it said before."""
    if isinstance(poll.collected, Collected):
        return poll.collected.notices
    return tuple(notice for notice in poll.source.notices if notice[0] not in _OURS)


def _since(poll: Poll, notices: Iterable[tuple[str, str]]) -> dict[str, str]:
    before = poll.source.pacing.get("since", {})
    return {code: before.get(code, utc_text(poll.now)) for code, _ in notices}


def _dates(collected: Collected | Unchanged | Failed | Rejected) -> list[datetime]:
    """Return the publication times of a list, as far as they are known to the minute."""
    found = collected.found if isinstance(collected, Collected) else ()
    values = [item.published.value for item in found if item.published and item.published.precision != "day"]
    return [moment for moment in map(_moment, values) if moment is not None]


def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.3g}")
