"""A whole newswatch in one process: a real store, real workers, a loopback site, and a clock that stands still.

async with World.open(tmp_path, sources=[...], site=site) as world:
    await world.run_pass()                      # one full pass at world.clock
    world.clock.advance(minutes=20)             # due again
    world.outcomes()                            # {"stored": 5, ...}
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.assembly import build_runtime, close_runtime
from monitor.config import load_config
from monitor.daemon import Daemon
from monitor.report import Totals
from monitor.runtime import Runtime
from storage import feed
from storage.database import open_store
from tests.site.server import Site

__all__ = ["Clock", "World"]

START = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


@dataclass(slots=True)
class Clock:
    """The time of day, moved by hand."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


class World:
    """One data directory and the daemon over it; ``reopen`` is a restart."""

    def __init__(self, root: Path, document: dict[str, Any]) -> None:
        self.data = root / "data"
        self.data.mkdir(parents=True, exist_ok=True)
        self.path = root / "sources.yaml"
        self.path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        self.clock = Clock()
        self.daemon: Daemon

    @classmethod
    @asynccontextmanager
    async def open(
        cls, root: Path, *, sources: list[dict[str, Any]], site: Site | None = None, **more: Any
    ) -> AsyncIterator[World]:
        world = cls(root, cls.document(sources, site, **more))
        async with world.reopened():
            yield world

    @staticmethod
    def document(sources: list[dict[str, Any]], site: Site | None = None, **more: Any) -> dict[str, Any]:
        """Return a configuration without waits, with two rules and a file channel; ``more`` adds or replaces parts."""
        settings = {
            "network": {"allow": [site.address] if site else []},
            "fetch": {"delay": "0s", "deadline": "5s"},
            "workers": {"count": 1},
            "http": {"listen": "off"},
            **more.pop("settings", {}),
        }
        rules = [
            {"id": "models", "entities": ["model:*"], "channels": ["digests"]},
            {"id": "regulations", "entities": ["regulation:*"], "channels": ["digests"]},
        ]
        channels = [{"id": "digests", "kind": "file"}]
        return {"sources": sources, "rules": rules, "channels": channels, "settings": settings, **more}

    @asynccontextmanager
    async def reopened(self, *, runtime: Callable[[Runtime], Runtime] = lambda built: built) -> AsyncIterator[World]:
        """Build the daemon anew over the same data, as a restart does; ``runtime`` may replace parts of it."""
        config = load_config(self.path, environ={})
        store = open_store(self.data / "newswatch.db", now=self.clock)
        self.daemon = Daemon(runtime(build_runtime(config, self.data, store, clock=self.clock)))
        await self.daemon.start()
        try:
            yield self
        finally:
            await close_runtime(self.daemon.rt)

    async def run_pass(self) -> Totals:
        """Make one pass at the present time."""
        self.daemon.totals = Totals()
        return await self.daemon.run_once()

    def outcomes(self) -> Counter[str]:
        """Count the outcomes of all items; pending ones under ``pending``."""
        return Counter(str(item.outcome or item.state) for item in self.items())

    def items(self) -> list[feed.ItemView]:
        """Return the discovered addresses and how they ended, newest first."""
        with self.daemon.rt.store.read() as session:
            return list(feed.list_items(session, limit=1000))

    def articles(self) -> list[feed.ArticleSummary]:
        """Return the stored articles, newest first."""
        with self.daemon.rt.store.read() as session:
            return list(feed.list_articles(session, limit=1000))

    def text(self, article_id: int) -> str:
        """Return the stored text of an article."""
        with self.daemon.rt.store.read() as session:
            found = feed.get_article(session, article_id)
        assert found is not None
        return found.text

    def stories(self) -> list[feed.StoryView]:
        """Return the stories."""
        with self.daemon.rt.store.read() as session:
            return list(feed.list_stories(session, limit=1000))

    def sources(self) -> dict[str, feed.SourceHealth]:
        """Return the health of the sources by id."""
        with self.daemon.rt.store.read() as session:
            return {line.id: line for line in feed.list_sources(session)}

    def digests(self) -> list[Path]:
        """Return the digest files written so far."""
        return sorted((self.data / "digests").glob("*"))
