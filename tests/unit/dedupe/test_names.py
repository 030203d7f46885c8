"""Names that differ where the wording is equal."""

from __future__ import annotations

import pytest

from monitor.dedupe.body import body_of
from monitor.dedupe.names import check_names

WEATHER = (
    "{place}市气象台发布高温橙色预警信号：预计今天白天全市大部地区最高气温将升至37摄氏度以上，请有关单位和市民注意做好防暑降温工作，"
    "避免在高温时段进行户外活动。"
)
MEETING = (
    "{name}股份有限公司董事会决定召开临时股东大会，审议关于修订公司章程的议案。登记在册的全体股东均有权出席会议，并可以书面委托代理人"
    "出席会议和参加表决。{name}股份有限公司董事会。"
)
HIRE = (
    "{name} today announced the appointment of a new chief financial officer, who will report to the chief executive. "
    "The board of {name} thanked the departing officer for her service."
)
APPOINTED = (
    "经研究决定，任命{name}同志为局党委书记，试用期一年。{name}同志到任后将团结带领班子成员和广大干部职工，认真贯彻落实各项决策部署。"
    "会上，{name}表示坚决拥护组织决定，恪尽职守，勤勉工作。"
)
LAUNCH = (
    "{name}大模型今日正式通过备案，将面向公众全面开放服务。用户可以在各大应用商店下载{name}App或登录官网直接体验。公司表示，{name}"
    "具备内容生成、语言理解、数学与代码等能力，后续将持续迭代升级。"
)
ANNOUNCED = (
    "{name}7月13日公告，公司收到证监会出具的批复，同意公司向特定对象发行股票的注册申请，公司将及时履行信息披露义务。"
)
LONG = "".join(map(chr, range(0xAC00, 0xAC00 + 400)))


@pytest.mark.parametrize(
    ("a", "b", "conflicts"),
    [
        pytest.param(WEATHER.format(place="北京"), WEATHER.format(place="上海"), (("北京", "上海"),), id="place"),
        pytest.param(
            "记者从" + WEATHER.format(place="南京"),
            "记者从" + WEATHER.format(place="北京"),
            (("南京", "北京"),),
            id="places that share a character",
        ),
        pytest.param(MEETING.format(name="华泰"), MEETING.format(name="中芯"), (("华泰", "中芯"),), id="company"),
        pytest.param(
            MEETING.format(name="OpenAI"),
            MEETING.format(name="Google"),
            (("OpenAI", "Google"),),
            id="Latin name in Chinese",
        ),
        pytest.param(
            HIRE.format(name="Acme Robotics"), HIRE.format(name="Globex"), (("Acme Robotics", "Globex"),), id="English"
        ),
        pytest.param(APPOINTED.format(name="王强"), APPOINTED.format(name="李华"), (("王强", "李华"),), id="person"),
        pytest.param(
            LAUNCH.format(name="文心一言"), LAUNCH.format(name="商汤商量"), (("文心一言", "商汤商量"),), id="throughout"
        ),
        pytest.param(
            ANNOUNCED.format(name="比亚迪"),
            ANNOUNCED.format(name="隆基绿能"),
            (("比亚迪", "隆基绿能"),),
            id="who announces",
        ),
        pytest.param(
            "证券代码：600519\n" + MEETING.format(name="华泰"),
            "证券代码：000858\n" + MEETING.format(name="华泰"),
            (("600519", "000858"),),
            id="securities",
        ),
    ],
)
def test_a_form_filled_for_another_name_has_another_subject(
    a: str, b: str, conflicts: tuple[tuple[str, str], ...]
) -> None:
    check = check_names(body_of(a), body_of(b))

    assert check.is_other_subject
    assert check.conflicts == conflicts


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(MEETING.format(name="华泰"), MEETING.format(name="华泰"), id="equal"),
        pytest.param(
            MEETING.format(name="华泰"), MEETING.format(name="华泰") + WEATHER.format(place="北京"), id="added"
        ),
        pytest.param(
            MEETING.format(name="华泰"),
            MEETING.format(name="华泰").replace("华泰", "中芯", 1),
            id="one of two corrected",
        ),
        pytest.param(
            MEETING.format(name="华泰"), MEETING.format(name="华泰").replace("泰", "秦", 1), id="a damaged character"
        ),
        pytest.param(MEETING.format(name="华泰"), MEETING.format(name="华泰").replace("审议", "讨论"), id="a synonym"),
        pytest.param("新华社北京7月2日电 " + HIRE, "新华社上海7月2日电 " + HIRE, id="dateline"),
        pytest.param(
            "北京日报讯（记者 李明）" + MEETING, "天津日报讯（记者 赵刚）" + MEETING, id="newspapers of two places"
        ),
        pytest.param("上海证券报讯 " + MEETING, "中国证券报讯 " + MEETING, id="newspapers of one trade"),
        pytest.param("BRUSSELS, June 14 (Reuters) - " + HIRE, "LONDON, June 15 (AFP) - " + HIRE, id="agencies"),
        pytest.param("By Jane Doe\n" + HIRE, "By John Smith\n" + HIRE, id="bylines"),
        pytest.param(LAUNCH.format(name="该信息"), LAUNCH.format(name="该资讯"), id="usage of Taiwan"),
        pytest.param(
            ANNOUNCED.format(name="证监会"), ANNOUNCED.format(name="中国证券监督管理委员会"), id="abbreviated"
        ),
        pytest.param(ANNOUNCED.format(name="比亚迪"), ANNOUNCED.format(name="该公司"), id="a stand-in"),
        pytest.param(LONG + "位于北京的仓库", LONG + "位于上海的仓库", id="one name late in a long text"),
        pytest.param(WEATHER + "版权归华泰网络公司", WEATHER + "版权归中芯传媒公司", id="publisher at the foot"),
    ],
)
def test_other_differences_leave_the_subject(a: str, b: str) -> None:
    assert not check_names(body_of(a), body_of(b)).is_other_subject


@pytest.mark.parametrize(
    ("title_a", "title_b", "is_other"),
    [
        pytest.param("华泰集团关于召开股东大会的公告", "中芯集团关于召开股东大会的公告", True, id="another company"),
        pytest.param("华泰集团公告", "中芯股东大会将召开", False, id="another headline"),
        pytest.param("Board Calls Meeting", "Shareholders To Vote", False, id="another headline in capitals"),
        pytest.param("华泰集团关于召开股东大会的公告", None, False, id="no headline"),
    ],
)
def test_titles_are_places_where_a_name_stands(title_a: str, title_b: str | None, is_other: bool) -> None:
    body = "公司董事会决定召开临时股东大会，审议关于修订公司章程的议案，全体股东均有权出席会议。"

    check = check_names(body_of(body, title_a), body_of(body.replace("均", "都", 1), title_b))

    assert check.is_other_subject is is_other
