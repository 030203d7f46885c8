"""What a text is about speaks for an ambiguous name in it: cues, versions, other models, lists, its maker.

Gives reasons with points; does not look at how the name is set, and decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.tag.alone import acts
from monitor.tag.appositions import is_former_name
from monitor.tag.gathered import Cue, Evidence, Hit
from monitor.tag.jurisdictions import code_of
from monitor.tag.lexicon import GENERIC, Role, generic_cues
from monitor.tag.near import OF_ANYTHING, cues_near, is_listed, named_elsewhere, open_near, tracked_near
from monitor.tag.segment import is_ordinary
from monitor.tag.small_letters import is_everyday, is_identifier, is_small_word, is_version_glued
from monitor.tag.squeeze import is_han, is_latin
from monitor.tag.uses import names_house, tells_of_people

__all__ = ["AMONG_OPEN", "SHORT", "meaning"]

AMONG_OPEN = "in a list of such names"
"""The reason of a list of names that are all undecided."""

SHORT = 2
"""Characters of a name that may be part of a longer word."""

_TELLING_VERSION = re.compile(r"[A-Za-z]\d|\d\.\d|^(?:Pro|Max|Ultra|Flash|Turbo)")
_COUNTED = (
    "pages?|times|years?|months?|weeks?|days?|hours?|minutes?|points?|goals?|laps?|books?|songs?|kids|children|stars?|tickets?|"
    "letters|copies|seats|people|men|women|wins|races|places|games|crew|astronauts?|capsule|mission"
)
_NEXT_VERSION = re.compile(
    rf" [1-9](?![\d.,:%-]|[A-Za-z]| (?:[a-z]+ )?(?:{_COUNTED})\b)"
)  # Claude 5, not Claude 3 pages
_MAX_CUES = 3
_VAGUE = frozenset({*generic_cues(), "模型", "model", "models", "assistant"})  # too little for an everyday word
_LIST_WITH_CUE = 2
_LIST_ALONE = 3
_COINED = 2
_TELLING_MAKER = 4  # characters: 昆仑万维 stands where its things are meant, 阿里 anywhere
_CAMEL = re.compile("[a-z][A-Z]")  # DeepSeek: a name that nobody bears


def meaning(hit: Hit, evidence: Evidence) -> Iterator[tuple[str, int]]:
    """Yield what the text around a hit says for it."""
    window = evidence.context.near(hit.start, hit.end)
    cues = [
        cue
        for cue in cues_near(hit.entity, {Role.CUE, Role.VENDOR}, window, hit, evidence)
        if cue.role is Role.VENDOR or hit.kind != "model" or _tells(cue, hit)
    ]
    for number, cue in enumerate(cues[:_MAX_CUES]):
        yield f"cue {cue.name}", 1 if number else _weight(cue, hit, evidence)
    if hit.role is Role.AMBIGUOUS and hit.extent.tells_apart and _is_telling(hit, evidence):
        yield f"version {hit.version or hit.size}", 2
    elif hit.role is Role.AMBIGUOUS and is_identifier(evidence.context.letters, hit.start, hit.end):
        yield "written as an identifier", 2
    same = named_elsewhere(hit, evidence)
    if same is not None and hit.role is Role.AMBIGUOUS:
        yield f"also named {same.name}", 2
    if hit.kind == "regulation" and is_listed(hit, evidence):
        yield "in a list of regulations", 2
    if hit.kind == "model":
        yield from _among_models(hit, {cue.start for cue in cues}, evidence)


def _among_models(hit: Hit, own: set[int], evidence: Evidence) -> Iterator[tuple[str, int]]:
    window = evidence.context.near(hit.start, hit.end)
    generic = cues_near(GENERIC, {Role.CUE}, window, hit, evidence)
    if hit.role is Role.AMBIGUOUS and any(cue.start not in own and cue.name not in OF_ANYTHING for cue in generic):
        yield "speaks of models", 1
    near = tracked_near(hit, window, evidence)
    if near is not None and (hit.role is Role.AMBIGUOUS or _is_named_with(hit, evidence)):
        yield f"beside {near.name}", 2 if _is_told_by(near, hit, evidence) else 1
    elif _is_in_telling_list(hit, speaks_of_models=bool(generic), evidence=evidence):
        yield AMONG_OPEN, 2
    elif hit.role is Role.AMBIGUOUS:
        yield from _among(hit, evidence)


def _is_told_by(near: Hit, hit: Hit, evidence: Evidence) -> bool:
    """Say whether a certain name tells of a hit: of a word that any dictionary has, only in its sentence."""
    begin, stop = evidence.context.sentence(hit.start, hit.end)
    return not is_han(hit.name[0]) or not is_ordinary(hit.name) or begin <= near.start < stop


def _tells(cue: Cue, hit: Hit) -> bool:
    """Say whether a word tells of a model at all: AI is in news of anything, and an everyday word needs more still."""
    return cue.name not in (OF_ANYTHING if hit.role is Role.AMBIGUOUS else _VAGUE)


def _is_named_with(hit: Hit, evidence: Evidence) -> bool:
    """Say whether an everyday word is set as a name beside another: listed with it, or as what it once was called."""
    return is_listed(hit, evidence) or is_former_name(evidence.context.letters, hit.start)


def _is_telling(hit: Hit, evidence: Evidence) -> bool:
    if hit.extent.size is not None or _TELLING_VERSION.search(hit.extent.version or "") is not None:
        return True
    letters = evidence.context.letters
    is_next = _NEXT_VERSION.match(letters, hit.end) is not None and is_latin(hit.name[0])
    return hit.kind == "model" and (is_next or is_version_glued(letters, hit.start, hit.end))


def _is_in_telling_list(hit: Hit, *, speaks_of_models: bool, evidence: Evidence) -> bool:
    """Say whether a list of undecided names tells: two where its sentence speaks of models, else one must be coined.

    豆包、元宝 may lie on one table; no dictionary knows 千问 and Kimi. With no word of models in the whole text, three.
    """
    listing = evidence.lists.get(hit)
    names = listing.names if listing else {}
    needed = _LIST_WITH_CUE if evidence.cues.get(GENERIC) else _LIST_ALONE
    return len(names) >= needed and (speaks_of_models or not all(map(is_ordinary, names.values())))


def _weight(cue: Cue, hit: Hit, evidence: Evidence) -> int:
    """Return the points of the nearest cue: little of a country, of a maker of two Han characters or its people.

    阿里 stands in many sentences, and so does 千问; 腾讯 beside both 混元 and 元宝 is no chance.
    """
    if cue.role is not Role.VENDOR:
        is_country = hit.kind == "model" and code_of(cue.name) is not None
        return 1 if is_country or (cue.name in _VAGUE and _opens_as_word(hit, evidence)) else 2
    if names_house(evidence.context.letters, cue.end):
        return 0
    if is_small_word(evidence.context.letters, hit.start, hit.end):
        return 1
    if _is_word_of_another_sentence(hit, cue, evidence):
        return 1
    is_short = hit.end - hit.start <= SHORT and is_han(hit.name[0]) and len(cue.name) < _TELLING_MAKER
    if tells_of_people(evidence.context.letters, cue.end):
        return 0 if is_short else 1
    return 1 if is_short and not any(_has_cue(other, cue, evidence) for other in open_near(hit, evidence)) else 2


def _is_word_of_another_sentence(hit: Hit, cue: Cue, evidence: Evidence) -> bool:
    """Say whether the hit is an English word at the head of a sentence that does not name its maker: Granite from."""
    begin, stop = evidence.context.sentence(hit.start, hit.end)
    is_there = begin <= cue.start < stop
    return not is_there and is_everyday(hit.name) and evidence.context.opens_sentence(hit.start, hit.end)


def _opens_as_word(hit: Hit, evidence: Evidence) -> bool:
    """Say whether the hit is an English word that heads a sentence and does nothing: Perplexity in the room."""
    context = evidence.context
    return is_everyday(hit.name) and context.opens_sentence(hit.start, hit.end) and not acts(context.letters, hit.stop)


def _has_cue(hit: Hit, cue: Cue, evidence: Evidence) -> bool:
    own = evidence.cues[hit.entity].starting(cue.start, cue.start + 1) if hit.entity in evidence.cues else []
    return any(other.role is Role.VENDOR and other.name == cue.name for other in own)


def _among(hit: Hit, evidence: Evidence) -> Iterator[tuple[str, int]]:
    """Undecided models in the same sentence: one like DeepSeek, two foreign names in a Chinese text, or three names."""
    near = open_near(hit, evidence)
    is_camel = any(_CAMEL.search(name) for name in (hit.name, *(other.name for other in near)))
    are_foreign = _is_foreign(hit, evidence) and any(_is_foreign(other, evidence) for other in near)
    if near and (is_camel or are_foreign):
        yield f"beside {near[0].name}", 2 if is_camel or evidence.cues.get(GENERIC) else 1
    elif near and is_han(hit.name[0]):
        names = (hit.name, *(other.name for other in near))
        coined = sum(is_han(name[0]) and not is_ordinary(name) for name in names)
        yield f"beside {near[0].name}", 2 if len(names) >= _LIST_ALONE and coined >= _COINED else 1
    elif is_latin(hit.name[0]):
        yield from _among_latin(hit, evidence)


def _among_latin(hit: Hit, evidence: Evidence) -> Iterator[tuple[str, int]]:
    """Yield another undecided name in Latin letters near by, a semicolon between them or not."""
    begin, stop = evidence.context.near(hit.start, hit.end)
    others = evidence.models.starting(begin, stop)
    other = next((one for one in others if one.entity != hit.entity and is_latin(one.name[0])), None)
    if other is not None:
        yield f"beside {other.name}", 1


def _is_foreign(hit: Hit, evidence: Evidence) -> bool:
    """Say whether a Latin name stands right beside Han characters, with no other Latin word beside it."""
    letters = evidence.context.letters
    around = letters[max(0, hit.start - 2) : hit.start], letters[hit.stop : hit.stop + 2]
    return is_latin(hit.name[0]) and any(map(is_han, "".join(around))) and not any(map(is_latin, "".join(around)))
