"""What the rules that hold for an article have to say of its story: something new, a change, or nothing again.

A rule speaks once of a story, whatever stories merge, split or change their canonical article. What begins as a
revision of something told is a change of it; what is an older form of it, a part of it, or a copy of one of its copies
is nothing new.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from sqlalchemy.orm import Session

from alerts.elsewhere import heard_rules, unheard_changes, unheard_hits
from alerts.match import RuleMatch
from monitor.dedupe.precedence import is_newer
from monitor.stories import Placed
from monitor.story_desk import COPIES
from monitor.story_steps import Steps
from storage import hits, story_kin, story_moves
from storage.notices import Notice, token_of_notice
from storage.records import HitReason, StoryEventKind, VerdictKind
from storage.story_kin import Relation

__all__ = ["Speech", "speeches", "token_of_change"]

_REVISED = "revised"
"""The token of a change that names no value and says of itself neither that it corrects nor that it withdraws."""
_PART = 0.95  # of an article that a told one holds: what is left is an outlet's own lines
_MOST = 0.5  # of a text that a part of it makes out, where the whole came later: less is one item of several
_SAME = 0.4  # similarity from which a copy of a copy is the same report


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What some rules say. ``token`` tells a change from others of the story, ``changes`` are pairs (old, new), and
    ``kin`` are other stories whose changes count as told."""

    matches: tuple[RuleMatch, ...]
    reason: HitReason
    token: str = ""
    changes: tuple[tuple[str, str], ...] = ()
    kin: frozenset[int] = frozenset()


def speeches(
    session: Session,
    placed: Placed,
    matches: Sequence[RuleMatch],
    *,
    token: str,
    now: datetime,
    notice: Notice | None = None,
) -> tuple[Speech, ...]:
    """Return what is to be said of an article that came in; what stays unsaid is noted with the story that said it.

    ``token`` tells this article's text from others; ``notice`` is what it says of an earlier report.
    """
    if not matches:
        return ()
    kin = _Kin.of(session, placed)
    steps = Steps(session, placed.article_id, now)
    said = []
    for match in matches:
        speech, silenced_by = kin.speech(session, match, token, notice)
        if speech is None and silenced_by is not None and not kin.is_outdated and steps.token:
            speech = Speech(matches=(match,), reason=HitReason.CHANGED, token=steps.token)
        if speech is not None:
            said.append(speech)
        elif placed.began and silenced_by is not None:
            story_moves.add_event(
                session,
                StoryEventKind.SILENT,
                placed.story_id,
                at=now,
                article_id=placed.article_id,
                other_story_id=silenced_by,
                detail=match.rule.id,
            )
    return tuple(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kin:
    """The stories that may have told what an article says, with the rules that spoke of them."""

    article_id: int
    own: frozenset[int]
    revised: Relation | None
    is_outdated: bool
    family: frozenset[int]
    told_of_family: dict[str, int]
    told_of_own: dict[str, int]
    told_of_whole: dict[str, int]

    @classmethod
    def of(cls, session: Session, placed: Placed) -> _Kin:
        own = story_moves.lineage(session, [placed.story_id])
        relations = story_kin.relations_of(session, placed.article_id) if placed.began else ()
        revisions = [one for one in relations if one.verdict is VerdictKind.REVISION]
        siblings = {one.story_id for one in relations if one.verdict is VerdictKind.TEMPLATE_SIBLING}
        copied = {one.story_id for one in relations if _is_copy(one)} - siblings
        whole = copied.union(one.story_id for one in relations if _is_part(one))
        family = story_kin.family(session, {one.story_id for one in revisions})
        return cls(
            article_id=placed.article_id,
            own=own,
            revised=_latest(revisions),
            is_outdated=any(not one.is_later for one in revisions),
            family=family,
            told_of_family=heard_rules(session, family, placed.article_id),
            told_of_own=heard_rules(session, own, placed.article_id),
            told_of_whole=heard_rules(session, story_moves.lineage(session, whole), placed.article_id),
        )

    def speech(
        self, session: Session, match: RuleMatch, token: str, notice: Notice | None
    ) -> tuple[Speech | None, int | None]:
        """Return what a rule says, or None with the story that had said it."""
        rule = match.rule.id
        if self.revised is not None and rule in self.told_of_family:
            return self._change(session, match, token, notice, self.revised), self.told_of_family[rule]
        missed = unheard_changes(session, rule, self.own, self.article_id)
        if missed and rule in heard_rules(session, story_kin.family(session, self.own), self.article_id):
            return _change_of(match, token, notice, missed, self.own), self.told_of_own.get(rule)
        silenced_by = self.told_of_own.get(rule) or self.told_of_whole.get(rule)
        if silenced_by is not None:
            return None, silenced_by
        return Speech(matches=(match,), reason=HitReason.NEW), None

    def _change(
        self, session: Session, match: RuleMatch, token: str, notice: Notice | None, revised: Relation
    ) -> Speech | None:
        rule, changes = match.rule.id, revised.changes
        if self.is_outdated:
            return None
        unheard = unheard_hits(session, [rule], self.family, self.article_id)
        told = hits.told_changes(session, rule, self.family, besides=unheard)
        if changes and (told.issuperset(changes) or told.issuperset((new, old) for old, new in changes)):
            if notice is not Notice.WITHDRAWAL:
                return None  # told before, or a copy of what stood there before the change that was told
            changes = ()
        known = (hits.is_told(session, rule, self.family, one, besides=unheard) for one in _as_told(notice))
        if not changes and any(known):
            return None
        return _change_of(match, token if changes else "", notice, changes, self.family)


def _change_of(
    match: RuleMatch, token: str, notice: Notice | None, changes: tuple[tuple[str, str], ...], kin: frozenset[int]
) -> Speech:
    edition = token_of_change(notice, token)
    return Speech(matches=(match,), reason=HitReason.CHANGED, token=edition, changes=changes, kin=kin)


def token_of_change(notice: Notice | None, edition: str) -> str:
    """Return the token of a change: of a notice, of the text that says otherwise, or of both."""
    return token_of_notice(notice, edition) if notice else edition or _REVISED


def _as_told(notice: Notice | None) -> tuple[str, ...]:
    """Return the tokens by which a change that names no value is told: a withdrawal is news after a correction."""
    corrected = token_of_notice(Notice.CORRECTION)
    return (token_of_notice(notice),) if notice is Notice.WITHDRAWAL else (_REVISED, corrected)


def _is_part(relation: Relation) -> bool:
    """Say whether an article is no more than a part of another one; an item that a later round-up takes in is more."""
    is_inside = relation.verdict is VerdictKind.CONTAINED_IN and relation.inside >= _PART
    return is_inside and (relation.is_later or relation.fills >= _MOST)


def _is_copy(relation: Relation) -> bool:
    """Say whether an article adds nothing to one that is in another story because that one's canonical is no copy."""
    return relation.verdict in COPIES and relation.similarity >= _SAME and not relation.changes


def _latest(revisions: Collection[Relation]) -> Relation | None:
    """Return the revised article that was published last, canonical ones before others."""
    leading = [one for one in revisions if one.is_canonical] or list(revisions)
    return reduce(_later, leading) if leading else None


def _later(one: Relation, other: Relation) -> Relation:
    newer = is_newer(other.published, one.published)
    return other if (other.other_id > one.other_id if newer is None else newer) else one
