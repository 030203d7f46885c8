"""From when parts of a regulation apply: duties, bans, annexes that have a date of their own.

A part is told by a noun such as 义务, 条款 or ``obligations`` between the regulation and the verb of effect; its
date is not that of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.tag.sought import sought
from monitor.tag.stated_dates import Lean, WrittenDate
from monitor.tag.stated_names import Name
from monitor.tag.stated_piece import INHERITED, LIKELY, Found, Piece, complete
from monitor.tag.stated_sentence import Sentence
from storage.states import FactKind

__all__ = ["part_dates", "parts"]

_REACH = 120  # characters before a date in which its part is named

_NOUN = (
    r"(?:条款|义务|要求|(?<![该本新此])规则|(?:[的项等类]|有关|相关)规定|禁令|禁止(?:性规定|事项)?|责任|制度|罚则|处罚|章节|部分|"
    r"附件[一二三四五六七八九十\d]+|第[一二三四五六七八九十\d]+[章条])"
)
_BETWEEN = (
    r"(?:将|则|已(?:经)?|均|也|都|才|原定?|定于|预计|分别|先行|率先|要到?|推迟|延后|延迟|顺延|至|到|自|从|于|在|是|日期|时间|为|的|"
    r"[》\"'） )]|生效|施行|实施|适用|执行)*"
)
_PART = re.compile(rf"(?P<part>{_NOUN}){_BETWEEN}$")
_VERB_BEFORE = re.compile("(?:生效|施行|实施|适用|执行)(?:日期|时间)?(?:是|为|推迟|延后|顺延|至|到|于|在|自)*$")
_VERB_BEHIND = re.compile(
    r"[日号]?(?:之日)?(?:起|后|才|再)?(?:开始|正式|全面|陆续|率先|分阶段|强制|,)*(?:适用|施行|实施|生效|执行|落地)"
)

_BEGINS_WITH = re.compile(r"[日号]?(?:之日)?起?(?:开始|正式|将)*(?:适用|施行|实施|生效|执行)的(?=[《\"]?)")
_PART_OF = re.compile(rf"[》〉\"']*的?(?:相关|有关|部分|首批|核心)?(?P<part>{_NOUN})")

_MODIFIER = (
    r"(?:(?:its|their|most|some|certain|remaining|other|core|key|main|the (?:act|law|regulation|bill|directive)['’]s|"
    r"['’]s|many|several|the (?:first|bulk of(?: its)?|remaining|core|main)) (?:[a-z][\w-]* ){0,4}?)"
)
_TOPIC = (
    r"(?:[\w-]*(?:high-risk|general-purpose|gpai|transparency|reporting|disclosure|label[a-z]*|safety|penalt[a-z]*|"
    r"governance|prohibited|copyright|registration|enforcement|conformity|literacy) (?:[a-z][\w-]* ){0,3}?)"
)
_NOUN_ENGLISH = r"(?:obligations?|rules|requirements?|prohibitions?|bans?|provisions?|duties|penalties|practices)"
_PART_ENGLISH = re.compile(
    rf"\b(?P<part>(?:{_MODIFIER}|{_TOPIC}){_NOUN_ENGLISH}\b|"
    rf"{_NOUN_ENGLISH} (?:for|on|of|in|under|against|about|concerning)\b|"
    r"(?<!the )(?<!new )(?<!these )(?:prohibitions|bans|obligations|penalties)"
    r"(?= (?:will )?(?:first )?(?:appl|t[ao]+k|c[ao]me|enter|start))|"
    r"(?:annex(?:es)?|chapters?|titles?) [ivx]+\b|articles? \d+\b)"
)
_PART_STEMS = (
    "bligation", "rule", "equirement", "ban", "rohibition", "rovision", "dut", "enalt", "ractice", "nnex", "hapter",
    "itle", "rticle",
)  # fmt: skip
_PART_STEM = re.compile(sought(_PART_STEMS))
_OF_WHOLE = re.compile(r", which (?:will |has |is |was |takes|took|comes|came|enters|entered|applies|becomes|goes)")
_EFFECT_ENGLISH = re.compile(
    r"(?:\b(?:appl(?:y|ies|ied|ying|icable)|takes? effect|took effect|taking effect|"
    r"in(?:to)? (?:force|effect|application)|effective|enforceable|binding|kick(?:s|ed)? in|"
    r"follow(?:s|ed)?|begin|began|start(?:s|ed)?)(?: [a-z]+){0,4}?|,?)"
    r",? (?:on|from|as of|since|in|starting|beginning)(?: (?:early|late|mid))?(?: [a-z]+day,?)?[ -]$"
)
_OPENING = re.compile(r"\s*(?:from|since|as of|on|starting|beginning)? ?(?:[a-z]+day,? )?")
_OPENED = re.compile(
    rf"[^,;]{{0,60}}?(?P<part>{_NOUN}){_BETWEEN}(?:起|开始|正式|全面|陆续)*(?:适用|施行|实施|生效|执行)"
)
_OPENED_ENGLISH = re.compile(
    rf",? ?(?:[^,;]{{0,30}}? )?(?P<part>(?:{_MODIFIER}|{_TOPIC})?{_NOUN_ENGLISH})\b "
    r"(?:for|on|of|in|under|against|about)"
    r"\b[^,;]{0,80}?\b(?:appl(?:y|ies|ied)|take effect|took effect|(?:come|came|enter|entered) into (?:force|effect))\b"
)
_FROM = ("", "自", "从", "于", "在")
_ALONE = 2  # characters behind a date that stands in a clause of its own
_BEGINS = re.compile("appl|effect|force|enforceable|binding|kick|follow|beg[ia]n|start")
_BEGUN = re.compile(r"\b(?:since|from|as of) (?:[a-z]+day,? )?$")
_UNTIL = re.compile(r"\b(?:until|comply|compliance|delay\w*|postpon\w*|propos\w*|would|could|may)\b")


def part_dates(sentence: Sentence) -> dict[int, Name | None]:
    """Return the indexes of the dates that are of a part, with the regulation that it is a part of."""
    found: dict[int, Name | None] = {}
    of = _part_english if sentence.is_english else _part_chinese
    for index, written in enumerate(sentence.dates):
        at = of(sentence, written, followed=index - 1 in found)
        if at is not None:
            found[index] = _whole(sentence, at, written.start)
    return found


def parts(piece: Piece, dates: dict[int, Name | None]) -> Iterator[Found]:
    """Yield from when parts apply, as facts."""
    for index, name in dates.items():
        written = piece.sentence.dates[index]
        value = complete(piece, index, Lean.NEAREST)
        if name is not None and name.entity is not None and value is not None:
            less = 0 if name in piece.sentence.names else INHERITED
            yield Found(
                entity=name.entity,
                what=FactKind.PARTLY_EFFECTIVE,
                value=value,
                start=written.start,
                end=written.end,
                confidence=round(LIKELY - less, 2),
            )


def _part_chinese(sentence: Sentence, written: WrittenDate, *, followed: bool) -> int | None:
    """Return where the part is named whose date this is."""
    start, end = sentence.clause(written.start)
    letters = sentence.letters
    behind = _part_behind(sentence, written)
    if behind is not None:
        return behind
    before = letters[start : written.start]
    if before in _FROM and end - written.end <= _ALONE:
        return _opened(sentence, end)
    if not _VERB_BEHIND.match(letters, written.end) and not _VERB_BEFORE.search(before):
        return None
    part = _PART.search(before)
    if part is None or _is_in_name(sentence, start + part.start("part"), start + part.end("part")):
        return None
    return start + part.start("part")


def _part_behind(sentence: Sentence, written: WrittenDate) -> int | None:
    """Return where the part is named behind the regulation that begins on a date: 8月2日起适用的《…》相关义务."""
    begins = _BEGINS_WITH.match(sentence.letters, written.end)
    name = next((one for one in sentence.names if begins and one.start == begins.end()), None)
    part = _PART_OF.match(sentence.letters, name.end) if name else None
    return part.start("part") if part else None


def _part_english(sentence: Sentence, written: WrittenDate, *, followed: bool) -> int | None:
    letters = sentence.letters
    if _OPENING.fullmatch(letters[: written.start]):
        return _opened(sentence, written.end)
    start = max(0, written.start - _REACH, _last_date_end(sentence, written))
    before = letters[start : written.start]
    if not _PART_STEM.search(before) or not _EFFECT_ENGLISH.search(before) or _UNTIL.search(before):
        return None
    nouns = _PART_ENGLISH.finditer(before)
    told = [one for one in nouns if not _is_in_name(sentence, start + one.start(), start + one.end())]
    if not told or _OF_WHOLE.search(before, told[-1].end()):
        return None
    is_said = _BEGINS.search(before) is not None or (followed and _BEGUN.search(before) is not None)
    return start + told[-1].start() if is_said else None


def _opened(sentence: Sentence, at: int) -> int | None:
    """Return where the part is named behind a date that opens a sentence: From 2 May, duties under the Act apply."""
    pattern = _OPENED_ENGLISH if sentence.is_english else _OPENED
    part = pattern.match(sentence.letters, at)
    if part is None or _is_in_name(sentence, part.start("part"), part.end("part")):
        return None
    return part.start("part")


def _last_date_end(sentence: Sentence, written: WrittenDate) -> int:
    return max((one.end for one in sentence.dates if one.end <= written.start), default=0)


def _is_in_name(sentence: Sentence, start: int, end: int) -> bool:
    """Say whether a noun is the last of a name, or lies in one: China's Algorithm Recommendation Provisions."""
    return any(name.start < end <= name.end and not name.is_reference for name in sentence.names)


def _whole(sentence: Sentence, at: int, date: int) -> Name | None:
    """Return what a part at an offset is of: the name between it and its date, the last before it, else the topic."""
    end = date if at < date else len(sentence.letters)
    behind = [name for name in sentence.names if at <= name.start < end and not name.is_reference]
    before = [name for name in sentence.names if name.end <= at + 1]  # a name may end with the apostrophe of 's
    if behind or before:
        return behind[0] if behind else before[-1]
    return None if sentence.names else sentence.subject
