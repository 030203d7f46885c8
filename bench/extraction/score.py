"""Scores an answer against the gold of its page. Pure; knows nothing of extractors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from bench.extraction.extractors import Answer
from bench.extraction.page import Gold

__all__ = ["Score", "furniture_left", "is_date_right", "score", "scored_lines", "trigrams"]

Score = dict[str, float]
BULLET = re.compile(r"^\s*(?:[-*•·●▪►]|\d{1,2}[.、)](?!\d))\s*")
NOISE = re.compile(r"[\s|\u200b\ufeff\u00ad]+|-{3,}")
SHORT = 4  # furniture of so few characters must be a line of its own to count


def score(answer: Answer, gold: Gold) -> Score:
    """Return the figures of one page; a figure that does not apply to the page or the extractor is left out.

    ``precision``, ``recall`` and ``f1`` compare trigrams of characters, ``lines`` is the share of paragraphs, headings,
    items and rows of a table that stand on a line of their own, ``headings`` an F1 of the headings found as such.
    ``date`` asks for the precision of the page, ``day`` for the day alone. ``author_invented`` and ``source_invented``
    are 1 where the page names none.
    """
    result = _body(answer, gold)
    result["furniture"] = float(bool(furniture_left(answer.text, gold)))
    if answer.title is not None:
        result["title"] = float(answer.title.split() == gold.title.split())
    if answer.published is not None and gold.published:
        result["date"] = float(is_date_right(answer.published, gold.published))
        result["day"] = float(is_date_right(answer.published, gold.published, day_only=True))
    result |= _headings(answer, gold) | _authors(answer, gold) | _named(answer, gold)
    return result


def _body(answer: Answer, gold: Gold) -> Score:
    found, wanted = trigrams(scored_lines(answer.text, gold)), trigrams(scored_lines(gold.text, gold))
    common = (found & wanted).total()
    lines, kept = scored_lines(gold.text, gold), set(scored_lines(answer.text, gold))
    return {
        "precision": common / max(1, found.total()),
        "recall": common / max(1, wanted.total()),
        "f1": 2 * common / max(1, found.total() + wanted.total()),
        "lines": sum(line in kept for line in lines) / len(lines),
    }


def _headings(answer: Answer, gold: Gold) -> Score:
    if answer.headings is None or not gold.headings:
        return {}
    wanted, free = set(map(_bare, gold.headings)), set(map(_bare, (*gold.leads, *gold.neutral)))
    found = set(map(_bare, answer.headings)) - free
    return {"headings": 2 * len(found & wanted) / (len(found) + len(wanted))}


def _authors(answer: Answer, gold: Gold) -> Score:
    if answer.authors is None or gold.authors is None:
        return {}
    if not gold.authors:
        return {"author_invented": float(bool(answer.authors))}
    return {"author": float(set(map(_spaced, answer.authors)) == set(map(_spaced, gold.authors)))}


def _named(answer: Answer, gold: Gold) -> Score:
    result: Score = {}
    if answer.source is not None:
        if gold.source:
            result["source"] = float(_spaced(answer.source) == _spaced(gold.source))
        else:
            result["source_invented"] = float(answer.source not in ("", gold.publisher, gold.account))
    if answer.editors is not None and gold.editors:
        result["editor"] = float(answer.editors == gold.editors)
    if answer.publisher is not None and gold.publisher:
        result["publisher"] = float(_spaced(answer.publisher) == _spaced(gold.publisher))
    if answer.next_page is not None:
        result["next_page"] = float((answer.next_page or None) == gold.next_page)
    return result


def scored_lines(text: str, gold: Gold) -> list[str]:
    """Return the lines that count, bare of white space and bullets: neither the title nor what may stay or go."""
    skipped = {_bare(line) for line in (gold.title, *gold.neutral)} | {""}
    return [line for line in map(_bare, text.splitlines()) if line not in skipped]


def furniture_left(text: str, gold: Gold) -> list[str]:
    """Return the lines of furniture that stayed in the text."""
    lines, wanted = list(map(_bare, text.splitlines())), _bare(gold.text.replace("\n", ""))
    whole = "\n".join(lines)
    candidates = ((line, _bare(line)) for line in gold.furniture)
    return [
        line
        for line, bare in candidates
        if bare not in wanted and (bare in lines if len(bare) < SHORT else bare in whole)
    ]


def trigrams(lines: Iterable[str]) -> Counter[str]:
    text = "".join(lines)
    return Counter(text[i : i + 3] for i in range(len(text) - 2))


def is_date_right(found: str, wanted: str, *, day_only: bool = False) -> bool:
    """Say whether a date is the wanted one, as precise as it, but not finer; seconds may be left out.

    Times without a zone are taken in the zone of the wanted one.
    """
    a, b = _parse(found), _parse(wanted)
    if a is None or b is None:
        return False
    (found_at, found_parts), (wanted_at, wanted_parts) = a, b
    if found_at.tzinfo and wanted_at.tzinfo and found_parts > 3:
        found_at = found_at.astimezone(wanted_at.tzinfo)
    if day_only or wanted_parts == 3:
        return found_at.date() == wanted_at.date() and (day_only or found_parts == 3)
    is_precise = 5 <= found_parts <= wanted_parts
    same_second = found_parts < 6 or found_at.second == wanted_at.second
    return is_precise and same_second and _minute(found_at) == _minute(wanted_at)


def _minute(at: datetime) -> tuple[int, ...]:
    return (at.year, at.month, at.day, at.hour, at.minute)


DATE = re.compile(
    r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?(?:[T\s]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)


def _parse(text: str) -> tuple[datetime, int] | None:
    """Return the time, aware if a zone is given, and how many of its parts are: 3 (day), 5 (minute), 6 (second)."""
    match = DATE.match(text.strip())
    if not match:
        return None
    numbers = [int(part) for part in match.groups()[:6] if part is not None]
    zone = match[7]
    offset = UTC if zone == "Z" else datetime.fromisoformat(f"2000-01-01T00:00{zone}").tzinfo if zone else None
    try:
        return datetime(*numbers[:3], *(numbers[3:] or (0,)), tzinfo=offset), len(numbers)  # type: ignore[arg-type,misc]
    except ValueError:
        return None


def _bare(line: str) -> str:
    return NOISE.sub("", BULLET.sub("", line))


def _spaced(text: str) -> str:
    """Return a name as it is compared: white space and case do not count."""
    return " ".join(text.split()).casefold()
