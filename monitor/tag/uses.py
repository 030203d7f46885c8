"""How the words right around a name use it: released, run and measured as software is, or borne by somebody.

Reads the folded text around a name (fine-tuned Llama, 开放T5的权重, Grandmother Kimi, the Firefly rescue camp). Knows
no entity and decides nothing.
"""

from __future__ import annotations

import re
from pathlib import Path

from monitor.tag.places import Place
from monitor.tag.squeeze import is_han
from monitor.tag.word_tables import read_lists

__all__ = [
    "apposition",
    "is_bearer",
    "is_handled_as_software",
    "is_modifier",
    "is_place",
    "is_short_for",
    "is_tuned",
    "tells_of_people",
]

_REACH = 40  # characters before a name that a verb or a title takes
_DEEDS = (
    "launch(?:ed|es|ing)?|releas(?:ed?|es|ing)|unveil(?:ed|s|ing)?|introduc(?:ed?|es|ing)|announc(?:ed?|es|ing)|"
    "ship(?:ped|s|ping)?|open-?sourc(?:ed?|es|ing)|debut(?:ed|s)|updat(?:ed?|es|ing)|upgrad(?:ed?|es|ing)|"
    "deploy(?:ed|s|ing)?|fine-?tun(?:ed?|es|ing)|distill(?:ed|s|ing)?|test(?:ed|s|ing)|benchmark(?:ed|s|ing)|"
    "prompt(?:ed|s|ing)|quantiz(?:ed|ing)|licens(?:ed|es|ing)|powered by|runs? on|running on|built on|based on|"
    "access to|switch(?:ed|ing)? to"
)
_TUNED_BEFORE = re.compile(
    r"\b(?:(?:fine-?tun|distill|quantiz)(?:ed|es|ing|e)?|"
    r"(?:trained|built|made) (?:an? )?(?:[\w-]+ ){0,3}(?:version|variant) of)(?: (?:a|an|the|its|their))? ?[\"'(]?$|"
    r"(?:微调|蒸馏|量化)(?:后|过|了|出)?(?:的)?[\"']?$"
)
_BASE_BEHIND = re.compile(r"[\"']? ?(?:[\d.]+ ?)?[为作]+(?:底|基)")
_DEEDS_HAN = (
    "公布|发布|推出|上线|开源|展示|展出|开放|升级|更新|研发|训练|微调|部署|接入|调用|内测|公测|下线|关停|换成|换用|改用|"
    "换上|用上|装上|搭载|引入|蒸馏|使用|借助|交给|丢给|扔给|求助|请教|问|让|打开|下载|安装|卸载|接上|装|基于"
)
_DONE_BEFORE = re.compile(
    rf"\b(?:{_DEEDS})(?: (?:a|an|the|its|their|new|latest|open|small|large))*[ \"'(]*$|"
    rf"(?:{_DEEDS_HAN})(?:后|过|到|了|出|至|进)?(?:的|其|旗下|自研|最新|新版|新一代|全新|国产|开源|版)*[ \"'(]*$"
)
_OWNED_BEHIND = re.compile(
    r"[\"')]*(?:的|之)?(?:权重|参数|接口|API|推理|训练|微调|上下文|开源|调用量|日活|月活|代码|模型卡)|"
    r"[\"')]*(?:'s)? (?:API|weights|parameters|tokens|checkpoints?|context|outputs|prompts?|inference)\b"
)
_KIN = (
    "brother|sister|mother|father|mum|mom|dad|wife|husband|widow|son|daughter|family|parents|uncle|aunt|cousin|niece|"
    "nephew|grandfather|grandmother|birthday|childhood|classmates?|teacher|coach|lawyer|neighbou?rs?|funeral|grave|"
    "paintings?|poems?|novels?|songs?|album|concert|wool|feathers?"
)
_OF_KIN = re.compile(rf"'s (?:[a-z-]+ )?(?:{_KIN})\b|, \d{{1,2}},| (?:it|him|them|us|me)\b(?! is\b)")
_TITLED = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Dr|Prof|St)\.?|Miss|Professor|Sir|Lady|Lord|Saint|Uncle|Aunt|Auntie|Grandma|Grandpa|Grandmother|"
    r"Grandfather|Brother|Sister|Father|Mother|Captain|Coach|Judge|Senator|Queen|King|Prince|Princess|Officer|"
    r"Sergeant|Singer|Actor|Actress|Chef|[Bb]aby|[Yy]oung|[Ll]ittle|(?:son|daughter|brother|sister|wife|husband|friend|"
    r"cat|dog|horse|pony|neighbou?r|classmate),?) $"
)
_PRODUCT = (
    "AI|A\\.I\\.|LLMs?|models?|chatbots?|bots?|assistants?|agents?|apps?|applications?|tools?|systems?|software|"
    "generators?|engines?|services?|products?|platforms?|technology|programs?|rivals?|answer to|successors?|versions?|"
    "algorithms?|networks?|API|company's|firm's|startup's|giant's|family|series|suite|line|line-?up|brand|name|"
    "launch|release|rollout|roll-out|announcement|updates?|upgrade|demo|integration|era|ecosystem|community|outage|"
    "website|login|accounts?|users?|developers?|customers?|teams?|prompts?|chats?|conversations?|responses?|outputs?|"
    "answers?|images?|videos?|clips?|features?|mode|button|icon|sidebar|extension|plug-?in|subscriptions?|subscribers?|"
    "tiers?|plans?|licen[cs]es?|prices?|pricing|weights|checkpoints?|parameters|paper|architecture|code|codebase|"
    "repository|benchmarks?|scores?|results|training|inference|context|tokens|variants?|backend|servers?|interface|"
    "partnership|deal|contract|lawsuit|case|ban|controversy|hype|project|division|unit|lab|rules?|voice|terminal|"
    "desktop|mobile|web|cloud|search|coding|writing|speech|text|research|preview|beta|stack|runtime|instance|"
    "integrations|connector|marketplace|store|keyboard|widget|window|tab|client"
)
_OF_PRODUCT = re.compile(rf"(?<![A-Za-z])(?:{_PRODUCT})(?![A-Za-z])")
_PRODUCT_BEHIND = re.compile(rf"[\"')]?(?:'s)? (?!answers)(?:[A-Za-z-]+ ){{0,2}}?(?:{_PRODUCT})(?![A-Za-z])")
_NAMED = re.compile(r"([^.;!?\n]{0,40}?\b[a-z]{3,})(?: \w+)? (?:named|nicknamed|known as) [\"']?$")
_GIVEN_NAME = re.compile(
    r"(?:名叫|取名叫?|起名叫?|命名为|唤作|一[只条匹头盆艘位个名家][^,。;!?\n]{0,6}?叫做?)[\"'《]?$"
)
_PRODUCT_NEAR = re.compile("模型|AI|人工智能|助手|机器人|应用|App|软件|工具|产品|系统|平台|智能体|程序|引擎|服务")
_APPOSITION = re.compile(r"[\"']?, ((?:an?|one of the|the) [A-Za-z0-9][^,.;:!?()\n]{2,80})(?=[,.;:!?()\n]|$)")
_SAID = re.compile(
    r"\b(?:said|says|told|wrote|added|conceded|admitted|explained|announced|reported|according|claimed|confirmed|noted|argued|insisted|warned|testified|found)\b"
)
_DETERMINED = re.compile(r"(?:^|[^A-Za-z])(?:([Aa]n?|[Tt]he|[Ee]ach|[Ee]very)|(?:its|their|his|her)) $")
_ARTICLE = re.compile(r"(?:^|[^A-Za-z])(?:[Aa]n?|[Tt]h(?:e|is|ese|ose)|[Ee]very|[Ee]ach) $")
_NOUN_BEHIND = re.compile(r" ([a-z][a-z-]{2,})(?![A-Za-z])")
_GROUP_BEHIND = re.compile(
    r"[\"'》)]?(?:支教|志愿|救援|科考|电竞|宣讲|服务)?(?:队|(?:演唱会|巡演|演奏会|公益基金|数据公司|协议|条例|星座|流星雨|英语|太极|老茶馆|茶馆|律所|事务所|少儿|牧场|农场|镇|村|店|奖学金|香水|枕头|沙发|包装|超市|书店|志愿者)|号(?![称召码])|杯|奖|班|小组|剧场|剧组|计划|行动|工程|协会|俱乐部|书院|中学|小学|公园|"
    "广场|大厦|寺|庙|酒店|宾馆|餐厅|茶室|茶楼|乐队|乐团|舰|轮|艇|飞船|空间站|卫星|火箭|望远镜|大桥|隧道|医院|药业|基金会|夏令营|音乐节|"
    "律师事务所|支行|彩票)"
)
_PLACE_BEHIND = re.compile(rf"[\"'》)]?(?:{read_lists(Path(__file__).with_name('bearers.txt'))['NAMED_AFTER']})")
_OF_SCHOOL = re.compile(
    r" (?:graduates?|alum(?:nus|na|ni|nae)|undergraduates?|dropouts?|valedictorians?|trustees?|faculty|dean)\b"
)
_TERM_OF_MODEL = re.compile("(?:语言|预训练|对话|开源|生成式?|基础|大)模型$|(?:[Ll]anguage|[Ff]oundation) [Mm]odels?$")
_INITIAL = re.compile(r"\b(?!(?:of|for|the|and|an?|in|on) )[A-Za-z][A-Za-z']*")
_NO_NOUN = re.compile(
    "and|but|can|for|from|with|into|onto|over|under|was|were|has|had|have|are|will|would|could|should|may|might|must|"
    "now|than|that|which|who|when|while|where|after|before|also|still|not|only|just|inside|through|without|during|"
    "did|does|said|says|via|per|nor|yet|because|since|until|alone|itself|behind|across|against|around|among|"
    r"[a-z-]+(?:ly|ing)"
)
_PEOPLE_BEHIND = re.compile(
    r"(?:'s?)?(?: (?:[a-z]+|[A-Z][a-z]+))?? (?:employees?|staff|staffers?|workers?|engineers?|volunteers?|executives?|"
    r"stock|stake|shareholders?|interns?|offices?|headquarters|campus|buildings?|stores?|warehouses?|factory|pilot|guards?|"
    r"recruiters?|alumni|tower|plant)\b|(?:公司|集团)?(?:[\u4e00-\u9fff]{2,4})??的?(?:前|老|女|年轻)?(?:员工|职工|职员|办公室|总部|大楼|园区|食堂|门店|年会|保安|"
    "股东|工会|仓库|实习生|大厦)"
)


def is_handled_as_software(letters: str, start: int, stop: int) -> bool:
    """Say whether the name is released, run or measured: a verb of that right before it, its weights or API behind."""
    before = letters[max(0, start - _REACH) : start]
    return _DONE_BEFORE.search(before) is not None or _OWNED_BEHIND.match(letters, stop) is not None


def is_tuned(letters: str, start: int, stop: int) -> bool:
    """Say whether the name is trained further, as only models are: a fine-tuned Llama, 微调后的T5, 以Llama为底座."""
    before = letters[max(0, start - _REACH) : start]
    is_base = before.rstrip(" \"'").endswith("以") and _BASE_BEHIND.match(letters, stop) is not None
    return is_base or _TUNED_BEFORE.search(before) is not None


def is_bearer(letters: str, start: int, stop: int) -> bool:
    """Say whether somebody or some thing bears the name: X's brother, Grandmother X, a llama named X, 名叫X的绿萝."""
    before = letters[max(0, start - _REACH) : start]
    if _GIVEN_NAME.search(before):
        return not _PRODUCT_NEAR.search(letters[max(0, start - _REACH // 2) : stop + _REACH // 4])
    if not letters[start:stop].isascii():
        return False
    if _OF_KIN.match(letters, stop) or _TITLED.search(before):
        return True
    named = _NAMED.search(before)
    return named is not None and not _OF_PRODUCT.search(named[0])


def apposition(letters: str, stop: int) -> Place | None:
    """Return the place of what is put beside an English name to say what it is, where that is no product."""
    found = _APPOSITION.match(letters, stop)
    is_other = found is not None and not _OF_PRODUCT.search(found[1]) and not _SAID.search(found[1])
    return found.span(1) if found and is_other else None


def is_short_for(letters: str, start: int, stop: int) -> bool:
    """Say whether the name stands in brackets as what the words before it are called for short.

    广义线性混合模型(GLM), Generalized Linear Model (GLM). A term that ends as a language model does is left alone.
    """
    is_bracketed = (letters[start - 1 : start], letters[stop : stop + 1]) == ("(", ")")
    if not is_bracketed or not letters[start:stop].isupper() or not letters[start:stop].isascii():
        return False
    before = letters[max(0, start - 1 - 2 * _REACH) : start - 1].rstrip()
    if not before or _TERM_OF_MODEL.search(before):
        return False
    return is_han(before[-1]) or _initials(before).endswith(letters[start:stop])


def _initials(text: str) -> str:
    """Return the first letters of the words of a text in capitals, without articles and the like."""
    return "".join(word[0] for word in _INITIAL.findall(text)).upper()


def is_place(letters: str, stop: int) -> bool:
    """Say whether what follows a name makes it that of a place or a house: 星火幼儿园, 九天路."""
    return _PLACE_BEHIND.match(letters, stop) is not None


def is_modifier(letters: str, start: int, stop: int) -> bool:
    """Say whether the name tells which of some other things: the Firefly rescue camp, 星火支教队."""
    if _GROUP_BEHIND.match(letters, stop) or _OF_SCHOOL.match(letters, stop):
        return True
    if not letters[start:stop].isascii():
        return False
    if _ARTICLE.search(letters[max(0, start - 8) : start]) and not _PRODUCT_BEHIND.match(letters, stop):
        return True
    noun = _NOUN_BEHIND.match(letters, stop)
    if noun is None or _NO_NOUN.fullmatch(noun[1]) or _OF_PRODUCT.search(letters[noun.start(1) : noun.end() + 16]):
        return False
    led = _DETERMINED.search(letters[max(0, start - 8) : start])
    return led is not None and (led[1] is not None or not noun[1].endswith(("s", "ed")))


def tells_of_people(letters: str, end: int) -> bool:
    """Say whether a maker's name that ends here only says whose people or rooms are meant: Adobe employees."""
    return _PEOPLE_BEHIND.match(letters, end) is not None
