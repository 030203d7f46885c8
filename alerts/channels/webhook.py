"""Messages as signed JSON, posted to an address.

The body is the same on every attempt; ``Idempotency-Key`` lets the receiver drop a repeat. With a secret,
``X-Newswatch-Signature`` is ``sha256=`` and the HMAC-SHA256 (hex) of the timestamp, a dot and the body. As a
CloudEvent (version 1.0 of the specification, structured mode of its HTTP binding) the same content is its data.
"""

from __future__ import annotations

import hmac
import json
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from alerts.channels import ChannelPort, ChannelSettings, HttpReply, Message, SendResult
from alerts.channels._key import safe_key
from alerts.channels._server import SecretAddress
from alerts.channels._stamp import SENT_AT, sent_at
from alerts.channels._status import status_verdict
from alerts.fields import Secret

__all__ = ["KIND", "Settings", "send"]

KIND = "webhook"

_TIMEOUT_S = 30.0
_TYPES = {"json": "application/json", "cloudevents": "application/cloudevents+json"}


class Settings(ChannelSettings):
    """An address that takes JSON. The address is kept as a secret: many hold a token."""

    kind: Literal["webhook"]
    url: SecretAddress
    secret: Secret | None = None
    form: Literal["json", "cloudevents"] = Field(default="json", description="what the body is")


async def send(settings: Settings, message: Message, key: str, port: ChannelPort) -> SendResult:
    """Post the message; 2xx is sent, 408, 425, 429 and 5xx are for later, anything else is final."""
    content = _content(message)
    body = _encoded(_event(settings, message, key, content) if settings.form == "cloudevents" else content)
    now = sent_at(message)
    reply = await port.post(
        settings.url.get_secret_value(),
        body=body,
        headers=_headers(settings, body, key, now),
        timeout_s=settings.timeout.total_seconds() if settings.timeout else _TIMEOUT_S,
    )
    return status_verdict(reply, now) if isinstance(reply, HttpReply) else reply


def _content(message: Message) -> dict[str, Any]:
    data = {name: value for name, value in message.data.items() if name != SENT_AT}
    return {"subject": message.subject, "text": message.text, "data": data}


def _event(settings: Settings, message: Message, key: str, content: dict[str, Any]) -> dict[str, Any]:
    """Return the content as an event; its id is the key, unique for its source as the specification asks."""
    kind, at = message.data.get("kind"), message.data.get("at")
    return {
        "specversion": "1.0",
        "id": safe_key(key),
        "source": f"urn:newswatch:channel:{settings.id}",
        "type": f"newswatch.{kind}" if isinstance(kind, str) and kind.isalpha() else "newswatch.message",
        **({"time": at} if isinstance(at, str) else {}),
        "datacontenttype": "application/json",
        "data": content,
    }


def _encoded(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")


def _headers(settings: Settings, body: bytes, key: str, now: datetime) -> dict[str, str]:
    timestamp = str(int(now.timestamp()))
    headers = {
        "Content-Type": f"{_TYPES[settings.form]}; charset=utf-8",
        "Idempotency-Key": safe_key(key),
        "X-Newswatch-Timestamp": timestamp,
    }
    if settings.secret is not None:
        secret = settings.secret.get_secret_value().encode()
        signature = hmac.new(secret, timestamp.encode() + b"." + body, "sha256").hexdigest()
        headers["X-Newswatch-Signature"] = f"sha256={signature}"
    return headers
