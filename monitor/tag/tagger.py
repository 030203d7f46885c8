"""The tagger: finds candidates, judges the ambiguous ones, adds short forms, settles overlaps.

One instance serves many texts; it holds no state between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from monitor.tag.catalogue import load_catalogue
from monitor.tag.context import Context
from monitor.tag.evidence import Judgement, judge
from monitor.tag.gathered import Cue, Hit, gather, lists_of, outermost, without_undecided
from monitor.tag.lexicon import GENERIC, Entry, Lexicon, Role, build_lexicon
from monitor.tag.places import Cover, Place, Places
from monitor.tag.segment import is_word
from monitor.tag.settings import EntitySettings
from monitor.tag.short_forms import ShortForm, antecedents, find_short_forms
from monitor.tag.squeeze import Squeezed, squeeze
from monitor.tag.titles import find_titles
from monitor.tag.versions import extend, has_clean_end
from storage.records import Mention

__all__ = ["Considered", "Tagger", "make_tagger"]

_JOINT = "\n\u0001\n"  # between title and text: no name and no sentence runs across it
_MAX_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Considered:
    """An ambiguous candidate and what was decided of it: what ``newswatch tag --explain`` shows."""

    entity: str
    field: str
    surface: str
    start: int
    accepted: bool
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A mention before it is put into its field."""

    entity: str
    kind: str
    start: int
    end: int
    version: str | None
    how: str
    confidence: float
    core: int  # length of the spelling within


def make_tagger(watch: tuple[EntitySettings, ...] = ()) -> Tagger:
    """Return a tagger for the shipped catalogue and ``watch``. Raise CatalogueError for entities that clash."""
    return Tagger(build_lexicon(load_catalogue(watch)))


class Tagger:
    """Finds the entities of one lexicon in texts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def tag(self, title: str | None, text: str) -> tuple[Mention, ...]:
        """Return the mentions of one article, title first, ordered by start."""
        return self._read(title, text)[0]

    def explain(self, title: str | None, text: str) -> tuple[Considered, ...]:
        """Return the judgements on the ambiguous candidates of one article, accepted ones included."""
        return self._read(title, text)[1]

    def _read(self, title: str | None, text: str) -> tuple[tuple[Mention, ...], tuple[Considered, ...]]:
        head = f"{title}{_JOINT}" if title else ""
        whole = head + text
        squeezed = squeeze(whole)
        hits = self._hits(squeezed)
        if not hits:
            return (), ()
        titles = find_titles(squeezed.letters)
        context = Context(squeezed.letters, titles)
        certain, judged = self._decide(hits, squeezed, context)
        found = [_named(hit, judged.get(hit)) for hit in certain]
        rules = [(hit.start, hit.stop, hit.entity) for hit in certain if hit.kind == "regulation"]
        known = antecedents(squeezed.letters, titles, rules)
        found += [_from_short_form(form) for form in find_short_forms(squeezed.letters, titles, known)]
        places = [_balance(squeezed.letters, item) for item in found]
        mentions = tuple(_mention(item, title, text, len(head)) for item in _settle(places))
        return mentions, tuple(_considered(hit, judgement, whole, len(head)) for hit, judgement in judged.items())

    def _hits(self, squeezed: Squeezed) -> list[Hit]:
        hits: list[Hit] = []
        longer: dict[str, list[Place]] = {}
        for match in self._lexicon.name_matcher.find(squeezed):
            entry = self._lexicon.names[match.index]
            if entry.role is Role.LONGER:
                longer.setdefault(entry.owner, []).append((match.start, match.end))
                continue
            hit = self._hit(entry, match.start, match.end, squeezed.letters)
            if hit is not None:
                hits.append(hit)
        return _outside(hits, longer)

    def _hit(self, entry: Entry, start: int, end: int, letters: str) -> Hit | None:
        entity = self._lexicon.catalogue[entry.owner]
        if entity.kind == "model":
            extent = extend(letters, start, end)
            stop, version = extent.end, extent.version
        else:
            stop, version = end, None
        if not has_clean_end(letters, stop):
            return None
        return Hit(entity.id, entity.kind, entity.family, entry.role, entry.spelling.text, start, end, stop, version)

    def _decide(
        self, hits: Sequence[Hit], squeezed: Squeezed, context: Context
    ) -> tuple[list[Hit], dict[Hit, Judgement]]:
        """Return the hits that count, and the judgement on each ambiguous one that no certain name covers."""
        certain = [hit for hit in hits if hit.role is Role.STRONG]
        open_hits = _uncovered([hit for hit in hits if hit.role is not Role.STRONG], certain)
        if not open_hits:
            return certain, {}
        cues = self._cues(squeezed, {GENERIC, *(hit.entity for hit in open_hits)})
        words = cache(partial(is_word, squeezed.letters))
        models = [hit for hit in open_hits if hit.kind == "model" and hit.role is Role.AMBIGUOUS]
        lists = lists_of(context, models)
        judged: dict[Hit, Judgement] = {}
        accepted: list[Hit] = []
        for _ in range(_MAX_ROUNDS):  # what is accepted speaks for what is open
            heard = without_undecided(cues, set(open_hits).difference(accepted))
            evidence = gather(context, heard, [*certain, *accepted], lists, words)
            judged = {hit: judge(hit, evidence) for hit in open_hits}
            known, accepted = accepted, [hit for hit in open_hits if judged[hit].accepted]
            if accepted == known:
                break
        return [*certain, *accepted], judged

    def _cues(self, squeezed: Squeezed, owners: set[str]) -> dict[str, Places[Cue]]:
        cues: dict[str, list[Cue]] = {}
        for match in self._lexicon.cue_matcher.find(squeezed):
            name = self._lexicon.cue_spellings[match.index].text
            roles = self._lexicon.cues[match.index]
            for owner in owners & roles.keys():
                cues.setdefault(owner, []).append(Cue(roles[owner], name, match.start, match.end))
        return {owner: outermost(found) for owner, found in cues.items()}


def _outside(hits: Iterable[Hit], longer: Mapping[str, Iterable[Place]]) -> list[Hit]:
    """Drop the hits that stand in a longer word of their entity; an unambiguous name is one everywhere."""
    covers = {owner: Cover(places) for owner, places in longer.items()}
    return [
        hit
        for hit in hits
        if hit.role is Role.STRONG or hit.entity not in covers or not covers[hit.entity].holds(hit.start, hit.end)
    ]


def _uncovered(hits: Iterable[Hit], certain: Iterable[Hit]) -> list[Hit]:
    """Drop the hits that stand inside a certain name of their kind."""
    places: dict[str, list[Place]] = {}
    for hit in certain:
        places.setdefault(hit.kind, []).append((hit.start, hit.stop))
    covers = {kind: Cover(found) for kind, found in places.items()}
    return [hit for hit in hits if hit.kind not in covers or not covers[hit.kind].holds(hit.start, hit.end)]


def _named(hit: Hit, judgement: Judgement | None) -> _Found:
    how, confidence = "alias", 0.98
    if judgement is not None:
        how, confidence = judgement.best, round(min(0.95, 0.6 + 0.07 * judgement.points), 2)
    return _Found(
        entity=hit.entity,
        kind=hit.kind,
        start=hit.start,
        end=hit.stop,
        version=hit.version,
        how=how,
        confidence=confidence,
        core=hit.end - hit.start,
    )


def _from_short_form(form: ShortForm) -> _Found:
    return _Found(
        entity=form.entity,
        kind="regulation",
        start=form.start,
        end=form.end,
        version=None,
        how=f"short form of {form.title}",
        confidence=form.confidence,
        core=form.end - form.start,
    )


def _balance(letters: str, item: _Found) -> _Found:
    """Cut a model's name that a quote splits (“盘古”大模型) to the part inside it; close a title's book mark."""
    surface = letters[item.start : item.end]
    if surface.count("《") > surface.count("》") and letters[item.end : item.end + 1] == "》":
        return replace(item, end=item.end + 1)
    if item.kind != "model" or surface.count('"') != 1:
        return item
    at = item.start + surface.index('"')
    closes = letters[item.start - 1 : item.start] == '"'
    return replace(item, end=at) if closes else replace(item, start=at + 1)


def _settle(found: Iterable[_Found]) -> list[_Found]:
    """Return the mentions that stay, ordered by start: within a kind nothing overlaps.

    The longest stays, then the one with the longer spelling, then the surest; what overlaps it and is of the same
    entity makes it longer.
    """
    kinds: dict[str, list[_Found]] = {}
    for item in found:
        kinds.setdefault(item.kind, []).append(item)
    kept = (item for items in kinds.values() for group in _overlapping(items) for item in _settle_group(group))
    return sorted(kept, key=lambda item: (item.start, item.kind))


def _overlapping(items: Iterable[_Found]) -> Iterator[list[_Found]]:
    """Yield the items in groups: what overlaps, directly or through others."""
    group: list[_Found] = []
    end = -1
    for item in sorted(items, key=lambda item: item.start):
        if group and item.start >= end:
            yield group
            group = []
        group.append(item)
        end = max(end, item.end)
    if group:
        yield group


def _settle_group(group: Iterable[_Found]) -> list[_Found]:
    kept: list[_Found] = []
    for item in sorted(group, key=lambda item: (item.start - item.end, -item.core, -item.confidence, -item.start)):
        clashes = [other for other in kept if item.start < other.end and other.start < item.end]
        if not clashes:
            kept.append(item)
        elif len(clashes) == 1 and clashes[0].entity == item.entity:
            kept[kept.index(clashes[0])] = _joined(clashes[0], item)
    return kept


def _joined(left: _Found, right: _Found) -> _Found:
    return replace(
        left,
        start=min(left.start, right.start),
        end=max(left.end, right.end),
        version=left.version or right.version,
        confidence=max(left.confidence, right.confidence),
    )


def _mention(item: _Found, title: str | None, text: str, head: int) -> Mention:
    in_title = title is not None and item.start < head
    field, source, shift = ("title", title or "", 0) if in_title else ("text", text, head)
    start, end = item.start - shift, item.end - shift
    return Mention(
        entity=item.entity,
        kind=item.kind,
        field=field,
        surface=source[start:end],
        start=start,
        end=end,
        version=item.version,
        how=item.how,
        confidence=item.confidence,
    )


def _considered(hit: Hit, judgement: Judgement, whole: str, head: int) -> Considered:
    in_title = hit.start < head
    return Considered(
        entity=hit.entity,
        field="title" if in_title else "text",
        surface=whole[hit.start : hit.stop],
        start=hit.start if in_title else hit.start - head,
        accepted=judgement.accepted,
        reasons=judgement.reasons,
    )
