"""Articles that come into a world as they do live, without a network: read, and recorded in their one transaction."""

from __future__ import annotations

from dataclasses import replace

from monitor.read.reading import read
from monitor.reader import ReadItem
from monitor.record import record
from monitor.types import Hints, Reading
from storage import frontier
from storage.database import Session
from storage.records import NewItem
from tests.flow.world import World
from tests.unit.storage.worlds import poll

__all__ = ["HOST", "come_in", "filler"]

HOST = "news.example"


def come_in(world: World, path: str, title: str, body: str, source_id: str, *, version: str = "1") -> None:
    """Bring an article through the transaction of what comes in, minutes later; ``version`` tells editions apart."""
    rt = world.daemon.rt
    world.clock.advance(minutes=7)
    now, url = world.clock(), f"https://{HOST}{path}"
    page = f"<html><body><article><h1>{title}</h1><p>{body}</p></article></body></html>"
    found = read(page.encode(), url=url, content_type="text/html; charset=utf-8", hints=Hints())
    assert isinstance(found, Reading)

    def file(session: Session) -> None:
        (visit,) = frontier.claim_visits(session, now=now, owner="me", lease_s=60, limit=1)
        new = NewItem(url=url, key=path, host=HOST, version=version)
        frontier.settle_poll(session, poll(new, at=now), host=HOST, owner=visit.owner)
        frontier.finish_visit(session, HOST, visit.owner)
        (visit,) = frontier.claim_visits(session, now=now, owner="me", lease_s=60, limit=1)
        item = replace(visit.items[0], source_id=source_id)
        record(session, item, ReadItem(reading=found, pages=()), rt, visit, now)
        frontier.finish_visit(session, HOST, visit.owner)

    rt.store.write(file)


def filler(number: int) -> str:
    """Return a text that no other number's is like."""
    return "".join(chr(0x4E00 + (number * 7919 + at * (31 + number % 97)) % 20_000) for at in range(400))
