"""Untracked names that a digest tells of: those that came up since the digest before, the most telling first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from alerts.digest import NewName
from alerts.gather import FindNames

if TYPE_CHECKING:
    from monitor.discovery import Discovered
    from monitor.tag.settings import EntitySettings

__all__ = ["new_names"]

_LOOKED_AT = 100
"""Proposals among which the names that are new are looked for."""
_STORIES = 2
"""Stories that must have a name: one alone is as often a slip of a writer as news."""


def new_names(watch: tuple[EntitySettings, ...]) -> FindNames:
    """Return what finds the names first seen between two times that neither the catalogue nor ``watch`` has.

    The catalogue is read for each question and not kept: a digest is made once a day.
    """

    def find(session: Session, since: datetime, until: datetime) -> Sequence[NewName]:
        from monitor.discovery import Window, discover
        from monitor.tag.catalogue import forget_catalogue, load_catalogue

        window = Window(since=since, now=until)
        proposals = discover(session, load_catalogue(watch), window, limit=_LOOKED_AT)
        forget_catalogue()
        return tuple(_new(one) for one in proposals.shown if _is_new(one, since))

    return find


def _is_new(found: Discovered, since: datetime) -> bool:
    return found.first_seen_at >= since and found.proposal.stories >= _STORIES and bool(found.examples)


def _new(found: Discovered) -> NewName:
    example = found.examples[0]
    return NewName(
        name=found.proposal.name,
        kind=found.proposal.kind,
        outlets=found.proposal.sources,
        stories=found.proposal.stories,
        excerpt=example.excerpt,
        url=example.url,
    )
