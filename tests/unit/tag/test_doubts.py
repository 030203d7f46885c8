"""What speaks against an ambiguous name: places, houses, full names, terms in brackets, companies, other countries."""

from __future__ import annotations

import pytest

from monitor.tag import tag
from monitor.tag.appositions import is_short_for
from monitor.tag.bearers import is_full_name
from monitor.tag.squeeze import squeeze
from monitor.tag.titles import is_law_in_general
from monitor.tag.uses import is_place, names_house


def entities(text: str) -> set[str]:
    return {mention.entity for mention in tag(None, text)}


def place(text: str, name: str) -> tuple[str, int, int]:
    letters = squeeze(text).letters
    start = letters.index(name)
    return letters, start, start + len(name)


@pytest.mark.parametrize(
    "text",
    [
        "星火幼儿园扩招",
        "星火路封闭施工",
        "星火山脚下",
        "“星火”图书馆开馆",
        "星火湘菜馆搬走",
        "“星火”的砂锅粥店",
        "星火热线",
        "星火咖啡馆",
        "星火主题密室",
    ],
    ids=str,
)
def test_a_house_or_a_road_has_a_name_of_its_own(text: str) -> None:
    letters, _, stop = place(text, "星火")
    assert is_place(letters, stop)


@pytest.mark.parametrize("text", ["星火路径规划更快", "星火路演在即", "星火大模型", "星火学生版"], ids=str)
def test_what_a_model_does_is_no_place(text: str) -> None:
    letters, _, stop = place(text, "星火")
    assert not is_place(letters, stop)


@pytest.mark.parametrize(
    ("text", "name", "short"),
    [
        ("广义线性混合模型（GLM）", "GLM", True),
        ("柏林教育研究所（BERT）", "BERT", True),
        ("a Generalized Linear Model (GLM)", "GLM", True),
        ("the Council of Fast Logistics and Urban Xenology (FLUX)", "FLUX", True),
        ("对话语言模型（GLM）", "GLM", False),
        ("Zhipu's open family (GLM)", "GLM", False),
        ("GLM升级", "GLM", False),
    ],
    ids=str,
)
def test_letters_in_brackets_are_short_for_the_term_before_them(text: str, name: str, *, short: bool) -> None:
    assert is_short_for(*place(text, name)) == short


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        ("The studio hired Gemma Doyle", "Gemma", True),
        ("Claude Moreau joined in 2012", "Claude", True),
        ("Sora Kim Lee, who runs tours", "Sora", True),
        ("Claude Haiku costs less", "Claude", False),
        ("They named Claude 3 the best", "Claude", False),
        ("hired Gemma from a rival", "Gemma", False),
    ],
    ids=str,
)
def test_a_full_name_is_told_by_what_people_do(text: str, name: str, *, full: bool) -> None:
    assert is_full_name(*place(text, name)) == full


def test_somebody_with_a_full_name_is_meant_by_the_first_name_too() -> None:
    assert entities("Google hired Gemma Doyle as counsel. Gemma starts in Dublin on Monday.") == set()


@pytest.mark.parametrize(
    "text",
    [
        "智谱、MiniMax相继通过港交所聆讯，人工智能行业融资升温。",
        "MiniMax、智谱双双登陆港股，首日大涨，人工智能股走强。",
        "云从科技高管在会上从容回应质疑。",
        "科大讯飞总部附近的星火幼儿园今年扩招。",
        "Google hired Bard graduate Lena Ortiz.",
    ],
    ids=str,
)
def test_a_maker_nearby_makes_no_model_of_it(text: str) -> None:
    assert entities(text) == set()


@pytest.mark.parametrize(
    ("text", "end", "general"),
    [
        ("AI法规", 3, True),
        ("数据安全法律", 5, True),
        ("人工智能法治", 5, True),
        ("AI法规定", 3, False),
        ("AI法案", 3, False),
    ],
    ids=str,
)
def test_a_law_that_goes_on_as_another_word_is_law_in_general(text: str, end: int, *, general: bool) -> None:
    assert is_law_in_general(text, end) == general


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("歐盟AI法八月起適用，各州AI法規仍不同調。", ("regulation:eu-ai-act",)),
        (
            "韩国的《人工智能基本法》设有罚款，台湾地区通过的“人工智慧基本法”没有罚则。",
            ("regulation:kr-ai-basic-act", "regulation:tw-ai-basic-act"),
        ),
        ("韩国《AI基本法》施行满月，台湾媒体跟进报道。", ("regulation:kr-ai-basic-act",)),
        ("數位部依個資法裁罰電商二百萬元。", ("regulation:tw-pdpa",)),
        ("澳門個資法專家來訪。", ()),
        ("白宮公布「美國AI行動計畫」。", ("regulation:us-ai-action-plan",)),
        ("数据安全法规定，处理者应当报告。", ("regulation:data-security-law",)),
    ],
    ids=str,
)
def test_a_rule_is_that_of_the_country_nearest(text: str, expected: tuple[str, ...]) -> None:
    assert tuple(sorted(entities(text))) == expected


@pytest.mark.parametrize(
    ("text", "maker", "house"),
    [
        ("科大讯飞体育馆今晚满座", "科大讯飞", True),
        ("京东超市打折", "京东", True),
        ("SAP Arena was full", "SAP", True),
        ("科大讯飞体育赛事解说", "科大讯飞", False),
        ("京东发布新模型", "京东", False),
        ("SAP area managers", "SAP", False),
    ],
    ids=str,
)
def test_a_makers_name_may_be_that_of_a_house_or_a_shop(text: str, maker: str, *, house: bool) -> None:
    letters, _, stop = place(text, maker)
    assert names_house(letters, stop) == house


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("讯飞体育馆里，星火女篮赢了", set()),
        ("谷歌大楼对面的Gemini咖啡店要关门了", set()),
        ("The skateboard brand Manus raises $5m.", set()),
        ("AI agent maker Manus raises $75m.", {"model:manus"}),
        ("《流浪星球》里的“智脑”关掉了自己，比AI还像人", set()),
        ("《中国AI应用报告》里的豆包排名第一", {"model:doubao"}),
        ("充气布偶BERT跟另一只Ernie站一起", set()),
        ("用Claude和Gemma做了一晚上", {"model:claude", "model:gemma"}),
        ("“天眼妹妹”是一家农家乐的网名", set()),
        ("天眼妹能回答企业风险问题", {"model:tianyanmei"}),
        ("The Sonar Pro fish finder reads to 40 metres.", set()),
        ("Perplexity's sonar-pro costs more.", {"model:perplexity"}),
    ],
)
def test_what_another_thing_bears_tells_of_no_model(text: str, found: set[str]) -> None:
    assert entities(text) == found
