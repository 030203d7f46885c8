"""What a label is of, and what its value says: 施行日期, Issued by, as data sheets and tables have them.

Does not know which regulation a label speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from monitor.tag.stated_bodies import Place, bodies_of_label
from monitor.tag.stated_dates import Lean, find_dates
from monitor.tag.stated_names import Name
from monitor.tag.stated_numbers import find_numbers, written_number
from monitor.tag.stated_piece import LIKELY, Found
from monitor.tag.stated_years import completed
from storage.states import FactKind, Stage

__all__ = ["CHINESE_LABEL", "CHINESE_TOLD", "ENGLISH_LABEL", "Label", "facts_of_label", "is_of_page"]

_EFFECT, _ISSUE = "施行|实施|生效|执行", "发布|公布|颁布|印发|成文|发文|签发|颁发|出台"
_DAY = "(?:日期|时间|日(?!起|前|期|后))"
_CHINESE = rf"""(?=[施实生执发公颁印成签出通批废失修征意反咨截制起文标时效适])(?:
    (?P<effective>(?:{_EFFECT}){_DAY})|(?P<issued>(?:{_ISSUE}){_DAY})|(?P<applicable>适用{_DAY})
    |(?P<adopted>(?:通过|批准){_DAY})|(?P<repealed>(?:废止|失效){_DAY})|(?P<amended>修[订正改]{_DAY})
    |(?P<comments_until>(?:征求意见|意见反馈|反馈意见|意见征集|咨询)(?:的?截止)?(?:日期|时间|期限|日)|(?<![\u4e00-\u9fff])截止(?:日期|时间|日))
    |(?P<issuer>(?:发布|发文|公布|制定|颁布|起草|印发|颁发|制发)(?:机关|单位|部门|机构))
    |(?P<number>发?文号|发文字号|文件编号|标准编?号)|(?P<stage>时效性|时效|效力状态|效力|法规状态|状态))"""
CHINESE_LABEL = re.compile(_CHINESE, re.VERBOSE)
"""A label alone, as a table has it at the head of a column; the group says which kind of fact it is of."""
CHINESE_TOLD = re.compile(
    _CHINESE
    + r"""[】\]]?\s?(?:(?:为|是|定为|定于
        |(?:[^。;\n]{0,48}?(?:应为|应是|更正为|改正为|实为|正确的?(?:日期|时间)应?[为是])(?=\s?"?\d)))\s?[:"]?
        |[::|]|(?<=[】\]]))\s?""",
    re.VERBOSE,
)
"""A label with what leads to its value."""
ENGLISH_LABEL = re.compile(
    r"""(?<![a-z])(?:(?P<effective>effective\ date|date\ (?:of\ )?(?:effect(?:ive)?|entry\ into\ force)
        |entry\ into\ force
        |commencement(?:\ date)?|effective|in\ force(?:\ (?:from|since))?)
    |(?P<applicable>application\ date|date\ of\ application|applies\ from|applicable\ from)
    |(?P<issued>(?:issue|publication|promulgation|release)\ date|date\ (?:of\ )?(?:issued?|publication|promulgation)
        |issued|published|promulgated|released|date\ signed|signed)
    |(?P<adopted>date\ (?:passed|enacted|adopted)|enacted|adopted|passed)
    |(?P<comments_until>(?:comments?|submissions?)\ (?:due|close|deadline)(?:\ (?:by|on|date))?
        |comment\ (?:period\ (?:ends|closes)|deadline)|(?:consultation|feedback)\ (?:closes|ends|deadline))
    |(?P<issuer>issued\ by|issuing\ (?:body|authority|agency)|promulgated\ by|published\ by|issuer|agency)
    |(?P<number>(?:(?:document|order|bill|citation|reference|official)\ )?(?:no\.?|number)|citation)
    |(?P<stage>(?:current\ |legal\ )?status))$""",
    re.VERBOSE,
)
"""The same in English, up to its end."""
_STAGES = (
    (re.compile("现行有效|有效|已生效|已施行|in force|in effect|effective(?! from)"), Stage.IN_FORCE),
    (re.compile("尚未生效|尚未施行|未生效|not yet in force|not yet effective"), Stage.ISSUED),
    (re.compile("已?被?(?:废止|失效)|repealed|revoked"), Stage.REPEALED),
    (re.compile("已?被?修[改订正]|amended"), Stage.AMENDED),
    (re.compile("征求意见|草案|draft|proposed|open for comment"), Stage.DRAFT),
    (re.compile("vetoed|failed|withdrawn|已?撤回|dead"), Stage.FAILED),
    (re.compile("signed|enacted"), Stage.ADOPTED),
    (re.compile("审议|pending|under review|in committee"), Stage.UNDER_REVIEW),
)
_LEANS = dict.fromkeys(
    (FactKind.EFFECTIVE, FactKind.APPLICABLE, FactKind.COMMENTS_UNTIL, FactKind.REPEALED), Lean.NEAREST
)
_OF_PAGES = re.compile(
    r"发[布文](?:日期|时间|单位|部门)|状态|(?:issued|published|released|signed|agency|issuer|status|date of issue)\b"
)
_TO = re.compile(r"起?\s?(?:至|到|-|–|—+|~|to|through|until)\s?")


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a kind at ``start``, its value from ``at`` to ``stop``; pages have such ones too, ``is_of_page``."""

    what: FactKind
    start: int
    at: int
    stop: int
    is_of_page: bool


def is_of_page(label: str) -> bool:
    """Say whether pages label themselves in the same words."""
    return _OF_PAGES.match(label) is not None


def facts_of_label(
    letters: str, original: str, label: Label, name: Name, published: date | None, *, english: bool
) -> Iterator[Found]:
    """Yield what the value of a label says of a name: of a draft only what one may have."""
    for found in _values(letters, original, label, name.entity or "", published, english=english):
        told = _as_draft(found) if name.is_draft else found
        if told is not None and name.entity is not None:
            yield told


def _values(
    letters: str, original: str, label: Label, entity: str, published: date | None, *, english: bool
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


def _dates(letters: str, label: Label, entity: str, published: date | None, *, english: bool) -> Iterator[Found]:
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
    if what in (FactKind.ISSUED, FactKind.ADOPTED):
        return Stage(what)
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
