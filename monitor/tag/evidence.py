"""Whether a name that means several things means the tracked one here: points for and against, with their reasons.

The points were set on the labelled texts of ``bench/tagging.py``. Knows the rules; finds nothing itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.tag.context import LIST_REACH, Context
from monitor.tag.gathered import Cue, Evidence, Hit
from monitor.tag.lexicon import GENERIC, Role, generic_cues
from monitor.tag.places import Place
from monitor.tag.segment import is_ordinary
from monitor.tag.squeeze import is_han, is_latin
from monitor.tag.things import is_thing
from monitor.tag.versions import is_head_of_model

__all__ = ["NEEDED", "Judgement", "judge"]

NEEDED = 2
"""Points that make a mention."""

_TELLING_VERSION = re.compile(r"[A-Za-z]\d|\d\.\d|^(?:Pro|Max|Ultra|Flash|Turbo)")
_MAX_CUES = 4
_VAGUE = frozenset({*generic_cues(), "模型", "model", "models", "assistant"})  # too little for an everyday word
_LIST_WINDOW = 2 * LIST_REACH
_NEAR_VENDOR = 50
_SHORT = 2  # characters of a name that may be part of a longer word
_MAX_AGAINST = 2
_LIST_WITH_CUE = 2
_LIST_ALONE = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """The points of a hit and why; a positive reason comes first."""

    points: int
    reasons: tuple[tuple[str, int], ...]
    accepted: bool

    @property
    def best(self) -> str:
        """Return the reason that counted most."""
        return max(self.reasons, key=lambda reason: reason[1], default=("nothing speaks for it", 0))[0]


def judge(hit: Hit, evidence: Evidence) -> Judgement:
    """Return what speaks for and against an ambiguous hit."""
    looks = tuple(_looks(hit, evidence))
    meaning = tuple(_meaning(hit, evidence))
    against = tuple(_against(hit, evidence))
    reasons = meaning + looks + against
    points = sum(value for _, value in reasons)
    is_set_as_name = bool(looks and meaning) or any(value == NEEDED for _, value in looks)
    accepted = points >= NEEDED and (hit.role is Role.AMBIGUOUS or is_set_as_name)
    if accepted and not looks and _needs_edges(hit) and not evidence.is_word(hit.start, hit.end):
        return Judgement(0, (*reasons, ("part of a longer word", -points)), accepted=False)
    return Judgement(points, reasons, accepted)


def _needs_edges(hit: Hit) -> bool:
    return hit.end - hit.start <= _SHORT and hit.stop == hit.end


def _meaning(hit: Hit, evidence: Evidence) -> Iterator[tuple[str, int]]:
    """What the text is about."""
    window = evidence.context.window(hit.start, hit.end)
    cues = [
        cue
        for cue in _cues(hit.entity, {Role.CUE, Role.VENDOR}, window, hit, evidence)
        if hit.role is Role.AMBIGUOUS or cue.role is Role.VENDOR or cue.name not in _VAGUE
    ]
    for number, cue in enumerate(cues[: _MAX_CUES - 1]):
        yield f"cue {cue.name}", 1 if number or _is_weak(cue, hit) else 2
    if hit.role is Role.AMBIGUOUS and hit.version is not None and _TELLING_VERSION.search(hit.version):
        yield f"version {hit.version}", 2
    same = _named_elsewhere(hit, evidence)
    if same is not None and hit.role is Role.AMBIGUOUS:
        yield f"also named {same.name}", 2
    if hit.kind == "regulation" and _is_listed(hit, evidence):
        yield "in a list of regulations", 2
    if hit.kind != "model":
        return
    own = {cue.start for cue in cues}
    generic = _cues(GENERIC, {Role.CUE}, window, hit, evidence)
    if hit.role is Role.AMBIGUOUS and any(cue.start not in own for cue in generic):
        yield "speaks of models", 1
    near = _tracked_near(hit, window, evidence)
    if near is not None and (hit.role is Role.AMBIGUOUS or _is_listed(hit, evidence)):
        yield f"beside {near.name}", 2
    elif _is_in_telling_list(hit, speaks_of_models=bool(generic), evidence=evidence):
        yield "in a list of such names", 2


def _is_in_telling_list(hit: Hit, *, speaks_of_models: bool, evidence: Evidence) -> bool:
    """Say whether a list of undecided names tells: two where its sentence speaks of models, else one must be coined.

    豆包、元宝 may lie on one table; no dictionary knows 千问 and Kimi. With no word of models in the whole text, three.
    """
    names = {other.entity: other.name for other in evidence.lists.get(hit, ())}
    needed = _LIST_WITH_CUE if evidence.cues.get(GENERIC) else _LIST_ALONE
    return len(names) >= needed and (speaks_of_models or not all(map(is_ordinary, names.values())))


def _is_weak(cue: Cue, hit: Hit) -> bool:
    """A maker's name says little of two Han characters: 阿里 stands in many sentences, and so does 千问."""
    return cue.role is Role.VENDOR and hit.end - hit.start <= _SHORT and is_han(hit.name[0])


def _named_elsewhere(hit: Hit, evidence: Evidence) -> Hit | None:
    names = dict.fromkeys((hit.entity, hit.family or hit.entity))
    anchors = (anchor for name in names for anchor in evidence.named.get(name, ()))
    return next((anchor for anchor in anchors if anchor.start != hit.start), None)


def _anchors(kind: str, window: Place, hit: Hit, evidence: Evidence) -> list[Hit]:
    """Return the certain mentions of a kind in the window that are not the hit."""
    begin, stop = window
    near = evidence.anchors[kind].starting(begin, stop) if kind in evidence.anchors else []
    return [anchor for anchor in near if anchor.end <= stop and (anchor.end <= hit.start or hit.end <= anchor.start)]


def _tracked_near(hit: Hit, window: Place, evidence: Evidence) -> Hit | None:
    near = _anchors("model", window, hit, evidence)
    return next((anchor for anchor in near if anchor.entity != hit.entity), None)


def _is_listed(hit: Hit, evidence: Evidence) -> bool:
    """Say whether the nearest certain mention on one side stands in one list with the hit."""
    near = _anchors(hit.kind, (hit.start - _LIST_WINDOW, hit.stop + _LIST_WINDOW), hit, evidence)
    left = [(anchor.start, anchor.stop) for anchor in near if anchor.end <= hit.start][-1:]
    right = [(anchor.start, anchor.stop) for anchor in near if anchor.start >= hit.end][:1]
    return evidence.context.is_listed_with(hit.start, hit.stop, left + right)


def _cues(owner: str, roles: set[Role], window: Place, hit: Hit, evidence: Evidence) -> list[Cue]:
    """Return the distinct cues of ``owner`` in the window that are not part of the name itself, nearest first."""
    begin, stop = window
    cues = evidence.cues[owner].starting(begin, stop) if owner in evidence.cues else []
    near = [cue for cue in cues if cue.role in roles and cue.end <= stop and not _overlap(cue, hit)]
    near.sort(key=lambda cue: max(hit.start - cue.end, cue.start - hit.end))
    return list({cue.name: cue for cue in reversed(near)}.values())[::-1]


def _overlap(cue: Cue, hit: Hit) -> bool:
    return cue.start < hit.end and hit.start < cue.end


def _looks(hit: Hit, evidence: Evidence) -> Iterator[tuple[str, int]]:
    """How the name is set."""
    context = evidence.context
    if context.is_quoted(hit.start, hit.end):
        yield "in quotes", 1
    if hit.kind == "model":
        yield from _model_looks(hit, context)
    if _is_beside_vendor(hit, evidence):
        yield "beside its maker", 1
    if hit.kind == "model" and _is_listed(hit, evidence):
        yield "in a list of models", 1


def _model_looks(hit: Hit, context: Context) -> Iterator[tuple[str, int]]:
    if is_head_of_model(context.letters, hit.end):
        yield "a model by its own words", 2
    elif hit.version not in {None, context.letters[hit.start : hit.stop]}:  # o3 is all version
        yield "a version behind it", 1
    elif hit.stop > hit.end:
        yield "a product by its own words", 1
    if context.is_called_model(hit.start, hit.stop):
        yield "called a model", 1


def _is_beside_vendor(hit: Hit, evidence: Evidence) -> bool:
    if hit.entity not in evidence.cues:
        return False
    begin, _ = evidence.context.sentence(hit.start, hit.end)
    cues = evidence.cues[hit.entity].starting(max(begin, hit.start - _NEAR_VENDOR), hit.start)
    return evidence.context.is_beside(hit.start, [(cue.start, cue.end) for cue in cues if cue.role is Role.VENDOR])


def _against(hit: Hit, evidence: Evidence) -> Iterator[tuple[str, int]]:
    window = evidence.context.window(hit.start, hit.end)
    begin, stop = evidence.context.sentence(hit.start, hit.end)
    for cue in _cues(hit.entity, {Role.AGAINST}, window, hit, evidence)[:_MAX_AGAINST]:
        yield f"against it: {cue.name}", -2 if begin <= cue.start < stop else -1
    is_plain_han = hit.kind == "model" and hit.stop == hit.end and is_han(hit.name[0])
    if is_plain_han and is_thing(evidence.context.letters, hit.start, hit.end):
        yield "a thing by the words around it", -4
    if hit.kind == "model":
        yield from _against_model(hit, evidence)


def _against_model(hit: Hit, evidence: Evidence) -> Iterator[tuple[str, int]]:
    context = evidence.context
    if context.is_in_company_list(hit.stop) and not _is_beside_vendor(hit, evidence):
        yield "in a list of companies", -6
    elif context.is_company(hit.start, hit.stop):
        yield "spoken of as a company", -3
    is_plain = hit.stop == hit.end and _is_plain_latin(context.letters[hit.start : hit.end])
    if is_plain and context.is_part_of_name(hit.start, hit.end):
        yield "part of a longer name", -4
    title = context.title_around(hit.start, hit.end)
    if title is not None:
        alone = (title.inner_start, title.inner_end) == (hit.start, hit.end)
        yield "a title", -4 if alone else -2


def _is_plain_latin(name: str) -> bool:
    return bool(name) and is_latin(name[0]) and is_latin(name[-1]) and not any(map(is_han, name))
