"""What the placing of articles asks, answered from the store: the stories round the article that is being placed.

Lives for one transaction. Reads each thing once, compares each pair once, and writes nothing; what it found out stays
in ``findings``. How much is compared is bounded, for the writer waits meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from monitor.dedupe.precedence import assumed, is_newer
from storage import bands, corrections, story_nodes
from storage.bands import Keys
from storage.nomination import FEW_SENTENCES, MIN_SHARED_SENTENCES
from storage.records import Article, Correction, Edge, Evidence, Published, VerdictKind
from storage.story_nodes import StoryNode

if TYPE_CHECKING:
    from monitor.dedupe.body import Body

__all__ = ["COPIES", "INCOMING", "MAX_COMPARED", "MAX_NOMINATED", "Desk"]

INCOMING = 0
"""Stands for the article that has no id yet."""
MAX_NOMINATED = 50
"""Articles that the index may name for one article."""
MAX_COMPARED = 300
"""Pairs of texts compared in one transaction, about a quarter of a second. The followers of a canonical article that is
led by a better one now follow it without a comparison of their own once these are spent."""
COPIES = (VerdictKind.EXACT_COPY, VerdictKind.NEAR_COPY)

_LAST = 2**63


class Desk:
    """Answers ``monitor.dedupe.stars.Port``. ``findings`` are the edges that were found; ``outdated`` pairs whose edge
    does not hold any more."""

    def __init__(
        self,
        session: Session,
        *,
        since: datetime,
        incoming: Article | None = None,
        max_compared: int = MAX_COMPARED,
    ) -> None:
        self.findings: dict[tuple[int, int], Edge] = {}
        self.outdated: set[tuple[int, int]] = set()
        self._session = session
        self._since = since
        self._incoming = incoming
        self._left = max_compared
        self._nodes: dict[int, StoryNode] = {}
        self._texts: dict[int, tuple[str | None, str]] = {}
        self._bodies: dict[int, Body] = {}
        self._keys: dict[int, Keys | None] = {}
        self._nominees: dict[int, tuple[int, ...]] = {}
        self._followers: dict[int, tuple[int, ...]] = {}
        self._edges: dict[int, dict[int, Edge]] = {}
        self._verdicts: dict[tuple[int, int], VerdictKind | None] = {}
        self._units: dict[int, tuple[int, ...]] = {}
        self._apart: dict[int, frozenset[int]] = {}
        self._is_corrected = corrections.are_any(session)

    def order(self, node: int) -> tuple[str, int]:
        """Return the precedence of an article, which no other one has."""
        if node == INCOMING:
            return self._article.precedence or assumed(self._article.key, self._article.published), _LAST
        found = self.node(node)
        return found.precedence or assumed(found.key, found.published), node

    def unit(self, node: int) -> tuple[int, ...]:
        """Return the articles that people hold together with one, and itself."""
        if node == INCOMING or not self._is_corrected:
            return (node,)
        if node not in self._units:
            unit = self._unit(node)
            self._units.update(dict.fromkeys(unit, unit))
        return self._units[node]

    def apart(self, node: int) -> Collection[int]:
        """Return the articles that people hold apart from one; equal texts stand for each other."""
        if not self._is_corrected:
            return ()
        if node not in self._apart:
            self._apart[node] = frozenset(self._held_apart(node) - set(self.unit(node)))
        return self._apart[node]

    def lead(self, node: int) -> int | None:
        """Return the canonical article of the story that an article stands in."""
        return None if node == INCOMING else self.node(node).lead

    def followers(self, lead: int) -> Collection[int]:
        """Return the other articles of the story that an article leads."""
        if lead == INCOMING:
            return ()
        if lead not in self._followers:
            self._followers[lead] = story_nodes.followers_of(self._session, lead)
            self._load(self._followers[lead])
        return self._followers[lead]

    def nominees(self, node: int) -> Collection[int]:
        """Return the articles that the index names for one, the most promising first, and its canonical article."""
        if node not in self._nominees:
            self._nominees[node] = tuple(self._nominated(node))
        return self._nominees[node]

    def is_copy(self, a: int, b: int) -> bool | None:
        """Say whether two articles share keys and are copies; None once no more is compared."""
        pair = _pair(a, b)
        if pair not in self._verdicts and not self._shares(a, b):
            return False
        verdict = self.verdict(a, b)
        return None if verdict is None else verdict in COPIES

    def verdict(self, a: int, b: int) -> VerdictKind | None:
        """Return how two articles stand to each other, whichever way; None once no more is compared."""
        pair = _pair(a, b)
        if pair not in self._verdicts:
            known = None if INCOMING in pair else self._known(a, b)
            if known is not None and _holds(known):
                self._verdicts[pair] = known.verdict
            elif self._left <= 0:
                return None
            else:
                self._verdicts[pair] = self._compare(a, b, known)
        return self._verdicts[pair]

    def known_verdict(self, a: int, b: int) -> VerdictKind | None:
        """Return how two articles stand to each other as far as it was found out: nothing is compared for it."""
        left, self._left = self._left, 0
        try:
            return self.verdict(a, b)
        finally:
            self._left = left

    def node(self, node: int) -> StoryNode:
        """Return a stored article with its place. Raise KeyError for an unknown id."""
        if node not in self._nodes:
            self._load([node])
        return self._nodes[node]

    @property
    def _article(self) -> Article:
        if self._incoming is None:
            raise LookupError("no article is coming in")
        return self._incoming

    def _load(self, nodes: Collection[int]) -> None:
        missing = set(nodes) - self._nodes.keys()
        if missing:
            self._nodes |= story_nodes.story_nodes(self._session, missing)

    def _nominated(self, node: int) -> dict[int, None]:
        keys = self._keys_of(node)
        if keys is None:  # those that the index has forgotten are found by equal text only
            keys = Keys(content_hash=self.node(node).content_hash, sketch_version="", bands=(), sentences=())
        found = bands.nominate(self._session, keys, since=self._since, exclude=(node,), limit=MAX_NOMINATED)
        self._texts.update((one.article_id, (one.title, one.text)) for one in found)
        named = dict.fromkeys(one.article_id for one in found)
        lead = self.lead(node)
        if lead is not None and lead != node:
            named[lead] = None
        self._load(named)
        return named

    def _shares(self, a: int, b: int) -> bool:
        """Say whether the index can name one article for the other, whoever came first and whoever leads."""
        mine, theirs = self._keys_of(a), self._keys_of(b)
        if mine is None or theirs is None or mine.sketch_version != theirs.sketch_version:
            return True  # the index cannot tell any more
        if mine.content_hash == theirs.content_hash or not set(mine.bands).isdisjoint(theirs.bands):
            return True
        fewest = min(len(set(mine.sentences)), len(set(theirs.sentences)))
        least = 1 if fewest <= FEW_SENTENCES else MIN_SHARED_SENTENCES
        return len(set(mine.sentences) & set(theirs.sentences)) >= least

    def _keys_of(self, node: int) -> Keys | None:
        if node not in self._keys:
            is_new = node == INCOMING
            self._keys[node] = bands.keys_of(self._article) if is_new else bands.stored_keys(self._session, node)
        return self._keys[node]

    def _known(self, a: int, b: int) -> Edge | None:
        """Return what the store says of two articles. All of the first one is read: it is asked about with many."""
        if a not in self._edges:
            self._edges[a] = story_nodes.edges_about(self._session, a)
        return self._edges[a].get(b)

    def _compare(self, a: int, b: int, known: Edge | None) -> VerdictKind:
        self._left -= 1
        newer, older = (a, b) if self._is_newer(a, b) else (b, a)
        from monitor.dedupe.comparison import compare_bodies

        found = compare_bodies(self._body(newer), self._body(older))
        if found.verdict is VerdictKind.REVISION and self._was_edited_to(older, found.evidence):
            newer, older = older, newer
            found = compare_bodies(self._body(newer), self._body(older))
        if known is not None:
            self.outdated.add((known.from_id, known.to_id))
        if found.verdict is not VerdictKind.NEW:
            edge = Edge(from_id=newer, to_id=older, verdict=found.verdict, evidence=found.evidence)
            self.findings[_pair(a, b)] = edge
        return found.verdict

    def _was_edited_to(self, node: int, evidence: Evidence) -> bool:
        """Say whether an article says what it says since it was changed in place, and said before what the other does.

        ``evidence`` leads from the other to it. When it was published says nothing of that.
        """
        edits = () if node == INCOMING else story_nodes.edits_of(self._session, node)
        changes = frozenset(evidence.changes)
        if not changes:
            return evidence.is_marked and any(edit.is_marked for edit in edits)
        return any(not changes.isdisjoint(edit.changes) for edit in edits)

    def _is_newer(self, a: int, b: int) -> bool:
        """Say whether one article was published after another, or else came after it."""
        dated = is_newer(self._published(a), self._published(b))
        return (a or _LAST) > (b or _LAST) if dated is None else dated

    def _published(self, node: int) -> Published | None:
        return self._article.published if node == INCOMING else self.node(node).published

    def _body(self, node: int) -> Body:
        if node not in self._bodies:
            from monitor.dedupe.body import body_of

            title, text = self._text(node)
            self._bodies[node] = body_of(text, title)
        return self._bodies[node]

    def _text(self, node: int) -> tuple[str | None, str]:
        if node == INCOMING:
            return self._article.title, self._article.text
        if node not in self._texts:
            self._texts |= story_nodes.texts_of(self._session, [node])
        return self._texts[node]

    def _unit(self, node: int) -> tuple[int, ...]:
        unit, added = {node}, {node}
        while added:
            added = self._corrected(added, Correction.TOGETHER) - unit
            unit |= added
        self._load(unit)
        return tuple(sorted(unit))

    def _held_apart(self, node: int) -> set[int]:
        own = set() if node == INCOMING else self._corrected([node], Correction.APART) - {node}
        alike = self._alike(node)
        others = self._corrected(alike - {INCOMING}, Correction.APART) - alike
        self._load(others)
        return own.union(*(self._alike(one) for one in others))

    def _alike(self, node: int) -> set[int]:
        """Return the articles of an equal text; where people held some of those apart, the one alone."""
        content_hash = self._hash(node)
        equal = {node, *story_nodes.equals_of(self._session, content_hash)}
        said = corrections.corrections_of(self._session, equal - {INCOMING})
        if any({pair.low_id, pair.high_id} <= equal for pair in said if pair.verdict is Correction.APART):
            return {node}
        if self._incoming is not None and self._incoming.content_hash == content_hash:
            equal.add(INCOMING)
        self._load(equal - {INCOMING})
        return equal

    def _hash(self, node: int) -> str:
        return self._article.content_hash if node == INCOMING else self.node(node).content_hash

    def _corrected(self, nodes: Collection[int], verdict: Correction) -> set[int]:
        said = corrections.corrections_of(self._session, nodes)
        return {one for pair in said if pair.verdict is verdict for one in (pair.low_id, pair.high_id)}


def _holds(known: Edge) -> bool:
    """Whether what the store says of two texts was found by the rule of today."""
    from monitor.dedupe.comparison import RULE_VERSION

    return known.evidence.rule_version == RULE_VERSION


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
