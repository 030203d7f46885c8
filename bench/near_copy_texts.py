"""Texts to try the near-copy rule on: invented articles, and notices that fill one template.

Every text comes from the random generator it is given; nothing is read from the outside but the sample articles.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from random import Random

__all__ = [
    "SAME_EVENT",
    "TEMPLATES",
    "Fill",
    "chinese_article",
    "company",
    "english_article",
    "printed",
    "sample_articles",
]

SAMPLES = Path(__file__).parent.parent / "tests" / "fixtures" / "seeds"

_TEXTS = tomllib.loads(Path(__file__).with_name("near_copy_texts.toml").read_text(encoding="utf-8"))
_CHINESE = _TEXTS["chinese_words"].split()
_ENGLISH = _TEXTS["english_words"].split()
_COMPANIES = [a + b for a in _TEXTS["chinese_companies"].split() for b in _TEXTS["chinese_trades"].split()]
_SECTORS = _TEXTS["chinese_sectors"].split()
_CITIES = _TEXTS["cities"].split()
_PERSONS = _TEXTS["persons"].split()
_ENGLISH_CITIES = _TEXTS["english_cities"].split(", ")
_ENGLISH_PERSONS = _TEXTS["english_persons"].split(", ")
_ENGLISH_COMPANIES = _TEXTS["english_companies"].split(", ")

TEMPLATES: dict[str, str] = _TEXTS["templates"]
SAME_EVENT: list[dict[str, str]] = _TEXTS["same_event"]

Fill = dict[str, str]


def chinese_article(rng: Random, length: int = 1200) -> str:
    """Return paragraphs of invented Chinese of about ``length`` characters, with a number in most sentences."""
    return _article(rng, length, lambda: _chinese_sentence(rng), "")


def english_article(rng: Random, length: int = 3000) -> str:
    """Return paragraphs of invented English of about ``length`` characters, with a number in most sentences."""
    return _article(rng, length, lambda: _english_sentence(rng), " ")


def sample_articles(least: int = 700) -> list[str]:
    """Return the sample articles cut at line ends into parts of at least ``least`` characters."""
    parts = []
    for path in sorted(SAMPLES.glob("*.txt")):
        lines: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            lines.append(line)
            if sum(map(len, lines)) >= least:
                parts.append("\n".join(lines))
                lines = []
    return parts


def _article(rng: Random, length: int, sentence: Callable[[], str], gap: str) -> str:
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < length:
        paragraphs.append(gap.join(sentence() for _ in range(rng.randint(3, 5))))
    return "\n".join(paragraphs)


def _chinese_sentence(rng: Random) -> str:
    words = rng.sample(_CHINESE, rng.randint(9, 18))
    if rng.random() < 0.7:
        words.insert(rng.randrange(2, 8), f"{rng.randint(11, 9800)}{rng.choice(['个', '万元', '人次', '公里', '项'])}")
    words.insert(len(words) // 2, "，")
    return "".join(words) + "。"


def _english_sentence(rng: Random) -> str:
    start = rng.randrange(len(_ENGLISH) - 4)
    words = _ENGLISH[start : start + 3] + rng.sample(_ENGLISH, rng.randint(10, 18))
    if rng.random() < 0.7:
        words.insert(rng.randrange(3, 9), str(rng.randint(11, 9800)))
    return " ".join(words).capitalize() + "."


def printed(text: str, rng: Random, *, is_english: bool) -> str:
    """Return ``text`` as one more outlet prints it: with its own dateline or byline, counters and editor."""
    lead = rng.choice(_TEXTS["english_leads" if is_english else "leads"])
    tail = rng.choice(_TEXTS["tails"])
    return f"{lead}{{}}{tail}".format(text, **company(rng))


def company(rng: Random) -> Fill:
    """Return values for every field of the templates, invented for one notice."""
    trades = rng.sample(_SECTORS, 2)
    days = {f"d{i}": str(rng.randint(1, 28)) for i in range(1, 5)}
    months = {f"m{i}": str(rng.randint(1, 12)) for i in range(1, 3)}
    prices = {f"p{i}": f"{rng.uniform(0.2, 98):.2f}" for i in range(1, 5)}
    counts = {f"n{i}": str(rng.randint(1000, 9999999)) for i in range(1, 7)}
    percents = {f"n{i}": str(rng.randint(11, 97)) for i in range(7, 11)}
    names = {
        "company": rng.choice(_COMPANIES),
        "name": rng.choice(_ENGLISH_COMPANIES),
        "city": rng.choice(_CITIES),
        "person": rng.choice(_PERSONS),
        "english_city": rng.choice(_ENGLISH_CITIES),
        "english_person": rng.choice(_ENGLISH_PERSONS),
        "code": f"{rng.randint(600000, 603999)}",
        "trade": trades[0],
        "trade2": trades[1],
    }
    return names | days | months | prices | counts | percents
