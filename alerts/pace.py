"""How many requests a receiver takes in which time, and when the next one may follow.

Pure. A limit holds in every window of its length: what counts are the requests of the window that ends now, so that a
burst may use all of it and nothing goes beyond. (A bucket that is full at first and refills meanwhile would let nearly
twice as many pass in its first window.)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field

__all__ = ["Rate", "RateText", "kept_sends", "parse_rates", "wait_s"]

_UNITS = {"s": 1.0, "min": 60.0, "h": 3_600.0, "d": 86_400.0}
_RATE = re.compile(r"([1-9]\d{0,5})\s*/\s*(s|min|h|d)")
_MOST = 1_000
"""The largest number of requests in a limit: so many times are kept for a channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """At most ``count`` requests in any ``per_s`` seconds."""

    count: int
    per_s: float


@cache
def parse_rates(text: str) -> tuple[Rate, ...]:
    """Return the limits that ``20/min`` or ``5/s, 100/min`` spells; none for ``unlimited``.

    Raise ValueError for anything else.
    """
    if text.strip() == "unlimited":
        return ()
    return tuple(_parse_rate(part.strip()) for part in text.split(","))


def wait_s(sends: Sequence[float], rates: Sequence[Rate], now: float) -> float:
    """Return how many seconds after ``now`` the next request may follow; 0 where it may at once.

    ``sends`` are the times of earlier ones in order, in seconds since 1970 like ``now``. Times that are yet to come
    are those of a clock that was wrong: they do not count.
    """
    return max((_wait_s(sends, rate, now) for rate in rates), default=0.0)


def kept_sends(sends: Sequence[float], rates: Sequence[Rate]) -> tuple[float, ...]:
    """Return the latest of the times, as many as the limits look at."""
    most = max((rate.count for rate in rates), default=0)
    return tuple(sends[-most:]) if most else ()


def _wait_s(sends: Sequence[float], rate: Rate, now: float) -> float:
    within = [at for at in sends if now - rate.per_s < at <= now]
    return within[-rate.count] + rate.per_s - now if len(within) >= rate.count else 0.0


def _parse_rate(text: str) -> Rate:
    found = _RATE.fullmatch(text)
    if found is None or int(found[1]) > _MOST:
        raise ValueError(
            f"expected a number of messages up to {_MOST:,} and a time, such as 20/min (s, min, h, d), "
            f"several with commas, or unlimited; found {text[:40]!r}"
        )
    return Rate(count=int(found[1]), per_s=_UNITS[found[2]])


def _checked(text: str) -> str:
    parse_rates(text)
    return text


RateText = Annotated[str, AfterValidator(_checked), Field(examples=["20/min", "5/s, 100/min", "unlimited"])]
"""Limits as they are written in ``sources.yaml``."""
