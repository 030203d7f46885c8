"""Names that differ between two texts whose wording is otherwise the same.

Two notices of one form may differ in nothing but the company, the place or the person; they are no copies. Finds the
stretches that were replaced between equal words, and tells which of them are names by their form: a known place, what
stands before 公司, 集团, 市 and the like, or a capitalised Latin word. A first, simple version: it knows no persons.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from monitor.dedupe.body import Body
from monitor.dedupe.codes import other_codes
from monitor.dedupe.imprint import without_imprint
from monitor.read.names import SURNAMES
from storage.fold import to_simplified

__all__ = ["NameCheck", "check_names"]

_CJK_CONTEXT = 4  # tokens on either side: Han characters, or Latin words
_LATIN_CONTEXT = 2
_AHEAD = 8  # tokens after a name that may say what it is
_LONGEST = 20  # tokens of a name
_READ = 20_000  # characters of a text that are searched for names
_EARLY = 0.5
_SHORT = 300  # tokens; in a longer text one replaced name is more likely the foot of a page than its subject

_HAN = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_HAN}]|\d+(?:[.,]\d+)*|(?:(?![{_HAN}\d_])\w)+")
_PERSON = 3  # characters of a person's name
_REPEATED_NAME = 3  # characters of a name that is known by its being replaced throughout
_HAN_WORD = re.compile(rf"[{_HAN}]{{2,}}")
_TRADE = "科技|技术|智能|信息|网络|数据|电子|软件|半导体|医药|生物|能源|控股|投资|实业|国际|传媒|文化|工业|汽车|食品"
_IN_TRADE = re.compile(_TRADE)
_HEAD = re.compile(
    rf"(?:{_TRADE})*(?:股份|有限|责任|公司|集团|银行|证券|基金|保险|信托|大学|学院|医院|法院|市|省|县|区|镇|自治)"
)
_PLACES = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|"
    "青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|石家庄|太原|沈阳|大连|长春|哈尔滨|南京|苏州|无锡|常州|杭州|宁波|温州|合肥|福州|"
    "厦门|泉州|南昌|济南|青岛|烟台|郑州|洛阳|武汉|长沙|广州|深圳|东莞|佛山|珠海|南宁|海口|成都|贵阳|昆明|拉萨|西安|兰州|西宁|"
    "银川|乌鲁木齐"
)
_ANNOUNCES = re.compile(
    r"(?:0年)?(?:0月)?(?:0日)?(?:今日|今天|日前|近日|晚间?|早间|盘后)?(?:正式)?(?:发布|公告|宣布|披露|推出|上线|出任|担任|同志|先生|女士|教授|院士)"
)
_DATELINE = re.compile(r"市?(?:0年)?(?:0月)?0日(?:电|讯|消息)")
_STAND_INS = frozenset({"公司", "该公司", "本公司", "集团", "双方", "官方", "对方", "记者", "有关部门", "相关部门"})

_GAP = ("",) * _CJK_CONTEXT

Tokens = tuple[str, ...]
Names = tuple[Tokens, Tokens]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCheck:
    """How the names of two texts compare.

    ``conflicts`` are the distinct pairs (name in A, name in B) in order of A; ``is_other_subject`` says that they
    are what the two texts differ in.
    """

    conflicts: tuple[tuple[str, str], ...]
    is_other_subject: bool


@dataclass(frozen=True, slots=True)
class _Slot:
    """A stretch of tokens that the other text lacks, between words that it has."""

    left: tuple[str, ...]
    tokens: tuple[str, ...]
    right: tuple[str, ...]


def check_names(a: Body, b: Body) -> NameCheck:
    """Compare the names of two bodies and their titles.

    They speak of other subjects when names are at least half of all that was replaced, one of them stands in the
    first half of the text (a subject is named early; the foot names the publisher), and there are two of them, or
    one in a short text. A name counts when it does not occur on the other side at all: a correction, an abbreviation
    or a damaged character leaves others of its kind. Codes of other securities are enough by themselves.
    """
    if _is_one_sided(a, b):
        return NameCheck(conflicts=(), is_other_subject=False)
    if codes := other_codes(a.text, b.text):
        return NameCheck(conflicts=codes, is_other_subject=True)
    tokens_a, tokens_b = _tokens(a), _tokens(b)
    width = _LATIN_CONTEXT if min(a.size, b.size) > 5 else _CJK_CONTEXT
    slots_a, slots_b = _slots(tokens_a, tokens_b, width), _slots(tokens_b, tokens_a, width)
    pairs = _paired(slots_a, slots_b)
    whole_a, whole_b = " ".join(tokens_a), " ".join(tokens_b)
    found = _replaced_names(pairs, whole_a, whole_b)
    edits = len(slots_a) + len(slots_b) - len(pairs)
    is_short = max(len(tokens_a), len(tokens_b)) <= _SHORT
    places = max(len(found), sum(_times(pair, whole_a, whole_b) for pair in set(found)))
    return NameCheck(
        conflicts=tuple(dict.fromkeys((_text(name_a), _text(name_b)) for name_a, name_b in found)),
        is_other_subject=places >= (1 if is_short else 2)
        and 2 * places >= edits
        and any(_is_early(pair, whole_a, whole_b) for pair in found),
    )


def _replaced_names(pairs: list[tuple[_Slot, _Slot]], whole_a: str, whole_b: str) -> list[Names]:
    """Return the pairs that are names found on one side only."""
    named = (_names(slot_a, slot_b, whole_a, whole_b) for slot_a, slot_b in pairs)
    return [
        names for names in named if names and " ".join(names[0]) not in whole_b and " ".join(names[1]) not in whole_a
    ]


def _times(names: Names, whole_a: str, whole_b: str) -> int:
    """Return how often the one name stands for the other at most."""
    return min(whole_a.count(" ".join(names[0])), whole_b.count(" ".join(names[1])))


def _is_early(names: Names, whole_a: str, whole_b: str) -> bool:
    places = ((whole.find(" ".join(name)), len(whole)) for name, whole in zip(names, (whole_a, whole_b), strict=True))
    return any(at <= _EARLY * length for at, length in places)


def _is_one_sided(a: Body, b: Body) -> bool:
    """Tell whether nothing was replaced, only added or cut: the common case of a copy, told cheaply."""
    return a.size == b.size and (a.shingles <= b.shingles or b.shingles <= a.shingles)


def _tokens(body: Body) -> Tokens:
    """Return Han characters, words and masked numbers of title and text, case kept, with a gap between the two."""
    return (*_split(body.title or ""), *_GAP, *_split(without_imprint(body.text[:_READ])))


def _split(text: str) -> list[str]:
    found = _TOKEN.findall(to_simplified(unicodedata.normalize("NFKC", text)))
    return ["0" if token[0].isdecimal() else token for token in found]


def _slots(tokens: Tokens, others: Tokens, width: int) -> list[_Slot]:
    """Return the stretches of ``tokens`` that no run of ``width`` tokens shared with ``others`` covers."""
    padded = _padded(tokens, width)
    known = set(_runs(_padded(others, width), width))
    is_known = bytes(run in known for run in _runs(padded, width))
    return [
        _slot(padded, start + width - 1, end, width)
        for start, end in (match.span() for match in re.finditer(rb"\0+", is_known))
        if end - start >= width
    ]


def _slot(padded: Tokens, start: int, end: int, width: int) -> _Slot:
    left, right = padded[start - width : start], padded[end : end + _AHEAD]
    return _Slot(left, padded[start:end], right)


def _padded(tokens: Tokens, width: int) -> Tokens:
    edge = ("",) * width
    return (*edge, *tokens, *edge)


def _runs(tokens: Tokens, width: int) -> list[Tokens]:
    return list(zip(*(tokens[offset:] for offset in range(width)), strict=False))


def _paired(slots_a: list[_Slot], slots_b: list[_Slot]) -> list[tuple[_Slot, _Slot]]:
    """Pair the slots that stand between the same words, in order."""
    waiting: dict[tuple[tuple[str, ...], tuple[str, ...]], list[_Slot]] = defaultdict(list)
    for slot in reversed(slots_b):
        waiting[_anchor(slot)].append(slot)
    return [(slot, waiting[_anchor(slot)].pop()) for slot in slots_a if waiting.get(_anchor(slot))]


def _anchor(slot: _Slot) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return slot.left, slot.right[: len(slot.left)]


def _names(a: _Slot, b: _Slot, whole_a: str, whole_b: str) -> Names | None:
    """Return the two names that stand in a pair of slots, or nothing where they are not names.

    A stretch with no words beside it is a whole title, and another title is no other name.
    """
    if not (any(a.left) or any(_anchor(a)[1])) or max(len(a.tokens), len(b.tokens)) > _LONGEST:
        return None
    place_a, place_b = _place(a), _place(b)
    if place_a and place_b and place_a != place_b:
        return place_a, place_b
    if _is_capitalised(a.tokens) and _is_capitalised(b.tokens):
        return a.tokens, b.tokens
    if _heads_a_name(a) and _heads_a_name(b):
        return a.tokens, b.tokens
    if _are_subjects(a, b, whole_a, whole_b):
        return a.tokens, b.tokens
    return None


def _are_subjects(a: _Slot, b: _Slot, whole_a: str, whole_b: str) -> bool:
    """Tell whether two unlike Han words do what only names do: announce something, bear a title, or stand for each
    other throughout.

    What a rewriting or the usage of Taiwan replaces throughout (信息, 资讯) has two characters and no surname.
    """
    names = "".join(a.tokens), "".join(b.tokens)
    if not all(map(_HAN_WORD.fullmatch, names)) or _STAND_INS.intersection(names):
        return False
    is_repeated = _times((a.tokens, b.tokens), whole_a, whole_b) > 1
    if is_repeated and (all(map(_is_person, names)) or all(_IN_TRADE.match("".join(slot.right)) for slot in (a, b))):
        return True
    if 4 * len(set(names[0]) & set(names[1])) > min(map(len, names)):
        return False
    is_long = is_repeated and min(map(len, names)) >= _REPEATED_NAME
    return is_long or all(_ANNOUNCES.match("".join(slot.right)) for slot in (a, b))


def _is_person(name: str) -> bool:
    return len(name) <= _PERSON and name[0] in SURNAMES


def _place(slot: _Slot) -> Tokens | None:
    """Return the known place that holds all of the slot, unless it opens a news agency's dateline (北京7月2日电)."""
    before, inside, after = "".join(slot.left[-2:]), "".join(slot.tokens), "".join(slot.right)
    start, end = len(before), len(before) + len(inside)
    if _DATELINE.match(after):
        return None
    places = _PLACES.finditer(before + inside + after[:2])
    return next((tuple(found[0]) for found in places if found.start() <= start and end <= found.end()), None)


def _is_capitalised(tokens: Tokens) -> bool:
    return all(token[:1].isupper() for token in tokens)


def _heads_a_name(slot: _Slot) -> bool:
    """Tell whether the slot is two or more Han characters right before 公司, 集团, 市 ... or ends with such a word."""
    text = "".join(slot.tokens)
    if len(text) < 2:
        return False
    return bool(_HEAD.match("".join(slot.right)) or any(m.end() == len(text) for m in _HEAD.finditer(text)))


def _text(tokens: Tokens) -> str:
    return (" " if all(token.isascii() for token in tokens) else "").join(tokens)
