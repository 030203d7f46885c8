"""``newswatch split``: a person takes articles out of a story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli._correct import DryRunOption, NoteOption, Order, Words, YesOption, carry_out
from monitor.cli._options import ConfigOption, DataOption, JsonOption
from monitor.cli._table import counted

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

_LARGEST = 2**31 - 1


def split(
    story: Annotated[int, typer.Argument(metavar="STORY", min=1, max=_LARGEST, help="The story to split.")],
    article: Annotated[
        list[int], typer.Argument(metavar="ARTICLE...", min=1, max=_LARGEST, help="The articles that leave it.")
    ],
    config: ConfigOption = None,
    data: DataOption = None,
    note: NoteOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    as_json: JsonOption = False,
) -> None:
    """Take articles out of a story, for good: they are another story, whatever is read later."""
    articles = tuple(dict.fromkeys(article))

    def act(session: Session, now: datetime) -> int:
        from monitor.stories import split_story

        return split_story(session, story, articles, note=note, now=now)

    def done(result: dict[str, Any]) -> str:
        which = f"{counted(len(articles), 'article')} of story {story}"
        if not result["applied"]:
            return f"{which} would leave it for {_named(result['story'])}:"
        return f"{which} {'is' if len(articles) == 1 else 'are'} {_named(result['story'])} now:"

    order = Order(act=act, stories=(story,), dry_run=dry_run, yes=yes, as_json=as_json)
    carry_out(config, data, order, Words(done=done, undo=lambda result: [f"merge {story} {result['story']}"]))


def _named(story: int | None) -> str:
    return "a new story" if story is None else f"story {story}"
