"""Puts site furniture round and between the paragraphs of a text, as outlets do when they print it again."""

from __future__ import annotations

import re
from functools import cache
from random import Random

from bench.near_copies.grammar import TEXTS, Language, form

__all__ = ["furnished", "headline", "line", "lines_between", "printed", "stubbed"]


@cache
def _lines(language: Language) -> dict[str, tuple[str, ...]]:
    """Return the lines of ``texts/furniture_{language}.txt`` by section."""
    text = (TEXTS / f"furniture_{language}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"^=== ", text, flags=re.MULTILINE)[1:]
    heads = (block.strip().split("\n") for block in blocks)
    return {name: tuple(lines) for name, *lines in heads}


def line(section: str, language: Language, rng: Random) -> str:
    """Return one line of a section: ``dateline``, ``head``, ``tail``, ``furniture``, ``inserted``, ``note`` ..."""
    return form(rng.choice(_lines(language)[section]), language, rng)


def printed(body: str, language: Language, rng: Random) -> str:
    """Return ``body`` as one outlet prints it: its own dateline or head, and perhaps a line at the end."""
    gap = "" if language == "zh" else " "
    text = line("dateline", language, rng) + gap + body if rng.random() < 0.6 else body
    if text == body or rng.random() < 0.4:
        text = f"{line('head', language, rng)}\n{text}"
    return f"{text}\n{line('tail', language, rng)}" if rng.random() < 0.7 else text


def headline(title: str, language: Language, rng: Random) -> str:
    """Return the title as another outlet gives it: mostly as it was, else with its own name, or shortened."""
    chance = rng.random()
    if chance < 0.2:
        return f"{title}{form('_{outlet1}' if language == 'zh' else ' - {outlet1}', language, rng)}"
    parts = re.split(r"[ ：:]" if language == "zh" else r"[;:] ", title)
    return max(parts, key=len) if chance < 0.4 else title


def furnished(body: str, language: Language, rng: Random, share: float) -> str:
    """Return ``body`` with lines of furniture before and after: ``share`` of its own length in all."""
    wanted, before, after = share * len(body), [], []
    pool = rng.sample(_lines(language)["furniture"], len(_lines(language)["furniture"]))
    drawn = [form(text, language, rng) for text in pool]
    while drawn and sum(map(len, before + after)) + len(drawn[-1]) / 2 < wanted:
        (before if rng.random() < 0.3 else after).append(drawn.pop())
    if not before and not after:
        return f"{body}\n{line('tail', language, rng)}"
    return "\n".join([*before, body, *after])


def lines_between(body: str, language: Language, rng: Random, count: int) -> str:
    """Return ``body`` with ``count`` captions and advertisements between its paragraphs."""
    paragraphs = body.split("\n")
    for _ in range(count):
        paragraphs.insert(rng.randint(1, len(paragraphs)), line("inserted", language, rng))
    return "\n".join(paragraphs)


def stubbed(body: str, language: Language, rng: Random, share: float) -> str:
    """Return the first ``share`` of ``body`` and the stub that leads to the rest."""
    cut = body[: int(len(body) * share)].rstrip()
    return f"{cut}{line('stub', language, rng)}" if rng.random() < 0.5 else f"{cut}\n{line('stub', language, rng)}"
