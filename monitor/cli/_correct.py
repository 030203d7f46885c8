"""What ``newswatch split`` and ``newswatch merge`` share: a look first, a question, then one transaction."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli._moves import event_in_words
from monitor.cli._options import again, fail, writing
from monitor.cli._table import counted, cut, print_json, print_lines

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.database import Store

__all__ = ["DryRunOption", "NoteOption", "Order", "Words", "YesOption", "carry_out"]

NoteOption = Annotated[str | None, typer.Option("--note", help="Why, for whoever reads it later.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only show what would move.")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking on a terminal.")]

_TITLE = 60
_SHOWN = 20  # articles that are listed one by one

Act = Callable[["Session", datetime], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person wants: ``act`` corrects in a transaction and returns a story; ``stories`` are those it names."""

    act: Act
    stories: tuple[int, ...]
    dry_run: bool
    yes: bool
    as_json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What to say of the result: what it comes to, and the commands that take it back."""

    done: Callable[[dict[str, Any]], str]
    undo: Callable[[dict[str, Any]], Sequence[str]]


class _Undone(Exception):
    """Carries what a transaction came to out of it and takes it back."""

    def __init__(self, result: dict[str, Any]) -> None:
        super().__init__()
        self.result = result


def carry_out(config: Path | None, data: Path | None, order: Order, words: Words) -> None:
    """Show what a correction moves, ask on a terminal, carry it out and say how to take it back."""
    from monitor.stories import StoryError

    options = again(config, data)
    with writing(config, data) as store:
        try:
            if order.dry_run:
                return _look(_tried(store, order), words, options, as_json=order.as_json)
            if sys.stdin.isatty() and not order.yes and not order.as_json:
                _report(_tried(store, order), words, options, as_json=False)
                if not typer.confirm("Do this?"):
                    fail("Nothing was changed.", 0)
            result = store.write(lambda session: _act(session, order))
        except StoryError as error:
            fail(str(error))
    return _report(result, words, options, as_json=order.as_json)


def _tried(store: Store, order: Order) -> dict[str, Any]:
    """Return what a correction would come to: it is carried out and taken back. A story that would begin has no id."""

    def attempt(session: Session) -> None:
        raise _Undone(_act(session, order))

    try:
        store.write(attempt)
    except _Undone as undone:
        return _without_new_ids(undone.result) | {"applied": False}
    raise AssertionError("the attempt was not taken back")


def _act(session: Session, order: Order) -> dict[str, Any]:
    from monitor.runtime import now
    from storage import feed

    before, since = feed.placed_in(session, order.stories), feed.latest_event(session)
    story = order.act(session, now())
    events = feed.events_since(session, since)
    came = {one.article_id: one.other_story_id for one in events if one.kind == "joined" and one.article_id}
    before = {**{article: place for article, place in came.items() if place is not None}, **before}
    moves = {a: (before[a], to) for a, to in feed.places_of(session, sorted(before)).items() if before[a] != to}
    return {
        "applied": True,
        "story": story,
        "moved": list(_moved(session, moves)),
        "events": feed.as_json([one for one in events if one.kind != "silent"]),
    }


def _without_new_ids(result: dict[str, Any]) -> dict[str, Any]:
    begun = {one["other_story_id"] for one in result["events"] if one["kind"] == "split"}
    moved = [one | {"to": None if one["to"] in begun else one["to"]} for one in result["moved"]]
    kept = [one for one in result["events"] if one["story_id"] not in begun and one["other_story_id"] not in begun]
    return result | {"story": None if result["story"] in begun else result["story"], "moved": moved, "events": kept}


def _moved(session: Session, moves: dict[int, tuple[int, int]]) -> Iterator[dict[str, Any]]:
    from storage import feed

    for article_id, (title, outlet) in sorted(feed.headlines(session, list(moves)).items()):
        was, place = moves[article_id]
        yield {"article_id": article_id, "title": title, "outlet": outlet, "from": was, "to": place}


def _look(tried: dict[str, Any], words: Words, options: str, *, as_json: bool) -> None:
    _report(tried, words, options, as_json=as_json)
    if not as_json:
        print_lines([f"Nothing was changed: this is what would move ({counted(len(tried['moved']), 'article')})."])


def _report(result: dict[str, Any], words: Words, options: str, *, as_json: bool) -> None:
    undo = [f"newswatch {command}{options}" for command in words.undo(result)] if result["applied"] else []
    if as_json:
        return print_json(result | {"undo": undo})
    return print_lines(_lines(result, words, undo))


def _lines(result: dict[str, Any], words: Words, undo: Iterable[str]) -> Iterator[str]:
    moved = result["moved"]
    yield words.done(result) if moved else "No article changes its story; the correction is kept."
    for one in moved[:_SHOWN]:
        way = f"story {one['from']} -> {one['to'] or 'a new one'}"
        yield f"  {one['article_id']:>6}  {way}  {one['outlet']}, {cut(one['title'], _TITLE)}"
    if len(moved) > _SHOWN:
        yield f"  and {len(moved) - _SHOWN} more"
    yield from (f"  story {one['story_id']}: {event_in_words(one)}" for one in result["events"] if _is_news(one, moved))
    if result["applied"]:
        yield "This holds from now on, whatever is read later. Nobody is alerted."
        yield from (f"Undo: {command}" for command in undo)


def _is_news(event: dict[str, Any], moved: list[dict[str, Any]]) -> bool:
    """Whether an event says more than which articles moved."""
    sources = {one["from"] for one in moved}
    return event["kind"] == "crowned" or (event["kind"] == "merged" and event["other_story_id"] not in sources)
