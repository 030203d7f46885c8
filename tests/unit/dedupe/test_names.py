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
RELEASE = (
    "{name}正式面向公众开放，用户可在应用商店下载客户端或登录官方网站体验。据介绍，{name}在语义理解、内容创作等方面的能力较上一版本有明显"
    "提升。开发团队表示，未来将持续迭代，推动{name}在更多行业场景落地。"
)
BUYBACK = (
    "{name}关于回购公司股份进展的公告。公司于近日通过回购专用账户以集中竞价方式实施股份回购，符合公司既定的回购方案。{name}后续将根据市场"
    "情况继续实施回购计划，并及时履行信息披露义务，敬请广大投资者注意投资风险。"
)
MATCH = (
    "北京时间今晨结束的一场焦点战中，{name}凭借下半场的两粒进球客场击败对手，取得联赛三连胜。主教练赛后称赞球队的拼搏精神，认为全队执行了"
    "赛前制定的战术。{name}下一轮将坐镇主场，届时有望继续扩大优势。"
)
SAYS = (
    "{name}在会见后对媒体表示，双方就贸易、能源和地区安全问题进行了坦诚交流，并同意保持沟通。分析人士指出，{name}此番表态显示其政府在关税"
    "问题上的立场出现松动，但能否落实仍有待观察。"
)
COURT = (
    "{name}人民法院公开审理一起侵害信息网络传播权纠纷案并当庭宣判。法院经审理认为，被告未经许可将涉案作品上传至其经营的平台供公众下载，主观"
    "过错明显，应当承担停止侵权、赔偿损失的民事责任。"
)
SEASON = (
    "疾控部门提醒：近期进入{name}高发季节，公众应注意个人卫生，勤洗手、多通风，尽量避免前往人群密集的场所。{name}多数症状较轻，通常一到两周"
    "可自愈。接种疫苗是预防{name}最有效的手段。"
)
FILM = (
    "电影《{name}》今日宣布定档国庆假期，同时曝光首支预告片与角色海报。影片讲述一群普通人在时代变局中相互扶持、寻找希望的故事，剧组辗转多地"
    "取景，历时两年完成制作。"
)
FORECAST = (
    "The foreign ministry advised its citizens on Friday to leave {name} as soon as possible while commercial flights "
    "remain available. Travellers who decide to remain in {name} should avoid demonstrations and keep food and water."
)
HARVEST = (
    "Global {name} prices climbed for a third week as dry weather threatened harvests in key regions. The food agency "
    "warned that poorer countries would be hit hardest by costly {name}. Little rain is expected, which could push "
    "{name} prices still higher."
)
SALE = (
    "{name} goes on sale on Friday with a brighter screen and a better camera. Reviewers said the battery life of "
    "{name} was noticeably improved. Analysts expect strong demand. {name} comes in four colours."
)
LONG = "".join(map(chr, range(0xAC00, 0xAC00 + 400)))


@pytest.mark.parametrize(
    ("a", "b", "conflicts"),
    [
        pytest.param(WEATHER.format(place="北京"), WEATHER.format(place="上海"), (("北京市", "上海市"),), id="place"),
        pytest.param(
            "记者从" + WEATHER.format(place="南京"),
            "记者从" + WEATHER.format(place="北京"),
            (("南京市", "北京市"),),
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
        *[
            pytest.param(form.format(name=a), form.format(name=b), ((a, b),), id=f"{a} {b}")
            for form, a, b in [
                (BUYBACK, "中国石油", "中国石化"),
                (BUYBACK, "华能国际", "华电国际"),
                (BUYBACK, "招商银行", "平安银行"),
                (MATCH, "曼联", "曼城"),
                (MATCH, "上海申花", "上海海港"),
                (MATCH, "湖人", "勇士"),
                (SAYS, "拜登", "特朗普"),
                (SAYS, "伊隆马斯克", "蒂姆库克"),
                (LAUNCH, "通义千问", "豆包"),
                (RELEASE, "GPT-4", "GPT-5"),
                (RELEASE, "Qwen2.5", "Qwen3"),
                (RELEASE, "文心一言", "ChatGPT"),
                (RELEASE, "小米14", "小米15"),
                (COURT, "朝阳区", "海淀区"),
                (SEASON, "登革热", "流感"),
                (FILM, "第二十条", "飞驰人生"),
                (FORECAST, "Iran", "Iraq"),
                (HARVEST, "wheat", "corn"),
                (SALE, "iPhone 15", "iPhone 16"),
                (HIRE, "Eleanor van der Berg", "Thomas Whitcombe"),
            ]
        ],
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
    assert not check.is_spelling


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


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(HIRE.format(name="Acme Robotics"), HIRE.format(name="Globex"), id="names"),
        pytest.param(BUYBACK.format(name="华能国际"), MEETING.format(name="华电国际"), id="unlike"),
        pytest.param(MATCH.format(name="曼联"), MATCH.format(name="曼城")[20:] + LONG, id="cut"),
    ],
)
def test_swapping_two_texts_swaps_the_pairs(a: str, b: str) -> None:
    there, back = check_names(body_of(a), body_of(b)), check_names(body_of(b), body_of(a))

    assert back.conflicts == tuple((right, left) for left, right in there.conflicts)
    assert back.is_other_subject is there.is_other_subject


@pytest.mark.parametrize(
    "text",
    ["", "0", "\ud800abc", "𮯠今日发布GPT-4", "甲" * 5000, "w1 " * 5000, "《", "。" * 3000, "·\n\n·"],
    ids=["empty", "digit", "surrogate", "rare", "one character", "one word", "mark", "stops", "lines"],
)
def test_odd_texts_have_no_names(text: str) -> None:
    other = MEETING.format(name="华泰")

    assert not check_names(body_of(text, text), body_of(other, "公告")).is_other_subject
    assert check_names(body_of(text), body_of(text)).conflicts == ()
