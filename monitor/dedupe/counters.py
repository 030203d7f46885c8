"""What texts count of their readers, which changes by itself: 已有10234人阅读, 共56条评论, "3 comments"."""

from __future__ import annotations

import re

__all__ = ["counts_readers", "is_counter", "without_counters"]

_COUNTED = r"(?:阅读|浏览|播放|点[击赞]|评论|留言|在看|[收观]看|围观)量?"
_COUNT = r"\d[\d.,]*\s*[万wk]?\+?\s*[人次条]{0,2}(?:正?在)?"
_ENGLISH = r"(?:comments?|views?|likes?|shares?|reads?|replies|watching|min(?:ute)?s? read)\b"
_IN_TITLE = re.compile(
    rf"[\W_]*(?:{_COUNTED}数?\s*:?\s*{_COUNT}|(?:(?<=[\W_])|^){_COUNT}{_COUNTED}"
    rf"|\d[\d.,]*[km]?\s*{_ENGLISH}|\(\d{{1,2}}\)$)[)\]】]?"
)
_LONGEST = 40  # characters of a line that counts and says nothing else
_LEFT = 2  # letters of it that no list holds, at most
_OF_READERS = re.compile(
    rf"{_COUNTED}|收藏|分享|转发|跟帖|参与|关注度|热度|人气|在线|有用|推荐|订阅|未读|本文共|更新[至于]|{_ENGLISH}"
)
_BESIDE = re.compile(
    r"[\W\d_]+|[万亿wkm人次条个名位字年月日时分秒前已有共正在数量约需还度至于累计全文本剩余觉得更新发布直播间来源小钟页]"
)
_OF_ITSELF = re.compile(
    r"(?:本文|本[页頁站]|此文|[该該][文帖]|文章)[^，,]{0,6}?\d[\d.,]*[万萬wk]?\+?\s*[人次]+(?:次|都?在)?"
    r"(?:[阅閱][读讀]|浏览|瀏覽|[点點][赞讚击擊]|[评評][论論]|[转轉][发發]|收藏|看[过過]?)|"
    r"\bthis (?:story|article|page|post|report|video) (?:has|was) (?:now )?(?:been )?"
    r"(?:read|viewed|shared|opened|watched)\b",
    re.IGNORECASE,
)
"""What a page says of its own readers in a sentence: 本文已有1200人阅读, this story has been read 4512 times."""
_SENTENCE = re.compile(r"[。!?;]|\.(?=\s|$)")


def without_counters(title: str) -> str:
    """Return a prepared title without what it counts of its readers, and without the number of a part at its end."""
    return _IN_TITLE.sub(" ", title).strip()


def is_counter(line: str) -> bool:
    """Tell whether a prepared line counts readers, or says how long it takes to read on, and nothing else."""
    if len(line) > _LONGEST or _SENTENCE.search(line) or not _OF_READERS.search(line):
        return False
    return len(_BESIDE.sub("", _OF_READERS.sub("", line))) <= _LEFT


def counts_readers(sentence: str) -> bool:
    """Tell whether a sentence, as it is written, counts the readers of its own page."""
    return _OF_ITSELF.search(sentence) is not None
