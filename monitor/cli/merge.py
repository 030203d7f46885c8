"""``newswatch merge``: a person makes one story of several."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli._correct import DryRunOption, NoteOption, Order, Words, YesOption, carry_out
from monitor.cli._options import ConfigOption, DataOption, JsonOption

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

_LARGEST = 2**31 - 1


def merge(
    story: Annotated[int, typer.Argument(metavar="STORY", min=1, max=_LARGEST, help="The story that stays.")],
    others: Annotated[
        list[int], typer.Argument(metavar="STORY...", min=1, max=_LARGEST, help="The stories that go into it.")
    ],
    config: ConfigOption = None,
    data: DataOption = None,
    note: NoteOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make one story of several, for good: their articles stay together, whatever is read later."""
    merged = tuple(dict.fromkeys(others))

    def act(session: Session, now: datetime) -> int:
        from monitor.stories import merge_stories

        return merge_stories(session, story, merged, note=note, now=now)

    def done(result: dict[str, Any]) -> str:
        which = f"story {merged[0]}" if len(merged) == 1 else f"stories {', '.join(map(str, merged))}"
        goes = ("goes" if len(merged) == 1 else "go") if result["applied"] else "would go"
        return f"{which.capitalize()} {goes} into story {result['story']}:"

    order = Order(act=act, stories=(story, *merged), dry_run=dry_run, yes=yes, as_json=as_json)
    carry_out(config, data, order, Words(done=done, undo=_undo))


def _undo(result: dict[str, Any]) -> list[str]:
    """Return a command for each story whose articles came here: it takes them out again."""
    came: dict[int, list[int]] = defaultdict(list)
    for one in result["moved"]:
        if one["to"] == result["story"]:
            came[one["from"]].append(one["article_id"])
    return [f"split {result['story']} {' '.join(map(str, articles))}" for _, articles in sorted(came.items())]
