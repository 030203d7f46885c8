"""Read the lines in which a page says who wrote, edited and published an article, and when.

A line is a credit line only as a whole: labels with their values, dates, counters, and nothing else. Sentences that
mention a reporter or a source are left alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from storage.fold import fold

from .credit_labels import find_marks
from .credit_rest import with_rest
from .credits_said import HAN, SENTENCE, Credits, merge
from .credits_whole import read_whole
from .date_forms import NOT_A_DATE
from .names import is_outlet, outlet, people
from .told import goes_on, is_told

__all__ = ["read_credits"]

_POSTED = re.compile(
    r"(?:发\s*布|发\s*表|发稿|刊发|刊\s*登|上传|出\s*版|公布|published|posted)\s*(?:时\s*间|日\s*期)?\s*[于在]?\s*(?:on|at)?\s*[:|]?\s*$",
    re.IGNORECASE,
)
_MODIFIED = re.compile(
    r"(?:更\s*新|修\s*改|修\s*订|最后编辑|updated|modified|revised)\s*(?:时\s*间|日\s*期)?\s*[于在]?\s*(?:on|at)?\s*[:|]?\s*$",
    re.IGNORECASE,
)
_MODIFIED_BEHIND = re.compile(r"\s?(?:更\s?新|修改)(?=\s*[)\]|,]|\s*$)")
_PAPER = re.compile(r"《(?P<name>[^《》]{2,12})》(?!\S{0,4}\s*[记記])\s*[(（]?(?:\s*第?\s*[A-Z]?\d{1,3}\s*版)?")
"""A paper as its issue is cited: ``《人民日报》（2023年07月02日 第 01 版）``."""
_LOWER_WORD = re.compile(r"(?<!\S)[a-z]{2,}(?!\S)")
_STOP = re.compile(r"\s{2,}|[|丨]|\s(?=[A-Za-z一-鿿]{1,6}:)")
_NAME_STOP = re.compile(r"[|丨]|\s(?=[A-Za-z一-鿿]{1,6}:)")
_LATIN_SOURCE = re.compile(r"[A-Z][\w.&'’ \-]{1,60}(?:, (?:[A-Z][\w.&'’ \-]{1,30}))?\s*", re.ASCII)
_STAMP_BEHIND = re.compile(r"(?<=[)）])\s*1[01]\d{5}$")
"""The day of the Republic that agencies print behind their closing credits: ``（編輯：張三）1120702``."""
_HOLDS = re.compile(r"\W*(?:实施|施行|生效|截止)(?:时\s*间|日\s*期)\s*[:|]")
"""The day from which what a page tells of holds, or is due: no credit, where a line is of nothing else before it."""
_MAX_LINE = 160
_WRAPPED = re.compile(r"^\s*[(\[【〔（［]\s*(.*?)\s*[)\]】〕）］]\s*$")


@lru_cache(maxsize=4096)  # cleaning looks at a line several times
def read_credits(line: str, *, boxed: bool = False) -> Credits | None:
    """Return what a credit line says, or None if the line is anything else.

    ``boxed`` says that the line stands where a page keeps its byline: a name of an outlet beside a date is then read
    as the source though nothing labels it.
    """
    line = _unwrap(line)
    if not line or len(line) > _MAX_LINE or "。" in line[:-1]:
        return None
    paper = _PAPER.search(line) if boxed else None
    if paper and is_outlet(paper["name"]):
        said = read_credits(f"{line[: paper.start()]} {line[paper.end() :]}", boxed=True)
        return merge(said, Credits(source=paper["name"])) if said and said.dates else None
    folded = fold(line, keep_case=True)
    if is_told(line, folded) or _HOLDS.match(folded):
        return None
    if said := read_whole(line, folded):
        return said
    marks = find_marks(folded)
    if not marks:
        return None
    found, rest = _collect(line, folded, marks)
    if found is None:
        return None
    return with_rest(found, rest, boxed)


def _unwrap(line: str) -> str:
    line = _STAMP_BEHIND.sub("", line.strip())
    wrapped = _WRAPPED.match(line)
    return wrapped[1] if wrapped else line


def _collect(line: str, folded: str, marks: list[tuple[int, int, str]]) -> tuple[Credits | None, str]:
    """Return what the labels say and the text that nothing accounts for; None if a value is not one."""
    rest = [line[: marks[0][0]]]
    credit = Credits()
    for index, (start, end, role) in enumerate(marks):
        stop = marks[index + 1][0] if index + 1 < len(marks) else len(line)
        if role == "when":
            around = folded[max(0, start - 24) : start], folded[end : end + 8]
            credit = merge(credit, _dated(line[start:end].strip(), *around))
            rest.append(line[end:stop])
            continue
        value, left = _value(line, folded, end, stop, role)
        said = _said(role, value)
        if said is None:
            return None, ""
        credit = merge(credit, said)
        rest.append(left)
    return credit, " ".join(rest)


def _dated(date: str, before: str, behind: str) -> Credits:
    """Return what a date is, by the words before and behind it."""
    if _MODIFIED.search(before) or _MODIFIED_BEHIND.match(behind):
        return Credits(modified=(date,))
    if NOT_A_DATE.search(before):
        return Credits()
    return Credits(dates=(date,), posted=(date,) if _POSTED.search(before) else ())


def _value(line: str, folded: str, start: int, stop: int, role: str) -> tuple[str, str]:
    """Split what follows a label into its value and what is left."""
    text = line[start:stop]
    cut = (_STOP if role == "source" else _NAME_STOP).search(folded[start:stop])
    if role == "source":
        space = re.search(r"(?<=[一-鿿])\s(?!\S(?:\s|$))", text)
        cut = min((c for c in (cut, space) if c), key=lambda c: c.start(), default=None)
    return (text[: cut.start()], text[cut.start() :]) if cut and cut.start() else (text, "")


def _said(role: str, value: str) -> Credits | None:
    if SENTENCE.search(value.rstrip("。.；; ")) or len(value) > 80:
        return None
    if role in {"skip", "date"}:
        return Credits() if len(value) <= 40 else None
    if not value.strip(" :：-—|｜/"):
        return Credits()
    if role == "source":
        if goes_on(value):
            return None
        is_long = len(value) > 40 or re.search("[,，]", value) is not None
        return Credits(source=outlet(value)) if not is_long or _LATIN_SOURCE.fullmatch(value) else None
    names = people(value)
    if not names and len(value) > 12 and (HAN.search(value) or len(_LOWER_WORD.findall(value)) > 1):
        return None
    return Credits(authors=names) if role == "author" else Credits(editors=names)
