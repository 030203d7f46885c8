"""Invented Chinese text that is like no other: words in no order, for measuring how much a reader can take."""

from __future__ import annotations

from pathlib import Path
from random import Random

__all__ = ["filler"]

_WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()


def filler(rng: Random, length: int) -> str:
    """Return paragraphs of about ``length`` characters in all, with a number in most sentences."""
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < length:
        paragraphs.append("".join(_sentence(rng) for _ in range(rng.randint(3, 5))))
    return "\n".join(paragraphs)


def _sentence(rng: Random) -> str:
    words = rng.sample(_WORDS, rng.randint(9, 18))
    if rng.random() < 0.7:
        words.insert(rng.randrange(2, 8), f"{rng.randint(11, 9800)}{rng.choice(['个', '万元', '人次', '公里', '项'])}")
    words.insert(len(words) // 2, "，")
    return "".join(words) + "。"
