"""The life of a regulation, put together from what stories state of it and what the catalogue holds.

Pure. Nothing is resolved: values that contradict each other stand side by side and name each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from storage.feed.entity_views import FactLine, KnownFact, LifeCycle, StatedValue
from storage.fold import name_key
from storage.records import FactKind, Stage

__all__ = ["are_alike", "life_cycle"]

_ORDER = (
    FactKind.STAGE,
    FactKind.COMMENTS_UNTIL,
    FactKind.ISSUED,
    FactKind.EFFECTIVE,
    FactKind.AMENDED,
    FactKind.REPEALED,
    FactKind.NUMBER,
    FactKind.ISSUER,
)
_STAGES = tuple(Stage)
_ONE_OF_EACH = frozenset(
    {FactKind.COMMENTS_UNTIL, FactKind.ISSUED, FactKind.EFFECTIVE, FactKind.REPEALED, FactKind.NUMBER}
)
"""A regulation passes through several stages, has several issuers, and may be amended again and again."""
_BY_TIME = frozenset(
    {FactKind.COMMENTS_UNTIL, FactKind.ISSUED, FactKind.EFFECTIVE, FactKind.AMENDED, FactKind.REPEALED}
)


def life_cycle(stated: Iterable[StatedValue], known: Sequence[KnownFact], *, left_out: int = 0) -> LifeCycle:
    """Return what is stated and what is known, value by value, in the order of the life of a regulation."""
    lines = [_line(one, known) for one in stated]
    said = {fact for line in lines for fact in line.known}
    silent = dict.fromkeys((fact.what, fact.value) for fact in known if fact not in said)
    lines += [_unstated(what, value, known) for what, value in silent]
    facts = sorted((_with_conflicts(line, lines) for line in lines), key=_place)
    current = next((line for line in reversed(facts) if line.what is FactKind.STAGE and line.stories), None)
    return LifeCycle(
        stage=Stage(current.value) if current else None,
        stage_stories=current.stories if current else 0,
        facts=tuple(facts),
        left_out=left_out,
    )


def are_alike(what: FactKind, one: str, other: str) -> bool:
    """Say whether two values may both be true: equal, or one as the other but less precise.

    ``2025-09`` goes with ``2025-09-01``, ``令第15号`` with ``国家互联网信息办公室令第15号``.
    """
    if what in _BY_TIME:
        short, long = sorted((one, other), key=len)
        return long == short or long.startswith(f"{short}-")
    one, other = name_key(one), name_key(other)
    return one == other or (what is FactKind.NUMBER and (one.endswith(other) or other.endswith(one)))


def _line(stated: StatedValue, known: Iterable[KnownFact]) -> FactLine:
    return FactLine(
        what=stated.what,
        value=stated.value,
        stories=stated.stories,
        articles=stated.articles,
        confidence=stated.confidence,
        first=stated.first,
        known=_same(stated.what, stated.value, known),
        conflicts=(),
    )


def _unstated(what: FactKind, value: str, known: Iterable[KnownFact]) -> FactLine:
    same = tuple(fact for fact in known if (fact.what, fact.value) == (what, value))
    return FactLine(
        what=what, value=value, stories=0, articles=0, confidence=None, first=None, known=same, conflicts=()
    )


def _same(what: FactKind, value: str, known: Iterable[KnownFact]) -> tuple[KnownFact, ...]:
    return tuple(fact for fact in known if fact.what is what and are_alike(what, value, fact.value))


def _with_conflicts(line: FactLine, lines: Iterable[FactLine]) -> FactLine:
    others = sorted(other.value for other in lines if _contradict(line, other))
    return replace(line, conflicts=tuple(others))


def _contradict(line: FactLine, other: FactLine) -> bool:
    """Say whether two values cannot both be true; several that the catalogue holds are of several parts."""
    if line.what is not other.what or line.what not in _ONE_OF_EACH or are_alike(line.what, line.value, other.value):
        return False
    are_parts = line.known and other.known and not set(line.known) & set(other.known)
    return not are_parts


def _place(line: FactLine) -> tuple[int, int, int, str]:
    kind = _ORDER.index(line.what)
    if line.what is FactKind.STAGE:
        return kind, _STAGES.index(Stage(line.value)), 0, line.value
    return kind, 0, 0 if line.what in _BY_TIME else -line.stories, line.value
