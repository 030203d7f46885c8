from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from alerts.channels import ChannelSettings, HttpReply, Message, Refused, Retry, SendResult, Sent, channels
from alerts.channels._bot import Service, verdict
from alerts.channels._progress import Progress

KINDS = ("dingtalk", "feishu", "wecom")
URL = "https://bots.example/hook?key=T0K3N-OF-THE-BOT"
_SERVICE = Service(name="Bot", code=("code",), words=("msg",), later={7: 60.0}, pause_s=30.0)


def _settings(kind: str, **changes: Any) -> ChannelSettings:
    settings: ChannelSettings = channels()[kind].Settings.model_validate(
        {"id": "group", "kind": kind, "url": URL, **changes}
    )
    return settings


@pytest.mark.parametrize("kind", KINDS)
def test_three_lines_are_enough(kind: str) -> None:
    assert "T0K3N" not in repr(_settings(kind))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "url", ["", "bots.example/hook", "ftp://bots.example", "https://", "https://x:0/", "https://[x"]
)
def test_address_that_is_none_is_refused_without_showing_it(kind: str, url: str) -> None:
    with pytest.raises(ValidationError) as error:
        _settings(kind, url=url)

    words = error.value.errors(include_input=False)[0]["msg"]
    assert "expected an address that starts with https:// or http://" in words or "the secret is empty" in words


@pytest.mark.parametrize("kind", ["dingtalk", "feishu"])
@pytest.mark.parametrize("keyword", ["", "a*b", "<at>", "@all", "长" * 51, "二\n行"])
def test_keyword_holds_no_marks(kind: str, keyword: str) -> None:
    with pytest.raises(ValidationError):
        _settings(kind, keyword=keyword)


def _reply(body: str, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpReply:
    return HttpReply(status=status, headers=headers or {}, body=body.encode())


@pytest.mark.parametrize(
    ("reply", "result"),
    [
        pytest.param(_reply('{"code":0}'), Sent(), id="taken"),
        pytest.param(
            _reply('{"code":7,"msg":"slow"}'),
            Retry(reason="Bot 7: slow", after_s=60.0, limited=True),
            id="known for later",
        ),
        pytest.param(
            _reply('{"code":7,"msg":"slow"}', 429, {"Retry-After": "90"}),
            Retry(reason="Bot 7: slow", after_s=90.0, limited=True),
            id="the longer wait counts",
        ),
        pytest.param(
            _reply('{"code":7}', 200, {"X-Ogw-Ratelimit-Reset": "9" * 20}),
            Retry(reason="Bot 7: ", after_s=86_400.0, limited=True),
            id="no longer than a day",
        ),
        pytest.param(_reply('{"code":8,"msg":"系统繁忙"}'), Retry(reason="Bot 8: 系统繁忙", after_s=30.0), id="busy"),
        pytest.param(
            _reply('{"code":8,"msg":"no"}', 503, {"retry-after": "5"}),
            Retry(reason="Bot 8: no", after_s=5.0),
            id="5xx with a code",
        ),
        pytest.param(_reply('{"code":8,"msg":"no"}'), Refused(reason="Bot 8: no"), id="unknown code"),
        pytest.param(_reply('{"code":0,"msg":"ok"}', 403), Refused(reason="Bot 0: ok"), id="taken, but forbidden"),
        pytest.param(_reply('{"code":-8,"msg":["a"]}'), Refused(reason="Bot -8: ['a']"), id="words that are none"),
        pytest.param(_reply('{"code":1e3}'), Retry(reason='HTTP 200, no answer of Bot: {"code":1e3}'), id="no integer"),
    ],
)
def test_answer_becomes_a_result_with_the_words_of_the_service(reply: HttpReply, result: SendResult) -> None:
    assert verdict(reply, _SERVICE) == result


def test_progress_is_known_to_the_next_attempt(tmp_path: Path) -> None:
    Progress(tmp_path, "key", ["a", "b", "c"]).note(2)

    assert Progress(tmp_path, "key", ["a", "b", "c"]).taken() == 2
    assert Progress(tmp_path, "key", ["a", "bc"]).taken() == 0
    assert Progress(tmp_path, "another", ["a", "b", "c"]).taken() == 0


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"print": 1}', "\x00", '{"taken": "x"}'])
def test_file_that_is_damaged_means_no_progress(tmp_path: Path, content: str) -> None:
    progress = Progress(tmp_path, "key", ["a", "b"])
    progress.note(1)
    (file,) = (tmp_path / "parts").iterdir()
    file.write_text(content, encoding="utf-8")

    assert progress.taken() == 0


def test_progress_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "parts").write_text("a file where a folder should be")
    progress = Progress(tmp_path, "key", ["a", "b"])

    progress.note(1)
    progress.forget()

    assert progress.taken() == 0


def test_message_of_one_part_leaves_no_file(tmp_path: Path) -> None:
    Progress(tmp_path, "key", ["a"]).note(1)

    assert not list(tmp_path.iterdir())


class _Port:
    """Takes what is posted until it is cancelled at a part."""

    def __init__(self, data_dir: Path, *, stop_at: int) -> None:
        self.data_dir = data_dir
        self.keys: list[str] = []
        self._stop_at = stop_at

    async def post(self, url: str, *, body: bytes, headers: Mapping[str, str], timeout_s: float) -> HttpReply:
        if len(self.keys) + 1 == self._stop_at:
            raise TimeoutError
        self.keys.append(headers["Idempotency-Key"])
        return _reply('{"errcode":0}')


@pytest.mark.anyio
async def test_attempt_that_is_stopped_is_continued(tmp_path: Path) -> None:
    message = Message(subject="长", text="", markdown="\n".join(["- " + "长" * 900] * 4), html="")
    wecom, stopped, last = channels()["wecom"], _Port(tmp_path, stop_at=3), _Port(tmp_path, stop_at=0)

    with pytest.raises(TimeoutError):
        await wecom.send(_settings("wecom"), message, "k" * 64, stopped)
    result = await wecom.send(_settings("wecom"), message, "k" * 64, last)

    assert result == Sent(detail="4 parts")
    assert (stopped.keys, last.keys) == ([f"{'k' * 64}-1", f"{'k' * 64}-2"], [f"{'k' * 64}-3", f"{'k' * 64}-4"])
