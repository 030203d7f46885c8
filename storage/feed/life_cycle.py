"""The life of a regulation on a day, put together from what stories state of it and what the catalogue holds.

Pure. Nothing is resolved but what a text corrects: values that contradict each other stand side by side and name each
other. Where the calendar has gone on since the last story, the stage goes on with it; where no story states one, the
dates tell it, be they the catalogue's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from storage.feed.conflicts import are_alike, day_of, with_conflicts
from storage.feed.entity_views import FactLine, KnownFact, LifeCycle, StatedValue, Upcoming
from storage.states import FactKind, Stage

__all__ = ["life_cycle"]

_ORDER = (
    FactKind.STAGE,
    FactKind.DRAFTED,
    FactKind.COMMENTS_UNTIL,
    FactKind.ADOPTED,
    FactKind.FAILED,
    FactKind.ISSUED,
    FactKind.EFFECTIVE,
    FactKind.APPLICABLE,
    FactKind.PARTLY_EFFECTIVE,
    FactKind.POSTPONEMENT_PROPOSED,
    FactKind.POSTPONED,
    FactKind.AMENDED,
    FactKind.AMENDMENT_EFFECTIVE,
    FactKind.REPEALED,
    FactKind.NUMBER,
    FactKind.ISSUER,
)
_STAGES = tuple(Stage)
_BEFORE_FORCE = frozenset({Stage.PLANNED, Stage.DRAFT, Stage.UNDER_REVIEW, Stage.ADOPTED, Stage.ISSUED})
_MADE = frozenset({Stage.ADOPTED, Stage.ISSUED})
_UNDONE = frozenset({Stage.REPEALED, Stage.FAILED})
_STAGE_OF = {
    FactKind.REPEALED: Stage.REPEALED,
    FactKind.FAILED: Stage.FAILED,
    FactKind.EFFECTIVE: Stage.IN_FORCE,
    FactKind.APPLICABLE: Stage.IN_FORCE,
    FactKind.PARTLY_EFFECTIVE: Stage.IN_FORCE,
    FactKind.ISSUED: Stage.ISSUED,
    FactKind.ADOPTED: Stage.ADOPTED,
    FactKind.DRAFTED: Stage.DRAFT,
}
_OF_EFFECT = (FactKind.EFFECTIVE, FactKind.APPLICABLE)
_OF_PARTS = (FactKind.PARTLY_EFFECTIVE,)
_BEGINNINGS = (FactKind.EFFECTIVE, FactKind.APPLICABLE, FactKind.PARTLY_EFFECTIVE)
_AHEAD = frozenset(
    {
        FactKind.COMMENTS_UNTIL,
        FactKind.EFFECTIVE,
        FactKind.APPLICABLE,
        FactKind.PARTLY_EFFECTIVE,
        FactKind.AMENDMENT_EFFECTIVE,
        FactKind.REPEALED,
    }
)


def life_cycle(
    stated: Iterable[StatedValue], known: Sequence[KnownFact], *, today: date, left_out: int = 0
) -> LifeCycle:
    """Return what is stated and what is known, value by value, in the order of the life of a regulation."""
    known = [_as_part(fact, known) for fact in known]
    lines = [_line(one, known) for one in stated]
    said = {fact for line in lines for fact in line.known}
    silent = dict.fromkeys((fact.what, fact.value) for fact in known if fact not in said)
    lines += [_unstated(what, value, known) for what, value in silent]
    facts = [_with_delay(line, lines) for line in sorted(with_conflicts(lines), key=_place)]
    return replace(
        _on_the_day(facts, today.isoformat()),
        upcoming=_upcoming(facts, today),
        facts=tuple(facts),
        left_out=left_out,
    )


def _as_part(fact: KnownFact, known: Sequence[KnownFact]) -> KnownFact:
    """Return a date of effect that the catalogue notes the matter of, behind one of the whole, as that of a part."""
    is_effect = fact.what is FactKind.EFFECTIVE
    is_part = fact.note and any(one.what is fact.what and not one.note and one.value < fact.value for one in known)
    return replace(fact, what=FactKind.PARTLY_EFFECTIVE) if is_effect and is_part else fact


def _with_delay(line: FactLine, lines: Sequence[FactLine]) -> FactLine:
    return replace(line, put_off_to=tuple(sorted(_moved_to(line, lines))))


def _on_the_day(facts: Sequence[FactLine], today: str) -> LifeCycle:
    """Return the stage on a day: the latest that a story states, or that of a date that has passed."""
    told = [line for line in facts if line.what is FactKind.STAGE and line.stories]
    current = told[-1] if told else None
    stage = Stage(current.value) if current else None
    whole = _begun(facts, today, _OF_EFFECT)
    since = whole or (_begun(facts, today, _OF_PARTS) if stage in _MADE else None)
    is_in_force = since is not None or any(line.value == Stage.IN_FORCE for line in told)
    is_amended = stage is Stage.AMENDED and is_in_force
    goes_on = stage is None or stage in _BEFORE_FORCE or is_amended
    by_date = _ended(facts, today, stage) or (since if goes_on else None)
    counted = by_date or current or _held(facts, today)
    is_of_date = counted is not None and counted.what is not FactKind.STAGE
    return LifeCycle(
        stage=Stage.IN_FORCE if is_amended and by_date in (None, since) else _stage_of(counted),
        stage_stories=counted.stories if counted else 0,
        stage_date=counted.value if counted and is_of_date else None,
        stated_stage=stage if by_date else None,
        is_disputed=bool(by_date and by_date.conflicts),
        is_partial=by_date is not None and by_date is since and whole is None,
        is_amended=is_amended,
        closed=_closed(facts, today) if stage is Stage.DRAFT and by_date is None else None,
        upcoming=(),
        facts=(),
        left_out=0,
    )


def _stage_of(line: FactLine | None) -> Stage | None:
    if line is None:
        return None
    return Stage(line.value) if line.what is FactKind.STAGE else _STAGE_OF[line.what]


def _ended(facts: Sequence[FactLine], today: str, stage: Stage | None) -> FactLine | None:
    """Return the date of repeal or failing that has passed, where stories state an earlier stage or none."""
    if stage is not None and stage in _UNDONE:
        return None
    repealed = _begun(facts, today, (FactKind.REPEALED,))
    may_fail = stage is None or stage in _BEFORE_FORCE - {Stage.ISSUED}
    return repealed or (_begun(facts, today, (FactKind.FAILED,)) if may_fail else None)


def _held(facts: Sequence[FactLine], today: str) -> FactLine | None:
    """Return the last step that the catalogue knows of, or whose date has passed, where no story states a stage."""
    known = [line for line in facts if line.what is FactKind.STAGE]
    dates = (_begun(facts, today, (kind,)) for kind in (FactKind.ISSUED, FactKind.ADOPTED, FactKind.DRAFTED))
    steps = [*known, *(line for line in dates if line is not None)]
    return max(steps, key=lambda line: _STAGES.index(_stage_of(line) or Stage.PLANNED), default=None)


def _closed(facts: Iterable[FactLine], today: str) -> str | None:
    """Return the last day for comments, if it is over."""
    last = max((line.value for line in facts if line.what is FactKind.COMMENTS_UNTIL), default=None)
    return last if last is not None and _is_over(last, today) else None


def _begun(facts: Sequence[FactLine], today: str, kinds: Sequence[FactKind]) -> FactLine | None:
    """Return the date of some kinds that most stories state, if it has passed."""
    dates = [line for line in facts if line.what in kinds and _holds(line, facts)]
    dates.sort(key=lambda line: (-line.stories, not line.known, _ORDER.index(line.what), -len(line.value), line.value))
    return dates[0] if dates and dates[0].value <= today and not _is_open(dates[0].value, today) else None


def _holds(line: FactLine, facts: Sequence[FactLine]) -> bool:
    return not line.corrected_by and not _moved_to(line, facts)


def _moved_to(line: FactLine, facts: Sequence[FactLine]) -> set[str]:
    """Return the later dates of effect of its kind that one was postponed to."""
    if line.what not in _OF_EFFECT:
        return set()
    moved = [other.value for other in facts if other.what is FactKind.POSTPONED]
    later = {other.value for other in facts if other.what is line.what and other.value > line.value}
    return {value for value in later if any(are_alike(line.what, value, new) for new in moved)}


def _is_open(value: str, today: str) -> bool:
    """Say whether a month or year without a day is not over."""
    return len(value) < len(today) and today.startswith(value)


def _is_over(value: str, today: str) -> bool:
    return value < today and not _is_open(value, today)


def _upcoming(facts: Sequence[FactLine], today: date) -> tuple[Upcoming, ...]:
    ahead = [line for line in facts if line.what in _AHEAD and not _is_over(line.value, today.isoformat())]
    ahead = [line for line in ahead if _holds(line, facts) and not _is_settled(line, facts, today.isoformat())]
    ahead.sort(key=lambda line: (line.value, _ORDER.index(line.what)))
    return tuple(
        Upcoming(
            what=line.what,
            value=line.value,
            days=(day - today).days if day is not None else None,
            stories=line.stories,
            notes=tuple(fact.note for fact in line.known if fact.note),
            is_disputed=bool(line.conflicts),
        )
        for line, day in ((line, day_of(line.value)) for line in ahead)
    )


def _is_settled(line: FactLine, facts: Iterable[FactLine], today: str) -> bool:
    """Say whether a call for comments came to its end early: since it was told the rule was issued or took effect."""
    if line.what is not FactKind.COMMENTS_UNTIL or line.first is None:
        return False
    published = line.first.published
    told = published.value[:10] if published else line.first.first_seen_at.date().isoformat()
    ends = (FactKind.ISSUED, *_BEGINNINGS)
    return any(told < one.value <= today and not _is_open(one.value, today) for one in facts if one.what in ends)


def _line(stated: StatedValue, known: Iterable[KnownFact]) -> FactLine:
    return FactLine(
        what=stated.what,
        value=stated.value,
        writings=stated.writings,
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
        what=what,
        value=value,
        writings=(),
        stories=0,
        articles=0,
        confidence=None,
        first=None,
        known=same,
        conflicts=(),
    )


def _same(what: FactKind, value: str, known: Iterable[KnownFact]) -> tuple[KnownFact, ...]:
    """Return the facts of the catalogue that say the same; it may have the dates of parts among those of effect."""
    kinds = _BEGINNINGS if what in _BEGINNINGS else (what,)
    return tuple(fact for fact in known if fact.what in kinds and are_alike(what, value, fact.value))


def _place(line: FactLine) -> tuple[int, int, int, str]:
    kind = _ORDER.index(line.what)
    if line.what is FactKind.STAGE:
        return kind, _STAGES.index(Stage(line.value)), 0, line.value
    is_counted = line.what in (FactKind.NUMBER, FactKind.ISSUER)
    return kind, 0, -line.stories if is_counted else 0, line.value
