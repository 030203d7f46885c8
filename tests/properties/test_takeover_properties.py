"""Whatever rules and channels are called, and wherever a rule tells: each story is told once, and none is lost."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from alerts.desk import Desk
from alerts.mutes import MuteSettings
from alerts.takeover import take_over
from storage import outbox
from storage.database import Session, Store, open_store
from storage.records import HitReason
from storage.tables import deliveries, delivery_hits, hits, waiting_hits
from tests.unit.alerts.desk import compose, desk_of, publish
from tests.unit.alerts.samples import NOW, rule

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_LEASE_S = 60
_MODES: tuple[dict[str, Any], ...] = (
    {"mode": "instant"},
    {"mode": "digest"},
    {"mode": "instant", "mute": (MuteSettings(at="03:00-11:00"),)},
    {"mode": "instant", "group_by": ("group",)},
)
_STEP = st.one_of(
    st.tuples(st.sampled_from(["publish", "change", "compose", "crash"]), st.integers(1, 600), st.just(0)),
    st.tuples(st.sampled_from(["claim", "sent", "dead", "retry"]), st.integers(0, 3), st.just(0)),
    st.tuples(
        st.sampled_from(["name rule", "name rule as before", "mode", "join rules"]),
        st.integers(0, 1),
        st.integers(0, 3),
    ),
    st.tuples(
        st.sampled_from(["name channel", "name channel as before", "drop channel", "join channels", "add channel"]),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    st.tuples(st.just("route"), st.integers(0, 1), st.integers(1, 15)),
    st.tuples(st.just("take over"), st.integers(0, 1), st.just(0)),
)

Told = tuple[str, int, str]
"""A rule by the name that it began with, a story, and the token of what is said of it."""


@dataclass(slots=True)
class _Named:
    """A rule or a channel. ``root`` is the name that it began with."""

    root: str
    names: list[str]
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.names[-1]

    @property
    def was(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name in self.names if name != self.id))


class _CrashError(Exception):
    """The power goes."""


class _Life:
    """A store whose configuration is edited while things come in and leave."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW
        self.numbers = iter(range(1, 10_000))
        self.rules = [_Named("r1", ["r1"], dict(_MODES[0])), _Named("r2", ["r2"], dict(_MODES[1]))]
        self.channels = [_Named(name, [name]) for name in ("c1", "c2")]
        self.routes = {"r1": ["c1", "c2"], "r2": ["c1"]}  # by roots
        self.owners = {one.id: one for one in (*self.rules, *self.channels)}  # every name there ever was
        self.sent: dict[int, _Named] = {}  # the channels that messages were sent to
        self.stories: list[int] = []
        self.must: dict[Told, set[str]] = {}  # the channels that are to be told what, whatever else happens
        self.joined: set[str] = set()  # the states of messages that stay, though two of them say the same now
        self.had: Counter[tuple[Told, str]] = Counter()  # what was told when names became one
        self.desk = self._desk()

    def _desk(self) -> Desk:
        names = {one.root: one.id for one in self.channels}
        rules = [
            rule(one.id, was=one.was, channels=tuple(names[root] for root in self.routes[one.root]), **one.more)
            for one in self.rules
        ]
        return desk_of(*rules, channels=list(names.values()), was={one.id: one.was for one in self.channels})

    def play(self, step: str, first: int, second: int) -> None:
        if step in ("publish", "change", "compose"):
            self.now += first * _MINUTE
            getattr(self, f"_{step}")()
        elif step in ("claim", "sent", "dead", "retry"):
            self._send(self.channels[first % len(self.channels)].id, step)
        elif step not in ("crash", "take over"):
            getattr(self, f"_{step.replace(' ', '_')}")(first, second)
            self._keep_expectations()
        if step == "crash":
            with pytest.raises(_CrashError):
                self.store.write(partial(_break_off, desk=self._desk(), now=self.now))
        if step in ("crash", "take over"):
            self.take_over()
        if step == "take over" and first:  # nobody keeps a list of names for ever
            for one in (*self.rules, *self.channels):
                one.names = [one.id]

    def take_over(self) -> None:
        """Do as a start or a reload does."""
        self.desk = self._desk()
        if self.joined:
            self.had = self.told({"sent", "sending", *self.joined})
            self.joined.clear()
        while self.store.write(lambda session: take_over(session, self.desk, self.now)):
            pass

    def finish(self) -> None:
        """Let three days pass, in which everything leaves."""
        self.take_over()
        for _ in range(12):
            self.now += 6 * _HOUR
            self.store.write(lambda session: compose(session, self.desk, self.now))
            self.take_over()
        for one in self.channels:
            while self._send(one.id, "sent"):
                pass

    def _publish(self) -> None:
        known = self._hits()
        self.stories.append(
            self.store.write(lambda session: publish(session, self.desk, next(self.numbers), now=self.now))
        )
        self._expect(known)

    def _change(self) -> None:
        if self.stories:
            known = self._hits()
            said: dict[str, Any] = {"now": self.now, "reason": HitReason.CHANGED, "story_id": self.stories[-1]}
            self.store.write(lambda session: publish(session, self.desk, next(self.numbers), **said))
            self._expect(known)

    def _compose(self) -> None:
        self.store.write(lambda session: compose(session, self.desk, self.now))

    def _send(self, channel: str, fate: str) -> bool:
        """Let the next message of a channel leave, or not; one that is only claimed is sent when its lease is over."""
        self.now += timedelta(seconds=_LEASE_S + 1)
        claim = partial(outbox.claim, now=self.now, owner="me", lease_s=_LEASE_S, limit=1, channels=[channel])
        for one in self.store.write(claim):
            settled = {
                "sent": partial(outbox.settle_sent, now=self.now, detail=""),
                "dead": partial(outbox.settle_dead, now=self.now, reason="gone"),
                "retry": partial(outbox.settle_retry, due_at=self.now + _MINUTE, reason="busy"),
            }.get(fate)
            if settled is not None:
                self.store.write(partial(settled, delivery_id=one.id, owner="me"))
            if fate == "sent":
                self.sent[one.id] = self.owners[channel]
            return True
        return False

    def _name_rule(self, which: int, _: int) -> None:
        self._name(self.rules[which % len(self.rules)], f"rule{next(self.numbers)}")

    def _name_channel(self, which: int, nth: int) -> None:
        """Give a channel a new name, or one that another one had and has no more."""
        had = {name for one in self.channels for name in one.names}
        free = sorted(name for name in self.owners if name.startswith("c") and name not in had)
        name = free[nth % len(free)] if nth and free else f"channel{next(self.numbers)}"
        self._name(self.channels[which % len(self.channels)], name)

    def _name_rule_as_before(self, which: int, nth: int) -> None:
        self._name_again(self.rules[which % len(self.rules)], nth)

    def _name_channel_as_before(self, which: int, nth: int) -> None:
        self._name_again(self.channels[which % len(self.channels)], nth)

    def _name_again(self, one: _Named, nth: int) -> None:
        if one.was:
            self._name(one, one.was[nth % len(one.was)])

    def _name(self, one: _Named, name: str) -> None:
        one.names.append(name)
        self.owners[name] = one

    def _mode(self, which: int, mode: int) -> None:
        self.rules[which % len(self.rules)].more = dict(_MODES[mode])

    def _route(self, which: int, bits: int) -> None:
        roots = [one.root for number, one in enumerate(self.channels) if bits >> number & 1]
        self.routes[self.rules[which % len(self.rules)].root] = roots or [self.channels[0].root]

    def _add_channel(self, _: int, __: int) -> None:
        if len(self.channels) < 4:
            name = f"channel{next(self.numbers)}"
            self.channels.append(_Named(name, [name]))
            self.owners[name] = self.channels[-1]

    def _drop_channel(self, which: int, _: int) -> None:
        if len(self.channels) > 1:
            gone = self.channels.pop(which % len(self.channels))
            for root, routes in self.routes.items():
                self.routes[root] = [one for one in routes if one != gone.root] or [self.channels[0].root]

    def _join_channels(self, which: int, other: int) -> None:
        one, into = self.channels[which % len(self.channels)], self.channels[other % len(self.channels)]
        if one is not into:
            self._join(self.channels, one, into)
            for root, routes in self.routes.items():
                self.routes[root] = list(dict.fromkeys(into.root if had == one.root else had for had in routes))
            for told, channels in self.must.items():
                self.must[told] = {into.root if had == one.root else had for had in channels}

    def _join_rules(self, which: int, other: int) -> None:
        one, into = self.rules[which % len(self.rules)], self.rules[other % len(self.rules)]
        if one is not into:
            self._join(self.rules, one, into)
            moved = {told: channels for told, channels in self.must.items() if told[0] == one.root}
            for (_, story, token), channels in moved.items():
                del self.must[one.root, story, token]
                self.must.setdefault((into.root, story, token), set()).update(channels)

    def _join(self, named: list[_Named], one: _Named, into: _Named) -> None:
        """Let two be one. What both have told by when that holds stays told twice.

        So does what two rules have put into the outbox; of two channels only what is under way.
        """
        named.remove(one)
        into.names = [*one.names, *into.names]
        for name in one.names:
            self.owners[name] = into
        self.sent = {number: into if to is one else to for number, to in self.sent.items()}
        self.joined |= {"pending"} if named is self.rules else {"sending"}

    def _keep_expectations(self) -> None:
        """Whom a rule tells no more, nobody expects to be told."""
        for told, channels in self.must.items():
            channels &= set(self.routes.get(told[0], ()))

    def _expect(self, known: set[Told]) -> None:
        """Expect what is new to be told to those whom its rule tells, by what was taken over and by what is written."""
        for told in self._hits() - known:
            rules = (one for one in self.desk.rules.rules if self.owners[one.id].root == told[0])
            self.must[told] = {self.owners[name].root for one in rules for name in one.channels}
        self._keep_expectations()

    def _hits(self) -> set[Told]:
        with self.store.read() as session:
            rows = session.execute(select(hits.c.rule, hits.c.story_id, hits.c.token)).all()
        return {(self.owners[row.rule].root, row.story_id, row.token) for row in rows}

    def told(self, states: Iterable[str]) -> Counter[tuple[Told, str]]:
        """Count the messages of what was said, by channel."""
        asked = select(deliveries.c.id, deliveries.c.channel, hits.c.rule, hits.c.story_id, hits.c.token)
        asked = asked.join(delivery_hits, delivery_hits.c.delivery_id == deliveries.c.id)
        asked = asked.join(hits, hits.c.id == delivery_hits.c.hit_id).where(deliveries.c.state.in_(list(states)))
        with self.store.read() as session:
            rows = session.execute(asked).all()
        to = {row.id: self.sent.get(row.id, self.owners[row.channel]) for row in rows}
        return Counter(((self.owners[row.rule].root, row.story_id, row.token), to[row.id].root) for row in rows)


def _break_off(session: Session, desk: Desk, now: Any) -> None:
    take_over(session, desk, now)
    raise _CrashError


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store, to be copied: that takes a fifth of making one."""
    path = tmp_path_factory.mktemp("takeover") / "empty.db"
    open_store(path, now=lambda: NOW).close()
    return path


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(_STEP, min_size=4, max_size=24))
def test_each_story_is_told_once_whatever_it_is_told_by(empty: Path, steps: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        path = shutil.copy(empty, Path(folder) / "store.db")
        store = open_store(path, now=lambda: NOW)
        try:
            life = _Life(store)
            for step in steps:
                life.play(*step)
            life.finish()
            _check(life)
        finally:
            store.close()


def _check(life: _Life) -> None:
    told, dead = life.told(["sent"]), life.told(["dead"])
    anywhere = defaultdict(set)
    for one, channel in (*told, *dead):
        anywhere[one].add(channel)
    with life.store.read() as session:
        assert session.execute(select(waiting_hits)).all() == []
    assert {key: count for key, count in told.items() if count > max(1, life.had[key])} == {}
    assert {one: channels - anywhere[one] for one, channels in life.must.items() if channels - anywhere[one]} == {}
    assert {one for one in life.must if not anywhere[one]} == set()
