"""What a known item was listed with: the version that its source counts by, and marks of what the source itself says.

All of it stands in one column. Says which items of a poll have changed. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from storage.records import NewItem
from storage.rows import AnyRow

__all__ = ["Compared", "compare", "packed"]

_SIGN = "\x1f"
_FEW = 2  # entries that may change in one poll, however short the list is
_SETTLES = timedelta(hours=6)  # a counter in a text must not have its page read again at every poll


class _Listed(NamedTuple):
    """The parts of the column; a part is "" where the source did not tell it."""

    version: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The keys of items that are to be read again, and by key what is only to be remembered of others.

    ``stamped`` are those among the changed that have another version; ``early`` is said when another text is left for
    a later poll, which must then be answered in full.
    """

    changed: tuple[str, ...]
    stamped: frozenset[str]
    early: bool
    learned: Mapping[str, str]


def packed(item: NewItem, before: str | None = None) -> str | None:
    """Return what is stored of an item; what it does not tell stays as it was ``before``."""
    now, then = _of(item), _unpacked(before)
    kept = _Listed(*(new or old for new, old in zip(now, then, strict=True)))
    return _SIGN.join(kept) if kept.title or kept.text else kept.version or None


def compare(known: Mapping[str, AnyRow], found: Mapping[str, NewItem], now: datetime) -> Compared:
    """Compare known items with what their source lists.

    Other titles or texts of most entries at once are the work of a generator and say nothing, as stamps that are all
    alike do; another text alone counts only some hours after the page was read.
    """
    pairs = {key: (_of(found[key]), _unpacked(row.version)) for key, row in known.items()}
    stamped = {key for key, (new, old) in pairs.items() if new.version and new.version != old.version}
    titles = {key: (new.title, old.title) for key, (new, old) in pairs.items()}
    texts = {key: (new.text, old.text) for key, (new, old) in pairs.items()}
    reworded = _told_otherwise(texts)
    early = {key for key in reworded if (read := known[key].settled_at) is not None and now - read < _SETTLES}
    again = stamped | _told_otherwise(titles) | (reworded - early)
    others = {key: packed(found[key], row.version) for key, row in known.items() if key not in again | early}
    learned = {key: version for key, version in others.items() if version and version != known[key].version}
    changed = tuple(key for key in known if key in again)
    return Compared(changed=changed, stamped=frozenset(stamped), early=bool(early - again), learned=learned)


def _told_otherwise(marks: Mapping[str, tuple[str, str]]) -> set[str]:
    both = {key: pair for key, pair in marks.items() if all(pair)}
    other = {key for key, (new, old) in both.items() if new != old}
    return other if len(other) <= max(_FEW, len(both) // 2) else set()


def _of(item: NewItem) -> _Listed:
    return _Listed(item.version or "", *(item.told or ("", "")))


def _unpacked(stored: str | None) -> _Listed:
    parts = (stored or "").rsplit(_SIGN, 2)
    return _Listed(*parts) if len(parts) == len(_Listed._fields) else _Listed(stored or "", "", "")
