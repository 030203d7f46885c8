"""What may happen to stories, to rules and to channels, at random, in a world that a person looks after."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from monitor.config import load_config
from monitor.sending import send_due
from monitor.stories import merge_stories, split_story
from monitor.telling import compose_due
from storage import silences
from storage.tables import articles, stories
from tests.flow.world import World
from tests.properties.live_world import HOST, come_in, filler

__all__ = ["CHANNELS", "RULES", "SOURCES", "History"]

NIGHT = [{"at": "22:00-07:00", "timezone": "Asia/Shanghai"}]
CHANNELS: list[dict[str, Any]] = [
    {"id": "desk", "kind": "file", "digest": {"at": "0 9 * * *", "timezone": "Asia/Shanghai"}},
    {"id": "phone", "kind": "file", "path": "phone", "digest": {"at": "0 18 * * *", "timezone": "Asia/Shanghai"}},
    {"id": "refused", "kind": "webhook", "url": "http://127.0.0.1:9/"},  # an address that the guard refuses
]
RULES: list[dict[str, Any]] = [
    {"id": "daily", "query": "大模型 备案", "channels": ["desk"]},
    {"id": "now", "entities": ["model:*"], "mode": "instant", "channels": ["phone", "refused"]},
    {"id": "night", "any": ["监管"], "mode": "instant", "mute": NIGHT, "channels": ["phone"]},
    {"id": "vendors", "entities": ["model:*"], "mode": "instant", "group_by": ["vendor"], "channels": ["desk"]},
    {
        "id": "topics",
        "any": ["项目"],
        "mode": "instant",
        "group_by": ["topic"],
        "group_wait": "2h",
        "channels": ["phone"],
    },
    {"id": "spread", "any": ["项目"], "escalate": {"outlets": 3, "channels": ["phone"]}, "channels": ["desk"]},
    {"id": "official", "query": "备案 -招聘", "groups": ["official"], "mode": "instant", "channels": ["desk"]},
    {"id": "gov", "any": ["备案"], "sources": ["g*"], "channels": ["desk"]},
]
SOURCES = [
    {"id": name, "kind": "feed", "url": f"https://{HOST}/{name}.xml", "group": group}
    for name, group in (("gov", "official"), ("wire", "press"), ("blog", "press"), ("paper", "local"))
]


class History:
    """A history of which every step is drawn; ``edited`` is called when no service has read an edit yet."""

    def __init__(self, world: World, dice: Random, edited: Callable[[], None]) -> None:
        self.world, self.dice, self.edited = world, dice, edited
        self.document = json.loads(world.path.read_text(encoding="utf-8"))
        self.pages: list[dict[str, Any]] = []
        self.names = 0

    async def step(self) -> None:
        ways: dict[Callable[[], Awaitable[None]], int] = {
            self.new: 5, self.copied: 6, self.revised: 3, self.later: 5, self.ruled: 3, self.silenced: 1,
            self.joined: 1, self.parted: 2,
        }  # fmt: skip
        await self.dice.choices(list(ways), list(ways.values()))[0]()
        await self.tick()

    async def tick(self) -> None:
        rt = self.world.daemon.rt
        await compose_due(rt, first_allowed=True)
        for channel in rt.channels:
            await send_due(rt, channel)

    async def wait(self, hours: float) -> None:
        ticks = max(1, round(hours))
        for _ in range(ticks):
            self.world.clock.advance(hours=hours / ticks)
            await self.tick()

    async def new(self) -> None:
        name, number = self.dice.choice(["通义千问", "文心一言", "DeepSeek-V3", "ChatGPT"]), len(self.pages)
        body = f"{name}的{self.dice.randint(10, 99)}个项目完成备案，大模型须接受监管。"
        body += self.dice.choice(["", "公司招聘。"]) + filler(number)
        self.add({"title": f"{name}进展{number}", "body": body})

    async def copied(self) -> None:
        if self.pages:
            page = self.dice.choice(self.pages)
            around = self.dice.choice(["{}", "本报讯（记者 李明）{}责任编辑：王芳"])
            self.add({"title": page["title"], "body": around.format(page["body"])})

    async def revised(self) -> None:
        if self.pages:
            page = self.dice.choice(self.pages)
            body = page["body"]
            bodies = [body.replace("个项目", "0个项目"), f"本文已撤回。{body}", f"{body}（编辑：赵云）"]
            page |= {"body": self.dice.choice(bodies), "edition": page["edition"] + 1}
            self.come(page)

    async def later(self) -> None:
        await self.wait(self.dice.choice([0.5, 3, 9]))

    async def ruled(self) -> None:
        """Edit the configuration, and let the service read it."""
        rule, self.names = self.dice.choice(self.document["rules"]), self.names + 1
        match self.dice.choice(["mode", "mute", "channel", "name", "name of a channel"]):
            case "mode":
                rule["mode"] = "digest" if rule.get("mode") == "instant" else "instant"
            case "mute":
                rule["mute"] = self.dice.choice([[], NIGHT, [{"days": "sat,sun"}]])
            case "channel":
                rule["channels"] = [self.dice.choice(self.document["channels"][:2])["id"]]
            case "name":
                rule |= {"was": [rule["id"], *rule.get("was", [])], "id": f"rule{self.names}"}
            case _:
                self.rename(self.dice.choice(self.document["channels"]), f"channel{self.names}")
        self.world.path.write_text(json.dumps(self.document, ensure_ascii=False), encoding="utf-8")
        self.edited()
        await self.world.daemon.reload(load_config(self.world.path, environ={}))

    def rename(self, channel: dict[str, Any], name: str) -> None:
        old = channel["id"]
        channel |= {"was": [old, *channel.get("was", [])], "id": name}
        for one in self.document["rules"]:
            for asked in (one, one.get("escalate", {})):
                if "channels" in asked:
                    asked["channels"] = [name if known == old else known for known in asked["channels"]]

    async def silenced(self) -> None:
        now = self.world.clock()
        what: dict[str, Any] = self.dice.choice([{"rule": "*"}, {"entity": "model:*"}, {"query": "大模型"}])
        until = now + timedelta(hours=self.dice.choice([1, 5]))
        self.world.daemon.rt.store.write(
            lambda session: silences.add_silence(session, comment="已知", starts_at=now, ends_at=until, **what)
        )

    async def joined(self) -> None:
        with self.world.daemon.rt.store.read() as session:
            known = list(session.scalars(select(stories.c.id).where(stories.c.merged_into.is_(None))))
        if len(known) > 1:
            into, other = self.dice.sample(known, 2)
            now = self.world.clock()
            self.world.daemon.rt.store.write(lambda session: merge_stories(session, into, (other,), now=now))

    async def parted(self) -> None:
        with self.world.daemon.rt.store.read() as session:
            rows = session.execute(select(articles.c.id, articles.c.story_id)).all()
        sizes = Counter(row.story_id for row in rows)
        several = [row for row in rows if sizes[row.story_id] > 1]
        if several:
            one, now = self.dice.choice(several), self.world.clock()
            self.world.daemon.rt.store.write(lambda session: split_story(session, one.story_id, (one.id,), now=now))

    def add(self, page: dict[str, Any]) -> None:
        source = self.dice.choice(SOURCES)["id"]
        self.pages.append(page | {"path": f"/{len(self.pages)}", "source": source, "edition": 1})
        self.come(self.pages[-1])

    def come(self, page: dict[str, Any]) -> None:
        come_in(self.world, page["path"], page["title"], page["body"], page["source"], version=str(page["edition"]))
