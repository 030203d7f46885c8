"""Messages as signed JSON, posted to an address.

The body is the same on every attempt; ``Idempotency-Key`` lets the receiver drop a repeat. With a secret,
``X-Newswatch-Signature`` is ``sha256=`` and the HMAC-SHA256 (hex) of the timestamp, a dot and the body.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr

from alerts.channels import ChannelPort, ChannelSettings, HttpReply, Message, Refused, Retry, SendResult, Sent
from alerts.channels._key import safe_key
from alerts.channels._stamp import SENT_AT, sent_at
from alerts.fields import Secret
from alerts.plain import line

__all__ = ["KIND", "Settings", "send"]

KIND = "webhook"

_TIMEOUT_S = 30.0
_MAX_WAIT_S = 86_400.0
_LATER = frozenset({408, 425, 429})


def _is_address(value: SecretStr) -> SecretStr:
    try:
        parts = urlsplit(value.get_secret_value())
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # its message would show the address
        is_address = False
    if not is_address:
        raise ValueError("expected an address that starts with https:// or http://")
    return value


class Settings(ChannelSettings):
    """An address that takes JSON. The address is kept as a secret: many hold a token."""

    kind: Literal["webhook"]
    url: Annotated[Secret, AfterValidator(_is_address)]
    secret: Secret | None = None


async def send(settings: Settings, message: Message, key: str, port: ChannelPort) -> SendResult:
    """Post the message; 2xx is sent, 408, 425, 429 and 5xx are for later, anything else is final."""
    body = _body(message)
    reply = await port.post(
        settings.url.get_secret_value(),
        body=body,
        headers=_headers(settings, body, key, sent_at(message)),
        timeout_s=settings.timeout.total_seconds() if settings.timeout else _TIMEOUT_S,
    )
    return _result(reply, sent_at(message)) if isinstance(reply, HttpReply) else reply


def _body(message: Message) -> bytes:
    data = {name: value for name, value in message.data.items() if name != SENT_AT}
    content = {"subject": message.subject, "text": message.text, "data": data}
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")


def _headers(settings: Settings, body: bytes, key: str, now: datetime) -> dict[str, str]:
    timestamp = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": safe_key(key),
        "X-Newswatch-Timestamp": timestamp,
    }
    if settings.secret is not None:
        secret = settings.secret.get_secret_value().encode()
        signature = hmac.new(secret, timestamp.encode() + b"." + body, "sha256").hexdigest()
        headers["X-Newswatch-Signature"] = f"sha256={signature}"
    return headers


def _result(reply: HttpReply, now: datetime) -> SendResult:
    if 200 <= reply.status < 300:
        return Sent(detail=f"HTTP {reply.status}")
    said = line(reply.body.decode("utf-8", "replace"), 200)
    reason = f"HTTP {reply.status}: {said}" if said else f"HTTP {reply.status}"
    if reply.status in _LATER or reply.status >= 500:
        return Retry(reason=reason, after_s=_retry_after(reply.headers, now))
    return Refused(reason=reason)


def _retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
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
