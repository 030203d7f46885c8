"""`newswatch tag`: the tracked models and regulations that a text names, without a store."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli._options import EX_DATA, JsonOption, fail, load
from monitor.cli._table import cut, print_json, print_table

if TYPE_CHECKING:
    from monitor.tag.settings import EntitySettings
    from storage.tagged import Considered, Mention

__all__ = ["tag", "tag_request"]


def tag(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="A text file, or - for standard input.")] = "-",
    title: Annotated[str | None, typer.Option("--title", "-t", help="The headline of the text.")] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", "-c", metavar="FILE", help="Also track what this file has under watch (default: none)."
        ),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show what was decided on each name, and why.")] = False,
    as_json: JsonOption = False,
    as_jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Answer each line {"id", "title", "text"} of standard input.')
    ] = False,
) -> None:
    """List the AI models and regulations that a text names, with their places and how each was decided."""
    watch = load(config).watch if config else ()
    if as_jsonl:
        from monitor.cli._jsonl import run_filter

        return run_filter(partial(tag_request, watch=watch))
    text = _read(file)
    if explain:
        return _print_decided(title, text, watch, as_json=as_json)
    answer = tag_request({"title": title, "text": text}, watch)
    return print_json(answer) if as_json else _print_mentions(answer["mentions"])


def tag_request(request: dict[str, Any], watch: tuple[EntitySettings, ...] = ()) -> dict[str, Any]:
    """Tag the ``title`` (a text, null or absent) and ``text`` of a request.

    Return ``mentions``: objects with ``entity``, ``kind``, ``field`` (title or text), ``surface``, ``start`` and
    ``end`` (code points in that field), ``version``, ``variant``, ``size``, ``how``, ``confidence`` (0-1) and
    ``reasons`` (objects with ``reason`` and ``points``; none for a name that always counts). Raise ValueError for a
    wrong field.
    """
    from monitor.tag import tag as tag_texts

    title, text = request.get("title"), request.get("text")
    if not isinstance(text, str):
        raise ValueError(f"expected the field 'text' with a text, found {_kind_of(request, 'text')}")
    if title is not None and not isinstance(title, str):
        raise ValueError(f"expected the field 'title' with a text or null, found {_kind_of(request, 'title')}")
    return {"mentions": [_fields(mention) for mention in tag_texts(title, text, watch)]}


def _fields(mention: Any) -> dict[str, Any]:
    names = ("entity", "kind", "field", "surface", "start", "end", "version", "variant", "size", "how", "confidence")
    return {name: getattr(mention, name) for name in names} | {"reasons": _reasons(mention)}


def _kind_of(request: dict[str, Any], field: str) -> str:
    return type(request[field]).__name__ if field in request else "none"


def _read(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        fail(f"cannot read {name}: {error.strerror}", EX_DATA)
    except UnicodeDecodeError as error:
        fail(f"{name}: expected UTF-8 text, found byte 0x{raw[error.start]:02x} at offset {error.start}", EX_DATA)


def _print_mentions(mentions: list[dict[str, Any]]) -> None:
    if not mentions:
        typer.echo("No tracked model or regulation is named. See the names that did not count: newswatch tag --explain")
        return
    print_table(
        ("entity", "surface", "version", "variant", "size", "where", "how"),
        (
            (
                one["entity"],
                one["surface"],
                one["version"] or "",
                one["variant"] or "",
                one["size"] or "",
                f"{one['field']} {one['start']}",
                cut(one["how"], 60),
            )
            for one in mentions
        ),
    )


def _print_decided(title: str | None, text: str, watch: tuple[EntitySettings, ...], *, as_json: bool) -> None:
    from monitor.tag.tagger import make_tagger

    mentions, considered = make_tagger(watch).read(title, text)
    if as_json:
        told = [_considered(one) for one in considered]
        return print_json({"mentions": [_fields(one) for one in mentions], "considered": told})
    if not mentions and not considered:
        return typer.echo("No name stands in the text that anything speaks for or against.")
    rows: list[tuple[Any, str]] = [(one, "mention") for one in mentions]
    rows += [(one, one.outcome.value) for one in considered]
    rows.sort(key=lambda row: (row[0].field != "title", row[0].start, row[0].entity))
    return print_table(
        ("entity", "surface", "where", "outcome", "points"),
        ((one.entity, one.surface, f"{one.field} {one.start}", outcome, _points(one)) for one, outcome in rows),
    )


def _considered(one: Considered) -> dict[str, Any]:
    names = ("entity", "kind", "field", "surface", "start", "end")
    return {name: getattr(one, name) for name in names} | {"outcome": one.outcome.value, "reasons": _reasons(one)}


def _reasons(one: Mention | Considered) -> list[dict[str, Any]]:
    return [{"reason": reason, "points": points} for reason, points in one.reasons]


def _points(one: Mention | Considered) -> str:
    told = ", ".join(f"{points:+d} {reason}" for reason, points in one.reasons)
    return told or getattr(one, "how", "")
