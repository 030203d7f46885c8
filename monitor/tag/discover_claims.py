"""Untracked models by what an English sentence says that they do: beat others, answer through an API.

Works on one folded sentence with its case, of a text that speaks of AI; what can be a name says ``discover_names``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.tag.discover_names import LATIN_NAME, Found, latin_name

__all__ = ["CLAIM_SIGNS", "claimed_models"]

CLAIM_SIGNS = ("parameters", "tokens", " API", "eights", "enchmark", "ine-tuned", "leaderboard")
"""What a text holds that may claim something of a model, besides calling it one."""

_ONE = r"[A-Z][a-z]{2,}(?:[A-Z][a-z]+)*(?:[- ][vV]?\d+(?:\.\d+)?(?:[BT]|[a-z])?)?(?![\w-])"
"""One capitalised word, with a version or not: Lumen, Lumen 2, Lumen-7B."""
_BEATS = (
    r"(?:beat(?:s|ing)?|outscor\w+|outperform\w*|surpass\w*|edg(?:es|ed) (?:out )?|match(?:es|ed)|rival(?:s|led|ed)|"
    r"trail(?:s|ed)|top(?:s|ped)|leads?|led|scor(?:es|ed)|ranks?|ranked)"
)
_MEASURED = re.compile(r"\bbenchmarks?\b|leaderboard|\bLLMs?\b|language models?")
_SCORES = re.compile(rf"(?<![\w-])({LATIN_NAME}) {_BEATS}\b")
_API = re.compile(
    rf"\b(?:[Cc]all|[Rr]each|[Uu]se|[Aa]ccess|[Qq]uery|[Rr]un|[Tt]ry|[Ii]ntegrate) [\"']?({_ONE})[\"']? (?:through|via|"
    r"over|with|using|from) (?:an?|the|its|their) (?:[\w-]+ )?API\b"
)
_WEIGHTS = re.compile(
    rf"\b[Ww]eights (?:of|for) (?:the )?({LATIN_NAME})(?= (?:are|is|were|have|can|will|on|under)\b)|"
    rf"(?<![\w-])({_ONE})'s weights\b|"
    rf"(?<![\w-])({_ONE})(?=,? (?:has|with) \d+(?:\.\d+)? ?(?:billion|trillion) parameters)"
)
_TRAINED = re.compile(
    rf"\b(?:releas(?:ed|es|ing)|launch(?:ed|es|ing)|unveil(?:ed|s|ing)|introduc(?:ed|es|ing)|open-sourc(?:ed|es|ing)|"
    rf"publish(?:ed|es)|debut(?:ed|s)) [\"']?({LATIN_NAME})[\"']?, "
    r"(?:pre-?trained|trained|fine-tuned|distilled|built|licensed)"
)
_TUNED_FROM = re.compile(
    rf"\b[Ff]ine-tuned (?:from|on) [^,.;]{{2,30}}, [\"']?({_ONE})[\"']? (?=[a-z]+s\b|can\b|will\b|is\b|has\b)"
)
_OF_LAB = re.compile(
    rf"(?:\bAI|\b(?:[Ll]abs?|Research|Intelligence)|[a-z]AI)'s (?:new |latest |own |flagship |open )*[\"']?"
    rf"({_ONE})[\"']? (?=(?!(?:says|said|tells|told|adds|added|argues|argued|was|joined|left|has said)\b)"
    r"(?:can|will|is|has|[a-z]+s|now)\b)"
)
_OF_MODELS = re.compile(
    r"language models?|\bLLMs?\b|AI (?:model|assistant)s?|chatbots?|reasoning models?|parameters|tokens|benchmarks?|"
    r"context window|open weights?|\bGPT-|\bClaude\b|\bGemini\b|\bLlama\b|leaderboard"
)
_OTHER = re.compile(
    r"\b(?:chips?|GPUs?|processors?|laptops?|phones?|cars?|trucks?|consoles?|rockets?|satellites?|shares?|stocks?|league|"
    r"cup|goals?|season|points? ahead|election|polls?)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def claimed_models(said: str) -> Iterator[Found]:
    """Yield what a sentence claims something of that only a model does."""
    if not _OF_MODELS.search(said) or _OTHER.search(said):
        return
    if _MEASURED.search(said):
        for found in _SCORES.finditer(said):
            if _DIGIT.search(found[1]):
                yield from _named(found, "compared with models")
    for pattern in (_API, _WEIGHTS, _TRAINED, _TUNED_FROM, _OF_LAB):
        for found in pattern.finditer(said):
            yield from _named(found, "does what a model does")


def _named(found: re.Match[str], how: str) -> Iterator[Found]:
    group = found.lastindex or 1
    named = latin_name(found[group])
    if named:
        yield found.start(group) + named.start, found.end(group), named.name, how
