import asyncio
import ssl
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from alerts.channels import Message, Refused, Retry, SendResult, Sent
from alerts.channels._mail import compose_mail
from alerts.channels._stamp import SENT_AT
from alerts.channels.email import cautions, send
from tests.contract.receivers import LoopbackPort, SmtpReceiver, email_settings, smtp_server

_TLS = Path(__file__).with_name("tls")
_AT = "2026-09-01T01:00:00+00:00"
KEY = "ab" * 32
_OF_LISTS = ("Auto-Submitted", "List-Id", "List-Unsubscribe")


def _message(**changes: Any) -> Message:
    values = {"subject": "主题", "text": "正文\n第二行\n", "markdown": "", "html": "<p>正文</p>", "data": {"at": _AT}}
    return Message(**{**values, **changes})


def _mail(message: Message | None = None, **changes: Any) -> tuple[bytes, EmailMessage]:
    values: dict[str, Any] = {
        "key": KEY,
        "sender": "News Desk <desk@example.org>",
        "recipients": ("a@example.org",),
        "unsubscribe": None,
        "list_name": "mail",
    }
    raw = compose_mail(message or _message(), **{**values, **changes})
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return raw, mail


async def _send(folder: Path, port: int, **changes: Any) -> SendResult:
    return await send(email_settings(port, **changes), _message(), KEY, LoopbackPort(folder))


def test_mail_has_both_parts_and_the_headers_of_a_machine() -> None:
    _, mail = _mail(unsubscribe="mailto:desk@example.org?subject=stop")

    assert mail["Subject"] == "主题"
    assert mail["From"] == "News Desk <desk@example.org>"
    assert mail["Message-ID"] == f"<{KEY}@example.org>"
    assert mail["Date"] == "Tue, 01 Sep 2026 01:00:00 +0000"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"] == "<mail.newswatch.example.org>"
    assert mail["List-Unsubscribe"] == "<mailto:desk@example.org?subject=stop>"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content().split() for part in mail.iter_parts()] == [["正文", "第二行"], ["<p>正文</p>"]]


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ("News Desk <desk@example.org>", "<mailto:desk@example.org?subject=unsubscribe%20mail>"),
        ("a&b?c=d%e@example.org", "<mailto:a%26b%3Fc%3Dd%25e@example.org?subject=unsubscribe%20mail>"),
        (
            f"{'a' * 64}@{'b' * 60}.example.org",
            f"<mailto:{'a' * 64}@{'b' * 60}.example.org?subject=unsubscribe%20mail>",
        ),
    ],
    ids=["name", "marks", "long"],
)
def test_reader_can_unsubscribe_by_a_mail_to_the_sender(sender: str, address: str) -> None:
    _, mail = _mail(sender=sender)

    assert mail["List-Unsubscribe"].strip() == address


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        pytest.param({"security": "starttls"}, 0, id="starttls"),
        pytest.param({"security": "none", "host": "localhost"}, 0, id="on this machine"),
        pytest.param({"security": "none", "host": "mx.example"}, 1, id="in clear"),
    ],
)
def test_mail_in_clear_is_worth_a_warning(changes: dict[str, Any], count: int) -> None:
    assert len(cautions(email_settings(25, **changes))) == count


def test_mail_is_the_same_on_every_attempt() -> None:
    attempts = {_mail(_message(data={"at": _AT, SENT_AT: f"2026-09-01T0{hour}:00:00+00:00"}))[0] for hour in (1, 2)}

    assert len(attempts) == 1


@pytest.mark.parametrize(
    "subject",
    [
        "a\r\nBcc: victim@example.org",
        "a\nX-Evil: 1\n\nbody",
        "a\x00b\x0b\x1c\x85\u2028c",
        "长" * 200_000,
        "x" * 200_000,
        "\u202eevil\u2066",
        "\ud83d",
        "=?utf-8?q?=0D=0ABcc=3A_victim=40example.org?=",
        "",
    ],
)
def test_any_subject_is_one_short_header(subject: str) -> None:
    raw, mail = _mail(_message(subject=subject))

    names = [name for name, _ in mail.items()]
    assert names == ["Subject", "From", "To", "Date", "Message-ID", *_OF_LISTS, "MIME-Version", "Content-Type"]
    assert len(str(mail["Subject"])) <= 200
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert b"\x00" not in raw


def test_body_with_long_lines_and_dots_fits_the_protocol() -> None:
    raw, mail = _mail(_message(text=".\n..\n" + "长" * 200_000 + "\n.\r\n.", html="<p>" + "x" * 200_000))

    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert not [row for row in raw.split(b"\r\n") if row.startswith(b".")]
    text = mail.get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines() == [".", "..", "长" * 200_000, ".", "."]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"to": []}, "at least 1", id="nobody"),
        pytest.param({"to": ["a@example.org\r\nBcc: b@example.org"]}, "expected an address", id="line break"),
        pytest.param({"to": ["a@example.org, b@example.org"]}, "expected an address", id="two in one"),
        pytest.param({"to": ["nobody"]}, "expected an address", id="no domain"),
        pytest.param({"from": "desk"}, "expected an address", id="sender without a domain"),
        pytest.param({"username": "u"}, "username and password together", id="no password"),
        pytest.param(
            {"host": "mx.example", "username": "u", "password": "p"}, "starttls or tls", id="password in clear"
        ),
        pytest.param({"security": "ssl"}, "starttls", id="unknown security"),
        pytest.param({"port": 70_000}, "65535", id="no such port"),
        pytest.param({"list_unsubscribe": "https://x.example/>\r\nBcc: a@b.c"}, "pattern", id="header in unsubscribe"),
    ],
)
def test_settings_that_cannot_work_are_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        email_settings(**{"port": 25, **changes})


def test_password_does_not_show() -> None:
    assert "hunter2" not in repr(email_settings(25, username="u", password="hunter2"))


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("replies", "kind", "served"),
    [
        pytest.param({}, Sent, True, id="all taken"),
        pytest.param({"a": "550 5.1.1 no"}, Sent, True, id="one refused"),
        pytest.param({"a": "550 5.1.1 no", "b": "551 no"}, Refused, False, id="all refused"),
        pytest.param({"a": "450 4.2.1 later"}, Retry, True, id="one put off"),
        pytest.param({"a": "450 later", "b": "451 later"}, Retry, False, id="all put off"),
        pytest.param({"a": "450 later", "b": "550 no"}, Retry, False, id="one put off, one refused"),
    ],
)
async def test_recipients_are_judged_one_by_one(
    tmp_path: Path, replies: dict[str, str], kind: type, served: bool
) -> None:
    server = SmtpReceiver()
    server.replies = {f"{name}@example.org": reply for name, reply in replies.items()}
    async with smtp_server(server) as port:
        result = await _send(tmp_path, port, to=["a@example.org", "B <b@example.org>"])

    assert isinstance(result, kind)
    assert bool(server.received()) is served
    assert all(f"{name}@example.org" in str(result) for name in replies)
    assert not isinstance(result, Sent) or result.partly is bool(replies)


@pytest.mark.anyio
async def test_server_that_is_not_there_is_for_later(tmp_path: Path) -> None:
    server = SmtpReceiver()
    async with smtp_server(server) as port:
        pass

    result = await _send(tmp_path, port)

    assert isinstance(result, Retry)
    assert "127.0.0.1" in result.reason


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("replies", "kind"),
    [
        pytest.param({"banner": "554 no service for you"}, Retry, id="banner"),
        pytest.param({"AUTH": "535 5.7.8 login expired"}, Retry, id="login"),
        pytest.param({"MAIL": "550 not from here"}, Refused, id="sender"),
        pytest.param({"MAIL": "451 later"}, Retry, id="sender for later"),
        pytest.param({".": "554 this is spam"}, Refused, id="mail"),
        pytest.param({".": "452 full"}, Retry, id="mail for later"),
    ],
)
async def test_only_what_is_said_of_the_mail_itself_is_final(
    tmp_path: Path, replies: dict[str, str], kind: type
) -> None:
    ended = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await speak_smtp(reader, writer, {"AUTH": "235 ok", "DATA": "354 go", "QUIT": "221 bye", **replies})
        writer.close()
        await writer.wait_closed()
        ended.set()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        result = await _send(tmp_path, server.sockets[0].getsockname()[1], username="u", password="hunter2")
        await ended.wait()

    assert isinstance(result, kind), result
    assert "hunter2" not in str(result)


async def speak_smtp(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, replies: dict[str, str]) -> None:
    """Speak SMTP line by line: ``replies`` by command, by "banner" and by "." for the mail; 250 to the rest."""
    writer.write(replies.get("banner", "220 ready").encode() + b"\r\n")
    in_mail = False
    while row := await reader.readline():
        command = row.decode().strip()
        if in_mail and command != ".":
            continue
        word = command.split(" ")[0].upper()
        in_mail = word == "DATA"
        greeting = "250-here\r\n250 AUTH PLAIN" if word == "EHLO" else "250 ok"
        writer.write(replies.get(word, greeting).encode() + b"\r\n")
        await writer.drain()


@pytest.fixture
def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_TLS / "certificate.pem", _TLS / "key.pem")
    return context


@pytest.mark.anyio
@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(("trusted", "kind"), [(True, Sent), (False, Retry)], ids=["trusted", "unknown authority"])
async def test_certificate_is_verified(
    tmp_path: Path, tls: ssl.SSLContext, security: str, trusted: bool, kind: type
) -> None:
    server = SmtpReceiver()
    upgrade = {"tls_context": tls, "require_starttls": True} if security == "starttls" else {}
    authority = {"ca_file": str(_TLS / "certificate.pem")} if trusted else {}
    async with smtp_server(server, ssl_context=tls if security == "tls" else None, **upgrade) as port:
        result = await _send(tmp_path, port, security=security, **authority)

    assert isinstance(result, kind), result
    assert len(server.received()) == trusted


@pytest.mark.anyio
async def test_server_without_starttls_gets_nothing_in_clear(tmp_path: Path) -> None:
    server = SmtpReceiver()
    async with smtp_server(server) as port:
        result = await _send(tmp_path, port, security="starttls", username="u", password="hunter2")

    assert isinstance(result, Retry)
    assert "STARTTLS" in result.reason
    assert server.received() == []
