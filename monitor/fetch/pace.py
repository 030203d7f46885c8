"""When to come again: what a server asked for, back-off after failures, the interval that fits a source.

Pure: ``now``, counts and keys are arguments, and jitter is a hash of its key, so the same question has the same
answer after a restart and in a test.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import blake2b

__all__ = [
    "CEILING_S",
    "FASTEST_S",
    "SLOWEST_S",
    "START_S",
    "backoff_s",
    "jitter",
    "next_interval_s",
    "parse_retry_after",
]

START_S = 15 * 60.0
FASTEST_S = 10 * 60.0  # Media Cloud rss-fetcher: never more often than every 10 minutes,
SLOWEST_S = 24 * 3600.0  # never less often than once a day
CEILING_S = 24 * 3600.0

_RETRY_FLOOR_S = 60.0
_SECONDS = re.compile(r"[0-9]{1,12}(?:\.[0-9]+)?")
_FEW_KNOWN, _MANY_KNOWN = 0.33, 0.67  # shares of items already known between which an interval fits


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, clamped to 1 minute .. 24 hours; None for garbage.

    Both forms of RFC 9110, section 10.2.3: seconds, and a date (counted from ``now``; one in the past is a minute).
    """
    text = (value or "").strip()
    if _SECONDS.fullmatch(text):
        seconds = float(text)
    elif (moment := _http_date(text)) is not None:
        seconds = (moment - now).total_seconds()
    else:
        return None
    return min(max(seconds, _RETRY_FLOOR_S), CEILING_S)


def jitter(key: str, attempt: int, share: float = 0.1) -> float:
    """Return a factor in [1 - share, 1 + share) that depends on key and attempt alone."""
    digest = blake2b(f"{attempt}\0{key}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return 1.0 - share + 2.0 * share * int.from_bytes(digest) / 2**64


def backoff_s(failures: int, key: str, base: float = 60.0, ceiling: float = CEILING_S) -> float:
    """Return how long to stay away after so many failures in a row: base, 2 base, 4 base ... with jitter, capped."""
    if failures <= 0:
        return 0.0
    return min(base * 2.0 ** min(failures - 1, 60) * jitter(key, failures), ceiling)


def next_interval_s(
    previous_s: float | None,
    *,
    seen: int,
    new: int,
    every_s: float | None = None,
    floor_s: float | None = None,
    retry_after_s: float | None = None,
    start_s: float = START_S,
    fastest_s: float = FASTEST_S,
    slowest_s: float = SLOWEST_S,
) -> float:
    """Return the polling interval after a poll that saw ``seen`` items, ``new`` of them for the first time.

    A fixed ``every_s`` wins over everything but ``retry_after_s``. Otherwise the interval follows the share of
    items already known, as in Media Cloud's rss-fetcher: below 33 % it halves (no overlap with the last poll at
    all: a quarter, for items were probably missed), above 67 % it grows, by half when nothing was new and by less
    the more was; between it stays. It starts at ``start_s``, lies within ``fastest_s`` .. ``slowest_s``, and is no
    shorter than ``floor_s`` (a feed's ttl, Cache-Control max-age) up to ``slowest_s``. Jitter is the caller's: the
    interval is kept, its jitter is not.
    """
    if every_s is not None:
        return max(every_s, retry_after_s or 0.0)
    wanted = start_s if previous_s is None else previous_s * _stretch(seen, new)
    floor = max(min(floor_s or 0.0, slowest_s), fastest_s)
    return max(min(max(wanted, floor), slowest_s), retry_after_s or 0.0)


def _stretch(seen: int, new: int) -> float:
    if seen <= 0 or new <= 0:
        return 1.5
    known = (seen - new) / seen
    if known <= 0:
        return 0.25
    if known < _FEW_KNOWN:
        return 0.5
    return 1.0 + 0.5 / (1 + new) if known > _MANY_KNOWN else 1.0


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
