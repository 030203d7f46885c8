"""The bodies that make a regulation and the numbers that it bears, as texts write them.

Works on pieces of a sentence; does not know which regulation they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["find_numbers", "has_number", "maker_before", "makers_behind", "makers_made", "written_number"]

Place = tuple[int, int]
"""Start and end offsets."""

_DAY = (
    r"(?:\d[\d \-./年月日号]*|民国|[今明去本同当]年|[今昨][日天]|周[一二三四五六日]|星期[一二三四五六日]|本月|"
    r"上月|零时|凌晨|上午|下午|晚间?|当天|当日|[此]?前一天|此前|年[初中末底]|起)"
)
_LEADING = re.compile(
    rf"(?:{_DAY}|日前|近日|近期|此前|随后|此次|据悉|据了解|由|经(?![合济])|在|于|是|被|已|将|我国的?|目前|中国的|"
    rf"值得关注的是|最终|又|再|"
    r"正式|也|(?:第?[一二三四五六七八九十\d]+届)|\"|'|\s)+"
)
_BEHIND = re.compile(
    r"(?:\d+票[^,、]{0,6}|联合(?!国(?!家))|正式|共同|对外|公开|向社会|面向社会|日前|近日|今日|昨日|又|再次|就|对|已|"
    r"并|会签|首次|牵头|在京|在北京|(?:官方|政府)?公报|官网|网站|官方网站|"
    r"第.{1,8}次[^,]{0,14}|[一二三四五六七八九十\d]+[个大]?(?:国家)?(?:部门|部委|部|家|单位|机构|国家机关)|"
    r"等(?:部门|单位|部委|机构)?|(?:有关|相关)(?:部门|方面|单位|部委|机构)|"
    r"国家标准|标准|关于|会(?=[今昨三表\d])|同意|批准|审议|表决|三读|修正|全体会议|全会|会议|院会|大会|间|上|宣布|发布|公布|印发|公告|通过|起草|制定|"
    r"组织|正在|于|在|的|"
    rf"以[^,;]{{0,14}}(?:票|多数)[^,;]{{0,8}}|以|令|投票|{_DAY}|[昨今明]?\(\d+日?\)日?|[昨今]|\s)*+"
)
_SPLIT = re.compile("、|(?<!工业)(?<!发展)(?<!住房)(?<!资源)(?<!文化)和|与|及|以及|联合(?!国(?!家))|会同|并会同|,")
_SUFFIX = (
    "(?:办公室|委员会|总局|部(?![门分队])|委(?![员会])|局|(?<!签)署|厅|办(?!公)|国务院|议会|国会|人大|常委会|"
    "法院|检察院|协会|理事会|政府|"
    "中央|行政院|立法院|参议院|众议院|学会|联盟|组织|总会|管理会|监管会)"
)
_BODY = re.compile(rf"[\u4e00-\u9fff]{{0,22}}{_SUFFIX}|欧盟|总统府|国科会|白宫|联合国(?:大会)?|经合组织|国家?标准委")
_NO_BODY = re.compile(
    "^(?:各|该|本|这|对|就|不|据|全部|一部|干部|外部|内部)|部门|有关|相关|企业|公司|平台|记者|签署|会议$|"
    "(?<!联合国)大会$|发布会|峰会|论坛|根据|业内|专家"
)
_LONGEST_BODY = 24
_MADE = re.compile(
    "(?:由|(?:^|(?<=[,。]))(?=[^由,;。《》]{2,80}[的了]))([^,;。《》]{2,80}?)(?:联合|共同|牵头|组织|正式|研究)*(?:制定|起草|研制|编制|发布|"
    "公布|印发|颁布|出台)(?:并(?:发布|公布|印发))?"
    "(?=[的了《,;。]|$)"
)
_AGENT = re.compile("(?:由|获得?|经(?![合济]))([^,;。《》]{2,80})$")

_INSTITUTION = re.compile(
    r"\b(?:Administration|Ministr(?:y|ies)|Commission|Council|Parliament|Office|Department|Agency|Committee|"
    r"Bureau|Authority|"
    r"Assembly|Senate|House|Congress|Institute|Government|Legislature|Yuan|Diet|Cabinet|Board|Organi[sz]ation|Union|"
    r"Cent(?:re|er)|Regulator|[A-Z]{3,6}|NIST|EU|UN)\b"
)
_PROPER = (
    r"[A-Z][\w&.’'-]*(?: (?:(?:of|and|for|the|on|to) ){0,2}(?!(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|"
    r"Oct|Nov|Dec|Mon|Tues|Wednes|Thurs|Fri)(?:[a-z]*\b))[A-Z][\w&.’'-]*){0,9}"
)
_ENGLISH_SUBJECT = re.compile(
    rf"({_PROPER})(?:\s\(([A-Z]{{2,8}})\))?(?: (?:and|along with|together with) (?:[a-z]+ )?other [a-z ]{{3,30}})?,?"
    r"(?: (?:has|have|had|is|are|was|were|been|jointly|also|formally|officially|on|finally|recently|today|"
    r"yesterday|last|week|month|then|unanimously|overwhelmingly|"
    r"[A-Z][a-z]{2,8}\.? \d{1,2},?|(?:Mon|Tues|Wednes|Thurs|Fri)day))*\s*$"
)
_ENGLISH_LISTED = re.compile(rf"({_PROPER})(?:\s\([A-Z]{{2,8}}\))?(?:, (?:and )?| and )(?:the )?$")
_ENGLISH_AGENT = re.compile(rf"\s*(?:jointly )?(?:(?:on|in) (?:[A-Z][a-z]+\.? )?\d[\d, ]*)?by (?:the )?({_PROPER})")
_LEADING_ENGLISH = re.compile(r"(?:The|A|An|In|On|By|When|After|As|And|But|Last|Since) ")

_NUMBER = re.compile(
    r"""[\u4e00-\u9fff]{1,12}?[〔\[(【﹝]\ ?(?:19|20)\d\d\ ?[〕\])】﹞]\ ?第?\ ?\d{1,4}\ ?号
    |(?:[\u4e00-\u9fff]{2,18}(?:部|局|院|办公室|委员会|办|会|署|主席|
        总统))?国?令\ ?\(?第?\ ?[\d一二三四五六七八九十百]{1,5}\ ?号
    |第\ ?[\d一二三四五六七八九十百]{1,6}\ ?号(?:令|公告|行政命?令|国务院令|主席令|总统令)|(?<!\d)1[34]\d{3}号行政命?令
    |华总一义字第\ ?\d+\ ?号
    |(?<![a-z])gb(?:/[tz])?\ ?\d{4,5}(?:\.\d+)?-(?:19|20)\d\d|(?<![a-z])(?:t|yd|
        dbj?\d*)/[a-z\d]+\ ?\d{3,5}(?:\.\d+)?-20\d\d|tc260-\d{3}
    |(?:regulation\ |directive\ )?\(?eu\)?\ ?(?:no\.?\ )?20\d\d/\d{2,5}
    |(?<![a-z])(?:eo|e\.o\.|executive\ order(?:\ no\.?)?)\ ?1[34]\d{3}
    |\bpub(?:lic|\.)\ l(?:aw|\.)\ (?:no\.\ )?\d+-\d+|(?<![a-z])p\.?l\.?\ \d{2,3}-\d+
    |(?<![a-z])(?:s\.?b\.?|a\.?b\.?|h\.?b\.?|h\.r\.)\ ?\d{1,2}-?\d{1,4}(?!\d|\.\d)
    |\biso/iec\ (?:ts\ |tr\ )?\d{4,5}(?::20\d\d)?|\ba/res/\d+/\d+|\bact\ no\.\ ?\d+(?:\ of\ (?:19|20)\d\d)?|
        \blegge\ \d+/20\d\d|\bcets\ no\.\ ?\d+""",
    re.VERBOSE,
)
_STRAY = re.compile(
    "^(?:[以由经据即是为按及和与在](?=[\u4e00-\u9fff])|文号|编号|发文字号|标准号|根据|依据|按照|公布|发布|通过|签署)+"
)
_HINTS = (
    "号",
    "gb",
    "tc260",
    "eu",
    "eo",
    "e.o",
    "order",
    "law",
    "pub.",
    "p.l",
    "pl ",
    "sb",
    "ab",
    "hb",
    "s.b",
    "h.r",
    "iso",
    "a/res",
    "t/",
    "act no",
    "legge",
    "cets",
)
_DASHES = re.compile("[‐-―－]+")
_PUBLIC_LAW = re.compile(r"(?:pub(?:lic|\.)?l(?:aw|\.)?|p\.?l\.?)(?:no\.)?(\d+-\d+)", re.IGNORECASE)
_ORDER = re.compile("(?:e\\.?o\\.?|executiveorder(?:no\\.?)?)(1\\d{4})|第?(1\\d{4})[号號]行政命?令", re.IGNORECASE)
_CHARACTER = re.compile(r"^(.*?)[〔\[(【﹝]\s?(\d{4})\s?[〕\])】﹞]\s?(第?)\s?(\d+)\s?([号號])$")


def maker_before(letters: str, original: str, start: int, end: int, *, english: bool) -> list[Place]:
    """Return the bodies that a clause names as its subject right before ``end``; none where something else is."""
    if english:
        return _english_bodies(original, max(start, end - 200), end)
    agent = _AGENT.search(letters, start, end)
    return _listed(letters, agent.start(1) if agent else start, end)


def _english_bodies(original: str, start: int, end: int) -> list[Place]:
    """Return the bodies of ``A (B) and the C`` before a verb; none where the last is no body."""
    found = _ENGLISH_SUBJECT.search(original, start, end)
    places: list[Place] = []
    while found and _INSTITUTION.search(found[1]):
        places.append(_institution(original, found))
        found = _ENGLISH_LISTED.search(original, start, found.start())
    return places[::-1]


def makers_behind(original: str, at: int) -> list[Place]:
    """Return the body behind an English participle: issued by the ..."""
    found = _ENGLISH_AGENT.match(original, at)
    return [_institution(original, found)] if found and _INSTITUTION.search(found[1]) else []


def makers_made(letters: str) -> Iterator[tuple[list[Place], int]]:
    """Yield the bodies of each 由…制定 of a sentence, with the offset behind it."""
    for made in _MADE.finditer(letters):
        yield _listed(letters, made.start(1), made.end(1)), made.end()


def _institution(original: str, found: re.Match[str]) -> Place:
    leading = _LEADING_ENGLISH.match(found[1])
    name = found[1].rstrip(".,'’")
    return found.start(1) + (leading.end() if leading else 0), found.start(1) + len(name)


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


def has_number(letters: str) -> bool:
    """Say whether a folded sentence may hold the number of a document."""
    return any(hint in letters for hint in _HINTS)


def find_numbers(letters: str) -> Iterator[Place]:
    """Yield the places of the numbers of documents in a folded sentence."""
    if not has_number(letters):
        return
    for found in _NUMBER.finditer(letters):
        stray = _STRAY.match(found[0])
        yield found.start() + (stray.end() if stray else 0), found.end()


def written_number(surface: str) -> str:
    """Return a number as written, without spaces, its year in 〔〕 and an executive order's as EO.

    >>> written_number("国信办通字[2025] 2 号")
    '国信办通字〔2025〕2号'
    >>> written_number("Executive Order 14110"), written_number("第14110号行政令")
    ('EO14110', 'EO14110')
    """
    compact = _DASHES.sub("-", re.sub(r"\s+", "", surface))
    law = _PUBLIC_LAW.fullmatch(compact)
    if law:
        return f"PublicLaw{law[1]}"
    order = _ORDER.fullmatch(compact)
    if order:
        return f"EO{order[1] or order[2]}"
    character = _CHARACTER.match(compact)
    if character and not compact.isascii():
        return f"{character[1]}〔{character[2]}〕{character[3]}{character[4]}{character[5]}"
    return compact
