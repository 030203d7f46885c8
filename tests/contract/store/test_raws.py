"""Kept pages and learned lines: what comes back, in which order, and what is dropped first."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from storage import frontier, raws
from storage.database import Store
from storage.lines import forget_lines, learned_lines, note_lines
from storage.raws import PackedPage, RawItem, pack
from storage.records import Outcome, RawPage
from storage.tables import items
from storage.tables import raws as raw_table
from tests.contract.store.work import claim, insert, next_visit, rows, settle, settle_item, with_sources
from tests.unit.storage.worlds import HOST, NOW, after, article, new_item, poll

BODY = "<p>正文</p>".encode() * 50


def page(number: int = 0, *, days_ago: int = 0, body: bytes = BODY) -> PackedPage:
    url = f"https://{HOST}/{number}"
    return pack(RawPage(url=url, content_type="text/html", fetched_at=NOW - timedelta(days=days_ago), body=body))


def with_items(store: Store, count: int) -> None:
    with_sources(store)
    claim(store)
    settle(store, poll(*(new_item(f"k{n}") for n in range(count))))
    next_visit(store)


def keep(store: Store, item_id: int, *pages: PackedPage) -> None:
    store.write(lambda session: raws.keep(session, item_id, pages))


def kept(store: Store, **asked: object) -> list[RawItem]:
    found: list[RawItem] = []
    with store.read() as session:
        while some := raws.raw_items(
            session,
            **{"since": None, "source": None, "limit": 2, **asked},
            after=found[-1] if found else None,  # type: ignore[arg-type]
        ):
            found += some
    return found


class TestRawPages:
    def test_pages_come_back_as_they_were(self, store: Store) -> None:
        with_items(store, 1)
        keep(store, 1, page(0), page(1, body=b"\x00\xff"))
        (item,) = kept(store)
        assert [(raw.url, raw.body) for raw in item.pages] == [
            (f"https://{HOST}/0", BODY),
            (f"https://{HOST}/1", b"\x00\xff"),
        ]
        assert item.pages[0].fetched_at == NOW

    def test_newer_pages_take_the_place_of_older_ones(self, store: Store) -> None:
        with_items(store, 1)
        keep(store, 1, page(0), page(1))
        keep(store, 1, page(2))
        assert [raw.url for raw in kept(store)[0].pages] == [f"https://{HOST}/2"]

    def test_nothing_kept_is_nothing(self, store: Store) -> None:
        with_items(store, 2)
        keep(store, 1)
        assert kept(store) == []

    def test_order_is_that_of_articles_and_the_rest_comes_last(self, store: Store) -> None:
        with_items(store, 5)
        for item_id in range(1, 6):
            keep(store, item_id, page(item_id))
        ids = [insert(store, article(key))[0] for key in ("a", "b")]
        for item_id, article_id in ((4, ids[0]), (2, ids[1])):
            settle_item(store, item_id, article_id=article_id)
        assert [item.item_id for item in kept(store)] == [4, 2, 1, 3, 5]

    def test_since_and_source_narrow(self, store: Store) -> None:
        with_items(store, 3)
        for item_id, age in ((1, 9), (2, 3), (3, 0)):
            keep(store, item_id, page(item_id, days_ago=age))
        week = NOW - timedelta(days=7)
        assert [item.item_id for item in kept(store, since=week)] == [2, 3]
        assert kept(store, source="other") == []
        with store.read() as session:
            assert raws.count_items(session, since=week, source=None) == 2

    def test_old_pages_go_by_age(self, store: Store) -> None:
        with_items(store, 3)
        for item_id, age in ((1, 40), (2, 31), (3, 1)):
            keep(store, item_id, page(item_id, days_ago=age))
        before = NOW - timedelta(days=30)
        assert store.write(lambda s: raws.trim(s, before=before, max_bytes=10**9)) == 2
        assert [item.item_id for item in kept(store)] == [3]
        assert store.write(lambda s: raws.trim(s, before=before, max_bytes=10**9)) == 0

    def test_oldest_pages_go_by_size(self, store: Store) -> None:
        with_items(store, 3)
        for item_id in (1, 2, 3):
            keep(store, item_id, page(item_id, days_ago=item_id))
        size = rows(store, select(func.max(raw_table.c.size)))[0][0]
        store.write(lambda s: raws.trim(s, before=NOW - timedelta(days=30), max_bytes=2 * size))
        assert [item.item_id for item in kept(store)] == [1, 2]

    def test_rejected_item_is_rescued_once(self, store: Store) -> None:
        with_items(store, 1)
        settle_item(store, 1, Outcome.NOT_ARTICLE)
        article_id, _ = insert(store, article("a"))

        def rescue() -> bool:
            return store.write(
                lambda s: frontier.rescue_item(s, 1, Outcome.STORED, article_id=article_id, now=after(minutes=1))
            )

        assert (rescue(), rescue()) == (True, False)
        (row,) = rows(store, select(items.c.state, items.c.outcome, items.c.article_id, items.c.detail))
        assert tuple(row) == ("done", "stored", article_id, None)


class TestLearnedLines:
    def note(self, store: Store, *lines: int, host: str = HOST, days: int = 0) -> None:
        store.write(lambda s: note_lines(s, host, lines, now=after(days=days)))

    def learned(self, store: Store, *, before_another: bool = False) -> frozenset[int]:
        with store.read() as session:
            return learned_lines(session, HOST, before_another=before_another)

    def test_line_of_three_articles_is_furniture(self, store: Store) -> None:
        for count, expected in ((1, set()), (2, set()), (3, {7})):
            self.note(store, 7, 100 + count)
            assert self.learned(store) == expected

    def test_third_article_is_the_one_about_to_be_read(self, store: Store) -> None:
        self.note(store, -7)
        assert self.learned(store, before_another=True) == frozenset()
        self.note(store, -7)
        assert self.learned(store, before_another=True) == {-7}

    def test_line_twice_in_one_article_counts_once(self, store: Store) -> None:
        self.note(store, 7, 7, 7)
        assert self.learned(store, before_another=True) == frozenset()

    def test_hosts_do_not_teach_each_other(self, store: Store) -> None:
        for host in ("a.example", "b.example", "c.example"):
            self.note(store, 7, host=host)
        assert self.learned(store) == frozenset()

    def test_what_is_not_seen_any_more_is_forgotten(self, store: Store) -> None:
        for _ in range(3):
            self.note(store, 1, days=0)
            self.note(store, 2, days=20)
        self.note(store, 3, days=20)
        store.write(lambda s: forget_lines(s, once_before=after(days=21), before=after(days=10)))
        self.note(store, 3, days=22)
        assert self.learned(store, before_another=True) == {2}
