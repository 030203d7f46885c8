"""How channels stand: when they were last used, since when they fail, until when they are left alone.

The store remembers it, so that a restart neither forgets a limit nor tells an operator twice. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import channel_states
from storage.upsert import insert_into

__all__ = ["ChannelState", "channel_state", "failing_channels", "keep_channel_state"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """A channel as its last attempts left it.

    ``sends`` are the times of its latest requests (seconds since 1970, in order), as many as its limits look at.
    ``failures`` counts attempts in vain since the last that succeeded, the first of them at ``failing_since``, the last
    for ``reason``. Nothing is sent before ``rests_until``. ``told_at`` is when an operator was last told that it fails.
    """

    id: str
    sends: tuple[float, ...] = ()
    failures: int = 0
    failing_since: datetime | None = None
    rests_until: datetime | None = None
    reason: str | None = None
    told_at: datetime | None = None


def channel_state(session: Session, channel: str) -> ChannelState:
    """Return how a channel stands; one that nothing was sent to yet stands well."""
    row = session.execute(select(channel_states).where(channel_states.c.id == channel)).one_or_none()
    return ChannelState(id=channel) if row is None else ChannelState(**{**row._asdict(), "sends": tuple(row.sends)})


def keep_channel_state(session: Session, state: ChannelState) -> None:
    """Remember how a channel stands."""
    values = asdict(state) | {"sends": list(state.sends)}
    row = insert_into(session, channel_states).values(values)
    session.execute(row.on_conflict_do_update(index_elements=["id"], set_=values))


def failing_channels(session: Session, channels: Iterable[str]) -> frozenset[str]:
    """Return those of ``channels`` whose last attempt was in vain."""
    fails = channel_states.c.failing_since.is_not(None)
    asked = select(channel_states.c.id).where(fails, channel_states.c.id.in_(list(channels)))
    return frozenset(session.scalars(asked))
