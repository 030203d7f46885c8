"""What the words right at the name of a law make of it: a longer name, one of another year, an amendment.

Looks at one place of a folded text; knows no law and no country's acts.
"""

from __future__ import annotations

import re

from monitor.tag.bills import is_bill
from monitor.tag.gathered import Hit
from monitor.tag.jurisdictions import find_seats
from monitor.tag.lexicon import Role

__all__ = ["is_amending", "is_longer", "is_of_another_year", "plain_name"]

_AMENDS = re.compile("修[正订改](?:草案|案|决定)?$")
_AMENDED = re.compile("》?(?:修[正订改](?:草案|案)|草案)")
_ENACTED = re.compile("Act$")
_YEAR_BEFORE = re.compile(r"\b((?:19|20)\d\d)(?:'s)? [\"']?$|((?:19|20)\d\d)年(?:版的?|的)?[\"'《〈 ]*$")
_YEAR_BEHIND = re.compile(r"[》\"']* ?(?:of |\()((?:19|20)\d\d)\b")
_NUMBERED_YEAR = re.compile(r" ((?:19|20)\d\d)\b(?!-)")  # the year of a British or Indian act is part of its name
_CAPITALS = re.compile(r"(?:\b[Tt]he|\b[Aa]n?|'s?) ((?:[A-Z][\w&-]*,? (?:and )?){1,5})[\"']?$")
_NEUTRAL = re.compile(
    "New|Draft|Final|Landmark|Historic|Controversial|Flagship|Strict|Tough|Contentious|Current|Future|Whole|Entire|Full|"
    "Original|Latest|First|Key|Commission|Parliament|Council|Union|Senate|House|[a-z].*|.*-.*"
)
_OLDER = 5  # years from the bill to the act
_LATER = 2  # years of a session


def is_longer(letters: str, hit: Hit) -> bool:
    """Say whether capitalised words before an ambiguous English name make it another: the Kids Online Safety Act."""
    if hit.role is Role.STRONG or not _ENACTED.search(hit.name):
        return False
    led = _CAPITALS.search(letters[max(0, hit.start - 60) : hit.start])
    if led is None or led[1].endswith("and "):
        return False
    words = led[1]
    for seat in reversed(find_seats(words)):
        words = words[: seat.start] + words[seat.end :]
    rest = [word for word in words.split() if not _NEUTRAL.fullmatch(word)]
    is_adjective = len(rest) == 1 and rest[0].endswith(("ed", "ing"))  # the Looming AI Act, in a headline
    return bool(rest) and not is_adjective


def is_of_another_year(letters: str, hit: Hit, first: int | None, last: int | None) -> bool:
    """Say whether the year beside a name is one that the law cannot bear; that of an amendment it can."""
    if first is None or last is None:
        return False
    numbered = _NUMBERED_YEAR.match(letters, hit.end) if _ENACTED.search(hit.name) else None
    if numbered and int(numbered[1]) < first - 1:
        return True
    beside = _YEAR_BEFORE.search(letters[max(0, hit.start - 12) : hit.start]) or _YEAR_BEHIND.match(letters, hit.end)
    if beside is None:
        return False
    year = int(beside[beside.lastindex or 1])
    return year < first - _OLDER or (is_bill(hit.name) and year > last + _LATER)


def plain_name(name: str) -> str:
    """Return a name without what says that it amends: 网络安全法修正案."""
    return _AMENDS.sub("", name)


def is_amending(letters: str, hit: Hit) -> bool:
    """Say whether a name is, or goes on as, that of a draft or an amendment."""
    return _AMENDS.search(hit.name) is not None or _AMENDED.match(letters, hit.end) is not None
