"""What a label says of a regulation: 发布机关：…, 施行日期为…, Effective date: …, as data sheets print it.

A label holds without a verb and across the full stops of a sheet. It speaks of the name before it, where nothing but
other labels stands between, or of a title behind that has a label of its own (名称：《…》). Pages label themselves too:
发布时间 and ``Published`` count only beside a label that none but a regulation has.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice, takewhile

from monitor.tag.stated_labels import CHINESE_TOLD, ENGLISH_LABEL, Label, facts_of_label, is_of_page
from monitor.tag.stated_names import Name
from monitor.tag.stated_piece import Found
from storage.states import FactKind

__all__ = ["of_sheets"]

_AHEAD = 120  # characters from a label to a title behind
_VALUE = 120  # characters of a value
_MOST = 60  # labels read of one text

_ENGLISH_END = re.compile(r":\s| (?:\|\s|(?<=date )(?:is|of|was|will be) )")
_LONGEST = 30  # characters of an English label
_HINTS_CHINESE = (
    "日期",
    "时间",
    "机关",
    "单位",
    "文号",
    "字号",
    "编号",
    "状态",
    "时效",
    "期限",
    "部门",
    "截止日",
    "生效日",
    "施行日",
    "实施日",
)
_HINTS_ENGLISH = (": ", " | ", "effective date", "publication date")
_LED = r"(?<=[日期间关位门构号性效力态限应正实]"
_LEADING = re.compile(rf"[:|】\]为是定](?:{_LED}.)|{_LED}[\s】\]].))")
"""Where a Chinese label may end: seeking that first passes over a text faster than seeking the labels."""
_STOP = re.compile(r"[。;\n)】|]|,(?=[^,。;\n]{2,12}(?::|为))|\.(?=\s|$)")
_STOP_ENGLISH = re.compile(r"[\n)|]|;(?=[^;.\n]{0,40}:)|\.(?=\s|$)")  # A; B. is one list
_BREAKS = r"[》〉\"'\s,。.;、:|()【】\[\]·•*–—-]*"
_GAP = re.compile(
    rf"{_BREAKS}(?:\([^()]{{1,60}}\){_BREAKS})?(?:的|其|将|the |its |an? |['’]s )*|"
    rf"{_BREAKS}(?:\([^()]{{1,60}}\))?[^。;:\n,]{{0,16}}(?:发布|公布|印发|通过|批准|出台|颁布|签署)[^。;:\n,]{{0,8}},(?:其)?|"
    rf"{_BREAKS}(?:(?:\d[\d年月日./-]*+|[自从于起]|元旦)+(?:正式)?(?:发布|公布|印发|通过|施行|实施|生效|修[订正])[,;、]?)+|"
    r"[^.;:\n]{0,60} with an? "
)
_TITLE_LABEL = re.compile(r"(?:名称|标题|文件|法规|规章|title|name|subject)\s?[:|]\s?[《\"]?$")


def of_sheets(
    letters: str, original: str, names: Sequence[Name], published: date | None, *, english: bool
) -> Iterator[Found]:
    """Yield what the labels of a folded text say of its ``names``, in order; offsets are those of the text."""
    if not names or not any(hint in letters for hint in (_HINTS_ENGLISH if english else _HINTS_CHINESE)):
        return
    if not english and not _LEADING.search(letters):
        return
    bound = list(_bound(letters, names, list(_labels(letters, english=english))))
    sheets = {name.start for label, name in bound if not label.is_of_page}
    for label, name in bound:
        if not label.is_of_page or name.start in sheets:
            yield from facts_of_label(letters, original, label, name, published, english=english)


def _labels(letters: str, *, english: bool) -> Iterator[Label]:
    found = _english_labels(letters) if english else ((one, one.end()) for one in CHINESE_TOLD.finditer(letters))
    for label, at in islice(found, _MOST):
        end = (_STOP_ENGLISH if english else _STOP).search(letters, at, at + _VALUE)
        yield Label(
            what=FactKind(label.lastgroup or ""),
            start=label.start(),
            at=at,
            stop=end.start() if end else min(len(letters), at + _VALUE),
            is_of_page=is_of_page(label[0]),
        )


def _english_labels(letters: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the labels before a colon, or before "date of", each with where its value begins."""
    for end in _ENGLISH_END.finditer(letters):
        label = ENGLISH_LABEL.search(letters, max(0, end.start() - _LONGEST), end.start())
        if label is not None:
            yield label, end.end()


def _bound(letters: str, names: Sequence[Name], labels: Sequence[Label]) -> Iterator[tuple[Label, Name]]:
    """Yield the labels that are of a name, each with it."""
    full = [name for name in names if not name.is_reference]
    starts, ends = [name.start for name in full], [name.end for name in full]
    told: set[tuple[int, FactKind]] = set()
    stop = 0
    for label in labels:
        index = bisect_right(ends, label.start)
        before = full[index - 1] if index else None
        ahead = _titled(letters, full[bisect_left(starts, label.at) :], label)
        begin = max(before.end, min(stop, label.start)) if before else 0
        is_own = before is not None and _GAP.fullmatch(letters, begin, label.start) is not None
        if before is None or not is_own or before.is_oblique or (ahead and (before.start, label.what) in told):
            before = ahead
        if before is not None:
            told.add((before.start, label.what))
            stop = label.stop
            yield label, before


def _titled(letters: str, names: Sequence[Name], label: Label) -> Name | None:
    """Return the next name that has a label of its own: 名称：《…》."""
    near = takewhile(lambda name: name.start - label.stop <= _AHEAD, names)
    return next((name for name in near if _TITLE_LABEL.search(letters, label.at, name.start + 1)), None)
