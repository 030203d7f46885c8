"""`newswatch compare`: what one text is to another, without a store."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli._options import EX_DATA, JsonOption, fail

if TYPE_CHECKING:
    from monitor.dedupe import Comparison

__all__ = ["compare", "compare_request"]


_WORDS = {
    "exact_copy": "A and B are the same text.",
    "near_copy": "A and B are copies of one text.",
    "contains": "A contains B.",
    "contained_in": "A is contained in B.",
    "revision": "B revises A.",
    "template_sibling": "A and B fill one template with different facts.",
    "new": "A and B are different texts.",
}


def compare(
    a: Annotated[str | None, typer.Argument(metavar="A", help="A text file, or - for standard input.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="B", help="The text file to compare it with, or -.")] = None,
    as_json: JsonOption = False,
    as_jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Answer each line {"id", "a", "b"} of standard input with one JSON object.')
    ] = False,
) -> None:
    """Say whether two texts are copies, revisions, parts of each other or different, and why."""
    if as_jsonl:
        from monitor.cli._jsonl import run_filter

        return run_filter(compare_request)
    if a is None or b is None:
        raise typer.BadParameter("expected two files, A and B (or --jsonl)")
    if a == b == "-":
        raise typer.BadParameter("only one of A and B can be standard input")
    answer = compare_request({"a": _read(a), "b": _read(b)})
    typer.echo(json.dumps(answer, ensure_ascii=False) if as_json else _in_words(answer))
    return None


def compare_request(request: dict[str, Any]) -> dict[str, Any]:
    """Compare the texts ``a`` and ``b`` of a request.

    Return ``verdict``, ``similarity``, ``containment_a``, ``containment_b`` (0-1, four decimals),
    ``number_conflicts`` (pairs [number in A, number in B]) and ``why``. Raise ValueError for a missing or wrong field.
    """
    from monitor import dedupe

    return _answer(dedupe.compare(_text(request, "a"), _text(request, "b")))


def _answer(comparison: Comparison) -> dict[str, Any]:
    return {
        "verdict": comparison.verdict.value,
        "similarity": round(comparison.similarity, 4),
        "containment_a": round(comparison.containment_a, 4),
        "containment_b": round(comparison.containment_b, 4),
        "number_conflicts": [list(pair) for pair in comparison.number_conflicts],
        "why": comparison.why,
    }


def _text(request: dict[str, Any], field: str) -> str:
    if field not in request:
        raise ValueError(f"expected a field {field!r} with a text, found none")
    value = request[field]
    if not isinstance(value, str):
        raise ValueError(f"field {field!r}: expected a text, found {type(value).__name__}")
    return value


def _read(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        fail(f"cannot read {name}: {error.strerror}", EX_DATA)
    except UnicodeDecodeError as error:
        fail(f"{name}: expected UTF-8 text, found byte 0x{raw[error.start]:02x} at offset {error.start}", EX_DATA)


def _in_words(answer: dict[str, Any]) -> str:
    lines = [
        f"{answer['verdict']}: {_WORDS[answer['verdict']]}",
        f"  why         {answer['why']}",
        f"  similarity  {_percent(answer['similarity'])} of all the text is common to both",
        f"  of A        {_percent(answer['containment_a'])} is in B",
        f"  of B        {_percent(answer['containment_b'])} is in A",
    ]
    if answer["number_conflicts"]:
        lines.append("  numbers     " + ", ".join(f"{old} -> {new}" for old, new in answer["number_conflicts"]))
    return "\n".join(lines)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
