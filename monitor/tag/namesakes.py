"""Laws of one name: which of them a text means, by whose law it says it is, and of which year.

《个人信息保护法》 is China's unless Korea's or Japan's is said; SB 53 is California's unless it is Ohio's; a RAISE Act
of 2017 is none of 2025. A name goes to the tracked law of the jurisdiction said, and to none where no such law
is tracked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from monitor.tag.catalogue import Catalogue
from monitor.tag.gathered import Hit
from monitor.tag.jurisdictions import find_seats, is_within
from monitor.tag.lexicon import Role
from monitor.tag.places import Place
from monitor.tag.settings import CatalogueEntry
from monitor.tag.whose import HOME, UNKNOWN, Said, Whose
from storage.states import FactKind

__all__ = ["Law", "laws_of", "without_namesakes"]

_IS_LAW = re.compile(r"(?:法|法案|法草案|条例|Act|Law|law|Bill|bill)$")
_BILL = re.compile(r"(?:[SHA]\.?[BFR]|H\.?R|Senate Bill|House Bill|Assembly Bill|Bill)\.? ?[A-Z]?-?\d")
_ENACTED = re.compile("Act$")
_DATED = frozenset({FactKind.ISSUED, FactKind.EFFECTIVE, FactKind.AMENDED})
_YEAR_BEFORE = re.compile(r"\b((?:19|20)\d\d)(?:'s)? [\"']?$|((?:19|20)\d\d)年(?:版的?|的)?[\"'《〈 ]*$")
_YEAR_BEHIND = re.compile(r"[》\"']* ?(?:of |\()((?:19|20)\d\d)\b")
_NUMBERED_YEAR = re.compile(r" ((?:19|20)\d\d)\b(?!-)")  # the year of a British or Indian act is part of its name
_CAPITALS = re.compile(r"(?:\b[Tt]he|\b[Aa]n?|'s?) ((?:[A-Z][\w&-]*,? (?:and )?){1,5})[\"']?$")
_NEUTRAL = re.compile(
    "New|Draft|Final|Landmark|Historic|Controversial|Flagship|Strict|Tough|Contentious|Current|Future|Whole|Entire|Full|"
    "Original|Latest|First|Key|Commission|Parliament|Council|Union|Senate|House|[a-z].*|.*-.*"
)
_OWN = "cn"
_HERE = re.compile("我国|网信|工信部|境内|国内|[在来访赴对驻涉]华(?![盛沙尔])|中方|民警|网警|人民(?:法院|检察院|币)")
"""Who writes of home seldom names it."""

_WORLDWIDE = frozenset({"us", "eu"})  # their bodies speak of firms from China, too
_HOMES = frozenset({"cn", "tw", "hk", "mo", "sg"})  # where Chinese is written
_MOST_TOLD = 8  # places of one name that are asked: more say the same
_JOINT = "\u0001"  # between a title and its text
_OTHERS = "another country"
_OLDER = 5  # years from the bill to the act
_GENERAL = 7  # characters of 个人信息保护法: a longer Chinese name is hardly anybody else's
_LATER = 2  # years of a session


@dataclass(frozen=True, slots=True)
class Law:
    """Whose law a tracked regulation is, the years of its facts, and what texts on it say."""

    jurisdiction: str
    first: int | None
    last: int | None
    cues: tuple[str, ...]


def laws_of(catalogue: Catalogue) -> dict[str, Law]:
    """Return the shipped regulations that somebody's law is, by id."""
    entries = (entry for entry in catalogue if isinstance(entry, CatalogueEntry))
    return {entry.id: _law(entry, entry.jurisdiction) for entry in entries if entry.jurisdiction}


def _law(entry: CatalogueEntry, jurisdiction: str) -> Law:
    years = [int(fact.value[:4]) for fact in entry.facts if fact.what in _DATED]
    return Law(jurisdiction, min(years, default=None), max(years, default=None), entry.cues)


def without_namesakes(letters: str, hits: Sequence[Hit], laws: Mapping[str, Law]) -> tuple[list[Hit], dict[Hit, str]]:
    """Return the hits of a folded text that may mean their law, and those that mean another one, with the reason.

    A name that is said to be of the jurisdiction of a tracked law is certain.
    """
    shared = [hit for hit in hits if _may_be_shared(hit, laws)]
    if not shared:
        return list(hits), {}
    asked = _Asked(letters, shared, laws)
    judged = {hit: asked.judged(hit) for hit in shared}
    kept = [one for one in (judged.get(hit, hit) for hit in hits) if isinstance(one, Hit)]
    return kept, {hit: one for hit, one in judged.items() if isinstance(one, str)}


def _may_be_shared(hit: Hit, laws: Mapping[str, Law]) -> bool:
    """Say whether others may have a law of such a name: its spelling does not say whose it is."""
    return hit.entity in laws and not _tells_whose(hit.name)


@cache
def _tells_whose(name: str) -> bool:
    return bool(find_seats(name))


class _Asked:
    """Whose the names of one text are, by place."""

    def __init__(self, letters: str, hits: Sequence[Hit], laws: Mapping[str, Law]) -> None:
        self._letters, self._laws, self._whose = letters, laws, Whose(letters)
        self._headed = letters.find(_JOINT)
        self._named = {seat.code for seat in self._whose.seats} - {self._whose.reported_from}
        self._tracked: dict[Place, set[str]] = {}
        for hit in hits:
            self._tracked.setdefault((hit.start, hit.end), set()).add(laws[hit.entity].jurisdiction)
        self._said = {place: self._whose.said(*place) for place in self._tracked}
        self._told: dict[str, list[Hit]] = {}
        for hit in hits:
            if self._said[hit.start, hit.end] is not None:
                self._told.setdefault(hit.name, []).append(hit)
        self._is_named = cache(self._names)
        self._beside = {laws[hit.entity].jurisdiction for hit in hits if hit.role is Role.STRONG}

    def judged(self, hit: Hit) -> Hit | str:
        """Return a hit as it is, or certain; where it means another law, why."""
        law = self._laws[hit.entity]
        if _is_of_another_year(self._letters, hit, law):
            return "of another year"
        if _is_longer(self._letters, hit):
            return "part of a longer name"
        said = self._of(hit, law)
        if said is None:
            return "a text from elsewhere" if self._is_elsewhere(hit, law) else hit
        code = said.code or (law.jurisdiction if law.jurisdiction in _HOMES else _OWN)
        if code == UNKNOWN and law.jurisdiction not in _HOMES:
            return hit  # abroad, to a Chinese reader: 海外GDPR
        if code == law.jurisdiction:
            return replace(hit, role=Role.STRONG) if _IS_LAW.search(hit.name) else hit
        is_part = is_within(code, law.jurisdiction) and not said.is_beside
        return (
            hit if is_part or is_within(law.jurisdiction, code) else f"a law of {_OTHERS if code == UNKNOWN else code}"
        )

    def _of(self, hit: Hit, law: Law) -> Said | None:
        """Return what is said beside a name; else what is said of it elsewhere in the text, or where that is from."""
        place = hit.start, hit.end
        said = self._said[place]
        if said is not None and not (said.is_shared and not _IS_LAW.search(hit.name)):
            return said
        is_named = self._is_named(law.jurisdiction)
        codes = set() if is_named else self._told_of(hit)
        if codes and HOME not in codes:
            return Said(sorted(codes)[0] if len(codes) == 1 else UNKNOWN, is_beside=False)
        return self._suggested(place, is_named=is_named)

    def _told_of(self, hit: Hit) -> set[str]:
        """Return what other sentences say of a name; what its own says of another place only sets that one apart.

        A name with nothing beside it that opens the text is its readers' law, whatever is told of others later.
        """
        told = [one for one in self._told.get(hit.name, [])[:_MOST_TOLD] if self._goes_on(one, hit)]
        if any(not self._whose.is_apart(min(one.end, hit.end), max(one.start, hit.start)) for one in told):
            return set()
        said = (self._said[other.start, other.end] for other in told)
        return {one.code for one in said if one is not None}

    def _goes_on(self, one: Hit, hit: Hit) -> bool:
        """Say whether a name may take up another place of its own: behind it, or a title that comes before all."""
        return one.start < hit.start or hit.start < self._headed < one.start

    def _suggested(self, place: Place, *, is_named: bool) -> Said | None:
        """Return whose law of this name is tracked: of its dateline, or of whose courts and laws it tells."""
        tracked = self._tracked[place]
        there = tracked & {
            self._whose.reported_from,
            *(() if is_named else self._whose.ruling(*place) | self._whose.guarding),
        }
        if not there and len(tracked) > 1:
            there = {code for code in tracked & self._beside if not any(map(self._is_named, tracked - {code}))}
        return Said(sorted(there)[0], is_beside=False) if len(there) == 1 else None

    def _names(self, jurisdiction: str) -> bool:
        """Say whether the text names a jurisdiction, a part or the whole of it."""
        is_named = any(_are_related(code, jurisdiction) for code in self._named)
        return is_named or (jurisdiction == _OWN and _HERE.search(self._letters) is not None)

    def _is_elsewhere(self, hit: Hit, law: Law) -> bool:
        """Say whether a text that says nothing beside a name is from elsewhere, or of another state's bill."""
        if self._is_named(law.jurisdiction) or (len(hit.name) > _GENERAL and not hit.name.isascii()):
            return False
        if _BILL.match(hit.name):
            is_told = any(cue in self._letters for cue in law.cues)
            return not is_told and len(self._tracked) == 1 and any("-" in code for code in self._named)
        origins = {self._whose.reported_from} if law.jurisdiction in _HOMES else set()
        if law.jurisdiction == _OWN:
            origins |= self._whose.ruling(hit.start, hit.end) - _WORLDWIDE
        is_foreign = any(origin and not _are_related(origin, law.jurisdiction) for origin in origins)
        return is_foreign and _IS_LAW.search(hit.name) is not None


def _is_longer(letters: str, hit: Hit) -> bool:
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


def _are_related(one: str, other: str) -> bool:
    return is_within(one, other) or is_within(other, one)


def _is_of_another_year(letters: str, hit: Hit, law: Law) -> bool:
    """Say whether the year beside a name is one that the law cannot bear; that of an amendment it can."""
    if law.first is None or law.last is None:
        return False
    numbered = _NUMBERED_YEAR.match(letters, hit.end) if _ENACTED.search(hit.name) else None
    if numbered and int(numbered[1]) < law.first - 1:
        return True
    beside = _YEAR_BEFORE.search(letters[max(0, hit.start - 12) : hit.start]) or _YEAR_BEHIND.match(letters, hit.end)
    if beside is None:
        return False
    year = int(beside[beside.lastindex or 1])
    return year < law.first - _OLDER or (_BILL.match(hit.name) is not None and year > law.last + _LATER)
