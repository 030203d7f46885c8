"""Find the labels and dates of a credit line: ``记者：``, ``来源：``, ``by``, counters.

A label alone makes no credit line; what stands behind it is judged elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .dates import date_spans
from .names import SURNAMES
from .wordings import sections

__all__ = ["find_marks", "labels"]

_SURNAME = "".join(sorted(SURNAMES))
_SEPARATOR = r"\s*(?:[:|丨/]|--)\s*"
_START = r"(?<![A-Za-z一-鿿])"
_OF_OUTLET = r"(?:《?(?:\d\d(?=世纪))?[^\s\d,，。;；:：、|/()《》【】\[\]]{0,12}》?(?:\([\w.\-]{2,30}\))?)?"
"""What may stand before 记者: the name of the outlet, its address in brackets behind it."""
_REPORTER = rf"{_OF_OUTLET}(?<!摄影)(?:首席|资深|见习|实习|特约|全媒体)*记\s?者"
_NAME_FOLLOWS = r"(?=[一-鿿]{2,4}(?:[\s、,/|;]|$)|[一-鿿]\s[一-鿿](?:\s|$))"
_NAMES = r"[一-鿿]{2,4}(?:[、 ][一-鿿]{2,4})*"
_LABEL = re.compile(
    "|".join(rf"(?P<{role}>{_START}(?:{'|'.join(words)}){_SEPARATOR})" for role, words in sections("credits"))
    + rf"|(?P<author2>{_START}(?:(?:{_REPORTER}|实习生|\S{{0,4}}通讯员)\s+|(?:特约)?(?:撰稿人?|撰文|采写|编译|作者|"
    rf"执笔)\s+{_NAME_FOLLOWS}))"
    rf"|(?P<author5>{_START}(?:{_REPORTER}|编译)"
    rf"(?={_NAMES}\s*/?\s*[一-鿿、]{{0,12}}(?:报[道导]|\d日[一-鿿]{{0,2}}[电讯专]|发自[一-鿿、]{{2,8}})\s*[)\]】〕]?$))"
    rf"|(?P<author6>^[^\s,，。;；:：、|/]{{0,12}}?(?:首席|见习|实习|"
    rf"特约)*记者(?=(?:[{_SURNAME}][一-鿿]{{1,2}}(?:[、 ]|$)){{1,4}}$))"
    r"|(?P<author3>[◎◆■]\s*(?=[一-鿿]\s?[一-鿿]))"
    r"|(?P<author4>(?:^|(?<=[|•·,;(])|(?<=[|•·,\d;M]\s)|(?<=[AP]\.M\.\s))(?:(?:written|posted|published|reported|"
    r"reporting|words|story|(?<!medically )reviewed|interview(?:ed)?) )?by:?\s+(?=(?-i:[A-Z])))"
    r"|(?P<skip3>(?:additional |extra )(?:reporting|research|writing) by:?\s+(?=(?-i:[A-Z])))"
    r"|(?P<editor3>(?:^|(?<=[\s|,;(•·]))(?:(?:additional |copy )?edit(?:ed|ing)|translat(?:ed|ion)|"
    r"photo(?:graph)?(?:s|y)?|"
    r"illustrat(?:ed|ions?)|graphics?|video|produced|production|compiled|fact[- ]check(?:ed|"
    r"ing)) by:?\s+(?=(?-i:[A-Z])))"
    r"|(?P<source2>(?:转自|来源于|来自)\s*)"
    r"|(?P<source3>^(?:news|content|article|story) provided by:?\s+(?=(?-i:[A-Z])))"
    r"|(?P<source4>^(?-i:SOURCE)\s+(?=(?-i:[A-Z])))"
    rf"|(?P<editor2>{_START}(?:[一-鿿]{{0,4}}编辑|[一-鿿]{{0,2}}校对|责编|摄影|审[核校读]|主编|监制|统筹|策划|制图|值班编委|翻译)\s+{_NAME_FOLLOWS})"
    r"|(?P<skip2>(?:阅读|浏览|点击|访问|评论|跟贴|点赞|分享|热度|人气)(?:量|数|次数)?\s*[:(]?\s*[\d.,]+\s*[万wk次条人]?\)?)",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"(?P<editor>(?:责任编辑|责编|编辑|校对)\s*:)|(?P<author>(?:作者|记者)\s*:)|(?P<source>来源\s*:)|(?P<skip>(?:所属)?分类\s*:)"
    r"|(?P<date>(?:发布|发表|更新)?时间\s*:)"
)
"""Labels that are recognised without a space before them, once a line has shown itself to be a credit line."""
_MAY_HOLD_LABEL = re.compile(
    r"[:|/丨◎◆■]|--|记\s?者|实习生|通讯员|转自|来自|来源于|编[辑译]|校对|责编|摄影|审[核校读]|主编|监制|统筹|策划|制图|"
    r"编委|翻译|撰[文稿]|采写|作者|执笔|\d|by:?\s|^source\s",
    re.IGNORECASE,
)


def labels(text: str) -> Iterator[re.Match[str]]:
    """Yield the credit labels in a text that has been folded 1:1 with its case kept."""
    return _LABEL.finditer(text)


def find_marks(folded: str) -> list[tuple[int, int, str]]:
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
        found.append((match.start(), match.end(), (match.lastgroup or "").rstrip("23456")))


def _is_prefix(folded: str, before: list[tuple[int, int, str]], mark: tuple[int, int, str]) -> bool:
    """Tell whether a label only introduces the value of the label before it (``采写:本报记者 某某``)."""
    if not before or before[0][2] not in {"author", "editor"} or mark[2] != "author":
        return False
    between = folded[before[0][1] : mark[0]]
    return len(between) < 8 and " " not in between
