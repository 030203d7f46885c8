"""Laws of one name: which of them a text means, by whose law it says it is, and of which year.

《个人信息保护法》 is China's unless Korea's or Japan's is said; SB 53 is California's unless it is Ohio's; a RAISE Act
of 2017 is none of 2025. A name goes to the tracked law of the jurisdiction said, and to none where no such law
is tracked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from monitor.tag.acronyms import (
    is_applied,
    is_hardly_law,
    is_in_force,
    is_no_law,
    is_of_its_matter,
    is_spelled_otherwise,
    speaks_of_law,
)
from monitor.tag.bills import is_bill, is_of_bills, is_on_its_matter
from monitor.tag.catalogue import Catalogue
from monitor.tag.gathered import Hit
from monitor.tag.jurisdictions import find_seats, is_within
from monitor.tag.law_days import day_forms
from monitor.tag.lexicon import Role
from monitor.tag.named_works import is_work
from monitor.tag.other_names import is_amending, is_cued_by_another, is_longer, is_of_another_year, plain_name
from monitor.tag.own_rules import is_own_rule
from monitor.tag.places import Cover, Place, Places
from monitor.tag.settings import CatalogueEntry
from monitor.tag.titles import is_field_of_law, is_law_in_english
from monitor.tag.whose import EACH, HOME, UNKNOWN, Said, Whose
from monitor.tag.whose_phrases import is_acronym, is_one_of_many
from storage.states import FactKind

__all__ = ["Law", "laws_of", "without_namesakes"]

_IS_LAW = re.compile(r"(?:法|法案|法草案|条例|Act|Law|law|Bill|bill)$")
_IS_ENGLISH_LAW = re.compile(r"(?:Act|Law|Directive|Plan|[Bb]ill)$|^[A-Z]{3,}$")
_DATED = frozenset({FactKind.ISSUED, FactKind.EFFECTIVE, FactKind.AMENDED})
_OWN = "cn"
_HERE = re.compile(
    "我国|网信|工信部|(?<!国)[境国]内(?!阁)|[在来访赴对驻涉]华(?![盛沙尔])|中方|民警|网警|人民(?:法院|检察院|币)"
)
"""Who writes of home seldom names it."""

_WORLDWIDE = frozenset({"us", "eu"})  # their bodies speak of firms from China, too
_HOMES = frozenset({"cn", "tw", "hk", "mo", "sg"})  # where Chinese is written
_MOST_TOLD = 8  # places of one name that are asked: more say the same
_JOINT = "\u0001"  # between a title and its text
_LAW_OF = "a law of "
_OTHERS = "another country"
_WORK = "the name of a work"
_OWN_RULE = "somebody's own rule"
_IN_GENERAL = "the law in general"
_GUARD = "个人信息保护委员会"  # of many countries, and not of China
_SHORT = "short for something else"
_OF_EACH = "laws of that name in general"
_INSIDE = "in the name of another's law"
_BEST_KNOWN = {"AI Act": "eu", "Artificial Intelligence Act": "eu"}
_ACT_NUMBER = re.compile(r"(?:Local Law|LL) \d|M-\d\d-\d\d$")
_NICKNAME = re.compile("新规$")  # any country has new rules: 韩国教育部…生成式AI新规
_GENERAL = 7  # characters of 个人信息保护法: a longer Chinese name is hardly anybody else's
_KIN = 160  # characters between two laws of one sentence


@dataclass(frozen=True, slots=True)
class Law:
    """Whose law a tracked regulation is, its years and days, and what texts on it, or on other things, say."""

    jurisdiction: str
    issuer: str
    first: int | None
    last: int | None
    cues: tuple[str, ...]
    against: tuple[str, ...]
    days: tuple[str, ...] = ()


def laws_of(catalogue: Catalogue) -> dict[str, Law]:
    """Return the shipped regulations that somebody's law is, by id."""
    entries = (entry for entry in catalogue if isinstance(entry, CatalogueEntry))
    return {entry.id: _law(entry, entry.jurisdiction) for entry in entries if entry.jurisdiction}


def _law(entry: CatalogueEntry, jurisdiction: str) -> Law:
    dated = [fact.value for fact in entry.facts if fact.what in _DATED]
    years = [int(value[:4]) for value in dated]
    days = tuple(form for value in dated for form in day_forms(value))
    first, last = min(years, default=None), max(years, default=None)
    return Law(jurisdiction, entry.issuer or "", first, last, entry.cues, entry.negative_cues, days)


def without_namesakes(letters: str, hits: Sequence[Hit], laws: Mapping[str, Law]) -> tuple[list[Hit], dict[Hit, str]]:
    """Return the hits of a folded text that may mean their law, and those that mean another one, with the reason.

    A name that is said to be of the jurisdiction of a tracked law is certain.
    """
    others = _others(letters, hits)
    hits = [hit for hit in hits if hit not in others] if others else hits
    shared = [hit for hit in hits if _may_be_shared(hit, laws)]
    if not shared:
        return list(hits), others
    asked = _Asked(letters, shared, laws, [hit for hit in hits if hit.role is Role.STRONG and hit.entity in laws])
    judged = {hit: asked.judged(hit) for hit in shared}
    judged |= _inside(judged)
    own = Cover((hit.start, hit.end) for hit, one in judged.items() if one == _OWN_RULE)
    judged |= {hit: _OWN_RULE for hit in shared if own.holds(hit.start, hit.end)}  # 标识办法 in a school's AI标识办法
    kept = [one for one in (judged.get(hit, hit) for hit in hits) if isinstance(one, Hit)]
    return kept, others | {hit: one for hit, one in judged.items() if isinstance(one, str)}


def _others(letters: str, hits: Iterable[Hit]) -> dict[Hit, str]:
    """Return the names of rules that are those of a work or of what lawyers study."""
    rules = [hit for hit in hits if hit.kind == "regulation"]
    fields = {hit: _IN_GENERAL for hit in rules if is_field_of_law(letters, hit.start, hit.end)}
    return fields | {hit: _WORK for hit in rules if is_work(letters, hit.start, hit.end)}


def _inside(judged: Mapping[Hit, Hit | str]) -> dict[Hit, str]:
    """Return the names within a longer one of their law that means another country's: 标识新规 in 印度的AI标识新规."""
    others = [hit for hit, one in judged.items() if isinstance(one, str) and one.startswith(_LAW_OF)]
    if not others:
        return {}
    places: dict[str, list[Place]] = {}
    for hit in others:
        places.setdefault(hit.entity, []).append((hit.start, hit.end))
    covers = {entity: Cover(within) for entity, within in places.items()}
    within = (hit for hit, one in judged.items() if isinstance(one, Hit) and hit.entity in covers)
    return {hit: _INSIDE for hit in within if covers[hit.entity].holds(hit.start, hit.end)}


def _may_be_shared(hit: Hit, laws: Mapping[str, Law]) -> bool:
    """Say whether others may have a law of such a name: its spelling does not say whose it is."""
    return hit.entity in laws and not _tells_whose(hit.name)


@cache
def _tells_whose(name: str) -> bool:
    return bool(find_seats(name))


class _Asked:
    """Whose the names of one text are, by place."""

    def __init__(self, letters: str, hits: Sequence[Hit], laws: Mapping[str, Law], certain: Sequence[Hit] = ()) -> None:
        self._letters, self._laws, self._whose = letters, laws, Whose(letters)
        self._entities = {hit.entity for hit in hits}
        self._headed = letters.find(_JOINT)
        self._named = {seat.code for seat in self._whose.seats} - {self._whose.reported_from}
        self._tracked: dict[Place, set[str]] = {}
        for hit in hits:
            self._tracked.setdefault((hit.start, hit.end), set()).add(laws[hit.entity].jurisdiction)
        self._said = {place: self._whose.said(*place) for place in self._tracked}
        sure = [*certain, *(hit for hit in hits if self._is_said_own(hit))]
        self._certain = Places(sure)
        self._sure = {(hit.entity, laws[hit.entity].jurisdiction) for hit in sure}
        self._told: dict[str, list[Hit]] = {}
        for hit in hits:
            if self._said[hit.start, hit.end] is not None:
                self._told.setdefault(hit.name, []).append(hit)
        self._is_named = cache(self._names)
        self._is_other = cache(lambda name: is_spelled_otherwise(letters, name))
        self._is_on_matter = cache(lambda entity: is_on_its_matter(letters, laws[entity].cues))
        self._is_cued = cache(lambda entity: any(cue in letters for cue in laws[entity].cues))
        self._is_denied = cache(lambda entity: any(word in letters for word in laws[entity].against))
        self._beside = {laws[hit.entity].jurisdiction for hit in hits if hit.role is Role.STRONG}

    def judged(self, hit: Hit) -> Hit | str:
        """Return a hit as it is, or certain; where it means another law, why."""
        law = self._laws[hit.entity]
        why = self._by_words(hit, law)
        if why is not None:
            return why
        said = self._of(hit, law)
        if is_bill(hit.name) and not self._is_told(hit, law, said):
            return "a number alone"
        return self._unsaid(hit, law) if said is None else self._said_as(hit, law, said)

    def _by_words(self, hit: Hit, law: Law) -> str | None:
        """Return why the words right at a name make it none, or None."""
        if is_of_another_year(self._letters, hit, law.first, law.last):
            return "of another year"
        if is_longer(self._letters, hit, law.cues):
            return "part of a longer name"
        if is_own_rule(self._letters, hit.start, hit.end, law.issuer):
            return _OWN_RULE
        return _SHORT if _is_letters(hit.name) and self._is_short_for_other(hit, law) else None

    def _is_short_for_other(self, hit: Hit, law: Law) -> bool:
        if self._is_other(hit.name) or is_no_law(self._letters, hit.start, hit.end):
            return True
        return not self._is_named(law.jurisdiction) and is_hardly_law(self._letters, hit.start, hit.end)

    def _unsaid(self, hit: Hit, law: Law) -> Hit | str:
        """Judge a name of which nothing says whose it is."""
        if hit.role is not Role.STRONG and is_law_in_english(self._letters, hit.start, hit.end):
            return _IN_GENERAL
        if is_cued_by_another(self._letters, hit, law.cues, law.jurisdiction):
            return hit if self._is_among_kin(hit, law) else "cued by another body"
        is_open = hit.role is not Role.STRONG
        if is_open and is_one_of_many(self._letters, hit.start, hit.end) and not self._is_only_named(law):
            return _IN_GENERAL
        if self._is_elsewhere(hit, law):
            return "a text from elsewhere"
        one = self._in_company(hit, law)
        is_bare = one.role is not Role.STRONG and _is_letters(one.name)
        return "nothing of laws near" if is_bare and not speaks_of_law(self._letters, one.start, one.end) else one

    def _said_as(self, hit: Hit, law: Law, said: Said) -> Hit | str:
        """Judge a name that is said to be of some jurisdiction."""
        if said.code == EACH:
            return hit if is_acronym(hit.name) else _OF_EACH
        code = said.code or (law.jurisdiction if law.jurisdiction in _HOMES else _OWN)
        if code == UNKNOWN and law.jurisdiction not in _HOMES:
            return hit  # abroad, to a Chinese reader: 海外GDPR
        if code == law.jurisdiction:
            is_certain = _IS_LAW.search(hit.name) or (said.is_beside and is_acronym(hit.name))
            return replace(hit, role=Role.STRONG) if is_certain else self._in_company(hit, law)
        is_part = is_within(code, law.jurisdiction) and not said.is_beside
        if is_part or is_within(law.jurisdiction, code):
            return hit
        return f"{_LAW_OF}{_OTHERS if code == UNKNOWN else code}"

    def _is_said_own(self, hit: Hit) -> bool:
        said = self._said[hit.start, hit.end]
        return said is not None and said.is_beside and said.code == self._laws[hit.entity].jurisdiction

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
        if any(not self._is_apart(one, hit) for one in told):
            return set()
        said = (self._said[other.start, other.end] for other in told)
        return {one.code for one in said if one is not None}

    def _is_told(self, hit: Hit, law: Law, said: Said | None) -> bool:
        """Say whether the text tells what the bill of a number is about; of a certain one, that it is a bill."""
        if self._entities != {hit.entity} or self._is_on_matter(hit.entity):
            return True
        if hit.role is not Role.STRONG:
            return False
        is_own = said is not None and said.code == law.jurisdiction
        is_elsewhere = any("-" in code for code in self._named) and not self._is_named(law.jurisdiction)
        return is_own or (not is_elsewhere and self._is_of_bills)

    @cached_property
    def _is_of_bills(self) -> bool:
        return is_of_bills(self._letters)

    def _goes_on(self, one: Hit, hit: Hit) -> bool:
        """Say whether a name may take up another place of its own: behind it, or a title that comes before all."""
        return one.start < hit.start or hit.start < self._headed < one.start

    def _suggested(self, place: Place, *, is_named: bool) -> Said | None:
        """Return whose law of this name is tracked: of its dateline, or of whose courts and laws it tells."""
        tracked = self._tracked[place]
        there = tracked & {
            *(self._named if _GUARD in self._letters and _OWN not in self._named else ()),
            self._whose.reported_from,
            *(() if is_named else self._whose.ruling(*place) | self._whose.guarding),
        }
        if not there and len(tracked) > 1:
            there = {code for code in tracked & self._beside if not any(map(self._is_named, tracked - {code}))}
        return Said(sorted(there)[0], is_beside=False) if len(there) == 1 else None

    def _in_company(self, hit: Hit, law: Law) -> Hit:
        """Return an English name as certain beside a law of the same maker, or where only that country is spoken of."""
        if hit.role is Role.STRONG or not self._is_asked(hit, law):
            return hit
        asked = (
            *(self._is_among_kin, self._is_only_maker, self._is_on_acts),
            *(self._is_best_known, self._is_of_its_set, self._is_on_its_day),
        )
        return replace(hit, role=Role.STRONG) if any(one(hit, law) for one in asked) else hit

    def _is_asked(self, hit: Hit, law: Law) -> bool:
        """Say whether a name is that of an act; a Chinese one tells nothing of a country where Chinese is written."""
        is_han = _IS_LAW.search(hit.name) is not None and law.jurisdiction not in _HOMES
        return is_han or _is_numbered(hit.name) or _IS_ENGLISH_LAW.search(hit.name) is not None

    def _is_among_kin(self, hit: Hit, law: Law) -> bool:
        """Say whether the sentence of a name holds another law of its maker, and of no other that fits.

        An acronym there is a law too, whoever made the other: the GDPR and the CCPA.
        """
        near = self._certain.starting(hit.start - _KIN, hit.end + _KIN)
        beside = [one for one in near if one.entity != hit.entity and not self._is_apart(one, hit)]
        tracked = self._tracked[hit.start, hit.end]
        makers = {self._laws[one.entity].jurisdiction for one in beside} & tracked
        return makers == {law.jurisdiction} or (bool(beside) and is_acronym(hit.name) and len(tracked) == 1)

    def _is_only_maker(self, hit: Hit, law: Law) -> bool:
        """Say whether the text names the country of a law and no other, and nothing that speaks against it."""
        return self._is_only_named(law) and not is_acronym(hit.name) and not self._is_denied(hit.entity)

    def _is_on_acts(self, hit: Hit, law: Law) -> bool:
        """Say whether a text that names the country of an acronym or a number alone has a word of its matter."""
        is_numbered = _is_numbered(hit.name)
        if not (is_numbered or _is_letters(hit.name)) or self._is_denied(hit.entity):
            return False
        is_told, is_done = is_of_its_matter(self._letters, law.cues), is_applied(self._letters, hit.start, hit.end)
        if self._named:
            return self._is_only_named(law) and (is_told or is_done)
        return is_told and (is_numbered or is_done)

    def _is_best_known(self, hit: Hit, law: Law) -> bool:
        """Say whether a name of several laws is told as the one that readers know, in a text that names no country."""
        tracked = self._tracked[hit.start, hit.end]
        is_told = self._letters.endswith(("the ", "The "), 0, hit.start) and (
            _BEST_KNOWN.get(hit.name) == law.jurisdiction or (len(tracked) == 1 and is_in_force(self._letters, hit.end))
        )
        return is_told and not self._named and not self._whose.reported_from and not self._is_denied(hit.entity)

    def _is_of_its_set(self, hit: Hit, law: Law) -> bool:
        """Say whether a text on another law of its maker tells of the matter of an acronym or a number, too."""
        if not is_acronym(hit.name) or self._is_denied(hit.entity) or len(self._tracked[hit.start, hit.end]) > 1:
            return False
        has_kin = any(code == law.jurisdiction and one != hit.entity for one, code in self._sure)
        return has_kin and (self._is_only_named(law) or is_of_its_matter(self._letters, law.cues))

    def _is_on_its_day(self, hit: Hit, law: Law) -> bool:
        """Say whether the sentence of a name gives a day of its law: 2 August 2026, of the AI Act."""
        near = self._letters[max(0, hit.start - _KIN) : hit.end + _KIN]
        at = next((at for at in map(near.find, law.days) if at >= 0), None)
        if at is None:
            return False
        day = max(0, hit.start - _KIN) + at
        return not self._whose.is_apart(min(day, hit.end), max(day, hit.start))

    def _is_only_named(self, law: Law) -> bool:
        named = {code for code in (*self._named, self._whose.reported_from) if code}
        return bool(named) and all(is_within(code, law.jurisdiction) for code in named)

    def _is_apart(self, one: Hit, other: Hit) -> bool:
        return self._whose.is_apart(min(one.end, other.end), max(one.start, other.start))

    def _names(self, jurisdiction: str) -> bool:
        """Say whether the text names a jurisdiction, a part or the whole of it."""
        is_named = any(_are_related(code, jurisdiction) for code in self._named)
        return is_named or (jurisdiction == _OWN and _HERE.search(self._letters) is not None)

    def _is_elsewhere(self, hit: Hit, law: Law) -> bool:
        """Say whether a text that says nothing beside a name is from elsewhere, or of another state's bill."""
        is_nickname = _NICKNAME.search(hit.name) is not None
        is_long = len(plain_name(hit.name)) > _GENERAL and not hit.name.isascii() and not is_nickname
        if is_long or self._is_named(law.jurisdiction):
            return False
        if is_bill(hit.name):
            return (
                not self._is_cued(hit.entity) and len(self._tracked) == 1 and any("-" in code for code in self._named)
            )
        origins = {self._whose.reported_from} if law.jurisdiction in _HOMES else set()
        if law.jurisdiction == _OWN or hit.role is not Role.STRONG:
            origins |= self._whose.ruling(hit.start, hit.end) - _WORLDWIDE
        if is_nickname or is_amending(self._letters, hit):
            origins |= self._whose.governing(hit.start)  # who explains a draft is who makes it
        is_foreign = any(origin and not _are_related(origin, law.jurisdiction) for origin in origins)
        return is_foreign and (is_nickname or _IS_LAW.search(plain_name(hit.name)) is not None)


def _is_letters(name: str) -> bool:
    """Say whether a name is letters in capitals and nothing else: DSA, and not EO 14179."""
    return is_acronym(name) and name.isalpha()


def _is_numbered(name: str) -> bool:
    return is_bill(name) or _ACT_NUMBER.match(name) is not None


def _are_related(one: str, other: str) -> bool:
    return is_within(one, other) or is_within(other, one)
