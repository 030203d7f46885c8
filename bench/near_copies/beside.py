"""Figures of the peers on the pairs of a run, next to ours."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from random import Random

from bench.near_copies.judge import Judged
from bench.near_copies.peers import Peer, linked

__all__ = ["OURS", "beside"]

OURS = "newswatch"
_GOALS = {"link": "copies", "revision": "revisions", "template": "templates", "other": "others"}


def beside(judged: Sequence[Judged], peers: Mapping[str, Peer], count: int, rng: Random) -> dict[str, dict[str, float]]:
    """Return what ours and each peer link of the same ``count`` pairs, drawn at random: shares 0-1.

    ``copies`` and ``revisions``: linked of those that should be. ``templates`` and ``others``: falsely linked.
    ``pairs_per_cpu_s`` includes sketching, which a text that stands in several pairs costs once.
    """
    scored = [one for one in judged if one.pair.goal in _GOALS and "contains" not in one.pair.right]
    drawn = rng.sample(scored, min(count, len(scored)))
    table = {OURS: _shares(drawn, [one.is_linked and one.is_nominated for one in drawn])}
    for name, peer in peers.items():
        began = time.process_time()
        answers = [linked(peer, one.pair) for one in drawn]
        rate = len(drawn) / max(time.process_time() - began, 1e-9)
        table[name] = _shares(drawn, answers) | {"pairs_per_cpu_s": rate}
    return table


def _shares(drawn: Sequence[Judged], answers: Sequence[bool]) -> dict[str, float]:
    shares = {}
    for goal, name in _GOALS.items():
        found = [answer for one, answer in zip(drawn, answers, strict=True) if one.pair.goal == goal]
        shares[name] = sum(found) / len(found) if found else 0.0
    return shares
