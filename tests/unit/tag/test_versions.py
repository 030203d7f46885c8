"""Where a model's name ends, and which version and size it shows."""

from __future__ import annotations

import pytest

from monitor.tag import tag
from monitor.tag.labels import read_label
from monitor.tag.versions import extend

CASES: list[tuple[str, str, str | None, str | None]] = [
    ("华为盘古大模型3.0发布", "华为盘古大模型3.0", "3.0", None),
    ("昆仑万维“天工”3.5大模型发布", "天工", "3.5", None),
    ("GPT4V来了", "GPT4V", "4V", None),
    ("Qwen2.5-72B开源", "Qwen2.5-72B", "2.5", "72B"),
    ("Qwen2.5-72B-Instruct开源", "Qwen2.5-72B-Instruct", "2.5-Instruct", "72B"),
    ("DeepSeek V3.2-Speciale", "DeepSeek V3.2-Speciale", "V3.2-Speciale", None),
    ("DeepSeek-R1-0528", "DeepSeek-R1-0528", "R1-0528", None),
    ("Qwen3-235B-A22B", "Qwen3-235B-A22B", "3", "235B-A22B"),
    ("Qwen3-235B-A22B-Instruct-2507", "Qwen3-235B-A22B-Instruct-2507", "3-Instruct-2507", "235B-A22B"),
    ("Qwen3-0.6B", "Qwen3-0.6B", "3", "0.6B"),
    ("Llama 3.1 405B", "Llama 3.1 405B", "3.1", "405B"),
    ("Meta Llama 70B", "Meta Llama 70B", None, "70B"),
    ("Mixtral 8x7B", "Mixtral 8x7B", None, "8x7B"),
    ("Falcon 40B", "Falcon 40B", None, "40B"),
    ("SmolLM2-135M", "SmolLM2-135M", "2", "135M"),
    ("ERNIE 4.5-21B-A3B", "ERNIE 4.5-21B-A3B", "4.5", "21B-A3B"),
    ("混元7B大模型", "混元7B大模型", None, "7B"),
    ("GLM-4.5-Air", "GLM-4.5-Air", "4.5-Air", None),
    ("Claude Sonnet 4.5", "Claude Sonnet 4.5", "4.5", None),
    ("o3-mini", "o3-mini", "o3-mini", None),
    ("百度文心4.5 Turbo", "百度文心4.5 Turbo", "4.5 Turbo", None),
    ("字节豆包App的1.6版本上线", "字节豆包App", "1.6", None),
    ("百度文心大模型70亿参数", "百度文心大模型", None, None),
    ("Meta Llama 70亿参数", "Meta Llama", None, None),
    ("GPT-4 2024年", "GPT-4", "4", None),
]


@pytest.mark.parametrize(("text", "surface", "version", "size"), CASES, ids=[case[0] for case in CASES])
def test_version_and_size_are_told_apart(text: str, surface: str, version: str | None, size: str | None) -> None:
    assert [(one.surface, one.version, one.size) for one in tag(None, text)] == [(surface, version, size)]


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("通义千问Qwen3-Coder-480B-A35B-Instruct", "Coder-Instruct"),
        ("DeepSeek-V3.2-Exp", "Exp"),
        ("Claude Opus 4.5", "Opus"),
        ("文心一言4.0", None),
    ],
)
def test_the_words_of_a_sub_model_are_shown_apart_too(text: str, variant: str | None) -> None:
    assert tag(None, text)[-1].variant == variant


@pytest.mark.parametrize("text", ["装了三块Solar Pro", "We met SAM 2.1", "The Phi-4 fraternity"])
def test_a_number_in_the_spelling_itself_is_no_version_behind_it(text: str) -> None:
    assert tag(None, text) == ()


NAMES: list[tuple[str, str, str | None, str | None, str | None]] = [
    ("MiniCPM", "-V 2.6", "2.6", "V", None),
    ("MiniCPM", "4-8B", "4", None, "8B"),
    ("MiniCPM", "-o-4.5", "4.5", "o", None),
    ("Nemotron", "-Super-49B", None, "Super", "49B"),
    ("Nemotron", " 3 Nano 30B-A3B", "3", "Nano", "30B-A3B"),
    ("Qwen", "3-Next-80B-A3B", "3", "Next", "80B-A3B"),
    ("Qwen", "3-Max-Thinking", "3", "Max-Thinking", None),
    ("Qwen", "3-4B-Instruct-2507", "3", "Instruct-2507", "4B"),
    ("Qwen", "2-VL-72B", "2", "VL", "72B"),
    ("Qwen", "2.5-Coder-32B", "2.5", "Coder", "32B"),
    ("Qwen", "3-Coder-Next", "3", "Coder-Next", None),
    ("Qwen", "3.5-Plus", "3.5", "Plus", None),
    ("Qwen-Image", "-Edit-2511", None, "Image-Edit-2511", None),
    ("Qwen-VL", "-Max", None, "VL-Max", None),
    ("Qwen", "3-TTS", "3", "TTS", None),
    ("QwQ", "-32B-Preview", None, "Preview", "32B"),
    ("GLM-4", ".5-Air", "4.5", "Air", None),
    ("GLM-4", ".7-Flash", "4.7", "Flash", None),
    ("GLM-Z1", "-Air", "Z1", "Air", None),
    ("GLM-4", "-Plus", "4", "Plus", None),
    ("GLM-4", ".1V-9B-Thinking", "4.1V", "Thinking", "9B"),
    ("ChatGLM", "2-6B-32K", "2", "32K", "6B"),
    ("Kimi K2", " Turbo Preview", "K2", "Turbo Preview", None),
    ("Kimi", " k1.5", "k1.5", None, None),
    ("Kimi-VL", "-A3B-Thinking", None, "VL-Thinking", "A3B"),
    ("Kimi-K2", "-Base", "K2", "Base", None),
    ("文心", "4.5 Turbo", "4.5", "Turbo", None),
    ("文心大模型", "5.0", "5.0", None, None),
    ("文心大模型", "X1 Turbo", "X1", "Turbo", None),
    ("ERNIE-4.5", "-300B-A47B-Base", "4.5", "Base", "300B-A47B"),
    ("ERNIE-4.5", "-21B-A3B-Thinking", "4.5", "Thinking", "21B-A3B"),
    ("ERNIE-X1", ".1-Preview", "X1.1", "Preview", None),
    ("Doubao", "-1.5-pro-256k", "1.5", "pro-256k", None),
    ("Doubao", "-pro-32k", None, "pro-32k", None),
    ("豆包大模型", "1.5 Pro", "1.5", "Pro", None),
    ("Doubao", "-1.5-vision-pro", "1.5", "vision-pro", None),
    ("Doubao-Seed", "-1.6-thinking", "1.6", "thinking", None),
    ("Doubao-Seed", "-Code", None, "Code", None),
    ("Llama 3", ".3 70B Instruct Turbo", "3.3", "Instruct Turbo", "70B"),
    ("Llama-3", ".2-90B-Vision-Instruct", "3.2", "Vision-Instruct", "90B"),
    ("Llama 4", " Scout 17B", "4", "Scout", "17B"),
    ("Llama 4", " Behemoth", "4", "Behemoth", None),
    ("Llama Guard", " 3 8B", "3", None, "8B"),
    ("Llama-2", "-7b-chat-hf", "2", "chat-hf", "7b"),
    ("DeepSeek-R1", "-0528", "R1-0528", None, None),
    ("DeepSeek-R1", "-Zero", "R1", "Zero", None),
    ("DeepSeek-R1", "-Lite-Preview", "R1", "Lite-Preview", None),
    ("DeepSeek V3", ".2-Exp", "V3.2", "Exp", None),
    ("DeepSeek-V3", ".2-Speciale", "V3.2", "Speciale", None),
    ("DeepSeek-V2", ".5-1210", "V2.5-1210", None, None),
    ("DeepSeek-R1", "-Distill", "R1", "Distill", None),
    ("DeepSeek-Math", "-V2", "V2", "Math", None),
    ("GPT-5", ".2-Codex", "5.2", "Codex", None),
    ("GPT-5", ".2 Pro", "5.2", "Pro", None),
    ("GPT-5-Codex", "-Mini", "5", "Codex-Mini", None),
    ("GPT-5", ".1 Instant", "5.1", "Instant", None),
    ("GPT-4", "o Realtime", "4o", "Realtime", None),
    ("gpt-4", "o-audio-preview", "4o", "audio-preview", None),
    ("GPT-4", " Turbo", "4", "Turbo", None),
    ("gpt-4", "-32k", "4", "32k", None),
    ("gpt-3.5", "-turbo-16k", "3.5", "turbo-16k", None),
    ("o4-mini", "-high", "o4", "mini-high", None),
    ("o3-pro", "", "o3", "pro", None),
    ("gpt-oss", "-20b", None, None, "20b"),
    ("Claude Opus", " 4.6", "4.6", "Opus", None),
    ("Claude 3", ".7 Sonnet Thinking", "3.7", "Sonnet Thinking", None),
    ("claude-3", "-5-sonnet-20241022", "3-5", "sonnet-20241022", None),
    ("Claude Haiku", " 4.5", "4.5", "Haiku", None),
    ("Gemini", " 2.0 Flash Thinking", "2.0", "Flash Thinking", None),
    ("Gemini 2.5", " Flash Image", "2.5", "Flash Image", None),
    ("gemini-2.5", "-pro-preview-05-06", "2.5", "pro-preview-05-06", None),
    ("Gemini 1.5", " Flash-8B", "1.5", "Flash", "8B"),
    ("Gemma-3", "-12b-it", "3", "it", "12b"),
    ("Gemma 3n", " E4B", "3n", None, "E4B"),
    ("腾讯混元", "-T1", "T1", None, None),
    ("腾讯混元", " 2.0 Think", "2.0", "Think", None),
    ("Hunyuan", "-7B-Instruct", None, "Instruct", "7B"),
    ("Hunyuan", "-TurboS-20250416", None, "TurboS-20250416", None),
    ("Hunyuan", "-MT-7B", None, "MT", "7B"),
    ("盘古", "5.5", "5.5", None, None),
    ("华为盘古", "Ultra MoE", None, "Ultra MoE", None),
    ("盘古", "Pro MoE 72B", None, "Pro MoE", "72B"),
    ("华为盘古", "5.0", "5.0", None, None),
    ("讯飞星火", "X1", "X1", None, None),
    ("讯飞星火", "Max", None, "Max", None),
    ("SenseNova", " V6 Reasoner", "V6", "Reasoner", None),
    ("InternVL", "2.5-78B-MPO", "2.5", "MPO", "78B"),
    ("Intern-S1", "-Pro", "S1", "Pro", None),
    ("Mistral Large", " 3", "3", "Large", None),
    ("Mistral-Small", "-24B-Instruct-2501", None, "Small-Instruct-2501", "24B"),
    ("Mixtral", "-8x7B-Instruct-v0.1", "v0.1", "Instruct", "8x7B"),
    ("Mistral Medium", " 3.1", "3.1", "Medium", None),
    ("Grok 4", " Heavy", "4", "Heavy", None),
    ("grok-3", "-mini-beta", "3", "mini-beta", None),
    ("MiMo-7B", "-RL", None, "RL", "7B"),
    ("MiniMax-M2", ".5-Lightning", "M2.5", "Lightning", None),
    ("MiniMax-Text-01", "", "01", "Text", None),
    ("可灵", "2.5 Turbo", "2.5", "Turbo", None),
    ("可灵", "3.0 Omni", "3.0", "Omni", None),
    ("Wan2.1", "-T2V-14B", "2.1", "T2V", "14B"),
    ("Wan2.2", "-Animate-14B", "2.2", "Animate", "14B"),
    ("Seedream", " 4.5", "4.5", None, None),
    ("LongCat-Flash", "-Chat", None, "Flash-Chat", None),
    ("Ling-1T", "", None, None, "1T"),
    ("Ling", "-2.5-1T", "2.5", None, "1T"),
    ("Yi-1.5", "-34B-Chat", "1.5", "Chat", "34B"),
    ("Baichuan", "2-13B-Chat", "2", "Chat", "13B"),
    ("Baichuan-M2", "-32B", "M2", None, "32B"),
    ("EXAONE", " 4.0 32B", "4.0", None, "32B"),
    ("Phi-4-mini", "-instruct", "4", "mini-instruct", None),
    ("OLMo 2", " 32B Instruct", "2", "Instruct", "32B"),
    ("Olmo 3", " Think 32B", "3", "Think", "32B"),
    ("SmolLM3", "-3B", "3", None, "3B"),
    ("Falcon-H1", "-34B-Instruct", "H1", "Instruct", "34B"),
    ("Jamba Large", " 1.7", "1.7", "Large", None),
    ("Veo 3", ".1 Fast", "3.1", "Fast", None),
    ("Stable Diffusion", " 3.5 Large Turbo", "3.5", "Large Turbo", None),
    ("Stable Diffusion", " XL Turbo", None, "XL Turbo", None),
    ("FLUX.1", " Kontext", "1", "Kontext", None),
    ("FLUX.2", "", "2", None, None),
    ("StarCoder2", "-15B-Instruct", "2", "Instruct", "15B"),
    ("文心一言", "4.0", "4.0", None, None),
    ("文心一言", "专业版", None, "专业版", None),
    ("通义千问", "2.5-72B", "2.5", None, "72B"),
    ("通义千问", "Max", None, "Max", None),
    ("百川大模型", "4 Turbo", "4", "Turbo", None),
]
"""A spelling, what stands behind it, and version, variant and size that both show."""


@pytest.mark.parametrize(
    ("spelling", "behind", "number", "variant", "size"), NAMES, ids=[f"{one[0]}{one[1]}" for one in NAMES]
)
def test_version_variant_and_size_are_read_each_by_itself(
    spelling: str, behind: str, number: str | None, variant: str | None, size: str | None
) -> None:
    extent = extend(spelling + behind, 0, len(spelling))

    assert (extent.number, extent.variant, extent.size) == (number, variant, size)
    assert extent.end == len(spelling + behind)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("GPT-4-Powered assistants", "GPT-4"),
        ("a GPT-4-based tool", "GPT-4"),
        ("DeepSeek-R1-Distill-Qwen-32B", "DeepSeek-R1-Distill"),
        ("GPT-4 128 users", "GPT-4"),
        ("GPT-5 2025年发布", "GPT-5"),
        ("Llama 3 100M downloads", "Llama 3"),
        ("GPT-4-API涨价", "GPT-4"),
        ("百度文心大模型4月更新", "百度文心大模型"),
    ],
)
def test_what_is_no_part_of_the_name_is_left_out(text: str, surface: str) -> None:
    assert tag(None, text)[0].surface == surface


def test_an_unknown_word_that_begins_a_tracked_name_is_no_variant() -> None:
    text = "GPT-4-Qwen3"

    assert extend(text, 0, 5).end == len(text)
    assert extend(text, 0, 5, names=frozenset({6})).end == 5


def test_a_chain_of_pieces_without_end_is_cut() -> None:
    assert extend("GPT-4" + "-AB" * 1000, 0, 5).end < 100


@pytest.mark.parametrize("written", ["", "-", "企业", "--", " 4", "-V", "Turbo Turbo"])
def test_any_text_can_be_read_as_a_label(written: str) -> None:
    label = read_label(written)

    assert all(part is None or part.strip() for part in (label.version, label.variant, label.size, label.told))
