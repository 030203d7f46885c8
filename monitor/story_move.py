"""What a settlement of stars changes in the store: articles, stories, events, edges, verdicts and the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from monitor.story_desk import COPIES, INCOMING, Desk
from monitor.story_plan import Plan, Step, plan
from storage import articles, bands, story_moves, story_nodes
from storage.records import Article, Edge, StoryEventKind, VerdictKind
from storage.returned_hits import return_hits

__all__ = ["Move"]

_STRENGTH = (
    VerdictKind.REVISION,
    VerdictKind.CONTAINED_IN,
    VerdictKind.CONTAINS,
    VerdictKind.TEMPLATE_SIBLING,
)


class Move:
    """The way from the leads that ``settle`` gave to the store.

    ``plan`` says what becomes of stories, ``new_stories`` the leads of those that began, ``verdict`` what the incoming
    article is. ``keep``, ``leaving``: see ``monitor.story_plan``; ``note`` is what a person says of it all.
    """

    def __init__(
        self,
        session: Session,
        desk: Desk,
        leads: Mapping[int, int],
        now: datetime,
        *,
        keep: int | None = None,
        leaving: Collection[int] = (),
        note: str | None = None,
    ) -> None:
        self._session = session
        self._desk = desk
        self._leads = leads
        self._now = now
        self._note = note
        self._steps = [Step(node=node, story_id=self._before(node), lead=lead) for node, lead in leads.items()]
        self._canonical = self._canonicals()
        moved = any(step.story_id is not None for step in self._steps)
        sizes = story_nodes.sizes_of(session, self._canonical) if moved else dict.fromkeys(self._canonical, 1)
        self.plan: Plan = plan(self._steps, canonical=self._canonical, sizes=sizes, keep=keep, leaving=leaving)
        self.verdict = VerdictKind.NEW
        self.new_stories: dict[int, int] = {}
        self._stories = dict(self.plan.stories)
        self._incoming_id = 0
        self._steps += self._left_behind()

    def story_of(self, lead: int) -> int:
        """Return the story of a star."""
        return self._stories[lead]

    def met(self) -> VerdictKind:
        """Return what the incoming article is to its story as it was before."""
        lead = self._leads[INCOMING]
        if lead != INCOMING or lead in self.plan.begun:
            return self.verdict
        before = self._desk.known_verdict(INCOMING, self._canonical[self._stories[lead]])
        return before if before in COPIES else VerdictKind.NEAR_COPY

    def carry_out(self, *, incoming: Article | None = None, changed: Collection[int] = ()) -> int:
        """Write it all; return the id of the incoming article, 0 where there is none."""
        for lead, origin in self.plan.begun.items():
            canonical_id = None if lead == INCOMING else lead
            begun = story_moves.begin_story(self._session, canonical_id=canonical_id, split_from=origin, now=self._now)
            self._stories[lead] = begun
            self.new_stories[begun] = lead
        if incoming is not None:
            self._insert(incoming)
        self._move_articles()
        self._crown()
        self._end()
        self._write_edges()
        self._index(changed)
        self._judge(changed)
        return self._incoming_id

    def _before(self, node: int) -> int | None:
        return None if node == INCOMING else self._desk.node(node).story_id

    def _canonicals(self) -> dict[int, int]:
        """Return the canonical articles, as they were, of all stories that are concerned."""
        stored = {step.node for step in self._steps if step.node != INCOMING}
        concerned = stored | {step.lead for step in self._steps if step.lead != INCOMING}
        return {node.story_id: node.lead for node in map(self._desk.node, concerned)}

    def _left_behind(self) -> list[Step]:
        """Return the steps of stars that stay as they are and lose their story to one that has more of it."""
        steps = []
        for story_id, lead in self._canonical.items():
            if lead not in self._leads and self.plan.stories.get(lead) != story_id:
                stay = [one for one in (lead, *self._desk.followers(lead)) if one not in self._leads]
                steps += [Step(node=node, story_id=story_id, lead=lead) for node in stay]
        return steps

    def _insert(self, article: Article) -> None:
        lead = self._leads[INCOMING]
        self.verdict = self._verdict_coming_in(lead)
        self._incoming_id, _ = articles.add_article(
            self._session, article, verdict=self.verdict, story_id=self._stories[lead], now=self._now
        )

    def _move_articles(self) -> None:
        moves = defaultdict(list)
        for step in self._steps:
            target = self._stories[step.lead]
            if step.story_id is not None and step.story_id != target:
                moves[target].append(step.node)
                self._tell_move(step.node, step.story_id, target)
        for target, nodes in moves.items():
            story_moves.move_articles(self._session, nodes, target)

    def _tell_move(self, node: int, source: int, target: int) -> None:
        ended = self.plan.ended.get(source)
        if ended is not None and self._stories[ended] == target:
            return  # told as one
        if target in self.new_stories and self.plan.begun[self.new_stories[target]] == source:
            return
        self._event(StoryEventKind.JOINED, target, article_id=node, other_story_id=source)
        self._event(StoryEventKind.LEFT, source, article_id=node, other_story_id=target)

    def _crown(self) -> None:
        for lead, story_id in self._stories.items():
            before = self._canonical.get(story_id)
            if before == lead:
                continue
            story_moves.crown(self._session, story_id, self._real(lead))
            if before is not None:
                self._event(StoryEventKind.CROWNED, story_id, article_id=self._real(lead), other_id=before)

    def _end(self) -> None:
        for lead, origin in self.plan.begun.items():
            if origin is not None:
                begun = self._stories[lead]
                self._event(StoryEventKind.SPLIT, origin, article_id=self._real(lead), other_story_id=begun)
        for story_id, lead in self.plan.ended.items():
            into = self._stories[lead]
            story_moves.end_story(self._session, story_id, into)
            before = self._canonical[story_id]
            self._event(StoryEventKind.MERGED, into, article_id=before, other_story_id=story_id)
        for lead, origin in self.plan.begun.items():
            if origin is not None:
                return_hits(self._session, self._stories[lead], origin)

    def _write_edges(self) -> None:
        story_moves.drop_edges(self._session, self._desk.outdated)
        for edge in self._desk.findings.values():
            real = replace(edge, from_id=self._real(edge.from_id), to_id=self._real(edge.to_id))
            articles.add_edge(self._session, real, now=self._now)

    def _index(self, changed: Collection[int]) -> None:
        """Put the keys of articles anew into the index that depend on a lead that changed."""
        nodes = set(self._leads) | set(changed)
        led = {node for one in changed for node in self._desk.followers(one)} if changed else set()
        for node in sorted(nodes | led, key=lambda one: (self._lead(one) != one, one)):
            lead = self._lead(node)
            leads_itself = lead == node or len(self._desk.unit(node)) > 1
            bands.index(self._session, self._real(node), lead=None if leads_itself else self._real(lead))

    def _judge(self, changed: Collection[int]) -> None:
        """Put the verdicts right of the articles that something new was found out about."""
        found = {edge.from_id for edge in self._desk.findings.values()}
        nodes = {*self._leads, *changed, *found} - {INCOMING}
        if not nodes:
            return
        stored = story_nodes.story_nodes(self._session, nodes)
        outward = defaultdict(list)
        for edge, story_id in story_nodes.edges_from(self._session, [n.id for n in stored.values() if n.lead == n.id]):
            if story_id != stored[edge.from_id].story_id:
                outward[edge.from_id].append(edge)
        for node in stored.values():
            verdict = (
                _strongest(outward[node.id]) if node.lead == node.id else self._verdict_as_member(node.id, node.lead)
            )
            if verdict is not node.verdict:
                story_moves.set_verdict(self._session, node.id, verdict)

    def _verdict_coming_in(self, lead: int) -> VerdictKind:
        if lead != INCOMING:
            return self._verdict_as_member(INCOMING, lead)
        outward = [edge for edge in self._desk.findings.values() if edge.from_id == INCOMING]
        return _strongest(edge for edge in outward if self._leads.get(edge.to_id) != INCOMING)

    def _verdict_as_member(self, node: int, lead: int) -> VerdictKind:
        """Return what a member is to its canonical article; people may have put others there."""
        node = INCOMING if node == self._incoming_id else node
        lead = INCOMING if lead == self._incoming_id else lead
        found = self._desk.known_verdict(node, lead)
        if found in COPIES:
            return found
        return VerdictKind.NEW if len(self._desk.unit(node)) > 1 else VerdictKind.NEAR_COPY

    def _lead(self, node: int) -> int:
        return self._leads[node] if node in self._leads else self._desk.node(node).lead

    def _real(self, node: int) -> int:
        return self._incoming_id if node == INCOMING else node

    def _event(self, kind: StoryEventKind, story_id: int, **about: int | None) -> None:
        story_moves.add_event(self._session, kind, story_id, at=self._now, detail=self._note, **about)


def _strongest(edges: Iterable[Edge]) -> VerdictKind:
    found = {edge.verdict for edge in edges}
    return next((verdict for verdict in _STRENGTH if verdict in found), VerdictKind.NEW)
