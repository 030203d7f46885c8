"""A message put into words: what every form of it shows, before any markup.

Pure. Text from outside appears in it as clean lines without ``@`` (``alerts.plain.without_calls``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from alerts.digest import Digest, NewName
from alerts.entry import Entry
from alerts.item import Item, change_of, event_item, shown_excerpt
from alerts.local_times import local_time
from alerts.phrases import Phrases
from alerts.plain import cut, line, web_link, without_calls
from alerts.rules import Severity
from alerts.sentence import Excerpt
from storage.records import HitReason

__all__ = ["Name", "View", "alert_view", "alerts_view", "digest_view"]

_IN_FULL = 50  # stories shown with their details; the others are one line each, as Gmail cuts mails off at 102 kB
_MAX_SUBJECT = 150
_MAX_GROUP = 80
_CHANGES = ("withdrawal", "correction", "changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name that nobody tracks yet: what it is, and a sentence that has it."""

    name: str
    detail: str
    link: str | None
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A whole message in words; ``summary``, ``window`` and ``notes`` stand at its head, as far as there are any."""

    language: str
    subject: str
    heading: str
    summary: str
    window: str
    items: tuple[Item, ...]
    more_heading: str
    more: tuple[Item, ...]
    footer: tuple[str, ...]
    names_heading: str = ""
    names: tuple[Name, ...] = ()
    names_advice: str = ""
    notes: tuple[str, ...] = ()


def digest_view(digest: Digest, words: Phrases) -> View:
    """Return a digest in words."""
    events = _events(digest.entries)
    headings, by_rule = _headings(events, words), _are_of_rules(events)
    items = tuple(
        replace(
            event_item(
                event,
                words,
                digest.timezone,
                number=f"{number}.",
                brief=number > _IN_FULL,
                heading=event[0].group if by_rule else None,
            ),
            section=headings.get(number, ""),
        )
        for number, event in enumerate(events, start=1)
    )
    summary, coverage = _summary(digest.entries, words), _coverage(digest, words)
    is_long = len(digest.entries) > _IN_FULL  # the foot of a long mail may be cut off
    top = items[0].title if items else ""
    subject = words.subject.format(heading=words.digest, summary=summary, title=top)
    return View(
        language=words.language,
        subject=cut(subject, _MAX_SUBJECT),
        heading=words.digest,
        summary=summary,
        window=_window(digest, words),
        items=items[:_IN_FULL],
        more_heading=words.more.format(count=len(items) - _IN_FULL),
        more=items[_IN_FULL:],
        footer=(words.why, coverage),
        names_heading=words.new_names,
        names=tuple(_name(found, words) for found in digest.new_names),
        names_advice=words.new_name_advice,
        notes=(*_bursts(digest, words), *((coverage,) if is_long else ())),
    )


def alert_view(entry: Entry, words: Phrases, timezone: str, *, raised_at: datetime) -> View:
    """Return the alert of one story in words, the story first: a phone shows two lines of it."""
    item = event_item((entry,), words, timezone, number="")
    marks = "".join(label.shown for label in item.labels)
    return View(
        language=words.language,
        subject=cut(f"{marks}{item.title}", _MAX_SUBJECT),
        heading=words.alert,
        summary="",
        window="",
        items=(item,),
        more_heading="",
        more=(),
        footer=(words.until.format(at=local_time(raised_at, timezone), zone=timezone), words.why),
    )


def alerts_view(digest: Digest, words: Phrases, *, group: str = "") -> View:
    """Return the alert of several stories in words; ``group`` is what they share, where that has a name."""
    view = digest_view(digest, words)
    shared = without_calls(line(group, _MAX_GROUP))
    heading = words.group_alert.format(alert=words.alert, group=shared) if shared else words.alert
    top = view.items[0].title if view.items else ""
    subject = words.subject.format(heading=heading, summary=view.summary, title=top)
    return replace(view, heading=heading, subject=cut(subject, _MAX_SUBJECT), footer=(words.why,), notes=())


def _summary(entries: tuple[Entry, ...], words: Phrases) -> str:
    total = words.stories_of(len(entries))
    counts = [
        (words.labels[level], sum(entry.severity is level for entry in entries))
        for level in (Severity.CRITICAL, Severity.WARNING)
    ]
    again = Counter(change_of(entry) for entry in entries if entry.reason is HitReason.CHANGED)
    parts = [
        words.count.format(count=count, name=name)
        for name, count in [*counts, *((words.labels[name], again[name]) for name in _CHANGES)]
        if count
    ]
    return words.of_which.format(total=total, parts=words.list_separator.join(parts)) if parts else total


def _window(digest: Digest, words: Phrases) -> str:
    at = local_time(digest.until, digest.timezone)
    if digest.since is None:
        return words.until.format(at=at, zone=digest.timezone)
    return words.since.format(since=local_time(digest.since, digest.timezone), at=at, zone=digest.timezone)


def _events(entries: tuple[Entry, ...]) -> list[tuple[Entry, ...]]:
    """Return the entries by event; one that stands alone is an event of its own."""
    runs = groupby(entries, key=lambda entry: entry.event or entry.story_id)
    return [tuple(run) for _, run in runs]


def _headings(events: list[tuple[Entry, ...]], words: Phrases) -> dict[int, str]:
    """Return the heading of each rule and each section of several, by the number of its first event."""
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], int] = {}
    for number, event in enumerate(events, start=1):
        place = event[0].group, event[0].section
        counts[place] += len(event)
        first.setdefault(place, number)
    if len(first) < 2:
        return {}
    by_rule = _are_of_rules(events)
    return {
        number: words.group.format(rule=_place_name(*place, by_rule=by_rule), count=counts[place])
        for place, number in first.items()
    }


def _are_of_rules(events: list[tuple[Entry, ...]]) -> bool:
    """Say whether the headings name rules: there are several."""
    return len({event[0].group for event in events}) > 1


def _place_name(rule: str, section: str, *, by_rule: bool) -> str:
    if not section:
        return rule
    return f"{rule} · {without_calls(section)}" if by_rule else without_calls(section)


def _name(found: NewName, words: Phrases) -> Name:
    detail = words.new_name.format(
        kind=words.new_name_kinds.get(found.kind, found.kind),
        outlets=words.outlets_of(found.outlets),
        stories=words.stories_of(found.stories),
    )
    return Name(
        name=without_calls(found.name),
        detail=without_calls(detail),
        link=web_link(found.url),
        excerpt=shown_excerpt(found.excerpt),
    )


def _bursts(digest: Digest, words: Phrases) -> tuple[str, ...]:
    """Return the line that says of which names somebody was told a burst; none where nobody was."""
    said = words.list_separator.join(
        words.burst.format(
            name=without_calls(one.name),
            at=local_time(one.begins_at, digest.timezone),
            stories=words.stories_of(one.stories),
        )
        for one in digest.bursts
    )
    return (words.bursts.format(bursts=said),) if said else ()


def _coverage(digest: Digest, words: Phrases) -> str:
    coverage = digest.coverage
    said = words.coverage.format(sources=words.sources_of(coverage.watched), silent=coverage.silent)
    said += words.failed.format(failed=coverage.failed) if coverage.failed else ""
    said += words.unsent.format(unsent=coverage.unsent)
    return said + (words.silenced.format(silenced=digest.silenced) if digest.silenced else "")
