"""What looks like an untracked model or regulation, what does not, and where it stands."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.discovery import PARTS, labelled
from bench.tagging import FIXTURES, FLOORS, read_rows
from monitor.tag import tag
from monitor.tag.discover import sightings
from storage.fold import name_key
from storage.states import Tagging
from storage.tagged import Considered, Mention

PINNED = json.loads(FLOORS.read_text(encoding="utf-8"))["discovery"]


def names(text: str, *tracked: str, title: str | None = None) -> list[str]:
    mentions = [mention("model", text, name) for name in tracked]
    return [one.name for one in sightings(title, text, mentions)]


def mention(kind: str, text: str, surface: str) -> Mention:
    start = text.index(surface)
    return Mention(
        entity=f"{kind}:x",
        kind=kind,
        field="text",
        surface=surface,
        start=start,
        end=start + len(surface),
        version=None,
        how="alias",
        confidence=0.9,
    )


def test_importing_loads_neither_catalogue_nor_segmenter() -> None:
    code = "import sys, monitor.tag.discover; print(sorted({'jieba', 'ahocorasick_rs', 'yaml'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("该公司发布“映川”大模型。", ["映川"]),
        ("該公司發布「映川」大型語言模型。", ["映川"]),
        ("公司推出映川政务大模型，已在三市试用。", ["映川"]),
        ("映川大模型2.0正式上线。", ["映川"]),
        ("自主研发的映川大模型服务千家医院。", ["映川"]),
        ("开源推理模型Tarvos-2-7B发布。", ["Tarvos"]),
        ("名为“映川”的大模型通过了测试。", ["映川"]),
        ("公司在北京发布“映川大模型”，面向教育。", ["映川"]),
        ("多家银行接入「映川大模型2.0」。", ["映川"]),
        ("“映川”“若木”等服务通过大模型备案。", ["映川", "若木"]),
        ("团队放出Tarvos，一款70亿参数的开源大语言模型。", ["Tarvos"]),
        ("The lab released Tarvos-7B, an open-weight language model.", ["Tarvos"]),
        ("It unveiled a reasoning model called Tarvos.", ["Tarvos"]),
        ("Its Tarvos model has 70 billion parameters and beats other AI systems.", ["Tarvos"]),
        ("在评测中，MedTarvosGPT和TarvosCoder领先于其他大模型。", ["MedTarvosGPT", "TarvosCoder"]),
    ],
    ids=str,
)
def test_name_of_a_model_is_sighted(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("银行接入映川大模型后，客服成本下降。", ["映川"]),
        ("映川大模型正在为门店写文案。", ["映川"]),
        ("有了映川大模型，夜班少了一半。", ["映川"]),
        ("市府導入映川大型語言模型後，公文快了。", ["映川"]),
        ("科技公司谈大模型，学者看好大模型。", []),
        ("映川公司成立十年，映川大模型不会涨价。", []),
        ("交通大模型与长照大模型不必重复建设。", []),
        ("“映川”是一款端侧大模型。", ["映川"]),
        ("若木实验室的映川，是首个儿童大模型。", ["映川"]),
        ("若木公司的员工，是大模型的用户。", []),
        ("开源社区迎来映川-R1，这款推理模型逼近闭源模型。", ["映川"]),
        ("映川-VL-8B已开源，多模态模型再添一员。", ["映川"]),
        ("公司把Tarvos定位为面向法务的大模型。", ["Tarvos"]),
        ("Tarvos-2在长文本上优于同尺寸的开源大模型。", ["Tarvos"]),
        ("Tarvos 2 beat GPT-4o on two benchmarks.", ["Tarvos"]),
        ("Call Tarvos through the API; it has 9 billion parameters.", ["Tarvos"]),
        ("The lab released Tarvos, trained on 4 trillion tokens.", ["Tarvos"]),
        ("Fine-tuned from Llama, Tarvos drafts letters and leads an AI benchmark.", ["Tarvos"]),
        ("Weights for Tarvos-V3 are free, and the LLM is small.", ["Tarvos"]),
        ("Chelsea beat Arsenal, says an AI benchmark.", []),
    ],
    ids=str,
)
def test_name_in_the_middle_of_a_sentence_is_sighted(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("浙江移动的网络运维大模型表现突出。", ["网络运维大模型"]),
        ("公司打造了政务专业大模型。", ["政务专业大模型"]),
        ("产品基于AI文旅大模型打造。", ["AI文旅大模型"]),
        ("多家公司的智能客服大模型降价。", []),
        ("该公司的网络运维大模型在内测。", []),
        ("各地打造行业大模型，企业的通用大模型降价。", []),
        ("公司打造了金融风控大模型“映川”。", ["映川"]),
    ],
    ids=str,
)
def test_model_without_a_name_is_sighted_if_somebody_made_it(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "国产大模型、政务大模型、千亿级多模态大模型加速落地。",
        "公司发布自研大模型，并上线AI文旅大模型。",
        "“百模大战”之后，大模型“幻觉”仍是难题。",
        "不“恋战”大模型，而是深耕行业。",
        "出版社推出“看懂大模型”系列丛书，并发布“行业大模型”。",
        "百度、华为和商汤发布了大模型，OpenAI模型随后更新。",
        "未来大模型落地需要算力，影响大模型发展的因素很多。",
        "特斯拉发布Model Y，秦PLUS车型同日上市，AI座舱受关注。",
        "苹果发布iPhone 17，搭载AI模型的手机增多。",
        "气候模型、回归模型与AI无关。",
        "Frontier models and new AI models need a business model.",
        "Claire Novak, a fashion model, tried an AI assistant.",
        "OpenAI's language model and Google's AI models were tested.",
        "Chief executive Ana Ruiz said AI models will change work.",
    ],
    ids=str,
)
def test_what_only_describes_a_model_stays_out(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("文心一言、通义千问、映川和若木等大模型已接入。", ["映川", "若木"]),
        ("文心一言、通义千问、商汤科技的“映川”、Tarvos-2都已接入。", ["映川", "Tarvos"]),
        ("文心一言、通义千问、智谱、百度等公司已接入。", []),
        ("文心一言、通义千问、语音识别、图像生成等大模型能力。", []),
    ],
    ids=str,
)
def test_list_with_tracked_models_shows_more(text: str, expected: list[str]) -> None:
    assert names(text, "文心一言", "通义千问") == expected


def test_english_list_with_tracked_models_shows_more() -> None:
    text = "Users may choose between ChatGPT, Gemini and Tarvos."

    assert names(text, "ChatGPT", "Gemini") == ["Tarvos"]
    assert "Tarvos" not in names(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《滨海市人工智能应用管理办法（征求意见稿）》公开征求意见。", ["滨海市人工智能应用管理办法"]),
        ("《关于印发〈公共算法治理指引〉的通知》今日公布。", ["公共算法治理指引"]),
        ("「數位平台責任法」草案送交立法院。", ["数位平台责任法"]),
        ("AI生成的图片侵害了《著作权法》保护的作品。", ["著作权法"]),
        ("算法安全依照GB/T 59999-2026评估。", ["GB/T 59999-2026"]),
        ("《网络安全技术 智能体安全规范》（GB/T 59999-2026）发布。", ["网络安全技术 智能体安全规范"]),
        ("欧盟（EU）2026/123号条例也适用于人工智能。", ["(EU) 2026/123"]),
        ("Senators passed the Honest Algorithms Act of 2026.", ["Honest Algorithms Act"]),
        ("Executive Order 14999 covers artificial intelligence.", ["Executive Order 14999"]),
        ("Hochul Signs New York's AI Toys Act Into Law", ["AI Toys Act"]),
        ("《滨海市数据条例草案》提请审议。", ["滨海市数据条例"]),
        ("《個人資料保護法部分條文修正草案》送審，涉人工智慧。", ["个人资料保护法"]),
        ("It closed on Friday. The AI Toys Act passed.", ["AI Toys Act"]),
        ("He spoke in St. Louis. Under the AI Toys Act, makers comply.", ["AI Toys Act"]),
    ],
    ids=str,
)
def test_regulation_is_sighted(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "《关于召开人工智能会议的通知》已下发。",
        "《员工考勤管理办法》与《公司章程》提到了AI。",
        "《人工智能发展报告》《机器学习方法》出版。",
        "新书《人工智能法》由出版社出版，读者众多。",
        "《孙子兵法》被用来训练大模型。",
        "相关《管理办法》《暂行办法》将出台，规范人工智能。",
        "《食品安全国家标准》公布。",
        "Sister Act and a balancing act; Bill Gates spoke of Moore's Law and AI.",
    ],
    ids=str,
)
def test_plain_notices_house_rules_and_works_stay_out(text: str) -> None:
    assert names(text) == []


def test_law_on_other_matters_counts_only_where_ai_is_spoken_of() -> None:
    assert names("《中华人民共和国渔业捕捞法》公布。") == []
    assert names("《中华人民共和国渔业捕捞法》公布，首次提到人工智能。") == ["渔业捕捞法"]


def test_declared_short_form_of_a_title_is_not_another_name() -> None:
    text = "《滨海市人工智能应用管理办法》（以下简称《应用办法》）公布，《应用办法》共六章。"

    assert names(text) == ["滨海市人工智能应用管理办法"]


def test_what_the_tagger_found_or_refused_is_left_out() -> None:
    text = "公司发布“映川”大模型，映川大模型2.0正式上线。"
    found = mention("model", text, "映川")
    refused = Considered(
        entity=found.entity,
        kind=found.kind,
        field=found.field,
        surface=found.surface,
        start=found.start,
        end=found.end,
        outcome=Tagging.NO,
        reasons=(),
    )

    assert sightings(None, text, [found]) == ()
    assert sightings(None, text, [], [refused]) == ()


def test_title_with_a_tracked_name_inside_is_tracked_only_where_that_ends_it() -> None:
    inside = "《滨海市人工智能法实施细则》公布。"
    whole = "《滨海市人工智能法（草案）》公布。"

    assert len(sightings(None, inside, [mention("regulation", inside, "人工智能法")])) == 1
    assert sightings(None, whole, [mention("regulation", whole, "人工智能法")]) == ()


def test_sighting_has_its_place_in_the_title_or_the_text() -> None:
    title, text = "「映川」大模型上線", "第一段。\n公司说，「映川」大模型今日上线。"

    found = sightings(title, text, ())

    assert [(one.field, one.start, one.end, one.name) for one in found] == [
        ("title", 1, 3, "映川"),
        ("text", 10, 12, "映川"),
    ]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("映川", "映川"),
        ("Tarvos-X", "tarvos x"),
        ("ＴＡＲＶＯＳ", "Tarvos"),
        ("靈犀·晓", "灵犀晓"),
        ("GB/T 59999", "GB/T59999"),
    ],
    ids=str,
)
def test_spellings_of_one_name_share_a_key(left: str, right: str) -> None:
    assert name_key(left) == name_key(right) != ""


@pytest.mark.parametrize("text", ["", "\n", "模型", "《", "《》", "“”大模型", "-7B", "Act", "、、、大模型"], ids=repr)
def test_empty_and_odd_texts_show_nothing(text: str) -> None:
    assert sightings(None, text, ()) == ()


PIECES = [
    "《",
    "》",
    "〈",
    "“",
    "”",
    "大模型",
    "模型",
    "、",
    "发布",
    "Ab",
    "Ab-7B",
    " ",
    "\n",
    "(",
    "Act",
    "the ",
    "备案",
    "映川",
    "2.0",
    "等",
    "model, a ",
]


@pytest.mark.parametrize(
    "unit",
    [
        "模型",
        "大模型",
        "大模型\n",
        "“紫竹”大模型",
        "模型“",
        "Act ",
        "《数据安全法》",
        "ChatGPT、",
        "ChatGPT, Claude and ",
    ],
)
def test_hostile_text_costs_by_its_length(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    found = [
        _moved(mention("model", match[0], match[0]), match.start()) for match in re.finditer("ChatGPT|Claude", text)
    ]
    start = time.process_time()

    sightings(None, text, found)

    assert time.process_time() - start < 2  # seconds; the square of the length takes longer


def _moved(one: Mention, by: int) -> Mention:
    return replace(one, start=one.start + by, end=one.end + by)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.text(max_size=20))
def test_every_surface_is_the_text_at_its_place_and_none_overlap(mixed: str, odd: str) -> None:
    text = mixed + odd

    found = sightings(mixed, text, ())

    assert all((mixed if one.field == "title" else text)[one.start : one.end] == one.surface for one in found)
    in_text = [(one.start, one.end) for one in found if one.field == "text"]
    assert all(left[1] <= right[0] for left, right in pairwise(in_text))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000", ["政务专业大模型"]),
        ("001", []),
        ("002", []),
        ("003", ["工業缺陷檢測領域大模型", "AI文旅大模型"]),
        ("004", ["亚运保障网络运维大模型", "网络运维大模型"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_samples_show_only_the_models_without_a_name(name: str, expected: list[str]) -> None:
    path = next((FIXTURES / "seeds").glob(f"{name}*.txt"))
    text = path.read_bytes().decode("utf-8")

    assert [one.surface for one in sightings(None, text, tag(None, text))] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000", {"ChatGLM", "ChatGPT", "MYAI", "天眼妹", "文心", "文心一言"}),
        (
            "001",
            {
                "ChatGPT",
                "K-PLUG",
                "Vega",
                "商汤日日新",
                "文心一言",
                "文心千帆",
                "星火",
                "盘古",
                "知海图AI",
                "言犀",
                "通义千问",
            },
        ),
        ("002", {"ChatGPT", "携程问道", "星火", "盘古", "生成式人工智能服务管理暂行办法"}),
        ("003", {"ChatGPT", "MT-WorkGPT", "互联网信息服务深度合成管理规定"}),
        ("004", {"AlphaGo", "Bard", "ChatGPT", "Llama", "文心一言", "盘古", "生成式人工智能服务管理暂行办法"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_samples_show_these_names_were_nothing_tracked(name: str, expected: set[str]) -> None:
    """No slogan and no general description is among them."""
    path = next((FIXTURES / "seeds").glob(f"{name}*.txt"))
    found = sightings(None, path.read_bytes().decode("utf-8"), ())

    assert {one.name for one in found if "without a name" not in one.how} == expected


@pytest.mark.parametrize("part", sorted(PARTS))
def test_figures_of_the_labelled_texts_hold(part: str) -> None:
    result = labelled(read_rows(PARTS[part]))

    assert result["recall"] >= PINNED[part]["recall"]
    assert result["precision"] >= PINNED[part]["precision"]
    assert result["loud"] <= PINNED[part]["max_loud"]
