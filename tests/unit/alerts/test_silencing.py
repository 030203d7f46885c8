"""What a silence keeps quiet: no message ever, a line in the footer of digests, and an answer for who asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from alerts.mutes import MuteSettings
from alerts.silencing import is_for_outlet, silences
from storage import outbox
from storage import silences as silence_store
from storage.database import Session, Store
from storage.query.subject import Subject
from storage.silences import Silence
from storage.story_moves import end_story, move_articles
from storage.tables import hits, silenced_hits
from tests.unit.alerts.desk import compose, desk_of, publish, told, waiting
from tests.unit.alerts.samples import NOW, mention, rule

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_TEXT = "文心一言通过备案。"


def _silence(**given: Any) -> Silence:
    empty = dict.fromkeys(("rule", "entity", "source", "query"))
    return Silence(**{"id": 1, "comment": "", "starts_at": NOW, "ends_at": NOW + _HOUR, **empty, **given})


def _begin(store: Store, **given: Any) -> Silence:
    begun: dict[str, Any] = {"comment": "", "starts_at": NOW, "ends_at": NOW + _HOUR, **given}
    return store.write(lambda session: silence_store.add_silence(session, **begun))


@pytest.mark.parametrize(
    ("given", "is_for"),
    [
        pytest.param({"rule": "models"}, True, id="the rule"),
        pytest.param({"rule": "mod*"}, True, id="a glob of rules"),
        pytest.param({"rule": "Models"}, False, id="another rule"),
        pytest.param({"source": "wire"}, True, id="the source"),
        pytest.param({"source": "gov-*"}, False, id="other sources"),
        pytest.param({"entity": "model:ernie"}, True, id="the entity"),
        pytest.param({"entity": "model:qwen,model:ernie"}, True, id="one of two entities"),
        pytest.param({"entity": "model:qwen"}, False, id="another entity"),
        pytest.param({"query": "title:新闻 备案"}, True, id="a query"),
        pytest.param({"query": "备案 -entity:model:ernie"}, False, id="a query that does not hold"),
        pytest.param({"query": 'group:"press"'}, True, id="the group of the source"),
        pytest.param({"rule": "models", "query": "没有"}, False, id="all have to hold"),
    ],
)
def test_silence_is_for_hits_of_its_conditions(given: dict[str, Any], is_for: bool) -> None:
    named = (mention(_TEXT, "文心一言", "model:ernie"),)
    subject = Subject(title="新闻", text=_TEXT, source_id="wire", first_seen_at=NOW, mentions=named)

    assert silences(_silence(**given), "models", subject, "press", NOW) is is_for


def test_silenced_hit_is_stored_and_told_in_no_message(store: Store) -> None:
    desk = desk_of(rule(mode="instant"))
    silence = _begin(store, rule="models")
    store.write(lambda s: publish(s, desk, 1))

    store.write(lambda s: compose(s, desk, NOW + _DAY))

    assert (told(store), waiting(store)) == ([], 0)
    with store.read() as session:
        assert len(session.execute(select(hits)).all()) == 1
        (kept,) = session.execute(select(silenced_hits)).all()
        ((listed, count),) = silence_store.list_silences(session, now=NOW, ended=False)
    assert (kept.silence_id, kept.at) == (silence.id, NOW)
    assert (listed, count) == (silence, 1)


def test_hit_that_waits_when_it_would_be_told_is_kept_quiet_too(store: Store) -> None:
    desk = desk_of(rule(mode="instant", mute=(MuteSettings(at="00:00-02:00"),)))
    store.write(lambda s: publish(s, desk, 1))
    _begin(store, query="备案", ends_at=NOW + 2 * _HOUR)

    store.write(lambda s: compose(s, desk, NOW + _HOUR))
    store.write(lambda s: compose(s, desk, NOW + _DAY))

    assert (told(store), waiting(store)) == ([], 0)


def test_silence_that_ended_keeps_nothing_quiet(store: Store) -> None:
    desk = desk_of(rule(mode="instant"))
    silence = _begin(store, rule="*")

    assert store.write(lambda s: silence_store.end_silence(s, silence.id, now=NOW))
    assert not store.write(lambda s: silence_store.end_silence(s, silence.id, now=NOW))
    store.write(lambda s: publish(s, desk, 1))

    assert told(store) == [("desk", "new", ["文章1"])]


def test_digest_leaves_silenced_hits_out_and_counts_them(store: Store) -> None:
    desk = desk_of(rule(), rule("other", any=("算法",)))
    _begin(store, rule="models")
    for number, text in enumerate(("大模型备案。", "算法备案。", "大模型算法。"), start=1):
        store.write(partial(publish, desk=desk, number=number, text=text))

    store.write(lambda s: compose(s, desk, NOW))

    ((_, reason, titles),) = told(store)
    assert (reason, sorted(titles)) == ("digest", ["文章2", "文章3"])


@pytest.mark.parametrize(("language", "said"), [("zh", "；2 条命中被静默"), ("en", ", 2 silenced")])
def test_footer_counts_what_was_silenced(store: Store, language: str, said: str) -> None:
    desk = replace(desk_of(rule(), rule("other", any=("算法",))), language=language)
    _begin(store, rule="models")
    for number, text in enumerate(("大模型备案。", "大模型。", "算法备案。"), start=1):
        store.write(partial(publish, desk=desk, number=number, text=text))

    store.write(lambda s: compose(s, desk, NOW))

    (delivery,) = store.write(lambda s: outbox.claim(s, now=NOW, owner="me", lease_s=9, limit=1, channels=["desk"]))
    assert said in delivery.payload["text"]


def test_silence_that_cannot_be_read_keeps_nothing_quiet(store: Store) -> None:
    desk = desk_of(rule(mode="instant"))
    _begin(store, query="(of a later version")

    store.write(lambda session: publish(session, desk, 1))

    assert [reason for _, reason, _ in told(store)] == ["new"]


@pytest.mark.parametrize(("quiet", "other"), [(1, 2), (2, 1)], ids=["the older story", "the younger story"])
def test_story_that_only_one_of_two_was_silenced_for_is_told_when_they_become_one(
    store: Store, quiet: int, other: int
) -> None:
    desk = desk_of(rule(mode="digest"))
    _begin(store, source="wire", query=f"title:文章{quiet}")
    for number in (1, 2):
        store.write(partial(publish, desk=desk, number=number))

    def merge(session: Session) -> None:
        move_articles(session, [quiet], other)
        end_story(session, quiet, other)

    store.write(merge)
    store.write(lambda s: compose(s, desk, NOW))

    assert [stories for _, _, stories in told(store)] == [[f"文章{other}"]]


@pytest.mark.parametrize(
    ("given", "other", "is_so"),
    [
        pytest.param({"source": "wire"}, "daily", True, id="a source"),
        pytest.param({"source": "wire"}, "wire", False, id="a source, of which the other one is"),
        pytest.param({"query": 'source:"快科技"'}, "wire", True, id="another publisher of the source"),
        pytest.param({"source": "wi*", "rule": "models"}, "daily", True, id="a glob of sources and a rule"),
        pytest.param({"query": 'group:"press" 备案'}, "daily", True, id="its group and words"),
        pytest.param({"query": '-source:"daily"'}, "daily", True, id="all but the other source"),
        pytest.param({"source": "*"}, "daily", False, id="every source"),
        pytest.param({"query": '备案 OR source:"wire"'}, "daily", False, id="words or a source"),
        pytest.param({"query": "备案"}, "daily", False, id="words"),
        pytest.param({"rule": "models"}, "daily", False, id="a rule"),
        pytest.param({"source": "wire", "query": "没有"}, "daily", False, id="not for the article any more"),
    ],
)
def test_silence_is_for_an_outlet_where_another_one_would_not_have_been_silenced(
    given: dict[str, Any], other: str, is_so: bool
) -> None:
    hidden = Subject(title="新闻", text=_TEXT, source_id="wire", publisher="快科技", first_seen_at=NOW)
    there = replace(hidden, source_id=other, publisher="新华社")
    groups = {"wire": "press", "daily": "papers"}

    assert is_for_outlet(_silence(**given), "models", hidden, there, groups, NOW) is is_so
