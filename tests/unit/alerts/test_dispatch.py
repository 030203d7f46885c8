from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from alerts.channels import ChannelSettings, DigestSchedule
from alerts.desk import Desk
from alerts.dispatch import raise_alerts
from alerts.groups import tell_raised
from alerts.leading import led
from alerts.match import match
from alerts.rules import RuleSettings, compile_rules
from storage import hits, outbox
from storage.articles import insert_article
from storage.database import Session, Store
from storage.hits import LeadArticle
from storage.query.subject import subject_of
from storage.records import Delivery, HitReason, VerdictKind
from storage.tables import stories
from storage.topics import Link, join_topic
from tests.unit.alerts.desk import compose_digests
from tests.unit.alerts.samples import NOW, article, rule, story_hit

_LATER = timedelta(minutes=1)


def _channel(name: str = "desk", **settings: Any) -> ChannelSettings:
    return ChannelSettings(id=name, kind="file", **settings)


def _channels(*channels: ChannelSettings) -> dict[str, ChannelSettings]:
    return {channel.id: channel for channel in channels or (_channel(),)}


def _publish(
    session: Session,
    number: int,
    rules: list[RuleSettings],
    *,
    text: str = "国产大模型备案。",
    story_id: int | None = None,
    reason: HitReason = HitReason.NEW,
    token: str = "",
    changes: tuple[tuple[str, str], ...] = (),
    channels: dict[str, ChannelSettings] | None = None,
    now: datetime = NOW,
) -> tuple[int, tuple[int, ...]]:
    """Store an article as the pipeline does; return its story and the hits it raised."""
    stored = article(f"文章{number}", text, key=f"key{number}", url=f"https://news.example/{number}")
    verdict = VerdictKind.NEW if story_id is None else VerdictKind.NEAR_COPY
    article_id, story_id = insert_article(session, stored, verdict=verdict, story_id=story_id, now=now)
    compiled = compile_rules(rules)
    desk = Desk(rules=compiled, channels=channels or _channels(), language="zh", timezone="UTC")
    raised = raise_alerts(
        session,
        desk,
        matches=match(compiled, subject_of(stored, now), None, now),
        article_id=article_id,
        story_id=story_id,
        reason=reason,
        token=token,
        changes=changes,
        now=now,
    )
    tell_raised(session, desk, raised, now)
    return story_id, tuple(one.hit_id for one in raised)


def _digest(
    session: Session,
    rules: list[RuleSettings],
    *,
    now: datetime,
    channels: dict[str, ChannelSettings] | None = None,
    zone: str = "UTC",
    first: bool = True,
) -> int:
    desk = Desk(rules=compile_rules(rules), channels=channels or _channels(), language="zh", timezone=zone)
    return compose_digests(session, desk, now, first_allowed=first)


def _take(session: Session, now: datetime, channels: tuple[str, ...] = ("desk", "phone")) -> list[Delivery]:
    """Take everything that is due out of the outbox."""
    taken: list[Delivery] = []
    while claimed := outbox.claim(session, now=now, owner="test", lease_s=60, limit=9, channels=channels):
        for delivery in claimed:
            outbox.settle_sent(session, delivery.id, "test", now=now, detail="")
        taken += claimed
    return taken


def _titles(delivery: Delivery) -> list[str]:
    return [story["title"] for story in delivery.payload["data"]["stories"]]


def test_instant_rule_enqueues_one_message_for_each_channel(store: Store) -> None:
    instant = rule(mode="instant", severity="critical", channels=("desk", "phone"))
    channels = _channels(_channel("desk"), _channel("phone", language="en"))

    with_hits = store.write(lambda s: _publish(s, 1, [instant], channels=channels))
    taken = store.write(lambda s: _take(s, NOW))

    assert len(with_hits[1]) == 1
    assert {d.channel: d.payload["subject"] for d in taken} == {"desk": "【严重】文章1", "phone": "[critical] 文章1"}
    assert {d.reason for d in taken} == {"new"}
    story = with_hits[0]
    assert {d.key for d in taken} == {
        sha256(f"models|{story}||{channel}".encode()).hexdigest() for channel in ("desk", "phone")
    }


def test_later_copy_of_a_story_raises_nothing(store: Store) -> None:
    instant = rule(mode="instant")

    story, _ = store.write(lambda s: _publish(s, 1, [instant]))
    copied = store.write(lambda s: _publish(s, 2, [instant], story_id=story))

    assert copied == (story, ())
    assert len(store.write(lambda s: _take(s, NOW))) == 1


def test_changed_story_alerts_again_and_says_what_changed(store: Store) -> None:
    instant = rule(mode="instant")
    story, _ = store.write(lambda s: _publish(s, 1, [instant]))
    store.write(lambda s: _take(s, NOW))

    def change(session: Session) -> tuple[int, tuple[int, ...]]:
        return _publish(
            session, 2, [instant], story_id=story, reason=HitReason.CHANGED, token="v2", changes=(("80", "130"),)
        )

    store.write(change)
    (delivery,) = store.write(lambda s: _take(s, NOW))

    assert delivery.reason == "changed"
    assert "80 → 130" in delivery.payload["text"]


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        pytest.param((("80", "130"), ("5", "7")), False, id="the same"),
        pytest.param((("5", "7"),), False, id="a part, as in a cut copy"),
        pytest.param((("80", "140"),), True, id="another number"),
        pytest.param((("80", "130"), ("9", "1")), True, id="one more"),
        pytest.param((("130", "80"),), True, id="taken back"),
    ],
)
def test_correction_that_many_outlets_print_is_told_once(
    store: Store, changes: tuple[tuple[str, str], ...], is_told: bool
) -> None:
    instant = rule(mode="instant")
    story, _ = store.write(lambda s: _publish(s, 1, [instant]))
    change = partial(_publish, rules=[instant], story_id=story, reason=HitReason.CHANGED)
    store.write(lambda s: change(s, 2, token="of 2", changes=(("80", "130"), ("5", "7"))))

    _, raised = store.write(lambda s: change(s, 3, token="of 3", changes=changes))

    assert bool(raised) is is_told


def test_change_is_told_to_each_rule_that_it_concerns(store: Store) -> None:
    first, second = rule("first", mode="instant"), rule("second", mode="instant")
    story, _ = store.write(lambda s: _publish(s, 1, [first]))
    change = partial(_publish, story_id=story, reason=HitReason.CHANGED, changes=(("80", "130"),))
    store.write(lambda s: change(s, 2, rules=[first], token="of 2"))

    _, raised = store.write(lambda s: change(s, 3, rules=[first, second], token="of 3"))

    assert len(raised) == 1


def test_rule_of_a_removed_channel_keeps_its_hit_and_sends_nothing(store: Store) -> None:
    _, raised = store.write(lambda s: _publish(s, 1, [rule(mode="instant", channels=("gone",))]))

    assert len(raised) == 1
    assert store.write(lambda s: _take(s, NOW, ("desk", "gone"))) == []


def test_nothing_is_raised_when_the_transaction_fails(store: Store) -> None:
    def fail(session: Session) -> None:
        _publish(session, 1, [rule(mode="instant")])
        raise OSError("the power went")

    with pytest.raises(OSError, match="the power went"):
        store.write(fail)

    assert store.write(lambda s: _take(s, NOW)) == []
    assert store.write(lambda s: hits.last_hit_before(s, NOW + timedelta(days=1))) == 0


def test_first_digest_goes_out_as_soon_as_it_may(store: Store) -> None:
    rules = [rule()]
    assert store.write(lambda s: _digest(s, rules, now=NOW, first=False)) == 0
    store.write(lambda s: (_publish(s, 1, rules), _publish(s, 2, rules)))

    assert store.write(lambda s: _digest(s, rules, now=NOW + _LATER, first=False)) == 0
    assert store.write(lambda s: _digest(s, rules, now=NOW + _LATER)) == 1
    assert store.write(lambda s: _digest(s, rules, now=NOW + 2 * _LATER)) == 0
    (delivery,) = store.write(lambda s: _take(s, NOW + 2 * _LATER))

    assert sorted(_titles(delivery)) == ["文章1", "文章2"]
    assert delivery.reason == "digest"


def test_first_digest_waits_for_hits_without_losing_its_turn(store: Store) -> None:
    rules = [rule()]

    assert store.write(lambda s: _digest(s, rules, now=NOW)) == 0
    store.write(lambda s: _publish(s, 1, rules))

    assert store.write(lambda s: _digest(s, rules, now=NOW + _LATER)) == 1


def test_digests_follow_the_schedule_and_hold_each_hit_once(store: Store) -> None:
    rules, at = [rule()], datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
    store.write(lambda s: _publish(s, 1, rules))
    store.write(lambda s: _digest(s, rules, now=NOW))
    store.write(lambda s: _publish(s, 2, rules))

    sent = [
        store.write(partial(_digest, rules=rules, now=now))
        for now in (at - _LATER, at, at + _LATER, at + timedelta(days=1))
    ]
    first, second = store.write(lambda s: _take(s, at + timedelta(days=1)))

    assert sent == [0, 1, 0, 0]
    assert (_titles(first), _titles(second)) == (["文章1"], ["文章2"])
    assert "2026-09-01 01:00 至 2026-09-01 09:00（UTC）" in second.payload["text"]


def test_digest_without_hits_is_not_sent(store: Store) -> None:
    rules = [rule()]
    store.write(lambda s: _publish(s, 1, rules))
    store.write(lambda s: _digest(s, rules, now=NOW))
    store.write(lambda s: _take(s, NOW))

    assert store.write(lambda s: _digest(s, rules, now=NOW + timedelta(days=1))) == 0
    assert store.write(lambda s: _take(s, NOW + timedelta(days=1))) == []


def test_new_rule_does_not_speak_of_the_past(store: Store) -> None:
    old, new = rule("old"), rule("new")
    store.write(lambda s: _publish(s, 1, [old]))
    store.write(lambda s: _digest(s, [old], now=NOW))
    store.write(lambda s: _publish(s, 2, [old, new]))

    store.write(lambda s: _digest(s, [old, new], now=NOW + timedelta(days=1)))
    deliveries = store.write(lambda s: _take(s, NOW + timedelta(days=1)))

    assert _titles(deliveries[-1]) == ["文章2"]
    assert deliveries[-1].payload["data"]["stories"][0]["rules"] == ["old", "new"]


def test_each_channel_has_its_own_window_language_and_zone(store: Store) -> None:
    rules = [rule(channels=("desk", "phone"))]
    channels = _channels(
        _channel("desk"),
        _channel("phone", language="en", digest=DigestSchedule(at="0 7 * * *", timezone="Asia/Shanghai")),
    )
    store.write(lambda s: _publish(s, 1, rules, channels=channels))

    store.write(lambda s: _digest(s, rules, now=NOW, channels=channels))
    desk, phone = sorted(store.write(lambda s: _take(s, NOW)), key=lambda d: d.channel)

    assert "截至 2026-09-01 01:00（UTC）" in desk.payload["text"]
    assert "Up to 2026-09-01 09:00 (Asia/Shanghai)" in phone.payload["text"]


def test_key_is_of_channel_zone_and_local_time(store: Store) -> None:
    rules = [rule()]
    store.write(lambda s: _publish(s, 1, rules))
    store.write(lambda s: _digest(s, rules, now=NOW, zone="Asia/Shanghai"))

    (delivery,) = store.write(lambda s: _take(s, NOW))

    assert delivery.key == sha256(b"desk|Asia/Shanghai|2026-09-01 09:00").hexdigest()


def test_local_time_that_was_told_already_keeps_its_hits_for_the_next_digest(store: Store) -> None:
    rules = [rule()]
    store.write(lambda s: _publish(s, 1, rules))
    store.write(lambda s: _digest(s, rules, now=NOW))
    store.write(lambda s: _publish(s, 2, rules))
    at = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
    taken_key = sha256(b"desk|UTC|2026-09-01 09:00").hexdigest()
    store.write(
        lambda s: outbox.enqueue(s, key=taken_key, channel="desk", reason="digest", payload={}, due_at=NOW, now=NOW)
    )

    assert store.write(lambda s: _digest(s, rules, now=at)) == 0
    assert store.write(lambda s: _digest(s, rules, now=at + timedelta(days=1))) == 1

    deliveries = store.write(lambda s: _take(s, at + timedelta(days=1)))
    assert _titles(deliveries[-1]) == ["文章2"]


@pytest.mark.parametrize("night", ["2026-10-25", "2026-03-29"])
def test_night_of_the_clock_change_brings_one_digest(store: Store, night: str) -> None:
    rules = [rule()]
    channels = _channels(_channel(digest=DigestSchedule(at="30 2 * * *", timezone="Europe/Berlin")))
    evening = datetime.fromisoformat(night).replace(tzinfo=UTC) - timedelta(hours=6)
    store.write(lambda s: _publish(s, 0, rules, now=evening))
    store.write(lambda s: _digest(s, rules, now=evening, channels=channels))

    sent = 0
    for hour in range(18):
        now = evening + timedelta(hours=hour + 0.5)
        store.write(partial(_publish, number=hour + 1, rules=rules, now=now))
        sent += store.write(partial(_digest, rules=rules, now=now, channels=channels))

    assert sent == 1


def test_composing_again_after_a_crash_changes_nothing(store: Store) -> None:
    rules = [rule()]
    store.write(lambda s: _publish(s, 1, rules))

    def crash(session: Session) -> None:
        _digest(session, rules, now=NOW)
        raise OSError("the power went")

    with pytest.raises(OSError, match="the power went"):
        store.write(crash)
    assert store.write(lambda s: _digest(s, rules, now=NOW)) == 1
    (delivery,) = store.write(lambda s: _take(s, NOW))

    assert _titles(delivery) == ["文章1"]


def test_instant_rules_are_not_repeated_in_digests(store: Store) -> None:
    rules = [rule("loud", mode="instant"), rule("quiet", any=("备案",))]
    store.write(lambda s: _publish(s, 1, rules))

    store.write(lambda s: _digest(s, rules, now=NOW))
    alert, digest = store.write(lambda s: _take(s, NOW))

    assert alert.payload["data"]["kind"] == "alert"
    assert digest.payload["data"]["stories"][0]["rules"] == ["quiet"]


def test_template_is_part_of_the_package() -> None:
    import alerts

    assert (Path(alerts.__file__).parent / "templates" / "message.html").is_file()


def test_stories_of_one_topic_stand_together_in_the_digest(store: Store) -> None:
    rules = [rule()]
    ids = [store.write(lambda s, n=n: _publish(s, n, rules))[0] for n in (1, 2, 3)]
    link = Link(via_story_id=ids[0], score=0.9, entities=(), words=(), hours=1.0, rule="test", reason="of a test")
    store.write(lambda s: join_topic(s, ids[2], link, now=NOW))

    store.write(lambda s: _digest(s, rules, now=NOW))

    (delivery,) = store.write(lambda s: _take(s, NOW))
    told = [story["story"] for story in delivery.payload["data"]["stories"]]
    assert sorted(told) == ids
    assert abs(told.index(ids[0]) - told.index(ids[2])) == 1
    assert delivery.payload["text"].count("同一事件的其他报道") == 1


def _told_with_later_lead(store: Store, rules: list[RuleSettings], lead: str, **change: Any) -> dict[str, Any]:
    """Return what the digest tells of a story whose canonical article came after the one that was hit."""
    story_id, _ = store.write(lambda s: _publish(s, 1, rules, **change))

    def crown(session: Session) -> None:
        better = article("原文", lead, key="better", url="https://news.example/original")
        article_id, _ = insert_article(session, better, verdict=VerdictKind.NEAR_COPY, story_id=story_id, now=NOW)
        session.execute(update(stories).where(stories.c.id == story_id).values(canonical_id=article_id))

    store.write(crown)
    store.write(lambda s: _digest(s, rules, now=NOW))
    (delivery,) = store.write(lambda s: _take(s, NOW))
    (story,) = delivery.payload["data"]["stories"]
    return dict(story)


_CHANGE = {
    "text": "130个大模型备案。", "reason": HitReason.CHANGED, "token": "x", "changes": (("80", "130"),)
}  # fmt: skip


@pytest.mark.parametrize(
    ("lead", "change", "shown"),
    [
        pytest.param("我国产的大模型备案了。", {}, "原文", id="the canonical article"),
        pytest.param("没有那个词。", {}, "文章1", id="the member where the rule does not hold for the canonical one"),
        pytest.param("80个大模型备案。", _CHANGE, "文章1", id="the article that has a change"),
        pytest.param("1130个大模型备案。", _CHANGE, "文章1", id="the article that has a change, not a longer number"),
        pytest.param("我国130个大模型备案了。", _CHANGE, "原文", id="the canonical article that has the change too"),
    ],
)
def test_digest_leads_with(store: Store, lead: str, change: dict[str, Any], shown: str) -> None:
    story = _told_with_later_lead(store, [rule()], lead, **change)

    assert story["title"] == shown
    assert story["url"] == "https://news.example/" + ("original" if shown == "原文" else "1")


def test_group_of_another_source_is_not_guessed_for_the_canonical_article(store: Store) -> None:
    hit, lead = (
        story_hit(1, 1, title="copy", text="大模型", word="大模型"),
        article("原文", "大模型", source_id="other"),
    )
    found = LeadArticle(
        article_id=2, title=lead.title, url=lead.url, source_id=lead.source_id, publisher=None, published=None,
        text=lead.text, mentions=(),
    )  # fmt: skip

    def titles(**settings: Any) -> list[str | None]:
        rules = compile_rules([rule(**settings)])
        return [one.title for one in led([hit], {1: found}, {2: subject_of(lead, NOW)}, rules=rules, now=NOW)]

    assert (titles(), titles(groups=("press",))) == (["原文"], ["copy"])
