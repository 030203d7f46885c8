"""How many mentions of one article are kept, and which: a page made of names must not fill the store.

Knows nothing of texts and rules: mentions in, mentions out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from operator import attrgetter

from storage.tagged import Mention

__all__ = ["MOST_MENTIONS", "most_telling"]

MOST_MENTIONS = 500
"""Ten times what the richest sample has (47); a page of 100,000 characters that is made of names has 14,000."""
_SHOWN = ("entity", "version", "variant", "size")


def most_telling(mentions: tuple[Mention, ...], limit: int = MOST_MENTIONS) -> tuple[Mention, ...]:
    """Return at most ``limit`` mentions, in their order; more only where more entities are mentioned.

    Every entity stays, then every version, variant and size of one, then every spelling of these. Of those alike the
    title's go before the text's, the surer before the less sure, and the earlier before the later.
    """
    if len(mentions) <= limit:
        return mentions
    ranked = sorted(range(len(mentions)), key=lambda at: (mentions[at].field != "title", -mentions[at].confidence, at))
    kept = dict.fromkeys(_firsts(ranked, (mentions[at].entity for at in ranked)))
    room = max(limit, len(kept))
    for alike in (attrgetter(*_SHOWN), attrgetter(*_SHOWN, "surface")):
        kept |= dict.fromkeys(_firsts(ranked, (alike(mentions[at]) for at in ranked)))
    kept |= dict.fromkeys(ranked)
    return tuple(mentions[at] for at in sorted(list(kept)[:room]))


def _firsts(places: Iterable[int], keys: Iterable[Hashable]) -> Iterator[int]:
    """Return the first place of each key."""
    seen: set[Hashable] = set()
    for place, key in zip(places, keys, strict=True):
        if key not in seen:
            seen.add(key)
            yield place
