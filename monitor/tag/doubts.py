"""What speaks against an ambiguous name: negative cues, things, companies, people, titles, longer names.

Gives reasons with points; decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitor.tag.appositions import (
    apposition,
    is_explained,
    is_gloss,
    is_said_maker,
    is_said_place,
    is_short_for,
    is_short_for_body,
)
from monitor.tag.bearers import has_surname, is_person_by_pronoun
from monitor.tag.context import Context
from monitor.tag.gathered import Cue, Evidence, Hit
from monitor.tag.lexicon import GENERIC, Role
from monitor.tag.near import OF_ANYTHING, cues_near, is_beside_vendor
from monitor.tag.other_things import is_of_other_thing
from monitor.tag.places import Place
from monitor.tag.said import is_borne, is_named_for_product
from monitor.tag.small_letters import is_everyday, is_only_a_word
from monitor.tag.squeeze import is_han, is_latin
from monitor.tag.things import is_thing
from monitor.tag.uses import is_bearer, is_modifier, is_place, names_thing

__all__ = ["doubts"]

_MAX_AGAINST = 2
_LONGEST_NAME = 12


def doubts(hit: Hit, evidence: Evidence, *, is_apart: bool = False) -> Iterator[tuple[str, int]]:
    """Yield what speaks against a hit; ``is_apart`` where the cues against it are those of the thing beside it."""
    window = evidence.context.near(hit.start, hit.end)
    begin, stop = evidence.context.sentence(hit.start, hit.end)
    for cue in () if is_apart else _cues_against(hit, window, evidence)[:_MAX_AGAINST]:
        touches = hit.kind == "model" and (cue.end == hit.start or cue.start == hit.stop)
        yield f"against it: {cue.name}", -6 if touches else -2 if begin <= cue.start < stop else -1
    if not is_apart and hit.entity in evidence.others and not _has_own_cue(hit, evidence):
        yield "another thing of that name elsewhere", -4
    is_plain_han = hit.kind == "model" and hit.stop == hit.end and is_han(hit.name[0])
    if is_plain_han and is_thing(evidence.context.letters, hit.start, hit.end):
        yield "a thing by the words around it", -4
    if hit.kind == "model":
        yield from _against_model(hit, window, evidence)
    elif hit.kind == "regulation" and is_short_for_body(evidence.context.letters, hit.start, hit.stop):
        yield "short for something else", -4


def _cues_against(hit: Hit, window: Place, evidence: Evidence) -> list[Cue]:
    """Return the cues against a hit; for a rule only those nearer than what speaks for it: 韩国和台湾的《AI基本法》."""
    against = cues_near(hit.entity, {Role.AGAINST}, window, hit, evidence)
    if hit.kind != "regulation" or not against:
        return against
    own = cues_near(hit.entity, {Role.CUE, Role.VENDOR}, window, hit, evidence)
    nearest = min((_gap(cue, hit) for cue in own if _tells_whose(cue, evidence)), default=None)
    return [cue for cue in against if nearest is None or _gap(cue, hit) < nearest]


def _tells_whose(cue: Cue, evidence: Evidence) -> bool:
    """Say whether a cue names a country or a body: a maker, or what speaks against another rule in the text."""
    others = (other for places in evidence.cues.values() for other in places.starting(cue.start, cue.start + 1))
    return cue.role is Role.VENDOR or any(other.role is Role.AGAINST and other.end == cue.end for other in others)


def _gap(cue: Cue, hit: Hit) -> int:
    """Return the characters between a cue and a hit, twice those to a cue behind it: whose rule it is stands before."""
    return hit.start - cue.end if cue.end <= hit.start else 2 * (cue.start - hit.end)


def _has_maker(hit: Hit, window: Place, evidence: Evidence) -> bool:
    return bool(cues_near(hit.entity, {Role.VENDOR}, window, hit, evidence))


def _against_model(hit: Hit, window: Place, evidence: Evidence) -> Iterator[tuple[str, int]]:
    context = evidence.context
    if context.is_in_company_list(hit.stop) and not is_beside_vendor(hit, evidence):
        yield "in a list of companies", -6
    elif context.is_company(hit.start, hit.stop) and not is_named_for_product(hit.name):
        yield "spoken of as a company", -3
    is_plain = hit.stop == hit.end and _is_plain_latin(context.letters[hit.start : hit.end])
    if is_plain and context.is_part_of_name(hit.start, hit.end):
        yield "part of a longer name", -4
    elif _is_somebody(hit, evidence):
        yield "somebody's name", -6
    elif hit.entity in evidence.borne:
        yield "somebody's name elsewhere", -2
    elif is_borne(hit.name) and _is_person(hit, evidence):
        yield "he or she", -2
    elif is_plain or hit.stop == hit.end:
        yield from _against_use(hit, evidence, is_english=is_plain)
    elif is_latin(hit.name[0]) and is_of_other_thing(context.letters, hit.start, hit.stop):
        yield "the name of another thing", -4
    elif is_latin(hit.name[0]) and names_thing(context.letters, hit.start, hit.stop):
        yield "part of another thing's name", -2
    if is_plain and _is_word_elsewhere(hit, context):
        yield "a word elsewhere", -2
    if is_gloss(context.letters, hit.start, hit.stop) and not _is_behind_own_name(hit, evidence):
        yield "another word again in Latin letters", -2
    is_short = is_short_for(context.letters, hit.start, hit.stop) or is_explained(context.letters, hit.start, hit.stop)
    if is_short and not _has_maker(hit, window, evidence):
        yield "short for something else", -4
    title = context.title_around(hit.start, hit.end)
    if title is not None:
        alone = (title.inner_start, title.inner_end) == (hit.start, hit.end)
        yield "a title", -4 if alone else -2


def _is_word_elsewhere(hit: Hit, context: Context) -> bool:
    """Say whether an English word that its sentence gives a capital stands in small letters elsewhere in the text."""
    if not is_everyday(hit.name) or not context.opens_sentence(hit.start, hit.end):
        return False
    word = hit.name.lower()
    at = context.letters.find(word)
    return at >= 0 and is_only_a_word(context.letters, at, at + len(word))


def _has_own_cue(hit: Hit, evidence: Evidence) -> bool:
    """Say whether a cue of its own stands in the sentence of a hit; AI is none."""
    sentence = evidence.context.sentence(hit.start, hit.end)
    own = cues_near(hit.entity, {Role.CUE, Role.VENDOR}, sentence, hit, evidence)
    return any(cue.name not in OF_ANYTHING for cue in own)


def _is_behind_own_name(hit: Hit, evidence: Evidence) -> bool:
    """Say whether another name of the same model ends right before the bracket: 混元(Hunyuan)."""
    near = evidence.models.starting(hit.start - _LONGEST_NAME, hit.start)
    return any(other.entity == hit.entity and other.stop == hit.start - 1 for other in near)


def _is_somebody(hit: Hit, evidence: Evidence) -> bool:
    letters = evidence.context.letters
    is_bearers = is_bearer(letters, hit.start, hit.stop) or evidence.asked.is_borne(*evidence.run(hit))
    return is_bearers or is_said_place(letters, hit.stop) or _has_surname(hit, evidence)


def _is_person(hit: Hit, evidence: Evidence) -> bool:
    context = evidence.context
    begin, _ = context.sentence(hit.start, hit.end)
    return is_person_by_pronoun(context.letters, begin, *evidence.run(hit))


def _has_surname(hit: Hit, evidence: Evidence) -> bool:
    """Say whether a Han name of two characters stands behind a surname that is no piece of another word: 林文心."""
    letters = evidence.context.letters
    return has_surname(letters, hit.start, hit.stop) and evidence.asked.is_word(hit.start - 1, hit.start)


def _against_use(hit: Hit, evidence: Evidence, *, is_english: bool) -> Iterator[tuple[str, int]]:
    """What the words right around a name make of it."""
    letters = evidence.context.letters
    beside = apposition(letters, hit.stop) if is_english else None
    is_other = beside is not None and not _speaks_of_software(beside, hit, evidence)
    if is_other or (is_english and is_said_maker(letters, hit.start)):
        yield "said to be something else", -4
    elif is_place(letters, hit.stop):
        yield "the name of a place", -4
    elif is_of_other_thing(letters, hit.start, hit.stop):
        yield "the name of another thing", -4
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
