"""Untracked models whose name stands bare before 模型: 发布紫竹大模型, 接入紫竹大模型后, 浙江移动的网络运维大模型.

Works on one folded line with its case. A name that is launched there needs no more; one in the middle of a sentence
must be no everyday word, place or company; what only describes a model counts where somebody has made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from monitor.tag.discover_names import Found, Plain, described_end, last_name, listed
from monitor.tag.squeeze import HAN

__all__ = ["AI_KIND", "LAUNCH", "LAUNCHING", "is_called", "plain_models"]

LAUNCH = "发布|推出|上线|开源|亮相|升级|官宣|公布|宣布|面世|问世|首发|发表|备案|获批"
_MAKE = (
    "打造|研发|研制|开发|训练|自研|构建|旗下|名为|命名|取名|代号|接入|搭载|部署|采用|调用|基于|依托|引入|集成|借助|"
    "内置|使用|运用|利用"
)
LAUNCHING = re.compile(f"{LAUNCH}|{_MAKE}")
AI_KIND = re.compile(
    "AI|人工智能|语言|推理|多模态|生成|视觉|语音|视频|图像|编程|代码|世界|具身|端侧|嵌入|开源|基础|基座|垂直|行业|"
    "文生|智能|翻译|思考"
)
_JUST_LAUNCHED = re.compile(
    rf"(?:{LAUNCH}|{_MAKE})(?:出|了|过)?(?:其|该|的|了|款|个|首[个款]|一款|国内|业界|全新|最新|新一代|第一|自主研发|"
    rf"自研|旗下|名为|联合|"
    rf"[一两三四五六七八九十百]+[个款]|[{HAN}]{{2,4}}的)*$"
)
_OWN = re.compile("(?:旗下|自研|自主研发)的?$|(?:院|大学|公司|集团|研究所|实验室|团队|中心|企业|银行|科技)的$")
_BEHIND = re.compile(
    r"[\"')]?(?: ?[Vv]?\d+\.\d+| ?\([A-Z]| ?[Vv]\d|(?:已经?|也|将|于[^,。;:!?、\n]{0,8}|正式|全新|[今近昨]日|日前|"
    r"现已|成功|"
    r"顺利|首次|率先|同步|完成|通过|"
    rf"面向公众|对外){{0,3}}(?:{LAUNCH}|日均|月活|已(?:在|接入|覆盖|应用|落地|服务|成为|向|被|支持)|参数(?:规模|"
    rf"量)?(?:为|达|超|约)|入选|登顶|内测|公测|对外开放|开放|投产|投用|启用|更新|迭代))"
)
_BREAK = re.compile(r"[^\w]|\d")
_CLAUSE = 28  # characters before a name
_CLAUSE_PARTS = re.compile("[,。;:!?]")
_QUOTES = ('"', "'")
_NO_MODEL_BEHIND = "专栏|栏目|课|论坛|沙龙|讲座|活动|系列|报告|丛书|书|赛|计划|行动"
_QUOTE_END = re.compile(  # “紫竹大模型”, “紫竹大模型2.0”; no “看懂大模型”专栏
    rf"(?: ?[Vv]?\d+(?:\.\d+)*)?[\"'](?!的?[^,。;:!?、\n]{{0,6}}(?:{_NO_MODEL_BEHIND}))"
)

_NO_PRODUCT = re.compile(
    "[\"']?(?:业务|战略|产业|技术|[的之]?(?:争|战|热|梦|浪潮|路线|能力|时代|概念|板块|布局|投入|研发))"
)
_LISTED_BEFORE = re.compile("模型(?:和|与|及|以及|、)$")  # 交通大模型与照护大模型: kinds, most often
_LISTED_BEHIND = re.compile(f"(?:和|与|及|以及|、)[{HAN}]{{2,6}}模型")
_LISTED = 5
_IS_COMPANY = re.compile("公司|科技|集团|股份|控股|银行|大学|汽车|手机|创始人|董事长|总裁|CEO|市|省|县|区")
_PLACE_ENDS = ("市", "省", "县", "区", "州", "集团", "公司", "大学", "银行", "汽车", "科技")
_MOST_EVERYDAY, _MOST_OF_NAME = 80, 400
"""In jieba's count of words: 流萤 10, 瀚海 30, 天工 44, as a name 朱雀 176; 钢厂 300, 员工 3748."""
_LOOSE = frozenset(
    {"学习", "训练", "应用", "服务", "大学", "企业", "公司", "评测", "落地", "产业", "产品", "平台", "业务"}
)

_MIN_NAME = 2
_MOST_PLACES = 50  # of one name in a line: a line of one name must not take the square of that
_MOST_KEPT = 4096  # verdicts on names that stand in many articles

_MADE = re.compile(
    "(?:打造|研发|开发|研制|构建|训练|建成|推出)(?:出了?|了)(?:一款|首[个款]|一个)?$|"
    "(?<![该本其某各])(?:公司|集团|科技|研究院|研究所|实验室|银行|医院|移动|联通|电信|电网|运营商|[高法检医]院|大学)的$|"
    "(?:打造|研发|自研|开发|研制|构建|训练)的(?:一款|首[个款]|这款)?$"
)
_MANY = re.compile("多家|各家|各地|各大|不少|许多|一些|部分|几家|两家|数家|[等]|该公司|本公司|其公司")
_OWNER = 12  # characters before what is owned
_BASED = re.compile("(?:基于|依托|借助)(?:其|自研的|自有的)?$")
_BUILT_BEHIND = re.compile("[\"']?(?:的能力)?(?:打造|开发|研发|构建|搭建|建设)")
_BEFORE_KINDS = frozenset({"的", "之", "一款", "一个", "首个", "首款", "这款", "该", "此", "其"})
_NAMED_BEHIND = re.compile("[\"' :·-]*(?:[A-Z]|[\"'])")  # the name comes: 政务大模型“紫竹”
_MIN_DESCRIBED = 4
_MADE_SIGN = re.compile("的|了|出|基于|依托|借助")  # nothing is made where none of them stands


def is_called(line: str, end: int) -> bool:
    """Say whether what ends at ``end`` is launched, or has a version, right behind."""
    return _BEHIND.match(line, end) is not None


def plain_models(line: str, run: str, start: int, end: int, *, is_large: bool) -> Iterator[Found]:
    """Yield the name at the end of ``run``, Han characters from ``start``, before the 模型 that ends at ``end``."""
    found = last_name(run) if is_large or AI_KIND.search(run) else None
    if found is not None and (_is_launched(line, run, found, start, end, is_large=is_large)):
        yield _as_found(found, start, "a name before 模型")
    elif found is not None and is_large and _is_spoken_of(line, run, found, start, end):
        yield _as_found(_without_grammar(found), start, "a name in a sentence")
    elif found is None and is_large:
        yield from _described(line, run, start, end)


def _as_found(found: Plain, start: int, how: str) -> Found:
    at = start + found.start
    return at, at + len(found.name), found.name, how


def _is_launched(line: str, run: str, found: Plain, start: int, end: int, *, is_large: bool) -> bool:
    """Say whether a name stands behind a verb, before a verb or a version, or is quoted with 模型."""
    if not (is_large or AI_KIND.search(found.described)):
        return False
    lead = run[: found.cut]
    if _JUST_LAUNCHED.search(lead) or (is_large and _OWN.search(lead)):
        return True
    if (found.cut or _begins(line, start)) and is_called(line, end):
        return True
    if found.cut or not is_large or not _QUOTE_END.match(line, end):
        return False
    opening = _CLAUSE_PARTS.split(line[max(0, start - _CLAUSE) : start])[-1]
    return opening.endswith(_QUOTES) and LAUNCHING.search(opening) is not None


def _begins(line: str, start: int) -> bool:
    return start == 0 or _BREAK.match(line[start - 1]) is not None


def _is_spoken_of(line: str, run: str, found: Plain, start: int, end: int) -> bool:
    """Say whether a name in the middle of a sentence can be nothing but a model's."""
    if found.described and (len(found.described) > len("政务") or found.described in _LOOSE):
        return False
    if not (found.cut or _begins(line, start)) or _NO_PRODUCT.match(line, end):
        return False
    if _LISTED_BEFORE.search(line[: start + found.start][-_LISTED:]):
        return False
    if _LISTED_BEHIND.match(line, end):
        return False
    if any(_IS_COMPANY.match(line, at + len(found.name)) for at in _places(line, found.name)):
        return False
    return is_coined(_without_grammar(found).name)


def _places(line: str, name: str) -> Iterator[int]:
    """Yield where a name stands in a line, the first places of many."""
    at = -1
    for _ in range(_MOST_PLACES):
        at = line.find(name, at + 1)
        if at < 0:
            return
        yield at


def _without_grammar(found: Plain) -> Plain:
    """Return a name without the words of grammar that it begins with: 瀚海 for 据瀚海."""
    name = found.name
    for piece in _pieces(name)[:-1]:
        if piece not in listed("grammar") or len(name) - len(piece) < _MIN_NAME:
            break
        name = name[len(piece) :]
    start = found.start + len(found.name) - len(name)
    return Plain(start, max(found.cut, start), name, found.described)


@lru_cache(maxsize=_MOST_KEPT)
def _pieces(name: str) -> tuple[str, ...]:
    from monitor.tag.segment import words_of

    return words_of(name)


@lru_cache(maxsize=_MOST_KEPT)
def is_coined(name: str) -> bool:
    """Say whether a Han name is neither an everyday word nor a place or company that jieba's dictionary knows."""
    from monitor.tag.segment import commonness
    from monitor.tag.word_kinds import is_action, is_deed, is_grammar, is_phrase

    pieces = _pieces(name)
    if any(
        piece in listed("grammar") or any(is_kind(piece) for is_kind in (is_action, is_deed, is_grammar, is_phrase))
        for piece in pieces
    ):
        return False
    if any(commonness(name + end) for end in _PLACE_ENDS):
        return False
    return all(commonness(piece) <= _most(piece) for piece in pieces if len(piece) > 1)


def _most(word: str) -> int:
    from monitor.tag.word_kinds import is_proper

    return _MOST_OF_NAME if is_proper(word) else _MOST_EVERYDAY


def _described(line: str, run: str, start: int, end: int) -> Iterator[Found]:
    """Find what only describes a model that somebody has made: 浙江移动的网络运维大模型."""
    if not _MADE_SIGN.search(run):
        return
    words, at = described_end(run)
    lead = run[:at]
    while words and words[0] in _BEFORE_KINDS:
        lead, words = lead + words[0], words[1:]
    size = sum(map(len, words))
    if size < _MIN_DESCRIBED or all(word in listed("kinds") for word in words) or _NAMED_BEHIND.match(line, end):
        return
    is_based = _BASED.search(lead) and _BUILT_BEHIND.match(line, end)
    if is_based or (_MADE.search(lead) and not _MANY.search(lead[-_OWNER:])):
        begin = start + len(run) - size
        yield begin, end, line[begin:end], "a model without a name that somebody made"
