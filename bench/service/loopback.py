"""Sites on loopback in a process of their own, so that serving them costs the measured process nothing.

``python -m bench.service.loopback NAME`` serves the site of that name on all of 127.0.0.0/8, prints its port and ends
with its standard input. Every address of the block is a host of its own to the program.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from tests.site.answers import Answer, Routes, Seen, conditional, html, status, xml
from tests.site.faults import ROBOTS
from tests.site.pages import routes as news
from tests.site.server import Site

__all__ = ["HOSTILE_PAGES", "ROBOTS_HOSTS", "Served", "serving"]

_RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>示例</title>{}</channel></rss>'
_ITEM = "<item><title>第{0}条</title><link>/n/{0}</link></item>"
_PARAGRAPH = "<p>大模型服务提供者应当依法备案，主管部门将公布管理办法的征求意见稿。</p>\n"
_FEED_ITEMS = 20

HOSTILE_PAGES = ("/deep", "/wide", "/attributes", "/entities", "/one-line", "/no-end", "/nul", "/table")
ROBOTS_HOSTS = tuple(ROBOTS)


class Served:
    """A site that is being served; ``url`` makes addresses of it."""

    def __init__(self, port: int) -> None:
        self._port = port

    def url(self, path: str, host: int = 0) -> str:
        """Return the address of a path at host number ``host`` (0 to 65,000)."""
        return f"http://127.0.{host // 250}.{host % 250 + 1}:{self._port}{path}"


@contextmanager
def serving(name: str) -> Iterator[Served]:
    """Serve the site ``quiet``, ``same``, ``fresh`` or ``hostile`` until the block ends."""
    command = [sys.executable, "-m", "bench.service.loopback", name]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Served(int(process.stdout.readline()))
    finally:
        process.stdin.close()
        process.wait(30)


def _feed(items: Iterator[int] | range) -> Answer:
    return xml(_RSS.format("".join(_ITEM.format(number) for number in items)), "application/rss+xml")


def _quiet() -> Routes:
    """A feed that answers 304 to whoever has seen it."""
    return {"/feed.xml": conditional(_feed(range(0)), etag='"1"')}


def _same() -> Routes:
    """A feed of 20 entries without validators that never changes; its pages are gone for good."""
    gone = {f"/n/{number}": status(410) for number in range(_FEED_ITEMS)}
    return {"/feed.xml": _feed(range(_FEED_ITEMS)), **gone}


def _fresh() -> Routes:
    """The same feed with a remark that changes from poll to poll: nothing new, but to be parsed."""
    same = _feed(range(_FEED_ITEMS))

    def changing(seen: Seen) -> Answer:
        return Answer(body=same.body + b"<!-- %d -->" % seen.hit, headers=same.headers)

    return {**_same(), "/feed.xml": changing}


def _hostile() -> Routes:
    """The news site with its faults, and pages that are hard on a parser."""
    pages = {
        "/deep": f"<html><body>{'<div>' * 100_000}{_PARAGRAPH * 20}",
        "/wide": f"<html><body>{_PARAGRAPH * 60_000}</body></html>",
        "/attributes": f"<html><body><p {' '.join(f'a{n}=x' for n in range(100_000))}>{_PARAGRAPH * 20}</p>",
        "/entities": f"<html><body><p>{'&#25945;&amp;' * 200_000}</p></body></html>",
        "/one-line": f"<html><body><p>{'大模型监管' * 400_000}</p></body></html>",
        "/no-end": f"<html><body><!-- {_PARAGRAPH * 20_000}",
        "/nul": f"<html><body>{chr(0) * 100_000}{_PARAGRAPH * 200}</body></html>",
        "/table": f"<html><body>{'<table><tr><td>' * 20_000}{_PARAGRAPH * 20}",
    }
    return {**news(), **{path: html(markup) for path, markup in pages.items()}}


_SITES: dict[str, Callable[[], Routes]] = {"quiet": _quiet, "same": _same, "fresh": _fresh, "hostile": _hostile}


async def _serve(name: str) -> None:
    async with Site.start(_SITES[name](), bind="0.0.0.0") as site:
        if name == "hostile":
            _route_robots(site)
        print(site.port, flush=True)
        await asyncio.to_thread(sys.stdin.read)


def _route_robots(site: Site) -> None:
    """Give the last hosts of a block each another robots.txt."""
    for number, answer in zip(count(200), ROBOTS.values(), strict=False):
        site.route("/robots.txt", answer, host=f"127.0.0.{number + 1}")


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
