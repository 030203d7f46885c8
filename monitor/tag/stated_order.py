"""The order or notice by which a regulation is promulgated, as official pages print it: number and date on own lines.

    国家互联网信息办公室 公安部 令 / 第19号 / 《…》已经…审议通过，现予公布 / 主任 … / 2025年3月13日
    国科发监〔2023〕167号 / 各有关单位: / 现将《…》印发给你们

What the sentence itself says is read as that of any other; here are only the lines around it, which are no sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.tag.stated_bodies import Place, bodies_of_line
from monitor.tag.stated_dates import Lean, find_dates
from monitor.tag.stated_names import Name
from monitor.tag.stated_numbers import written_number
from monitor.tag.stated_piece import SURE, Found
from monitor.tag.stated_years import completed
from storage.states import FactKind

__all__ = ["notices", "orders"]

_FORMULA = re.compile(r"现予(?:公布|发布)|公布之(?=[。,;\n]|$)")
_MOST = 4  # orders read of one text
_REACH = 400  # characters before and behind the sentence in which its lines stand
_NUMERAL = r"第\s?[\d〇零一二三四五六七八九十百]{1,8}\s?号"
_NUMBER = re.compile(
    rf"(?P<order>(?:国务院|主席)?令\s{{0,4}}\(?{_NUMERAL}\)?)\s*$|"
    r"(?P<sign>[\u4e00-\u9fff]{1,8}字第\s?\d{5,12}\s?号)令?\s*$"
)
_NOTICE = re.compile(
    r"(?:^|(?<=\n))\s*([\u4e00-\u9fff]{1,12}[〔\[(【﹝] ?(?:19|20)\d\d ?[〕\])】﹞] ?第?\d{1,4} ?号)(?=\s|。)"
)
_HEAD = 300  # characters of a text in which a notice has its number
_GIVEN_OUT = re.compile(r"(?:[现兹]将|印发|发布|公布)[^,。;\n《》]{0,24}《?$")
_LINE = re.compile(r"[^\n]+")
_DATED = re.compile(
    r"\s*(?:(?:19|20)\d\d|[〇零一二三四五六七八九]{4}|(?:中华)?民国\s?\d{2,3})\s?年[^\n,。;]{2,10}日\s*"
)


def orders(letters: str, original: str, names: Sequence[Name]) -> Iterator[Found]:
    """Yield the facts of the lines around each order of a folded text; offsets are those of the text."""
    if "予" not in letters and "公布之" not in letters:
        return
    for at in [found.start() for found in _FORMULA.finditer(letters)][:_MOST]:
        start = letters.rfind("\n", 0, at) + 1
        name = next((one for one in names if start <= one.start < at), None)
        if name is not None and name.entity is not None:
            yield from _head(letters, original, start, name.entity)
            yield from _date(letters, start, at, name.entity)


def notices(letters: str, original: str, names: Sequence[Name]) -> Iterator[Found]:
    """Yield the number that a notice begins with, of what it gives out: 现将《…》印发给你们."""
    number = _NOTICE.search(letters, 0, _HEAD) if "号" in letters[:_HEAD] else None
    if number is None:
        return
    name = next((one for one in names if one.start >= number.end()), None)
    if name is None or name.entity is None or name.start - number.end() > _REACH:
        return
    if _GIVEN_OUT.search(letters, number.end(), name.start):
        start, end = number.span(1)
        yield _found(name.entity, FactKind.NUMBER, written_number(original[start:end]), (start, end))
        yield from _date(letters, end, name.start, name.entity)


def _head(letters: str, original: str, end: int, entity: str) -> Iterator[Found]:
    """Yield the number right above a sentence, and the bodies whose order it is."""
    begin = max(0, end - _REACH)
    number = _NUMBER.search(letters, begin, end)
    if number is None:
        return
    start, stop = number.span(number.lastgroup or 0)
    yield _found(entity, FactKind.NUMBER, written_number(original[start:stop]), (start, stop))
    for line in reversed(list(_LINE.finditer(letters, begin, start))):
        bodies = bodies_of_line(letters, line.start(), min(line.end(), start))
        if not bodies and line[0].strip():
            return
        for place in bodies:
            yield _found(entity, FactKind.ISSUER, original[place[0] : place[1]], place)


def _date(letters: str, start: int, at: int, entity: str) -> Iterator[Found]:
    """Yield the date on a line of its own behind a sentence, else above: the order is signed and issued on it."""
    end = letters.find("\n", at)
    behind = _LINE.finditer(letters, end, at + _REACH) if end >= 0 else iter(())
    for line in (*behind, *_LINE.finditer(letters, max(0, start - _REACH), start)):
        dates = find_dates(line[0], english=False) if _DATED.fullmatch(line[0]) else []
        value = completed(dates, 0, None, Lean.PAST) if len(dates) == 1 else None
        if value is not None:
            place = line.start() + dates[0].start, line.start() + dates[0].end
            yield _found(entity, FactKind.ISSUED, value, place)
            return


def _found(entity: str, what: FactKind, value: str, place: Place) -> Found:
    return Found(entity=entity, what=what, value=value, start=place[0], end=place[1], confidence=SURE)
