"""Names in an article that look like an untracked model or regulation: proposals to track, never mentions.

Puts together what the patterns find (``discover_chinese``, ``discover_english``, ``discover_rules``) and leaves out
what the tagger has found, or weighed and refused. Ranking what many articles show is ``discover_ranking``'s.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from monitor.tag.discover_acts import has_act, has_number
from monitor.tag.discover_chinese import chinese_models
from monitor.tag.discover_claims import CLAIM_SIGNS
from monitor.tag.discover_english import (
    english_models,
    has_head,
    has_shape,
    has_size,
    shaped_models,
    sized_models,
)
from monitor.tag.discover_lists import chinese_list, english_list
from monitor.tag.discover_names import Found, bare_latin, plain_name
from monitor.tag.discover_rules import bare_title, regulations
from monitor.tag.letters import Letters
from monitor.tag.places import Cover, Place, Places
from monitor.tag.sought import sought
from storage.fold import fold, name_key
from storage.tagged import Considered, Mention, Sighting

__all__ = ["sightings", "spelling_keys"]

_LATIN_SIGNS = (
    *("model", "Model", "GPT", "LM", "VL", "Coder", "hatbot", "ssistant", "B", "-V", "-R", *CLAIM_SIGNS),
    *("Act", "Regulation", "Directive", "Ordinance", "Convention", "Code of", "Law", "Order", "Guidelines"),
    *("Measures", "Provisions", "Rules", "Treaty", "Accord", "Declaration", "Standard", "EO", "E.O.", "TC260"),
    *("ISO", "T/", "EU)", "HF ", "SF ", "LD ", "H.R.", "NIST", "IEEE", "ETSI", "ITU", "prEN"),
)
_SIGN = re.compile(
    sought(_LATIN_SIGNS)
    + '|模型|备案|備案|《|-(?<=[\u4e00-\u9fff]-)[A-Z\\d]|法[」”"]|例[」”"]|案[」”"]|计划”|計畫」|准则”|準則」|指引[」”]'
    "|号|號|Ｂ|EU）"
)
"""What any pattern needs; a line without costs next to nothing."""
_CAPITAL = re.compile("[A-Z]")
_LINE = re.compile(r"[^\n]+")
_SPEAKS_OF_AI = re.compile(
    r"人工智[能慧]|大模型|語言模型|语言模型|推理模型|开源模型|開源模型|多模态模型|多模態模型|生成模型|生成式|预训练|預訓練|训练数据|"
    r"語料|语料|深度合成|算法|演算法|機器學習|机器学习|聊天機器人|聊天机器人|"
    r"A(?<![A-Za-z]A)\.?I(?![A-Za-z])|LLMs?(?<![A-Za-z]LLM)(?<![A-Za-z]LLMs)(?![A-Za-z])|k(?<=[Tt]ok)ens?\b|"
    + sought(("AIGC", "open model", "ChatGPT"))
    + "|g(?<=[Ll]ang)uage model|h(?<=[Mm]ach)ine learning|b(?<=[Cc]hatb)ot|p(?<=[Dd]eep)fake|g(?<=[Aa]lg)orithm|"
    "f(?<=[Aa]rtif)icial [Ii]ntelligence"
)


class _Line(NamedTuple):
    """A folded line of a field with its place in it, and what the tagger has there."""

    field: str
    start: int
    letters: str
    models: list[Place]


@dataclass(frozen=True, slots=True)
class _Latin:
    """Which of the patterns of Latin letters can fit anywhere in a field."""

    sentences: bool
    sizes: bool
    shapes: bool
    numbers: bool
    acts: bool


def sightings(
    title: str | None,
    text: str,
    mentions: Sequence[Mention],
    considered: Sequence[Considered] = (),
    letters: Letters | None = None,
) -> tuple[Sighting, ...]:
    """Return the names in an article that look like an untracked model or regulation, title first, ordered by start.

    ``mentions`` and ``considered`` are the tagger's on the same texts: nothing that overlaps them, or bears the name
    of one of them, is returned; ``letters`` the same texts folded, if the caller has them. ``field[start:end] ==
    surface``; ``name`` is folded (Simplified, NFKC) with its case, without quotes, book marks, version, size, 大模型
    and stage.
    """
    letters = letters or Letters(title, text)
    fields = [("title", title or ""), ("text", text)]
    if not mentions and not any(_SIGN.search(value) for _, value in fields):
        return ()
    speaks = any(one.kind in {"model", "regulation"} for one in mentions)
    speaks = speaks or any(_SPEAKS_OF_AI.search(value) for _, value in fields)
    known = _Known(mentions, considered)
    found: list[Sighting] = []
    for field, value in fields:
        latin = None
        for line in _lines(field, value, mentions, letters):
            latin = latin or _latin(letters.of(field), speaks_of_ai=speaks)
            found += _in_line(line, value, known, latin, speaks_of_ai=speaks)
    return tuple(found)


def _ascii(value: str) -> str:
    """Return the characters of ASCII in a text, in order: what they hold is found there many times faster."""
    return value if value.isascii() else value.encode("ascii", "ignore").decode("ascii")


def _latin(letters: str, *, speaks_of_ai: bool) -> _Latin:
    latin = _ascii(letters)
    return _Latin(
        sentences=has_head(latin),
        sizes=speaks_of_ai and has_size(latin),
        shapes=speaks_of_ai and has_shape(latin),
        numbers=has_number(latin),
        acts=has_act(latin),
    )


class _Known:
    """What the tagger has decided on: the places of each field, and the names."""

    def __init__(self, mentions: Sequence[Mention], considered: Sequence[Considered]) -> None:
        self._decided: list[Mention | Considered] = [*mentions, *considered]
        self._fields = {field: _Places(self._decided, field) for field in ("title", "text")}

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the keys of the decided names."""
        return frozenset(key for surface in {one.surface for one in self._decided} for key in spelling_keys(surface))

    def at(self, field: str) -> _Places:
        """Return the decided places of a field."""
        return self._fields[field]


class _Places:
    """The decided places of one field, asked for by place."""

    def __init__(self, decided: Iterable[Mention | Considered], field: str) -> None:
        places = [(one.start, one.end) for one in decided if one.field == field]
        self._places = places
        self._starts = sorted(start for start, _ in places)
        self._ends = sorted(end for _, end in places)

    def overlap(self, start: int, end: int) -> bool:
        """Say whether one overlaps the place: more have started before its end than have ended by its start."""
        return bisect_left(self._starts, end) > bisect_right(self._ends, start)

    def hold(self, start: int, end: int) -> bool:
        """Say whether the place lies inside one."""
        return self._cover.holds(start, end)

    @cached_property
    def _cover(self) -> Cover:
        return Cover(self._places)

    def end_in(self, first: int, last: int) -> bool:
        """Say whether one ends in ``[first, last]``."""
        return bisect_left(self._ends, first) < bisect_right(self._ends, last)


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return name_key(name)


@lru_cache(maxsize=4096)
def spelling_keys(surface: str) -> frozenset[str]:
    """Return the keys (``storage.fold.name_key``) of a spelling: its own, and that of the name it is sighted as."""
    letters = fold(surface, keep_case=True)
    names = (letters, bare_title(letters), bare_latin(letters), plain_name(letters) or letters)
    return frozenset(map(name_key, names))


def _lines(field: str, value: str, mentions: Iterable[Mention], letters: Letters) -> Iterator[_Line]:
    """Yield the lines that hold a sign or a model."""
    models = Places([one for one in mentions if one.kind == "model" and one.field == field])
    folded = letters.of(field)
    for found in _LINE.finditer(value):
        start, end = found.span()
        inside = [(one.start - start, one.end - start) for one in models.starting(start, end) if one.end <= end]
        if inside or _SIGN.search(value, start, end):
            yield _Line(field, start, folded[start:end], inside)


def _in_line(line: _Line, value: str, known: _Known, latin: _Latin, *, speaks_of_ai: bool) -> list[Sighting]:
    letters = line.letters
    has_capitals = _CAPITAL.search(letters) is not None
    models = chinese_models(letters, speaks_of_ai=speaks_of_ai, has_capitals=has_capitals)
    if line.models:
        models += chinese_list(letters, line.models)
    if latin.sentences and has_capitals:
        models += english_models(letters)
    if line.models:
        models += english_list(letters, line.models)
    if latin.sizes and has_capitals:
        models += sized_models(letters)
    if latin.shapes and has_capitals:
        models += shaped_models(letters)
    known_here = known.at(line.field)
    kept = [(one, "model") for one in models if not known_here.overlap(one[0] + line.start, one[1] + line.start)]
    rules = _rules(letters, latin, speaks_of_ai=speaks_of_ai)
    kept += [(one, "regulation") for one in rules if not _is_tracked(one, line, known_here)]
    if not kept:
        return []
    apart = _apart(one for one in kept if _key(one[0][2]) not in known.names)
    return [_sighting(found, kind, line, value) for found, kind in apart]


def _rules(letters: str, latin: _Latin, *, speaks_of_ai: bool) -> Iterable[Found]:
    if "《" not in letters and '"' not in letters and not (latin.numbers or latin.acts):
        return ()
    return regulations(letters, speaks_of_ai=speaks_of_ai, has_numbers=latin.numbers, has_acts=latin.acts)


def _is_tracked(found: Found, line: _Line, known: _Places) -> bool:
    """Say whether the tagger has a title: something of its own ends where the title does, but for its stage."""
    start, end, name, _ = found
    at = line.letters.find(name, start, end)
    if at < 0:
        return known.overlap(start + line.start, end + line.start)
    first, last = at + line.start, at + len(name) + line.start
    return known.end_in(last, end + line.start) or known.hold(first, last)


def _apart(found: Iterable[tuple[Found, str]]) -> list[tuple[Found, str]]:
    """Return what stays where sightings overlap, ordered by start: what the earlier pattern found."""
    kept: list[tuple[Found, str]] = []
    starts: list[int] = []
    for one in found:
        start, end = one[0][:2]
        index = bisect_left(starts, start)
        is_free = (not index or kept[index - 1][0][1] <= start) and (index == len(starts) or end <= starts[index])
        if is_free:
            starts.insert(index, start)
            kept.insert(index, one)
    return kept


def _sighting(found: Found, kind: str, line: _Line, value: str) -> Sighting:
    start, end, name, how = found
    start, end = start + line.start, end + line.start
    return Sighting(kind=kind, name=name, field=line.field, surface=value[start:end], start=start, end=end, how=how)
