"""The tagger: finds candidates, judges the ambiguous ones, adds short forms, settles overlaps.

One instance serves many texts; it holds no state between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain, islice

from monitor.tag.antecedents import ShortForm, antecedents
from monitor.tag.asked import asked_of
from monitor.tag.catalogue import load_catalogue
from monitor.tag.context import Context
from monitor.tag.ellipses import find_ellipses
from monitor.tag.evidence import Judgement, judge
from monitor.tag.gathered import Cue, Evidence, Hit, borne_in, gather, lists_of, others_in, outermost, without_undecided
from monitor.tag.letters import Letters
from monitor.tag.lexicon import GENERIC, Entry, Lexicon, Role, build_lexicon
from monitor.tag.namesakes import laws_of, without_namesakes
from monitor.tag.number_lists import listed_numbers, numbers_of
from monitor.tag.other_things import is_of_name_yet
from monitor.tag.overlaps import Found, balance, in_order, settle
from monitor.tag.places import Cover, Place, Places
from monitor.tag.settings import EntitySettings
from monitor.tag.short_forms import find_short_forms
from monitor.tag.squeeze import Squeezed, squeeze_folded
from monitor.tag.titles import find_titles, is_law_in_general
from monitor.tag.versions import Extent, extend, has_clean_end
from storage.states import Tagging
from storage.tagged import Considered, Mention

__all__ = ["Tagger", "make_tagger"]

_JOINT = "\n\u0001\n"  # between title and text: no name and no sentence runs across it
_MAX_ROUNDS = 3
_AGAINST = -4


def make_tagger(watch: tuple[EntitySettings, ...] = ()) -> Tagger:
    """Return a tagger for the shipped catalogue and ``watch``. Raise CatalogueError for entities that clash."""
    return Tagger(build_lexicon(load_catalogue(watch)))


class Tagger:
    """Finds the entities of one lexicon in texts; ``decide`` judges the ambiguous names."""

    def __init__(self, lexicon: Lexicon, decide: Callable[[Hit, Evidence], Judgement] = judge) -> None:
        self._lexicon = lexicon
        self._judge = decide
        self._laws = laws_of(lexicon.catalogue)
        self._numbers = numbers_of(lexicon.catalogue)
        self._kinds = {entity.id: (entity.kind, entity.family) for entity in lexicon.catalogue}
        self._own_names = {entity.id: entity.name for entity in lexicon.catalogue if entity.kind == "model"}

    def tag(self, title: str | None, text: str) -> tuple[Mention, ...]:
        """Return the mentions of one article, title first, ordered by start."""
        return self.read(title, text)[0]

    def explain(self, title: str | None, text: str) -> tuple[Considered, ...]:
        """Return what was decided on the ambiguous names of one article, mentions included, ordered by start."""
        mentions, considered = self.read(title, text)
        told = [_as_considered(mention) for mention in mentions if mention.reasons]
        return tuple(sorted((*told, *considered), key=lambda one: (one.field != "title", one.start, one.entity)))

    def read(
        self, title: str | None, text: str, letters: Letters | None = None
    ) -> tuple[tuple[Mention, ...], tuple[Considered, ...]]:
        """Return the mentions of one article, and the names that were considered and are none; title first, by start.

        What nothing spoke for or against is not considered: 天工 in a text on crafts leaves no trace. Neither is what
        overlaps a mention, nor, of one entity, what overlaps a better reading of it. ``letters`` are the texts folded,
        if the caller has them.
        """
        letters = letters or Letters(title, text)
        head = f"{letters.of('title')}{_JOINT}" if title else ""
        squeezed = squeeze_folded(head + letters.of("text"))
        named = [*self._hits(squeezed), *listed_numbers(squeezed.letters, self._numbers)]
        hits, refused = without_namesakes(squeezed.letters, named, self._laws)
        if not hits and not refused:
            return (), ()
        titles = find_titles(squeezed.letters)
        certain, judged = self._decide(hits, squeezed, Context(squeezed.letters, titles))
        found = [_named(hit, judged.get(hit)) for hit in certain]
        rules = [(hit.start, hit.stop, hit.entity) for hit in certain if hit.kind == "regulation"]
        known = antecedents(squeezed.letters, titles, rules)
        found += [_from_short_form(form) for form in find_short_forms(squeezed.letters, titles, known)]
        settled = settle([balance(squeezed.letters, item) for item in found])
        ellipses = find_ellipses(squeezed.letters, settled, self._own_names)
        settled = in_order([*settled, *ellipses]) if ellipses else settled
        fields = _Fields(title or "", text, len(head))
        judged |= {hit: _refused(why) for hit, why in refused.items() if hit.role is Role.STRONG}
        open_ = _undecided(judged, settled)
        return tuple(map(fields.mention, settled)), tuple(fields.considered(hit, judged[hit]) for hit in open_)

    def _hits(self, squeezed: Squeezed) -> list[Hit]:
        hits: list[Hit] = []
        longer: dict[str, list[Place]] = {}
        found = [(self._lexicon.names[match.index], match) for match in self._lexicon.name_matcher.find(squeezed)]
        begins = frozenset(match.start for entry, match in found if entry.role in (Role.STRONG, Role.AMBIGUOUS))
        for entry, match in found:
            if entry.role is Role.LONGER:
                longer.setdefault(entry.owner, []).append((match.start, match.end))
                continue
            hit = self._hit(entry, match.start, match.end, squeezed.letters, begins)
            if hit is not None:
                hits.append(hit)
        return _outside(hits, longer)

    def _hit(self, entry: Entry, start: int, end: int, letters: str, begins: frozenset[int]) -> Hit | None:
        kind, family = self._kinds[entry.owner]
        if kind == "regulation" and is_law_in_general(letters, end):
            return None
        extent = extend(letters, start, end, begins) if kind == "model" else Extent(end)
        if not has_clean_end(letters, extent.end) or (kind == "model" and is_of_name_yet(letters, extent.end)):
            return None
        return Hit(entry.owner, kind, family, entry.role, entry.spelling.text, start, end, extent)

    def _decide(
        self, hits: Sequence[Hit], squeezed: Squeezed, context: Context
    ) -> tuple[list[Hit], dict[Hit, Judgement]]:
        """Return the hits that count, and the judgement on each ambiguous one that no certain name covers."""
        certain = [hit for hit in hits if hit.role is Role.STRONG]
        unsure = [hit for hit in hits if hit.role is not Role.STRONG]
        open_hits = _uncovered(unsure, certain) if unsure else []
        if not open_hits:
            return certain, {}
        cues = self._cues(squeezed, _windows(context, open_hits))
        asked = asked_of(squeezed.letters)
        models = [hit for hit in open_hits if hit.kind == "model" and hit.role is Role.AMBIGUOUS]
        lists, near = lists_of(context, models), Places(models)
        borne, others = borne_in(squeezed.letters, lists, asked), others_in(context, cues, models)
        judged: dict[Hit, Judgement] = {}
        accepted: list[Hit] = []
        undecided = open_hits
        for _ in range(_MAX_ROUNDS):  # what is accepted speaks for what is open
            heard = without_undecided(cues, undecided)
            evidence = gather(context, heard, [*certain, *accepted], lists, near, borne, others, asked)
            judged |= {hit: self._judge(hit, evidence) for hit in undecided}
            taken = [hit for hit in undecided if judged[hit].accepted]
            if not taken:
                break
            accepted += taken
            undecided = [hit for hit in undecided if not judged[hit].accepted]
            if not undecided:
                break
        return [*certain, *accepted], judged

    def _cues(self, squeezed: Squeezed, windows: Mapping[str, Cover]) -> dict[str, Places[Cue]]:
        """Return the cues of each entity in its windows; the generic ones of all windows, and one from outside."""
        roles, find = self._lexicon.cues, self._lexicon.cue_matcher.find
        owners = {GENERIC, *windows}
        asked = cache(lambda index: owners & roles[index].keys())
        searched = Cover(place for window in windows.values() for place in window)
        outside = find(squeezed, lambda index: GENERIC in roles[index], searched.gaps(len(squeezed.letters)))
        cues: dict[str, list[Cue]] = {}
        for match in chain(find(squeezed, asked, searched), islice(outside, 1)):
            for owner in asked(match.index):
                if owner == GENERIC or windows[owner].holds(match.start, match.end):
                    name = self._lexicon.cue_spellings[match.index].text
                    cue = Cue(roles[match.index][owner], name, match.start, match.end)
                    cues.setdefault(owner, []).append(cue)
        return {owner: outermost(found) for owner, found in cues.items()}


def _windows(context: Context, hits: Iterable[Hit]) -> dict[str, Cover]:
    """Return for each entity where in the text a cue may speak of one of its hits."""
    places: dict[str, list[Place]] = {}
    for hit in hits:
        places.setdefault(hit.entity, []).append(context.window(hit.start, hit.end))
    return {entity: Cover(found) for entity, found in places.items()}


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


def _named(hit: Hit, judgement: Judgement | None) -> Found:
    how, confidence = "alias", 0.98
    if judgement is not None:
        how, confidence = judgement.best, round(min(0.95, 0.6 + 0.07 * judgement.points), 2)
    return Found(
        entity=hit.entity,
        kind=hit.kind,
        start=hit.start,
        end=hit.stop,
        version=hit.version,
        size=hit.size,
        variant=hit.variant,
        how=how,
        confidence=confidence,
        core=hit.end - hit.start,
        reasons=judgement.reasons if judgement else (),
    )


def _refused(why: str) -> Judgement:
    return Judgement(_AGAINST, ((why, _AGAINST),), Tagging.NO)


def _undecided(judged: Mapping[Hit, Judgement], settled: Sequence[Found]) -> list[Hit]:
    """Return the hits worth keeping that are no mention, ordered by start: of one entity one of those that overlap."""
    taken = Cover((item.start, item.end) for item in settled)
    kept: dict[str, Hit] = {}
    chosen: list[Hit] = []
    ranked = [hit for hit, one in judged.items() if not one.accepted and one.reasons]
    for hit in sorted(ranked, key=lambda hit: (hit.start, hit.start - hit.stop)):
        last = kept.get(hit.entity)
        if taken.touches(hit.start, hit.stop) or (last is not None and hit.start < last.stop):
            continue
        kept[hit.entity] = hit
        chosen.append(hit)
    return chosen


def _from_short_form(form: ShortForm) -> Found:
    return Found(
        entity=form.entity,
        kind="regulation",
        start=form.start,
        end=form.end,
        version=None,
        size=None,
        how=f"short form of {form.title}",
        confidence=form.confidence,
        core=form.end - form.start,
    )


class _Fields:
    """The title and the text of one article, and where they stand in the whole that was searched."""

    def __init__(self, title: str, text: str, head: int) -> None:
        self._title, self._text, self._head = title, text, head

    def mention(self, item: Found) -> Mention:
        """Return a mention with its place in its field."""
        field, surface, start, end = self._place(item.start, item.end)
        return Mention(
            entity=item.entity,
            kind=item.kind,
            field=field,
            surface=surface,
            start=start,
            end=end,
            version=item.version,
            how=item.how,
            confidence=item.confidence,
            size=item.size,
            variant=item.variant,
            reasons=item.reasons,
        )

    def considered(self, hit: Hit, judgement: Judgement) -> Considered:
        """Return a name that is no mention with its place in its field."""
        field, surface, start, end = self._place(hit.start, hit.stop)
        return Considered(
            entity=hit.entity,
            kind=hit.kind,
            field=field,
            surface=surface,
            start=start,
            end=end,
            outcome=judgement.outcome,
            reasons=judgement.reasons,
        )

    def _place(self, start: int, end: int) -> tuple[str, str, int, int]:
        field, source, shift = ("title", self._title, 0) if start < self._head else ("text", self._text, self._head)
        return field, source[start - shift : end - shift], start - shift, end - shift


def _as_considered(mention: Mention) -> Considered:
    return Considered(
        entity=mention.entity,
        kind=mention.kind,
        field=mention.field,
        surface=mention.surface,
        start=mention.start,
        end=mention.end,
        outcome=Tagging.MENTION,
        reasons=mention.reasons,
    )
