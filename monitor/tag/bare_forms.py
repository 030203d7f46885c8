"""Short forms in Chinese without a declaration: 《办法》 in book marks, and bare ones, 该办法, 管理办法, 新规, 该法.

Each means the nearest title on its left that ends as it does and is not merely cited beside what the text tells of;
where two stand side by side, or another rule is spoken of between, none.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence

from monitor.tag.antecedents import HEADS, PINYIN, Antecedent, Left, ShortForm, are_listed, core
from monitor.tag.declared_forms import Declarations
from monitor.tag.title_roles import TitleRoles
from monitor.tag.titles import Title

__all__ = ["bare", "in_marks"]

_HEAD = re.compile(HEADS)
_ENDS_IN_HEAD = re.compile(f"(?:{HEADS})$")
_HEADS_HERE = "暂行办法|管理办法|管理规定|办法|规定|条例|新规|法案|征求意见稿|草案|指引|意见|决定|通知|指南"
_BARE = re.compile(
    f"(该|(?<![基根日版成资])本|上述|前述|新|此|这部|这一|这份)?({_HEADS_HERE}|(?<=[该本部])法(?![律院官规治定案学人则制]))"
)
_MAY_BE_BARE = re.compile(f"{_HEADS_HERE}|法(?<=[该本部]法)")  # each begins with a character of its own
_LEAD_LENGTH = 2
_EVERYDAY = frozenset({"意见", "通知", "指南"})  # bare, only where they were declared
_DECISION = re.compile("自\\d|自20|明确|规定|共\\d|施行")
_POINTING = frozenset({"该", "本", "上述", "前述", "这部", "这一", "这份"})
_OTHER_LAW = re.compile(
    "[\u4e00-\u9fff](?<![办方做看想立执司违合非无依用算书魔语手说设护守普变修该本部的])法(?![院官规治定学人则制])"
)
_OWN_NAMED = re.compile(
    "(?:公司|企业|单位|学校|校园|我校|本校|员工|学生|宿舍|物业|小区|商场|俱乐部)[^。;!?\n]{0,12}?(?:办法|规定|条例|细则|制度)"
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
    "也|共|所|针对|适用|鼓励|从|于|落地|生效|给|并|以|起草|征求|为|是|有|执行|旨在|进一步|分为|就|显示|称|应|要|不|"
    "明定|揭示|采|拟|新增|禁止|设|赋予|坚持|聚焦|细化|完善|强化|统筹|围绕|着眼|突出|回应|填补|体现|确立|引入|区分|划分|授权|"
    "建立|构建|既|只|仅|未|没有|列|引"
)
_BASED_ON = re.compile("(?:根据|依据|依照|按照)[^。;!?\n]*$")
_MADE = re.compile("制[定订]$")
_BILL = re.compile(r"(?:Act|Bill|法案|[SHA]\.?[BFR]\.? ?\d+)$")
_LEADS = (
    "该本新此述部份一的了过据照循反守合行台布释订改读随自在对与和按依署决想没无好老理种类些关"  # before a bare head
)
_FAR_CHARS, _FAR_LINES = 900, 4
_STOP = re.compile("[。;!?\\n]")
_MAX_SHORT = 16
_MIN_PART = 4  # characters of 《模范框架》, which is the end of a title
_OWN_RULES = re.compile("公司|学校|校园|我校|本校|单位|员工|学生|宿舍|考勤|食堂")


def in_marks(letters: str, titles: Sequence[Title], left: Left, declared: Declarations) -> Iterator[ShortForm]:
    """Yield the short forms in book marks: declared ones, head nouns, ends of a title."""
    full = {antecedent.start for antecedent in left.known}
    roles = TitleRoles(letters)
    for title in titles:
        short = PINYIN.sub("", letters[title.inner_start : title.inner_end])
        if title.start in full or len(short) > _MAX_SHORT:
            continue
        said = declared.latest(short, title.start)
        antecedent = said or _latest_ending(letters, short, title.start, left, roles)
        if antecedent is not None and antecedent.entity is not None:
            start = title.start - 1 if letters[title.start - 1 : title.start] in ("该", "本") else title.start
            yield ShortForm(start, title.end, antecedent.entity, antecedent.title, 0.95 if said else 0.85)


def _latest_ending(letters: str, short: str, before: int, left: Left, roles: TitleRoles) -> Antecedent | None:
    """Return the latest title on the left that ends as a bracketed short form does."""
    is_head = _HEAD.fullmatch(short) is not None
    if not is_head and not (len(short) >= _MIN_PART and _ENDS_IN_HEAD.search(short)):
        return None
    fitting = [item for item in left.of(before) if _ends_as(item.title, short)]
    return _nearest(letters, roles.meant(fitting, short[-2:]))


def _ends_as(title: str, short: str) -> bool:
    return (
        _fits(title, short)
        if short in {"管理办法", "征求意见稿"}
        else core(title).endswith(short) or ("意见稿" in short and short in title)
    )


def _nearest(letters: str, fitting: Sequence[Antecedent]) -> Antecedent | None:
    """Return the first of some titles, nearest first; none where it stands in a list with another one."""
    if not fitting:
        return None
    current = fitting[0]
    for other in fitting[1:]:
        if other.entity == current.entity and current.entity and not _STOP.search(letters, other.end, current.start):
            current = other  # 《数据安全法》（下称《数安法》）
        else:
            return None if are_listed(letters, other, current) else fitting[0]
    return fitting[0]


def bare(letters: str, left: Left, marked: Iterable[ShortForm], declared: Declarations) -> Iterator[ShortForm]:
    """Yield the short forms without marks; ``marked`` are those with marks, which keep a title in mind."""
    last: dict[str, list[int]] = {}
    named = [*((item.entity, item.end) for item in left.known), *((form.entity, form.end) for form in marked)]
    for entity, end in sorted(named, key=lambda one: one[1]):
        if entity is not None:
            last.setdefault(entity, []).append(end)
    roles = TitleRoles(letters)
    for found in _bare_heads(letters):
        antecedent = _antecedent(letters, found, left, declared, roles)
        if antecedent is None or antecedent.entity is None:
            continue
        ends = last[antecedent.entity]
        between = letters[ends[bisect_right(ends, found.start()) - 1] : found.start()]
        is_near = len(between) <= _FAR_CHARS and between.count("\n") <= _FAR_LINES
        if is_near and not _speaks_of_other(between, found[2]):
            insort(ends, found.end())
            yield ShortForm(found.start(), found.end(), antecedent.entity, antecedent.title, 0.75)


def _bare_heads(letters: str) -> Iterator[re.Match[str]]:
    """Yield the heads with what leads to them, as ``_BARE.finditer``, which takes five times as long."""
    reached = 0
    for head in _MAY_BE_BARE.finditer(letters):
        leads = range(max(reached, head.start() - _LEAD_LENGTH), head.start() + 1)
        found = next(filter(None, (_BARE.match(letters, at) for at in leads)), None)
        if found:
            reached = found.end()
            yield found


def _speaks_of_other(between: str, head: str) -> bool:
    """Say whether another rule is named without marks: 出口管制条例 before 该条例, 劳动合同法 before 该法."""
    if head == "法":
        return _OTHER_LAW.search(between) is not None
    if _OWN_NAMED.search(between):
        return True
    ending = head.removeprefix("管理").removeprefix("暂行")
    return head != "新规" and re.search(f"[\u4e00-\u9fff](?<![{_LEADS}]){ending}", between) is not None


def _antecedent(
    letters: str, found: re.Match[str], left: Left, declared: Declarations, roles: TitleRoles
) -> Antecedent | None:
    """Return what a bare head noun stands for: what it was declared for, or the latest title with that head.

    Without a declaration and without 该 before it, only if that title is the only tracked one with that head.
    """
    head = found[2]
    said = declared.latest(found[0], found.start()) or declared.latest(head, found.start())
    if not _stands_alone(letters, found, is_declared=said is not None):
        return None
    if said is not None:
        before = (item for item in left.of(found.start()) if item is said or not roles.is_cited(item))
        return next((item for item in before if item is said or _fits(item.title, head)), None)
    if head in _EVERYDAY or _is_being_made(letters, found):
        return None
    if head == "决定" and not _DECISION.match(letters, found.end()):
        return None
    if head == "草案" and not found[1]:
        law = next(left.of(found.start()), None)
        return law if law and _fits(law.title, head) and letters.startswith(head, law.end) else None
    name = "该法案" if head == "法案" and found[1] in _POINTING else head
    fitting = [item for item in left.of(found.start()) if head == "新规" or _fits(item.title, name)]
    meant = roles.meant(fitting, head[-2:])
    if found[1] in _POINTING:
        is_other = bool(fitting) and roles.is_cited(fitting[0]) and fitting[0] not in meant
        return None if is_other else _nearest(letters, fitting)
    tracked = {item.entity for item in meant if item.entity is not None}
    return meant[0] if len(tracked) == 1 else None


def _is_being_made(letters: str, found: re.Match[str]) -> bool:
    """Say whether the rule is one that the text makes on the ground of others: 根据《A》,制定本办法."""
    before = letters[max(0, found.start() - 300) : found.start()]
    return found[1] == "本" and _MADE.search(before) is not None and _BASED_ON.search(before) is not None


def _fits(title: str, head: str) -> bool:
    bare_title = core(title)
    if head == "管理办法":
        return bare_title.endswith(("管理办法", "管理暂行办法"))
    if head == "法":
        return bare_title.endswith(("法", "法典"))
    if head == "法案":
        return _BILL.search(bare_title) is not None
    if head == "该法案":
        return bare_title.endswith("法") or _BILL.search(bare_title) is not None
    if head == "草案":
        return bare_title.endswith(("法", "法案", "条例")) or "草案" in title
    return bare_title.endswith(head) or (head == "征求意见稿" and head in title)


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
