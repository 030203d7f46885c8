import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from typer.testing import Result

from alerts.channels import Refused, Retry, SendResult, Sent
from monitor.cli._channels import result_text
from tests.unit.cli.conftest import Program

Run = Callable[..., Result]
_MAIL = {"kind": "email", "host": "mx.example", "security": "none", "from": "a@example.org", "to": ["b@example.org"]}


def _configured(folder: Path, *channels: dict[str, Any], **settings: Any) -> Path:
    rule = {"id": "models", "entities": ["model:*"], "channels": [channels[0]["id"]]} if channels else None
    content = {
        "sources": [{"id": "wire", "kind": "feed", "url": "https://news.example/wire.xml"}],
        "channels": list(channels),
        "rules": [rule] if rule else [],
        "settings": settings,
    }
    (folder / "sources.yaml").write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.fixture
def run(program: Program) -> Run:
    """Return a function that runs a command with the configuration of a folder."""

    def command(*arguments: str, folder: Path) -> Result:
        options = ["--config", str(folder / "sources.yaml")]
        return program([*arguments, *options], env={"COLUMNS": "100", "NEWSWATCH_DATA": None})

    return command


@contextmanager
def _server(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Answer one request on loopback; yield its address and what came."""
    listener = socket.create_server(("127.0.0.1", 0))
    came: list[bytes] = []

    def serve() -> None:
        with listener, listener.accept()[0] as connection:
            connection.settimeout(5)
            request = connection.recv(65_536)
            head, _, body = request.partition(b"\r\n\r\n")
            wanted = next(int(row[15:]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:"))
            while len(body) < wanted:
                body += connection.recv(65_536)
            came.append(head + b"\r\n\r\n" + body)
            connection.sendall(answer)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield f"127.0.0.1:{listener.getsockname()[1]}", came
    thread.join(5)


def test_list_says_where_channels_lead_and_shows_no_secret(run: Run, tmp_path: Path) -> None:
    folder = _configured(
        tmp_path,
        {"id": "files", "kind": "file"},
        {"id": "mail", **_MAIL},
        {"id": "hook", "kind": "webhook", "url": "https://hooks.example/S3CR3T"},
        {"id": "tg", "kind": "telegram", "token": "110201543:S3CR3T-S3CR3T", "chat": -100},
        {"id": "bark", "kind": "apprise", "url": "bark://api.day.app/S3CR3T"},
    )

    result = run("channels", "list", folder=folder)

    assert result.exit_code == 0
    assert "S3CR3T" not in result.output
    rows = {row.split()[0]: row.split()[1:3] for row in result.stdout.splitlines()[1:]}
    assert rows["files"] == ["file", "digests"]
    assert rows["mail"] == ["email", "b@example.org"]
    assert rows["hook"] == ["webhook", "hooks.example"]
    assert rows["tg"] == ["telegram", "api.telegram.org"]
    assert rows["bark"] == ["apprise", "bark"]
    assert "channel mail: mail goes to mx.example unencrypted" in result.stderr


def test_list_as_json_has_rules_and_the_next_digest(run: Run, tmp_path: Path) -> None:
    folder = _configured(tmp_path, {"id": "files", "kind": "file"}, {"id": "mail", **_MAIL})

    channels = json.loads(run("channels", "list", "--json", folder=folder).stdout)["channels"]

    assert [channel["rules"] for channel in channels] == [["models"], []]
    assert channels[0]["next_digest"].endswith("T09:00+08:00")
    assert channels[0]["warnings"] == []
    assert len(channels[1]["warnings"]) == 1


def test_list_of_nothing_says_what_to_do(run: Run, tmp_path: Path) -> None:
    assert run("channels", "list", folder=_configured(tmp_path)).stdout.startswith("No channels. Add one")
    assert json.loads(run("channels", "list", "--json", folder=tmp_path).stdout) == {"channels": []}


def test_warning_of_a_channel_stands_in_the_plan(run: Run, tmp_path: Path) -> None:
    folder = _configured(tmp_path, {"id": "mail", **_MAIL})

    assert "warning: channel mail: mail goes to mx.example unencrypted" in run("check", folder=folder).stdout


@pytest.mark.parametrize(
    ("answer", "status", "result"),
    [
        (b"HTTP/1.1 204 ok\r\nContent-Length: 0\r\n\r\n", 0, "sent"),
        (b"HTTP/1.1 503 busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", 75, "later"),
        (b"HTTP/1.1 403 no\r\nContent-Length: 6\r\n\r\ngo\x1b[3m", 1, "refused"),
    ],
    ids=["sent", "later", "refused"],
)
def test_trial_really_sends_and_says_what_the_receiver_said(
    run: Run, tmp_path: Path, answer: bytes, status: int, result: str
) -> None:
    with _server(answer) as (place, came):
        channel = {"id": "hook", "kind": "webhook", "url": f"http://{place}/S3CR3T", "language": "en"}
        folder = _configured(tmp_path, channel, network={"allow": [place]})
        ran = run("channels", "test", "hook", folder=folder)

    assert ran.exit_code == status, ran.output
    assert ran.stdout.startswith(f"hook (webhook): {result}")
    assert "S3CR3T" not in ran.output
    assert "\x1b" not in ran.output
    (request,) = came
    body = json.loads(request.partition(b"\r\n\r\n")[2])
    assert body["subject"] == "newswatch: test message"
    assert body["data"]["kind"] == "test"


def test_trial_as_json_is_one_document(run: Run, tmp_path: Path) -> None:
    with _server(b"HTTP/1.1 429 slow\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n") as (place, _):
        channel = {"id": "hook", "kind": "webhook", "url": f"http://{place}/"}
        ran = run(
            "channels", "test", "hook", "--json", folder=_configured(tmp_path, channel, network={"allow": [place]})
        )

    told = json.loads(ran.stdout)
    assert ran.exit_code == 75
    assert len(told.pop("key")) == 64
    assert told == {"channel": "hook", "kind": "webhook", "result": "later", "said": "HTTP 429", "after_s": 30.0}


def test_trial_reaches_no_private_address_that_is_not_allowed(run: Run, tmp_path: Path) -> None:
    channel = {"id": "hook", "kind": "webhook", "url": "http://127.0.0.1:9/"}

    ran = run("channels", "test", "hook", folder=_configured(tmp_path, channel))

    assert ran.exit_code == 1
    assert "network.allow" in ran.stdout


def test_trial_needs_neither_a_store_nor_a_data_directory(run: Run, tmp_path: Path) -> None:
    folder = _configured(tmp_path, {"id": "files", "kind": "file"})

    ran = run("channels", "test", "files", folder=folder)

    assert ran.exit_code == 0
    (written,) = (tmp_path / "data/digests").iterdir()
    assert "newswatch：测试消息" in written.read_text(encoding="utf-8")
    assert not (tmp_path / "data/newswatch.db").exists()


def test_trial_of_an_unknown_channel_names_those_there_are(run: Run, tmp_path: Path) -> None:
    ran = run("channels", "test", "desk", folder=_configured(tmp_path, {"id": "files", "kind": "file"}))

    assert ran.exit_code == 2
    assert ran.stderr == "expected the id of a channel (files), found 'desk'\n"


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (Sent(), "sent"),
        (Sent(detail="b@example.org: SMTP 550", partly=True), "sent, but not to all: b@example.org: SMTP 550"),
        (Retry(reason="HTTP 429", after_s=60.0), "later: HTTP 429; it asks to wait 60 s"),
        (Refused(reason="HTTP 404"), "refused: HTTP 404"),
    ],
)
def test_result_of_a_trial_is_one_line(result: SendResult, said: str) -> None:
    assert result_text(result) == said
