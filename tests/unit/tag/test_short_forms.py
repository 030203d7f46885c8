"""Short forms mean the title they were declared for, or the nearest that ends as they do, or nothing."""

from __future__ import annotations

import pytest

from monitor.tag import tag

GENAI = "《生成式人工智能服务管理暂行办法》"


def found(text: str) -> list[tuple[str, str]]:
    return [(one.surface, one.entity.partition(":")[2]) for one in tag(None, text)]


def short(text: str) -> list[tuple[str, str]]:
    return [(one.surface, one.entity.partition(":")[2]) for one in tag(None, text) if one.how.startswith("short form")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{GENAI}（以下简称《办法》）。该《办法》明确", ["《办法》", "该《办法》"]),
        (f"{GENAI}（下称“暂行办法”）。《暂行办法》明确", ["暂行办法", "《暂行办法》"]),
        (f"{GENAI}（以下简称《暂行办法》或《办法》）。《办法》与《暂行办法》", ["《暂行办法》", "《办法》"] * 2),
        (f"{GENAI}发布。《办法》明确", ["《办法》"]),
        (f"{GENAI}施行。管理办法划定了范围", ["管理办法"]),
        (f"{GENAI}施行。管理办法划定了范围，通过办法在执行前的讨论", ["管理办法", "办法"]),
        (f"{GENAI}施行。该办法要求备份", ["该办法"]),
        ("《互联网信息服务深度合成管理规定》（以下简称“深合规定”）。深合规定要求", ["深合规定", "深合规定"]),
        ("The EU AI Act applies. Under the Act, firms must report.", ["Act"]),
        ("the Digital Services Act (the “Act”) applies. The Act says", ["Act"]),
    ],
)
def test_short_form_of_a_tracked_title_is_a_mention(text: str, expected: list[str]) -> None:
    assert sorted(surface for surface, _ in short(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        f"{GENAI}施行。在我国相关管理办法逐步出台的同时",
        f"{GENAI}施行。大家想办法解决，没有办法",
        f"{GENAI}施行。随后《网络游戏管理暂行办法》公布。《办法》明确",
        f"{GENAI}施行。随后《网络游戏管理暂行办法》公布，该办法明确",
        f"{GENAI}施行。《网络游戏管理暂行办法》（以下简称《办法》）公布。《办法》明确",
        f"{GENAI}与公司管理办法",
        "学校发布宿舍管理办法，管理办法要求熄灯",
        "《员工考勤管理办法》公布。《办法》自今日起施行",
        "根据《办法》，深度求索公司（以下简称“深求”）成立。深求说",
        "北京深度求索公司（以下简称《办法》）",
        "The Police Act passed. The Act gives powers.",
        "The EU AI Act applies. The UK passed the Police Act. The Act gives powers.",
        f"{GENAI}施行。" + "别的事情。" * 400 + "该办法要求",
    ],
)
def test_other_short_forms_are_not(text: str) -> None:
    assert short(text) == []


def test_two_tracked_titles_with_one_head_leave_the_bare_head_open() -> None:
    assert short(f"{GENAI}与《人脸识别技术应用安全管理办法》施行。管理办法要求") == []


def test_both_titles_of_a_nested_one_are_read() -> None:
    assert found("《〈生成式人工智能服务管理暂行办法〉解读》") == [
        ("生成式人工智能服务管理暂行办法", "genai-interim-measures")
    ]
    assert found("《关于修改〈中华人民共和国网络安全法〉的决定》")[0][1] == "cybersecurity-law-amendment-2025"


def test_draft_of_a_tracked_title_is_the_title() -> None:
    text = "《人工智能拟人化互动服务管理暂行办法（征求意见稿）》发布。征求意见稿提出"

    assert [entity for _, entity in found(text)] == ["anthropomorphic-interactive-measures"] * 2


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("南韓通過《人工智慧基本法》", "kr-ai-basic-act"),
        ("立法院三讀《人工智慧基本法》", "tw-ai-basic-act"),
        ("Korea's AI Basic Act", "kr-ai-basic-act"),
        ("Taiwan passed the AI Basic Act", "tw-ai-basic-act"),
        ("欧盟《人工智能法》生效", "eu-ai-act"),
        ("Colorado's AI Act", "co-sb-205"),
        ("《人工智能生成合成内容标识办法》", "ai-labeling-measures"),
        ("《网络安全技术 人工智能生成合成内容标识方法》", "gb-45438-2025"),
        ("依據《生成式人工智慧服務管理暫行辦法》", "genai-interim-measures"),
        ("《個人資訊保護法》上路", "pipl"),
        ("标准GB/T45654—2025实施", "gb-t-45654-2025"),
        ("Regulation (EU) 2024/1689", "eu-ai-act"),
        ("Executive Order 14179", "us-eo-14179"),
    ],
)
def test_near_twins_and_wordings_are_told_apart(text: str, entity: str) -> None:
    assert {name for _, name in found(text)} == {entity}
