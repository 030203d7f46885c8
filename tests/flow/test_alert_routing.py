"""Alerts of a whole newswatch: muted, grouped and silenced ones, and rules that change while hits wait."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from monitor.answers import Became, answers
from monitor.cases import case_of
from monitor.runtime import Runtime
from storage import silences
from storage.feed import explain
from storage.tables import deliveries
from tests.flow.world import START, World
from tests.site.server import Site

pytestmark = pytest.mark.anyio


def _rule(**more: Any) -> dict[str, Any]:
    return {"id": "models", "entities": "all", "channels": ["digests"], **more}


def _source(site: Site) -> dict[str, Any]:
    return {"id": "feed", "kind": "feed", "url": site.url("/feed.xml")}


def _messages(world: World) -> list[tuple[str, int]]:
    """Return the reason of each message, and how many stories it tells."""
    with world.daemon.rt.store.read() as session:
        rows = session.execute(select(deliveries).order_by(deliveries.c.id)).all()
    return [(row.reason, len(row.payload["data"]["stories"])) for row in rows]


def _became(rt: Runtime) -> Became:
    with rt.store.read() as session:
        found = explain(session, "1", key=None)
        assert found is not None
        case = case_of(session, found, rt.config, rt.now())
        assert case is not None
        (answer,) = answers(rt.rules, case)
    return answer.became


def _rewrite(world: World, **changes: Any) -> None:
    document = json.loads(world.path.read_text(encoding="utf-8"))
    world.path.write_text(json.dumps(document | changes, ensure_ascii=False), encoding="utf-8")


async def test_muted_stories_are_told_together_after_the_mute_and_a_restart(tmp_path: Path) -> None:
    rules = [_rule(mode="instant", mute=[{"at": "00:00-03:00", "timezone": "UTC"}])]
    async with Site.start() as site:
        async with World.open(tmp_path, sources=[_source(site)], site=site, rules=rules) as world:
            await world.run_pass()
            assert (_messages(world), _became(world.daemon.rt)) == ([], Became.MUTED)
        async with world.reopened():
            world.clock.advance(hours=2)
            await world.run_pass()
            assert _messages(world) == [("new", len(world.stories()))]
            assert _became(world.daemon.rt) is Became.TOLD


async def test_a_pass_that_ends_lets_no_group_wait_for_more(tmp_path: Path) -> None:
    rules = [_rule(mode="instant", group_by=["group"])]
    async with Site.start() as site, World.open(tmp_path, sources=[_source(site)], site=site, rules=rules) as world:
        await world.run_pass()
        assert _messages(world) == [("new", len(world.stories()))]


async def test_a_rule_that_changes_its_mode_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    settings = {"digest": {"first": "scheduled"}}
    async with Site.start() as site:
        more: dict[str, Any] = {"rules": [_rule()], "settings": settings}
        async with World.open(tmp_path, sources=[_source(site)], site=site, **more) as world:
            await world.run_pass()
            assert (_messages(world), _became(world.daemon.rt)) == ([], Became.WAITING)
        _rewrite(world, rules=[_rule(mode="instant")])
        async with world.reopened():
            world.clock.advance(hours=1)
            await world.run_pass()
            told = [("new", len(world.stories()))]
            assert _messages(world) == told
        _rewrite(world, rules=[_rule()])
        async with world.reopened():
            world.clock.advance(days=3)
            await world.run_pass()
            assert _messages(world) == told


async def test_rule_that_got_another_name_tells_what_waited_and_no_story_again(tmp_path: Path) -> None:
    muted = [{"at": "00:00-03:00", "timezone": "UTC"}]
    async with Site.start() as site:
        rules = [_rule(mode="instant", mute=muted)]
        async with World.open(tmp_path, sources=[_source(site)], site=site, rules=rules) as world:
            await world.run_pass()
        _rewrite(world, rules=[_rule(mode="instant", mute=muted) | {"id": "renamed", "was": ["models"]}])
        async with world.reopened():
            world.clock.advance(hours=2)
            await world.run_pass()
            assert _messages(world) == [("new", len(world.stories()))]
            assert _became(world.daemon.rt) is Became.TOLD
            world.clock.advance(days=1)
            await world.run_pass()
            assert len(_messages(world)) == 1


async def test_what_waits_for_a_rule_that_is_gone_is_said_at_the_start(tmp_path: Path) -> None:
    async with Site.start() as site:
        settings = {"digest": {"first": "scheduled"}}
        more: dict[str, Any] = {"rules": [_rule()], "settings": settings}
        async with World.open(tmp_path, sources=[_source(site)], site=site, **more) as world:
            await world.run_pass()
            stories = len(world.stories())
        _rewrite(world, rules=[_rule() | {"id": "renamed"}])
        with capture_logs() as logs:
            async with world.reopened():
                pass
        (said,) = [one for one in logs if one["log_level"] == "warning"]
        assert (said["rule"], said["channel"], said["hits"]) == ("models", "digests", stories)


async def test_what_is_silenced_is_answered_for_and_never_told(tmp_path: Path) -> None:
    async with Site.start() as site, World.open(tmp_path, sources=[_source(site)], site=site, rules=[_rule()]) as world:
        until = START.replace(hour=9)
        world.daemon.rt.store.write(
            lambda session: silences.add_silence(
                session, comment="known", starts_at=START, ends_at=until, entity="*", rule="models"
            )
        )
        await world.run_pass()
        world.clock.advance(days=2)
        await world.run_pass()
        assert (_messages(world), _became(world.daemon.rt)) == ([], Became.SILENCED)
