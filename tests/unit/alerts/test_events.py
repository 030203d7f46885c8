"""Which story speaks for an event."""

from __future__ import annotations

from typing import Any

import pytest

from alerts.digest import compose
from alerts.render import render_digest
from storage.records import StoryHit
from tests.unit.alerts.samples import NOW, Counts, rule, story_hit

_RULES = {name: rule(name, severity=name) for name in ("info", "warning")}


def _story(story: int, language: str | None, **more: Any) -> StoryHit:
    return story_hit(
        story, story, title=f"story {story}", text="大模型。", language=language, **{"name": "info", **more}
    )


def _told(*hits: StoryHit, language: str | None, topics: dict[int, int]) -> list[int]:
    found = compose(hits, Counts(), rules=_RULES, until=NOW, timezone="UTC", topics=topics, language=language)
    return [entry.story_id for entry in found.entries]


_WIDE = {"outlets": ("a", "b", "c")}


@pytest.mark.parametrize(
    ("language", "hits", "order"),
    [
        pytest.param("zh", (_story(1, "en", **_WIDE), _story(2, "zh"), _story(3, "zh")), [2, 3, 1], id="theirs first"),
        pytest.param("zh-TW", (_story(1, "en"), _story(2, "zh-Hans")), [2, 1], id="of any kind"),
        pytest.param("en", (_story(2, "zh", **_WIDE), _story(3, "en")), [3, 2], id="English readers"),
        pytest.param("zh", (_story(1, "en", name="warning"), _story(2, "zh")), [1, 2], id="severity before language"),
        pytest.param("zh", (_story(1, "en"), _story(2, "en", **_WIDE)), [2, 1], id="none in theirs"),
        pytest.param("zh", (_story(1, None, **_WIDE), _story(2, "zh")), [2, 1], id="a language that is not known"),
        pytest.param(None, (_story(1, "en", **_WIDE), _story(2, "zh")), [1, 2], id="readers of any language"),
    ],
)
def test_event_is_told_in_the_language_of_its_readers(
    language: str | None, hits: tuple[StoryHit, ...], order: list[int]
) -> None:
    assert _told(*hits, language=language, topics=dict.fromkeys(order, 7)) == order


def test_language_changes_nothing_between_events() -> None:
    hits = (_story(1, "en", **_WIDE), _story(2, "zh"), _story(3, "zh", outlets=("a", "b")))

    assert _told(*hits, language="zh", topics={1: 7, 2: 7}) == [2, 1, 3]
    assert _told(*hits, language="zh", topics={}) == [1, 3, 2]


def test_subject_of_a_digest_is_a_story_that_its_readers_can_read() -> None:
    hits = (_story(1, "en", **_WIDE), _story(2, "zh"))
    digest = compose(hits, Counts(), rules=_RULES, until=NOW, timezone="UTC", topics={1: 7, 2: 7}, language="zh")

    assert render_digest(digest, language="zh").subject.endswith("story 2")
