"""The round that articles state of a regulation, in either kind of store."""

from __future__ import annotations

from datetime import datetime

from storage.database import Store
from storage.records import Published
from storage.rounds import Round, round_of
from storage.states import FactKind, Stage
from storage.tagged import Findings, StatedFact
from tests.contract.store.work import insert
from tests.unit.storage.worlds import NOW, after, article

ACT = "regulation:labels"


def fact(what: FactKind, value: str) -> StatedFact:
    return StatedFact(entity=ACT, what=what, value=value, field="text", surface="办法", start=0, end=2, confidence=0.9)


def add(store: Store, key: str, at: datetime, *facts: StatedFact) -> int:
    day = Published(value="2026-07-01", precision="day", origin="meta")
    value = article(key, text="办法。", content_hash=key, findings=Findings(catalogue="v1", facts=facts), published=day)
    return insert(store, value, now=at)[0]


def known(store: Store, *besides: int) -> Round | None:
    with store.read() as session:
        return round_of(session, ACT, after(hours=9), besides=besides)


HOLDS = fact(FactKind.STAGE, "in_force")


def test_round_is_opened_by_the_last_stage_before_entry_into_force(store: Store) -> None:
    assert known(store) is None
    add(store, "old", NOW, HOLDS, fact(FactKind.EFFECTIVE, "2023-08-15"))
    assert known(store) is None
    add(store, "draft", after(hours=1), fact(FactKind.STAGE, "draft"))
    first = add(store, "changed", after(hours=2), fact(FactKind.STAGE, "amended"), fact(FactKind.AMENDED, "2026-07-01"))
    again = add(store, "changed-too", after(hours=3), fact(FactKind.STAGE, "amended"))

    assert known(store) == Round(
        opened=Stage.AMENDED,
        opened_at=after(hours=3),
        amended_at=after(hours=2),
        in_force_at=NOW,
        holds_from="2023-08-15",
    )
    assert known(store, first, again) == Round(
        opened=Stage.DRAFT, opened_at=after(hours=1), in_force_at=NOW, holds_from="2023-08-15"
    )


def test_only_what_was_seen_before_counts_and_dates_to_come_do_not(store: Store) -> None:
    add(store, "changed", NOW, fact(FactKind.STAGE, "amended"), fact(FactKind.AMENDMENT_EFFECTIVE, "2027-01-01"))
    add(store, "late", after(hours=10), HOLDS, fact(FactKind.EFFECTIVE, "2027-01-01"))

    assert known(store) == Round(opened=Stage.AMENDED, opened_at=NOW, amended_at=NOW)
