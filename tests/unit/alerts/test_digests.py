"""A digest in three steps: due, made while others write, enqueued if it still holds."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from alerts.digests import DueDigest, MadeDigest, due_digests, enqueue_digest, make_digest
from storage import silences, waiting
from storage.database import Store
from storage.tables import deliveries
from tests.unit.alerts.desk import compose_digests, desk_of, publish, told
from tests.unit.alerts.desk import waiting as waits
from tests.unit.alerts.samples import NOW, Counts, mention, rule

_DAY = timedelta(days=1)
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

    assert store.write(lambda session: enqueue_digest(session, made))

    assert [titles for _, _, titles in told(store)] == [["文章1"]]
    assert waits(store) == 1


def test_digest_with_a_hit_that_waits_no_more_is_made_anew(store: Store) -> None:
    _filled(store, 1, 2)
    made = _made(store, _due(store))
    store.write(lambda session: waiting.settle(session, made.hit_ids[:1]))

    assert not store.write(lambda session: enqueue_digest(session, made))

    again = _made(store, _due(store))
    assert store.write(lambda session: enqueue_digest(session, again))
    assert [titles for _, _, titles in told(store)] == [["文章2"]]


def test_digest_is_enqueued_once(store: Store) -> None:
    _filled(store, 1)
    made = _made(store, _due(store))

    assert [store.write(lambda session: enqueue_digest(session, made)) for _ in range(2)] == [True, False]

    assert len(told(store)) == 1


def test_silence_takes_hits_out_of_a_digest_and_is_counted(store: Store) -> None:
    _filled(store, 1, 2)
    store.write(
        lambda session: silences.add_silence(
            session, comment="", starts_at=NOW, ends_at=NOW + 2 * _DAY, query="title:文章2"
        )
    )
    made = _made(store, _due(store))

    assert store.write(lambda session: enqueue_digest(session, made))

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
