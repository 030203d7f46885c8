"""The former and the latter mean rules where exactly two were named right before."""

from __future__ import annotations

import pytest

from monitor.tag import tag


def pairs(text: str) -> list[tuple[str, str]]:
    words = {"前者", "后者", "後者", "former", "latter"}
    return [(one.surface, one.entity.partition(":")[2]) for one in tag(None, text) if one.surface in words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GDPR和《个人信息保护法》都适用，前者要求报告，后者要求通知。", [("前者", "gdpr"), ("后者", "pipl")]),
        (
            "欧盟《数字服务法》和《数字市场法》不同。前者管内容，後者管守门人。",
            [("前者", "eu-dsa"), ("後者", "eu-dma")],
        ),
        (
            "The Digital Services Act and the Digital Markets Act apply; the former to content, the latter to stores.",
            [("former", "eu-dsa"), ("latter", "eu-dma")],
        ),
        ("The EU AI Act replaced the Police Act. The latter was old, the former is new.", [("former", "eu-ai-act")]),
        ("《个人信息保护法》与《幼儿园管理办法》不同，前者是法律，后者不是。", [("前者", "pipl")]),
    ],
)
def test_the_former_and_the_latter_of_two_rules_are_mentions(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "欧盟《数字服务法》和《数字市场法》适用于苹果和谷歌，前者已起诉。",
        "OpenAI与谷歌围绕欧盟《人工智能法》争论，前者支持。",
        "欧盟《数字服务法》、《数字市场法》和《数据法》施行，前者最早。",
        "The Digital Services Act and the Digital Markets Act bind Meta and Google; the latter appealed.",
        "The Digital Services Act and the Digital Markets Act apply, the former minister said.",
    ],
)
def test_of_other_pairs_they_are_none(text: str) -> None:
    assert pairs(text) == []
