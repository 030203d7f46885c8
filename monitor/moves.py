"""What to do when a server sends a source's polls elsewhere for good.

Pure. Only permanent redirects come here (301 and 308); the third to one target in a row counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor.fetch.failures import quoted
from monitor.fetch.redirects import same_origin
from monitor.sites import is_same_site
from monitor.sources import SourceSettings, kinds
from monitor.urls import canonical_url, host_of, is_web
from storage.records import PollRecord, SourceState

__all__ = ["Move", "Redirect", "follow", "host_after", "owner_of", "settled"]

_TIMES = 3
_MAX_URL = 2_000
_SECRETS = ("headers", "send", "cookies", "body", "form", "first")
"""Settings that may hold credentials, or fetch some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """Where a poll was sent for good, None for nowhere. ``owner`` is another source that has this address already."""

    target: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a source is polled from now on (``address``, None for the configured one), and what to tell of it."""

    address: str | None
    moved_to: str | None = None
    moved_times: int = 0
    notice: str | None = None


def settled(settings: SourceSettings, source: SourceState) -> SourceSettings:
    """Return the settings to poll with: those configured, at the address that was adopted."""
    return settings.model_copy(update={"url": source.address}) if source.address is not None else settings


def host_after(polled: PollRecord, source: SourceState) -> str | None:
    """Return the key of a source's visits after a poll that changed its address; None where nothing changed."""
    return None if polled.address == source.address else host_of(polled.address or source.url)


def follow(source: SourceState, redirect: Redirect, settings: SourceSettings) -> Move:
    """Decide what a poll that was permanently redirected, or was not, means for its source.

    Where ``settings`` send what may be credentials, only an address of the same origin is adopted, or the same one with
    encryption: they went to that host before.
    """
    target = redirect.target
    if target is None:
        return Move(address=source.address, notice=_adopted(source.address))
    times = min(source.moved_times + 1, _TIMES) if target == source.moved_to else 1
    waiting = Move(address=source.address, moved_to=target, moved_times=times, notice=_adopted(source.address))
    if times < _TIMES:
        return waiting
    problem = _problem(source, target, redirect.owner, settings)
    if problem is not None:
        notice = f"moved for good to {quoted(target, 300)}, {problem}"
        return Move(address=source.address, moved_to=target, moved_times=times, notice=notice)
    address = None if target == source.url else target
    return Move(address=address, notice=_adopted(address))


def owner_of(target: str, source_id: str, others: Iterable[SourceSettings]) -> str | None:
    """Return the id of another source that is configured with this address."""
    wanted = _canonical(target)
    for other in others:
        if other.id != source_id and _canonical(kinds()[other.kind].address(other)) == wanted:
            return other.id
    return None


def _problem(source: SourceState, target: str, owner: str | None, settings: SourceSettings) -> str | None:
    """Return why the target is only proposed."""
    if owner is not None:
        return f"which the source {owner!r} polls already: remove one of them"
    now_at = source.address or source.url
    has_address = "url" in type(settings).model_fields
    if not has_address or not is_web(target) or len(target) > _MAX_URL or not is_web(now_at):
        return "which is no address to poll"
    if _is_downgrade(now_at, target):
        return "which is not encrypted: change sources.yaml if that is right"
    if any(getattr(settings, name, None) for name in _SECRETS) and not _is_same_server(now_at, target):
        return "where this source's credentials do not follow by themselves: change sources.yaml if that is right"
    return None if is_same_site(now_at, target) else "on another site: change sources.yaml if that is right"


def _adopted(address: str | None) -> str | None:
    return None if address is None else f"moved for good to {quoted(address, 300)}; change sources.yaml"


def _is_downgrade(a: str, b: str) -> bool:
    return urlsplit(a).scheme == "https" and urlsplit(b).scheme == "http"


def _is_same_server(a: str, b: str) -> bool:
    """Say whether two addresses have one origin, or would have if the first were encrypted."""
    return same_origin(a, b) or same_origin(urlsplit(a)._replace(scheme="https").geturl(), b)


def _canonical(url: str) -> str:
    try:
        return canonical_url(url)
    except ValueError:
        return url
