"""What the words at an acronym make of it where it is no law: a term spelled out, a body, a person, a thing.

DMA is direct memory access, DSA a vessel on an X-ray, and who fines is no act. Looks at one place of a folded text and
at the brackets of the whole; knows no law.
"""

from __future__ import annotations

import re
from functools import cache

from monitor.tag.jurisdictions import find_seats
from monitor.tag.whose_phrases import is_used

__all__ = [
    "is_applied",
    "is_hardly_law",
    "is_in_force",
    "is_no_law",
    "is_of_its_matter",
    "is_spelled_otherwise",
    "speaks_of_law",
]

_TERM = 80  # characters before a bracket that a term takes
_LAW = re.compile(
    r"(?:法|法案|条例|规则|规范|规定|指令|草案|[》\"]|\b(?:Act|Law|Bill|Directive|Regulations?|Rules|Code|Ordinance|Statute))$"
)
_HAN_TERM = re.compile("[\u4e00-\u9fff]{4}$")
_HAN_GLOSS = re.compile("[\u4e00-\u9fff]{4,14}$")
_TOLD_OF_LAW = re.compile("[法条案令罚款第的了]|规[则定范]|欧盟|美国|加州")
_GLOSSED = r" ?\((?:即|全称)?(?:the )?|,(?:即|全称)|, (?:the |an? |or |short for |which stands for )"
_WORD = re.compile(r"\b(?!(?:of|for|the|and|an?|in|on|to|by|or)\b)[A-Za-z][A-Za-z']*")

_COUNTED = re.compile(r"\b(?:[Aa]n?|[Hh]is|[Hh]er|[Mm]y|[Yy]our) $")
_ENDS_COUNTED = re.compile(
    r" (?:to|of|in|on|at|from|for|with|by|who|that|which|is|was|has|had|can|will|and|or|but|per|an?|the|one|two|\d)\b|"
    r"[,.;:!?)]|$"
)
_ENFORCED = re.compile(r"(?:enforc|under|implement|overs|administer|violat|breach|appl|polic)[a-z]*(?: of)? (?:the )?$")
_APPLIED = re.compile(
    r"\b(?:under|br(?:eak|oke)[a-z]*|violat[a-z]+|breach[a-z]*(?: of)?|infring[a-z]+(?: of)?|"
    r"compl[iy][a-z]* with|enforc[a-z]+) (?:the )?$|"
    "(?:违反|根据|[动援]?用|引用|依据?|依照|按照?|遵守|触犯)了? ?$"
)
_IN_FORCE = re.compile(
    r" (?:(?:has|had|will|would|only|fully|first|formally|officially) ){0,3}"
    r"(?:appl(?:y|ies|ied) (?:to|from|in|as|since|only|fully|directly|across|on)|"
    r"(?:c[ao]mes?|enter(?:s|ed)?|went|goes) into (?:force|effect)|t(?:akes?|aken|ook) effect|"
    r"(?:is|was|has been) (?:now |already |fully )*in (?:force|effect)|bec[ao]mes? (?:law|applicable)|obliges)\b"
)
_OF_BODY = re.compile(
    r"\b(?:(?:[Ee]conomists?|[Rr]esearchers?|[Aa]nalysts?) (?:at|from|with)|"
    r"(?:[Mm]embers?|[Ss]pokes[a-z]+|[Cc]andidates?|[Cc]hair[a-z]*|[Pp]resident) (?:of|from|for|with)|"
    r"[Ee]ndorsed by|[Jj]oined|[Cc]hapters? of) (?:the )?$"
)
_BODY_DOES = re.compile(
    r" (?:has |had |have |also |then )*(?:fined|ordered|slapped|penali[sz]ed|directed|issued|hired|elected|appointed|"
    r"endorsed|canvassed|convened|awarded|told|asked|imposed an? (?:fine|penalty)|"
    r"(?:board|council|chapters?|members?|economists?|president|chair(?:man|woman)?|candidates?|delegates?|"
    r"convention|degrees?|students?|graduates?|holders?|allowances?|"
    r"scans?|scanners?|suites?|images?|imaging|procedures?|"
    r"controllers?|engines?|channels?|transfers?|buffers?|attacks?|cheats?|cards?|drivers?|descriptors?|"
    r"receptors?|pathways?|agonists?|stores?|branches|outlets))\b"
)
_THING_BEHIND = re.compile(
    " ?(?:引擎|控制器|通道|传输|缓冲|映射|攻击|外挂|作弊|板卡|驱动|分区|计量|手术|造影|机房|血管|影像|导管|"
    "学位|博士|硕士|会员|主席|会长|成员|候选人|代理|渠道商|稀疏|注意力|签名)"
)

_LAW_WORDS = re.compile(
    r"法|罚|规|违|监管|遵守|符合|整改|壁垒|关税|草案|议会|国会|部长|主席|条|诉|裁|禁|义务|欧盟|欧委会|执委会|"
    r"布鲁塞尔|守门人|看门人|立案|指控|豁免|施行|生效|落地|清单|申报|评估|"
    r"\b(?:[Ll]aws?|[Ll]egal|[Ll]egislat|[Rr]ules?\b|[Rr]uled|[Rr]uling|[Ff]in(?:e|es|ed|ing)\b|[Pp]enal|[Cc]ompl[iy]|"
    r"[Bb]reach|[Vv]iolat|[Rr]egulat|[Ee]nforc|[Cc]ourt|[Jj]udge|[Ss]u(?:e|ed|es|ing)\b|[Ll]awsuit|[Cc]lass action|"
    r"[Ss]ettle|[Oo]blig|[Rr]equire|[Aa]rticles?\b|[Ss]ection|[Cc]ommission|[Ll]awmaker|[Pp]arliament|"
    r"[Pp]rob(?:e|es|ed|ing)\b|[Ii]nvestigat|[Gg]atekeep|[Dd]irective|Acts?\b|[Bb]ills?\b|[Cc]laims?\b|[Dd]amages|"
    r"[Pp]rivacy|[Cc]onsent|[Rr]ights?\b|[Ww]atchdog|[Dd]ut(?:y|ies)\b|[Bb]an(?:s|ned|ning)?\b|[Ee]xempt|[Aa]mend|"
    r"[Ll]iab|[Ee]ffect\b|[Ff]orce\b|GDPR|EU\b|Brussels|[Cc]omplain|[Aa]ntitrust|[Uu]nder (?:the )?[A-Z]{3,})"
)
"""What a sentence on a law has, whatever the law: DMA in a table of ratings has none of it."""
_AROUND = 160
_BESIDE = 24


def is_spelled_otherwise(letters: str, name: str) -> bool:
    """Say whether a folded text spells an acronym out, in or before a bracket or behind a comma, as what is no law."""
    if not any(
        f"{before}{name}{behind}" in letters for before, behind in (("(", ""), ("", "("), ("", " ("), ("", ","))
    ):
        return False
    behind = re.finditer(rf"\({name}s?\)", letters)
    before = re.finditer(rf"(?<![A-Za-z]){name}s?(?:{_GLOSSED})([^(),.;。\n]{{3,60}})", letters)
    return any(_ends_otherwise(letters[max(0, one.start() - _TERM) : one.start()], name) for one in behind) or any(
        _is_other_gloss(one[1], name) for one in before
    )


def is_no_law(letters: str, start: int, end: int) -> bool:
    """Say whether an acronym goes on as that of a body or a thing: the CCPA fined, a DMA engine."""
    if _THING_BEHIND.match(letters, end):
        return True
    before = letters[max(0, start - _BESIDE) : start]
    return _BODY_DOES.match(letters, end) is not None and not _ENFORCED.search(before)


def is_hardly_law(letters: str, start: int, end: int) -> bool:
    """Say whether an acronym is counted, owned or joined, which laws seldom are: a DSA of the bank, members of DSA."""
    before = letters[max(0, start - _BESIDE) : start]
    is_counted = _COUNTED.search(before) is not None and _ENDS_COUNTED.match(letters, end) is not None
    return is_counted or _OF_BODY.search(before) is not None


def is_applied(letters: str, start: int, end: int) -> bool:
    """Say whether something is done under an acronym: a case under the DSA, 违反DSA, DMA fines."""
    return _APPLIED.search(letters[max(0, start - _BESIDE) : start]) is not None or is_used(letters, end)


def is_in_force(letters: str, end: int) -> bool:
    """Say whether a name goes on as only a law does: the Data Act applies from, the DSA took effect."""
    return _IN_FORCE.match(letters, end) is not None


def is_of_its_matter(letters: str, cues: tuple[str, ...]) -> bool:
    """Say whether a folded text has one of the words that speak of a law and name no country."""
    pattern = _any_of(cues)
    return pattern is not None and pattern.search(letters) is not None


@cache
def _any_of(cues: tuple[str, ...]) -> re.Pattern[str] | None:
    words = [re.escape(cue) for cue in cues if not find_seats(cue)]
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(words)})(?![A-Za-z])") if words else None


def speaks_of_law(letters: str, start: int, end: int) -> bool:
    """Say whether a word of laws stands within 160 characters of a name."""
    return _LAW_WORDS.search(letters, max(0, start - _AROUND), end + _AROUND) is not None


def _ends_otherwise(before: str, name: str) -> bool:
    """Say whether the words before a bracket with an acronym are what it stands for, and no law."""
    term = before.rstrip()
    if _LAW.search(term):
        return False
    return _HAN_TERM.search(term) is not None or _initials(term).endswith(name)


def _is_other_gloss(gloss: str, name: str) -> bool:
    if _HAN_GLOSS.match(gloss):
        return _TOLD_OF_LAW.search(gloss) is None
    return _initials(gloss) == name and _LAW.search(gloss) is None


def _initials(text: str) -> str:
    return "".join(word[0] for word in _WORD.findall(text)).upper()
