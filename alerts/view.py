"""A message put into words: what every form of it shows, before any markup.

Pure. Text from outside appears in it as clean lines without ``@`` (a full-width sign stands for it), because chat
services read ``@all`` as a call to everybody whatever the markup says.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from alerts.changes import Change, Run
from alerts.digest import Digest, Entry, NewName
from alerts.phrases import Phrases
from alerts.plain import cut, line, web_link
from alerts.rules import Severity
from alerts.sentence import Excerpt
from alerts.stages import Step
from storage.records import HitReason

__all__ = [
    "Item",
    "Label",
    "Name",
    "Report",
    "View",
    "alert_view",
    "alerts_view",
    "digest_view",
    "local_time",
    "without_calls",
]

_IN_FULL = 100  # stories shown with their details; the others are one line each
_MAX_SUBJECT = 150
_MAX_GROUP = 80
_COLOURS = {
    "critical": "#b3261e",
    "warning": "#9a5b00",
    "info": "#3b5b7a",
    "changed": "#6a3ea1",
    "withdrawal": "#b3261e",
    "correction": "#6a3ea1",
    "escalated": "#8a2f5c",
    "repeat": "#3b5b7a",
}
_CHANGES = ("withdrawal", "correction", "changed")


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

    ``section`` is the heading that stands before it, if one does. ``changed`` are lines that say what became of it.
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
    section: str = ""
    changed: tuple[tuple[Run, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name that nobody tracks yet: what it is, and a sentence that has it."""

    name: str
    detail: str
    link: str | None
    excerpt: Excerpt | None


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
    names_heading: str = ""
    names: tuple[Name, ...] = ()
    names_advice: str = ""


def local_time(instant: datetime, timezone: str) -> str:
    """Return the wall-clock time of a zone, to the minute."""
    return instant.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M")


def digest_view(digest: Digest, words: Phrases) -> View:
    """Return a digest in words."""
    events = _events(digest.entries)
    headings, by_rule = _headings(events, words), _are_of_rules(events)
    items = tuple(
        replace(
            _event(
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
        footer=(words.why, _coverage(digest, words)),
        names_heading=words.new_names,
        names=tuple(_name(found, words) for found in digest.new_names),
        names_advice=words.new_name_advice,
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


def alerts_view(digest: Digest, words: Phrases, *, group: str = "") -> View:
    """Return the alert of several stories in words; ``group`` is what they share, where that has a name."""
    view = digest_view(digest, words)
    shared = without_calls(line(group, _MAX_GROUP))
    heading = words.group_alert.format(alert=words.alert, group=shared) if shared else words.alert
    top = view.items[0].title if view.items else ""
    subject = words.subject.format(heading=heading, summary=view.summary, title=top)
    return replace(view, heading=heading, subject=cut(subject, _MAX_SUBJECT), footer=(words.why,))


def without_calls(text: str) -> str:
    """Return a text in which no chat service finds a name to call."""
    return text.replace("@", "＠")


def _summary(entries: tuple[Entry, ...], words: Phrases) -> str:
    total = words.stories_of(len(entries))
    counts = [
        (words.labels[level], sum(entry.severity is level for entry in entries))
        for level in (Severity.CRITICAL, Severity.WARNING)
    ]
    again = Counter(_change(entry) for entry in entries if entry.reason is HitReason.CHANGED)
    parts = [
        words.count.format(count=count, name=name)
        for name, count in [*counts, *((words.labels[name], again[name]) for name in _CHANGES)]
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
        excerpt=_excerpt(found.excerpt),
    )


def _event(
    entries: tuple[Entry, ...], words: Phrases, timezone: str, *, number: str, brief: bool, heading: str | None
) -> Item:
    item = _item(entries[0], words, timezone, number=number, brief=brief, heading=heading)
    if len(entries) == 1:
        return item
    event = words.event.format(count=len(entries))
    return replace(item, event=event, reports=tuple(_report(entry, words) for entry in entries[1:]))


def _report(entry: Entry, words: Phrases) -> Report:
    link = web_link(entry.url)
    changed = words.list_separator.join(map(str, entry.told)) or _untold(entry, words)
    said = (_outlets(entry, words), changed, "" if link else _place(entry))
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


def _item(entry: Entry, words: Phrases, timezone: str, *, number: str, brief: bool, heading: str | None = None) -> Item:
    """Return a story in words; ``heading`` is the rule that it stands under, and need not be named again."""
    link = web_link(entry.url)
    return Item(
        number=number,
        labels=_labels(entry, words),
        title=without_calls(entry.title) or words.untitled,
        link=link,
        excerpt=None if brief else _excerpt(entry.excerpt),
        facts=() if brief else _facts(entry, words, timezone, link, heading),
        changed=() if brief else _changed(entry, words),
    )


def _labels(entry: Entry, words: Phrases) -> tuple[Label, ...]:
    names = [] if entry.severity is Severity.INFO else [entry.severity.value]
    names += [] if entry.reason is HitReason.NEW else [_change(entry)]
    names += ["repeat"] if entry.is_repeated else []
    return tuple(
        Label(text=words.labels[name], shown=words.label.format(label=words.labels[name]), colour=_COLOURS[name])
        for name in names
    )


def _change(entry: Entry) -> str:
    """Return what became of a story that is told again, by its label."""
    return entry.notice or entry.reason.value


def _excerpt(excerpt: Excerpt | None) -> Excerpt | None:
    if excerpt is None:
        return None
    return Excerpt(
        before=without_calls(excerpt.before), mention=without_calls(excerpt.mention), after=without_calls(excerpt.after)
    )


def _facts(entry: Entry, words: Phrases, timezone: str, link: str | None, heading: str | None) -> tuple[str, ...]:
    seen = words.first_seen.format(at=local_time(entry.first_seen_at, timezone))
    values = (
        (words.outlets, _outlets(entry, words)),
        (words.published, "" if entry.first_at else entry.published or seen),
        (words.entities, words.list_separator.join(name for _, name in entry.entities)),
        (words.keywords, words.list_separator.join(entry.keywords)),
        (words.rules, words.list_separator.join(entry.rules if entry.rules != (heading,) else ())),
        (words.address, "" if link else _place(entry)),
    )
    return tuple(words.fact.format(name=name, value=without_calls(value)) for name, value in values if value)


def _changed(entry: Entry, words: Phrases) -> tuple[tuple[Run, ...], ...]:
    """Return the lines that say what became of a story and of the regulations in it."""
    lines = [_line(words.changes, _change_runs(change), words) for change in entry.told]
    if untold := _untold(entry, words):
        lines.append(_line(words.changes, (Run(text=untold),), words))
    return (*lines, *(_line(words.step, _step_runs(step, words), words) for step in entry.steps))


def _untold(entry: Entry, words: Phrases) -> str:
    if entry.reason is not HitReason.CHANGED or entry.told or entry.steps:
        return ""
    return words.notices[entry.notice] if entry.notice else words.no_numbers


def _line(name: str, runs: tuple[Run, ...], words: Phrases) -> tuple[Run, ...]:
    said = (Run(text=words.fact.format(name=name, value="")), *runs)
    return tuple(replace(run, text=without_calls(run.text)) for run in said)


def _change_runs(change: Change) -> tuple[Run, ...]:
    return (*change.old, Run(text=" → "), *change.new)


def _step_runs(step: Step, words: Phrases) -> tuple[Run, ...]:
    before = words.step_of.format(entity=step.entity, before=words.stages[step.before])
    return Run(text=before), Run(text=words.stages[step.after], is_marked=True)


def _outlets(entry: Entry, words: Phrases) -> str:
    copies = words.copies.format(articles=entry.articles) if entry.articles > entry.outlets else ""
    return words.first_of(entry.first_outlet, entry.outlets - 1, entry.first_at) + copies


def _coverage(digest: Digest, words: Phrases) -> str:
    coverage = digest.coverage
    said = words.coverage.format(sources=words.sources_of(coverage.watched), silent=coverage.silent)
    said += words.failed.format(failed=coverage.failed) if coverage.failed else ""
    said += words.unsent.format(unsent=coverage.unsent)
    return said + (words.silenced.format(silenced=digest.silenced) if digest.silenced else "")
