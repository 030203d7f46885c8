"""What each word of a Chinese text can be among its keywords: a piece of a compound, a word of its own, or nothing.

Pure, by the word alone: its kind and count in jieba's dictionary, and lists of what tells nothing. Joins nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from monitor.tag.squeeze import HAN
from monitor.tag.word_kinds import is_action, is_grammar, is_phrase, is_proper

__all__ = ["NEVER", "Lexicon", "Token", "tokens_of"]

NEVER = 1_000_000
"""How often a word had to stand in a text to tell something that tells nothing."""

_LOOSE = 3.6  # inverse document frequency of a character; below is grammar: 的 0.9, 年 2.7, 个 3.5
_DEED = 7.6  # that of a verb; below it tells nothing: 开展 6.0, 施行 7.6
_PIECE, _BESIDE = 5.0, 4.0  # that of a character that is a piece of a name, or may be one
_TAILS = frozenset(
    {
        *(
            "平台",
            "专区",
            "中心",
            "系统",
            "团队",
            "计划",
            "项目",
            "工程",
            "指引",
            "方案",
            "办法",
            "标准",
            "制度",
            "模式",
            "技术",
        ),
        *(
            "产品",
            "服务",
            "设备",
            "业务",
            "市场",
            "行业",
            "产业",
            "企业",
            "公司",
            "机构",
            "基地",
            "园区",
            "数据",
            "资源",
            "能力",
        ),
    }
)  # tell nothing alone, and end what does: 网约车平台
_LEADS = frozenset(
    {
        *("旗下", "名下", "麾下", "名为", "名叫", "自家", "首款", "首个", "首家", "首批", "最新", "全新", "新一代"),
        *("该款", "这款"),
    }
)
"""What leads to a name or a thing, and is no piece of what it is called: 旗下|晓问大模型."""
_LOOSE_WORDS = frozenset(  # characters that stand between words, not in them
    "按据凭依诉涉增减改获遭致逾超破赴将拟称指降升涨跌售再仍又已未无被遇罚判审签设办停启推入进回到至自由以与及或并且各每该本此某全总近均仅只才"
    "就都也还更最很太极多少几半数第一二三四五六七八九十两首末原副个名位件条亿元占"
)
_EACH = frozenset("每各该某")
_BODY_ENDS = tuple("院部局会厅署司社校团队厂行所站委处室")  # who does something: 法院|审结 is no name
_COUNTS = re.compile("[一二三四五六七八九十两百千万亿]+[大号级名个家项年月日条种款层楼成届期次批组方者类强局场轮倍]?$")
_NO_START = frozenset("新旧老案号级量度届轮组项种款次系率费额起落现内外前后式型性化者类派")
_NO_END = frozenset("式型类")  # of which kind something is, not what: 搜题类|应用
_ADVERBIAL = re.compile("[按据凭](.{2,})")  # and a word: 按规定, 据介绍
_ENDS_PREFIX = frozenset("自可")  # loose alone, and yet half of a word: 自研, 可识别
_BETWEEN = _LOOSE_WORDS | _NO_START
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(rf"[{HAN}]+|[A-Za-z][A-Za-z\d]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Inverse document frequencies, that of a word that has none, and words that tell nothing."""

    of: Mapping[str, float]
    usual: float
    fillers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word and what it can be.

    ``joins``: a piece of a compound; ``begins`` and ``ends``: its first or last. ``acts``: who does something.
    ``least``: how often it must stand in a text to tell something alone. ``cuts``: a character that may be the other
    half of the word beside it; ``leads``: the first half of the word behind it.
    """

    text: str
    joins: bool = False
    begins: bool = False
    ends: bool = False
    is_verb: bool = False
    is_rare: bool = False
    is_name: bool = False
    acts: bool = False
    cuts: bool = False
    leads: bool = False
    least: int = 1


def tokens_of(words: Iterable[str], lexicon: Lexicon) -> list[Token]:
    """Return what the words can be, in order."""
    listed = list(words)
    known = {word: _token(word, lexicon.of.get(word, lexicon.usual), _is_filler(word, lexicon)) for word in set(listed)}
    return [known[word] for word in listed]


def _is_filler(word: str, lexicon: Lexicon) -> bool:
    adverbial = _ADVERBIAL.fullmatch(word)
    return word in lexicon.fillers or (adverbial is not None and adverbial[1] in lexicon.of)


@lru_cache(maxsize=16_384)
def _token(word: str, weight: float, is_filler: bool) -> Token:
    is_word = _WORD.fullmatch(word) is not None
    if len(word) == 1:
        return _character(word, weight) if is_word else Token(text=word)
    if not is_word or is_grammar(word) or _COUNTS.match(word):
        return Token(text=word, least=NEVER if _COUNTS.match(word) else 1)
    if word in _LEADS:
        return Token(text=word, least=NEVER)
    verb = is_action(word)
    joins = word in _TAILS or not is_filler or is_phrase(word)
    return Token(
        text=word,
        joins=joins,
        begins=not (verb or word in _TAILS or not joins),
        ends=joins and not (verb and weight < _DEED),
        is_verb=verb,
        is_rare=not is_filler,
        is_name=is_proper(word),
        acts=word.endswith(_BODY_ENDS),
        least=_least(word, weight, is_filler=is_filler, is_verb=verb),
    )


def _character(word: str, weight: float) -> Token:
    joins = weight >= _LOOSE and word not in _LOOSE_WORDS
    cuts = weight >= _BESIDE and word not in _BETWEEN and _HAN.match(word) is not None
    return Token(
        text=word,
        joins=joins,
        begins=joins and word not in _NO_START,
        ends=joins and word not in _NO_END,
        is_rare=joins and weight >= _PIECE,
        acts=word in _BODY_ENDS,
        cuts=cuts,
        leads=cuts or word in _ENDS_PREFIX,
    )


def _least(word: str, weight: float, *, is_filler: bool, is_verb: bool) -> int:
    if is_filler or word[0] in _EACH:
        return NEVER
    if is_phrase(word):
        return 3
    return 2 if is_verb and weight < _DEED else 1
