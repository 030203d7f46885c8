"""What a list of dates says: ``12 July 2024: publication in the Official Journal``, one step of a life on each line.

Such a line has no verb, or one without a subject. It speaks of the regulation that it names, else of the one that the
lines above it last named, else of the only one of the article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from monitor.tag.places import Places
from monitor.tag.stated_dates import Lean, WrittenDate, find_dates
from monitor.tag.stated_names import Name
from monitor.tag.stated_piece import LIKELY, Found
from monitor.tag.stated_years import completed
from storage.states import FactKind, Stage

__all__ = ["of_timelines"]

_MOST = 80  # lines read of one text
_DATE = 32  # characters of a date
_PARTING = 4  # characters of what parts it from the event
_LONGEST = 160  # characters of an event
_HEADING_REACH = 400  # characters from a line back to the name above its list
_IT = "\0"  # stands for the regulation that an event names

_START = re.compile(
    r"[\n;。.](?:(?<!\.)|(?=\s))\s{0,4}(?:[^\n\d:;.。]{0,24}: )?[\s•·*■●▪◆○–—-]{0,6}(?:on |from |自|从)?"
    r"(?=\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d)"
)
_END = re.compile(r"[\n;。]|\.(?=\s|$)")
_MAY_PART = re.compile(r"[\d日号月年旦](?:\)?(?:\s?[:|]|\s[–—-]|\s?--)|起[:,])")  # where a date ends
_PARTS = re.compile(r"\)?(?:\s?[:|]\s?|\s[–—-]{1,2}\s|\s?--\s?|起[:,])")
_NOUN = (
    r"(?:obligations?|rules|requirements?|prohibitions?|bans?|provisions?|duties|penalties|"
    r"chapters? [ivx, and]+|articles? [\d, and]+)"
)
_ENGLISH = re.compile(
    rf"""(?:the\ |its\ |\x00(?:['’]s)?\ )*(?:
    (?P<partly_effective>(?:[a-z-]+\ ){{0,6}}?{_NOUN}\b[^.]{{0,60}}?
        \b(?:appl(?:y|ies|ied|icable)|(?:take|took|takes)\ effect|start|begin
            |(?:enter|come)s?\ into\ (?:force|effect)))
    |(?P<applicable>(?:general\ |full\ )?application(?:\ date)?|(?:date\ of\ )?(?:general\ |full\ )application
        |(?:generally\ |fully\ |becomes\ )+applicable|(?:applies|apply)(?:\ (?:in\ full|fully|generally))?)
    |(?P<effective>(?:effective\ date|(?:date\ of\ )?entry\ into\ force|commencement(?:\ date)?
        |takes?\ effect|took\ effect
        |(?:enters?|entered|comes?|came)\ into\ (?:force|effect)|(?:becomes?|became)\ effective|in\ force|effective))
    |(?P<adopted>(?:final\ |formal\ )?(?:adoption|passage|enactment|approval)|adopted|passed|enacted)
    |(?P<signed>signed(?:\ into\ law)?|signature|royal\ assent)
    |(?P<issued>publication|published|promulgat(?:ion|ed)|issu(?:ance|ed)|released?|gazetted)
    |(?P<comments_until>(?:public\ )?(?:comment\ (?:period|deadline)|comments|consultation|feedback)
        \ ?(?:ends|closes?|due|deadline)?
        |deadline\ for\ (?:public\ )?(?:comments?|feedback|submissions|responses))
    |(?P<repealed>repeal(?:ed)?|revoked|revocation|rescinded|rescission)
    )(?:\ (?:in|by|into|at)\ (?!committee|part)[a-z ,.'’]{{2,60}}
        |\ of\ (?:the\ )?(?:\x00|act|law|regulation|directive|order|bill|measures)){{0,2}}[\s.,)]*""",
    re.VERBOSE,
)
_CHINESE = re.compile(
    r"""\x00?(?:
    (?P<applicable>(?:全面|普遍)适用)
    |(?P<effective>(?:正式|全面|开始)*(?:生效|施行|实施)(?:日期|之?日)?)
    |(?P<issued>(?:在|于)?[^,。]{0,12}?(?:公报|官报|宪报)?(?:正式|对外)?(?:公布|发布|颁布|印发|刊登|刊载)(?:日期|之?日)?)
    |(?P<signed>[^,。]{0,12}?签署(?:成法|成为法律)?)
    |(?P<adopted>[^,。]{0,16}?(?:正式|最终|表决|三读|审议)*(?:通过|批准)(?:日期|之?日)?)
    |(?P<comments_until>(?:征求意见|意见反馈|反馈意见|公众咨询)截止(?:日期|之?日)?)
    |(?P<repealed>废止|失效)
    )\x00?[\s,)]*""",
    re.VERBOSE,
)
_CHAMBER = re.compile(
    r"\b(?:senate|house|committee|cabinet|lower|upper|first|second)\b|[众参]议院|委员会|行政院|[一二]读"
)
_ADOPTED, _SIGNED = "adopted", "signed"
_STAGES = {
    FactKind.ISSUED: Stage.ISSUED,
    FactKind.ADOPTED: Stage.ADOPTED,
    FactKind.REPEALED: Stage.REPEALED,
    FactKind.EFFECTIVE: Stage.IN_FORCE,
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a list: its date, the offset that its places count from, and its event from ``at`` to ``stop``."""

    date: WrittenDate
    start: int
    at: int
    stop: int


def of_timelines(
    letters: str, names: Sequence[Name], topic: str | None, published: date | None, *, english: bool
) -> Iterator[Found]:
    """Yield what the lists of dates of a folded text say of its ``names``, in order; offsets are those of the text.

    ``topic`` is the only regulation of the article.
    """
    if not names or not _MAY_PART.search(letters):
        return
    placed = Places(names)
    for line in islice(_lines(letters, english=english), _MOST):
        own = placed.starting(line.at, line.stop)
        entity = _entity(own, names, line.start, topic)
        group = _event(letters, line, own, english=english) if entity else None
        if entity is not None and group is not None:
            yield from _facts(entity, group, line, published)


def _lines(letters: str, *, english: bool) -> Iterator[_Line]:
    for found in _START.finditer(f"\n{letters}"):  # from a class: the search passes over other letters
        start = found.end() - 1
        if not _MAY_PART.search(letters, start, start + _DATE + _PARTING):
            continue
        dates = find_dates(letters[start : start + _DATE], english=english)
        parted = _PARTS.match(letters, start + dates[0].end) if dates and not dates[0].start else None
        if parted is not None:
            end = _END.search(letters, parted.end(), parted.end() + _LONGEST)
            stop = end.start() if end else min(len(letters), parted.end() + _LONGEST)
            yield _Line(dates[0], start, parted.end(), stop)


def _entity(own: Sequence[Name], names: Sequence[Name], start: int, topic: str | None) -> str | None:
    """Return what a line speaks of: its own name if it has one, else the last above it."""
    if own:
        is_one = len({name.entity for name in own}) == 1 and not own[0].is_draft
        return own[0].entity if is_one else None
    index = bisect_right([name.end for name in names], start)
    last = names[index - 1] if index else None
    if last is not None and start - last.end <= _HEADING_REACH:
        return None if last.is_oblique or last.is_draft else last.entity
    return topic


def _event(letters: str, line: _Line, own: Sequence[Name], *, english: bool) -> str | None:
    """Return which step the words of a line tell, by the name of its group."""
    words = letters[line.at : line.stop]
    for name in reversed(own):
        words = words[: name.start - line.at] + _IT + words[name.end - line.at :]
    told = (_ENGLISH if english else _CHINESE).fullmatch(words)
    if told is None or (told.lastgroup in (_ADOPTED, _SIGNED) and _CHAMBER.search(words)):
        return None
    return told.lastgroup


def _facts(entity: str, group: str, line: _Line, published: date | None) -> Iterator[Found]:
    what = FactKind.ISSUED if group == _SIGNED else FactKind(group)
    lean = Lean.PAST if what in (FactKind.ISSUED, FactKind.ADOPTED) else Lean.NEAREST
    value = completed((line.date,), 0, published, lean)
    if value is None:
        return
    stage = Stage.ADOPTED if group == _SIGNED else _stage(what, value, published)
    for kind, told in ((what, value), (FactKind.STAGE, stage)):
        if told is not None:
            yield Found(
                entity=entity,
                what=kind,
                value=told,
                start=line.start + line.date.start,
                end=line.start + line.date.end,
                confidence=LIKELY,
            )


def _stage(what: FactKind, value: str, published: date | None) -> Stage | None:
    """Return the stage that a step has led to by the day of publication; one to come leads to none but effect."""
    if published is None:
        return _STAGES.get(what) if what is not FactKind.EFFECTIVE else None
    if value <= published.isoformat()[: len(value)]:
        return _STAGES.get(what)
    return Stage.ISSUED if what is FactKind.EFFECTIVE else None
