"""``docs/query.md``: every query of its tables is read, and says the same as the one beside it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache

import pytest

from monitor.queries import CatalogueNames
from monitor.tag.catalogue import load_catalogue
from storage.query.nodes import Entity, Node
from storage.query.parse import parse
from storage.query.vocabulary import FIELDS
from tests.docs.blocks import ROOT

PAGE = ROOT / "docs/query.md"
ROWS = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)


@cache
def names() -> CatalogueNames:
    return CatalogueNames(load_catalogue)


def read(text: str) -> Node:
    node = parse(text, names(), datetime(2026, 11, 20, tzinfo=UTC))
    return Entity(tuple(sorted(node.ids)), node.in_title) if isinstance(node, Entity) else node


@pytest.mark.parametrize(("query", "same"), ROWS, ids=[query for query, _ in ROWS])
def test_query_of_the_page_is_read_as_the_one_beside_it(query: str, same: str) -> None:
    assert read(query) == read(same)


def test_page_has_every_field() -> None:
    shown = " ".join(query for query, _ in ROWS) + PAGE.read_text(encoding="utf-8")

    assert [name for name in FIELDS if f"{name}:" not in shown] == []


def test_page_has_rows_that_are_checked() -> None:
    assert len(ROWS) > 30
