"""What a 304 costs: CPU a request with one host in flight and with many (goal G5), beside a plain httpx client.

    python bench/fetch.py [--hosts 200] [--requests 5] [--json]

A server in a process of its own answers 304 to everything, on a port for each host. Each client asks one host many
times (``one``), every host once, all at once (``new``: the connection included), and every host ``requests`` times, all
at once (``many``). Only the CPU of this process is counted. Goal: many in flight cost at most 1.2 times one in flight.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx

from monitor.fetch.client import Fetcher
from monitor.types import Unchanged
from storage.records import Validators

GOAL = 1.2
ETAG = '"v1"'
ANSWER = b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\nCache-Control: max-age=600\r\n\r\n'
NOW = datetime(2026, 1, 1, tzinfo=UTC)

Get = Callable[[str], Awaitable[None]]


class NotModified(asyncio.Protocol):
    """Answers 304 to whatever ends with a blank line."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        self.transport = transport
        self.tail = b""

    def data_received(self, data: bytes) -> None:
        """Answer each request that is complete."""
        text = self.tail + data
        *requests, self.tail = text.split(b"\r\n\r\n")
        self.transport.write(ANSWER * len(requests))  # type: ignore[attr-defined]


def serve(pipe: Connection, hosts: int) -> None:
    """Serve until the process is ended; send the ports through ``pipe``."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        servers = [await loop.create_server(NotModified, "127.0.0.1", 0) for _ in range(hosts)]
        pipe.send([server.sockets[0].getsockname()[1] for server in servers])
        await servers[0].serve_forever()

    asyncio.run(run())


async def measure(get: Get, urls: list[str], requests: int) -> float:
    """Return the CPU milliseconds a request when all addresses are visited at once."""

    async def visit(url: str) -> None:
        for _ in range(requests):
            await get(url)

    began = time.process_time()
    await asyncio.gather(*(visit(url) for url in urls))
    return (time.process_time() - began) * 1000 / (len(urls) * requests)


async def measure_all(get: Get, urls: list[str], requests: int) -> dict[str, float]:
    """Return the CPU milliseconds a request with one host in flight, on new connections, with all in flight."""
    await measure(get, urls[:1], 20)
    return {
        "one": await measure(get, urls[:1], 40 * requests),
        "new": await measure(get, urls[1:], 1),
        "many": await measure(get, urls, requests),
    }


async def ours(urls: list[str], requests: int) -> dict[str, float]:
    """Measure the program's fetcher."""
    fetcher = Fetcher(user_agent="bench", now=lambda: NOW, allow=("127.0.0.1/32",))

    async def get(url: str) -> None:
        answer = await fetcher.get(url, validators=Validators(etag=ETAG))
        assert isinstance(answer, Unchanged), answer

    result = await measure_all(get, urls, requests)
    await fetcher.aclose()
    return result


async def plain(urls: list[str], requests: int) -> dict[str, float]:
    """Measure one shared httpx client."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=None)
    async with httpx.AsyncClient(trust_env=False, limits=limits, timeout=60) as client:

        async def get(url: str) -> None:
            answer = await client.get(url, headers={"if-none-match": ETAG})
            assert answer.status_code == 304, answer

        return await measure_all(get, urls, requests)


def run(hosts: int, requests: int) -> dict[str, dict[str, float]]:
    """Start the server, measure both, end the server."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    server = spawn.Process(target=serve, args=(there, hosts), daemon=True)
    server.start()
    try:
        urls = [f"http://127.0.0.1:{port}/feed.xml" for port in here.recv()]
        results = {
            "newswatch": asyncio.run(ours(urls, requests)),
            "httpx, one shared client": asyncio.run(plain(urls, requests)),
        }
    finally:
        server.terminate()
        server.join()
    return {name: {**result, "ratio": result["many"] / result["one"]} for name, result in results.items()}


def main() -> int:
    """Print the table or JSON; exit 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--requests", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    results = run(options.hosts, options.requests)
    met = results["newswatch"]["ratio"] <= GOAL
    if options.json:
        print(json.dumps({"hosts": options.hosts, "cpu_ms_per_304": results, "goal_ratio": GOAL, "met": met}, indent=1))
        return 0 if met else 1
    print(f"{'CPU ms a 304':<26}{'1 in flight':>14}{'new':>8}{f'{options.hosts} in flight':>16}{'ratio':>8}")
    for name, row in results.items():
        print(f"{name:<26}{row['one']:>14.2f}{row['new']:>8.2f}{row['many']:>16.2f}{row['ratio']:>8.2f}")
    print(f"goal G5: ratio <= {GOAL}: {'met' if met else 'missed'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
