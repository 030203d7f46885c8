"""Judge what labels and dates of a credit line leave over: noise, an outlet, persons, or no part of credits."""

from __future__ import annotations

import re

from storage.fold import fold

from .credits_said import HAN, SENTENCE, Credits, merge
from .names import is_full_name, is_outlet, is_person, outlet, people

__all__ = ["is_english_date", "read_names_alone", "with_rest"]

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
_ACCOUNT_END = re.compile(r"[报網网社刊台界街观觀眼家圈谈談说說哥姐君号號局厅部委]$")
"""What ends short names of outlets and accounts that begin like a person's: 金融界, 钱江报."""
_NO_OUTLET = re.compile(
    r"(?:日期|时间|時間|[稿布]日|[一-鿿]版)$|^(?:\S{0,4}(?:公[报報]|公告|要[闻聞]|港[闻聞])|新[闻聞]|国[际內内]|國[際內])$"
)
"""What ends a label of a date that is not known as one."""
_AGENCY = re.compile(r"[|,·•\s\-]*(?:for )?(?:the )?[A-Z][\w.& ]{1,30}", re.ASCII)


def with_rest(credit: Credits, rest: str, boxed: bool) -> Credits | None:
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
    if not boxed or len(name) > 24 or len(words) > 3 or SENTENCE.search(name):
        return None
    if not (credit.dates or credit.modified or (credit.authors and is_outlet(name))):
        return None
    if not credit.authors and (persons := _unlabelled(words)):
        return merge(credit, persons)
    is_named = HAN.search(name) and not _NO_OUTLET.search(words[0])
    named = outlet(words[0]) if is_named else None  # a Latin word beside a date is as often a weekday
    return credit if credit.source or not named else merge(credit, Credits(source=named))


def read_names_alone(line: str) -> tuple[str, ...]:
    """Return the Latin names that a line consists of, with an office or a button beside them at most."""
    words = _words(line)
    if not 2 <= len(words) <= 8 or HAN.search(line) or any(c.isdigit() for c in line):
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
