"""What speaks against an ambiguous name: negative cues, things, companies, people, titles, longer names.

Gives reasons with points; decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitor.tag.gathered import Evidence, Hit
from monitor.tag.lexicon import GENERIC, Role
from monitor.tag.near import cues_near, is_beside_vendor
from monitor.tag.places import Place
from monitor.tag.squeeze import is_han, is_latin
from monitor.tag.things import is_thing
from monitor.tag.uses import apposition, is_bearer, is_modifier

__all__ = ["doubts"]

_MAX_AGAINST = 2


def doubts(hit: Hit, evidence: Evidence) -> Iterator[tuple[str, int]]:
    """Yield what speaks against a hit."""
    window = evidence.context.window(hit.start, hit.end)
    begin, stop = evidence.context.sentence(hit.start, hit.end)
    for cue in cues_near(hit.entity, {Role.AGAINST}, window, hit, evidence)[:_MAX_AGAINST]:
        yield f"against it: {cue.name}", -2 if begin <= cue.start < stop else -1
    is_plain_han = hit.kind == "model" and hit.stop == hit.end and is_han(hit.name[0])
    if is_plain_han and is_thing(evidence.context.letters, hit.start, hit.end):
        yield "a thing by the words around it", -4
    if hit.kind == "model":
        yield from _against_model(hit, evidence)


def _against_model(hit: Hit, evidence: Evidence) -> Iterator[tuple[str, int]]:
    context = evidence.context
    if context.is_in_company_list(hit.stop) and not is_beside_vendor(hit, evidence):
        yield "in a list of companies", -6
    elif context.is_company(hit.start, hit.stop):
        yield "spoken of as a company", -3
    is_plain = hit.stop == hit.end and _is_plain_latin(context.letters[hit.start : hit.end])
    if is_plain and context.is_part_of_name(hit.start, hit.end):
        yield "part of a longer name", -4
    elif is_bearer(context.letters, hit.start, hit.stop):
        yield "somebody's name", -4
    elif is_plain or hit.stop == hit.end:
        yield from _against_use(hit, evidence, is_english=is_plain)
    title = context.title_around(hit.start, hit.end)
    if title is not None:
        alone = (title.inner_start, title.inner_end) == (hit.start, hit.end)
        yield "a title", -4 if alone else -2


def _against_use(hit: Hit, evidence: Evidence, *, is_english: bool) -> Iterator[tuple[str, int]]:
    """What the words right around a name make of it."""
    letters = evidence.context.letters
    beside = apposition(letters, hit.stop) if is_english else None
    if beside is not None and not _speaks_of_software(beside, hit, evidence):
        yield "said to be something else", -4
    elif is_modifier(letters, hit.start, hit.stop):
        yield "part of another thing's name", -2


def _speaks_of_software(place: Place, hit: Hit, evidence: Evidence) -> bool:
    begin, stop = place
    cues = [
        cue
        for owner in (GENERIC, hit.entity)
        if owner in evidence.cues
        for cue in evidence.cues[owner].starting(begin, stop)
    ]
    return any(cue.role is not Role.AGAINST for cue in cues) or bool(evidence.models.starting(begin, stop))


def _is_plain_latin(name: str) -> bool:
    return bool(name) and is_latin(name[0]) and is_latin(name[-1]) and not any(map(is_han, name))
