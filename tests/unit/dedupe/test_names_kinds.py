"""What kind of change it is that one text has one word and another text another."""

from __future__ import annotations

import pytest

from monitor.dedupe.body import body_of
from monitor.dedupe.names import check_names

OFFICE = (
    "经省委研究决定，{name}同志任中共市委委员、常委、书记，免去其原任职务。在随后召开的干部大会上，{name}表示，坚决拥护省委决定，将尽快熟悉情况、"
    "进入角色，与班子成员一道扎实工作。"
)
TALKS = (
    "{name}在会见后对媒体表示，双方就贸易、能源和地区安全问题进行了坦诚交流，并同意保持沟通。分析人士指出，{name}此番表态显示其政府在关税问题上"
    "的立场出现松动，但能否落实仍有待观察。"
)
RATE = (
    "{name}今日宣布下调存量首套住房贷款利率，调整将由系统统一批量完成，客户无需申请。{name}相关负责人表示，本次调整后，客户可通过手机银行查询"
    "新的利率水平。"
)
SHARES = (
    "{name}股价收盘走低，此前有报道称监管机构正在对其展开调查。"
    "{name}发言人回应说，一贯遵守当地法律，并将配合有关部门的问询。"
)
DEATH = (
    "{name}, the acclaimed novelist whose books chronicled life in small towns, died on Tuesday at home. The publisher "
    "confirmed the death but did not give a cause. {name} published a dozen novels and won several national prizes."
)
VOTE = (
    "The prime minister of {name} survived a no-confidence vote on Wednesday, easing weeks of turmoil. Analysts said "
    "the coalition in {name} remained fragile and early elections could not be ruled out."
)
RELATED = "".join(map(chr, range(0xAC00, 0xAC00 + 400)))


@pytest.mark.parametrize(
    ("form", "a", "b"),
    [
        pytest.param(TALKS, "特朗普", "川普", id="name of Taiwan"),
        pytest.param(TALKS, "泽连斯基", "哲连斯基", id="another transliteration"),
        pytest.param(SHARES, "英伟达", "NVIDIA", id="its own writing"),
        pytest.param(SHARES, "英伟达", "辉达", id="company in Taiwan"),
        pytest.param(RATE, "工商银行", "工行", id="abbreviation"),
        pytest.param(RATE, "中国工商银行", "工商银行", id="short name"),
        pytest.param(RATE, "招商银行", "该行", id="stand-in"),
        pytest.param(RATE, "招商银行", "我们", id="pronoun"),
        pytest.param(VOTE, "Britain", "the United Kingdom", id="country and its full name"),
        pytest.param(VOTE, "the US", "the U.S.", id="stops in an abbreviation"),
        pytest.param(VOTE, "the European Union", "the EU", id="initials"),
        pytest.param(DEATH, "Margaret Hollis", "Hollis", id="family name alone"),
    ],
)
def test_names_of_one_and_the_same_are_no_conflict(form: str, a: str, b: str) -> None:
    check = check_names(body_of(form.format(name=a)), body_of(form.format(name=b)))

    assert check.conflicts == ()
    assert not check.is_other_subject


@pytest.mark.parametrize(
    ("text", "a", "b"),
    [
        pytest.param(OFFICE, "李明", "李铭", id="sounds alike"),
        pytest.param(OFFICE, "陈志辉", "陈志晖", id="last character sounds alike"),
        pytest.param(OFFICE + RELATED, "王建国", "王建军", id="one of three in a long text"),
        pytest.param(DEATH, "Jon Smith", "John Smith", id="a letter"),
        pytest.param(DEATH, "Margaret Hollis", "Margaret Holliss", id="a letter more"),
    ],
)
def test_a_name_that_is_spelt_otherwise_is_a_correction(text: str, a: str, b: str) -> None:
    check = check_names(body_of(text.format(name=a)), body_of(text.format(name=b)))

    assert check.is_spelling
    assert not check.is_other_subject
    assert len(check.conflicts) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param("王强", "王刚", id="two of one family"),
        pytest.param("王建国", "李建国", id="two of one given name"),
        pytest.param("王建国", "王建军", id="one of three in a short text"),
        pytest.param("欧阳建华", "李明", id="a family name of two characters"),
    ],
)
def test_persons_of_one_notice_are_told_apart(a: str, b: str) -> None:
    check = check_names(body_of(OFFICE.format(name=a)), body_of(OFFICE.format(name=b)))

    assert check.conflicts == ((a, b),)
    assert check.is_other_subject


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("表示", "指出", id="verb"),
        pytest.param("客户", "用户", id="noun throughout"),
        pytest.param("调整", "变动", id="noun or verb throughout"),
        pytest.param("系统", "后台", id="noun once"),
        pytest.param("宣布", "宜布", id="a misread character"),
    ],
)
def test_words_that_editors_replace_are_no_names(old: str, new: str) -> None:
    text = RATE.format(name="招商银行")

    assert check_names(body_of(text), body_of(text.replace(old, new))).conflicts == ()


def test_names_that_come_with_much_rewording_need_to_come_again_and_again() -> None:
    text = TALKS.format(name="拜登")
    reworded = text.replace("媒体", "记者们").replace("坦诚", "坦率").replace("保持", "维持").replace("落实", "兑现")

    assert check_names(body_of(text), body_of(reworded.replace("拜登", "普京"))).is_other_subject
    assert not check_names(body_of(text), body_of(reworded.replace("拜登", "普京", 1))).is_other_subject


@pytest.mark.parametrize(
    ("lead_a", "lead_b"),
    [
        pytest.param("新华社记者王强", "中新社记者李华", id="reporters"),
        pytest.param("（责任编辑：王强）", "（责任编辑：李华）", id="editors"),
        pytest.param("新京报讯 ", "南方都市报讯 ", id="outlets"),
    ],
)
def test_who_printed_a_text_is_no_conflict(lead_a: str, lead_b: str) -> None:
    text = RATE.format(name="招商银行")

    assert not check_names(body_of(f"{lead_a}\n{text}"), body_of(f"{lead_b}\n{text}")).is_other_subject


def test_the_form_华电_is_a_company_and_no_dateline() -> None:
    a, b = (RATE.format(name=name) for name in ("华电国际", "华能国际"))

    assert check_names(body_of(a), body_of(b)).conflicts == (("华电国际", "华能国际"),)
