"""Messages by way of Apprise, for the services that have no channel of their own; an extra: ``newswatch[apprise]``.

Read in Apprise 2.2.0: it sends in threads and pauses between requests to one service, so one object is kept for each
channel and called outside of the event loop; too long texts are split only where asked, redirects followed unless told
otherwise. Its requests do not pass the address guard, hence the list of services: none that runs programs, writes
files, talks to the desktop or posts to any address of the web.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, SecretStr

from alerts.channels import ChannelPort, ChannelSettings, Message, Refused, Retry, SendResult, Sent
from alerts.channels._chat import Kind, Row, Run, inert_heading, inert_outline
from alerts.channels._key import safe_key
from alerts.channels._marks import full_width, written_runs
from alerts.channels._split import split, utf16_size
from alerts.fields import Secret

if TYPE_CHECKING:
    from apprise import Apprise, AppriseResult

__all__ = ["KIND", "SERVICES", "Settings", "cautions", "send"]

KIND = "apprise"

# fmt: off
SERVICES = frozenset({
    "apprise", "apprises", "bark", "barks", "betterstack", "brevo", "chanify", "clicksend", "cliq", "discord",
    "flock", "gchat", "goalert", "goalerts", "gotify", "gotifys", "groupme", "guilded", "hassio", "hassios", "ifttt",
    "ilert", "incidentio", "join", "lametric", "line", "mailersend", "mailgun", "mastodon", "mastodons", "matrix",
    "matrixs", "misskey", "misskeys", "mmost", "mmosts", "msgbird", "nctalk", "nctalks", "nexmo", "notica", "noticas",
    "notifiarr", "o365", "onebot", "onebots", "onesignal", "opsgenie", "pagerduty", "pagertree", "pbul", "plivo",
    "postmark", "pover", "prowl", "pushdeer", "pushdeers", "pushed", "pushme", "pushplus", "pushy", "qq", "resend",
    "revolt", "ringc", "rocket", "rockets", "schan", "sendgrid", "seven", "signal", "signals", "signl4", "simplepush",
    "sinch", "smtp2go", "sparkpost", "spike", "splunk", "spugpush", "spush", "squadcast", "synology", "synologys",
    "threema", "toot", "toots", "twilio", "twist", "victorops", "vonage", "webex", "whatsapp", "workflow",
    "workflows", "wpush", "wxpusher", "wxteams", "zulip",
})
# fmt: on
"""Schemas of Apprise that may be used."""

_TIMEOUT_S = 60.0
_MOST = 20_000  # UTF-16 code units; Apprise makes parts of it, Discord takes 2,000 in one
_INSTALL = "the package apprise is not installed: pip install 'newswatch[apprise]'"
_ERROR = re.compile(r"error=(\d{3})\b")
_TOO_MANY = 429
_LATER = frozenset({408, 425, _TOO_MANY})
_BEGINS = {Kind.QUOTE: "▎", Kind.BULLET: "• "}


def _is_allowed(value: SecretStr) -> SecretStr:
    schema, mark, rest = value.get_secret_value().partition("://")
    if not mark or not rest or schema.lower() not in SERVICES:
        known = ", ".join(sorted(SERVICES))
        raise ValueError(f"expected an address of Apprise, SERVICE://…, with one of these services: {known}")
    return value


class Settings(ChannelSettings):
    """An address as Apprise writes it. It holds the token and is kept as a secret."""

    kind: Literal["apprise"]
    url: Annotated[Secret, AfterValidator(_is_allowed)]


def cautions(settings: Settings) -> tuple[str, ...]:
    """Return what keeps messages from going out as they should."""
    return () if find_spec("apprise") else (_INSTALL,)


async def send(settings: Settings, message: Message, key: str, port: ChannelPort) -> SendResult:
    """Hand the message to Apprise; a reference at its end tells a repeat, for few services drop one by themselves."""
    limit_s = settings.timeout.total_seconds() if settings.timeout else _TIMEOUT_S
    (text,) = split(inert_outline(message), write=_written, size=utf16_size, limit=_MOST, most=1)[:1]
    body = f"{text}\n\n[{safe_key(key)[:12]}]"
    return await asyncio.to_thread(_notify, settings.url.get_secret_value(), limit_s, inert_heading(message), body)


def _notify(url: str, limit_s: float, title: str, body: str) -> SendResult:
    try:
        messenger = _messenger(url, limit_s)
    except ImportError:
        return Retry(reason=_INSTALL)
    if messenger is None:
        return Refused(reason="Apprise does not understand the address")
    return _verdict(messenger.notify(body=body, title=title, body_format="text", timeout=limit_s))


@lru_cache(maxsize=64)
def _messenger(url: str, limit_s: float) -> Apprise | None:
    """Return the object of a channel, kept for the life of the process: it keeps the service's pace."""
    from apprise import Apprise, AppriseAsset, plugins

    found: dict[str, Any] | None = plugins.url_to_dict(url, secure_logging=True)  # type: ignore[no-untyped-call]
    if not found or found.get("schema") not in SERVICES:
        return None
    bounds = {"redirect": False, "overflow": "split", "cto": limit_s, "rto": limit_s}
    service = Apprise.instantiate({**found, **bounds}, asset=AppriseAsset(http_redirects=False))
    messenger = Apprise()
    return messenger if service is not None and messenger.add(service) else None


def _verdict(result: AppriseResult) -> SendResult:
    """Return what became of a message; Apprise names the status of an answer in its log alone."""
    if result:
        return Sent()
    found = [int(code) for entry in result.logs() for code in _ERROR.findall(str(entry.message))]
    if not found:
        return Retry(reason=f"Apprise could not send it: {result.status.name.lower()}")
    reason = f"Apprise: HTTP {found[0]}"
    is_final = all(400 <= code < 500 and code not in _LATER for code in found)
    return Refused(reason=reason) if is_final else Retry(reason=reason, limited=_TOO_MANY in found)


def _written(row: Row) -> str:
    """Return a row as plain text that no service reads as markup, its addresses at the end."""
    bare = tuple(Run(text=run.text) for run in row.runs)
    links = "".join(f" {run.link}" for run in row.runs if run.link)
    text = f"{_BEGINS.get(row.kind, '')}{written_runs(replace(row, runs=bare), full_width)}{links}\n"
    return f"\n{text}" if row.kind is Kind.HEADING else text
