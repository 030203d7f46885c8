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

from .date_forms import NOT_A_DATE
from .dates import date_spans
from .names import DOUBLE_SURNAMES, SURNAMES, is_full_name, is_outlet, is_person, outlet, people
from .told import goes_on, is_told
from .wordings import sections

__all__ = ["Credits", "is_english_date", "labels", "merge", "read_credits", "read_names_alone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """What credit lines say.

    ``dates`` are the stretches that may hold the date of publication, ``posted`` those of them that are labelled as
    such, ``modified`` those that are labelled as the last change.
    """

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    source: str | None = None
    publisher: str | None = None
    dates: tuple[str, ...] = ()
    posted: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()


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
_NAME = rf"(?:(?:{'|'.join(sorted(DOUBLE_SURNAMES))})[一-鿿]{{1,2}}|[{_SURNAME}][一-鿿]{{1,2}})"
_NAMES_FIRST = re.compile(
    rf"^(?:(?P<outlet>\S{{2,12}}(?:报|报道|网|社|刊|台|新闻|财经|"
    rf"周刊))\s+)?(?P<names>{_NAME}(?:[、 ]{_NAME}){{0,4}})\s*"
    r"(?:[/|丨\s]\s*[一-鿿]{0,4}(?:[、/][一-鿿]{2,4}){0,3}(?:综合|即时|现场|连线|外电|特稿|摄影)*报[道导]"
    r"|[/|丨]\s*(?:撰?文|图文|文图|编译|译|整理)|\s(?:编译|整理|撰文))$"
)
"""Whole lines in which the names come first: ``张三／综合报导``, ``张三/文``, ``某某报 张三 北京报道``."""
_NAME_AND_OUTLET = re.compile(rf"^(?P<names>{_NAME}(?:[、 ]{_NAME}){{0,3}})\s*[/|]\s*(?P<outlet>[一-鿿\w]{{3,10}})$")
_REPOST = re.compile(
    r"^(?:\S{1,6}注[:,]\s*)?(?:本文|文章|原文)\s*(?:转载?自|来源于|来源(?=微信|公众)|来自于?|首发于|出自)\s*:?\s*(?:(?:微信)?公众号)?\s*[:\"《]*\s*"
    r"(?P<source>[^\s\"》()，,。:]{2,20})[\"》]*(?:\s*\([^()]{0,40}\))?"
    r"(?P<clauses>(?:\s*[,;、]?\s*[^。,;]{2,40}){0,6}?)\s*。?$"
)
_CLAUSE = re.compile(
    r"\s*(?:(?:原文)?(?P<author>作者|撰文|采写|文)|(?P<editor>(?:责任)?编辑|责编|校对|审校|编译|翻译)|"
    r"(?P<skip>题图|头图|封面|图片|配图|原标题|原题|标题))(?:来自|来源)?\s*[:为/|]\s*(?P<names>.+)"
)
_LICENCE = re.compile("授权|转载|发布|编辑|整理|改编|版权|首发|刊载|有删[改减节]")
"""The sentence that introduces a repost: ``本文来自微信公众号“某某”（ID：x），作者：张三，经授权发布。``"""
_POSTED = re.compile(
    r"(?:发\s*布|发\s*表|发稿|刊发|刊\s*登|上传|出\s*版|公布|published|posted)\s*(?:时\s*间|日\s*期)?\s*[于在]?\s*(?:on|at)?\s*[:|]?\s*$",
    re.IGNORECASE,
)
_MODIFIED = re.compile(
    r"(?:更\s*新|修\s*改|修\s*订|最后编辑|updated|modified|revised)\s*(?:时\s*间|日\s*期)?\s*[于在]?\s*(?:on|at)?\s*[:|]?\s*$",
    re.IGNORECASE,
)
_MODIFIED_BEHIND = re.compile(r"\s?(?:更\s?新|修改)(?=\s*[)\]|,]|\s*$)")
_ENGLISH_DATE = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?,? \d"
)
_NOISE_PHRASES = re.compile(
    r"(?:\d+|an?) min(?:ute)?s?(?: to)? read|\b(?:\d[\d,.]*[kKmM]? )?(?:views|comments|shares|likes|claps)\b"
    r"|\b(?:follow|share|save|listen|print|subscribe)\b"
    r"|只看该作者|只看楼主|楼主|倒序浏览|阅读模式|显示全部楼层|电梯直达|复制链接"
    r"|(?:发布|发表)于\s?[一-鿿]{2,3}(?=\s|$)",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"^(?:[\s\d:,.|/·•()\[\]\-—–_+k万wx*]|阅读|浏览|次|评论|条|人|参与|跟贴|分享|收藏|打印|举报|第|版|原创|字号|字体|大|中|小|我要|发表|纠错|关注|订阅|"
    r"转载|点赞|赞|已|热度|发布|发表|于|首次|出版|刊登|最后|最近|更新|编辑|时间|日期|讯|A[-+]?|t\||星期.|周.|views?|comments?|share|print|已有|作者|来源|first|published|posted|updated|modified|last|on|at|by|date|"
    r"min(?:ute)?s? read|\W)*$",
    re.IGNORECASE,
)
_HAN = re.compile("[一-鿿]")
_ACCOUNT_END = re.compile(r"[报網网社刊台界街观觀眼家圈谈談说說哥姐君号號局厅部委]$")
"""What ends short names of outlets and accounts that begin like a person's: 金融界, 钱江报."""
_NO_OUTLET = re.compile(
    r"(?:日期|时间|時間|[稿布]日|[一-鿿]版)$|^(?:\S{0,4}(?:公[报報]|公告|要[闻聞]|港[闻聞])|新[闻聞]|国[际內内]|國[際內])$"
)
"""What ends a label of a date that is not known as one."""
_PAPER = re.compile(r"《(?P<name>[^《》]{2,12})》(?!\S{0,4}\s*[记記])\s*[(（]?(?:\s*第?\s*[A-Z]?\d{1,3}\s*版)?")
"""A paper as its issue is cited: ``《人民日报》（2023年07月02日 第 01 版）``."""
_AGENCY = re.compile(r"[|,·•\s\-]*(?:for )?(?:the )?[A-Z][\w.& ]{1,30}", re.ASCII)
_TITLED = re.compile(
    r"(?P<name>[A-Z][\w.'’\-]+(?: [A-Z][\w.'’\-]*){1,3}), (?:[A-Z][\w&/\- ]{0,40} )?"
    r"(?:[Rr]eporter|[Cc]orrespondent|[Ee]ditor|[Ww]riter|[Cc]olumnist|[Cc]ontributor|[Jj]ournalist)"
)
"""A name with its office, as English bylines have it without a label: ``Jane Doe, Senior Reporter``."""
_SENTENCE = re.compile(r"[。！？；!?;]|[^A-Z](?<!\b[DM]r)(?<!\bMrs)(?<!\bMs)[.][ ]")
_LOWER_WORD = re.compile(r"(?<!\S)[a-z]{2,}(?!\S)")
_STOP = re.compile(r"\s{2,}|[|丨]|\s(?=[A-Za-z一-鿿]{1,6}:)")
_NAME_STOP = re.compile(r"[|丨]|\s(?=[A-Za-z一-鿿]{1,6}:)")
_LATIN_SOURCE = re.compile(r"[A-Z][\w.&'’ \-]{1,60}(?:, (?:[A-Z][\w.&'’ \-]{1,30}))?\s*", re.ASCII)
_STAMP_BEHIND = re.compile(r"(?<=[)）])\s*1[01]\d{5}$")
"""The day of the Republic that agencies print behind their closing credits: ``（編輯：張三）1120702``."""
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
    paper = _PAPER.search(line) if boxed else None
    if paper and is_outlet(paper["name"]):
        said = read_credits(f"{line[: paper.start()]} {line[paper.end() :]}", boxed=True)
        return merge(said, Credits(source=paper["name"])) if said and said.dates else None
    folded = fold(line, keep_case=True)
    if is_told(line, folded):
        return None
    if said := _whole(line, folded):
        return said
    marks = _marks(folded)
    if not marks:
        return None
    found, rest = _collect(line, folded, marks)
    if found is None:
        return None
    return _with_rest(found, rest, boxed)


def _unwrap(line: str) -> str:
    line = _STAMP_BEHIND.sub("", line.strip())
    wrapped = _WRAPPED.match(line)
    return wrapped[1] if wrapped else line


def _whole(line: str, folded: str) -> Credits | None:
    """Read the lines that are told by their whole form, without a label."""
    if found := _NAMES_FIRST.match(folded):
        named = _original(line, found, "outlet")
        return Credits(authors=people(_original(line, found, "names")), source=outlet(named) if named else None)
    if (found := _NAME_AND_OUTLET.match(folded)) and is_outlet(_original(line, found, "outlet")):
        return Credits(authors=people(_original(line, found, "names")), source=outlet(_original(line, found, "outlet")))
    if found := _REPOST.match(folded):
        source = outlet(_original(line, found, "source"))
        clauses = _clauses(line, folded, found.start("clauses"))
        return merge(Credits(source=source), clauses) if source and clauses else None
    if found := _TITLED.fullmatch(line):
        return Credits(authors=people(found["name"]))
    return None


def _clauses(line: str, folded: str, start: int) -> Credits | None:
    """Return whom the clauses behind the source of a repost name; None if one of them is no clause of a credit."""
    credit = Credits()
    for part in re.finditer(r"[^,;。]+", folded[start:]):
        found = _CLAUSE.fullmatch(part[0])
        if found and not found["skip"]:
            names = people(line[start + part.start() + found.start("names") : start + part.end()])
            credit = merge(credit, Credits(authors=names) if found["author"] else Credits(editors=names))
        elif not found and part[0].strip() and not _LICENCE.search(part[0]):
            return None
    return credit


def _original(line: str, found: re.Match[str], group: str) -> str:
    """Return a group of a match in a folded line as the line itself writes it."""
    start, end = found.span(group)
    return line[start:end] if start >= 0 else ""


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
        found.append((match.start(), match.end(), (match.lastgroup or "").rstrip("23456")))


def _is_prefix(folded: str, before: list[tuple[int, int, str]], mark: tuple[int, int, str]) -> bool:
    """Tell whether a label only introduces the value of the label before it (``采写:本报记者 某某``)."""
    if not before or before[0][2] not in {"author", "editor"} or mark[2] != "author":
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
    if _SENTENCE.search(value.rstrip("。.；; ")) or len(value) > 80:
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
    if not names and len(value) > 12 and (_HAN.search(value) or len(_LOWER_WORD.findall(value)) > 1):
        return None
    return Credits(authors=names) if role == "author" else Credits(editors=names)


def _with_rest(credit: Credits, rest: str, boxed: bool) -> Credits | None:
    """Return the credits if what nothing accounts for is noise, or one outlet in a byline box."""
    left = fold(rest, keep_case=True).strip()
    if _NOISE.match(left) or (credit.authors and _AGENCY.fullmatch(left)):
        return credit
    words = _words(rest)
    name = " ".join(words)
    if not words:
        return credit
    if boxed and not credit.authors and (persons := _latin_persons(rest, words, credit.dates)):
        return merge(credit, persons)
    if not boxed or len(name) > 24 or len(words) > 3 or _SENTENCE.search(name):
        return None
    if not (credit.dates or credit.modified or (credit.authors and is_outlet(name))):
        return None
    if not credit.authors and (persons := _unlabelled(words)):
        return merge(credit, persons)
    is_named = _HAN.search(name) and not _NO_OUTLET.search(words[0])
    named = outlet(words[0]) if is_named else None  # a Latin word beside a date is as often a weekday
    return credit if credit.source or not named else merge(credit, Credits(source=named))


def read_names_alone(line: str) -> tuple[str, ...]:
    """Return the Latin names that a line consists of, with an office or a button beside them at most."""
    words = _words(line)
    if not 2 <= len(words) <= 8 or _HAN.search(line) or any(c.isdigit() for c in line):
        return ()
    names = people(" ".join(words))
    return names if names and all(map(is_full_name, names)) else ()


def is_english_date(text: str) -> bool:
    """Tell whether a date is written in English: with a month's name, or as a time ago."""
    return _ENGLISH_DATE.match(text) is not None or text.lower().endswith(" ago")


def _words(rest: str) -> list[str]:
    """Return the words that nothing accounts for, without the counters and buttons beside them."""
    text = _NOISE_PHRASES.sub(lambda found: " " * len(found[0]), fold(rest, keep_case=True))
    bare = "".join(" " if after == " " else before for before, after in zip(rest, text, strict=True))
    words = [word.strip("/|·•｜／丨,，") for word in bare.split()]
    return [word for word in words if word and not _is_noise(word, words)]


def _is_noise(word: str, words: list[str]) -> bool:
    """Tell whether a word says nothing; what joins Latin names does not."""
    return _NOISE.match(fold(word, keep_case=True)) is not None and not (word == "and" and len(words) > 1)


def _latin_persons(rest: str, words: list[str], dates: tuple[str, ...]) -> Credits | None:
    """Return the Latin names beside an English date, where nothing else is there but counters and buttons.

    What stands beside dates in other languages is not known well enough. A dash begins the signature of a quotation.
    """
    if len(words) > 8 or not any(map(_ENGLISH_DATE.match, dates)) or rest.lstrip().startswith(("-", "—", "–")):
        return None
    names = people(" ".join(words))
    return Credits(authors=names) if names and all(map(is_full_name, names)) else None


def _unlabelled(words: list[str]) -> Credits | None:
    """Return who stands beside a date without a label: persons that begin the words, an outlet behind them."""
    count = next((i for i, word in enumerate(words) if not _is_unlabelled_person(word)), len(words))
    if not count:
        return None
    behind = words[count] if count < len(words) and is_outlet(words[count]) else ""
    return Credits(authors=people("、".join(words[:count])), source=outlet(behind))


def _is_unlabelled_person(word: str) -> bool:
    return not word.isascii() and is_person(word) and not _ACCOUNT_END.search(word)


def merge(first: Credits, second: Credits) -> Credits:
    """Return both, the first having the say where there can be only one."""
    return Credits(
        authors=_union(first.authors, second.authors),
        editors=_union(first.editors, second.editors),
        source=first.source or second.source,
        publisher=first.publisher or second.publisher,
        dates=_union(first.dates, second.dates),
        posted=_union(first.posted, second.posted),
        modified=_union(first.modified, second.modified),
    )


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return first + tuple(item for item in second if item not in first)
