"""Bursts that somebody was told of, as digests say so."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from alerts.bursts import Burst
from alerts.defaults import BurstSettings
from alerts.trends import tell_trends
from alerts.windows import Unit, Window
from storage.database import Session, Store
from storage.tables import deliveries
from tests.unit.alerts.desk import compose_digests, desk_of, publish
from tests.unit.alerts.samples import NOW, mention, rule

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_DESK = desk_of(rule(), channels=("desk", "phone"))


def _tell(session: Session, at: datetime, entity: str = "model:qwen", stories: int = 8, channel: str = "phone") -> None:
    peak = Window(unit=Unit.HOUR, begins_at=at, stories=stories, expected=1.0, low=0, high=2, chance=1e-9)
    burst = Burst(entity=entity, begins_at=at, ends_at=at + _HOUR, is_now=True, stories=stories, peak=peak)
    assert tell_trends(session, _DESK, BurstSettings(channels=(channel,)), [burst], [], at + _HOUR) == 1


def _digest(store: Store, at: datetime) -> dict[str, Any]:
    store.write(lambda s: compose_digests(s, _DESK, at))
    with store.read() as session:
        asked = select(deliveries.c.payload).where(deliveries.c.reason == "digest").order_by(deliveries.c.id.desc())
        payload: dict[str, Any] = session.scalars(asked).first() or {}
    return payload


def _publish(store: Store, number: int, at: datetime) -> None:
    text = "大模型通义千问降价。"
    said: dict[str, Any] = {"text": text, "mentions": (mention(text, "通义千问", "model:qwen"),)}
    store.write(partial(publish, desk=_DESK, number=number, now=at, **said))


def test_next_digest_says_in_one_line_that_there_was_a_burst_of_a_name_in_it(store: Store) -> None:
    _publish(store, 1, NOW)
    _digest(store, NOW)
    _publish(store, 2, NOW + 2 * _HOUR)
    store.write(lambda s: _tell(s, NOW + 3 * _HOUR))
    store.write(lambda s: _tell(s, NOW + 3 * _HOUR, entity="model:ernie"))

    payload = _digest(store, NOW + _DAY)
    _publish(store, 3, NOW + _DAY + _HOUR)
    later = _digest(store, NOW + 2 * _DAY)

    line = "热度激增：通义千问（自 2026-09-01 04:00 起 8 条新闻）"
    for form in (payload["text"], payload["markdown"].replace("\\", ""), payload["html"]):
        assert form.count(line) == 1
    assert [one["entity"] for one in payload["data"]["bursts"]] == ["model:qwen"]
    assert (later["data"]["bursts"], "激增" in later["text"]) == ([], False)


@pytest.mark.parametrize(
    ("begins", "told"),
    [(-2 * _HOUR, False), (-_HOUR / 2, True), (8 * _HOUR, False)],
    ids=["told before the digest before", "told since", "told after it was made"],
)
def test_burst_belongs_to_the_window_in_which_it_was_told(store: Store, begins: timedelta, told: bool) -> None:
    _publish(store, 1, NOW - _HOUR)
    store.write(lambda s: compose_digests(s, _DESK, NOW))
    _publish(store, 2, NOW + _HOUR)
    store.write(lambda s: _tell(s, NOW + begins))

    assert bool(_digest(store, NOW + 8 * _HOUR)["data"]["bursts"]) == told


def test_burst_that_two_channels_were_told_of_is_said_once_with_its_largest_number(store: Store) -> None:
    _publish(store, 1, NOW)
    _digest(store, NOW)
    _publish(store, 2, NOW + _HOUR)
    store.write(lambda s: _tell(s, NOW + _HOUR, stories=5))
    store.write(lambda s: _tell(s, NOW + 2 * _HOUR, stories=9, channel="desk"))

    (burst,) = _digest(store, NOW + _DAY)["data"]["bursts"]
    assert burst["stories"] == 9
