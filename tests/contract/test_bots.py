"""What the bots of Feishu, DingTalk and WeCom do with each kind of message and of answer."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from alerts.channels import Message, Refused, Retry, SendResult, Sent, channels
from alerts.channels._stamp import SENT_AT
from alerts.markdown import link
from alerts.render import render_alert
from monitor.fetch.client import Fetcher
from monitor.ports import DeliveryPort
from tests.contract.receivers_bots import (
    BOTS,
    BotReceiver,
    DingTalkReceiver,
    FeishuReceiver,
    WecomReceiver,
    http_answer,
    start_bot,
)
from tests.contract.receiving import LoopbackPort
from tests.unit.alerts.samples import NOW, rule, story_hit

KEY = "5f" * 32
LINK = "https://news.example/1"
LIMITS = {"feishu": 20_000, "dingtalk": 20_000, "wecom": 4_096}
SIGNED = (FeishuReceiver, DingTalkReceiver)

_HOSTILE = {
    "link": "看[这里](http://evil.example/a)",
    "picture": "看![](http://evil.example/p.png)",
    "address": "看http://evil.example/a?b=c#d www.evil.example",
    "host": "看evil.example或EVIL.COM",
    "call all": '@all @所有人 <at id=all></at> <at user_id="all">所有人</at>',
    "call one": "<@zhangsan> @13800138000",
    "heading": "# 大标题",
    "HTML": '<font color="red">红</font><script>alert(1)</script>',
    "bold": "**假** __假__ ~~假~~ `假`",
    "end of a link": "标题](http://evil.example) [点我",
    "exclamation mark before its link": "重磅!",
    "backslashes": "标\\题\\\\](http://evil.example)",
    "entity": "&lt;at id=all&gt;&#60;at&#62;",
    "line breaks": "标题\n# 二\n\n> 三\r\n- 四",
}

_LONG_TITLE = (
    "第{n}条：某某公司发布新一代大模型，参数规模再创新高\U0001f469\U0001f3fd\U0001f1e8\U0001f1f3\U00020bb7e\u0301"
)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(params=[FeishuReceiver, DingTalkReceiver, WecomReceiver], ids=sorted(BOTS, key=list(BOTS).index))
async def bot(request: pytest.FixtureRequest) -> AsyncIterator[BotReceiver]:
    async with start_bot(request.param) as receiver:
        yield receiver


def _alert(title: str | None = "七部门公布办法", **changes: Any) -> Message:
    hit = story_hit(1, 1, title=title, text="第一句。发布大模型。", word="大模型", **changes)
    return render_alert((hit,), {"models": rule()}, language="zh")


def _digest(count: int, title: str = _LONG_TITLE) -> Message:
    items = [
        f"## {n}. {link(title.format(n=n), f'{LINK}?n={n}')}\n\n> 前文**大模型**后文\n\n- 首见：新华网\n- 名称：文心"
        for n in range(1, count + 1)
    ]
    text = "\n\n".join(["# 摘要", f"**{count} 条**  \n至今", *items, "---", "- 覆盖：42 个来源，0 条未发"])
    return Message(subject="摘要", text="", markdown=text, html="", data={"kind": "digest"})


async def _send(bot: BotReceiver, folder: Path, message: Message, key: str = KEY, **settings: Any) -> SendResult:
    stamped = replace(message, data={**message.data, SENT_AT: NOW.isoformat()})
    changed = bot.settings.model_copy(update=settings)
    result: SendResult = await channels()[changed.kind].send(changed, stamped, key, LoopbackPort(folder))
    return result


@pytest.mark.anyio
async def test_alert_arrives_in_one_piece_with_its_link(bot: BotReceiver, tmp_path: Path) -> None:
    assert isinstance(await _send(bot, tmp_path, _alert()), Sent)

    (read,) = bot.read()
    assert "七部门公布办法" in read.text
    assert "大模型" in read.text
    assert read.links == [LINK]
    assert [message.key for message in bot.received()] == [KEY]


@pytest.mark.anyio
async def test_story_without_a_title_is_named_as_such(bot: BotReceiver, tmp_path: Path) -> None:
    assert isinstance(await _send(bot, tmp_path, _alert(None)), Sent)

    (read,) = bot.read()
    assert read.links == [LINK]


@pytest.mark.anyio
async def test_message_without_any_text_is_sent_all_the_same(bot: BotReceiver, tmp_path: Path) -> None:
    assert isinstance(await _send(bot, tmp_path, Message(subject="", text="", markdown="", html="")), Sent)


@pytest.mark.anyio
async def test_long_digest_goes_in_full_parts_between_stories(bot: BotReceiver, tmp_path: Path) -> None:
    result = await _send(bot, tmp_path, _digest(150))

    parts = bot.received()
    total = len(parts)
    assert result == Sent(detail=f"{total} parts")
    assert 1 < total <= 15
    assert [part.key for part in parts] == [f"{KEY}-{n}" for n in range(1, total + 1)]
    assert all(f"({n}/{total})" in part.text for n, part in enumerate(parts, start=1))
    assert all(size <= LIMITS[bot.kind] for size in bot.sizes)
    assert min(bot.sizes[:-1]) > LIMITS[bot.kind] * 0.9
    links = [url for read in bot.read() for url in read.links]
    assert links == [f"{LINK}?n={n}" for n in range(1, 151)]
    assert all(read.text.count("前文") == len(read.links) for read in bot.read())
    assert "42 个来源" in parts[-1].text


@pytest.mark.anyio
async def test_parts_are_filled_to_their_last_bytes_and_not_beyond(bot: BotReceiver, tmp_path: Path) -> None:
    rows = Message(subject="主", text="", markdown="一\n\n" * 9_000, html="")

    assert isinstance(await _send(bot, tmp_path, rows), Sent)

    assert len(bot.sizes) > 2
    assert all(LIMITS[bot.kind] - 20 < size <= LIMITS[bot.kind] for size in bot.sizes[:-1])


@pytest.mark.anyio
async def test_stories_are_told_in_short_before_any_is_left_out(bot: BotReceiver, tmp_path: Path) -> None:
    count = 330 if bot.kind == "wecom" else 1_600

    assert isinstance(await _send(bot, tmp_path, _digest(count)), Sent)

    told = [url for read in bot.read() for url in read.links]
    assert told == [f"{LINK}?n={n}" for n in range(1, count + 1)]
    in_full = sum(read.text.count("前文") for read in bot.read())
    assert 0 < in_full < count
    assert "… +" not in bot.read()[-1].text


@pytest.mark.anyio
async def test_long_list_of_stories_is_cut_between_them_and_counted(bot: BotReceiver, tmp_path: Path) -> None:
    rows = "\n".join(f"- {n}. {link(_LONG_TITLE.format(n=n), f'{LINK}?n={n}')}" for n in range(1, 3_001))
    text = f"# 摘要\n\n**3000 条**\n\n## 其余\n\n{rows}\n\n---\n\n- 覆盖：42 个来源"

    assert isinstance(await _send(bot, tmp_path, Message(subject="摘要", text="", markdown=text, html="")), Sent)

    told = sum(len(read.links) for read in bot.read())
    assert 300 < told < 3_000
    assert f"… +{3_000 - told}" in bot.read()[-1].text


@pytest.mark.anyio
async def test_what_is_beyond_the_last_part_is_counted(bot: BotReceiver, tmp_path: Path) -> None:
    assert isinstance(await _send(bot, tmp_path, _digest(2_500)), Sent)

    assert len(bot.received()) <= 15
    told = sum(len(read.links) for read in bot.read())
    last = bot.read()[-1].text
    assert f"… +{2_500 - told}" in last
    assert "42 个来源" in last


@pytest.mark.anyio
async def test_no_character_is_cut_at_the_end_of_a_part(bot: BotReceiver, tmp_path: Path) -> None:
    characters = ["👩🏽\u200d💻", "🇨🇳", "é", "𠮷"]
    row = "- " + "".join(characters[n % 4] for n in range(240))
    whole = Message(subject="字", text="", markdown="\n".join([row] * 80), html="")

    assert isinstance(await _send(bot, tmp_path, whole), Sent)

    shown = [text for read in bot.read() for text in read.text.splitlines() if text.startswith("- ")]
    assert len(bot.received()) > 1
    assert {text.replace("- ", "") for text in shown} == {"".join(characters) * 60}


@pytest.mark.anyio
@pytest.mark.parametrize("title", _HOSTILE.values(), ids=_HOSTILE.keys())
async def test_title_stays_text(bot: BotReceiver, tmp_path: Path, title: str) -> None:
    assert isinstance(await _send(bot, tmp_path, _alert()), Sent)
    assert isinstance(await _send(bot, tmp_path, _alert(title)), Sent)

    plain, hostile = bot.read()
    assert hostile.links == [LINK]
    assert (hostile.pictures, hostile.calls) == ([], [])
    assert hostile.headings == plain.headings
    assert "<" not in bot.received()[1].text


@pytest.mark.anyio
@pytest.mark.parametrize("title", _HOSTILE.values(), ids=_HOSTILE.keys())
async def test_title_without_an_address_stays_text(bot: BotReceiver, tmp_path: Path, title: str) -> None:
    assert isinstance(await _send(bot, tmp_path, _alert(title, url="file:///srv/in/a")), Sent)

    (read,) = bot.read()
    assert (read.links, read.pictures, read.calls) == ([], [], [])


@pytest.mark.anyio
async def test_too_many_messages_are_for_later_and_then_work(bot: BotReceiver, tmp_path: Path) -> None:
    for number in range(bot.per_minute):
        assert isinstance(await _send(bot, tmp_path, _alert(), key=f"key-of-message-{number}"), Sent)

    put_off = await _send(bot, tmp_path, _alert())
    bot.now_s += 61
    taken = await _send(bot, tmp_path, _alert())

    assert isinstance(put_off, Retry)
    assert put_off.after_s == (600 if bot.kind == "dingtalk" else 60)
    assert re.search("11232: frequency limited|130101: send too fast|45009: api freq out of limit", put_off.reason)
    assert isinstance(taken, Sent)


@pytest.mark.anyio
async def test_parts_that_were_taken_are_not_sent_again(bot: BotReceiver, tmp_path: Path) -> None:
    bot.answers = [None, http_answer(b"", "502 Bad Gateway")]
    put_off = await _send(bot, tmp_path, _digest(150))
    taken = await _send(bot, tmp_path, _digest(150))

    keys = [message.key for message in bot.received()]
    assert isinstance(put_off, Retry)
    assert put_off.reason.startswith(f"part 2 of {len(keys)}: HTTP 502")
    assert isinstance(taken, Sent)
    assert keys == [f"{KEY}-{n}" for n in range(1, len(keys) + 1)]
    assert not list((tmp_path / "parts").iterdir())


@pytest.mark.anyio
async def test_message_that_is_cut_otherwise_begins_anew(bot: BotReceiver, tmp_path: Path) -> None:
    bot.answers = [None, http_answer(b"", "502 Bad Gateway")]
    assert isinstance(await _send(bot, tmp_path, _digest(150)), Retry)
    assert isinstance(await _send(bot, tmp_path, _digest(140)), Sent)

    assert [message.key for message in bot.received()][:2] == [f"{KEY}-1", f"{KEY}-1"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        pytest.param(http_answer(b"<html>login first</html>"), Retry, "<html>login first</html>", id="a page"),
        pytest.param(
            http_answer(b"", "302 Found", "Location: http://login.example/"), Retry, "HTTP 302", id="redirect"
        ),
        pytest.param(http_answer(b"{"), Retry, "HTTP 200, no answer of", id="half of JSON"),
        pytest.param(http_answer(b"[" * 60_000), Retry, "HTTP 200, no answer of", id="deep JSON"),
        pytest.param(http_answer(b"[0]"), Retry, "HTTP 200, no answer of", id="a list"),
        pytest.param(http_answer(b'{"code":null,"errcode":true}'), Retry, "HTTP 200, no answer of", id="no code"),
        pytest.param(http_answer(b""), Retry, "HTTP 200, no answer of", id="nothing"),
        pytest.param(http_answer(b"", "500 Oops", "Retry-After: 7"), Retry, "HTTP 500", id="5xx"),
        pytest.param(http_answer(b"", "404 Not Found"), Refused, "HTTP 404", id="404"),
        pytest.param(http_answer(b'{"code":9,"errcode":9,"msg":"no","errmsg":"no"}'), Refused, "9: no", id="unknown"),
        pytest.param(
            http_answer(b'{"code":9499,"errcode":9,"msg":"frequency limited","errmsg":"system busy"}'),
            Retry,
            "frequency limited|system busy",
            id="unknown code of a busy service",
        ),
        pytest.param(http_answer(b'{"code":"0","errcode":"0"}'), Sent, "", id="code in words"),
    ],
)
async def test_answer_decides(
    bot: BotReceiver, tmp_path: Path, answer: bytes, kind: type[SendResult], words: str
) -> None:
    bot.answers = [answer]

    result = await _send(bot, tmp_path, _alert())

    assert isinstance(result, kind)
    assert isinstance(result, Sent) or re.search(words, result.reason)


@pytest.mark.anyio
async def test_secrets_of_the_address_are_not_told(bot: BotReceiver, tmp_path: Path) -> None:
    secret = "7a1f0c3e-token-of-the-bot"
    bot.answers = [http_answer(f"cannot reach /{secret}?key={secret}".encode(), "404 Not Found")]

    result = await _send(bot, tmp_path, _alert())

    assert isinstance(result, Refused)
    assert "cannot reach /…" in result.reason
    assert secret not in result.reason


@pytest.mark.anyio
@pytest.mark.parametrize("kind", SIGNED)
async def test_wrong_secret_is_refused_with_the_words_of_the_service(kind: type[BotReceiver], tmp_path: Path) -> None:
    async with start_bot(kind) as bot:
        bot.secret = "another"

        result = await _send(bot, tmp_path, _alert())

    assert isinstance(result, Refused)
    assert re.search("19021: sign match fail|310000: sign not match", result.reason)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", SIGNED)
async def test_signature_is_of_the_attempt(kind: type[BotReceiver], tmp_path: Path) -> None:
    async with start_bot(kind) as bot:
        bot.now_s += 7_200

        assert isinstance(await _send(bot, tmp_path, _alert()), Refused)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", SIGNED)
async def test_bot_without_a_signature_gets_none(kind: type[BotReceiver], tmp_path: Path) -> None:
    async with start_bot(kind) as bot:
        bot.secret = None

        assert isinstance(await _send(bot, tmp_path, _alert(), secret=None), Sent)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", SIGNED)
async def test_keyword_is_in_every_part(kind: type[BotReceiver], tmp_path: Path) -> None:
    async with start_bot(kind) as bot:
        bot.keyword = "资讯监测"
        without = await _send(bot, tmp_path, _alert())

        assert isinstance(await _send(bot, tmp_path, _digest(150), keyword="资讯监测"), Sent)

        assert isinstance(without, Refused)
        assert re.search("19024: Key Words Not Found|310000: keywords not in content", without.reason)
        assert len(bot.received()) > 1
        assert all(size <= LIMITS[bot.kind] for size in bot.sizes)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", SIGNED)
async def test_keyword_that_is_there_is_not_added(kind: type[BotReceiver], tmp_path: Path) -> None:
    async with start_bot(kind) as bot:
        assert isinstance(await _send(bot, tmp_path, _alert(), keyword="大模型"), Sent)
        assert isinstance(await _send(bot, tmp_path, _alert()), Sent)

        assert bot.read()[0] == bot.read()[1]


@pytest.mark.anyio
@pytest.mark.parametrize(("severity", "colour"), [("critical", "red"), ("warning", "orange"), ("info", "blue")])
async def test_card_has_the_colour_of_its_gravest_story(severity: str, colour: str, tmp_path: Path) -> None:
    stories = [{"severity": "info"}, {"severity": severity}, "no story"]
    message = Message(subject="卡片", text="", markdown="一", html="", data={"stories": stories})
    async with start_bot(FeishuReceiver) as bot:
        assert isinstance(await _send(bot, tmp_path, message), Sent)

        assert bot.bodies[0]["card"]["header"]["template"] == colour


@pytest.mark.anyio
@pytest.mark.parametrize("kind", [FeishuReceiver, DingTalkReceiver, WecomReceiver])
async def test_message_goes_through_the_guarded_network_unchanged(kind: type[BotReceiver], tmp_path: Path) -> None:
    async with start_bot(kind) as bot:
        fetcher = Fetcher(user_agent="newswatch/1.0", now=lambda: NOW, allow=("127.0.0.1/32",))
        port = DeliveryPort(fetcher, tmp_path)
        for second in range(12):  # signatures of many forms: with +, / and = at their ends
            at = (NOW + timedelta(seconds=second)).isoformat()
            message = replace(_alert(), data={SENT_AT: at})

            assert await channels()[kind.kind].send(bot.settings, message, f"key-of-message-{second}", port) == Sent()
        await fetcher.aclose()

    assert len(bot.received()) == 12
