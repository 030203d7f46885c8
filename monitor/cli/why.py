"""``newswatch why``: every decision on an address's way, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, fail, reading
from monitor.cli._table import counted

_RELATIONS = {
    "exact_copy": "is an exact copy of",
    "near_copy": "is a near copy of",
    "contains": "contains",
    "contained_in": "is contained in",
    "revision": "is a revision of",
    "template_sibling": "is from the same template as",
}


def why(
    address: Annotated[str, typer.Argument(metavar="URL|ID", help="An address, or the id of an article.")],
    config: ConfigOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say why an article was or was not stored, merged, told of and sent."""
    from monitor.cli._table import plain, print_json, print_lines
    from monitor.log import redact
    from monitor.urls import is_web, url_key
    from storage.feed import as_json as to_json
    from storage.feed import explain

    key = url_key(address) if is_web(address) else None
    with reading(config, data) as session:
        found = explain(session, address, key=key)
    if found is None:
        advice = "No source has named it. The sources and their health: newswatch sources"
        fail(f"never seen: {plain(redact(address))}\n{advice}")
    explanation = to_json(found)
    if as_json:
        print_json(explanation)
    else:
        print_lines(_lines(explanation))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    for item in found["items"]:
        yield from _item(item)
    article, story = found["article"], found["story"]
    if article is None:
        return
    yield f"stored    as article {article['id']}, {article['verdict']}: {article['title']}"
    if story:
        outlets = ", ".join(story["outlets"])
        size = f"{counted(story['article_count'], 'article')} from {outlets}"
        yield f"story     {story['id']}, {size}, led by article {story['canonical_id']}"
    for edge in found["edges"]:
        yield from _edge(article["id"], edge)
    yield f"names     {', '.join(article['entities']) or 'no tracked name'}"
    yield from _alerts(article["id"], found["alerts"])


def _item(item: dict[str, Any]) -> Iterator[str]:
    yield f"address   {item['url']}"
    yield f"found     {item['discovered_at'][:16]} in source {item['source_id']}"
    detail = f": {item['detail']}" if item["detail"] else ""
    if item["state"] == "pending":
        yield f"waits     until {item['due_at'][:16]} after {counted(item['attempts'], 'attempt')}{detail}"
    else:
        yield f"ended     as {item['outcome']}{detail}"


def _edge(article: int, edge: dict[str, Any]) -> Iterator[str]:
    evidence = edge["evidence"]
    other = edge["to_id"] if edge["from_id"] == article else edge["from_id"]
    conflicts = len(evidence["number_conflicts"])
    numbers = f"{counted(conflicts, 'number')} {'differs' if conflicts == 1 else 'differ'}"
    whose = "this" if edge["from_id"] == article else f"article {other}"
    yield (
        f"compared  {whose} {_RELATIONS[edge['verdict']]} {other if whose == 'this' else 'this'}: "
        f"{evidence['similarity']:.0%} of the text in common, {numbers}"
    )


def _alerts(article: int, alerts: list[dict[str, Any]]) -> Iterator[str]:
    if not alerts:
        yield "alerts    no rule matched this story"
    for alert in alerts:
        hit = alert["hit"]
        through = "" if hit["article_id"] == article else f" through article {hit['article_id']} of the same story"
        terms = ", ".join(sorted({span["surface"] for span in hit["spans"]})[:8])
        yield f"rule      {hit['rule']} matched ({hit['reason']}){through}: {terms}"
        for message in hit["deliveries"]:
            error = f", {message['last_error']}" if message["last_error"] else ""
            tries = counted(message["attempts"], "attempt")
            yield f"  sent to {message['channel']}: {message['state']} after {tries}{error}"
        if not hit["deliveries"]:
            yield "  waits for the next digest"
