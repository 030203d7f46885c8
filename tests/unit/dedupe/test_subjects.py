"""Organisations that share characters and are named once: two notices, unless one name was shortened or misprinted."""

from __future__ import annotations

import pytest

from monitor.dedupe import compare
from storage.records import VerdictKind

_REST = (
    "，公司拟以自有资金回购股份，用于员工持股计划。回购价格上限由董事会结合市场情况确定，回购期限为董事会审议通过之日起"
    "十二个月内。本次回购不会对公司经营、财务和未来发展产生重大影响，不会影响公司的上市地位。公司将根据进展及时履行信息披露"
    "义务，敬请投资者注意投资风险。"
)
_FORMS = {
    "first": "{name}公告",
    "in the middle": "记者从上海证券交易所获悉，{name}公告",
    "quoted": "记者获悉，上市公司“{name}”公告",
    "before a code": "{name}（600028.SH）公告",
    "before its short form": "{name}（以下简称“公司”）董事会决定",
    "at the head, whatever it does": "据裁判文书网消息，{name}因合同纠纷被起诉",
    "behind a label": "证券简称：{name}\n本公司决定",
}
_TWO = [
    ("中国石油", "中国石化"),
    ("中国电信", "中国移动"),
    ("南方航空", "东方航空"),
    ("中国国航", "中国东航"),
    ("招商银行", "招商证券"),
    ("浙江银行", "浙商银行"),
    ("中国平安", "中国太保"),
    ("中海油服", "中海油田"),
    ("华夏银行", "华夏航空"),
    ("宁波银行", "宁波港"),
    ("建设银行股份有限公司", "农业银行股份有限公司"),
    ("北京星河互联科技有限公司", "北京星海互联科技有限公司"),
    ("小米科技有限责任公司", "小鹏科技有限责任公司"),
    ("TCL科技集团股份有限公司", "TCL中环新能源科技股份有限公司"),
]


def _notice(form: str, name: str) -> str:
    return _FORMS[form].format(name=name) + _REST


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize(("one", "other"), _TWO, ids=["/".join(pair) for pair in _TWO])
def test_notices_of_two_organisations_stay_apart_though_each_is_named_once(one: str, other: str, form: str) -> None:
    there = compare(_notice(form, one), _notice(form, other))
    back = compare(_notice(form, other), _notice(form, one))

    assert there.verdict is back.verdict is VerdictKind.TEMPLATE_SIBLING
    assert there.name_conflicts
    assert back.name_conflicts == tuple((b, a) for a, b in there.name_conflicts)


def test_a_title_that_names_another_company_parts_equal_notices() -> None:
    text = "本公司决定" + _REST

    found = compare(text, text, "中国石油：关于回购股份的公告", "中国石化：关于回购股份的公告")

    assert found.verdict is VerdictKind.TEMPLATE_SIBLING


_ONE = [
    pytest.param("中国石油天然气股份有限公司", "中国石油", id="short form"),
    pytest.param("中国工商银行股份有限公司", "工行", id="two characters of it"),
    pytest.param("联发科技股份有限公司", "聯發科技股份有限公司", id="other script"),
    pytest.param("中国工商银行", "中国土商银行", id="look-alike"),
    pytest.param("东方医药股份有限公司", "东方医末股份有限公司", id="a word of its trade damaged"),
    pytest.param("教育部今日", "教育部今天", id="the day in another word"),
    pytest.param("杭州人工智能公司星澜科技", "国产AI公司星澜科技", id="what is said of it"),
    pytest.param("恒丰银行", "恒豐银行", id="one character in the other script"),
    pytest.param("国内公司海天重工", "国产公司海天重工", id="what kind of company it is"),
    pytest.param("据市教育局介绍，海天重工", "据市教委介绍，海天重工", id="one office"),
]


@pytest.mark.parametrize(("one", "other"), _ONE)
def test_another_way_to_write_one_organisation_is_a_copy(one: str, other: str) -> None:
    found = compare(_notice("first", one), _notice("first", other))

    assert found.verdict in {VerdictKind.EXACT_COPY, VerdictKind.NEAR_COPY}


_LONG = (
    "中国石油天然气股份有限公司昨日在北京举行发布会，介绍今年前三季度的经营情况。公司高管和媒体代表出席了会议。\n"
    "财务负责人表示，营业收入保持增长，天然气销售量创下历史新高，炼化业务受国际油价波动影响，利润有所下滑。\n"
    "他说，公司将继续加大上游勘探开发投入，稳步推进新能源业务布局，风电和光伏装机规模明显提升，地热供暖面积扩大。\n"
    "分析师认为，大型企业需要在保障能源供应和绿色转型之间取得平衡，股息政策也受到投资者关注。\n"
    "中国石油天然气股份有限公司表示，全年资本开支计划没有变化，管道和储气库建设按期推进，海外项目运行平稳。\n"
)


@pytest.mark.parametrize("misprint", ["中国石抽天然气", "中国石化天然气"])
def test_a_name_misprinted_once_and_right_elsewhere_makes_no_other_subject(misprint: str) -> None:
    found = compare(_LONG, _LONG.replace("中国石油天然气", misprint, 1))

    assert found.verdict in {VerdictKind.NEAR_COPY, VerdictKind.REVISION}


def test_outlets_that_sign_the_same_report_make_no_other_subject() -> None:
    ours = f"证券时报讯 {_LONG}来源：证券时报"
    theirs = f"央视网消息：（记者李华）{_LONG}来源：央视网\n责任编辑：王明"

    assert compare(ours, theirs).verdict is VerdictKind.NEAR_COPY


def test_a_reworded_text_is_a_copy_though_a_word_before_company_differs() -> None:
    reworded = (
        _LONG.replace("举行发布会", "召开新闻发布会").replace("有所下滑", "出现下降").replace("公司高管", "企业高管")
    )
    reworded = reworded.replace("分析师认为", "分析人士指出").replace("海外项目运行平稳", "境外项目总体平稳")

    assert compare(_LONG, reworded).verdict is VerdictKind.NEAR_COPY
