"""A message as e-mail: headers and both parts, the same bytes on every attempt.

Base64 keeps every line short and free of dots and control characters, whatever the text holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime, getaddresses, parseaddr
from typing import TYPE_CHECKING
from urllib.parse import quote

from alerts.channels import Message
from alerts.channels._key import safe_key
from alerts.channels._stamp import sent_at
from alerts.plain import block, line

if TYPE_CHECKING:
    from email.headerregistry import Address

__all__ = ["compose_mail", "mailbox"]

_MAX_SUBJECT = 200
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")


def mailbox(text: str) -> str:
    """Return the bare address of ``a@b.c`` or ``Name <a@b.c>``; ValueError where there is none."""
    found = getaddresses([text])
    address = found[0][1] if len(found) == 1 else ""
    if not text.isprintable() or not _ADDRESS.fullmatch(address):
        raise ValueError(f"expected an address such as desk@example.org or Desk <desk@example.org>, found {text!r}")
    return address


def compose_mail(
    message: Message, *, key: str, sender: str, recipients: Sequence[str], unsubscribe: str | None, list_name: str
) -> bytes:
    """Return the mail in the form that goes over the wire; Message-ID and boundary follow from the key.

    ``list_name`` (an identifier) names the list in List-Id (RFC 2919), by which readers sort their mail. Without an
    address to ``unsubscribe`` (RFC 2369) it is the sender's.
    """
    from email.message import EmailMessage
    from email.policy import SMTP

    name = safe_key(key)
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = line(message.subject, _MAX_SUBJECT).replace("=?", "= ?")  # an encoded word would be decoded
    mail["From"] = _address(sender)
    mail["To"] = [_address(recipient) for recipient in recipients]
    mail["Date"] = format_datetime(_written_at(message))
    domain = mailbox(sender).rpartition("@")[2]
    mail["Message-ID"] = f"<{name}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["List-Id"] = f"<{list_name}.newswatch.{domain}>"
    mail["List-Unsubscribe"] = f"<{unsubscribe or _to_sender(sender, list_name)}>"
    mail.set_content(block(message.text), cte="base64")
    mail.add_alternative(block(message.html), subtype="html", cte="base64")
    mail.set_boundary(f"newswatch-{name[:32]}")
    return mail.as_bytes()


def _to_sender(sender: str, list_name: str) -> str:
    return f"mailto:{quote(mailbox(sender), safe='@')}?subject=unsubscribe%20{list_name}"


def _address(text: str) -> Address:
    from email.headerregistry import Address

    return Address(display_name=line(parseaddr(text)[0], 100), addr_spec=mailbox(text))


def _written_at(message: Message) -> datetime:
    stamp = message.data.get("at")
    return datetime.fromisoformat(stamp) if isinstance(stamp, str) else sent_at(message)
