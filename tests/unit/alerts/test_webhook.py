import hmac
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from alerts.channels import HttpReply, Message, Refused, Retry, SendResult, Sent
from alerts.channels._stamp import SENT_AT
from alerts.channels.webhook import Settings, send

_SECRET = "correct horse"


class _Port:
    """Answers every POST alike and keeps what was posted."""

    data_dir = Path()

    def __init__(self, reply: HttpReply | Retry | Refused) -> None:
        self.reply = reply
        self.posted: list[tuple[str, bytes, Mapping[str, str], float]] = []

    async def post(
        self, url: str, *, body: bytes, headers: Mapping[str, str], timeout_s: float
    ) -> HttpReply | Retry | Refused:
        self.posted.append((url, body, headers, timeout_s))
        return self.reply


def _settings(**changes: Any) -> Settings:
    values = {"id": "hook", "kind": "webhook", "url": "https://hooks.example/T0K3N", **changes}
    return Settings.model_validate(values)


def _message(**data: Any) -> Message:
    data = {"at": "2026-09-01T01:00:00+00:00", SENT_AT: "2026-09-01T02:00:00+00:00", **data}
    return Message(subject="主题", text="正文", markdown="", html="", data=data)


async def _answer(status: int, headers: Mapping[str, str] | None = None, body: bytes = b"") -> SendResult:
    port = _Port(HttpReply(status=status, headers=headers or {}, body=body))
    return await send(_settings(), _message(), "ab" * 32, port)


@pytest.mark.anyio
async def test_signature_covers_timestamp_and_body() -> None:
    port = _Port(HttpReply(status=200, headers={}, body=b""))
    await send(_settings(secret=_SECRET), _message(), "ab" * 32, port)

    ((url, body, headers, _),) = port.posted
    expected = hmac.new(_SECRET.encode(), b"1788228000." + body, "sha256").hexdigest()
    assert url == "https://hooks.example/T0K3N"
    assert headers["X-Newswatch-Timestamp"] == "1788228000"
    assert headers["X-Newswatch-Signature"] == f"sha256={expected}"
    assert headers["Idempotency-Key"] == "ab" * 32


@pytest.mark.anyio
async def test_body_is_json_and_the_same_on_every_attempt() -> None:
    port = _Port(HttpReply(status=200, headers={}, body=b""))
    for hour in (2, 3):
        await send(_settings(), _message(**{SENT_AT: f"2026-09-01T0{hour}:00:00+00:00"}), "k", port)

    bodies = [body for _, body, _, _ in port.posted]
    assert bodies[0] == bodies[1]
    assert json.loads(bodies[0]) == {"subject": "主题", "text": "正文", "data": {"at": "2026-09-01T01:00:00+00:00"}}
    assert port.posted[0][2]["X-Newswatch-Timestamp"] != port.posted[1][2]["X-Newswatch-Timestamp"]
    assert "X-Newswatch-Signature" not in port.posted[0][2]


@pytest.mark.anyio
async def test_event_holds_the_same_content_under_the_key_of_the_message() -> None:
    port = _Port(HttpReply(status=200, headers={}, body=b""))
    for hour in (2, 3):
        stamp = {SENT_AT: f"2026-09-01T0{hour}:00:00+00:00", "kind": "alert"}
        await send(_settings(form="cloudevents", secret=_SECRET), _message(**stamp), "ab" * 32, port)

    (_, body, headers, _), (_, again, _, _) = port.posted
    assert body == again
    assert headers["Content-Type"] == "application/cloudevents+json; charset=utf-8"
    assert headers["X-Newswatch-Signature"] == (
        "sha256=" + hmac.new(_SECRET.encode(), b"1788228000." + body, "sha256").hexdigest()
    )
    assert json.loads(body) == {
        "specversion": "1.0",
        "id": "ab" * 32,
        "source": "urn:newswatch:channel:hook",
        "type": "newswatch.alert",
        "time": "2026-09-01T01:00:00+00:00",
        "datacontenttype": "application/json",
        "data": {
            "subject": "主题",
            "text": "正文",
            "data": {"at": "2026-09-01T01:00:00+00:00", "kind": "alert"},
        },
    }


@pytest.mark.anyio
@pytest.mark.parametrize("data", [{}, {"kind": 7, "at": 7}, {"kind": "a b"}, {"kind": ""}])
async def test_event_has_what_the_specification_demands_whatever_the_message_holds(data: dict[str, Any]) -> None:
    port = _Port(HttpReply(status=200, headers={}, body=b""))
    message = Message(subject="", text="", markdown="", html="", data=data)
    await send(_settings(form="cloudevents"), message, "../钥匙", port)

    event = json.loads(port.posted[0][1])
    assert event["type"] == "newswatch.message"
    assert len(event["id"]) == 64
    assert all(isinstance(event[name], str) and event[name] for name in ("specversion", "id", "source", "type"))
    assert isinstance(event.get("time", ""), str)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        *((status, Sent) for status in (200, 201, 202, 204)),
        *((status, Retry) for status in (408, 425, 429, 500, 502, 503, 504, 599)),
        *((status, Refused) for status in (301, 302, 400, 401, 403, 404, 405, 410, 413, 422)),
    ],
)
async def test_status_says_whether_to_try_again(status: int, kind: type) -> None:
    assert isinstance(await _answer(status), kind)


@pytest.mark.anyio
async def test_attempt_that_came_too_soon_says_nothing_of_the_message() -> None:
    assert await _answer(429) == Retry(reason="HTTP 429", limited=True)
    assert await _answer(503) == Retry(reason="HTTP 503")


@pytest.mark.anyio
async def test_reason_quotes_the_answer_and_cuts_it() -> None:
    result = await _answer(400, body=b"no\r\nsuch field \xff " + b"x" * 60_000)

    assert isinstance(result, Refused)
    assert result.reason.startswith("HTTP 400: no such field")
    assert len(result.reason) < 250


@pytest.mark.anyio
async def test_retry_after_is_read_whatever_the_case_of_its_name() -> None:
    assert await _answer(503, {"retry-after": " 120 "}) == Retry(reason="HTTP 503", after_s=120.0)


@pytest.mark.anyio
@pytest.mark.parametrize("verdict", [Retry(reason="refused connection"), Refused(reason="private address")])
async def test_what_the_port_decides_stands(verdict: Retry | Refused) -> None:
    assert await send(_settings(), _message(), "k", _Port(verdict)) is verdict


@pytest.mark.anyio
@pytest.mark.parametrize(("given", "seconds"), [(None, 30.0), ("5s", 5.0)])
async def test_timeout_is_the_channels(given: str | None, seconds: float) -> None:
    port = _Port(HttpReply(status=200, headers={}, body=b""))
    await send(_settings(timeout=given), _message(), "k", port)

    assert port.posted[0][3] == seconds


@pytest.mark.anyio
async def test_message_without_a_deliverer_is_stamped_with_the_time_it_is_sent() -> None:
    port = _Port(HttpReply(status=200, headers={}, body=b""))
    await send(_settings(), Message(subject="", text="", markdown="", html=""), "k", port)

    assert int(port.posted[0][2]["X-Newswatch-Timestamp"]) > 1_700_000_000


@pytest.mark.parametrize("url", ["ftp://a.example", "file:///etc/passwd", "//a.example", "https://", "hooks"])
def test_address_that_is_not_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="https://"):
        _settings(url=url)


def test_address_and_secret_do_not_show() -> None:
    shown = repr(_settings(secret=_SECRET))

    assert "T0K3N" not in shown
    assert _SECRET not in shown
