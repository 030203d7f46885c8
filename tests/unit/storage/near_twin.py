"""The near-copy index once more, in memory and by definition: every question looks at every article."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from storage.near_tables import PERIOD_DAYS, SLOTS, WINDOW_DAYS
from storage.nomination import COMMON_SENTENCE, FEW_SENTENCES, HOT_BAND, MIN_SHARED_SENTENCES, Keys

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Known:
    """An article: its keys for as long as they are kept, and those of them that are in the index."""

    story: int
    seen: datetime
    text: Keys
    kept: Keys | None = None
    period: int = 0
    leads: int | None = None
    bands: frozenset[int] = frozenset()
    sentences: frozenset[int] = frozenset()


@dataclass
class Twin:
    """The index of articles that ``add`` makes; the other methods are those of ``storage.bands``."""

    articles: dict[int, Known] = field(default_factory=dict)
    periods: list[int] = field(default_factory=list)

    def add(self, article_id: int, keys: Keys, *, story: int, seen: datetime) -> None:
        self.articles[article_id] = Known(story, seen, keys)

    def put(self, article_id: int) -> None:
        self.forget(article_id)
        one = self.articles[article_id]
        one.kept, one.period = one.text, self._place(period(one.seen))

    def index(self, article_id: int, *, lead: int | None) -> None:
        own = self.articles[article_id]
        if own.kept is None:
            return
        led = None if lead in (None, article_id) else self._leading(article_id, lead)
        known = None if led is None else self.articles[led].kept
        own.leads = article_id if led is None else led
        own.bands = frozenset(own.kept.bands) - frozenset(known.bands if known else ())
        own.sentences = frozenset(own.kept.sentences) - frozenset(known.sentences if known else ())

    def unindex(self, article_id: int) -> None:
        own = self.articles[article_id]
        own.leads, own.bands, own.sentences = None, frozenset(), frozenset()

    def forget(self, article_id: int) -> None:
        self.unindex(article_id)
        self.articles[article_id].kept = None

    def expire(self, now: datetime) -> None:
        last = self.articles[max(self.articles)].seen if self.articles else now
        oldest = period(min(now, last) - timedelta(days=WINDOW_DAYS))
        for dead in [one for one in self.periods if one < oldest]:
            self._drop(dead)

    def nominate(self, keys: Keys, *, since: datetime, exclude: frozenset[int]) -> dict[int, tuple[int, int]]:
        """Return the hits of all that are nominated: band hits and sentence hits by article."""
        bands, said = self._shared(keys)
        last = {one.story: one.seen for _, one in sorted(self.articles.items())}
        fresh = {story for story, seen in last.items() if seen >= since}
        found = {}
        for article_id, one in self.articles.items():
            counts = one.story in fresh and one.text.sketch_version == keys.sketch_version
            of_bands, of_sentences = (bands[article_id], len(said[article_id])) if counts else (0, 0)
            of_story = {k for other in self._story(one.story, keys) if other not in exclude for k in said[other]}
            size = len(set(one.kept.sentences)) if one.kept else 0
            few = min(len(set(keys.sentences)), size) <= FEW_SENTENCES
            enough = of_sentences and len(of_story) >= (1 if few else MIN_SHARED_SENTENCES)
            if article_id not in exclude and (one.text.content_hash == keys.content_hash or of_bands or enough):
                found[article_id] = (of_bands, of_sentences)
        return found

    def _shared(self, keys: Keys) -> tuple[Counter[int], dict[int, set[int]]]:
        bands: Counter[int] = Counter()
        said: dict[int, set[int]] = {article_id: set() for article_id in self.articles}
        for k in set(keys.bands):
            holders = [article_id for article_id, one in self.articles.items() if k in one.bands]
            bands.update(holders if len(holders) <= HOT_BAND else ())
        for k in set(keys.sentences):
            holders = [article_id for article_id, one in self.articles.items() if k in one.sentences]
            for article_id in holders if len(holders) <= COMMON_SENTENCE else ():
                said[article_id].add(k)
        return bands, said

    def _story(self, story: int, keys: Keys) -> list[int]:
        version = keys.sketch_version
        return [i for i, one in self.articles.items() if one.story == story and one.text.sketch_version == version]

    def _leading(self, article_id: int, lead: int) -> int | None:
        own, led = self.articles[article_id], self.articles[lead]
        chosen: int | None = lead
        if led.kept is None or led.period != own.period:
            stand_ins = [
                other
                for other, one in sorted(self.articles.items())
                if one.story == led.story and one.kept and one.period == own.period
                if one.leads == other and other != article_id
            ]
            chosen = stand_ins[0] if stand_ins else None
        if chosen is None or self.articles[chosen].text.sketch_version != own.text.sketch_version:
            return None
        return chosen

    def _place(self, asked: int) -> int:
        if asked not in self.periods and len(self.periods) == SLOTS:
            if asked < min(self.periods):
                return max(self.periods)
            self._drop(min(self.periods))
        self.periods = sorted({*self.periods, asked})
        return asked

    def _drop(self, dead: int) -> None:
        self.periods.remove(dead)
        for article_id, one in self.articles.items():
            if one.kept is not None and one.period == dead:
                self.forget(article_id)


def period(at: datetime) -> int:
    return (at - EPOCH).days // PERIOD_DAYS
