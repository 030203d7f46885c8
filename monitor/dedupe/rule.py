"""The rule that says what one text is to another, and its constants.

The tests run in the order exact, template, near or revision, contains; the first that holds decides. No threshold on
similarity alone can: reposts wrapped in boilerplate sit at Jaccard .59, notices of one template at .69. The constants
were chosen by grid search on labelled pairs; bench/near_copies holds them to their floors.
"""

from __future__ import annotations

import re

from monitor.dedupe.body import Body, Overlap, overlap
from monitor.dedupe.damage import is_damaged
from monitor.dedupe.flashes import flash_verdict
from monitor.dedupe.names import NameCheck, check_names
from monitor.dedupe.numbers import NumberCheck
from monitor.dedupe.numerals import find_numbers
from monitor.dedupe.prose import leads_with_own, own_prose
from storage.records import VerdictKind

__all__ = ["EQUAL", "TEMPLATE_J", "letters", "may_conflict", "rule"]

EXACT_J = 0.999
NEAR_J = 0.40
NEAR_CONTAINMENT = 0.75  # with LENGTH_RATIO: copies cut to 65-85 % of their length
LENGTH_RATIO = 0.62
CONTAINS = 0.5
TEMPLATE_NUMBERS = 2  # at least so many conflicts ...
TEMPLATE_SHARE = 0.35  # ... in at least this share of the numbers in equal context
CORRECTED_J = 0.85  # but in texts as alike as this (templates reach .71, with few numbers .84) ...
CORRECTED_NUMBERS = 3  # ... so few conflicts ...
CORRECTED_SHARE = 0.5  # ... in at most this share, none of them a date or a code, are a correction
MANY_CONFLICTS = 3  # not all of them slips of the pen, ...
MANY_SHARE = 0.4  # ... in this share of the numbers, a date being one
LOOSE_SHARE = 0.25  # where both texts have much else of their own, this share suffices
HELD = 0.85  # of one of two texts: what it was is still there
TEMPLATE_J = 0.15  # below it, equal contexts of numbers (2023年7月...) say nothing
WRAPPED_J = 0.5  # a text in a wrapper as long as itself; below, the other may be a longer text that quotes it
OWN_PROSE = 0.2  # of the sentences of a text: more are its own news when they lead
MOSTLY_OWN_LEAD = 0.35
MOSTLY_OWN = 0.5
FEW_NUMBERS = 2  # that agree; so few beside another GPT-4 leave another subject ...
MANY_NUMBERS = 5  # ... and less than these in a brief text
BRIEF_LENGTH = 400  # letters of a notice that a code, or a date near its head, makes another ...
FORM_LENGTH = 240  # ... or a date anywhere, ...
LATIN_LETTERS = 3  # ... times this in Latin script
MIN_LENGTH = 60  # normalised characters; a shorter text is a copy when it says the same letter for letter
SHORT_LENGTH = 200
SHORT_NEAR_J = 0.60

_CODE = re.compile(r"\d{4,}")


_NO_NAMES = NameCheck(conflicts=(), is_other_subject=False)
EQUAL = Overlap(similarity=1.0, containment_a=1.0, containment_b=1.0, length_ratio=1.0)

Ruling = tuple[VerdictKind, NameCheck]


def may_conflict(a: Body, b: Body, shared: Overlap) -> bool:
    """Tell whether numbers in equal context can differ and mean anything.

    Equal letters and digits may hide a decimal point (3.5, 35) or a minus. A piece of the other text, as a cut copy
    is, has no number of its own.
    """
    if shared is not EQUAL and (_is_piece(a.prepared, b.prepared) or _is_piece(b.prepared, a.prepared)):
        return False
    return a.prepared != b.prepared and (shared.similarity >= TEMPLATE_J or _most_held(shared) >= CONTAINS)


def _is_piece(part: str, whole: str) -> bool:
    """Tell whether ``whole`` holds ``part``, and does not begin it within a number (12月, 2月)."""
    at = whole.find(part)
    return at == 0 or (at > 0 and not (part[:1].isdecimal() and (whole[at - 1].isalnum() or whole[at - 1] in "-−.")))


def rule(a: Body, b: Body, shared: Overlap, numbers: NumberCheck, *, is_marked: bool) -> Ruling:
    """Return what ``a`` is to ``b``, and how their names compare as far as that was asked."""
    shorter = letters(a, b)
    if shorter == 0:
        return VerdictKind.NEW, _NO_NAMES
    if shared is EQUAL and not numbers.conflicts and not is_marked:
        return _rule_equal(a, b)
    if shorter < MIN_LENGTH:
        return _rule_flash(a, b, is_marked=is_marked), _NO_NAMES
    if _is_other_filling(a, b, shared, numbers, is_marked=is_marked) and not is_damaged(a, b):
        return VerdictKind.TEMPLATE_SIBLING, _NO_NAMES
    if _is_near(a, b, shared, is_short=shorter < SHORT_LENGTH):
        return _rule_near(a, b, shared, numbers, is_marked=is_marked)
    if shorter < SHORT_LENGTH and (verdict := _rule_flash(a, b, is_marked=is_marked)) is not VerdictKind.NEW:
        return verdict, _NO_NAMES
    return _rule_containment(a, b, shared)


def _rule_flash(a: Body, b: Body, *, is_marked: bool) -> VerdictKind:
    """Return what flashes are to each other; one that is marked as a correction is no copy."""
    verdict = flash_verdict(a, b)
    return VerdictKind.REVISION if is_marked and verdict is VerdictKind.NEAR_COPY else verdict


def _rule_equal(a: Body, b: Body) -> Ruling:
    """Return ``exact_copy``, unless the titles of two notices name what their equal texts leave open."""
    if a.title and b.title and a.title != b.title:
        names = check_names(a, b)
        if names.is_other_subject:
            return VerdictKind.TEMPLATE_SIBLING, names
    return VerdictKind.EXACT_COPY, _NO_NAMES


def _is_other_filling(a: Body, b: Body, shared: Overlap, numbers: NumberCheck, *, is_marked: bool) -> bool:
    """Tell whether one form was filled in twice; what one text says it corrects is another notice's by date or code."""
    if is_marked and not numbers.is_identifying:
        return False
    return _is_form(shared, numbers) or _is_another_notice(a, b, numbers)


def _is_form(shared: Overlap, numbers: NumberCheck) -> bool:
    """Tell whether so many numbers differ that one form was filled in twice; a few in much text were corrected."""
    if not numbers.conflicts:
        return False
    if numbers.is_numbered and numbers.share >= TEMPLATE_SHARE:
        return True
    if numbers.is_identifying and (numbers.agreed == 0 or numbers.share >= CORRECTED_SHARE):
        return True
    if len(numbers.conflicts) < TEMPLATE_NUMBERS:
        return False
    if _most_held(shared) < HELD and numbers.share >= LOOSE_SHARE and numbers.unlike >= TEMPLATE_NUMBERS:
        return True
    is_much = len(numbers.conflicts) >= MANY_CONFLICTS and numbers.unlike >= TEMPLATE_NUMBERS
    if is_much and numbers.share_of_numbers >= MANY_SHARE:
        return True
    if numbers.share < TEMPLATE_SHARE:
        return False
    is_few = len(numbers.conflicts) <= CORRECTED_NUMBERS and numbers.share <= CORRECTED_SHARE
    return numbers.is_identifying or shared.similarity < CORRECTED_J or not is_few


def _is_another_notice(a: Body, b: Body, numbers: NumberCheck) -> bool:
    """Tell whether a brief text has another date or code, with more than a slip of the pen between the two."""
    length = letters(a, b) / (LATIN_LETTERS if a.is_latin else 1)
    return (numbers.is_another and length <= BRIEF_LENGTH) or (numbers.is_another_day and length <= FORM_LENGTH)


def _is_near(a: Body, b: Body, shared: Overlap, *, is_short: bool) -> bool:
    if is_short:
        return shared.similarity >= SHORT_NEAR_J or _is_near_inside(a, b, shared)
    is_cut = _most_held(shared) >= NEAR_CONTAINMENT and shared.length_ratio >= LENGTH_RATIO
    return shared.similarity >= NEAR_J or is_cut


def _is_near_inside(a: Body, b: Body, shared: Overlap) -> bool:
    """Tell whether two briefs are copies once their credits are off, which may be as long as a brief itself."""
    if _most_held(shared) < CONTAINS:
        return False
    is_whole = letters(a.inner, b.inner) >= MIN_LENGTH
    return is_whole and overlap(a.inner, b.inner).similarity >= SHORT_NEAR_J


def _rule_near(a: Body, b: Body, shared: Overlap, numbers: NumberCheck, *, is_marked: bool) -> Ruling:
    if _most_held(shared) < HELD + 0.1 and _tell_two_stories(a, b):
        return (VerdictKind.TEMPLATE_SIBLING if numbers.is_identifying else VerdictKind.NEW), _NO_NAMES
    names = check_names(a, b)
    if _is_other_subject(a, b, names, numbers) and not is_damaged(a, b):
        return VerdictKind.TEMPLATE_SIBLING, names
    if shared.similarity < WRAPPED_J and _is_quoted(a, b, shared):
        return _direction(a, b, shared), names
    if numbers.conflicts or is_marked or names.is_change or _differ_in_digits(names):
        return VerdictKind.REVISION, names
    is_equal = shared.similarity >= EXACT_J and a.beyond == b.beyond
    return (VerdictKind.EXACT_COPY if is_equal else VerdictKind.NEAR_COPY), names


def _is_other_subject(a: Body, b: Body, names: NameCheck, numbers: NumberCheck) -> bool:
    """Tell whether names, or names and numbers together, make two texts speak of other subjects.

    Names that differ in their digits alone (GPT-3.5, GPT-4.5) are numbers: a few of many were corrected.
    """
    if not names.conflicts:
        return names.is_other_subject
    if _differ_in_digits(names):
        return names.is_other_subject and numbers.agreed < (MANY_NUMBERS if _is_brief(a, b) else FEW_NUMBERS)
    places = len(names.conflicts) + (len(numbers.conflicts) > 0)
    is_filled_in = places > 1 and not names.is_spelling and (numbers.is_numbered or _is_brief(a, b))
    return names.is_other_subject or is_filled_in


def _differ_in_digits(names: NameCheck) -> bool:
    pairs = names.conflicts
    return bool(pairs) and all(not _CODE.fullmatch(old) and _masked(old) == _masked(new) for old, new in pairs)


def _masked(name: str) -> str:
    """Return a name without the numbers in it."""
    name = name.casefold()
    for number in reversed(find_numbers(name, has_words=True)):
        name = f"{name[: number.start()]}0{name[number.end() :]}"
    return name


def _is_brief(a: Body, b: Body) -> bool:
    return letters(a, b) <= BRIEF_LENGTH * (LATIN_LETTERS if a.is_latin else 1)


def _tell_two_stories(a: Body, b: Body) -> bool:
    """Tell whether both lead with news that the other lacks: they share a background or a disclaimer."""
    if not (leads_with_own(a, b) and leads_with_own(b, a)):
        return False
    return own_prose(a, b).share >= OWN_PROSE and own_prose(b, a).share >= OWN_PROSE


def _is_quoted(a: Body, b: Body, shared: Overlap) -> bool:
    """Tell whether the longer text leads with news of its own and holds the shorter one further down."""
    longer, shorter = (a, b) if len(a.normalized) > len(b.normalized) else (b, a)
    if _most_held(shared) < NEAR_CONTAINMENT:
        return False
    own = own_prose(longer, shorter)
    return own.leads and own.share >= MOSTLY_OWN_LEAD


def _rule_containment(a: Body, b: Body, shared: Overlap) -> Ruling:
    if _most_held(shared) < CONTAINS:
        return VerdictKind.NEW, _NO_NAMES
    verdict = _direction(a, b, shared)
    held, holder = (b, a) if verdict is VerdictKind.CONTAINS else (a, b)
    own = own_prose(held, holder)
    if own.share >= (MOSTLY_OWN_LEAD if own.leads else MOSTLY_OWN):
        return VerdictKind.NEW, _NO_NAMES
    is_form_alike = shared.length_ratio >= LENGTH_RATIO and letters(a, b) < SHORT_LENGTH
    names = check_names(a, b) if is_form_alike else _NO_NAMES
    return (VerdictKind.TEMPLATE_SIBLING if names.is_other_subject else verdict), names


def _direction(a: Body, b: Body, shared: Overlap) -> VerdictKind:
    is_within = (shared.containment_b, a.normalized) > (shared.containment_a, b.normalized)
    return VerdictKind.CONTAINS if is_within else VerdictKind.CONTAINED_IN


def _most_held(shared: Overlap) -> float:
    return max(shared.containment_a, shared.containment_b)


def letters(a: Body, b: Body) -> int:
    """Return the letters and digits of the shorter text."""
    return min(len(a.normalized), len(b.normalized))
