"""What a verb is said of: the names before it, in its clause or another one, and those listed with a name.

Works on a sentence whose verbs and names are found. Does not know what stands behind a verb, nor dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from monitor.tag.stated_names import Name
from monitor.tag.stated_sentence import Deed, Sentence
from monitor.tag.stated_verbs import Act
from monitor.tag.stated_when import ADVERBIAL

__all__ = ["LOOSE", "LOOSE_REACH", "OBJECT_REACH", "WITHOUT_OBJECT", "listed_with", "subject_of"]

_LIST = re.compile(
    r"[\"'》〉)]*\s?(?:\([^()]{0,60}\))?\s?(?:、|和|与|及|以及|暨|,? and|, or|,? or|"
    r",)?\s?(?:the )?[\"'《(]*(?:(?:强制性|推荐性)?国家标准|以下简称|简称|下称)?[\"']*"
)
_ALIAS = re.compile(
    r"[\"'》〉)]*[\s,(]*(?:以下简称|简称|下称|又称|also known as|known as|hereinafter|or|the|即|[:\"'《\s])*[\s\"'《]*"
)
_TO_AMEND = re.compile("(?:拟|计划|打算)(?:再次|全面|对)*(?:修[订正改])?[《\"']*$")
_BY_WHOM = re.compile(r"(?:[\d年月日号]{2,11},?|日前,?|近日,?|已)*[经由][^,;。《》]{2,80}")
_SINGULAR = re.compile(r"[\s,\"')]*(?:was|is|has)\b")
_DONE_BY = frozenset({Act.ADOPT, Act.FAIL, Act.REPEAL, Act.ISSUE, Act.AMEND})
_PASSIVE = re.compile("(?:遭到?|被|获得?)[^,;。《》]{0,30}$")
_RELATIVE = re.compile(r"\s*which (?:(?!and |or |is |are |was |were )[\w.'’-]+ ){1,6}")
_IS_DONE = re.compile(r"\b(?:is|are|was|were|been|be|being|which|that)\b")
_SOMETHING = re.compile(
    r" (?:the (?!(?:[a-z.]+ ){0,3}(?:senate|house|assembly|legislature|parliament|congress|national assembly))|"
    r"its (?!final)|a (?!vote)|an |section |parts? |existing |how |several |two |"
    r"\d+ (?!jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z])"
)
_AS_ORDERED = ("予以", "现予")
_SIGNS, _OWN_OBJECT = "签署", re.compile("了|[^,。;、后)]")
_OF_ITSELF = ("完成立法", "完成三读")  # never done to what stands behind
_SHARED_REACH = 160  # characters between two verbs of one subject
_COORDINATED = re.compile(
    r"\b(?:and|but) (?:(?:will|is|are|was|were|has|have|had|then|also|formally|officially|subsequently|later|"
    r"finally) )*$"
)
OBJECT_REACH = 60  # characters between a verb and what it is done to
LOOSE_REACH = 40  # the same where any words may stand between: comments are asked for on nothing but a rule
LOOSE = frozenset({Act.DRAFT, Act.REVIEW, Act.PLAN})
WITHOUT_OBJECT = frozenset({Act.EFFECT, Act.AS_ISSUED})


def subject_of(
    sentence: Sentence, verb: re.Match[str], act: Act, left: Name | None, before: str, deeds: Sequence[Deed]
) -> tuple[list[Name], bool]:
    """Return the names before a verb that it is said of, and whether they stand in another sentence."""
    grammar, letters = sentence.grammar, sentence.letters
    clause_start = verb.start() - len(before)
    if not grammar.ends.match(letters, verb.end()) and act not in LOOSE:
        return [], False
    if verb[0] == _SIGNS and not _is_signed(letters, verb.end(), before):
        return [], False
    if _opens(sentence, letters[: verb.start()], act):
        opened = _opened(sentence, verb.end())
        if opened or sentence.names or act not in WITHOUT_OBJECT:
            return opened, False
    if act in _DONE_BY:
        before = _PASSIVE.sub("", before)
    joined = _joined_to(sentence, verb, deeds)
    if joined is not None:
        return list(joined.names), joined.is_inherited
    if sentence.is_english and _is_active(letters, verb, act, before):
        return [], False
    if left is not None:
        is_near = grammar.subject_gap.fullmatch(before) is not None
        if not is_near and not (act in LOOSE and len(before) <= LOOSE_REACH):
            return [], False
        listed = [left] if _is_to_be_amended(sentence, act, left) else _listed_left(sentence, left)
        return (listed[-1:] if sentence.is_english and _SINGULAR.match(before) else listed), False
    end = clause_start
    is_related = sentence.is_english and act in _DONE_BY and _RELATIVE.fullmatch(before) is not None
    if not is_related and not grammar.lead.fullmatch(before):
        return [], False
    earlier = [name for name in sentence.names if name.end <= end and not name.is_oblique]
    if not earlier:
        is_other = any(name.end <= end for name in sentence.names)
        return ([], False) if is_other else (_inherited(sentence, act, verb[0], before), True)
    if _is_to_be_amended(sentence, act, earlier[-1]):
        return earlier[-1:], False
    if act in WITHOUT_OBJECT or any(_is_subject(sentence, name, end, deeds) for name in _same_at_end(earlier)):
        return _listed_left(sentence, earlier[-1]), False
    return [], False


def _is_signed(letters: str, end: int, before: str) -> bool:
    """Say whether 签署 up to an offset is done to what stands before it: 由州长签署, (2022年8月9日签署)."""
    return _OWN_OBJECT.match(letters, end) is None and ("由" in before or letters[end : end + 1] == ")")


def _is_active(letters: str, verb: re.Match[str], act: Act, before: str) -> bool:
    """Say whether what an English verb is done to stands behind it: the Act amends the Code; he signed two bills."""
    is_done = act not in _DONE_BY or _IS_DONE.search(before.rpartition(",")[2]) is not None
    is_present = act is Act.REPEAL and verb[0].endswith("s")
    return not is_done and (is_present or _SOMETHING.match(letters, verb.end()) is not None)


def _opens(sentence: Sentence, before: str, act: Act) -> bool:
    """Say whether a verb opens a sentence whose subject stands behind its clause."""
    if sentence.is_english:
        return not before.strip()
    return act in (Act.ADOPT, Act.ISSUE) and _BY_WHOM.fullmatch(before) is not None


def _opened(sentence: Sentence, end: int) -> list[Name]:
    """Return the name behind the clause that a verb opens: Released on July 13, the Measures; 经…审议通过，《…》."""
    name = next((one for one in sentence.names if one.start >= end), None)
    cut = next((cut for cut in sentence.cuts if cut > end), None)
    is_next = name is not None and cut is not None and cut <= name.start <= cut + len(" the ")
    return [name] if is_next and name is not None else []


def _joined_to(sentence: Sentence, verb: re.Match[str], deeds: Sequence[Deed]) -> Deed | None:
    """Return the deed whose English subject a verb behind ``and`` shares."""
    if not sentence.is_english or not deeds or deeds[-1].is_object:
        return None
    between = sentence.letters[deeds[-1].end : verb.start()]
    return deeds[-1] if len(between) <= _SHARED_REACH and _COORDINATED.search(between) else None


def _inherited(sentence: Sentence, act: Act, verb: str, before: str) -> list[Name]:
    fits = (
        (act is Act.ISSUE and before.endswith(_AS_ORDERED))
        or act in WITHOUT_OBJECT
        or act is Act.DRAFT
        or verb.startswith(_OF_ITSELF)
    )
    return [sentence.subject] if sentence.subject is not None and fits else []


def _is_to_be_amended(sentence: Sentence, act: Act, name: Name) -> bool:
    """Say whether comments are asked for on an amendment that is planned: 拟修订《…》,现征求意见."""
    before = sentence.letters[max(0, name.start - LOOSE_REACH) : name.start]
    return act is Act.DRAFT and _TO_AMEND.search(before) is not None


def _is_subject(sentence: Sentence, name: Name, end: int, deeds: Sequence[Deed]) -> bool:
    """Say whether a name of an earlier clause opens it, closes the one before ``end``, or something was done to it."""
    start, _ = sentence.clause(name.start)
    first = _listed_left(sentence, name)[:1]
    if first and first[0].start - start <= ADVERBIAL:
        return True
    if name.start - start <= ADVERBIAL or end - name.end <= 2:
        return True
    return any(name in deed.names for deed in deeds)


def _same_at_end(names: Sequence[Name]) -> list[Name]:
    """Return the last of some names, and those before it that mean the same: ISO/IEC 42001, the first AI … standard."""
    last = names[-1]
    others = takewhile(lambda name: name.entity is not None and name.entity == last.entity, reversed(names[:-1]))
    return [last, *others]


def _listed_left(sentence: Sentence, name: Name) -> list[Name]:
    """Return a name and those listed on its left; nothing where the list stands behind 根据 or a wish."""
    index = sentence.names.index(name)
    first = index
    while (
        first and not _ends_aside(sentence, first) and listed_with(sentence, first - 1)[1:2] == [sentence.names[first]]
    ):
        first -= 1
    names = list(sentence.names[first : index + 1])
    before = sentence.letters[max(0, names[0].start - OBJECT_REACH // 2) : names[0].start]
    return [] if names[0].is_oblique or sentence.grammar.wish.search(before) else names


def _ends_aside(sentence: Sentence, index: int) -> bool:
    """Say whether a comma stands before a name that only the ground for it was named by: 根据国务院令第766号,《…》."""
    last, name = sentence.names[index - 1 : index + 1]
    return last.is_oblique and "," in sentence.letters[last.end : name.start]


def listed_with(sentence: Sentence, index: int) -> list[Name]:
    """Return the name at an index and those listed with it on its right."""
    names = [sentence.names[index]]
    for here, after in pairwise(sentence.names[index:]):
        between = sentence.letters[here.end : after.start]
        pattern = _ALIAS if here.entity == after.entity and here.entity else _LIST
        if (
            len(between) > OBJECT_REACH
            or not pattern.fullmatch(between)
            or (pattern is _LIST and "," in between and "and" not in between)
        ):
            break
        names.append(after)
    return names
