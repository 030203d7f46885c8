"""What counts as a mention, where it begins and ends, and which version it shows."""

from __future__ import annotations

import subprocess
import sys

import pytest

from monitor.tag import explain, tag
from monitor.tag.catalogue import EntitySettings
from storage.states import Tagging
from storage.tagged import Mention


def found(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(one.surface, one.entity.partition(":")[2]) for one in tag(title, text)]


def test_importing_the_package_loads_neither_automaton_nor_segmenter() -> None:
    code = "import sys, monitor.tag; print(sorted({'jieba', 'ahocorasick_rs', 'yaml'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_title_and_text_have_their_own_offsets() -> None:
    assert tag("文心一言升级", "百度说，文心一言4.0上线。") == (
        Mention(
            entity="model:ernie-bot",
            kind="model",
            field="title",
            surface="文心一言",
            start=0,
            end=4,
            version=None,
            how="alias",
            confidence=0.98,
        ),
        Mention(
            entity="model:ernie-bot",
            kind="model",
            field="text",
            surface="文心一言4.0",
            start=4,
            end=11,
            version="4.0",
            how="alias",
            confidence=0.98,
        ),
    )


def test_a_name_does_not_run_across_title_and_text() -> None:
    assert found("一言既出", title="文心") == []


@pytest.mark.parametrize(("title", "text"), [(None, ""), ("", ""), ("\n", "\x00\u0001"), (None, "《《〈")])
def test_empty_and_odd_texts_have_no_mentions(title: str | None, text: str) -> None:
    assert tag(title, text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到了GPT4这样的规模", [("GPT4", "gpt-4")]),
        ("用Chat GPT写作", [("Chat GPT", "chatgpt")]),
        ("ＣｈａｔＧＰＴ爆火", [("ＣｈａｔＧＰＴ", "chatgpt")]),
        ("“文心一言”(ERNIE Bot)", [("文心一言", "ernie-bot"), ("ERNIE Bot", "ernie-bot")]),
        ("GPT4All是一个桌面软件", []),
        ("myChatGPT", []),
        ("ChatGPTs", []),
        ("𠮷ChatGPT𠮷", [("ChatGPT", "chatgpt")]),
        ("文心一\u200b言上线", [("文心一\u200b言", "ernie-bot")]),
        ("接受文心\n一言的测试", [("文心\n一言", "ernie-bot")]),
        ("書生·浦語開源", [("書生·浦語", "internlm")]),
        ("“通义”“千问”", []),
    ],
    ids=str,
)
def test_edges_and_separators(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "surface", "version"),
    [
        ("文心大模型3.0发布", "文心大模型3.0", "3.0"),
        ("星火认知大模型V2.0升级", "星火认知大模型V2.0", "V2.0"),
        ("“通义千问”2.5发布", "通义千问", "2.5"),
        ("发布GPT-4o mini版", "GPT-4o mini", "4o mini"),
        ("GPT‑4.1面世", "GPT‑4.1", "4.1"),
        ("DeepSeek-V3.2-Exp开源", "DeepSeek-V3.2-Exp", "V3.2-Exp"),
        ("Kimi K2 Thinking开源", "Kimi K2 Thinking", "K2 Thinking"),
        ("Claude Opus 4.5发布", "Claude Opus 4.5", "4.5"),
        ("Gemini 2.5 Pro发布", "Gemini 2.5 Pro", "2.5 Pro"),
        ("DeepSeek-R1开源", "DeepSeek-R1", "R1"),
        ("调用gpt-3.5-turbo接口", "gpt-3.5-turbo", "3.5-turbo"),
        ("OpenAI发布o3-mini", "o3-mini", "o3-mini"),
        ("OpenAI发布o1-pro", "o1-pro", "o1-pro"),
        ("升级到o4-mini-high", "o4-mini-high", "o4-mini-high"),
        ("o1-preview上线", "o1-preview", "o1-preview"),
        ("OpenAI o3上线", "OpenAI o3", "o3"),
        ("文心一言企业版内测", "文心一言企业版", "企业版"),
        ("文心一言10万用户", "文心一言", None),
        ("ChatGPT 2023年走红", "ChatGPT", None),
        ("ChatGPT有1.8万亿参数", "ChatGPT", None),
    ],
    ids=str,
)
def test_version_is_read_behind_the_name(text: str, surface: str, version: str | None) -> None:
    assert [(one.surface, one.version) for one in tag(None, text)] == [(surface, version)]


@pytest.mark.parametrize(
    "text",
    ["“盘古”大模型", "华为“盘古”", "盤古大模型", "「盤古」大模型", "盘古 大模型", "盘古矿山大模型", "“盘古”矿山大模型"],
)
def test_quotes_and_script_do_not_change_the_entity(text: str) -> None:
    assert [entity for _, entity in found(text)] == ["pangu"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Meta发布Llama，开源社区沸腾", ["llama"]),
        ("Meta's petting zoo has a llama, said the model", []),
        ("the palm of my language model", []),
        ("Google says PaLM is a language model", ["palm"]),
        ("the google gemini model", ["gemini"]),
    ],
)
def test_a_common_noun_is_told_by_its_case(text: str, expected: list[str]) -> None:
    assert [entity for _, entity in found(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "星星之火，可以燎原",
        "星火燎原的大模型产业",
        "《天工开物》用AI展出",
        "MiniMax、智谱AI这7家AI公司发布了大模型",
        "百川智能发布了大模型白皮书",
        "《问道》手游上线，携程用户有优惠",
        "设备可灵活调整视频生成参数",
        "Claude Monet painted; the museum uses an AI model",
        "盘古开天的神话里有大模型吗",
        "一幅混元主题的国画悬挂在通义厅，席间有豆包、元宝形状的糕点。",
        "人工智能专家在年货节上吃豆包，称大模型无法替代味道",
        "大模型工程师返乡，端上一笼热腾腾的豆包",
        "AI博览会上摆着一锭元宝",
        "庙会上有豆包和饺子，也有大模型展台",
        "展台上摆满豆包、元宝、海螺，三样都卖得好",
        "庙里供着混元和元宝",
    ],
)
def test_homograph_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_an_ambiguous_name_counts_beside_its_maker_and_not_beside_a_neutral_word() -> None:
    assert found("华为推出“盘古”") == [("盘古", "pangu")]
    assert found("他们推出“盘古”") == []


def test_a_name_sure_in_one_place_is_sure_in_the_whole_text() -> None:
    far = "。" + "天气很好。" * 60

    assert found(f"火山引擎发布“火山方舟”大模型平台{far}基于“方舟”大模型，企业可以试用。")[-1] == (
        "方舟",
        "volcengine-ark",
    )
    assert found(f"讯飞星火大模型发布{far}星火的用户很多。")[-1] == ("星火", "xunfei-xinghuo")


def test_models_in_one_list_vouch_for_each_other() -> None:
    assert [entity for _, entity in found("ChatGPT、豆包和混元都能写诗")] == ["chatgpt", "doubao", "hunyuan"]
    assert [entity for _, entity in found("元宝、豆包、千问春节大战")] == ["yuanbao", "doubao", "tongyi-qianwen"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("豆包、文心一言、Kimi", ["doubao", "ernie-bot", "kimi"]),
        ("大模型混战，豆包、元宝都在投流", ["doubao", "yuanbao"]),
        ("“我每天都问Kimi和豆包。”小李说。AI助手正在改变职场。", ["kimi", "doubao"]),
        ("腾讯混元升级，元宝同步接入", ["hunyuan", "yuanbao"]),
        ("元宝遇见混元", []),
        ("元宝接入混元", ["yuanbao", "hunyuan"]),
        ("字节跳动AI助手豆包吃透了财报", ["doubao"]),
        ("豆包大模型状态良好", ["doubao"]),
        ("字节的豆包形成了新格局，AI用户过亿", ["doubao"]),
        ("Kimi、豆包送粽子红包，AI应用大战", ["kimi", "doubao"]),
        ("字节为豆包、即梦上线造型生成功能，大模型升级", ["doubao", "jimeng"]),
        ("工程师说每一个豆包用户都在用大模型", ["doubao"]),
    ],
    ids=str,
)
def test_only_what_is_decided_vouches_for_what_is_open(text: str, expected: list[str]) -> None:
    assert [entity for _, entity in found(text)] == expected


def test_pinyin_put_in_by_copying_sites_is_skipped() -> None:
    assert found("大模型完成備(bèi)案") == [("備(bèi)案", "genai-service-filing")]


def test_explain_shows_what_spoke_for_and_against() -> None:
    (considered,) = explain(None, "红薯和豆包都好吃，AI也这么说")

    assert (considered.entity, considered.surface, considered.outcome) == ("model:doubao", "豆包", Tagging.NO)
    assert ("against it: 好吃", -2) in considered.reasons


ACME = EntitySettings(id="company:acme", name="Acme", aliases=("Acme", "艾克米"))


def test_a_watched_entity_is_found_beside_the_shipped_ones() -> None:
    mentions = tag("艾克米與文心一言", "Acme发布了新品，ACME股价上涨，acme不算。", (ACME,))

    assert [(one.entity, one.kind, one.surface) for one in mentions] == [
        ("company:acme", "company", "艾克米"),
        ("model:ernie-bot", "model", "文心一言"),
        ("company:acme", "company", "Acme"),
        ("company:acme", "company", "ACME"),
    ]


def test_a_watched_entity_replaces_the_shipped_one_of_its_id() -> None:
    own = EntitySettings(id="model:doubao", name="豆包", aliases=("豆包牌大模型",))

    assert tag(None, "字节跳动发布豆包大模型", (own,)) == ()
    assert [one.surface for one in tag(None, "豆包牌大模型", (own,))] == ["豆包牌大模型"]


def test_a_watched_company_inside_a_model_name_is_found_too() -> None:
    huawei = EntitySettings(id="company:huawei", name="华为")

    entities = {one.entity for one in tag(None, "华为盘古发布", (huawei,))}

    assert entities == {"company:huawei", "model:pangu"}


def test_an_ambiguous_watched_name_needs_its_cue() -> None:
    apple = EntitySettings(
        id="company:apple", name="苹果公司", ambiguous=("苹果",), cues=("手机",), negative_cues=("水果",)
    )

    assert [one.surface for one in tag(None, "苹果发布了新手机", (apple,))] == ["苹果"]
    assert tag(None, "苹果很甜", (apple,)) == ()
    assert tag(None, "水果店里的苹果和手机", (apple,)) == ()
