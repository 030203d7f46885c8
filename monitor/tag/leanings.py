"""What tips an open name: its own oddness, software or another scene in its sentence, models anywhere in its text.

Asked only of a name that nothing of its own decides. Gives reasons with points; decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.tag.alone import NEEDED, acts_as_maker, alone, is_coined, is_odd, is_own_anywhere
from monitor.tag.context import Context
from monitor.tag.gathered import Evidence, Hit
from monitor.tag.lexicon import GENERIC, Role
from monitor.tag.near import OF_ANYTHING, cues_near, open_near, tracked_near
from monitor.tag.places import Place
from monitor.tag.said import is_borne, is_named_for_product, is_read_as_chinese
from monitor.tag.scenes import other_scenes, speaks_of_devices, speaks_of_software
from monitor.tag.small_letters import is_everyday, is_subject
from monitor.tag.squeeze import is_han, is_latin

__all__ = ["leanings", "rests_on_maker", "scenes_against"]

_TELLING_MAKER = 4
"""Han characters of a maker's name that tell even from a neighbouring sentence."""


def leanings(
    hit: Hit, evidence: Evidence, *, used: int, is_among: bool, is_apart: bool = False
) -> Iterator[tuple[str, int]]:
    """Yield what tips an ambiguous model; ``used`` are the points of what is said of it as of a program, ``is_among``
    where another open name stands beside it, ``is_apart`` where the thing of that name does, whose scene it is. What
    is used as a program beside its maker's name is one in any scene; beside a word of software one word of another
    scene tells nothing.
    """
    begin, stop = sentence = evidence.context.sentence(hit.start, hit.end)
    around = f"{evidence.context.letters[begin : hit.start]} {evidence.context.letters[hit.stop : stop]}"
    told = _told(hit, around, used)
    is_among = is_among and not _are_first_names(hit, evidence)
    is_made = used > 0 and bool(cues_near(hit.entity, {Role.VENDOR}, sentence, hit, evidence))
    against = () if is_apart or is_made or is_coined(hit.name) else other_scenes(around)
    if used >= NEEDED:
        against = against[1:] if told or is_own_anywhere(hit.name) else against
    for word in against:
        yield f"another scene: {word}", -1
    if hit.role is Role.AMBIGUOUS:
        yield from _open(
            hit, evidence, used=used, is_among=is_among, told=None if against else told, in_scene=not against
        )
    elif used and not against:
        yield from _helped(hit, sentence, evidence)


def rests_on_maker(hit: Hit, told: Sequence[tuple[str, int]], evidence: Evidence) -> bool:
    """Say whether only its maker's name speaks for a model: 科大讯飞 names football cups too."""
    near = evidence.context.near(hit.start, hit.end)
    is_named = any(not why.startswith("cue ") for why, _ in told)
    return hit.kind == "model" and not is_named and not cues_near(hit.entity, {Role.CUE}, near, hit, evidence)


def scenes_against(hit: Hit, evidence: Evidence) -> Iterator[tuple[str, int]]:
    """Yield what the sentence of a hit speaks of instead of software."""
    begin, stop = evidence.context.sentence(hit.start, hit.end)
    letters = evidence.context.letters
    for word in other_scenes(f"{letters[begin : hit.start]} {letters[hit.stop : stop]}"):
        yield f"another scene: {word}", -1


def _told(hit: Hit, around: str, used: int) -> str | None:
    """Return a word of software; those of phones and pages tell of a name that is used, or means little else."""
    word = speaks_of_software(around)
    if word is None and (used >= NEEDED or is_own_anywhere(hit.name)):
        return speaks_of_devices(around)
    return word


def _open(
    hit: Hit, evidence: Evidence, *, used: int, is_among: bool, told: str | None, in_scene: bool
) -> Iterator[tuple[str, int]]:
    """Yield what tips a name that is no everyday word; ``in_scene``: its sentence speaks of nothing else."""
    context = evidence.context
    is_makers = in_scene and _has_maker_by(hit, evidence)
    own = alone(hit, context) if in_scene or not is_borne(hit.name) else 0
    if is_makers:
        yield "its maker near by", 1
    if own or is_odd(hit, context):
        helped = used or told or (is_among and in_scene and (is_latin(hit.name[0]) or _is_by_foreign(hit, evidence)))
        is_set_apart = context.is_quoted(hit.start, hit.end) or (is_among and own < NEEDED)
        own = max(own, 1) if helped else 0 if is_set_apart else own
        yield "seldom anything else", own
    if is_named_for_product(hit.name) and in_scene and acts_as_maker(hit, context):
        yield "does what its maker does", 1
    generic = cues_near(GENERIC, {Role.CUE}, context.near(hit.start, hit.end), hit, evidence)
    is_of_models = bool(generic)
    if told and not (own and len(generic) == 1 and told in generic[0].name.lower()):
        is_helped = used or own or is_makers or (is_of_models and not _is_only_capital(hit, context))
        yield f"speaks of software: {told}", 1 if is_helped else 0
    if evidence.cues.get(GENERIC):
        is_plain = is_coined(hit.name) or _speaks_of_models(evidence)
        is_own = own and in_scene and not is_of_models
        is_used = used >= NEEDED or (used > 0 and (is_plain or not is_borne(hit.name)))
        yield "the text speaks of models", 1 if is_used or (is_own and is_plain) else 0
    elif own and in_scene and (named := tracked_near(hit, context.window(hit.start, hit.end), evidence)) is not None:
        yield f"the text names {named.name}", 1
    is_chinese = is_read_as_chinese(context.letters, hit.start, hit.stop)
    if _is_typed(hit, context) and (used or (own and in_scene and is_chinese)):
        yield "typed in small letters", 1
    elif own and in_scene and is_subject(context.letters, hit.start, hit.stop):
        yield "acts without an article", 1


def _speaks_of_models(evidence: Evidence) -> bool:
    """Say whether a text has a word of models that is not in news of any kind, as AI is."""
    return any(cue.name not in OF_ANYTHING for cue in evidence.cues[GENERIC])


def _is_by_foreign(hit: Hit, evidence: Evidence) -> bool:
    """Say whether a foreign name that is mostly a model's stands in the sentence: 一个秘塔，一个Perplexity."""
    return any(is_latin(other.name[0]) and is_own_anywhere(other.name) for other in open_near(hit, evidence))


def _are_first_names(hit: Hit, evidence: Evidence) -> bool:
    """Say whether people bear the name and every open one near it: Bert and Ernie do not prove each other."""
    near = evidence.models.starting(*evidence.context.near(hit.start, hit.end))
    return all(is_borne(other.name.title()) for other in (hit, *near))


def _is_typed(hit: Hit, context: Context) -> bool:
    """Say whether a name with capitals, that is no English word, is written without them, as people type programs."""
    return context.letters[hit.start : hit.end].islower() and hit.name[0].isupper() and not is_everyday(hit.name)


def _is_only_capital(hit: Hit, context: Context) -> bool:
    """Say whether the capital letter of a foreign name opens its sentence, and so may be that of a word."""
    return is_latin(hit.name[0]) and context.opens_sentence(hit.start, hit.end)


def _has_maker_by(hit: Hit, evidence: Evidence) -> bool:
    """Say whether the maker's name stands in a neighbouring sentence; one of a few Han characters stands anywhere."""
    begin, stop = evidence.context.near(hit.start, hit.end)
    makers = cues_near(hit.entity, {Role.VENDOR}, evidence.context.window(hit.start, hit.end), hit, evidence)
    if any(begin <= cue.start < stop for cue in makers):
        return False
    return any(not is_han(cue.name[0]) or len(cue.name) >= _TELLING_MAKER for cue in makers)


def _helped(hit: Hit, sentence: Place, evidence: Evidence) -> Iterator[tuple[str, int]]:
    """Yield what helps an everyday word that is used as a program: models in its sentence, spoken of or named."""
    if cues_near(GENERIC, {Role.CUE}, sentence, hit, evidence):
        yield "speaks of models", 1
    elif (near := tracked_near(hit, sentence, evidence)) is not None:
        yield f"beside {near.name}", 1
