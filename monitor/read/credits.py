"""Read the lines in which a page says who wrote, edited and published an article, and when.

A line is a credit line only as a whole: labels with their values, dates, counters, and nothing else. Sentences that
mention a reporter or a source are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from storage.fold import fold

from .dates import date_spans
from .names import outlet, people
from .wordings import sections

__all__ = ["Credits", "labels", "merge", "read_credits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """What credit lines say. ``dates`` are the stretches that hold a date, those labelled as publication first."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    source: str | None = None
    publisher: str | None = None
    dates: tuple[str, ...] = ()


_SEPARATOR = r"\s*(?:[:|丨/]|--)\s*"
_LABEL = re.compile(
    "|".join(rf"(?P<{role}>(?<![A-Za-z一-鿿])(?:{'|'.join(words)}){_SEPARATOR})" for role, words in sections("credits"))
    + r"|(?P<author2>(?<![A-Za-z一-鿿])(?:(?:\S{0,8}(?:报|网|社|刊|台|新闻))?(?:首席|见习|实习|特约)*记\s?者"
    r"|实习生|通讯员)\s+)"
    r"|(?P<author5>(?<![A-Za-z一-鿿])(?:\S{0,8}(?:报|网|社|刊|台|新闻))?(?:首席|见习|实习|特约)*记\s?者"
    r"(?=[一-鿿]{2,4}(?:[、 ][一-鿿]{2,4})*\s*/?\s*[一-鿿]{0,10}报[道导]\s*[)\]】〕]?$))"
    r"|(?P<author3>[◎◆■]\s*(?=[一-鿿]\s?[一-鿿]))|(?P<author4>^by\s+(?=[A-Z]))"
    r"|(?P<source2>(?:转自|来源于|来自)\s*)"
    r"|(?P<editor2>(?<![A-Za-z一-鿿])(?:责任编辑|值班编辑|编辑|校对|责编|摄影|审核|主编|监制)\s+(?=[一-鿿]{2,4}(?:\s|$)))"
    r"|(?P<skip2>(?:阅读|浏览|点击|访问|评论|跟贴|点赞|分享|热度|人气)(?:量|数|次数)?\s*[:(]?\s*[\d.,]+\s*[万wk次条人]?\)?)",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"(?P<editor>(?:责任编辑|责编|编辑|校对)\s*:)|(?P<author>(?:作者|记者)\s*:)|(?P<source>来源\s*:)|(?P<skip>(?:所属)?分类\s*:)"
    r"|(?P<date>(?:发布|发表|更新)?时间\s*:)"
)
"""Labels that are recognised without a space before them, once a line has shown itself to be a credit line."""
_MAY_HOLD_LABEL = re.compile(
    r"[:|/丨◎◆■]|--|记\s?者|实习生|通讯员|转自|来自|来源于|编辑|校对|责编|摄影|审核|主编|监制|\d|by\s", re.IGNORECASE
)
_NOISE = re.compile(
    r"^(?:[\s\d:,.|/·•()\[\]\-—–_+k万wx*]|阅读|浏览|次|评论|条|人|参与|跟贴|分享|收藏|打印|举报|原创|字号|字体|大|中|小|我要|发表|纠错|关注|订阅|"
    r"转载|点赞|赞|已|热度|发布|发表|于|最后|最近|更新|编辑|时间|日期|讯|A[-+]?|t\||星期.|周.|views?|comments?|share|print|已有|作者|来源|published|posted|updated|modified|last|on|at|date|"
    r"min(?:ute)?s? read|\W)*$",
    re.IGNORECASE,
)
_HAN = re.compile("[一-鿿]")
_SENTENCE = re.compile("[。！？；!?;]|[^A-Z][.][ ]")
_STOP = re.compile(r"\s{2,}|[|丨]|\s(?=[A-Za-z一-鿿]{1,6}:)")
_NAME_STOP = re.compile(r"[|丨]|\s(?=[A-Za-z一-鿿]{1,6}:)")
_MAX_LINE = 160
_WRAPPED = re.compile(r"^\s*[(\[【〔（［]\s*(.*?)\s*[)\]】〕）］]\s*$")


def labels(text: str) -> Iterator[re.Match[str]]:
    """Yield the credit labels in a text that has been folded 1:1 with its case kept."""
    return _LABEL.finditer(text)


@lru_cache(maxsize=4096)  # cleaning looks at a line several times
def read_credits(line: str, *, boxed: bool = False) -> Credits | None:
    """Return what a credit line says, or None if the line is anything else.

    ``boxed`` says that the line stands where a page keeps its byline: a name of an outlet beside a date is then read
    as the source though nothing labels it.
    """
    line = _unwrap(line)
    if not line or len(line) > _MAX_LINE or "。" in line[:-1]:
        return None
    folded = fold(line, keep_case=True)
    marks = _marks(folded)
    if not marks:
        return None
    found, rest = _collect(line, folded, marks)
    if found is None:
        return None
    return _with_rest(found, rest, boxed)


def _unwrap(line: str) -> str:
    line = line.strip()
    wrapped = _WRAPPED.match(line)
    return wrapped[1] if wrapped else line


def _marks(folded: str) -> list[tuple[int, int, str]]:
    """Return the labels and dates of a line as (start, end, role), in order, none inside another."""
    found = [(start, end, "when") for start, end in date_spans(folded)]
    for match in labels(folded) if _MAY_HOLD_LABEL.search(folded) else ():
        _add(found, match)
    first = min(found, default=None)
    for match in _GLUED.finditer(folded, first[1]) if first else ():
        _add(found, match)
    found.sort()
    return [
        mark for index, mark in enumerate(found) if index == 0 or not _is_prefix(folded, found[index - 1 : index], mark)
    ]


def _add(found: list[tuple[int, int, str]], match: re.Match[str]) -> None:
    """Add a label unless it lies inside something found already."""
    if not any(start < match.end() and match.start() < end for start, end, _ in found):
        found.append((match.start(), match.end(), (match.lastgroup or "").rstrip("2345")))


def _is_prefix(folded: str, before: list[tuple[int, int, str]], mark: tuple[int, int, str]) -> bool:
    """Tell whether a label only introduces the value of the label before it (``采写:本报记者 某某``)."""
    if not before or before[0][2] != "author" or mark[2] != "author":
        return False
    between = folded[before[0][1] : mark[0]]
    return len(between) < 8 and " " not in between


def _collect(line: str, folded: str, marks: list[tuple[int, int, str]]) -> tuple[Credits | None, str]:
    """Return what the labels say and the text that nothing accounts for; None if a value is not one."""
    rest = [line[: marks[0][0]]]
    credit = Credits()
    for index, (start, end, role) in enumerate(marks):
        stop = marks[index + 1][0] if index + 1 < len(marks) else len(line)
        if role == "when":
            credit = merge(credit, Credits(dates=(line[start:end].strip(),)))
            rest.append(line[end:stop])
            continue
        value, left = _value(line, folded, end, stop, role)
        said = _said(role, value)
        if said is None:
            return None, ""
        credit = merge(credit, said)
        rest.append(left)
    return credit, " ".join(rest)


def _value(line: str, folded: str, start: int, stop: int, role: str) -> tuple[str, str]:
    """Split what follows a label into its value and what is left."""
    text = line[start:stop]
    cut = (_STOP if role == "source" else _NAME_STOP).search(folded[start:stop])
    if role == "source":
        space = re.search(r"(?<=[一-鿿])\s(?!\S(?:\s|$))", text)
        cut = min((c for c in (cut, space) if c), key=lambda c: c.start(), default=None)
    return (text[: cut.start()], text[cut.start() :]) if cut and cut.start() else (text, "")


def _said(role: str, value: str) -> Credits | None:
    if _SENTENCE.search(value.rstrip("。.")) or len(value) > 80:
        return None
    if role in {"skip", "date"}:
        return Credits() if len(value) <= 30 else None
    if not value.strip(" :：-—|｜/"):
        return Credits()
    if role == "source":
        return Credits(source=outlet(value)) if len(value) <= 40 and not re.search("[,，]", value) else None
    names = people(value)
    if not names and len(value) > 12:
        return None
    return Credits(authors=names) if role == "author" else Credits(editors=names)


def _with_rest(credit: Credits, rest: str, boxed: bool) -> Credits | None:
    """Return the credits if what nothing accounts for is noise, or one outlet in a byline box."""
    left = fold(rest, keep_case=True).strip()
    if _NOISE.match(left):
        return credit
    words = [word for word in rest.split() if not _NOISE.match(fold(word, keep_case=True))]
    name = " ".join(words)
    if not boxed or not credit.dates or len(name) > 24 or len(words) > 3 or _SENTENCE.search(name):
        return None
    named = outlet(words[0]) if _HAN.search(name) else None  # a Latin word beside a date is as often a weekday
    return credit if credit.source or not named else merge(credit, Credits(source=named))


def merge(first: Credits, second: Credits) -> Credits:
    """Return both, the first having the say where there can be only one."""
    return Credits(
        authors=_union(first.authors, second.authors),
        editors=_union(first.editors, second.editors),
        source=first.source or second.source,
        publisher=first.publisher or second.publisher,
        dates=_union(first.dates, second.dates),
    )


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return first + tuple(item for item in second if item not in first)
