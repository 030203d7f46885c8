"""Which listed items have changed by what their lists say of them, and how often a page is asked for nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from storage.records import NewItem
from storage.states import ItemState, Outcome
from storage.versions import compare, packed
from tests.unit.storage.worlds import NOW, after, new_item


class Page:
    """A known item that is read as soon as it is to be, and how often that was."""

    def __init__(self, told: tuple[str, str], number: int = 0) -> None:
        self.row: Any = SimpleNamespace(
            id=number, version=packed(_listed(told)), state=ItemState.DONE, outcome=Outcome.STORED,
            discovered_at=NOW, settled_at=NOW,
        )  # fmt: skip
        self.read: list[datetime] = []

    def list(self, told: tuple[str, str], at: datetime, outcome: Outcome = Outcome.UNCHANGED, **more: Any) -> bool:
        """List the item; say whether it was read again, which ended with ``outcome``."""
        found = compare({"a": self.row}, {"a": _listed(told, **more)}, at)
        if "a" in found.changed:
            self.row.version, self.row.outcome, self.row.settled_at = found.changed["a"], outcome, at
            self.read.append(at)
        elif "a" in found.learned:
            self.row.version = found.learned["a"]
        return "a" in found.changed


def _listed(told: tuple[str, str], **more: Any) -> NewItem:
    return new_item("a", told=told, **more)


@pytest.mark.parametrize(
    "told",
    [pytest.param(lambda n: (f"t{n}", "x"), id="title"), pytest.param(lambda n: ("t", f"x{n}"), id="text")],
)
def test_page_whose_list_holds_a_counter_is_read_less_and_less(told: Any) -> None:
    page = Page(told(0))
    for quarter in range(1, 4 * 24 * 10):
        page.list(told(quarter), after(minutes=15 * quarter))
    assert len(page.read) <= 10
    assert page.read[-1] - page.read[-2] <= timedelta(hours=65)


def test_what_changes_beside_a_counter_is_read_in_the_end() -> None:
    page = Page(("t 0", "x"))
    for hour in range(1, 48):
        page.list((f"t {hour}", "x"), after(hours=hour))
    seen = len(page.read)
    for hour in range(48, 48 + 65):
        page.list(("t: withdrawn", "x"), after(hours=hour))
    assert len(page.read) == seen + 1


def test_title_that_leads_to_another_text_is_read_within_an_hour_each_time() -> None:
    page = Page(("t", "x"))
    read = [page.list((f"t{n}", "x"), after(hours=n), Outcome.REVISION) for n in range(1, 6)]
    assert read == [True] * 5


def test_other_version_is_read_at_once_whatever_was_read_for_nothing() -> None:
    page = Page(("t0", "x"))
    for hour in range(1, 30):
        page.list((f"t{hour}", "x"), after(hours=hour))
    assert not page.list(("t", "x"), after(hours=30))
    assert page.list(("t", "x"), after(hours=30), version="2")


def test_what_was_read_for_nothing_is_forgotten_when_the_page_has_another_text() -> None:
    page = Page(("t0", "x"))
    for hour in range(1, 30):
        page.list((f"t{hour}", "x"), after(hours=hour))
    page.list(("told otherwise", "x"), after(hours=100), Outcome.REVISION)
    assert page.list(("told again", "x"), after(hours=101), Outcome.REVISION)


def test_of_many_that_change_at_once_the_latest_are_read_first() -> None:
    pages = {f"k{n}": Page(("t", "x"), n).row for n in range(20)}
    for n in range(20):
        pages[f"k{n}"].discovered_at = after(hours=-n)
    found = {key: new_item(key, told=("u", "x")) for key in pages}
    compared = compare(pages, found, after(hours=2))
    assert sorted(compared.changed) == [f"k{n}" for n in range(8)]
    assert (compared.put_off, dict(compared.learned)) == (12, {})
