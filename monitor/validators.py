"""Whether a server's ETag and Last-Modified can be trusted, found out by asking without them now and then.

Some servers keep them although the content changed; a source of theirs would seem unchanged for ever. Pure: decides
from what was remembered and what an exchange showed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.columns import utc_text
from storage.records import Validators

__all__ = ["NOTICE", "Exchange", "agree", "are_lies", "asks_in_full", "judge"]

NOTICE = "the server says that nothing has changed when something has: conditional requests are off for it"

_EVERY = 12
_NOT_WITHIN = timedelta(days=1)
_TRUTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What the request for a source's own address showed beside its body.

    ``in_full`` says that it was asked without validators; ``same_validators`` that the answer bore those of the last
    poll, so that a conditional request would have been answered with "unchanged"; ``has_validators`` that it bore
    any. ``redirect`` is where permanent redirects led.
    """

    in_full: bool = False
    same_validators: bool = False
    has_validators: bool = False
    redirect: str | None = None


def agree(stored: Validators, given: Validators) -> bool:
    """Say whether a server that gives ``given`` would call what it gave ``stored`` for unchanged."""
    if stored.etag or given.etag:
        return stored.etag == given.etag
    return stored.last_modified is not None and stored.last_modified == given.last_modified


def asks_in_full(remembered: Mapping[str, Any], now: datetime) -> bool:
    """Say whether the next poll is to be unconditional.

    It is for a server that lied, and at every 12th poll, yet not twice within a day.
    """
    if are_lies(remembered):
        return True
    since = remembered.get("since")
    return (
        int(remembered.get("polls", 0)) >= _EVERY
        and since is not None
        and now - datetime.fromisoformat(since) >= _NOT_WITHIN
    )


def are_lies(remembered: Mapping[str, Any]) -> bool:
    """Say whether the server was caught."""
    return bool(remembered.get("lies"))


def judge(remembered: Mapping[str, Any], exchange: Exchange, *, news: int, now: datetime) -> dict[str, Any]:
    """Return what to remember after a poll that worked and had ``news``.

    A server lies that gives the same validators with news: a conditional poll would have missed them. It is trusted
    again when three times in a row news came with other validators, or when it gives none any more.
    """
    counted = {
        "polls": 0 if exchange.in_full else int(remembered.get("polls", 0)) + 1,
        "since": utc_text(now) if exchange.in_full else remembered.get("since", utc_text(now)),
    }
    if exchange.in_full and news and exchange.same_validators:
        return {**counted, "lies": True, "truths": 0}
    if not are_lies(remembered):
        return counted
    truths = int(remembered.get("truths", 0)) + (news > 0)
    if truths >= _TRUTHS or (exchange.in_full and not exchange.has_validators):
        return counted
    return {**counted, "lies": True, "truths": truths}
