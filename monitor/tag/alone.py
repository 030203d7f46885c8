"""What a spelling says by itself: how seldom it means anything else, and what its capital letter tells.

The names and the words stand in ``names_alone.txt``. Gives points; decides nothing.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from monitor.tag.context import Context
from monitor.tag.gathered import Hit
from monitor.tag.said import is_named_for_product, is_read_as_chinese
from monitor.tag.segment import is_ordinary
from monitor.tag.small_letters import is_everyday, is_small_word
from monitor.tag.squeeze import is_han, is_latin
from monitor.tag.word_tables import read_lists

__all__ = [
    "NEEDED",
    "acts",
    "acts_as_maker",
    "alone",
    "is_coined",
    "is_odd",
    "is_own_anywhere",
    "names_alone",
    "tells_by_capital",
]

NEEDED = 2
"""Points that make a mention."""

_FILE = Path(__file__).with_name("names_alone.txt")
_LISTS = read_lists(_FILE)
_VERB_BEHIND = re.compile(rf"(?:'s \w+|, (?:he|she|they|the [a-z]+) [a-z]+,)?{_LISTS['VERB_BEHIND']}")
_DEAL_REACH = 40  # characters before a name that a deal with it takes
_LED_REACH = 24  # characters before a name that hold the word before it
_CAPITAL_BEFORE = re.compile(r"(?:^|[^A-Za-z'])([A-Z][a-z]+) $")
_CAPITAL_BEHIND = re.compile(r"[ -]?[A-Z]")
_NO_NAME = re.compile(rf"[A-Z][a-z]+(?:ing|ed)|{_LISTS['LEADS']}")
_MAKER_ACTS = re.compile(_LISTS["MAKER_ACTS"])
_MAKER_DEALS = re.compile(rf"(?:{_LISTS['MAKER_DEALS']}) ?$")
_CAMEL = re.compile("[a-z][A-Z]")  # DeepSeek: a name that nobody bears


def alone(hit: Hit, context: Context) -> int:
    """Return the points of a name by itself; an English word in small letters says nothing in a Chinese text."""
    anywhere, in_chinese, by_capital = names_alone()
    points = anywhere.get(hit.name, 0)
    if is_han(hit.name[0]) or points >= NEEDED:
        return points
    if is_read_as_chinese(context.letters, hit.start, hit.stop):
        is_word = is_small_word(context.letters, hit.start, hit.end)
        return 0 if is_word else max(points, in_chinese.get(hit.name, 0))
    if context.letters[hit.start : hit.end].islower():
        return min(by_capital.get(hit.name, 0), 1)
    if context.is_headline(hit.start, hit.end):
        return min(by_capital.get(hit.name, 0), 1)
    if _is_led(hit, context.letters):
        return 0
    if context.opens_sentence(hit.start, hit.end):
        return _at_head(hit, context, points)
    return max(points, by_capital.get(hit.name, 0))


def _at_head(hit: Hit, context: Context, points: int) -> int:
    """Return the points of a name at the head of a sentence, where a capital letter tells of no English word."""
    by_capital = names_alone()[2]
    if _VERB_BEHIND.match(context.letters, hit.stop) is None:
        return 0 if is_everyday(hit.name) else min(by_capital.get(hit.name, 0), 1)
    return points if is_named_for_product(hit.name) else by_capital.get(hit.name, 0)


def acts(letters: str, stop: int) -> bool:
    """Say whether a verb, or what somebody owns, stands behind a name as behind no word that heads a sentence."""
    return letters.startswith("'s ", stop) or _VERB_BEHIND.match(letters, stop) is not None


def tells_by_capital(hit: Hit, context: Context) -> bool:
    """Say whether a capital letter inside an English sentence makes a name of an everyday word: they tried Titan."""
    letters = context.letters
    if not letters[hit.start].isupper() or is_read_as_chinese(letters, hit.start, hit.stop):
        return False
    if context.is_headline(hit.start, hit.end) or context.opens_sentence(hit.start, hit.end):
        return False
    return not _is_led(hit, letters) and not _CAPITAL_BEHIND.match(letters, hit.stop)


def _is_led(hit: Hit, letters: str) -> bool:
    """Say whether another capitalised word may make a longer name of this one: Drama Llama, but not Even Llama."""
    led = _CAPITAL_BEFORE.search(letters[max(0, hit.start - _LED_REACH) : hit.start])
    return led is not None and not _NO_NAME.fullmatch(led[1])


def is_own_anywhere(name: str) -> bool:
    """Say whether a name means the model more often than not, wherever it stands."""
    return name in names_alone()[0]


def acts_as_maker(hit: Hit, context: Context) -> bool:
    """Say whether the name does, or is spoken of, as companies are: sued, offered to buy, 撤出."""
    letters = context.letters
    before = letters[max(0, hit.start - _DEAL_REACH) : hit.start]
    does = _MAKER_ACTS.match(letters, hit.stop) or _MAKER_DEALS.search(before)
    return does is not None or context.is_company(hit.start, hit.stop)


def is_coined(name: str) -> bool:
    """Say whether a name is written as no word is, and so means the same in any scene: DeepSeek."""
    return _CAMEL.search(name) is not None


def is_odd(hit: Hit, context: Context) -> bool:
    """Say whether the name means little else: coined, or foreign in a Chinese text."""
    if is_han(hit.name[0]):
        return not is_ordinary(hit.name)
    if not is_latin(hit.name[0]) or is_small_word(context.letters, hit.start, hit.end):
        return False
    return is_coined(hit.name) or is_read_as_chinese(context.letters, hit.start, hit.stop)


@cache
def names_alone() -> tuple[dict[str, int], ...]:
    """Return the points of names by themselves: anywhere, between Chinese characters, by a capital letter."""
    tables: dict[str, dict[str, int]] = {"": {}, "zh": {}, "capital": {}}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        head, _, names = line.partition(": ")
        if head[:1].isdigit():
            table = tables[head[1:].strip()]
            table.update((name.strip(), int(head[0])) for name in names.split(","))
    return tuple(tables.values())
