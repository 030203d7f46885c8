"""Short forms that a text declares: （以下简称《办法》）, ，下称《办法》, (the “Act”), and where they stand for it.

Knows what was declared for which title, and from where on; binds nothing that was not declared.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain
from operator import itemgetter

from monitor.tag.antecedents import HEADS, Antecedent, Left, ShortForm, core
from monitor.tag.places import Cover

__all__ = ["Declarations", "spelled_out"]

_DECLARING = re.compile(
    r"(?:[^()]{0,24}?[,;] ?)?(?:(?:以下|下文|后文|本文)(?:均|分别)?(?:统称|合称|简称|称)|下称|简称|又称|也称|并称|"
    r"hereinafter|hereafter|known as|\"|《|the \"|(?=[A-Z]{3,}\)))(?:为|作)?[: ]*",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\(([^()]{1,80})\)")
_IN_LINE = re.compile(r"称为?[: ]*[《\"]([^\"《》]{1,24})[》\"]")
_DECLARES = re.compile("[,—-] ?(?:(?:以下|下文|后文|本文)(?:均|统|合)?简?|下|简)$")
_LEAD = 8
_QUOTED = re.compile(r"[\"'《]{1,2}([^\"'《》]{1,24})[\"'》]")
_EACH = re.compile("分别|respectively")
_BETWEEN = re.compile(
    r"[\"'》〉 ]*(?:\([^()]{0,40}\))*(?:\(?(?:草案|试行|征求意见稿|修订草案|修正草案)\)?)?[\"'》 ]*,?"
)
_ENDS_IN_HEAD = re.compile(
    f"(?:{HEADS}| (?:Act|Bill|Law|Code|Order|Regulation|Directive|Convention|Measures|Provisions))$"
)
_HEAD = re.compile(HEADS)
_STOP = re.compile("[。!?;\\n]")
_SEVERAL = re.compile("[两二三四五六七八九十几多\\d]+(?:[项部个份法]|办法|规定|条例)")
_HAN_WORD = re.compile("[\u4e00-\u9fff]{2}")
_LATIN_NAME = re.compile(r"[A-Z]{2,}[\w.-]*|[A-Z][\w'-]*(?: [A-Z][\w'-]*)+")
_THE = re.compile("^[Tt]he ")
_NEAR_CHARS = 60


class Declarations:
    """What the text itself declares: short forms with the titles they stand for."""

    def __init__(self, letters: str, left: Left) -> None:
        self._places: dict[str, list[int]] = {}
        self._titles: dict[str, list[Antecedent | None]] = {}
        for at, short, antecedent in sorted(_declared(letters, left), key=itemgetter(0)):
            self._places.setdefault(short, []).append(at)
            self._titles.setdefault(short, []).append(antecedent)

    def shorts(self) -> tuple[str, ...]:
        """Return all short forms that are declared, each once."""
        return tuple(self._places)

    def latest(self, short: str, before: int) -> Antecedent | None:
        """Return what ``short`` was last declared for at or before an offset."""
        index = bisect_right(self._places.get(short, []), before)
        return self._titles[short][index - 1] if index else None


def _declared(letters: str, left: Left) -> Iterator[tuple[int, str, Antecedent]]:
    return chain(_in_brackets(letters, left), _in_line(letters, left))


def _in_line(letters: str, left: Left) -> Iterator[tuple[int, str, Antecedent]]:
    """Yield what is declared between commas: 《审计管理办法》,下称《办法》."""
    for named in _IN_LINE.finditer(letters):
        leading = _DECLARES.search(letters[max(0, named.start() - _LEAD) : named.start()])
        if not leading:
            continue
        at = named.start() - len(leading[0])
        antecedent = _declared_for(letters, at, named[1], left)
        if antecedent is not None:
            yield at, named[1], antecedent


def _in_brackets(letters: str, left: Left) -> Iterator[tuple[int, str, Antecedent]]:
    for parenthesis in _PARENTHESIS.finditer(letters):
        verb = _DECLARING.match(parenthesis[1])
        if not verb:
            continue
        shorts = _QUOTED.findall(parenthesis[1]) or [parenthesis[1][verb.end() :].strip("\"'《》 ")]
        shorts = [_THE.sub("", short) for short in shorts if short and not _SEVERAL.match(short)]
        at = parenthesis.start()
        bound = _each(at, len(shorts), left) if _EACH.search(verb[0]) else [None] * len(shorts)
        for short, own in zip(shorts, bound, strict=True):
            antecedent = own or _declared_for(letters, at, short, left)
            if antecedent is not None:
                yield at, short, antecedent


def _each(at: int, number: int, left: Left) -> list[Antecedent | None]:
    """Return the last titles before ``at`` in their order, for as many short forms declared together."""
    nearest = [title for title, _ in zip(left.of(at), range(number), strict=False)]
    return [None] * (number - len(nearest)) + list(reversed(nearest))


def _declared_for(letters: str, at: int, short: str, left: Left) -> Antecedent | None:
    """Return the title right before ``at``; a rule's short form may stand further behind it in the sentence."""
    nearest = next(left.of(at), None)
    if nearest is None:
        return None
    between = letters[nearest.end : at]
    if len(between) < _NEAR_CHARS and _BETWEEN.fullmatch(between):
        return nearest
    is_rule = _ENDS_IN_HEAD.search(short) is not None
    return nearest if is_rule and len(between) < _NEAR_CHARS and not _STOP.search(between) else None


def spelled_out(letters: str, left: Left, declared: Declarations) -> Iterator[ShortForm]:
    """Yield the declared short forms that are no head noun: they count without marks too, but not in another title."""
    for short in declared.shorts():
        pattern = _pattern(short)
        if pattern is None:
            continue
        longer = _longer(short, left)
        for found in pattern.finditer(letters):
            antecedent = declared.latest(short, found.start())
            if antecedent is None or antecedent.entity is None:
                continue
            if not longer.holds(found.start(), found.end()):
                yield ShortForm(found.start(), found.end(), antecedent.entity, antecedent.title, 0.9)


def _longer(short: str, left: Left) -> Cover:
    """Return where titles that nobody tracks have a short form in them."""
    titles = (one for one in left.known if one.entity is None and short in one.title and core(one.title) != short)
    return Cover((one.start, one.end) for one in titles)


def _pattern(short: str) -> re.Pattern[str] | None:
    if _LATIN_NAME.fullmatch(short):
        return re.compile(rf"(?<![A-Za-z\d-]){re.escape(short)}(?![A-Za-z\d-])")
    return re.compile(re.escape(short)) if _HAN_WORD.search(short) and not _HEAD.fullmatch(short) else None
