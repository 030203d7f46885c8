"""A verdict in plain words, from its evidence alone: the same sentence when it is made and years later.

Judges nothing.
"""

from __future__ import annotations

from storage.records import Evidence, VerdictKind

__all__ = ["in_words"]

_LISTED = 5
_MIN_LENGTH = 60  # letters and digits; of a shorter text no share is asked
_TELLING = 0.5  # the share of a text held by the other that is worth saying

Pairs = tuple[tuple[str, str], ...]


def in_words(verdict: VerdictKind, evidence: Evidence) -> str:
    """Return why A is ``verdict`` to B, in plain English: "87 % of the text in common; 1 number differs: 80 -> 130"."""
    if verdict is VerdictKind.EXACT_COPY and evidence.similarity == 1:
        return "the same letters and digits; case, width, script and punctuation do not count"
    if verdict is VerdictKind.NEW:
        return _nothing(evidence)
    if verdict in (VerdictKind.CONTAINS, VerdictKind.CONTAINED_IN):
        parts = [_held(evidence, b_in_a=verdict is VerdictKind.CONTAINS), _common(evidence)]
    elif verdict is VerdictKind.TEMPLATE_SIBLING:
        parts = ["one form filled in twice", _common(evidence)]
    else:
        parts = [_common(evidence), _cut(evidence), _brief(verdict, evidence)]
    return "; ".join(filter(None, [*parts, *_differences(evidence)]))


def _nothing(evidence: Evidence) -> str:
    """Say why two texts are nothing to each other."""
    if evidence.letters == 0 and evidence.similarity == 0:
        return "no letters or digits to compare"
    if 0 < evidence.letters < _MIN_LENGTH:
        return (
            f"only {evidence.letters} letters and digits; below {_MIN_LENGTH} only texts that say the same are copies"
        )
    return _common(evidence)


def _common(evidence: Evidence) -> str:
    return f"{_percent(evidence.similarity)} of the text in common"


def _cut(evidence: Evidence) -> str:
    """Say which of two copies holds most of the other, where they have much less than that in common."""
    most = max(evidence.containment_a, evidence.containment_b)
    if most < _TELLING or most < evidence.similarity + 0.1:
        return ""
    return _held(evidence, b_in_a=evidence.containment_b >= evidence.containment_a)


def _brief(verdict: VerdictKind, evidence: Evidence) -> str:
    """Say why two brief items are copies that have little in common."""
    is_brief = verdict is VerdictKind.NEAR_COPY and 0 < evidence.letters < _MIN_LENGTH
    return "brief items, equal without their credits" if is_brief else ""


def _held(evidence: Evidence, *, b_in_a: bool) -> str:
    if b_in_a:
        return f"A holds {_percent(evidence.containment_b)} of B"
    return f"B holds {_percent(evidence.containment_a)} of A"


def _differences(evidence: Evidence) -> list[str]:
    return [
        *([_counted("name", evidence.name_conflicts)] if evidence.name_conflicts else []),
        *([_counted("number", evidence.number_conflicts)] if evidence.number_conflicts else []),
        *([_counted("statement", evidence.reversals)] if evidence.reversals else []),
        *(["one is marked as a correction, an update or a withdrawal"] if evidence.is_marked else []),
    ]


def _counted(what: str, pairs: Pairs) -> str:
    """Return "3 numbers differ: 80 -> 130, 7 -> 9, 1 -> 2"."""
    count = len(pairs)
    listed = ", ".join(f"{old} -> {new}" for old, new in pairs[:_LISTED])
    rest = f" and {count - _LISTED} more" if count > _LISTED else ""
    return f"{count} {what}{' differs' if count == 1 else 's differ'}: {listed}{rest}"


def _percent(share: float) -> str:
    if 0.995 <= share < 1:
        return "more than 99 %"
    return "less than 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"
