from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest
from lxml import etree
from pydantic import ValidationError

from alerts.channels import Message, Refused, SendResult, Sent
from alerts.channels.atom import Settings, send
from alerts.render import render_alert
from tests.contract.receiving import LoopbackPort
from tests.unit.alerts.samples import rule, story_hit

_ATOM = "{http://www.w3.org/2005/Atom}"


def _settings(**changes: Any) -> Settings:
    return Settings.model_validate({"id": "feed", "kind": "atom", **changes})


def _message(title: str = "七部门公布办法", at: str = "2026-09-01T01:00:00+00:00") -> Message:
    stories = [{"title": title, "url": "https://news.example/1?a=1&b=2"}]
    return Message(
        subject=title, text="", markdown=f"# {title}\n\n> 正文", html="", data={"at": at, "stories": stories}
    )


async def _send(folder: Path, message: Message, key: str = "a" * 64, **changes: Any) -> SendResult:
    return await send(_settings(**changes), message, key, LoopbackPort(folder))


def _feed(folder: Path, name: str = "alerts.xml") -> Any:
    return etree.fromstring((folder / name).read_bytes())


def _told(feed: Any, name: str) -> Iterator[str]:
    return (entry.findtext(f"{_ATOM}{name}") for entry in feed.iterfind(f"{_ATOM}entry"))


@pytest.mark.anyio
async def test_feed_has_what_the_format_demands(tmp_path: Path) -> None:
    assert await _send(tmp_path, _message(), title="大模型与法规") == Sent(detail=str(tmp_path / "alerts.xml"))

    feed = _feed(tmp_path)
    assert feed.findtext(f"{_ATOM}title") == "大模型与法规"
    assert feed.findtext(f"{_ATOM}id") == "urn:newswatch:feed:feed"
    assert feed.findtext(f"{_ATOM}updated") == "2026-09-01T01:00:00+00:00"
    assert feed.findtext(f"{_ATOM}author/{_ATOM}name") == "newswatch"
    (entry,) = feed.iterfind(f"{_ATOM}entry")
    assert entry.findtext(f"{_ATOM}id") == f"urn:newswatch:message:{'a' * 64}"
    assert entry.find(f"{_ATOM}link").get("href") == "https://news.example/1?a=1&b=2"
    assert entry.find(f"{_ATOM}content").get("type") == "html"
    assert entry.findtext(f"{_ATOM}content").startswith("<h3>七部门公布办法</h3>\n<blockquote>正文")


@pytest.mark.anyio
async def test_newest_comes_first_and_the_oldest_goes(tmp_path: Path) -> None:
    for number in range(5):
        await _send(tmp_path, _message(f"第{number}条"), key=f"{number}" * 64, entries=3)

    assert list(_told(_feed(tmp_path), "title")) == ["第4条", "第3条", "第2条"]


@pytest.mark.anyio
async def test_message_that_comes_again_takes_its_own_place(tmp_path: Path) -> None:
    for title, key in (("旧", "1"), ("别的", "2"), ("新", "1")):
        await _send(tmp_path, _message(title), key=key * 64)

    assert list(_told(_feed(tmp_path), "title")) == ["新", "别的"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>page</body></html>",
        b"not XML",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id></feed>',
    ],
    ids=["empty", "page", "text", "another feed"],
)
async def test_file_that_is_not_this_feed_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "alerts.xml").write_bytes(content)

    result = await _send(tmp_path, _message())

    assert isinstance(result, Refused)
    assert "left alone" in result.reason
    assert (tmp_path / "alerts.xml").read_bytes() == content


@pytest.mark.anyio
async def test_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "alerts.xml").mkdir()

    result = await _send(tmp_path, _message())

    assert isinstance(result, Refused)
    assert "expected a file" in result.reason


@pytest.mark.anyio
async def test_entities_of_a_forged_feed_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2", encoding="utf-8")
    (tmp_path / "alerts.xml").write_text(
        f'<!DOCTYPE feed [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:newswatch:feed:feed</id>'
        "<entry><id>1</id><title>&x;</title></entry></feed>",
        encoding="utf-8",
    )

    await _send(tmp_path, _message())

    assert "hunter2" not in (tmp_path / "alerts.xml").read_text(encoding="utf-8")


@pytest.mark.anyio
async def test_content_runs_nothing_in_a_browser(tmp_path: Path) -> None:
    title = '<script>alert(1)</script><img src=x onerror=alert(1)>\ufffe\x0b"]]>'
    hit = story_hit(1, 1, title=title, text="第一句。发布大模型。", word="大模型")

    assert isinstance(await _send(tmp_path, render_alert((hit,), {"models": rule()}, language="zh")), Sent)

    (content,) = _told(_feed(tmp_path), "content")
    assert "<script" not in content
    assert "<img" not in content
    assert "&lt;script&gt;" in content


@pytest.mark.anyio
async def test_content_of_one_message_is_bounded(tmp_path: Path) -> None:
    rows = "".join(f"## {n}\n\n正文\n\n" for n in range(5_000))
    await _send(tmp_path, Message(subject="长", text="", markdown=rows, html=""))

    assert (tmp_path / "alerts.xml").stat().st_size < 150_000


def test_messages_of_two_processes_at_once_are_all_kept(tmp_path: Path) -> None:
    def publish(number: int) -> SendResult:
        return anyio.run(lambda: _send(tmp_path, _message(f"第{number}条"), key=f"{number:064}"))

    with ThreadPoolExecutor(4) as threads:
        assert all(isinstance(result, Sent) for result in threads.map(publish, range(16)))

    assert sorted(_told(_feed(tmp_path), "title")) == sorted(f"第{number}条" for number in range(16))
    assert [path.name for path in tmp_path.iterdir()] == ["alerts.xml"]


@pytest.mark.parametrize("changes", [{"entries": 0}, {"entries": 1_001}, {"title": ""}, {"title": "a\x00b"}])
def test_settings_that_cannot_work_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        _settings(**changes)
