"""Short forms of regulations and models: declared, in book marks, and bare.

A short form means the title it was declared for, or the nearest title on its left that ends as it does; that title
may be one nobody tracks, and then the short form is nobody's either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.tag.titles import Title

__all__ = ["Antecedent", "ShortForm", "antecedents", "find_short_forms"]

_HEADS = (
    "暂行办法|管理办法|管理规定|管理条例|实施办法|征求意见稿|意见稿|办法|规定|条例|细则|决定|意见|通知|指南|指引|规范|标准|"
    "框架|规划|法案|草案|倡议|准则|公约"
)
_HEAD = re.compile(_HEADS)
_ENDS_IN_HEAD = re.compile(f"(?:{_HEADS})$")
_ENGLISH_HEADS = "Act|Regulation|Order|Code|Convention|Bill|Directive|Framework|Measures|Provisions"
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
    "(该|本|上述|前述|新|此|这部|这一|这份)?(暂行办法|管理办法|管理规定|办法|规定|条例|新规|法案|征求意见稿)"
)
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


@dataclass(frozen=True, slots=True)
class _Declared:
    at: int
    short: str
    antecedent: Antecedent | None


def antecedents(letters: str, titles: Iterable[Title], tracked: Iterable[tuple[int, int, str]]) -> list[Antecedent]:
    """Return all full titles of a folded text in order: in book marks, and tracked regulations without marks.

    ``tracked`` are start, end and entity of certain mentions. A title in marks is tracked when such a mention ends
    where the title does, but for a stage in brackets.
    """
    known = sorted(tracked)
    found = [_marked(letters, title, known) for title in titles]
    inside = [(antecedent.start, antecedent.end) for antecedent in found]
    for start, end, entity in known:
        if not any(left <= start and end <= right for left, right in inside):
            found.append(Antecedent(start, end, letters[start:end], entity))
    found = [antecedent for antecedent in found if antecedent.entity or len(antecedent.title) > 6]
    return sorted(found, key=lambda antecedent: antecedent.start)


def _marked(letters: str, title: Title, tracked: Sequence[tuple[int, int, str]]) -> Antecedent:
    inner = letters[title.inner_start : title.inner_end]
    core_end = title.inner_start + len(_STAGE.sub("", inner))
    entity = next((name for start, end, name in tracked if title.start <= start and core_end <= end <= title.end), None)
    return Antecedent(title.start, title.end, _PINYIN.sub("", inner), entity)


def find_short_forms(letters: str, titles: Sequence[Title], known: Sequence[Antecedent]) -> list[ShortForm]:
    """Return the short forms of tracked titles in a folded text, in order."""
    declared = list(_declarations(letters, known))
    found = list(_in_marks(letters, titles, known, declared))
    found += _spelled_out(letters, declared)
    found += _bare(letters, known, found)
    found += _english(letters, known, declared)
    return sorted(found, key=lambda form: form.start)


def _declarations(letters: str, known: Sequence[Antecedent]) -> Iterator[_Declared]:
    for parenthesis in _PARENTHESIS.finditer(letters):
        verb = _DECLARING.match(parenthesis[1])
        if not verb:
            continue
        shorts = _QUOTED.findall(parenthesis[1]) or [parenthesis[1][verb.end() :].strip("\"'《》 ")]
        for short in shorts:
            near = _declared_for(letters, parenthesis.start(), short, known)
            if short and near is not None:
                yield _Declared(parenthesis.start(), short, near)


def _declared_for(letters: str, at: int, short: str, known: Sequence[Antecedent]) -> Antecedent | None:
    left = [antecedent for antecedent in known if antecedent.end <= at]
    if not left:
        return None
    nearest = max(left, key=lambda antecedent: antecedent.end)
    between = letters[nearest.end : at]
    if _BETWEEN.fullmatch(between):
        return nearest
    is_rule = _ENDS_IN_HEAD.search(short)
    return nearest if is_rule and len(between) < 60 and not re.search("[。!?;\n]", between) else None


def _in_marks(
    letters: str, titles: Sequence[Title], known: Sequence[Antecedent], declared: Sequence[_Declared]
) -> Iterator[ShortForm]:
    full = {antecedent.start for antecedent in known}
    for title in titles:
        short = _PINYIN.sub("", letters[title.inner_start : title.inner_end])
        if title.start in full or len(short) > 16:
            continue
        said = _latest_declared(short, title.start, declared)
        antecedent = said.antecedent if said else _latest_ending(short, title.start, known)
        if antecedent is not None and antecedent.entity is not None:
            start = title.start - 1 if letters[title.start - 1 : title.start] in ("该", "本") else title.start
            yield ShortForm(start, title.end, antecedent.entity, antecedent.title, 0.95 if said else 0.85)


def _latest_declared(short: str, before: int, declared: Iterable[_Declared]) -> _Declared | None:
    return max(
        (item for item in declared if item.short == short and item.at <= before), key=lambda item: item.at, default=None
    )


def _latest_ending(short: str, before: int, known: Iterable[Antecedent]) -> Antecedent | None:
    """Return the latest title on the left that a bracketed short form can stand for: only if it is a head noun."""
    if not _HEAD.fullmatch(short):
        return None
    left = (item for item in known if item.end <= before and _ends_as(item.title, short))
    return max(left, key=lambda item: item.start, default=None)


def _ends_as(title: str, head: str) -> bool:
    return _STAGE.sub("", title).endswith(head) or ("意见稿" in head and head in title)


def _spelled_out(letters: str, declared: Iterable[_Declared]) -> Iterator[ShortForm]:
    """Declared short forms that are no head noun count without marks too."""
    for item in declared:
        antecedent = item.antecedent
        if antecedent is None or antecedent.entity is None or len(item.short) < 2 or _HEAD.fullmatch(item.short):
            continue
        if not re.search("[\u4e00-\u9fff]", item.short):
            continue
        at = letters.find(item.short, item.at)
        while at >= 0:
            yield ShortForm(at, at + len(item.short), antecedent.entity, antecedent.title, 0.9)
            at = letters.find(item.short, at + len(item.short))


def _bare(letters: str, known: Sequence[Antecedent], marked: Iterable[ShortForm]) -> Iterator[ShortForm]:
    named = [(item.end, item.entity) for item in known] + [(form.end, form.entity) for form in marked]
    for found in _BARE.finditer(letters):
        antecedent = _bare_antecedent(letters, found, known)
        if antecedent is None or antecedent.entity is None:
            continue
        last = max(end for end, entity in named if end <= found.start() and entity == antecedent.entity)
        between = letters[last : found.start()]
        if len(between) > _FAR_CHARS or between.count("\n") > _FAR_LINES:
            continue
        named.append((found.end(), antecedent.entity))
        yield ShortForm(found.start(), found.end(), antecedent.entity, antecedent.title, 0.75)


def _bare_antecedent(letters: str, found: re.Match[str], known: Sequence[Antecedent]) -> Antecedent | None:
    """Return what a bare head noun stands for: the latest title with that head, if it is the only tracked one."""
    head = found[2]
    left = [item for item in known if item.end <= found.start() and (head == "新规" or _bare_fits(item.title, head))]
    tracked = {item.entity for item in left if item.entity is not None}
    if len(tracked) != 1 or not _stands_alone(letters, found):
        return None
    return max(left, key=lambda item: item.start)


def _bare_fits(title: str, head: str) -> bool:
    core = _STAGE.sub("", title)
    if head == "管理办法":
        return core.endswith(("管理办法", "管理暂行办法"))
    return core.endswith(head) or (head == "征求意见稿" and head in title)


def _stands_alone(letters: str, found: re.Match[str]) -> bool:
    before = letters[max(0, found.start() - 6) : found.start()]
    if _NEVER_BEFORE.search(before) or _OWN_RULES.search(before):
        return False
    if not _MAY_FOLLOW.match(letters, found.end()):
        return False
    if found[1]:
        return found[1] not in {"新", "此"} or _MAY_LEAD.search(before) is not None
    return found[2] != "规定" and _MAY_LEAD.search(before) is not None


def _english(letters: str, known: Sequence[Antecedent], declared: Sequence[_Declared]) -> Iterator[ShortForm]:
    """``the Act`` behind a tracked act, or behind a declaration of it."""
    for found in re.finditer(rf"\b[Tt]he ({_ENGLISH_HEADS})\b(?! [A-Z(])", letters):
        said = _latest_declared(found[1], found.start(), declared)
        antecedent = said.antecedent if said else _nearest_english(letters, found, known)
        if antecedent is not None and antecedent.entity is not None:
            yield ShortForm(found.start(1), found.end(1), antecedent.entity, antecedent.title, 0.9 if said else 0.75)


def _nearest_english(letters: str, found: re.Match[str], known: Sequence[Antecedent]) -> Antecedent | None:
    head = found[1]
    named = [*re.finditer(rf"(?:[A-Z][\w'-]+ (?:of |and |for |on |in )*)+{head}\b", letters[: found.start()])]
    latest = max((match.end() for match in named if not match[0].startswith("The " + head)), default=-1)
    return next((item for item in reversed(known) if item.end == latest), None)
