"""Untracked models in Chinese sentences: “紫竹”大模型, 发布紫竹大模型, 开源模型Lumen-7B, 名为“紫竹”的大模型.

Works on one folded line with its case. Knows the shapes of sentences; what can be a name says ``discover_names``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from monitor.tag.discover_names import LATIN_NAME, Found, is_described, latin_name, plain_name
from monitor.tag.discover_plain import AI_KIND, LAUNCH, LAUNCHING, is_called, plain_models
from monitor.tag.discover_told import is_of_model, told_models
from monitor.tag.squeeze import HAN

__all__ = ["chinese_models"]

_MODEL = "模型"
_LEFT, _CLAUSE = 40, 28  # characters before 模型 that are looked at; before a name
_ENDS_NO_NAME = frozenset(",。;:!?、(\n和与对用将把是为在了让向等个款种")
_ENDS_A_KIND = ("专用", "民用", "军用", "商用")
_COMPANY_BEHIND = re.compile("公司|厂商|企业|创业|应用商|赛道|行业|时代")
_SIZES = {  # what a large model is called, by its last character, the longest first
    "大": ("超大", "大"),
    "言": ("大型语言", "大语言", "语言"),
    "型": ("大型",),
    "态": ("大型多模态", "大多模态"),
    "模": ("超大规模",),
}
_CAPITAL, _LETTER, _MARKED = re.compile("[A-Z]"), re.compile("[A-Za-z\\d]"), re.compile("[\"'A-Za-z\\d]")
_CLAUSE_PARTS = re.compile("[,。;!?]")
_LAST_CLAUSE = re.compile("[,。;:!?]")
_NEAR_QUOTE = 16  # characters between a closing quote, or a Latin name, and 模型
_DESCRIBED = rf"(?:[{HAN}]|[A-Z]{{2,4}}|[ \d.vV-]){{0,12}}"
_QUOTED_BEFORE = re.compile(rf"[\"']([^\"'\n,。;:!?]{{2,20}})[\"'](?:\([^()]{{1,24}}\))? ?({_DESCRIBED})$")
_BAD_BEFORE_QUOTE = re.compile(
    "(?:所谓|一种|一场|一次|称之?为|堪称|被誉为|誉为|形容为|比作|视为|看作|叫做|呼吁|存在|出现|产生|陷入|解决|缓解|"
    "警惕|拒绝|[不没别])的?$"
)
_LATIN_BEFORE = re.compile(
    rf"(?<![A-Za-z\d.-])({LATIN_NAME})(?:\([^()]{{1,24}}\))?[ -]?((?:[{HAN}]|AI|NLP|CV|MoE| ){{0,12}})$"
)
_RUN_BACKWARDS = re.compile(rf"[{HAN}·]*(?:[A-Z]{{2,4}}(?=[{HAN}])[{HAN}·]+)*")
_SIGN_BEHIND = re.compile("[A-Za-z\"']")
_QUOTED_BEHIND = re.compile(
    r"(?:产品|平台|服务|系统|应用|家族|系列|助手)?(包括|分别是|名为|名叫|"
    r"就叫)?[:\-· ]{0,2}[\"']([^\"'\n,。;:!?]{2,20})[\"']"
)
_LATIN_BEHIND = re.compile(rf"(?:产品|平台|家族|系列)?[:\-· \"']{{0,3}}({LATIN_NAME})")

_NAMING_VERB = re.compile("名为|名叫|命名|取名|定名|代号|叫$")
_NAMING = re.compile(
    rf"(?:名为|名叫|命名为|取名为?|定名为|代号为?|名字叫) ?(?:[\"']([^\"'\n]{{2,16}})[\"']|({LATIN_NAME}))"
)
_NAMED_SIGN = re.compile("名|代号|机器人|助手|智能体|备案|\\.")
_CALLED_MODEL = re.compile("大模型|语言模型|AI模型|推理模型|开源模型|人工智能模型")
_NEAR_MODEL = 30
_KIND_BEFORE = re.compile(
    rf"(?:聊天机器人|AI ?助手|智能助手|AI智能体)[:\-· ]?(?:[\"']([^\"'\n,。]{{2,12}})[\"']|({LATIN_NAME}))"
)
_QUOTED_VERSION = re.compile(
    rf"(?:{LAUNCH})(?:了|的)?[^,。;:!?\"'\n]{{0,8}}[\"']([^\"'\n,。;:!?]{{2,10}}?[ Vv]?\d+\.\d+)[\"']"
)
_FILED = re.compile(
    r"[\"']([^\"'\n,。;:!?]{2,16})[\"'](?=[^。;!?\n]{0,24}(?:通过|完成|获得?|取得)[^。;!?\n]{0,14}备案)"
)


def chinese_models(line: str, *, speaks_of_ai: bool, has_capitals: bool = True) -> list[Found]:
    """Return what looks like a model's name in a folded line; ``speaks_of_ai`` is what the whole text does.

    ``has_capitals``: the line may have Latin capitals.
    """
    if line.isascii():
        return []
    found: list[Found] = []
    at = line.find(_MODEL)
    while at >= 0:
        found += _around(line, at, speaks_of_ai=speaks_of_ai)
        at = line.find(_MODEL, at + len(_MODEL))
    if _NAMED_SIGN.search(line):
        found += _named(line)
    if speaks_of_ai:
        found += told_models(line, has_capitals=has_capitals)
    return found


def _around(line: str, at: int, *, speaks_of_ai: bool) -> list[Found]:
    """Return the names before and behind 模型 at ``at``."""
    end = at + len(_MODEL)
    if _COMPANY_BEHIND.match(line, end):
        return []
    begin = at - _LEFT if at > _LEFT else 0
    left = line[begin:at]
    size = _size(left)
    if size:
        left = left[:-size]
    found: list[Found] = []
    if left and (left[-1] not in _ENDS_NO_NAME or left.endswith(_ENDS_A_KIND)):
        found += _before(line, left, begin, end, is_large=size > 0, speaks_of_ai=speaks_of_ai)
    if speaks_of_ai and _SIGN_BEHIND.search(line, end, end + 8):
        found += _behind(line, left, end)
    return found


def _size(left: str) -> int:
    """Return the length of what calls a model large where ``left`` ends with it, else 0."""
    for size in _SIZES.get(left[-1:], ()):
        if left.endswith(size):
            return len(size)
    return 0


def _before(line: str, left: str, begin: int, end: int, *, is_large: bool, speaks_of_ai: bool) -> Iterable[Found]:
    near = left[-_NEAR_QUOTE:]
    if _MARKED.search(near):
        quoted = _QUOTED_BEFORE.search(left) if '"' in near or "'" in near else None
        if quoted:
            return _quoted(left, quoted, begin, is_large=is_large, speaks_of_ai=speaks_of_ai)
        latin = _LATIN_BEFORE.search(left) if _LETTER.search(near) and _CAPITAL.search(left) else None
        if latin and latin_name(latin[1]):
            tells = is_large or AI_KIND.search(latin[2]) is not None
            return _latin(line, left, latin, begin, end, tells=tells, speaks_of_ai=speaks_of_ai)
    run = _RUN_BACKWARDS.match(left[::-1])
    size = run.end() if run else 0
    return plain_models(line, left[-size:], begin + len(left) - size, end, is_large=is_large) if size > 1 else ()


def _quoted(left: str, quoted: re.Match[str], begin: int, *, is_large: bool, speaks_of_ai: bool) -> Iterator[Found]:
    lead, described = left[: quoted.start()][-_CLAUSE:], quoted[2]
    if described.startswith("的"):
        if not _NAMING_VERB.search(lead):
            return
        described = described[1:]
    if _BAD_BEFORE_QUOTE.search(lead) or not is_described(described):
        return
    tells = is_large or AI_KIND.search(described) or (speaks_of_ai and LAUNCHING.search(lead))
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
    clause = _LAST_CLAUSE.split(left)[-1]
    return LAUNCHING.search(clause) is not None or is_called(line, end)


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
    return LAUNCHING.search(_CLAUSE_PARTS.split(left)[-1]) is not None


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
        if name is not None and is_of_model(line, *found.span()):
            yield *found.span(1), name, "launched with a version"
    if "备案" not in line or not ("大模型" in line or "生成式" in line):
        return
    for found in _FILED.finditer(line):
        name = plain_name(found[1])
        if name is not None:
            yield *found.span(1), name, "a service that was filed"
