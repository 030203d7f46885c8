"""A burst or a lull of an entity put into words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from alerts.bursts import Burst, Lull
from alerts.item import Item, Label, Report
from alerts.local_times import local_time
from alerts.phrases import Phrases
from alerts.plain import cut, line, web_link, without_calls
from alerts.view import View
from alerts.windows import Unit
from storage.feed.burst_stories import BurstStory

__all__ = ["trend_view"]

_MAX_SUBJECT = 150
_MAX_OUTLET = 80
_MAX_TITLE = 200
_COLOURS = {"burst": "#b3261e", "lull": "#3b5b7a"}
_EN = {
    "heading": "Attention",
    "burst": "burst",
    "lull": "fell silent",
    "told": "{stories} since {at}",
    "day": "{stories} on {at}, where {usual} is usual",
    "hour": "{stories} in the hour from {at}, where {usual} is usual",
    "chance": "by chance once in {days} days",
    "rarely": "by chance less than once in 100 years",
    "last": "no new story since {at} ({days} days)",
    "expected": "usual are {per_day} a day; {expected} would have come",
    "between": "{low} to {high}",
    "top": "Among them",
    "look": "newswatch bursts --entity {entity}: what is usual; newswatch feed --entity {entity}: the articles",
}
_ZH = {
    "heading": "热度提醒",
    "burst": "激增",
    "lull": "沉寂",
    "told": "自 {at} 起 {stories}",
    "day": "{at} 当天 {stories}，通常为 {usual} 条",
    "hour": "{at} 起一小时内 {stories}，通常为 {usual} 条",
    "chance": "偶然出现约每 {days} 天一次",
    "rarely": "偶然出现不到百年一次",
    "last": "自 {at} 起没有新的新闻（{days} 天）",
    "expected": "通常每天 {per_day} 条，其间应有 {expected} 条",
    "between": "{low} 至 {high}",
    "top": "其中",
    "look": "newswatch bursts --entity {entity}：查看平常的数量；newswatch feed --entity {entity}：查看文章",
}
_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": _EN, "zh": _ZH})
_CENTURY = 36_500  # days: what is rarer than that, no model of news knows


def trend_view(
    one: Burst | Lull,
    phrases: Phrases,
    *,
    now: datetime,
    timezone: str,
    names: Mapping[str, str],
    stories: Sequence[BurstStory] = (),
) -> View:
    """Return the message about a burst or a lull; ``names`` are display names of entities and sources by id.

    ``stories`` are some of those that a burst is made of.
    """
    words = _WORDS[phrases.language]
    kind = "burst" if isinstance(one, Burst) else "lull"
    facts = _burst(one, words, phrases, timezone) if isinstance(one, Burst) else _lull(one, words, now, timezone)
    label = Label(text=words[kind], shown=phrases.label.format(label=words[kind]), colour=_COLOURS[kind])
    title = without_calls(line(names.get(one.entity, one.entity), 80))
    item = Item(
        number="",
        labels=(label,),
        title=title,
        link=None,
        excerpt=None,
        facts=facts,
        event=words["top"] if stories else "",
        reports=tuple(_report(found, phrases, names) for found in stories),
    )
    return View(
        language=phrases.language,
        subject=cut(f"{label.shown}{title}{phrases.list_separator}{facts[0]}", _MAX_SUBJECT),
        heading=words["heading"],
        summary=f"{title} ({one.entity})",
        window=phrases.until.format(at=local_time(now, timezone), zone=timezone),
        items=(item,),
        more_heading="",
        more=(),
        footer=(words["look"].format(entity=one.entity),),
    )


def _report(found: BurstStory, phrases: Phrases, names: Mapping[str, str]) -> Report:
    outlets = tuple(dict.fromkeys(line(names.get(outlet, outlet), _MAX_OUTLET) for outlet in found.outlets))
    said = f"{phrases.first_of(outlets, None)} · {phrases.id.format(id=found.article_id)}"
    return Report(
        told_by=without_calls(phrases.fact.format(name=said, value="")),
        labels=(),
        title=without_calls(line(found.title, _MAX_TITLE)) or phrases.untitled,
        link=web_link(found.url),
    )


def _burst(one: Burst, words: Mapping[str, str], phrases: Phrases, timezone: str) -> tuple[str, ...]:
    peak = one.peak
    is_day = peak.unit is Unit.DAY
    at = f"{peak.begins_at:%Y-%m-%d} (UTC)" if is_day else local_time(peak.begins_at, timezone)
    usual = str(peak.low) if peak.low == peak.high else words["between"].format(low=peak.low, high=peak.high)
    told = words["day" if is_day else "hour"].format(stories=phrases.stories_of(peak.stories), at=at, usual=usual)
    since = words["told"].format(stories=phrases.stories_of(one.stories), at=local_time(one.begins_at, timezone))
    return since, told, _rarely(peak.chance * (1 if is_day else 24), words)


def _rarely(chance: float, words: Mapping[str, str]) -> str:
    return words["rarely"] if chance * _CENTURY < 1 else words["chance"].format(days=round(1 / chance))


def _lull(one: Lull, words: Mapping[str, str], now: datetime, timezone: str) -> tuple[str, ...]:
    days = round((now - one.last_at) / timedelta(days=1))
    expected = words["expected"].format(per_day=f"{one.per_day:.1f}", expected=f"{one.expected:.0f}")
    return words["last"].format(at=local_time(one.last_at, timezone), days=days), expected
