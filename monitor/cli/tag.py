"""`newswatch tag`: the tracked models and regulations that a text names, without a store."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli._options import EX_DATA, ConfigOption, JsonOption, fail, load
from monitor.cli._table import cut, print_json, print_table

if TYPE_CHECKING:
    from monitor.tag.settings import EntitySettings
    from monitor.tag.tagger import Considered

__all__ = ["tag", "tag_request"]


def tag(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="A text file, or - for standard input.")] = "-",
    title: Annotated[str | None, typer.Option("--title", "-t", help="The headline of the text.")] = None,
    config: ConfigOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show what was decided on each ambiguous name.")] = False,
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
        return _print_considered(title, text, watch, as_json=as_json)
    answer = tag_request({"title": title, "text": text}, watch)
    return print_json(answer) if as_json else _print_mentions(answer["mentions"])


def tag_request(request: dict[str, Any], watch: tuple[EntitySettings, ...] = ()) -> dict[str, Any]:
    """Tag the ``title`` (a text, null or absent) and ``text`` of a request.

    Return ``mentions``: objects with ``entity``, ``kind``, ``field`` (title or text), ``surface``, ``start`` and
    ``end`` (code points in that field), ``version``, ``how`` and ``confidence`` (0-1). Raise ValueError for a wrong
    field.
    """
    from monitor.tag import tag as tag_texts

    title, text = request.get("title"), request.get("text")
    if not isinstance(text, str):
        raise ValueError(f"expected the field 'text' with a text, found {_kind_of(request, 'text')}")
    if title is not None and not isinstance(title, str):
        raise ValueError(f"expected the field 'title' with a text or null, found {_kind_of(request, 'title')}")
    return {"mentions": [_fields(mention) for mention in tag_texts(title, text, watch)]}


def _fields(mention: Any) -> dict[str, Any]:
    names = ("entity", "kind", "field", "surface", "start", "end", "version", "how", "confidence")
    return {name: getattr(mention, name) for name in names}


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
        ("entity", "surface", "version", "where", "how"),
        (
            (one["entity"], one["surface"], one["version"] or "", f"{one['field']} {one['start']}", cut(one["how"], 60))
            for one in mentions
        ),
    )


def _print_considered(title: str | None, text: str, watch: tuple[EntitySettings, ...], *, as_json: bool) -> None:
    from monitor.tag import explain

    considered = explain(title, text, watch)
    if as_json:
        return print_json({"considered": [_considered(one) for one in considered]})
    if not considered:
        return typer.echo("No ambiguous name stands in the text.")
    return print_table(
        ("entity", "surface", "where", "counts", "points"),
        (
            (one.entity, one.surface, f"{one.field} {one.start}", "yes" if one.accepted else "no", _points(one))
            for one in considered
        ),
    )


def _considered(one: Considered) -> dict[str, Any]:
    return {
        "entity": one.entity,
        "field": one.field,
        "surface": one.surface,
        "start": one.start,
        "accepted": one.accepted,
        "reasons": [{"reason": reason, "points": points} for reason, points in one.reasons],
    }


def _points(one: Considered) -> str:
    return ", ".join(f"{points:+d} {reason}" for reason, points in one.reasons) or "nothing speaks for it"
