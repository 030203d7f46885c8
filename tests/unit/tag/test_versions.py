"""Where a model's name ends, and which version and size it shows."""

from __future__ import annotations

import pytest

from monitor.tag import tag

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


@pytest.mark.parametrize("text", ["装了三块Solar Pro", "We met SAM 2.1", "The Phi-4 fraternity"])
def test_a_number_in_the_spelling_itself_is_no_version_behind_it(text: str) -> None:
    assert tag(None, text) == ()
