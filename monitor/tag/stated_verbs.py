"""What can be done to a regulation, and what a language has to tell of it.

The patterns of each language stand in a file of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Act", "Grammar"]


class Act(StrEnum):
    """What a verb says is done to a regulation; the names are those of the groups in the patterns."""

    AS_ISSUED = "as_issued"  # in force from the day it is issued
    ADOPT = "adopt"
    REVIEW = "review"
    DRAFT = "draft"
    PROPOSE = "propose"  # to those who may adopt it
    ISSUE = "issue"
    EFFECT = "effect"
    AMEND = "amend"
    REPEAL = "repeal"
    FAIL = "fail"  # voted down, vetoed, withdrawn
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The patterns of one language.

    ``verbs`` finds what is done, the group says which act. ``clause`` is what parts a sentence. ``object_gap`` may
    stand between a verb and the name behind it, ``subject_gap`` between a name and the verb behind it, ``lead`` before
    a verb whose subject stands in an earlier clause; all three are matched as a whole. ``date_gap`` may stand between
    a verb and a date behind it. ``never`` before a verb takes it back, ``not_yet`` too but for verbs of effect;
    ``wish`` stands before a name. ``other`` behind a name makes it part of another one. ``ends`` must stand behind a
    verb that ends its clause. ``chamber`` is a subject whose passing is not the end. ``hints`` are the words of which
    a sentence without a name must hold one to tell of the regulation before it; ``stems`` are pieces of which
    every verb holds one, where looking for these first is quicker.
    """

    verbs: re.Pattern[str]
    clause: re.Pattern[str]
    object_gap: re.Pattern[str]
    subject_gap: re.Pattern[str]
    lead: re.Pattern[str]
    date_gap: re.Pattern[str]
    never: re.Pattern[str]
    not_yet: re.Pattern[str]
    wish: re.Pattern[str]
    other: re.Pattern[str]
    ends: re.Pattern[str]
    chamber: re.Pattern[str]
    hints: tuple[str, ...]
    stems: tuple[str, ...] = ()
