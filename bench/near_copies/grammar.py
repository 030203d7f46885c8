"""Draws texts from schemes: sentences in variants, with slots for facts. A draft keeps facts apart from wording.

A scheme is a block of lines after ``=== name flags``. A line is a sentence; an empty line ends the paragraph. ``||``
parts variants of a sentence, ``[a|b]`` variants inside one; a line that begins with ``? `` may be left out.
``{person1}`` is a name, the same at every place; ``{day}`` and the like are dates; ``{12-95}`` is a number in that
range, and ``{dead:12-95}`` one that ``{dead}`` repeats.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

from bench.near_copies.names import is_name, name_of

__all__ = ["Draft", "Fact", "Kind", "Language", "Scheme", "draw", "form", "schemes"]

Language = Literal["zh", "en"]
Kind = Literal["name", "number", "date", "issue"]

TEXTS = Path(__file__).with_name("texts")

_SLOT = re.compile(r"\{([^{}]+)\}")
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_RANGE = re.compile(r"(?:(\w+):)?(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")
_DATES: Mapping[str, tuple[int, int]] = {
    "month": (1, 12),
    "day": (1, 28),
    "year": (2019, 2025),
    "hour": (1, 23),
    "minute": (10, 59),
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_OPTIONAL = 0.6  # share of optional sentences that are written


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One filled slot: what it says, what kind of fact it is, and the slot, from which another can be drawn."""

    slot: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A kind of article or a form: sentences with slots, by paragraph."""

    name: str
    language: Language
    title: str
    paragraphs: tuple[tuple[str, ...], ...]
    held_out: bool
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text with its facts still apart: paragraphs of sentences, and the value of every slot that they name."""

    scheme: str
    language: Language
    title_form: str
    paragraphs: tuple[tuple[str, ...], ...]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    held_out: bool = False

    @property
    def text(self) -> str:
        gap = "" if self.language == "zh" else " "
        return "\n".join(self._filled(gap.join(sentences)) for sentences in self.paragraphs)

    @property
    def title(self) -> str:
        return self._filled(self.title_form)

    def keys(self, *kinds: Kind) -> list[str]:
        """Return the slots of these kinds that the body names, in order of appearance."""
        body = "".join(sentence for sentences in self.paragraphs for sentence in sentences)
        named = dict.fromkeys(_SLOT.findall(body))
        return [key for key in named if self.facts[key].kind in kinds]

    def told(self, changed: Mapping[str, str]) -> Draft:
        """Return the same wording with other values for some slots."""
        facts = {key: replace(fact, text=changed.get(key, fact.text)) for key, fact in self.facts.items()}
        return replace(self, facts=facts)

    def redrawn(self, rng: Random, keys: Iterable[str]) -> Draft:
        """Return the same wording with other facts in these slots, each different from what it was."""
        changed: dict[str, str] = {}
        for key in keys:
            fact = self.facts[key]
            taken = {fact.text, *changed.values()} if fact.kind == "name" else {fact.text}
            changed[key] = _other(fact, self.language, taken, rng)
        return self.told(changed)

    def _filled(self, text: str) -> str:
        return _SLOT.sub(lambda match: self.facts[match[1]].text, text)


@cache
def schemes(file: str, language: Language) -> tuple[Scheme, ...]:
    """Return the schemes of ``texts/{file}_{language}.txt``, in order."""
    text = (TEXTS / f"{file}_{language}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"^=== ", text, flags=re.MULTILINE)[1:]
    return tuple(_scheme(block, language) for block in blocks)


def draw(scheme: Scheme, rng: Random, facts: Mapping[str, Fact] | None = None) -> Draft:
    """Return a draft of ``scheme``: one variant of each sentence, and a value for each slot unless ``facts`` has it."""
    known = dict(facts or {})
    paragraphs = tuple(
        tuple(_named(_variant(line, rng), scheme.language, known, rng) for line in lines if _is_written(line, rng))
        for lines in scheme.paragraphs
    )
    return Draft(
        scheme=scheme.name,
        language=scheme.language,
        title_form=_named(_variant(scheme.title, rng), scheme.language, known, rng),
        paragraphs=tuple(sentences for sentences in paragraphs if sentences),
        facts=known,
        held_out=scheme.held_out,
    )


def form(text: str, language: Language, rng: Random, facts: Mapping[str, Fact] | None = None) -> str:
    """Return one line of text drawn like a sentence of a scheme."""
    known = dict(facts or {})
    named = _named(_variant(text, rng), language, known, rng)
    return _SLOT.sub(lambda match: known[match[1]].text, named)


def _scheme(block: str, language: Language) -> Scheme:
    head, _, body = block.partition("\n")
    name, *flags = head.split()
    title, _, rest = body.partition("\n")
    parts = (tuple(line for line in part.split("\n") if line) for part in rest.strip().split("\n\n"))
    return Scheme(
        name=name,
        language=language,
        title=title.removeprefix("title: "),
        paragraphs=tuple(part for part in parts if part),
        held_out="held_out" in flags,
        flags=frozenset(flags) - {"held_out"},
    )


def _is_written(line: str, rng: Random) -> bool:
    return not line.startswith("? ") or rng.random() < _OPTIONAL


def _variant(line: str, rng: Random) -> str:
    chosen = rng.choice(line.removeprefix("? ").split("||")).strip()
    return _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), chosen)


def _named(text: str, language: Language, known: dict[str, Fact], rng: Random) -> str:
    """Give every slot a value in ``known``; nameless numbers get a key of their own."""

    def settle(match: re.Match[str]) -> str:
        slot = match[1]
        ranged = _RANGE.fullmatch(slot)
        key = (ranged[1] or f"n{len(known)}") if ranged else slot
        if key not in known:
            taken = {fact.text for fact in known.values() if fact.kind == "name"}
            known[key] = _fact(slot, language, taken, rng)
        return f"{{{key}}}"

    return _SLOT.sub(settle, text)


def _fact(slot: str, language: Language, taken: set[str], rng: Random) -> Fact:
    kind = slot.rstrip("0123456789")
    if ranged := _RANGE.fullmatch(slot):
        is_issue = (ranged[1] or "").startswith("issue")
        return Fact(slot=slot, kind="issue" if is_issue else "number", text=_number(ranged, language, rng))
    if kind in _DATES or kind == "weekday":
        return Fact(slot=slot, kind="date", text=_date(kind, language, rng))
    if not is_name(kind, language):
        raise ValueError(f"unknown slot {slot!r} in a {language} text")
    return Fact(slot=slot, kind="name", text=name_of(kind, language, taken, rng))


def _other(fact: Fact, language: Language, taken: set[str], rng: Random) -> str:
    for _ in range(100):
        drawn = _fact(fact.slot, language, taken, rng).text
        if drawn not in taken:
            return drawn
    raise ValueError(f"no other value for {fact.slot!r}")


def _number(ranged: re.Match[str], language: Language, rng: Random) -> str:
    low, high = ranged[2], ranged[3]
    decimals = len(low.partition(".")[2])
    if decimals:
        return f"{rng.uniform(float(low), float(high)):.{decimals}f}"
    value = rng.randint(int(low), int(high))
    is_plain = language == "zh" or value < 1000 or (ranged[1] or "").startswith(("issue", "no"))
    return str(value) if is_plain else f"{value:,}"


def _date(kind: str, language: Language, rng: Random) -> str:
    if kind == "weekday":
        return rng.choice("一二三四五" if language == "zh" else _WEEKDAYS)
    value = rng.randint(*_DATES[kind])
    return month_name[value] if kind == "month" and language == "en" else str(value)
