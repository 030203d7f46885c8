"""How well a tried candidate would serve as a source, and why. Pure: judges what a poll brought.

The weights put what cannot be made up for (articles of this site) before what is nice to have (dates, titles); a feed
wins over a sitemap and a list where both bring the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.sites import site_of
from monitor.sources._dates import CHINA
from monitor.urls import host_of, url_key
from storage.records import NewItem, Published

__all__ = ["GOOD", "Verdict", "judge", "moment_of", "newest", "newest_first"]

GOOD = 70.0
"""A score with which the search ends: fresh, titled articles of the site, or most of what its page links to."""

_OWN, _TITLED, _FRESH, _LINKED = 40.0, 15.0, 25.0, 20.0
_ELSEWHERE = 20.0
_KINDS = {"feed": 0.0, "api": -5.0, "sitemap": -10.0, "listing": -15.0, "page": -40.0}
_FEW = 3
_FRESH_FOR, _ALIVE_FOR = timedelta(days=45), timedelta(days=365)
_TITLE_CHARACTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """``score`` is 0 for what is of no use, 100 at best; ``why`` is one line for people."""

    score: float
    why: str


def judge(
    kind: str,
    items: Sequence[NewItem],
    *,
    target: str,
    links: Collection[str],
    now: datetime,
    is_section: bool = False,
) -> Verdict:
    """Judge the items of a poll; ``target`` is the address that was asked for, ``links`` what its page links to.

    What was asked for may be a section of a site: then a source of the whole site is not what is wanted.
    """
    if not items:
        return Verdict(score=0.0, why="no entries")
    site = site_of(host_of(target))
    own = _share(items, lambda item: site_of(item.host) == site)
    titled = _share(items, lambda item: len(item.title or "") >= _TITLE_CHARACTERS)
    linked = sum(1 for item in items if url_key(item.url) in links)
    latest = newest(items)
    here = min(1.0, 2 * linked / len(items))
    score = _OWN * own + _TITLED * titled + _FRESH * _freshness(latest, now) + _LINKED * here
    score -= _ELSEWHERE * (1 - here) if is_section and links else 0.0
    score *= min(1.0, len(items) / _FEW)
    said = [f"{len(items)} {'entry' if len(items) == 1 else 'entries'}", _dated(latest)]
    said += [f"{linked} of them linked on the page"] if linked else []
    said += [f"{own:.0%} of this site"] if own < 1 else []
    return Verdict(score=max(1.0, score + _KINDS.get(kind, 0.0)), why=", ".join(said))


def newest(items: Sequence[NewItem]) -> Published | None:
    """Return the latest date that an item bears."""
    dates = [item.published for item in items if item.published]
    return max(dates, key=moment_of, default=None)


def newest_first(items: Sequence[NewItem]) -> list[NewItem]:
    """Return items by their dates, those without one behind the others in their own order."""
    return sorted(items, key=lambda item: moment_of(item.published), reverse=True)


def moment_of(published: Published | None) -> datetime:
    """Return a date as a moment, the beginning of time for none; a day begins in China."""
    if published is None:
        return datetime.min.replace(tzinfo=UTC)
    try:
        moment = datetime.fromisoformat(published.value)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def _share(items: Sequence[NewItem], holds: Callable[[NewItem], bool]) -> float:
    return sum(1 for item in items if holds(item)) / len(items)


def _freshness(latest: Published | None, now: datetime) -> float:
    if latest is None:
        return 0.4
    age = now - moment_of(latest)
    return 1.0 if age <= _FRESH_FOR else 0.5 if age <= _ALIVE_FOR else 0.0


def _dated(latest: Published | None) -> str:
    return f"newest {latest.value[:10]}" if latest else "no dates"
