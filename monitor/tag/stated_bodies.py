"""The bodies that make a regulation, as texts write them.

Works on pieces of a sentence; does not know which regulation they belong to.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

__all__ = [
    "Place",
    "bodies_of_label",
    "bodies_of_line",
    "is_bodiless",
    "leading_president",
    "maker_before",
    "makers_behind",
    "makers_made",
    "makers_of_order",
    "makers_of_title",
    "orderer",
    "presidents",
    "session_before",
    "who_agreed",
]

Place = tuple[int, int]
"""Start and end offsets."""

_DAY = (
    r"(?:\d[\d \-./年月日号]*|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日|"
    r"民国|[今明去本同当]年|[今昨][日天]|周[一二三四五六日]|星期[一二三四五六日]|本月|"
    r"上月|零时|凌晨|上午|下午|晚间?|当天|当日|[此]?前一天|此前|年[初中末底]|起)"
)
_LEADING = re.compile(
    rf"(?:\([^()]{{0,24}}[电讯]\)|{_DAY}|日前|近日|近期|此前|随后|此次|据悉|据了解|由|经(?![合济])|在|于|是|被|已|将|我国的?|目前|内地|中国大陆|中国的|"
    rf"值得关注的是|最终|又|再|"
    r"正式|也|(?:第?[一二三四五六七八九十\d]+届)|以|中华人民共和国|\"|'|\s)+"
)
_ORDINAL = r"第?\s?[\d〇零一二三四五六七八九十百]{1,12}\s?号"
_ORDER = (
    rf"(?:(?:[\u4e00-\u9fff]{{1,8}}字)?{_ORDINAL}令?|令\s?\(?{_ORDINAL}\)?|(?:\d{{4}}年)?公告\s?\(?{_ORDINAL}\)?|"
    rf"\d{{4}}年{_ORDINAL}(?:令|公告)?)"
)
_BEHIND = re.compile(
    rf"(?:{_ORDER}|修正|修订|制定|[室部局署委厅]务会|常务会|刊登|刊载|宪报|官报|政府公报|"
    r"\d+票[^,、]{0,6}|以[^,;]{0,10}方式|联合(?!国(?!家))|正式|共同|对外|公开|向社会|面向社会|日前|近日|今日|昨日|又|再次|就|对|已|"
    r"并|会签|首次|牵头|协商|获得?|在京|在北京|(?:官方|政府)?公报|官网|网站|官方网站|"
    r"第.{1,8}次[^,]{0,14}|[一二三四五六七八九十\d]+[个大]?(?:国家)?(?:部门|部委|部|家|单位|机构|国家机关)|"
    r"\([^()\d]{2,20}\)|在[^,;。《》]{2,24}(?:上|期间|现场|开幕式)|在[\u4e00-\u9fff·]{2,8}(?![\u4e00-\u9fff])|[一二三四五六七八九十两\d]+[天日周]后|等(?:部门|单位|部委|机构)?|(?:有关|相关)(?:部门|方面|单位|部委|机构)|"
    r"国家标准|标准|关于|会(?=[今昨三表\d])|同意|批准|审议|表决|三读|修正|全体会议|全会|会议|院会|大会|间|上|宣布|发布|公布|印发|公告|通过|起草|制定|"
    r"组织|正在|于|在|的|"
    rf"以[^,;]{{0,14}}(?:票|多数)[^,;]{{0,8}}|以|令|投票|{_DAY}|[昨今明]?[日天]?\((?:[\d一二三四五六七八九十]{{1,2}}月)?[\d一二三四五六七八九十]{{1,3}}日?\)日?|[昨今]|\s)*+"
)
_SPLIT = re.compile(
    "、|(?<=[部委局会署办室])\\s(?=[\u4e00-\u9fff]{2})|(?<!工业)(?<!共)(?<!发展)(?<!住房)(?<!资源)(?<!文化)和|与|及|以及|联合(?!国(?!家))|会同|并会同|,"
)
_SUFFIX = (
    "(?:办公室|委员会|总局|部(?![门分队])|委(?![员会])|局|(?<!签)署|厅|办(?!公)|国务院|议会|国会|人大|常委会|"
    "法院|检察院|协会|理事会|政府|"
    "中央|白宫|[执欧]委会|个资会|金管会|通传会|公平会|行政院|立法院|参议院|众议院|学会|联盟|组织|总会|管理会|监管会)"
)
_BODY = re.compile(
    rf"(?:(?!等[一二三四五六七八九十\d多])[\u4e00-\u9fff]){{0,22}}{_SUFFIX}|欧盟|总统府|国科会|联合国(?:大会)?|经合组织|国家?标准委|"
    r"央行|(?:中国)?人民银行|[证银]监会|银保监会"
)
_NO_BODY = re.compile(
    "^(?:各|该|本|我(?!国)|贵|这|对|就|不|据|全部|一部|干部|外部|内部)|部门|有关|相关|企业|公司|平台|记者|签署|会议$|"
    "(?<!联合国)大会$|发布会|峰会|论坛|根据|业内|专家|[一二三四五六七八九十两多\\d]个?部委$"
)
_LONGEST_BODY = 24
_MADE = re.compile(
    "(?:由|(?:^|(?<=[,。]))(?=[^由,;。《》]{2,80}[的了]))([^,;。《》]{2,80}?)(?:联合|共同|牵头|组织|正式|研究)*(?:制定|起草|研制|编制|发布|"
    "公布|印发|颁布|出台)(?:并(?:发布|公布|印发))?"
    "(?=[的了《,;。]|$)"
)
_AGREED = re.compile("[经征](?!合作|济)(?:得|过)?([^,;。《》]{2,120}?)(?:会签|审核|研究)?同意(?=[,。;后]|$)")
_OF_ORDER = re.compile(rf"([\u4e00-\u9fff]{{2,20}}?)(?:令\s?\(?第|{_ORDINAL}令)")
_ORDERED = re.compile(
    rf"签署(?:了|{_ORDINAL}|的|\s)*(?P<body>国务院|[\u4e00-\u9fff]{{1,14}}(?:部|委员会|总局|署|办公室))(?:命?令|公告)|"
    r"(?P<premiers>国务院)总理[^,;。《》]{0,12}签署"
)
_PRESIDENT = re.compile(
    "(?:美国)?(?:前|现任|时任)?(?:总统)?(?:唐纳德·|乔·)?(?:特朗普|川普|拜登|奥巴马)(?:总统)?|(?:特朗普|川普|拜登|奥巴马)总统?|美国总统"
)
_PRESIDENT_ENGLISH = r"((?:U\.?S\.? )?President (?:[A-Z][\w.’'-]* ){0,2}[A-Z][a-z]+)"
_PRESIDENT_BEFORE = re.compile(
    rf"{_PRESIDENT_ENGLISH}(?: (?:has|had|on|also|formally|officially|last|week|today|yesterday|"
    r"[A-Z][a-z]{2,8}\.? \d{1,2},?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))*\s*$"
)
_PRESIDENT_BEHIND = re.compile(rf"\s*by (?:then-|former )?{_PRESIDENT_ENGLISH}")
_SESSION = re.compile(
    "([\u4e00-\u9fff]{2,24}?(?:委员会|常委会|代表大会|国会|议会|立法会))第[^,。]{1,10}次[^,。]{0,6}会议"
)
_SESSION_REACH = 120
_AGENT = re.compile("(?:由|获得?|经(?![合济]))([^,;。《》]{2,80})$")

_INSTITUTION = re.compile(
    r"\b(?:Administration|Ministr(?:y|ies)|Commission|Council|Parliament|Office|Department|Agency|Committee|"
    r"Bureau|Authority|"
    r"Assembly|Senate|House|Congress|Foundation|Institute|Government|Legislature|Yuan|Diet|Cabinet|Board|Organi[sz]ation|Union|"
    r"Cent(?:re|er)|Regulator|government|[A-Z]{3,6}|[A-Z]{2,4}\d{2,3}|NIST|EU|UN)\b"
)
_DATED = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_PROPER = (
    rf"[A-Z][\w&.’'-]*(?: (?:(?:of|and|for|the|on|to) ){{0,2}}(?!{_DATED})[A-Z][\w&.’'-]*){{0,9}}(?: government\b)?"
)
_SHORT = r"(?:\s\((?:the )?[\"“‘']?[A-Z]{2,8}[\"”’']?\))?"
_ENGLISH_SUBJECT = re.compile(
    rf"({_PROPER}){_SHORT}(?: (?:and|along with|together with) (?:[a-z]+ )?other [a-z ]{{3,30}})?,?"
    r"(?: (?:has|have|had|is|are|was|were|been|jointly|also|formally|officially|on|finally|recently|today|"
    r"yesterday|last|week|month|then|unanimously|overwhelmingly|"
    r"[A-Z][a-z]{2,8}\.? \d{1,2},?|(?:Mon|Tues|Wednes|Thurs|Fri)day))*\s*$"
)
_AND = r"(?:,? (?:and(?: of)?|along with|together with|in conjunction with|jointly with)|,|;)"
_ENGLISH_LISTED = re.compile(rf"({_PROPER}){_SHORT}{_AND} (?:the )?$")
_ENGLISH_AGENT = re.compile(
    rf"\s*(?:jointly )?(?:(?:(?:on|in) (?:\d{{1,2}} )?(?:[A-Z][a-z]+\.? )?(?:\d[\d, ]*)?|last [a-z]+ ))?"
    rf"by (?:the )?({_PROPER})"
)
_ENGLISH_MORE = re.compile(rf"{_SHORT}{_AND} (?:the )?({_PROPER})")
_ENGLISH_FIRST = re.compile(rf"(?:[Tt]he )?({_PROPER})")
_MAKING_LAW = re.compile(
    r"\b(?:Parliament|Council|Commission|Administration|Ministry|Department|Assembly|Congress)\b", re.IGNORECASE
)
_ENGLISH_OF = re.compile(rf"(?i: of (?:the )?)({_PROPER})")
_JOINT = re.compile(r"(?i: and (?:of )?(?:the )?)(?=[A-Z])")
_LEADING_ENGLISH = re.compile(r"(?:The|A|An|In|On|By|When|After|As|And|But|Last|Since) ")


def maker_before(letters: str, original: str, start: int, end: int, *, english: bool) -> list[Place]:
    """Return the bodies that a clause names as its subject right before ``end``; none where something else is."""
    if english:
        return _english_bodies(original, max(start, end - 320), end)
    agent = _AGENT.search(letters, start, end)
    return _listed(letters, agent.start(1) if agent else start, end)


def _english_bodies(original: str, start: int, end: int) -> list[Place]:
    """Return the bodies of ``A (B) and the C`` before a verb; none where the last is no body."""
    found = _ENGLISH_SUBJECT.search(original, start, end)
    places: list[Place] = []
    while found and _INSTITUTION.search(found[1]):
        places = _institutions(original, found) + places
        found = _ENGLISH_LISTED.search(original, start, found.start())
    return places


def makers_behind(original: str, at: int) -> list[Place]:
    """Return the bodies behind an English participle: issued by the A, the B and the C."""
    return _english_list(original, _ENGLISH_AGENT.match(original, at))


def _english_list(original: str, found: re.Match[str] | None, end: int = sys.maxsize) -> list[Place]:
    """Return the bodies of the A, the B and the C from the match of the first on, up to what is none, or ``end``."""
    places: list[Place] = []
    while found and _INSTITUTION.search(found[1]):
        places += _institutions(original, found)
        found = _ENGLISH_MORE.match(original, found.end(), end)
    return places


def makers_of_title(original: str, at: int) -> list[Place]:
    """Return the bodies that an English name bears behind it: of the European Parliament and of the Council."""
    found = _ENGLISH_OF.match(original, at)
    places: list[Place] = []
    while found and _MAKING_LAW.search(found[1]):
        places += _institutions(original, found)
        found = _ENGLISH_MORE.match(original, found.end())
    return places


def who_agreed(letters: str) -> Iterator[Place]:
    """Yield the bodies of 并经…同意 in a folded sentence."""
    for agreed in _AGREED.finditer(letters):
        yield from _listed(letters, agreed.start(1), agreed.end(1))


def orderer(letters: str, start: int, end: int) -> list[Place]:
    """Return the body whose order somebody signs: 签署第790号国务院令."""
    found = _ORDERED.search(letters, start, end)
    return [found.span("body" if found["body"] else "premiers")] if found else []


def makers_of_order(letters: str, start: int, end: int) -> list[Place]:
    """Return the bodies that stand in a number, and before it: 国家互联网信息办公室、公安部令第19号."""
    order = _OF_ORDER.match(letters, start, end)
    if order is None:
        return []
    begin = max(letters.rfind(mark, 0, start) for mark in ",;。(《》") + 1
    return _listed(letters, begin, order.end(1)) or _listed(letters, start, order.end(1))


def presidents(original: str, letters: str, start: int, verb: Place, *, english: bool) -> list[Place]:
    """Return the president who did what a verb tells, with the office as written, from ``start`` on."""
    if english:
        found = _PRESIDENT_BEFORE.search(original, start, verb[0]) or _PRESIDENT_BEHIND.match(original, verb[1])
        return [found.span(1)] if found else []
    named = list(_PRESIDENT.finditer(letters, start, verb[0]))[-1:]
    return [one.span() for one in named if is_bodiless(letters, one.end(), verb[0])]


def leading_president(letters: str, start: int, end: int) -> list[Place]:
    """Return the president whom a Chinese clause tells of first: 美国总统特朗普…，三天后又签署…."""
    named = _PRESIDENT.search(letters, start, end)
    return [named.span()] if named else []


def session_before(letters: str, end: int) -> list[Place]:
    """Return the body whose session a sentence has told of before: 全国人大常委会第十八次会议28日闭幕，会议经表决."""
    sessions = list(_SESSION.finditer(letters, max(0, end - _SESSION_REACH), end))[-1:]
    return [place for one in sessions for place in _listed(letters, one.start(1), one.end(1))]


def is_bodiless(letters: str, start: int, end: int) -> bool:
    """Say whether a piece tells only when and how."""
    return _BEHIND.fullmatch(letters, start, end) is not None


def bodies_of_line(letters: str, start: int, end: int) -> list[Place]:
    """Return the bodies of a line that holds nothing else: 国家互联网信息办公室 公安部."""
    while start < end and letters[start].isspace():
        start += 1
    while start < end and letters[end - 1].isspace():
        end -= 1
    return _listed(letters, start, end) if start < end else []


def bodies_of_label(letters: str, original: str, start: int, end: int, *, english: bool) -> list[Place]:
    """Return the bodies that the value of a label names, from ``start`` to ``end``."""
    if not english:
        return bodies_of_line(letters, start, end)
    return _english_list(original, _ENGLISH_FIRST.match(original, start, end), end)


def makers_made(letters: str) -> Iterator[tuple[list[Place], int]]:
    """Yield the bodies of each 由…制定 of a sentence, with the offset behind it."""
    for made in _MADE.finditer(letters):
        yield _listed(letters, made.start(1), made.end(1)), made.end()


def _institutions(original: str, found: re.Match[str]) -> list[Place]:
    """Return the body that was found; two where "and" stands between two that are bodies by themselves."""
    leading = _LEADING_ENGLISH.match(found[1])
    start = found.start(1) + (leading.end() if leading else 0)
    end = found.start(1) + len(found[1].rstrip(".,'’"))
    joints = sorted(_JOINT.finditer(original, start, end), key=lambda joint: "the" not in joint[0].lower())
    for joint in joints:
        parts = (start, joint.start()), (joint.end(), end)
        if all(_INSTITUTION.search(original, *part) or _MAKING_LAW.search(original, *part) for part in parts):
            return [(start, joint.start()), (joint.end(), end)]
    return [(start, end)]


def _listed(letters: str, start: int, end: int) -> list[Place]:
    """Return the bodies of a list, all of whose parts must be one but for what tells when and how."""
    places: list[Place] = []
    begin = start
    for stop, after in (*((cut.start(), cut.end()) for cut in _SPLIT.finditer(letters, start, end)), (end, end)):
        place = _body(letters, begin, stop)
        if place is not None:
            places.append(place)
        elif not _BEHIND.fullmatch(letters, begin, stop):
            return []
        begin = after
    return places


def _body(letters: str, start: int, end: int) -> Place | None:
    """Return the body that a part of a list starts with, if nothing but adverbs stand behind it."""
    leading = _LEADING.match(letters, start, end)
    start = leading.end() if leading else start
    body = _BODY.match(letters, start, min(end, start + _LONGEST_BODY))
    if body is None or not _BEHIND.fullmatch(letters, body.end(), end) or _NO_BODY.search(body[0]):
        return None
    return body.span()
