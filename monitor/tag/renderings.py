"""What else writers make of a rule's name in Latin letters: other translations of a title, other forms of a number.

A Chinese title has no one English name: measures are for or on the administration or management of something, which is
AI or artificial intelligence. Knows words; does not search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, product, zip_longest

__all__ = ["number_forms", "renderings"]

_MOST = 48
_LEADS = re.compile(r"(?<=Measures)(?: for| on)(?: the)? ")
_ORDERED = re.compile(
    r"((?:Interim )?(?:Measures|Provisions)) (for|on) (?:the )?((?:[A-Z][\w-]+ )+of (?:the )?[A-Z].*)"
)
_PART = re.compile(" of (?:the )?")
_LINKS = re.compile(r"\b(?:with|for|in|by|to)\b")
_MOST_PARTS = 3  # the Certification of the Transfer of Data
_PREPOSITIONS = (" for the ", " for ", " on the ", " on ")
_WORDS: dict[str, tuple[str, ...]] = {
    "Artificial Intelligence": ("AI", "A.I."),
    "AI": ("Artificial Intelligence", "A.I."),
    "Administration": ("Management",),
    "Management": ("Administration",),
    "Interim Measures": ("Provisional Measures",),
    "Labeling": ("Labelling",),
    "labelling": ("labeling",),
    "Cybersecurity": ("Cyber Security",),
    "Provisions on": ("Regulations on", "Regulation on"),
    "Regulations on": ("Provisions on", "Regulation on"),
}
_WORD = re.compile(rf"(?<![A-Za-z-])(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?![A-Za-z])")
_KIND = re.compile(
    "(?<=[a-zA-Z] )"
    "(?:Declaration|Directive|Convention|Commitments|Framework|Strategy|Guidelines|Process|Bill|Plan|Code)$"
)
_NUMBERS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        re.compile(r"Executive Order (\d+)"),
        (
            *("EO {}", "E.O. {}", "Executive Order No. {}", "{}号行政令", "{}号行政命令"),
            *("{}号总统令", "{}号总统行政令", "{}号总统行政命令"),
            *("行政令{}", "行政令{}号", "行政令第{}号", "行政命令{}", "行政命令{}号", "行政命令第{}号"),
        ),
    ),
    (re.compile(r"Regulation \(EU\) (\d+/\d+)"), ("(EU) {}", "EU {}", "Regulation {}", "{}号条例", "{}号法规")),
    (re.compile(r"Directive \(EU\) (\d+/\d+)"), ("(EU) {}", "EU {}", "Directive {}", "{}号指令")),
    (
        re.compile(r"SB (\d[\d-]*)"),
        ("Senate Bill {}", "Senate Bill No. {}", "S.B. {}", "参议院{}号法案", "参议院第{}号法案", "第{}号参议院法案"),
    ),
    (
        re.compile(r"AB (\d+)"),
        (
            "Assembly Bill {}",
            "Assembly Bill No. {}",
            "A.B. {}",
            "众议院{}号法案",
            "众议院第{}号法案",
            "第{}号众议院法案",
        ),
    ),
    (
        re.compile(r"HB (\d+)"),
        ("House Bill {}", "House Bill No. {}", "H.B. {}", "众议院{}号法案", "众议院第{}号法案", "第{}号众议院法案"),
    ),
    (re.compile(r"国务院令第(\d+)号"), ("国令第{}号", "国务院令{}号", "国务院第{}号令")),
    (re.compile(r"GB/T (\d+)"), ("GBT {}",)),
)
"""Forms of a number, and what else it is written as."""


def number_forms(text: str) -> tuple[str, ...]:
    """Return ``text`` and, where it is the number of an act or standard, the other forms of it."""
    for form, others in _NUMBERS:
        found = form.fullmatch(text)
        if found:
            return (text, *(other.format(found[1]) for other in others))
    return (text,)


def renderings(text: str) -> tuple[str, ...]:
    """Return an English name and its other translations, at most 96 spellings: Management for Administration."""
    orders = (text, *_orders(text))
    worded = list(dict.fromkeys([text, *islice(_in_turn(map(_worded, orders)), _MOST)]))
    small = (one[: kind.start()] + kind[0].lower() for one in worded if (kind := _KIND.search(one)))
    return (*worded, *small)


def _orders(text: str) -> Iterator[str]:
    """Yield a title with its words in other orders: Measures for the Review of Widgets, for Widget Review."""
    ordered = _ORDERED.fullmatch(text)
    if not ordered:
        return
    kind, preposition, subject = ordered.groups()
    parts = _PART.split(subject)
    if len(parts) <= _MOST_PARTS and not any(map(_LINKS.search, parts)):
        turned = " ".join(reversed(parts))
        yield f"{kind} {preposition} {turned}"
        yield f"{turned} {kind}"
        if len(parts) == _MOST_PARTS:
            yield f"{kind} {preposition} the {parts[0]} of {parts[2]} {parts[1]}"


def _in_turn(each: Iterable[Iterator[str]]) -> Iterator[str]:
    """Yield the first of each, then the second of each, and so on."""
    return (one for one in chain.from_iterable(zip_longest(*each)) if one is not None)


def _worded(text: str) -> Iterator[str]:
    """Yield a name with each of its words in each of their translations."""
    choices: list[tuple[str, ...]] = []
    at = 0
    for found in sorted([*_WORD.finditer(text), *_LEADS.finditer(text)], key=lambda one: one.start()):
        choices += [(text[at : found.start()],), (found[0], *_WORDS.get(found[0], _PREPOSITIONS))]
        at = found.end()
    return map("".join, product(*choices, (text[at:],)))
