"""What an operator reads about a channel that fails."""

import re
from dataclasses import asdict

import pytest

from alerts.operator import render_notice
from alerts.retries import Notice
from tests.unit.alerts.samples import NOW

HOSTILE = "HTTP 401 <b>@all</b>\r\n[x](http://evil.example) \u202eabc"


def text_of(language: str, *, is_over: bool = False, reason: str = "HTTP 401") -> str:
    notice = Notice(channel="mail", since=NOW, reason=reason, is_over=is_over)
    return render_notice(notice, language=language, timezone="Asia/Shanghai", now=NOW).text


@pytest.mark.parametrize(
    ("language", "is_over", "words"),
    [
        ("zh", False, ["渠道 mail 发送失败", "原因：HTTP 401", "newswatch outbox retry --channel mail"]),
        ("zh", True, ["渠道 mail 已恢复", "newswatch outbox list --dead --channel mail"]),
        ("en", False, ["Channel mail cannot deliver", "Reason: HTTP 401", "newswatch outbox retry --channel mail"]),
        ("en", True, ["Channel mail delivers again", "newswatch outbox list --dead --channel mail"]),
    ],
)
def test_a_notice_says_what_fails_since_when_why_and_what_to_do(language: str, is_over: bool, words: list[str]) -> None:
    text = text_of(language, is_over=is_over)
    for word in [*words, "2026-09-01", "Asia/Shanghai"]:
        assert word in text


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
