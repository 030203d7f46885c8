"""How an ambiguous name is set speaks for it: quotes, 大模型 or a version behind it, its maker before it, a list.

Gives reasons with points; does not look at what the text is about, and decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter

from monitor.tag.alone import tells_by_capital
from monitor.tag.appositions import is_former_name, is_said_model
from monitor.tag.context import Context
from monitor.tag.gathered import Evidence, Hit
from monitor.tag.lexicon import Role
from monitor.tag.near import cues_near, is_beside_vendor, is_listed
from monitor.tag.said import is_borne
from monitor.tag.uses import has_article, is_handled_as_software, is_tuned
from monitor.tag.versions import is_head_of_model

__all__ = ["looks"]

_MODEL_YEAR = re.compile(r"(?!0|1[0-2][0-3])\d{3,5}")
"""A number of wares (Llama 2000), but for months and days, which models show: 0905."""
_AS_NAME = 2
"""Points at most of what is said of an everyday word that its capital letter makes a name."""


def looks(hit: Hit, evidence: Evidence) -> Iterator[tuple[str, int]]:
    """Yield what the setting of a hit says for it."""
    context = evidence.context
    if context.is_quoted(hit.start, hit.end):
        yield "in quotes", 1
    if hit.kind == "model":
        yield from _model_looks(hit, context)
        yield from _use(hit, evidence)
        if hit.role is Role.COMMON and _is_written_as_name(hit, context) and _has_own_cue(hit, evidence):
            yield "written as a name", 1
    if is_beside_vendor(hit, evidence):
        yield "beside its maker", 1
    if hit.kind == "model" and is_listed(hit, evidence):
        yield "in a list of models", 1


def _model_looks(hit: Hit, context: Context) -> Iterator[tuple[str, int]]:
    if is_head_of_model(context.letters, hit.end):
        yield "a model by its own words", 2
    elif hit.extent.tells_apart:
        yield "a version behind it", 0 if _MODEL_YEAR.fullmatch(hit.version or "") else 1
    elif hit.stop > hit.end:
        yield "a product by its own words", 2 if context.letters[: hit.stop].endswith("助手") else 1
    if is_tuned(context.letters, hit.start, hit.stop):
        yield "trained further", 2
    elif is_said_model(context.letters, hit.stop):
        yield "said to be a model", 3
    elif context.is_called_model(hit.start, hit.stop):
        yield "called a model", 1
    elif is_former_name(context.letters, hit.start):
        yield "a name it went by", 1


def _is_written_as_name(hit: Hit, context: Context) -> bool:
    """Say whether a capital letter makes a name of an everyday word, and no article one of its things: a Falcon."""
    return tells_by_capital(hit, context) and not has_article(context.letters, hit.start)


def _has_own_cue(hit: Hit, evidence: Evidence) -> bool:
    sentence = evidence.context.sentence(hit.start, hit.end)
    return bool(cues_near(hit.entity, {Role.CUE}, sentence, hit, evidence))


def _use(hit: Hit, evidence: Evidence) -> Iterator[tuple[str, int]]:
    """What is said of a name, or of the list that it stands in, as of a program; an everyday word needs more."""
    context = evidence.context
    places = dict.fromkeys((evidence.run(hit), (hit.start, hit.stop)))
    is_common = hit.role is not Role.AMBIGUOUS
    is_capital = is_common and _is_written_as_name(hit, context)
    borne = (True, not is_capital) if is_common else (is_borne(hit.name),)
    told = (evidence.asked.said(*place, one) for place in places for one in borne)
    why, points = max(filter(None, told), key=itemgetter(1), default=("", 0))
    if points > 1 or (points and not context.is_quoted(hit.start, hit.end)):
        yield why, min(points, _AS_NAME if is_capital else 1) if is_common else points
    elif is_handled_as_software(context.letters, hit.start, hit.stop) and not context.is_quoted(hit.start, hit.end):
        yield "handled as software", 1
