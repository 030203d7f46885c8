"""Rules and channels that get other names while visits are under way: no story is told twice, and none is lost."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from alerts.channels import Message
from monitor.config import load_config
from monitor.sending import send_due
from storage import outbox
from storage.database import StoreBusy
from storage.tables import deliveries, hits, sources, waiting_hits
from tests.flow.test_reading_again import story
from tests.flow.test_whole_way import feed, feed_of
from tests.flow.world import World
from tests.site.answers import Answer, Seen, xml
from tests.site.server import Site

pytestmark = pytest.mark.anyio

BEFORE: dict[str, Any] = {
    "rules": [{"id": "models", "entities": "all", "channels": ["digests"], "mode": "instant"}],
    "channels": [{"id": "digests", "kind": "file"}],
}
AFTER: dict[str, Any] = {
    "rules": [{"id": "ai", "was": ["models"], "entities": "all", "channels": ["news"], "mode": "instant"}],
    "channels": [{"id": "news", "was": ["digests"], "kind": "file"}],
}


def _messages(world: World) -> list[tuple[str, list[str]]]:
    """Return the channel of each message, and the titles of what it tells."""
    with world.daemon.rt.store.read() as session:
        rows = session.execute(select(deliveries.c.channel, deliveries.c.payload).order_by(deliveries.c.id)).all()
    return [(row.channel, [one["title"] for one in row.payload["data"]["stories"]]) for row in rows]


def _rules(world: World) -> set[str]:
    with world.daemon.rt.store.read() as session:
        assert session.execute(select(waiting_hits)).all() == []
        return set(session.scalars(select(hits.c.rule)))


def _edit(world: World, **changes: Any) -> Any:
    """Write another configuration and return it, read."""
    document = json.loads(world.path.read_text(encoding="utf-8"))
    world.path.write_text(json.dumps(document | changes, ensure_ascii=False), encoding="utf-8")
    return load_config(world.path, environ={})


def _held(answer: Answer, asked: asyncio.Event, gate: asyncio.Event) -> Any:
    """Return an answer that says that it was asked for, and comes when the gate is open."""

    def hold(_seen: Seen) -> Answer:
        asked.set()
        return replace(answer, gate=gate)

    return hold


async def test_visit_that_began_before_a_reload_alerts_under_the_new_names(tmp_path: Path) -> None:
    asked, gate = asyncio.Event(), asyncio.Event()
    async with (
        Site.start(routes={}) as site,
        World.open(tmp_path, sources=[feed(site)], site=site, **BEFORE) as world,
    ):
        site.route("/feed.xml", xml(feed_of(site, "/a.html")))
        site.route("/a.html", story("市图书馆"))
        await world.run_pass()
        site.route("/feed.xml", xml(feed_of(site, "/b.html", "/c.html")))
        site.route("/b.html", _held(story("市图书馆", "编辑：王小明"), asked, gate))
        site.route("/c.html", story("省博物院"))
        world.clock.advance(days=1)
        visit = asyncio.create_task(world.run_pass())
        await asked.wait()

        await world.daemon.reload(_edit(world, **AFTER))
        gate.set()
        await visit

        assert _messages(world) == [
            ("digests", ["市图书馆启用通义千问大模型"]),
            ("news", ["省博物院启用通义千问大模型"]),
        ]
        assert _rules(world) == {"ai"}


async def test_configuration_holds_from_the_moment_in_which_names_are_taken_over(tmp_path: Path) -> None:
    busy, free = asyncio.Event(), threading.Event()
    async with World.open(tmp_path, sources=[], **BEFORE) as world:
        rt, loop = world.daemon.rt, asyncio.get_running_loop()

        def hold(_session: Session) -> None:
            loop.call_soon_threadsafe(busy.set)
            assert free.wait(30)

        def rules_in_force(_session: Session) -> list[str]:
            return [rule.id for rule in rt.present.rules.rules]

        holding = asyncio.create_task(rt.store.awrite(hold))
        await busy.wait()
        before = asyncio.create_task(rt.store.awrite(rules_in_force))  # in the order of the writer
        reload = asyncio.create_task(world.daemon.reload(_edit(world, **AFTER)))
        after = asyncio.create_task(rt.store.awrite(rules_in_force))
        await asyncio.sleep(0)  # each of them hands in what it has to write

        assert world.daemon.rt is rt
        free.set()
        await asyncio.gather(holding, reload)
        assert (await before, await after) == (["models"], ["ai"])
        assert world.daemon.rt.present is world.daemon.rt


async def test_reload_that_cannot_be_written_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with World.open(tmp_path, sources=[], **BEFORE) as world:
        rt = world.daemon.rt
        config = _edit(world, sources=[{"id": "one", "kind": "folder", "path": str(tmp_path)}], **AFTER)

        def refuse(*_given: object, **_more: object) -> None:
            raise StoreBusy("held")

        monkeypatch.setattr("monitor.adoption.begin_digests", refuse)  # the last step
        with pytest.raises(StoreBusy):
            await world.daemon.reload(config)

        assert world.daemon.rt is rt
        assert rt.present is rt
        with rt.store.read() as session:
            assert session.execute(select(sources)).all() == []


async def test_alarm_for_a_channel_that_is_gone_reaches_who_hears_of_alarms_now(tmp_path: Path) -> None:
    async with World.open(tmp_path, sources=[], **BEFORE) as world:
        now = world.clock()
        lull = {"kind": "lull", "entity": "model:qwen", "last_at": now.isoformat()}
        for reason, data in (("alarm", {}), ("channel", {}), ("lull", lull)):
            given: dict[str, Any] = {"key": reason, "channel": "digests", "reason": reason, "payload": {"data": data}}
            world.daemon.rt.store.write(lambda s, given=given: outbox.enqueue(s, **given, due_at=now, now=now))
        settings = json.loads(world.path.read_text(encoding="utf-8"))["settings"]
        settings |= {"alarms": {"channels": ["mail"]}, "alerts": {"bursts": {"channels": ["mail"]}}}
        rules = [BEFORE["rules"][0] | {"channels": ["mail"]}]

        with capture_logs() as logs:
            channels = [{"id": "mail", "kind": "file"}]
            await world.daemon.reload(_edit(world, rules=rules, channels=channels, settings=settings))

        with world.daemon.rt.store.read() as session:
            asked = select(deliveries.c.reason, deliveries.c.channel).order_by(deliveries.c.id)
            assert session.execute(asked).all() == [("alarm", "mail"), ("channel", "digests"), ("lull", "mail")]
        (said,) = [one for one in logs if one["log_level"] == "warning"]
        assert said["channel"] == "digests"


async def test_what_waits_to_be_sent_goes_where_the_channel_leads_now(tmp_path: Path) -> None:
    async with World.open(tmp_path, sources=[], **BEFORE) as world:
        before, now = world.daemon.rt, world.clock()
        message = Message(subject="题", text="题", markdown="题", html="题").payload
        given: dict[str, Any] = {"key": "k", "channel": "digests", "reason": "new", "payload": message}
        before.store.write(lambda session: outbox.enqueue(session, **given, due_at=now, now=now))

        await world.daemon.reload(_edit(world, channels=[{"id": "digests", "kind": "file", "path": "elsewhere"}]))

        assert [await send_due(rt, "digests") for rt in (before, world.daemon.rt)] == [0, 1]
        assert (world.digests(), len(list((world.data / "elsewhere").iterdir()))) == ([], 1)
