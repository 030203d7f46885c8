"""``newswatch story``: who published first, who copied, how the story stands to others, what became of it."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, LimitOption, again, fail, reading

StoryId = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1, help="The story, as the feed shows it.")]


def story(
    story_id: StoryId,
    config: ConfigOption = None,
    data: DataOption = None,
    limit: LimitOption = 50,
    after: Annotated[
        int | None, typer.Option(min=1, max=2**63 - 1, help="Only articles behind this one: the next page.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show one story: who published first, who copied and how, related stories, what became of it."""
    from monitor.cli._story import document, lines
    from monitor.cli._table import print_json, print_lines
    from monitor.cli._waits import with_waits
    from monitor.cli._why import config_or_none
    from monitor.runtime import now
    from storage.feed import get_story

    loaded = config_or_none(config)
    with reading(config, data) as session:
        found = get_story(session, story_id, limit=limit, after=after)
        alerts = with_waits(session, found.alerts, loaded, now()) if found else []
    if found is None:
        fail(f"no story {story_id}; the latest: newswatch stories{again(config, data)}")
    shown = document(found, alerts)
    if as_json:
        print_json(shown)
    else:
        print_lines(lines(shown, again(config, data)))
