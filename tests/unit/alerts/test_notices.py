"""A report that is withdrawn or corrected: what a message calls it, and the sentence that it shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alerts.render import render_alert
from storage.notices import Notice, notice_of_token, token_of_notice
from storage.records import HitReason, StoryHit
from tests.unit.alerts.samples import rule, story_hit

_CLAIM = "百度表示，文心一言月活跃用户超过2亿。"
_ENGLISH = "Anthropic said Claude will be free for schools. It covers 1,200 schools."


def _hit(title: str, text: str, notice: Notice, word: str = "文心一言") -> StoryHit:
    hit = story_hit(1, 1, title=title, text=text, word=word)
    return replace(
        hit, hit=replace(hit.hit, reason=HitReason.CHANGED, token=token_of_notice(notice, "abc"), changes=())
    )


@pytest.mark.parametrize(
    ("title", "text", "excerpt"),
    [
        pytest.param("【撤稿】文心一言月活超过两亿", _CLAIM, None, id="only in the title"),
        pytest.param("文心一言月活", "本文已撤回。", "本文已撤回。", id="in place of the text"),
        pytest.param("文心一言月活", f"撤稿声明：该消息不实。{_CLAIM}", "撤稿声明：该消息不实。", id="a statement"),
        pytest.param("文心一言月活", f"{_CLAIM}编者按：本稿已撤下。", "编者按：本稿已撤下。", id="a note at the foot"),
        pytest.param("文心一言月活", "该文已被作者删除。", "该文已被作者删除。", id="deleted"),
        pytest.param("Claude", "This story has been taken down.", "This story has been taken down.", id="taken down"),
        pytest.param(
            "文心一言月活", f"{_CLAIM}編輯注：該報道因失實已撤回。", "編輯注：該報道因失實已撤回。", id="Traditional"
        ),
        pytest.param(
            "文心一言", f"文心一言撤回一项申请。{_CLAIM}编者按：本文已撤稿。", "编者按：本文已撤稿。", id="not the news"
        ),
        pytest.param(
            "RETRACTED: Claude", f"{_ENGLISH} This story has been retracted.",
            "This story has been retracted.", id="English",
        ),
        pytest.param(
            "Claude", f"Editor's note: We have withdrawn this article. {_ENGLISH}",
            "Editor's note: We have withdrawn this article.", id="an editor's note",
        ),
    ],
)  # fmt: skip
def test_withdrawal_shows_its_notice_and_never_the_claim(title: str, text: str, excerpt: str | None) -> None:
    message = render_alert((_hit(title, text, Notice.WITHDRAWAL),), {"models": rule()}, language="zh")

    assert message.data["stories"][0]["excerpt"] == excerpt


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        pytest.param(f"{_CLAIM}更正：此前报道数字有误。", "更正：此前报道数字有误。", id="a note"),
        pytest.param(_CLAIM, _CLAIM, id="in the title: what holds now"),
    ],
)
def test_correction_shows_its_note(text: str, excerpt: str) -> None:
    message = render_alert((_hit("更正：月活", text, Notice.CORRECTION),), {"models": rule()}, language="zh")

    assert message.data["stories"][0]["excerpt"] == excerpt


@pytest.mark.parametrize(
    ("notice", "language", "label", "line"),
    [
        pytest.param(Notice.WITHDRAWAL, "zh", "【已撤稿】", "变动：该报道已撤稿", id="withdrawn, Chinese"),
        pytest.param(Notice.WITHDRAWAL, "en", "[withdrawn]", "Changed: the report was withdrawn", id="withdrawn"),
        pytest.param(Notice.CORRECTION, "zh", "【有更正】", "变动：该报道已作更正", id="corrected, Chinese"),
        pytest.param(Notice.CORRECTION, "en", "[corrected]", "Changed: the report was corrected", id="corrected"),
    ],
)
def test_every_form_of_a_message_says_so(notice: Notice, language: str, label: str, line: str) -> None:
    message = render_alert((_hit("月活", _CLAIM, notice),), {"models": rule()}, language=language)

    assert message.data["stories"][0]["notice"] == notice
    assert message.subject.startswith(label)
    for form in (message.text, message.markdown.replace("\\", ""), message.html):
        assert label.strip("[]") in form
        assert line in form


@pytest.mark.parametrize(
    ("token", "notice"),
    [
        ("", None), ("revised", None), ("corrected", Notice.CORRECTION), ("withdrawn 0ab1", Notice.WITHDRAWAL),
        ("withdrawn#7", Notice.WITHDRAWAL), ("stage regulation:a draft issued", None), ("correctedness", None),
    ],
)  # fmt: skip
def test_token_names_its_notice(token: str, notice: Notice | None) -> None:
    assert notice_of_token(token) is notice
