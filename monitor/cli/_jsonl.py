"""The filter form of a command: JSON objects in, one a line; JSON objects out, one a line, in the same order.

A line that cannot be answered gets an ``error``; it never ends the filter. Each answer is written as soon as it and
those before it are there. Both sides are UTF-8 whatever the locale says, as JSON asks (RFC 8259, section 8.1).
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import sys
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from typing import Any, BinaryIO

__all__ = ["filter_lines", "run_filter", "run_isolated_filter"]

Handler = Callable[[dict[str, Any]], dict[str, Any]]

_READ_AHEAD = 16
"""Lines that may wait for their answers at once."""
_BOM = "\ufeff"


def run_filter(handler: Handler) -> None:
    """Answer every line of standard input on standard output, in this process."""
    target = sys.stdout.buffer
    for answer in filter_lines(sys.stdin.buffer, handler):
        target.write(answer.encode() + b"\n")
        target.flush()


def run_isolated_filter(handler: Handler) -> None:
    """Answer like ``run_filter``, with ``handler`` (a top-level function) in killable workers, on every core."""
    asyncio.run(_filter_isolated(_own_input(), sys.stdout.buffer, handler))


def filter_lines(lines: Iterable[str | bytes], handler: Handler) -> Iterator[str]:
    """Yield one JSON text for each line that is not blank; lines of bytes are UTF-8."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            identity, request, error = _parse(line, number)
            answer = {"error": error} if error else _guarded(handler, request, number)
            yield _dump(identity, answer, number)


def _own_input() -> BinaryIO:
    """Return standard input as a file of its own.

    A thread that still reads from ``sys.stdin`` when the program ends would hold a lock that ending needs.
    """
    try:
        return open(sys.stdin.fileno(), "rb", closefd=False)
    except io.UnsupportedOperation:  # not backed by a file: nothing there waits for input
        return sys.stdin.buffer


async def _filter_isolated(source: BinaryIO, target: BinaryIO, handler: Handler) -> None:
    from monitor.engine.workers import NoWorker, WorkerLimits, WorkerPool

    pool = WorkerPool(WorkerLimits(count=os.cpu_count() or 1))
    answers: asyncio.Queue[asyncio.Task[str] | None] = asyncio.Queue(_READ_AHEAD)

    async def ask(line: bytes, number: int) -> str:
        from monitor.types import Rejected

        identity, request, error = _parse(line, number)
        if error:
            return _dump(identity, {"error": error}, number)
        try:
            answer = await pool.run(_guarded, handler, request, number)
        except RecursionError:  # cannot be handed over
            return _dump(identity, {"error": f"line {number}: nested too deeply"}, number)
        except NoWorker as failure:
            return _dump(identity, {"error": f"line {number}: {failure}"}, number)
        if isinstance(answer, Rejected):
            answer = {"rejected": answer.rejected.value, "detail": answer.detail}
        return _dump(identity, answer, number)

    async def take(line: bytes, number: int) -> None:
        await answers.put(asyncio.create_task(ask(line, number)) if line else None)

    _read_in_thread(source, take)
    try:
        await _write(answers, target)
    finally:
        await pool.close()


def _read_in_thread(source: BinaryIO, take: Callable[[bytes, int], Awaitable[None]]) -> None:
    """Hand over each line that is not blank, then an empty one; wait while too many are unanswered.

    The thread is left behind when the answers cannot be written any more: its read cannot be interrupted.
    """
    loop = asyncio.get_running_loop()

    async def hand_over(line: bytes, number: int) -> None:
        await take(line, number)

    def read() -> None:
        with contextlib.suppress(CancelledError, RuntimeError):  # the loop has ended
            for number, line in enumerate(iter(source.readline, b""), 1):
                if line.strip():
                    asyncio.run_coroutine_threadsafe(hand_over(line, number), loop).result()
            asyncio.run_coroutine_threadsafe(hand_over(b"", 0), loop).result()

    threading.Thread(target=read, name="newswatch-input", daemon=True).start()


async def _write(answers: asyncio.Queue[asyncio.Task[str] | None], target: BinaryIO) -> None:
    while (task := await answers.get()) is not None:
        target.write((await task).encode() + b"\n")
        target.flush()


def _parse(line: str | bytes, number: int) -> tuple[Any, dict[str, Any], str | None]:
    """Return the line's id, its object and what is wrong with it."""
    try:
        text = line.decode() if isinstance(line, bytes) else line
        request = json.loads(text.removeprefix(_BOM if number == 1 else ""))
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        return None, {}, f"line {number}: expected UTF-8, found byte 0x{byte:02x} at offset {error.start}"
    except RecursionError:
        return None, {}, f"line {number}: nested too deeply"
    except ValueError as error:
        return None, {}, f"line {number}: expected a JSON object: {error}"
    if not isinstance(request, dict):
        return None, {}, f"line {number}: expected a JSON object, found {type(request).__name__}"
    return request.get("id"), request, None


def _guarded(handler: Handler, request: dict[str, Any], number: int) -> dict[str, Any]:
    try:
        return handler(request)
    except (ValueError, TypeError) as error:
        return {"error": f"line {number}: {error}"}
    except Exception as error:  # noqa: BLE001  (the edge of a line: the next one is answered)
        return {"error": f"line {number}: {type(error).__name__}: {error}"}


def _dump(identity: Any, answer: dict[str, Any], number: int) -> str:
    try:
        text = json.dumps({"id": identity} | answer, ensure_ascii=False, allow_nan=False)
    except (ValueError, RecursionError):  # Infinity, NaN, or as deep as can be read
        return _dump(None, {"error": f"line {number}: expected an id that can be written as JSON"}, number)
    return text.encode("utf-8", "backslashreplace").decode()  # a lone surrogate stays the JSON escape it came as
