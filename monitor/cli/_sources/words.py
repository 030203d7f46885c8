"""Polls and samples for people and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from monitor.cli._sources.preview import Trial, reason_of
from monitor.cli._sources.search import Tried
from monitor.cli._table import counted, cut
from monitor.log import redact
from monitor.sources._ranking import newest_first
from monitor.types import Failed, Reading, Rejected
from storage.feed import as_json
from storage.records import NewItem, Published

__all__ = ["Sample", "sample_json", "sample_lines", "trial_json", "trial_lines", "tried_json", "tried_rows"]

Sample = tuple[NewItem, Reading | Rejected | Failed]

_SHOWN = 8
_SHOWN_JSON = 50
_LINES, _CHARACTERS = 5, 70


def trial_lines(trial: Trial) -> list[str]:
    """Return what a poll brought: numbers, the first items, what was left out."""
    if trial.error is not None:
        return [f"failed: {trial.error}"]
    status = f"status {trial.status}, " if trial.status else ""
    size = f"{status}{counted(trial.bytes_read, 'byte')}, {trial.duration_s:.1f} s"
    items = newest_first(trial.items)[:_SHOWN]
    lines = [f"{counted(len(trial.items), 'item')} ({size})"]
    lines += [f"  {_date(item.published):16}  {_title(item)}" for item in items]
    more = len(trial.items) - _SHOWN
    lines += [f"  and {more} more"] if more > 0 else []
    lines += [f"skipped: {cut(text, 200)}" for text in trial.skipped[:_SHOWN]]
    return lines + [f"notice: {code}: {text}" for code, text in trial.notices]


def trial_json(trial: Trial) -> dict[str, Any]:
    """Return a poll as JSON values."""
    return {
        "url": redact(trial.url),
        "error": trial.error,
        "status": trial.status,
        "found": len(trial.items),
        "items": [
            {"url": item.url, "title": item.title, "published": as_json(item.published)}
            for item in newest_first(trial.items)[:_SHOWN_JSON]
        ],
        "skipped": list(trial.skipped),
        "notices": [{"code": code, "text": text} for code, text in trial.notices],
        "bytes": trial.bytes_read,
        "duration_s": round(trial.duration_s, 3),
    }


def sample_lines(sample: Sample | None) -> list[str]:
    """Return one article as it would be stored, or why it would not be."""
    if sample is None:
        return []
    item, result = sample
    if not isinstance(result, Reading):
        return [f"sample {redact(item.url)}", f"  not read: {reason_of(result)}"]
    found = result.extracted
    facts = {
        "date": found.published_at,
        "authors": ", ".join(found.authors),
        "source": found.source,
        "publisher": found.publisher,
        "mentions": ", ".join(dict.fromkeys(mention.entity for mention in result.mentions)),
    }
    lines = [f"sample {redact(result.url)}", f"  {found.title or '(no title)'}"]
    lines += [f"  {name:9} {cut(value, 120)}" for name, value in facts.items() if value]
    body = [cut(line, _CHARACTERS) for line in found.text.splitlines() if line.strip()]
    return [*lines, "", *(f"  {line}" for line in body[:_LINES]), f"  ({counted(len(found.text), 'character')})"]


def sample_json(sample: Sample | None) -> dict[str, Any] | None:
    """Return one article as JSON values."""
    if sample is None:
        return None
    item, result = sample
    if not isinstance(result, Reading):
        return {"url": redact(item.url), "error": reason_of(result)}
    found = result.extracted
    return {
        "url": redact(result.url),
        "title": found.title,
        "published_at": found.published_at,
        "authors": list(found.authors),
        "source": found.source,
        "publisher": found.publisher,
        "characters": len(found.text),
        "text": found.text[:500],
        "error": None,
    }


def tried_rows(tried: Sequence[Tried]) -> list[tuple[str, str, str, str]]:
    """Return a row for each candidate: kind, address, why it was tried, what came."""
    return [
        (one.candidate.kind, cut(redact(one.candidate.url), 60), one.candidate.how, cut(one.verdict.why, 100))
        for one in tried
    ]


def tried_json(tried: Sequence[Tried]) -> list[dict[str, Any]]:
    """Return the candidates as JSON values."""
    return [
        {
            "kind": one.candidate.kind,
            "url": redact(one.candidate.url),
            "how": one.candidate.how,
            "score": round(one.verdict.score, 1),
            "result": one.verdict.why,
        }
        for one in tried
    ]


def _date(published: Published | None) -> str:
    return published.value[:16].replace("T", " ") if published else "-"


def _title(item: NewItem) -> str:
    return cut(item.title, 100) if item.title else cut(redact(item.url), 100)
