"""A message put into words: what every form of it shows, before any markup.

Pure. Text from outside appears in it as clean lines without ``@`` (a full-width sign stands for it), because chat
services read ``@all`` as a call to everybody whatever the markup says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from alerts.digest import CoverageCounts, Digest, Entry
from alerts.phrases import Phrases
from alerts.plain import cut, line, web_link
from alerts.rules import Severity
from alerts.sentence import Excerpt
from storage.records import HitReason

__all__ = ["Item", "Label", "Report", "View", "alert_view", "digest_view", "local_time", "without_calls"]

_IN_FULL = 100  # stories shown with their details; the others are one line each
_MAX_SUBJECT = 150
_COLOURS = {"critical": "#b3261e", "warning": "#9a5b00", "info": "#3b5b7a", "changed": "#6a3ea1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A mark before a title: the bare word, the word as text shows it, a colour for HTML."""

    text: str
    shown: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A further story of an event, in one line.

    ``told_by`` says who has it, what changed, and where it lies if there is no link.
    """

    told_by: str
    labels: tuple[Label, ...]
    title: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A story: ``number`` is empty where there is only one; ``link`` is None where there is nothing to follow.

    Where more stories tell of its event, ``event`` is the line that says so and ``reports`` are the others.
    """

    number: str
    labels: tuple[Label, ...]
    title: str
    link: str | None
    excerpt: Excerpt | None
    facts: tuple[str, ...]
    event: str = ""
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A whole message in words."""

    language: str
    subject: str
    heading: str
    summary: str
    window: str
    items: tuple[Item, ...]
    more_heading: str
    more: tuple[Item, ...]
    footer: tuple[str, ...]


def local_time(instant: datetime, timezone: str) -> str:
    """Return the wall-clock time of a zone, to the minute."""
    return instant.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M")


def digest_view(digest: Digest, words: Phrases) -> View:
    """Return a digest in words."""
    items = tuple(
        _event(events, words, digest.timezone, number=f"{number}.", brief=number > _IN_FULL)
        for number, events in enumerate(_events(digest.entries), start=1)
    )
    summary = _summary(digest.entries, words)
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
        footer=(words.why, _coverage(digest.coverage, words)),
    )


def alert_view(entry: Entry, words: Phrases, timezone: str, *, raised_at: datetime) -> View:
    """Return the alert of one story in words."""
    item = _item(entry, words, timezone, number="", brief=False)
    marks = "".join(label.shown for label in item.labels)
    return View(
        language=words.language,
        subject=cut(f"{marks}{item.title}", _MAX_SUBJECT),
        heading=words.alert,
        summary=_summary((entry,), words),
        window=words.until.format(at=local_time(raised_at, timezone), zone=timezone),
        items=(item,),
        more_heading="",
        more=(),
        footer=(words.why,),
    )


def without_calls(text: str) -> str:
    """Return a text in which no chat service finds a name to call."""
    return text.replace("@", "＠")


def _summary(entries: tuple[Entry, ...], words: Phrases) -> str:
    total = words.one_story if len(entries) == 1 else words.stories.format(count=len(entries))
    counts = [
        (words.labels[level], sum(entry.severity is level for entry in entries))
        for level in (Severity.CRITICAL, Severity.WARNING)
    ]
    changed = sum(entry.reason is HitReason.CHANGED for entry in entries)
    parts = [
        words.count.format(count=count, name=name)
        for name, count in [*counts, (words.labels["changed"], changed)]
        if count
    ]
    return words.of_which.format(total=total, parts=words.list_separator.join(parts)) if parts else total


def _window(digest: Digest, words: Phrases) -> str:
    at = local_time(digest.scheduled_at, digest.timezone)
    if digest.since is None:
        return words.until.format(at=at, zone=digest.timezone)
    return words.since.format(since=local_time(digest.since, digest.timezone), at=at, zone=digest.timezone)


def _events(entries: tuple[Entry, ...]) -> list[tuple[Entry, ...]]:
    """Return the entries by event; one that stands alone is an event of its own."""
    runs = groupby(entries, key=lambda entry: (entry.topic is None, entry.topic or entry.story_id))
    return [tuple(run) for _, run in runs]


def _event(entries: tuple[Entry, ...], words: Phrases, timezone: str, *, number: str, brief: bool) -> Item:
    item = _item(entries[0], words, timezone, number=number, brief=brief)
    if len(entries) == 1:
        return item
    event = words.event.format(count=len(entries))
    return replace(item, event=event, reports=tuple(_report(entry, words) for entry in entries[1:]))


def _report(entry: Entry, words: Phrases) -> Report:
    link = web_link(entry.url)
    said = (_outlets(entry, words), _changes(entry, words), "" if link else _place(entry))
    told_by = words.fact.format(name=words.list_separator.join(part for part in said if part), value="")
    return Report(
        told_by=without_calls(told_by),
        labels=_labels(entry, words),
        title=without_calls(entry.title) or words.untitled,
        link=link,
    )


def _place(entry: Entry) -> str:
    """Return an address that is no link: a file, for the most part."""
    return line(entry.url).removeprefix("file://")


def _item(entry: Entry, words: Phrases, timezone: str, *, number: str, brief: bool) -> Item:
    link = web_link(entry.url)
    return Item(
        number=number,
        labels=_labels(entry, words),
        title=without_calls(entry.title) or words.untitled,
        link=link,
        excerpt=None if brief else _excerpt(entry.excerpt),
        facts=() if brief else _facts(entry, words, timezone, link),
    )


def _labels(entry: Entry, words: Phrases) -> tuple[Label, ...]:
    names = [] if entry.severity is Severity.INFO else [entry.severity.value]
    names += ["changed"] if entry.reason is HitReason.CHANGED else []
    return tuple(
        Label(text=words.labels[name], shown=words.label.format(label=words.labels[name]), colour=_COLOURS[name])
        for name in names
    )


def _excerpt(excerpt: Excerpt | None) -> Excerpt | None:
    if excerpt is None:
        return None
    return Excerpt(
        before=without_calls(excerpt.before), mention=without_calls(excerpt.mention), after=without_calls(excerpt.after)
    )


def _facts(entry: Entry, words: Phrases, timezone: str, link: str | None) -> tuple[str, ...]:
    seen = words.first_seen.format(at=local_time(entry.first_seen_at, timezone))
    values = (
        (words.changes, _changes(entry, words)),
        (words.outlets, _outlets(entry, words)),
        (words.published, entry.published or seen),
        (words.entities, words.list_separator.join(name for _, name in entry.entities)),
        (words.keywords, words.list_separator.join(entry.keywords)),
        (words.rules, words.list_separator.join(entry.rules)),
        (words.address, "" if link else _place(entry)),
    )
    return tuple(words.fact.format(name=name, value=without_calls(value)) for name, value in values if value)


def _changes(entry: Entry, words: Phrases) -> str:
    if entry.reason is not HitReason.CHANGED:
        return ""
    return words.list_separator.join(f"{old} → {new}" for old, new in entry.changes) or words.no_numbers


def _outlets(entry: Entry, words: Phrases) -> str:
    others = entry.outlets - 1
    said = words.first if others else words.only
    copies = words.copies.format(articles=entry.articles) if entry.articles > entry.outlets else ""
    return said.format(first=entry.first_outlet, others=others) + copies


def _coverage(coverage: CoverageCounts, words: Phrases) -> str:
    said = words.coverage.format(watched=coverage.watched, silent=coverage.silent)
    said += words.failed.format(failed=coverage.failed) if coverage.failed else ""
    return said + words.unsent.format(unsent=coverage.unsent)
