"""Names that stand in one list with tracked models: 文心一言、紫竹、墨池等大模型; ChatGPT, Gemini and Marlin.

Works on one folded line with its case and the places of the tracked models in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from monitor.tag.discover_names import HAN_RUN, LATIN_NAME, Found, latin_name, listed_han, plain_name
from monitor.tag.places import Place

__all__ = ["chinese_list", "english_list"]

_HOW = "in a list with tracked models"
_REACH, _GAP = 200, 30  # characters of a list on each side of a tracked name; to the next item
_LONG_LIST = 2  # tracked names that make a list one of models
_MAX_ITEM = 16
_CLAUSE_END = re.compile("[,。;:!?]")
_COMPANIES = re.compile(
    "等[^,。;]{0,12}(?:公司|企业|厂商|巨头|机构|单位|高校|独角兽|创业者)|家(?<=[\\d两三四五六七八九十]家)"
)
_OF_MODELS = re.compile(
    "等[^,。;、]{0,10}?(?:大?模型|AI ?(?:产品|助手|应用)|聊天机器人|智能助手|智能体)|"
    "模型(?:包括|有|如|例如)|助手(?:包括|有|如|例如)|聊天机器人(?:包括|有|如|例如)"
)
_LEAD = re.compile("(?:包括|例如|比如|诸如|推出|发布|上线|接入|支持|集成|如|有|和|:)(?:了|的)?")
_CLOSE = re.compile("等|都|均|在内")
_OPEN_END = re.compile(rf"(?:[^、\"' ]{{1,14}}的)?(?:[\"'][^\"']{{2,12}}[\"']|{HAN_RUN}{{2,5}}AI|{LATIN_NAME})")
_AND = re.compile("以及|还有|和|与|及")
_LATIN_ITEM = re.compile(rf"({HAN_RUN}*)({LATIN_NAME})(?:{HAN_RUN}*模型)?")
_QUOTED = re.compile(r"[\"']([^\"']{2,16})[\"']")


def chinese_list(line: str, tracked: Sequence[Place]) -> Iterator[Found]:
    """Yield the names in one list with tracked models, which ``tracked`` gives by place in the line."""
    reached = 0
    for start, end in tracked if "、" in line else ():
        if start < reached or "、" not in line[max(0, start - _GAP) : end + _GAP]:
            continue
        begin, reached = _clause(line, start, end)
        inside = _within(tracked, begin, reached)
        run = line[begin:reached]
        if not _COMPANIES.search(run) and (len(inside) >= _LONG_LIST or _OF_MODELS.search(run)):
            yield from _chinese_items(run, begin, inside)


def _within(tracked: Sequence[Place], start: int, end: int) -> list[Place]:
    """Return the places, which are ordered by start, that lie inside one."""
    first, last = bisect_left(tracked, (start, start)), bisect_left(tracked, (end, end))
    return [place for place in tracked[first:last] if place[1] <= end]


def _clause(line: str, start: int, end: int) -> Place:
    """Return the clause around a place, at most 200 characters each side."""
    begin = max(0, start - _REACH)
    before = [found.end() for found in _CLAUSE_END.finditer(line, begin, start)]
    after = _CLAUSE_END.search(line, end, end + _REACH)
    return (before[-1] if before else begin), (after.start() if after else min(len(line), end + _REACH))


def _chinese_items(run: str, begin: int, inside: Sequence[Place]) -> Iterator[Found]:
    parts = [(begin + part.start(), part[0]) for part in re.finditer("[^、]+", run)]
    for index, (start, part) in enumerate(parts):
        for at, piece in _pieces(part, start, is_first=index == 0, is_last=index == len(parts) - 1):
            if any(at < stop and origin < at + len(piece) for origin, stop in inside):
                continue
            name = _listed(piece)
            if name is not None and name in piece:
                place = at + piece.index(name)
                yield place, place + len(name), name, _HOW


def _pieces(part: str, start: int, *, is_first: bool, is_last: bool) -> Iterator[tuple[int, str]]:
    """Yield the items of one part of a list: the first may follow other words, the last may be A和B等模型."""
    if is_first:
        cut = max((found.end() for found in _LEAD.finditer(part)), default=0)
        yield start + cut, part[cut:]
        return
    if not is_last:
        yield start, part
        return
    close = _CLOSE.search(part)
    if close is None:
        open_end = _OPEN_END.match(part)
        yield from [(start, open_end[0])] if open_end else []
        return
    at = 0
    for piece in _AND.split(part[: close.start()])[:2]:
        at = part.index(piece, at)
        yield start + at, piece
        at += len(piece)


def _listed(piece: str) -> str | None:
    """Return the name in one item of a list: “紫竹”, 商汤的紫竹大模型, Lumen-2; None for a maker."""
    quoted = _QUOTED.search(piece)
    if quoted:
        return plain_name(quoted[1])
    bare = re.sub(r"\([^()]*\)?", "", piece).strip()
    bare = bare.rsplit("的", 1)[-1]
    latin = _LATIN_ITEM.fullmatch(bare)
    if latin:
        named = latin_name(latin[2])
        return named.name if named else None
    if bare.endswith("AI"):
        return plain_name(bare)
    return listed_han(bare) if len(bare) <= _MAX_ITEM else None


_ITEM = rf"(?:[A-Z][\w.-]*(?: [A-Z][\w.-]*)?'s )?(?:{LATIN_NAME})"
_ENGLISH_LIST = re.compile(rf"(?<![A-Za-z\d$.&-]){_ITEM}(?:, {_ITEM})*,? (?:and|or) {_ITEM}")
_NAME_AT_END = re.compile(rf"(?:.*'s )?({LATIN_NAME})$")
_LISTED_BEHIND = re.compile(",? (?:and|or) [A-Z]|, [A-Z]")
_LISTED_BEFORE = re.compile(r"(?:, |,? and |,? or )(?:[A-Z][\w.-]*'s )?$")
_ENGLISH_LEAD = re.compile(r"(?:models?|chatbots?|LLMs?|assistants?|rivals?)(?:,? (?:such as|like|including|as)|:)? $")


def english_list(line: str, tracked: Sequence[Place]) -> Iterator[Found]:
    """Yield the names that stand in one English list with tracked models."""
    if not tracked or (" and " not in line and " or " not in line):
        return
    reached = 0
    for start, end in tracked:
        if start < reached or not (
            _LISTED_BEHIND.match(line, end) or _LISTED_BEFORE.search(line[max(0, start - _GAP) : start])
        ):
            continue
        begin, reached = max(reached, start - _REACH), end + _REACH
        for found in _ENGLISH_LIST.finditer(line, begin, reached):
            inside = _within(tracked, *found.span())
            led = _ENGLISH_LEAD.search(line[max(0, found.start() - _GAP) : found.start()])
            if len(inside) >= _LONG_LIST or (inside and led):
                yield from _english_items(found, inside)


def _english_items(found: re.Match[str], inside: Sequence[Place]) -> Iterator[Found]:
    at = found.start()
    for item in re.split(r"(,? (?:and|or) |, )", found[0]):
        named = _NAME_AT_END.fullmatch(item)
        name = latin_name(named[1]) if named else None
        if named and name:
            start, end = at + named.start(1), at + named.end(1)
            if not any(start < stop and origin < end for origin, stop in inside):
                yield start + name.start, end, name.name, _HOW
        at += len(item)
