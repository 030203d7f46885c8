"""Names of people and outlets as credits write them."""

from __future__ import annotations

import re

from storage.fold import to_simplified

from .hygiene import tidy_line

__all__ = ["SURNAMES", "is_outlet", "outlet", "people"]

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"
    "汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲靳祁路涂兰甘裴梅童翁霍游阮尤岳柯牟滕谷舒卜成饶宁凌盛查单冉鲍华包屈房喻解蒲卫简时连车项闵邬吉党阳司费蒙席"
    "晏隋古强穆姬宫景米麦谈柏瞿艾沙鄢桂窦郁缪畅巩卓褚栾戚全娄甄郎池丛边岑农苟迟保商臧佘卞虞刁冷应匡栗仇练楚揭师官佟封燕桑巫敖原植邝仲荆储宗楼干苑寇盖南屠鞠荣井乐银奚明麻雍花闻冼木郜廉衣蔺和冀占公门帅利满都"
)
"""The characters that most Chinese names begin with."""

_PREFIX = re.compile(
    r"^(?:[一-鿿]{0,8}(?:报|网|社|刊|台|新闻|杂志|客户端|南都))?(?:首席|资深|特约|见习|实习|高级|专栏|财经|全媒体|驻\S{2,6})*"
    r"(?:记\s?者|作者|通讯员|评论员|撰稿人|编辑|特派员|by)\s*[:：]?\s*",
    re.IGNORECASE,
)
_OUTLET_TAIL = (
    r"(?:报|网|社|刊|台|新闻|杂志|客户端|频道|周刊|研究院|研究所|工作室|公众号|"
    r"编辑部|中心|公司|集团|大学|委员会|办公室|出版社|财经|科技|在线|之家|观察|电视台|发布)"
)
_OUTLET = re.compile(_OUTLET_TAIL + "$")
_LEADING_OUTLET = re.compile(rf"^(?P<outlet>\S{{1,12}}?{_OUTLET_TAIL})\s+(?=\S)")
_SUFFIX = re.compile(r"(?:\s*(?:综合|发自|\S{0,6})?(?:报道|摄影报道)|\s+(?:摄|文|图|文/图|编译|整理|整合|综合|等))$")
_REPORT = re.compile("(?:综合|綜合|现场|現場|连线|連線|摄影|攝影|专题|專題)*(?:报道|报导|報導|報道)$")
_PLACE = re.compile(r"(?<=\S)(?:\s*[/／]\s*|\s+)[一-鿿]{2,8}$")
_LONG_PLACES = (
    "石家庄",
    "哈尔滨",
    "呼和浩特",
    "乌鲁木齐",
    "连云港",
    "秦皇岛",
    "旧金山",
    "华盛顿",
    "莫斯科",
    "布鲁塞尔",
    "洛杉矶",
    "新加坡",
    "日内瓦",
)
_SPLIT = re.compile(r"\s*(?:[、,，;；/&|]|\band\b|\s和\s|\s与\s)\s*", re.IGNORECASE)
_HAN_NAME = re.compile(r"[一-鿿㐀-䶿]{2,4}(?:[·•・][一-鿿]{1,8}){0,3}|[一-鿿]{1,8}(?:[·•・][一-鿿]{1,8}){1,3}")
_LATIN_NAME = re.compile(r"[^\W\d_][\w.'’\-]*(?: [\w.'’\-]+){0,4}")
_LATIN_ROLE = re.compile(
    r"\b(?:reporters?|correspondents?|editors?|writers?|columnists?|contributors?)$", re.IGNORECASE
)
_LATIN_PLACE = re.compile(r"(?<=\w) in [A-Z][\w .]*$")
_PEN_NAME = re.compile(r"[\w·.\-一-鿿]{2,16}")
_NOBODY = re.compile(
    r"^(?:未知|佚名|匿名|不详|无|暂无|本站|网络|互联网|实习生|通讯员|综合|原创|转载|小编|管理员|编辑部|新闻|记者|作者|来源|时间|日期|字体|字号|"
    r"reuters|ap|afp|(?:the )?associated press|bloomberg|xinhua|"
    r"admin\w*|administrator|editor|staff|unknown|null|none|undefined|n/?a|"
    r"root|test|guest|user|webmaster|name|author|网络整理|综合整理|[A-Z]{1,4}\d+)$",
    re.IGNORECASE,
)
_VERB = re.compile("了解|获悉|走进|发现|注意|采访|表示|指出|认为|介绍|报道|获得|看到|从|在|向|对|将|已|的")
_CUT = re.compile(r"[\[【(（]|版权所有|版權所有|https?:|www\.|©|copyright", re.IGNORECASE)
_NOT_NAME = re.compile(r"版权|版權|https?:|www\.|©|copyright", re.IGNORECASE)
_COMPANY = re.compile("(?:股份|传媒|文化|科技|信息|网络)*有限公司$|(?:编辑部)$")
_BRACKETS = "《》〈〉“”\"'【】[]()（）「」『』<>  :：-—|｜"


def people(text: str) -> tuple[str, ...]:
    """Return the names in the value of a credit, in order, each once.

    A character that stands alone belongs to the next one (``都 芃`` is one name); words of two to four characters
    are names of their own (``刘青青 石丹`` are two).
    """
    names: list[str] = []
    if _NOT_NAME.search(text):
        return ()
    for part in _SPLIT.split(_strip(text)):
        names.extend(name for name in _names_of_part(part) if name not in names)
    return tuple(names)


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
    size = next((plain.index(place) for place in _LONG_PLACES if plain.endswith(place)), 3 if len(last) > 4 else 2)
    return stem[: len(stem) - len(last) + size]


def _strip(text: str) -> str:
    text = _STAFF_CODE.sub("", tidy_line(text)).strip(" :：-—|｜/,，;；。.")
    text = _without_report(_PREFIX.sub("", text))
    for _ in range(3):
        stripped = _SUFFIX.sub("", _PREFIX.sub("", text)).strip()
        if stripped == text or not stripped:
            break
        text = stripped
    return text


def _names_of_part(part: str) -> list[str]:
    part = _strip(part).strip(_BRACKETS)
    if lead := _LEADING_OUTLET.match(part):
        part = part[lead.end() :]
    words = part.split()
    if not words or "@" in part:
        return []
    if not any("\u4e00" <= c <= "\u9fff" for c in part):
        part = _LATIN_PLACE.sub("", part)
        if _LATIN_ROLE.search(part):
            return []
        return [part] if _LATIN_NAME.fullmatch(part) and len(part) <= 40 and not _NOBODY.match(part) else []
    return [name for name in _joined(words) if _is_name(name)]


def _joined(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if joined and len(joined[-1]) == 1:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _is_name(word: str) -> bool:
    if _NOBODY.match(to_simplified(word)):
        return False
    if _HAN_NAME.fullmatch(word):
        return not (len(word) <= 4 and _VERB.search(word) and len(word) > 2)
    return _PEN_NAME.fullmatch(word) is not None and not word.isdigit()


def outlet(text: str) -> str | None:
    """Return the outlet that the value of a source credit names, or None where it names none (``网络``)."""
    text = _CUT.split(tidy_line(text).lstrip(_BRACKETS), maxsplit=1)[0]
    text = _collapse(text).strip(_BRACKETS + " ,，;；。./")
    text = _COMPANY.sub("", text) if len(text) > 8 else text
    if (
        not 2 <= len(text) <= 30
        or re.search("[:：。！？!?]", text)
        or text.isdigit()
        or _NOBODY.match(to_simplified(text))
    ):
        return None
    return text if re.search(r"[^\W\d_]", text) else None


def is_outlet(name: str) -> bool:
    """Tell whether a name is that of an outlet or an institution by its ending (``…日报``, ``…网``)."""
    return _OUTLET.search(to_simplified(name)) is not None


def _collapse(text: str) -> str:
    """Close the gaps of a name set with a space between all its characters (``人 民 網``)."""
    words = text.split()
    return "".join(words) if len(words) > 2 and all(len(word) == 1 for word in words) else " ".join(words)
