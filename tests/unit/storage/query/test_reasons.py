"""Why a condition fails, in words."""

from __future__ import annotations

import pytest

from storage.query.explain import explain
from storage.query.nodes import Entity
from storage.query.parse import parse
from storage.query.reasons import reason, shown
from storage.query.subject import Subject
from storage.records import Published
from tests.unit.storage.query.catalogue import SmallCatalogue
from tests.unit.storage.worlds import NOW, mention

ABOUT = Subject(
    title="监管动态：AI training",
    text="大模型企业招聘。这些文字把两个词隔开。监管部门表态。",
    source_id="wire",
    first_seen_at=NOW,
    published=Published(value="2026-03-01", precision="day", origin="meta"),
    mentions=(mention("model:qwen", 0, "大模型"),),
    publisher="新华社",
    language="zh",
    script="Hans",
)


def test_rule_for_all_names_says_that_none_is_there() -> None:
    bare = Subject(title="天气", text="多云。", source_id="wire", first_seen_at=NOW)

    assert reason(Entity(("*",)), bare, NOW, None) == "it does not mention any tracked name"
    assert reason(Entity(("*",), in_title=True), bare, NOW, None, language="zh") == "标题中没有提及任何跟踪的名称"


def why(query: str, language: str) -> str:
    failing = explain(parse(query, SmallCatalogue()), ABOUT, NOW, "press")
    assert failing is not None
    return reason(failing, ABOUT, NOW, "press", language=language)


@pytest.mark.parametrize(
    ("query", "english", "chinese"),
    [
        pytest.param("备案", '"备案" is not in the title or the text', "标题和正文中没有“备案”", id="phrase"),
        pytest.param(
            "大模型 備案", '"備案" is not in the title or the text', "标题和正文中没有“備案”", id="as-written"
        ),
        pytest.param("title:备案", '"备案" is not in the title', "标题中没有“备案”", id="title"),
        pytest.param(
            "title:招聘",
            '"招聘" is in the text, but not in the title',
            "“招聘”只在正文中，不在标题中",
            id="only-in-the-text",
        ),
        pytest.param(
            "rain", '"rain" is there only as a part of longer words', "“rain”只是更长单词的一部分", id="inside-a-word"
        ),
        pytest.param(
            "招聘 近/3 表态",
            '"招聘" and "表态" are not within 3 words of each other',
            "“招聘”与“表态”相距超过 3 个词",
            id="apart",
        ),
        pytest.param(
            "招聘 近/3 备案", '"备案" is not in the title or the text', "标题和正文中没有“备案”", id="near-nothing"
        ),
        pytest.param("/gpt.4/", "the title does not match /gpt.4/", "标题不符合 /gpt.4/", id="pattern"),
        pytest.param("model:gpt", "it does not mention model:gpt", "没有提及 model:gpt", id="entity"),
        pytest.param(
            "kind:regulation", "it does not mention any tracked regulation", "没有提及任何跟踪的法规", id="kind"
        ),
        pytest.param(
            "title:(model:qwen)",
            "its title does not mention model:qwen",
            "标题中没有提及 model:qwen",
            id="entity-in-title",
        ),
        pytest.param(
            "regulation:measures,暂行办法 model:gpt",
            "it does not mention regulation:measures",
            "没有提及 regulation:measures",
            id="first-of-two",
        ),
        pytest.param(
            "count(model:qwen)>=2",
            "mentions of model:qwen: 1, expected >= 2",
            "提及 model:qwen 共 1 次，要求 >= 2",
            id="count",
        ),
        pytest.param(
            "stage:draft,issued", "it states no stage draft or issued", "没有写明阶段 草案 或 公布", id="stage"
        ),
        pytest.param(
            "source:gov", "its source is wire (新华社), expected gov", "来源是 wire (新华社)，要求 gov", id="source"
        ),
        pytest.param(
            "group:official",
            "the group of its source is press, expected official",
            "来源所在分组是 press，要求 official",
            id="group",
        ),
        pytest.param("author:王小明", 'no author is called "王小明"', "没有名为“王小明”的作者", id="author"),
        pytest.param("lang:en", "its language is zh-hans, expected en", "语言是 zh-hans，要求 en", id="language"),
        pytest.param(
            "after:2027",
            "it was first seen at 2026-03-02 08:00 UTC, expected from 2027-01-01 00:00 UTC on",
            "首次发现于 2026-03-02 08:00 UTC，要求不早于 2027-01-01 00:00 UTC",
            id="after",
        ),
        pytest.param(
            "before:2d",
            "it was first seen at 2026-03-02 08:00 UTC, expected before 2026-02-28 08:00 UTC",
            "首次发现于 2026-03-02 08:00 UTC，要求早于 2026-02-28 08:00 UTC",
            id="before",
        ),
        pytest.param(
            "published:>2026-03-01",
            "it was published 2026-03-01, expected from 2026-03-02 00:00 UTC on",
            "发布于 2026-03-01，要求不早于 2026-03-02 00:00 UTC",
            id="published-after",
        ),
        pytest.param(
            "published:2026-01",
            "it was published 2026-03-01, expected before 2026-02-01 00:00 UTC",
            "发布于 2026-03-01，要求早于 2026-02-01 00:00 UTC",
            id="published-before",
        ),
        pytest.param(
            "-招聘", '"招聘" is in the text, which is excluded', "正文中有“招聘”，而它是被排除的", id="excluded"
        ),
        pytest.param(
            "-(备案 OR 监管)",
            '"监管" is in the title, which is excluded',
            "标题中有“监管”，而它是被排除的",
            id="one-excluded",
        ),
        pytest.param(
            "-model:qwen", "model:qwen holds, which is excluded", "model:qwen 成立，而它是被排除的", id="entity-out"
        ),
        pytest.param(
            "-(招聘 监管)",
            '"招聘" "监管" holds, which is excluded',
            '"招聘" "监管" 成立，而它是被排除的',
            id="both-out",
        ),
        pytest.param(
            "备案 OR model:gpt",
            'none of these holds: "备案", model:gpt',
            '以下条件无一成立："备案"、model:gpt',
            id="none-of",
        ),
        pytest.param(
            "甲 OR 乙 OR 丙 OR 丁 OR 戊 OR 己 OR 庚",
            'none of these holds: "甲", "乙", "丙", "丁", "戊" and 2 more',
            '以下条件无一成立："甲"、"乙"、"丙"、"丁"、"戊" 等 7 项',
            id="none-of-many",
        ),
    ],
)
def test_failing_condition_is_said_in_words(query: str, english: str, chinese: str) -> None:
    assert why(query, "en") == english
    assert why(query, "zh-CN") == chinese


def test_group_that_a_source_lacks_is_said() -> None:
    failing = parse("group:official", SmallCatalogue())

    assert reason(failing, ABOUT, NOW, None) == "the group of its source is none, expected official"


def test_long_condition_is_cut() -> None:
    assert len(shown(parse(" ".join(f"词{at}" for at in range(100)), SmallCatalogue()))) == 120
