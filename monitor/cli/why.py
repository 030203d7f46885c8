"""``newswatch why``: every decision on an address's way, and the answer of every rule, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

import typer

from monitor.cli._names import one_of
from monitor.cli._options import ConfigOption, DataOption, JsonOption, fail, reading
from monitor.cli._table import counted, when
from monitor.cli._why import answers_of, config_or_none, not_told_lines, one_rule, without_messages
from monitor.cli._words import (
    corrections_in_words,
    edge_in_words,
    event_in_words,
    lead_document,
    pairs_in_words,
)


class Language(StrEnum):
    """The language of what is said of rules."""

    ENGLISH = "en"
    CHINESE = "zh"


def why(
    address: Annotated[str, typer.Argument(metavar="URL|ID", help="An address, or the id of an article.")],
    config: ConfigOption = None,
    data: DataOption = None,
    rule: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this rule made of it.")] = None,
    language: Annotated[
        Language, typer.Option(metavar="LANGUAGE", parser=one_of(Language), help="What rules say in: en or zh.")
    ] = Language.ENGLISH,
    as_json: JsonOption = False,
) -> None:
    """Say why an article was or was not stored, merged, told of and sent, and what each rule made of it."""
    from monitor.cli._table import plain, print_json, print_lines
    from monitor.log import redact
    from monitor.runtime import now
    from monitor.urls import is_web, url_key
    from storage.feed import as_json as to_json
    from storage.feed import explain

    key = url_key(address) if is_web(address) else None
    loaded = config_or_none(config, rule)
    with reading(config, data) as session:
        found = explain(session, address, key=key)
        answers = answers_of(session, found, loaded, now(), rule=rule) if found and loaded else []
    if found is None:
        advice = "No source has named it. The sources and their health: newswatch sources"
        fail(f"never seen: {plain(redact(address))}\n{advice}")
    explanation = _document(to_json(found)) | {"rules": answers}
    if as_json:
        print_json(explanation)
    elif rule is not None:
        one_rule(explanation, language=language)
    else:
        print_lines(_lines(explanation, language))


def _document(found: dict[str, Any]) -> dict[str, Any]:
    """Return the explanation with the reasons in words beside the figures they come from."""
    if found["lead"] is not None:
        found["lead"] = lead_document(found["lead"])
    for edge in found["edges"]:
        edge["why"] = edge_in_words(found["article"]["id"], edge)
    return found


def _lines(found: dict[str, Any], language: Language) -> Iterator[str]:
    for item in found["items"]:
        yield from _item(item)
    article = found["article"]
    if article is None:
        return
    yield f"stored    as article {article['id']}, {article['verdict']}: {article['title']}"
    if found["story"]:
        yield from _story(article["id"], found["story"], found["lead"])
    yield from (f"compared  {edge['why']}" for edge in found["edges"])
    yield from (f"moved     {event_in_words(one)}" for one in found["events"] if one["kind"] != "silent")
    yield from (f"corrected {sentence}" for _, sentence in corrections_in_words(found["corrections"]))
    yield f"names     {', '.join(article['entities']) or 'no tracked name'}"
    silent = [one for one in found["events"] if one["kind"] == "silent"]
    yield from (f"silent    {event_in_words(one)}" for one in silent)
    if not (silent or found["alerts"]):
        yield "alerts    no rule matched this story"
    yield from _alerts(article, found["alerts"], found["rules"])
    yield from not_told_lines(found["rules"], (one["detail"] for one in silent), language=language)


def _story(article: int, story: dict[str, Any], lead: dict[str, Any]) -> Iterator[str]:
    size = f"{counted(story['article_count'], 'article')} from {', '.join(story['outlets'])}"
    leads = "this article" if lead["article_id"] == article else f"article {lead['article_id']}"
    yield f"story     {story['id']}, {size}, led by article {story['canonical_id']}"
    if lead["why"]:
        yield f"leads     {leads} before article {lead['instead_of']}: {lead['why']}"
    if story["revises"]:
        yield f"revises   {', '.join(f'story {other}' for other in story['revises'])}"
    if story["topic_stories"] > 1:
        yield f"topic     {story['topic_id']}: {story['topic_stories']} stories tell of this event"


def _item(item: dict[str, Any]) -> Iterator[str]:
    yield f"address   {item['url']}"
    yield f"found     {when(item['discovered_at'])} UTC in source {item['source_id']}"
    detail = f": {item['detail']}" if item["detail"] else ""
    if item["state"] == "pending":
        yield f"waits     until {when(item['due_at'])} UTC after {counted(item['attempts'], 'attempt')}{detail}"
    else:
        yield f"ended     as {item['outcome']}{detail}"


def _alerts(article: dict[str, Any], alerts: list[dict[str, Any]], answers: list[dict[str, Any]]) -> Iterator[str]:
    for alert in alerts:
        hit = alert["hit"]
        here = hit["story_id"] == article["story_id"]
        whose = "the same story" if here else f"story {hit['story_id']}, where this one came from"
        through = "" if hit["article_id"] == article["id"] else f" through article {hit['article_id']} of {whose}"
        terms = ", ".join(sorted({span["surface"] for span in hit["spans"]})[:8])
        changes = f": {pairs_in_words(hit['changes'])}" if hit["changes"] else ""
        yield f"rule      {hit['rule']} matched ({hit['reason']}{changes}){through}: {terms}"
        for message in hit["deliveries"]:
            error = f", {message['last_error']}" if message["last_error"] else ""
            tries = counted(message["attempts"], "attempt")
            yield f"  sent to {message['channel']}: {message['state']} after {tries}{error}"
        yield from without_messages(answers, hit)
