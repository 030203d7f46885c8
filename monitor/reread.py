"""Read kept pages again after the reader has improved, and put the store right. Alerts nobody.

Articles come in the order they were stored, so that each meets the stories that it would have met. An article whose
page would not be taken for one today stays as it is, and is reported.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum

from sqlalchemy.orm import Session

from monitor.reader import furniture_host, read_pages
from monitor.record import article_of, filed, outcome_of, ranked
from monitor.runtime import Runtime
from monitor.stories import place_again, place_new
from monitor.topics import settle, with_keywords
from monitor.types import Failed, Reading, Rejected
from monitor.urls import url_key
from storage import articles, feed, frontier, raws
from storage.feed import ArticleView
from storage.lines import learned_lines
from storage.raws import RawItem
from storage.records import Article, Published
from storage.tagged import Mention

__all__ = ["Change", "Effect", "reread"]

_IN_FLIGHT = 8  # pages in memory and in the workers at once
_FACTS = ("title", "deck", "authors", "editors", "source", "publisher", "published", "modified", "derived", "headings")


class Effect(StrEnum):
    """What reading again means for an item."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    RESCUED = "rescued"  # it was rejected, and is an article
    LOST = "lost"  # it is an article, and would be rejected
    SKIPPED = "skipped"  # its page is not the one that the stored text was read from, or no article either time


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What reading one item again found.

    ``facts`` are pairs (before, after) by name, as text; ``names`` entities that were gained (``+model:x``) or lost;
    ``lost_lines`` and ``new_lines`` those of the text; ``moved`` whether the article changed its story (only known
    once applied); ``detail`` says why a page is no article.
    """

    effect: Effect
    url: str
    article_id: int | None = None
    title: str | None = None
    facts: tuple[tuple[str, str, str], ...] = ()
    names: tuple[str, ...] = ()
    lost_lines: tuple[str, ...] = ()
    new_lines: tuple[str, ...] = ()
    moved: bool = False
    detail: str | None = None


async def reread(rt: Runtime, *, since: datetime | None, source: str | None, apply: bool) -> AsyncIterator[Change]:
    """Yield what each kept page comes to when it is read now; with ``apply`` it is also written."""
    after: RawItem | None = None
    while page := await asyncio.to_thread(_next, rt, since, source, after):
        after = page[-1]
        tasks = [asyncio.create_task(_read(item, rt)) for item in page]
        for item, task in zip(page, tasks, strict=True):
            yield await _settled(item, await task, rt, apply)


def _next(rt: Runtime, since: datetime | None, source: str | None, after: RawItem | None) -> tuple[RawItem, ...]:
    with rt.store.read() as session:
        return raws.raw_items(session, since=since, source=source, after=after, limit=_IN_FLIGHT)


async def _read(item: RawItem, rt: Runtime) -> Reading | Rejected:
    learned = await asyncio.to_thread(_learned, furniture_host(item.pages[0].url, item.host), rt)
    result = await read_pages(item, item.pages, learned, rt)
    return Rejected(rejected=result.reason, detail=result.detail) if isinstance(result, Failed) else result


def _learned(host: str, rt: Runtime) -> frozenset[int]:
    with rt.store.read() as session:
        return learned_lines(session, host, before_another=False)


async def _settled(item: RawItem, result: Reading | Rejected, rt: Runtime, apply: bool) -> Change:
    if apply:
        return await rt.store.awrite(lambda session: _apply(session, item, result, rt))
    with rt.store.read() as session:
        return _compared(session, item, result)


def _apply(session: Session, item: RawItem, result: Reading | Rejected, rt: Runtime) -> Change:
    change = _compared(session, item, result)
    if isinstance(result, Rejected) or change.effect in (Effect.SKIPPED, Effect.LOST):
        return change
    article = with_keywords(session, ranked(article_of(result, item.source_id, item.pages[0].fetched_at), rt))
    now = rt.now()
    if change.effect is Effect.RESCUED:
        return _rescue(session, item, article, change, now)
    if change.article_id is None:
        return change
    if change.effect is Effect.CHANGED or not articles.is_placed_by(session, change.article_id, article):
        articles.correct_article(session, change.article_id, article, now=now)
    placed = place_again(session, change.article_id, now=now)
    return replace(change, moved=placed.moved)


def _rescue(session: Session, item: RawItem, article: Article, change: Change, now: datetime) -> Change:
    if not frontier.is_rejected(session, item.item_id):
        return replace(change, effect=Effect.SKIPPED, detail="it is about to be read anew")
    article, known = filed(session, article)
    if known is not None:
        return replace(change, effect=Effect.SKIPPED, detail="the store has its article from another address")
    placed = place_new(session, article, now=now)
    if placed.began:
        settle(session, placed.story_id, article, now)
    frontier.rescue_item(session, item.item_id, outcome_of(placed), article_id=placed.article_id, now=now)
    return replace(change, article_id=placed.article_id)


def _compared(session: Session, item: RawItem, result: Reading | Rejected) -> Change:
    """Return what a new reading is to what the store has."""
    url, known = item.pages[0].url, None
    if item.article_id is not None:
        known = feed.get_article(session, item.article_id)
    if isinstance(result, Rejected):
        why = f"{result.rejected.value}: {result.detail}"
        effect = Effect.SKIPPED if known is None else Effect.LOST
        return Change(effect=effect, url=url, article_id=item.article_id, detail=why)
    if known is None:
        return Change(effect=Effect.RESCUED, url=url, title=result.extracted.title)
    is_newer = known.fetched_at > item.pages[0].fetched_at
    if is_newer or url_key(known.summary.url) != url_key(result.url):
        return Change(effect=Effect.SKIPPED, url=url, article_id=item.article_id)
    return _difference(known, article_of(result, item.source_id, item.pages[0].fetched_at))


def _difference(known: ArticleView, article: Article) -> Change:
    before, after = known.text.split("\n"), article.text.split("\n")
    lost, new = _changed_lines(before, after)
    facts = tuple(
        (name, was, now)
        for name in _FACTS
        if (was := _shown(_fact(known, name))) != (now := _shown(getattr(article, name)))
    )
    names = _changed_names({m.entity for m in known.mentions}, {m.entity for m in article.mentions})
    is_changed = bool(lost or new or facts) or _places(known.mentions) != _places(article.mentions)
    return Change(
        effect=Effect.CHANGED if is_changed else Effect.UNCHANGED,
        url=known.summary.url,
        article_id=known.summary.id,
        title=article.title or known.summary.title,
        facts=facts,
        names=names,
        lost_lines=lost,
        new_lines=new,
    )


def _changed_lines(before: list[str], after: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lost: list[str] = []
    new: list[str] = []
    for kind, start, end, start_b, end_b in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            lost += before[start:end]
            new += after[start_b:end_b]
    return tuple(lost), tuple(new)


def _changed_names(before: set[str], after: set[str]) -> tuple[str, ...]:
    return (*(f"-{name}" for name in sorted(before - after)), *(f"+{name}" for name in sorted(after - before)))


def _places(mentions: Iterable[Mention]) -> set[tuple[str, str, int, int]]:
    return {(m.entity, m.field, m.start, m.end) for m in mentions}


def _fact(known: ArticleView, name: str) -> object:
    if name in ("publisher", "published"):
        return getattr(known.summary, name)
    return known.own_title if name == "title" else getattr(known, name)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Published):
        return f"{value.value} ({value.origin})"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
