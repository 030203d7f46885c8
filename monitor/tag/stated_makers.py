"""Who made a regulation, by the deeds of a sentence: the doer of a verb, who agreed, who 由…制定 names.

A president is the maker of an executive order alone: who signs or promulgates what a parliament passed did not make it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.tag.stated_asides import numbered
from monitor.tag.stated_bodies import (
    Place,
    is_bodiless,
    leading_president,
    maker_before,
    makers_behind,
    makers_made,
    makers_of_order,
    makers_of_title,
    orderer,
    presidents,
    session_before,
    who_agreed,
)
from monitor.tag.stated_names import Name
from monitor.tag.stated_piece import LIKELY, SURE, Found, Piece
from monitor.tag.stated_sentence import Deed, Sentence
from monitor.tag.stated_steps import by_chamber, is_own_rule
from monitor.tag.stated_verbs import Act
from storage.states import FactKind

__all__ = ["agreed_by", "made_by", "makers", "of_order", "of_title"]

_MADE_WORDS = ("由", "起草的", "起草了", "起草《", "制定的", "制定了", "制定《")
_ATTRIBUTE_REACH = 10  # characters between 的 and the name that it belongs to
_SUBJECT_REACH = 300  # characters before a verb in which the list of its doers begins
_SIGNED = re.compile("sign|签署")  # by a person, or by the parties to a treaty
_ANNOUNCED = re.compile("(?:发布|发出|印发|下发)(?:公告|通知|消息|说明)(?:称|指出|说)?[,:]")
_CABINET = re.compile("行政院|政院")  # drafts what it sends to parliament
_AGENT = re.compile("[由经获以]|(?=[^由经获以]{3,40}次[^由经获以]{0,6}会议)")  # or the session of a body
_OF_SESSION = re.compile("(?:会议)?(?:经|以)?(?:过)?(?:表决|投票|审议)?,?")  # 会议经表决,通过了
_PREPOSED = re.compile("[将把]$")  # 将《…》刊登于官报
_EXECUTIVE = re.compile(r"行政命?令|executive order|\be\.?o\.? ?1\d{4}")
_MAKING = frozenset({Act.ISSUE, Act.DRAFT, Act.PROPOSE, Act.ADOPT})
_FORMULA = frozenset({Act.ISSUE, Act.ADOPT, Act.EFFECT, Act.AS_ISSUED})


def makers(piece: Piece, deed: Deed) -> Iterator[Place]:
    """Yield the places of the bodies that a deed names as its doers."""
    sentence = piece.sentence
    is_issued_amended = (
        deed.act is Act.AMEND and not sentence.is_english and "布" in sentence.letters[deed.start : deed.end]
    )
    cabinet = _CABINET.match(sentence.letters, deed.start) if deed.act is Act.REVIEW else None
    if cabinet and any(name.is_draft or is_own_rule(piece, deed, name) for name in deed.names):
        yield cabinet.span()
    if not is_issued_amended and deed.act not in _MAKING:
        return
    is_own = any(is_own_rule(piece, deed, name) for name in deed.names)
    if deed.act is Act.ADOPT and by_chamber(piece, deed) and not is_own:
        return
    if deed.act is not Act.DRAFT and _is_executive(sentence, deed):
        yield from _presidents(piece, deed)
    if not _SIGNED.match(sentence.letters, deed.start):
        yield from _english(piece, deed) if sentence.is_english else _chinese(piece, deed)


def _is_executive(sentence: Sentence, deed: Deed) -> bool:
    if any(_EXECUTIVE.search(name.title) for name in deed.names):
        return True
    return deed.is_object and _EXECUTIVE.search(sentence.letters, deed.end, deed.names[0].start) is not None


def _presidents(piece: Piece, deed: Deed) -> list[Place]:
    sentence = piece.sentence
    verb = deed.start, deed.end
    start = deed.clause_start if deed.is_object else max(deed.clause_start, deed.names[-1].end)
    found = presidents(piece.original, sentence.letters, start, verb, english=sentence.is_english)
    if found or not start or sentence.is_english or not is_bodiless(sentence.letters, start, deed.start):
        return found
    begin, end = sentence.clause(start - 1)
    return leading_president(sentence.letters, begin, end)


def _english(piece: Piece, deed: Deed) -> list[Place]:
    if not deed.is_object:
        return makers_behind(piece.original, deed.end)
    start = max([deed.start - _SUBJECT_REACH, 0, *(one.end for one in piece.deeds if one.end <= deed.start)])
    return maker_before(piece.sentence.letters, piece.original, start, deed.start, english=True)


def _chinese(piece: Piece, deed: Deed) -> list[Place]:
    letters = piece.sentence.letters
    span = _span(piece.sentence, deed)
    if span is None:
        return []
    begin, end = span
    last = max((one.end for one in piece.deeds if begin < one.end <= deed.start), default=begin)
    spaced = _past_spaces(piece.sentence, begin) if last == begin else last
    found = maker_before(letters, piece.original, spaced, end, english=False)
    if not found and spaced < last:
        found = maker_before(letters, piece.original, last, end, english=False)
    if not found and last > begin:
        found = maker_before(letters, piece.original, begin, end, english=False)
    if not found and begin and is_bodiless(letters, begin, end):
        found = _before_comma(piece, begin)
    if not found and begin and _OF_SESSION.fullmatch(letters, begin, end):
        found = session_before(letters, begin)
    if found or deed.act is not Act.DRAFT:
        return found
    return _announcers(piece, begin)


def _span(sentence: Sentence, deed: Deed) -> tuple[int, int] | None:
    """Return the part of a clause in which the doers of a deed stand; None where there is none."""
    begin, end, first = deed.clause_start, deed.start, deed.names[0]
    if deed.is_object or not begin <= first.start < end:
        return begin, end
    preposed = _PREPOSED.search(sentence.letters, begin, first.start)
    if deed.act in (Act.DRAFT, Act.PROPOSE) or preposed:
        return begin, preposed.start() if preposed else first.start
    begin = deed.names[-1].end
    agent = _AGENT.search(sentence.letters, begin, end)
    return (agent.start(), end) if agent else None


def _past_spaces(sentence: Sentence, begin: int) -> int:
    """Return where the clauses begin that only spaces part from one: 国家互联网信息办公室 公安部关于印发."""
    while begin and sentence.letters[begin - 1].isspace():
        begin, _ = sentence.clause(begin - 1)
    return begin


def _before_comma(piece: Piece, end: int) -> list[Place]:
    """Return the bodies of the clause before, which the verb goes on from: 国务院总理签署国务院令，公布《…》."""
    letters = piece.sentence.letters
    begin, _ = piece.sentence.clause(end - 1)
    return orderer(letters, begin, end) or maker_before(letters, piece.original, begin, end - 1, english=False)


def _announcers(piece: Piece, end: int) -> list[Place]:
    """Return the bodies of 国家网信办发布通知, which the clause behind tells the contents of."""
    letters = piece.sentence.letters
    told = _ANNOUNCED.search(letters, 0, end)
    if told is None:
        return []
    start, _ = piece.sentence.clause(told.start())
    return maker_before(letters, piece.original, start, told.start(), english=False)


def agreed_by(piece: Piece) -> Iterator[Found]:
    """Yield the bodies that agreed to what the sentence promulgates: 并经工业和信息化部、公安部同意."""
    sentence = piece.sentence
    if sentence.is_english or "同意" not in sentence.letters:
        return
    names = {name.entity: name for deed in piece.deeds if deed.act in _FORMULA for name in deed.names}
    if len(names) == 1:
        for place in who_agreed(sentence.letters):
            yield from _found(piece, next(iter(names.values())), place, LIKELY)


def of_title(piece: Piece) -> Iterator[Found]:
    """Yield the bodies that an English name is followed by: Regulation (EU) 2024/1689 of the Parliament and Council."""
    if piece.sentence.is_english:
        for name in piece.sentence.names:
            for place in makers_of_title(piece.original, name.end) if not name.is_reference else ():
                yield from _found(piece, name, place, SURE)


def of_order(piece: Piece) -> Iterator[Found]:
    """Yield the bodies whose order bears a number that a name has: 《…》（国务院令第766号）."""
    if not piece.sentence.is_english and "令" in piece.sentence.letters:
        for name, start, end in numbered(piece):
            for place in makers_of_order(piece.sentence.letters, start, end):
                yield from _found(piece, name, place, LIKELY)


def made_by(piece: Piece) -> Iterator[Found]:
    """Yield the bodies of 由…制定: of the name right behind it, else of the last one before."""
    sentence = piece.sentence
    if sentence.is_english or not any(word in sentence.letters for word in _MADE_WORDS):
        return
    for places, at in makers_made(sentence.letters):
        name = _made(sentence, at)
        for place in places if name else ():
            yield from _found(piece, name, place, LIKELY)


def _found(piece: Piece, name: Name | None, place: Place, sure: float) -> Iterator[Found]:
    if name is not None and name.entity is not None:
        start, end = place
        yield Found(
            entity=name.entity,
            what=FactKind.ISSUER,
            value=piece.original[start:end],
            start=start,
            end=end,
            confidence=sure,
        )


def _made(sentence: Sentence, at: int) -> Name | None:
    if sentence.letters[at : at + 1] in ("的", "了", "《"):
        right = next((name for name in sentence.names if name.start >= at), None)
        is_near = right is not None and right.start - at <= _ATTRIBUTE_REACH
        is_other = right is not None and sentence.grammar.other.match(sentence.letters, right.end) is not None
        return right if is_near and not is_other else None
    return next((name for name in reversed(sentence.names) if name.end <= at and not name.is_oblique), None)
