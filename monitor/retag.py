"""Tag stored articles again after the catalogue changed, in small batches, and put what was found in the old's place.

Texts, stories and topics stay. The past alerts nobody unless somebody asks, and then only what no alert has told.
When and how fast is ``monitor.retagging``'s matter.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.orm import Session

from monitor.engine.workers import OnlyThere
from monitor.past_alerts import tell_of
from monitor.runtime import Runtime
from monitor.types import Rejected
from storage import retags
from storage.feed.titles import display_title
from storage.findings import tag_again
from storage.mentions import entities_of
from storage.retags import ArticleToTag, Retag, Standing

if TYPE_CHECKING:
    from monitor.tag import Names, names_in_all
else:
    names_in_all = OnlyThere("monitor.tag", "names_in_all")

__all__ = ["Retagged", "Superseded", "Wanted", "begin", "tag_next", "tag_wanted"]

_BATCH = 20
"""Articles in a transaction: 30 ms of the writer."""
_REACH = 1000
"""Articles that one look for such a batch passes over; most have the names already where little is left to do."""
_CHARACTERS = 200_000
"""Text in a worker's task: half a second. What is longer is a task of its own."""

_log = structlog.get_logger("newswatch.retag")


@dataclass(frozen=True, slots=True, kw_only=True)
class Retagged:
    """What tagging an article again came to: the entities it gained and lost, and the hits that were raised.

    ``problem`` says why it keeps its old names.
    """

    article_id: int
    title: str
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    alerts: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which articles: those first seen since a time, only those with names of another version than the catalogue's,
    and the time since when they alert; None asks for neither time nor alerts."""

    since: datetime | None
    is_any_version: bool
    alerts_since: datetime | None


class Superseded(Exception):
    """Another process began to tag with another catalogue: what this one writes would not stay."""


def begin(session: Session, rt: Runtime, *, alerts_since: datetime | None = None) -> Retag | None:
    """Begin where the catalogue is another one than before; return what is left to do, None where that is nothing.

    Alerts that were asked for and not given yet are still asked for. One that has ended is returned where articles
    were stored since: another process may have stored some with other names.
    """
    known, last, now = retags.the_retag(session), retags.last_article(session), rt.now()
    if known is not None and known.ended_at is None:
        alerts_since = alerts_since or known.alerts_since
    if known is not None and known.catalogue == rt.catalogue:
        if alerts_since != known.alerts_since:
            retags.ask_alerts(session, alerts_since)
        return known if known.after_id < last else None
    retags.begin_retag(session, rt.catalogue, now=now, alerts_since=alerts_since)
    if last == 0:
        retags.advance_retag(session, after_id=0, changed=0, ended_at=now)
        return None
    return retags.the_retag(session)


async def tag_next(rt: Runtime) -> int | None:
    """Do the next batch and return how many hits it raised; None when nothing is left, or others do another version."""
    looked = await asyncio.to_thread(_look, rt)
    if looked is None:
        return None
    found, through = looked
    names = await _names(rt, found)
    settled = await rt.store.awrite(lambda session: _settle(session, found, names, through, rt))
    if settled is None:
        return None
    done, ended = settled
    for one in done:
        if one.problem is not None:
            _log.warning("not tagged again", article=one.article_id, detail=one.problem)
    if ended is not None:
        _log.info("tagged again", catalogue=ended.catalogue, changed=ended.changed)
    return sum(one.alerts for one in done)


async def tag_wanted(rt: Runtime, wanted: Wanted, *, apply: bool) -> AsyncIterator[Retagged]:
    """Yield what the wanted articles come to, in the order they were stored; with ``apply`` it is also written.

    Without a limit on the time the place is kept, so that the service goes on where this was stopped. Raise Superseded.
    """
    after_id = 0
    while found := await asyncio.to_thread(_wanted, rt, wanted, after_id):
        names = await _names(rt, found)
        if apply:
            done = await rt.store.awrite(partial(_apply, found=found, names=names, rt=rt, wanted=wanted))
        else:
            done = await asyncio.to_thread(_compare, rt, found, names)
        after_id = _through(found, done, found[-1].id)
        for one in done:
            yield one
    if apply and wanted.since is None:
        await rt.store.awrite(partial(_end, after_id=after_id, rt=rt))


async def _names(rt: Runtime, found: Sequence[ArticleToTag]) -> list[Names | Rejected]:
    """Return what each article names; a text that ends its worker takes no other one with it."""
    names: list[Names | Rejected] = []
    for part in _parts(found):
        answer = await rt.pool.run(names_in_all, [(one.title, one.text, one.published) for one in part], rt.watch)
        if not isinstance(answer, Rejected):
            names += answer
        elif len(part) == 1:
            names.append(answer)
        else:
            for one in part:
                names += await _names(rt, [one])
    return names


def _parts(found: Sequence[ArticleToTag]) -> Iterator[list[ArticleToTag]]:
    part: list[ArticleToTag] = []
    for one in found:
        if part and sum(len(other.text) for other in part) + len(one.text) > _CHARACTERS:
            yield part
            part = []
        part.append(one)
    if part:
        yield part


def _look(rt: Runtime) -> tuple[tuple[ArticleToTag, ...], int] | None:
    """Return the next batch, and up to where all is done with it."""
    with rt.store.read() as session:
        retag, last = retags.the_retag(session), retags.last_article(session)
        if retag is None or retag.catalogue != rt.catalogue or (retag.ended_at is not None and retag.after_id >= last):
            return None
        through = min(retag.after_id + _REACH, last)
        found = retags.stale_articles(session, retag, limit=_BATCH, through=through)
    return found, found[-1].id if len(found) == _BATCH else through


def _settle(
    session: Session, found: Sequence[ArticleToTag], names: Sequence[Names | Rejected], through: int, rt: Runtime
) -> tuple[tuple[Retagged, ...], Retag | None] | None:
    """Write a batch; return what it came to, and the state if all is done with it. None where others do another one."""
    retag = retags.the_retag(session)
    if retag is None or retag.catalogue != rt.catalogue:
        return None
    done = _put_all(session, found, names, rt, None if retag.ended_at else retag.alerts_since)
    _advance(session, retag, _through(found, done, through), done, rt)
    ended = retags.the_retag(session)
    return done, None if ended is None or ended.ended_at is None or retag.ended_at is not None else ended


def _wanted(rt: Runtime, wanted: Wanted, after_id: int) -> tuple[ArticleToTag, ...]:
    other_than = None if wanted.is_any_version else rt.catalogue
    with rt.store.read(limit_s=None) as session:
        return retags.articles_to_tag(
            session, after_id=after_id, other_than=other_than, since=wanted.since, limit=_BATCH
        )


def _advance(session: Session, retag: Retag, through: int, done: Sequence[Retagged], rt: Runtime) -> None:
    """Keep the place; of two processes at work the one that is further has it."""
    changed = sum(bool(one.gained or one.lost) for one in done)
    is_over = through >= retags.last_article(session)
    ended_at = retag.ended_at or (rt.now() if is_over else None)
    retags.advance_retag(session, after_id=max(through, retag.after_id), changed=changed, ended_at=ended_at)


def _through(found: Sequence[ArticleToTag], done: Sequence[Retagged], through: int) -> int:
    """Return up to where all is done; what another process wrote meanwhile may have names of another version still."""
    seen = {one.article_id for one in done}
    return min((one.id - 1 for one in found if one.id not in seen), default=through)


def _end(session: Session, after_id: int, rt: Runtime) -> None:
    """Nothing is left after ``after_id``; what another process stores meanwhile with other names is not before it."""
    retag = retags.the_retag(session)
    if retag is not None and retag.catalogue == rt.catalogue and retag.ended_at is None:
        retags.advance_retag(session, after_id=max(after_id, retag.after_id), changed=0, ended_at=rt.now())


def _apply(
    session: Session, found: Sequence[ArticleToTag], names: Sequence[Names | Rejected], rt: Runtime, wanted: Wanted
) -> tuple[Retagged, ...]:
    retag = retags.the_retag(session)
    if retag is None or retag.catalogue != rt.catalogue:
        raise Superseded
    done = _put_all(session, found, names, rt, wanted.alerts_since)
    if wanted.since is None:
        _advance(session, retag, _through(found, done, found[-1].id), done, rt)
    return done


def _compare(rt: Runtime, found: Sequence[ArticleToTag], names: Sequence[Names | Rejected]) -> tuple[Retagged, ...]:
    with rt.store.read() as session:
        before = entities_of(session, (one.id for one in found))
    return tuple(_retagged(one, before.get(one.id, ()), those) for one, those in zip(found, names, strict=True))


def _put_all(
    session: Session,
    found: Sequence[ArticleToTag],
    names: Sequence[Names | Rejected],
    rt: Runtime,
    alerts_since: datetime | None,
) -> tuple[Retagged, ...]:
    """Write what was found in articles that are still what they were when they were read from the store."""
    ids = [one.id for one in found]
    before, stands = entities_of(session, ids), retags.standings(session, ids)
    done = []
    for one, those in zip(found, names, strict=True):
        stand = stands.get(one.id)
        if stand is None or not _is_as_read(stand, one):
            continue  # it was read anew, or tagged by another process: looked at again
        change = _retagged(one, before.get(one.id, ()), those)
        if not isinstance(those, Rejected):
            tag_again(session, one.id, *those)
            if alerts_since is not None and one.first_seen_at >= alerts_since:
                change = replace(change, alerts=tell_of(session, one, those[0], change.gained, stand, rt))
        done.append(change)
    return tuple(done)


def _is_as_read(stand: Standing, one: ArticleToTag) -> bool:
    return (stand.catalogue, stand.title, stand.content_hash) == (one.catalogue, one.title, one.content_hash)


def _retagged(one: ArticleToTag, before: Sequence[str], names: Names | Rejected) -> Retagged:
    title = display_title(one.title, one.text)
    if isinstance(names, Rejected):
        return Retagged(article_id=one.id, title=title, problem=names.detail)
    was, now = set(before), {mention.entity for mention in names[0]}
    return Retagged(article_id=one.id, title=title, gained=tuple(sorted(now - was)), lost=tuple(sorted(was - now)))
