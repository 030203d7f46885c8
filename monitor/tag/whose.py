"""Whose law a text speaks of: the country, union or state that it says beside the name of a law.

Said in the same phrase (越南《网络安全法》, Ohio's SB 53), by a word that points back (该国, its), by who makes or
applies the law in its clause (韩国国会通过《芯片法案》), or by what the sentence begins with (在日本，). Knows no law.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from monitor.tag.bills import is_bill
from monitor.tag.jurisdictions import Seat, code_of, find_seats, is_within
from monitor.tag.whose_phrases import (
    acts,
    governs,
    guards_data,
    is_acronym,
    is_aside,
    is_beside,
    is_for,
    is_for_whole,
    is_promulgated,
    is_said_behind,
    is_submitted,
    is_used,
    leading,
    makes,
    names_firm,
    points,
    version_of,
    without_listed,
)

__all__ = ["EACH", "HOME", "UNKNOWN", "Said", "Whose"]

HOME = ""
"""The code of 我国: the writer's own, whichever that is."""

UNKNOWN = "-"
"""The code of 他国: somebody else's, nobody says whose."""

EACH = "*"
"""The code of 各国, every state's: laws of that name in general."""

_POINTED = {"home": HOME, "elsewhere": UNKNOWN, "each": EACH}
_OF_PART = re.compile("[该本][州省邦]")
_DECREES = "tw"
_UNION = "eu"  # no 国: what 该国 points at stands before or behind it
_LOOK_BACK = 220  # characters before a name that may say whose it is
_LEADING = 60  # characters from a country that is told to be the first, to the name of its law
_MOST_SEATS = 3  # looked at in one sentence, from the name on
_STOP = re.compile(r"[。!?;\n\u0001]|[.!?][\"')]* (?=[A-Z\"(])")
_NO_SUBJECT = tuple("在赴对向于从与和同跟比往、")
_LEAD = 8
_LEADS = re.compile(r"(?:^|[。!?;\n\u0001]|[.!?][\"')]* )[\"' ]*(?:在|In )?$")
_TOPIC = re.compile(r"[,:](?!\d)")
_WIRE = re.compile(r"(?:\d+月)?(?:\d+日)?(?:综合|专)?(?:电|讯|消息)(?=[\s,:。()\[\]】\u2014]|记者)")
_FROM = re.compile(
    r"(?:^|\n)([A-Z][A-Z .'-]{2,24}?)(?:, [A-Z][\w. ]{2,16}?)?(?: ?\([^()\n]{2,24}\))? ?[-\u2013\u2014]{1,2} "
)
_HEAD = 80


@dataclass(frozen=True, slots=True)
class Said:
    """A jurisdiction that is said of a name.

    ``is_beside``: in the same phrase, so that no part or whole is meant; ``is_shared``: of the first title of a list.
    """

    code: str
    is_beside: bool
    is_shared: bool = False


class Whose:
    """Questions about names in one folded text."""

    def __init__(self, letters: str) -> None:
        self._letters = letters
        self.seats = find_seats(letters)
        self._starts = [seat.start for seat in self.seats]

    def said(self, start: int, end: int) -> Said | None:
        """Return whose the law named at ``letters[start:end]`` is said to be; None where nothing says it."""
        if is_promulgated(self._letters, end):
            return Said(_DECREES, is_beside=True)
        seats = self._before(start)
        pointed = self._version(start) or self._pointed(start, end, seats)
        if pointed is not None or not self.seats:
            return pointed
        behind = self._behind(end)
        if behind is not None or not seats:
            return behind
        said = self._beside(start, end, seats) or self._leading(start, seats)
        if said is None and not is_used(self._letters, end) and _may_be_made(self._letters[start:end]):
            said = self._acting(start, seats)
        return said or self._begun(start, seats)

    @cached_property
    def reported_from(self) -> str | None:
        """The place that the report begins with: 河内电, HANOI (Reuters) -."""
        found = _FROM.search(self._letters[:_HEAD])
        if found:
            return code_of(found[1].title())
        heading = self.seats[: bisect_left(self._starts, _HEAD)]
        return next((seat.code for seat in heading if _WIRE.match(self._letters, seat.end)), None)

    def ruling(self, start: int, end: int) -> frozenset[str]:
        """Return the jurisdictions whose court or legislature acts in the sentence of a name."""
        index = bisect_left(self._acting_at, start)
        near = self._bodies[max(0, index - 1) : index + 1]
        return frozenset(seat.code for seat in near if not self.is_apart(min(seat.end, end), max(seat.start, start)))

    def governing(self, start: int) -> frozenset[str]:
        """Return the jurisdictions named as states, their ministries and officials, before a name in its sentence."""
        seats = self._before(start)
        return frozenset(
            seat.code for seat in seats if not self.is_apart(seat.end, start) and governs(self._letters, seat.end)
        )

    @cached_property
    def guarding(self) -> frozenset[str]:
        """The jurisdictions of which the text names the authority for personal data."""
        return frozenset(seat.code for seat in self.seats if guards_data(self._letters, seat.end))

    @cached_property
    def _bodies(self) -> list[Seat]:
        return [seat for seat in self.seats if acts(self._letters, seat.end)]

    @cached_property
    def _acting_at(self) -> list[int]:
        return [seat.start for seat in self._bodies]

    def is_apart(self, end: int, start: int) -> bool:
        """Say whether a sentence ends between two places, or they are far from each other."""
        return start - end > _LOOK_BACK or _STOP.search(self._letters, end, start) is not None

    def _before(self, start: int) -> list[Seat]:
        """Return the jurisdictions before a place, the nearest first."""
        first, last = bisect_left(self._starts, start - _LOOK_BACK), bisect_left(self._starts, start)
        return [seat for seat in reversed(self.seats[first:last]) if seat.end <= start]

    def _version(self, start: int) -> Said | None:
        """Return the country whose version of a law the words before a name tell: 台版芯片法案."""
        code = version_of(self._letters[max(0, start - _LEAD) : start])
        return Said(code, is_beside=True) if code else None

    def _pointed(self, start: int, end: int, seats: Sequence[Seat]) -> Said | None:
        """Return what 我国, 该国, its and the like before a name point at."""
        what = points(self._letters, start, end)
        if what is None or (what == "each" and is_used(self._letters, end)):
            return None
        if what in _POINTED:
            return Said(_POINTED[what], is_beside=True)
        if what == "there":
            seats = [seat for seat in seats if seat.code != _UNION]
        if seats and "-" not in seats[0].code and _OF_PART.search(self._letters, max(0, start - _LEAD), start):
            return Said(UNKNOWN, is_beside=True)  # a state's, of which only the country is known
        if not seats or (what == "its" and not self._is_owner(seats[0], start, end)):
            return None
        return Said(seats[0].code, is_beside=True)

    def _is_owner(self, seat: Seat, start: int, end: int) -> bool:
        """Say whether "its" law may be that of a jurisdiction before it, and not of a firm from there."""
        if is_used(self._letters, end) or self.is_apart(seat.end, start):
            return False
        return acts(self._letters, seat.end) or not names_firm(self._letters[seat.end : start])

    def _seat_at(self, at: int | None) -> Seat | None:
        """Return the jurisdiction that begins at a place."""
        index = len(self.seats) if at is None else bisect_left(self._starts, at)
        return self.seats[index] if index < len(self.seats) and self.seats[index].start == at else None

    def _behind(self, end: int) -> Said | None:
        body = self._seat_at(is_submitted(self._letters, end))
        if body is not None:
            return Said(body.code, is_beside=True)
        at = is_said_behind(self._letters, end)
        seat = self._seat_at(at)
        if at is None or seat is None:
            return self._wanted_for(end)
        is_other = self._letters.startswith("'", seat.end) or not (
            self._letters[at - 1] == " " or is_aside(self._letters, seat.end)
        )
        return None if is_other else Said(seat.code, is_beside=True)

    def _wanted_for(self, end: int) -> Said | None:
        """Return the jurisdiction that an act like another's is asked for: a "Digital Markets Act" for South Africa."""
        at = is_for(self._letters, end)
        seat = self._seat_at(at)
        if seat is None or not is_aside(self._letters, seat.end):
            return None
        return Said(seat.code, is_beside=True)

    def _beside(self, start: int, end: int, seats: Sequence[Seat]) -> Said | None:
        whole, between = self._between(seats[0], start)
        if not is_beside(between):
            return None
        is_whose = not is_used(self._letters, end)
        if not is_whose and self._letters[end - 1].isupper():
            return None  # Norway's GDPR fines: only an act is somebody's own
        return Said(seats[0].code, is_beside=is_whose, is_shared=between != whole)

    def _leading(self, start: int, seats: Sequence[Seat]) -> Said | None:
        """Return the jurisdiction told to be the first with the law: 意大利成为欧盟首个立法的国家,这部《."""
        for index, seat in enumerate(seats[:_MOST_SEATS]):
            if start - seat.end > _LEADING:
                return None
            length = leading(self._letters[seat.end : start])
            if length is not None and all(other.end <= seat.end + length for other in seats[:index]):
                return Said(seat.code, is_beside=True)
        return None

    def _acting(self, start: int, seats: Sequence[Seat]) -> Said | None:
        """Return the jurisdiction whose body makes the law, or applies it, in the clause of its name."""
        where = None
        for seat in seats[:_MOST_SEATS]:
            if self.is_apart(seat.end, start) or not (where is None or is_within(where, seat.code)):
                break
            between = self._between(seat, start)[1]
            if not self._letters.endswith(_NO_SUBJECT, 0, seat.start) and makes(between):
                return Said(seat.code, is_beside=is_for_whole(between))
            where = seat.code if self._letters.endswith("在", 0, seat.start) else where
        return None

    def _begun(self, start: int, seats: Sequence[Seat]) -> Said | None:
        """Return the jurisdiction that the sentence of a name begins with: 在日本，; In Quebec, the."""
        seat = seats[0]
        leads = _LEADS.search(self._letters[max(0, seat.start - _LEAD) : seat.start])
        if leads is None or not _TOPIC.match(self._letters, seat.end) or self.is_apart(seat.end, start):
            return None
        return Said(seat.code, is_beside=False)

    def _between(self, seat: Seat, start: int) -> tuple[str, str]:
        """Return what stands between a jurisdiction and a name, and that without other titles of one list with it."""
        whole = self._letters[seat.end : start]
        return whole, without_listed(whole)


def _may_be_made(name: str) -> bool:
    """Say whether who acts in the clause of a name may be its maker: of a bill by its number, not of the GDPR."""
    return is_bill(name) or not is_acronym(name)
