"""Tagging: the tracked models and regulations that an article names.

``tag`` works without a store. Importing this package loads neither the catalogue nor the automaton.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.tag.settings import EntitySettings
    from monitor.tag.tagger import Considered, Tagger
    from storage.records import Mention

__all__ = ["explain", "tag"]


def tag(title: str | None, text: str, watch: tuple[EntitySettings, ...] = ()) -> tuple[Mention, ...]:
    """Return what an article mentions of the shipped catalogue and of ``watch``, title first, ordered by start.

    ``field[start:end] == surface`` in code points for every mention.
    """
    return _tagger(watch).tag(title, text)


def explain(title: str | None, text: str, watch: tuple[EntitySettings, ...] = ()) -> tuple[Considered, ...]:
    """Return what was decided on every ambiguous name of an article, and the points for and against it."""
    return _tagger(watch).explain(title, text)


@cache
def _tagger(watch: tuple[EntitySettings, ...]) -> Tagger:
    from monitor.tag.tagger import make_tagger

    return make_tagger(watch)
