"""`newswatch compare`: what one text is to another, without a store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli._options import EX_DATA, JsonOption, fail
from monitor.cli._table import heading, padded, print_lines, width_of

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
    title_a: Annotated[str | None, typer.Option("--title-a", help="The headline of A; names in it count.")] = None,
    title_b: Annotated[str | None, typer.Option("--title-b", help="The headline of B.")] = None,
    as_json: JsonOption = False,
    as_jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help='Answer each line {"id", "a", "b", "title_a", "title_b"} of standard input; titles may lack.',
        ),
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
    answer = compare_request({"a": _read(a), "b": _read(b), "title_a": title_a, "title_b": title_b})
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False))
    else:
        print_lines(_in_words(answer))
    return None


def compare_request(request: dict[str, Any]) -> dict[str, Any]:
    """Compare the texts ``a`` and ``b`` of a request, with their headlines ``title_a`` and ``title_b`` if it has them.

    Return ``verdict``, ``similarity``, ``containment_a``, ``containment_b``, ``length_ratio`` (0-1, four decimals),
    ``number_conflicts``, ``name_conflicts`` and ``reversals`` (pairs [in A, in B]), ``title_similarity`` (0-1; null
    without both headlines), ``letters`` (of the shorter text), ``is_marked`` (one is marked as a correction),
    ``rule_version`` and ``why``. Raise ValueError for a missing or wrong field.
    """
    from monitor import dedupe

    texts = (_text(request, "a"), _text(request, "b"))
    return _answer(dedupe.compare(*texts, _title(request, "title_a"), _title(request, "title_b")))


def _answer(comparison: Comparison) -> dict[str, Any]:
    evidence = comparison.evidence
    alike = evidence.title_similarity
    return {
        "verdict": comparison.verdict.value,
        "similarity": round(evidence.similarity, 4),
        "containment_a": round(evidence.containment_a, 4),
        "containment_b": round(evidence.containment_b, 4),
        "length_ratio": round(evidence.length_ratio, 4),
        "number_conflicts": [list(pair) for pair in evidence.number_conflicts],
        "name_conflicts": [list(pair) for pair in evidence.name_conflicts],
        "reversals": [list(pair) for pair in evidence.reversals],
        "title_similarity": None if alike is None else round(alike, 4),
        "letters": evidence.letters,
        "is_marked": evidence.is_marked,
        "rule_version": evidence.rule_version,
        "why": comparison.why,
    }


def _text(request: dict[str, Any], field: str) -> str:
    if field not in request:
        raise ValueError(f"expected a field {field!r} with a text, found none")
    value = request[field]
    if not isinstance(value, str):
        raise ValueError(f"field {field!r}: expected a text, found {type(value).__name__}")
    return value


def _title(request: dict[str, Any], field: str) -> str | None:
    value = request.get(field)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"field {field!r}: expected a text or null, found {type(value).__name__}")
    return value


def _read(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        fail(f"cannot read {name}: {error.strerror}", EX_DATA)
    except UnicodeDecodeError as error:
        fail(f"{name}: expected UTF-8 text, found byte 0x{raw[error.start]:02x} at offset {error.start}", EX_DATA)


def _in_words(answer: dict[str, Any]) -> Iterator[str]:
    yield heading(f"{answer['verdict']}: {_WORDS[answer['verdict']]}")
    yield f"  why         {answer['why']}"
    yield f"  similarity  {_percent(answer['similarity'])} of all the text is common to both"
    yield f"  of A        {_percent(answer['containment_a'])} is in B"
    yield f"  of B        {_percent(answer['containment_b'])} is in A"
    if answer["title_similarity"] is not None:
        yield f"  titles      {_percent(answer['title_similarity'])} alike"
    yield from _pairs("numbers", answer["number_conflicts"])
    yield from _pairs("names", answer["name_conflicts"])
    yield from _pairs("reversed", answer["reversals"])


def _pairs(label: str, conflicts: list[list[str]]) -> Iterator[str]:
    widest = max((width_of(old) for old, _ in conflicts), default=0)
    for row, (old, new) in enumerate(conflicts):
        yield f"  {'' if row else label:10}  {padded(old, widest)} -> {new}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
