"""Messages as e-mail over SMTP, text and HTML.

Knows which answers of a server are final. A recipient who was put off by the server gets the mail on a later
attempt, and the others do not get it again: who has it is kept in a small file until all have.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from alerts.channels import ChannelPort, ChannelSettings, Message, Refused, Retry, SendResult, Sent
from alerts.channels._key import safe_key
from alerts.channels._mail import compose_mail, mailbox
from alerts.channels._server import LOCAL
from alerts.fields import Secret
from alerts.plain import line

__all__ = ["KIND", "Settings", "cautions", "send"]

KIND = "email"

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_TIMEOUT_S = 60.0
_QUIT_S = 2.0


def _is_mailbox(text: str) -> str:
    mailbox(text)
    return text


Mailbox = Annotated[str, Field(max_length=320), AfterValidator(_is_mailbox)]
Replies = dict[str, tuple[int, str]]  # recipient: what the server answered to it when it refused


class Settings(ChannelSettings):
    """An SMTP server and the people to write to. Certificates are always verified."""

    kind: Literal["email"]
    host: str = Field(min_length=1)
    port: int | None = Field(default=None, ge=1, le=65_535, description="587 for starttls, 465 for tls, 25 for none")
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    password: Secret | None = None
    sender: Mailbox = Field(alias="from")
    to: tuple[Mailbox, ...] = Field(min_length=1)
    ca_file: Path | None = Field(default=None, description="certificates of a private authority")
    list_unsubscribe: str | None = Field(
        default=None, pattern=r"^(https|mailto):[!-;=?-~]+$", description="without it a mail to the sender"
    )

    @model_validator(mode="after")
    def _keeps_the_password_private(self) -> Self:
        if (self.username is None) != (self.password is None):
            raise ValueError("expected username and password together")
        if self.password is not None and self.security == "none" and self.host not in LOCAL:
            raise ValueError("a password needs security: starttls or tls")
        return self


def cautions(settings: Settings) -> tuple[str, ...]:
    """Return what a reader of the settings may have overlooked."""
    if settings.security != "none" or settings.host in LOCAL:
        return ()
    return (f"mail goes to {settings.host} unencrypted; expected security: starttls or tls",)


async def send(settings: Settings, message: Message, key: str, port: ChannelPort) -> SendResult:
    """Send the mail to all who do not have it yet; 5xx to the mail itself is final, anything else is for later.

    A server that turns the whole connection away (a login that expired, too many at once) says nothing of the mail.
    """
    from aiosmtplib import SMTPDataError, SMTPException, SMTPResponseException, SMTPSenderRefused

    mail = compose_mail(
        message,
        key=key,
        sender=settings.sender,
        recipients=settings.to,
        unsubscribe=settings.list_unsubscribe,
        list_name=settings.id,
    )
    ledger = port.data_dir / "mail" / f"{safe_key(key)}.json"
    served = _served(ledger)
    waiting = tuple(dict.fromkeys(a for a in map(mailbox, settings.to) if a not in served))
    limit = settings.timeout.total_seconds() if settings.timeout else _TIMEOUT_S
    try:
        refused = await _transmit(settings, mail, waiting, limit) if waiting else {}
    except SMTPResponseException as error:
        reason = f"SMTP {error.code}: {line(error.message, 200)}"
        is_final = isinstance(error, SMTPSenderRefused | SMTPDataError) and 500 <= error.code < 600
        return Refused(reason=reason) if is_final else Retry(reason=reason)
    except TimeoutError:
        return Retry(reason=f"no answer from {settings.host} within {limit:g} s")
    except (SMTPException, OSError) as error:
        return Retry(reason=f"{settings.host}: {line(str(error), 200) or type(error).__name__}")
    return _conclude(ledger, served, waiting, refused)


async def _transmit(settings: Settings, mail: bytes, recipients: tuple[str, ...], limit_s: float) -> Replies:
    """Hand the mail to the server within ``limit_s`` seconds; return who was refused."""
    from aiosmtplib import SMTPRecipientsRefused

    client = _client(settings, limit_s)
    try:
        async with asyncio.timeout(limit_s):
            await client.connect()
            try:
                refused, _ = await client.sendmail(mailbox(settings.sender), recipients, mail)
            except SMTPRecipientsRefused as error:
                return {one.recipient: (one.code, one.message) for one in error.recipients}
        await _leave(client)
        return {address: (reply.code, reply.message) for address, reply in refused.items()}
    finally:
        client.close()


async def _leave(client: Any) -> None:
    """Say goodbye; the mail is accepted, so nothing that happens here may send it again."""
    from aiosmtplib import SMTPException

    with suppress(SMTPException, OSError, TimeoutError):
        async with asyncio.timeout(_QUIT_S):
            await client.quit()


def _client(settings: Settings, limit_s: float) -> Any:
    from aiosmtplib import SMTP

    return SMTP(
        hostname=settings.host,
        port=settings.port or _PORTS[settings.security],
        username=settings.username,
        password=settings.password.get_secret_value() if settings.password else None,
        local_hostname=mailbox(settings.sender).rpartition("@")[2],
        timeout=limit_s,
        use_tls=settings.security == "tls",
        start_tls=settings.security == "starttls",
        cert_bundle=str(settings.ca_file) if settings.ca_file else None,
    )


def _conclude(ledger: Path, served: frozenset[str], waiting: tuple[str, ...], refused: Replies) -> SendResult:
    later = {address for address, (code, _) in refused.items() if not 500 <= code < 600}
    accepted = served.union(waiting).difference(refused)
    said = "; ".join(f"{address}: SMTP {code} {line(text, 100)}" for address, (code, text) in refused.items())
    if later:
        _remember(ledger, accepted)
        return Retry(reason=said)
    ledger.unlink(missing_ok=True)
    return Sent(detail=said, partly=bool(said)) if accepted else Refused(reason=said)


def _served(ledger: Path) -> frozenset[str]:
    try:
        return frozenset(json.loads(ledger.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return frozenset()


def _remember(ledger: Path, accepted: frozenset[str]) -> None:
    if not accepted:
        return
    ledger.parent.mkdir(parents=True, exist_ok=True)
    draft = ledger.with_suffix(".tmp")
    draft.write_text(json.dumps(sorted(accepted)), encoding="utf-8")
    draft.replace(ledger)
