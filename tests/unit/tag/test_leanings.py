"""What tips a name that nothing of its own decides."""

from __future__ import annotations

import pytest

from monitor.tag.alone import names_alone
from monitor.tag.catalogue import load_catalogue
from monitor.tag.scenes import other_scenes, speaks_of_software
from monitor.tag.tagger import Tagger, make_tagger
from storage.states import Tagging


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return make_tagger()


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("网友吐槽元宝胡说八道", "model:yuanbao"),
        ("Kimi昨晚宕机两小时", "model:kimi"),
        ("豆包自动扣费引投诉", "model:doubao"),
        ("問了豆包一個問題，它答錯了", "model:doubao"),
        ("Claude went down for three hours on Tuesday.", "model:claude"),
        ("印尼宣布暂时封锁Grok", "model:grok"),
        ("A tribunal heard that Perplexity made up two cases.", "model:perplexity"),
    ],
    ids=str,
)
def test_a_bare_name_counts_where_it_is_used_as_a_program(tagger: Tagger, text: str, entity: str) -> None:
    assert entity in {mention.entity for mention in tagger.tag(None, text)}


@pytest.mark.parametrize(
    "text",
    [
        "双胞胎“豆包”和“元宝”满月了",
        "大熊猫“可灵”和“元景”与游客见面",
        "李家两条边牧分别叫Gemma和Claude",
        "Our neighbours have two dogs, Gemma and Claude, and a parrot called Sora.",
        "Claude and Gemma met at a dance in 1951 and answered each other's letters.",
        "古玩市集上，元宝、混元铃摆在一处，摊主说不懂什么人工智能。",
        "女团新成员Sora用中文回答了粉丝的提问。",
        "Gemini交易所下架三种代币，用户须在月底前提现。",
        "The Bard answers that question himself, in the sonnets.",
    ],
    ids=str,
)
def test_names_of_others_do_not_prove_each_other(tagger: Tagger, text: str) -> None:
    assert tagger.tag(None, text) == ()


def test_a_name_borne_once_is_borne_by_the_same_one_all_through_a_text(tagger: Tagger) -> None:
    text = "林家儿子Kimi昨天放学。Kimi的回答让老师笑了。"

    assert tagger.tag(None, text) == ()
    assert all(("somebody's name elsewhere", -2) in one.reasons for one in tagger.explain(None, text)[1:])


@pytest.mark.parametrize("text", ["大家都说好。豆包还是老样子。", "爷爷每天早上跟豆包散步"], ids=str)
def test_a_bare_name_that_is_mostly_a_model_is_unsure(tagger: Tagger, text: str) -> None:
    assert [one.outcome for one in tagger.explain(None, text)] == [Tagging.UNSURE]


def test_a_list_is_used_as_its_first_and_last_names_are(tagger: Tagger) -> None:
    found = {mention.entity for mention in tagger.tag(None, "他用豆包、元宝写检讨")}

    assert found == {"model:doubao", "model:yuanbao"}


def test_scenes_are_told_by_whole_words() -> None:
    assert speaks_of_software("the app store is empty") == "app store"
    assert speaks_of_software("what happens in May") is None
    assert other_scenes("演唱会的门票和票房") == ("演唱会", "票房")
    assert other_scenes("a farmer's dogma") == ()


def test_names_that_tell_alone_are_ambiguous_spellings_of_the_catalogue() -> None:
    known = {name for entity in load_catalogue() for name in (*entity.ambiguous, *entity.common)}

    assert {name for table in names_alone() for name in table} <= known


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("能源集团与华为签约，盘古将用于井下皮带机异物识别。", "model:pangu"),
        ("中国移动说，九天已面向政务、医疗等行业落地。", "model:jiutian"),
        ("中国电信披露，热线应答由星辰承担。", "model:telechat"),
        ("东方财富称妙想全面接入App。", "model:miaoxiang"),
        ("有道题我不会，拍给元宝看，三秒钟出了答案。", "model:yuanbao"),
        ("黑白照片，用可灵动起来了。", "model:kling"),
        ("自动回复是她用扣子搭的。", "model:coze"),
        ("我一边啃豆包一边跟豆包聊天，问它豆沙馅的热量。", "model:doubao"),
        ("奶奶蒸了一锅豆包，顺手问豆包：凉了怎么热？", "model:doubao"),
        ("My accountant swears by Claude. He feeds it receipts.", "model:claude"),
        ("New earbuds summon Gemini with a pinch.", "model:gemini"),
        ("Rivals such as Kling have escaped litigation.", "model:kling"),
        ("The re-count took SAM 2 a weekend.", "model:segment-anything"),
        ("Codex opens three pull requests overnight.", "model:codex"),
        ("Beijing is reviewing Meta's purchase of Manus.", "model:manus"),
    ],
    ids=str,
)
def test_a_duty_or_a_use_that_only_a_product_has_makes_a_mention(tagger: Tagger, text: str, entity: str) -> None:
    assert entity in {mention.entity for mention in tagger.tag(None, text)}


@pytest.mark.parametrize(
    "text",
    [
        "晚饭吃豆包，爸爸问豆包还剩几个。",
        "外婆蒸豆包，表弟啃豆包，一屋子热气。",
        "庙里的元宝将用于年底祭祀。",
        "星火由村民承担看护。",
        "外套的扣子掉了一颗，裁缝用扣子搭了件小摆设。",
        "她拍给儿子豆包看雪景。",
        "My gran swears by Codex tea for coughs.",
        "It took Claude a year to forgive the butcher.",
        "A shaman summoned Claude, and the rain came down.",
        "Rivals such as Kling & Sons stayed out of the price war.",
        "Kim and Claude each told the jury a different story.",
    ],
    ids=str,
)
def test_what_things_and_people_do_makes_none(tagger: Tagger, text: str) -> None:
    assert tagger.tag(None, text) == ()
