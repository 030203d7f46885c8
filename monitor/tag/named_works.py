"""Works that bear the name of a law: a podcast called "AI Act", 《行为准则》, 是一部小说.

Looks at one place of a folded text; knows no law and no work.
"""

from __future__ import annotations

import re

__all__ = ["is_work"]

_WORKS_HAN = (
    "话剧|舞台剧|音乐剧|小品|相声|歌曲|单曲|新歌|专辑|电影|影片|新片|剧集|电视剧|网剧|短剧|悬疑剧|喜剧|小说|长篇|漫画|游戏|电玩|桌游|展览|画展|装置|播客|综艺|"
    "真人秀|脱口秀|专场|油画|乐队|画作|摄影集|诗集"
)
_WORKS_LATIN = (
    "podcasts?|albums?|songs?|singles?|tracks?|films?|movies?|novels?|thrillers?|plays?|sitcoms?|shows?|bands?|"
    "exhibitions?|comed(?:y|ies)|musicals?|cabarets?|board games?|video games?|paintings?|sculptures?|"
    "troupes?|sketch(?:es)?|series|miniseries|documentar(?:y|ies)"
)
_LED_HAN = re.compile(
    rf"(?:{_WORKS_HAN})(?:的?(?:名字|片名|剧名|书名))?(?:定名|取名|起名|名叫|名为|名字?|叫做?|题为|是|就?叫)?[:]?[《\"]$"
)
_LED_LATIN = re.compile(rf"\b(?:{_WORKS_LATIN})(?:,|:| is| was)?(?: (?:entitled|titled|called|named|dubbed))?,? [\"']$")
_SAID_HAN = re.compile(rf"》,?是[一这那]?[本部首出张款]?[^,。;!?]{{0,12}}(?:{_WORKS_HAN})")
_QUOTES = {"《": "》", '"': '"', "'": "'"}
_LOOK_BACK = 40


def is_work(letters: str, start: int, end: int) -> bool:
    """Say whether the marks right around a name are those of a work: the podcast "AI Act"."""
    mark = letters[start - 1 : start]
    if mark not in _QUOTES or _QUOTES[mark] not in letters[end : end + 2]:
        return False
    before = letters[max(0, start - _LOOK_BACK) : start]
    if _SAID_HAN.match(letters, end):
        return True
    return _LED_HAN.search(before) is not None or _LED_LATIN.search(before) is not None
