"""``newswatch stories``: clusters of copies round a canonical article."""

from __future__ import annotations

from typing import Any

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, LimitOption, reading


def stories(
    config: ConfigOption = None, data: DataOption = None, limit: LimitOption = 20, as_json: JsonOption = False
) -> None:
    """List the stories, newest first, with who published them."""
    from monitor.cli._names import source_names
    from monitor.cli._table import cut, print_json, print_table
    from storage.feed import as_json as to_json
    from storage.feed import list_stories

    with reading(config, data) as session:
        found = to_json(list_stories(session, limit=limit))
    if as_json:
        print_json({"stories": found})
        return
    if not found:
        typer.echo("No stories yet: they begin with the first stored article. Watch with: newswatch run")
        return
    names = source_names(config)
    marks = [_marks(story) for story in found]
    marked = ("marks",) if any(marks) else ()
    print_table(
        ("story", "seen (UTC)", "articles", "title", "outlets", *marked),
        (
            (
                story["id"],
                story["first_seen_at"][:16].replace("T", " "),
                story["article_count"],
                cut(story["title"], 70),
                cut(", ".join(dict.fromkeys(names.get(outlet, outlet) for outlet in story["outlets"])), 50),
                *((mark,) if marked else ()),
            )
            for story, mark in zip(found, marks, strict=True)
        ),
    )


def _marks(story: dict[str, Any]) -> str:
    """Return how a story stands to others: "revises 12; topic 3 (4 stories)"."""
    marks = [f"revises {', '.join(map(str, story['revises']))}"] if story["revises"] else []
    marks += [f"topic {story['topic_id']} ({story['topic_stories']} stories)"] if story["topic_stories"] > 1 else []
    return "; ".join(marks)
