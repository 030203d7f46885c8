"""How far a model's name goes: the words glued to it, its version, its variant, its size.

Reads the folded text behind a name: 文心大模型3.0, GPT-4o mini, “天工”3.5, 文心一言企业版, Qwen2.5-72B. Knows no model.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from monitor.tag.labels import END, NUMBER, PIECE, SIZE, WORD, Label, label_in_name, read_label
from monitor.tag.squeeze import is_han, is_latin

__all__ = ["Extent", "extend", "has_clean_end", "is_head_of_model"]

_INFIX = (
    "(?:认知|产业|行业|多模态|大?语言|推理|基础|通用|视觉|视频|视频生成|图像|语音|安全|金融|医疗|"
    "教育|政务|矿山|气象|科学计算|翻译|写作|编程|代码|客服|营销|电商|零售|物流|交通|汽车|法律|司法|税务|财税|农业|能源|电力|水务|化工|制造|文旅|传媒|"
    "医学|医药|生物|药物|蛋白质|天气|海洋|遥感|地理|城市|城市治理|政法|应急|公安|心理|声音|音乐|音频|图像生成|文生图|数字人|具身|机器人|世界|"
    "AI|[A-Z]{2,4})?"
)
_NOUN = re.compile(
    rf"(?:{_INFIX}(?:大型?(?:语言)?模型))?"
    "(?:平台|数字人|手机助手|智能助手|助手|App|APP|企业版|专业版|旗舰版|开源版|国际版|标准版|个人版|网页版|轻量版)?"
)
_SERIES = r"[A-Z]\d+(?:\.\d+)*"
_HEADS = {
    "latin": re.compile(rf"[ \-]?(?:[Vv]?{NUMBER}|{_SERIES}){END}|[ \-][a-z]\d+\.\d+{END}"),
    "digit": re.compile(rf"(?:\.\d+)*(?:-\d(?=-(?:[a-z]|20\d{{6}})))?(?:[oOvVn])?{END}"),
    "han": re.compile(
        rf"[ \-]?(?:[Vv]{NUMBER}|\d+\.\d+(?:\.\d+)*|{_SERIES}|\d+(?= (?:Turbo|Pro|Max|Ultra|Lite){END})){END}"
    ),
}
_BEHIND_HAN = re.compile(
    rf" ?(?:Pro|Max|Ultra|TurboS|Turbo|Lite|Plus|[Mm]ini|Nano|Air|Flash|Speed){END}|-(?!\d){WORD}|{SIZE}"
)
_BEFORE_NUMBER = re.compile(rf"-?(?:{SIZE}|-[vV]?\d)")
_NO_VERSION = re.compile(
    r" ?\d+(?:\.\d+)? ?(?:[年月日号点时分秒万亿千百个家款名位次人倍%元]|美元|million|billion|percent)"
)
_APART = re.compile(
    rf"(?:[\"')] ?|的(?:最新|全新|新)?的?(?=[^,。;\n]{{2,12}}版))"
    rf"((?:[Vv]{NUMBER}|\d+\.\d+(?:\.\d+)*|{_SERIES})(?:{WORD})*{END})"
)
_EDITION = re.compile("(?:企业|专业|旗舰|开源|国际|标准|个人|网页|轻量)版$")
_KNOWN_WORD = re.compile(WORD)
_MOST_PIECES = 8
_MOST_KEPT = 4096  # what names show, read again in many articles
_MAY_GO_ON = re.compile(
    r"[A-Za-z\d \-.认产行多大语推基通视图安金医教政矿气科平手智助企专旗开国标个网轻]|"
    r"(?:[\"')] ?|的(?:最新|全新|新)?的?)[A-Z\dv]"
)
"""What any noun, version or variant begins with."""
_MAY_SHOW = re.compile(r"[\d \-版]")
_HEAD = re.compile(rf"(?:[\"'》)] ?[\u4e00-\u9fff]{{0,8}}|{_INFIX}|[ ·])(?:大型?(?:语言)?模型)")


@dataclass(slots=True)  # not frozen: see Match
class Extent:
    """Where a name ends with what is glued to it, and what it shows (as written, folded).

    ``number`` is the version alone (3, V3.2, K2, R1-0528), ``variant`` the words of a sub-model (Coder-Instruct, Opus,
    企业版), ``size`` the parameters (480B-A35B). ``version`` is number and variant as readers say them: V3.2-Exp, but
    4.5 of Opus 4.5. ``tells_apart``: something of it stands behind the spelling and is no part of it.
    """

    end: int
    version: str | None = None
    size: str | None = None
    tells_apart: bool = False
    number: str | None = None
    variant: str | None = None


def extend(letters: str, start: int, end: int, names: Container[int] = ()) -> Extent:
    """Return the extent of the name at ``letters[start:end]`` of a folded text.

    ``names`` are offsets where tracked names begin: no unknown word of a variant is one.
    """
    if not _MAY_GO_ON.match(letters, end) and not _MAY_SHOW.search(letters, start, end):
        return Extent(end)
    noun_end = _noun_end(letters, end)
    stop = _label_end(letters, start, noun_end, names)
    close = _noun_end(letters, stop) if stop > noun_end else stop
    apart = _APART.match(letters, close)
    if close == end and apart is None and not _MAY_SHOW.search(letters, start, end):
        return Extent(end)
    edition = _EDITION.search(letters, start, close)
    if edition and edition.end() == close and stop == noun_end:
        return Extent(close, edition[0], None, tells_apart=close > end, variant=edition[0])
    behind = letters[noun_end:stop]
    if apart is not None and not behind:
        return _shown(close, "", apart[1])
    return _shown(close, label_in_name(letters[start:end]), behind)


def _shown(end: int, own: str, behind: str) -> Extent:
    """Return the extent of a name whose spelling ends in ``own`` and goes on with ``behind``."""
    label, tells_apart = _read(own, behind)
    return Extent(end, label.told, label.size, tells_apart, label.version, label.variant)


@lru_cache(maxsize=_MOST_KEPT)
def _read(own: str, behind: str) -> tuple[Label, bool]:
    """Return what a name shows that ends in ``own`` and goes on with ``behind``; whether the latter tells it apart."""
    is_told = any(char.isdigit() for char in behind) or _KNOWN_WORD.match(behind) is not None
    return read_label(own + behind), is_told and read_label(own).version is None


def _noun_end(letters: str, at: int) -> int:
    noun = _NOUN.match(letters, at)
    return noun.end() if noun else at


def _label_end(letters: str, start: int, at: int, names: Container[int]) -> int:
    """Return the end of the versions, variants and sizes that begin at ``at``."""
    last = letters[at - 1]
    kind = "digit" if last.isdigit() else "latin" if is_latin(last) else "han"
    head = None if kind != "digit" and _NO_VERSION.match(letters, at) else _HEADS[kind].match(letters, at)
    if head is None and kind == "han":
        head = _BEHIND_HAN.match(letters, at)
        if head is None:
            return at
    end = head.end() if head else at
    before = "number" if head or kind == "digit" else "name"
    for _ in range(_MOST_PIECES):
        piece = PIECE.match(letters, end)
        if piece is None or not _goes_on(piece, before, start, names):
            break
        end, before = piece.end(), piece.lastgroup or ""
    return end


def _goes_on(piece: re.Match[str], before: str, start: int, names: Container[int]) -> bool:
    """Say whether a piece belongs to the name: a number only behind a word, an unknown word only beside a number."""
    kind, letters, at = piece.lastgroup, piece.string, piece.start()
    if kind == "number":
        return before in {"word", "letter", "capitals"} and _NO_VERSION.match(letters, at) is None
    if kind == "capitals":
        return at + 1 not in names
    if kind == "free":
        is_numbered = any(char.isdigit() for char in letters[start:at])
        return at + 1 not in names and (is_numbered or _BEFORE_NUMBER.match(letters, piece.end()) is not None)
    return True


def has_clean_end(letters: str, end: int) -> bool:
    """Say whether no letter or digit runs on behind ``end``: GPT4All is not GPT4."""
    last, after = letters[end - 1], letters[end : end + 1]
    if not after or is_han(last) or not (last.isalnum() and last < "\u0530"):
        return True
    return not (is_latin(after) or after.isdigit())


def is_head_of_model(letters: str, end: int) -> bool:
    """Say whether 大模型 follows the name: glued, behind its closing quote, or with a word between."""
    return _HEAD.match(letters, end) is not None
