"""What channels of earlier names are called now, as long as the store knows what was sent under those.

What was sent stays under the name that its channel had then: those rows hold whole messages. A name may be given to
another channel later; what was sent under it until then is that of the former one. Does not know which channels the
configuration has.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from storage.tables import channel_names, deliveries

__all__ = ["called_now", "end_names", "names_now", "note_name"]

_STILL = datetime(9999, 12, 31, tzinfo=UTC)
"""Until when a name counts that no other channel was given."""


def called_now() -> ColumnElement[str]:
    """Return what the channel that a message was sent to is called now: a term for questions about messages."""
    known = select(channel_names.c.now).where(
        channel_names.c.name == deliveries.c.channel, channel_names.c.until >= deliveries.c.sent_at
    )
    known = known.order_by(channel_names.c.until).limit(1).correlate(deliveries)
    return func.coalesce(known.scalar_subquery(), deliveries.c.channel)


def names_now(session: Session) -> Mapping[str, str]:
    """Return what channels are called now, by their earlier names that no other one has."""
    asked = select(channel_names.c.name, channel_names.c.now).where(channel_names.c.until == _STILL)
    return {row.name: row.now for row in session.execute(asked)}


def note_name(session: Session, old: str, new: str) -> None:
    """Remember that a channel has another name, and so have those that became it before."""
    known = names_now(session).get(old)
    if known == new:
        return
    session.execute(update(channel_names).where(channel_names.c.now == old).values(now=new))
    if known is None:
        session.execute(insert(channel_names).values(name=old, until=_STILL, now=new))
    else:
        renamed = update(channel_names).where(channel_names.c.name == old, channel_names.c.until == _STILL)
        session.execute(renamed.values(now=new))


def end_names(session: Session, names: Collection[str], now: datetime) -> None:
    """Let these names be those of other channels from now on."""
    taken = and_(channel_names.c.name.in_(sorted(names)), channel_names.c.until == _STILL)
    same = channel_names.alias()
    is_known = exists().where(same.c.name == channel_names.c.name, same.c.until == now)
    session.execute(delete(channel_names).where(taken, is_known))  # the clock may have been set back
    session.execute(update(channel_names).where(taken).values(until=now))
