from datetime import timedelta

import pytest

from alerts.channels._chat import Kind, outline
from alerts.trial import trial_key, trial_message
from tests.unit.alerts.samples import NOW


@pytest.mark.parametrize(("language", "word"), [("zh", "测试消息"), ("en", "test message"), ("zh-Hant", "测试消息")])
def test_all_forms_say_the_same_in_the_language_of_the_channel(language: str, word: str) -> None:
    message = trial_message("desk", language=language, now=NOW, timezone="Asia/Shanghai")

    for form in (message.subject, message.text, message.markdown, message.html):
        assert word in form
    for form in (message.text, message.markdown, message.html):
        assert "desk" in form
        assert "https://www.example.com/" in form
        assert "2026-09-01 09:00" in form


def test_trial_shows_what_real_messages_have() -> None:
    message = trial_message("desk", language="zh", now=NOW, timezone="UTC")

    rows = [row for item in outline(message) for row in item]
    assert {row.kind for row in rows} == {Kind.HEADING, Kind.TEXT, Kind.QUOTE, Kind.BULLET, Kind.RULE}
    assert [run.link for row in rows for run in row.runs if run.link] == ["https://www.example.com/"]
    assert message.data["kind"] == "test"


def test_each_trial_has_a_key_of_its_own() -> None:
    keys = {trial_key("desk", NOW), trial_key("desk", NOW + timedelta(microseconds=1)), trial_key("other", NOW)}

    assert len(keys) == 3
