"""What a school or a firm makes for itself is none of the tracked rules; what they apply or explain is."""

from __future__ import annotations

import pytest

from monitor.tag import tag


def found(text: str) -> list[str]:
    return sorted({one.entity.partition(":")[2] for one in tag(None, text) if one.kind == "regulation"})


@pytest.mark.parametrize(
    "text",
    [
        "《北方大学使用生成式人工智能管理办法》近日印发。",
        "某高校出台科技伦理审查办法，要求项目先过伦理委员会。",
        "医院印发《人工智能辅助诊疗科技伦理审查办法》。",
        "集团制定《人脸识别管理办法》，门禁改回刷卡。",
        "我校的《生成式人工智能管理办法》自下学期起试行。",
        "学会公布《期刊论文AI生成内容标识办法》。",
        "医学会的《向未成年人提供生成式人工智能服务安全指引》只管本会。",
        "小红书发布AI标识新规，博主要主动声明。",
        "Spotify 上线AI标识新规，歌手要勾选是否用了AI人声。",
        "抖音今日推出更严的AI标识办法，要求加水印。",
        "广东省新一代人工智能发展规划提出，核心产业过千亿。",
        "《浙江省新一代人工智能发展规划》印发。",
        'The startup\'s "Responsible AI Governance Act" is a PDF; Austin liked it.',
        "The university's interim measures on generative AI ban it in exams.",
    ],
)
def test_own_rules_are_no_mention(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公司依照《人脸识别技术应用安全管理办法》拆除了刷脸机。", "face-recognition-measures"),
        ("某律所发布《生成式人工智能服务管理暂行办法》逐条解读。", "genai-interim-measures"),
        ("抖音落实AI标识新规，视频自动加显式标识。", "ai-labeling-measures"),
        ("网信办发布AI标识新规，平台要核验隐式标识。", "ai-labeling-measures"),
        ("上海市促进人工智能产业发展条例施行三年。", "shanghai-ai-regs"),
        ("多所高校按科技伦理审查办法完成登记。", "ethics-review-measures"),
        ("《最新修订的个人信息出境认证办法》一文读懂。", "pi-export-certification"),
        ("中国人民银行发布《人工智能算法金融应用评价规范》。", "jr-t-0221"),
        ("网安协会的《向未成年人提供生成式人工智能服务安全指引》下月施行。", "t-csac-023-2025"),
        ("The bank's lawyers read the Interim Measures for Generative AI Services.", "genai-interim-measures"),
    ],
)
def test_a_rule_that_others_apply_or_explain_is_a_mention(text: str, expected: str) -> None:
    assert found(text) == [expected]
