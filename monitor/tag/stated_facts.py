"""What the deeds, dates, bodies and numbers of one sentence come to: facts of regulations, with places in the sentence.

Weighs words of time against the day of publication; binds nothing that ``stated_deeds`` and ``stated_asides`` have not
bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.tag.stated_asides import consultation, numbers
from monitor.tag.stated_bodies import maker_before, makers_behind, makers_made
from monitor.tag.stated_dates import Lean
from monitor.tag.stated_names import Name
from monitor.tag.stated_piece import INHERITED, SURE, Found, Piece, complete
from monitor.tag.stated_sentence import Deed, Sentence
from monitor.tag.stated_verbs import Act
from storage.records import FactKind, Stage

__all__ = ["WHEN_ISSUED", "facts_of"]

WHEN_ISSUED = "when issued"
"""The value of the date of effect of what is in force from the day it is issued, which another sentence may tell."""

_LIKELY, _WEAK = 0.8, 0.6
_BY_WORD = 0.05  # less sure where a word such as 该法 stands for the name

_MADE_WORDS = ("由", "起草的", "制定的", "制定了", "制定《")
_ATTRIBUTE_REACH = 10  # characters between 的 and the name that it belongs to

_STAGES = {
    Act.ISSUE: Stage.ISSUED,
    Act.AS_ISSUED: Stage.ISSUED,
    Act.ADOPT: Stage.ADOPTED,
    Act.REVIEW: Stage.UNDER_REVIEW,
    Act.DRAFT: Stage.DRAFT,
    Act.AMEND: Stage.AMENDED,
    Act.REPEAL: Stage.REPEALED,
    Act.PLAN: Stage.PLANNED,
}
_DATES = {
    Act.ISSUE: FactKind.ISSUED,
    Act.EFFECT: FactKind.EFFECTIVE,
    Act.AMEND: FactKind.AMENDED,
    Act.REPEAL: FactKind.REPEALED,
}
_COME = re.compile("正式|已|今|了|took|came|entered|became|went|applied|in force|in effect|起施行了|落地")
_DRAFT_WORD = re.compile(r"\bdraft\b|草案|征求意见稿")
_FINAL = re.compile("三读|完成立法|签署|final")
_LAW_MADE = re.compile("人大常委会|全国人民代表大会")
_ASSENT = re.compile("sign|royal assent|签署|became law")
_SIGNED = re.compile("sign|签署")  # by a person, or by the parties to a treaty
_MAKING = frozenset({Act.ISSUE, Act.DRAFT, Act.ADOPT})


def facts_of(piece: Piece) -> list[Found]:
    """Return what a sentence states of tracked regulations, in no order, with what it says twice."""
    found = list(numbers(piece))
    found += consultation(piece)
    for index, deed in enumerate(piece.deeds):
        found += _of_deed(piece, deed, piece.deeds[index - 1] if index else None)
    found += _drafts(piece)
    found += _made_by(piece)
    return found


def _confidence(deed: Deed, name: Name, sure: float) -> float:
    less = (INHERITED if deed.is_inherited else 0) + (_BY_WORD if name.is_reference else 0)
    return round(sure - less, 2)


def _of_deed(piece: Piece, deed: Deed, last: Deed | None) -> Iterator[Found]:
    makers = list(_makers(piece, deed))
    for name in deed.names:
        if name.entity is None:
            continue
        is_draft = _is_draft(piece, deed, name)
        dated, sure = _dated(piece, deed, last, is_draft=is_draft)
        if dated is not None:
            what, value, start, end = dated
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
                confidence=_confidence(deed, name, _LIKELY),
            )
        stage = _stage(piece, deed, dated[1] if dated else None, is_draft=is_draft)
        if stage is not None:
            sure = _LIKELY if deed.act in (Act.EFFECT, Act.PLAN) else SURE
            yield Found(
                entity=name.entity,
                what=FactKind.STAGE,
                value=stage,
                start=deed.start,
                end=deed.end,
                confidence=_confidence(deed, name, sure),
            )
        for start, end in makers:
            sure = SURE if deed.act is Act.ISSUE else _LIKELY
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


Dated = tuple[FactKind, str, int, int]


def _dated(piece: Piece, deed: Deed, last: Deed | None, *, is_draft: bool) -> tuple[Dated | None, float]:
    """Return the date that a deed states: what of, the value and its place; and how sure that is."""
    at, what, sure = deed.date, _DATES.get(deed.act), SURE
    if is_draft and deed.act is not Act.REPEAL:
        return None, sure
    if deed.act is Act.ADOPT:
        what, sure = _of_adoption(piece, deed)
    if at is None and deed.with_last and last is not None:
        at = last.date
    if at is None or what is None:
        return None, sure
    value = _value(piece, at, deed)
    written = piece.sentence.dates[at]
    return ((what, value, written.start, written.end) if value else None), sure


def _of_adoption(piece: Piece, deed: Deed) -> tuple[FactKind | None, float]:
    """Return what the date of an adoption is of: a law is issued the day that it is signed.

    In China the President signs and publishes a law on the day that the Standing Committee passes it.
    """
    verb = piece.sentence.letters[deed.start : deed.end]
    if _ASSENT.search(verb):
        return FactKind.ISSUED, _LIKELY
    return (FactKind.ISSUED, _WEAK) if _LAW_MADE.search(deed.before) else (None, _WEAK)


def _value(piece: Piece, at: int, deed: Deed) -> str | None:
    lean = Lean.PAST
    if deed.act in (Act.EFFECT, Act.REPEAL):
        lean = Lean.FUTURE if deed.is_future else Lean.NEAREST
    return complete(piece, at, lean)


def _stage(piece: Piece, deed: Deed, value: str | None, *, is_draft: bool) -> Stage | None:
    if deed.act is Act.EFFECT:
        return None if is_draft else _effect_stage(piece, deed, value)
    if is_draft and deed.act in (Act.ISSUE, Act.AS_ISSUED):
        return Stage.DRAFT
    if deed.act is Act.ADOPT and _by_chamber(piece, deed):
        return Stage.UNDER_REVIEW
    if is_draft and deed.act is Act.AMEND:
        return None
    if deed.act is Act.REPEAL and value is not None and _is_to_come(piece, value):
        return None
    return _STAGES[deed.act]


def _by_chamber(piece: Piece, deed: Deed) -> bool:
    """Say whether one chamber, a committee or a cabinet adopted it, which is not the end of it."""
    verb = piece.sentence.letters[deed.start : deed.end]
    around = deed.before + (piece.sentence.letters[deed.end : deed.end + 40] if piece.sentence.is_english else "")
    return piece.sentence.grammar.chamber.search(around) is not None and not _FINAL.search(verb)


def _effect_stage(piece: Piece, deed: Deed, value: str | None) -> Stage | None:
    """Return ``in_force`` for what has come into effect, ``issued`` for what is still to, None where that is open."""
    has_come = _COME.search(piece.sentence.letters[max(deed.clause_start, deed.start - 8) : deed.end]) is not None
    if value is not None and piece.published is not None:
        return Stage.ISSUED if _is_to_come(piece, value) else Stage.IN_FORCE
    if deed.is_future:
        return Stage.ISSUED
    if value is not None or piece.sentence.is_english:
        return Stage.IN_FORCE if has_come else None
    return Stage.IN_FORCE


def _is_to_come(piece: Piece, value: str) -> bool:
    return piece.published is not None and value > piece.published.isoformat()[: len(value)]


def _makers(piece: Piece, deed: Deed) -> Iterator[tuple[int, int]]:
    """Yield the places of the bodies that a deed names as its doers."""
    sentence = piece.sentence
    if deed.act not in _MAKING or (deed.act is Act.ADOPT and _by_chamber(piece, deed)):
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
            agent = re.search("[由经]", sentence.letters[begin:end])
            if agent is None:
                return
            begin += agent.start()
    yield from maker_before(sentence.letters, piece.original, begin, end, english=False)


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
                confidence=_LIKELY,
            )


def _made(sentence: Sentence, at: int) -> Name | None:
    if sentence.letters[at : at + 1] in ("的", "了", "《"):
        right = next((name for name in sentence.names if name.start >= at), None)
        return right if right is not None and right.start - at <= _ATTRIBUTE_REACH else None
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
                confidence=_LIKELY,
            )
