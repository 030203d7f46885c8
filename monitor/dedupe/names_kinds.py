"""What kind of change it is that one text has these words and another those: a name, a spelling, a rewording.

Goes by form and by how the words are used: places, what stands before 公司, 银行 and the like, persons with a title,
capitals, model numbers, and, for all that no list knows, words that are no ordinary ones.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from monitor.dedupe.lexicon import any_form, are_districts, is_common, is_foreign, is_place, sounds_alike, word_kind
from monitor.dedupe.names_changes import Change
from monitor.dedupe.names_heads import are_trades, is_headed, stands_before_trade
from monitor.dedupe.names_latin import Latin, latin_use
from monitor.dedupe.names_offices import are_crimes, are_small_places, are_sure, is_numbered, leads
from monitor.dedupe.names_persons import are_spelt_alike, begins_clause, people
from monitor.dedupe.names_renamed import misspelt
from monitor.dedupe.names_same import are_one_foreign_name, is_of_one_printing, mean_the_same
from monitor.read.names import SURNAMES

__all__ = ["Kind", "kind_of", "names_of"]


class Kind(Enum):
    """What a change is; ``IGNORED`` is one that two printings of a text may always have.

    ``POSSIBLE`` and ``LIKELY`` are names if (nearly) all else is equal, and rewordings else; so are ``UNLISTED`` words,
    which no list knows and which stand in the midst of a sentence, if there are several of them.
    """

    IGNORED = auto()
    REWORDED = auto()
    UNLISTED = auto()
    POSSIBLE = auto()
    LIKELY = auto()
    SPELLING = auto()
    NAME = auto()


_WORKS = ("《", "》")
_QUOTES = ("《“「『", "》”」』")
_LONG_HEAD = re.compile(r"(?:国际|科技|技术|医药|能源|电力|银行|证券|基金|保险|集团|股份有限|大学|医院)")
_ANNOUNCES = re.compile(any_form("announces"))
_STANDS_IN = re.compile(
    rf"(?:{any_form('stand-ins')})$|(?:{any_form('points')})(?:{any_form('pointed at')})|(?:上述|当地|相关|有关|前述)"
)
_SWAPS = re.compile(any_form("swaps"))
_BEGINS = re.compile(r"(?:^|[^\w]|[的了在是和与及将已为于被把从向由到对因就说称等并但而或日前天省市县区州])$")
_TIME = re.compile(
    r"(?:\d+[年月日时点])*(?:[当今昨前明次翌同本][日天晚晨早夜年月]|[上下中]午|凌晨|清晨|早晨|早上|傍晚|深夜|晚间|晚上|夜间)?"
    r"(?:\d+[日时点分])*(?:[本上下]?(?:周|星期|礼拜)[一二三四五六日天末])?"
)
_DATED = re.compile(r"(?:\d+|[一二三四五六七八九十〇]+)[年月日时]")  # 7月底全国已, 七月末共: no name begins so
_UNIT_OF_TIME = re.compile(r"[年月日号时点分](?![报刊])")
_KIND_THEN_NAME = re.compile(r"(?:公司|企业|厂商|巨头|品牌)((?!有限|股份|集团)[\u4e00-\u9fff]{2})")
_OF_PERSONS = frozenset({"他", "她", "他们", "她们", "先生", "女士", "男", "女", "小姐"})
_PLACES = (2, 3, 4)  # characters of places
_LONGEST_HEAD = 4  # characters of a name before 能源 and the like
_MOSTLY_UNLIKE = 0.25  # of the characters of two names
_WORD = 2  # characters of most Chinese words
_FOREIGN = 3  # characters of a name that is known to be foreign by them alone


def names_of(change: Change) -> tuple[str, str]:
    """Return the two as whole names: persons with their families' names, others as far as can be told."""
    return (people(change) if change.is_han else None) or change.widened()


def kind_of(change: Change, *, is_short: bool) -> Kind:
    """Return what a change is; in a short text another person of the same family is more likely than a misspelling."""
    if is_of_one_printing(change) or mean_the_same(change) or _are_times_or_pronouns(change):
        return Kind.IGNORED
    if _only_describes(change) or all(map(_DATED.match, (change.a, change.b))) or _begin_within_dates(change):
        return Kind.REWORDED
    if change.is_han:
        return _han_kind(change, is_short=is_short)
    use = latin_use(change, is_short=is_short)
    if use is Latin.MIXED:
        return _mixed_kind(change)
    return {
        Latin.SAME: Kind.IGNORED,
        Latin.NAME: Kind.NAME,
        Latin.POSSIBLE: Kind.POSSIBLE,
        Latin.LIKELY: Kind.LIKELY,
        Latin.SPELLING: Kind.SPELLING,
        Latin.WORD: Kind.REWORDED,
    }[use]


def _only_describes(change: Change) -> bool:
    """Tell whether the name itself follows, the same in both: 国产AI公司 before it says of what kind."""
    kind_then_name = _KIND_THEN_NAME.match(change.right)
    return kind_then_name is not None and word_kind(kind_then_name[1]) is None


def _begin_within_dates(change: Change) -> bool:
    """Tell whether the number before is of a day, a month or an hour: (22)日晚声明, (11)月22日在杭州发布."""
    is_counted = any(left.endswith("0") for place in change.places for left in place.left)
    return is_counted and all(map(_UNIT_OF_TIME.match, (change.a, change.b)))


def _are_times_or_pronouns(change: Change) -> bool:
    """Tell whether a change follows from another: the time of a new count (当晚, 13日), another person's pronoun."""
    unit = change.right[:1] if change.right[:1] in ("日", "天", "晚") else ""
    sides = {change.a, change.b, f"{change.a}{unit}", f"{change.b}{unit}"}
    is_cut = all(_TIME.fullmatch(f"{change.left[-1:]}{side}") for side in (change.a, change.b))  # 今日, 今天
    is_titled = len(change.places) > 1 and any(place.in_title for place in change.places)  # 今日美术馆
    return is_cut or (any(map(_TIME.fullmatch, sides)) and not is_titled) or {change.a, change.b} <= _OF_PERSONS


def _han_kind(change: Change, *, is_short: bool) -> Kind:
    a, b = change.a, change.b
    times = len(change.places)
    if _is_quoted(change) or _are_places(change):
        return Kind.NAME
    if times == 1 and max(len(a), len(b)) == 1 and is_common(a) != is_common(b):
        return Kind.REWORDED
    if any(map(_STANDS_IN.match, (a, b))):
        return Kind.REWORDED
    is_head = is_headed(change)
    if persons := people(change):
        return _person_kind(change, persons, is_short=is_short)
    if are_one_foreign_name(change):
        return Kind.IGNORED
    is_family = change.left[-1:] in SURNAMES
    if len(a) == len(b) == 1 and (times == 1 or not is_short or is_family) and sounds_alike(a, b):
        return Kind.SPELLING if misspelt(change) or not _is_word_misspelt(change) else Kind.IGNORED
    if is_short and (is_numbered(change) or are_small_places(change)):
        return (Kind.LIKELY if are_sure(change) else Kind.POSSIBLE) if leads(change) else Kind.SPELLING
    if is_short and are_crimes(change):
        return Kind.SPELLING
    if times == 1 and len(a) == len(b) == 1:
        return Kind.POSSIBLE if is_short and _is_whole(change) else Kind.REWORDED
    if times == 1 and _is_misread(change, is_head=is_head):
        return Kind.REWORDED
    doing = [name for name in (a, b) if len(name) == _WORD and word_kind(name) == "doing"]
    is_titled = times > 1 and any(place.in_title for place in change.places)
    if (len(doing) == 2 or (doing and min(len(a), len(b)) == 1)) and not (is_head and is_titled):
        return Kind.REWORDED
    ordinary = _ordinary(change)
    if is_head and (times > 1 or _may_stand_alone(change)):
        return Kind.NAME if ordinary < 2 else Kind.LIKELY if times > 1 else Kind.POSSIBLE
    if ordinary == 0 and (times > 1 or _is_announcing(change)):
        return Kind.NAME if min(len(a), len(b)) > 1 else Kind.LIKELY
    if ordinary == 0 and min(len(a), len(b)) >= _FOREIGN and is_foreign(a + b):
        return Kind.NAME
    if not is_short and any(len(name) == _WORD and word_kind(name) == "doing" for name in (a, b)):
        return Kind.REWORDED
    if ordinary < 2:
        return Kind.LIKELY if times > 1 else _kind_within(change, is_unlisted=is_short and ordinary == 0)
    may_be_names = _may_be_called_so(change) and (times > 1 or is_short or _is_announcing(change))
    return (Kind.LIKELY if is_titled and is_short else Kind.POSSIBLE) if may_be_names else Kind.REWORDED


def _kind_within(change: Change, *, is_unlisted: bool) -> Kind:
    """Return what words in one place are that are not both ordinary ones."""
    if _may_stand_alone(change):
        return Kind.POSSIBLE
    is_long = min(len(change.a), len(change.b)) >= _FOREIGN
    return Kind.UNLISTED if is_unlisted and is_long and _are_unlike(change) else Kind.REWORDED


def _person_kind(change: Change, persons: tuple[str, str], *, is_short: bool) -> Kind:
    """Return a spelling or a name; one character in one place may as well be misread."""
    if are_spelt_alike(*persons, is_short=is_short):
        return Kind.SPELLING
    is_touched = len(change.places) == 1 and min(len(change.a), len(change.b)) == 1
    return Kind.POSSIBLE if is_touched else Kind.NAME


def _may_stand_alone(change: Change) -> bool:
    """Tell whether words begin where a word may begin, so that they may be names though they stand in one place."""
    is_cut = len(change.left) <= (_LONGEST_HEAD if are_trades(change) else 1)
    behind = len(change.left) if is_cut else 0  # 永泰 of 永泰建材 and 永泰能源, 中 of 中国国航 and 中联重科
    return all(_begins(left[: len(left) - behind]) for place in change.places for left in place.left)


def _begins(left: str) -> bool:
    """Tell whether a name may begin behind ``left``, or behind the place that ends it: 中国海油, 深圳机场."""
    place = next((size for size in _PLACES if is_place(left[-size:]) or left[-size:] == "中国"), 0)
    return bool(_BEGINS.search(left) or (place and _BEGINS.search(left[:-place])))


def _is_misread(change: Change, *, is_head: bool) -> bool:
    """Tell whether one holds rare characters alone, or two of one length share one: what a scanner misread does so."""
    rare = [not all(map(is_common, name)) for name in (change.a, change.b)]
    if rare[0] != rare[1] and len(change.a) == len(change.b):
        return True
    is_partial = len(change.a) == len(change.b) and not _are_unlike(change)
    return is_partial and not (is_head or _is_announcing(change))


def _are_unlike(change: Change) -> bool:
    """Tell whether two have no more than one character in four in common (阳光电源, 老板电器)."""
    return sum(map(str.__eq__, change.a, change.b)) <= _MOSTLY_UNLIKE * min(len(change.a), len(change.b))


def _is_announcing(change: Change) -> bool:
    return any(_ANNOUNCES.match(place.right[0]) and _ANNOUNCES.match(place.right[1]) for place in change.places)


def _is_whole(change: Change) -> bool:
    """Tell whether one character that differs makes another name: 中国中铁 and 中国中冶 announce, 华能 and 华电国际."""
    wide = change.widened()
    before = len(wide[0].partition(change.a)[0])
    if len(wide[0]) < 2 or any(map(_is_in_a_word, (change.a, change.b), (change, change))):
        return False
    begins = all(_BEGINS.search(left[: len(left) - before]) for place in change.places for left in place.left)
    is_complete = wide[0].endswith(change.a) and _is_announcing(change)
    return begins and (is_complete or bool(_LONG_HEAD.match(change.right)))


def _is_in_a_word(char: str, change: Change) -> bool:
    """Tell whether a character is part of an ordinary word where it stands, or too rare to be anything but misread."""
    words = (f"{change.left[-1:]}{char}", f"{char}{change.right[:1]}")
    return not is_common(char) or any(len(word) == 2 and word_kind(word) for word in words)


def _is_word_misspelt(change: Change) -> bool:
    """Tell whether one of two that sound alike is part of an ordinary word where it stands (需要, 须要; 已经, 以经)."""
    ways = [f"{before}{char}{behind}" for char in (change.a, change.b) for before, behind in change.beside(1)]
    return any(1 < len(way) <= _WORD and word_kind(way) for way in ways) or any(map(word_kind, (change.a, change.b)))


def _mixed_kind(change: Change) -> Kind:
    """Return what a change from Han characters to a Latin word is, or the reverse."""
    han = change.a if not change.a.isascii() else change.b
    if _STANDS_IN.match(han) or _SWAPS.search(han):
        return Kind.REWORDED
    is_repeated = len(change.places) > 1
    if word_kind(han):
        return Kind.POSSIBLE if is_repeated and len(han) == _WORD else Kind.REWORDED
    return Kind.NAME if is_repeated else Kind.POSSIBLE


def _are_places(change: Change) -> bool:
    """Tell whether two listed places differ, with what stands beside them as far as a place needs it (河南, 海南)."""
    leading = _leading_place(change.a), _leading_place(change.b)
    if all(leading) and leading[0] != leading[1]:
        return True
    sides = [(f"{before}{change.a}{behind}", f"{before}{change.b}{behind}") for before, behind in change.beside(_WORD)]
    return any((is_place(a) and is_place(b)) or are_districts(a, b) for a, b in sides)


def _leading_place(name: str) -> str:
    return next((name[:length] for length in range(2, len(name)) if is_place(name[:length])), "")


def _is_quoted(change: Change) -> bool:
    """Tell whether both are titles of works, or stand in quotation marks again and again."""
    opening, closing = _QUOTES if len(change.places) > 1 else _WORKS
    return any(
        all(left[-1:] and left[-1] in opening for left in place.left)
        and all(right[:1] and right[0] in closing for right in place.right)
        for place in change.places
    )


def _ordinary(change: Change) -> int:
    """Return how many of the two are ordinary words, alone or with one character beside them."""
    alone = min(len(change.a), len(change.b)) > 1
    for before, behind in ((("", ""),) if alone else ()) + ((change.left[-1:], ""), ("", change.right[:1])):
        kinds = [word_kind(f"{before}{name}{behind}") for name in (change.a, change.b)]
        if all(kinds) and (before or behind or alone):
            return 2
    return sum(word_kind(name) is not None for name in (change.a, change.b)) if alone else 0


def _may_be_called_so(change: Change) -> bool:
    """Tell whether two nouns may be names (火箭, 太阳): no character in common, and none that editors like to swap."""
    kinds = {word_kind(change.a), word_kind(change.b)}
    is_unlike = _are_unlike(change)
    begins = any(begins_clause(place) for place in change.places) or change.left.endswith("中国")
    is_titled = any(place.in_title for place in change.places) and len(change.places) > 1
    swapped = [(_SWAPS.fullmatch if len(name) > _FOREIGN else _SWAPS.search)(name) for name in (change.a, change.b)]
    is_sure = len(change.places) > 1 or _is_announcing(change) or stands_before_trade(change)
    is_sure = is_sure or min(len(change.a), len(change.b)) > _FOREIGN
    is_wanted = "thing" in kinds if is_sure else kinds == {"thing"} and set(change.a).isdisjoint(change.b)
    return is_wanted and (begins or is_titled) and is_unlike and not (all(swapped) if is_titled else any(swapped))
