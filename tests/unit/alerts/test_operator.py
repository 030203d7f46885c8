"""What an operator reads about a channel that fails."""

import re
from dataclasses import asdict
from datetime import timedelta

import pytest

from alerts.operator import render_notice
from alerts.retries import Notice
from tests.unit.alerts.samples import NOW

HOSTILE = "HTTP 401 <b>@all</b>\r\n[x](http://evil.example) \u202eabc"


def text_of(language: str, *, is_over: bool = False, has_dead: bool = False) -> str:
    notice = Notice(channel="mail", since=NOW, reason="HTTP 401", is_over=is_over)
    now = NOW + timedelta(days=1)
    return render_notice(notice, language=language, timezone="Asia/Shanghai", now=now, has_dead=has_dead).text


@pytest.mark.parametrize(
    ("language", "is_over", "words"),
    [
        ("zh", False, ["渠道 mail 发送失败", "原因：HTTP 401", "newswatch outbox retry --channel mail"]),
        ("zh-CN", True, ["渠道 mail 已恢复", "故障时段：2026-09-01"]),
        ("en", False, ["Channel mail cannot deliver", "Reason: HTTP 401", "newswatch outbox retry --channel mail"]),
        ("en", True, ["Channel mail delivers again", "Failed: 2026-09-01", " to 2026-09-02 "]),
    ],
)
def test_a_notice_says_what_fails_since_when_why_and_what_to_do(language: str, is_over: bool, words: list[str]) -> None:
    text = text_of(language, is_over=is_over)
    for word in [*words, "2026-09-01", "Asia/Shanghai"]:
        assert word in text


@pytest.mark.parametrize(("language", "given_up"), [("zh", "已放弃的消息"), ("en", "Messages given up")])
def test_end_of_a_failure_has_no_reason_and_names_the_dead_letters_if_any_are_left(
    language: str, given_up: str
) -> None:
    over, left = (text_of(language, is_over=True, has_dead=has_dead) for has_dead in (False, True))

    assert "HTTP 401" not in over + left
    assert "outbox" not in over
    assert given_up in left
    assert "newswatch outbox list --dead --channel mail" in left
    assert "retry" not in left


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_of_a_receiver_are_no_markup_in_any_form(language: str) -> None:
    notice = Notice(channel="mail", since=NOW, reason=HOSTILE)
    message = render_notice(notice, language=language, timezone="UTC", now=NOW)
    assert "<b>" not in message.html
    assert re.search(r"(?<!\\)\]\(", message.markdown) is None
    for form in ("subject", "text", "markdown", "html"):
        shown = asdict(message)[form]
        assert "@all" not in shown
        assert "\u202e" not in shown
        assert "\r" not in shown
    assert message.data["kind"] == "channel"
    assert message.data["over"] is False
