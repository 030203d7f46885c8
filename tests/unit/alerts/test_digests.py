"""A digest in three steps: due, made while others write, enqueued if it still holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

from alerts.digests import DueDigest, MadeDigest, begin_digests, due_digests, enqueue_digest, make_digest
from alerts.takeover import take_over
from storage import frontier, silences, waiting
from storage.database import Store
from storage.tables import articles, deliveries
from storage.topics import Link, join_topic
from tests.unit.alerts.desk import compose_digests, desk_of, publish, told
from tests.unit.alerts.desk import waiting as waits
from tests.unit.alerts.samples import NOW, Counts, mention, rule
from tests.unit.storage.worlds import spec

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_DESK = desk_of(rule())
_MORNING = NOW.replace(hour=9) + _DAY


def _due(store: Store) -> DueDigest:
    (due,) = store.write(lambda session: due_digests(session, _DESK, _MORNING, first_allowed=False))
    return due


def _made(store: Store, due: DueDigest) -> MadeDigest:
    with store.read() as session:  # which cannot write
        return make_digest(session, _DESK, due, coverage=Counts())


def _filled(store: Store, *numbers: int) -> None:
    store.write(lambda session: compose_digests(session, _DESK, NOW, first_allowed=False))
    for number in numbers:
        store.write(lambda session, number=number: publish(session, _DESK, number))


def test_digest_is_made_without_writing(store: Store) -> None:
    _filled(store, 1, 2)

    made = _made(store, _due(store))

    assert (len(made.hit_ids), told(store), waits(store)) == (2, [], 2)


def test_what_comes_in_meanwhile_waits_for_the_next_digest(store: Store) -> None:
    _filled(store, 1)
    made = _made(store, _due(store))
    store.write(lambda session: publish(session, _DESK, 2))

    assert store.write(lambda session: enqueue_digest(session, _DESK, made))

    assert [titles for _, _, titles in told(store)] == [["文章1"]]
    assert waits(store) == 1


def test_digest_with_a_hit_that_waits_no_more_is_made_anew(store: Store) -> None:
    _filled(store, 1, 2)
    made = _made(store, _due(store))
    store.write(lambda session: waiting.settle(session, made.hit_ids[:1]))

    assert not store.write(lambda session: enqueue_digest(session, _DESK, made))

    again = _made(store, _due(store))
    assert store.write(lambda session: enqueue_digest(session, _DESK, again))
    assert [titles for _, _, titles in told(store)] == [["文章2"]]


def test_digest_is_enqueued_once(store: Store) -> None:
    _filled(store, 1)
    made = _made(store, _due(store))

    assert [store.write(lambda session: enqueue_digest(session, _DESK, made)) for _ in range(2)] == [True, False]

    assert len(told(store)) == 1


def test_digest_of_a_missed_time_is_of_when_it_was_made_and_the_next_begins_there(store: Store) -> None:
    _filled(store, 1)
    late, next_day = _MORNING + 3 * _HOUR, _MORNING + _DAY
    store.write(lambda session: publish(session, _DESK, 2, now=late - _MINUTE))
    store.write(lambda session: compose_digests(session, _DESK, late))
    store.write(lambda session: publish(session, _DESK, 3, now=late + _MINUTE))
    store.write(lambda session: compose_digests(session, _DESK, next_day))

    with store.read() as session:
        payloads = session.scalars(select(deliveries.c.payload).order_by(deliveries.c.id)).all()
    assert [(one["data"]["since"], one["data"]["at"]) for one in payloads] == [
        (None, late.isoformat()),
        (late.isoformat(), next_day.isoformat()),
    ]
    assert [sorted(titles) for _, _, titles in told(store)] == [["文章1", "文章2"], ["文章3"]]
    assert "2026-09-02 12:00 至 2026-09-03 09:00" in payloads[1]["text"]


def test_event_is_headed_by_a_story_in_the_language_of_the_channel(store: Store) -> None:
    link = Link(via_story_id=1, score=0.9, entities=(), words=(), hours=1.0, rule="test", reason="of a test")
    _filled(store, 1, 2)
    store.write(lambda session: session.execute(update(articles).where(articles.c.id == 1).values(language="en")))
    store.write(lambda session: join_topic(session, 2, link, now=NOW))

    store.write(lambda session: compose_digests(session, _DESK, _MORNING))

    assert [titles for _, _, titles in told(store)] == [["文章2", "文章1"]]


def test_digest_of_a_time_has_one_key_whenever_it_is_made(store: Store) -> None:
    _filled(store, 1)
    due = _due(store)

    keys = {_made(store, replace(due, now=due.now + hours * _HOUR)).key for hours in (0, 1, 7)}

    assert len(keys) == 1


def test_silence_takes_hits_out_of_a_digest_and_is_counted(store: Store) -> None:
    _filled(store, 1, 2)
    store.write(
        lambda session: silences.add_silence(
            session, comment="", starts_at=NOW, ends_at=NOW + 2 * _DAY, query="title:文章2"
        )
    )
    made = _made(store, _due(store))

    assert store.write(lambda session: enqueue_digest(session, _DESK, made))

    assert [titles for _, _, titles in told(store)] == [["文章1"]]
    assert waits(store) == 0
    assert made.payload is not None
    assert made.payload["data"]["coverage"]["silenced"] == 1


def test_digest_has_a_section_for_each_thing_that_a_rule_groups_by(store: Store) -> None:
    desk = desk_of(
        rule(mode="digest", entities=("model:*",), any=(), group_by=("entity",)), rule("plain", any=("备案",))
    )
    store.write(lambda session: compose_digests(session, desk, NOW, first_allowed=False))
    for number, (name, entity) in enumerate(
        [("文心一言", "model:ernie"), ("通义千问", "model:qwen"), ("文心一言", "model:ernie")]
    ):
        text = f"{name}升级。"
        said = {"text": text, "mentions": (mention(text, name, entity),)}
        store.write(partial(publish, desk=desk, number=number, **said))
    store.write(lambda session: publish(session, desk, 9))

    assert store.write(lambda session: compose_digests(session, desk, _MORNING)) == 1

    with store.read() as session:
        (payload,) = session.scalars(select(deliveries.c.payload))
    headings = [line for line in payload["markdown"].splitlines() if line.startswith("## ")]
    assert [one["section"] for one in payload["data"]["stories"]].count("文心一言") == 2
    assert [heading.removeprefix("## ") for heading in headings] == [
        "models · 文心一言（2 条）",
        "models · 通义千问（1 条）",
        "plain（1 条）",
    ]


@pytest.mark.parametrize(
    ("by", "unnamed"), [("vendor", "厂商未知"), ("entity", "未提及跟踪的名称"), ("group", "来源未分组")]
)
def test_section_of_stories_that_lack_what_others_share_says_so(store: Store, by: Any, unnamed: str) -> None:
    desk = desk_of(rule(group_by=(by,)), vendors={"model:ernie": "百度"})
    store.write(lambda session: frontier.sync_sources(session, (spec("other", group="official"),), now=NOW))
    store.write(lambda session: compose_digests(session, desk, NOW, first_allowed=False))
    text = "大模型文心一言。"
    for number, said in enumerate(((), (mention(text, "文心一言", "model:ernie"),))):
        store.write(partial(publish, desk=desk, number=number, text=text, mentions=said))
    store.write(lambda session: session.execute(update(articles).where(articles.c.id == 2).values(source_id="other")))

    store.write(lambda session: compose_digests(session, desk, _MORNING))

    with store.read() as session:
        (payload,) = session.scalars(select(deliveries.c.payload))
    assert unnamed in {one["section"] for one in payload["data"]["stories"]}
    assert f"== {unnamed}（1 条） ==" in payload["text"]


def test_vendor_of_a_story_is_that_of_the_first_name_that_has_one(store: Store) -> None:
    desk = desk_of(rule(group_by=("vendor",)), vendors={"model:ernie": "百度"})
    store.write(lambda session: compose_digests(session, desk, NOW, first_allowed=False))
    text = "大模型管理暂行办法施行，文心一言依管理暂行办法备案。"
    law = mention(text, "管理暂行办法", "regulation:measures")
    names = (law, replace(law, start=law.start + 15, end=law.end + 15), mention(text, "文心一言", "model:ernie"))
    store.write(partial(publish, desk=desk, number=1, text=text, mentions=names))

    store.write(lambda session: compose_digests(session, desk, _MORNING))

    with store.read() as session:
        (payload,) = session.scalars(select(deliveries.c.payload))
    assert [one["section"] for one in payload["data"]["stories"]] == ["百度"]


@pytest.mark.parametrize("first", [True, False], ids=["immediately", "scheduled"])
@pytest.mark.parametrize(
    ("kept", "is_told", "titles"),
    [
        pytest.param(("desk",), True, ["文章2"], id="added, the past told"),
        pytest.param((), True, ["文章2"], id="in another's place, the past told"),
        pytest.param((), False, ["文章1", "文章2"], id="in another's place, the past untold"),
        pytest.param(("desk",), False, ["文章2"], id="added, the past still to be told"),
    ],
)
def test_channel_that_joins_a_rule_begins_with_what_is_hit_from_then_on(
    store: Store, kept: tuple[str, ...], is_told: bool, titles: list[str], first: bool
) -> None:
    before = desk_of(rule(), channels=("desk", "chat"))
    after = desk_of(rule(channels=(*kept, "chat")), channels=("desk", "chat"))
    store.write(lambda session: publish(session, before, 1))
    store.write(lambda session: compose_digests(session, before, NOW, first_allowed=is_told))

    store.write(lambda session: take_over(session, after, NOW + _MINUTE))
    store.write(lambda session: begin_digests(session, after, NOW + _MINUTE))
    store.write(lambda session: publish(session, after, 2))
    store.write(lambda session: compose_digests(session, after, NOW + 2 * _MINUTE, first_allowed=first))
    assert "chat" not in [channel for channel, _, _ in told(store)]

    store.write(lambda session: compose_digests(session, after, _MORNING))
    assert [sorted(said) for channel, _, said in told(store) if channel == "chat"] == [titles]


def test_channel_of_an_empty_store_gets_its_first_digest_at_once(store: Store) -> None:
    store.write(lambda session: begin_digests(session, _DESK, NOW))
    store.write(lambda session: publish(session, _DESK, 1))

    assert store.write(lambda session: compose_digests(session, _DESK, NOW)) == 1


def test_channel_that_comes_back_to_a_rule_is_told_at_its_next_time(store: Store) -> None:
    without = desk_of(rule(channels=("chat",)), channels=("desk", "chat"))
    store.write(lambda session: publish(session, _DESK, 1))
    store.write(lambda session: compose_digests(session, _DESK, NOW))
    store.write(lambda session: compose_digests(session, without, _MORNING))
    store.write(lambda session: publish(session, _DESK, 2))

    store.write(lambda session: compose_digests(session, _DESK, _MORNING + _MINUTE))
    assert [titles for _, _, titles in told(store)] == [["文章1"]]
    store.write(lambda session: compose_digests(session, _DESK, _MORNING + _DAY))
    assert [titles for _, _, titles in told(store)] == [["文章1"], ["文章2"]]
