"""The filter form of a command: JSON objects in, one a line; JSON objects out, one a line, in the same order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

__all__ = ["answer", "filter_lines", "run_filter"]

Handler = Callable[[dict[str, Any]], dict[str, Any]]


def run_filter(handler: Handler, source: TextIO | None = None, target: TextIO | None = None) -> None:
    """Answer every line of ``source`` (standard input) on ``target`` (standard output) as it comes."""
    out = target or sys.stdout
    for line in filter_lines(source or sys.stdin, handler):
        out.write(line + "\n")
        out.flush()


def filter_lines(lines: Iterable[str], handler: Handler) -> Iterator[str]:
    """Yield one JSON text for each line that is not blank."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield json.dumps(answer(line, number, handler), ensure_ascii=False)


def answer(line: str, number: int, handler: Handler) -> dict[str, Any]:
    """Return the handler's answer with the line's id, or an ``error`` that says what was wrong with the line."""
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"line {number}: expected a JSON object: {error}"}
    if not isinstance(request, dict):
        return {"id": None, "error": f"line {number}: expected a JSON object, found {type(request).__name__}"}
    identity = request.get("id")
    try:
        return {"id": identity} | handler(request)
    except (ValueError, TypeError) as error:
        return {"id": identity, "error": f"line {number}: {error}"}
