"""Untracked acts by their English names, and regulations by number: the X Act of 2026, GB/T 12345-2026, (EU) 2026/123.

Works on one folded line with its case; what is neither about AI nor data counts only in a text that speaks of AI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.tag.discover_names import Found
from monitor.tag.places import Place
from monitor.tag.sought import sought

__all__ = ["acts", "has_act", "has_number", "numbers"]

_STANDARD = re.compile(
    r"(?<![A-Za-z\d])((?:GB(?:/[TZ])?|YD/T|GA/T|JR/T|DB\d{2}(?:/T)?|T/[A-Z]{2,8}|TC260-PG|TC260|ISO/IEC(?: (?:TR|TS|"
    r"DIS))?|ISO|ITU-T [A-Z]\.|"
    r"ETSI (?:EN|TS|TR)|IEEE(?: Std)?|prEN|NIST AI|NIST SP|CEN/CLC/TR) ?-?\d[\d.]*(?:[-:]\d{1,4})?[A-Z]?)(?![\d])"
)
_AI_NUMBER = re.compile("^(?:TC260|NIST AI)")
_ORDER = re.compile(
    r"(?<![A-Za-z\d])((?:Executive Order|E\.O\.|EO)(?: No\.?)? ?1[34]\d{3})(?!\d)|(第? ?1[34]\d{3}号(?:行政命?令|"
    r"总统令))|"
    r"((?:(?:Delegated |Implementing )?(?:Regulation|Directive|Decision) )?\(EU\) ?(?:No )?20[12]\d/\d{2,4})(?!\d)|"
    r"(?<![A-Za-z\d])((?:SB|AB|HB|HF|SF|LD|LB|H\.R\.|S\.B\.|H\.B\.)[ -]?\d{1,5})(?!\d|[,.]\d)"
)
_EU = re.compile(r"\(EU\) ?(?:No )?")
_STANDARD_SIGN = re.compile(sought(("GB", "TC260", "ISO", "T/", "IEEE", "NIST", "ETSI", "ITU", "CEN", "prEN")))
_ORDER_SIGN = re.compile(  # cheap, before the costly: each begins with a character of its own
    r"1[34]\d{3}|\(EU\)|B(?<=[A-Z]B)[ -]?\d|F(?<=[HSL]F)[ -]?\d|D(?<=[HSL]D)[ -]?\d|\.(?<=[HSR]\.)[BR]\."
)
_ACT_SIGN = re.compile(
    "Act|Bill|Regulation|Directive|Ordinance|Convention|Treaty|Code of|Provisions|Measures|Guidelines|Law|Rules|Accord|"
    "Declaration|Standard"
)
_AROUND = 120
_BESIDE = 4  # characters between a title and its number
_LINK = r"(?:of|and|for|on|in|the|to|or|&|(?:from|with|against)(?! the ))"
_CAP = r"(?:[A-Z][\w'&./-]*,?)"
_ACT_NOUN = (
    r"(?:Act|Bill|Regulations?|Directive|Ordinance|Convention|Treaty|Code of (?:Practice|Conduct)|Provisions|"
    r"Measures|Guidelines|Law|Rules|Accord|Declaration|Standard)"
)
_NO_DATE = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
    r"October|"
    r"November|December|Capitol)"
)
_NOUN = re.compile(rf"{_ACT_NOUN}\b")
_NAME = re.compile(rf"[A-Z](?<![\w-].)[\w'&./-]*,? (?:(?:{_LINK}) |{_CAP} ){{0,11}}?$")
_TAIL = re.compile(
    rf"(?: (?:for|on|of|to) (?:the )?{_NO_DATE}[A-Z][\w-]*(?: (?:and |of |for |in |the )*"
    rf"{_NO_DATE}[A-Z][\w-]*){{0,9}})?"
    rf"(?: of 20\d\d)?\b"
)
_LONGEST_NAME = 130  # characters before the noun
_SENTENCE_END = re.compile(
    r".*(?:(?<!\bSt)(?<!\bNo)(?<=[a-z]{2})\.,?|\.(?= (?:The|This|That|Under|In|A|An|If|But)\b)) (?=[A-Z])"
)
"""A full stop inside what looked like one name; St. and No. end no sentence, nor does the U.S. but before The."""
_ACT_START = re.compile(
    r"^(?:(?:The|the|This|That|An?|Under|In|If|While|With|Both|Its|Their|Our|When|But|And|Meanwhile|Unlike) )+"
)
_BEFORE_NAME = re.compile(
    r"^.*(?:'s|s'|\b(?:Signs|Passes|Vetoes|Backs|Unveils|Proposes|Adopts|Delays|Approves|Debates|Drafts|Enforces|"
    r"Rejects|"
    r"Says|Wants|Urges)) (?=[A-Z].* )"
)
_ENGLISH_TOPIC = re.compile(
    r"Artificial Intelligence|\bA\.?I\.?\b|Algorithm|Data\b|Privacy|Deep ?[Ff]ake|Digital|Online|Cyber|Automated|"
    r"Biometric|Facial|Chatbot|Internet|"
    r"Generative|Frontier|Robot|Synthetic|Information|Electronic|Content|Platform|Machine Learning|Autonomous|"
    r"Technology|Technologies|Chips?\b|Fakes?|Model"
)
_LEGISLATES = re.compile(
    r"\b(?:sign(?:ed|s)?|senat\w+|lawmakers?|legislat\w+|bills?|pass(?:ed|es)?|Congress|Parliament|parliament|laws?|"
    r"regulat\w+|requires?|governor|enact\w*|"
    r"draft|adopted|took effect|takes? effect|in force|into force|comply|compliance|violat\w+|ban\w*|ministry|"
    r"commission|council|consultation|proposed|fine\w*)\b",
    re.IGNORECASE,
)
_NO_ACT = re.compile(
    r"^(?:Sister|Class|Balancing|Opening|Final|Second|Third|First|Juggling|Vanishing|Buffalo|Dollar|Pink|Gas|"
    r"Electricity|Water|True|Gold|Living|Riot|Caught|"
    r"Murphy's|Moore's|Scaling|Jude|Sharia|Common|Criminal|Civil|International|House|Ground|Golden|Double|"
    r"Building) (?:Acts?|Bill|Law|Rules|Standard|Code)$|"
    r"^(?:Last )?(?:Will|Bill)\b|School of|University|Professor"
)
_PLAIN_SINGLE = re.compile(
    r"^\S+ (?:Law|Rules|Standard|Regulations?|Code|Declaration|Provisions|Measures|Guidelines|Bill|Directive|"
    r"Convention)$"
)


@dataclass(frozen=True, slots=True)
class _Titles:
    """Where titles in book marks start and end."""

    starts: frozenset[int]
    ends: frozenset[int]


def has_number(latin: str) -> bool:
    """Say whether a folded text may hold a number, by its characters of ASCII alone."""
    return _STANDARD_SIGN.search(latin) is not None or _ORDER_SIGN.search(latin) is not None


def has_act(latin: str) -> bool:
    """Say whether a folded text may name an act, by its characters of ASCII alone."""
    return _ACT_SIGN.search(latin) is not None


def numbers(line: str, titles: Sequence[Place], *, speaks_of_ai: bool) -> Iterator[Found]:
    """Yield numbers of standards and acts (GB/T 12345-2026, Executive Order 14999) that stand beside no title."""
    if _STANDARD_SIGN.search(line):
        marked = _Titles(frozenset(start for start, _ in titles), frozenset(end for _, end in titles))
        yield from _standards(line, marked, speaks_of_ai=speaks_of_ai)
    for found in _ORDER.finditer(line) if speaks_of_ai and _ORDER_SIGN.search(line) else ():
        yield found.start(), found.end(), _EU.sub("(EU) ", found[0].strip()), "the number of an act"


def _standards(line: str, titles: _Titles, *, speaks_of_ai: bool) -> Iterator[Found]:
    for found in _STANDARD.finditer(line):
        is_ai = _AI_NUMBER.search(found[1]) or speaks_of_ai
        if is_ai and re.search(r"\d{3}", found[1]) and not _belongs_to_title(line, found.start(), found.end(), titles):
            yield *found.span(1), found[1], "the number of a standard"


def _belongs_to_title(line: str, start: int, end: int, titles: _Titles) -> bool:
    """Say whether a title stands right beside a number, which then is no name of its own."""
    before = line[max(0, start - _BESIDE) : start]
    behind = line[end : end + _BESIDE]
    left = start - len(before) + len(before.rstrip(" (,:"))
    right = end + len(behind) - len(behind.lstrip(" ),:"))
    return left in titles.ends or right in titles.starts


def acts(line: str, *, speaks_of_ai: bool) -> Iterator[Found]:
    """Yield what is called an act, a bill, a regulation and the like in English."""
    reached = 0
    for noun in _NOUN.finditer(line):
        begin = max(reached, noun.start() - _LONGEST_NAME)
        reached = noun.end()
        before = _NAME.search(line[begin : noun.start()])
        tail = _TAIL.match(line, noun.end())
        if before and tail:
            reached = tail.end()
            yield from _act(line, begin + before.start(), tail.end(), speaks_of_ai=speaks_of_ai)


def _act(line: str, start: int, end: int, *, speaks_of_ai: bool) -> Iterator[Found]:
    said = _SENTENCE_END.match(line, start, end)
    start = said.end() if said else start
    surface = line[start:end].rstrip()
    lead = _ACT_START.match(surface)
    name = _BEFORE_NAME.sub("", re.sub(r" of 20\d\d$", "", surface[lead.end() if lead else 0 :]))
    around = line[max(0, start - _AROUND) : end + _AROUND]
    if _is_act(name, around, speaks_of_ai=speaks_of_ai):
        yield line.index(name, start), start + len(surface), name, "an act by its name"


def _is_act(name: str, around: str, *, speaks_of_ai: bool) -> bool:
    if " " not in name or _NO_ACT.search(name):
        return False
    if _ENGLISH_TOPIC.search(name):
        return name.endswith("Act") or _LEGISLATES.search(around.replace(name, "")) is not None
    return speaks_of_ai and not _PLAIN_SINGLE.match(name) and _LEGISLATES.search(around.replace(name, "")) is not None
