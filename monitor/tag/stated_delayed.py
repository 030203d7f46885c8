"""What a word of delay is said of: the regulation beside it, and whether all of it or a part.

Binds a word that is found to a name that is found. Does not know dates, nor whether anybody decided.
"""

from __future__ import annotations

import re

from monitor.tag.stated_names import Name
from monitor.tag.stated_sentence import Sentence

__all__ = ["BEGINNING", "PART", "delayed_by", "delayed_by_english"]

_REACH = 90  # characters between the word of delay and the name

BEGINNING = r"(?:施行|实施|生效|适用|执行|上路|落地)"
"""Chinese words for what begins with a regulation."""

_ITS = (
    rf"(?:{BEGINNING}|的|了|对|其|部分|全部|全面|相关|有关|[项条]|义务|条款|要求|规则|规定|禁令|罚则|责任|制度|日期|时间|期限|"
    r"高风险|系统|通用|模型|大|ai|人工智[能慧]|透明度?|合规|核心|主要|关键|类|应用|等|中|内|针对|关于|欧盟|该国|美国|韩国|州|\s|[\"'《》（）()、])"
)
_IN_PROPOSAL = re.compile("的(?:提案|提议|议案|动议|修正案|计划|方案|建议|法案)")
_ITS_OWN = re.compile(
    rf"的[^,;。《》]{{0,16}}?(?:{BEGINNING}|义务|条款|要求|规则|规定|禁令|部分)|{_IN_PROPOSAL.pattern}"
)
_OBJECT_GAP = re.compile(rf"{_ITS}*+")
_SUBJECT_GAP = re.compile(
    rf"(?>{_ITS}|[^,;。《》]{{0,24}}(?:义务|条款|要求|规则|规定|禁令|罚则|责任|日期|时间|期限|部分)|的)*+"
    r"(?:将|已|正式|会|可能|可|或|拟|均|再|最多|最长|至少|整体|统一|一律|也|都|最迟|最晚|原定|从|由|自|于|在|[\d年月日\s])*+"
)
_OTHERS = re.compile(r"配套|标准|指南|指引|准则|解读|细则|活动|会议|培训|谈判|表决|审议|罚款|处罚|执法")
_BECAUSE = re.compile('(?:因为?|由于|受|鉴于|依据?|根据|按照?|遵守|符合|应对|面对|考虑到|出于)[^,;。《》]{0,8}["《]*$')
_SOMETHING_ELSE = re.compile(r"了?(?:在(?!\d)|向|对外|推出|发布|上线|上市|交付|开放)")
PART = re.compile(
    r"义务|条款|要求|规则|(?<![该本新此])规定|禁令|罚则|责任|部分|"
    r"\b(?:obligations?|rules|requirements?|prohibitions?|bans?|provisions?|duties|parts?|chapters?|articles?)\b"
)
"""Words of duties, of which the delay is no delay of the whole."""

_BEGIN_ENGLISH = (
    r"(?:implementation|enforcement|application|compliance|entry into (?:force|effect|application)|"
    r"(?:effective|operative) dates?|"
    r"start(?: dates?)?|rollout|roll-out|compliance (?:dates?|deadlines?)|deadlines?|onset|"
    r"launch date|commencement|timeline|"
    r"obligations?|rules|requirements?|provisions?|parts?|duties|prohibitions?|bans?|chapters?|articles?|elements)"
)
_OWNER = (
    r"(?:(?:the|its|their|a|eu|eu['’]s|europe['’]s|state['’]s|country['’]s|bloc['’]s|landmark|new|sweeping|controversial|"
    r"of|own) |[\"'])*"
)
_GAP_ENGLISH = re.compile(
    rf" (?:of |to |in |on |for )?{_OWNER}(?:(?:[a-z-]+ ){{0,4}}?{_BEGIN_ENGLISH} (?:and [a-z-]+ )?"
    rf"(?:for (?:[a-z-]+ ){{1,6}})?(?:of|for|under|in|from|set by|to) {_OWNER})?"
)
_ENDED_ENGLISH = re.compile(
    r"['’\"]*(?:$|[,.;:)\]]|\s(?:\(|[—–-]|(?:until|till|to|by|for|from|and|or|in|as|at|on|because|after|amid|while|but|which|if|so|"
    r"was|were|has|had|failed|fails|died|"
    r"again|entirely|indefinitely|altogether|with|this|next|last|one|two|\w+ (?:says?|said))\b))"
)
_PASSIVE_ENGLISH = re.compile(
    rf"['’]?s?(?: (?:[a-z-]+ ){{0,4}}?{_BEGIN_ENGLISH}(?: (?:for|on) (?:[a-z-]+ ?){{1,5}})?)?"
    r",? (?:[a-z]+ )?(?:has been|have been|had been|was|were|is|are|been|be|being|would be|could be|will be|to be)"
    r"(?: (?:being|formally|officially|further|now))? $|"
    rf"['’]?s (?:[a-z-]+ ){{0,3}}?{_BEGIN_ENGLISH} $"
)
_OF_ENGLISH = re.compile(
    r"[a-z-]+ (?:for [a-z -]{1,40})?(?:of|under|in|on|about|for|to|over|against|(?<=compliance )with) (?:the )?$"
)
_HEAD_ENGLISH = re.compile(rf"^{_BEGIN_ENGLISH} ")
_BARE_PARTICIPLE = re.compile(r"ed$")


def delayed_by(sentence: Sentence, word: re.Match[str]) -> tuple[Name, bool] | None:
    """Return what a Chinese word of delay is said of, and whether of a part: 暂缓实施《…》, 将《…》的义务推迟."""
    letters = sentence.letters
    behind = next((one for one in sentence.names if one.start >= word.end()), None)
    if behind is not None and _OBJECT_GAP.fullmatch(letters, word.end(), behind.start):
        rest = letters[behind.end : behind.end + 24]
        is_other = _OTHERS.search(_IN_PROPOSAL.split(rest)[0][:8]) or (
            rest.startswith("的") and not _ITS_OWN.match(rest)
        )
        return None if is_other else (behind, PART.search(rest) is not None)
    start, _ = sentence.clause(word.start())
    before = [one for one in sentence.names if one.end <= word.start()]
    if not before:
        return _inherited(sentence, start, word)
    name = before[-1]
    if _BECAUSE.search(letters[max(0, name.start - 16) : name.start]) or _SOMETHING_ELSE.match(letters, word.end()):
        return None  # 因《办法》推迟推出新功能
    gap = letters[name.end : word.start()]
    if name.start < start:
        own = letters[start : word.start()]
        is_of_start = re.match(rf"[^,;。《》]{{0,12}}(?:{BEGINNING}|义务|条款|规定|日期|时间|期限)", own) is not None
        return (name, PART.search(own) is not None) if is_of_start and not _OTHERS.search(own) else None
    if len(gap) > _REACH or _OTHERS.search(gap) or not _SUBJECT_GAP.fullmatch(gap):
        return None
    return name, PART.search(gap) is not None


def _inherited(sentence: Sentence, start: int, word: re.Match[str]) -> tuple[Name, bool] | None:
    own = sentence.letters[start : word.start()]
    if (
        sentence.subject is None
        or sentence.names
        or not re.search(rf"{BEGINNING}|义务|条款", own)
        or _OTHERS.search(own)
    ):
        return None
    return sentence.subject, PART.search(own) is not None


def delayed_by_english(sentence: Sentence, word: re.Match[str]) -> tuple[Name, bool] | None:
    letters = sentence.letters
    behind = next((one for one in sentence.names if one.start >= word.end()), None)
    if behind is not None:
        gap = _GAP_ENGLISH.fullmatch(letters, word.end(), behind.start)
        tail = re.match(
            rf"['’]?s? (?P<noun>(?:[a-z-]+ ){{0,4}}?{_BEGIN_ENGLISH})\b", letters[behind.end : behind.end + 60]
        )
        is_other = tail is None and _ENDED_ENGLISH.match(letters, behind.end) is None
        if gap is not None and not is_other:
            told = gap[0] + (tail["noun"] if tail else "")
            return behind, PART.search(told) is not None
    before = [one for one in sentence.names if one.end <= word.start()]
    if not before or word.lastgroup != "verb" or not _BARE_PARTICIPLE.search(word[0].removesuffix(" back")):
        return None
    passive = _PASSIVE_ENGLISH.fullmatch(letters, before[-1].end, word.start())
    of = _OF_ENGLISH.search(letters, max(0, before[-1].start - _REACH), before[-1].start)
    if passive is None or (of is not None and _HEAD_ENGLISH.search(of[0]) is None):
        return None  # a seminar on the Act was postponed
    return before[-1], PART.search((of[0] if of else "") + passive[0]) is not None
