"""What a known item was listed with: the version that its source counts by, and marks of what the source itself says.

All of it stands in one column, with how often the item was read again for nothing. Says which items of a poll have
changed. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from storage.records import NewItem
from storage.rows import AnyRow
from storage.states import ItemState, Outcome

__all__ = ["Compared", "compare", "packed"]

_SIGN = "\x1f"
_FEW = 2  # entries that may change in one poll, however short the list is
_AT_ONCE = 8  # of more than these, and than half of a list, that are read again in one poll
_SETTLES = timedelta(hours=1)  # another text is read no sooner: editors save more than once
_LONGEST = 6  # doublings of that for an item that is read again for nothing: 64 hours


class _Listed(NamedTuple):
    """The parts of the column; a part is "" where the source did not tell it.

    ``vain`` counts the readings in a row that other words in the list led to and that found nothing new.
    """

    version: str
    title: str
    text: str
    vain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The keys of items that are to be read again, with what is stored of each, and what is only to be remembered.

    ``stamped`` are those among the changed that have another version; ``put_off`` says how many were told otherwise
    and are left for a later poll, which must then be answered in full.
    """

    changed: Mapping[str, str | None]
    stamped: frozenset[str]
    put_off: int
    learned: Mapping[str, str]


def packed(item: NewItem, before: str | None = None) -> str | None:
    """Return what is stored of an item; what it does not tell stays as it was ``before``."""
    return _joined(_merged(item, before))


def compare(known: Mapping[str, AnyRow], found: Mapping[str, NewItem], now: datetime) -> Compared:
    """Compare known items with what their source lists.

    Another version is read again at once, and so is the first other title; another text an hour after the page was
    read. An item whose page had nothing new when its list told it otherwise waits longer each time, for lists hold
    counters. Where most entries change at once, as a generator makes them, a few are read in each poll, the latest
    first.
    """
    pairs = {key: (_of(found[key]), _unpacked(row.version)) for key, row in known.items()}
    stamped = {key for key, (new, old) in pairs.items() if new.version and new.version != old.version}
    titled = {key for key, (new, old) in pairs.items() if _differ(new.title, old.title)}
    told = titled | {key for key, (new, old) in pairs.items() if _differ(new.text, old.text)}
    due = {key for key in told - stamped if now >= _due_at(known[key], is_title=key in titled)}
    comparable = sum(bool(new.title and old.title) or bool(new.text and old.text) for new, old in pairs.values())
    chosen = due if len(told) <= max(_FEW, comparable // 2) else _a_few(due, known)
    again = {
        key: _changed(found[key], known[key], is_stamped=key in stamped) for key in known if key in stamped | chosen
    }
    others = {key: packed(found[key], row.version) for key, row in known.items() if key not in stamped | told}
    learned = {key: version for key, version in others.items() if version and version != known[key].version}
    return Compared(changed=again, stamped=frozenset(stamped), put_off=len(told - stamped - chosen), learned=learned)


def _differ(new: str, old: str) -> bool:
    return bool(new and old) and new != old


def _due_at(row: AnyRow, *, is_title: bool) -> datetime:
    """Return when an item that is told otherwise may be read again: at once where it is still to be read."""
    vain = _vain_of(row)
    is_first = not vain and row.outcome != Outcome.REVISION
    settled: datetime = row.discovered_at if row.settled_at is None else row.settled_at
    if row.state == ItemState.PENDING or (is_title and is_first):
        return settled
    return settled + _SETTLES * int(2 ** min(vain, _LONGEST))


def _vain_of(row: AnyRow) -> int:
    """Return how often in a row an item was read again for nothing, the last time among them."""
    if row.outcome == Outcome.REVISION:
        return 0
    return int(_unpacked(row.version).vain or 0) + int(row.outcome == Outcome.UNCHANGED)


def _a_few(keys: Iterable[str], known: Mapping[str, AnyRow]) -> set[str]:
    """Return those that are to be read anyway, and of the others the latest, of one poll in the order of its list."""
    latest = sorted(keys, key=lambda key: (-known[key].discovered_at.timestamp(), known[key].id))
    pending = {key for key in latest if known[key].state == ItemState.PENDING}
    return pending.union([key for key in latest if key not in pending][:_AT_ONCE])


def _changed(item: NewItem, row: AnyRow, *, is_stamped: bool) -> str | None:
    """Return what is stored of an item that is read again."""
    vain = 0 if is_stamped else _vain_of(row)
    return _joined(_merged(item, row.version)._replace(vain=str(vain) if vain else ""))


def _merged(item: NewItem, before: str | None) -> _Listed:
    new, old = _of(item), _unpacked(before)
    return _Listed(*(told or kept for told, kept in zip(new, old, strict=True)))


def _joined(listed: _Listed) -> str | None:
    marks = listed if listed.vain else listed[:-1]
    return _SIGN.join(marks) if any(marks[1:]) else listed.version or None


def _of(item: NewItem) -> _Listed:
    return _Listed(item.version or "", *(item.told or ("", "")))


def _unpacked(stored: str | None) -> _Listed:
    parts = (stored or "").rsplit(_SIGN, 3)
    if len(parts) in (3, 4) and _SIGN not in parts[0]:
        return _Listed(*parts)
    return _Listed(stored or "", "", "")
