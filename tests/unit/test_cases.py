"""What is asked of the store about an article: until when its hits wait, as the service itself would say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from alerts.rules import RuleSettings, compile_rules
from monitor.answer_words import answer_in_words
from monitor.answers import Answer, Became, Case, Held, answers
from monitor.cases import case_of
from monitor.config import load_config
from monitor.tracked import tracked
from storage.channel_names import note_name
from storage.database import Session, Store, open_store
from storage.feed import explain
from storage.story_moves import end_story, move_articles
from tests.unit.alerts.desk import compose, desk_of, publish
from tests.unit.alerts.samples import NOW, mention

_HOUR = timedelta(hours=1)
_MUTE = [{"at": "00:00-24:00", "days": f"{NOW:%a}".lower(), "timezone": "UTC"}]
_MIDNIGHT = NOW.replace(hour=0, minute=0, second=0, microsecond=0) + 24 * _HOUR


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "store.db", now=lambda: NOW)
    yield store
    store.close()


def ruled(**more: Any) -> dict[str, Any]:
    return {"id": "models", "any": ["备案"], "channels": ["desk"], **more}


def asked(store: Store, folder: Path, document: dict[str, Any], article: int) -> tuple[Case, Answer]:
    """Return the case of an article under a configuration that no service has read yet, and what its rule answers."""
    (folder / "sources.yaml").write_text(json.dumps(document), encoding="utf-8")
    config = load_config(folder / "sources.yaml", environ={})
    with store.read() as session:
        found = explain(session, article)
        assert found is not None
        case = case_of(session, found, config, NOW)
    assert case is not None
    (answer,) = answers(compile_rules(config.rules), case)
    return case, answer


@pytest.mark.parametrize(
    ("rule", "channel", "became", "at"),
    [
        pytest.param({"mute": _MUTE, "mode": "instant"}, {}, Became.MUTED, _MIDNIGHT, id="as-before"),
        pytest.param(
            {"id": "new", "was": ["models"], "mute": _MUTE, "mode": "instant"}, {}, Became.MUTED, _MIDNIGHT,
            id="another-name-of-the-rule",
        ),
        pytest.param(
            {"channels": ["office"], "mute": _MUTE, "mode": "instant"}, {"id": "office", "was": ["desk"]}, Became.MUTED,
            _MIDNIGHT, id="another-name-of-the-channel",
        ),
        pytest.param(
            {"channels": ["phone"], "mute": _MUTE, "mode": "instant"}, {}, Became.MUTED, _MIDNIGHT, id="another-channel"
        ),
        pytest.param({"mode": "instant"}, {}, Became.GROUPED, None, id="at-once-now"),
        pytest.param({"channels": ["phone"]}, {}, Became.WAITING, _MIDNIGHT - 15 * _HOUR, id="a-digest-now"),
    ],
)  # fmt: skip
def test_what_waits_is_answered_for_as_the_edited_configuration_will_tell_it(
    store: Store, tmp_path: Path, rule: dict[str, Any], channel: dict[str, Any], became: Became, at: Any
) -> None:
    before = desk_of(RuleSettings.model_validate(ruled(mode="instant", mute=_MUTE)))
    store.write(lambda session: publish(session, before, 1))
    schedule = {"at": "0 9 * * *", "timezone": "UTC"}
    channels = [{"id": "desk", "kind": "file"} | channel, {"id": "phone", "kind": "file", "digest": schedule}]

    _, answer = asked(store, tmp_path, {"rules": [ruled() | rule], "channels": channels}, 1)

    assert (answer.became, answer.messages[0].at) == (became, at)
    assert [one.channel for one in answer.messages] == (ruled() | rule)["channels"]


@pytest.mark.parametrize("article", [1, 2])
def test_hit_that_a_story_which_ended_was_left_with_is_no_reason(store: Store, tmp_path: Path, article: int) -> None:
    desk = desk_of(RuleSettings.model_validate(ruled()))

    def become_one(session: Session) -> None:
        for number in (1, 2):
            publish(session, desk, number)
        move_articles(session, [1], 2)
        end_story(session, 1, 2)

    store.write(become_one)
    document = {"rules": [ruled()], "channels": [{"id": "desk", "kind": "file"}]}
    _, waiting = asked(store, tmp_path, document, article)
    store.write(partial(compose, desk=desk, now=NOW))
    case, told = asked(store, tmp_path, document, article)

    assert waiting.of_hit is Became.WAITING
    assert told.of_hit is Became.OUTBOX
    assert {waiting.became, told.became} == ({Became.WAITING, Became.OUTBOX} if article == 1 else {Became.MERGED})
    assert case.superseded == {2}
    assert "no message" not in answer_in_words(told, None, case)


def test_hit_waits_for_the_group_of_its_own_vendor(tmp_path: Path) -> None:
    rule = {
        "id": "models", "any": ["模型"], "channels": ["desk"], "mode": "instant", "group_by": ["vendor"],
        "group_wait": "1h",
    }  # fmt: skip
    document = {"rules": [rule], "channels": [{"id": "desk", "kind": "file", "was": ["old"]}]}
    (tmp_path / "sources.yaml").write_text(json.dumps(document), encoding="utf-8")
    config = load_config(tmp_path / "sources.yaml", environ={})
    vendors = tracked(config.watch).vendors
    first, other = sorted({vendor: entity for entity, vendor in vendors.items()}.values())[:2]
    desk = desk_of(*config.rules, vendors=vendors)
    store = open_store(tmp_path / "store.db", now=lambda: NOW)
    for number, (entity, at) in enumerate(((first, NOW), (other, NOW + _HOUR / 2)), start=1):
        named = mention("大模型备案。", "大模型", entity)
        more: dict[str, Any] = {"now": at, "text": "大模型备案。", "mentions": (named,)}
        store.write(partial(publish, desk=desk, number=number, **more))
    for older, name in (("older", "old"), ("desk", "elsewhere")):
        store.write(partial(note_name, old=older, new=name))

    with store.read() as session:
        found = explain(session, "2", key=None)
        assert found is not None
        case = case_of(session, found, config, NOW + _HOUR * 0.75)
    store.close()

    assert case is not None
    assert case.renamed == {"older": "desk", "old": "desk"}
    assert list(case.held.values()) == [Held(state="grouped", until=NOW + _HOUR * 1.5)]
