"""Ways in which a fetch fails, and what each means for the next try.

Knows statuses and reasons, no sockets. ``FetchFailed`` carries a ``Failed`` up to the edge of the fetch and no
further.
"""

from __future__ import annotations

from http import HTTPStatus

from monitor.types import Failed
from storage.records import Outcome

__all__ = ["FetchFailed", "failed", "from_status", "quoted"]

_GONE = frozenset({404, 410})
_BLOCKED = frozenset({401, 403, 451})
_COME_BACK = frozenset({408, 425, 429})  # a client's error by number, the moment's by meaning


class FetchFailed(Exception):
    """A fetch that ends here with ``failure``."""

    def __init__(self, failure: Failed) -> None:
        super().__init__(failure.detail)
        self.failure = failure


def failed(reason: Outcome, detail: str, *, status: int | None = None, permanent: bool = False) -> FetchFailed:
    """Make the exception that ends a fetch."""
    return FetchFailed(Failed(reason=reason, detail=detail, status=status, permanent=permanent))


def from_status(status: int, retry_after_s: float | None = None) -> Failed:
    """Say what a final status other than 200 and 304 means.

    404 and 410 are gone (410 for good), 401, 403 and 451 blocked; of the others 4xx is permanent, anything else may
    pass. ``retry_after_s`` is kept where the status allows for it: 429 and 503.
    """
    detail = f"{status} {_phrase(status)}".strip()
    if status in _GONE:
        return Failed(reason=Outcome.GONE, detail=detail, status=status, permanent=status == 410)
    if status in _BLOCKED:
        return Failed(reason=Outcome.BLOCKED, detail=detail, status=status)
    return Failed(
        reason=Outcome.HTTP_ERROR,
        detail=detail,
        status=status,
        permanent=400 <= status < 500 and status not in _COME_BACK,
        retry_after_s=retry_after_s if status in (429, 503) else None,
    )


def quoted(text: object, length: int = 120) -> str:
    """Quote text from outside for a message, cut to ``length`` characters."""
    plain = str(text)
    return repr(plain if len(plain) <= length else f"{plain[: length - 1]}…")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
