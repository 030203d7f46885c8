"""The outbox under receivers and processes that fail: nothing is lost, and a repeat carries its key."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from alerts.channels import ChannelSettings
from alerts.deliver import MAX_ATTEMPTS, Operator, backoff_s, drain
from alerts.render import render_alert
from storage import dead_letters, outbox
from storage.database import Store, StoreBusy, open_store
from storage.outbox import OutboxCounts, outbox_counts
from tests.contract.receivers import (
    RECEIVERS,
    LoopbackPort,
    Mood,
    ReceivedMessage,
    Receiver,
    SmtpReceiver,
    WebhookReceiver,
    email_settings,
    smtp_server,
)
from tests.unit.alerts.samples import NOW, rule, story_hit

LEASE_S = 60.0


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class Desk:
    """An outbox, its clock and the channels it delivers to."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.clock = Clock()
        self.channels: dict[str, ChannelSettings] = {}
        self.operator: str | None = None
        self.timezone = "UTC"
        self.port = LoopbackPort(folder)

    def add(self, receiver: Receiver, **changes: Any) -> None:
        settings = receiver.settings.model_copy(update=changes)
        self.channels[settings.id] = settings

    def put(self, channel: str, number: int = 1) -> str:
        """Enqueue a message; return its key."""
        hit = story_hit(number, number, title=f"消息{number}", text="大模型。", word="大模型")
        message = render_alert((hit,), {"models": rule()}, language="zh")
        payload = {form: getattr(message, form) for form in ("subject", "text", "markdown", "html", "data")}
        return self.put_payload(channel, number, payload)

    def put_payload(self, channel: str, number: int, payload: dict[str, Any]) -> str:
        key, now = f"{number:02x}" * 32, self.clock()
        self.store.write(
            lambda s: outbox.enqueue(s, key=key, channel=channel, reason="new", payload=payload, due_at=now, now=now)
        )
        return key

    async def drain(self, owner: str = "me", *, timeout_s: float = 20.0) -> int:
        return await drain(
            self.store,
            self.channels,
            self.port,
            now=self.clock,
            owner=owner,
            lease_s=LEASE_S,
            send_timeout_s=timeout_s,
            limit=50,
            operator=Operator(channels=self.channels, preferred=self.operator, language="en", timezone=self.timezone),
        )

    async def drain_for(self, seconds: float, step: float = 10.0) -> None:
        """Drain again and again while the clock goes on."""
        for _ in range(int(seconds / step)):
            await self.drain()
            self.clock.advance(step)

    def counts(self) -> OutboxCounts:
        with self.store.read() as session:
            return outbox_counts(session)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = open_store(tmp_path / "newswatch.db", now=lambda: NOW)
    yield Desk(store, tmp_path)
    store.close()


Open = Callable[[str], Any]


@pytest.fixture
async def receive(tmp_path: Path, desk: Desk) -> AsyncIterator[Open]:
    """Open a receiver of a kind and make it a channel of the desk."""
    async with AsyncExitStack() as stack:

        async def open_receiver(kind: str) -> Receiver:
            receiver = await stack.enter_async_context(RECEIVERS[kind](tmp_path))
            desk.add(receiver)
            return receiver

        yield open_receiver


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0)


@pytest.mark.anyio
async def test_webhook_that_fails_twice_is_delivered_once(desk: Desk, receive: Open) -> None:
    hook: WebhookReceiver = await receive("webhook")
    key = desk.put("hook")
    hook.answer = b"HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n"

    waits = []
    for attempt in (1, 2):
        assert await desk.drain() == 0
        waits.append(backoff_s(key, attempt))
        desk.clock.advance(waits[-1] - 1)
        assert await desk.drain() == 0
        assert hook.attempts == attempt
        desk.clock.advance(1)
    hook.answer = None

    assert await desk.drain() == 1
    assert await desk.drain() == 0
    assert [one.key for one in hook.received()] == [key]
    assert {headers["Idempotency-Key"] for headers, _ in hook.requests} == {key}
    assert len({body for _, body in hook.requests}) == 1
    assert waits[1] > waits[0] * 1.2


@pytest.mark.anyio
async def test_mail_server_that_says_later_for_ten_minutes(desk: Desk, receive: Open) -> None:
    mail = await receive("email")
    desk.put("mail")
    mail.set_mood(Mood.LATER)
    for _ in range(60):
        assert await desk.drain() == 0
        desk.clock.advance(10)
    assert 3 <= mail.attempts <= 6
    assert desk.counts().pending == 1

    mail.set_mood(Mood.TAKE)
    sent = 0
    for _ in range(60):
        sent += await desk.drain()
        desk.clock.advance(10)

    assert sent == len(mail.received()) == 1
    assert desk.counts() == OutboxCounts(pending=0, sending=0, sent=1, dead=0, oldest_unsent_at=None)


@pytest.mark.anyio
async def test_receiver_that_hangs_delays_no_other_channel(desk: Desk, receive: Open) -> None:
    hook: WebhookReceiver = await receive("webhook")
    mail = await receive("email")
    hook.set_mood(Mood.HANG)
    desk.put("hook", 1)
    for number in (2, 3, 4):
        desk.put("mail", number)

    draining = asyncio.create_task(desk.drain())
    await _until(lambda: len(mail.received()) == 3 and hook.attempts == 1)

    assert not draining.done()
    hook.set_mood(Mood.TAKE)
    hook.released.set()
    assert await draining == 4


@pytest.mark.anyio
async def test_receiver_that_never_answers_is_left_alone_after_one_timeout(desk: Desk, receive: Open) -> None:
    hook: WebhookReceiver = await receive("webhook")
    hook.set_mood(Mood.HANG)
    for number in (1, 2, 3):
        desk.put("hook", number)

    assert await desk.drain(timeout_s=0.1) == 0

    assert hook.attempts == 1
    assert desk.counts().pending == 3


@pytest.mark.anyio
@pytest.mark.parametrize("kind", sorted(RECEIVERS))
async def test_refused_message_is_a_dead_letter_and_told_once(desk: Desk, receive: Open, kind: str) -> None:
    receiver = await receive(kind)
    channel = receiver.settings.id
    receiver.set_mood(Mood.NEVER)
    desk.put(channel, 1)
    with capture_logs() as logs:
        await desk.drain()
        receiver.set_mood(Mood.TAKE)
        desk.put(channel, 2)
        for _ in range(5):
            desk.clock.advance(3_600)
            await desk.drain()

    assert [log["event"] for log in logs if log["log_level"] == "error"] == ["not sent, given up"]
    assert len(receiver.received()) == 1
    counts = desk.counts()
    assert (counts.dead, counts.sent, counts.pending) == (1, 1, 0)


@pytest.mark.anyio
async def test_message_is_given_up_after_days_not_for_ever(desk: Desk, receive: Open) -> None:
    folder = await receive("file")
    folder.set_mood(Mood.LATER)
    desk.put("folder")
    started = desk.clock()

    while desk.counts().pending:
        await desk.drain()
        desk.clock.advance(1_800)

    assert desk.counts().dead == 1
    assert timedelta(days=2) < desk.clock() - started < timedelta(days=5)
    with desk.store.read() as session:
        assert session.connection().exec_driver_sql("SELECT attempts FROM delivery").scalar() == MAX_ATTEMPTS


@pytest.mark.anyio
async def test_crash_between_claim_and_send_sends_after_the_lease(desk: Desk, receive: Open) -> None:
    mail = await receive("email")
    key = desk.put("mail")
    desk.store.write(
        lambda s: outbox.claim(s, now=desk.clock(), owner="dead", lease_s=LEASE_S, limit=1, channels=("mail",))
    )

    assert await desk.drain() == 0
    desk.clock.advance(LEASE_S + 1)
    assert await desk.drain() == 1

    assert [one.key for one in mail.received()] == [key]


@pytest.mark.anyio
@pytest.mark.parametrize("kind", ["email", "webhook"])
async def test_crash_between_send_and_settle_repeats_under_the_same_key(desk: Desk, receive: Open, kind: str) -> None:
    receiver = await receive(kind)
    key = desk.put(receiver.settings.id)
    receiver.set_mood(Mood.HANG)
    killed = asyncio.create_task(desk.drain("killed"))
    await _until(lambda: receiver.attempts == 1)
    receiver.set_mood(Mood.TAKE)
    killed.cancel()
    receiver.released.set()
    await asyncio.gather(killed, return_exceptions=True)
    await _until(lambda: len(receiver.received()) == 1)  # it did arrive; nobody knows

    desk.clock.advance(LEASE_S + 1)
    assert await desk.drain("next") == 1

    assert [one.key for one in receiver.received()] == [key, key]
    assert desk.counts().sent == 1


@pytest.mark.anyio
async def test_sender_that_slept_through_its_lease_changes_nothing(desk: Desk, receive: Open) -> None:
    hook: WebhookReceiver = await receive("webhook")
    desk.put("hook")
    hook.set_mood(Mood.HANG)
    slow = asyncio.create_task(desk.drain("slow"))
    await _until(lambda: hook.attempts == 1)
    desk.clock.advance(LEASE_S + 1)
    hook.set_mood(Mood.TAKE)

    assert await desk.drain("quick") == 1
    hook.answer = b"HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n"
    hook.released.set()
    with capture_logs() as logs:
        await slow

    assert [log["event"] for log in logs] == ["lease lost while sending"]
    assert desk.counts().sent == 1


class _BusyAfterSending:
    """A store that is busy at the first write after the claim."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.writes = 0

    async def awrite(self, function: Callable[[Any], Any]) -> Any:
        self.writes += 1
        if self.writes == 2:
            raise StoreBusy("another process holds the store")
        return await self._store.awrite(function)


@pytest.mark.anyio
async def test_store_that_is_busy_after_sending_causes_no_second_sending(desk: Desk, receive: Open) -> None:
    mail = await receive("email")
    desk.put("mail")
    store, busy = desk.store, _BusyAfterSending(desk.store)
    desk.store = busy  # type: ignore[assignment]

    assert await desk.drain() == 1

    desk.store = store
    desk.clock.advance(LEASE_S + 1)
    assert await desk.drain() == 0
    assert busy.writes == 4
    assert len(mail.received()) == 1


@pytest.mark.anyio
async def test_what_was_sent_does_not_come_again_where_the_operator_cannot_be_told(desk: Desk, receive: Open) -> None:
    hook: WebhookReceiver = await receive("webhook")
    await receive("file")
    hook.set_mood(Mood.NEVER)
    desk.put("hook", 1)
    await desk.drain_for(10)
    hook.set_mood(Mood.TAKE)
    desk.timezone = "No/Such"
    desk.put("hook", 2)

    await desk.drain_for(600, step=70)

    assert [one.key for one in hook.received()] == ["02" * 32]
    assert desk.counts().pending + desk.counts().sending == 0


@pytest.mark.anyio
async def test_two_senders_do_not_send_the_same(desk: Desk, receive: Open) -> None:
    mail = await receive("email")
    keys = [desk.put("mail", number) for number in range(1, 9)]

    both = await asyncio.gather(desk.drain("one"), desk.drain("two"))
    rest = await desk.drain("rest")

    assert sum(both) + rest == 8
    assert [one.key for one in mail.received()] == keys


@pytest.mark.anyio
async def test_message_of_a_removed_channel_waits(desk: Desk, receive: Open) -> None:
    mail = await receive("email")
    desk.put("removed", 1)
    desk.put("mail", 2)

    assert await desk.drain() == 1
    assert desk.counts().pending == 1

    desk.channels["removed"] = mail.settings.model_copy(update={"id": "removed"})
    assert await desk.drain() == 1


@pytest.mark.anyio
async def test_message_that_breaks_its_channel_does_not_hold_up_the_next(desk: Desk, receive: Open) -> None:
    mail = await receive("email")
    desk.put_payload("mail", 1, {"subject": "no other part"})
    key = desk.put("mail", 2)
    with capture_logs() as logs:
        assert await desk.drain() == 1

    assert [one.key for one in mail.received()] == [key]
    assert [log["event"] for log in logs if log["log_level"] == "error"] == ["channel raised"]
    assert desk.counts().pending == 1


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("asked", "wait_s"),
    [
        pytest.param("5000", 5_000, id="seconds"),
        pytest.param("Tue, 01 Sep 2026 03:00:00 GMT", 7_200, id="date"),
        pytest.param("99999999999999999999", 86_400, id="absurd"),
        pytest.param("soon", 0, id="garbage"),
        pytest.param("-5", 0, id="negative"),
        pytest.param("Tue, 01 Sep 2020 03:00:00 GMT", 0, id="past"),
    ],
)
async def test_retry_after_is_kept(desk: Desk, receive: Open, asked: str, wait_s: int) -> None:
    hook: WebhookReceiver = await receive("webhook")
    key = desk.put("hook")
    hook.answer = f"HTTP/1.1 429 Slow\r\nRetry-After: {asked}\r\nContent-Length: 0\r\n\r\n".encode()
    await desk.drain()
    hook.answer = None
    wait = max(wait_s, backoff_s(key, 1))

    desk.clock.advance(wait - 1)
    assert await desk.drain() == 0
    desk.clock.advance(1)
    assert await desk.drain() == 1


@pytest.mark.anyio
async def test_recipient_put_off_gets_the_mail_later_and_nobody_gets_it_twice(desk: Desk) -> None:
    server = SmtpReceiver()
    server.replies = {"busy@example.org": "450 4.2.1 greylisted", "gone@example.org": "550 5.1.1 no such user"}
    async with smtp_server(server) as port:
        people = ["a@example.org", "busy@example.org", "gone@example.org"]
        desk.channels["mail"] = email_settings(port, to=people)
        desk.put("mail")

        assert await desk.drain() == 0
        desk.clock.advance(60)
        assert await desk.drain() == 0
        del server.replies["busy@example.org"]
        desk.clock.advance(600)
        assert await desk.drain() == 1

    assert server.recipients == [("a@example.org",), ("busy@example.org",)]
    assert not list(desk.port.data_dir.glob("mail/*"))


BUSY = b"HTTP/1.1 429 Slow\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n"
BROKEN = b"HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n"


@pytest.mark.anyio
async def test_order_is_kept_through_failures(desk: Desk, receive: Open) -> None:
    hook: WebhookReceiver = await receive("webhook")
    keys = [desk.put("hook", number) for number in range(1, 6)]
    for answer in (BROKEN, BUSY):
        hook.answer = answer
        await desk.drain()
        desk.clock.advance(61)
    hook.answer = None
    keys.append(desk.put("hook", 6))

    await desk.drain_for(60)

    assert [one.key for one in hook.received()] == keys
    assert hook.attempts == 8


@pytest.mark.anyio
async def test_message_that_a_receiver_cannot_digest_lets_the_others_pass(desk: Desk, receive: Open) -> None:
    hook: WebhookReceiver = await receive("webhook")
    hook.poison = desk.put("hook", 1)
    keys = [desk.put("hook", number) for number in range(2, 6)]

    await desk.drain_for(300)

    assert [one.key for one in hook.received()] == keys
    assert desk.counts().pending == 1
    late = desk.put("hook", 7)
    assert await desk.drain() == 1
    assert hook.received()[-1].key == late


@pytest.mark.anyio
async def test_receiver_that_has_had_too_many_for_days_kills_no_message(desk: Desk, receive: Open) -> None:
    hook: WebhookReceiver = await receive("webhook")
    keys = [desk.put("hook", number) for number in (1, 2, 3)]
    hook.answer = BUSY

    await desk.drain_for(7 * 86_400, step=450)

    assert desk.counts().dead == 0
    assert hook.attempts < 7 * 24 * 4 + 10
    hook.answer = None
    desk.clock.advance(900)
    assert await desk.drain() == 3
    assert [one.key for one in hook.received()] == keys


@pytest.mark.anyio
async def test_rate_is_kept_in_every_window_and_across_restarts(desk: Desk, receive: Open) -> None:
    hook: WebhookReceiver = await receive("webhook")
    desk.add(hook, rate="5/min")
    keys = [desk.put("hook", number) for number in range(1, 18)]
    sent_at: list[float] = []
    for _ in range(40):
        sent = await desk.drain(f"process {len(sent_at)}")
        sent_at += [desk.clock().timestamp()] * sent
        desk.clock.advance(7)

    assert [one.key for one in hook.received()] == keys
    assert sent_at[4] == sent_at[0]
    assert all(later - first >= 60 for first, later in zip(sent_at, sent_at[5:], strict=False))
    assert sent_at[-1] - sent_at[0] < 3 * 70


@pytest.mark.anyio
async def test_parts_of_a_message_count_against_the_rate(desk: Desk, receive: Open) -> None:
    bot = await receive("wecom")
    channel = bot.settings.id
    desk.add(bot, rate="3/min")
    long = {
        "subject": "s",
        "text": "t",
        "html": "",
        "data": {},
        "markdown": "\n".join(f"## 标题{n}\n\n{'长' * 900}" for n in range(7)),
    }
    key = desk.put_payload(channel, 1, long)

    await desk.drain()
    first = len(bot.received())
    await desk.drain()
    assert first == len(bot.received()) == 3
    await desk.drain_for(180)

    assert len(bot.received()) > 4
    assert len({one.text for one in bot.received()}) == len(bot.received()), "no part came twice"
    assert all(one.key.startswith(key) for one in bot.received())
    with desk.store.read() as session:
        (row,) = session.connection().exec_driver_sql("SELECT state, attempts, last_error FROM delivery").all()
    assert tuple(row) == ("sent", 1, None)


@pytest.mark.anyio
async def test_dead_port_and_hanging_receiver_delay_no_other_channel(desk: Desk, receive: Open) -> None:
    hook: WebhookReceiver = await receive("webhook")
    mail = await receive("email")
    dead = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{dead.getsockname()[1]}/gone"
    dead.close()  # nobody listens there any more
    desk.channels["gone"] = type(hook.settings).model_validate({"id": "gone", "kind": "webhook", "url": address})
    hook.set_mood(Mood.HANG)
    for channel in ("hook", "gone"):
        for number in range(1, 4):
            desk.put(channel, number + (10 if channel == "hook" else 20))
    keys = [desk.put("mail", number) for number in range(1, 6)]

    draining = asyncio.create_task(desk.drain())
    await _until(lambda: len(mail.received()) == len(keys) and hook.attempts == 1)

    assert not draining.done()
    assert [one.key for one in mail.received()] == keys
    hook.set_mood(Mood.TAKE)
    hook.released.set()
    await draining
    assert desk.counts().pending == 3


@pytest.mark.anyio
async def test_operator_is_told_of_a_channel_that_fails_once_and_when_it_works_again(desk: Desk, receive: Open) -> None:
    hook: WebhookReceiver = await receive("webhook")
    mail = await receive("email")
    hook.set_mood(Mood.NEVER)
    for number in (1, 2):
        desk.put("hook", number)

    await desk.drain_for(1_800)
    assert [_subject(one) for one in mail.received()] == ["[newswatch] Channel hook cannot deliver"]
    assert "HTTP 400" in mail.received()[0].text
    desk.put("hook", 3)
    await desk.drain_for(7_200)
    assert len(mail.received()) == 1

    hook.set_mood(Mood.TAKE)
    assert await _retry_dead(desk, "hook") == 3
    await desk.drain_for(600)
    (over,) = mail.received()[1:]
    assert _subject(over) == "[newswatch] Channel hook delivers again"
    assert "HTTP 400" not in over.text
    assert "outbox" not in over.text
    assert len(hook.received()) == 3


@pytest.mark.anyio
@pytest.mark.parametrize("named", ["folder", "hook"])
async def test_operator_is_told_through_the_channel_that_is_named_unless_that_is_the_one(
    desk: Desk, receive: Open, named: str
) -> None:
    hook: WebhookReceiver = await receive("webhook")
    mail, folder = await receive("email"), await receive("file")
    hook.set_mood(Mood.NEVER)
    desk.operator = named
    desk.put("hook", 1)

    await desk.drain_for(30)

    assert [len(folder.received()), len(mail.received())] == [named == "folder", named != "folder"]


@pytest.mark.anyio
@pytest.mark.parametrize("mood", [Mood.NEVER, Mood.LATER], ids=["refuses", "does not answer well"])
async def test_notice_that_does_not_get_through_goes_another_way(desk: Desk, receive: Open, mood: Mood) -> None:
    hook: WebhookReceiver = await receive("webhook")
    mail: SmtpReceiver = await receive("email")
    folder = await receive("file")
    desk.operator = "mail"
    hook.set_mood(Mood.NEVER)
    mail.set_mood(mood)
    desk.put("hook", 1)

    await desk.drain_for(9_000, step=300)

    told = Counter(_heading(one) for one in folder.received())
    assert told == {"Channel hook cannot deliver": 1, "Channel mail cannot deliver": 1}


@pytest.mark.anyio
async def test_notice_that_every_channel_refused_is_told_by_the_first_that_works_again(
    desk: Desk, receive: Open
) -> None:
    hook: WebhookReceiver = await receive("webhook")
    folder = await receive("file")
    for receiver in (hook, folder):
        receiver.set_mood(Mood.NEVER)
    desk.put("hook", 1)
    await desk.drain_for(60)
    assert desk.counts().dead == 3

    folder.set_mood(Mood.TAKE)
    desk.put("folder", 2)
    await desk.drain_for(60)

    assert [_heading(one) for one in folder.received()].count("Channel hook cannot deliver") == 1


@pytest.mark.anyio
async def test_failure_that_nobody_could_be_told_of_is_told_once_there_is_another_channel(
    desk: Desk, receive: Open
) -> None:
    hook: WebhookReceiver = await receive("webhook")
    hook.set_mood(Mood.NEVER)
    for number in (1, 2):
        desk.put("hook", number)
        await desk.drain_for(60)
    folder = await receive("file")

    desk.put("hook", 3)
    await desk.drain_for(60)

    assert [_heading(one) for one in folder.received()] == ["Channel hook cannot deliver"]


@pytest.mark.anyio
async def test_channel_that_nobody_else_can_speak_for_fails_in_the_log(desk: Desk, receive: Open) -> None:
    hook: WebhookReceiver = await receive("webhook")
    hook.set_mood(Mood.NEVER)
    desk.put("hook", 1)
    with capture_logs() as logs:
        await desk.drain()
    assert [(log["event"], log.get("told_through")) for log in logs][-1] == ("channel fails", None)
    assert desk.counts().pending == 0


@pytest.mark.anyio
async def test_dead_letters_of_a_channel_go_again_and_dropped_ones_never(desk: Desk, receive: Open) -> None:
    hook: WebhookReceiver = await receive("webhook")
    hook.set_mood(Mood.NEVER)
    keys = [desk.put("hook", number) for number in (1, 2)]
    await desk.drain()
    hook.set_mood(Mood.TAKE)
    desk.store.write(lambda s: dead_letters.drop(s, dead_letters.Choice(ids=[1])))

    assert await _retry_dead(desk, "other") == 0
    assert await _retry_dead(desk, "hook") == 1
    await desk.drain_for(60)

    assert [one.key for one in hook.received()] == keys[1:]
    assert desk.counts() == OutboxCounts(pending=0, sending=0, sent=1, dead=0, oldest_unsent_at=None)


def _subject(one: ReceivedMessage) -> str:
    return one.headers["Subject"]


def _heading(one: ReceivedMessage) -> str:
    """Return what the file of a notice says."""
    return next((line for line in one.text.splitlines() if line.startswith("## ")), "").removeprefix("## ")


async def _retry_dead(desk: Desk, channel: str) -> int:
    choice = dead_letters.Choice(channel=channel)
    return await desk.store.awrite(lambda s: dead_letters.retry_dead(s, choice, now=desk.clock()))


@pytest.mark.anyio
async def test_secrets_do_not_reach_the_log(desk: Desk, receive: Open) -> None:
    hook: WebhookReceiver = await receive("webhook")
    desk.put("hook", 1)
    desk.put("hook", 2)
    hook.answer = b"HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n"
    with capture_logs() as logs:
        await desk.drain()
        hook.set_mood(Mood.TAKE)
        desk.clock.advance(60)
        hook.answer = None
        await desk.drain()

    assert [log["event"] for log in logs] == ["not sent yet", "sent", "sent"]
    assert "s3cret" not in str(logs)
    assert "/hook" not in str(logs)


@pytest.mark.parametrize("attempt", range(1, 30))
def test_back_off_grows_to_six_hours(attempt: int) -> None:
    longest = min(30 * 2 ** (attempt - 1), 6 * 3_600)

    assert 0.75 * longest <= backoff_s("key", attempt) <= longest


def test_messages_that_failed_together_do_not_return_together() -> None:
    assert len({round(backoff_s(f"key{n}", 1)) for n in range(50)}) >= 6
