"""Which step of a regulation's life a deed is: its stage, and what the date beside it is of.

Weighs words of time against the day of publication; binds nothing.
"""

from __future__ import annotations

import re
from datetime import timedelta

from monitor.tag.stated_asides import is_of_consultation
from monitor.tag.stated_dates import Lean, WrittenDate
from monitor.tag.stated_names import Name
from monitor.tag.stated_piece import LIKELY, SURE, Piece, complete
from monitor.tag.stated_sentence import Deed
from monitor.tag.stated_verbs import Act
from storage.states import FactKind, Stage

__all__ = ["Dated", "by_chamber", "dated", "is_ahead", "is_own_rule", "stage_of"]

Dated = tuple[FactKind, str, int, int]
"""What a date is of, the date, and its place in the sentence."""

_STAGES = {
    Act.ISSUE: Stage.ISSUED,
    Act.ADOPT: Stage.ADOPTED,
    Act.REVIEW: Stage.UNDER_REVIEW,
    Act.DRAFT: Stage.DRAFT,
    Act.PROPOSE: Stage.DRAFT,
    Act.AMEND: Stage.AMENDED,
    Act.REPEAL: Stage.REPEALED,
    Act.FAIL: Stage.FAILED,
    Act.PLAN: Stage.PLANNED,
}
_DATES = {
    Act.ISSUE: FactKind.ISSUED,
    Act.EFFECT: FactKind.EFFECTIVE,
    Act.AMEND: FactKind.AMENDED,
    Act.REPEAL: FactKind.REPEALED,
    Act.FAIL: FactKind.FAILED,
    Act.DRAFT: FactKind.DRAFTED,
    Act.PROPOSE: FactKind.DRAFTED,
}
_OF_DRAFTS = frozenset({Act.ISSUE, Act.AS_ISSUED, Act.DRAFT, Act.PROPOSE})
_MAKES_AMENDED = frozenset({Act.ISSUE, Act.AS_ISSUED, Act.ADOPT, Act.AMEND})
_COME = re.compile("正式|已|今|了|took|came|entered|became|went|applied|in force|in effect|起施行了|落地")
_FINAL = re.compile("三读|完成立法|签署|成立|最[终后]|final")
_MADE_LAW = re.compile(
    r"成立(?=[,。;、]|后|$)|\benact(?:ing|ed) it\b|became law|final passage|"
    r"completing (?:its|the) (?:passage|legislative)"
)
_ASSENT = re.compile("sign|assent|签署|became law")
_OFFICE = 40  # characters before a verb in which the office of its doer stands
_HEAD_OF_STATE = re.compile(
    r"(?:总统|国王|总督|女王|天皇)(?!府)[^,;。]{0,12}$|\b(?:governor|gov\.|president|king)(?: [a-z]+){0,3} $"
)  # 印度总统11日批准
_ONCE_ISSUED = re.compile(r" (?:[a-z]+ ){0,4}(?:after|upon|following|once) (?:[a-z]+ )?(?:promulgat|publi|sign|enact)")
_AFTER = re.compile("(?:个月|年|天|日)后(?:正式|才|再|起|开始)*$")
_GONE = re.compile("took|came|entered|became|went|applied|repealed|revoked|rescinded")
_AHEAD = re.compile("takes|comes|goes|enters|becomes|applies")
_APPLIED = re.compile("appl|适用")
_CABINET = re.compile("行政院|政院|内阁|常务会议")
_OWN_RULE = re.compile("(?:指引|指南|方案|计划|要点|原则|规划|纲要|策略|战略|注意事项|规范)$")
_REVISES = re.compile(r"\b(?:amendments?|revisions?|changes) to\b|修[正订改]")
_REVISED = re.compile(
    "[》〉\"']*的?(?:部分条文|部分条款|决定|个别条款|第[一二三四五六七八九十百\\d、]+条|(?:增修|修[正订])(?:条文|案(?!草))|,(?:增订|删除第|修正第))"
)
_AMENDMENT = re.compile("修[正订改].*(?:决定|案)|amendment")  # what is itself one is passed and issued as any other
_PARTS_ONLY = re.compile("(?:部分|partially |partly )$")
_LATELY = timedelta(days=60)
_ATTRIBUTE = re.compile("了?的")
_WORDING = re.compile("的|后")


def dated(piece: Piece, deed: Deed, name: Name, last: Deed | None, *, is_draft: bool) -> tuple[Dated | None, float]:
    """Return the date that a deed states of a name: what of, the value and its place; and how sure that is."""
    what, sure = _kind(piece, deed, name, is_draft=is_draft)
    at = deed.date
    if deed.act is Act.EFFECT and _AFTER.search(deed.before):
        return None, sure  # 一年后施行: the date before it is that of the deed that the time runs from
    if at is None and deed.with_last and last is not None:
        at = last.date
    if at is None or what is None:
        return None, sure
    written = piece.sentence.dates[at]
    if what is FactKind.DRAFTED and is_of_consultation(piece.sentence, written.start, written.end):
        return None, sure
    value = _value(piece, at, deed)
    is_told = value is not None and not (what is FactKind.DRAFTED and _is_to_come(piece, value))
    return ((what, value, written.start, written.end) if is_told and value else None), sure


def _kind(piece: Piece, deed: Deed, name: Name, *, is_draft: bool) -> tuple[FactKind | None, float]:
    """Return what the date of a deed is of, None where it is of no step that is kept; and how sure that is."""
    if is_draft and deed.act not in (Act.REPEAL, Act.FAIL, Act.ADOPT):
        return (FactKind.DRAFTED if deed.act in _OF_DRAFTS else None), SURE
    if _is_amending(piece, deed, name):
        return FactKind.AMENDED, SURE
    if _is_passed(piece, deed, name):
        is_by_head = deed.act is Act.ADOPT and _HEAD_OF_STATE.search(deed.before[-_OFFICE:]) is not None
        is_signed = is_by_head or _ASSENT.search(_verb(piece, deed)) is not None
        return (FactKind.ISSUED, LIKELY) if is_signed else (FactKind.ADOPTED, SURE)
    if deed.act is Act.EFFECT:
        return _kind_of_effect(piece, deed, name), SURE
    return _DATES.get(deed.act), SURE


def _kind_of_effect(piece: Piece, deed: Deed, name: Name) -> FactKind:
    if name.is_amended:
        return FactKind.AMENDMENT_EFFECTIVE
    if _PARTS_ONLY.search(deed.before):
        return FactKind.PARTLY_EFFECTIVE
    return FactKind.APPLICABLE if _APPLIED.search(_verb(piece, deed)) else FactKind.EFFECTIVE


def _is_amending(piece: Piece, deed: Deed, name: Name) -> bool:
    """Say whether a deed makes a later version of what there is: passing 《…》部分条文, or amendments to it."""
    if deed.act not in _MAKES_AMENDED or (_AMENDMENT.search(name.title) and not name.is_amended):
        return False
    letters = piece.sentence.letters
    between = letters[deed.end : deed.names[0].start] if deed.is_object else ""
    is_named = name.is_amended or _REVISED.match(letters, name.end) or _REVISES.search(between)
    return deed.act is Act.AMEND or bool(is_named)


def _is_passed(piece: Piece, deed: Deed, name: Name) -> bool:
    """Say whether a deed is the last passing of a law: a chamber's is, where the sentence goes on to say so."""
    if deed.act is Act.ADOPT and not by_chamber(piece, deed):
        return True
    if is_own_rule(piece, deed, name):
        return True
    is_of_chamber = deed.act in (Act.ADOPT, Act.REVIEW)
    return is_of_chamber and _MADE_LAW.search(piece.sentence.letters, deed.end) is not None


def is_own_rule(piece: Piece, deed: Deed, name: Name) -> bool:
    """Say whether a cabinet passes what needs no parliament: 行政院會通過…參考指引."""
    if deed.act not in (Act.ADOPT, Act.REVIEW) or piece.sentence.is_english or name.is_draft:
        return False
    letters = piece.sentence.letters
    is_by_cabinet = _CABINET.search(letters, deed.clause_start, deed.end) is not None
    return is_by_cabinet and _OWN_RULE.search(name.title) is not None


def _verb(piece: Piece, deed: Deed) -> str:
    return piece.sentence.letters[deed.start : deed.end]


def _value(piece: Piece, at: int, deed: Deed) -> str | None:
    lean = Lean.PAST
    if deed.act in (Act.EFFECT, Act.REPEAL):
        is_told_ahead = piece.sentence.dates[at].weekday is not None and _AHEAD.match(_verb(piece, deed)) is not None
        if deed.is_future or is_told_ahead:
            return complete(piece, at, Lean.FUTURE)
        lean = Lean.PAST if _GONE.match(_verb(piece, deed)) else Lean.NEAREST
        if lean is Lean.NEAREST and deed.act is Act.EFFECT and _is_just_issued(piece, deed):
            lean = Lean.FUTURE
    return complete(piece, at, lean)


def _is_just_issued(piece: Piece, deed: Deed) -> bool:
    """Say whether the sentence tells first that the same was issued, lately: what it tells of effect is to come."""
    issued = next((one for one in piece.deeds if one.act is Act.ISSUE and one.names == deed.names), None)
    if issued is None or issued.end > deed.start or issued.date == deed.date or piece.published is None:
        return False
    value = complete(piece, issued.date, Lean.PAST) if issued.date is not None else None
    if issued.date is None:
        return not _ATTRIBUTE.match(piece.sentence.letters, issued.end)
    return value is not None and value >= (piece.published - _LATELY).isoformat()


def stage_of(piece: Piece, deed: Deed, name: Name, value: str | None, *, is_draft: bool) -> Stage | None:
    """Return the stage that a deed says a name is in, None where it says none; ``value`` is the date it states."""
    if deed.act is Act.EFFECT:
        return None if is_draft else _effect_stage(piece, deed, name, value)
    if is_draft and deed.act in (Act.ISSUE, Act.AS_ISSUED):
        return Stage.DRAFT
    if deed.act is Act.AS_ISSUED:
        return None
    if is_draft and deed.act is Act.AMEND:
        return None
    if _is_amending(piece, deed, name):
        is_mark = deed.act is Act.AMEND and deed.is_object and _is_wording(piece, deed, name)
        return None if is_mark else Stage.AMENDED
    if deed.act in (Act.ADOPT, Act.REVIEW):
        return Stage.ADOPTED if _is_passed(piece, deed, name) else Stage.UNDER_REVIEW
    if deed.act is Act.REPEAL and value is not None and _is_to_come(piece, value):
        return None
    return _STAGES[deed.act]


def _is_wording(piece: Piece, deed: Deed, name: Name) -> bool:
    """Say whether a verb before a name only tells which version is meant: 修改后的《…》."""
    return _WORDING.search(piece.sentence.letters[max(deed.start, deed.end - 1) : name.start]) is not None


def by_chamber(piece: Piece, deed: Deed) -> bool:
    """Say whether one chamber, a committee or a cabinet adopted it, which is not the end of it."""
    last = max((one.end for one in piece.deeds if one.end <= deed.start), default=0)
    around = piece.sentence.letters[max(last, deed.clause_start) : deed.start]
    around += piece.sentence.letters[deed.end : deed.end + 40] if piece.sentence.is_english else ""
    return piece.sentence.grammar.chamber.search(around) is not None and not _FINAL.search(_verb(piece, deed))


def _effect_stage(piece: Piece, deed: Deed, name: Name, value: str | None) -> Stage | None:
    """Return ``in_force`` for what has come into effect, ``issued`` for what is still to, None where that is open.

    What is in force already and takes effect anew, as amended or in part, or applies later, is not merely issued.
    """
    stage = _stage_of_effect(piece, deed, value)
    is_later = _kind_of_effect(piece, deed, name) is not FactKind.EFFECTIVE
    return None if is_later and stage is Stage.ISSUED else stage


def _stage_of_effect(piece: Piece, deed: Deed, value: str | None) -> Stage | None:
    has_come = _COME.search(piece.sentence.letters[max(deed.clause_start, deed.start - 8) : deed.end]) is not None
    if value is not None and piece.published is not None:
        return Stage.ISSUED if _is_to_come(piece, value) else Stage.IN_FORCE
    if value is None and deed.with_last:
        return None
    if value is None and deed.date is not None and is_ahead(piece.sentence.dates[deed.date]):
        return Stage.ISSUED
    if value is None and _AFTER.search(deed.before):
        return None
    if deed.is_future:
        return None if _ONCE_ISSUED.match(piece.sentence.letters, deed.end) else Stage.ISSUED
    if value is not None or piece.sentence.is_english:
        return Stage.IN_FORCE if has_come else None
    return Stage.IN_FORCE


def is_ahead(written: WrittenDate) -> bool:
    """Say whether a date is still to come whatever the day of publication: 明年3月, tomorrow."""
    return max(written.years or 0, written.months or 0, written.days or 0) > 0


def _is_to_come(piece: Piece, value: str) -> bool:
    return piece.published is not None and value > piece.published.isoformat()[: len(value)]
