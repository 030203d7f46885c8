"""`newswatch extract`: the article in a page or a text, without a store."""

from __future__ import annotations

import base64
import binascii
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli._options import EX_DATA, JsonOption, fail
from monitor.cli._table import print_json

if TYPE_CHECKING:
    from monitor.types import Extracted, Failed, Fetched, Rejected, Unchanged

__all__ = ["extract", "extract_request"]


_FIELDS = (
    "title",
    "text",
    "published_at",
    "published_precision",
    "authors",
    "editors",
    "source",
    "publisher",
    "language",
    "script",
    "flags",
)


def extract(
    places: Annotated[
        list[str] | None, typer.Argument(metavar="FILE|URL...", help="Files, addresses, or - for standard input.")
    ] = None,
    as_json: JsonOption = False,
    as_jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl", help='Answer each line {"id", "url", "html_b64"} or {"id", "name", "text"} of standard input.'
        ),
    ] = False,
    allow: Annotated[
        list[str] | None,
        typer.Option("--allow", metavar="HOST:PORT", help="A private address that may be fetched (repeatable)."),
    ] = None,
) -> None:
    """Print the article in a page or a text: title, date, byline, source, text, and what was taken away."""
    if as_jsonl:
        from monitor.cli._jsonl import run_isolated_filter

        return run_isolated_filter(extract_request)
    if not places:
        raise typer.BadParameter("expected a file or an address (or --jsonl)")
    answers = [_answer_place(place, tuple(allow or ())) for place in places]
    if as_json:
        print_json(answers[0] if len(answers) == 1 else answers)
    else:
        typer.echo("\n\n".join(_in_words(place, answer) for place, answer in zip(places, answers, strict=True)))
    if all("rejected" in answer for answer in answers):
        raise typer.Exit(EX_DATA)
    return None


def extract_request(request: dict[str, Any]) -> dict[str, Any]:
    """Extract from the page of a request (``url``, ``html_b64``, perhaps ``content_type``) or its ``text`` (``name``).

    Return the fields of the article, or ``rejected`` and ``detail``. Raise ValueError for a missing or wrong field.
    """
    from monitor.read import read_page, read_text

    if "html_b64" in request:
        url = _text(request, "url")
        return _fields(read_page(_bytes(request), url, _optional(request, "content_type")))
    if "text" in request:
        return _fields(read_text(_text(request, "text"), _optional(request, "name")))
    found = ", ".join(sorted(map(repr, request))) or "none"
    raise ValueError(f"expected the fields 'url' and 'html_b64', or 'text'; found {found}")


def _text(request: dict[str, Any], field: str) -> str:
    value = request.get(field)
    if not isinstance(value, str):
        found = type(value).__name__ if field in request else "none"
        raise ValueError(f"expected the field {field!r} with a text, found {found}")
    return value


def _optional(request: dict[str, Any], field: str) -> str | None:
    return None if request.get(field) is None else _text(request, field)


def _bytes(request: dict[str, Any]) -> bytes:
    try:
        return base64.b64decode(_text(request, "html_b64"), validate=True)
    except binascii.Error as error:
        raise ValueError(f"field 'html_b64': expected base64: {error}") from error


def _fields(result: Extracted | Rejected) -> dict[str, Any]:
    from monitor.types import Rejected

    if isinstance(result, Rejected):
        return {"rejected": result.rejected.value, "detail": result.detail}
    answer = {name: _plain(getattr(result, name)) for name in _FIELDS}
    return answer | {"removed": [{"rule": line.rule, "text": line.text} for line in result.removed]}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _answer_place(place: str, allow: tuple[str, ...]) -> dict[str, Any]:
    from monitor.read import read_page, read_text
    from monitor.read.charset import decode
    from monitor.read.sniff import is_plain_text
    from monitor.runtime import now

    if place.lower().startswith(("http://", "https://")):
        return _answer_address(place, allow)
    body = _read(place)
    if is_plain_text(None, place) or (place == "-" and not body.lstrip().startswith(b"<")):
        decoded = decode(body)
        if decoded is None:
            return {"rejected": "undecodable", "detail": f"{len(body)} bytes that no known charset explains"}
        return _fields(read_text(decoded.text, place, fetched_at=now()))
    return _fields(read_page(body, Path(place).absolute().as_uri(), fetched_at=now()))


def _read(place: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if place == "-" else Path(place).read_bytes()
    except OSError as error:
        fail(f"cannot read {place}: {error.strerror}", EX_DATA)


def _answer_address(url: str, allow: tuple[str, ...]) -> dict[str, Any]:
    import asyncio

    from monitor.read import read_page, read_text
    from monitor.read.charset import decode
    from monitor.read.sniff import is_plain_text
    from monitor.types import Fetched

    fetched = asyncio.run(_fetch(url, allow))
    if not isinstance(fetched, Fetched):
        reason = getattr(fetched, "reason", "unchanged")
        return {"rejected": str(reason), "detail": getattr(fetched, "detail", "nothing new")}
    decoded = decode(fetched.body, fetched.content_type) if is_plain_text(fetched.content_type, None) else None
    if decoded:
        return _fields(
            read_text(decoded.text, fetched.final_url, content_type=fetched.content_type, fetched_at=fetched.fetched_at)
        )
    return _fields(read_page(fetched.body, fetched.final_url, fetched.content_type, fetched_at=fetched.fetched_at))


async def _fetch(url: str, allow: tuple[str, ...]) -> Fetched | Unchanged | Failed:
    from monitor import __version__
    from monitor.fetch.client import Fetcher
    from monitor.fetch.limits import FetchLimits
    from monitor.runtime import now

    fetcher = Fetcher(user_agent=f"newswatch/{__version__}", limits=FetchLimits(), allow=allow, now=now)
    try:
        return await fetcher.get(url)
    finally:
        await fetcher.aclose()


def _in_words(place: str, answer: dict[str, Any]) -> str:
    if "rejected" in answer:
        return f"{place}: no article: {answer['rejected']}: {answer['detail']}"
    head = [answer["title"] or "(no title)"]
    for name in ("published_at", "authors", "editors", "source", "publisher", "language", "flags"):
        value = answer[name]
        if value:
            head.append(f"{name.removesuffix('_at'):<11}{', '.join(value) if isinstance(value, list) else value}")
    rules = sorted({line["rule"] for line in answer["removed"]})
    if rules:
        head.append(f"{'removed':<11}{len(answer['removed'])} lines: {', '.join(rules)}")
    return "\n".join([*head, "", str(answer["text"])])
