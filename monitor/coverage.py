"""The coverage that a digest ends with, counted when one asks for it.

Every minute it is looked whether a digest is due, and hardly ever one is: counting looks at every source, and what is
read stays in the memory of the database (1.5 MB for a thousand sources).
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from sqlalchemy.orm import Session

from storage import feed

__all__ = ["LateCoverage"]


class LateCoverage:
    """Says what ``storage.feed.coverage`` says (``alerts.digest.CoverageCounts``), as of the first question.

    It lives no longer than its session.
    """

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now

    @cached_property
    def _counted(self) -> feed.Coverage:
        return feed.coverage(self._session, now=self._now)

    @property
    def watched(self) -> int:
        """How many sources are watched."""
        return self._counted.watched

    @property
    def silent(self) -> int:
        """How many of them have no news for too long."""
        return self._counted.silent

    @property
    def failed(self) -> int:
        """How many of them cannot be polled."""
        return self._counted.failed

    @property
    def unsent(self) -> int:
        """How many messages are late."""
        return self._counted.unsent
