"""Versions that stand without their name: V3 behind DeepSeek-V2, 4.0版本 behind 文心大模型3.5, 其 R1 behind DeepSeek.

Each is bound to the nearest versioned model on its left in the paragraph, where only one fits: one whose versions are
counted alike. A version of something else nearby (iOS 18.2, 鸿蒙 5.0), or two models, leaves it open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from monitor.tag.labels import END, WORD, read_label
from monitor.tag.overlaps import Found
from monitor.tag.places import Cover

__all__ = ["find_ellipses"]

_LEAD = re.compile(
    r"(?:^|[,。:;!?、\n(\"'] ?|而|但|与|和|及|跟|比|较|距|等|[快优高低强弱慢逊]于|(?<!升级)(?<!更新)(?<!迭代)[到至]|"
    r"随后|接着|之后|然后|以及|(?:推出|发布|带来|开源|上线|端出|拿出|预告)了?|"
    r"新版|新的|新一代|下一代|最新的?|早期|此前的?|上一代|老版|旗下|的|其) ?$"
)
_OWNED = re.compile(r"(?:其|它的|旗下的?|该系列的?|\b[Ii]ts) ?$")
_LATIN_LEAD = re.compile(
    r"(?:^|[.,;:!?(]|\b(?:[Aa]nd|its|of|released|launched|unveiled|shipped|after|before|than|with|then)) ?$"
)
_SERIES = re.compile(  # the letter first, then what stands before it: twice as fast
    rf"(?P<series>[A-Z])(?<![A-Za-z\d.\-].)(?P<major>\d{{1,2}})(?:\.\d+)*(?:{WORD})*{END}(?:版本?)?"
)
_PLAIN = re.compile(rf"(?P<major>[0-9](?<![A-Za-z\d.\-/%$¥].)\d?)\.\d+(?:{WORD})*{END}(?:版本?)?")
_FOLLOWS = re.compile(
    r" ?[\"']?(?:则|发布|上线|开源|版|系列|也|又|还|将|仍|便|问世|亮相|登场|推出|"
    r"在(?=[^,。]{0,8}(?:发布|亮相|上线|推出|登场|问世|开源|内测))|已|更|支持|"
    r"补齐|加入|带来|紧随|来了|成为|时代|之后|随后|面世|引入|采用|拥有|新增|刷新|登顶|免费|收费|尚未|还未|未|有望|预计|性能|参数)"
)
_NO_MODEL = re.compile(
    r" ?(?:车|手机|芯片|路由|线路?|区|口|座|站|级|高速|国道|楼|馆|单元|号|款|平板|显卡|处理器|轿车|赛道|航站|会议室|"
    r"电池|发动机|系统|标准|协议|接口|固件|规范|公里|米|元|%|倍|亿|万|分|秒|个|名|岁|Mac|iPad|chips?|cars?|phones?|engines?|GPUs?)"
)
_OTHER_VERSIONED = re.compile(
    r"(?<![\d.])(?:[\u4e00-\u9fff]|[A-Za-z]{2,}[ \-]?)"
    r"(?:(?P<series>[A-Z])(?P<major>\d{1,2})|[Vv]?(?P<plain>\d{1,2})\.\d+)(?!\d*[%元倍万亿年月])"
)
_COMPARED = re.compile(
    r"(?:对标|对齐|超越|超过|媲美|比肩|优于|胜过|击败|领先|追平|不输|逊于|相比|基于|蒸馏自|beats?|than|over|matches|rivals?)"
    r" ?$"
)
_JOINED = re.compile(r" ?(?:和|与|、|及|以及|跟|/|&|and) ?")
_POSSESSED = re.compile(r"[\"']?(?:的 ?|'s )")
_JOINABLE = frozenset("VRKXTSZM")  # H20 and A100 beside a model are what it runs on
_NUMBERED_NAME = re.compile(r"\d$")
_SERIES_OR_NONE = frozenset({"", "V"})
_MOST_MODELS = 12  # looked at before a version: more in so few characters are a table
_BEHIND_QUOTE = 6
_NEAR_CHARS = 160
_MOST_APART = 2  # between the main numbers of two versions of one model
_CONFIDENCE = 0.7
_HOW = "version of "


@dataclass(frozen=True, slots=True)
class _Versioned:
    """A mention with the way its version is counted: ``series`` V of V3.2, empty for 3.5."""

    found: Found
    series: str
    major: int


def find_ellipses(letters: str, mentions: Sequence[Found], names: Mapping[str, str]) -> list[Found]:
    """Return the versions without a name that are bound to one of the mentions of a folded text, ordered by start.

    ``names`` gives each entity's own name: of one that shows a version (GPT-4), no other version is spoken of.
    """
    models = [item for item in mentions if item.kind == "model"]
    if not models:
        return []
    taken = Cover((item.start, item.end) for item in mentions)
    before = _Before(models)
    bound: list[Found] = []
    for match in _candidates(letters):
        if taken.touches(match.start(), match.end()) or _NO_MODEL.match(letters, match.end()):
            continue
        near = before.between(_paragraph(letters, match.start()), match.start())
        antecedent = _antecedent(letters, match, near, taken, names)
        if antecedent is not None:
            bound.append(_ellipsis(letters, match, antecedent))
            before.add(bound[-1])
    return bound


def _paragraph(letters: str, at: int) -> int:
    """Return where the paragraph of an offset begins, or the place 160 characters before it."""
    begin = max(0, at - _NEAR_CHARS)
    return max(letters.rfind("\n", begin, at) + 1, begin)


class _Before:
    """The models of a text, with the versions bound so far, ordered by start."""

    def __init__(self, models: Iterable[Found]) -> None:
        self._models = sorted(models, key=attrgetter("start"))
        self._starts = [item.start for item in self._models]

    def add(self, model: Found) -> None:
        index = bisect_left(self._starts, model.start)
        self._models.insert(index, model)
        self._starts.insert(index, model.start)

    def between(self, begin: int, end: int) -> list[Found]:
        """Return those that start at or behind ``begin`` and end at or before ``end``."""
        near = self._models[bisect_left(self._starts, begin) : bisect_left(self._starts, end)]
        return [item for item in near[-_MOST_MODELS:] if item.end <= end]


def _candidates(letters: str) -> Iterator[re.Match[str]]:
    found = [*_SERIES.finditer(letters), *_PLAIN.finditer(letters)]
    return iter(sorted(found, key=re.Match.start))


def _antecedent(
    letters: str, match: re.Match[str], near: Sequence[Found], taken: Cover, names: Mapping[str, str]
) -> Found | None:
    """Return the one model, of those near before it, that a version without a name is of."""
    at, series, major = match.start(), match.groupdict().get("series") or "", int(match["major"])
    before = letters[max(0, at - 12) : at]
    if not near or _is_its_own(match, near):
        return None
    if series in _JOINABLE and _is_joined(letters, near[-1], at):
        return near[-1]
    if not _may_stand(letters, match, before):
        return None
    alike = _counted_alike(letters, near, series, is_loose=match[0].endswith(("版", "版本")) or "." in match[0])
    if not alike:
        is_owned = series != "" and _OWNED.search(before) is not None and len({item.entity for item in near}) == 1
        return near[-1] if is_owned else None
    nearest = alike[-1]
    if len({one.found.entity for one in alike}) > 1 or abs(nearest.major - major) > _MOST_APART:
        return None
    if _NUMBERED_NAME.search(names.get(nearest.found.entity, "")) and nearest.major != major:
        return None
    return None if _another_is_versioned(letters, at, series, taken) else nearest.found


def _is_joined(letters: str, model: Found, at: int) -> bool:
    """Say whether a version stands right behind a model: DeepSeek-V3和R1, DeepSeek的R1."""
    if _POSSESSED.fullmatch(letters, model.end, at):
        return True
    return _versioned(model) is not None and _JOINED.fullmatch(letters, model.end, at) is not None


def _is_its_own(match: re.Match[str], near: Sequence[Found]) -> bool:
    """Say whether a mention was read with this very version behind its closing quote: “天工”3.5."""
    told = read_label(match[0].rstrip("版本")).told
    return any(0 <= match.start() - one.end <= _BEHIND_QUOTE and one.version == told for one in near)


def _counted_alike(letters: str, near: Sequence[Found], series: str, *, is_loose: bool) -> list[_Versioned]:
    """Return the mentions whose versions are counted in the same series; V3.5 and 3.5 are if ``is_loose``.

    What others are only compared with is none.
    """
    shown = [one for one in map(_versioned, near) if one is not None]
    shown = [one for one in shown if not _COMPARED.search(letters[max(0, one.found.start - 8) : one.found.start])]
    exact = [one for one in shown if one.series == series]
    if exact or not is_loose or series not in _SERIES_OR_NONE:
        return exact
    return [one for one in shown if one.series in _SERIES_OR_NONE]


def _may_stand(letters: str, match: re.Match[str], before: str) -> bool:
    """Say whether the words around let a version stand for a model."""
    is_series = match.groupdict().get("series") is not None
    if not (_LEAD.search(before) or _OWNED.search(before) or (is_series and _LATIN_LEAD.search(before))):
        return False
    return is_series or match[0].endswith(("版", "版本")) or _FOLLOWS.match(letters, match.end()) is not None


def _versioned(item: Found) -> _Versioned | None:
    found = re.match(r"(?P<series>[A-Za-z]?)(?P<major>\d{1,2})", item.version or "")
    return _Versioned(item, found["series"].upper(), int(found["major"])) if found else None


def _another_is_versioned(letters: str, at: int, series: str, taken: Cover) -> bool:
    """Say whether something untracked shows a version counted alike: iOS 18.2, 奔驰V3."""
    return any(
        _alike(found["series"] or "", series) and not taken.touches(found.start(), found.end())
        for found in _OTHER_VERSIONED.finditer(letters, _paragraph(letters, at), at)
        if not _LEAD.search(letters, max(0, found.start() - 6), found.start() + 1)
    )


def _alike(one: str, other: str) -> bool:
    return one == other or (one in _SERIES_OR_NONE and other in _SERIES_OR_NONE)


def _ellipsis(letters: str, match: re.Match[str], antecedent: Found) -> Found:
    label = read_label(match[0].rstrip("版本"))
    told = f"{_HOW}{letters[antecedent.start : antecedent.end]}"
    return replace(
        antecedent,
        start=match.start(),
        end=match.end(),
        version=label.told,
        size=label.size,
        variant=label.variant,
        how=antecedent.how if antecedent.how.startswith(_HOW) else told,
        confidence=_CONFIDENCE,
        core=match.end() - match.start(),
        reasons=(),
    )
