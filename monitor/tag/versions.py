"""How far a model's name goes: the words glued to it, its version, its size.

Reads the folded text behind a name: 文心大模型3.0, GPT-4o mini, “天工”3.5, 文心一言企业版, Qwen2.5-72B. Knows no model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.tag.squeeze import is_han, is_latin

__all__ = ["Extent", "extend", "has_clean_end", "is_head_of_model"]

_TAILS = (
    "Pro|Max|Ultra|Turbo|[Mm]ini|Nano|Flash|Lite|Plus|Omni|Air|Thinking|Think|Reasoner|Instant|Speciale|Exp|Preview|"
    "preview|Instruct|Chat|Base|Opus|Sonnet|Haiku|Fable|Vision|Coder|Codex|Next|Large|Medium|Small|Scout|Maverick|VL|"
    "Audio|Image|Video|Math|Fast|Heavy|Lightning|Distill"
)
_END = r"(?![A-Za-z\d])"
_SMALL = "pro|max|high|low|medium|turbo|flash|instruct|chat|lite|plus|base|it|exp|thinking"  # with a hyphen only
_TAIL = rf"(?:[ \-]?(?:{_TAILS}){_END}|-(?:{_SMALL}){_END})*"
_BUILD = r"(?:-(?:0[1-9]|1[0-2]|2[4-9])\d\d(?![\dA-Za-z\-年]))?"  # R1-0528, of a month and a day or year
_AMOUNT = rf"(?:\d+x)?\d+(?:\.\d+)?[BbMTt]{_END}(?:-[Aa]\d+(?:\.\d+)?[Bb]{_END})?"
_SIZE = rf"(?:[ \-]?{_AMOUNT}{_TAIL})?{_BUILD}"
_NUMBER = rf"\d+(?:\.\d+)*(?:[oOvVkK]{_END})?"
_INFIX = (
    "(?:认知|产业|行业|多模态|大?语言|推理|基础|通用|视觉|视频|视频生成|图像|语音|安全|金融|医疗|"
    "教育|政务|矿山|气象|科学计算|AI|[A-Z]{2,4})?"
)
_NOUN = re.compile(
    rf"(?:{_INFIX}(?:大型?(?:语言)?模型))?"
    "(?:平台|手机助手|智能助手|助手|App|APP|企业版|专业版|旗舰版|开源版|国际版|标准版|个人版|网页版|轻量版)?"
)
_AFTER_LATIN = re.compile(
    rf"[ \-]?(?:[Vv]?{_NUMBER}|[A-Z]\d+(?:\.\d+)*){_TAIL}{_SIZE}{_END}|"
    rf"(?:[ \-](?:{_TAILS})|-(?:{_SMALL})){_END}{_TAIL}{_SIZE}|{_SIZE}"
)
_AFTER_DIGIT = re.compile(rf"(?:\.\d+)*(?:[oOvVkK]{_END})?{_TAIL}{_SIZE}{_END}")
_AFTER_HAN = re.compile(
    rf" ?(?:[Vv]{_NUMBER}|\d+\.\d+(?:\.\d+)*|[A-Z]\d+(?:\.\d+)*){_TAIL}{_SIZE}{_END}| ?\d+[Bb]{_END}"
)
_NO_VERSION = re.compile(
    r" ?\d+(?:\.\d+)? ?(?:[年月日号点时分秒万亿千百个家款名位次人倍%元]|美元|million|billion|percent)"
)
_APART = re.compile(
    rf"(?:[\"')] ?|的(?:最新|全新|新)?的?(?=[^,。;\n]{{2,12}}版))"
    rf"((?:[Vv]{_NUMBER}|\d+\.\d+(?:\.\d+)*|[A-Z]\d+(?:\.\d+)*){_TAIL}{_END})"
)
_IN_NAME = re.compile(rf"(?:(?<![A-Za-z])[A-Za-z])?(?<![\d.])\d+(?:\.\d+)*(?:[oOvVkK]{_END})?{_TAIL}{_SIZE}$")
_SIZE_IN = re.compile(rf"(?:^|[ \-])({_AMOUNT})")
_SIZE_AT_END = re.compile(rf"(?<![A-Za-z\d.])({_AMOUNT}){_TAIL}{_BUILD}$")
_EDITION = re.compile("(?:企业|专业|旗舰|开源|国际|标准|个人|网页|轻量)版$")
_NOUN_AT_END = re.compile("(?:大型?(?:语言)?模型|平台|智能助手|助手|App|APP)+$")
_TAIL_AT_END = re.compile(rf"[ \-](?:{_TAILS}){_TAIL}$")
_MAY_SHOW = re.compile(r"[\d \-版]")
_HEAD = re.compile(rf"(?:[\"'》)] ?[\u4e00-\u9fff]{{0,8}}|{_INFIX}|[ ·])(?:大型?(?:语言)?模型)")


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a name ends with what is glued to it, and the version and the size it shows (as written, folded).

    ``tells_apart``: the version or size stands behind the spelling and is no part of it.
    """

    end: int
    version: str | None = None
    size: str | None = None
    tells_apart: bool = False


def extend(letters: str, start: int, end: int) -> Extent:
    """Return the extent of the name at ``letters[start:end]`` of a folded text."""
    noun_end = _noun_end(letters, end)
    stop = _version_end(letters, noun_end)
    if stop > noun_end:
        stop = _noun_end(letters, stop)
    apart = _APART.match(letters, stop)
    if stop == end and apart is None and not _MAY_SHOW.search(letters, start, end):
        return Extent(end)
    behind = _shown(letters[end:stop])
    if apart is not None and behind == (None, None):
        return Extent(stop, apart[1], None, tells_apart=True)
    version, size = _shown(letters[start:stop])
    is_apart = behind != (None, None) and behind == (version or behind[0], size or behind[1])
    return Extent(stop, version, size, tells_apart=is_apart)


def _shown(surface: str) -> tuple[str | None, str | None]:
    """Return the version and the size at the end of a name: 2.5 and 72B of Qwen2.5-72B."""
    edition = _EDITION.search(surface)
    if edition:
        return edition[0], None
    bare = _NOUN_AT_END.sub("", surface)
    only_size = _SIZE_AT_END.search(bare)
    found = _IN_NAME.search(bare) or _TAIL_AT_END.search(bare)
    if found is None or (only_size is not None and only_size.start() <= found.start()):
        return None, only_size[1] if only_size else None
    whole = found[0].strip(" -")
    size = _SIZE_IN.search(whole)
    if size is None:
        return whole or None, None
    version = (whole[: size.start()] + whole[size.end() :]).strip(" -")
    return version or None, size[1]


def _noun_end(letters: str, at: int) -> int:
    noun = _NOUN.match(letters, at)
    return noun.end() if noun else at


def _version_end(letters: str, end: int) -> int:
    last = letters[end - 1]
    pattern = _AFTER_DIGIT if last.isdigit() else _AFTER_LATIN if is_latin(last) else _AFTER_HAN
    found = pattern.match(letters, end)
    if found is None or (not last.isdigit() and _NO_VERSION.match(letters, end)):
        return end
    return found.end()


def has_clean_end(letters: str, end: int) -> bool:
    """Say whether no letter or digit runs on behind ``end``: GPT4All is not GPT4."""
    last, after = letters[end - 1], letters[end : end + 1]
    if not after or is_han(last) or not (last.isalnum() and last < "\u0530"):
        return True
    return not (is_latin(after) or after.isdigit())


def is_head_of_model(letters: str, end: int) -> bool:
    """Say whether 大模型 follows the name: glued, behind its closing quote, or with a word between."""
    return _HEAD.match(letters, end) is not None
