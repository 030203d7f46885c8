"""What one sentence says is done to which regulation: verbs bound to names.

Works on a sentence that is cut, folded and has its names and dates found. Does not know stages, bodies or numbers, and
completes no date.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice

from monitor.tag.stated_names import Name
from monitor.tag.stated_sentence import Deed, Sentence
from monitor.tag.stated_subjects import LOOSE, LOOSE_REACH, OBJECT_REACH, WITHOUT_OBJECT, listed_with, subject_of
from monitor.tag.stated_verbs import Act
from monitor.tag.stated_when import date_of

__all__ = ["find_deeds"]

_MOST_VERBS = 40  # verbs read of one sentence
_FUTURE_FITS = frozenset({Act.EFFECT, Act.AS_ISSUED, Act.REVIEW, Act.PLAN})
_OF_LISTS = frozenset({Act.EFFECT, Act.ISSUE})
_NEW_RULES = re.compile("(?:新规|法规|新法|规章|新政|规定|标准)[^,;。《》]{0,8}$")
_BY = "通过"  # passed, or: by means of
_CHANGING = re.compile(r"\b(?:amend|chang|revis|reform|delay|postpon|repeal|simplif)|修[订正改]|推迟|延[后期]|废止")
_IS_PROPOSED = re.compile(r"[由被,(]|\b(?:is|are|was|were|been|being)\b")  # 《办法》提出，… only says what it says
_INITIATIVE = re.compile(
    "(?:倡议|计划|宣言|框架|原则|(?<!综合)方案|行动)$|(?:initiative|plan|strategy|declaration|framework|principles)$"
)
_NOT_OF_LAWS = ("launch", "endors", "agreed")
_SOFT = re.compile(
    r"\b(?:initiative|plan|strategy|declaration|framework|principles|guide|guidelines|code|compact|roadmap)\b"
)
_DOER = re.compile("[院会国部委组盟府局]")
_OPINIONS_ON = re.compile("[》\"' ]*(?:\\([^()]{0,20}\\))?的?意见")
_ALSO = re.compile("(?:同时|并且?|也|还|以及)+")
_INTENDED = re.compile("打算|计划|考虑|有意|准备")
_ARTICLES = re.compile("[》\"' ]*的?第[一二三四五六七八九十百\\d]+条")
_OF_OLDER = re.compile("的(?:[旧原老]|版本|初稿|文本)")  # 此前公布的旧办法同时废止
_CLOSED = re.compile('号?决议|[,。;、!?)"》]|\\s|$|\\(|草案|案|的决议|的决定')
_SAME_DAY_ENGLISH = re.compile(r" (?:on )?(?:the|that) same day| on that day")
_SAME_DAY = re.compile("同时|同日|随之|同步")
_BACKGROUND = re.compile("(?:此前|之前|早前|先前|以往|早已|曾)[^,。;]{0,12}$")
_ASIDE_REACH = 100  # characters of brackets behind a name
_ONLY_KIND = re.compile("[\"'》〉 ]*(?:(?:国家|团体|行业|地方)?标准)?")
_OPENED, _ASIDE_ENDS = re.compile(r"\([^()]*$"), re.compile(r"[^()]{0,60}\)")
_NOMINAL = " of"  # ends what names a deed: the veto of
_NOMINAL_TOLD = re.compile(
    r"(?:\b(?:since|after|following|upon|announc(?:es|ed)|mark(?:s|ed|ing)|hail(?:s|ed)|"
    r"welcom(?:es|ed)|celebrat(?:es|ed)|criticis(?:es|ed)) "
    r"(?:the |its |his |her |their )?|['’]s |\b(?:his|her|their) )(?:formal |final |official |recent |own )?$"
)
_TO_BEGIN = re.compile(r"\bbefore (?=(?:it|they|the (?:law|act|rules?|regulation|bill)) $)")  # it takes effect then
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
    nearest, end = _nearest_left(sentence, index, verb.start())
    left = nearest if nearest is not None and nearest.start >= clause_start else None
    before = letters[end if left else clause_start : verb.start()]
    said = letters[clause_start : verb.start()] if sentence.is_english else before
    is_future = grammar.not_yet.search(before) is not None
    if _is_denied(sentence, verb, act, said, is_future):
        return None
    object_ = _object(sentence, verb, act, index)
    if object_:
        names, is_inherited = object_, False
    else:
        names, is_inherited = subject_of(sentence, verb, act, left, before, deeds)
    if not names or _is_void(sentence, verb, act, names, before, is_object=bool(object_)):
        return None
    is_attributive = bool(object_) and letters[verb.end() : verb.end() + 1] == "的"
    date = date_of(sentence, verb, names, deeds, is_object=bool(object_), is_attributive=is_attributive)
    if verb[0].endswith(_NOMINAL) and not (object_ and (date is not None or _is_told(letters, verb.start()))):
        return None
    return Deed(
        act=act,
        names=tuple(names),
        start=verb.start(),
        end=verb.end(),
        clause_start=clause_start,
        before=letters[clause_start : verb.start()],
        date=date,
        is_future=is_future,
        is_inherited=is_inherited,
        is_object=bool(object_),
        with_last=_is_same_day(letters, verb, before),
    )


def _is_void(
    sentence: Sentence, verb: re.Match[str], act: Act, names: Sequence[Name], before: str, *, is_object: bool
) -> bool:
    """Say whether a verb tells nothing of its names: of what is only theirs, of an older version, of a wish."""
    letters, last = sentence.letters, names[-1]
    is_other = is_object and letters[verb.end()] != ":" and sentence.grammar.other.match(letters, last.end) is not None
    if is_other and not _is_of_it(act, letters, last.end):
        return True
    if _is_past_draft(act, letters, verb.end(), before):
        return True
    if _is_of_older(sentence, verb.end(), last if is_object else None):
        return True
    if verb[0].startswith(_NOT_OF_LAWS) and not _SOFT.search(names[0].title):
        return True
    return act is Act.PROPOSE and _is_no_proposal(sentence, verb, names[0], before, is_object=is_object)


def _nearest_left(sentence: Sentence, index: int, at: int) -> tuple[Name | None, int]:
    """Return the name that stands before a verb at an offset, and where the words between the two begin.

    Brackets behind a name say it once more, 《…法》(SB 53)于…生效: the name before them is meant, if it is tracked.
    """
    if not index:
        return None, 0
    name = sentence.names[index - 1]
    opened = _OPENED.search(sentence.letters, max(0, name.start - _ASIDE_REACH), name.start)
    closed = _ASIDE_ENDS.match(sentence.letters, name.end, at) if opened else None
    if opened is None or closed is None:
        return name, name.end
    owner = next((one for one in reversed(sentence.names[: index - 1]) if one.end <= opened.start()), None)
    if owner is None or not _ONLY_KIND.fullmatch(sentence.letters, owner.end, opened.start()):
        return name, name.end
    if owner.entity is not None and not owner.is_reference:
        return owner, closed.end()
    is_alone = opened.end() == name.start and closed.end() == name.end + 1
    return name, closed.end() if is_alone else name.end


def _is_no_proposal(sentence: Sentence, verb: re.Match[str], name: Name, before: str, *, is_object: bool) -> bool:
    """Say whether not the name is proposed: it says something itself, is to be changed, or is proposed to nobody."""
    is_participle = sentence.is_english and not before.strip() and sentence.clause(verb.start())[0] > 0
    if not is_object and not is_participle and not _IS_PROPOSED.search(before):
        return True
    led = sentence.letters[max(0, name.start - OBJECT_REACH // 2) : name.start]
    return _CHANGING.search(led) is not None or _INITIATIVE.search(name.title) is not None


def _is_of_older(sentence: Sentence, end: int, object_: Name | None) -> bool:
    """Say whether a verb only tells which version is meant, or of which no more is to be told: 此前公布的旧办法."""
    letters = sentence.letters
    if object_ is None:
        return _OF_OLDER.match(letters, end) is not None
    return letters[end] == "的" and sentence.grammar.never.match(letters, object_.end) is not None


def _is_past_draft(act: Act, letters: str, end: int, before: str) -> bool:
    """Say whether comments were asked for before what is told: 此前征求意见的《…》."""
    return act is Act.DRAFT and letters[end : end + 1] == "的" and _BACKGROUND.search(before) is not None


def _is_told(letters: str, at: int) -> bool:
    """Say whether what a noun names, the veto of, is told to have been: since the adoption of, his veto of."""
    return _NOMINAL_TOLD.search(letters, max(0, at - LOOSE_REACH), at) is not None


def _is_same_day(letters: str, verb: re.Match[str], before: str) -> bool:
    return bool(
        _SAME_DAY.search(before[-6:]) or _SAME_DAY.match(verb[0]) or _SAME_DAY_ENGLISH.match(letters, verb.end())
    )


def _is_denied(sentence: Sentence, verb: re.Match[str], act: Act, before: str, is_future: bool) -> bool:
    grammar = sentence.grammar
    if act is Act.EFFECT:
        before = "" if _TO_BEGIN.search(before) else before
    if act is not Act.PLAN and grammar.never.search(before[-LOOSE_REACH:]):
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
    is_active = act not in WITHOUT_OBJECT or not sentence.is_english or verb[0].endswith(_NOMINAL)
    if index == len(sentence.names) or not is_active:
        return []
    name = sentence.names[index]
    gap = letters[verb.end() : name.start]
    if len(gap) > OBJECT_REACH:
        return []
    is_near = grammar.object_gap.fullmatch(gap) is not None
    if gap == ":" and _is_heading(sentence, verb, act, name):
        return listed_with(sentence, index)
    is_loose = (
        act in LOOSE
        and len(gap) <= LOOSE_REACH
        and not any(
            verb.end() < cut <= name.start for cut in sentence.cuts[bisect_left(sentence.cuts, verb.end()) :][:1]
        )
    )
    if act is Act.REVIEW and not sentence.is_english:
        is_loose = False
    is_chinese = not sentence.is_english
    if is_chinese and is_near and act is Act.EFFECT and "的" not in gap and verb[0][-2:] not in ("施行", "实施"):
        return []
    if verb[0] == _BY and not _is_passed(sentence, verb, name):
        return []
    return listed_with(sentence, index) if is_near or is_loose else []


def _is_heading(sentence: Sentence, verb: re.Match[str], act: Act, name: Name) -> bool:
    """Say whether a verb heads a list of new rules of which no more is told: 一批新规实施:《…》."""
    if act not in _OF_LISTS or not _NEW_RULES.search(sentence.letters, max(0, verb.start() - 16), verb.start()):
        return False
    later = sentence.grammar.verbs.finditer(sentence.letters, name.end)
    return not any(one.lastgroup == act for one in later)


def _is_passed(sentence: Sentence, verb: re.Match[str], name: Name) -> bool:
    """Say whether 通过 before a name passes it: 通过《办法》规范市场 does not."""
    start, _ = sentence.clause(verb.start())
    names_doer = _DOER.search(sentence.letters, start, verb.start()) is not None
    is_told = sentence.letters[verb.end()] == "的" and names_doer
    is_object = is_told or _CLOSED.match(sentence.letters, name.end) is not None
    return is_object and (
        names_doer or sentence.letters[name.start] in '《"' or sentence.letters[name.start - 1] in '"了'
    )
