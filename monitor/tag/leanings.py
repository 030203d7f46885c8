"""What tips an open name: its own oddness, software or another scene in its sentence, models anywhere in its text.

Asked only of a name that nothing of its own decides. Gives reasons with points; decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from monitor.tag.gathered import Evidence, Hit
from monitor.tag.lexicon import GENERIC, Role
from monitor.tag.near import cues_near, tracked_near
from monitor.tag.places import Place
from monitor.tag.said import is_borne, is_read_as_chinese
from monitor.tag.scenes import other_scenes, speaks_of_software
from monitor.tag.segment import is_ordinary
from monitor.tag.squeeze import is_han, is_latin

__all__ = ["NEEDED", "leanings", "names_alone"]

NEEDED = 2
"""Points that make a mention."""

_FILE = Path(__file__).with_name("names_alone.txt")
_CAMEL = re.compile("[a-z][A-Z]")  # DeepSeek: a name that nobody bears


def leanings(
    hit: Hit, evidence: Evidence, *, is_used: bool, is_among: bool, is_apart: bool = False
) -> Iterator[tuple[str, int]]:
    """Yield what tips an ambiguous model; ``is_used`` where something is said of it as of a program, ``is_among``
    where another open name stands beside it, ``is_apart`` where the thing of that name does, whose scene it is. What
    is used as a program beside its maker's name is one in any scene.
    """
    context = evidence.context
    begin, stop = context.sentence(hit.start, hit.end)
    around = f"{context.letters[begin : hit.start]} {context.letters[hit.stop : stop]}"
    is_made = is_used and bool(cues_near(hit.entity, {Role.VENDOR}, (begin, stop), hit, evidence))
    against = () if is_apart or is_made else other_scenes(around)
    for word in against:
        yield f"another scene: {word}", -1
    if hit.role is not Role.AMBIGUOUS:
        if is_used and not against:
            yield from _helped(hit, (begin, stop), evidence)
        return
    told = None if against else speaks_of_software(around)
    own = 0 if against and is_borne(hit.name) else _alone(hit, evidence)
    if own or is_odd(hit, evidence):
        helped = is_used or told or (is_among and not against and is_latin(hit.name[0]))
        is_set_apart = context.is_quoted(hit.start, hit.end) or is_among
        own = max(own, 1) if helped else 0 if is_set_apart else own
        yield "seldom anything else", own
    if told:
        yield f"speaks of software: {told}", 1 if is_used or own else 0
    if evidence.cues.get(GENERIC):
        yield "the text speaks of models", 1 if is_used else 0


def _helped(hit: Hit, sentence: Place, evidence: Evidence) -> Iterator[tuple[str, int]]:
    """Yield what helps an everyday word that is used as a program: models in its sentence, spoken of or named."""
    if cues_near(GENERIC, {Role.CUE}, sentence, hit, evidence):
        yield "speaks of models", 1
    elif (near := tracked_near(hit, sentence, evidence)) is not None:
        yield f"beside {near.name}", 1


def _alone(hit: Hit, evidence: Evidence) -> int:
    """Return the points of a name by itself."""
    alone, in_chinese = names_alone()
    points = alone.get(hit.name, 0)
    if is_han(hit.name[0]):
        return points
    if is_read_as_chinese(evidence.context.letters, hit.start, hit.stop):
        return max(points, in_chinese.get(hit.name, 0))
    return points if points >= NEEDED or not _opens_sentence(hit, evidence) else 0


def _opens_sentence(hit: Hit, evidence: Evidence) -> bool:
    """Say whether the capital letter of a name says nothing, as it opens its sentence."""
    begin, _ = evidence.context.sentence(hit.start, hit.end)
    return not evidence.context.letters[begin : hit.start].strip(" \"'(")


@cache
def names_alone() -> tuple[dict[str, int], dict[str, int]]:
    """Return the points of names by themselves, and between Chinese characters."""
    alone: dict[str, int] = {}
    in_chinese: dict[str, int] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        head, _, names = line.partition(": ")
        if head[:1].isdigit():
            table = in_chinese if head.endswith("zh") else alone
            table.update((name.strip(), int(head[0])) for name in names.split(","))
    return alone, in_chinese


def is_odd(hit: Hit, evidence: Evidence) -> bool:
    """Say whether the name means little else: coined, or foreign in a Chinese text."""
    if is_han(hit.name[0]):
        return not is_ordinary(hit.name)
    if not is_latin(hit.name[0]):
        return False
    return _CAMEL.search(hit.name) is not None or is_read_as_chinese(evidence.context.letters, hit.start, hit.stop)
