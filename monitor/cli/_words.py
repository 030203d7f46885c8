"""What the feed knows of stories, in plain words: evidence, facts, lags, dates, changes."""

from __future__ import annotations

from typing import Any

__all__ = [
    "evidence_in_words",
    "fact_in_words",
    "lag_in_words",
    "lead_document",
    "pairs_in_words",
    "published_in_words",
    "share",
    "verdict_in_words",
]

_PAIRS = 5
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def verdict_in_words(verdict: str) -> str:
    """Return a verdict without its underscore: "near copy"."""
    return verdict.replace("_", " ")


def evidence_in_words(verdict: str, evidence: dict[str, Any], *, a: str, b: str) -> str:
    """Return why A is ``verdict`` to B, with their names in the places of A and B; ``evidence`` as JSON values."""
    from monitor.dedupe.words import in_words
    from storage.records import VerdictKind
    from storage.rows import evidence_from

    return in_words(VerdictKind(verdict), evidence_from(evidence), a=a, b=b)


def fact_in_words(what: str, value: str) -> str:
    """Return a fact of a regulation: "effective 2023-08-15", "stage in force"."""
    spaced = value.replace("_", " ") if what == "stage" else value
    return f"{what.replace('_', ' ')} {spaced}"


def lead_document(lead: dict[str, Any], *, language: str = "en") -> dict[str, Any]:
    """Return which article leads a story, before which other one, and why; both None where it is alone in it."""
    from monitor.dedupe.precedence import why_leads

    worse = lead["next_precedence"]
    why = None if worse is None else why_leads(lead["precedence"], worse, language=language)
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


def pairs_in_words(pairs: list[list[str]]) -> str:
    """Return the first few changes: "80 -> 130, 7 -> 9 and 3 more"."""
    listed = ", ".join(f"{old} -> {new}" for old, new in pairs[:_PAIRS])
    return listed + (f" and {len(pairs) - _PAIRS} more" if len(pairs) > _PAIRS else "")


def share(value: float) -> str:
    """Return a share as per cent: never "100 %" for less than all, nor "0 %" for more than nothing."""
    if 0.995 <= value < 1:
        return ">99 %"
    return "<1 %" if 0 < value < 0.005 else f"{100 * value:.0f} %"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _rest(count: int, unit: str) -> str:
    return f" {count} {unit}" if count else ""
