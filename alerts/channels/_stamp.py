"""The time of a sending attempt, as the channels that show it need it."""

from __future__ import annotations

from datetime import datetime
from email.utils import localtime

from alerts.channels import Message

__all__ = ["SENT_AT", "sent_at"]

SENT_AT = "sent_at"
"""Where the deliverer writes the time of the attempt (ISO 8601) into the data of a message."""


def sent_at(message: Message) -> datetime:
    """Return when this attempt is made; a message that no deliverer has stamped is sent now."""
    stamp = message.data.get(SENT_AT)
    return datetime.fromisoformat(stamp) if isinstance(stamp, str) else localtime()
