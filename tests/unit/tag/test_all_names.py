"""One call does all the steps of tagging on an article, and says with which names."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.tag import explain, names_in, names_in_all, tag
from monitor.tag.catalogue import load_catalogue
from monitor.tag.settings import EntitySettings
from storage.records import Published
from storage.states import FactKind, Tagging

TITLE = "生成式人工智能服务管理暂行办法公布"
TEXT = (
    "国家网信办等七部门公布《生成式人工智能服务管理暂行办法》，自8月15日起施行。"
    "文心一言等大模型参加备案，某企业当天发布了晓问大模型。本店另售豆包、油条和豆浆。"
)
PUBLISHED = Published(value="2023-07-13", precision="day", origin="meta")
WATCH = (EntitySettings(id="company:acme", name="本店", aliases=("本店",)),)


def test_mentions_are_those_of_the_tagger() -> None:
    assert names_in(TITLE, TEXT)[0] == tag(TITLE, TEXT)


def test_names_that_are_not_sure_come_with_their_reasons() -> None:
    considered = names_in(None, "面向用户推出的豆包，模型能力提升。豆包。")[1].considered
    open_ones = [
        one for one in explain(None, "面向用户推出的豆包，模型能力提升。豆包。") if one.outcome is not Tagging.MENTION
    ]
    assert list(considered) == open_ones


def test_stated_facts_are_those_of_mentioned_regulations_with_the_year_of_the_article() -> None:
    facts = names_in(TITLE, TEXT, published=PUBLISHED)[1].facts
    assert ("regulation:genai-interim-measures", FactKind.EFFECTIVE, "2023-08-15") in {
        (one.entity, one.what, one.value) for one in facts
    }


def test_names_nobody_tracks_are_sighted_and_tracked_ones_are_not() -> None:
    seen = {one.name for one in names_in(TITLE, TEXT)[1].sightings}
    assert "晓问" in seen
    assert "文心一言" not in seen


@pytest.mark.parametrize("watch", [(), WATCH], ids=["shipped", "watched"])
def test_version_is_that_of_the_names(watch: tuple[EntitySettings, ...]) -> None:
    mentions, findings = names_in(TITLE, TEXT, watch)
    assert findings.catalogue == load_catalogue(watch).version
    assert ("company:acme" in {one.entity for one in mentions}) == bool(watch)


def test_every_place_is_where_it_says() -> None:
    mentions, findings = names_in(TITLE, TEXT, published=PUBLISHED)
    fields = {"title": TITLE, "text": TEXT}
    found: list[Any] = [*mentions, *findings.considered, *findings.facts, *findings.sightings]
    assert len(found) > 3
    for one in found:
        assert fields[one.field][one.start : one.end] == one.surface


def test_several_articles_are_named_in_their_order() -> None:
    found = names_in_all([(TITLE, TEXT, PUBLISHED), (None, "今日晴。", None)], WATCH)
    assert found == (names_in(TITLE, TEXT, WATCH, PUBLISHED), names_in(None, "今日晴。", WATCH))


def test_text_without_names_has_no_findings() -> None:
    mentions, findings = names_in(None, "今日晴转多云，气温回升。")
    assert (mentions, findings.considered, findings.facts, findings.sightings) == ((), (), (), ())
