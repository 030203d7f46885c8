"""The filter form of a command: JSON objects in, one a line; JSON objects out, one a line, in the same order.

A line that cannot be answered gets an ``error``; it never ends the filter. Each answer is written as soon as it and
those before it are there.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any, TextIO

__all__ = ["filter_lines", "run_filter", "run_isolated_filter"]

Handler = Callable[[dict[str, Any]], dict[str, Any]]

_READ_AHEAD = 16
"""Lines that may wait for their answers at once."""


def run_filter(handler: Handler) -> None:
    """Answer every line of standard input on standard output, in this process."""
    for line in filter_lines(sys.stdin, handler):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def run_isolated_filter(handler: Handler) -> None:
    """Answer like ``run_filter``, with ``handler`` (a top-level function) in killable workers, on every core."""
    asyncio.run(_filter_isolated(sys.stdin, sys.stdout, handler))


def filter_lines(lines: Iterable[str], handler: Handler) -> Iterator[str]:
    """Yield one JSON text for each line that is not blank."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            identity, request, error = _parse(line, number)
            answer = {"error": error} if error else _guarded(handler, request, number)
            yield _dump(identity, answer)


async def _filter_isolated(source: TextIO, target: TextIO, handler: Handler) -> None:
    from monitor.engine.workers import WorkerLimits, WorkerPool

    pool = WorkerPool(WorkerLimits(count=os.cpu_count() or 1))
    answers: asyncio.Queue[asyncio.Task[str] | None] = asyncio.Queue(_READ_AHEAD)

    async def ask(line: str, number: int) -> str:
        from monitor.types import Rejected

        identity, request, error = _parse(line, number)
        if error:
            return _dump(identity, {"error": error})
        answer = await pool.run(_guarded, handler, request, number)
        if isinstance(answer, Rejected):
            answer = {"rejected": answer.rejected.value, "detail": answer.detail}
        return _dump(identity, answer)

    writer = asyncio.create_task(_write(answers, target))
    try:
        await _read(source, lambda line, number: answers.put(asyncio.create_task(ask(line, number))))
        await answers.put(None)
        await writer
    finally:
        await pool.close()


async def _read(source: TextIO, take: Callable[[str, int], Awaitable[None]]) -> None:
    number = 0
    while line := await asyncio.to_thread(source.readline):
        number += 1
        if line.strip():
            await take(line, number)


async def _write(answers: asyncio.Queue[asyncio.Task[str] | None], target: TextIO) -> None:
    while (task := await answers.get()) is not None:
        target.write(await task + "\n")
        target.flush()


def _parse(line: str, number: int) -> tuple[Any, dict[str, Any], str | None]:
    """Return the line's id, its object and what is wrong with it."""
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        return None, {}, f"line {number}: expected a JSON object: {error}"
    if not isinstance(request, dict):
        return None, {}, f"line {number}: expected a JSON object, found {type(request).__name__}"
    return request.get("id"), request, None


def _guarded(handler: Handler, request: dict[str, Any], number: int) -> dict[str, Any]:
    try:
        return handler(request)
    except (ValueError, TypeError) as error:
        return {"error": f"line {number}: {error}"}


def _dump(identity: Any, answer: dict[str, Any]) -> str:
    text = json.dumps({"id": identity} | answer, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode()  # a lone surrogate stays the JSON escape it came as
