"""What every channel promises, whatever its kind; a new kind needs a receiver and nothing else."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.channels import ChannelSettings, Message, Refused, Retry, SendResult, Sent, channels
from alerts.channels._stamp import SENT_AT
from alerts.render import render_alert
from tests.contract.receivers import RECEIVERS, LoopbackPort, Mood, Receiver
from tests.unit.alerts.samples import NOW, rule, story_hit

KEY = "5f" * 32

_HOSTILE = {
    "line breaks": "标题\r\nBcc: victim@example.org\r\n\r\nbody",
    "NUL": "标题\x00\x00尾",
    "200 kB": "标题" + "长" * 200_000,
    "bidirectional": "标题\u202efdp.exe\u2066x\u2069",
    "markup": "标题<script>alert(1)</script><img src=x onerror=alert(1)>",
    "Markdown": "标题[点我](http://evil.example)![](http://evil.example/p.png)`x`@all",
    "lone dot": "标题\n.\n.\r\n.",
    "half a character": "标题\ud83d尾",
    "encoded word": "=?utf-8?q?=0D=0ABcc:_victim=40example.org?=标题",
    "template": "标题{{ 7*7 }}{% raw %}",
}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(params=sorted(RECEIVERS))
async def receiver(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Receiver]:
    async with RECEIVERS[request.param](tmp_path) as receiver:
        yield receiver


def _message(text: str = "七部门公布办法") -> Message:
    hit = story_hit(1, 1, title=text, text=f"第一句。{text}大模型。", word="大模型")
    return render_alert((hit,), {"models": rule()}, language="zh")


async def _send(receiver: Receiver, tmp_path: Path, message: Message, key: str = KEY) -> SendResult:
    settings = receiver.settings
    stamped = replace(message, data={**message.data, SENT_AT: NOW.isoformat()})
    result: SendResult = await channels()[settings.kind].send(settings, stamped, key, LoopbackPort(tmp_path))
    return result


def _hurried(settings: ChannelSettings) -> ChannelSettings:
    return settings.model_copy(update={"timeout": timedelta(seconds=0.2)})


def test_every_kind_has_a_receiver() -> None:
    assert RECEIVERS.keys() == channels().keys()


@pytest.mark.parametrize("kind", sorted(RECEIVERS))
def test_module_is_what_the_scan_expects(kind: str) -> None:
    module = channels()[kind]

    assert kind == module.KIND
    assert issubclass(module.Settings, ChannelSettings)
    assert module.Settings.model_config["extra"] == "forbid"
    assert module.Settings.__doc__


@pytest.mark.anyio
async def test_message_arrives_once_with_its_key(receiver: Receiver, tmp_path: Path) -> None:
    result = await _send(receiver, tmp_path, _message())

    assert isinstance(result, Sent)
    (arrived,) = receiver.received()
    assert KEY.startswith(arrived.key)
    assert len(arrived.key) >= 12
    assert "七部门公布办法" in arrived.text


@pytest.mark.anyio
async def test_repeat_can_be_told_by_its_key(receiver: Receiver, tmp_path: Path) -> None:
    for _ in range(2):
        assert isinstance(await _send(receiver, tmp_path, _message()), Sent)
    assert isinstance(await _send(receiver, tmp_path, _message(), key="7a" * 32), Sent)

    assert len({arrived.key for arrived in receiver.received()}) == 2


@pytest.mark.anyio
async def test_temporary_failure_is_for_later_and_then_works(receiver: Receiver, tmp_path: Path) -> None:
    receiver.set_mood(Mood.LATER)
    put_off = await _send(receiver, tmp_path, _message())
    assert receiver.received() == []

    receiver.set_mood(Mood.TAKE)
    taken = await _send(receiver, tmp_path, _message())

    assert isinstance(put_off, Retry)
    assert put_off.reason
    assert isinstance(taken, Sent)
    assert len(receiver.received()) == 1


@pytest.mark.anyio
async def test_permanent_failure_is_final(receiver: Receiver, tmp_path: Path) -> None:
    receiver.set_mood(Mood.NEVER)

    result = await _send(receiver, tmp_path, _message())

    assert isinstance(result, Refused)
    assert result.reason
    assert receiver.received() == []


@pytest.mark.anyio
@pytest.mark.parametrize("receiver", sorted(RECEIVERS.keys() - {"atom", "file"}), indirect=True)
async def test_receiver_that_hangs_is_for_later_when_the_time_is_up(receiver: Receiver, tmp_path: Path) -> None:
    receiver.set_mood(Mood.HANG)
    receiver.settings = _hurried(receiver.settings)

    assert isinstance(await _send(receiver, tmp_path, _message()), Retry)


@pytest.mark.anyio
@pytest.mark.parametrize("title", _HOSTILE.values(), ids=_HOSTILE.keys())
async def test_hostile_title_arrives_as_text(receiver: Receiver, tmp_path: Path, title: str) -> None:
    result = await _send(receiver, tmp_path, _message(title))

    assert isinstance(result, Sent)
    (arrived,) = receiver.received()
    assert "标题" in arrived.text
    assert not re.search(r"[\x00\x85\u202a-\u202e\u2066-\u2069]", arrived.text)
    assert "@all" not in arrived.text
    assert not [row for row in arrived.text.splitlines() if row.startswith(("Bcc:", "."))]


@pytest.mark.anyio
@pytest.mark.parametrize("text", _HOSTILE.values(), ids=_HOSTILE.keys())
async def test_channel_survives_a_message_that_nobody_cleaned(receiver: Receiver, tmp_path: Path, text: str) -> None:
    raw = Message(subject=text, text=text, markdown=text, html=text, data={"title": text})

    assert isinstance(await _send(receiver, tmp_path, raw), Sent)

    assert len(receiver.received()) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("key", ["../../etc/passwd", "a\r\nX: y", "", "key with spaces", "钥匙", "k" * 500])
async def test_any_key_names_a_message_safely(receiver: Receiver, tmp_path: Path, key: str) -> None:
    assert isinstance(await _send(receiver, tmp_path, _message(), key=key), Sent)

    (arrived,) = receiver.received()
    assert re.fullmatch(r"[A-Za-z0-9-]{12,128}", arrived.key)
