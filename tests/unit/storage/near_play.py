"""Random lives of the near-copy index: the same steps for a store and for its twin in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import select

from storage import bands
from storage.database import Session, Store
from storage.tables import articles
from tests.unit.storage.near_rows import add_row
from tests.unit.storage.near_twin import Twin
from tests.unit.storage.worlds import after, article

FEW = st.sets(st.integers(0, 5), max_size=1).map(tuple)
MANY = st.sets(st.integers(0, 9), max_size=6).map(tuple)
CONTENT = st.tuples(FEW, MANY, st.sampled_from(["v1", "v1", "v1", "v2"]), st.sampled_from(["", "", "", "同文"]))
STEP = st.tuples(
    st.sampled_from(["add", "copy", "copy", "copy", "index", "put", "forget", "expire", "ask", "ask"]),
    st.integers(0, 9),
    st.sampled_from([0, 0, 0, 0, 1, 1, 2, 5, 9, 30, 400, -1, -5, -30, -400]),  # tenths of a month
    CONTENT,
)
STEPS = st.lists(STEP, min_size=12, max_size=25)


@dataclass
class Play:
    """A store and its twin; every step happens to both."""

    session: Session
    twin: Twin = field(default_factory=Twin)
    ids: list[int] = field(default_factory=list)
    values: dict[int, Any] = field(default_factory=dict)
    days: float = 0.0

    def step(self, kind: str, number: int, tenths: int, content: Any) -> None:
        self.days += tenths * 3
        chosen = self.ids[number % len(self.ids)] if self.ids else None
        if kind == "add" or (kind == "copy" and chosen is None):
            self.add(content, None)
        elif kind == "copy":
            self.add(content, chosen)
        elif kind == "ask":
            self.ask(content, {chosen} if number % 2 and chosen else set())
        elif kind == "expire":
            while bands.expire(self.session, after(days=self.days)):
                pass
            self.twin.expire(after(days=self.days))
        elif chosen is not None:
            self.change(kind, chosen, number)

    def add(self, content: Any, lead: int | None) -> None:
        value = made(f"a{len(self.ids)}", content)
        at = after(days=self.days)
        story = None if lead is None else self.twin.articles[lead].story
        article_id = add_row(self.session, value, at=at, story_id=story)
        row = select(articles.c.story_id).where(articles.c.id == article_id)
        self.twin.add(article_id, bands.keys_of(value), story=self.session.execute(row).scalar_one(), seen=at)
        self.ids.append(article_id)
        self.values[article_id] = value
        self.change("put", article_id, 0)
        bands.index(self.session, article_id, lead=lead)
        self.twin.index(article_id, lead=lead)

    def change(self, kind: str, article_id: int, number: int) -> None:
        if kind == "put":
            at = after(days=self.days)
            bands.put(self.session, article_id, self.values[article_id], at=at)
            self.twin.put(article_id, at)
        elif kind == "index":
            lead = self.ids[number // 2 % len(self.ids)] if number % 2 else None
            bands.index(self.session, article_id, lead=lead)
            self.twin.index(article_id, lead=lead)
        else:
            bands.forget(self.session, article_id)
            self.twin.forget(article_id)

    def ask(self, content: Any, exclude: set[int]) -> None:
        asked = bands.keys_of(made("q", content))
        since = after(days=self.days - 30)
        found = bands.nominate(self.session, asked, since=since, exclude=exclude, limit=100)
        hits = {one.article_id: (one.band_hits, one.sentence_hits) for one in found}
        assert hits == self.twin.nominate(asked, since=since, exclude=frozenset(exclude))

    def keys_are_kept_alike(self) -> None:
        for article_id, one in self.twin.articles.items():
            kept = bands.stored_keys(self.session, article_id)
            whole = (tuple(sorted(set(one.text.bands))), tuple(sorted(set(one.text.sentences))))
            expected = whole if self.twin.kept(article_id) else None
            assert (kept and (kept.bands, kept.sentences)) == expected


def made(key: str, content: Any) -> Any:
    bands_, sentences, version, words = content
    return article(key, words or f"文{key}", bands=bands_, sentences=sentences, sketch_version=version)


def play(store: Store, steps: list[Any], last: Any) -> None:
    """Let the steps happen to an empty store and to a twin, and ask both at the end; the store stays empty."""

    def all_of_it(session: Session) -> None:
        game = Play(session)
        for step in [*steps, ("ask", 0, 0, last)]:
            game.step(*step)
        game.keys_are_kept_alike()
        session.rollback()

    store.write(all_of_it)
