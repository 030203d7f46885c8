"""Names that one weak reason must not make a model: other trades' things and terms, its people, common words."""

from __future__ import annotations

import pytest

from monitor.tag import tag


def _entities(text: str) -> set[str]:
    return {mention.entity for mention in tag(None, text)}


@pytest.mark.parametrize(
    "text",
    [
        "Alpamayo's north ridge stays closed until the ice settles.",
        "夜深了，枕着雨声即梦回江南。",
        "Analysts at the retailer type into Databricks Genie and get SQL back.",
        "CrowdStrike pushed a Falcon update that broke the check-in desks.",
        "项目经理用CPM排出关键路径，又把工期压了三天。",
        "训练了一夜，perplexity还在二十上下，困惑度曲线像条死蛇。",
        "牧场新到一队llama，谷歌地图的街景车停下来拍照。",
        "微软一名主管考下执照，改行在货运公司当copilot。",
        "谷歌台湾赞助的温室里，有一棵叫Gemma的橄榄树。",
        "字节跳动食堂有粥、茶叶蛋、豆包。有人问豆包还有没有。",
        "工程师在AI论坛上说，他女儿的英文名是Sora。",
        "字节Seed团队招人，办公地点在北京。",
        'Veo means "I see" in Spanish, the first lesson of the app explains.',
    ],
    ids=lambda text: text[:24],
)
def test_what_bears_the_name_is_no_model(text: str) -> None:
    assert not {entity for entity in _entities(text) if entity.startswith("model:")}


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("微软的copilot把会议纪要的日期写错了。", "model:copilot"),
        ("问了grok三遍，它给了三个答案。", "model:grok"),
        ("开两个窗口，一个秘塔，一个Perplexity，互相补漏。", "model:metaso"),
        ("把十份合同拖给Kimi，让它列出违约条款。", "model:kimi"),
        ("睡前孩子非要豆包再讲一个故事。", "model:doubao"),
        ("收了一只元宝，拍照发给Gemini看真假。", "model:gemini"),
        ("run codex with --full-auto and go for lunch", "model:codex"),
        ("has anyone seen claude got lazy lately? asked it to fix one test and it gave up", "model:claude"),
        ("混元给景区写的解说词里有两处史实错误。", "model:hunyuan"),
        ("律师被罚，因为Claude编了两个判例。", "model:claude"),
        ("The leaflet's translation was done by Gemini.", "model:gemini"),
    ],
    ids=lambda value: value[:24],
)
def test_what_is_used_as_a_program_is_the_model(text: str, entity: str) -> None:
    assert entity in _entities(text)
