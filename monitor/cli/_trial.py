"""What ``newswatch rules test`` found, for a person: figures, a bar for each day, contexts with the match marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import typer

from monitor.cli._table import counted, is_coloured, plain, when

__all__ = ["print_trial"]

_MOST_DAYS = 62
"""Days that are shown one by one; of more, months are."""
_BAR = 40
"""Columns of the longest bar."""
_CHANGES = {"gained": ("Would newly match", "now"), "lost": ("Would match no more", "then")}


def print_trial(document: dict[str, Any]) -> None:
    """Print a trial for a person."""
    typer.echo("\n".join(_lines(document)))


def _lines(document: dict[str, Any]) -> Iterator[str]:
    other = document["against"]
    yield _whole("rule", plain(document["rule"]))
    yield from _form_lines("asks for", document["tested"])
    if other:
        yield from _form_lines("against", other)
        if other["rule"] not in (None, document["rule"]):
            yield _whole("", f"rule: {plain(other['rule'])}")
    yield _whole("asked", f"{counted(document['asked'], 'article')} first seen since {when(document['since'])} UTC")
    yield _whole("hits", _hits_in_words(document["tested"]))
    if other:
        yield _whole("against", _hits_in_words(other))
        yield _whole("change", f"{document['gained']['stories']:,} more, {document['lost']['stories']:,} no more")
    if not document["asked"]:
        yield "\nNo articles are stored since then: newswatch feed lists those that are; further back: --since 90d"
        return
    yield from _chart(document["days"], is_compared=other is not None)
    yield from _listed("Most common contexts", document["contexts"])
    for key, (title, when_not) in _CHANGES.items():
        if document[key]:
            yield from _listed(f"{title} ({document[key]['stories']:,})", document[key]["examples"], when_not)


def _whole(name: str, text: str) -> str:
    return f"{name:9} {text}"


def _form_lines(name: str, form: dict[str, Any]) -> Iterator[str]:
    if form["query"] is None:
        yield _whole(name, "nothing: there is no such rule")
        return
    yield _whole(name, plain(form["query"]))
    for key in ("sources", "groups"):
        if form[key]:
            yield _whole("", f"{key}: {plain(', '.join(form[key]))}")


def _hits_in_words(form: dict[str, Any]) -> str:
    stories = f"{form['stories']:,} {'story' if form['stories'] == 1 else 'stories'}"
    return f"{stories}, {counted(form['articles'], 'article')}"


def _chart(days: list[dict[str, Any]], *, is_compared: bool) -> Iterator[str]:
    """Yield a bar for each day, or each month, from the first with a story to the last; the bar is that of --against.

    Without a comparison it is the rule's.
    """
    if not days:
        return
    first, last = (date.fromisoformat(days[at]["day"]) for at in (0, -1))
    size = 10 if (last - first).days < _MOST_DAYS else 7
    keys = [(first + timedelta(days=at)).isoformat()[:size] for at in range((last - first).days + 1)]
    rows = {key: [0, 0] for key in keys}
    for one in days:
        rows[one["day"][:size]][0] += one["stories"]
        rows[one["day"][:size]][1] += one["against"] or 0
    most = max(row[is_compared] for row in rows.values()) or 1
    yield f"\n{'day' if size == 10 else 'month':10}  stories{'  against' if is_compared else ''}"
    for key, (stories, against) in rows.items():
        bar = "█" * -(-_BAR * (against if is_compared else stories) // max(most, _BAR))
        yield f"{key:10}  {stories:7,}{f'  {against:7,}' if is_compared else ''}  {bar}".rstrip()


def _listed(title: str, examples: list[dict[str, Any]], when_not: str = "") -> Iterator[str]:
    if examples:
        yield f"\n{title}:"
    for one in examples:
        shared = f"  {one['stories']:,} stories like it" if one.get("stories", 1) > 1 else ""
        yield f"[{one['id']}] {when(one['first_seen_at'])} UTC  {plain(one['source_id'])}{shared}"
        yield f"    {_marked(one['title'], one['title_marks'])}"
        snippet = one["snippet"]
        if snippet["text"]:
            yield f"    {'…' if snippet['start'] else ''}{_marked(snippet['text'], snippet['marks'])}"
        if one["why_not"]:
            yield f"    {when_not}: {plain(one['why_not'])}"


def _marked(text: str, marks: list[list[int]]) -> str:
    """Return one line with its marks: in colour on a terminal, else between brackets."""
    pieces, at = [], 0
    for start, end in marks:
        pieces += [_clean(text[at:start]), _mark(_clean(text[start:end]))]
        at = end
    return "".join([*pieces, _clean(text[at:])])


def _clean(text: str) -> str:
    return plain(text.replace("\n", " ").replace("\t", " "))


def _mark(text: str) -> str:
    return typer.style(text, bold=True, fg="yellow") if is_coloured() else f"[{text}]"
