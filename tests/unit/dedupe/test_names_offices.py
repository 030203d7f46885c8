"""Small places, offices and numbered houses that differ in one character: two notices, unless one was misread."""

from __future__ import annotations

import pytest

from monitor.dedupe import compare
from monitor.dedupe.lexicon import are_districts, is_of_places

_NOTICE = (
    "{}发布通告，因管网改造，从本周六起部分道路实行单向通行，施工期约四十天。沿线居民出行可绕走环城路，公交线路同步调整，"
    "站点信息以现场公示为准，不便之处请予理解。"
)
_APPOINTMENT = (
    "省政府任命：任命{}为省{}厅副厅长，试用期一年，免去其省财政厅总会计师职务。任命经省政府常务会议研究决定，"
    "自即日起生效，任职手续由人力资源部门办理。"
)
_CHARGE = (
    "县人民检察院依法对张某提起公诉。检察机关起诉指控，被告人张某在担任县交通局副局长期间，非法收受他人财物，数额巨大，"
    "应当以{}罪追究其刑事责任。案件将择期开庭审理。"
)
_LATE = (
    "记者昨日从会上获悉，今年以来各地持续推进道路改造，完成投资比去年同期多三成，群众出行时间普遍缩短，沿线商户的生意也比往年"
    "红火。会上，来自{}的代表介绍了经验，与会人员到现场作了观摩。"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("宁远县", "安远县", id="listed counties"),
        pytest.param("宁县", "环县", id="of one character"),
        pytest.param("惠水县", "习水县", id="rare ones"),
        pytest.param("榆林镇", "柳林镇", id="towns, one called like a city"),
        pytest.param("李庄乡", "刘庄乡", id="townships"),
        pytest.param("大王庄镇", "小王庄镇", id="three characters"),
        pytest.param("榆林镇", "榆林村", id="town and village"),
        pytest.param("高新区", "开发区", id="zones"),
        pytest.param("市第一人民医院", "市第四人民医院", id="hospitals"),
        pytest.param("第一中级人民法院", "第三中级人民法院", id="courts"),
    ],
)
def test_two_places_or_houses_make_two_notices(one: str, other: str) -> None:
    found = compare(_NOTICE.format(one), _NOTICE.format(other))
    back = compare(_NOTICE.format(other), _NOTICE.format(one))

    assert (found.verdict, back.verdict) == ("template_sibling", "template_sibling")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("李庄乡", "孪庄乡", id="rare"),
        pytest.param("柳林镇", "抑林镇", id="in no name of a place"),
        pytest.param("大石镇", "太石镇", id="looks alike"),
        pytest.param("审计厅", "审汁厅", id="no word any more"),
    ],
)
def test_a_name_that_was_misread_is_no_other_place(one: str, other: str) -> None:
    assert compare(_NOTICE.format(one), _NOTICE.format(other)).verdict == "near_copy"


def test_a_place_further_down_is_a_revision() -> None:
    assert compare(_LATE.format("柳树湾村"), _LATE.format("杨树湾村")).verdict == "revision"


def test_an_office_and_a_person_make_another_appointment() -> None:
    one, other = _APPOINTMENT.format("郑克明", "审计"), _APPOINTMENT.format("郑克勤", "统计")

    assert compare(one, other).verdict == "template_sibling"


def test_another_charge_is_a_revision() -> None:
    found = compare(_CHARGE.format("受贿"), _CHARGE.format("贪污"))

    assert (found.verdict, found.evidence.name_conflicts) == ("revision", (("受贿", "贪污"),))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("宁远县", "安远县", True),
        ("吴江区", "昆山市", True),
        ("长清县", "长清区", False),  # one place, upgraded
        ("宁远县", "宁运县", False),
        ("", "", False),
    ],
)
def test_districts_are_known(a: str, b: str, expected: bool) -> None:
    assert are_districts(a, b) is expected


@pytest.mark.parametrize(("char", "expected"), [("柳", True), ("抑", False), ("兵", False)])
def test_places_are_written_with_some_characters(char: str, expected: bool) -> None:
    assert is_of_places(char) is expected
