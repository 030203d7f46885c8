"""Bursts and lulls that are told: to whom, how often, in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from alerts.bursts import Burst, Lull
from alerts.defaults import BurstSettings
from alerts.mutes import MuteSettings
from alerts.rules import EscalationSettings
from alerts.trends import pass_on_trends, render_trend, tell_trends, wanted
from alerts.windows import Unit, Window
from storage import silences
from storage.database import Store
from storage.feed.burst_stories import BurstStory
from storage.states import DeliveryState
from storage.tables import deliveries
from tests.unit.alerts.desk import desk_of, publish
from tests.unit.alerts.samples import NOW, mention, rule

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_PEAK = Window(unit=Unit.DAY, begins_at=NOW - _HOUR, stories=24, expected=4.0, low=1, high=7, chance=1e-9)
_BURST = Burst(entity="model:qwen", begins_at=NOW - _HOUR, ends_at=NOW, is_now=True, stories=30, peak=_PEAK)
_LULL = Lull(entity="model:ernie", last_at=NOW - 9 * _DAY, since=NOW - _DAY, per_day=4.0, expected=36.0, chance=1e-12)
_OVER = replace(_BURST, is_now=False)
_OLD = replace(_LULL, since=NOW - 4 * _DAY)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        pytest.param({}, (_BURST, _LULL), id="all"),
        pytest.param({"on": ["lull"]}, (_LULL,), id="lulls"),
        pytest.param({"on": ["burst"]}, (_BURST,), id="bursts"),
        pytest.param({"entities": ["regulation:*", "*:ernie"]}, (_LULL,), id="some entities"),
    ],
)
def test_what_is_asked_for_is_told(settings: dict[str, Any], told: tuple[Burst | Lull, ...]) -> None:
    assert wanted(BurstSettings.model_validate(settings), [_BURST, _OVER], [_LULL, _OLD], now=NOW) == told


def test_burst_is_told_once_to_each_channel_however_long_it_lasts(store: Store) -> None:
    desk = desk_of(rule(), channels=("desk", "phone"))
    settings = BurstSettings(channels=("desk", "phone", "gone"))
    earlier = replace(_BURST, begins_at=_BURST.begins_at.replace(hour=0, minute=0), stories=40)
    other = replace(_BURST, begins_at=NOW + 5 * _DAY)

    counts = [
        store.write(lambda s, bursts=bursts, lulls=lulls: tell_trends(s, desk, settings, bursts, lulls, NOW))
        for bursts, lulls in (([_BURST], [_LULL]), ([_BURST], [_LULL]), ([earlier], []), ([other], []))
    ]

    assert counts == [4, 0, 0, 2]


@pytest.mark.parametrize("days", [-1, 2, 3], ids=["stories came in late", "stories were joined", "it is another one"])
def test_burst_whose_first_day_moves_is_not_told_again(store: Store, days: int) -> None:
    desk, settings = desk_of(rule()), BurstSettings(channels=("desk",))
    moved = replace(_BURST, begins_at=_BURST.begins_at + days * _DAY)

    told, again = (
        store.write(lambda s, one=one, now=now: tell_trends(s, desk, settings, [one], [], now))
        for one, now in ((_BURST, NOW), (moved, NOW + 4 * _DAY))
    )

    assert (told, again) == (1, int(days > 2))


def test_what_a_channel_was_told_under_its_earlier_name_it_is_not_told_again(store: Store) -> None:
    desk, settings = desk_of(rule()), BurstSettings(channels=("desk",))
    renamed = replace(
        desk, channels={"room": desk.channels["desk"].model_copy(update={"id": "room", "was": ("desk",)})}
    )

    counts = [
        store.write(lambda s, desk=desk, settings=settings: tell_trends(s, desk, settings, [_BURST], [_LULL], NOW))
        for desk, settings in ((desk, settings), (renamed, BurstSettings(channels=("room",))))
    ]

    assert counts == [2, 0]


def test_what_waits_for_channels_that_are_gone_is_told_once_to_who_hears_of_bursts_now(store: Store) -> None:
    before, other = desk_of(rule(), channels=("desk", "gone", "left")), replace(_BURST, entity="model:ernie")
    for channel, burst in (("desk", other), ("gone", _BURST), ("left", _BURST)):
        asked = BurstSettings(channels=(channel,))
        store.write(lambda s, asked=asked, burst=burst: tell_trends(s, before, asked, [burst], [_LULL], NOW))
    desk, moved = desk_of(rule()), replace(_BURST, begins_at=_BURST.begins_at - _DAY)

    passed = [store.write(lambda s: pass_on_trends(s, desk, {"gone", "left"}, "desk", NOW)) for _ in range(2)]
    again = store.write(
        lambda s: tell_trends(s, desk, BurstSettings(channels=("desk",)), [moved, other], [_LULL], NOW + _DAY)
    )

    assert (passed, again) == ([4, 0], 0)
    with store.read() as session:
        rows = session.execute(select(deliveries).where(deliveries.c.state == DeliveryState.PENDING)).all()
    told = sorted((row.channel, row.reason, row.payload["data"]["entity"]) for row in rows)
    assert told == [("desk", "burst", "model:ernie"), ("desk", "burst", "model:qwen"), ("desk", "lull", "model:ernie")]


def test_rule_that_escalates_by_bursts_tells_those_of_what_it_asks_for(store: Store) -> None:
    loud = EscalationSettings(burst=True, channels=("phone",))
    asking = rule(any=(), entities=("model:q*",), escalate=loud)
    other = replace(_BURST, entity="model:ernie")
    desk = desk_of(asking, channels=("desk", "phone"))

    counts = [
        store.write(lambda s, found=found: tell_trends(s, desk, BurstSettings(), found, [_LULL], NOW))
        for found in ([_BURST, other, _OVER], [_BURST])
    ]

    assert counts == [1, 0]
    with store.read() as session:
        (row,) = session.execute(select(deliveries)).all()
    assert (row.channel, row.payload["data"]["entity"]) == ("phone", _BURST.entity)


@pytest.mark.parametrize(
    ("muted", "silence", "told"),
    [
        pytest.param(False, {"rule": "models"}, 0, id="the rule is silenced"),
        pytest.param(False, {"entity": "model:*"}, 0, id="the entity is silenced"),
        pytest.param(False, {"entity": "model:ernie"}, 1, id="another entity is"),
        pytest.param(False, {"rule": "models", "query": "title:x"}, 1, id="some articles are"),
        pytest.param(True, {"rule": "other"}, 0, id="muted"),
    ],
)
def test_mutes_and_silences_hold_for_bursts_of_a_rule(
    store: Store, muted: bool, silence: dict[str, Any], told: int
) -> None:
    mute = (MuteSettings(at="00:00-07:00"),) if muted else ()
    desk = desk_of(rule(any=(), entities=("model:*",), escalate=EscalationSettings(burst=True), mute=mute))
    store.write(lambda s: silences.add_silence(s, comment="", starts_at=NOW - _HOUR, ends_at=NOW + _HOUR, **silence))

    assert store.write(lambda s: tell_trends(s, desk, BurstSettings(), [_BURST], [], NOW)) == told


@pytest.mark.parametrize(
    ("one", "language", "subject", "said"),
    [
        (
            _BURST,
            "zh",
            "【激增】通义千问、自 2026-09-01 00:00 起 30 条新闻",
            "2026-09-01 (UTC) 当天 24 条新闻，通常为 1 至 7 条",
        ),
        (_BURST, "en", "[burst] 通义千问, 30 stories since 2026-09-01 00:00", "where 1 to 7 is usual"),
        (
            _LULL,
            "zh",
            "【沉寂】文心一言、自 2026-08-23 01:00 起没有新的新闻（9 天）",
            "通常每天 4.0 条，其间应有 36 条",
        ),
        (_LULL, "en", "[fell silent] 文心一言, no new story since 2026-08-23 01:00 (9 days)", "36 would have come"),
    ],
    ids=["burst zh", "burst en", "lull zh", "lull en"],
)
def test_message_says_what_is_usual(one: Burst | Lull, language: str, subject: str, said: str) -> None:
    message = render_trend(one, language=language, now=NOW, names={"model:qwen": "通义千问", "model:ernie": "文心一言"})

    assert message.subject == subject
    for form in (message.text, message.markdown.replace("\\", ""), message.html):
        assert said in form
    assert message.data["kind"] == ("burst" if isinstance(one, Burst) else "lull")
    assert message.data["entity"] == one.entity


def test_burst_is_told_with_the_stories_that_most_outlets_have(store: Store) -> None:
    desk = desk_of(rule())
    text = "大模型通义千问降价。"
    named: dict[str, Any] = {"text": text, "mentions": (mention(text, "通义千问", "model:qwen"),)}
    for number in range(5):
        story = store.write(partial(publish, desk=desk, number=number, **named))
    store.write(partial(publish, desk=desk, number=9, story_id=story, **named))

    store.write(lambda s: tell_trends(s, desk, BurstSettings(channels=("desk",)), [_BURST], [_LULL], NOW))

    with store.read() as session:
        burst, lull = session.scalars(select(deliveries.c.payload).order_by(deliveries.c.id))
    assert [one["title"] for one in burst["data"]["among"]] == ["文章4", "文章3", "文章2"]
    for form in (burst["text"], burst["markdown"], burst["html"]):
        assert form.count("https://news.example/4") == 1
        assert "其中" in form
    assert "其中" not in lull["text"]


def test_titles_of_stories_call_nobody_and_make_no_links() -> None:
    found = BurstStory(
        story_id=1, article_id=2, title="@all <b>[x](http://e.example)", url="javascript:x", outlets=("@a",)
    )

    message = render_trend(_BURST, language="zh", now=NOW, stories=(found,))

    assert "@" not in message.text
    assert "<b>[" not in message.html
    assert "[x](" not in message.markdown
    assert "javascript" not in message.html


def test_names_call_nobody() -> None:
    message = render_trend(_BURST, language="en", now=NOW, names={"model:qwen": "@all <b>\n"})

    assert "@" not in message.text
    assert "<b>" not in message.html
