"""What needs no verb to be stated: numbers beside a name, and until when comments on a draft are taken."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from monitor.tag.stated_dates import Lean
from monitor.tag.stated_names import Name
from monitor.tag.stated_numbers import find_numbers, written_number
from monitor.tag.stated_piece import INHERITED, SURE, Found, Piece, complete
from monitor.tag.stated_sentence import Sentence
from monitor.tag.stated_verbs import Act
from storage.states import FactKind

__all__ = ["consultation", "is_asking", "is_of_consultation", "numbered", "numbers", "titled"]

_OPINIONS = re.compile("意见|预告期|预告|咨询|评论|截止")
_ON_DRAFTS = re.compile("意见(?![》〉])|建议|预告|咨询|评论|反馈|征集")
_UNTIL = re.compile('(?:截止|截至|截止到|截至到|至|到|为|是|:|-|~|延至|延长至|于|在)[ "]*$')
_CLOSING = re.compile("意见(?![》〉])|反馈|截止|截至|期限|预告|咨询|公示|为期|征求|征集")
_OTHER_CLOSING = re.compile("报名|投稿|论文|稿件|征文|申报|参会|参赛|培训|开班|会议|缴费|投标|提名|认购")
_CLOSES = re.compile(r"[日号]?(?:\([^()]{0,12}\))?(?:\d+(?:时|点|:\d+))?(?:[之以]?前|止|为止|截止|结束)")
_RANGE = re.compile(
    r"[日号]?(?:\([^()]{0,8}\))? ?起?(?:至|到|-|–|—+|~|through|to|until) ?"
    r"(?:\d|[下次本]|[a-z]{3,9}\.? \d)"
)
_ASKED = re.compile("意见|建议|反馈|咨询|评论")
_NO_CLOSE = re.compile(
    "[^,。;]{0,6}?(?:,|日)?(?:共|已|累计|正式)*(?:收到|施行|实施|生效|发布|公布|上线|印发|上路|落地|出台|面世|定稿|"
    "通过(?!以下|下列|下述|上述|信函|电子|邮|网|传真|[^,。;]{0,12}(?:方式|途径|渠道|邮箱|网站|平台)))"
)
_ASKED_ENGLISH = re.compile(r"comment|feedback|consultation|public input|submissions|respon(?:d|ses)\b")
_UNTIL_ENGLISH = re.compile(
    r"(?:\b(?:through|by|until|before|due|due (?:by|on)|close[sd]?(?: on)?|closing(?: on)?|end(?:s|"
    r"ed)?(?: on)?|ending(?: on)?|"
    r"runs? (?:to|through|until)|deadline(?: for comments)?(?: of| is)?|till|no later than|expires?(?: on)?|to)) "
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?$"
)
_BEHIND = 24  # characters behind a date in which an English text says for what it is: until May 2 to respond
_ASKED_REACH = 100  # characters between the word for comments and the date that ends them
_EXECUTIVE, _OF = re.compile(r"executive order|e\.?o\.? ?1"), re.compile(r" ?(?:\([^()]{1,60}\) )?of ")
_ISSUING = frozenset({Act.ISSUE, Act.ADOPT, Act.AMEND, Act.AS_ISSUED})
_ORDERED = re.compile(
    r"[)\s,]*(?:令|文|公告)?[)\s,]*(?:予以|正式|制定|修正|修[订改]|联合|共同|对外|发布|公布|将|于|\d[\d年月日号]*|\s)*"
)
_AS = re.compile(r"\bas (?:the )?$")
_AS_REACH = 40
_BRACKET = re.compile(r"(?: in [^,.;()]{0,60})?\s?\((?:oj l,? ?)?")
_NUMBER_BEHIND = re.compile(
    r"(?: of [a-z]+ \d{1,2},? \d{4})?"
    r"[》〉\"'\s]*(?:的(?:通知|公告|决定|函|批复)[》〉\"']*)?\s?(?:\((?:以下简称|简称|下称)[^()]{1,30}\))?[\s,]*"
    r"(?:[(\[](?:[^()\n,。;]{0,60}[,;、 ])?|[^()\n,。;]{0,16}(?:,|;) ?)?"
    r"(?:文号|编号|标准号|标准编号|发文字号|即|为|是|:|or|officially|formally|known as|also known as|the|"
    r"no\.?|as|\s|\"|')*"
)
_NUMBER_BEFORE = re.compile(
    r"[)\]\s,\"'》]*(?:的|文件|兹|制定|修正|增订|公布|发布|印发|颁布|标准|国家标准|推荐性|强制性|了|:|"
    r"on|titled|entitled|, |the)*[\s,\"']*"
)


def is_asking(letters: str) -> bool:
    """Say whether a folded sentence may tell until when comments are taken."""
    return _OPINIONS.search(letters) is not None or _ASKED_ENGLISH.search(letters) is not None


def consultation(piece: Piece) -> Iterator[Found]:
    """Yield until when comments are taken: a date with 截止, 至 or 前 in a sentence on opinions."""
    sentence = piece.sentence
    asked = _ASKED_ENGLISH if sentence.is_english else _OPINIONS
    if not sentence.dates or not asked.search(sentence.letters):
        return
    for index, written in enumerate(sentence.dates):
        if not _closes(sentence, written.start, written.end):
            continue
        name = _consulted(sentence, written.start)
        value = complete(piece, index, Lean.NEAREST)
        if name is None or name.entity is None or value is None:
            continue
        if not name.is_draft and not sentence.is_english and not _ON_DRAFTS.search(sentence.letters):
            continue
        is_own = name in sentence.names
        yield Found(
            entity=name.entity,
            what=FactKind.COMMENTS_UNTIL,
            value=value,
            start=written.start,
            end=written.end,
            confidence=SURE if is_own else round(SURE - INHERITED, 2),
        )


def is_of_consultation(sentence: Sentence, start: int, end: int) -> bool:
    """Say whether the date at ``start`` to ``end`` begins or ends the time for comments."""
    return _RANGE.match(sentence.letters, end) is not None or _closes(sentence, start, end)


def _closes(sentence: Sentence, start: int, end: int) -> bool:
    before, letters = sentence.letters[max(0, start - 32) : start], sentence.letters
    if _RANGE.match(letters, end):
        return False
    if sentence.is_english:
        is_asked = _ASKED_ENGLISH.search(letters, max(0, start - 2 * _ASKED_REACH), end + _BEHIND) is not None
        return is_asked and _UNTIL_ENGLISH.search(before) is not None
    if _NO_CLOSE.match(letters, end, end + 16):
        return False
    clause_start, _ = sentence.clause(start)
    clause = letters[clause_start:start]
    if _OTHER_CLOSING.search(before[-_BEHIND:]):
        return False
    if (
        _UNTIL.search(before)
        and (_CLOSING.search(clause) or _CLOSING.search(before))
        and not before.rstrip(' "').endswith(("于", "在"))
    ):
        return True
    if not _CLOSES.match(letters, end):
        return False
    return _ASKED.search(letters[max(0, start - _ASKED_REACH) : end + _ASKED_REACH]) is not None


def _consulted(sentence: Sentence, at: int) -> Name | None:
    left = [name for name in sentence.names if name.end <= at and not name.is_oblique]
    right = [name for name in sentence.names if name.start >= at and not name.is_oblique]
    if left or right:
        return left[-1] if left else right[0]
    return None if sentence.names else sentence.subject


def titled(piece: Piece) -> Iterator[Found]:
    """Yield the day on which an executive order was signed, by its title: Executive Order 14179 of January 23."""
    sentence = piece.sentence
    for name in sentence.names if sentence.is_english and sentence.dates else ():
        index = bisect_left([date.start for date in sentence.dates], name.end)
        if name.entity is None or index == len(sentence.dates) or not _EXECUTIVE.match(name.title):
            continue
        written = sentence.dates[index]
        value = complete(piece, index, Lean.PAST)
        if value is not None and _OF.fullmatch(sentence.letters, name.end, written.start):
            yield Found(
                entity=name.entity,
                what=FactKind.ISSUED,
                value=value,
                start=written.start,
                end=written.end,
                confidence=SURE,
            )


def numbers(piece: Piece) -> Iterator[Found]:
    """Yield the numbers of documents that stand in or beside the name of one."""
    for name, start, end in numbered(piece):
        if name.entity is not None:
            value = written_number(piece.original[start:end])
            yield Found(entity=name.entity, what=FactKind.NUMBER, value=value, start=start, end=end, confidence=SURE)


def numbered(piece: Piece) -> Iterator[tuple[Name, int, int]]:
    """Yield the names that bear a number, with the place of it."""
    sentence = piece.sentence
    for start, end in find_numbers(sentence.letters):
        name = _ordered(piece, start, end) or _numbered(sentence, start, end)
        if name is not None:
            yield name, start, end


def _ordered(piece: Piece, start: int, end: int) -> Name | None:
    """Return what the verb behind a number, or before it, gives it to: 以令第15号公布; promulgated as Act No. 9."""
    letters = piece.sentence.letters
    if any(name.start <= start and end <= name.end for name in piece.sentence.names):
        return None
    for deed in piece.deeds:
        if deed.act in _ISSUING and end <= deed.start and _ORDERED.fullmatch(letters, end, deed.start):
            return deed.names[0]
    last = next((deed for deed in reversed(piece.deeds) if deed.end <= start), None)
    if last is None or last.act not in _ISSUING:
        return None
    dates = [date.end for date in piece.sentence.dates if last.end <= date.start and date.end <= start]
    is_as = _AS.search(letters, max(last.end, start - _AS_REACH), start) is not None
    return last.names[0] if is_as or (dates and _BRACKET.fullmatch(letters, dates[-1], start)) else None


def _numbered(sentence: Sentence, start: int, end: int) -> Name | None:
    """Return the name that a number stands in, right behind or right before."""
    letters = sentence.letters
    full = [name for name in sentence.names if not name.is_reference]
    inside = next((name for name in full if name.start <= start + 1 and end <= name.end + 1), None)
    left = next((name for name in reversed(full) if name.end <= start), None)
    if letters.endswith("签署", 0, start) and left is not None and (inside is None or inside.entity is None):
        return left
    if left is not None and (inside is None or inside.entity is None):
        gap = letters[left.end : start]
        if len(gap) <= 80 and _NUMBER_BEHIND.fullmatch(gap) and ("(" in gap or "," in gap or len(gap) <= 4):
            return left
    if inside is not None:
        return inside
    right = next((name for name in full if name.start >= end), None)
    is_before = right is not None and right.start - end <= 24 and _NUMBER_BEFORE.fullmatch(letters[end : right.start])
    return right if is_before else None
