"""What became of an article under a rule, and how it is said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from alerts.rules import RuleSettings, compile_rules
from monitor.answer_phrases import PHRASES
from monitor.answer_words import answer_in_words, details_in_words
from monitor.answers import Answer, Became, Case, Held, answers, refusal
from storage.feed.views import AlertView, DeliveryView, HitView
from storage.notices import Notice
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
            "told to desk at 2026-03-02 11:00 UTC",
            "2026-03-02 11:00 UTC 已发送到 desk", id="told",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sending", last_error="503\nbusy")),)), rule(), Became.OUTBOX,
            "in the outbox for desk since 2026-03-02 09:00 UTC: 503 busy",
            "2026-03-02 09:00 UTC 起在发件箱中，等待发往 desk：503 busy", id="outbox",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("dead", last_error="550 no"), delivery("sent", "mail")),)),
            rule(channels=["desk", "mail"]), Became.FAILED,
            "failed to desk: 550 no", "发往 desk 失败：550 no", id="failed",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("dropped")),)), rule(), Became.FAILED,
            "dropped before desk had it", "未发往 desk 即已放弃", id="dropped",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),), held=held()), rule(), Became.WAITING,
            "waits for the digest of desk at 2026-03-03 04:00 UTC",
            "等待 desk 的摘要（2026-03-03 04:00 UTC）", id="waiting",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),), held=held(until=None)), rule(), Became.WAITING,
            "waits for the digest of desk", "等待 desk 的摘要", id="waiting-for-ever",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),)), rule(), Became.UNSENT,
            "no message to desk, which began later or was not a channel of the rule then",
            "没有发往 desk 的消息：当时它还不是该规则的渠道，或启用得更晚", id="digest-passed-it-over",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),)), rule(mode="instant"), Became.UNSENT,
            "no message to desk, which began later or was not a channel of the rule then",
            "没有发往 desk 的消息：当时它还不是该规则的渠道，或启用得更晚", id="instant-without-a-message",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),), held=held("muted")), rule(mode="instant"), Became.MUTED,
            "muted for desk until 2026-03-03 04:00 UTC",
            "desk 处于免打扰时段，至 2026-03-03 04:00 UTC", id="muted",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),), held=held("grouped")), rule(mode="instant"), Became.GROUPED,
            "waits for the group of desk until 2026-03-03 04:00 UTC",
            "等待 desk 的同组消息，至 2026-03-03 04:00 UTC", id="grouped",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),), silenced={9: SILENCE}), rule(mode="instant"), Became.SILENCED,
            "kept quiet by silence 3, which ends at 2026-03-02 08:00 UTC (known already)",
            "被静默3压下，该静默至 2026-03-02 08:00 UTC（known already）", id="silenced",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent", "phone")),), silenced={9: SILENCE}), rule(), Became.SILENCED,
            "kept quiet by silence 3, which ends at 2026-03-02 08:00 UTC (known already)",
            "被静默3压下，该静默至 2026-03-02 08:00 UTC（known already）",
            id="silenced-after-one-channel-had-it",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent"), article_id=3),)), rule(), Became.MERGED,
            "merged into story 5, for which article 3 speaks: told to desk at 2026-03-02 11:00 UTC",
            "已并入新闻5，由文章3代表：2026-03-02 11:00 UTC 已发送到 desk", id="merged",
        ),
        pytest.param(
            replace(CASE, told={"filings": 4}), rule(), Became.SILENT,
            "story 4 had told it", "新闻4已经提醒过", id="silent",
        ),
        pytest.param(
            CASE, rule(), Became.UNTOLD, "not told: the rule tells only of what comes in after it",
            "未提醒：规则只管它之后收到的文章", id="untold",
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
            "told to desk at 2026-03-02 11:00 UTC", "2026-03-02 11:00 UTC 已发送到 desk",
            id="told-by-the-rule-of-before",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent"), hit_id=1), said(delivery("dead"), hit_id=2))), rule(),
            Became.FAILED, "failed to desk", "发往 desk 失败", id="the-latest-hit",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent"), delivery("sent", "mail"), delivery("dead", "phone")),)),
            rule(channels=["desk", "mail"]), Became.FAILED, "failed to phone", "发往 phone 失败", id="worst-channel",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent"), delivery("sent", "mail", last_error="503", attempts=2)),)),
            rule(channels=["desk", "mail"]), Became.TOLD, "told to desk, mail at 2026-03-02 11:00 UTC",
            "2026-03-02 11:00 UTC 已发送到 desk、mail", id="several-channels",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent"), delivery("sent", "mail", sent_at=after(hours=4))),)),
            rule(channels=["desk", "mail"]), Became.TOLD,
            "told to desk at 2026-03-02 11:00 UTC; told to mail at 2026-03-02 12:00 UTC",
            "2026-03-02 11:00 UTC 已发送到 desk；2026-03-02 12:00 UTC 已发送到 mail", id="several-times",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("dead", last_error="503", attempts=4)),)), rule(), Became.FAILED,
            "failed to desk after 4 attempts: 503", "发往 desk 失败（共 4 次尝试）：503", id="several-attempts",
        ),
        pytest.param(
            replace(CASE, story_id=8, alerts=(said(delivery("sent"), article_id=3),), elsewhere=frozenset({9})), rule(),
            Became.SILENT,
            "left to story 5, where it came from, for which article 3 speaks: told to desk at 2026-03-02 11:00 UTC",
            "归它原属的新闻5，由文章3代表：2026-03-02 11:00 UTC 已发送到 desk", id="it-left-the-story-that-was-told",
        ),
        pytest.param(
            replace(CASE, story_id=8, alerts=(said(), said(delivery("sent"), article_id=3, story_id=8, hit_id=2))),
            rule(), Became.MERGED,
            "merged into story 8, for which article 3 speaks: told to desk at 2026-03-02 11:00 UTC",
            "已并入新闻8，由文章3代表：2026-03-02 11:00 UTC 已发送到 desk", id="its-own-hit-went-into-another",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),), held=held("muted"), story_id=8), rule(mode="instant"), Became.MUTED,
            "muted for desk until 2026-03-03 04:00 UTC", "desk 处于免打扰时段，至 2026-03-03 04:00 UTC",
            id="its-own-hit-waits-still",
        ),
        pytest.param(
            replace(CASE, told={"filings": 4}, relations={"filings": "revises"}), rule(), Became.SILENT,
            "story 4, which this one revises, had told it", "本新闻所修订的新闻4已经提醒过", id="silent-revision",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent")),)), rule(id="other", was=["filings"]), Became.TOLD,
            "told to desk at 2026-03-02 11:00 UTC", "2026-03-02 11:00 UTC 已发送到 desk", id="by-its-earlier-name",
        ),
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent")),), renamed={"desk": "office"}), rule(channels=["office"]),
            Became.TOLD, "told to office (then desk) at 2026-03-02 11:00 UTC",
            "2026-03-02 11:00 UTC 已发送到 office（当时名为 desk）", id="to-a-channel-of-another-name",
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

    assert details_in_words(found) == ("matches every article",)
    assert refusal(rules, settings, ABOUT, "press") is None


@pytest.mark.parametrize(
    ("alert", "english", "chinese"),
    [
        pytest.param(said(delivery("sent")), ("matched by 备案",), ("命中：备案",), id="one-message"),
        pytest.param(
            said(delivery("dead", last_error="550", attempts=3), delivery("sent", "mail")),
            ("matched by 备案", "failed to desk after 3 attempts: 550", "told to mail at 2026-03-02 11:00 UTC"),
            ("命中：备案", "发往 desk 失败（共 3 次尝试）：550", "2026-03-02 11:00 UTC 已发送到 mail"),
            id="each-of-several-messages",
        ),
    ],
)
def test_what_matched_and_every_message_stand_below_the_reason(
    alert: AlertView, english: tuple[str, ...], chinese: tuple[str, ...]
) -> None:
    found = only(replace(CASE, alerts=(alert,)), rule(channels=["desk", "mail"][: len(alert.hit.deliveries)]))

    assert details_in_words(found) == english
    assert details_in_words(found, language="zh") == chinese


def test_what_was_said_before_stands_below_with_what_changed() -> None:
    first, changed = said(delivery("sent"), hit_id=1), said(delivery("sent"), hit_id=2)
    changed = replace(changed, hit=replace(changed.hit, reason="changed", changes=(("80", "130"),)))
    found = only(replace(CASE, alerts=(first, changed)), rule())

    assert details_in_words(found) == (
        "matched by 备案",
        "as a change: 80 → 130",
        "before that, of 2026-03-02 08:00 UTC: told to desk at 2026-03-02 11:00 UTC",
    )


@pytest.mark.parametrize(
    ("notice", "changes", "english", "chinese"),
    [
        pytest.param(Notice.WITHDRAWAL, (), "as withdrawn", "因已撤稿", id="withdrawn"),
        pytest.param(
            Notice.CORRECTION, (("80", "130"),), "as corrected: 80 → 130", "因有更正：80 → 130", id="corrected"
        ),
    ],
)
def test_what_became_of_a_report_is_called_so(notice: Notice, changes: Any, english: str, chinese: str) -> None:
    one = said(delivery("sent"))
    one = replace(one, hit=replace(one.hit, reason="changed", notice=notice, changes=changes))
    found = only(replace(CASE, alerts=(one,)), rule())

    assert details_in_words(found)[1] == english
    assert details_in_words(found, language="zh")[1] == chinese


@pytest.mark.parametrize(
    ("case", "became", "english"),
    [
        pytest.param(
            replace(CASE, alerts=(said(delivery("sent")),)), Became.TOLD, "told to desk at 2026-03-02 11:00 UTC",
            id="told",
        ),
        pytest.param(
            replace(CASE, alerts=(said(),)), Became.FORMER,
            "no message, and no configured rule is called filings; one with was: [filings] would tell it", id="untold",
        ),
        pytest.param(replace(CASE, told={"filings": 4}), Became.SILENT, "story 4 had told it", id="silent"),
    ],
)  # fmt: skip
def test_rule_that_is_configured_no_more_answers_for_what_it_said(case: Case, became: Became, english: str) -> None:
    given = answers(compile_rules([rule(id="other", any=["招聘"])]), case)

    assert [(one.rule, one.became) for one in given] == [("other", Became.CONDITION), ("filings", became)]
    assert answer_in_words(given[-1], None, case) == english


def test_each_language_says_all_of_it_and_chinese_in_no_other_script() -> None:
    names = re.compile(r"\{\w*\}|was: \[\]")
    english, chinese = PHRASES["en"], PHRASES["zh"]

    assert english.keys() == chinese.keys()
    assert [said for said in chinese.values() if re.search("[A-Za-z]", names.sub("", names.sub("", said)))] == []
