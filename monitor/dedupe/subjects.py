"""Organisations that two texts name in one place while nearly all else is equal, word for word.

Notices of one form name their subject once, and two subjects may share most of their characters (中国石油, 中国石化;
招商银行, 招商证券). What shows that the names mean two is the place: a whole name stands there, at its end 公司, 银行
and the like or a notice's verb behind it, and the text around it was left alone. Texts that were reworded or damaged
differ in many places, so they are not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from monitor.dedupe.body import Body
from monitor.dedupe.lexicon import any_form, is_common, is_place, looks_alike, sounds_alike, word_kind
from monitor.dedupe.names_alignment import Aligned
from monitor.dedupe.names_same import is_cut_from
from monitor.dedupe.names_slots import Slot
from monitor.dedupe.names_tokens import Tokens, is_han
from monitor.read.normalize import prepare, squeeze

__all__ = ["other_organisations"]

_LONGEST = 16  # tokens of a name on either side of what differs
_BETWEEN = 4  # tokens of one name between what one text lacks and what the other does
_EARLY = 0.5  # how far in a subject is named, ...
_LEADING = 0.12  # ... in a long text
_FEW = 2  # stretches that only one side has
_SURE = 2  # characters that differ; one alone may be a slip of the pen, if anything else differs
_SHORTEST = 2
_WHOLE = 4  # characters of one of two names
_HEAD = 0.2  # of a text

_STOPS = "的了在是和与及从由对向被将把于至据让但而或则也都并等该其本某各个位名"
_VERBS = f"{_STOPS}称说拟现已将发公宣今昨近日第今因获遭向拒未完新又再正"  # begin what an organisation does
_LEAD = re.compile(rf"^.*(?:[{_STOPS}]|获悉|记者|股东|发行人|简称|名称|子公司|旗下|上市公司|公告|[年月日])")
_HOUSES = (
    r"公司|集团|股份|银行|证券|保险|人寿|财险|基金|信托|期货|航空|机场|石油|石化|电信|通信|铁路|港务|医院|大学|学院|法院|"
    r"检察院|委员会|研究院|研究所|交易所|俱乐部|[局厅委](?![部面内员长])"
)
_ACTS = r"发布|公告|宣布|披露|表示|召开|决定|出?任|同志|先生|女士"
_HEADED = re.compile(rf"(?:(?!{_ACTS})[^{_STOPS}，0]){{0,8}}?(?:有限责任|股份有限|有限)?(?:{_HOUSES})+")
_IS_HOUSE = re.compile(rf"(?:{_HOUSES})$")
_OFFICE = re.compile(r"[局厅委部办]$")  # 市教育局, 市教委: one office, by two names
_CALLED = re.compile(r"[\u4e00-\u9fff]{2}")
_IN_BRACKETS = r"[（(]\s*(?:以下|下称|简称|(?:股票|证券)?(?:代码)?[:： ]*0)"
_ANNOUNCING = re.compile(
    rf"[^\W{_STOPS}0]{{0,3}}?[”」』\"》]?(?:{_IN_BRACKETS}|{any_form('announces')})",
)
_TRADE = re.compile(any_form("trades"))
_OF_TRADES = frozenset(filter(str.isalpha, any_form("trades")))
_ACTING = re.compile(rf"([^\W{_STOPS}0]{{0,2}}?)(?:[今昨近]日|[今昨]天|日前|0|[因拟将已在于被获与向]|正式)")
_OPENING = re.compile(r"[^\W0]{0,3}?\s*(?:[:：]|关于)")
_LABELLED = re.compile(r"(?:简称|名称|发行人|被执行人|当事人|申请人)[”\"]?\s*[:：]?\s*[“\"]?$")
_NO_NAME = re.compile(
    rf"(?:{any_form('stand-ins')})(?:{_HOUSES})?$"
    r"|(?:[本该某各这那此多数几两全]|一[家些]|上述|相关|有关|国内|国外|海外|当地|国有|民营|外资|大型|上市|控股|全资|参股|头部|母公司|子公司|分公司)"
)


@dataclass(frozen=True, slots=True)
class _Edit:
    """What stands in A for what stands in B, in which part; never empty on both sides."""

    part: Aligned
    slot: Slot

    @property
    def coded(self) -> tuple[str, str]:
        """Return the tokens that differ, in A and in B."""
        slot = self.slot
        return self.part.a.coded[slot.a : slot.a_end], self.part.b.coded[slot.b : slot.b_end]

    @property
    def is_one_sided(self) -> bool:
        """Tell whether one text has nothing there."""
        return not all(self.coded)


def other_organisations(
    parts: Sequence[Aligned], a: Body, b: Body, *, ignored: Collection[tuple[str, str]], is_short: bool
) -> tuple[tuple[str, str], ...]:
    """Return the pairs (name in A, name in B) of organisations that make the two texts speak of other subjects.

    ``ignored`` are the replaced tokens that say nothing (another reporter, a short form); none may differ beside the
    names but one in a text that has room for it.
    """
    edits = [edit for part in parts for edit in _edits(part) if edit.coded not in ignored]
    replaced = {edit.coded for edit in edits if not edit.is_one_sided}
    added = sum(edit.is_one_sided for edit in edits)
    if not replaced or len(replaced) > _SURE or added > _FEW:
        return ()
    found = [(edit, names) for edit in edits if (names := _names(edit, a, b, is_short=is_short))]
    told = {edit.coded for edit, _ in found}
    if len(replaced - told) + added > 0 and not any(_is_sure(edit) for edit, _ in found):
        return ()
    return tuple(dict.fromkeys(names for _, names in found))


def _is_sure(edit: _Edit) -> bool:
    return min(map(len, edit.coded)) >= _SURE


def _edits(part: Aligned) -> Iterator[_Edit]:
    """Yield what differs, joined where one name was cut here and widened there (TCL科技集团, TCL中环新能源科技)."""
    held: Slot | None = None
    for slot in part.slots:
        if held is not None and _are_of_one_name(part, held, slot):
            held = Slot(held.a, slot.a_end, held.b, slot.b_end)
            continue
        if held is not None:
            yield _Edit(part, held)
        held = slot
    if held is not None:
        yield _Edit(part, held)


def _are_of_one_name(part: Aligned, one: Slot, other: Slot) -> bool:
    gap = other.a - one.a_end
    is_cut = (one.a == one.a_end and other.b == other.b_end) or (one.b == one.b_end and other.a == other.a_end)
    return is_cut and 0 < gap <= _BETWEEN and gap == other.b - one.b_end and _is_run(part.a, one.a_end, other.a)


def _is_run(text: Tokens, start: int, end: int) -> bool:
    """Tell whether tokens follow each other without punctuation, and all are Han characters."""
    return all(map(is_han, text.coded[start:end])) and text.at[end - 1] - text.at[start] == end - 1 - start


def _names(edit: _Edit, a: Body, b: Body, *, is_short: bool) -> tuple[str, str] | None:
    """Return the two whole names that an edit parts, or nothing where it parts none of a subject."""
    slot, part = edit.slot, edit.part
    if edit.is_one_sided or not _is_at_subject(edit, is_short=is_short) or _is_slip(*edit.coded):
        return None
    if _breaks_a_trade(edit):
        return None
    if all(word_kind(words) == "doing" for words in edit.coded):
        return None
    behind = _end(part.a, slot.a_end), _end(part.b, slot.b_end)
    before = _start(part.a, slot.a), _start(part.b, slot.b)
    reach = _reach(edit, behind, before)
    if reach is None:
        return None
    names = part.a.surface(before[0], slot.a_end + reach), part.b.surface(before[1], slot.b_end + reach)
    return names if _are_two(names, a, b) else None


def _is_at_subject(edit: _Edit, *, is_short: bool) -> bool:
    slot, part = edit.slot, edit.part
    return part.in_title or min(part.a.share(slot.a), part.b.share(slot.b)) <= (_EARLY if is_short else _LEADING)


def _is_slip(a: str, b: str) -> bool:
    """Tell whether one character was misread or mistyped for another."""
    if max(len(a), len(b)) > 1:
        return False
    return not (is_common(a) and is_common(b)) or sounds_alike(a, b) or looks_alike(a, b)


def _breaks_a_trade(edit: _Edit) -> bool:
    """Tell whether one character differs that makes 医药 or the like of one side and no word of the other (医末)."""
    if max(map(len, edit.coded)) > 1:
        return False
    slot, part = edit.slot, edit.part
    pairs_a = _pairs(part.a, slot.a)
    pairs_b = _pairs(part.b, slot.b)
    are_trades = [any(map(_TRADE.fullmatch, pairs)) for pairs in (pairs_a, pairs_b)]
    are_words = [any(map(word_kind, pairs)) for pairs in (pairs_a, pairs_b)]
    if all(char in _OF_TRADES for char in edit.coded):
        return False  # 三一重工, 三一重能: short for other trades
    return (are_trades[0] and not are_words[1]) or (are_trades[1] and not are_words[0])


def _pairs(text: Tokens, token: int) -> tuple[str, str]:
    """Return the two pairs of characters that a character stands in."""
    return text.coded[max(0, token - 1) : token + 1], text.coded[token : token + 2]


def _start(text: Tokens, token: int) -> int:
    """Return where the name begins that reaches to ``token``: behind punctuation, a number or a word that leads."""
    start = token
    while start > max(0, token - _LONGEST) and _goes_on(text, start - 1) and text.coded[start - 1] != "0":
        start -= 1
    lead = _LEAD.match(text.coded[start:token])
    return start + (lead.end() if lead else 0)


def _end(text: Tokens, token: int) -> str:
    """Return the run of characters that follow the one before ``token``."""
    end = token
    while end < min(len(text.at), token + _LONGEST) and _goes_on(text, end - 1) and is_han(text.coded[end]):
        end += 1
    return text.coded[token:end]


def _goes_on(text: Tokens, token: int) -> bool:
    """Tell whether nothing stands between a token and the next one."""
    return 0 <= token < len(text.at) - 1 and text.at[token + 1] == text.at[token] + 1


def _reach(edit: _Edit, behind: tuple[str, str], before: tuple[int, int]) -> int | None:
    """Return how many characters behind an edit belong to the names, or None where no organisations are named."""
    slot, part = edit.slot, edit.part
    if headed := _HEADED.match(behind[0]):
        return headed.end() if _HEADED.match(behind[1]) and not _calls(behind[0][headed.end() :]) else None
    if all(map(_IS_HOUSE.search, edit.coded)):
        return 0
    left = part.a.before(before[0], _LONGEST), part.b.before(before[1], _LONGEST)
    right = part.a.behind(slot.a_end, 2 * _LONGEST), part.b.behind(slot.b_end, 2 * _LONGEST)
    is_first = before == (0, 0) or any(side.endswith("\n") for side in left)
    if all(map(_ANNOUNCING.match, right)) or all(map(_LABELLED.search, left)):
        return 0
    if is_first and all(map(_OPENING.match, right)):
        return 0
    return _reach_of_actor(edit, before, right)


def _reach_of_actor(edit: _Edit, before: tuple[int, int], right: tuple[str, str]) -> int | None:
    """Return how far names reach that lead a text and that their place alone shows: 中国平安今日, 中国太保因."""
    acting = _ACTING.match(right[0])
    slot, part = edit.slot, edit.part
    if acting is None or not _ACTING.match(right[1]) or max(part.a.share(slot.a), part.b.share(slot.b)) > _HEAD:
        return None
    reach = len(acting[1])
    names = part.a.coded[before[0] : slot.a_end + reach], part.b.coded[before[1] : slot.b_end + reach]
    return reach if max(map(len, names)) >= _WHOLE and all(map(_is_proper, names)) else None


def _is_proper(name: str) -> bool:
    """Tell whether a name has more than two characters and begins with a place, or with no ordinary word."""
    return len(name) > _SHORTEST and (is_place(name[:2]) or word_kind(name[:2]) is None) and word_kind(name) is None


def _calls(behind: str) -> bool:
    """Tell whether a name follows 公司 and the like, so that what stands before only says what kind it is."""
    following = _CALLED.match(behind)
    return following is not None and word_kind(following[0]) is None and following[0][0] not in _VERBS


def _are_two(names: tuple[str, str], a: Body, b: Body) -> bool:
    """Tell whether two names mean two: neither is in the other text, or a short form of the other."""
    if min(map(len, names)) < _SHORTEST or any(map(_NO_NAME.match, names)):
        return False
    letters = squeeze(prepare(names[0])), squeeze(prepare(names[1]))
    if _mean_one(*letters) or _mean_one(*reversed(letters)):
        return False
    return letters[0] not in b.with_title and letters[1] not in a.with_title


def _mean_one(short: str, long: str) -> bool:
    """Tell whether one name is cut from the other, or both are of one office (市教育局, 市教委)."""
    is_office = _OFFICE.search(short) and _OFFICE.search(long) and min(len(short), len(long)) > _SHORTEST
    return is_cut_from(short, long) or bool(is_office and is_cut_from(short[:-1], long[:-1]))
