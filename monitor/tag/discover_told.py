"""Untracked models that a Chinese text tells of without calling them 模型 right there.

“流萤”是一款端侧大模型, 云深实验室的流萤是首个儿童大模型, 青冥-R1, Ember-2在长文本上优于同尺寸的开源模型. Works on one
folded line, of a text that speaks of AI, with its case; what can be a name says ``discover_names``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.tag.discover_names import (
    LATIN_NAME,
    Found,
    is_han_name,
    last_name,
    latin_name,
    latin_name_apart,
    plain_name,
)
from monitor.tag.discover_plain import is_coined
from monitor.tag.squeeze import HAN

__all__ = ["is_of_model", "told_models"]

_KIND = "大|语言|推理|开源|多模态|全模态|生成式?|视觉|代码|视频|语音|AI|人工智能|基础|基座|世界|智能"
_IN_REACH = "(?=[^,。;:!?\\n]{1,28}模型)"  # what follows tries each place: cheap, before the costly
_NO_FIELD = "(?![的公厂企产业]|行业|时代|赛道|应用商)"
_A_MODEL = rf"{_IN_REACH}[^,。;:!?\n]{{0,24}}?(?:{_KIND})模型{_NO_FIELD}"
_IS_SIGN = re.compile(f"模型(?<=[大言理源态成式觉码频音I能础座界]模型){_NO_FIELD}")
_IS = re.compile(rf"(?:是|为|系|属于|被视[作为]|被称[作为]|定位[为于成]){_A_MODEL}")
_NAME_BEFORE = 40  # characters
_QUOTED = r"[\"']([^\"'\n,。;:!?]{2,12})[\"']"
_QUOTED_BEFORE = re.compile(rf"{_QUOTED}$")
_APART = latin_name_apart(r"A-Za-z\d.+-")
_LATIN_BEFORE = re.compile(rf"({_APART})[\"']?$")
_MAKER = r"(?:公司|集团|科技|智能|数科|国创|信息|软件|股份|实验室|研究院|研究所|科学院|大学|团队|云|[A-Z][A-Za-z]{2,})"
_OF_MAKER = rf"{_MAKER}(?:旗下|研发|推出|自研|开源|发布)?$"
_MAKER_BEFORE = re.compile(_OF_MAKER)
_OWNED_REACH = 5  # characters of a name of four and 的
_OF_MAKER_BEFORE = re.compile(rf"{_OF_MAKER.removesuffix('$')}的([{HAN}]{{2,4}})$")
_MAKER_ENDS = "(?<=[司团技能科创息件份室院所学队云下发出研源布A-Za-z]的)"  # the last characters of the above
_OWNED_SIGN = re.compile(f"的{_MAKER_ENDS}[{HAN}\"']")
_OWNED = re.compile(  # 科大国创的长庚在代码大模型榜单上, 某某科技的丹青更偏设计，两者都是大模型
    rf"的{_MAKER_ENDS}([{HAN}]{{2,4}}?)(?=在[^,。;:!?\n]{{0,12}}模型[^,。;:!?\n]{{0,4}}(?:榜|评测|竞赛)|"
    rf"[^,。;:!?\n]{{0,16}},[^。;!?\n]{{0,20}}(?:都|均|同)(?:是|为|属于)[^,。;:!?\n]{{0,12}}模型)"
)
_QUOTED_OWNED = re.compile(
    rf"的{_MAKER_ENDS}{_QUOTED}(?=(?:已经?|将|现已|正)[^,。;:!?\n]{{0,16}}"
    rf"(?:落地|上线|接入|部署|开源|商用|试用|服务|备案|投用)[^。;!?\n]{{0,30}}模型)"
)
_BETTER = re.compile("优于|超过|超越|领先|击败|胜过|逼近|媲美|不输|追平|比")
_WITH_VERSION = re.compile(r"[0-9](?:(?<=[A-Za-z].)|(?<=[A-Za-z][ -].))")  # sought from the digit: letters are many
_VARIANT = (
    r"(?:VL|Coder|Math|Omni|Audio|Chat|Instruct|Base|Thinking|Embedding|Vision|[RVMT]\d(?:\.\d+)?|\d+(?:\.\d+)?B)"
)
_HAN_VARIANT = re.compile(
    rf"([{HAN}]{{2,14}})-({_VARIANT}(?:-(?:{_VARIANT}|\d+(?:\.\d+)?|[A-Z][a-z]+))*)(?![A-Za-z\d])", re.ASCII
)
_VARIED = re.compile(f"-(?<=[{HAN}]-)[A-Z\\d]")
_SCORED = re.compile(
    rf"({_APART})(?=[在的]?[^,。;:!?\n]{{0,24}}(?:优于|超过|超越|领先|击败|胜过|逼近|媲美|不输|追平|比)"
    rf"[^,。;:!?\n]{{0,16}}(?:模型|GPT|Claude|Gemini|DeepSeek|Qwen|Llama))"
)
_OF_MODEL = re.compile("模型|参数|上下文|token|Token|多模态|推理能力|基准|文生|聊天机器人|对话能力")
_OF_DEVICE = re.compile(
    "手机|芯片|显卡|处理器|服务器|车型|轿车|新车|电脑|平板|耳机|手表|眼镜|相机|操作系统|框架|引擎|"
    "机器人(?<!聊天机器人)|主板|内存"
)
_SENTENCE_END = re.compile("[。;!?]")
_AROUND = 40
_MARKS = ('"', "'")

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


def told_models(line: str, *, has_capitals: bool = True) -> list[Found]:
    """Return what a folded line tells of as a model; ``has_capitals``: it may have Latin ones."""
    found: list[Found] = []
    if "模型" in line:
        found += _said(line)
        if has_capitals:
            found += _compared(line)
    if _VARIED.search(line) and _OF_MODEL.search(line):
        found += _with_variant(line)
    if has_capitals:
        found += _versioned(line)
    return found


def is_of_model(line: str, start: int, end: int) -> bool:
    """Say whether the sentence around a place speaks of models and of no device."""
    stop = _SENTENCE_END.search(line, end, end + _AROUND)
    sentence = line[max(0, start - _AROUND) : stop.start() if stop else end + _AROUND]
    return _OF_MODEL.search(sentence) is not None and _OF_DEVICE.search(sentence) is None


def _said(line: str) -> Iterator[Found]:
    for says in _IS.finditer(line) if _IS_SIGN.search(line) else ():
        begin = max(0, says.start() - _NAME_BEFORE)
        left = line[begin : says.start()]
        left = left[:-1] if left.endswith(("就", "都", "均")) else left
        for start, end, name, how in _before(left.removesuffix(",")):
            yield begin + start, begin + end, name, how
    for found in (*_OWNED.finditer(line), *_QUOTED_OWNED.finditer(line)) if _OWNED_SIGN.search(line) else ():
        if _MAKER_BEFORE.search(line[max(0, found.start() - _NAME_BEFORE) : found.start()]):
            yield from _owned(found)


def _before(left: str) -> Iterator[Found]:
    """Find the name that stands right before what says that it is a model."""
    if left.endswith(('"', "'")) and (quoted := _QUOTED_BEFORE.search(left)):
        if (name := plain_name(quoted[1])) is not None:
            yield *quoted.span(1), name, "said to be a model"
    elif left[-2:].isascii() and (latin := _LATIN_BEFORE.search(left)):
        yield from _latin(latin, "said to be a model")
    elif "的" in left[-_OWNED_REACH:] and (owned := _OF_MAKER_BEFORE.search(left)):
        yield from _owned(owned)


def _owned(found: re.Match[str]) -> Iterator[Found]:
    quoted = found[0][1:2] in _MARKS
    name = plain_name(found[1]) if quoted else found[1]
    if name is not None and (quoted or (is_han_name(name) and is_coined(name))):
        yield *found.span(1), name, "said to be a maker's model"


def _compared(line: str) -> Iterator[Found]:
    """Find Latin names with a version that do better than models: Ember-2在长文本上优于同尺寸的开源模型."""
    for found in _SCORED.finditer(line) if _WITH_VERSION.search(line) and _BETTER.search(line) else ():
        if re.search(r"\d", found[1]):
            yield from _latin(found, "compared with models")


def _latin(found: re.Match[str], how: str) -> Iterator[Found]:
    named = latin_name(found[1])
    if named and (how == "said to be a model" or named.name != found[1]):
        yield found.start(1) + named.start, found.end(1), named.name, how


def _with_variant(line: str) -> Iterator[Found]:
    """Find Han names with a variant behind a hyphen: 青冥-R1, 云岫-VL-32B."""
    for found in _HAN_VARIANT.finditer(line):
        plain = last_name(found[1])
        if plain is None or plain.described or not is_of_model(line, *found.span()):
            continue
        if plain.cut or found.start() == 0 or not line[found.start() - 1].isalnum():
            yield found.start() + plain.start, found.end(), plain.name, "a name with a variant"


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
        if named and (is_said or (named.name != found[0] and is_of_model(line, *found.span()))):
            how = "said to be a model" if is_said else "launched with a version"
            yield found.start() + named.start, found.end(), named.name, how
