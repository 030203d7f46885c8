"""What tagging finds in an article: values that pass from the tagger to the store.

Mentions of tracked names, spellings that were none, facts stated of regulations, and names that look untracked. As
the other records (``storage.records``): frozen, offsets in code points, nothing of tables, rows or sessions.
"""

from __future__ import annotations

from dataclasses import dataclass

from storage.states import FactKind, Tagging

__all__ = ["CORRECTING", "Considered", "Findings", "Mention", "Sighting", "StatedFact"]


CORRECTING = 1.0
"""The confidence of a fact that its text states to correct what was said before; no other is as sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A tracked name found in an article.

    ``field`` is ``title`` or ``text``; ``field[start:end] == surface``. ``how`` says how it was decided
    (``alias``, ``cue``, ``short form of ...``); ``confidence`` is 0-1. ``version`` (3.5, V2.0 Pro), ``variant`` (Pro,
    Coder-Instruct: the words of a sub-model, which the version may hold too) and ``size`` (72B) are what the name shows
    of itself; the variant is None too where a text was tagged before it was kept. ``reasons`` are what spoke for and
    against it, with points; none for a name that always counts.
    """

    entity: str
    kind: str
    field: str
    surface: str
    start: int
    end: int
    version: str | None
    how: str
    confidence: float
    size: str | None = None
    variant: str | None = None
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """A spelling of a tracked name that was not taken for one, and why; ``field[start:end] == surface``."""

    entity: str
    kind: str
    field: str
    surface: str
    start: int
    end: int
    outcome: Tagging
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFact:
    """What an article states of a regulation that it mentions; ``field[start:end] == surface`` is where.

    ``value`` is a ``Stage``, a date (``YYYY-MM-DD``, as much of it as is known), the name of a body, or a number as
    written, without spaces. ``confidence`` is 0-1, ``CORRECTING`` for what corrects another statement.
    """

    entity: str
    what: FactKind
    value: str
    field: str
    surface: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A name that looks like an untracked model or regulation; ``field[start:end] == surface``.

    ``name`` is what to call it, without quotes, version and size; ``how`` is the pattern that found it.
    """

    kind: str
    name: str
    field: str
    surface: str
    start: int
    end: int
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What tagging found in an article besides its mentions. ``catalogue`` is the version of the names it used."""

    catalogue: str = ""
    considered: tuple[Considered, ...] = ()
    facts: tuple[StatedFact, ...] = ()
    sightings: tuple[Sighting, ...] = ()
