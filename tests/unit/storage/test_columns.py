from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from storage.columns import PlainText, Utc, dump_json, storable, utc_text

MOMENTS = st.datetimes(
    min_value=datetime(1000, 1, 2),  # noqa: DTZ001 - the zone comes with the next argument
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.timezones(),
)


@given(MOMENTS)
def test_time_is_always_27_characters_and_comes_back_equal(moment: datetime) -> None:
    stored = Utc().process_bind_param(moment, sqlite.dialect())
    assert len(stored) == 27
    found = Utc().process_result_value(stored, sqlite.dialect())
    assert found == moment.astimezone(UTC)
    assert found is not None
    assert found.utcoffset() == timedelta(0)


@given(MOMENTS, MOMENTS)
def test_order_of_stored_times_is_order_of_times(first: datetime, second: datetime) -> None:
    assert (utc_text(first) < utc_text(second)) == (first.astimezone(UTC) < second.astimezone(UTC))


def test_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="expected an aware time"):
        Utc().process_bind_param(datetime(2026, 3, 2), sqlite.dialect())  # noqa: DTZ001


def test_time_reads_as_a_person_writes_it() -> None:
    moment = datetime(2026, 3, 2, 16, 0, tzinfo=timezone(timedelta(hours=8)))
    assert utc_text(moment) == "2026-03-02T08:00:00.000000Z"


@given(st.text(alphabet=st.characters()))
def test_stored_text_keeps_its_length_and_can_be_encoded(text: str) -> None:
    found = storable(text)
    assert len(found) == len(text)
    assert "\x00" not in found
    found.encode()
    assert storable(found) == found


def test_absent_text_stays_absent() -> None:
    assert PlainText().process_bind_param(None, sqlite.dialect()) is None


def test_json_is_readable_and_storable() -> None:
    assert dump_json({"题": "文\ud800"}) == '{"题":"文\ufffd"}'


@given(st.lists(st.text(alphabet=st.sampled_from('\\u0\x00"\n题\ud800')), max_size=5))
def test_text_in_json_is_stored_as_text_elsewhere(texts: list[str]) -> None:
    assert json.loads(dump_json(texts)) == [storable(text) for text in texts]
