"""What a page says otherwise than it did: numbers, names and statements, and no other words."""

from __future__ import annotations

import pytest

from monitor.dedupe import compare_editions
from storage.records import VerdictKind

PAGE = (
    "人工智能大会在上海开幕，多家企业发布了新的模型和应用，吸引了大批观众到场参观体验。\n{}\n业内人士认为，国产大模型的竞争已经从参数"
    "规模转向成本与应用，监管部门也在关注模型落地过程中的数据安全问题。与会者还讨论了版权、算力供给和人才培养等话题，建议尽快完善"
    "标准。\n下一届大会将于明年春天举行，届时会公布更多的细节。"
)
SAID = "在会上，{}透露，年内将向企业客户开放。"
PARTNER = "该公司与{}签署了战略合作协议，双方将在算力方面展开合作。"
TESTED = "据介绍，{}在多项测试中表现突出，已经面向公众开放。"
KNOWN = {"通义千问": "model:qwen", "千问": "model:qwen", "文心一言": "model:ernie", "字节跳动": "字节跳动"}


def changed(old: str, new: str) -> tuple[tuple[str, str], ...]:
    return compare_editions(PAGE.format(old), PAGE.format(new), "大会开幕", "大会开幕", known=KNOWN).evidence.changes


@pytest.mark.parametrize("office", ["首席技术官", "公司掌门人", "算法一号位", "CEO ", "主理人", ""])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("周靖人", "吴泳铭"),
        ("周靖人", "周鸿祎"),
        ("王小川", "欧阳娜"),
        ("李想", "何小鹏"),
        ("杨植麟", "闫俊杰"),
        ("王强", "王刚"),
    ],
    ids=["unlike", "of one family", "of another length", "short", "rarer family", "one character"],
)
def test_another_person_is_named_whatever_the_office(office: str, old: str, new: str) -> None:
    assert changed(SAID.format(office + old), SAID.format(office + new)) == ((old, new),)


@pytest.mark.parametrize(
    ("sentence", "old", "new"),
    [
        pytest.param(PARTNER, "阶跃星辰", "旷视科技", id="no list knows them"),
        pytest.param(PARTNER, "字节跳动", "美团", id="one is known"),
        pytest.param(PARTNER, "清华大学", "北京大学", id="universities"),
        pytest.param(PARTNER, "商务部", "教育部", id="ministries, with what ends their names"),
        pytest.param(PARTNER, "OpenAI", "Anthropic", id="Latin"),
        pytest.param(TESTED, "通义千问", "文心一言", id="tracked models"),
        pytest.param(SAID, "项目负责人 Jean-Luc O'Neil", "项目负责人 Mira Murati", id="marks within a name"),
    ],
)
def test_another_organisation_or_model_is_named_whole(sentence: str, old: str, new: str) -> None:
    ((before, after),) = changed(sentence.format(old), sentence.format(new))
    assert old.endswith(before)
    assert new.endswith(after)
    assert min(len(before), len(after)) > 1


def test_two_names_of_one_entity_are_no_change() -> None:
    assert changed(TESTED.format("通义千问"), TESTED.format("千问")) == ()


@pytest.mark.parametrize("sentence", ["{}表示，进展顺利。", "{}于近日表示，进展顺利。"])
def test_a_name_that_stands_elsewhere_in_the_other_edition_counts(sentence: str) -> None:
    beside = "周靖人与吴泳铭都出席了活动。"
    assert changed(beside + sentence.format("周靖人"), beside + sentence.format("吴泳铭")) == (("周靖人", "吴泳铭"),)


REWORDED = [
    ("多家企业", "不少公司"),
    ("新的模型", "全新模型"),
    ("监管部门", "主管机构"),
    ("业内人士认为", "有分析认为"),
    ("数据安全", "信息安全"),
    ("与会者还", "参会人员也"),
    ("版权", "著作权"),
    ("算力供给", "计算资源"),
    ("建议尽快", "呼吁早日"),
    ("在上海开幕", "于上海揭幕"),
    ("明年春天", "明春"),
    ("大批观众", "众多市民"),
    ("人才培养", "人才建设"),
    ("关注", "留意"),
]


@pytest.mark.parametrize(("old", "new"), REWORDED, ids=[old for old, _ in REWORDED])
def test_other_words_are_no_change_and_make_no_other_notice(old: str, new: str) -> None:
    page = PAGE.format(SAID.format("首席技术官周靖人"))
    found = compare_editions(page, page.replace(old, new), "大会开幕", "大会开幕", known=KNOWN)

    assert found.evidence.changes == ()
    assert found.verdict is VerdictKind.NEAR_COPY


ENGLISH = (
    "Several companies showed new models at a conference in London on Tuesday, and large crowds came to try them out.\n"
    "{} said the new model had improved markedly in reasoning and coding, and would remain open.\nAnalysts believe "
    "that competition has moved from the size of models to cost and use, while regulators watch how data is protected."
)


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        pytest.param("Jane Scott", "Daniel Wright", ("Jane Scott", "Daniel Wright"), id="at the head of a sentence"),
        pytest.param(
            "Lead evangelist Mark Baker", "Lead evangelist Rose Hill", ("Mark Baker", "Rose Hill"), id="office"
        ),
        pytest.param(
            "Head of labs Anna O'Brien", "Head of labs Omar al-Sayed", ("Anna O'Brien", "Omar al-Sayed"), id="marks"
        ),
    ],
)
def test_another_person_in_english_is_named_whole(old: str, new: str, names: tuple[str, str]) -> None:
    assert compare_editions(ENGLISH.format(old), ENGLISH.format(new)).evidence.changes == (names,)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Several companies", "A number of firms"),
        ("Analysts believe", "Observers believe"),
        ("large crowds", "many visitors"),
        ("improved markedly", "become much better"),
        ("on Tuesday", "Tuesday"),
    ],
)
def test_other_words_in_english_are_no_change(old: str, new: str) -> None:
    page = ENGLISH.format("Chief executive Jane Scott")
    assert compare_editions(page, page.replace(old, new)).evidence.changes == ()


@pytest.mark.parametrize(("old", "new"), [("已经从", "以经从"), ("算力供给", "算力供及"), ("需要", "须要")])
def test_a_misspelt_word_is_no_name(old: str, new: str) -> None:
    page = PAGE.format("各方需要时间。")
    assert compare_editions(page, page.replace(old, new)).evidence.changes == ()


def test_a_misspelt_person_is_named_whole() -> None:
    assert changed(SAID.format("首席技术官周靖人"), SAID.format("首席技术官周静人")) == (("周靖人", "周静人"),)


def test_no_piece_of_a_sentence_is_a_name() -> None:
    old = "阿里云11月22日在杭州发布通义千问新一代大模型。新模型上下文长度达到100万字。"
    new = "阿里云22日晚声明，通义千问新一代大模型的发布消息不实，该文予以撤回。"
    assert all("日" not in name for pair in changed(old, new) for name in pair)


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        pytest.param("80款大模型完成备案", "130款大模型完成备案", (("80", "130"),), id="number"),
        pytest.param("周靖人：模型年内开放", "吴泳铭：模型年内开放", (("周靖人", "吴泳铭"),), id="name"),
        pytest.param("通义千问通过备案", "通义千问未通过备案", (("通过", "未通过"),), id="turned round"),
        pytest.param("阿里云发布新模型", "阿里云推出新一代模型", (), id="other words"),
    ],
)
def test_a_title_over_the_same_text_is_compared_too(old: str, new: str, changes: tuple[tuple[str, str], ...]) -> None:
    page = PAGE.format(SAID.format("首席技术官周靖人"))
    found = compare_editions(page, page, old, new, known=KNOWN)

    assert found.evidence.changes == changes
    assert not found.evidence.is_marked


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("阿里云发布新模型", "阿里云否认发布新模型"),
        ("通义千问获批上线", "通义千问被叫停"),
        ("Baidu to license ERNIE Bot", "Baidu denies it will license ERNIE Bot"),
    ],
)
def test_a_title_that_denies_is_marked_and_one_that_always_did_is_not(old: str, new: str) -> None:
    page = PAGE.format(SAID.format("首席技术官周靖人"))

    assert compare_editions(page, page, old, new).evidence.is_marked
    assert not compare_editions(page, page, new, f"{new}（图）").evidence.is_marked


def test_another_text_is_new() -> None:
    other = "某地发布气象预警，提醒市民注意防范。今日晴转多云，气温回升，市民出行需注意防晒补水。" * 5
    assert compare_editions(PAGE.format(""), other).verdict is VerdictKind.NEW
