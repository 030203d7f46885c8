"""What can be the name of a model, and what only describes one: 紫竹 in 国产紫竹政务大模型, nothing in 国产政务大模型.

Works on folded words with their case. The word lists beside this file hold the words that describe models
(``discover_descriptors.txt``), words that a name may follow (``discover_before.txt``), what is set in quotes without
being a name (``discover_refused.txt``), words that say of a model what many are (``discover_kinds.txt``), words of
grammar (``discover_grammar.txt``), and Latin words that name no model: makers, abbreviations, places, words of a
sentence (``discover_latin.txt``). Finds nothing in texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from monitor.tag.squeeze import HAN, is_han

__all__ = [
    "HAN_RUN",
    "LATIN_NAME",
    "Found",
    "Latin",
    "Plain",
    "bare_latin",
    "described_end",
    "is_described",
    "last_name",
    "latin_name",
    "latin_name_apart",
    "listed",
    "listed_han",
    "plain_name",
]

Found = tuple[int, int, str, str]
"""Start and end in the line, the name, and the pattern that found it."""
HAN_RUN = f"[{HAN}·]"
_JOINED = "(?:[-.+][A-Za-z0-9]+){0,12}"  # no name has more; without an end, a page of A.A.A takes the square
_NEXT = rf"(?:[A-Z][A-Za-z0-9]*{_JOINED}|[vV]?\d+(?:\.\d+)*[A-Za-z]?(?![\d%]))"
_FIRST = "[A-Za-z]"  # written first, a search passes over all other letters at once
_REST = rf"(?:(?<=[A-Z])|(?<=[a-z])[a-z]?[A-Z])[A-Za-z0-9]*{_JOINED}(?: {_NEXT}){{0,3}}"
LATIN_NAME = _FIRST + _REST
"""A Latin name: a capitalised word and up to three more, or version numbers."""

_TAILS = (
    "pro|max|ultra|turbo|mini|nano|flash|lite|plus|omni|air|thinking|instruct|chat|base|preview|vision|next|large|"
    "medium|"
    "small|exp|beta|alpha|it|fp8|int4|int8|awq|gguf|distill|hd|xl"
)
_TAIL = re.compile(
    rf"(?:[ \-]?\d+(?:\.\d+)?[BMTbmt](?:-A\d+B)?|-A\d+[Bb]|[ \-](?:{_TAILS})|"
    rf"(?<=[A-Za-z]{{3}})-?[vV]?\d+(?:\.\d+)*[oOvVkK]?"
    rf"|[ \-][vV]?\d+(?:\.\d+)*[A-Za-z]?|-?(?:II|III|IV)|[ \-])$",
    re.IGNORECASE,
)
_HAN_TAIL = re.compile(
    rf"[ \-]?(?:[Vv]?\d+(?:\.\d+)*|[A-Z]\d(?:\.\d+)*)?[ ]?(?:{'|'.join(_TAILS.split('|'))})?$", re.IGNORECASE
)
_HEADS = re.compile("(?:大?型?(?:语言)?模型|智能助手|AI ?助手|助手|智能体|平台|系统|系列|App|APP)$")
_ABBREVIATION = re.compile(r"[A-Z]{1,4}(?![a-z])|[\d.]+[BM]?|[ -]")
_ABBREVIATED_END = re.compile("[A-Z]{2,4}$")
_LOOSE_TAILS = ("级", "型", "类", "化", "式", "版")
_ENDS_NO_NAME = (*_LOOSE_TAILS, *"店厂圈链箱站村营榜赛奖节期战潮热梦论观率量值价费税钱党派族业界权流家")
_LONGEST, _PAIR = 6, 2
_MIN_HAN, _MAX_HAN = 2, 5
_MAX_RUN = 14  # characters before 大模型 in which a name is looked for
_FUNCTION = re.compile(  # each begins with a character of its own, so that most names are passed over at once
    "|".join("的了是在将把被与和及或让该此这那很最也都还就并且而但吗呢吧着过们谁你我他她它")
    + "|什么|怎么|如何|不是|没有|可以|能够|已经|正在|通过|基于|成为|作为|关于|对于|由于|因为|所以|如果|虽然"
    "|以及|其中|包括|进行|实现"
)
_OF_MAKER = re.compile(
    rf"(?:[{HAN}A-Za-z\d ]{{2,12}}?(?:的|公司|集团|科技|大学|研究院|实验室|旗下))?({HAN_RUN}{{2,9}})"
)
_ODD_START = re.compile(
    "[某各每本数多几两第首一不没未无要会能]|[二三四五六七八九十百千万亿]+[余多几来大个家款种类批份名位]"
)
_MIN_LETTERS = 2
_MOST_KEPT = 4096  # verdicts on names that stand in many articles


@dataclass(frozen=True, slots=True)
class Plain:
    """A name at the end of a run of characters: its offset, where what it follows ends, and what describes it."""

    start: int
    cut: int
    name: str
    described: str


@dataclass(frozen=True, slots=True)
class Latin:
    """A Latin name without its maker, version, size and edition, and its offset in what was given."""

    start: int
    name: str


def latin_name_apart(behind: str) -> str:
    """Return the source of ``LATIN_NAME`` where none of the characters ``behind``, of a class, stands before it."""
    return rf"{_FIRST}(?<![{behind}].){_REST}"


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of one of the lists beside this file, ``discover_{name}.txt``."""
    return frozenset(Path(__file__).with_name(f"discover_{name}.txt").read_text(encoding="utf-8").split())


@cache
def vendors() -> frozenset[str]:
    """Return the makers that the shipped catalogue names, in Simplified characters."""
    from monitor.tag.catalogue import load_catalogue

    listed = (entity.vendor or "" for entity in load_catalogue())
    return frozenset(name.strip() for names in listed for name in names.split("/") if len(name.strip()) > 1)


@cache
def _describing() -> frozenset[str]:
    return listed("descriptors") | vendors()


@cache
def _before() -> frozenset[str]:
    return listed("before") | vendors()


@cache
def _before_characters() -> frozenset[str]:
    return frozenset(word for word in _before() if len(word) == 1)


@cache
def _before_lengths() -> dict[str, tuple[int, ...]]:
    return _lengths_by_end(_before())


@cache
def _descriptor_lengths() -> dict[str, tuple[int, ...]]:
    return _lengths_by_end(listed("descriptors"))


def _lengths_by_end(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return the lengths of words, 2 to ``_LONGEST``, by their last two characters, longest first: most end none."""
    ends: dict[str, set[int]] = {}
    for word in words:
        if _PAIR <= len(word) <= _LONGEST:
            ends.setdefault(word[-_PAIR:], set()).add(len(word))
    return {end: tuple(sorted(lengths, reverse=True)) for end, lengths in ends.items()}


@lru_cache(maxsize=_MOST_KEPT)
def is_described(phrase: str) -> bool:
    """Say whether ``phrase`` is nothing but words that describe models (AI文旅, 千亿级多模态), or empty."""
    phrase = _ABBREVIATION.sub("", phrase)
    known = _describing()
    reached = [True] + [False] * len(phrase)
    for end in range(1, len(phrase) + 1):
        starts = range(max(0, end - _LONGEST), end)
        reached[end] = any(reached[start] and phrase[start:end] in known for start in starts)
    return reached[-1]


def last_name(run: str) -> Plain | None:
    """Return the Han name that ``run`` ends with, before what describes it (紫竹 in 发布的紫竹政务), or None."""
    end = _undescribed(run)
    cut = start = _cut(run, end)
    if end - cut < _MIN_HAN:
        return None
    name = run[start:end]
    while (shorter := len(name) - len(_without_first(name))) > 0:
        start, name = start + shorter, name[shorter:]
    return Plain(start, cut, name, run[end:]) if is_han_name(name) else None


def _cut(run: str, end: int) -> int:
    """Return where the last word that a name may follow ends in ``run[:end]``."""
    characters, known, lengths = _before_characters(), _before(), _before_lengths()
    for at in range(end, max(0, end - _MAX_RUN), -1):
        if run[at - 1] in characters:
            return at
        for length in lengths.get(run[max(0, at - _PAIR) : at], ()):
            if length == _PAIR or (length <= at and run[at - length : at] in known):
                return at
    return max(0, end - _MAX_RUN)


def described_end(run: str) -> tuple[tuple[str, ...], int]:
    """Return the describing words that ``run`` ends with, in order, and where they begin."""
    known, lengths = listed("descriptors"), _descriptor_lengths()
    ends = [len(run)]
    while (shorter := _without_last(run, ends[-1], known, lengths)) != ends[-1]:
        ends.append(shorter)
    ends.reverse()
    return tuple(run[start:end] for start, end in pairwise(ends)), ends[0]


def strip_descriptors(phrase: str) -> str:
    """Return ``phrase`` without the describing words at its end, then those at its start."""
    phrase = phrase[: _undescribed(phrase)]
    while (rest := _without_first(phrase)) != phrase:
        phrase = rest
    return phrase.strip("·")


def _undescribed(phrase: str) -> int:
    """Return the length of ``phrase`` without the describing words at its end."""
    known, lengths = listed("descriptors"), _descriptor_lengths()
    end = len(phrase)
    while (shorter := _without_last(phrase, end, known, lengths)) != end:
        end = shorter
    return end


def _without_last(phrase: str, end: int, known: frozenset[str], lengths: Mapping[str, tuple[int, ...]]) -> int:
    """Return the length of ``phrase[:end]`` without the describing word it ends with; ``lengths`` by its end."""
    for length in lengths.get(phrase[max(0, end - _PAIR) : end], ()):
        if length == _PAIR or (length <= end and phrase[end - length : end] in known):
            return end - length
    last = phrase[end - 1 : end]
    found = _ABBREVIATED_END.search(phrase, max(0, end - _LONGEST), end) if last.isascii() else None
    if found:
        return found.start()
    return end - 1 if last in _LOOSE_TAILS else end


def _without_first(phrase: str) -> str:
    known = _describing()
    for length in range(min(_LONGEST, len(phrase)), 1, -1):
        if phrase[:length] in known:
            return phrase[length:]
    return phrase


def is_han_name(name: str) -> bool:
    """Say whether Han ``name`` (2-5 characters without dots) could be a name: no description, slogan or maker."""
    letters = name.replace("·", "")
    if not _MIN_HAN <= len(letters) <= _MAX_HAN + 2 * ("·" in name) or not all(map(is_han, letters)):
        return False
    if name in listed("refused") or name in vendors() or _ODD_START.match(name) or _FUNCTION.search(name):
        return False
    return not (name.endswith(_ENDS_NO_NAME) or is_described(letters))


@lru_cache(maxsize=_MOST_KEPT)
def latin_name(surface: str) -> Latin | None:
    """Return the name in a Latin ``surface``, without a maker before it; None for a maker, a place or plain words."""
    start = 0
    while " " in surface[start:] and _is_refused(surface[start:].split(" ", 1)[0]):
        start += surface[start:].index(" ") + 1
    name = bare_latin(surface[start:])
    letters = re.sub("[^A-Za-z]", "", name)
    if len(letters) < _MIN_LETTERS or all(map(_is_refused, filter(None, re.split("[ -]", name)))):
        return None
    return None if _is_refused(name) else Latin(start, name)


def _is_refused(word: str) -> bool:
    return word in listed("latin") or word in vendors()


def bare_latin(name: str) -> str:
    """Return a Latin name without version, size and edition: Orion for Orion-2.5-72B; of 2 letters at least."""
    bare = name
    while (found := _TAIL.search(bare)) and sum(map(str.isalpha, bare[: found.start()])) >= _MIN_LETTERS:
        bare = bare[: found.start()]
    return bare.strip(" -.")


@lru_cache(maxsize=_MOST_KEPT)
def plain_name(quoted: str) -> str | None:
    """Return the name in what stands between quotes, without version, size and 大模型; None where it is none."""
    inner = quoted.strip()
    core = _HEADS.sub("", inner)
    if is_han(core[:1]):
        core = _HAN_TAIL.sub("", core)
        bare = core if core == inner else strip_descriptors(core)
        return _mixed(bare)
    latin = re.fullmatch(rf"({LATIN_NAME})[ -]?({HAN_RUN}*)", core)
    if latin is None or not is_described(latin[2]):
        return None
    named = latin_name(latin[1])
    return named.name if named else None


def listed_han(item: str) -> str | None:
    """Return the name in an item of a list that is nothing else: 紫竹, 紫竹大模型, 商汤科技的紫竹; or None."""
    found = _OF_MAKER.fullmatch(_HEADS.sub("", item))
    if found is None:
        return None
    name = found[1]
    maker = next((name[:size] for size in range(_LONGEST, 1, -1) if name[:size] in vendors()), "")
    name = name.removeprefix(maker)
    return name if is_han_name(name) else None


def _mixed(name: str) -> str | None:
    """Return a Han name, or one of Han and Latin (知海图AI, 轩辕GPT)."""
    found = re.fullmatch(rf"({HAN_RUN}+)(?:[ -]?([A-Z][A-Za-z]+))?", name)
    return name if found and is_han_name(found[1]) else None
