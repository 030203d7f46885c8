"""Short forms of regulations and models: declared, in book marks, and bare.

A short form means the title it was declared for, or the nearest title on its left that ends as it does; that title
may be one nobody tracks, and then the short form is nobody's either.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.tag.places import Cover, Places
from monitor.tag.titles import Title

__all__ = ["Antecedent", "ShortForm", "antecedents", "find_short_forms"]

_HEADS = (
    "暂行办法|管理办法|管理规定|管理条例|实施办法|征求意见稿|意见稿|办法|规定|条例|细则|决定|意见|通知|指南|指引|规范|标准|"
    "框架|规划|法案|草案|倡议|准则|公约"
)
_HEAD = re.compile(_HEADS)
_ENDS_IN_HEAD = re.compile(f"(?:{_HEADS})$")
_ENGLISH_HEADS = "Act|Regulation|Order|Code|Convention|Bill|Directive|Framework|Measures|Provisions|Declaration|Law"
_ENGLISH_SHORT = re.compile(rf"\b[Tt]he ({_ENGLISH_HEADS})\b(?! [A-Z(])")
_ENGLISH_NAMES = {
    head: re.compile(
        rf"\b(?!The {head}\b)[A-Z][\w'-]*(?: (?:of |and |for |on |in |the )*[A-Z][\w'-]*){{0,8}}? {head}\b(?: \d+)?"
    )
    for head in _ENGLISH_HEADS.split("|")
}
_DECLARING = re.compile(
    r"(?:(?:以下|下文|后文|本文)(?:统称|简称|称)|下称|简称|又称|也称|hereinafter|hereafter|known as|\"|《|the \")"
    r"(?:为|作)?[: ]*",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\(([^()]{1,60})\)")
_QUOTED = re.compile(r"[\"'《]([^\"'《》]{1,24})[\"'》]")
_BETWEEN = re.compile(r"[\"'》〉 ]*(?:\([^()]{0,40}\))*(?:\(?(?:草案|试行|征求意见稿|修订草案)\)?)?[\"'》 ]*,?")
_STAGE = re.compile(r" ?\((?:[^()]*稿|试行|草案|暂行|[^()]*修订|[^()]*年[^()]*)\)$")
_PINYIN = re.compile(r"\([a-z\u00e0-\u01dc]{1,6}\)")
_BARE = re.compile(
    "(该|本|上述|前述|新|此|这部|这一|这份)?(暂行办法|管理办法|管理规定|办法|规定|条例|新规|法案|征求意见稿|草案|"
    "(?<=[该本部])法(?![律院官规治定案学人则制]))"
)
_POINTING = frozenset({"该", "本", "上述", "前述", "这部", "这一", "这份"})
_OTHER_LAW = re.compile(
    "[\u4e00-\u9fff](?<![办方做看想立执司违合非无依用算书魔语手说设护守普变修该本部的])法(?![院官规治定学人则制])"
)
_LAW = re.compile("[^办做]法典?$")
_OWN_NAMED = re.compile(
    "(?:公司|企业|单位|学校|校园|我校|本校|员工|学生|宿舍|物业|小区|商场|俱乐部)[^。;!?\n]{0,12}?(?:办法|规定|条例|细则|制度)"
)
_SEVERAL = re.compile("[两二三四五六七八九十几多\\d]+[项部个份]")
_NEVER_BEFORE = re.compile(
    "(?:相关|有关|各类|各种|各项|一些|这些|那些|其[他它]|解决|处理|想|没|没有|有|无|好|老|土|多|任何|别的|同样的?|的|等|个|种|"
    "配套|内部|公司|企业|学校|我校|本校|单位|集团|员工|考勤|财务|具体|实施|地方|省|市|县|校|院)$"
)
_MAY_LEAD = re.compile(
    "(?:^|[,。:;!?、()\"'\n ]|通过|根据|按照|依据|依照|遵照|违反|符合|落实|执行|出台|发布|公布|实施|施行|解读|遵守|"
    "随着|自|在|对|与|和|据|认为|表示|指出|称|说)$"
)
_MAY_FOLLOW = re.compile(
    "[,。:;、\"')\n]|$|的|在|对|将|明确|规定|要求|提出|指出|强调|施行|实施|自|第|出台|发布|公布|推出|正式|中|首先|划定|标定|还|"
    "也|共|所|针对|适用|鼓励|从|于|落地|生效|给|并|以|起草|征求|为|是|有|执行|旨在|进一步|分为|就|显示|称|应|要|不"
)
_FAR_CHARS, _FAR_LINES = 900, 4
_NEAR_CHARS = 60
_MAX_SHORT, _MIN_TITLE = 16, 6
_LOOK_BACK = 200
_STOP = re.compile("[。!?;\\n]")
_HAN_WORD = re.compile("[\u4e00-\u9fff]{2}")
_OWN_RULES = re.compile("公司|学校|校园|我校|本校|单位|员工|学生|宿舍|考勤|食堂")


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A full title in the text; ``entity`` is None for one that is not tracked."""

    start: int
    end: int
    title: str
    entity: str | None


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A short form found: the entity it stands for, and the title it was bound to."""

    start: int
    end: int
    entity: str
    title: str
    confidence: float


def antecedents(letters: str, titles: Iterable[Title], tracked: Iterable[tuple[int, int, str]]) -> list[Antecedent]:
    """Return all full titles of a folded text in order: in book marks, and tracked regulations without marks.

    ``tracked`` are start, end and entity of certain mentions. A title in marks is tracked when such a mention ends
    where the title does, but for a stage in brackets.
    """
    bare = [Antecedent(start, end, letters[start:end], entity) for start, end, entity in tracked]
    known = Places(bare)
    marked = [_marked(letters, title, known) for title in titles]
    cover = Cover((antecedent.start, antecedent.end) for antecedent in marked)
    found = [item for item in marked if item.entity or _is_full(item.title)]
    found += [item for item in bare if not cover.holds(item.start, item.end)]
    return sorted(found, key=lambda antecedent: antecedent.start)


def _is_full(title: str) -> bool:
    """Say whether an untracked title is no short form of another: a long one, or a law, whose name may be short."""
    return len(title) >= _MIN_TITLE or _LAW.search(title) is not None


def _marked(letters: str, title: Title, tracked: Places[Antecedent]) -> Antecedent:
    inner = letters[title.inner_start : title.inner_end]
    core_end = title.inner_start + len(_STAGE.sub("", inner))
    inside = tracked.starting(title.start, title.end)
    entity = next((item.entity for item in inside if core_end <= item.end <= title.end), None)
    return Antecedent(title.start, title.end, _PINYIN.sub("", inner), entity)


def find_short_forms(letters: str, titles: Sequence[Title], known: Sequence[Antecedent]) -> list[ShortForm]:
    """Return the short forms of tracked titles in a folded text, in order of start."""
    if all(antecedent.entity is None for antecedent in known):
        return []
    left = _Left(known)
    declared = _Declarations(letters, left)
    found = list(_in_marks(letters, titles, left, declared))
    found += _spelled_out(letters, declared)
    found += _bare(letters, left, found, declared)
    found += _english(letters, left, declared)
    return sorted(found, key=lambda form: form.start)


class _Left:
    """The full titles of a text, asked for from right to left."""

    def __init__(self, known: Sequence[Antecedent]) -> None:
        self.known = known
        self._starts = [antecedent.start for antecedent in known]

    def of(self, at: int) -> Iterator[Antecedent]:
        """Yield the titles that end at or before ``at``, nearest first, at most 200."""
        index = bisect_left(self._starts, at)
        nearest = self.known[max(0, index - _LOOK_BACK) : index]
        return (antecedent for antecedent in reversed(nearest) if antecedent.end <= at)


class _Declarations:
    """What the text itself declares: short forms with the titles they stand for."""

    def __init__(self, letters: str, left: _Left) -> None:
        self._places: dict[str, list[int]] = {}
        self._titles: dict[str, list[Antecedent]] = {}
        for at, short, antecedent in _declared(letters, left):
            self._places.setdefault(short, []).append(at)
            self._titles.setdefault(short, []).append(antecedent)

    def __iter__(self) -> Iterator[tuple[int, str, Antecedent]]:
        for short, places in self._places.items():
            yield from ((at, short, title) for at, title in zip(places, self._titles[short], strict=True))

    def latest(self, short: str, before: int) -> Antecedent | None:
        """Return what ``short`` was last declared for at or before an offset."""
        index = bisect_right(self._places.get(short, []), before)
        return self._titles[short][index - 1] if index else None


def _declared(letters: str, left: _Left) -> Iterator[tuple[int, str, Antecedent]]:
    for parenthesis in _PARENTHESIS.finditer(letters):
        verb = _DECLARING.match(parenthesis[1])
        if not verb:
            continue
        shorts = _QUOTED.findall(parenthesis[1]) or [parenthesis[1][verb.end() :].strip("\"'《》 ")]
        for short in shorts:
            if not short or _SEVERAL.match(short):
                continue
            antecedent = _declared_for(letters, parenthesis.start(), short, left)
            if antecedent is not None:
                yield parenthesis.start(), short, antecedent


def _declared_for(letters: str, at: int, short: str, left: _Left) -> Antecedent | None:
    """Return the title right before ``at``; a rule's short form may stand further behind it in the sentence."""
    nearest = next(left.of(at), None)
    if nearest is None:
        return None
    between = letters[nearest.end : at]
    if len(between) < _NEAR_CHARS and _BETWEEN.fullmatch(between):
        return nearest
    is_rule = _ENDS_IN_HEAD.search(short) is not None
    return nearest if is_rule and len(between) < _NEAR_CHARS and not _STOP.search(between) else None


def _in_marks(letters: str, titles: Sequence[Title], left: _Left, declared: _Declarations) -> Iterator[ShortForm]:
    full = {antecedent.start for antecedent in left.known}
    for title in titles:
        short = _PINYIN.sub("", letters[title.inner_start : title.inner_end])
        if title.start in full or len(short) > _MAX_SHORT:
            continue
        said = declared.latest(short, title.start)
        antecedent = said or _latest_ending(short, title.start, left)
        if antecedent is not None and antecedent.entity is not None:
            start = title.start - 1 if letters[title.start - 1 : title.start] in ("该", "本") else title.start
            yield ShortForm(start, title.end, antecedent.entity, antecedent.title, 0.95 if said else 0.85)


def _latest_ending(short: str, before: int, left: _Left) -> Antecedent | None:
    """Return the latest title on the left that a bracketed short form can stand for: only if it is a head noun."""
    if not _HEAD.fullmatch(short):
        return None
    return next((item for item in left.of(before) if _ends_as(item.title, short)), None)


def _ends_as(title: str, head: str) -> bool:
    return _STAGE.sub("", title).endswith(head) or ("意见稿" in head and head in title)


def _spelled_out(letters: str, declared: _Declarations) -> Iterator[ShortForm]:
    """Declared short forms that are no head noun count without marks too."""
    for short in {short for _, short, _ in declared}:
        if _HEAD.fullmatch(short) or not _HAN_WORD.search(short):
            continue
        for found in re.finditer(re.escape(short), letters):
            antecedent = declared.latest(short, found.start())
            if antecedent is not None and antecedent.entity is not None:
                yield ShortForm(found.start(), found.end(), antecedent.entity, antecedent.title, 0.9)


def _bare(letters: str, left: _Left, marked: Iterable[ShortForm], declared: _Declarations) -> Iterator[ShortForm]:
    last: dict[str, list[int]] = {}
    named = [*((item.entity, item.end) for item in left.known), *((form.entity, form.end) for form in marked)]
    for entity, end in sorted(named, key=lambda one: one[1]):
        if entity is not None:
            last.setdefault(entity, []).append(end)
    for found in _BARE.finditer(letters):
        antecedent = _bare_antecedent(letters, found, left, declared)
        if antecedent is None or antecedent.entity is None:
            continue
        ends = last[antecedent.entity]
        between = letters[ends[bisect_right(ends, found.start()) - 1] : found.start()]
        is_near = len(between) <= _FAR_CHARS and between.count("\n") <= _FAR_LINES
        other = _OTHER_LAW if found[2] == "法" else _OWN_NAMED
        if is_near and not other.search(between):
            insort(ends, found.end())
            yield ShortForm(found.start(), found.end(), antecedent.entity, antecedent.title, 0.75)


def _bare_antecedent(letters: str, found: re.Match[str], left: _Left, declared: _Declarations) -> Antecedent | None:
    """Return what a bare head noun stands for: what it was declared for, or the latest title with that head.

    Without a declaration, only if that title is the only tracked one with that head.
    """
    head = found[2]
    said = declared.latest(found[0], found.start()) or declared.latest(head, found.start())
    if not _stands_alone(letters, found, is_declared=said is not None):
        return None
    if said is not None:
        return next((item for item in left.of(found.start()) if item is said or _bare_fits(item.title, head)), None)
    if head == "草案":
        return None
    fitting = [item for item in left.of(found.start()) if head == "新规" or _bare_fits(item.title, head)]
    tracked = {item.entity for item in fitting if item.entity is not None}
    return fitting[0] if len(tracked) == 1 else None


def _bare_fits(title: str, head: str) -> bool:
    core = _STAGE.sub("", title)
    if head == "管理办法":
        return core.endswith(("管理办法", "管理暂行办法"))
    if head == "法":
        return core.endswith(("法", "法典"))
    return core.endswith(head) or (head == "征求意见稿" and head in title)


def _stands_alone(letters: str, found: re.Match[str], *, is_declared: bool) -> bool:
    before = letters[max(0, found.start() - 6) : found.start()]
    if _NEVER_BEFORE.search(before) or _OWN_RULES.search(before):
        return False
    is_free = is_declared or found[1] in _POINTING or found[2] in {"新规", "法案"}
    if not is_free and not _MAY_FOLLOW.match(letters, found.end()):
        return False
    if found[1]:
        return found[1] not in {"新", "此"} or _MAY_LEAD.search(before) is not None
    return found[2] != "规定" and _MAY_LEAD.search(before) is not None


def _english(letters: str, left: _Left, declared: _Declarations) -> Iterator[ShortForm]:
    """``the Act`` behind a tracked act, or behind a declaration of it."""
    shorts = list(_ENGLISH_SHORT.finditer(letters))
    if not shorts:
        return
    named = {head: [found.end() for found in pattern.finditer(letters)] for head, pattern in _ENGLISH_NAMES.items()}
    for found in shorts:
        said = declared.latest(found[1], found.start())
        antecedent = said or _nearest_english(named[found[1]], found.start(), left)
        if antecedent is not None and antecedent.entity is not None:
            yield ShortForm(found.start(1), found.end(1), antecedent.entity, antecedent.title, 0.9 if said else 0.75)


def _nearest_english(named: Sequence[int], at: int, left: _Left) -> Antecedent | None:
    """Return the title that ends where the latest capitalised name with that head ends, if it is a known one."""
    index = bisect_right(named, at)
    if not index:
        return None
    return next((item for item in left.of(at) if item.end == named[index - 1]), None)
