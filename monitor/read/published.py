"""The date of an article as it is stored, from what its page said."""

from __future__ import annotations

from monitor.types import Extracted
from storage.records import Published

__all__ = ["published_by"]


def published_by(page: Extracted) -> Published | None:
    """Return when a page says that it was published, as exactly as it says so; None where it does not."""
    if page.published_at is None or page.published_precision is None:
        return None
    return Published(
        value=page.published_at, precision=page.published_precision, origin=page.published_origin or "page"
    )
