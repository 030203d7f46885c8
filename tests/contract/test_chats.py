"""What Telegram, Slack, ntfy and a service behind Apprise do with each kind of message and of answer."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from alerts.channels import Message, Refused, Retry, SendResult, Sent, channels
from alerts.channels._stamp import SENT_AT
from alerts.markdown import link
from alerts.render import render_alert
from tests.contract.receivers_chat import (
    TOKEN,
    ChatReceiver,
    GotifyReceiver,
    NtfyReceiver,
    SlackReceiver,
    TelegramReceiver,
    answer_of,
    start_chat,
)
from tests.contract.receiving import LoopbackPort
from tests.unit.alerts.samples import NOW, rule, story_hit

KEY = "5f" * 32
LINK = "https://news.example/1"
LIMITS = {"telegram": 4_096, "slack": 4_000, "ntfy": 4_096}
KINDS = (TelegramReceiver, SlackReceiver, NtfyReceiver)
SECRETS = {
    "telegram": TOKEN,
    "slack": "XXXXXXXXXXXXXXXXXXXXXXXX",
    "ntfy": "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2",
    "apprise": "AbCdEf-GhIjKlM",
}

_HOSTILE = {
    "link": "看[这里](http://evil.example/a)",
    "address": "看http://evil.example/a?b=c#d www.evil.example",
    "host": "看evil.example或EVIL.COM",
    "call all": "@all @所有人 @channel <!channel> <!here|x> <!everyone>",
    "call one": "<@U024BE7LH> <#C024BE7LR> @zhangsan",
    "command": "看 /start 或 /stop@bot",
    "HTML": '<a href="http://evil.example">x</a><b>y</b><script>alert(1)</script>',
    "Slack link": "<http://evil.example|官方> <mailto:a@evil.example|写信>",
    "bold": "*假* _假_ ~假~ `假` ```假```",
    "quote": "> 引文 &gt; 引文",
    "end of markup": "标题</a></b> </blockquote>*_~`",
    "entity": "&lt;!channel&gt; &#60;b&#62; &amp;lt;",
    "line breaks": "标题\n# 二\n\n> 三\r\n- 四",
    "half a character": "标题\ud83d尾",
}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(params=[*KINDS, GotifyReceiver], ids=lambda kind: kind.kind)
async def chat(request: pytest.FixtureRequest) -> AsyncIterator[ChatReceiver]:
    async with start_chat(request.param) as receiver:
        yield receiver


def only(*kinds: type[ChatReceiver]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("chat", kinds, indirect=True, ids=lambda kind: kind.kind)


def _alert(title: str = "七部门公布办法", **changes: Any) -> Message:
    hit = story_hit(1, 1, title=title, text=f"第一句。{title}发布大模型。", word="大模型")
    return render_alert((hit,), {"models": rule(**changes)}, language="zh")


def _digest(count: int) -> Message:
    title = "第{n}条：某某公司发布新一代大模型\U0001f469\U0001f3fd\U0001f1e8\U0001f1f3\U00020bb7e\u0301"
    items = [
        f"## {n}. {link(title.format(n=n), f'{LINK}?n={n}')}\n\n> 前文**大模型**后文\n\n- 首见：新华网\n- 名称：文心"
        for n in range(1, count + 1)
    ]
    text = "\n\n".join(["# 摘要", f"**{count} 条**  \n至今", *items, "---", "- 覆盖：42 个来源，0 条未发"])
    return Message(subject="摘要", text="", markdown=text, html="", data={"kind": "digest"})


async def _send(chat: ChatReceiver, folder: Path, message: Message, **settings: Any) -> SendResult:
    stamped = replace(message, data={**message.data, SENT_AT: NOW.isoformat()})
    changed = chat.settings.model_copy(update=settings)
    result: SendResult = await channels()[changed.kind].send(changed, stamped, KEY, LoopbackPort(folder))
    return result


@pytest.mark.anyio
async def test_alert_arrives_in_one_piece_with_its_link(chat: ChatReceiver, tmp_path: Path) -> None:
    assert isinstance(await _send(chat, tmp_path, _alert()), Sent)

    (seen,) = chat.seen
    assert "七部门公布办法" in chat.received()[0].text
    assert "大模型" in seen.text
    assert seen.links == [LINK]


@pytest.mark.anyio
@only(TelegramReceiver, SlackReceiver)
async def test_mention_is_bold_between_chinese_characters(chat: ChatReceiver, tmp_path: Path) -> None:
    await _send(chat, tmp_path, _digest(1))

    assert "大模型" in chat.seen[0].bold


@pytest.mark.anyio
@pytest.mark.parametrize("title", _HOSTILE.values(), ids=_HOSTILE.keys())
async def test_title_makes_no_link_no_call_and_no_markup(chat: ChatReceiver, tmp_path: Path, title: str) -> None:
    assert isinstance(await _send(chat, tmp_path, _alert(title)), Sent)

    (seen,) = chat.seen
    assert seen.links == [LINK]
    assert seen.calls == []
    assert "假" not in seen.bold


@pytest.mark.anyio
@only(*KINDS)
async def test_long_digest_goes_in_parts_between_stories(chat: ChatReceiver, tmp_path: Path) -> None:
    result = await _send(chat, tmp_path, _digest(60))

    total = len(chat.received())
    assert result == Sent(detail=f"{total} parts")
    assert total > 1
    assert [part.key for part in chat.received()] == [f"{KEY}-{n}" for n in range(1, total + 1)]
    assert all(f"({n}/{total})" in part.text for n, part in enumerate(chat.received(), start=1))
    assert all(size <= LIMITS[chat.kind] for size in chat.sizes)
    links = [url for seen in chat.seen for url in seen.links]
    assert links == [f"{LINK}?n={n}" for n in range(1, len(links) + 1)]
    assert all(seen.text.count("前文") == len(seen.links) for seen in chat.seen)
    assert "42 个来源" in chat.seen[-1].text
    assert len(links) == 60 or "… +" in chat.seen[-1].text


@pytest.mark.anyio
@only(*KINDS)
@pytest.mark.parametrize("row", ["一\n\n", "\U0001f600a\n\n", '"\\\\&<>*_`~\n\n', "[x](https://a.example/) **b**c\n\n"])
async def test_parts_never_exceed_what_the_service_counts(chat: ChatReceiver, tmp_path: Path, row: str) -> None:
    rows = Message(subject="主", text="", markdown=row * 9_000, html="")

    assert isinstance(await _send(chat, tmp_path, rows), Sent)

    assert len(chat.sizes) > 2
    assert max(chat.sizes) <= LIMITS[chat.kind]


@pytest.mark.anyio
@only(*KINDS)
async def test_attempt_goes_on_where_the_one_before_it_failed(chat: ChatReceiver, tmp_path: Path) -> None:
    chat.answers = [None, chat.put_off()]
    put_off = await _send(chat, tmp_path, _digest(70))
    assert isinstance(put_off, Retry)
    assert put_off.reason.startswith("part 2 of ")

    assert isinstance(await _send(chat, tmp_path, _digest(70)), Sent)

    keys = [part.key for part in chat.received()]
    assert keys == [f"{KEY}-{n}" for n in range(1, len(keys) + 1)]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("kind", "answer", "expected"),
    [
        pytest.param(
            TelegramReceiver,
            answer_of({"ok": False, "error_code": 429, "parameters": {"retry_after": 17}}, 429),
            Retry(reason="Telegram 429: ", after_s=17.0, limited=True),
            id="Telegram says when",
        ),
        pytest.param(
            TelegramReceiver,
            answer_of({"ok": False, "error_code": 429, "parameters": {"retry_after": "soon"}}, 429),
            Retry(reason="Telegram 429: ", after_s=60.0, limited=True),
            id="Telegram says nonsense",
        ),
        pytest.param(
            TelegramReceiver,
            answer_of({"ok": False, "error_code": 502, "description": "Bad Gateway"}, 502),
            Retry(reason="Telegram 502: Bad Gateway", after_s=60.0),
            id="Telegram is down",
        ),
        pytest.param(
            TelegramReceiver,
            answer_of(
                {
                    "ok": False,
                    "error_code": 400,
                    "description": "upgraded",
                    "parameters": {"migrate_to_chat_id": -1005},
                },
                400,
            ),
            Refused(reason="Telegram 400: upgraded; set chat: -1005"),
            id="group has moved",
        ),
        pytest.param(
            SlackReceiver,
            answer_of(b"rate_limited", 429, Retry_After="30"),
            Retry(reason="HTTP 429: rate_limited", after_s=30.0, limited=True),
            id="Slack says when",
        ),
        pytest.param(
            SlackReceiver, answer_of(b"no_service", 404), Refused(reason="HTTP 404: no_service"), id="no service"
        ),
        pytest.param(SlackReceiver, answer_of({"success": True}), Sent(), id="another server's form"),
        pytest.param(
            NtfyReceiver,
            answer_of({"code": 40101, "http": 401, "error": "unauthorized"}, 401),
            Refused(reason="HTTP 401: unauthorized"),
            id="ntfy without a token",
        ),
        pytest.param(
            GotifyReceiver,
            answer_of(b"", 429),
            Retry(reason="Apprise: HTTP 429", limited=True),
            id="Apprise has sent much",
        ),
        pytest.param(NtfyReceiver, answer_of(b"down", 503), Retry(reason="HTTP 503: down"), id="ntfy is down"),
    ],
)
async def test_answer_means(tmp_path: Path, kind: type[ChatReceiver], answer: bytes, expected: SendResult) -> None:
    async with start_chat(kind) as chat:
        chat.answers = [answer]
        assert await _send(chat, tmp_path, _alert()) == expected


@pytest.mark.anyio
@only(*KINDS)
@pytest.mark.parametrize("answer", [answer_of(b"<html>Login</html>"), answer_of(b""), answer_of([1]), answer_of(b"{")])
async def test_page_of_somebody_else_does_not_count_as_taken(chat: ChatReceiver, tmp_path: Path, answer: bytes) -> None:
    chat.answers = [answer]

    assert isinstance(await _send(chat, tmp_path, _alert()), Retry)


@pytest.mark.anyio
@pytest.mark.parametrize("status", [400, 503])
async def test_reason_shows_no_secret_that_an_answer_repeats(chat: ChatReceiver, tmp_path: Path, status: int) -> None:
    secret = SECRETS[chat.kind]
    chat.answers = [
        answer_of({"ok": False, "error_code": status, "description": f"no {secret}", "error": f"no {secret}"}, status)
    ]

    result = await _send(chat, tmp_path, _alert())

    assert isinstance(result, Retry if status == 503 else Refused)
    assert secret not in result.reason
    assert secret not in repr(chat.settings)


@pytest.mark.anyio
@only(TelegramReceiver)
async def test_bot_writes_to_a_topic_of_a_group(chat: ChatReceiver, tmp_path: Path) -> None:
    await _send(chat, tmp_path, _alert(), topic=42)

    (body,) = chat.bodies
    assert body["message_thread_id"] == 42
    assert body["link_preview_options"] == {"is_disabled": True}


@pytest.mark.anyio
@only(NtfyReceiver)
@pytest.mark.parametrize(("severity", "priority"), [("critical", 5), ("warning", 4), ("info", 3)])
async def test_phone_rings_as_loud_as_the_story_is_grave(
    chat: ChatReceiver, tmp_path: Path, severity: str, priority: int
) -> None:
    await _send(chat, tmp_path, _alert(severity=severity))

    (body,) = chat.bodies
    assert body["priority"] == priority
    assert body["title"].endswith("七部门公布办法")
    assert body["click"] == LINK
    assert "新闻提醒" not in body["message"]


@pytest.mark.anyio
@only(NtfyReceiver)
async def test_phone_shows_the_headline_once_and_then_the_sentence(chat: ChatReceiver, tmp_path: Path) -> None:
    await _send(chat, tmp_path, _alert("七部门公布办法"))

    (body,) = chat.bodies
    assert (body["title"], body["click"]) == ("七部门公布办法", LINK)
    assert body["message"].startswith("▎")


@pytest.mark.anyio
@only(NtfyReceiver)
async def test_phone_rings_once_for_a_message_of_several_parts(chat: ChatReceiver, tmp_path: Path) -> None:
    await _send(chat, tmp_path, _digest(100))

    assert [body["priority"] for body in chat.bodies] == [3, 2, 2, 2, 2]


@pytest.mark.anyio
@only(GotifyReceiver)
async def test_redirect_of_a_service_is_not_followed(chat: ChatReceiver, tmp_path: Path) -> None:
    async with start_chat(NtfyReceiver) as elsewhere:
        assert isinstance(elsewhere, NtfyReceiver)
        chat.answers = [answer_of(b"", 302, Location=str(elsewhere.values("x")["server"]))]
        url = SecretStr(f"{chat.settings.model_dump()['url'].get_secret_value()}?redirect=yes")

        result = await _send(chat, tmp_path, _alert(), url=url)

    assert result == Retry(reason="Apprise: HTTP 302")
    assert elsewhere.attempts == 0


@pytest.mark.anyio
@only(GotifyReceiver)
async def test_long_digest_is_cut_by_apprise_and_ends_with_its_reference(chat: ChatReceiver, tmp_path: Path) -> None:
    assert isinstance(await _send(chat, tmp_path, _digest(400)), Sent)

    text = "".join(seen.text for seen in chat.seen)
    assert "… +" in text
    assert "42 个来源" in text
    assert re.search(r"\[5f5f5f5f5f5f\]\s*$", text)
