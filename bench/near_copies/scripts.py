"""Writes Chinese in other characters: Traditional by region, and as a careless converter gets it wrong."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

from bench.near_copies.grammar import TEXTS

__all__ = ["converted", "misconverted"]


def converted(text: str, config: str) -> str:
    """Return ``text`` converted by OpenCC's ``config``: s2t, s2hk, s2tw, s2twp, t2s ..."""
    return str(_converter(config).convert(text))


def misconverted(simplified: str, rng: Random) -> str:
    """Return the text in Traditional characters, one by one; where there are several, any of them, always the same."""
    chosen = {char: rng.choice(others) for char, others in _several().items()}
    convert = _converter("s2t").convert
    return "".join(chosen.get(char) or str(convert(char)) for char in simplified)


@cache
def _several() -> dict[str, str]:
    """Return the Traditional characters that one Simplified stands for; without a dictionary any of them is taken."""
    lines = (TEXTS / "misconverted.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines)


@cache
def _converter(config: str) -> Any:
    from opencc import OpenCC

    return OpenCC(config)
