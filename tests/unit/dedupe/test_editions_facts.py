"""Units, authorities, works and measures that a page says otherwise than before, and the same in other words."""

from __future__ import annotations

import pytest

from monitor.dedupe import compare_editions

PAGE = (
    "人工智能大会在上海开幕，多家企业发布了新的模型和应用，吸引了大批观众到场参观体验。\n{}\n业内人士认为，国产大模型的竞争已经从参数"
    "规模转向成本与应用，业界也在关注模型落地过程中的数据安全问题。与会者还讨论了版权、算力供给和人才培养等话题。"
)
ENGLISH = (
    "Several companies showed new models at a conference in London, and large crowds came to try them out.\n{}\n"
    "Analysts believe that competition has moved from the size of models to cost and use, and data protection."
)


def changed(old: str, new: str, titles: tuple[str, str] = ("大会开幕", "大会开幕")) -> tuple[tuple[str, str], ...]:
    page = ENGLISH if (old + new).isascii() or "€" in old + new else PAGE
    return compare_editions(page.format(old), page.format(new), *titles, known={}).evidence.changes


def told(old: str, new: str) -> bool:
    """Tell whether a change is told, both ways alike."""
    there, back = changed(old, new), changed(new, old)
    assert bool(there) == bool(back)
    return bool(there)


@pytest.mark.parametrize(
    ("sentence", "old", "new"),
    [
        pytest.param("该公司被处以罚款{}。", "500万元", "500万美元", id="currency"),
        pytest.param("公司目前估值约{}。", "80亿美元", "80亿港元", id="foreign currencies"),
        pytest.param("公司将在{}内完成整改。", "30天", "30个月", id="time"),
        pytest.param("市场份额提高了{}。", "25%", "25个百分点", id="share"),
        pytest.param("火灾过火面积约{}。", "800平方米", "800亩", id="area"),
        pytest.param("The firm was fined {} on Monday.", "$5 million", "€5 million", id="signs"),
        pytest.param("Revenue reached {} last year.", "$1.2 billion", "1.2 billion yuan", id="sign and word"),
        pytest.param("It has to report within {} of an incident.", "15 days", "15 hours", id="time in English"),
        pytest.param("An appeal can be filed within {} of it.", "one month", "two months", id="one"),
        pytest.param("整改期限为{}，逾期将被处罚。", "一个月", "三个月", id="one in Chinese"),
        pytest.param("急诊就诊达{}人次。", "12萬4千", "14萬2千", id="in two units"),
    ],
)
def test_number_of_something_else_is_a_change(sentence: str, old: str, new: str) -> None:
    assert told(sentence.format(old), sentence.format(new))


@pytest.mark.parametrize(
    ("sentence", "old", "new"),
    [
        pytest.param("该公司被处以罚款{}。", "500万元", "500万元人民币", id="yuan"),
        pytest.param("该公司被处以罚款{}。", "500万元", "500万", id="left out"),
        pytest.param("公司目前估值约{}。", "80亿美元", "80亿美金", id="dollars"),
        pytest.param("市场份额提高至{}。", "18%", "百分之十八", id="percent"),
        pytest.param("产品于{}上线。", "2024年3月", "二〇二四年三月", id="date in Chinese numerals"),
        pytest.param("投资者可在{}内提出异议。", "十五日", "15日", id="days in Chinese numerals"),
        pytest.param("急诊就诊达{}人次。", "12萬4千", "12.4萬", id="in one unit"),
        pytest.param("The firm was fined {} on Monday.", "$5 million", "5 million dollars", id="sign or word"),
        pytest.param("Revenue reached {} last year.", "$1.2 billion", "US$1.2bn", id="short"),
        pytest.param("An appeal can be filed within {} of it.", "one month", "a month", id="a month"),
    ],
)
def test_quantity_that_is_written_otherwise_is_no_change(sentence: str, old: str, new: str) -> None:
    assert not told(sentence.format(old), sentence.format(new))


@pytest.mark.parametrize(
    ("sentence", "old", "new"),
    [
        pytest.param("此次行动由{}牵头开展。", "工业和信息化部", "公安部", id="ministries"),
        pytest.param("此次行动由{}牵头开展。", "工业和信息化部", "国家发展改革委", id="with another end"),
        pytest.param("公司已向{}提交报告。", "国家网信办", "北京市网信办", id="of another place"),
        pytest.param("通报显示，{}因违规收集个人信息被处罚。", "星河科技有限公司", "银河科技有限公司", id="companies"),
        pytest.param("公告称，实际控制人{}被处罚。", "周建平", "周建军", id="persons with a listed office"),
        pytest.param("自9月1日起，{}施行。", "《数据标识办法》", "《算法推荐管理规定》", id="works"),
        pytest.param("The suit was filed by {}, which speaks for writers.", "GEMA", "BMGX", id="in capitals"),
        pytest.param("The judge, Elke {}, ordered the firm to pay.", "Schwager", "Lindner", id="one word of a name"),
    ],
)
def test_other_body_person_or_work_is_a_change(sentence: str, old: str, new: str) -> None:
    ((before, after),) = changed(sentence.format(old), sentence.format(new))
    assert (before.strip("《》")[-1], after.strip("《》")[-1]) == (old.strip("《》")[-1], new.strip("《》")[-1])


@pytest.mark.parametrize(
    ("sentence", "old", "new"),
    [
        pytest.param("此次行动由{}牵头开展。", "工业和信息化部", "工信部", id="short form"),
        pytest.param("此次行动由{}牵头开展。", "衛福部", "衛生福利部", id="short form in Taiwan"),
        pytest.param("公告提到了{}的意见。", "中国国际金融股份有限公司", "中金公司", id="short form of a company"),
        pytest.param("此次行动由{}牵头开展。", "相关部门", "监管部门", id="no name"),
        pytest.param("此次谈判{}。", "没有打破僵局", "未打破僵局", id="a word that ends like an office"),
        pytest.param("论文的{}大学主持。", "调查由东南", "查证由东南", id="the name follows"),
        pytest.param("{}的医生提醒市民注意。", "当地医院", "一家医院", id="a hospital"),
        pytest.param(
            "市里印发了{}。", "《促进产业发展若干措施》", "《促进产业发展若干举措》", id="work in other words"
        ),
        pytest.param("市里印发了{}。", "《生成式人工智能服务管理暂行办法》", "《暂行办法》", id="short title"),
        pytest.param("{} said demand would grow.", "Analysts", "Observers", id="head of a sentence"),
    ],
)
def test_other_words_for_a_body_or_work_are_no_change(sentence: str, old: str, new: str) -> None:
    assert not told(sentence.format(old), sentence.format(new))


@pytest.mark.parametrize(
    ("sentence", "old", "new"),
    [
        pytest.param("公司负责人已被{}。", "警告", "刑事拘留", id="measures"),
        pytest.param("公司负责人已被{}。", "约谈", "立案调查", id="an inquiry"),
        pytest.param("行业整体风险{}。", "可控", "失控", id="risk"),
        pytest.param("该办法自9月1日起{}。", "施行", "废止", id="force"),
        pytest.param("事故造成5人{}。", "死亡", "重伤", id="harm"),
        pytest.param("央行表示，近期将{}。", "降准降息", "加息", id="several words of one sense"),
        pytest.param("The firm's chief was {} on Monday.", "arrested", "acquitted", id="in English"),
        pytest.param("Regulators {} the company in May.", "fined", "cleared", id="fined and cleared"),
    ],
)
def test_other_measure_is_a_change(sentence: str, old: str, new: str) -> None:
    assert told(sentence.format(old), sentence.format(new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("大会开幕（12345人观看）", "大会开幕（23456人观看）"),
        ("大会开幕 阅读1024", "大会开幕 阅读2048"),
        ("直播：大会开幕 1.2万人围观", "直播：大会开幕 3.4万人围观"),
        ("大会开幕[评论12]", "大会开幕[评论57]"),
        ("大会开幕（1）", "大会开幕（2）"),
        ("Fair opens (3 comments)", "Fair opens (15 comments)"),
        ("Fair opens - 2 min read", "Fair opens - 3 min read"),
    ],
)
def test_counter_in_a_title_is_no_change(old: str, new: str) -> None:
    assert changed("", "", (old, new)) == ()


def test_number_beside_a_counter_in_a_title_is_a_change() -> None:
    titles = ("80款模型备案（12345人观看）", "130款模型备案（23456人观看）")
    assert changed("", "", titles) == (("80", "130"),)
