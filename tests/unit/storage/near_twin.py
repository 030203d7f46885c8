"""The near-copy index once more, in memory and by definition: every question looks at every article."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from storage.near_tables import PERIOD_DAYS, SLOTS, WINDOW_DAYS
from storage.nomination import COMMON_SENTENCE, FEW_SENTENCES, HOT_BAND, MIN_SHARED_SENTENCES, Keys

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PERIOD, WINDOW, DOUBT = timedelta(days=PERIOD_DAYS), timedelta(days=WINDOW_DAYS), timedelta(days=7)


@dataclass
class Known:
    """An article."""

    story: int
    seen: datetime
    text: Keys


@dataclass
class Place:
    """An article in a slot: whose keys it left out, and those of its own that are in the index there."""

    leads: int | None = None
    bands: frozenset[int] = frozenset()
    sentences: frozenset[int] = frozenset()


@dataclass
class Slot:
    """A slot of a period, complete from a time on; ``begun_at`` is when the first article of the period itself came."""

    period: int
    full_from: datetime
    begun_at: datetime | None
    places: dict[int, Place] = field(default_factory=dict)


@dataclass
class Twin:
    """The index of articles that ``add`` makes; the other methods are those of ``storage.bands``."""

    articles: dict[int, Known] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)

    def add(self, article_id: int, keys: Keys, *, story: int, seen: datetime) -> None:
        self.articles[article_id] = Known(story, seen, keys)

    def kept(self, article_id: int) -> Keys | None:
        return self.articles[article_id].text if any(article_id in slot.places for slot in self.slots) else None

    def put(self, article_id: int, at: datetime) -> None:
        self.forget(article_id)
        last = max((one for one in self.articles if one != article_id), default=None)
        before = at if last is None else self.articles[last].seen
        own = self._slot(period(at), at, before)
        for slot in {id(one): one for one in (own, self._next(at, before)) if one is not None}.values():
            slot.places[article_id] = Place()

    def index(self, article_id: int, *, lead: int | None) -> None:
        own = self.articles[article_id].text
        for slot in self._of(article_id):
            led = None if lead in (None, article_id) else self._leading(slot, article_id, lead)
            known = None if led is None else self.articles[led].text
            slot.places[article_id] = Place(
                article_id if led is None else led,
                frozenset(own.bands) - frozenset(known.bands if known else ()),
                frozenset(own.sentences) - frozenset(known.sentences if known else ()),
            )

    def forget(self, article_id: int) -> None:
        for slot in self._of(article_id):
            del slot.places[article_id]

    def expire(self, now: datetime) -> None:
        last = self.articles[max(self.articles)].seen if self.articles else now
        a_week_ago = min(now, last) - DOUBT
        present = self._held(period(a_week_ago))
        has_lasted = present is not None and present.begun_at is not None and present.begun_at <= a_week_ago
        if self.articles and has_lasted and self._is_full(a_week_ago - WINDOW):
            self.slots = [slot for slot in self.slots if slot.period >= period(a_week_ago)]

    def nominate(self, keys: Keys, *, since: datetime, exclude: frozenset[int]) -> dict[int, tuple[int, int]]:
        """Return the hits of all that are nominated: band hits and sentence hits by article."""
        bands, said = self._shared(keys, self._asked(since))
        last = {one.story: one.seen for _, one in sorted(self.articles.items())}
        fresh = {story for story, seen in last.items() if seen >= since}
        found = {}
        for article_id, one in self.articles.items():
            counts = one.story in fresh and one.text.sketch_version == keys.sketch_version
            of_bands, of_sentences = (bands[article_id], len(said[article_id])) if counts else (0, 0)
            of_story = {k for other in self._story(one.story, keys) if other not in exclude for k in said[other]}
            size = len(set(one.text.sentences)) if self.kept(article_id) else 0
            few = min(len(set(keys.sentences)), size) <= FEW_SENTENCES
            enough = of_sentences and len(of_story) >= (1 if few else MIN_SHARED_SENTENCES)
            if article_id not in exclude and (one.text.content_hash == keys.content_hash or of_bands or enough):
                found[article_id] = (of_bands, of_sentences)
        return found

    def _shared(self, keys: Keys, slots: list[Slot]) -> tuple[Counter[int], dict[int, set[int]]]:
        bands: Counter[int] = Counter()
        said: dict[int, set[int]] = {article_id: set() for article_id in self.articles}
        for k in set(keys.bands):
            holders = {one for slot in slots for one, place in slot.places.items() if k in place.bands}
            bands.update(holders if len(holders) <= HOT_BAND else ())
        for k in set(keys.sentences):
            holders = {one for slot in slots for one, place in slot.places.items() if k in place.sentences}
            for article_id in holders if len(holders) <= COMMON_SENTENCE else ():
                said[article_id].add(k)
        return bands, said

    def _story(self, story: int, keys: Keys) -> list[int]:
        version = keys.sketch_version
        return [i for i, one in self.articles.items() if one.story == story and one.text.sketch_version == version]

    def _leading(self, slot: Slot, article_id: int, lead: int) -> int | None:
        chosen: int | None = lead
        if lead not in slot.places:
            story = self.articles[lead].story
            stand_ins = [
                other
                for other, place in sorted(slot.places.items())
                if self.articles[other].story == story and place.leads == other and other != article_id
            ]
            chosen = stand_ins[0] if stand_ins else None
        version = self.articles[article_id].text.sketch_version
        return chosen if chosen is not None and self.articles[chosen].text.sketch_version == version else None

    def _of(self, article_id: int) -> list[Slot]:
        return [slot for slot in self.slots if article_id in slot.places]

    def _held(self, asked: int) -> Slot | None:
        return next((slot for slot in self.slots if slot.period == asked), None)

    def _is_full(self, since: datetime) -> bool:
        present = self._held(period(since + WINDOW))
        return present is not None and present.full_from <= since

    def _asked(self, since: datetime) -> list[Slot]:
        present = period(since + WINDOW)
        older = [] if self._is_full(since) else [slot for slot in self.slots if slot.period < present]
        later = [slot for slot in self.slots if slot.period > present and slot.begun_at]
        return [*older, *(slot for slot in self.slots if slot.period == present), *later]

    def _next(self, at: datetime, before: datetime) -> Slot | None:
        """Return the slot of the next period, if an article of now belongs there; it is not to cost anything."""
        following = period(at + WINDOW)
        if self._held(following) or len(self.slots) < SLOTS or self._untimely(following, at, before):
            return self._slot(following, at, before)
        return None

    def _slot(self, asked: int, at: datetime, before: datetime) -> Slot:
        found = self._held(asked)
        if found is None:
            found = self._room(asked, at, before)
            found.period, found.full_from = asked, at
            if asked == period(at):
                found.begun_at = at
            self.slots.sort(key=lambda slot: slot.period)
        elif asked == period(at):
            found.begun_at = min(found.begun_at or at, at)
        return found

    def _room(self, asked: int, at: datetime, before: datetime) -> Slot:
        """Return a new slot, or one that gives way with what it has."""
        if len(self.slots) < SLOTS:
            self.slots.append(Slot(asked, at, begun_at=None))
            return self.slots[-1]
        earlier = [slot for slot in self.slots if slot.period < asked]
        return next(iter(self._untimely(asked, at, before)), (earlier or self.slots)[-1 if earlier else 0])

    def _untimely(self, asked: int, at: datetime, before: datetime) -> list[Slot]:
        """Return the slots that a clock took which is ahead of the last two articles."""
        latest = max(at, before) + WINDOW
        return [slot for slot in self.slots if slot.period > asked and EPOCH + slot.period * PERIOD > latest]


def period(at: datetime) -> int:
    return (at - EPOCH).days // PERIOD_DAYS
