"""What prepared texts count of their readers, which changes by itself: 已有10234人阅读, 共56条评论, "3 comments"."""

from __future__ import annotations

import re

__all__ = ["is_counter", "without_counters"]

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
_SENTENCE = re.compile(r"[。!?;]|\.(?=\s|$)")


def without_counters(title: str) -> str:
    """Return a title without what it counts of its readers, and without the number of a page or a part at its end."""
    return _IN_TITLE.sub(" ", title).strip()


def is_counter(line: str) -> bool:
    """Tell whether a line counts readers, or says how long it takes to read on, and nothing else."""
    if len(line) > _LONGEST or _SENTENCE.search(line) or not _OF_READERS.search(line):
        return False
    return len(_BESIDE.sub("", _OF_READERS.sub("", line))) <= _LEFT
