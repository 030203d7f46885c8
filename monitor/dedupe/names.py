"""Names that differ between two texts whose wording is otherwise the same.

Two notices of one form may differ in nothing but the company, the place or the person; they are no copies. The words
that were replaced between equal words are gathered, ``monitor.dedupe.names_kinds`` says what each pair of them is, and
this file rules whether the two texts speak of other subjects.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.dedupe.body import Body
from monitor.dedupe.codes import other_codes
from monitor.dedupe.lexicon import any_form
from monitor.dedupe.names_alignment import Aligned
from monitor.dedupe.names_changes import Change, changes
from monitor.dedupe.names_judged import Judged, is_titled, judge
from monitor.dedupe.names_kinds import Kind, names_of
from monitor.dedupe.names_laid import laid
from monitor.dedupe.names_lists import exchanged, netted, swapped
from monitor.dedupe.names_numbered import numbered_names
from monitor.dedupe.names_persons import begins_clause
from monitor.dedupe.names_renamed import misspelt
from monitor.dedupe.names_shown import shown
from monitor.dedupe.names_told import told_names
from monitor.dedupe.reversals import reversals
from monitor.dedupe.subjects import other_organisations
from storage.fold import to_simplified

__all__ = ["NameCheck", "check_names"]

_EARLY = 0.5  # a subject is named in the first half of a text; the foot names the publisher
_BEFORE_FOOT = 0.85  # what differs here is no credit, in a form that is equal but for its slots
_LEADING = 0.12  # a long text that names its subject once does so here, or in its title
_SHORT = 300  # Han characters or Latin words
_PAIR = 2
_FEW = 2  # stretches that only one side has
_FEW_EDITS = 1  # rewordings
_REPEATED = 3  # edits that a name which stands for another again and again outweighs, for each place; places of a noun
_EDITED = 12  # changes; a text that has more was reworded, and costs time
_LETTERS = 5  # of a word
_HAN_SHINGLE = 5
_SWAPS = re.compile(any_form("swaps"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCheck:
    """How the names of two texts compare.

    ``conflicts`` are the distinct pairs (name in A, name in B), in the order of one of the two. ``is_other_subject``
    says that they are what the two texts differ in, ``is_spelling`` that all of them are one name spelt in two ways
    (李明, 李铭), ``is_correction`` that nothing else was replaced. ``reversals`` are the distinct pairs of words
    that say the opposite of each other (批准, 未批准), ``renamed`` those of names that were replaced for sure, though
    they may not be the subject's.
    """

    conflicts: tuple[tuple[str, str], ...]
    is_other_subject: bool
    is_spelling: bool = False
    is_correction: bool = False
    reversals: tuple[tuple[str, str], ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def is_change(self) -> bool:
        """Tell whether one of two texts on one subject says something else, or corrects a name and nothing more."""
        return self.is_correction or bool(self.reversals or self.renamed)


_NOTHING = NameCheck(conflicts=(), is_other_subject=False)


def check_names(a: Body, b: Body) -> NameCheck:
    """Compare the names of two bodies and their titles; swapping the two swaps the pairs and nothing else.

    They speak of other subjects when names are what was replaced (half of it, or a quarter where one name stands for
    another again and again), and one of them stands early. A long text needs two such places, or one that leads it.
    A name counts when it does not occur on the other side at all, or, in a short text, less often. Codes of other
    securities are enough by themselves.
    """
    if (a.normalized, a.text, a.title or "") <= (b.normalized, b.text, b.title or ""):
        return _shown(_check(a, b))
    check = _shown(_check(b, a))
    return replace(
        check,
        conflicts=_turned(check.conflicts),
        reversals=_turned(check.reversals),
        renamed=_turned(check.renamed),
    )


def _shown(check: NameCheck) -> NameCheck:
    if not (check.conflicts or check.renamed):
        return check
    conflicts, others = (tuple(dict.fromkeys(map(shown, pairs))) for pairs in (check.conflicts, check.renamed))
    return replace(check, conflicts=conflicts, renamed=others)


def _turned(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((in_b, in_a) for in_a, in_b in pairs)


def _check(a: Body, b: Body) -> NameCheck:
    parts = laid(a, b)
    if not parts:
        return _NOTHING
    are_bodies = not parts[-1].in_title
    if are_bodies and (codes := other_codes(a.text, b.text)):
        return NameCheck(conflicts=codes, is_other_subject=True)
    is_short = min(len(a.normalized), len(b.normalized)) <= _SHORT * (1 if a.size <= _HAN_SHINGLE else _LETTERS)
    judged = judge(netted(changes(parts), parts), a, b, is_short=is_short)
    check = _ruling(judged, parts, is_short=is_short)
    check = check if check.is_other_subject else _with_organisations(check, judged, parts, a, b, is_short=is_short)
    check = check if check.is_other_subject else _with_swaps(check, judged, parts, is_short=is_short)
    if is_short and not check.is_other_subject and _is_one_script(a, b):
        check = _with_noun(check, judged, parts)
    if check.is_other_subject:
        return check
    return replace(check, reversals=reversals(parts), renamed=told_names(judged) if len(judged) <= _EDITED else ())


def _with_organisations(
    check: NameCheck, judged: Sequence[Judged], parts: Sequence[Aligned], a: Body, b: Body, *, is_short: bool
) -> NameCheck:
    """Return a check with the organisations that the two texts name in one place and that no list knows."""
    ignored = {one.change.coded for one in judged if one.kind in (Kind.IGNORED, Kind.SPELLING)}
    found = other_organisations(parts, a, b, ignored=ignored, is_short=is_short)
    return NameCheck(conflicts=found, is_other_subject=True) if found else check


def _with_swaps(check: NameCheck, judged: Sequence[Judged], parts: Sequence[Aligned], *, is_short: bool) -> NameCheck:
    """Return a check with the names that changed places, or left a list, while all else is equal."""
    if not is_short or not _is_all_else_equal(judged, parts):
        return check
    found = swapped(parts) or exchanged(parts)
    return NameCheck(conflicts=found, is_other_subject=True) if found else check


def _with_noun(check: NameCheck, judged: Sequence[Judged], parts: Sequence[Aligned]) -> NameCheck:
    """Return a check with the ordinary noun that one text has for another's in every place, and little else.

    Notices of one form speak of 蛋糕 and of 月饼, and one other word may differ. Who rewords a text leaves some places,
    changes more words, or has another word for a thing that has several (视频, 影片).
    """
    changed = [one.change for one in judged if one.kind is not Kind.IGNORED]
    nouns = [change for change in changed if _is_noun_throughout(change)]
    others = [change for change in changed if change not in nouns]
    if len(nouns) != 1 or len(others) > _FEW_EDITS or _added(parts) > _FEW:
        return check
    if others and (len(others[0].places) > 1 or any(map(_SWAPS.search, (nouns[0].a, nouns[0].b)))):
        return check
    return NameCheck(conflicts=(names_of(nouns[0]),), is_other_subject=True)


def _is_noun_throughout(change: Change) -> bool:
    is_word = change.is_han and min(map(len, change.coded)) >= _PAIR and not set(change.a) & set(change.b)
    return is_word and len(change.places) >= _REPEATED and min(place.at for place in change.places) <= _EARLY


def _is_one_script(a: Body, b: Body) -> bool:
    """Tell whether both texts are Traditional, or neither: other regions have other words for one thing."""
    return (to_simplified(a.text) == a.text) == (to_simplified(b.text) == b.text)


def _is_all_else_equal(judged: Sequence[Judged], parts: Sequence[Aligned]) -> bool:
    return not any(one.kind in (Kind.REWORDED, Kind.UNLISTED) for one in judged) and _added(parts) <= _FEW


def _ruling(judged: Sequence[Judged], parts: Sequence[Aligned], *, is_short: bool) -> NameCheck:
    numbered = numbered_names(parts)
    is_all_else_equal = _is_all_else_equal(judged, parts)
    names = [one.change for one in judged if one.kind is Kind.NAME]
    likely = [one.change for one in judged if one.kind is Kind.LIKELY]
    possible = [one.change for one in judged if one.kind is Kind.POSSIBLE]
    unlisted = [one.change for one in judged if one.kind is Kind.UNLISTED]
    reworded = sum(one.kind is Kind.REWORDED for one in judged)
    if len(unlisted) >= _PAIR and reworded <= min(_FEW, len(unlisted)) and _added(parts) <= _FEW:
        names += unlisted
    else:
        reworded += len(unlisted)
    if is_short and names and 0 < reworded <= _FEW and reworded < len(names) + len(likely) + len(possible):
        names += [*likely, *possible]
    elif reworded <= _FEW_EDITS:
        names += likely
    elif is_short:
        names += filter(is_titled, likely)
    if is_all_else_equal and (names or _may_count(possible)):
        names += possible
    spellings = [one.change for one in judged if one.kind is Kind.SPELLING]
    edits = sum(len(one.change.places) for one in judged if one.kind is not Kind.IGNORED and one.change not in names)
    conflicts = [*map(names_of, names), *(misspelt(change) or names_of(change) for change in spellings), *numbered]
    return NameCheck(
        conflicts=tuple(dict.fromkeys(conflicts)),
        is_other_subject=_are_subjects(
            names,
            sum(numbered.values()),
            edits,
            is_short=is_short,
            is_form=is_short
            and (is_all_else_equal or _is_mostly_named(judged, parts))
            and any(map(_may_fill_a_slot, judged)),
        ),
        is_spelling=bool(spellings) and not names and not numbered,
        is_correction=is_all_else_equal and bool(spellings) and not names and not numbered,
    )


def _is_mostly_named(judged: Sequence[Judged], parts: Sequence[Aligned]) -> bool:
    """Tell whether sure names stand in as many places as a few other words that differ do."""
    named = sum(len(one.change.places) for one in judged if one.kind is Kind.NAME)
    reworded = sum(len(one.change.places) for one in judged if one.kind in (Kind.REWORDED, Kind.UNLISTED))
    return reworded <= min(named, _FEW) and _added(parts) <= _FEW


def _may_fill_a_slot(one: Judged) -> bool:
    """Tell whether a change is no slip of the pen: a name for sure (河南, 海南), or more than a Chinese character."""
    is_long = max(map(len, one.change.coded)) > 1 or not one.change.is_han
    return one.kind is Kind.NAME or (is_long and one.kind in (Kind.LIKELY, Kind.POSSIBLE))


def _may_count(possible: Sequence[Change]) -> bool:
    """Tell whether what may be names counts where all else is equal.

    One in the text does, or two at the head of clauses, or more: a form has many slots.
    """
    if len(possible) > _PAIR:
        return True
    if len(possible) == 1:
        return not all(place.in_title for place in possible[0].places)
    if any(place.in_title for one in possible for place in one.places if len(one.places) > 1):
        return True
    return len(possible) == _PAIR and all(begins_clause(place) for one in possible for place in one.places)


def _added(parts: Sequence[Aligned]) -> int:
    """Return how many stretches only one side has."""
    return sum(slot.a == slot.a_end or slot.b == slot.b_end for part in parts for slot in part.slots)


def _are_subjects(names: Sequence[Change], numbered: int, edits: int, *, is_short: bool, is_form: bool) -> bool:
    places = [place for change in names for place in change.places]
    count = len(places) + numbered
    is_repeated = numbered > 0 or any(len(change.places) > 1 for change in names)
    if count == 0 or count * (_REPEATED if is_repeated else 1) < edits:
        return False
    is_leading = any(place.in_title or place.at <= _LEADING for place in places)
    if is_form:
        return any(place.in_title or place.at <= _BEFORE_FOOT for place in places)
    is_early = numbered > 0 or any(place.in_title or place.at <= _EARLY for place in places)
    return is_early and (is_short or count > 1 or (is_leading and edits == 0))
