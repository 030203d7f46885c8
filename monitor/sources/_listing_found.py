"""One list page without selectors: bytes in, items out, and the signature by which the list is known again.

Knows when a list has drifted: its rows are gone, fewer than a third are left, or all are strangers while other rows fit
better. Then it is found anew, if what is found is convincing, and that is always said. Pure and picklable; runs in a
worker process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lxml import etree

from monitor.sources._charset import decode
from monitor.sources._entry import Entry, Found, items_of
from monitor.sources._finder import Patterns, Survey, look
from monitor.sources._finder_groups import Choice
from monitor.sources._finder_reasons import instead_of_list, why_no_list
from monitor.sources._finder_selector import selector_of
from monitor.sources._finder_shapes import are_kin, site_of
from monitor.sources._listing import escaped, parse_page
from monitor.sources._parsed import Document
from monitor.types import Rejected
from monitor.urls import url_key
from storage.records import Outcome

__all__ = ["Listed", "find_listing", "smoothed", "yield_notice"]

Notices = tuple[tuple[str, str], ...]

_SAMPLE = 3
_MAX_SEEN = 30
_KEY_DIGITS = 8
_SHOWN = 40
_FALLEN = 3
_MUCH_BETTER = 1.3
_TOLD_FOR = timedelta(days=7)  # how long a drift is told, for it happens in one poll and is read about later
_SURE = 0.65
"""The quality from which rows on the same site are taken for a list that has moved, though no address is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The items of a list, what to remember of it (small JSON values), and what to tell the operator."""

    found: Found
    cursor: dict[str, Any]
    notices: Notices = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remembered:
    """The list as it was at the last poll: its signature, its selector, its usual yield and some of its addresses."""

    path: str
    shape: str
    selector: str
    usual: float
    example: str
    seen: frozenset[str]
    told: str
    told_until: str

    def __str__(self) -> str:
        return f"{self.selector!r} (about {round(self.usual)} links such as {self.example[:_SHOWN]!r})"


def find_listing(
    body: bytes,
    content_type: str | None,
    document: Document,
    fetched_at: datetime,
    cursor: Mapping[str, Any],
    cap: int,
    patterns: Patterns = Patterns(),  # noqa: B008 - frozen
) -> Listed | Rejected:
    """Return the items of the list on a page, by the signature in ``cursor`` as long as it fits.

    A page without a convincing list is rejected with the reason.
    """
    text = decode(body, content_type)
    page = parse_page(text)
    if page is None:
        return Rejected(rejected=Outcome.NOT_ARTICLE, detail="expected an HTML page, found nothing that holds markup")
    survey = look(page, document.base, fetched_at, patterns)
    known, best = _remembered(cursor), survey.best()
    kept = survey.around(known.path, known.shape) if known else None
    drift = _drift(known, kept, best) if known else None
    if known and kept and drift is None:
        return _listed(page, kept, known, document, fetched_at, cap, ())
    if best is None or not best.is_convincing:
        return _gone(page, text, survey, best, known)
    if refused := instead_of_list(page, body, content_type, document.base, best):
        return refused
    if known is None:
        return _listed(page, best, None, document, fetched_at, cap, ())
    if not _may_replace(best, known, document.base):
        return _gone(page, text, survey, best, known)
    if _is_same_list(best, known):
        return _listed(page, best, known, document, fetched_at, cap, ())
    return _listed(page, best, None, document, fetched_at, cap, (_told(page, best, known, drift or "nothing"),))


def smoothed(usual: float | None, count: int) -> float:
    """Return the usual yield after one more poll."""
    return float(count) if usual is None else round(usual + 0.3 * (count - usual), 2)


def yield_notice(usual: float | None, count: int, where: str) -> Notices:
    """Return a notice if a list yields less than a third of what it usually does."""
    if usual is None or _FALLEN * count >= usual:
        return ()
    return (("yield", f"{where} gave {count} links; about {round(usual)} were usual: the page may have been rebuilt"),)


def _remembered(cursor: Mapping[str, Any]) -> _Remembered | None:
    """Return what a cursor of this file holds, None for one of another form."""
    try:
        return _Remembered(
            path=str(cursor["path"]),
            shape=str(cursor["shape"]),
            selector=str(cursor["selector"]),
            usual=float(cursor["usual"]),
            example=str(cursor["sample"][0][0]),
            seen=frozenset(map(str, cursor["seen"])),
            told=str(cursor.get("told", "")),
            told_until=str(cursor.get("told_until", "")),
        )
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def _drift(known: _Remembered, kept: Choice | None, best: Choice | None) -> str | None:
    """Return what is wrong with the rows that the remembered signature finds, None if nothing is."""
    if kept is None or not kept.rows:
        return "no such rows"
    if best is None or best.core in kept.groups:
        return None
    if _FALLEN * len(kept.rows) < known.usual and len(best.rows) > len(kept.rows):
        return f"{len(kept.rows)} such rows"
    is_strange = known.seen and not _overlap(kept, known)
    if is_strange and (_overlap(best, known) or best.score > _MUCH_BETTER * kept.score):
        return f"{len(kept.rows)} such rows, none of them known"
    return None


def _may_replace(best: Choice, known: _Remembered, address: str) -> bool:
    """Tell whether what is found may be the list that was read until now, at another place."""
    is_home = best.core.own_site >= 0.5 or site_of(best.rows[0].link.url) == site_of(address)
    return bool(_overlap(best, known)) or are_kin(best.core.shape, known.shape) or (is_home and best.quality >= _SURE)


def _is_same_list(best: Choice, known: _Remembered) -> bool:
    """Tell whether only another part of the list has become its core."""
    return best.core.path == known.path and are_kin(best.core.shape, known.shape)


def _overlap(choice: Choice, known: _Remembered) -> int:
    return sum(_key(row.link.url) in known.seen for row in choice.rows)


def _key(url: str) -> str:
    try:
        return url_key(url)[:_KEY_DIGITS]
    except ValueError:
        return ""


def _told(page: etree._Element, best: Choice, known: _Remembered, found: str) -> tuple[str, str]:
    selector = selector_of(page, best.core.rows)
    taken = f"took {len(best.rows)} links such as {best.rows[0].title[:_SHOWN]!r} instead"
    return "drift", f"expected the list at {known}, found {found}; {taken}; if they are right, set item: {selector!r}"


def _gone(page: etree._Element, text: str, survey: Survey, best: Choice | None, known: _Remembered | None) -> Rejected:
    """Return why there is no list, and what was expected where there used to be one."""
    reason = why_no_list(page, text, len(survey.links))
    if known is None or reason.rejected is Outcome.BLOCKED:
        return reason
    if best is None or not best.rows:
        return Rejected(rejected=Outcome.NOT_ARTICLE, detail=f"the list at {known} is gone; {reason.detail}")
    guess = f"{selector_of(page, best.core.rows)!r} ({len(best.rows)} links such as {best.rows[0].title[:_SHOWN]!r})"
    return Rejected(rejected=Outcome.NOT_ARTICLE, detail=f"the list at {known} is gone; not convincing: {guess}")


def _listed(
    page: etree._Element,
    choice: Choice,
    known: _Remembered | None,
    document: Document,
    fetched_at: datetime,
    cap: int,
    notices: Notices,
) -> Listed | Rejected:
    """Return the items of a choice with its cursor; ``known`` is the list it continues."""
    entries = (Entry(title=escaped(row.title), link=row.link.url, published=row.date) for row in choice.rows[:cap])
    found = items_of(entries, document, fetched_at, origin="list")
    beyond = (f"only the first {cap} of {len(choice.rows)} rows were taken",) if len(choice.rows) > cap else ()
    selector = known.selector if known else selector_of(page, choice.core.rows)
    usual, core, count = known.usual if known else None, choice.core, len(choice.rows)
    cursor = {
        "path": core.path,
        "shape": core.shape,
        "selector": selector,
        "usual": smoothed(usual, count),
        "sample": [[row.title[:80], row.link.url[:500]] for row in choice.rows[:_SAMPLE]],
        "seen": [_key(row.link.url) for row in choice.rows[:_MAX_SEEN]],
    }
    told = notices or yield_notice(usual, count, f"the list at {selector!r}")
    if notices:
        cursor |= {"told": notices[0][1], "told_until": (fetched_at + _TOLD_FOR).isoformat()}
    elif known and fetched_at.isoformat() < known.told_until:
        cursor |= {"told": known.told, "told_until": known.told_until}
        told = (("drift", known.told), *told)
    return Listed(found=Found(items=found.items, skipped=(*beyond, *found.skipped)), cursor=cursor, notices=told)
