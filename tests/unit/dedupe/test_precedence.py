"""Which of several copies leads their story."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.dedupe.precedence import assumed, is_newer, precedence, why_leads
from storage.records import Published
from tests.unit.storage.worlds import article


def date(value: str, precision: str = "day") -> Published:
    return Published(value=value, precision=precision, origin="meta")


def of(rank: int = 5, outlet: str | None = None, key: str = "k", text: str = "正文" * 300, **changes: Any) -> str:
    return precedence(article(key, text, mentions=(), **{"published": date("2026-03-01"), **changes}), rank, outlet)


@pytest.mark.parametrize(
    ("better", "worse", "why"),
    [
        pytest.param(
            of(source="k 日报"),
            of(source=None),
            "it names itself as the source, the other none",
            id="own source before none",
        ),
        pytest.param(
            of(source="人民网-人民日报", publisher="人民网"),
            of(source="新华社", rank=1),
            "the other names another outlet as its source",
            id="a part of its own name counts as its own",
        ),
        pytest.param(
            of(source="財聯社", publisher=None, outlet="财联社"),
            of(source="新华社", publisher=None, outlet="财联社"),
            "the other names another outlet as its source",
            id="what the configuration calls the source is its own",
        ),
        pytest.param(
            of(source=None),
            of(source="新华社", rank=1),
            "the other names another outlet as its source",
            id="no source before another one, whatever the rank",
        ),
        pytest.param(
            of(rank=2), of(rank=5, published=date("2020-01-01")), "its source has the better rank: 2, not 5", id="rank"
        ),
        pytest.param(of(), of(published=date("2026-03-02"), text="文" * 5000), "it was published earlier", id="date"),
        pytest.param(
            of(published=date("2026-03-01T23:50+08:00", "minute")),
            of(),
            "it was published earlier",
            id="a time before what the day leaves open",
        ),
        pytest.param(of(), of(published=date("2026-03", "month")), "it was published earlier", id="a day in its month"),
        pytest.param(of(), of(published=None), "only it says when it was published", id="dated before undated"),
        pytest.param(of(), of(published=date("9999-12-31")), "only it says when it was published", id="no such day"),
        pytest.param(of(text="文" * 800), of(), "its text is fuller", id="a third longer"),
        pytest.param(
            of(key="a", text="文" * 610),
            of(key="b"),
            "nothing tells them apart; the order of their addresses decides",
            id="a little longer",
        ),
        pytest.param("", of(), "it was stored before articles were ranked", id="older store"),
    ],
)
def test_better_leads_and_says_why(better: str, worse: str, why: str) -> None:
    assert better < worse
    assert why_leads(better, worse) == why


def test_nothing_is_known_of_the_source_without_a_name_to_compare() -> None:
    assert of(source="新华社", publisher=None) == of(source=None, publisher=None)


def test_article_of_an_older_store_is_ranked_by_its_date() -> None:
    assert of(published=date("2026-02-28")) < assumed("old", date("2026-03-01")) < of(published=date("2026-03-02"))


@pytest.mark.parametrize(
    ("one", "other", "newer"),
    [
        (date("2026-03-02"), date("2026-03-01"), True),
        (date("2026-03-01"), date("2026-03-02"), False),
        (date("2026-03-01"), date("2026-03-01"), None),
        (date("2026-03-01"), date("2026-03-01T09:00+08:00", "minute"), None),
        (date("2026-03-01T09:01+08:00", "minute"), date("2026-03-01T01:00+00:00", "minute"), True),
        (date("2026-03", "month"), date("2026-03-31"), None),
        (date("2026-03-01"), None, None),
        (date("rubbish"), date("2026-03-01"), None),
    ],
    ids=str,
)
def test_only_dates_that_do_not_overlap_say_which_is_newer(
    one: Published | None, other: Published | None, newer: bool | None
) -> None:
    assert is_newer(one, other) is newer
    assert is_newer(other, one) is (None if newer is None else not newer)


@given(value=st.text(max_size=30), precision=st.sampled_from(["month", "day", "minute", "second", "?"]))
def test_no_date_is_too_odd(value: str, precision: str) -> None:
    assert len(of(published=date(value, precision))) < 60
