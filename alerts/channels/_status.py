"""What the status of an HTTP answer means to a message, for receivers that say it by status."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from alerts.channels import HttpReply, Refused, Retry, SendResult, Sent
from alerts.plain import line

__all__ = ["is_passing", "retry_after", "status_verdict"]

_MAX_WAIT_S = 86_400.0
_TOO_MANY = 429
_LATER = frozenset({408, 425, _TOO_MANY})


def status_verdict(reply: HttpReply, now: datetime, said: str | None = None) -> SendResult:
    """Return sent for 2xx, later for 408, 425, 429 and 5xx, final for the rest.

    ``said`` are the receiver's words where they are known better than by the body as it is.
    """
    if 200 <= reply.status < 300:
        return Sent(detail=f"HTTP {reply.status}")
    words = line(reply.body.decode("utf-8", "replace") if said is None else said, 200)
    reason = f"HTTP {reply.status}: {words}" if words else f"HTTP {reply.status}"
    if is_passing(reply.status):
        is_limited = reply.status == _TOO_MANY
        return Retry(reason=reason, after_s=retry_after(reply.headers, now), limited=is_limited)
    return Refused(reason=reason)


def is_passing(status: int) -> bool:
    """Tell whether a status is of a trouble that passes."""
    return status in _LATER or status >= 500


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that Retry-After asks for (RFC 9110 section 10.2.3), at most a day."""
    value = next((value.strip() for name, value in headers.items() if name.lower() == "retry-after"), "")
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), _MAX_WAIT_S)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    wait = (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds()
    return min(max(wait, 0.0), _MAX_WAIT_S)
