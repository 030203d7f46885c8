"""Alarms about sources put into words: the sources that need attention first, those that recovered last.

Pure. Errors and addresses come from outside and appear as clean lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from alerts.item import Item, Label
from alerts.local_times import local_time
from alerts.phrases import Phrases
from alerts.plain import cut, line, web_link, without_calls
from alerts.state import Alarm
from alerts.view import View

__all__ = ["alarms_view"]

_IN_FULL = 100
_MAX_SUBJECT = 150
_MAX_TEXT = 300
_COLOURS = {"failing": "#b3261e", "gone": "#b3261e", "silent": "#9a5b00", "gap": "#9a5b00", "drift": "#9a5b00"}
_CALM, _GOOD = "#3b5b7a", "#2e6b3a"
_OVER = "over"


def alarms_view(
    alarms: Sequence[Alarm], words: Phrases, *, now: datetime, timezone: str, names: Mapping[str, str]
) -> View:
    """Return one message about all of the alarms; ``names`` gives the display name of a source id."""
    ordered = sorted(alarms, key=lambda alarm: (alarm.is_over, list(words.alarms).index(_code(alarm, words))))
    items = tuple(
        _item(alarm, words, timezone, names, number=f"{number}." if len(ordered) > 1 else "")
        for number, alarm in enumerate(ordered, start=1)
    )
    summary = _summary(ordered, words)
    title = items[0].title if len(items) == 1 else words.sources_of(len({a.source_id for a in ordered}))
    return View(
        language=words.language,
        subject=cut(words.subject.format(heading=words.alarm, summary=summary, title=title), _MAX_SUBJECT),
        heading=words.alarm,
        summary=summary,
        window=words.until.format(at=local_time(now, timezone), zone=timezone),
        items=items[:_IN_FULL],
        more_heading=words.more_alarms.format(count=len(items) - _IN_FULL),
        more=items[_IN_FULL:],
        footer=(words.why_alarm,),
    )


def _code(alarm: Alarm, words: Phrases) -> str:
    return alarm.code if alarm.code in words.alarms else "notice"


def _summary(alarms: Sequence[Alarm], words: Phrases) -> str:
    counts = Counter(_OVER if alarm.is_over else _code(alarm, words) for alarm in alarms)
    return words.list_separator.join(
        words.count_sources.format(count=count, name=words.alarms[code]) for code, count in counts.items()
    )


def _item(alarm: Alarm, words: Phrases, timezone: str, names: Mapping[str, str], *, number: str) -> Item:
    name = line(names.get(alarm.source_id, alarm.source_id), 80)
    return Item(
        number=number,
        labels=(_label(alarm, words),),
        title=without_calls(name),
        link=web_link(alarm.url),
        excerpt=None,
        facts=_facts(alarm, words, timezone),
    )


def _label(alarm: Alarm, words: Phrases) -> Label:
    code = _OVER if alarm.is_over else _code(alarm, words)
    colour = _GOOD if alarm.is_over else _COLOURS.get(code, _CALM)
    return Label(text=words.alarms[code], shown=words.label.format(label=words.alarms[code]), colour=colour)


def _facts(alarm: Alarm, words: Phrases, timezone: str) -> tuple[str, ...]:
    code = _code(alarm, words)
    since = local_time(alarm.since, timezone)
    values = (
        (words.state, words.was.format(name=words.alarms[code]) if alarm.is_over else ""),
        (words.last_news if code == "silent" and not alarm.is_over else words.begun, since),
        (words.detail, line(alarm.text, _MAX_TEXT)),
        (words.source_id, alarm.source_id),
        (words.to_do, "" if alarm.is_over else words.advice.get(code, "")),
    )
    return tuple(words.fact.format(name=name, value=without_calls(value)) for name, value in values if value)
