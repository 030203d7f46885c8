"""Numbers that pass by themselves are left out of what a page says, and no others."""

from __future__ import annotations

import pytest

from monitor.dedupe import compare_editions
from monitor.dedupe.passing import without_passing

REPORT = "某公司发布新一代大模型，上下文扩展到200万字，已向120家企业开放。业内人士认为，长上下文是竞争的方向。"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("截至发稿，该公司美股盘前涨1.0%，报150.2美元。", "截至发稿，该公司美股盘前跌0.4%，报147.9美元。"),
        ("截止發稿時，阿里巴巴港股漲2.3%，報148.5港元。", "截止發稿時，阿里巴巴港股漲1.9%，報147.9港元。"),
        (
            "Shares were up 1.2% at $150.21 at the time of writing.",
            "Shares were up 2.4% at $152.10 at the time of writing.",
        ),
        ("This story has been read 4512 times.", "This story has been read 4553 times."),
        ("本文已有1200人阅读，30人评论。", "本文已有1345人阅读，41人评论。"),
    ],
    ids=["quote", "Traditional quote", "English quote", "English readers", "readers"],
)
def test_a_quote_or_a_count_of_readers_is_no_change(old: str, new: str) -> None:
    assert compare_editions(f"{REPORT}\n{old}", f"{REPORT}\n{new}").evidence.changes == ()


@pytest.mark.parametrize(
    "said",
    [
        "截至发稿，已有12人遇难。",
        "截至目前，已有346款生成式人工智能服务完成备案。",
        "截至目前，该公司累计获得融资5亿美元。",
        "受此影响，英伟达股价下跌17%。",
        "Nvidia shares fell 17% on Monday.",
        "The stock fell 4% in early trading.",
        "Shares rose 4% in premarket trading.",
        "英伟达股价盘中一度下跌17%。",
        "As of this writing, the bill has 31 sponsors.",
        "The app has been downloaded 4,512 times.",
        "该公司已有1200人参与研发。",
    ],
)
def test_other_numbers_stay(said: str) -> None:
    assert without_passing(said) == said
