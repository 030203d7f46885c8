"""What the bots of chat groups have in common: a secret address, JSON posted to it, a code in the JSON of the answer.

These services answer HTTP 200 to nearly everything; the code tells what became of the message. An answer without a
code (a proxy's page, a captive portal) means that nobody knows, and the message is tried again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Protocol
from urllib.parse import parse_qsl, urlsplit

from pydantic import Field

from alerts.channels import ChannelPort, ChannelSettings, HttpReply, Refused, Retry, SendResult, Sent
from alerts.channels._key import safe_key
from alerts.channels._progress import Progress
from alerts.channels._server import SecretAddress
from alerts.channels._status import is_passing
from alerts.plain import line

__all__ = [
    "BotSettings",
    "Judge",
    "Keyword",
    "Request",
    "Service",
    "encoded",
    "json_size",
    "parsed",
    "send_parts",
    "verdict",
    "with_keyword",
    "without_code",
]

_TIMEOUT_S = 15.0  # for one part
_LONGEST_WAIT_S = 86_400.0
_PASSING = re.compile(
    r"too many|too fast|frequen|rate.?limit|over limit|busy|try (?:it )?(?:again|later)|internal (?:server )?error"
    r"|timed? ?out|unavailable|频率|频繁|限流|太快|繁忙|稍后|超时",
    re.IGNORECASE,
)
_WAITS = ("retry-after", "x-ogw-ratelimit-reset")  # the second is Feishu's


class BotSettings(ChannelSettings):
    """A bot of a chat group. Its address holds the token and is kept as a secret."""

    url: SecretAddress


Keyword = Annotated[
    str,
    Field(min_length=1, max_length=50, pattern=r"^[^\\`*_\[\]()<>~|#!@&$\n]+$"),
]
"""A word that the bot asks for in every message; without marks that a service could read as markup."""


class Judge(Protocol):
    """Knows the answers of a service."""

    def judge(self, reply: HttpReply) -> SendResult:
        """Return what an answer means."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How a service answers: the fields of its code and its words, and for which codes to come back in how long."""

    name: str
    code: tuple[str, ...]
    words: tuple[str, ...]
    later: Mapping[int, float] = field(default_factory=dict)
    pause_s: float = 60.0

    def judge(self, reply: HttpReply) -> SendResult:
        """Return what an answer means."""
        return verdict(reply, self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to post for one part; the address may carry a signature, ``headers`` a token.

    ``secret`` must not show in a reason, nor what stands by itself in the address and the headers.
    """

    url: str
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)
    secret: str = ""


async def send_parts(
    settings: ChannelSettings,
    parts: Sequence[str],
    key: str,
    port: ChannelPort,
    *,
    request: Callable[[int], Request],
    service: Judge,
) -> SendResult:
    """Post the parts that no earlier attempt has posted, in order; ``request`` makes that of a number from 1.

    ``Idempotency-Key`` is the message's key, with a hyphen and the part's number where there are several.
    """
    progress = Progress(port.data_dir, key, parts)
    for number in range(progress.taken() + 1, len(parts) + 1):
        name = safe_key(key) if len(parts) == 1 else f"{safe_key(key)[:120]}-{number}"
        result = await _post(settings, request(number), name, port, service)
        if not isinstance(result, Sent):
            return _of_part(result, number, len(parts))
        progress.note(number)
    progress.forget()
    return Sent(detail=f"{len(parts)} parts" if len(parts) > 1 else "")


def verdict(reply: HttpReply, service: Service) -> SendResult:
    """Return what an answer means, with the words of the service."""
    answer = parsed(reply.body)
    code = next((code for name in service.code if (code := _number(answer.get(name))) is not None), None)
    if code is None:
        return without_code(reply, service.name)
    if code == 0 and 200 <= reply.status < 300:
        return Sent()
    words = next((str(answer[name]) for name in service.words if answer.get(name)), "")
    reason = f"{service.name} {code}: {line(words, 200)}"
    if code in service.later:
        after_s = max(service.later[code], _asked_s(reply.headers) or 0.0)
        return Retry(reason=reason, after_s=after_s, limited=True)
    if _PASSING.search(words) or is_passing(reply.status):
        return Retry(reason=reason, after_s=_asked_s(reply.headers) or service.pause_s)
    return Refused(reason=reason)


def encoded(body: Mapping[str, Any]) -> bytes:
    """Return a request as it goes over the wire."""
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def json_size(text: str) -> int:
    """Return the number of bytes that a text takes within JSON in UTF-8."""
    return len(json.dumps(text, ensure_ascii=False).encode("utf-8", "replace")) - 2


def with_keyword(text: str, keyword: str | None) -> str:
    """Return a text that holds the keyword, added in a last line where it is missing."""
    return text if keyword is None or keyword in text else f"{text}\n\n{keyword}"


async def _post(
    settings: ChannelSettings, request: Request, name: str, port: ChannelPort, service: Judge
) -> SendResult:
    reply = await port.post(
        request.url,
        body=encoded(request.body),
        headers={"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": name, **request.headers},
        timeout_s=settings.timeout.total_seconds() if settings.timeout else _TIMEOUT_S,
    )
    result = service.judge(reply) if isinstance(reply, HttpReply) else reply
    return result if isinstance(result, Sent) else _masked(result, request)


def _of_part(result: Retry | Refused, number: int, total: int) -> Retry | Refused:
    if total == 1:
        return result
    reason = f"part {number} of {total}: {result.reason}"
    return replace(result, reason=reason)


def _masked(result: Retry | Refused, request: Request) -> Retry | Refused:
    """Return the result without the secrets of the request, should an answer repeat them."""
    parts = urlsplit(request.url)
    secrets = [request.secret, *parts.path.split("/"), *(value for _, value in parse_qsl(parts.query))]
    secrets += [word for value in request.headers.values() for word in value.split()]
    reason = result.reason
    for secret in secrets:
        if len(secret) >= 8:
            reason = reason.replace(secret, "…")
    return replace(result, reason=reason)


def parsed(body: bytes) -> Mapping[str, Any]:
    """Return the object in an answer, empty where it holds none."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _number(value: Any) -> int | None:
    if isinstance(value, str) and len(value) <= 18:
        try:
            return int(value)
        except ValueError:
            return None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def without_code(reply: HttpReply, name: str) -> SendResult:
    """Return what an answer means that is not the service's: a page of a proxy, of a captive portal, or nothing.

    These answer 200, or send elsewhere; only a status that says so is final.
    """
    said = line(reply.body[:2_048].decode("utf-8", "replace"), 200)
    reason = f"HTTP {reply.status}, no answer of {name}: {said}".rstrip(": ")
    if 200 <= reply.status < 400 or is_passing(reply.status):
        return Retry(reason=reason, after_s=_asked_s(reply.headers))
    return Refused(reason=reason)


def _asked_s(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that an answer asks to wait for, at most a day."""
    given = {name.lower(): value.strip() for name, value in headers.items()}
    asked = next((given[name] for name in _WAITS if name in given), "")
    return min(float(asked[:9]), _LONGEST_WAIT_S) if asked.isascii() and asked.isdigit() else None
