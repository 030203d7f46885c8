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
    "backoff_s",
    "bounded_s",
    "jitter",
    "parse_retry_after",
]

CEILING_S = 24 * 3600.0

_RETRY_FLOOR_S = 60.0
_SECONDS = re.compile(r"[0-9]{1,12}(?:\.[0-9]+)?")


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


def bounded_s(
    wanted_s: float, *, fastest_s: float, slowest_s: float, floor_s: float | None = None, polite_s: float = 0.0
) -> float:
    """Return an interval within ``fastest_s`` .. ``slowest_s`` and no shorter than the server wishes.

    ``floor_s`` is what a server says of its content (ttl, max-age): it counts up to ``slowest_s``. ``polite_s`` is
    what it asks of its visitors (crawl-delay): it counts whatever it is.
    """
    return max(fastest_s, min(max(wanted_s, floor_s or 0.0), slowest_s), polite_s)


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
