"""One story as JSON and as a page for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from monitor.cli._moves import corrections_in_words, event_in_words
from monitor.cli._table import aligned, counted, cut, fitted, heading, screen_width, when, wrapped
from monitor.cli._waits import messages_in_words
from monitor.cli._words import (
    evidence_in_words,
    lag_in_words,
    lead_document,
    pairs_in_words,
    published_in_words,
    share,
    verdict_in_words,
)

if TYPE_CHECKING:
    from storage.feed import StoryDetail

__all__ = ["document", "lines"]

_TITLE = 60
_NAMES = 6  # outlets that are listed by name
_FEW = 5  # related stories of one kind that a page lists
_COPIES = ("exact_copy", "near_copy")
_RELATED = {
    "revises": "revises",
    "revised_by": "revised by",
    "contains": "contains",
    "contained_in": "is contained in",
    "copy": "has a copy in",
    "template_sibling": "is of one template with",
}
_VERDICTS = {"revises": "revision", "revised_by": "revision", "copy": "near_copy"}


def document(found: StoryDetail, alerts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a story as JSON values, with the reasons in words, and its alerts with what they wait for."""
    from storage.feed import as_json

    shown: dict[str, Any] = as_json(found)
    shown["lead"] = lead_document(shown["lead"])
    shown["alerts"] = alerts
    for member in (*shown["members"], *filter(None, [shown["first"]])):
        known = member["evidence"] is not None
        name = f"article {member['compared_id']}"
        member["why"] = _why(member["verdict"], member["evidence"], name, "this") if known else None
    for related in shown["related"]:
        verdict = _VERDICTS.get(related["relation"], related["relation"])
        related["why"] = _why(verdict, related["evidence"], "this story", f"story {related['story_id']}")
    return shown


def lines(shown: dict[str, Any], options: str) -> Iterator[str]:
    """Yield the page of a story; ``options`` are those that find its store again."""
    story, columns = shown["story"], screen_width()
    if shown["asked_id"] != story["id"]:
        yield f"Story {shown['asked_id']} went into story {story['id']}:"
    yield heading(fitted(f"story {story['id']}: {story['title']}", columns))
    for fact in _facts(shown):
        yield from wrapped(fact, columns, indent=" " * 11)
    for title, content in _sections(shown, columns):
        yield from _section(title, content, columns)
    if shown["next_after"] is not None:
        yield f"\nThe next articles: newswatch story {story['id']} --after {shown['next_after']}{options}"


def _sections(shown: dict[str, Any], columns: int) -> Iterator[tuple[str, Iterable[str]]]:
    story = shown["story"]
    yield f"Articles ({story['article_count']}), as they were published", _members(shown, columns - 2)
    yield "Related stories", _related(shown)
    yield f"Stories of the same event (topic {story['topic_id']})", _beside(shown)
    yield "What became of it (UTC)", (f"{when(one['at'])}  {event_in_words(one)}" for one in shown["events"])
    said = (f"{when(at)}  {sentence}" for at, sentence in corrections_in_words(shown["corrections"]))
    yield "Corrections by people (UTC)", said
    yield "Alerts (UTC)", map(_alert, shown["alerts"])


def _why(verdict: str, evidence: dict[str, Any], a: str, b: str) -> str:
    return evidence_in_words(verdict, evidence, a=a, b=b)


def _facts(shown: dict[str, Any]) -> Iterator[str]:
    story, lead, first = shown["story"], shown["lead"], shown["first"]
    outlets = story["outlets"]
    more = f" and {len(outlets) - _NAMES} more" if len(outlets) > _NAMES else ""
    size = f"{counted(story['article_count'], 'article')} in {counted(len(outlets), 'outlet')}"
    facts = {
        "size": f"{size}: {', '.join(outlets[:_NAMES])}{more}",
        "led by": f"article {lead['article_id']}, {lead['outlet']}"
        + (f", before article {lead['instead_of']}: {lead['why']}" if lead["why"] else ""),
        "first": _first(first) if first else "unknown: no article says when it was published",
        "address": story["url"],
        "names": ", ".join(story["entities"]),
    }
    yield from (f"  {name:8} {value}" for name, value in facts.items() if value)


def _first(first: dict[str, Any]) -> str:
    return f"{first['outlet']}, {published_in_words(first['published'])} (article {first['article_id']})"


def _members(shown: dict[str, Any], columns: int) -> Iterator[str]:
    """Yield a line for each article with its place in time, and below it what differs and the address."""
    together = [one for one in shown["corrections"] if one["verdict"] == "together"]
    by_hand = {one[key] for one in together for key in ("article_id", "other_id")}
    first = shown["first"]["article_id"] if shown["first"] else None
    rows: list[tuple[str, ...]] = [("id", "published", "lag", "what", "common", "outlet")]
    rows += [_row(member, first, by_hand) for member in shown["members"]]
    header, *table = aligned(rows, columns)
    yield header
    for member, line in zip(shown["members"], table, strict=True):
        yield line
        yield from (f"    {detail}" for detail in (*_details(member, shown["lead"]["article_id"]), member["url"]))


def _row(member: dict[str, Any], first: int | None, by_hand: set[int]) -> tuple[str, ...]:
    evidence = member["evidence"]
    return (
        str(member["article_id"]),
        published_in_words(member["published"]),
        "first" if member["article_id"] == first else lag_in_words(member["lag"]),
        _what(member, by_hand),
        share(evidence["similarity"]) if evidence else "",
        member["outlet"],
    )


def _what(member: dict[str, Any], by_hand: set[int]) -> str:
    if member["is_canonical"]:
        return "leads"
    if member["verdict"] in _COPIES:
        return verdict_in_words(member["verdict"])
    return "by a person" if member["article_id"] in by_hand else "not compared"


def _details(member: dict[str, Any], lead: int) -> Iterator[str]:
    """Yield who an article names as its source, and what it has otherwise than the one it was compared with."""
    if member["source"]:
        yield f"credits {member['source']}"
    evidence = member["evidence"]
    if evidence is None:
        return
    if member["compared_id"] != lead:
        yield f"beside article {member['compared_id']}:"
    cut_off, added = 1 - evidence["containment_a"], 1 - evidence["containment_b"]
    shares = [f"{share(part)} {what}" for part, what in ((cut_off, "cut"), (added, "added")) if part]
    if shares:
        yield ", ".join(shares)
    for what in ("name", "number"):
        if pairs := evidence[f"{what}_conflicts"]:
            yield f"other {what}s: {pairs_in_words(pairs)}"


def _related(shown: dict[str, Any]) -> Iterator[str]:
    for relation, count in shown["related_counts"].items():
        few = [one for one in shown["related"] if one["relation"] == relation][:_FEW]
        yield from (f"{_RELATED[relation]} {_other(one)}" for one in few)
        if count > len(few):
            left = count - len(few)
            yield f"{_RELATED[relation]} {left} more {'story' if left == 1 else 'stories'}"


def _other(related: dict[str, Any]) -> str:
    changes = f" ({pairs_in_words(related['changes'])})" if related["changes"] else ""
    return f"story {related['story_id']}{changes}: {related['outlet']}, {cut(related['title'], _TITLE)}"


def _beside(shown: dict[str, Any]) -> Iterator[str]:
    """Yield the other stories of the topic, each with the reason that ties it and this story to the first of them."""
    for one in shown["same_event"]:
        story = one["story"]
        reason = shown["same_event_why"] if one["via_story_id"] is None else one["reason"]
        yield f"story {story['id']}: {story['outlets'][0]}, {cut(story['title'], _TITLE)}"
        yield f"    {reason}"


def _alert(alert: dict[str, Any]) -> str:
    hit = alert["hit"]
    changes = f", {pairs_in_words(hit['changes'])}" if hit["changes"] else ""
    told = f"{hit['rule']} ({hit['reason']}{changes}) by article {hit['article_id']}"
    return f"{when(hit['created_at'])}  {told}; {messages_in_words(alert)}"


def _section(title: str, content: Iterable[str], columns: int) -> Iterator[str]:
    shown = [line for text in content for line in wrapped(f"  {text}", columns, indent=" " * 6)]
    if shown:
        yield from ("", heading(title), *shown)
