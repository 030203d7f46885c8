"""Statements that one text turns round: revisions, with the pair as evidence; other words of one sense are none."""

from __future__ import annotations

import pytest

from monitor.dedupe import compare
from monitor.dedupe.polarity import are_opposed, sense_of_chinese, sense_of_words

CHINESE = (
    "据多家媒体消息，{}。有关负责人说，审核工作历时两个月，期间听取了各方意见，相关材料将在网站公示。"
    "业内人士认为，这对同类企业具有参考意义，后续安排仍有待观察，市场将继续关注其资本运作进展。"
)
ENGLISH = (
    "{} The announcement followed a review that lasted two months and drew comments from dozens of groups. Officials "
    "said documents would be published on the agency's website, and analysts expect further details within weeks."
)


@pytest.mark.parametrize(
    ("one", "other", "pair"),
    [
        pytest.param("证监会批准该公司上市", "证监会未批准该公司上市", ("批准", "未批准"), id="denied"),
        pytest.param("证监会批准该公司上市", "证监会不予批准该公司上市", ("批准", "不予批准"), id="denied formally"),
        pytest.param(
            "证监会已批准该公司上市", "证监会尚未批准该公司上市", ("已批准", "尚未批准"), id="already and not yet"
        ),
        pytest.param(
            "证监会附条件批准该公司上市", "证监会不予批准该公司上市", ("附条件批准", "不予批准"), id="for an adverb"
        ),
        pytest.param(
            "经研究，附条件批准该公司上市",
            "经研究，不予批准该公司上市",
            ("附条件批准", "不予批准"),
            id="for an adverb at the head of a clause",
        ),
        pytest.param("董事会同意该项收购方案", "董事会否决该项收购方案", ("同意", "否决"), id="opposites"),
        pytest.param("沪指午后震荡上涨，量能放大", "沪指午后震荡下跌，量能放大", ("上涨", "下跌"), id="rose and fell"),
        pytest.param("法院一审认定被告有罪，宣判后", "法院一审认定被告无罪，宣判后", ("有罪", "无罪"), id="one letter"),
        pytest.param("央行宣布上调存款准备金率", "央行宣布下调存款准备金率", ("上调", "下调"), id="half a word"),
        pytest.param("北向资金全天净流入百亿元", "北向资金全天净流出百亿元", ("流入", "流出"), id="the end of a word"),
        pytest.param("公司全年业绩转为盈利状态", "公司全年业绩转为亏损状态", ("盈利", "亏损"), id="profit and loss"),
        pytest.param("检察机关决定起诉该负责人", "检察机关决定不起诉该负责人", ("起诉", "不起诉"), id="prosecution"),
        pytest.param(
            "五名工人平安升井，家属到场", "五名工人不幸遇难，家属到场", ("平安升井", "不幸遇难"), id="safe and dead"
        ),
        pytest.param("新规对行业的影响有限，专家说", "新规对行业的影响较大，专家说", ("有限", "较大"), id="effect"),
        pytest.param(
            "这有利于行业长期健康发展", "这不利于行业长期健康发展", ("有利于", "不利于"), id="helps and harms"
        ),
        pytest.param("部分取水口昨日恢复供水", "全部取水口昨日恢复供水", ("部分", "全部"), id="some and all"),
        pytest.param("企业应当安装在线监测设备", "企业无需安装在线监测设备", ("应当", "无需"), id="need not"),
    ],
)
def test_a_chinese_statement_turned_round_is_a_revision(one: str, other: str, pair: tuple[str, str]) -> None:
    found = compare(CHINESE.format(one), CHINESE.format(other))
    back = compare(CHINESE.format(other), CHINESE.format(one))

    assert (found.verdict, found.evidence.reversals) == ("revision", (pair,))
    assert (back.verdict, back.evidence.reversals) == ("revision", (pair[::-1],))
    assert f"1 statement differs: {pair[0]} -> {pair[1]}" in found.why


@pytest.mark.parametrize(
    ("one", "other", "pair"),
    [
        pytest.param(
            "The board approved the sale.", "The board rejected the sale.", ("approved", "rejected"), id="opposites"
        ),
        pytest.param(
            "The board approved the sale.",
            "The board did not approve the sale.",
            ("approved", "did not approve"),
            id="did not",
        ),
        pytest.param(
            "The board has conditionally approved the sale.",
            "The board has not approved the sale.",
            ("conditionally approved", "not approved"),
            id="for an adverb",
        ),
        pytest.param(
            "The bank would raise its rates.",
            "The bank would not raise its rates.",
            ("raise", "not raise"),
            id="would not",
        ),
        pytest.param(
            "The jury found him guilty on Monday.",
            "The jury found him not guilty on Monday.",
            ("guilty", "not guilty"),
            id="not guilty",
        ),
        pytest.param(
            "The firm is ready to lift output.",
            "The firm isn't ready to lift output.",
            ("is ready", "isn't ready"),
            id="isn't",
        ),
        pytest.param(
            "The firm won the contract again.",
            "The firm failed to win the contract again.",
            ("won", "failed to win"),
            id="failed to",
        ),
        pytest.param(
            "The court called the law constitutional today.",
            "The court called the law unconstitutional today.",
            ("constitutional", "unconstitutional"),
            id="prefix",
        ),
        pytest.param(
            "The union accepted the latest offer.",
            "The union turned down the latest offer.",
            ("accepted", "turned down"),
            id="two words",
        ),
        pytest.param(
            "No one was hurt in the fire.",
            "The worker was hurt in the fire.",
            ("No one was hurt", "The worker was hurt"),
            id="no one",
        ),
        pytest.param("The crew was found.", "The crew was missing.", ("found", "missing"), id="found and missing"),
    ],
)
def test_an_english_statement_turned_round_is_a_revision(one: str, other: str, pair: tuple[str, str]) -> None:
    found = compare(ENGLISH.format(one), ENGLISH.format(other))

    assert (found.verdict, found.evidence.reversals) == ("revision", (pair,))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("公司营业收入增长明显，海外订单较多", "公司营业收入上升明显，海外订单较多", id="synonyms"),
        pytest.param("公司营业收入持续增加，海外订单较多", "公司营业收入不断增加，海外订单较多", id="an idiom"),
        pytest.param("公司订单增加，分析师提醒注意风险", "公司订单增加，不过分析师提醒注意风险", id="however"),
        pytest.param("公司没有披露交易金额，仅称合理", "公司未披露交易金额，仅称合理", id="two denials"),
        pytest.param("公司拒绝了该项提议，理由不详", "公司没有接受该项提议，理由不详", id="denied and refused"),
        pytest.param("样品各项指标全部合格，专家说", "样品各项指标一律合格，专家说", id="all and every"),
        pytest.param("样品各项指标全部合格，专家说", "样品各项指标全部达标，专家说", id="up to standard"),
        pytest.param("公司感谢社会各界长期的支持", "公司非常感谢社会各界长期的支持", id="very"),
    ],
)
def test_other_words_of_one_sense_make_a_copy(one: str, other: str) -> None:
    found = compare(CHINESE.format(one), CHINESE.format(other))

    assert (found.verdict, found.evidence.reversals) == ("near_copy", ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Shares of the group rose on Monday.", "Shares of the group climbed on Monday.", id="synonyms"),
        pytest.param("The firm didn't name the buyer.", "The firm did not name the buyer.", id="contraction"),
        pytest.param("The firm named the buyer today.", "The firm not only named the buyer today.", id="not only"),
        pytest.param("The firm refused the bid today.", "The firm did not accept the bid today.", id="not accepted"),
        pytest.param("The case was a notable exception.", "The case was a remarkable exception.", id="notable"),
    ],
)
def test_other_english_words_of_one_sense_make_a_copy(one: str, other: str) -> None:
    found = compare(ENGLISH.format(one), ENGLISH.format(other))

    assert (found.verdict, found.evidence.reversals) == ("near_copy", ())


def test_a_form_filled_in_twice_stays_a_form() -> None:
    form = (
        "{}月{}日收盘，该股{}{}%，报{}元，成交额{}亿元，换手率{}%，总市值{}亿元。"
        + "以上数据由交易所提供，仅供参考，不构成投资建议。"
        "该股所属行业为电力设备，公司主营变压器的研发、生产和销售，最近一年没有重大违法违规记录。"
    )
    one = form.format(3, 4, "上涨", 3.2, 18.4, 12, 1.8, 240)
    other = form.format(7, 16, "下跌", 1.5, 16.9, 8, 1.1, 221)

    assert compare(one, other).verdict == "template_sibling"


def test_a_title_that_is_turned_round_is_a_revision() -> None:
    text = CHINESE.format("证监会公布了对该公司上市申请的审核结果")
    found = compare(text, f"{text}完整名单见官网。", "证监会批准甲公司上市申请", "证监会未批准甲公司上市申请")

    assert (found.verdict, found.evidence.reversals) == ("revision", (("批准", "未批准"),))


def test_sentences_that_changed_places_turn_nothing_round() -> None:
    one, other = "机构预计今年钢材价格将会上涨，", "机构预计今年煤炭价格将会下跌，"

    found = compare(CHINESE.format(f"{one}{other}供需变化"), CHINESE.format(f"{other}{one}供需变化"))

    assert found.evidence.reversals == ()


@pytest.mark.parametrize(
    ("a", "b", "opposed"),
    [
        pytest.param("", "未", True, id="a denial"),
        pytest.param("已", "尚未", True, id="an adverb"),
        pytest.param("", "不仅", False, id="an idiom"),
        pytest.param("上涨", "未上涨", True, id="denied"),
        pytest.param("下跌", "未上涨", False, id="the same in other words"),
        pytest.param("涨", "跌", True, id="letters"),
        pytest.param("高", "大", False, id="other letters"),
        pytest.param("批准", "研究", False, id="another word"),
    ],
)
def test_chinese_words_are_opposed_by_side_or_by_denial(a: str, b: str, opposed: bool) -> None:
    one, other = sense_of_chinese("", a, ""), sense_of_chinese("", b, "")

    assert are_opposed(one, other) is opposed
    assert are_opposed(other, one) is opposed


@pytest.mark.parametrize(
    ("a", "b", "opposed"),
    [
        pytest.param("", "not", True, id="a denial"),
        pytest.param("will", "won't", True, id="contraction"),
        pytest.param("can", "cannot", True, id="cannot"),
        pytest.param("", "not only", False, id="not only"),
        pytest.param("rose", "did not rise", True, id="denied"),
        pytest.param("fell", "did not rise", False, id="the same in other words"),
        pytest.param("seen", "never saw", True, id="irregular"),
        pytest.param("stable", "unstable", True, id="listed"),
        pytest.param("damaged", "undamaged", True, id="prefix"),
        pytest.param("form", "inform", False, id="no prefix"),
    ],
)
def test_english_words_are_opposed_by_side_or_by_denial(a: str, b: str, opposed: bool) -> None:
    assert are_opposed(sense_of_words(a), sense_of_words(b)) is opposed
    assert are_opposed(sense_of_words(b), sense_of_words(a)) is opposed
