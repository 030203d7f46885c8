"""What a page says otherwise than it did before.

Two texts under one address are never two notices of one form, however few words differ: what counts as a change is a
number, a name for sure, a statement turned round or a mark of correction. Other words are none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from monitor.dedupe.body import Body, body_of
from monitor.dedupe.comparison import Comparison, compare_bodies
from monitor.dedupe.counters import without_counters
from monitor.dedupe.marks import is_denied
from monitor.dedupe.names_changes import changes
from monitor.dedupe.names_judged import judge
from monitor.dedupe.names_known import folded_names
from monitor.dedupe.names_laid import laid
from monitor.dedupe.names_lists import netted
from monitor.dedupe.names_shown import shown
from monitor.dedupe.names_told import respelt, told_names
from monitor.dedupe.numbers import check_numbers
from monitor.dedupe.passing import without_passing
from monitor.dedupe.reversals import reversals
from monitor.dedupe.units import other_units
from monitor.dedupe.works import other_works
from storage.records import Evidence, VerdictKind

__all__ = ["compare_editions"]

Pairs = tuple[tuple[str, str], ...]


def compare_editions(
    old: str,
    new: str,
    old_title: str | None = None,
    new_title: str | None = None,
    *,
    known: Mapping[str, str] | None = None,
) -> Comparison:
    """Return what a page was before to what it is now.

    ``revision`` where something was changed, ``new`` where it is another text altogether, else how alike they are.
    ``known`` are names with what they name: ``{"通义千问": "model:qwen", "阿里": "阿里/Alibaba"}``.
    """
    a, b = body_of(without_passing(old), old_title), body_of(without_passing(new), new_title)
    found = compare_bodies(a, b)
    if found.verdict is VerdictKind.NEW:
        return found
    evidence = _told(found.evidence, a, b, folded_names(known or {}))
    if found.evidence.number_conflicts and found.verdict is VerdictKind.TEMPLATE_SIBLING:
        return Comparison(verdict=found.verdict, evidence=evidence)
    if evidence.changes or evidence.is_marked:
        return Comparison(verdict=VerdictKind.REVISION, evidence=evidence)
    is_form = found.verdict in (VerdictKind.TEMPLATE_SIBLING, VerdictKind.REVISION)
    return Comparison(verdict=VerdictKind.NEAR_COPY if is_form else found.verdict, evidence=evidence)


def _told(evidence: Evidence, a: Body, b: Body, known: Mapping[str, str]) -> Evidence:
    """Return the evidence with what was changed in the titles too, and with no names but sure ones."""
    names, turned = _replaced(a, b, known)
    titles = _numbers_of_titles(a, b)
    numbers = tuple(dict.fromkeys((*evidence.number_conflicts, *titles, *other_units(a, b))))
    names = tuple(dict.fromkeys((*names, *other_works(a, b))))
    is_marked = evidence.is_marked or (bool(a.title) and is_denied(b.title or "") and not is_denied(a.title or ""))
    return replace(evidence, number_conflicts=numbers, name_conflicts=names, reversals=turned, is_marked=is_marked)


def _numbers_of_titles(a: Body, b: Body) -> Pairs:
    """Return the numbers that differ in the titles, but for those of counters, which change by themselves."""
    titles = [without_counters(body.prepared_title) for body in (a, b)]
    if not all(titles) or titles[0] == titles[1]:
        return ()
    return check_numbers(*(body_of(title).numbers for title in titles)).conflicts


def _replaced(a: Body, b: Body, known: Mapping[str, str]) -> tuple[Pairs, Pairs]:
    """Return the names that were replaced or spelt otherwise, and the words that say the opposite."""
    parts = laid(a, b)
    judged = judge(netted(changes(parts), parts), a, b, is_short=False)
    spelt = tuple(pair for one in judged if (pair := respelt(one)))
    return tuple(dict.fromkeys(map(shown, (*told_names(judged, known), *spelt)))), reversals(parts)
