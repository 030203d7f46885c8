"""What stories are about: which words they hold, how many hold a word, and which stories share the telling ones.

A story is remembered for a month, by the article that it began with. Stories that joined a topic are not: the lead of
the topic stands for them, so that the words of one event count once. Knows nothing of topics.
"""

from __future__ import annotations

import json
import struct
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import blake2b

from sqlalchemy import BigInteger, TextClause, bindparam, delete, func, insert, select, text
from sqlalchemy.orm import Session

from storage import postgresql, sqlite
from storage.rows import AnyRow
from storage.tables import articles, profiles, story_terms

__all__ = ["Profile", "count_terms", "forget_profile", "forget_profiles", "profiles_sharing", "remember"]

_ALL = 0  # the key under which every remembered story is counted
_FORGOTTEN_AT_ONCE = 500

_COUNT = "SELECT k, stories FROM term WHERE k IN ({wanted})"
_ADD = """
INSERT INTO term (k, stories) SELECT k, 1 FROM ({wanted}) AS wanted WHERE true
ON CONFLICT (k) DO UPDATE SET stories = term.stories + 1
"""
_SUBTRACT = "UPDATE term SET stories = stories - :times WHERE k IN ({wanted})"
_CLEAN = "DELETE FROM term WHERE stories <= 0 AND k IN ({wanted})"
_PUT_IN = "INSERT INTO story_term (k, article_id) SELECT k, :article_id FROM ({wanted}) AS wanted"
_TAKE_OUT = (
    "DELETE FROM story_term WHERE k IN ({wanted}) AND article_id + 0 IN ({ids})"  # + 0: by the key, not by pairs
)

_COUNTED = select(profiles.c.article_id, profiles.c.counted)
_SHARED = (
    select(story_terms.c.article_id, func.count().label("shared"))
    .where(story_terms.c.k.in_(bindparam("keys", expanding=True, type_=BigInteger)))
    .group_by(story_terms.c.article_id)
    .having(func.count() >= bindparam("least"))
    .subquery()
)
_SHARING = (
    select(profiles.c.article_id, articles.c.story_id, profiles.c.terms, profiles.c.told_at)
    .join(_SHARED, _SHARED.c.article_id == profiles.c.article_id)
    .join(articles, articles.c.id == profiles.c.article_id)
    .where(profiles.c.told_at.between(bindparam("since"), bindparam("until")))
    .order_by(_SHARED.c.shared.desc(), profiles.c.article_id.desc())
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a story is about, by the article that was looked at; ``story_id`` is where that stands.

    ``terms`` are words and tracked entities with their counts, as ``storage.records.Article`` has them; ``told_at`` is
    when it was published, as far as that is known, else when it was found.
    """

    article_id: int
    story_id: int
    terms: tuple[tuple[str, int], ...]
    told_at: datetime


def count_terms(session: Session, keys: Iterable[str]) -> tuple[dict[str, int], int]:
    """Return how many remembered stories hold each of the words, and how many stories are remembered."""
    words = {_key(word): word for word in keys}
    rows = session.execute(_statement(session, _COUNT), {"keys": _listed([_ALL, *words])})
    counted = {row.k: row.stories for row in rows}
    total = counted.pop(_ALL, 0)
    return {words[k]: count for k, count in counted.items()}, total


def profiles_sharing(
    session: Session, keys: Collection[str], *, since: datetime, until: datetime, least: int, limit: int
) -> tuple[Profile, ...]:
    """Return the remembered stories told in a span of time that ``least`` of the words lead to, the most first."""
    if len(keys) < least:
        return ()
    values = {"keys": [_key(word) for word in keys], "since": since, "until": until, "least": least, "limit": limit}
    return tuple(map(_profile, session.execute(_SHARING, values)))


def remember(
    session: Session, profile: Profile, *, keys: Collection[str], leading: Collection[str], now: datetime
) -> None:
    """Remember a story. ``keys`` are its words as they are counted, ``leading`` those that shall lead to it."""
    counted = sorted({_ALL, *map(_key, keys)})
    row = {
        "article_id": profile.article_id,
        "terms": [list(pair) for pair in profile.terms],
        "told_at": profile.told_at,
        "first_seen_at": now,
        "counted": struct.pack(f"<{len(counted)}q", *counted),
    }
    session.execute(insert(profiles), row)
    session.execute(_statement(session, _ADD), {"keys": _listed(counted)})
    if leading:
        session.execute(
            _statement(session, _PUT_IN), {"keys": _listed(map(_key, leading)), "article_id": profile.article_id}
        )


def forget_profiles(session: Session, before: datetime, *, limit: int = _FORGOTTEN_AT_ONCE) -> int:
    """Forget the words of stories first seen before a time, at most ``limit``; return how many. Topics stay."""
    oldest = _COUNTED.where(profiles.c.first_seen_at < before).order_by(profiles.c.article_id).limit(limit)
    return _forget(session, session.execute(oldest).all())


def forget_profile(session: Session, article_id: int) -> None:
    """Forget what an article is about: it has another text."""
    _forget(session, session.execute(_COUNTED.where(profiles.c.article_id == article_id)).all())


def _forget(session: Session, rows: Sequence[AnyRow]) -> int:
    """Forget stories at once: of many, most words are held by more than one."""
    times = Counter(k for row in rows for k in struct.unpack(f"<{len(row.counted) // 8}q", row.counted))
    ids = [row.article_id for row in rows]
    session.execute(_statement(session, _TAKE_OUT), {"keys": _listed(times), "ids": _listed(ids)})
    of_times: dict[int, list[int]] = {}
    for k, count in times.items():
        of_times.setdefault(count, []).append(k)
    for count, keys in sorted(of_times.items()):
        session.execute(_statement(session, _SUBTRACT), {"keys": _listed(keys), "times": count})
    session.execute(_statement(session, _CLEAN), {"keys": _listed(times)})
    session.execute(delete(profiles).where(profiles.c.article_id.in_(ids)))
    return len(rows)


def _profile(row: AnyRow) -> Profile:
    terms = tuple((str(term), int(count)) for term, count in row.terms)
    return Profile(article_id=row.article_id, story_id=row.story_id, terms=terms, told_at=row.told_at)


def _key(word: str) -> int:
    """Return the key of a word: 64 bits of its hash, never the key that counts all."""
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little", signed=True) or 1


def _listed(keys: Iterable[int]) -> str:
    return json.dumps(sorted(keys))


def _statement(session: Session, words: str) -> TextClause:
    return _text(words, session.get_bind().dialect.name)


@cache
def _text(words: str, dialect: str) -> TextClause:
    keys = (postgresql if dialect == "postgresql" else sqlite).KEYS_FROM_JSON
    return text(words.format(wanted=keys.format(name="keys"), ids=keys.format(name="ids")))
