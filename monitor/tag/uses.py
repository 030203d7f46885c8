"""How the words right around a name use it: released, run and measured as software is, or borne by somebody.

Reads the folded text around a name (fine-tuned Llama, 开放T5的权重, Grandmother Kimi, the Firefly rescue camp). Knows
no entity and decides nothing.
"""

from __future__ import annotations

import re
from pathlib import Path

from monitor.tag.word_tables import read_lists

__all__ = [
    "has_article",
    "is_bearer",
    "is_handled_as_software",
    "is_modifier",
    "is_place",
    "is_tuned",
    "names_house",
    "names_thing",
    "tells_of_people",
]

_BEARERS = read_lists(Path(__file__).with_name("bearers.txt"))
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
    "公布|发布|推出|上线|开源|展示|演示|展出|开放|升级|更新|研发|训练|微调|部署|接入|调用|内测|公测|下线|关停|换成|换用|改用|"
    "换上|用上|装上|搭载|引入|蒸馏|使用|借助|交给|丢给|扔给|求助|请教|问|让|打开|下载|安装|卸载|接上|装|基于"
)
_DONE_BEFORE = re.compile(
    rf"\b(?:{_DEEDS})(?: (?:a|an|the|its|their|new|latest|open|small|large))*[ \"'(]*$|"
    rf"(?:{_DEEDS_HAN})(?:后|过|到|了|出|至|进)?(?:的|其|旗下|自研|最新|新版|新一代|全新|国产|开源|版)*[ \"'(]*$"
)
_OWNED_BEHIND = re.compile(
    r"[\"')]* ?(?:的|之)?(?:权重|参数|接口|API|推理|训练|微调|上下文|开源|调用量|日活|月活|代码|模型卡)|"
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
    r"aunt(?:ie|y)?|uncle|niece|nephew|cousin|mother|father|mum|mom|dad|grand(?:mother|father|ma|pa|son|daughter)|"
    r"twins|fianc[eé]e?|boyfriend|girlfriend|flatmate|room-?mate|housemate|godson|goddaughter|stepson|stepdaughter|"
    r"cat|dog|horse|pony|neighbou?r|classmate),?) $"
)
_PRODUCT = read_lists(Path(__file__).with_name("products.txt"))["PRODUCT"]
_OF_PRODUCT = re.compile(rf"(?<![A-Za-z])(?:{_PRODUCT})(?![A-Za-z])")
_PRODUCT_BEHIND = re.compile(rf"[\"')]?(?:'s)? (?!answers)(?:[A-Za-z-]+ ){{0,2}}?(?:{_PRODUCT})(?![A-Za-z])")
_NAMERS = (
    "(?:reports?|surveys?|(?:law)?suits?|filings?|lists?|rankings?|papers?|jury|regulators?|agency|audits?|complaints?|"
    "stud(?:y|ies))"
)
_NAMING = re.compile("named|known as|christened|call|dubbed")  # cheap, before the costly: each of these needs one
_NAMED = re.compile(
    rf"([^.;!?\n]{{0,40}}?\b(?!{_NAMERS} )[a-z]{{3,}})(?: (?!{_NAMERS} )\w+)? (?:named|nicknamed|known as) [\"']?$"
)
_CALLED = re.compile(
    r"\b(?:an?|[Tt]he|this|that|(?:his|her|their|my|our),?) (?:[a-z'-]+ ){0,3}"
    r"(?!company|firm|start-?up|lab|outfit|rival|newcomer|thing|competitor)[a-z]{3,},? (?:is |was )?called [\"']?$"
)
_NAMED_SO = re.compile(
    r"\b(?:named|nicknamed|christened|call(?:s|ed)?|dubbed) "
    r"(?:an?|one|the|his|her|their|its|our|my)(?: [a-z]+){1,3} [\"']?$"
)
_GIVEN_NAME = re.compile(
    r"(?:名叫|取名叫?|起名叫?|命名为|唤作|一[只条匹头盆株棵艘位个名家][^,。;!?\n]{0,6}?叫做?)[\"'《]?$"
)
_PRODUCT_NEAR = re.compile("模型|AI|人工智能|助手|机器人|应用|App|软件|工具|产品|系统|平台|智能体|程序|引擎|服务")
_DETERMINED = re.compile(r"(?:^|[^A-Za-z])(?:([Aa]n?|[Tt]he|[Ee]ach|[Ee]very)|(?:its|their|his|her)|[a-z]'s) $")
_ARTICLE = re.compile(r"(?:^|[^A-Za-z])(?:[Aa]n?|[Tt]h(?:e|is|ese|ose)|[Ee]very|[Ee]ach) $")
_NOUN_BEHIND = re.compile(r" ([a-z][a-z-]{2,})(?![A-Za-z])")
_GROUP_BEHIND = re.compile(
    r"[\"'》)]? ?(?:支教|志愿|救援|科考|电竞|宣讲|服务|"
    r"登山|足球|篮球|排球|羽毛球|乒乓球|龙舟|骑行|跑步|突击|先锋|巡逻|护林|消防|文艺|青年|党员|"
    r"舞龙|舞蹈|啦啦|工程|考察|女子|男子|代表|辩论)?(?:队(?!友)|[男女](?:子)?[篮足排](?:球)?|(?:演唱会|巡演|演奏会|公益基金|数据公司|协议|条例|星座|流星雨|英语|太极|老茶馆|茶馆|律所|事务所|少儿|牧场|农场|镇|村|店|奖学金|香水|枕头|沙发|包装|超市|书店|志愿者)|号(?![称召码])|杯|奖|班|小组|剧场|剧组|组合(?=[,。解出成的]|$)|计划|行动|工程|协会|俱乐部|书院|中学|小学|公园|"
    "广场|大厦|寺|庙|酒店|宾馆|餐厅|茶室|茶楼|乐队|乐团|舰|轮|艇|飞船|空间站|卫星|火箭|望远镜|大桥|隧道|医院|药业|基金会|夏令营|音乐节|"
    "律师事务所|支行|彩票|[\u4e00-\u9fff]{0,2}(?:漆艺|书画|摄影|美术|木雕|刺绣|画)展|[\u4e00-\u9fff]{0,2}厂(?![商家])|外墙|"
    r"(?:少年|青年|女子|男子|职工|全国)*(?:木雕|玉雕|石雕|根雕|陶艺|刺绣|剪纸|厨艺|美食|演讲|主持|舞蹈|合唱|诗歌|民歌|相声|钓鱼|垂钓|滑雪|攀岩|拳击|武术|太极|麻将|桥牌|足球|篮球|排球|羽毛球|乒乓球|网球|龙舟|自行车|象棋|围棋|书法|朗诵|征文|摄影|歌唱)(?:公开|邀请|锦标|联|大|比)?赛)"
)
_PLACE_BEHIND = re.compile(rf"[\"'》)]? ?(?:{_BEARERS['SHOPS']}|{_BEARERS['NAMED_AFTER']})")
_OF_SCHOOL = re.compile(
    r" (?:graduates?|alum(?:nus|na|ni|nae)|undergraduates?|dropouts?|valedictorians?|trustees?|faculty|dean)\b"
)
_NO_NOUN = re.compile(
    "and|but|can|for|from|with|into|onto|over|under|was|were|has|had|have|are|will|would|could|should|may|might|must|"
    "now|than|that|which|who|when|while|where|after|before|also|still|not|only|just|inside|through|without|during|"
    "did|does|said|says|via|per|nor|yet|because|since|until|alone|itself|behind|across|against|around|among|"
    r"[a-z-]+(?:ly|ing)"
)
_THING_BEHIND = re.compile(rf" (?:(?!(?:{_NO_NOUN.pattern}) )[a-z]+ )?(?:{_BEARERS['NAMED_THINGS']})\b")
_PEOPLE_BEHIND = re.compile(
    r"(?:'s?)?(?: (?:[a-z]+|[A-Z][a-z]+))?? (?:employees?|staff|staffers?|workers?|engineers?|volunteers?|executives?|"
    r"stock|stake|shareholders?|interns?|offices?|headquarters|campus|buildings?|stores?|warehouses?|factory|pilot|guards?|"
    r"recruiters?|alumni|tower|plant)\b|"
    r" ?(?:公司|集团)?(?:[\u4e00-\u9fff]{2,4})??的?(?:前|老|女|年轻)?"
    r"(?:员工|职工|职员|办公室|总部|大楼|园区|食堂|体验店|专卖店|旗舰店|授权店|线下店|"
    r"[直自]营店|售后|门店|年会|保安|"
    r"股东|工会|仓库|实习生|大厦)|"
    r" ?(?:公司|集团)?(?:台湾|香港|中国|日本)?(?:赞助|冠名|资助|捐[建赠资助]|援建|公益|楼下|门口|附近|旁边|隔壁|对面)|"
    r" (?:also |once |has )?(?:sponsor(?:s|ed)?|donate[sd]?|lent|lends|paid for|pays for|rents|rented|leases|leased)\b"
)

_HOUSE_BEHIND = re.compile(
    " ?(?:体育|文化|会展|演艺)(?:中心|馆|场)|中心球馆|[足篮]?球场|篮球馆|冰场|大?剧[院场]|音乐厅|地铁站|"
    "超市|便利店|商城|拍拍|快递|小哥|买菜|到家|七鲜|自营|"
    r" (?:Arena|Stadium|Field|Theat(?:er|re)|Hall|Cup|Marathon)\b"
)
"""A house that a maker pays for, or a shop that it keeps."""


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
    if not _NAMING.search(before):
        return False
    named = _NAMED.search(before) or _CALLED.search(before) or _NAMED_SO.search(before)
    return named is not None and not _OF_PRODUCT.search(named[0])


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
    if _THING_BEHIND.match(letters, stop):
        return True
    noun = _NOUN_BEHIND.match(letters, stop)
    if noun is None or _NO_NOUN.fullmatch(noun[1]) or _OF_PRODUCT.search(letters[noun.start(1) : noun.end() + 16]):
        return False
    led = _DETERMINED.search(letters[max(0, start - 8) : start])
    return led is not None and (led[1] is not None or not noun[1].endswith(("s", "ed")))


def names_thing(letters: str, start: int, stop: int) -> bool:
    """Say whether a thing that is no program stands behind an English name: the Falcon 51 yacht, a Copilot 3 seat."""
    if _THING_BEHIND.match(letters, stop):
        return True
    noun = _NOUN_BEHIND.match(letters, stop)
    is_noun = noun is not None and not _NO_NOUN.fullmatch(noun[1]) and not _PRODUCT_BEHIND.match(letters, stop)
    return is_noun and has_article(letters, start)


def has_article(letters: str, start: int) -> bool:
    """Say whether an article leads to a name, as to any thing of that word: the Falcon app."""
    return _ARTICLE.search(letters[max(0, start - 8) : start]) is not None


def names_house(letters: str, end: int) -> bool:
    """Say whether a maker's name that ends here is that of a house or a shop: 科大讯飞体育馆, 京东超市, SAP Arena."""
    return _HOUSE_BEHIND.match(letters, end) is not None


def tells_of_people(letters: str, end: int) -> bool:
    """Say whether a maker's name that ends here only says whose people or rooms are meant: Adobe employees."""
    return _PEOPLE_BEHIND.match(letters, end) is not None
