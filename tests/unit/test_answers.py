"""What became of an article under a rule, and how it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from alerts.rules import RuleSettings, compile_rules
from monitor.answer_words import answer_in_words
from monitor.answers import Answer, Became, Case, Held, answers, refusal
from storage.feed.views import AlertView, DeliveryView, HitView
from storage.query.nodes import Not, Phrase
from storage.query.subject import Subject
from storage.records import Span
from storage.silences import Silence
from tests.unit.storage.worlds import NOW, after

ABOUT = Subject(title="监管", text="算法备案清单公布。", source_id="wire", first_seen_at=NOW)
SPAN = Span(field="text", start=2, end=4, surface="备案", term="备案")
TOMORROW = after(hours=20)
SILENCE = Silence(
    id=3, rule="filings", entity=None, source=None, query=None, comment="known\nalready", starts_at=NOW, ends_at=NOW
)
CASE = Case(article_id=7, subject=ABOUT, group="press")


def rule(**changes: Any) -> RuleSettings:
    return RuleSettings.model_validate({"id": "filings", "any": ["备案"], "channels": ["desk"], **changes})


def delivery(state: str, channel: str = "desk", **changes: Any) -> DeliveryView:
    whole = DeliveryView(
        id=1, key="k", channel=channel, reason="new", state=state, attempts=1, due_at=after(hours=2), last_error=None,
        detail=None, created_at=after(hours=1), sent_at=after(hours=3) if state == "sent" else None,
    )  # fmt: skip
    return replace(whole, **changes)


def said(*deliveries: DeliveryView, article_id: int = 7, story_id: int = 5, hit_id: int = 9) -> AlertView:
    hit = HitView(
        id=hit_id, rule="filings", story_id=story_id, article_id=article_id, reason="new", spans=(SPAN,), changes=(),
        created_at=NOW, deliveries=deliveries,
    )  # fmt: skip
    return AlertView(hit=hit, title="监管", url="https://news.example/a", publisher=None)


def only(case: Case, settings: RuleSettings) -> Answer:
    (found,) = answers(compile_rules([settings]), case)
    return found


def held(state: Any = "digest", until: datetime | None = TOMORROW) -> dict[tuple[int, str], Held]:
    return {(9, "desk"): Held(state=state, until=until)}


@pytest.mark.parametrize(
    ("case", "settings", "became", "english", "chinese"),
    [
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent")),)), rule(), Became.TOLD,
            "matched by 备案; told to desk at 2026-03-02 11:00 UTC",
            "命中：备案；2026-03-02 11:00 UTC 已发送到 desk", id="told",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sending", last_error="503\nbusy")),)), rule(), Became.OUTBOX,
            "matched by 备案; in the outbox for desk since 2026-03-02 09:00 UTC: 503 busy",
            "命中：备案；2026-03-02 09:00 UTC 起在发件箱中，等待发往 desk：503 busy", id="outbox",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("dead", last_error="550 no"), delivery("sent", "mail")),)),
            rule(channels=["desk", "mail"]), Became.FAILED,
            "matched by 备案; failed to desk: 550 no; told to mail at 2026-03-02 11:00 UTC",
            "命中：备案；发往 desk 失败：550 no；2026-03-02 11:00 UTC 已发送到 mail", id="failed",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("dropped")),)), rule(), Became.FAILED,
            "matched by 备案; dropped before desk had it", "命中：备案；未发往 desk 即已放弃", id="dropped",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),), held=held()), rule(), Became.WAITING,
            "matched by 备案; waiting for the digest of desk at 2026-03-03 04:00 UTC",
            "命中：备案；等待 desk 的摘要（2026-03-03 04:00 UTC）", id="waiting",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),), held=held(until=None)), rule(), Became.WAITING,
            "matched by 备案; waiting for the digest of desk", "命中：备案；等待 desk 的摘要", id="waiting-for-ever",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),)), rule(), Became.UNSENT,
            "matched by 备案; no message to desk", "命中：备案；没有发往 desk 的消息", id="digest-passed-it-over",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),)), rule(mode="instant"), Became.UNSENT,
            "matched by 备案; no message to desk", "命中：备案；没有发往 desk 的消息", id="instant-without-a-message",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),), held=held("muted")), rule(mode="instant"), Became.MUTED,
            "matched by 备案; desk is muted until 2026-03-03 04:00 UTC",
            "命中：备案；desk 处于免打扰时段，至 2026-03-03 04:00 UTC", id="muted",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),), held=held("grouped")), rule(mode="instant"), Became.GROUPED,
            "matched by 备案; waiting for the group of desk until 2026-03-03 04:00 UTC",
            "命中：备案；等待 desk 的同组消息，至 2026-03-03 04:00 UTC", id="grouped",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),), silenced={9: SILENCE}), rule(mode="instant"), Became.SILENCED,
            "matched by 备案, but kept quiet by silence 3 (known already)",
            "命中：备案，但被静默 3 压下（known already）", id="silenced",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent", "phone")),), silenced={9: SILENCE}), rule(), Became.SILENCED,
            "matched by 备案, but kept quiet by silence 3 (known already); told to phone at 2026-03-02 11:00 UTC",
            "命中：备案，但被静默 3 压下（known already）；2026-03-02 11:00 UTC 已发送到 phone",
            id="silenced-after-one-channel-had-it",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent"), article_id=3),)), rule(), Became.MERGED,
            "matched by 备案, merged into story 5, which article 3 told; told to desk at 2026-03-02 11:00 UTC",
            "命中：备案，已并入新闻 5，由文章 3 提醒过；2026-03-02 11:00 UTC 已发送到 desk", id="merged",
        ),
        pytest.param(
            replace(CASE, told={"filings": 4}), rule(), Became.SILENT,
            "matched by 备案, but story 4 had told it", "命中：备案，但新闻 4 已经提醒过", id="silent",
        ),
        pytest.param(
            CASE, rule(), Became.UNTOLD, "matched by 备案, but not told: a rule tells only of what comes in after it",
            "命中：备案，但未提醒：规则只管它之后收到的文章", id="untold",
        ),
        pytest.param(
            CASE, rule(sources=["gov*"]), Became.SOURCE, "the rule is not for source wire, but for gov*",
            "规则不适用于来源 wire，只适用于 gov*", id="source",
        ),
        pytest.param(
            CASE, rule(groups=["official", "a*"]), Became.GROUP,
            "the rule is not for the group of its source (press), but for official, a*",
            "规则不适用于来源所在分组（press），只适用于 official、a*", id="group",
        ),
        pytest.param(
            replace(CASE, group=None), rule(groups=["official"]), Became.GROUP,
            "the rule is not for the group of its source (none), but for official",
            "规则不适用于来源所在分组（无），只适用于 official", id="no-group",
        ),
        pytest.param(
            CASE, rule(none=["清单"]), Became.CONDITION, '"清单" is in the text, which is excluded',
            "正文中有“清单”，而它是被排除的", id="condition",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent"), article_id=3),)), rule(none=["清单"]), Became.CONDITION,
            '"清单" is in the text, which is excluded', "正文中有“清单”，而它是被排除的", id="only-its-story-was-told",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent")),)), rule(none=["清单"]), Became.TOLD,
            "matched by 备案; told to desk at 2026-03-02 11:00 UTC", "命中：备案；2026-03-02 11:00 UTC 已发送到 desk",
            id="told-by-the-rule-of-before",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent"), hit_id=1), said(delivery("dead"), hit_id=2))), rule(),
            Became.FAILED, "matched by 备案; failed to desk", "命中：备案；发往 desk 失败", id="the-latest-hit",
        ),
    ],
)  # fmt: skip
def test_rule_has_one_answer_in_words(
    case: Case, settings: RuleSettings, became: Became, english: str, chinese: str
) -> None:
    found = only(case, settings)

    assert found.became is became
    assert answer_in_words(found, settings, case) == english
    assert answer_in_words(found, settings, case, language="zh") == chinese


def test_rule_without_places_matched_every_article() -> None:
    settings = RuleSettings.model_validate({"id": "filings", "query": "-招聘", "channels": ["desk"]})
    rules = compile_rules([settings], {"filings": Not(Phrase("招聘"))})
    (found,) = answers(rules, CASE)

    assert answer_in_words(found, settings, CASE).startswith("matched by every article")
    assert refusal(rules, settings, ABOUT, "press") is None
