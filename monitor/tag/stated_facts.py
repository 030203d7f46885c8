"""What the deeds, dates, bodies and numbers of one sentence come to: facts of regulations, with places in the sentence.

Binds nothing that ``stated_deeds`` and ``stated_asides`` have not bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.tag.stated_asides import consultation, numbers, titled
from monitor.tag.stated_makers import agreed_by, made_by, makers, of_order, of_title
from monitor.tag.stated_names import Name
from monitor.tag.stated_parts import part_dates, parts
from monitor.tag.stated_piece import INHERITED, LIKELY, SURE, Found, Piece
from monitor.tag.stated_postponed import find_postponed, postponements
from monitor.tag.stated_sentence import Deed, Sentence
from monitor.tag.stated_steps import dated, is_ahead, stage_of
from monitor.tag.stated_verbs import Act
from storage.states import FactKind, Stage

__all__ = ["WHEN_ISSUED", "facts_of"]

WHEN_ISSUED = "when issued"
"""The value of the date of effect of what is in force from the day it is issued, which another sentence may tell."""

_Step = tuple[FactKind, str, int, int, float]
"""A kind of fact, the value, its place in the sentence, and how sure that is."""

_BY_WORD = 0.05  # less sure where a word such as 该法 stands for the name

_DONE = frozenset({Act.ISSUE, Act.ADOPT, Act.AMEND})
_PROPOSAL = re.compile(r"提案|综合[\"》]?方案|一揽子|omnibus|\bproposal\b")  # published before it is adopted
_AMENDING = re.compile(r"修[订正改][《\"']*$|\b(?:amending|revising|amendments to|revisions to) (?:the |its )?$")
_LED_BY = 24  # characters before a name that tell of its amendment
_AMENDING_TITLE = re.compile("修[订正改].*(?:决定|决议|案)")
_OF_CHANGE = re.compile("[》〉\"']*的?(?:部分条文)?修[订正改](?:草案|案)")
_DRAFT_OF_IT = re.compile(r"[》〉\"']*[^,。;《》()]{0,16}(?:决定|修正案)\(?(?:征求意见稿|意见稿|草案|审议稿|送审稿)")
_DRAFT_WORD = re.compile(r"\bdraft\b|草案|征求意见稿")


def facts_of(piece: Piece) -> list[Found]:
    """Return what a sentence states of tracked regulations, in no order, with what it says twice."""
    found = list(numbers(piece))
    found += consultation(piece)
    found += titled(piece)
    postponed = find_postponed(piece.sentence)
    found += postponements(piece, postponed)
    moved = {one.date for one in postponed}
    of_parts = {index: name for index, name in part_dates(piece.sentence).items() if index not in moved}
    not_begun = {one.date for one in postponed if one.date is not None and (one.is_proposed or one.is_part)}
    found += parts(piece, of_parts)
    older = _older(piece)
    for index, deed in enumerate(piece.deeds):
        is_of_other = deed.act is Act.EFFECT and (deed.date in of_parts or deed.date in not_begun)
        if not is_of_other and not _is_said_of_bill(piece, deed):
            found += _of_deed(piece, deed, piece.deeds[index - 1] if index else None, older)
    found += _drafts(piece)
    found += [*made_by(piece), *agreed_by(piece), *of_title(piece), *of_order(piece)]
    return found


def _confidence(deed: Deed, name: Name, sure: float) -> float:
    less = (INHERITED if deed.is_inherited else 0) + (_BY_WORD if name.is_reference else 0)
    return round(sure - less, 2)


def _older(piece: Piece) -> frozenset[int]:
    """Return where versions are named that end as another of the same name begins: 此前公布的《…》同时废止."""
    begun = {name.entity: name.start for deed in piece.deeds if deed.act is Act.EFFECT for name in deed.names}
    ended = (name for deed in piece.deeds if deed.act is Act.REPEAL for name in deed.names)
    return frozenset(name.start for name in ended if begun.get(name.entity, name.start) != name.start)


def _is_said_of_bill(piece: Piece, deed: Deed) -> bool:
    """Say whether a repeal (失效) or a proposal is that of a bill which the sentence says has failed."""
    failed = {name.entity for one in piece.deeds if one.act is Act.FAIL for name in one.names}
    is_mark = deed.act is Act.PROPOSE and deed.date is None
    return (deed.act is Act.REPEAL or is_mark) and any(name.entity in failed for name in deed.names)


def _of_deed(piece: Piece, deed: Deed, last: Deed | None, older: frozenset[int]) -> Iterator[Found]:
    if deed.act in _DONE and deed.date is not None and is_ahead(piece.sentence.dates[deed.date]):
        return  # 明年初公布
    doers = list(makers(piece, deed)) if not _is_of_amendment(piece, deed) else []
    for name in deed.names:
        is_planned = deed.act is Act.PLAN and _is_asked(piece, name)  # its draft says more
        if name.entity is None or name.start in older or is_planned:
            continue
        yield from (_found(deed, name, step) for step in _steps(piece, deed, name, last))
        for start, end in doers:
            sure = SURE if deed.act is Act.ISSUE else LIKELY
            yield _found(deed, name, (FactKind.ISSUER, piece.original[start:end], start, end, sure))


def _steps(piece: Piece, deed: Deed, name: Name, last: Deed | None) -> Iterator[_Step]:
    """Yield the dates and the stage that a deed states of a name."""
    is_draft = _is_draft(piece, deed, name)
    when, sure = dated(piece, deed, name, last, is_draft=is_draft)
    if when is not None:
        yield *when, sure
    if deed.act is Act.AS_ISSUED and not is_draft:
        yield FactKind.EFFECTIVE, WHEN_ISSUED, deed.start, deed.end, LIKELY
    stage = stage_of(piece, deed, name, when[1] if when else None, is_draft=is_draft)
    if stage is not None:
        yield FactKind.STAGE, stage, deed.start, deed.end, LIKELY if deed.act in (Act.EFFECT, Act.PLAN) else SURE


def _found(deed: Deed, name: Name, step: _Step) -> Found:
    what, value, start, end, sure = step
    return Found(
        entity=name.entity or "",
        what=what,
        value=value,
        start=start,
        end=end,
        confidence=_confidence(deed, name, sure),
    )


def _is_draft(piece: Piece, deed: Deed, name: Name) -> bool:
    if name.is_draft or deed.act is Act.PROPOSE:
        return True
    if deed.act is Act.ISSUE and _PROPOSAL.search(name.title):
        return True
    if deed.act is Act.AMEND and (_is_asked(piece, name) or _DRAFT_OF_IT.match(piece.sentence.letters, name.end)):
        return True
    return _DRAFT_WORD.search(_between(piece.sentence, deed, name)) is not None


def _between(sentence: Sentence, deed: Deed, name: Name) -> str:
    """Return what stands between a name and its verb, without the clauses between theirs."""
    if deed.is_object:
        return sentence.letters[deed.end : name.start]
    _, end = sentence.clause(name.end)
    if end >= deed.clause_start:
        return sentence.letters[name.end : deed.start]
    return sentence.letters[name.end : end] + sentence.letters[deed.clause_start : deed.start]


def _is_of_amendment(piece: Piece, deed: Deed) -> bool:
    """Say whether what is issued or asked about only amends the name, which others may have made."""
    name = deed.names[0]
    before = piece.sentence.letters[max(0, name.start - _LED_BY) : name.start] if deed.act is Act.DRAFT else ""
    if deed.act is Act.REVIEW and _OF_CHANGE.match(piece.sentence.letters, name.end):
        return True
    return bool(_AMENDING.search(before) or (name.is_amended and _AMENDING_TITLE.search(name.title)))


def _is_asked(piece: Piece, name: Name) -> bool:
    """Say whether the sentence asks for comments on a name: what it says of an amendment is still to come."""
    return any(deed.act is Act.DRAFT and name in deed.names for deed in piece.deeds)


def _drafts(piece: Piece) -> Iterator[Found]:
    """Yield that a name is written as a draft's where no deed says more of it."""
    done = {name.start for deed in piece.deeds for name in deed.names}
    for name in piece.sentence.names:
        if name.entity is not None and name.is_draft and name.start not in done:
            yield Found(
                entity=name.entity,
                what=FactKind.STAGE,
                value=Stage.DRAFT,
                start=name.start,
                end=name.end,
                confidence=LIKELY,
            )
