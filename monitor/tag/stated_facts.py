"""What the deeds, dates, bodies and numbers of one sentence come to: facts of regulations, with places in the sentence.

Binds nothing that ``stated_deeds`` and ``stated_asides`` have not
bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.tag.stated_asides import consultation, numbers
from monitor.tag.stated_bodies import maker_before, makers_behind, makers_made
from monitor.tag.stated_names import Name
from monitor.tag.stated_parts import part_dates, parts
from monitor.tag.stated_piece import INHERITED, LIKELY, SURE, Found, Piece
from monitor.tag.stated_sentence import Deed, Sentence
from monitor.tag.stated_steps import by_chamber, dated, stage_of
from monitor.tag.stated_verbs import Act
from storage.states import FactKind, Stage

__all__ = ["WHEN_ISSUED", "facts_of"]

WHEN_ISSUED = "when issued"
"""The value of the date of effect of what is in force from the day it is issued, which another sentence may tell."""

_BY_WORD = 0.05  # less sure where a word such as 该法 stands for the name

_MADE_WORDS = ("由", "起草的", "起草了", "起草《", "制定的", "制定了", "制定《")
_ATTRIBUTE_REACH = 10  # characters between 的 and the name that it belongs to

_DRAFT_WORD = re.compile(r"\bdraft\b|草案|征求意见稿")
_SIGNED = re.compile("sign|签署")  # by a person, or by the parties to a treaty
_ANNOUNCED = re.compile("(?:发布|发出|印发|下发)(?:公告|通知|消息|说明)(?:称|指出|说)?[,:]")
_MAKING = frozenset({Act.ISSUE, Act.DRAFT, Act.ADOPT})


def facts_of(piece: Piece) -> list[Found]:
    """Return what a sentence states of tracked regulations, in no order, with what it says twice."""
    found = list(numbers(piece))
    found += consultation(piece)
    of_parts = part_dates(piece.sentence)
    found += parts(piece, of_parts)
    older = _older(piece)
    for index, deed in enumerate(piece.deeds):
        is_of_part = deed.act is Act.EFFECT and deed.date in of_parts
        if not is_of_part and not _is_said_of_bill(piece, deed):
            found += _of_deed(piece, deed, piece.deeds[index - 1] if index else None, older)
    found += _drafts(piece)
    found += _made_by(piece)
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
    """Say whether a repeal (失效) is that of a bill which the sentence says has failed."""
    failed = {name.entity for one in piece.deeds if one.act is Act.FAIL for name in one.names}
    return deed.act is Act.REPEAL and any(name.entity in failed for name in deed.names)


def _of_deed(piece: Piece, deed: Deed, last: Deed | None, older: frozenset[int]) -> Iterator[Found]:
    makers = list(_makers(piece, deed))
    for name in deed.names:
        if name.entity is None or name.start in older:
            continue
        is_draft = _is_draft(piece, deed, name)
        when, sure = dated(piece, deed, name, last, is_draft=is_draft)
        if when is not None:
            what, value, start, end = when
            yield Found(
                entity=name.entity,
                what=what,
                value=value,
                start=start,
                end=end,
                confidence=_confidence(deed, name, sure),
            )
        if deed.act is Act.AS_ISSUED and not is_draft:
            yield Found(
                entity=name.entity,
                what=FactKind.EFFECTIVE,
                value=WHEN_ISSUED,
                start=deed.start,
                end=deed.end,
                confidence=_confidence(deed, name, LIKELY),
            )
        stage = stage_of(piece, deed, name, when[1] if when else None, is_draft=is_draft)
        if stage is not None:
            sure = LIKELY if deed.act in (Act.EFFECT, Act.PLAN) else SURE
            yield Found(
                entity=name.entity,
                what=FactKind.STAGE,
                value=stage,
                start=deed.start,
                end=deed.end,
                confidence=_confidence(deed, name, sure),
            )
        for start, end in makers:
            sure = SURE if deed.act is Act.ISSUE else LIKELY
            yield Found(
                entity=name.entity,
                what=FactKind.ISSUER,
                value=piece.original[start:end],
                start=start,
                end=end,
                confidence=_confidence(deed, name, sure),
            )


def _is_draft(piece: Piece, deed: Deed, name: Name) -> bool:
    if name.is_draft:
        return True
    gap = (
        piece.sentence.letters[deed.end : name.start]
        if deed.is_object
        else piece.sentence.letters[name.end : deed.start]
    )
    return _DRAFT_WORD.search(gap) is not None


def _makers(piece: Piece, deed: Deed) -> Iterator[tuple[int, int]]:
    """Yield the places of the bodies that a deed names as its doers."""
    sentence = piece.sentence
    if deed.act not in _MAKING or (deed.act is Act.ADOPT and by_chamber(piece, deed)):
        return
    if _SIGNED.match(sentence.letters, deed.start):
        return
    if sentence.is_english:
        if deed.is_object:
            yield from maker_before(sentence.letters, piece.original, deed.clause_start, deed.start, english=True)
        else:
            yield from makers_behind(piece.original, deed.end)
        return
    begin, end = deed.clause_start, deed.start
    first = deed.names[0]
    if begin and not deed.before.strip():
        begin, _ = sentence.clause(begin - 1)
    if not deed.is_object and begin <= first.start < end:
        if deed.act is Act.DRAFT:
            end = first.start
        else:
            begin = deed.names[-1].end
            agent = re.search("[由经获]", sentence.letters[begin:end])
            if agent is None:
                return
            begin += agent.start()
    found = maker_before(sentence.letters, piece.original, begin, end, english=False)
    yield from found or (_announcers(piece, begin) if deed.act is Act.DRAFT else ())


def _announcers(piece: Piece, end: int) -> list[tuple[int, int]]:
    """Return the bodies of 国家网信办发布通知, which the clause behind tells the contents of."""
    letters = piece.sentence.letters
    told = _ANNOUNCED.search(letters, 0, end)
    if told is None:
        return []
    start, _ = piece.sentence.clause(told.start())
    return maker_before(letters, piece.original, start, told.start(), english=False)


def _made_by(piece: Piece) -> Iterator[Found]:
    """Yield the bodies of 由…制定: of the name right behind it, else of the last one before."""
    sentence = piece.sentence
    if sentence.is_english or not any(word in sentence.letters for word in _MADE_WORDS):
        return
    for makers, at in makers_made(sentence.letters):
        name = _made(sentence, at)
        if name is None or name.entity is None:
            continue
        for start, end in makers:
            yield Found(
                entity=name.entity,
                what=FactKind.ISSUER,
                value=piece.original[start:end],
                start=start,
                end=end,
                confidence=LIKELY,
            )


def _made(sentence: Sentence, at: int) -> Name | None:
    if sentence.letters[at : at + 1] in ("的", "了", "《"):
        right = next((name for name in sentence.names if name.start >= at), None)
        is_near = right is not None and right.start - at <= _ATTRIBUTE_REACH
        is_other = right is not None and sentence.grammar.other.match(sentence.letters, right.end) is not None
        return right if is_near and not is_other else None
    return next((name for name in reversed(sentence.names) if name.end <= at and not name.is_oblique), None)


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
