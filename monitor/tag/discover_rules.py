"""Untracked regulations: titles in book marks and Chinese bills in quotes, with what ``discover_acts`` finds.

Works on one folded line with its case. A title about AI, data or networks is one anywhere; another only in a text that
speaks of AI. Plain notices, rules of one's own house, books, films, reports and papers stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.tag.discover_acts import acts, numbers
from monitor.tag.discover_names import Found
from monitor.tag.squeeze import HAN
from monitor.tag.titles import Title, find_titles

__all__ = ["bare_title", "regulations"]

_TOPIC = re.compile(
    "人工智[能慧]|智能|智慧|生成|合成|算法|演算法|算力|模型|机器人|自动驾驶|无人驾驶|深度|数据|资料|个人信息|个资|"
    "隐私|网络|网路|互联网|网际|"
    "信息|资讯|数字|数位|电子|平台|在线|线上|社交媒体|关键基础设施|密码|加密|人脸|生物识别|脑机|科技|科学技术|伦理|"
    "版权|著作权|深伪|换脸|拟人|聊天机器人|脑机接口|自动化决策|AI"
    "|ChatGPT|[Ll]abel"
)
_OF_AI = re.compile("人工智[能慧]|生成式|算法|演算法|大模型|数据安全|个人信息|AI")
_STRONG_ENDS = (
    "标准体系|法|条例|规定|办法|细则|标准|规范|准则|守则|公约|法案|法典|框架|规则|规程|导则|法令|行政令|总统令|指令|"
    "条约|议定书|备忘录"
)
_WEAK_ENDS = (
    "指南|指引|意见|通知|决定|要求|方案|措施|政策|原则|倡议|宣言|规划|纲要|行动计划|建议书|公告|命令|目录|清单|制度"
)
_END = re.compile(f"(?:{_STRONG_ENDS}|{_WEAK_ENDS})$")
_ENDS_STRONG = re.compile(f"(?:{_STRONG_ENDS})$")
_NO_LAW = re.compile(
    "(?:方法|看法|想法|做法|说法|算法|兵法|书法|魔法|语法|用法|疗法|手法|文法|打法|玩法|心法|技法|句法|司法|执法|"
    "立法|普法|佛法|学法|写法|读法|活法|"
    "章法|枪法|剑法|针法|讲法|提法|教法|无法|合法|非法|违法|犯法|守法|(?<!保)护法|技术标准之争|潜规则|丛林法则)$"
)
_NUMBERED_METHOD = re.compile("标识方法$|测试方法$|评估方法$|评价方法$|测评方法$")
_GOVERNS = re.compile(
    "管理|安全|治理|伦理|标识|备案|评估|审查|保护|出境|合规|监管|促进|发展|应用|建设|标准|体系|开放|共享|流通|交易|"
    "服务|技术要求|基本要求|能力要求|"
    "风险|责任|未成年|实施|印发|加强|推动|推进|规范|支持|行动|若干|试点|分类|分级|行政|国家|全球|国际|数据安全"
)
_EVENT = re.compile(
    "召开|会议|研讨|放假|报名|评选|表彰|大赛|比赛|竞赛|征文|培训班|中标|停水|停电|章程|公司|集团|我校|本校|本院|"
    "党建|党员|巡视|巡察"
)
_HOUSE = re.compile(
    "员工|考勤|食堂|宿舍|学生|班级|年级|家长|招聘|招生|采购|值班|校园|社区公约|村规|物业|小区|食品|节能减排|干部|"
    "公务|差旅|接待|着装|礼仪"
)
_WORK = re.compile(
    "报告|白皮书|蓝皮书|研究|综述|论文|年鉴|词典|教程|手册|漫谈|启示录|通史|简史|周刊|日报|晚报|时报|杂志|期刊|学报|"
    "入门|实战|使用指南|"
    "使用手册|应用指南|学习指南|操作指南|避坑指南|生存指南|攻略|观影|旅行|旅游指南|选购|购买|投资指南|写作指南|"
    "提示词|教学指南"
)
_BOOK_AROUND = re.compile(
    "一书|新书|著有|所著|撰写的书|图书|读者|畅销|出版社|译者|连载|小说|电影|影片|电视剧|网剧|短剧|剧集|纪录片|歌曲|"
    "专辑|单曲|综艺|票房|主演|导演|"
    "观众|首映|游戏|论文|期刊|发表在|论文集|讲座|课程|公众号|栏目|专栏"
)
_ISSUED = re.compile(
    "印发|发布|公布|出台|施行|实施|生效|征求意见|草案|修订|修正|修改|审议|通过|表决|签署|颁布|颁行|起草|制定|制订|"
    "依据|根据|按照|依照|违反|符合|"
    "落实|规定|三读|立法|送审|废止|公告|解读|国务院|网信办|工信部|发改委|科技部|公安部|部门|人大|欧盟|议会|国会|"
    "参议院|立法院|行政院|标准委"
)
_HOUSE_ONLY = re.compile(
    "^(?:.{0,2}(?:管理|暂行|实施|有关|相关|若干)?)(?:办法|规定|条例|细则|标准|规范|意见|通知|决定|指南|指引|方案|"
    "要求|征求意见稿)$"
)
_STAGE = re.compile(
    r" ?\((?:[^()]*稿[^()]*|试行|草案[^()]*|暂行|[^()]*修订[^()]*|[^()]*修正[^()]*|[^()]*年[^()]*|[^()]*版|"
    r"[^()]*提案)\)$|(?<=[法例定办法则案约])(?:(?:部分条文)?修正)?草案$"
)
_DECLARED = re.compile("(?:简称|下称|统称|又称|以下称|合称)(?:为)?[:\"《' ]*([^\"'》()]{2,24})")
_MIN_TITLE, _SHORT_TITLE, _MAX_TITLE, _AROUND = 3, 4, 70, 36
_IN_COURT = re.compile(
    "保护|侵权|侵害|侵犯|法院|判决|起诉|援引|适用|责任|处罚|罚款|法律|权利|权益|修正|诉讼|被告|原告|明定"
)

_QUOTED_LAW = re.compile(
    f'"([{HAN}A-Z]{{2,30}}(?:法|条例|规则|办法|法案|行动计划|准则|指引))"(?=(?:修正|修订|部分条文|施行细则)?(?:草案|案)?)'
)
_QUOTED_END = re.compile('"(?<=[法例则案划引]")')  # cheap, before the costly
_LEGAL = re.compile(
    "草案|三读|立法院|行政院|立委|立法|施行|修正|公布|修法|国会|议会|议员|表决|通过|生效|违反|依|法规|规范|罚"
)


def regulations(line: str, *, speaks_of_ai: bool, has_numbers: bool = True, has_acts: bool = True) -> Iterator[Found]:
    """Yield what looks like a regulation in a folded line; ``speaks_of_ai`` is what the whole text does.

    ``has_numbers`` and ``has_acts`` say whether the text may hold any, as ``discover_acts`` tells.
    """
    titles = find_titles(line) if "《" in line else []
    declared = set(_DECLARED.findall(line)) if titles else set()
    for title in titles:
        yield from _titled(line, title, declared, speaks_of_ai=speaks_of_ai)
    for quoted in _QUOTED_LAW.finditer(line) if _QUOTED_END.search(line) else ():
        around = line[max(0, quoted.start() - _AROUND) : quoted.end() + _AROUND]
        if _TOPIC.search(quoted[1]) and _LEGAL.search(around) and not _NO_LAW.search(quoted[1]):
            yield *quoted.span(1), quoted[1], "a bill in quotes"
    if has_numbers:
        marks = [(title.start, title.end) for title in titles]
        yield from numbers(line, marks, speaks_of_ai=speaks_of_ai)
    if has_acts:
        yield from acts(line, speaks_of_ai=speaks_of_ai)


def bare_title(title: str) -> str:
    """Return a title without book marks, stage and the state's name."""
    inner = title.strip("《》〈〉 ")
    inner = inner[1:-1] if len(inner) > 1 and inner[0] == inner[-1] == '"' else inner
    while (shorter := _STAGE.sub("", inner)) != inner:
        inner = shorter
    return inner.removeprefix("中华人民共和国").strip()


def _titled(line: str, title: Title, declared: set[str], *, speaks_of_ai: bool) -> Iterator[Found]:
    inner = line[title.inner_start : title.inner_end]
    name = bare_title(inner)
    if inner in declared or not _MIN_TITLE <= len(name) <= _MAX_TITLE or _is_wrapper(name):
        return
    around = line[max(0, title.start - _AROUND) : title.start] + "|" + line[title.end : title.end + _AROUND]
    if _is_regulation(name, around, speaks_of_ai=speaks_of_ai):
        yield title.start, title.end, name, "a title in book marks"


def _is_wrapper(name: str) -> bool:
    """Say whether a title only publishes the one inside it: 关于印发〈...〉的通知."""
    return re.match("关于(?:印发|发布|公开征求|征求|实施|公布|做好|贯彻)", name) is not None and "〈" in name


def _is_regulation(name: str, around: str, *, speaks_of_ai: bool) -> bool:
    if not _END.search(name) and not _NUMBERED_METHOD.search(name):
        return False
    if _NO_LAW.search(name) and not _NUMBERED_METHOD.search(name):
        return False
    if _EVENT.search(name) or _WORK.search(name) or _BOOK_AROUND.search(around) or _HOUSE_ONLY.match(name):
        return False
    is_on_topic = _TOPIC.search(name) is not None
    if _HOUSE.search(name) and not _OF_AI.search(name):
        return False
    if _ENDS_STRONG.search(name):
        return (is_on_topic or speaks_of_ai) and (len(name) > _SHORT_TITLE or _applied(around))
    return is_on_topic and (_GOVERNS.search(name) is not None or _ISSUED.search(around) is not None)


def _applied(around: str) -> bool:
    return _ISSUED.search(around) is not None or _IN_COURT.search(around) is not None
