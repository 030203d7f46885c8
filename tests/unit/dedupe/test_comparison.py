"""What one text is to another."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.dedupe import RULE_VERSION, compare
from storage.records import VerdictKind

SEEDS = sorted((Path(__file__).parents[2] / "fixtures" / "seeds").glob("*.txt"))


def letters(start: int, length: int) -> str:
    """Return ``length`` Hangul syllables, all different: a text of length - 4 distinct shingles."""
    return "".join(map(chr, range(0xAC00 + start, 0xAC00 + start + length)))


def with_numbers(numbers: list[int], gap: int = 40) -> str:
    """Return a text of different letters with a number after every ``gap`` of them."""
    return "".join(letters(gap * i, gap) + str(number) for i, number in enumerate(numbers)) + letters(9000, gap)


NEWS = (
    "国家互联网信息办公室近日联合国家发展改革委、教育部、科技部等部门公布《生成式人工智能服务管理暂行办法》，自2023年8月15日起施行。"
    "办法提出国家坚持发展和安全并重、促进创新和依法治理相结合的原则，采取有效措施鼓励生成式人工智能创新发展，对生成式人工智能服务实行包容"
    "审慎和分类分级监管。截至目前，已有80家企业提交备案申请，其中34家通过初审。办法还规定了安全评估、算法备案、投诉举报等制度，明确了"
    "法律责任。专家认为，办法的出台有助于行业健康发展，也为企业划出了清晰的边界。"
)
TAIL = "另据了解，有关部门将在年底前开展专项检查，对未按规定履行备案义务的企业依法处理，并公布一批典型案例。"
NOTICE = (
    "{company}股份有限公司及子公司近日收到与收益相关的政府补助共计人民币{amount}万元，占公司最近一期经审计净利润的{share}%。上述补助资金已"
    "全部到账。根据企业会计准则的规定，公司将对补助进行相应会计处理，最终以年度审计结果为准，敬请广大投资者注意投资风险。"
)
ENGLISH = (
    "Acme Robotics today announced that its board of directors has appointed a new chief financial officer. "
    "The appointment follows a search that considered internal and external candidates, "
    "and the new officer will report to the chief executive of Acme Robotics from next month."
)

BRIEF = (
    "记者从工业和信息化部获悉，我国人工智能核心产业规模已达5000亿元，企业数量超过4300家。下一步将组织实施产业创新任务揭榜挂帅，突破关键"
    "技术，丰富应用场景，推动大模型在重点行业落地。"
)

CASES = [
    pytest.param(NEWS, NEWS.replace("，", ", ").replace("2023", "２０２３"), "exact_copy", id="width and punctuation"),
    pytest.param(NEWS, "国家新闻\n" + NEWS + "\n责任编辑：李四", "near_copy", id="wrapped"),
    pytest.param(NEWS, NEWS[: int(len(NEWS) * 0.7)], "near_copy", id="cut to 70 %"),
    pytest.param(NEWS, NEWS.replace("80家", "130家"), "revision", id="one number changed"),
    pytest.param("更正：" + NEWS, NEWS, "revision", id="marked as a correction"),
    pytest.param(NEWS, NEWS.replace("80家", "90家").replace("34家", "44家"), "revision", id="two of five numbers"),
    pytest.param(NEWS, NEWS.replace("15日", "25日"), "revision", id="a corrected date"),
    pytest.param(NEWS.replace("80家", "八十家"), NEWS.replace("80家", "九十家"), "revision", id="Chinese numerals"),
    pytest.param(NEWS.replace("80家", "3.5万家"), NEWS.replace("80家", "35万家"), "revision", id="a decimal point"),
    pytest.param("新华社北京7月13日电 " + NEWS, "新华社北京7月14日电 " + NEWS, "near_copy", id="days of datelines"),
    pytest.param(
        "2023-07-13 08:15 阅读：120\n" + BRIEF, "2023-07-14 10:32 阅读：9876\n" + BRIEF, "near_copy", id="counters"
    ),
    pytest.param(
        "新华社北京8月31日电（记者张漫子）" + BRIEF,
        "2023-09-01 07:12 来源：上观新闻\n"
        + BRIEF
        + "\n【免责声明】本文仅代表作者本人观点，与本网无关。\n责任编辑：王治强 HF013",
        "near_copy",
        id="credits as long as the brief",
    ),
    pytest.param("Updated: June 14, 2023\n" + ENGLISH, ENGLISH, "near_copy", id="a stamp is no mark of a correction"),
    pytest.param(
        NEWS, NEWS.replace("80", "9").replace("34", "7").replace("15日", "1日"), "template_sibling", id="numbers"
    ),
    pytest.param(
        NOTICE.format(company="华泰科技", amount=1203, share=3.4),
        NOTICE.format(company="中芯医药", amount=820, share=11.2),
        "template_sibling",
        id="a notice of another company",
    ),
    pytest.param(
        NOTICE.format(company="华泰科技", amount=1203, share=3.4),
        NOTICE.format(company="中芯医药", amount=1203, share=3.4),
        "template_sibling",
        id="only the company differs",
    ),
    pytest.param(ENGLISH, ENGLISH.replace("Acme Robotics", "Globex"), "template_sibling", id="only the Latin name"),
    pytest.param(TAIL + NEWS + letters(0, 900), NEWS, "contains", id="a quote in a longer article"),
    pytest.param(NEWS[:70], TAIL + NEWS + letters(0, 300), "contained_in", id="a short part of a longer article"),
    pytest.param(NEWS, TAIL + letters(0, 200), "new", id="another article"),
]


@pytest.mark.parametrize(("a", "b", "verdict"), CASES)
def test_verdict(a: str, b: str, verdict: str) -> None:
    assert compare(a, b).verdict == verdict


@pytest.mark.parametrize(("a", "b", "verdict"), CASES)
def test_swapping_the_texts_swaps_the_direction_and_nothing_else(a: str, b: str, verdict: str) -> None:
    swapped = {"contains": "contained_in", "contained_in": "contains"}
    there, back = compare(a, b), compare(b, a)

    assert back.verdict == swapped.get(verdict, verdict)
    assert (back.similarity, back.containment_a, back.containment_b) == (
        there.similarity,
        there.containment_b,
        there.containment_a,
    )
    assert sorted(back.number_conflicts) == sorted((new, old) for old, new in there.number_conflicts)


@pytest.mark.parametrize(("old", "new"), [("3.5%", "35%"), ("为-5℃", "为5℃"), ("1:0", "10")])
def test_equal_letters_and_digits_that_say_other_things_are_no_exact_copy(old: str, new: str) -> None:
    text = f"截至目前，记录显示的数值{old}，{TAIL}{NEWS}"

    comparison = compare(text, text.replace(old, new))

    assert comparison.similarity == 1
    assert comparison.verdict is VerdictKind.REVISION


@pytest.mark.parametrize(
    ("title_a", "title_b", "verdict"),
    [
        pytest.param("暂行办法公布", "暂行办法公布", "exact_copy", id="equal"),
        pytest.param("暂行办法公布", "八部门发文：新办法本月起施行", "exact_copy", id="reworded"),
        pytest.param("暂行办法公布", "（更正）暂行办法公布", "revision", id="corrected"),
        pytest.param("暂行办法公布", "【已撤回】暂行办法公布", "revision", id="withdrawn"),
    ],
)
def test_titles_of_equal_texts(title_a: str, title_b: str, verdict: str) -> None:
    assert compare(NEWS, NEWS, title_a, title_b).verdict == verdict


BACKGROUND = (
    "据了解，星火大模型由科大讯飞自主研发，于2023年5月首次发布，具有文本生成、语言理解、知识问答、逻辑推理等核心能力。此后公司以约每季度"
    "一次的节奏进行升级，目前已在教育、办公、汽车、医疗、工业等多个行业落地应用，合作开发者超过三十万，覆盖企业用户逾两万家。"
)
BUYBACK = (
    "科大讯飞晚间公告，拟以集中竞价交易方式回购公司股份，回购资金总额不低于5亿元，回购价格上限为每股66元。公司表示，此举基于对未来发展"
    "前景的信心和对公司价值的认可。"
)
ROBOT = (
    "在日前举行的世界机器人大会上，科大讯飞展示了搭载大模型的人形机器人原型机，现场演示了搬运、分拣和语音交互等任务，预计明年进入小批量"
    "试产阶段，将首先面向教育科研机构开放。"
)


@pytest.mark.parametrize("between", ["", "\n", "\n风险提示：\n"])
def test_a_common_background_makes_no_copies(between: str) -> None:
    assert compare(BUYBACK + between + BACKGROUND, ROBOT + between + BACKGROUND).verdict is VerdictKind.NEW


TOLL = (
    "7月2日凌晨3时许，某市一处加工厂发生火灾。接报后，消防、公安、卫健等部门立即赶赴现场处置，先后出动28辆消防车、136名指战员参与扑救，"
    "明火于当日5时40分被扑灭。截至7月2日19时，事故已造成12人死亡、30人受伤，伤者均已送往医院救治。起火原因正在调查之中，企业负责人已被"
    "控制，全市将开展为期三个月的消防安全大排查，对仓储物流场所逐一过筛。"
)


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(TOLL.replace("12人", "15人").replace("30人", "27人"), id="numbers"),
        pytest.param(TOLL.replace("12人", "15人").replace("2日19时", "3日8时"), id="and the time of the count"),
        pytest.param(TOLL.replace("12人", "15人") + "\n" + ROBOT.replace("科大讯飞", "该市"), id="and a paragraph"),
        pytest.param(TOLL.replace("三个月", "六个月"), id="a Chinese digit"),
        pytest.param(TOLL.replace("7月2日凌晨", "7月1日凌晨"), id="one date"),
    ],
)
def test_a_running_story_is_revised(new: str) -> None:
    assert compare(TOLL, new).verdict is VerdictKind.REVISION


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(TOLL.replace("7月2日凌晨", "2023年7月2日凌晨"), id="a year"),
        pytest.param(TOLL.replace("三个月", "3个月"), id="digits"),
        pytest.param(TOLL + "\n上证指数 3243.98 +1.31%", id="prices below"),
        pytest.param("2023-07-03 10:20 来源：某报\n" + TOLL, id="stamp"),
    ],
)
def test_other_forms_and_stamps_revise_nothing(new: str) -> None:
    assert compare(TOLL, new).verdict is VerdictKind.NEAR_COPY


def test_figures_in_the_foot_of_two_pages_revise_nothing() -> None:
    a, b = f"{TOLL}\n上证指数 3243.98 +1.31%", f"{TOLL}\n上证指数 3205.57 -0.54%"

    assert compare(a, b).verdict is VerdictKind.NEAR_COPY


def test_every_verdict_is_reached() -> None:
    assert {case.values[2] for case in CASES} == {kind.value for kind in VerdictKind}


@pytest.mark.parametrize(("left", "right"), list(itertools.combinations(SEEDS, 2)), ids=lambda path: path.name[:3])
def test_sample_articles_are_different_stories(left: Path, right: Path) -> None:
    comparison = compare(left.read_text(encoding="utf-8"), right.read_text(encoding="utf-8"))

    assert comparison.verdict is VerdictKind.NEW
    assert comparison.similarity <= 0.0104
    assert max(comparison.containment_a, comparison.containment_b) <= 0.0249


@pytest.mark.parametrize(
    ("conflicting", "agreeing", "verdict"),
    [
        pytest.param(1, 0, VerdictKind.REVISION, id="one number, all of them"),
        pytest.param(2, 0, VerdictKind.TEMPLATE_SIBLING, id="two numbers, all of them"),
        pytest.param(7, 13, VerdictKind.TEMPLATE_SIBLING, id="35 %"),
        pytest.param(6, 14, VerdictKind.REVISION, id="30 %"),
    ],
)
def test_template_needs_two_conflicts_and_35_percent(conflicting: int, agreeing: int, verdict: VerdictKind) -> None:
    numbers = list(range(100, 100 + conflicting + agreeing))
    others = [number + 500 if at < conflicting else number for at, number in enumerate(numbers)]

    comparison = compare(with_numbers(numbers), with_numbers(others))

    assert comparison.verdict is verdict
    assert len(comparison.number_conflicts) == conflicting


@pytest.mark.parametrize(
    ("common", "own_a", "own_b", "verdict"),
    [
        pytest.param(1204, 900, 900, "near_copy", id="similarity .40"),
        pytest.param(1203, 900, 900, "contained_in", id="similarity under .40"),
        pytest.param(100, 64, 0, "near_copy", id="short: similarity .60"),
        pytest.param(100, 65, 0, "contains", id="short: similarity under .60"),
        pytest.param(199, 195, 0, "contains", id="similarity .50, shorter of 199"),
        pytest.param(200, 196, 0, "near_copy", id="similarity .50, shorter of 200"),
        pytest.param(504, 750, 500, "contains", id="containment .50"),
        pytest.param(503, 750, 501, "new", id="containment under .50"),
        pytest.param(1003, 1, 0, "exact_copy", id="similarity .999"),
        pytest.param(1002, 1, 0, "near_copy", id="similarity under .999"),
    ],
)
def test_shares_on_both_sides_of_a_constant(common: int, own_a: int, own_b: int, verdict: str) -> None:
    a = letters(0, common) + letters(3000, own_a)
    b = letters(0, common) + letters(6000, own_b)

    assert compare(a, b).verdict == verdict


@pytest.mark.parametrize(
    ("foreign", "repeats", "verdict"),
    [
        pytest.param(20, 640, "near_copy", id="containment over .75, length ratio over .62"),
        pytest.param(20, 610, "contains", id="length ratio under .62"),
        pytest.param(120, 640, "contains", id="containment under .75"),
    ],
)
def test_cut_copy_needs_its_containment_and_its_length(foreign: int, repeats: int, verdict: str) -> None:
    whole = letters(0, 1000)
    repeated = ((letters(0, 300) + letters(5000, foreign)) * 3)[:repeats]  # of low similarity, as shingles count once

    assert compare(whole, repeated).verdict == verdict


@pytest.mark.parametrize(("own", "verdict"), [(0, "template_sibling"), (2000, "new")])
def test_equal_contexts_of_numbers_mean_nothing_in_unlike_texts(own: int, verdict: str) -> None:
    a = with_numbers([11, 22, 33]) + letters(3000, own)
    b = with_numbers([44, 55, 66]) + letters(6000, own)

    assert compare(a, b).verdict == verdict


@pytest.mark.parametrize("length", [0, 4, 59, 60, 199, 200])
def test_under_sixty_characters_only_equal_texts_are_copies(length: int) -> None:
    text = letters(0, length)
    same, almost = compare(text, text), compare(text, text[:-1] + "x")

    assert same.verdict is (VerdictKind.EXACT_COPY if length else VerdictKind.NEW)
    assert almost.verdict is (VerdictKind.NEAR_COPY if length >= 60 else VerdictKind.NEW)


@pytest.mark.parametrize(("a", "b"), [("", ""), ("😀😀", "🎉"), ("", NEWS), ("。。。", "！！！")])
def test_texts_without_letters_are_copies_of_nothing(a: str, b: str) -> None:
    comparison = compare(a, b)

    assert comparison.verdict is VerdictKind.NEW
    assert comparison.similarity == 0
    assert "no letters or digits" in comparison.why


def test_evidence_names_the_numbers_as_they_are_written() -> None:
    comparison = compare(NEWS, NEWS.replace("80家", "1,300家").replace("15日", "16日"))

    assert comparison.number_conflicts == (("2023年8月15日", "2023年8月16日"), ("80", "1,300"))
    assert "2 numbers differ: 2023年8月15日 -> 2023年8月16日, 80 -> 1,300" in comparison.why
    assert comparison.evidence.rule_version == RULE_VERSION


def test_traditional_mirror_of_a_sample_article_is_its_copy() -> None:
    from opencc import OpenCC

    simplified = SEEDS[0].read_text(encoding="utf-8")

    assert compare(simplified, OpenCC("s2t").convert(simplified)).verdict in ("exact_copy", "near_copy")
    assert compare(simplified, OpenCC("s2twp").convert(simplified)).verdict in ("exact_copy", "near_copy")


def test_a_machine_written_summary_in_front_leaves_a_copy() -> None:
    record = SEEDS[4].read_text(encoding="utf-8")

    assert compare(record, record[len(record) // 8 :]).verdict == "near_copy"


def test_two_outlets_of_one_report_are_copies_though_their_datelines_differ() -> None:
    one = "新华社北京7月13日电 " + NEWS
    other = "中新网上海7月13日电 " + NEWS

    assert compare(one, other).verdict == "near_copy"


def test_publishers_named_at_the_foot_do_not_part_two_copies() -> None:
    one = NEWS + "\n版权所有：华泰网络科技有限公司"
    other = NEWS + "\n版权所有：中芯信息技术有限公司"

    assert compare(one, other).verdict == "near_copy"


def test_comparison_needs_no_numpy() -> None:
    code = (
        "import sys; from monitor.dedupe import compare; compare('大模型' * 30, '大模型' * 31);"
        "print({'numpy', 'datasketch'} & set(sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"


def test_a_page_of_millions_of_letters_is_measured_in_part() -> None:
    whole = NEWS + letters(0, 3000) * 1000
    same, other = compare(whole, whole.replace("，", ",")), compare(whole, whole + NEWS)

    assert same.verdict is VerdictKind.EXACT_COPY
    assert other.verdict is VerdictKind.NEAR_COPY


OBITUARY = (
    "{name}, a retired schoolteacher who served three terms on the county council, died on Sunday at {own} home in "
    "Ashford after a short illness. Friends remembered {own} generosity and {own} love of gardening. A service "
    "will be held next week at the parish church, and the family has asked for donations to the local hospice."
)
LOTTERY = (
    "中国福利彩票双色球开奖结果揭晓，本期红球号码为03、08、15、19、24、31，蓝球号码为09。一等奖开出10注，单注奖金为792万元。"
    "一等奖分别花落{0}2注、{1}5注、{2}3注。计算本期开出的奖金后，奖池余额为18.52亿元，将滚入下期。"
)
MARKET = (
    "截至收盘，上证指数报{points}点，跌幅0.31%；深证成指报11034.50点，跌幅0.52%。两市成交额共计8312.90亿元。盘面上，{sector}板块领涨，"
    "白酒板块跌幅居前，全市场共有2460只个股上涨，82只个股涨停。分析人士认为，短期内市场仍将震荡整理，建议投资者控制仓位。"
)
JOB = (
    "We are looking for a sales manager for our office in Athens. You will lead a team of 12 people and report to the "
    "director. We offer 28 days of leave and a company pension. Please send your application by {date} to the "
    "personnel department, with a letter that tells us why you want to work with us."
)
BLAST = (
    "7月12日晚间，江州市槐荫区一栋六层居民楼发生燃气爆炸，截至{time}，事故已造成{dead}人死亡、{hurt}人受伤，伤者均已送往市第二人民医院"
    "救治。据现场居民介绍，爆炸发生在19时40分左右，二层和三层外墙坍塌，附近多辆汽车受损。消防救援支队出动18辆消防车、96名指战员赶赴现场。"
    "槐荫区应急管理局局长贺春林表示，初步判断为三层住户私自改装燃气管道所致，具体原因正在调查。当地已疏散周边居民320余户，并设立临时安置点。"
)
BLAST_FIRST = BLAST.format(time="当晚23时", dead=4, hurt=11)
COURT_STORY = (
    "A jury ordered the maker of a faulty pump to pay $81 million to 14 families on Friday, after a trial of 9 weeks. "
    "The company said that it would appeal against the verdict. Lawyers for the families told the court that engineers "
    "had warned of the defect in 2014, and that the warning was filed and forgotten. Shares of the maker fell by 3 %."
)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(
            OBITUARY.format(name="Margaret Ellis", own="her"),
            OBITUARY.format(name="Harold Benton", own="his"),
            id="two persons named once each",
        ),
        pytest.param(
            LOTTERY.format("江西", "湖北", "山西"), LOTTERY.format("广东", "山东", "甘肃"), id="places of a list"
        ),
        pytest.param(
            LOTTERY.format("山西", "四川", "新疆"), LOTTERY.format("新疆", "甘肃", "贵州"), id="places that recur"
        ),
        pytest.param(JOB.format(date="April 1"), JOB.format(date="March 26"), id="a deadline is no time of a count"),
    ],
)
def test_a_form_filled_in_twice_is_no_copy(a: str, b: str) -> None:
    assert compare(a, b).verdict is VerdictKind.TEMPLATE_SIBLING


@pytest.mark.parametrize(
    ("sector_a", "sector_b"), [("军工", "汽车"), ("光伏", "房地产"), ("医药", "钢铁"), ("电力", "银行")]
)
def test_a_common_noun_in_title_and_text_may_be_what_a_form_is_about(sector_a: str, sector_b: str) -> None:
    a, b = MARKET.format(points="3749.84", sector=sector_a), MARKET.format(points="3320.84", sector=sector_b)

    found = compare(a, b, f"A股收评：{sector_a}板块领涨", f"A股收评：{sector_b}板块领涨")

    assert found.verdict is VerdictKind.TEMPLATE_SIBLING
    assert found.name_conflicts == ((sector_a, sector_b),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(BLAST_FIRST, BLAST.format(time="13日8时", dead=6, hurt=9), id="a toll, and the time of it"),
        pytest.param(BLAST_FIRST, BLAST_FIRST.replace("贺春林", "贺春霖"), id="a name spelt otherwise"),
    ],
)
def test_an_update_and_a_correction_are_revisions(old: str, new: str) -> None:
    assert compare(old, new).verdict is VerdictKind.REVISION


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("By Joanna Hill and David Doe {}", "By Michael King and Lars van der Berg {}", id="bylines"),
        pytest.param("AP reporter Victor Ray in Oslo — {}", "The Post reporter Ann Lee in Rome — {}", id="reporters"),
        pytest.param(
            "{}\n— Rosa Ray contributed to this report from Lisbon.",
            "{}\n— Ann Lee contributed to this report from Chicago.",
            id="contributors",
        ),
        pytest.param(
            "Listen to this article 7 min\n{}\nCopyright 2025 The Guardian. All rights reserved.",
            "Listen to this article 8 min\n{}\nCopyright 2020 The Courier. All rights reserved.",
            id="furniture",
        ),
    ],
)
def test_two_printings_of_an_english_report_are_copies(first: str, second: str) -> None:
    assert compare(first.format(COURT_STORY), second.format(COURT_STORY)).verdict is VerdictKind.NEAR_COPY


def test_a_text_cut_within_a_number_revises_nothing() -> None:
    whole = f"{NEWS}{TAIL}今年的预算为81924亿元，同比增长6.7%，增速在全国排第5位，但民间投资的增速仍然偏低，"
    whole += "今年将压减一般性支出。"

    cut = f"{whole[: whole.index('81924') + 4]}点击“阅读原文”查看全部内容"

    assert compare(whole, cut).verdict is VerdictKind.NEAR_COPY
