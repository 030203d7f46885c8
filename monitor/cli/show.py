"""``newswatch show``: one article with all that is known of it."""

from __future__ import annotations

from typing import Any

from monitor.cli._options import ArticleId, ConfigOption, DataOption, JsonOption, fail, reading


def show(
    article: ArticleId,
    config: ConfigOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one article: text, names, copies, revisions, and what cleaning removed."""
    from monitor.cli._table import print_json, print_lines
    from storage.feed import as_json as to_json
    from storage.feed import get_article

    with reading(config, data) as session:
        found = get_article(session, article)
    if found is None:
        fail(f"no article {article}; the feed lists them: newswatch feed")
    view = to_json(found)
    view = view.pop("summary") | view
    if as_json:
        print_json(view)
    else:
        print_lines(_lines(view))


def _lines(view: dict[str, Any]) -> list[str]:
    facts = {
        "address": view["url"],
        "published": _published(view["published"]),
        "authors": ", ".join(view["authors"]),
        "source": view["source"],
        "publisher": view["publisher"],
        "verdict": f"{view['verdict']}, story {view['story_id']}, revision {view['revision']}",
        "flags": ", ".join(view["flags"]),
        "mentions": "; ".join(sorted({f"{m['surface']} = {m['entity']}" for m in view["mentions"]})),
        "keywords": ", ".join(view["keywords"]),
    }
    return [
        view["title"] or "(no title)",
        *(f"  {name:10} {value}" for name, value in facts.items() if value),
        "",
        view["text"],
        *_section("Stands to other articles", (_edge(view["id"], edge) for edge in view["edges"])),
        *_section("Earlier forms", (f"{r['number']}: replaced {r['replaced_at'][:16]}" for r in view["revisions"])),
        *_section("Removed as furniture", (f"[{line['rule']}] {line['text']}" for line in view["removed"])),
        *_section("Rules", (f"{hit['rule']} ({hit['reason']})" for hit in view["hits"])),
    ]


def _published(published: dict[str, str] | None) -> str | None:
    return f"{published['value']} ({published['precision']}, from {published['origin']})" if published else None


def _edge(article: int, edge: dict[str, Any]) -> str:
    other = edge["to_id"] if edge["from_id"] == article else edge["from_id"]
    towards = "of" if edge["from_id"] == article else "is one of this:"
    return (
        f"{edge['verdict']} {towards} article {other} ({edge['evidence']['similarity']:.0%} in common): {edge['title']}"
    )


def _section(title: str, lines: Any) -> list[str]:
    shown = [f"  {line}" for line in lines]
    return ["", f"{title}:", *shown] if shown else []
