"""One form filled in twice, told by a name that stands once or is made of ordinary words; and copies that are none."""

from __future__ import annotations

import pytest

from monitor.dedupe import compare
from storage.records import VerdictKind

SIBLING = VerdictKind.TEMPLATE_SIBLING

JOBS = (
    "{name} said it would cut about a tenth of its workforce as part of a plan to simplify the organisation. Most of "
    "the positions will be eliminated by the end of the year, and employees who are affected will be offered help."
)
OBITUARY = (
    "{name}, a {trade} whose work reached audiences around the world, has died. The family confirmed the death in a "
    "statement and asked for privacy. Friends recalled a generous teacher with a dry sense of humour."
)
ROAD = (
    "The {name} near Oakdale will close in both directions for a week while crews replace a bridge joint, officials "
    "said. A signed detour will add some minutes to most journeys. Emergency vehicles will have access at all times."
)
FLIGHT = (
    "受流量控制影响，{name}由双流国际机场飞往北京的航班调整起飞时间，请旅客留意候机楼广播和航班信息显示屏，及时前往登机口候机。"
    "给您带来的不便，我们深表歉意，如需改签或者退票，请前往出发层柜台办理，退改手续费按照公司规定予以免除。"
)
WANTED = (
    "近日，{name}境内发生一起刑事案件，嫌疑人在逃。希望广大群众积极提供线索，公安机关将对举报人的身份严格保密，并给予奖励。"
    "对窝藏、包庇犯罪嫌疑人的，公安机关将依法追究其法律责任，请知情者及时与办案民警联系。"
)
CAR = (
    "{name}正式上市，外观方面，新车采用家族式设计语言，封闭式前脸搭配贯穿式灯带，车身线条流畅，尾部造型与前脸呼应。动力方面，"
    "新车搭载永磁同步电机，支持快充，内饰采用环抱式座舱，配备全景天幕和座椅加热功能。"
)
MUSEUM = (
    "{name}宣布延长开放时间，观众需提前预约，凭有效证件入馆。馆方表示，延时开放期间将增加讲解场次，并推出夜间主题活动，"
    "特展门票售完为止，请观众合理安排参观时间，错峰出行，爱护馆内设施。"
)
BID = (
    "{name}发布消息称，公司中标智慧城市建设项目。公司表示，该项目的实施有助于提升公司在相关领域的品牌影响力，积累项目经验，"
    "合同的签署和履行存在不确定性，最终以正式合同为准，敬请广大投资者注意风险。"
)


@pytest.mark.parametrize(
    ("form", "a", "b"),
    [
        pytest.param(JOBS, "Target", "Wayne Shipping", id="common words that lead the text"),
        pytest.param(JOBS, "Oracle", "Target", id="one common word each"),
        pytest.param(FLIGHT, "阳光电源", "老板电器", id="ordinary words, one character in common"),
        pytest.param(FLIGHT, "中国移动", "中国海油", id="behind 中国"),
        pytest.param(FLIGHT, "中国国航", "中联重科", id="first character in common"),
        pytest.param(FLIGHT, "万象食品", "联创食品", id="before a trade"),
    ],
)
def test_a_subject_named_once_makes_another_notice(form: str, a: str, b: str) -> None:
    assert compare(form.format(name=a), form.format(name=b)).verdict is SIBLING


@pytest.mark.parametrize(
    ("form", "title", "a", "b"),
    [
        pytest.param(ROAD, "{name} to close", "Highway 61", "Highway 101", id="roads by number"),
        pytest.param(ROAD, "{name} to close", "Interstate 5", "Northern Parkway", id="a number on one side"),
        pytest.param(WANTED, "{name}公安局悬赏通告", "凤县", "平和县", id="counties of unlike length"),
        pytest.param(CAR, "{name}上市", "启源Q05", "零跑C10", id="models that look like quarters"),
        pytest.param(MUSEUM, "{name}延长开放时间", "今日美术馆", "龙美术馆", id="a word of time in a name"),
        pytest.param(BID, "{name}中标项目", "永泰建材", "永泰新能源", id="in the titles and in credits"),
    ],
)
def test_a_name_in_title_and_text_makes_another_notice(form: str, title: str, a: str, b: str) -> None:
    found = compare(form.format(name=a), form.format(name=b), title.format(name=a), title.format(name=b))

    assert found.verdict is SIBLING


DRUG = (
    "国家药监局附条件批准{}申报的1类创新药{}上市，用于治疗既往接受过至少二线系统化疗的患者。该品种的上市为患者提供了新的治疗选择。"
    "国家药监局要求上市许可持有人在药品上市后继续完成相关临床试验，并按要求提交研究结果，加强药品全生命周期监管，保障用药安全。"
)


def test_several_words_that_no_list_knows_fill_slots_in_the_midst_of_sentences() -> None:
    notice = DRUG.format("康泽生物", "瑞德利单抗注射液")

    assert compare(notice, DRUG.format("和誉医药", "佩米替尼片")).verdict == SIBLING


def test_a_single_word_that_no_list_knows_is_reworded() -> None:
    notice = DRUG.format("康泽生物", "瑞德利单抗注射液")

    assert compare(notice, notice.replace("全生命周期", "从生到死")).verdict == VerdictKind.NEAR_COPY


def test_a_common_noun_beside_a_name_is_a_slot_too() -> None:
    a, b = OBITUARY.format(name="Jane Clark", trade="novelist"), OBITUARY.format(name="Martin Hill", trade="conductor")

    assert compare(a, b, "Jane Clark, novelist, dies", "Martin Hill, conductor, dies").verdict is SIBLING


@pytest.mark.parametrize(
    ("form", "a", "b"),
    [
        pytest.param(JOBS, "Officials", "Authorities", id="who says so"),
        pytest.param(JOBS, "Siemens", "Siernens", id="misread letters"),
        pytest.param(FLIGHT, "南方航空", "该公司", id="stand-in"),
        pytest.param(FLIGHT, "南方航空", "南方航穹", id="misread character"),
        pytest.param(WANTED, "当地", "县里", id="reworded"),
    ],
)
def test_copies_with_another_word_in_that_place_stay_copies(form: str, a: str, b: str) -> None:
    found = compare(form.format(name=a), form.format(name=b))

    assert found.verdict in (VerdictKind.EXACT_COPY, VerdictKind.NEAR_COPY, VerdictKind.REVISION)


RECALL = (
    "监管部门组织抽检{name}样品，发现三个批次的{name}不合格，涉及菌落总数超标。针对不合格{name}，已责成属地部门开展核查处置，"
    "督促企业及时下架、召回，并依法严肃查处。消费者发现不合格{name}的，可以拨打热线投诉举报。"
)
BRANCH = (
    "{name} will close its downtown branch at the end of the month as part of a review of its network. Customers of "
    "the {name} can use the branch on Main Street. Staff of the {name} had been offered other positions within the "
    "group, and safe-deposit boxes would be moved before the doors close."
)


@pytest.mark.parametrize(
    ("form", "a", "b"),
    [
        pytest.param(RECALL, "蛋糕", "月饼", id="an ordinary noun in every place"),
        pytest.param(BRANCH, "First National Bank", "Second National Bank", id="an ordinal in a name"),
    ],
)
def test_a_word_that_stands_for_another_throughout_makes_another_notice(form: str, a: str, b: str) -> None:
    assert compare(form.format(name=a), form.format(name=b)).verdict is SIBLING


CHECKED = (
    "市场监管局发布{name}抽检结果。本次抽检{name}样品若干批次，合格率保持较高水平，不合格{name}已责令下架并依法处理。消费者购买"
    "{name}时应查看生产日期和保质期，索取并保留票据，发现问题及时拨打投诉举报电话。"
)


@pytest.mark.parametrize(("old", "new"), [("及时", "尽快"), ("若干", "多个")])
def test_one_more_word_that_differs_leaves_another_notice_one(old: str, new: str) -> None:
    assert compare(CHECKED.format(name="蛋糕"), CHECKED.format(name="月饼").replace(old, new)).verdict is SIBLING


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(
            CHECKED.format(name="蛋糕"),
            CHECKED.format(name="月饼").replace("及时", "尽快").replace("若干", "多个"),
            id="reworded",
        ),
        pytest.param(
            CHECKED.format(name="视频"), CHECKED.format(name="影片").replace("及时", "尽快"), id="a thing of two words"
        ),
        pytest.param(RECALL.format(name="視頻產品"), RECALL.format(name="影片产品"), id="another region's word"),
        pytest.param(RECALL.format(name="蛋糕"), RECALL.format(name="蛋糕点"), id="a longer word for it"),
        pytest.param(
            BRANCH.format(name="the bank, in its first statement,"),
            BRANCH.format(name="the bank, in its second statement,"),
            id="a number that is no name",
        ),
    ],
)
def test_words_that_may_mean_the_same_throughout_make_no_other_notice(a: str, b: str) -> None:
    assert compare(a, b).verdict is not SIBLING
