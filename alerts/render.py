"""A digest or an alert as a message: text, Markdown, HTML and data, with the same content.

Pure and deterministic: equal input gives equal bytes. Titles and texts come from outside; each form escapes them for
itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from alerts.alarm_view import alarms_view
from alerts.changes import Run
from alerts.channels import Message
from alerts.digest import Digest, NewName, ToldBurst
from alerts.entry import NO_PAST, Entry, Past, entry
from alerts.excerpts import NO_CONDITIONS, Conditions
from alerts.item import Item, Label, Report
from alerts.local_times import local_time
from alerts.markdown import escape, link, paragraph, runs
from alerts.phrases import phrases
from alerts.rules import RuleSettings
from alerts.sentence import Excerpt
from alerts.state import Alarm
from alerts.view import Name, View, alert_view, alerts_view, digest_view
from storage.records import StoryHit

__all__ = ["render_alarms", "render_alert", "render_alerts", "render_digest", "render_view", "when"]


def render_digest(digest: Digest, *, language: str | None) -> Message:
    """Return the digest as a message in Chinese (``zh``) or English."""
    coverage = digest.coverage
    data = {
        "kind": "digest",
        **when(digest.until, digest.timezone),
        "since": digest.since.isoformat() if digest.since else None,
        "stories": [_story(found) for found in digest.entries],
        "new_names": [_new_name(found) for found in digest.new_names],
        "bursts": [_told_burst(found) for found in digest.bursts],
        "coverage": {
            "watched": coverage.watched,
            "silent": coverage.silent,
            "failed": coverage.failed,
            "unsent": coverage.unsent,
            "silenced": digest.silenced,
        },
    }
    return render_view(digest_view(digest, phrases(language)), data)


def render_alert(
    hits: Sequence[StoryHit],
    rules: Mapping[str, RuleSettings],
    *,
    language: str | None,
    now: datetime | None = None,
    timezone: str = "UTC",
    names: Mapping[str, str] | None = None,
    keywords: Mapping[int, Sequence[str]] | None = None,
    past: Past = NO_PAST,
    conditions: Conditions = NO_CONDITIONS,
    repeated: bool = False,
) -> Message:
    """Return the hits of one story, oldest first, as a message of its own; ``rules`` are theirs, by id.

    ``now`` is when they were raised (else when the story was first seen), ``keywords`` gives those of an article, by
    its id, ``past`` what was known before, and ``conditions`` what rules ask for. ``repeated`` says that it was told
    before as it is.
    """
    found = entry(hits, rules=rules, names=names or {}, keywords=keywords or {}, past=past, conditions=conditions)
    found = replace(found, is_repeated=repeated)
    raised_at = now or found.first_seen_at
    data = {
        "kind": "alert",
        **when(raised_at, timezone),
        **_said_by([found]),
        "stories": [_story(found)],
    }
    return render_view(alert_view(found, phrases(language), timezone, raised_at=raised_at), data)


def render_alerts(digest: Digest, *, language: str | None, group: str = "") -> Message:
    """Return the alert of several stories as one message; ``group`` is what they share, where that has a name."""
    data = {
        "kind": "alert",
        **when(digest.until, digest.timezone),
        **_said_by(digest.entries),
        "group": group,
        "stories": [_story(found) for found in digest.entries],
    }
    return render_view(alerts_view(digest, phrases(language), group=group), data)


def _said_by(entries: Sequence[Entry]) -> dict[str, Any]:
    """Return the rules that speak in an alert as its data has them; ``rule`` is the loudest of the first story."""
    first, *others = dict.fromkeys(name for found in entries for name in (found.group, *found.rules))
    return {"rule": first, "rules": [first, *others]}


def render_alarms(
    alarms: Sequence[Alarm],
    *,
    language: str | None,
    now: datetime,
    timezone: str = "UTC",
    names: Mapping[str, str] | None = None,
) -> Message:
    """Return alarms about sources, raised at ``now``, as one message."""
    data = {"kind": "alarm", **when(now, timezone), "sources": [_alarm(alarm, names or {}) for alarm in alarms]}
    return render_view(alarms_view(alarms, phrases(language), now=now, timezone=timezone, names=names or {}), data)


def _alarm(alarm: Alarm, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "source": alarm.source_id,
        "name": names.get(alarm.source_id, alarm.source_id),
        "url": alarm.url,
        "state": alarm.code,
        "since": alarm.since.isoformat(),
        "over": alarm.is_over,
        "detail": alarm.text,
    }


def render_view(view: View, data: dict[str, Any]) -> Message:
    """Return what is put into words as a message; ``data`` says the same to programs."""
    return Message(
        subject=view.subject, text=_text(view), markdown=_markdown(view), html=_template().render(view=view), data=data
    )


def when(instant: datetime, timezone: str) -> dict[str, Any]:
    """Return the time of a message as its data has it."""
    return {"at": instant.isoformat(), "date": local_time(instant, timezone)[:10], "timezone": timezone}


def _story(found: Entry) -> dict[str, Any]:
    return {
        "story": found.story_id,
        "article": found.article_id,
        "group": found.group,
        "section": found.section,
        "title": found.title,
        "url": found.url,
        "rules": list(found.rules),
        "severity": found.severity.value,
        "reason": "repeat" if found.is_repeated else found.reason.value,
        "notice": found.notice,
        "changes": [list(pair) for pair in found.changes],
        "told": [{"before": _joined(change.old), "after": _joined(change.new)} for change in found.told],
        "steps": [{"entity": one.entity, "before": one.before.value, "after": one.after.value} for one in found.steps],
        "first_outlet": found.outlets[0],
        "outlets": len(found.outlets),
        "articles": found.articles,
        "published": found.published,
        "first_seen_at": found.first_seen_at.isoformat(),
        "excerpt": str(found.excerpt) if found.excerpt else None,
        "entities": [{"id": name, "name": shown} for name, shown in found.entities],
        "keywords": list(found.keywords),
        "topic": found.topic,
    }


def _new_name(found: NewName) -> dict[str, Any]:
    return {
        "name": found.name,
        "kind": found.kind,
        "outlets": found.outlets,
        "stories": found.stories,
        "excerpt": str(found.excerpt) if found.excerpt else None,
        "url": found.url,
    }


def _told_burst(found: ToldBurst) -> dict[str, Any]:
    return {
        "entity": found.entity,
        "name": found.name,
        "begins_at": found.begins_at.isoformat(),
        "stories": found.stories,
    }


def _joined(side: Iterable[Run]) -> str:
    return "".join(run.text for run in side)


def _text(view: View) -> str:
    return "\n".join(
        [
            view.heading,
            *(row for row in (view.summary, view.window, *view.notes) if row),
            *(row for item in view.items for row in _text_item(item)),
            *(("", view.more_heading) if view.more else ()),
            *(row for item in view.more for row in _text_brief(item)),
            *(row for row in _text_names(view) if view.names),
            "",
            "--",
            *view.footer,
            "",
        ]
    )


def _text_item(item: Item) -> Iterator[str]:
    if item.section:
        yield from ("", f"== {item.section} ==")
    yield ""
    yield from _text_rows(item)


def _text_brief(item: Item) -> Iterator[str]:
    if item.section:
        yield from ("", f"== {item.section} ==")
    yield from _text_rows(item)


def _text_names(view: View) -> Iterator[str]:
    yield from ("", view.names_heading)
    for name in view.names:
        yield f"   - {name.name}{name.detail}"
        yield from (f"     {row}" for row in (name.excerpt and str(name.excerpt), name.link) if row)
    yield f"   {view.names_advice}"


def _text_rows(item: Item) -> Iterator[str]:
    yield _with_id(f"{item.number} {_marks(item.labels)}{item.title}".lstrip(), item)
    rows = (*map(_joined, item.changed), *((str(item.excerpt),) if item.excerpt else ()), *item.facts)
    yield from (f"   {row}" for row in (*rows, item.link, item.event) if row)
    for report in item.reports:
        yield f"   - {report.told_by}{_marks(report.labels)}{report.title}"
        if report.link:
            yield f"     {report.link}"


def _with_id(title: str, item: Item) -> str:
    return f"{title} · {item.id}" if item.id else title


def _marks(labels: Iterable[Label]) -> str:
    return "".join(label.shown for label in labels)


def _markdown(view: View) -> str:
    is_grouped = any(item.section for item in view.items)
    blocks = [
        f"# {escape(view.heading)}",
        *_markdown_head(view),
        *(block for item in view.items for block in _markdown_item(item, "###" if is_grouped else "##")),
        *([f"## {escape(view.more_heading)}", *_markdown_brief(view.more)] if view.more else []),
        *([f"## {escape(view.names_heading)}", _markdown_names(view)] if view.names else []),
        "---",
        _bullets(escape(note) for note in view.footer),
    ]
    return "\n\n".join(blocks) + "\n"


def _markdown_head(view: View) -> Iterator[str]:
    rows = [f"**{escape(view.summary)}**"] if view.summary else []
    rows += [escape(row) for row in (view.window, *view.notes) if row]
    if rows:
        yield "  \n".join(rows)


def _markdown_item(item: Item, level: str) -> Iterator[str]:
    if item.section:
        yield f"## {escape(item.section)}"
    yield f"{level} {_markdown_line(item)}"
    if item.excerpt:
        yield f"> {paragraph(_markdown_excerpt(item.excerpt))}"
    yield _bullets([*map(_markdown_runs, item.changed), *map(escape, item.facts)])
    if item.event:
        yield paragraph(escape(item.event))
        yield _bullets(map(_markdown_report, item.reports))


def _markdown_excerpt(excerpt: Excerpt) -> str:
    return runs(((excerpt.before, False), (excerpt.mention, True), (excerpt.after, False)))


def _markdown_runs(line: Iterable[Run]) -> str:
    return runs((run.text, run.is_marked) for run in line)


def _markdown_brief(items: Iterable[Item]) -> Iterator[str]:
    """Yield the items of each section as a list."""
    rows: list[str] = []
    for item in items:
        if item.section:
            yield from (_bullets(rows), f"### {escape(item.section)}") if rows else (f"### {escape(item.section)}",)
            rows = []
        rows += _markdown_rows(item)
    yield _bullets(rows)


def _markdown_names(view: View) -> str:
    return _bullets([*map(_markdown_name, view.names), escape(view.names_advice)])


def _markdown_name(name: Name) -> str:
    said = paragraph(link(name.name, name.link)) + escape(name.detail)
    return f"{said}  \n  {paragraph(_markdown_excerpt(name.excerpt))}" if name.excerpt else said


def _markdown_rows(item: Item) -> Iterator[str]:
    """Yield the lines of an item that is shown without its details."""
    yield _with_id(paragraph(_markdown_line(item)), item)
    yield from map(_markdown_runs, item.changed)
    yield from map(_markdown_report, item.reports)


def _markdown_line(item: Item) -> str:
    return f"{item.number} {_markdown_title(item.labels, item.title, item.link)}".lstrip()


def _markdown_report(report: Report) -> str:
    return paragraph(escape(report.told_by)) + _markdown_title(report.labels, report.title, report.link)


def _markdown_title(labels: Iterable[Label], title: str, address: str | None) -> str:
    return f"{escape(_marks(labels))}{link(title, address)}"


def _bullets(rows: Iterable[str]) -> str:
    return "\n".join(f"- {row}" for row in rows)


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = Path(__file__).with_name("templates")
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template("message.html")
