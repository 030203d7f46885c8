"""Names of people and outlets as credits write them."""

from __future__ import annotations

import re

from storage.fold import to_simplified

from .hygiene import tidy_line
from .wordings import sections

__all__ = ["DOUBLE_SURNAMES", "SURNAMES", "is_full_name", "is_outlet", "is_person", "outlet", "people"]

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"
    "汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲靳祁路涂兰甘裴梅童翁霍游阮尤岳柯牟滕谷舒卜成饶宁凌盛查单冉鲍华包屈房喻解蒲卫简时连车项闵邬吉党阳司费蒙席"
    "晏隋古强穆姬宫景米麦谈柏瞿艾沙鄢桂窦郁缪畅巩卓褚栾戚全娄甄郎池丛边岑农苟迟保商臧佘卞虞刁冷应匡栗仇练楚揭师官佟封燕桑巫敖原植邝仲荆储宗楼干苑寇盖南屠鞠荣井乐银奚明麻雍花闻冼木郜廉衣蔺和冀占公门帅利满都"
)
"""The characters that most Chinese names begin with."""
_WORDS = {kind: frozenset(word for line in lines for word in line.split()) for kind, lines in sections("names")}
DOUBLE_SURNAMES = _WORDS["double"]
"""Names of families that have two characters."""
_COMMON, _OFFICES, _PLACES_BEHIND = _WORDS["common"], _WORDS["office"], _WORDS["places"]
_DAYS_AND_MONTHS = _WORDS["days"]
_FULL_NAME = re.compile(
    r"[A-ZÀ-Þ][\w'’\-]*[a-zß-ÿ]\.?(?: (?:[A-ZÀ-Þ][\w'’\-]*\.?|van|von|de|der|den|da|di|del|della|la|le|bin|al|el|"
    r"ter)){1,4}"
)

_PREFIX = re.compile(
    r"^(?:《?(?:\d\d(?=世[纪紀]))?[^\s\d,，、:：|/()（）《》]{0,14}》?(?:[(（][\w.\-]{2,30}[)）]\s*)?)?"
    r"(?:首席|资深|特约|特約|见习|見習|实习|實習|高级|专栏|財經|财经|全媒体|文字|驻\S{2,6})*"
    r"(?:记\s?者|記\s?者|作者|通[讯訊][员員]|实习生|撰稿人|编辑|編輯|编译|編譯|特派[员員]|\bby)(?![\w一-鿿]*(?:组|組|部)$)\s*[:：]?\s*",
    re.IGNORECASE,
)
_OUTLET_TAIL = (
    r"(?:报|報|网|網|社|刊|台|臺|新闻|新聞|杂志|雜誌|客户端|客戶端|频道|頻道|周刊|研究院|研究所|研究中心|工作室|公众号|公眾號|"
    r"编辑部|編輯部|中心|公司|集团|集團|大学|大學|学院|學院|委员会|委員會|办公室|辦公室|出版社|财经|財經|科技|在线|在線|之家|"
    r"观察|觀察|电视台|電視台|发布|發布|法院|检察院|公安局|协会|協會|学会|政府|部|局|厅|报道)"
)
_OUTLET = re.compile(_OUTLET_TAIL + "$")
_LEADING_OUTLET = re.compile(rf"^(?P<outlet>\S{{1,14}}?{_OUTLET_TAIL})\s+(?=\S)")
_OFFICE = re.compile(
    r"(?:教授|院士|研究员|研究員|博士|硕士|主任|所长|院长|校长|主编|总编|总监|经理|总裁|董事长|律师|分析师|专家|学者|作家|评论员|評論員|"
    r"专栏作者|撰稿人|观察员|创始人|合伙人|记者|記者|编辑|編輯|编辑部|報導|报道组|课题组|编委会|本科生|研究生|博士生|副主任|负责人|书记)$"
)
"""What somebody is: no name, but it stands beside names."""
_SUFFIX = re.compile(
    r"(?:\s*(?:综合|發自|发自|\S{0,6})?(?:报道|摄影报道)|\s*(?:发自|發自)[一-鿿]{2,8}(?:[、/][一-鿿]{2,8})*|"
    r"\s+(?:摄|攝|攝影|文|图|圖|文/图|编译|編譯|整理|整合|综合|等|供稿|口述|译|譯|著))$"
)
_REPORT = re.compile(
    "(?:(?:综合|綜合|即时|即時|外电|外電|现场|現場|连线|連線|摄影|攝影|专题|專題|特稿)*(?:报道|报导|報導|報道)"
    "|[0-9]{1,2}日[一-鿿]{0,2}[电電专專讯訊])$"
)
_PLACE = re.compile(r"(?<=\S)(?:\s*[/／]\s*|\s+)[一-鿿]{2,8}(?:[、/／][一-鿿]{2,8})*$")
_PLACES = frozenset(
    (
        "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江",
        "江苏", "浙江", "安徽", "福建", "江西",
        "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "内蒙古",
        "广西", "西藏", "宁夏", "新疆", "香港", "澳门", "台湾", "美国", "日本", "海外",
    )
)  # fmt: skip
"""Where readers are told that a post was written: no outlets (``来自北京``)."""
_SPLIT = re.compile(
    r"\s*(?:(?<=\s)(?:实习|见习|實習)?(?:通[讯訊][员員]|实习生|實習生|记者|記者)\s*|[、,，;；/／&|・]|\band\b|\s和\s|\s与\s|\s與\s|(?<=[一-鿿]{2})[和与與](?=[一-鿿]{2,3}$))\s*",
    re.IGNORECASE,
)
_PAIRED = re.compile(
    r"(?P<name>[一-鿿]{2,4})\s*[/／]\s*(?P<role>撰?文|图|圖|摄影?|攝影?|视频|编译|整理)(?=[\s,，、;；]|$)"
)
"""A name with its part in the work behind it: ``张三/文 李四/图``."""
_NATION = re.compile(r"[\[(（【〔［]\s*[一-鿿]{1,5}\s*[\])）】〕］]\s*(?=[^\s,，、])")
_ASIDE = re.compile(r"\s*(?:[(（][^()（）]*[)）]|\S+@\S+|@\w+)")
_HAN_NAME = re.compile(r"[一-鿿㐀-䶿]{2,4}(?:[·•・][一-鿿]{1,8}){0,3}|[一-鿿]{1,8}(?:[·•・][一-鿿]{1,8}){1,3}")
_LATIN_NAME = re.compile(r"[^\W\d_][\w.'’\-]*(?: [\w.'’\-\"“”]+){0,4}")
_LATIN_ROLE = re.compile(
    r"\b(?:reporters?|correspondents?|editors?|writers?|columnists?|contributors?|journalists?|producers?|anchors?|"
    r"authors?|staff|desk|team|newsroom|bureau|chief|analysts?|fellow|professor|director|founder|ceo|photographers?|"
    r"intern|freelancer|presenter|agenc(?:y|ies)|wire|services?|specialist|expert|blogger|"
    r"redaktion|redakteur(?:in)?|autor(?:in)?|rédaction|redacci[oó]n|redazione)$",
    re.IGNORECASE,
)
_LATIN_OUTLET = re.compile(
    r"\b(?:news|reuters|bloomberg|times|post|press|afp|cnn|cnbc|bbc|npr|xinhua|media|magazine|journal|guardian|online|"
    r"network|radio|tv|daily|weekly|inc|ltd|llc|tribune|ledger|herald|gazette|chronicle|courier|dispatch|university|institute|institution|council|company|gmbh|ag|e\.?v|projects|team|wired|verge|techcrunch|\w+\.(?:com|org|net|de|cn|co|io|ai|fr|uk))\.?$",
    re.IGNORECASE,
)
_SENTENCE_WORD = re.compile(r" (?:the|was|were|is|are|has|had|have|will|it|they|we|he|she|this|that|no|not)(?: |$)")
_LATIN_PLACE = re.compile(r"(?<=\w) (?:in|from|at|[Ff]or|of) (?:the )?[A-Z][\w .]*$")
_LATIN_END = re.compile(
    r"\s*(?:\s[-–—|•·]\s|[|•·]|\b(?:first )?(?:published|updated|posted|modified|last|edited|follow|contact|"
    r"e-?mail|view (?:all|profile)|photo\w*|(?:on|at)(?=\s*$| [A-Z\d]))\b|"
    r"\bthe associated press\b|\bassociated press\b|\breuters\b|\b(?:BBC|CNN|NBC|ABC|CBS|NPR|ITV|AFP)\b|"
    r"https?:|www\.).*$",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"[A-Z][A-Z.'’\-]*(?: [A-Z][A-Z.'’\-]*)+(?= [A-Z][a-z])")
"""A name set in capitals before words that are not: ``JANE DOE Harbor Tribune``."""
_HAN = re.compile("[一-鿿㐀-䶿]")
_PEN_NAME = re.compile(r"[\w·.\-一-鿿]{2,16}")
_NOBODY = re.compile(
    r"^(?:.*(?:评论员|编辑部|报道组|课题组|编委会|评论部|小组)|摄影|图|文|报道|编译|整理|供图|未署名|多人|本报|本刊|特约|见习|小编|(?:优质|本站|网站)?原创(?:作者|内容)?|投稿|自媒体|未知|佚名|匿名|不详|无|暂无|本站|网络|互联网|查看更多|更多|展开|全文|实习生|通讯员|综合|原创|转载|小编|管理员|编辑部|新闻|记者|作者|来源|时间|日期|字体|字号|"
    r"admin\w*|administrator|editor|staff|unknown|null|none|undefined|n/?a|"
    r"root|test|guest|user|webmaster|name|author|网络整理|综合整理|[A-Z]{1,4}\d+)$",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"(?:reuters|ap|afp|(?:the )?associated press|bloomberg|xinhua|dpa|upi|tass|pti)$", re.IGNORECASE)
"""Agencies that bylines name like persons: outlets, never authors."""
_VERB = re.compile(
    "了解|获悉|走进|发现|注意|采访|表示|指出|认为|介绍|报道|获得|看到|从|在|向|对|将|已|的|^[系为是]|对此|贡献"
)
_ACCOUNT = re.compile(r"^(?:微信)?公[众眾][号號](?:平台)?\s*(?=[:：“\"「《])")
_CUT = re.compile(r"[\[【(（]|版权所有|版權所有|https?:|www\.|©|copyright", re.IGNORECASE)
_NOT_NAME = re.compile(r"\btheme\b|\bpowered by\b|版权|版權|https?:|www\.|©|copyright", re.IGNORECASE)
_LONG_NAME = re.compile(r"[A-Z][\w.&'’\-]*(?:,? (?:[A-Z][\w.&'’\-]*|of|for|the|and|in|on|&))+")
"""Names of ministries and institutes in Latin letters, longer than those of papers."""
_SECTION = re.compile(
    "(?:新闻|政府|本地|即时|通知|最新|信息|工作|本网|今日)*(?:公报|公告|要闻|港闻|新闻|快讯|消息|发布|动态|科技|财经|报道)"
)
_DEVICE = re.compile(
    r"(?:手机|移动端|网页|电脑|(?:iPhone|Android|安卓|苹果|手机|微博)\s*(?:手机|版)?客户端|iPhone|Android|iPad|IP)",
    re.IGNORECASE,
)
"""What a post was written with: no outlets (``来自手机``)."""
_COMPANY = re.compile("(?:股份|传媒|文化|科技|信息|网络)*有限公司$|(?:编辑部)$")
_BRACKETS = "《》〈〉“”\"'【】[]()（）「」『』<>  :：-—|｜"


def people(text: str) -> tuple[str, ...]:
    """Return the names in the value of a credit, in order, each once.

    A character that stands alone belongs to the next one (``都 芃`` is one name); words of two to four characters
    are names of their own (``刘青青 石丹`` are two).
    """
    if _NOT_NAME.search(text):
        return ()
    text = _PAIRED.sub(lambda pair: "、" if pair["role"][0] in "图圖摄攝视" else f"{pair['name']}、", text)
    if not _HAN.search(text):
        return _latin(text)
    parts = [_names_of_part(part) for part in _SPLIT.split(_strip(text))]
    names = [name for part in parts for name in part]
    if any(len(name) > 2 and name.endswith(("摄", "攝")) for name in names):
        return ()
    persons = [name for name in names if not _OFFICE.search(name)]
    return tuple(dict.fromkeys(_without_outlets(persons)))


def _without_outlets(names: list[str]) -> list[str]:
    """Leave out the institutions that stand among persons; an institution alone may be the author."""
    persons = [name for name in names if not (is_outlet(name) and (len(name) > 3 or not is_person(name)))]
    return persons or names


def _latin(text: str) -> tuple[str, ...]:
    """Return the names in a credit of Latin letters; one word is a name only where no fuller name stands beside it."""
    parts = [_latin_name(part) for part in _SPLIT.split(_LATIN_END.sub("", _strip(text)))]
    full = [name for name in parts if name and " " in name]
    return tuple(dict.fromkeys(full)) or ((parts[0],) if parts[0] else ())


def _latin_name(part: str) -> str | None:
    part = _LATIN_PLACE.sub("", _strip(_ASIDE.sub("", part))).strip(_BRACKETS)
    capitals = _CAPITALS.match(part)
    part = capitals[0] if capitals else _without_office(part)
    if _LATIN_ROLE.search(part) or _LATIN_OUTLET.search(part) or _NOBODY.match(part) or _AGENCY.match(part):
        return None
    if part in _DAYS_AND_MONTHS or part.split(",")[0] in _DAYS_AND_MONTHS:
        return None
    if " " in part and (part.islower() or _SENTENCE_WORD.search(part)):  # words of a sentence, not a name
        return None
    return part if _LATIN_NAME.fullmatch(part) and len(part) <= 40 and not re.search(r"[\d_]", part) else None


def _without_office(part: str) -> str:
    """Return a name without the office behind it (``Jane Doe Health correspondent``), as far as two words are left."""
    words = part.split()
    if len(words) < 4 or not _LATIN_ROLE.search(part):
        return part
    name = words[:-1]
    while len(name) > 2 and (name[-1].islower() or name[-1].lower() in _OFFICES | _COMMON):
        name.pop()
    return " ".join(name) if len(name) < len(words) - 1 or len(name) == 2 else part


_STAFF_CODE = re.compile(r"_[A-Z]{0,4}\d*$", re.IGNORECASE)


def _without_report(text: str) -> str:
    """Return a byline without the place it was reported from (``王小明台北報導``, ``王小明／台北報導``).

    Where nothing parts the name from the place, the name has three characters if two are left for the place.
    """
    report = _REPORT.search(text)
    if not report or not report.start():
        return text
    stem = text[: report.start()]
    if stem[-1] in " /／" or _PLACE.search(stem):
        return _PLACE.sub("", stem).strip(" /／")
    last = re.split(r"[、,，\s]", stem)[-1]
    plain = to_simplified(last)
    if len(last) < 4 or plain[0] not in SURNAMES:
        return stem
    most = 4 if plain[:2] in DOUBLE_SURNAMES else 3
    known = (len(plain) - len(place) for place in _PLACES_BEHIND if plain.endswith(place))
    size = next((size for size in known if 2 <= size <= most), 3 if len(last) > 4 else 2)
    return stem[: len(stem) - len(last) + size]


def _strip(text: str) -> str:
    text = _NATION.sub("", _STAFF_CODE.sub("", tidy_line(text))).strip(" :：-—|｜/,，;；。.")
    text = _without_report(_PREFIX.sub("", text))
    for _ in range(3):
        stripped = _SUFFIX.sub("", _PREFIX.sub("", text)).strip()
        if stripped == text or not stripped:
            break
        text = stripped
    return text


def _names_of_part(part: str) -> list[str]:
    part = _strip(_ASIDE.sub("", part)).strip(_BRACKETS)
    if lead := _LEADING_OUTLET.match(part):
        part = part[lead.end() :]
    words = _joined([word for word in part.split() if "@" not in word])
    if not any(_HAN.search(word) for word in words):
        name = _latin_name(part)
        return [name] if name else []
    if len(words) > 1:
        words = [word for word in words if not _OFFICE.search(word)]
    return [name for name in words if _is_name(name)]


def _joined(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if joined and len(joined[-1]) == 1:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _is_name(word: str) -> bool:
    if _NOBODY.match(to_simplified(word)) or _AGENCY.match(word):
        return False
    if _HAN_NAME.fullmatch(word):
        return not (2 < len(word) <= 4 and _VERB.search(to_simplified(word)))
    if len(word) > 4 and _VERB.search(to_simplified(word)) and not word.isascii():
        return False
    return _PEN_NAME.fullmatch(word) is not None and not word.isdigit()


def outlet(text: str) -> str | None:
    """Return the outlet that the value of a source credit names, or None where it names none (``网络``)."""
    text = _ACCOUNT.sub("", tidy_line(text))
    text = _CUT.split(text.lstrip(_BRACKETS), maxsplit=1)[0]
    text = _collapse(text).strip(_BRACKETS + " ,，;；。./／·•・丨")
    text = _COMPANY.sub("", text) if len(text) > 8 else text
    text += "." if re.search(r"\b(?:Inc|Ltd|Corp|Co|Bros)$", text) else ""
    if (
        not 2 <= len(text) <= (60 if _LONG_NAME.fullmatch(text) else 30)
        or re.search("[:：。！？!?]", text)
        or text.isdigit()
        or _NOBODY.match(to_simplified(text))
        or text in _PLACES
        or _DEVICE.fullmatch(text)
    ):
        return None
    return text if re.search(r"[^\W\d_]", text) else None


def is_person(name: str) -> bool:
    """Tell whether a name is Latin with a capital, or two or three characters that begin with a Chinese surname."""
    plain = to_simplified(name)
    if plain.isascii():
        return plain[:1].isupper()
    if not _HAN_NAME.fullmatch(plain):
        return False
    return (2 <= len(plain) <= 3 and plain[0] in SURNAMES) or (len(plain) == 4 and plain[:2] in DOUBLE_SURNAMES)


def is_full_name(text: str) -> bool:
    """Tell whether words of Latin letters read like the full name of a person where nothing says that they are one.

    Two to four words with a capital each, none of them a word of headings, menus, places or institutions.
    """
    if not _FULL_NAME.fullmatch(text) or _LATIN_OUTLET.search(text) or _LATIN_ROLE.search(text):
        return False
    words = {word.strip(".'’").lower() for word in text.split()}
    return not words & _COMMON


def is_outlet(name: str) -> bool:
    """Tell whether a name is that of an outlet or an institution by its ending (``…日报``, ``…网``).

    What only names a section is none (``新闻公报``, ``要闻``).
    """
    plain = to_simplified(name)
    return _OUTLET.search(plain) is not None and not _SECTION.fullmatch(plain)


def _collapse(text: str) -> str:
    """Close the gaps of a name set with a space between all its characters (``人 民 網``)."""
    words = text.split()
    return "".join(words) if len(words) > 2 and all(len(word) == 1 for word in words) else " ".join(words)
