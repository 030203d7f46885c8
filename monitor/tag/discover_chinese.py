"""Untracked models in Chinese sentences: “紫竹”大模型, 发布紫竹大模型, 开源模型Lumen-7B, 名为“紫竹”的大模型.

Works on one folded line with its case. Knows the shapes of sentences; what can be a name says ``discover_names``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.tag.discover_names import LATIN_NAME, is_described, last_name, latin_name, plain_name
from monitor.tag.squeeze import HAN

__all__ = ["Found", "chinese_models"]

Found = tuple[int, int, str, str]
"""Start and end in the line, the name, and the pattern that found it."""

_MODEL = "模型"
_LEFT, _CLAUSE = 40, 28  # characters before 模型 that are looked at; before a name
_ENDS_NO_NAME = frozenset(",。;:!?、(\n和与对用将把是为在了让向等个款种")
_COMPANY_BEHIND = re.compile("公司|厂商|企业|创业|应用商|赛道|行业|时代")
_SIZES = (
    "大",
    "语言",
    "大型",
    "大型语言",
    "大语言",
    "大型多模态",
    "大多模态",
    "超大",
    "超大规模",
)  # what a large model is called
_SIZES_LONGEST_FIRST = sorted(_SIZES, key=len, reverse=True)
_SIZE_ENDS = frozenset(size[-1] for size in _SIZES)
_CAPITAL, _LETTER = re.compile("[A-Z]"), re.compile("[A-Za-z\\d]")
_CLAUSE_PARTS = re.compile("[,。;!?]")
_NEAR_QUOTE = 16  # characters between a closing quote, or a Latin name, and 模型
_AI_KIND = re.compile(
    "AI|人工智能|语言|推理|多模态|生成|视觉|语音|视频|图像|编程|代码|世界|具身|端侧|嵌入|开源|基础|基座|垂直|行业|"
    "文生|智能|翻译|思考"
)

_DESCRIBED = rf"(?:[{HAN}]|[A-Z]{{2,4}}|[ \d.vV-]){{0,12}}"
_QUOTED_BEFORE = re.compile(rf"[\"']([^\"'\n,。;:!?]{{2,20}})[\"'](?:\([^()]{{1,24}}\))? ?({_DESCRIBED})$")
_BAD_BEFORE_QUOTE = re.compile(
    "(?:所谓|一种|一场|一次|称之?为|堪称|被誉为|誉为|形容为|比作|视为|看作|叫做|呼吁|存在|出现|产生|陷入|解决|缓解|"
    "警惕|拒绝|[不没别])的?$"
)
_LATIN_BEFORE = re.compile(
    rf"(?<![A-Za-z\d.-])({LATIN_NAME})(?:\([^()]{{1,24}}\))?[ -]?((?:[{HAN}]|AI|NLP|CV|MoE| ){{0,12}})$"
)
_RUN_BACKWARDS = re.compile(rf"(?:[{HAN}·]|[A-Z]{{2,4}}(?=[{HAN}]))*")
_SIGN_BEHIND = re.compile("[A-Za-z\"']")
_QUOTED_BEHIND = re.compile(
    r"(?:产品|平台|服务|系统|应用|家族|系列|助手)?(包括|分别是|名为|名叫|"
    r"就叫)?[:\-· ]{0,2}[\"']([^\"'\n,。;:!?]{2,20})[\"']"
)
_LATIN_BEHIND = re.compile(rf"(?:产品|平台|家族|系列)?[:\-· \"']{{0,3}}({LATIN_NAME})")

_LAUNCH = "发布|推出|上线|开源|亮相|升级|官宣|公布|宣布|面世|问世|首发|发表|备案|获批"
_MAKE = (
    "打造|研发|研制|开发|训练|自研|构建|旗下|名为|命名|取名|代号|接入|搭载|部署|采用|调用|基于|依托|引入|集成|借助|"
    "内置|使用|运用|利用"
)
_LAUNCHING = re.compile(f"{_LAUNCH}|{_MAKE}")
_JUST_LAUNCHED = re.compile(
    rf"(?:{_LAUNCH}|{_MAKE})(?:出|了|过)?(?:其|该|的|了|款|个|首[个款]|一款|国内|业界|全新|最新|新一代|第一|自主研发|"
    rf"自研|旗下|名为|联合|"
    rf"[一两三四五六七八九十百]+[个款]|[{HAN}]{{2,4}}的)*$"
)
_OWN = re.compile("(?:旗下|自研|自主研发)的?$|(?:院|大学|公司|集团|研究所|实验室|团队|中心|企业|银行|科技)的$")
_BEHIND = re.compile(
    r"[\"')]?(?: ?[Vv]?\d+\.\d+| ?\([A-Z]| ?[Vv]\d|(?:已经?|也|将|于[^,。;:!?、\n]{0,8}|正式|全新|[今近昨]日|日前|"
    r"现已|成功|"
    r"顺利|首次|率先|同步|完成|通过|"
    rf"面向公众|对外){{0,3}}(?:{_LAUNCH}|日均|月活|已(?:在|接入|覆盖|应用|落地|服务|成为|向|被|支持)|参数(?:规模|"
    rf"量)?(?:为|达|超|约)|入选|登顶|内测|公测|对外开放|开放|投产|投用|启用|更新|迭代))"
)
_BREAK = re.compile(r"[^\w]|\d")
_QUOTES = ('"', "'")
_NO_MODEL_BEHIND = "专栏|栏目|课|论坛|沙龙|讲座|活动|系列|报告|丛书|书|赛|计划|行动"
_QUOTE_END = re.compile(  # “紫竹大模型”, “紫竹大模型2.0”; no “看懂大模型”专栏
    rf"(?: ?[Vv]?\d+(?:\.\d+)*)?[\"'](?!的?[^,。;:!?、\n]{{0,6}}(?:{_NO_MODEL_BEHIND}))"
)

_NAMING_VERB = re.compile("名为|名叫|命名|取名|定名|代号|叫$")
_NAMING = re.compile(
    rf"(?:名为|名叫|命名为|取名为?|定名为|代号为?|名字叫) ?(?:[\"']([^\"'\n]{{2,16}})[\"']|({LATIN_NAME}))"
)
_CALLED_MODEL = re.compile("大模型|语言模型|AI模型|推理模型|开源模型|人工智能模型")
_NEAR_MODEL = 30
_KIND_BEFORE = re.compile(
    rf"(?:聊天机器人|AI ?助手|智能助手|AI智能体)[:\-· ]?(?:[\"']([^\"'\n,。]{{2,12}})[\"']|({LATIN_NAME}))"
)
_QUOTED_VERSION = re.compile(
    rf"(?:{_LAUNCH})(?:了|的)?[^,。;:!?\"'\n]{{0,8}}[\"']([^\"'\n,。;:!?]{{2,10}}?[ Vv]?\d+\.\d+)[\"']"
)
_FILED = re.compile(
    r"[\"']([^\"'\n,。;:!?]{2,16})[\"'](?=[^。;!?\n]{0,24}(?:通过|完成|获得?|取得)[^。;!?\n]{0,14}备案)"
)
_LATIN = re.compile(LATIN_NAME)
_INSIDE_WORD = re.compile(r"[A-Za-z\d.+-]")
_LAUNCH_BEFORE = re.compile(
    "(?:发布|推出|开源|上线|亮相|对标|超过|超越|官宣|接入|部署|搭载|调用|基于|上架|集成|对齐|比肩|媲美|微调|"
    "继)(?:了|的|的是)?(?:旗下|全新|最新|新一代|自研|的)*[ \"']?$"
)
_MODEL_BEHIND = re.compile(
    "[\"']?(?:,是?|是|--?|:)(?:他们|公司|团队|其|业界|国内|全球)?(?:首个|首款|最新|一[款个种])[^,。;:!?\n]{0,24}模型"
)
_BEFORE_LATIN = 12
_SENTENCE_END = re.compile("[。;!?]")
_OF_MODEL = re.compile("模型|参数|上下文|[Tt]oken|多模态|推理能力|基准|文生|聊天机器人|对话能力")
_OF_DEVICE = re.compile(
    "手机|芯片|显卡|处理器|服务器|车型|轿车|新车|电脑|平板|耳机|手表|眼镜|相机|操作系统|框架|引擎|"
    "机器人(?<!聊天机器人)|主板|内存"
)


def chinese_models(line: str, *, speaks_of_ai: bool) -> Iterator[Found]:
    """Yield what looks like a model's name in a folded line; ``speaks_of_ai`` is what the whole text does."""
    at = line.find(_MODEL)
    while at >= 0:
        yield from _around(line, at, speaks_of_ai=speaks_of_ai)
        at = line.find(_MODEL, at + len(_MODEL))
    yield from _named(line)
    if speaks_of_ai and line != line.lower():
        yield from _versioned(line)


def _around(line: str, at: int, *, speaks_of_ai: bool) -> Iterator[Found]:
    """Find a name before or behind 模型 at ``at``."""
    end = at + len(_MODEL)
    if _COMPANY_BEHIND.match(line, end):
        return
    begin = at - _LEFT if at > _LEFT else 0
    left = line[begin:at]
    size = next(filter(left.endswith, _SIZES_LONGEST_FIRST), "") if left[-1:] in _SIZE_ENDS else ""
    if size:
        left = left[: -len(size)]
    if left and left[-1] not in _ENDS_NO_NAME:
        yield from _before(line, left, begin, end, is_large=size != "", speaks_of_ai=speaks_of_ai)
    if speaks_of_ai and _SIGN_BEHIND.search(line, end, end + 8):
        yield from _behind(line, left, end)


def _before(line: str, left: str, begin: int, end: int, *, is_large: bool, speaks_of_ai: bool) -> Iterator[Found]:
    near = left[-_NEAR_QUOTE:]
    quoted = _QUOTED_BEFORE.search(left) if '"' in near or "'" in near else None
    if quoted:
        yield from _quoted(left, quoted, begin, is_large=is_large, speaks_of_ai=speaks_of_ai)
        return
    latin = _LATIN_BEFORE.search(left) if _LETTER.search(near) and _CAPITAL.search(left) else None
    if latin:
        tells = is_large or _AI_KIND.search(latin[2]) is not None
        yield from _latin(line, left, latin, begin, end, tells=tells, speaks_of_ai=speaks_of_ai)
        return
    run = _RUN_BACKWARDS.match(left[::-1])
    size = run.end() if run else 0
    if size > 1:
        yield from _plain(line, left[-size:], begin + len(left) - size, end, is_large=is_large)


def _quoted(left: str, quoted: re.Match[str], begin: int, *, is_large: bool, speaks_of_ai: bool) -> Iterator[Found]:
    lead, described = left[: quoted.start()][-_CLAUSE:], quoted[2]
    if described.startswith("的"):
        if not _NAMING_VERB.search(lead):
            return
        described = described[1:]
    if _BAD_BEFORE_QUOTE.search(lead) or not is_described(described):
        return
    tells = is_large or _AI_KIND.search(described) or (speaks_of_ai and _LAUNCHING.search(lead))
    name = plain_name(quoted[1]) if tells else None
    if name is not None:
        yield begin + quoted.start(1), begin + quoted.end(1), name, "a name in quotes before 模型"


def _latin(
    line: str, left: str, latin: re.Match[str], begin: int, end: int, *, tells: bool, speaks_of_ai: bool
) -> Iterator[Found]:
    named = latin_name(latin[1])
    if named is None or not is_described(latin[2]):
        return
    if tells or (speaks_of_ai and (_looks_coined(latin[1], named.name) or _is_launched(line, left, end))):
        yield begin + latin.start(1) + named.start, begin + latin.end(1), named.name, "a Latin name before 模型"


def _looks_coined(surface: str, name: str) -> bool:
    """Say whether a Latin name shows a version, a hyphen or a capital inside."""
    return name != surface or re.search("[a-z][A-Z]|-", surface) is not None


def _is_launched(line: str, left: str, end: int) -> bool:
    clause = re.split("[,。;:!?]", left)[-1]
    return _LAUNCHING.search(clause) is not None or _BEHIND.match(line, end) is not None


def _plain(line: str, run: str, start: int, end: int, *, is_large: bool) -> Iterator[Found]:
    """Find a name in Han characters right before 模型: behind a verb, before a verb or version, or quoted with 模型."""
    is_called = _BEHIND.match(line, end) is not None
    is_closed = is_large and not is_called and _QUOTE_END.match(line, end) is not None
    if not (is_called or is_closed or "的" in run or _LAUNCHING.search(run)):
        return
    found = last_name(run) if is_large or _AI_KIND.search(run) else None
    if found is None or not (is_large or _AI_KIND.search(found.described)):
        return
    lead = run[: found.cut]
    named = bool(_JUST_LAUNCHED.search(lead) or (is_large and _OWN.search(lead)))
    if not named and (found.cut or start == 0 or _BREAK.match(line[start - 1])):
        named = is_called
    if not named and not found.cut and is_closed:
        opening = re.split("[,。;:!?]", line[max(0, start - _CLAUSE) : start])[-1]
        named = opening.endswith(_QUOTES) and _LAUNCHING.search(opening) is not None
    if named:
        at = start + found.start
        yield at, at + len(found.name), found.name, "a name before 模型"


def _behind(line: str, left: str, end: int) -> Iterator[Found]:
    """Find a name behind 模型: 开源大模型“紫竹”, 推理模型Lumen-2."""
    latin = _LATIN_BEHIND.match(line, end)
    if latin:
        named = latin_name(latin[1])
        if named and (_looks_coined(latin[1], named.name) or _is_launching(left)):
            yield latin.start(1) + named.start, latin.end(1), named.name, "a Latin name behind 模型"
        return
    quoted = _QUOTED_BEHIND.match(line, end)
    if quoted is None or not (quoted[1] or _is_launching(left) or is_described(left[-2:] or "?")):
        return
    name = plain_name(quoted[2])
    if name is not None:
        yield *quoted.span(2), name, "a name in quotes behind 模型"


def _is_launching(left: str) -> bool:
    """Say whether the clause that ``left`` ends in speaks of a launch."""
    return _LAUNCHING.search(_CLAUSE_PARTS.split(left)[-1]) is not None


def _named(line: str) -> Iterator[Found]:
    for found in _NAMING.finditer(line) if _MODEL in line and ("名" in line or "代号" in line) else ():
        around = line[max(0, found.start() - _NEAR_MODEL) : found.end() + _NEAR_MODEL]
        name = plain_name(found[1] or found[2]) if _CALLED_MODEL.search(around) else None
        if name is not None:
            yield *found.span(1 if found[1] else 2), name, "named as a model"
    for found in _KIND_BEFORE.finditer(line) if "机器人" in line or "助手" in line or "智能体" in line else ():
        name = plain_name(found[1] or found[2])
        if name is not None:
            yield *found.span(1 if found[1] else 2), name, "called a chatbot"
    for found in _QUOTED_VERSION.finditer(line) if "." in line and ('"' in line or "'" in line) else ():
        name = plain_name(found[1])
        if name is not None and _is_of_model(line, *found.span()):
            yield *found.span(1), name, "launched with a version"
    if "备案" not in line or not re.search("大模型|生成式", line):
        return
    for found in _FILED.finditer(line):
        name = plain_name(found[1])
        if name is not None:
            yield *found.span(1), name, "a service that was filed"


def _versioned(line: str) -> Iterator[Found]:
    """Find a Latin name said to be a model (Lumen，一款大模型), or with a version behind a verb (发布Lumen 4)."""
    for found in _LATIN.finditer(line) if _OF_MODEL.search(line) else ():
        before = line[max(0, found.start() - _BEFORE_LATIN) : found.start()]
        if _INSIDE_WORD.match(before[-1:]):
            continue
        is_said = _MODEL_BEHIND.match(line, found.end()) is not None
        if not is_said and not _LAUNCH_BEFORE.search(before):
            continue
        named = latin_name(found[0])
        if named and (is_said or (named.name != found[0] and _is_of_model(line, *found.span()))):
            how = "said to be a model" if is_said else "launched with a version"
            yield found.start() + named.start, found.end(), named.name, how


def _is_of_model(line: str, start: int, end: int) -> bool:
    """Say whether the sentence around a place speaks of models and of no device."""
    stop = _SENTENCE_END.search(line, end, end + _LEFT)
    sentence = line[max(0, start - _LEFT) : stop.start() if stop else end + _LEFT]
    return _OF_MODEL.search(sentence) is not None and _OF_DEVICE.search(sentence) is None
