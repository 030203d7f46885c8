"""Untracked models by what an English sentence says that they do: beat others, answer through an API.

Works on one folded sentence with its case, of a text that speaks of AI; what can be a name says ``discover_names``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.tag.discover_names import LATIN_NAME, Found, latin_name
from monitor.tag.sought import sought

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
_CLAIMS = (
    (_API, (" API",)),
    (_WEIGHTS, ("eights", "parameters")),
    (_TRAINED, (", pre", ", trained", ", fine-tuned", ", distilled", ", built", ", licensed")),
    (_TUNED_FROM, ("ine-tuned",)),
    (_OF_LAB, ("AI's", "ab's", "abs's", "Research's", "Intelligence's")),
)
"""The patterns, and words without one of which each finds nothing."""
_OF_MODELS = re.compile(
    "|".join(
        (
            sought(
                ("language model", "AI model", "AI assistant", "chatbot", "reasoning model", "parameters", "tokens")
            ),
            sought(("benchmark", "context window", "open weight", "leaderboard")),
            sought(("LLM", "LLMs", "Claude", "Gemini", "Llama"), whole=True),
            r"G(?<=\bG)PT-",
        )
    )
)
_THINGS = (
    *("chip", "chips", "gpu", "gpus", "processor", "processors", "laptop", "laptops", "phone", "phones", "car", "cars"),
    *("truck", "trucks", "console", "consoles", "rocket", "rockets", "satellite", "satellites", "share", "shares"),
    *("stock", "stocks", "league", "cup", "goal", "goals", "season", "point ahead", "points ahead", "election", "poll"),
    "polls",
)
_OTHER = re.compile(sought(_THINGS, whole=True))
"""In small letters."""
_DIGIT = re.compile(r"\d")


def claimed_models(said: str) -> Iterator[Found]:
    """Yield what a sentence claims something of that only a model does."""
    if not _OF_MODELS.search(said) or _OTHER.search(said.lower()):
        return
    if _MEASURED.search(said):
        for found in _SCORES.finditer(said):
            if _DIGIT.search(found[1]):
                yield from _named(found, "compared with models")
    for pattern, signs in _CLAIMS:
        for found in pattern.finditer(said) if any(sign in said for sign in signs) else ():
            yield from _named(found, "does what a model does")


def _named(found: re.Match[str], how: str) -> Iterator[Found]:
    group = found.lastindex or 1
    named = latin_name(found[group])
    if named:
        yield found.start(group) + named.start, found.end(group), named.name, how
