"""Tagging: the tracked models and regulations that an article names, what it states of them, and what else it names.

All of it works without a store. Importing this package loads neither the catalogue nor the automaton.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from storage.tagged import Findings

if TYPE_CHECKING:
    from monitor.tag.settings import EntitySettings
    from monitor.tag.tagger import Tagger
    from storage.records import Published
    from storage.tagged import Considered, Mention

__all__ = ["Names", "explain", "names_in", "names_in_all", "tag"]

Names = tuple[tuple["Mention", ...], Findings]
"""All that tagging finds in one article."""

_KEPT = 2
"""Taggers in memory, 10 MB each: that of the configuration, and that of the one before while its work ends."""
_made: deque[tuple[tuple[EntitySettings, ...], tuple[Tagger, str]]] = deque(maxlen=_KEPT)


def names_in(
    title: str | None, text: str, watch: tuple[EntitySettings, ...] = (), published: Published | None = None
) -> Names:
    """Return what an article mentions, and what else was found: unsure names, stated facts, names nobody tracks.

    ``published`` completes dates that the text gives without a year. ``field[start:end] == surface`` in code points,
    for whatever is found. Of more than 500 mentions the most telling are kept; facts are read beside all of them.
    """
    from monitor.tag.bounded import most_telling
    from monitor.tag.discover import sightings
    from monitor.tag.letters import Letters
    from monitor.tag.stated import stated

    tagger, version = _tagger(watch)
    letters = Letters(title, text)
    mentions, considered = tagger.read(title, text, letters)
    return most_telling(mentions), Findings(
        catalogue=version,
        considered=considered,
        facts=stated(title, text, mentions, published, letters),
        sightings=sightings(title, text, mentions, considered, letters),
    )


def names_in_all(
    articles: Sequence[tuple[str | None, str, Published | None]], watch: Sequence[EntitySettings] = ()
) -> tuple[Names, ...]:
    """Return what each of some articles names: title, text and date in, in their order."""
    watched = tuple(watch)
    return tuple(names_in(title, text, watched, published) for title, text, published in articles)


def tag(title: str | None, text: str, watch: tuple[EntitySettings, ...] = ()) -> tuple[Mention, ...]:
    """Return what an article mentions of the shipped catalogue and of ``watch``, title first, ordered by start.

    ``field[start:end] == surface`` in code points for every mention.
    """
    return _tagger(watch)[0].tag(title, text)


def explain(title: str | None, text: str, watch: tuple[EntitySettings, ...] = ()) -> tuple[Considered, ...]:
    """Return what was decided on every ambiguous name of an article, and the points for and against it."""
    return _tagger(watch)[0].explain(title, text)


def _tagger(watch: tuple[EntitySettings, ...]) -> tuple[Tagger, str]:
    """Return the tagger and the version of the names that it knows."""
    for known, made in reversed(_made):  # to hash 20,000 entities takes longer than to tag an article
        if known is watch:
            return made
    made = _make(watch)
    _made.append((watch, made))
    return made


@lru_cache(maxsize=_KEPT)
def _make(watch: tuple[EntitySettings, ...]) -> tuple[Tagger, str]:
    from monitor.tag.catalogue import load_catalogue
    from monitor.tag.lexicon import build_lexicon
    from monitor.tag.tagger import Tagger

    catalogue = load_catalogue(watch)
    return Tagger(build_lexicon(catalogue)), catalogue.version
