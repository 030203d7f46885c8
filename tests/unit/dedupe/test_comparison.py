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
    pytest.param(
        NEWS, NEWS.replace("8月", "9月").replace("15日", "1日"), "template_sibling", id="two of five numbers, its date"
    ),
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

    assert comparison.number_conflicts == (("15", "16"), ("80", "1,300"))
    assert "2 numbers differ: 15 -> 16, 80 -> 1,300" in comparison.why
    assert comparison.evidence.rule_version == RULE_VERSION


def test_traditional_mirror_of_a_sample_article_is_its_copy() -> None:
    from opencc import OpenCC

    simplified = SEEDS[0].read_text(encoding="utf-8")

    assert compare(simplified, OpenCC("s2t").convert(simplified)).verdict in ("exact_copy", "near_copy")
    assert compare(simplified, OpenCC("s2twp").convert(simplified)).verdict == "near_copy"


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
