"""Names as people type them: in small letters (问了kimi, used claude to, qwen2.5), and whether that still is the name.

A name that is an English word as well (whisper, llama) is that word in an English sentence; behind Chinese characters,
or with a version glued to it, it is the name. The words stand in ``everyday_english.txt``. Knows no entity.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from monitor.tag.spelling import Case, Spelling
from monitor.tag.squeeze import is_han, is_latin

__all__ = [
    "in_small_letters",
    "is_everyday",
    "is_identifier",
    "is_only_a_word",
    "is_small_word",
    "is_subject",
    "is_version_glued",
]

_FILE = Path(__file__).with_name("everyday_english.txt")
_FIRST = re.compile("[a-z]+")
_SHORTEST = 4
"""Letters of a name that is told in small letters: ``yi`` and ``glm`` are too many other things."""

_GLUED = re.compile(
    r"\d| v?\d\.\d| \d{1,3}b\b|"
    r"-(?:v?\d|(?:small|medium|large|tiny|mini|nano|nemo|base|chat|instruct|code|pro|lite|vl|guard|vision)\b)"
)
_ASKED = re.compile(
    r"\b(?:does|did|ask(?:s|ed|ing)?|tells?|told|prompt(?:s|ed|ing)|use[ds]?|using|via|tried|pasted into|"
    r"(?:run|built|based|trained)(?: (?:it|them|ours))? on|run|running|switched to|moved to|powered by) [\"']?$"
)
_OPTIONS = re.compile(r" (?:[a-z]+ )?--[a-z]")  # behind a command: codex with --sandbox
_COUNTED = re.compile("alpaca|bard|codex|copilot|falcon|genie|grok|llama|mistral|pika|swallow|titan|whisper")
"""Words that take an article: without one, before a verb, they are names."""
_OPENS = re.compile(
    r"(?:^|[.;:!?,(\n]\s?|"
    r"\b(?:if|when|while|that|because|but|and|so|since|how|why|where|until|though|whether|then|now) )$"
)
_ACTS = re.compile(
    r", (?:reviewing|asked|told|given|running)\b| running (?:on|locally|overnight)\b|"
    r"(?: on (?:the|my|an?|our|two) [a-z0-9]+)? (?:(?:still|just|now|also|never|even) )?"
    r"(?:does|did|has|had|is|was|can|will|would|won't|can't|doesn't|isn't|keeps|kept|"
    r"hallucinat(?:es|ed)|writes|wrote|runs|ran|gets|got|needs|takes|took|wants|thinks|says|said|gave|gives|makes|made|came|went|"
    r"works|fails|failed|crashe[sd]|beats|drops|spits|insists|refuses|answers|repeats|thought)\b"
)
_VERB = 14  # characters of such a verb, behind which no animal stands without an article
_AROUND = 2  # characters that a space or a quotation mark may take


def in_small_letters(spelling: Spelling) -> Spelling | None:
    """Return a spelling of capitalised words in small letters, None where that would be too little of a name."""
    small = spelling.letters.lower()
    if spelling.case is not Case.NAME or not small.isascii() or len(small) < _SHORTEST:
        return None
    return replace(spelling, letters=small, case=Case.EXACT)


def is_everyday(name: str) -> bool:
    """Say whether a name begins with an English word that people use without thinking of models."""
    first = _FIRST.match(name.lower())
    return first is not None and first[0] in _everyday()


def is_small_word(letters: str, start: int, end: int) -> bool:
    """Say whether a name stands there as the English word that it is as well: 一队llama."""
    word = letters[start:end]
    return word.islower() and word.isalpha() and is_everyday(word)


def is_version_glued(letters: str, start: int, end: int) -> bool:
    """Say whether a version is glued to a name as identifiers have it, or is one of models: llama3, llama 3.3."""
    found = _GLUED.match(letters, end)
    return found is not None and (letters[end].isdigit() or letters[start:end].islower())


def is_identifier(letters: str, start: int, end: int) -> bool:
    """Say whether a name of several words is written as programs write it: mistral-small, tulu 3, but not o-1."""
    name = letters[start:end]
    is_joined = "-" in name[2:] or (" " in name and name[-1].isdigit() and not is_everyday(name))
    return name.islower() and name.isascii() and is_joined


def is_only_a_word(letters: str, start: int, stop: int) -> bool:
    """Say whether no Chinese stands right around a name, or another foreign word beside it: ``whisper`` is a word."""
    before, behind = letters[max(0, start - _AROUND) : start], letters[stop : stop + _AROUND]
    if is_subject(letters, start, stop) or _OPTIONS.match(letters, stop):
        return False
    if before.endswith("@") or _ASKED.search(letters[max(0, start - _VERB) : start]):
        return False
    return not any(map(is_han, before + behind)) or any(map(is_latin, before[-1:] + behind[:1]))


def is_subject(letters: str, start: int, stop: int) -> bool:
    """Say whether a word that takes an article does something without one: how grok came to label it."""
    if not _COUNTED.fullmatch(letters, start, stop) or not _ACTS.match(letters, stop):
        return False
    return _OPENS.search(letters[max(0, start - _VERB) : start]) is not None


@cache
def _everyday() -> frozenset[str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word.strip() for line in lines if not line.startswith("#") for word in line.split(","))
