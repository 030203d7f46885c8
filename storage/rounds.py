"""What articles said of a regulation's present round: that another form was drafted or made, and when it came to hold.

Read-only. A regulation in force is amended, and what was amended comes into force: stages come again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from storage.states import FactKind, Stage
from storage.tables import articles, stated_facts

__all__ = ["EFFECTS", "OPENING", "Round", "round_of", "rounds_of"]

EFFECTS = (FactKind.EFFECTIVE, FactKind.APPLICABLE, FactKind.PARTLY_EFFECTIVE, FactKind.AMENDMENT_EFFECTIVE)
"""The dates from which a regulation, or what was amended of it, holds."""
OPENING = (Stage.DRAFT, Stage.UNDER_REVIEW, Stage.ADOPTED, Stage.ISSUED, Stage.AMENDED)
"""The stages that lead to entry into force."""

_FACT, _ARTICLE = stated_facts.c, articles.c
_IS_STAGE = _FACT.what == FactKind.STAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """How far a regulation is round its life, as stored articles state it; times are those they were first seen.

    ``opened`` is the last stage that leads to entry into force and ``opened_at`` its time, ``amended_at`` the first
    time it was said to be amended, ``in_force_at`` the last time it was said to be in force, ``holds_from`` the latest
    date of effect that such an article gives.
    """

    opened: Stage
    opened_at: datetime
    amended_at: datetime | None = None
    in_force_at: datetime | None = None
    holds_from: str | None = None


def rounds_of(
    session: Session, entities: Collection[str], before: datetime, *, besides: Collection[int]
) -> dict[str, Round]:
    """Return the rounds that are open, by the regulations; ``round_of`` says what counts."""
    found = ((entity, round_of(session, entity, before, besides=besides)) for entity in sorted(entities))
    return {entity: one for entity, one in found if one is not None}


def round_of(session: Session, entity: str, before: datetime, *, besides: Collection[int]) -> Round | None:
    """Return the round that articles first seen before a time state of a regulation; None where none is open."""
    of_entity = (_FACT.entity == entity, _ARTICLE.first_seen_at < before, _ARTICLE.id.not_in(sorted(besides)))
    opened = session.execute(
        _rows(_FACT.value, _ARTICLE.first_seen_at)
        .where(*of_entity, _IS_STAGE, _FACT.value.in_(OPENING))
        .order_by(_ARTICLE.first_seen_at.desc(), _ARTICLE.id.desc(), _FACT.value)
        .limit(1)
    ).first()
    if opened is None:
        return None
    in_force = _IS_STAGE & (_FACT.value == Stage.IN_FORCE)
    holding = select(_FACT.article_id).where(_FACT.entity == entity, in_force)
    dated = _FACT.what.in_(EFFECTS) & _FACT.article_id.in_(holding)
    amended = _IS_STAGE & (_FACT.value == Stage.AMENDED)
    return Round(
        opened=Stage(opened.value),
        opened_at=opened.first_seen_at,
        amended_at=session.scalar(_rows(func.min(_ARTICLE.first_seen_at)).where(*of_entity, amended)),
        in_force_at=session.scalar(_rows(func.max(_ARTICLE.first_seen_at)).where(*of_entity, in_force)),
        holds_from=session.scalar(_rows(func.max(_FACT.value)).where(*of_entity, dated)),
    )


def _rows(*columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).select_from(stated_facts.join(articles, _ARTICLE.id == _FACT.article_id))
