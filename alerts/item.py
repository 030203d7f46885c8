"""A story put into words: what every form of a message shows of it, before any markup.

Pure. Text from outside appears in it as clean lines without ``@`` (``alerts.plain.without_calls``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from urllib.parse import unquote

from alerts.changes import Change, Run
from alerts.entry import Entry
from alerts.local_times import local_date, local_time
from alerts.phrases import Phrases
from alerts.plain import line, unpiled, web_link, without_calls
from alerts.rules import Severity
from alerts.sentence import Excerpt
from alerts.stages import Step
from storage.records import HitReason

__all__ = ["Item", "Label", "Report", "change_of", "event_item", "shown_excerpt"]

_BESIDE = " · "
_FILE = "file://"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A mark before a title: the bare word, the word as text shows it, a colour for HTML."""

    text: str
    shown: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A further story of an event, in one line.

    ``told_by`` says who has it, what changed, by which number it can be asked for, and where it lies without a link.
    """

    told_by: str
    labels: tuple[Label, ...]
    title: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A story: ``number`` is empty where there is only one; ``link`` is None where there is nothing to follow.

    ``section`` is the heading that stands before it, if one does. ``changed`` are lines that say what became of it.
    Where more stories tell of its event, ``event`` is the line that says so and ``reports`` are the others. ``id`` is
    by which number it can be asked for, where no fact says it.
    """

    number: str
    labels: tuple[Label, ...]
    title: str
    link: str | None
    excerpt: Excerpt | None
    facts: tuple[str, ...]
    id: str = ""
    event: str = ""
    reports: tuple[Report, ...] = ()
    section: str = ""
    changed: tuple[tuple[Run, ...], ...] = ()


def event_item(
    entries: tuple[Entry, ...],
    words: Phrases,
    timezone: str,
    *,
    number: str,
    brief: bool = False,
    heading: str | None = None,
) -> Item:
    """Return the stories of an event, the best first, in words; ``heading`` is the rule that they stand under.

    ``brief``: without what is said of the best one but for what became of it.
    """
    best, *others = entries
    item = _item(best, words, timezone, number=number, brief=brief, heading=heading)
    if not others:
        return item
    return replace(item, event=words.event, reports=tuple(_report(one, words, timezone, best.steps) for one in others))


def change_of(entry: Entry) -> str:
    """Return what became of a story that is told again, by its label."""
    return entry.notice or entry.reason.value


def shown_excerpt(excerpt: Excerpt | None) -> Excerpt | None:
    """Return an excerpt that calls nobody and covers no other line."""
    if excerpt is None:
        return None
    before, mention, after = (unpiled(without_calls(one)) for one in (excerpt.before, excerpt.mention, excerpt.after))
    return Excerpt(before=before, mention=mention, after=after)


def _item(entry: Entry, words: Phrases, timezone: str, *, number: str, brief: bool, heading: str | None) -> Item:
    link = web_link(entry.url)
    return Item(
        number=number,
        labels=_labels(entry, words),
        title=_title(entry, words),
        link=link,
        excerpt=None if brief else shown_excerpt(entry.excerpt),
        facts=() if brief else _facts(entry, words, timezone, heading),
        id=_id(entry, words) if brief else "",
        changed=_changed(entry, words),
    )


def _report(entry: Entry, words: Phrases, timezone: str, known: Collection[Step]) -> Report:
    """Return a further story of an event; ``known`` are the steps that the first one told."""
    link = web_link(entry.url)
    steps = (_plain(_step_runs(step, words)) for step in entry.steps if step not in known)
    changed = (*map(str, entry.told), *((untold,) if (untold := _untold(entry, words)) else ()), *steps)
    said = (_outlets(entry, words, timezone), *changed, "" if link else _place(entry), _id(entry, words))
    told_by = words.fact.format(name=_BESIDE.join(part for part in said if part), value="")
    return Report(told_by=without_calls(told_by), labels=_labels(entry, words), title=_title(entry, words), link=link)


def _title(entry: Entry, words: Phrases) -> str:
    return without_calls(entry.title) or words.untitled


def _id(entry: Entry, words: Phrases) -> str:
    """Return by which number ``newswatch why`` is asked."""
    return words.id.format(id=entry.article_id)


def _place(entry: Entry) -> str:
    """Return an address that is no link: the path of a file, for the most part."""
    return line(unquote(entry.url[len(_FILE) :]) if entry.url.startswith(_FILE) else entry.url)


def _labels(entry: Entry, words: Phrases) -> tuple[Label, ...]:
    names = [] if entry.severity is Severity.INFO else [entry.severity.value]
    names += [] if entry.reason is HitReason.NEW else [change_of(entry)]
    names += ["repeat"] if entry.is_repeated else []
    return tuple(
        Label(text=words.labels[name], shown=words.label.format(label=words.labels[name]), colour=_COLOURS[name])
        for name in names
    )


def _facts(entry: Entry, words: Phrases, timezone: str, heading: str | None) -> tuple[str, ...]:
    values = (
        (words.outlets, _BESIDE.join((_outlets(entry, words, timezone), _id(entry, words)))),
        (words.published, "" if entry.first_at else _published(entry, words, timezone)),
        (words.entities, words.list_separator.join(name for _, name in entry.entities)),
        (words.keywords, words.list_separator.join(entry.keywords)),
        (words.rules, words.list_separator.join(entry.rules if entry.rules != (heading,) else ())),
        (words.address, "" if web_link(entry.url) else _place(entry)),
    )
    return tuple(words.fact.format(name=name, value=without_calls(value)) for name, value in values if value)


def _published(entry: Entry, words: Phrases, timezone: str) -> str:
    if entry.published:
        return local_date(entry.published, timezone)
    return words.first_seen.format(at=local_time(entry.first_seen_at, timezone))


def _outlets(entry: Entry, words: Phrases, timezone: str) -> str:
    copies = words.copies.format(articles=entry.articles) if entry.articles > len(entry.outlets) else ""
    return words.first_of(entry.outlets, entry.first_at and local_date(entry.first_at, timezone)) + copies


def _changed(entry: Entry, words: Phrases) -> tuple[tuple[Run, ...], ...]:
    """Return the lines that say what became of a story and of the regulations in it."""
    lines = [_line(words.changes, _change_runs(change), words) for change in entry.told]
    if untold := _untold(entry, words):
        lines.append(_line(words.changes, (Run(text=untold),), words))
    return (*lines, *(_line(words.step, _step_runs(step, words), words) for step in entry.steps))


def _untold(entry: Entry, words: Phrases) -> str:
    """Return what is said of changes that are not shown."""
    if entry.more_changes:
        return words.more_changes.format(count=entry.more_changes)
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


def _plain(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)
