"""Who wrote an article, as its running text says: datelines, signatures, and whose reporters did the work."""

from __future__ import annotations

import re
from itertools import pairwise

from storage.fold import fold

from .credits import read_credits
from .credits_said import Credits, merge
from .names import DOUBLE_SURNAMES, SURNAMES, people

__all__ = ["credits_in_text", "signed_on"]

_SURNAME = "".join(sorted(SURNAMES))
_NAME = rf"(?:(?:{'|'.join(sorted(DOUBLE_SURNAMES))})[一-鿿]{{1,2}}|[{_SURNAME}][一-鿿]{{1,2}})"
_NAMES = rf"{_NAME}(?:[、 ]\s?{_NAME}){{0,5}}"
_WHO = r"(?:首席|见习|实习|特约|特派|全媒体|总台|央视|本报|本社|本网|\s)*(?:记\s*者|实习生|通讯员|编译)"
_REPORT = r"(?:综合|现场|摄影|即时|外电|连线)*报[道导]"
_OPENINGS = tuple(
    re.compile(opening)
    for opening in (
        # 新华社北京7月2日电（记者张三、李四） · 【环球时报驻美国特约记者 张三】 · 〔記者張三／台北報導〕
        rf"^[^。!?]{{0,40}}?[(\[【〔〖]\s*[^()\[\]【】〔〕〖〗。,]{{0,14}}?{_WHO}\s*:?\s*(?P<names>[^()\[\]【】〔〕〖〗。:]{{2,40}})[)\]】〕〗]",
        # 本报讯 记者张三报道： · 南都讯 记者张三 实习生李四 昨日
        rf"^[^。,()]{{2,16}}[讯电]\s*[,:]?\s*{_WHO}\s*(?P<names>{_NAMES}(?:\s(?:实习生|通讯员|记者)\s*{_NAMES})*)(?:{_REPORT})?(?=[\s:,])",
        # the bare name behind the place: 中新社北京7月2日电 (张三)
        rf"^[^。,()]{{2,20}}[电讯]\s*\(\s*(?P<names>{_NAMES})\s*\)",
        # 記者張三／台北報導 and then the text in the same line
        rf"^{_WHO}\s*(?P<names>{_NAME}(?:[、 ]{_NAME})*?\s*/?\s*[一-鿿]{{0,6}}{_REPORT})[\s:]",
        # 【文/观察者网 张三】
        r"^[【\[]\s*(?:文|撰文|采写|作者)\s*[/|:]\s*(?P<names>[^】\]]{2,40})[】\]]",
    )
)
_OPENING_EDITOR = re.compile(rf"^[^。,()]{{2,20}}[讯电]\s*\(\s*编辑\s*:?\s*(?P<names>{_NAMES})\s*\)")
_CLOSINGS = tuple(
    re.compile(closing)
    for closing in (
        # （新华社记者张三、李四） · （作者：张三） · （实习生 张三）
        r"[(\[【]\s*(?:[^()。,]{0,12})?(?:记\s*者|作者|通讯员|采写|撰文|撰稿|执笔|实习生|编译)(?![系为是])\s*[:/]?\s*"
        r"(?P<names>[^()。,]{2,40})[)\]】]\s*$",
        # （张三，作者系某大学教授）
        rf"[(]\s*(?P<names>{_NAMES})\s*,\s*作者[系为是][^()]{{2,60}}[)]\s*$",
        rf"[(]\s*作者[系为是](?P<names>{_NAME})[)]\s*$",
        # （张三 李四） · （张三综合整理）
        rf"[(]\s*(?P<names>{_NAMES})\s*(?:综合|整理|编译|编写|{_REPORT})*\s*[)]\s*$",
        # the whole last line: 本报记者 张三
        rf"^(?:[^\s。,:]{{0,12}}?){_WHO}\s*:?\s*(?P<names>{_NAMES})\s*$",
    )
)
_CLOSING_EDITOR = re.compile(
    r"[(\[【]\s*(?:责任)?(?:编辑|责编|校对|审核)\s*[:/]?\s*(?P<names>[^()。,]{2,40})[)\]】]\s*(?:1[01]\d{5})?$"
)
_ENGLISH_CLOSINGS = ("Reporting by", "Editing by", "Written by", "SOURCE ", "Source: ")
_SIGNATURE_LINES = 4
_LONGEST_SIGNATURE = 24
_TIME_BELOW = re.compile(r"[一-鿿]{0,2}[时時][间間]\s*[:：]?\s*\d{1,2}\s*[:：时時]\s*\d{2}\s*分?")
_NO_NAMES = frozenset({"完结", "全文", "图文", "全国", "全书", "左图", "右图", "连载", "万元", "单位", "经济", "文化"})
_PICTURES = ("摄", "攝", "图", "圖", "供")
"""What ends a picture's credit: （张三摄）."""
_OUTLET_REPORTER = re.compile(
    r"《(?P<quoted>[^》]{2,12})》(?:\S{0,4})记者|(?:^|[，。；：、“”‘’（(\s,.;:]|告诉|接受|向|对|据|与|和)"
    r"(?P<plain>[一-鿿]{1,5}(?:日报|晚报|晨报|早报|时报|商报|导报|青年报|都市报|周刊|周报|社|新闻))记者"
)


def credits_in_text(lines: list[str]) -> tuple[Credits, str | None]:
    """Return the authors and editors that running text itself names, and the outlet whose reporters it says did the
    work.

    They stand in datelines ``(记者 某某)``, in ``【文/某某】``, in a signature at the end, or in the English line
    ``(Reporting by ...; Editing by ...)``; the outlet is that of ``《商学院》记者了解到``.
    """
    if not lines:
        return Credits(), None
    opened = merge(_opening(lines[:3]), Credits(editors=_found((_OPENING_EDITOR,), lines[0][:120])))
    closed = _closing(lines[-3:])
    if opened.authors:
        closed = Credits(editors=closed.editors)
    return merge(opened, closed), _reporters_of(lines)


def signed_on(lines: list[str]) -> tuple[str, ...]:
    """Return the dates that stand in lines of their own at the end of a text, as official documents are signed.

    The time may stand in the line below: ``2023年7月5日（星期三）``, ``香港時間16時30分``.
    """
    found = []
    for line, below in pairwise([*lines[-_SIGNATURE_LINES:], ""]):
        if len(line) <= _LONGEST_SIGNATURE and (said := read_credits(line, boxed=True)) and said.dates:
            found.append(f"{line} {below}" if _TIME_BELOW.fullmatch(below) else said.dates[0])
    return tuple(found)


def _opening(lines: list[str]) -> Credits:
    for line in lines:
        if names := _found(_OPENINGS, line[:120]):
            return Credits(authors=names)
    return Credits()


def _closing(lines: list[str]) -> Credits:
    """Read the signatures of the last lines, the very last first."""
    found = Credits()
    for line in reversed(lines):
        said = _english(line)
        if line is lines[-1]:
            end = line[-100:]
            said = said or Credits(authors=_found(_CLOSINGS, end), editors=_found((_CLOSING_EDITOR,), end))
        found = merge(found, said or Credits())
    return found


def _english(line: str) -> Credits | None:
    return read_credits(line) if line.lstrip("(").startswith(_ENGLISH_CLOSINGS) else None


def _found(forms: tuple[re.Pattern[str], ...], text: str) -> tuple[str, ...]:
    """Return the names that the first matching form finds, as the text itself writes them."""
    folded = fold(text, keep_case=True)
    for form in forms:
        if found := form.search(folded):
            start, end = found.span("names")
            names = tuple(name for name in people(text[start:end]) if name not in _NO_NAMES)
            if names and not any(name.endswith(_PICTURES) for name in names):
                return names
    return ()


def _reporters_of(lines: list[str]) -> str | None:
    for line in lines:
        found = _OUTLET_REPORTER.search(line)
        if found and (name := found["quoted"] or found["plain"]):
            return name.strip()
    return None
