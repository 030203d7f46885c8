from __future__ import annotations

import json

import pytest

from storage.columns import dump_json
from storage.records import Evidence, Published
from storage.rows import evidence_from, evidence_json, published_from, published_json
from tests.unit.storage.worlds import evidence


@pytest.mark.parametrize("value", [evidence(), evidence(number_conflicts=())], ids=["conflicts", "none"])
def test_evidence_comes_back_equal(value: Evidence) -> None:
    assert evidence_from(json.loads(dump_json(evidence_json(value)))) == value


@pytest.mark.parametrize("value", [None, Published(value="2026-03-02", precision="day", origin="meta")])
def test_publication_date_comes_back_equal(value: Published | None) -> None:
    assert published_from(json.loads(dump_json(published_json(value)))) == value
