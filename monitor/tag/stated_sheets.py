"""What a label says of a regulation: 发布机关：…, 施行日期为…, Effective date: …, as data sheets print it.

A label holds without a verb and across the full stops of a sheet. It speaks of the name before it, where nothing but
other labels stands between, or of a title behind that has a label of its own (名称：《…》). Pages label themselves too:
发布时间 and ``Published`` count only beside a label that none but a regulation has.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

from monitor.tag.stated_bodies import Place, bodies_of_label
from monitor.tag.stated_dates import Lean, find_dates
from monitor.tag.stated_names import Name
from monitor.tag.stated_numbers import find_numbers, written_number
from monitor.tag.stated_piece import LIKELY, Found
from monitor.tag.stated_years import completed
from storage.states import FactKind, Stage

__all__ = ["of_sheets"]

_AHEAD = 120  # characters from a label to a title behind
_VALUE = 120  # characters of a value
_MOST = 60  # labels read of one text

_EFFECT, _ISSUE = "施行|实施|生效|执行", "发布|公布|颁布|印发|成文|发文|签发|颁发|出台"
_CHINESE = re.compile(
    rf"""(?=[施实生执发公颁印成签出通批废失修征意反咨截制起文标时效])(?:
    (?P<effective>(?:{_EFFECT})(?:日期|时间))|(?P<issued>(?:{_ISSUE})(?:日期|时间))
    |(?P<adopted>(?:通过|批准)(?:日期|时间))|(?P<repealed>(?:废止|失效)(?:日期|时间))|(?P<amended>修[订正改](?:日期|时间))
    |(?P<comments_until>(?:征求意见|意见反馈|反馈意见|意见征集|咨询)(?:的?截止)?(?:日期|时间|期限|日)|(?<![\u4e00-\u9fff])截止(?:日期|时间|日))
    |(?P<issuer>(?:发布|发文|公布|制定|颁布|起草|印发|颁发|制发)(?:机关|单位|部门|机构))
    |(?P<number>发?文号|发文字号|文件编号|标准编?号)|(?P<stage>时效性|时效|效力状态|效力|法规状态|状态))
    [】\]]?\s?(?:(?:为|是|定为|定于|(?:[^。;\n]{{0,48}}?(?:应为|应是|更正为|改正为|实为|正确的?(?:日期|时间)应?[为是])(?=\s?"?\d)))\s?[:"]?|[::]|(?<=[】\]]))\s?""",
    re.VERBOSE,
)
_ENGLISH = re.compile(
    r"""(?<![a-z])(?:(?P<effective>effective\ date|date\ of\ (?:effect|entry\ into\ force)|entry\ into\ force
        |commencement(?:\ date)?|effective|in\ force(?:\ (?:from|since))?)
    |(?P<issued>(?:issue|publication|promulgation|release)\ date|date\ (?:of\ )?(?:issued?|publication|promulgation)
        |issued|published|promulgated|released|date\ signed|signed)
    |(?P<adopted>date\ (?:passed|enacted|adopted)|enacted|adopted|passed)
    |(?P<comments_until>(?:comments?|submissions?)\ (?:due|close|deadline)(?:\ (?:by|on|date))?
        |comment\ (?:period\ (?:ends|closes)|deadline)|(?:consultation|feedback)\ (?:closes|ends|deadline))
    |(?P<issuer>issued\ by|issuing\ (?:body|authority|agency)|promulgated\ by|published\ by|issuer|agency)
    |(?P<number>(?:document|order|bill|citation|reference|official)\ (?:no\.?|number)|citation)
    |(?P<stage>(?:current\ |legal\ )?status))$""",
    re.VERBOSE,
)
_ENGLISH_END = re.compile(r":\s|\ (?<=date\ )(?:is|of|was|will be) ")
_LONGEST = 30  # characters of an English label
_HINTS_CHINESE = ("日期", "时间", "机关", "单位", "文号", "字号", "编号", "状态", "时效", "期限", "部门", "截止日")
_HINTS_ENGLISH = (": ", "effective date", "publication date")
_STOP = re.compile(r"[。;\n)】|]|,(?=[^,。;\n]{2,12}(?::|为))|\.(?=\s|$)")
_STAGES = (
    (re.compile("现行有效|有效|已生效|已施行|in force|in effect|effective(?! from)"), Stage.IN_FORCE),
    (re.compile("尚未生效|尚未施行|未生效|not yet in force|not yet effective"), Stage.ISSUED),
    (re.compile("已?被?(?:废止|失效)|repealed|revoked"), Stage.REPEALED),
    (re.compile("已?被?修[改订正]|amended"), Stage.AMENDED),
    (re.compile("征求意见|草案|draft|proposed|open for comment"), Stage.DRAFT),
    (re.compile("vetoed|failed|withdrawn|已?撤回|dead"), Stage.FAILED),
    (re.compile("审议|pending|under review|in committee"), Stage.UNDER_REVIEW),
)
_LEANS = {FactKind.EFFECTIVE: Lean.NEAREST, FactKind.COMMENTS_UNTIL: Lean.NEAREST, FactKind.REPEALED: Lean.NEAREST}
_OF_PAGES = re.compile(
    r"发[布文](?:日期|时间|单位|部门)|状态|(?:issued|published|released|signed|agency|issuer|status|date of issue)\b"
)
_TO = re.compile(r"起?\s?(?:至|到|-|–|—+|~|to|through|until)\s?")
_BREAKS = r"[》〉\"'\s,。.;、:|()【】\[\]·•*–—-]*"
_GAP = re.compile(
    rf"{_BREAKS}(?:\([^()]{{1,60}}\){_BREAKS})?(?:的|其|将|the |its |an? |['’]s )*|"
    rf"{_BREAKS}(?:\([^()]{{1,60}}\))?[^。;:\n,]{{0,16}}(?:发布|公布|印发|通过|批准|出台|颁布|签署)[^。;:\n,]{{0,8}},(?:其)?|"
    r"[^.;:\n]{0,60} with an? "
)
_TITLE_LABEL = re.compile(r"(?:名称|标题|文件|法规|规章|title|name|subject)\s?:\s?[《\"]?$")


@dataclass(frozen=True, slots=True)
class _Label:
    """A label of a kind at ``start``, its value from ``at`` to ``stop``; pages have such ones too, ``is_of_page``."""

    what: FactKind
    start: int
    at: int
    stop: int
    is_of_page: bool


def of_sheets(
    letters: str, original: str, names: Sequence[Name], published: date | None, *, english: bool
) -> Iterator[Found]:
    """Yield what the labels of a folded text say of its ``names``, in order; offsets are those of the text."""
    if not names or not any(hint in letters for hint in (_HINTS_ENGLISH if english else _HINTS_CHINESE)):
        return
    bound = list(_bound(letters, names, list(_labels(letters, english=english))))
    sheets = {name.start for label, name in bound if not label.is_of_page}
    for label, name in bound:
        if name.entity is None or (label.is_of_page and name.start not in sheets):
            continue
        for one in _facts(letters, original, label, name.entity, published, english=english):
            found = _as_draft(one) if name.is_draft else one
            if found is not None:
                yield found


def _labels(letters: str, *, english: bool) -> Iterator[_Label]:
    found = _english_labels(letters) if english else ((one, one.end()) for one in _CHINESE.finditer(letters))
    for label, at in islice(found, _MOST):
        end = _STOP.search(letters, at, at + _VALUE)
        yield _Label(
            what=FactKind(label.lastgroup or ""),
            start=label.start(),
            at=at,
            stop=end.start() if end else min(len(letters), at + _VALUE),
            is_of_page=_OF_PAGES.match(label[0]) is not None,
        )


def _english_labels(letters: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the labels before a colon, or before "date of", each with where its value begins."""
    for end in _ENGLISH_END.finditer(letters):
        label = _ENGLISH.search(letters, max(0, end.start() - _LONGEST), end.start())
        if label is not None:
            yield label, end.end()


def _bound(letters: str, names: Sequence[Name], labels: Sequence[_Label]) -> Iterator[tuple[_Label, Name]]:
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


def _titled(letters: str, names: Sequence[Name], label: _Label) -> Name | None:
    """Return the next name that has a label of its own: 名称：《…》."""
    near = takewhile(lambda name: name.start - label.stop <= _AHEAD, names)
    return next((name for name in near if _TITLE_LABEL.search(letters, label.at, name.start + 1)), None)


def _facts(
    letters: str, original: str, label: _Label, entity: str, published: date | None, *, english: bool
) -> Iterator[Found]:
    if label.what is FactKind.STAGE:
        stage = next((stage for words, stage in _STAGES if words.match(letters, label.at, label.stop)), None)
        if stage is not None:
            yield _found(entity, FactKind.STAGE, stage, (label.at, label.stop))
    elif label.what is FactKind.ISSUER:
        for place in bodies_of_label(letters, original, label.at, label.stop, english=english):
            yield _found(entity, FactKind.ISSUER, original[place[0] : place[1]], place)
    elif label.what is FactKind.NUMBER:
        start, end = next(find_numbers(letters[label.at : label.stop]), (0, 0))
        if end:
            place = label.at + start, label.at + end
            yield _found(entity, FactKind.NUMBER, written_number(original[place[0] : place[1]]), place)
    else:
        yield from _dates(letters, label, entity, published, english=english)


def _dates(letters: str, label: _Label, entity: str, published: date | None, *, english: bool) -> Iterator[Found]:
    """Yield the date that a value begins with, and the stage that a regulation is in by it."""
    dates = find_dates(letters[label.at : label.stop], english=english)
    if not dates or letters[label.at : label.at + dates[0].start].strip(' "自从于on'):
        return
    is_range = len(dates) > 1 and _TO.fullmatch(letters, label.at + dates[0].end, label.at + dates[1].start)
    last = 1 if is_range and label.what is FactKind.COMMENTS_UNTIL else 0
    value = completed(dates, last, published, _LEANS.get(label.what, Lean.PAST))
    if value is None:
        return
    place = label.at + dates[last].start, label.at + dates[last].end
    yield _found(entity, label.what, value, place)
    stage = _stage_by(label.what, value, published)
    if stage is not None:
        yield _found(entity, FactKind.STAGE, stage, place)


def _stage_by(what: FactKind, value: str, published: date | None) -> Stage | None:
    if what is FactKind.ISSUED:
        return Stage.ISSUED
    if what is not FactKind.EFFECTIVE or published is None:
        return None
    return Stage.ISSUED if value > published.isoformat()[: len(value)] else Stage.IN_FORCE


def _as_draft(found: Found) -> Found | None:
    """Return what a label says of a draft: when it was published, who drafts it; none of its dates of effect."""
    if found.what is FactKind.ISSUED:
        return _found(found.entity, FactKind.DRAFTED, found.value, (found.start, found.end))
    is_of_draft = found.what in (FactKind.ISSUER, FactKind.COMMENTS_UNTIL, FactKind.NUMBER)
    return found if is_of_draft or found.value == Stage.DRAFT else None


def _found(entity: str, what: FactKind, value: str, place: Place) -> Found:
    return Found(entity=entity, what=what, value=value, start=place[0], end=place[1], confidence=LIKELY)
