"""Edits that keep what a text says: other punctuation, order and words."""

from __future__ import annotations

import re
from functools import cache
from random import Random

from bench.near_copies.articles import resemblance
from bench.near_copies.grammar import TEXTS, Language

__all__ = ["cut", "repunctuated", "reworded", "sentences_of", "shuffled", "shuffled_sentences", "typeset"]

_SENTENCE = {
    "zh": re.compile(r"[^。！？]*[。！？][”」』）]*|[^。！？]+$"),
    "en": re.compile(r".*?[.!?][\"”)]*(?:\s+|$)|.+$"),
}
_WIDE = str.maketrans("，。：；（）？！0123456789%", ",.:;()?!０１２３４５６７８９％")
_SHORT = 12  # a shorter line is a heading or a button, which nobody rewrites


def sentences_of(paragraph: str, language: Language) -> list[str]:
    """Return the sentences of a paragraph, each with its end."""
    return [found for found in _SENTENCE[language].findall(paragraph) if found]


def repunctuated(text: str, language: Language, rng: Random) -> str:
    """Return the same letters and digits in other widths, with other punctuation, space and case."""
    if language == "en":
        straight = text.replace("“", '"').replace("”", '"').replace("’", "'").replace("\n", "\r\n\r\n")
        return straight.upper() if rng.random() < 0.4 else straight.replace(". ", ".  ").replace(" - ", " — ")
    spaced = "  ".join(re.split(r"(?<=[，,])", text))
    return spaced.translate(_WIDE).replace("\n", "\r\n\u3000\u3000").upper()


def typeset(text: str, language: Language, rng: Random) -> str:
    """Return the text as another system sets it: curly quotes, soft hyphens, zero-width marks, spaced Latin words."""
    if language == "zh":
        spaced = re.sub(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[\u4e00-\u9fff])", " ", text)
        return spaced.replace("“", "「").replace("”", "」").replace("\n", "\n\n\u200b")
    hyphened = re.sub(r"(?<=[a-z]{4})(?=[a-z]{4})", lambda _: "\u00ad" if rng.random() < 0.3 else "", text)
    return re.sub(r'"(?=\w)', "“", hyphened).replace('"', "”").replace("'", "’").replace("\n", "\n\n")


def shuffled(text: str, rng: Random) -> str:
    """Return the paragraphs in another order."""
    paragraphs = text.split("\n")
    rng.shuffle(paragraphs)
    return "\n".join(paragraphs)


def shuffled_sentences(text: str, language: Language, rng: Random) -> str:
    """Return the text with two neighbouring sentences swapped in every paragraph."""
    gap = "" if language == "zh" else " "
    return "\n".join(_swapped(sentences_of(paragraph, language), gap, rng) for paragraph in text.split("\n"))


def cut(text: str, share: float) -> str:
    """Return the first ``share`` of the text."""
    return text[: int(len(text) * share)]


def reworded(text: str, language: Language, rng: Random, target: float) -> str:
    """Return the text rewritten, word for word and clause by clause, until no more than ``target`` of it is common.

    An editor's steps, drawn at random: a synonym, two clauses swapped, a filler put in or taken out. A text that
    has too few of them stays more alike.
    """
    rewritten = text
    for _ in range(12):
        if resemblance(text, rewritten) <= target:
            break
        rewritten = "\n".join(_edited(paragraph, language, rng) for paragraph in rewritten.split("\n"))
    return rewritten


def _edited(paragraph: str, language: Language, rng: Random) -> str:
    gap = "" if language == "zh" else " "
    edited = (_reworded_sentence(sentence.strip(), language, rng) for sentence in sentences_of(paragraph, language))
    return gap.join(edited)


def _reworded_sentence(sentence: str, language: Language, rng: Random) -> str:
    chance = rng.random()
    if len(sentence) < _SHORT:
        return sentence
    if chance < 0.12:
        return _turned(sentence, language)
    if chance < 0.2:
        return _filled(sentence, language, rng)
    return _with_synonyms(sentence, language, rng)


def _with_synonyms(sentence: str, language: Language, rng: Random) -> str:
    table = _synonyms(language)
    if language == "zh":
        found = [word for word in table if word in sentence]
        return sentence.replace(*_pick(found, table, rng), 1) if found else sentence
    found = [match for match in re.finditer(r"\b[a-z]+\b", sentence) if match[0] in table]
    if not found:
        return sentence
    match = rng.choice(found)
    return sentence[: match.start()] + table[match[0]] + sentence[match.end() :]


def _pick(found: list[str], table: dict[str, str], rng: Random) -> tuple[str, str]:
    word = rng.choice(found)
    return word, table[word]


_TURNS = {
    "zh": (re.compile(r"^([^，。“”：]{2,12}(?:说|表示|称|认为|介绍|指出))，([^“”]+)。$"), r"\2，\1。"),
    "en": (re.compile(r'^([A-Z][^,."“”]{3,60}(?:said|says|argues)) that ([^"“”]+)\.$'), r"\2, \1."),
}
_FILLERS = {
    "zh": ("据了解，", "据悉，", "与此同时，", "另外，", "此外，", "值得一提的是，"),
    "en": ("In addition, ", "Meanwhile, ", "At the same time, ", "According to the report, ", "Notably, "),
}


def _turned(sentence: str, language: Language) -> str:
    """Put the speaker after what was said."""
    pattern, order = _TURNS[language]
    turned = pattern.sub(order, sentence)
    return turned[:1].upper() + turned[1:] if language == "en" else turned


def _filled(sentence: str, language: Language, rng: Random) -> str:
    for filler in _FILLERS[language]:
        if sentence.startswith(filler):
            rest = sentence.removeprefix(filler)
            return rest[:1].upper() + rest[1:]
    begins_quoted = sentence[:1] in '“"「'
    return sentence if begins_quoted else rng.choice(_FILLERS[language]) + sentence


def _swapped(sentences: list[str], gap: str, rng: Random) -> str:
    order = [sentence.strip() for sentence in sentences]
    if len(order) > 1:
        at = rng.randrange(len(order) - 1)
        order[at], order[at + 1] = order[at + 1], order[at]
    return gap.join(order)


@cache
def _synonyms(language: Language) -> dict[str, str]:
    lines = (TEXTS / f"synonyms_{language}.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" ") for line in lines)
    return {word: other for word, _, other in pairs}
