"""A version without its name belongs to the one model before it that counts its versions alike, or to none."""

from __future__ import annotations

import pytest

from monitor.tag import tag


def bound(text: str) -> list[tuple[str, str, str | None]]:
    found = [one for one in tag(None, text) if one.how.startswith("version of")]
    return [(one.surface, one.entity.partition(":")[2], one.version) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DeepSeek-V2降价，V3发布后业内震动。", [("V3", "deepseek", "V3")]),
        ("DeepSeek-V3开源之后，其 R1 登上Nature封面。", [("R1", "deepseek", "R1")]),
        ("DeepSeek开源了推理模型，其R1登顶榜单。", [("R1", "deepseek", "R1")]),
        ("GPT-4于2023年发布，而4.5则在两年后登场。", [("4.5", "gpt-4", "4.5")]),
        ("文心大模型3.5发布后，4.0版本在10月亮相。", [("4.0版本", "ernie", "4.0")]),
        ("Gemini 2.5 Pro登顶，3.0 Pro还在内测。", [("3.0 Pro", "gemini", "3.0 Pro")]),
        ("Qwen2.5-Max与DeepSeek-V3同台，V4发布时间未定。", [("V4", "deepseek", "V4")]),
        (
            "讯飞星火V2.0发布。V3.0将于10月推出，3.0版本对标ChatGPT。",
            [("V3.0", "xunfei-xinghuo", "V3.0")] * 1 + [("3.0版本", "xunfei-xinghuo", "3.0")],
        ),
        ("商汤日日新5.0对标GPT-4 Turbo，5.5版本对标GPT-4o。", [("5.5版本", "sensenova", "5.5")]),
        ("DeepSeek-V3和R1先后开源。", [("R1", "deepseek", "R1")]),
        ("DeepSeek V3/R1满血版上线。", [("R1", "deepseek", "R1")]),
        ("Developers prefer DeepSeek's R1 for maths.", [("R1", "deepseek", "R1")]),
        ("DeepSeek released DeepSeek-V3 in December and V4 is due.", [("V4", "deepseek", "V4")]),
    ],
)
def test_a_version_is_bound_to_its_model(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert bound(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("以ChatGPT为例，其早期3.0版本有1750亿个参数，4.0版本更多。", id="a model without versions"),
        pytest.param("Qwen2.5与GLM-4.5先后开源，3.0版本各有规划。", id="two models"),
        pytest.param("苹果发布iOS 18.2，接入GPT-4，18.3版本修复漏洞。", id="another program"),
        pytest.param("鸿蒙5.0上线，盘古大模型5.5发布，6.0版本明年见。", id="another program as near"),
        pytest.param("DeepSeek-V3加持下，天神之眼系统升级到V2.1版本。", id="what is updated is something else"),
        pytest.param("DeepSeek-R1和H20都缺货，DeepSeek-V3/A14同理。", id="what it runs on"),
        pytest.param("Kimi K2发布，理想L9搭载，L6随后。", id="cars"),
        pytest.param("文心大模型4.5开源，股价涨4.8%，市值增加5.2亿美元。", id="figures"),
        pytest.param("混元T1在深圳发布，G1高速拥堵，T2航站楼排队。", id="roads and halls"),
        pytest.param("GPT-4发布后，5.2版本仍未面世。", id="a model that is one version"),
        pytest.param("DeepSeek-V2降价。\nV3发布。", id="another paragraph"),
        pytest.param("“通义千问”2.5发布", id="its own version behind the quote"),
        pytest.param("DeepSeek R1比GPT-4便宜，价格从2.5元降到1.0元。", id="prices"),
    ],
)
def test_a_version_of_something_else_is_nobodys(text: str) -> None:
    assert bound(text) == []


def test_what_is_bound_stands_where_it_says() -> None:
    text = "DeepSeek-V2，V3，V4发布。"

    assert [text[one.start : one.end] for one in tag(None, text)] == ["DeepSeek-V2", "V3", "V4"]
    assert [one.how for one in tag(None, text)][1:] == ["version of DeepSeek-V2"] * 2
