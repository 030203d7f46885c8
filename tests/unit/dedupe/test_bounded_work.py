"""Texts made to be slow: the comparison stands in the writer's transaction, and no text may hold it up."""

from __future__ import annotations

from random import Random

import pytest

from monitor.dedupe import compare

LENGTH = 100_000
PIECES = (
    "7月",
    "7月3日电",
    "第9号",
    "(601570)",
    "【报】",
    "一二三",
    "1,234.5万 ",
    "1-",
    "2O0",
    "a.",
    "a b ",
    "the ",
    "By Ann Lee and ",
    "By A-A",
    "John van der ",
    "United Kingdom of ",
    "May 3, 2021 ",
    "two hundred ",
    "contributed to this ",
    "update 2-",
    "更正：",
    "截至",
    "apply by ",
    "http://a.b/",
    "(",
    "“",
    " \n",
)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", PIECES, ids=ascii)
def test_one_piece_again_and_again_is_compared_at_once(piece: str) -> None:
    text = piece * (LENGTH // len(piece))
    half = LENGTH // 2

    compare(text, f"{text[:half]}中国石油 announced{text[half:]}", text[:300], text[:200])
    compare(text, text.replace(piece[-1], f"{piece[-1]}x", 500), text[:300])


@pytest.mark.timeout(20)
@pytest.mark.parametrize("seed", range(4))
def test_pieces_at_random_with_scattered_edits_are_compared_at_once(seed: int) -> None:
    rng = Random(seed)
    text = "".join(rng.choices(PIECES, k=LENGTH // 4))[:LENGTH]
    edited = "".join(char if rng.random() > 0.03 else rng.choice("字x7（ ") for char in text)

    compare(text, edited, text[:300], edited[:200])
