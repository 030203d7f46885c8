"""How a text says whose a law is: the words between a country and the name of a law, and those that point back.

Patterns over pieces of a folded text; looks at no whole text and knows no country.
"""

from __future__ import annotations

import re

__all__ = [
    "acts",
    "governs",
    "guards_data",
    "is_acronym",
    "is_aside",
    "is_beside",
    "is_for",
    "is_for_whole",
    "is_one_of_many",
    "is_promulgated",
    "is_said_behind",
    "is_submitted",
    "is_used",
    "leading",
    "makes",
    "names_firm",
    "points",
    "version_of",
    "without_listed",
]

_LISTED_TITLES = re.compile("《[^《》]{1,60}》(?:[、和与及]|以及|,(?:并|又|同时)?(?:代之以|改为|取而代之的是))?(?=《)")
"""Titles before another of one list, which is said to be of the same country: 签署《A》和《B》."""

_LISTED_LATIN = re.compile(r"(?<= )(?:[A-Z][\w'-]* ){1,8}(?:Act|Law|Bill)(?:, (?:and )?| and )(?:an? )?[\"']?$")
_POINTS_WITHIN = 60
_NEW = (
    r"(?:现行|最?新|首[部个]|第一部|拟议中?|20\d\d年|修订后|新?修[订改正]|同名|[一这]部|国内|同类|类似|版|联邦|国家|"
    r"州级?|[的之])"
)
_OPEN = "[\"'《〈 ]*"
_BESIDE_HAN = re.compile(rf"(?:[^\s,。;:、()《》\"'的]{{1,8}}?[省州市邦郡]|[州市省])?{_NEW}{{0,5}}{_OPEN}")
_PLAIN = (
    r"(?:new|newly|draft|proposed|amended|revised|updated|federal|national|state|so-called|own|landmark|(?:19|20)\d\d|"
    r"Senate|House)"
)
_ADJECTIVE = (
    r"(?:(?!(?:the|an?|of|to|in|on|at|and|or|but|with|under|for|by|from|that|which|who|said|says|has|have|is|was|were|are|"
    r"as|after|over|into|its|their|about|against|around|between|through|during|before|since|if|when|while|how|what|"
    r"can|could|may|might|must|should|would|will|not|be|been|do|does|did|government|president|minister|parliament|cabinet|"
    r"lawmaker|regulator|industry|tech|firm|company|group|[a-z]*[^su'-]s|"
    r"(?!(?:proposed|amended|revised|updated|planned|delayed|stalled|mooted|disputed|unified|limited|suspended)\b)[a-z]+ed)"
    r"\b)[a-z][a-z-]*|(?:19|20)\d\d|Senate|House)"
)
_BESIDE_LATIN = re.compile(rf"(?:'s?[\"']?(?: {_ADJECTIVE}){{0,4}}|(?: {_PLAIN}){{0,3}}) [\"'(]?")
_BEHIND = re.compile(r"[》〉\"')]* ?(?:\((?:the )?|of (?:the )?(?:[Ss]tate of )?|,? in the [Ss]tate of )")
_COINED = re.compile("[A-Z]{4,} ")  # RAISE Act: there is but one
_ANY = re.compile(r"(?:^|[ \"'(])[Aa]n? [\"']?$")
_FOR = re.compile(r"[\"']* for (?:the )?")
_SUBMITTED = re.compile(
    r"[》\"']*(?:\([^()]{1,8}\))?(?:草案|立法|议案)?(?:尽快|正式|再次|首次|已经?|将|被|拟)*(?:提请|提交|送交|报请|列入|纳入)了?"
    r"(?:十[一二三四五六]届|本届|今年|20\d\d年)?"
)
_PROMULGATED = re.compile("(?:(?:部分|第)[^。;!?\n]{0,60}?条文(?:及名称)?)?,公布之(?![日后前时际初])")
"""How the president of Taiwan ends a decree: 兹修正个人资料保护法第六条条文,公布之."""

_ENDS_ASIDE = re.compile(r" ?[),;?]| (?:19|20)\d\d|版")
_USED = re.compile(
    r"'?s? (?:cases?|coordinators?|regulators?|enforcers?|fines?|probes?|investigations?|complaints?|obligations|"
    r"rules?|compliance|enforcement|implementation|regime|deadlines?|violations?|breach(?:es)?|funds?|funding|grants?|"
    r"claims?|subsid(?:y|ies)|money|awards?|penalt(?:y|ies)|requests?|lawsuits?|rulings?|watchdogs?|authorit(?:y|ies)|"
    r"payments?|(?:tax )?credits?|loans?|applications?|reports?|audits?|filings?|(?:risk )?assessments?|disclosures?|"
    r"requirements?|duties|notices?|designations?|status|commitments?|adequacy)\b|"
    "(?<=[A-Z])(?:罚[款单金]|处罚|执法|合规|监管|案|调查|投诉|诉讼|实施|补贴|资金|拨款|协调员|充分性|审[查计]|认[定证])"
)

_MAKES = (
    "通过|批准|审议|决定|敲定|发布|公布|印发|下发|表决|辩论|修订|修改|修正|颁布|签署|制[定订]|出台|讨论|商议|酝酿|研议|检讨|废除|"
    "[一二]读|废止|提出|提交|起草|否决|搁置|拟[订定修改]|三读|实行|施行|实施|颁行|引入|推行|完成|推出|祭出|抛出|端出"
)
_BODY = (
    "委员会|(?<![总北南西东中内全一外情])部(?![分署件队位族落下份门])|(?<![结布格全大定僵邮])局(?![势面限部域])|(?<!部)署(?!名)|"
    "法院|当局|(?:监管|执法|保护)(?:部门|机构)|政府|检察院|检方|警方|监管者|国会|议会|[参众上下]议?院|议院|总统|总理|首相|"
    "内阁|专员"
)
_SPEAKER = (
    "商会|企业|公司|厂商|品牌|协会|律师|律所|专家|学者|媒体|平台|集团|银行|建议|呼吁|敦促|批评|要求|抗议|担忧|游说|称|认为|表示|"
    "指出|应对|关注|遵守|违反|符合|整改|合规|声明|隐私政策|电信|电商|电子"
)
_NOT_MADE = f"{_SPEAKER}|以|为|按|依|据|满足|根据|适应|履行|落实"
_FIRST = re.compile(
    r"(?:也|已经?|正式|率先|由此|将)*(?:成为|成了|是)了?[^\s,;:。《》]{0,8}?(?:首[个位]|第[一二三]个|唯一|最早)()"
    rf"(?:(?!{_NOT_MADE})[^;:。《》\"])*?(?:{_MAKES}|拥有|有|。?[这此该][部项])[了过]?[^,;:。《》\"]{{0,4}}{_OPEN}"
)
_MAKER = re.compile(
    rf"(?:(?!{_SPEAKER})[^,;:《》]){{0,24}}?(?:{_MAKES})[了过]?(?:(?!{_NOT_MADE})[^,;:《》\"]){{0,12}}{_OPEN}"
)
_ENFORCER = re.compile(
    rf"[^,;:《》]{{0,14}}?(?:{_BODY})[^,;:《》]{{0,8}}?(?:依据?|根据|依照|按照?|援引|引用|违反|触犯)[了过]?[^,;:《》\"]{{0,6}}{_OPEN}"
)
_OWNER = re.compile(rf"[^\s,;:。《》\"'()在对与和的]{{0,9}}?(?:{_BODY})的{_NEW}{{0,5}}{_OPEN}")
_HAS = re.compile(rf"(?:[则也还都]|另外?|同样|自己|已经?|早)*有(?:自己的)?{_NEW}{{0,5}}{_OPEN}")
_RULES = (
    f"{_MAKES}|判|裁[定决]|认定|处以|罚款|开[出罚]|再议|立案|调查|起诉|驳回|受理|命令|勒令|叫停|移送|逮捕|搜查|适用|听取|宣布|责令|"
    "[一二]读|依据?|根据|援引|执行"
)
_ACTS = re.compile(
    rf"[^\s,;:。《》\"'()在对与和的]{{0,9}}?(?:{_BODY}|法官|最高院)[^,。;:《》]{{0,5}}?(?<![也曾来随])(?:{_RULES})|"
    r"[^\s,;:。《》\"'()在对与和的]{0,9}?(?:部长|大臣|总统|总理|首相|主席|议员|保护(?:委员会|局|机构|厅))[^,。;:《》]{0,4}?(?:说|指出|表示|称)|"
    r"(?:'s)? (?:[\w-]+ ){0,4}?(?:[Cc]ommission|[Mm]inistry|[Cc]ourts?|[Pp]arliament|[Aa]ssembly|[Gg]overnment|"
    r"[Rr]egulator|[Ww]atchdog|[Aa]uthority|[Aa]gency|[Pp]rosecutors|[Cc]abinet)\b"
)
_GOVERNS = re.compile(rf"[^\s,;:。《》\"'()在对与和的]{{0,6}}?(?:{_BODY}|官员|官方|部长|大臣)")
_GUARDS = re.compile(
    r"的?个人(?:信息|情报|资料|资讯|数据)保护(?:委员会|局|厅|专员)|"
    r"(?:'s)? (?:[Pp]ersonal [Ii]nformation [Pp]rotection|[Dd]ata [Pp]rotection|[Pp]rivacy) "
    r"(?:[Cc]ommission|[Aa]uthority|[Aa]gency)"
)
_SPEAKER_LATIN = (
    r"(?:firms?|compan(?:y|ies)|groups?|lobby\w*|industry|tech|executives?|lawyers?|experts?|startups?|giants?|"
    r"\w*makers?(?<!lawmaker)(?<!lawmakers)|investors?|businesses|chambers?|banks?|retailers?|publishers?|"
    r"subsidiar(?:y|ies)|units?|urg\w+|press(?:ed|es)?|ask\w*|critic\w*|against|over)\b"
)
_MAKER_LATIN = re.compile(
    rf"(?:'s?)?(?: (?!{_SPEAKER_LATIN})[\w'-]+){{0,5}}? (?:"
    r"(?:pass|adopt|approv|enact|sign|amend|repeal|introduc|draft|promulgat|revis|debat|unveil|ratif|overhaul|updat|"
    r"propos)(?:e?d|e?s|ies|ied|ing|e)?(?: the)?|consider(?:s|ing|ed)|"
    r"(?:bill|law|act|measure|proposal|plan|legislation)(?: is)? (?:called|named|dubbed|titled)(?: the)?|"
    r"(?:call|name)s? (?:it|(?:their|its|his|her|an?|the) (?:bill|law|act|measure|proposal|plan)) the)"
    rf"(?: (?:an?|its|their))?(?: {_ADJECTIVE}){{0,3}} [\"'(]?|"
    r" (?:(?:will|would|may|could|should) )?(?:has|have|had|wants?|needs?|lacks?|plans?|gets?|got|drew up|"
    r"is drawing up|is drafting|(?:is|was|becomes?|became) (?:the )?(?:first|second|third|latest|only) "
    r"(?:[\w-]+ ){1,5}?(?:with|to (?:have|get|pass|adopt|enact|approve|sign)))(?: an?| no| its(?: own)?)?"
    rf"(?: {_ADJECTIVE}){{0,3}} "
)
_FIRM = re.compile(rf"'s [A-Z](?![^,;]*(?:Act|Law|Bill)\b)|'?s?(?: [\w-]+){{0,3}}? {_SPEAKER_LATIN}")
_OF_STATE = re.compile(
    r"(?:'s?)? (?:(?:state )?(?:lawmakers|legislators|legislature|statehouse|governor)|House|Senate|Assembly|Gov\.)|"
    "[^,;:《》]{0,3}(?:州?(?:长|议会|参议院|众议院|立法者|议员))"
)

_MADE_BY_EACH = "(?:通过|制定|出台|推出|颁布|拟定)的"
_POINTERS = (
    (
        "home",
        re.compile(rf"(?:我国|我们国家|我们(?=的)){_NEW}{{0,5}}{_OPEN}$"),
    ),
    (
        "elsewhere",
        re.compile(rf"(?:他国|别国|邻国|外国|境外|海外){_NEW}{{0,5}}{_OPEN}$"),
    ),
    (
        "each",
        re.compile(
            rf"(?:各[国州邦]|其[他它余](?:国家|州|各[国州])|(?:(?<!拉)多|数)个?[国州]|每[一个]*[国州]|一些[国州]|州级|"
            rf"(?:哪一?|任何一?|下一|另一|某一?)[部个])"
            rf"(?:政府|议会)?(?:自己|各自|本身|自行|单独)?(?:{_MADE_BY_EACH})?{_NEW}{{0,5}}{_OPEN}$|"
            r"\b(?:[Ee]ach|[Ee]very|[Aa]ny|[Aa]nother|[Oo]ther|[Mm]any|[Mm]ost|[Ss]ome|[Ss]everal|[Ii]ndividual) "
            r"(?:[a-z-]+ )?(?:country|state|nation|province|countries|states|nations|provinces)'s? "
            rf"(?:{_ADJECTIVE} ){{0,4}}[\"']?$"
        ),
    ),
    (
        "there",
        re.compile(
            rf"(?:该国|该州|该邦|该省|该地区?|同一?[国州邦省]|当地|该联邦|[这此]国|本[国州省邦]|自己的)(?:政府)?"
            rf"(?:{_NEW}{{0,5}}|[^,;:。《》]{{0,6}}(?:{_MAKES})[^,;:。《》]{{0,6}}){_OPEN}$|"
            r"\b[Tt](?:he|hat|his) (?:same )?(?:country|state|nation|province|kingdom|city-state|island|territory|"
            rf"republic)'s (?:{_ADJECTIVE} ){{0,4}}[\"']?$"
        ),
    ),
    (
        "its",
        re.compile(rf"\b(?:[Ii]ts|[Tt]heir) (?:{_ADJECTIVE} ){{0,4}}[\"']?$"),
    ),
)
_VERSIONS = {"K": "kr", "台": "tw", "日": "jp", "韩": "kr", "欧": "eu", "美": "us", "英": "gb", "德": "de", "法": "fr"}
_VERSION = re.compile(rf"(?:([台日韩欧美英德法])版[本的]{{0,2}}|(?<![A-Za-z])(K)(?:版[本的]{{0,2}})?[ -]?){_OPEN}$")
_OF_ITS_OWN = re.compile(r"[\"']? of (?:its|their) own\b")
_MAY_POINT = re.compile(
    r"[国州邦省地家的哪另某]|任何|下一|当地|海外|境外|\b(?:[Ii]ts|[Tt]heir|[Tt](?:he|hat|his) (?:same )?[a-z-]+'s) |"
    r"(?:tat|tion|ountr|rovinc)[a-z]*'"
)


def without_listed(between: str) -> str:
    """Return what stands between a country and a name without other laws of one list with it: has an X Act and a."""
    if "》" in between:
        return _LISTED_TITLES.sub("", between)
    return _LISTED_LATIN.sub("", between) if between.endswith((" ", '"')) else between


def is_acronym(name: str) -> bool:
    """Say whether a name is but capitals: GDPR, and not AI法案."""
    return name.isascii() and name.isupper()


def is_beside(between: str) -> bool:
    """Say whether nothing but 的, adjectives and marks stands between a country and a name: 韩国的《, Ohio's new."""
    return _BESIDE_HAN.fullmatch(between) is not None or _BESIDE_LATIN.fullmatch(between) is not None


def governs(letters: str, end: int) -> bool:
    """Say whether a country that ends at ``end`` is named as a state: its ministry, its officials, its cabinet."""
    return _GOVERNS.match(letters, end) is not None


def guards_data(letters: str, end: int) -> bool:
    """Say whether a country's name that ends at ``end`` goes on as that of its authority for personal data."""
    return _GUARDS.match(letters, end) is not None


def is_aside(letters: str, end: int) -> bool:
    """Say whether a country that ends at ``end``, the first word in brackets, is said of what stands before them."""
    return _ENDS_ASIDE.match(letters, end) is not None


def is_said_behind(letters: str, end: int) -> int | None:
    """Return where the country begins that a name ending at ``end`` is said to be of, if one stands there."""
    found = _BEHIND.match(letters, end)
    return found.end() if found else None


def is_for(letters: str, end: int) -> int | None:
    """Return where the country begins that an act named before ``end`` is said to be for, if one stands there."""
    found = _FOR.match(letters, end)
    return found.end() if found else None


def is_submitted(letters: str, end: int) -> int | None:
    """Return where the body begins that a bill ending at ``end`` is put to: 人工智能法提请全国人大常委会审议."""
    found = _SUBMITTED.match(letters, end)
    return found.end() if found else None


def is_promulgated(letters: str, end: int) -> bool:
    """Say whether a name ending at ``end`` is that of a decree of Taiwan's president."""
    return _PROMULGATED.match(letters, end) is not None


def is_one_of_many(letters: str, start: int, end: int) -> bool:
    """Say whether an English name of words is told as one such law: an AI Action Plan; an AI Act fine is of the one."""
    if " " not in letters[start:end] or _COINED.match(letters, start) or is_used(letters, end):
        return False
    return _ANY.search(letters[max(0, start - 4) : start]) is not None


def leading(between: str) -> int | None:
    """Return the length of 成为欧盟首个, by which a country is the first with the law named behind ``between``."""
    found = _FIRST.fullmatch(between)
    return found.end(1) if found else None


def is_used(letters: str, end: int) -> bool:
    """Say whether a name goes on as what is done with a law, wherever that is: Ireland's GDPR fines."""
    return _USED.match(letters, end) is not None


def acts(letters: str, end: int) -> bool:
    """Say whether a country's name that ends at ``end`` goes on as a court or the like that rules, or makes laws."""
    return _ACTS.match(letters, end) is not None


def makes(between: str) -> bool:
    """Say whether who stands before makes, applies or has the law named behind: 国会通过《, 数据局的《, 则有《."""
    patterns = (_MAKER, _ENFORCER, _OWNER, _HAS, _MAKER_LATIN)
    return any(pattern.fullmatch(between) for pattern in patterns)


def names_firm(between: str) -> bool:
    """Say whether words behind a country's name begin with a firm: 's TSMC, firm Shein."""
    return _FIRM.match(between) is not None


def is_for_whole(between: str) -> bool:
    """Say whether a legislature or a governor follows, so that a state makes a law of its own."""
    return _OF_STATE.match(between) is not None


def points(letters: str, start: int, end: int) -> str | None:
    """Return what words beside the name ``letters[start:end]`` point at, or None.

    ``home`` (我国), ``elsewhere`` (他国), ``each`` (各州自己的), ``there`` (该国, the country's), ``its`` (also
    behind: of its own).
    """
    if _OF_ITS_OWN.match(letters, end):
        return "its"
    before = letters[max(0, start - _POINTS_WITHIN) : start]
    if not _MAY_POINT.search(before):
        return None
    before = _LISTED_TITLES.sub("", before)
    return next((what for what, pattern in _POINTERS if pattern.search(before)), None)


def version_of(before: str) -> str | None:
    """Return the code of the country whose version of a law is told right behind ``before``: 台版, K-Chips Act."""
    found = _VERSION.search(before)
    return _VERSIONS[found[found.lastindex or 1]] if found else None
