"""Names that moved, changed places or stand in a list; what is netted out and what is left."""

from __future__ import annotations

import pytest

from monitor.dedupe import compare
from monitor.dedupe.names_alignment import aligned, aligned_titles
from monitor.dedupe.names_changes import changes
from monitor.dedupe.names_lists import netted, swapped
from monitor.dedupe.names_tokens import tokens
from storage.records import VerdictKind

SIBLING = VerdictKind.TEMPLATE_SIBLING
Pairs = list[tuple[str, str]]

MATCH = (
    "联赛继续进行，{a}在主场迎战{b}。上半场主队由队友传中头球破门，首开纪录，下半场客队利用角球机会扳平比分，终场前主队点球命中。"
    "赛后{a}升至积分榜前列，{b}排名下滑。下一轮比赛将在周末进行，两队均将迎来强劲对手，主教练表示要总结经验。"
)
COURT = (
    "{a}有限公司：本院受理原告{b}有限公司诉你公司买卖合同纠纷一案，已审理终结。现依法公告送达民事判决书，限你公司自公告之日起来本院领取，"
    "逾期则视为送达。如不服本判决，可以在公告期满后向本院递交上诉状及副本，上诉于中级人民法院。"
)
MERGER = (
    "{a} said on Monday that it had agreed to buy {b} in cash. The boards of both companies approved the deal without "
    "dissent, and it is expected to close in the second half of the year. Shareholders of {b} will receive a premium."
)
LOTTERY = (
    "双色球本期开奖，红球号码已经公布，全国销售额与上期基本持平。一等奖分别花落{list}。计算本期开奖奖金后，奖池余额将滚入下期，"
    "彩票有风险，投注须理性，未成年人不得购买彩票，兑奖期限为自开奖之日起六十日。"
)


def _netted(a: str, b: str) -> Pairs:
    codes: dict[str, str] = {}
    parts = [aligned(tokens(a, codes), tokens(b, codes))]
    return [(change.a, change.b) for change in netted(changes(parts), parts)]


@pytest.mark.parametrize(
    ("form", "a", "b"),
    [
        pytest.param(MATCH, "勇士", "湖人", id="teams that are words"),
        pytest.param(MATCH, "热刺", "曼联", id="teams"),
        pytest.param(COURT, "天成重工", "赣锋锂业", id="plaintiff and defendant"),
        pytest.param(MERGER, "Silverline", "Atlas Holdings", id="buyer and bought"),
    ],
)
def test_names_in_each_others_place_make_another_notice(form: str, a: str, b: str) -> None:
    found = compare(form.format(a=a, b=b), form.format(a=b, b=a))

    assert found.verdict is SIBLING
    assert set(found.name_conflicts) == {(a, b), (b, a)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("河南、湖北、浙江", "湖北、河南、浙江", id="neighbours"),
        pytest.param("河南和湖北", "湖北和河南", id="with a word between"),
    ],
)
def test_a_list_in_another_order_is_no_other_notice(old: str, new: str) -> None:
    found = compare(LOTTERY.format(list=old), LOTTERY.format(list=new))

    assert found.verdict in (VerdictKind.NEAR_COPY, VerdictKind.EXACT_COPY)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("安徽5注、广西6注、山东4注", "辽宁5注、安徽6注、广西4注", id="one put in front"),
        pytest.param("山东6注、湖南7注、河北4注", "内蒙古6注、山西7注、山东4注", id="one is left"),
        pytest.param("河南2注、吉林3注", "海南2注、吉林3注", id="one character"),
    ],
)
def test_other_places_in_a_list_make_another_notice(old: str, new: str) -> None:
    assert compare(LOTTERY.format(list=old), LOTTERY.format(list=new)).verdict is SIBLING


@pytest.mark.parametrize(
    ("a", "b", "pairs"),
    [
        pytest.param(
            "本场比赛由太阳在主场迎战对手湖人取得一场胜利",
            "本场比赛由湖人在主场迎战对手勇士取得一场胜利",
            [("太阳", "勇士")],
            id="a chain is one change",
        ),
        pytest.param(
            "本场比赛由太阳在主场迎战对手湖人取得一场胜利",
            "本场比赛由湖人在主场迎战对手太阳取得一场胜利",
            [],
            id="two that changed places are none",
        ),
        pytest.param(
            "五粮液嘉兴分公司面向社会招聘若干名员工，五粮液负责安排培训，嘉兴分公司负责安排工作",
            "德润智能西安分公司面向社会招聘若干名员工，德润智能负责安排培训，西安分公司负责安排工作",
            [("五粮液", "德润智能"), ("嘉兴", "西安")],
            id="two side by side are two",
        ),
    ],
)
def test_what_moved_is_netted_out(a: str, b: str, pairs: Pairs) -> None:
    assert _netted(a, b) == pairs


def test_titles_that_share_little_still_show_the_names() -> None:
    codes: dict[str, str] = {}
    body = "“{a}作品展”日前在这里开幕，展出画家各个时期的油画和素描"
    titles = aligned_titles(tokens("“吴冠中作品展”在何香凝美术馆开幕", codes), tokens("徐悲鸿大展中华艺术宫见", codes))
    text = aligned(tokens(body.format(a="吴冠中"), codes), tokens(body.format(a="徐悲鸿"), codes))

    (change,) = netted(changes([titles, text]), [titles, text])

    assert [place.in_title for place in change.places] == [False, True]


def test_words_of_a_list_are_not_swapped_names() -> None:
    codes: dict[str, str] = {}
    part = aligned(tokens("今天由热刺和曼联参加比赛并获胜", codes), tokens("今天由曼联和热刺参加比赛并获胜", codes))

    assert swapped([part]) == ()
