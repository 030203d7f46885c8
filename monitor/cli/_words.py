"""What the feed knows of stories, in plain words: relations, evidence, lags, events, corrections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storage.records import Evidence

__all__ = [
    "corrections_in_words",
    "edge_in_words",
    "event_in_words",
    "evidence_in_words",
    "fact_in_words",
    "lag_in_words",
    "lead_document",
    "pairs_in_words",
    "published_in_words",
    "share",
    "verdict_in_words",
]

_LISTED = 10
_PAIRS = 5
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_HOLDS = re.compile(r"(?:^|(?<=; ))([AB]) holds ((?:more than |less than )?\d+ %) of ([AB])(?=;|$)")

_RELATIONS = {
    "exact_copy": "is an exact copy of",
    "near_copy": "is a near copy of",
    "contains": "contains",
    "contained_in": "is contained in",
    "revision": "is a revision of",
    "template_sibling": "is from the same template as",
}
_TOLD = {
    "revises": ", which this one revises,",
    "revised_by": ", which revises this one,",
    "contains": ", which this one contains,",
    "contained_in": ", which contains this one,",
    "copy": ", which has a copy of it,",
}
_EVENTS = {
    "crowned": "article {article_id} leads now, instead of article {other_id}",
    "joined": "article {article_id} came from story {other_story_id}",
    "left": "article {article_id} went to story {other_story_id}",
    "merged": "all of story {other_story_id} came here",
    "split": "story {other_story_id} began with articles from here",
}


def verdict_in_words(verdict: str) -> str:
    """Return a verdict without its underscore: "near copy"."""
    return verdict.replace("_", " ")


def edge_in_words(article_id: int, edge: dict[str, Any]) -> str:
    """Return how an article stands to another: "this is a near copy of article 12: 87 % of the text in common; ...".

    Differences read from the older to the newer.
    """
    from storage.feed.relations import mirrored, turned
    from storage.rows import evidence_from

    newer, older = (_named(edge[end], article_id) for end in ("from_id", "to_id"))
    evidence = turned(evidence_from(edge["evidence"]))
    why = _because(mirrored(edge["verdict"]), evidence, a=older, b=newer)
    return f"{newer} {_RELATIONS[edge['verdict']]} {older}: {why}"


def evidence_in_words(verdict: str, evidence: dict[str, Any], *, a: str, b: str) -> str:
    """Return why A is ``verdict`` to B, with their names in the places of A and B; ``evidence`` as JSON values."""
    from storage.rows import evidence_from

    return _because(verdict, evidence_from(evidence), a=a, b=b)


def fact_in_words(what: str, value: str) -> str:
    """Return a fact of a regulation: "effective 2023-08-15", "stage in force"."""
    spaced = value.replace("_", " ") if what == "stage" else value
    return f"{what.replace('_', ' ')} {spaced}"


def lead_document(lead: dict[str, Any]) -> dict[str, Any]:
    """Return which article leads a story, before which other one, and why; both None where it is alone in it."""
    from monitor.dedupe.precedence import why_leads

    worse = lead["next_precedence"]
    why = None if worse is None else why_leads(lead["precedence"], worse)
    shown = {name: lead[name] for name in ("article_id", "title", "outlet")}
    return shown | {"why": why, "instead_of": lead["next_id"]}


def lag_in_words(lag: dict[str, int | None] | None) -> str:
    """Return how far an article lies behind the first: "+2 h 10 min", "+3 days 4 h", "+1 day"; "unknown" for None."""
    if lag is None:
        return "unknown"
    seconds, days = lag["seconds"], lag["days"] or 0
    if seconds is None:
        return f"+{_counted(days, 'day')}" if days > 0 else "same day"
    if seconds < _MINUTE:
        return "same minute"
    if seconds < _HOUR:
        return f"+{seconds // _MINUTE} min"
    if seconds < _DAY:
        return f"+{seconds // _HOUR} h{_rest(seconds % _HOUR // _MINUTE, 'min')}"
    return f"+{_counted(seconds // _DAY, 'day')}{_rest(seconds % _DAY // _HOUR, 'h')}"


def published_in_words(published: dict[str, str] | None) -> str:
    """Return a date as its page gives it, to the minute: "2026-11-20 08:30 +08:00"."""
    if published is None:
        return "not said"
    value = published["value"]
    offset = value[16:].lstrip(":0123456789.") if len(value) > 16 else ""
    return " ".join(filter(None, (value[:10], value[11:16], "UTC" if offset == "Z" else offset)))


def event_in_words(event: dict[str, Any]) -> str:
    """Return what became of a story."""
    if event["kind"] == "silent":
        how = _TOLD.get(event["relation"], "")
        return (
            f"rule {event['detail']} held for article {event['article_id']}, "
            f"but story {event['other_story_id']}{how} had told it"
        )
    said = _EVENTS[event["kind"]].format(**event)
    return f"{said} ({event['detail']})" if event["detail"] else said


def corrections_in_words(corrections: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield what people said of articles, with its time: one sentence for all that was said at once."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for one in corrections:
        key = one["created_at"], one["verdict"], one["note"], one["story_id"], one["other_story_id"]
        groups.setdefault(key, []).append(one)
    for (at, verdict, note, story, other_story), said in groups.items():
        ones, others = (_articles({one[key] for one in said}) for key in ("article_id", "other_id"))
        elsewhere = f" (story {other_story})" if other_story != story else ""
        verb = "held together with" if verdict == "together" else "kept apart from"
        yield at, f"{ones} {verb} {others}{elsewhere}" + (f": {note}" if note else "")


def pairs_in_words(pairs: list[list[str]]) -> str:
    """Return the first few changes: "80 -> 130, 7 -> 9 and 3 more"."""
    listed = ", ".join(f"{old} -> {new}" for old, new in pairs[:_PAIRS])
    return listed + (f" and {len(pairs) - _PAIRS} more" if len(pairs) > _PAIRS else "")


def share(value: float) -> str:
    """Return a share as per cent: never "100 %" for less than all, nor "0 %" for more than nothing."""
    if 0.995 <= value < 1:
        return ">99 %"
    return "<1 %" if 0 < value < 0.005 else f"{100 * value:.0f} %"


def _because(verdict: str, evidence: Evidence, *, a: str, b: str) -> str:
    from monitor.dedupe.words import in_words
    from storage.records import VerdictKind

    names = {"A": a, "B": b}
    said = in_words(VerdictKind(verdict), evidence)
    return _HOLDS.sub(lambda found: f"{names[found[1]]} holds {found[2]} of {names[found[3]]}", said)


def _named(article_id: int, this: int) -> str:
    return "this" if article_id == this else f"article {article_id}"


def _articles(ids: set[int]) -> str:
    listed = [str(one) for one in sorted(ids)[:_LISTED]]
    more = f" and {len(ids) - _LISTED} more" if len(ids) > _LISTED else ""
    return f"article {listed[0]}" if len(ids) == 1 else f"articles {', '.join(listed)}{more}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _rest(count: int, unit: str) -> str:
    return f" {count} {unit}" if count else ""
