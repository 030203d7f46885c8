from __future__ import annotations

import pytest

from monitor.read.credits import read_credits
from monitor.read.credits_said import Credits
from monitor.read.datelines import credits_in_text
from monitor.read.names import is_outlet, outlet, people

LINES = [
    ("文 | 刘青青 石丹", Credits(authors=("刘青青", "石丹"))),
    ("ID | BMR2004", Credits()),
    ("2023-05-17 867 0", Credits(dates=("2023-05-17",))),
    ("(文章来源:南方都市报)", Credits(source="南方都市报")),
    ("采 写：本报记者 都 芃  刘 艳", Credits(authors=("都芃", "刘艳"))),
    ("策 划：刘 莉  李 坤", Credits(editors=("刘莉", "李坤"))),
    ("◎刘 艳", Credits(authors=("刘艳",))),
    ("责任编辑：王珍_NBJS8801", Credits(editors=("王珍",))),
    ("本报记者 张三 李四 北京报道", Credits(authors=("张三", "李四"))),
    ("编辑 刘晓阳 校对 李铭", Credits(editors=("刘晓阳", "李铭"))),
    ("撰文/张三 编辑/李四", Credits(authors=("张三",), editors=("李四",))),
    ("作者：李 晓明", Credits(authors=("李晓明",))),
    ("【文/观察者网专栏作者 王文】", Credits(authors=("王文",))),
    ("來源：人民網 2023年7月2日", Credits(source="人民網", dates=("2023年7月2日",))),
    ("本文来源：澎湃新闻责任编辑：孙文轩_NN6784", Credits(source="澎湃新闻", editors=("孙文轩",))),
    ("2019年09月05日 11:10 新浪科技", Credits(source="新浪科技", dates=("2019年09月05日 11:10",))),
    (
        "发布时间：2023-07-02 来源：国家网信办 打印 字号：大 中 小",
        Credits(source="国家网信办", dates=("2023-07-02",), posted=("2023-07-02",)),
    ),
    ("By Jane Doe and John Smith", Credits(authors=("Jane Doe", "John Smith"))),
    ("By Jane Doe in London and John Smith, Technology Reporter", Credits(authors=("Jane Doe", "John Smith"))),
    ("By Jane Doe, Reuters", Credits(authors=("Jane Doe",))),
    ("Published July 2, 2023", Credits(dates=("July 2, 2023",), posted=("July 2, 2023",))),
    ("来源：网络", Credits()),
    ("記者王小明台北報導", Credits(authors=("王小明",))),
    ("〔記者王小明／台北報導〕", Credits(authors=("王小明",))),
    ("記者 王小明 台北報導", Credits(authors=("王小明",))),
    ("記者王小明、李大華綜合報導", Credits(authors=("王小明", "李大華"))),
    ("记者王明石家庄报道", Credits(authors=("王明",))),
    ("记者张三北京报道", Credits(authors=("张三",))),
    ("撰文 张三", Credits(authors=("张三",))),
    ("撰文：张三；编辑：李四", Credits(authors=("张三",), editors=("李四",))),
    ("南都记者张三 发自北京", Credits(authors=("张三",))),
    ("本报记者张三", Credits(authors=("张三",))),
    ("《中国经营报》记者 张三 北京报道", Credits(authors=("张三",))),
    ("本报记者 张三 李四 北京、上海报道", Credits(authors=("张三", "李四"))),
    ("21世纪经济报道 张三 北京报道", Credits(authors=("张三",), source="21世纪经济报道")),
    ("每经记者 张三 每经编辑 李四", Credits(authors=("张三",), editors=("李四",))),
    ("界面新闻编辑 | 李四", Credits(editors=("李四",))),
    ("作者：约翰·史密斯 译者：张三", Credits(authors=("约翰·史密斯",), editors=("张三",))),
    ("作者：[美]约翰·史密斯", Credits(authors=("约翰·史密斯",))),
    ("作者：张三（某大学教授）", Credits(authors=("张三",))),
    ("张三 | 文", Credits(authors=("张三",))),
    ("記者 張三/文 李四/圖", Credits(authors=("張三",))),
    ("張三／綜合報導", Credits(authors=("張三",))),
    ("編譯張三／綜合外電報導", Credits(authors=("張三",))),
    ("（中央社記者張三台北2日電）", Credits(authors=("張三",))),
    ("摄影/新京报记者 张三", Credits(editors=("张三",))),
    ("责编：张三 | 审核：李四 | 监审：王五", Credits(editors=("张三", "李四", "王五"))),
    ("一审：张三 二审：李四", Credits(editors=("张三", "李四"))),
    ("新京报 记者 张三 编辑 李四", Credits(authors=("张三",), editors=("李四",), source="新京报")),
    (
        "本文来自微信公众号“量子位”（ID:QbitAI），作者：关注前沿科技，36氪经授权发布。",
        Credits(authors=("关注前沿科技",), source="量子位"),
    ),
    (
        "撰文：張三 出版：2023-07-02 08:30 更新：2023-07-02 09:30",
        Credits(
            authors=("張三",),
            dates=("2023-07-02 08:30",),
            posted=("2023-07-02 08:30",),
            modified=("2023-07-02 09:30",),
        ),
    ),
    ("成文日期：2023-07-01 实施日期：2023-08-15", Credits(dates=("2023-07-01",))),
    ("Reporting by Jane Doe; Editing by John Roe", Credits(authors=("Jane Doe",), editors=("John Roe",))),
    ("By Jane Doe | Reuters", Credits(authors=("Jane Doe",))),
    ("By Jane Doe, CNN", Credits(authors=("Jane Doe",))),
    ("By Jane Doe @janedoe", Credits(authors=("Jane Doe",))),
    ("By Staff Reporter", Credits()),
    ("Jane Doe, Senior Reporter", Credits(authors=("Jane Doe",))),
    (
        "Posted by Jane Doe on July 2, 2023",
        Credits(authors=("Jane Doe",), dates=("July 2, 2023",)),
    ),
    (
        "Published: July 2, 2023 | Updated: July 3, 2023",
        Credits(dates=("July 2, 2023",), posted=("July 2, 2023",), modified=("July 3, 2023",)),
    ),
]


@pytest.mark.parametrize(("line", "expected"), LINES, ids=[line for line, _ in LINES])
def test_credit_line_is_read(line: str, expected: Credits) -> None:
    assert read_credits(line, boxed=True) == expected


SENTENCES = [
    "记者走进这些大模型企业，一探究竟。",
    "来源：这是一段很长的正文，他说了很多。",
    "南都:8月15日也是《生成式人工智能服务管理暂行办法》落地施行的日子",
    "7月2日,北京发布全国首个政务服务大模型场景需求。",
    "3月29日,三六零(601360.SH,下称360)首次对外披露公司大模型战略",
    "5月20日至31日，",
    "时间就是金钱:我们要努力",
    "关键词:",
    "施行日期：2025年9月1日",
    "截止时间：2025年9月1日 17:00",
    "A new collection by Jane Doe Officially Opens in Rome",
    "▲广州日报全媒体图片记者黎旭阳、李妍摄的照片，记录了那一天。",
    "",
]


@pytest.mark.parametrize("line", SENTENCES, ids=repr)
def test_running_text_is_no_credit_line(line: str) -> None:
    assert read_credits(line) is None


TEXTS = [
    (["新京报讯（记者 张璐）7月2日，我们看到变化。"], ("张璐",), None),
    (["新华社巴黎12月9日电（记者唐霁）法国再次罢工。"], ("唐霁",), None),
    (["中新网7月2日电 (记者 张三 李四)今天的消息。"], ("张三", "李四"), None),
    (["〔記者王小明／台北報導〕總統府今天表示，將推動新法。"], ("王小明",), None),
    (["財聯社7月2日訊（記者 張三）今天，會議召開。"], ("張三",), None),
    (["記者在台北報導 的這件事，引起許多人的注意。"], (), None),
    (["正文第一段。", "正文最后一段。（王小明）"], ("王小明",), None),
    (["正文第一段。", "正文最后一段。（完）"], (), None),
    (["《商学院》记者了解到，实际上有所不同。"], (), "商学院"),
    (["方炜告诉科技日报记者，无论如何。"], (), "科技日报"),
    (["近日，记者走进这些企业。"], (), None),
    (["本报讯 记者张三报道：昨日，会议召开。"], ("张三",), None),
    (["本报讯（记者 张三 通讯员 李四）昨日，会议召开。"], ("张三", "李四"), None),
    (["中新社北京7月2日电 (张三)昨日，会议召开。"], ("张三",), None),
    (["【环球时报驻美国特约记者 张三】昨日，会议召开。"], ("张三",), None),
    (["（中央社記者張三台北2日電）今天，會議召開。"], ("張三",), None),
    (["第一段。", "最后一段。（张三 李四）"], ("张三", "李四"), None),
    (["第一段。", "最后一段。（张三，作者为某大学教授）"], ("张三",), None),
    (["第一段。", "最后一段。（作者系某大学教授）"], (), None),
    (["第一段。", "最后一段。（张三摄）"], (), None),
    (["First.", "(Reporting by Jane Doe in London; Editing by John Roe)"], ("Jane Doe",), None),
    ([], (), None),
]


@pytest.mark.parametrize(("lines", "authors", "reporters"), TEXTS)
def test_running_text_names_its_authors(lines: list[str], authors: tuple[str, ...], reporters: str | None) -> None:
    credit, named = credits_in_text(lines)
    assert (credit.authors, named) == (authors, reporters)


NAMES = [
    ("都 芃  刘 艳", ("都芃", "刘艳")),
    ("刘青青 石丹", ("刘青青", "石丹")),
    ("记者 张三、李四", ("张三", "李四")),
    ("阿不都·热西提", ("阿不都·热西提",)),
    ("佚名", ()),
    ("admin", ()),
    ("https://a.test/author", ()),
    ("someone@a.test", ()),
    ("", ()),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names_are_told_apart(text: str, expected: tuple[str, ...]) -> None:
    assert people(text) == expected


OUTLETS = [
    ("《南方都市报》", "南方都市报"),
    ("人 民 網", "人民網"),
    ("某某网版权所有", "某某网"),
    ("游民星空[整理]", "游民星空"),
    ("互联网", None),
    ("12345", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), OUTLETS)
def test_outlet_is_named_or_not(text: str, expected: str | None) -> None:
    assert outlet(text) == expected


def test_account_of_an_outlet_is_told_from_a_person() -> None:
    assert is_outlet("科技日报")
    assert not is_outlet("八卦大相公")


@pytest.mark.parametrize(
    "headline",
    [
        "外卖国标今日公布",
        "昨日举行",
        "新规今日发布",
        "中考成绩今日揭晓",
        "今早地铁停运",
        "3天前失踪女孩找到",
        "刚刚，新模型发布",
        "新模型刚刚发布",
        "新品今日10:00发售",
        "Markets today",
        "邻国议会通过《人工智能法》 2026年3月1日起生效",
        "《算法备案管理办法》公布 2027/3/1起施行",
        "州长签署模型安全法案，2027年1月1日生效",
        "数据条例2025年1月1日起施行 专家解读",
        "開發者大會 2026年5月20日舉行",
    ],
)
def test_day_in_a_headline_makes_it_no_credit_line(headline: str) -> None:
    assert read_credits(headline, boxed=True) is None


@pytest.mark.parametrize("name", ["今日头条", "今日看点", "昨日重现网", "今早新闻"])
@pytest.mark.parametrize("when", ["", " 昨天 08:30"])
def test_outlet_keeps_the_day_in_its_name(name: str, when: str) -> None:
    said = read_credits(f"来源：{name}{when}", boxed=True)
    assert said is not None
    assert (said.source, said.dates) == (name, (when.strip(),) if when else ())


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        ("新华网 昨天", ("昨天",)),
        ("科技日报昨天 08:30", ("昨天 08:30",)),
        ("发布于今天", ("今天",)),
        ("发布时间：今天", ("今天",)),
        ("3分钟前来自 微博", ("3分钟前",)),
        ("财联社 · 刚刚", ("刚刚",)),
        ("Published today", ("today",)),
        ("Jane Doe | yesterday", ("yesterday",)),
    ],
)
def test_day_beside_a_credit_is_its_date(line: str, dates: tuple[str, ...]) -> None:
    said = read_credits(line, boxed=True)
    assert said is not None
    assert said.dates == dates
