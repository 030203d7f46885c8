"""Who wrote an article, as its running text says: datelines, signatures, and whose reporters did the work."""

from __future__ import annotations

import re

from storage.fold import fold

from .credits import Credits
from .names import SURNAMES, people

__all__ = ["credits_in_text"]

_DATELINE = re.compile(
    r"^[^。]{0,40}?[(（]\s*(?:[^()（）。]{0,12})?记\s*者\s*:?\s*(?P<names>[^()（）。:：]{2,40})[)）]"
    r"|^[(（\[【〔〖]?(?:[^()（）。]{0,12})?记者\s*"
    r"(?P<names3>[一-鿿]{2,4}(?:[、 ][一-鿿]{2,4})*?\s*/?\s*[一-鿿]{0,6}报[导道])(?:[)）\]】〕〗]|\s)"
    r"|^(?:本报|新华社|中新社|中新网|人民网|央视网)[^。()（）]{0,20}[电讯]\s*[(（]?\s*(?:[一-鿿]{0,8})?记者\s+(?P<names2>[^()（）。,，:：]{2,30})[)）]"
)
_WRITTEN_BY = re.compile(r"^[【\[](?:文|撰文|采写|作者)\s*[/／|｜:：]\s*(?P<names>[^】\]]{2,40})[】\]]")
_SIGNED = re.compile(
    r"[(（](?:\s*(?:[^()（）。]{0,12})?(?:记\s*者|作者|通讯员|采写)\s*[:：]?\s*(?P<names>[^()（）。]{2,40})|(?P<bare>[一-鿿]{2,3}))[)）]\s*$"
)
_OUTLET_REPORTER = re.compile(
    r"《(?P<quoted>[^》]{2,12})》(?:\S{0,4})记者|(?:^|[，。；：、“”‘’（(\s,.;:]|告诉|接受|向|对|据|与|和)"
    r"(?P<plain>[一-鿿]{1,5}(?:日报|晚报|晨报|早报|时报|商报|导报|青年报|都市报|周刊|周报|社|新闻))记者"
)


def credits_in_text(lines: list[str]) -> tuple[Credits, str | None]:
    """Return the authors that running text itself names, and the outlet whose reporters it says did the work.

    Authors stand in datelines ``(记者 某某)``, in ``【文/某某】`` or in a signature at the end; the outlet is that
    of ``《商学院》记者了解到``.
    """
    if not lines:
        return Credits(), None
    authors: tuple[str, ...] = ()
    for line in lines[:3]:
        found = _DATELINE.match(fold(line[:120], keep_case=True)) or _WRITTEN_BY.match(line)
        if found:
            authors = people(next(group for group in found.groups() if group))
            break
    return Credits(authors=authors or _signature(lines[-1])), _reporters_of(lines)


def _signature(line: str) -> tuple[str, ...]:
    found = _SIGNED.search(line[-80:])
    if not found:
        return ()
    if found["names"]:
        return people(found["names"])
    bare = found["bare"]
    return (bare,) if bare and bare[0] in SURNAMES and bare not in {"完结", "全文", "图文"} else ()


def _reporters_of(lines: list[str]) -> str | None:
    for line in lines:
        found = _OUTLET_REPORTER.search(line)
        if found and (name := found["quoted"] or found["plain"]):
            return name.strip()
    return None
