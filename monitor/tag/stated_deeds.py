"""What one sentence says is done to which regulation: verbs bound to names.

Works on a sentence that is cut, folded and has its names and dates found. Does not know stages, bodies or numbers, and
completes no date.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice, pairwise

from monitor.tag.stated_names import Name
from monitor.tag.stated_sentence import Deed, Sentence
from monitor.tag.stated_verbs import Act
from monitor.tag.stated_when import ADVERBIAL, date_of

__all__ = ["find_deeds"]

_OBJECT_REACH = 60  # characters between a verb and what it is done to
_LOOSE_REACH = 40  # the same where any words may stand between: comments are asked for on nothing but a rule
_MOST_VERBS = 40  # verbs read of one sentence
_LOOSE = frozenset({Act.DRAFT, Act.REVIEW, Act.PLAN})
_WITHOUT_OBJECT = frozenset({Act.EFFECT, Act.AS_ISSUED})
_FUTURE_FITS = frozenset({Act.EFFECT, Act.AS_ISSUED, Act.REVIEW, Act.PLAN})
_LIST = re.compile(
    r"[\"'》〉)]*\s?(?:\([^()]{0,60}\))?\s?(?:、|和|与|及|以及|暨|,? and|, or|,? or|"
    r",)?\s?(?:the )?[\"'《(]*(?:(?:强制性|推荐性)?国家标准|以下简称|简称|下称)?[\"']*"
)
_ALIAS = re.compile(
    r"[\"'》〉)]*[\s,(]*(?:以下简称|简称|下称|又称|also known as|known as|hereinafter|or|the|即|[:\"'《\s])*[\s\"'《]*"
)
_BY = "通过"  # passed, or: by means of
_DOER = re.compile("[院会国部委组盟府局]")
_DONE_BY = frozenset({Act.ADOPT, Act.FAIL, Act.REPEAL, Act.ISSUE, Act.AMEND})
_PASSIVE = re.compile("(?:遭到?|被|获得?)[^,;。《》]{0,30}$")
_RELATIVE = re.compile(r"\s*which (?:(?!and |or |is |are |was |were )[\w.'’-]+ ){1,6}")
_IS_DONE = re.compile(r"\b(?:is|are|was|were|been|be|being|which|that)\b")
_SOMETHING = re.compile(
    r" (?:the (?!(?:[a-z.]+ ){0,3}(?:senate|house|assembly|legislature|parliament|congress|national assembly))|"
    r"its (?!final)|a (?!vote)|an |section |parts? |existing |how |several |two |"
    r"\d+ (?!jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z])"
)
_OPINIONS_ON = re.compile("[》\"' ]*(?:\\([^()]{0,20}\\))?的?意见")
_ALSO = re.compile("(?:同时|并且?|也|还|以及)+")
_INTENDED = re.compile("打算|计划|考虑|有意|准备")
_ARTICLES = re.compile("[》\"' ]*的?第[一二三四五六七八九十百\\d]+条")
_OF_OLDER = re.compile("的[旧原老]")  # 此前公布的旧办法同时废止
_CLOSED = re.compile('[,。;、!?)"》]|\\s|$|\\(|草案|案|的决议|的决定')
_SAME_DAY_ENGLISH = re.compile(r" (?:on )?(?:the|that) same day| on that day")
_SHARED_REACH = 160  # characters between two verbs of one subject
_COORDINATED = re.compile(
    r"\b(?:and|but) (?:(?:will|is|are|was|were|has|have|had|then|also|formally|officially|subsequently|later|"
    r"finally) )*$"
)
_SAME_DAY = re.compile("同时|同日|随之|同步")
_BACKGROUND = re.compile("(?:此前|之前|早前|先前|以往|早已|曾)[^,。;]{0,12}$")
_BEFORE_IT = re.compile("[之以]?前(?![沿海述瞻景])")


def find_deeds(sentence: Sentence) -> list[Deed]:
    """Return the deeds of a sentence in order; what is denied, wished for or done to nothing known is none."""
    deeds: list[Deed] = []
    starts = [name.start for name in sentence.names]
    for verb in islice(sentence.grammar.verbs.finditer(sentence.letters), _MOST_VERBS):
        whole = _before_name(sentence, verb, starts)
        deed = _deed(sentence, whole, starts, deeds) if whole is not None else None
        if deed is not None:
            deeds.append(deed)
    return deeds


def _before_name(sentence: Sentence, verb: re.Match[str], starts: Sequence[int]) -> re.Match[str] | None:
    """Return the verb as far as no name begins in it: 通过 before 《关于修改…的决定》, not 通过修改."""
    index = bisect_right(starts, verb.start())
    if index == len(starts) or starts[index] >= verb.end():
        return verb
    return sentence.grammar.verbs.match(sentence.letters, verb.start(), starts[index])


def _deed(sentence: Sentence, verb: re.Match[str], starts: Sequence[int], deeds: Sequence[Deed]) -> Deed | None:
    act, grammar, letters = Act(verb.lastgroup or ""), sentence.grammar, sentence.letters
    index = bisect_right(starts, verb.start())
    if index and sentence.names[index - 1].end > verb.start():
        return None
    clause_start, _ = sentence.clause(verb.start())
    left = sentence.names[index - 1] if index and sentence.names[index - 1].start >= clause_start else None
    before = letters[left.end if left else clause_start : verb.start()]
    said = letters[clause_start : verb.start()] if sentence.is_english else before
    is_future = grammar.not_yet.search(before) is not None
    if _is_denied(sentence, verb, act, said, is_future):
        return None
    object_ = _object(sentence, verb, act, index)
    if object_:
        names, is_inherited = object_, False
    else:
        names, is_inherited = _subject(sentence, verb, act, left, before, deeds)
    is_other = bool(object_) and grammar.other.match(letters, names[-1].end) is not None
    if not names or (is_other and not _is_of_it(act, letters, names[-1].end)):
        return None
    is_attributive = bool(object_) and letters[verb.end() : verb.end() + 1] == "的"
    if not object_ and _OF_OLDER.match(letters, verb.end()):
        return None
    if is_attributive and (_BACKGROUND.search(before) or grammar.never.match(letters, names[-1].end)):
        return None
    return Deed(
        act=act,
        names=tuple(names),
        start=verb.start(),
        end=verb.end(),
        clause_start=clause_start,
        before=letters[clause_start : verb.start()],
        date=date_of(sentence, verb, names, deeds, is_object=bool(object_), is_attributive=is_attributive),
        is_future=is_future,
        is_inherited=is_inherited,
        is_object=bool(object_),
        with_last=_is_same_day(letters, verb, before),
    )


def _is_same_day(letters: str, verb: re.Match[str], before: str) -> bool:
    return bool(
        _SAME_DAY.search(before[-6:]) or _SAME_DAY.match(verb[0]) or _SAME_DAY_ENGLISH.match(letters, verb.end())
    )


def _is_denied(sentence: Sentence, verb: re.Match[str], act: Act, before: str, is_future: bool) -> bool:
    grammar = sentence.grammar
    if act is not Act.PLAN and grammar.never.search(before[-_LOOSE_REACH:]):
        return True
    if is_future and act not in _FUTURE_FITS:
        return True
    if _ALSO.fullmatch(before) and _INTENDED.search(_clause_before(sentence, verb.start())):
        return True
    return not sentence.is_english and _BEFORE_IT.match(sentence.letters, verb.end()) is not None


def _is_of_it(act: Act, letters: str, end: int) -> bool:
    """Say whether what stands behind a name is but its own: opinions on a draft, articles that are amended."""
    pattern = _OPINIONS_ON if act is Act.DRAFT else _ARTICLES if act is Act.AMEND else None
    return pattern is not None and pattern.match(letters, end) is not None


def _clause_before(sentence: Sentence, at: int) -> str:
    start, _ = sentence.clause(at)
    return sentence.letters[sentence.clause(start - 1)[0] : start] if start else ""


def _object(sentence: Sentence, verb: re.Match[str], act: Act, index: int) -> list[Name]:
    """Return the names right behind a verb."""
    letters, grammar = sentence.letters, sentence.grammar
    if index == len(sentence.names) or (act in _WITHOUT_OBJECT and sentence.is_english):
        return []
    name = sentence.names[index]
    gap = letters[verb.end() : name.start]
    if len(gap) > _OBJECT_REACH:
        return []
    is_near = grammar.object_gap.fullmatch(gap) is not None
    is_loose = (
        act in _LOOSE
        and len(gap) <= _LOOSE_REACH
        and not any(
            verb.end() < cut <= name.start for cut in sentence.cuts[bisect_left(sentence.cuts, verb.end()) :][:1]
        )
    )
    if act is Act.REVIEW and not sentence.is_english:
        is_loose = False
    if is_near and act is Act.EFFECT and "的" not in gap and verb[0][-2:] not in ("施行", "实施"):
        return []
    if verb[0] == _BY and not _is_passed(sentence, verb, name):
        return []
    return _grouped(sentence, index) if is_near or is_loose else []


def _is_passed(sentence: Sentence, verb: re.Match[str], name: Name) -> bool:
    """Say whether 通过 before a name passes it: 通过《办法》规范市场 does not."""
    start, _ = sentence.clause(verb.start())
    names_doer = _DOER.search(sentence.letters, start, verb.start()) is not None
    is_object = _CLOSED.match(sentence.letters, name.end) is not None
    return is_object and (
        names_doer or sentence.letters[name.start] in '《"' or sentence.letters[name.start - 1] in '"了'
    )


def _grouped(sentence: Sentence, index: int) -> list[Name]:
    """Return the name at an index and those listed with it on its right."""
    names = [sentence.names[index]]
    for here, after in pairwise(sentence.names[index:]):
        between = sentence.letters[here.end : after.start]
        pattern = _ALIAS if here.entity == after.entity and here.entity else _LIST
        if (
            len(between) > _OBJECT_REACH
            or not pattern.fullmatch(between)
            or (pattern is _LIST and "," in between and "and" not in between)
        ):
            break
        names.append(after)
    return names


def _subject(
    sentence: Sentence, verb: re.Match[str], act: Act, left: Name | None, before: str, deeds: Sequence[Deed]
) -> tuple[list[Name], bool]:
    """Return the names before a verb that it is said of, and whether they stand in another sentence."""
    grammar, letters = sentence.grammar, sentence.letters
    clause_start = verb.start() - len(before)
    if not grammar.ends.match(letters, verb.end()) and act not in _LOOSE:
        return [], False
    if sentence.is_english and not letters[: verb.start()].strip():
        return _opened(sentence, verb.end()), False
    if act in _DONE_BY:
        before = _PASSIVE.sub("", before)
    joined = _joined_to(sentence, verb, deeds)
    if joined is not None:
        return list(joined.names), joined.is_inherited
    if sentence.is_english and _is_active(letters, verb, act, before):
        return [], False
    if left is not None:
        is_near = grammar.subject_gap.fullmatch(before) is not None
        if not is_near and not (act in _LOOSE and len(before) <= _LOOSE_REACH):
            return [], False
        return _listed_left(sentence, left), False
    end = clause_start
    is_related = sentence.is_english and act in _DONE_BY and _RELATIVE.fullmatch(before) is not None
    if not is_related and not grammar.lead.fullmatch(before):
        return [], False
    earlier = [name for name in sentence.names if name.end <= end and not name.is_oblique]
    if not earlier:
        return ([], False) if any(name.end <= end for name in sentence.names) else (_inherited(sentence, act), True)
    if act in _WITHOUT_OBJECT or _is_subject(sentence, earlier[-1], end, deeds):
        return _listed_left(sentence, earlier[-1]), False
    return [], False


def _is_active(letters: str, verb: re.Match[str], act: Act, before: str) -> bool:
    """Say whether what an English verb is done to stands behind it: the Act amends the Code; he signed two bills."""
    is_done = act not in _DONE_BY or _IS_DONE.search(before.rpartition(",")[2]) is not None
    return not is_done and _SOMETHING.match(letters, verb.end()) is not None


def _opened(sentence: Sentence, end: int) -> list[Name]:
    """Return the name behind the clause that a participle opens: Released on July 13, the Measures ..."""
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


def _inherited(sentence: Sentence, act: Act) -> list[Name]:
    fits = act in _WITHOUT_OBJECT or act is Act.DRAFT
    return [sentence.subject] if sentence.subject is not None and fits else []


def _is_subject(sentence: Sentence, name: Name, end: int, deeds: Sequence[Deed]) -> bool:
    """Say whether a name of an earlier clause opens it, closes the one before ``end``, or something was done to it."""
    start, _ = sentence.clause(name.start)
    first = _listed_left(sentence, name)[:1]
    if first and first[0].start - start <= ADVERBIAL:
        return True
    if name.start - start <= ADVERBIAL or end - name.end <= 2:
        return True
    return any(name in deed.names for deed in deeds)


def _listed_left(sentence: Sentence, name: Name) -> list[Name]:
    """Return a name and those listed on its left; nothing where the list stands behind 根据 or a wish."""
    index = sentence.names.index(name)
    first = index
    while first and _grouped(sentence, first - 1)[1:2] == [sentence.names[first]]:
        first -= 1
    names = list(sentence.names[first : index + 1])
    before = sentence.letters[max(0, names[0].start - _OBJECT_REACH // 2) : names[0].start]
    return [] if names[0].is_oblique or sentence.grammar.wish.search(before) else names
