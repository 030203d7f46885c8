"""The catalogue changes: stored articles get its names in the background, and the past alerts only those who ask."""

import json
import shutil
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from monitor.config import load_config
from monitor.retag import Superseded, Wanted, begin, tag_next, tag_wanted
from monitor.runtime import Runtime
from storage import articles, feed
from storage.mentions import entities_of
from storage.records import VerdictKind
from storage.retags import most_left, the_retag
from storage.tables import articles as article_rows
from storage.tables import hits, retags
from tests.faults.test_crash import Crash, InlinePool, Life
from tests.flow.service import Service
from tests.flow.world import START, World
from tests.unit.storage.worlds import article

pytestmark = pytest.mark.anyio

ACME = {"id": "company:acme", "name": "量子菜刀", "aliases": ["量子菜刀"]}
OTHER = {"id": "company:zeta", "name": "泽塔矿业"}
"""Always tracked, for rules about companies need one; nobody mentions it."""
COMPANIES = {"id": "companies", "entities": ["company:*"], "channels": ["digests"], "mode": "instant"}
DAILY = {"id": "daily", "entities": ["company:*"], "channels": ["digests"]}
TEXT = "量子菜刀昨日发布年报，第{}号公告称营业收入有所增长，文心一言的备案同时公布。"
DAY = timedelta(days=1)


def a_world(root: Path, watch: Sequence[dict[str, Any]] = ()) -> World:
    document = World.document(
        [{"id": "wire", "kind": "feed", "url": "https://news.example/feed.xml", "enabled": False}]
    )
    document["rules"] += [COMPANIES, DAILY]
    return World(root, document | {"watch": [OTHER, *watch]})


def inline(built: Runtime) -> Runtime:
    return replace(built, pool=InlinePool())  # type: ignore[arg-type]


def track(world: World, *watch: dict[str, Any]) -> None:
    """Write another watch list into the configuration."""
    document = json.loads(world.path.read_text("utf-8"))
    world.path.write_text(json.dumps(document | {"watch": [OTHER, *watch]}, ensure_ascii=False), encoding="utf-8")


async def reload(world: World, *watch: dict[str, Any]) -> None:
    track(world, *watch)
    await world.daemon.reload(load_config(world.path, environ={}))


def put(world: World, number: int, *, story_id: int | None = None, text: str = TEXT, **changes: Any) -> tuple[int, int]:
    """Store an article without names, in a story of its own or in one that is there."""
    one = article(f"a{number}", text.format(number), mentions=(), **{"title": f"公告{number}", **changes})
    verdict = VerdictKind.NEW if story_id is None else VerdictKind.NEAR_COPY
    return world.daemon.rt.store.write(
        lambda s: articles.insert_article(s, one, verdict=verdict, story_id=story_id, now=world.clock())
    )


def named(world: World) -> dict[int, tuple[str, ...]]:
    """Return the entities of each article."""
    with world.daemon.rt.store.read() as session:
        found = entities_of(session, range(1, 1000))
    return {article_id: tuple(sorted(entities)) for article_id, entities in found.items()}


def told(world: World) -> list[tuple[str, int]]:
    """Return rule and story of every hit."""
    with world.daemon.rt.store.read() as session:
        return sorted((row.rule, row.story_id) for row in session.execute(select(hits)))


def left(world: World) -> int:
    with world.daemon.rt.store.read() as session:
        return most_left(session)


async def alert(world: World, since: timedelta = DAY) -> list[Any]:
    """Do what ``newswatch retag --alert --since`` does."""
    rt = world.daemon.rt
    at = rt.now() - since
    await rt.store.awrite(lambda s: begin(s, rt, alerts_since=at))
    wanted = Wanted(since=at, is_any_version=True, alerts_since=at)
    return [one async for one in tag_wanted(rt, wanted, apply=True)]


BOTH = ("company:acme", "model:ernie-bot")


async def test_names_of_a_reloaded_configuration_reach_what_is_stored_and_tell_nobody(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened():
        put(world, 1)
        await world.run_pass()
        assert named(world) == {}, "stored with the names of this catalogue, as far as the store knows"
        await reload(world, ACME)
        assert (await world.run_pass()).sent == 0
        assert named(world) == {1: BOTH}
        assert told(world) == []
        assert world.digests() == []
        world.clock.advance(days=2)
        await world.run_pass()
        assert world.digests() == []


async def test_names_that_nobody_tracks_any_more_are_gone(tmp_path: Path) -> None:
    world = a_world(tmp_path, [ACME])
    async with world.reopened(runtime=inline):
        put(world, 1)
        await reload(world)
        await world.run_pass()
        assert named(world) == {1: ("model:ernie-bot",)}


async def test_what_is_known_of_an_article_besides_its_names_stays(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=inline):
        put(world, 1)
        before = row_of(world, 1)
        world.clock.advance(days=1)
        await reload(world, ACME)
        await world.run_pass()
        after = row_of(world, 1)
        assert after.pop("catalogue") == world.daemon.rt.catalogue
        assert before.pop("catalogue") == ""
        assert after == before


def row_of(world: World, article_id: int) -> dict[str, Any]:
    with world.daemon.rt.store.read() as session:
        return dict(session.execute(select(article_rows).where(article_rows.c.id == article_id)).one()._mapping)


async def test_empty_store_has_nothing_to_do(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=inline):
        with world.daemon.rt.store.read() as session:
            found = the_retag(session)
        assert found is not None
        assert found.ended_at == START
        assert await tag_next(world.daemon.rt) is None


async def test_articles_that_have_the_names_are_not_tagged_twice(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=inline):
        put(world, 1)
        await reload(world, ACME)
        await world.run_pass()
        world.daemon.rt.store.write(lambda s: s.execute(update(article_rows).values(title="无")))
    async with world.reopened(runtime=inline):
        await world.run_pass()
        assert await tag_next(world.daemon.rt) is None


async def test_it_goes_on_where_it_was_killed_and_begins_anew_with_another_catalogue(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=inline):
        for number in range(50):
            put(world, number)
        await reload(world, ACME)
        assert left(world) == 50
        await tag_next(world.daemon.rt)
        assert (left(world), len(named(world))) == (30, 20)
    async with world.reopened(runtime=inline):
        assert left(world) == 30
        track(world, ACME | {"name": "菜刀集团", "aliases": ["菜刀"]})
        await world.daemon.reload(load_config(world.path, environ={}))
        assert left(world) == 50
        await world.run_pass()
        assert (left(world), set(named(world).values())) == (0, {BOTH})


async def test_what_another_process_stored_with_other_names_is_found_at_the_next_start(tmp_path: Path) -> None:
    world = a_world(tmp_path, [ACME])
    async with world.reopened(runtime=inline):
        put(world, 1)
        await world.run_pass()
    async with world.reopened(runtime=inline):
        assert named(world) == {}
        await world.run_pass()
        assert named(world) == {1: BOTH}


class Meanwhile(InlinePool):
    """A pool during whose first task something else happens."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._acts = [act]

    async def run(self, function: Any, *args: Any) -> Any:  # type: ignore[override]
        while self._acts:
            self._acts.pop()()
        return function(*args)


def read_anew(world: World, number: int) -> None:
    """Store another form of an article, as a process does that knows no names."""
    one = article(f"a{number}", TEXT.format("新"), mentions=(), title="更正", content_hash="anew")
    world.daemon.rt.store.write(lambda s: articles.revise_article(s, number + 1, one, evidence=None, now=world.clock()))


async def test_what_was_read_anew_with_old_names_during_its_batch_is_tagged_too(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=inline):
        put(world, 0)
        put(world, 1)
        await reload(world, ACME)
        busy = replace(world.daemon.rt, pool=Meanwhile(lambda: read_anew(world, 0)))  # type: ignore[arg-type]
        await tag_next(busy)
        assert named(world) == {2: BOTH}
        await world.run_pass()
        assert named(world) == {1: BOTH, 2: BOTH}


async def test_command_comes_again_to_what_was_read_anew_meanwhile(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=inline):
        put(world, 0)
        put(world, 1)
        await reload(world, ACME)
        busy = replace(world.daemon.rt, pool=Meanwhile(lambda: read_anew(world, 1)))  # type: ignore[arg-type]
        done = [one.article_id async for one in tag_wanted(busy, ALL, apply=True)]
        assert (done, named(world), left(world)) == ([1, 2], {1: BOTH, 2: BOTH}, 0)


async def test_what_is_read_anew_with_old_names_after_all_is_done_is_tagged_and_tells_nobody(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=inline):
        put(world, 0)
        await reload(world, ACME)
        await world.run_pass()
        rt = world.daemon.rt
        rt.store.write(lambda s: begin(s, rt, alerts_since=START - DAY))
        read_anew(world, 0)
        assert named(world) == {}
        await tag_next(rt)
        assert (named(world), told(world)) == ({1: BOTH}, [])


async def test_batch_of_an_old_catalogue_is_not_written_over_a_new_one(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=inline):
        put(world, 1)
        await reload(world, ACME)
        old = world.daemon.rt
        await reload(world)
        assert await tag_next(old) is None
        with pytest.raises(Superseded):
            await anext(tag_wanted(old, Wanted(since=None, is_any_version=False, alerts_since=None), apply=True))
        assert named(world) == {}


class Picky(InlinePool):
    """A pool whose workers die of one text."""

    async def run(self, function: Any, articles: Any, *more: Any) -> Any:  # type: ignore[override]
        from monitor.types import Rejected
        from storage.records import Outcome

        if any("毒" in text for _, text, _ in articles):
            return Rejected(rejected=Outcome.POISON, detail="the worker died of SIGSEGV")
        return await super().run(function, articles, *more)


async def test_text_that_kills_a_worker_keeps_its_names_and_harms_no_other(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=lambda built: replace(built, pool=Picky())):  # type: ignore[arg-type]
        for number, text in enumerate((TEXT, "毒" + TEXT, TEXT)):
            put(world, number, text=text)
        await reload(world, ACME)
        await world.run_pass()
        assert named(world) == {1: BOTH, 3: BOTH}
        assert left(world) == 0
        done = [one async for one in tag_wanted(world.daemon.rt, ALL, apply=False)]
        assert [(one.article_id, one.problem) for one in done] == [(2, "the worker died of SIGSEGV")]


ALL = Wanted(since=None, is_any_version=False, alerts_since=None)


# ------------------------------------------------------------------------------------------------ alerts on the past


async def test_asked_for_it_tells_each_story_once_by_each_rule(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=inline):
        _, story = put(world, 1)
        put(world, 2, story_id=story)
        put(world, 3)
        await reload(world, ACME)
        done = await alert(world)
        assert [one.gained for one in done] == [BOTH] * 3
        assert told(world) == [(rule, story) for rule in ("companies", "daily", "models") for story in (1, 2)]
        await alert(world)
        await world.run_pass()
        assert len(told(world)) == 6
        with world.daemon.rt.store.read() as session:
            alerts = [one.hit for one in feed.list_alerts(session, limit=100) if one.hit.rule == "companies"]
        assert [(hit.reason, len(hit.deliveries)) for hit in alerts] == [("new", 1), ("new", 1)]


async def test_it_may_be_asked_for_after_the_service_was_faster(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=inline):
        put(world, 1)
        await reload(world, ACME)
        await world.run_pass()
        assert told(world) == []
        await alert(world)
        assert ("companies", 1) in told(world)


async def test_only_articles_first_seen_since_then_alert(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=inline):
        put(world, 1)
        world.clock.advance(days=3)
        put(world, 2)
        await reload(world, ACME)
        await alert(world)
        assert {story for _, story in told(world)} == {2}
        await world.run_pass()
        assert {story for _, story in told(world)} == {2}
        assert set(named(world)) == {1, 2}


async def test_service_goes_on_with_alerts_that_were_asked_for(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=inline):
        put(world, 1)
        track(world, ACME)
    async with world.reopened(runtime=inline):
        rt = world.daemon.rt
        rt.store.write(lambda s: begin(s, rt, alerts_since=rt.now() - DAY))
    async with world.reopened(runtime=inline):
        await world.run_pass()
        assert ("companies", 1) in told(world)


async def test_rule_that_spoke_of_the_story_before_is_silent(tmp_path: Path) -> None:
    world = a_world(tmp_path, [ACME])
    async with world.reopened(runtime=inline):
        put(world, 1)
        await alert(world)
        before = told(world)
        await reload(world, ACME, ACME | {"id": "company:report", "name": "年报", "aliases": ["年报"]})
        await alert(world)
        assert named(world)[1] == ("company:acme", "company:report", "model:ernie-bot")
        assert told(world) == before


async def test_rule_without_one_of_the_new_names_says_nothing(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=inline):
        put(world, 1)
        await world.run_pass()
        world.daemon.rt.store.write(lambda s: s.execute(update(retags).values(catalogue="before")))
        rt = world.daemon.rt
        rt.store.write(lambda s: s.execute(update(article_rows).values(catalogue=rt.catalogue)))
        rt.store.write(lambda s: begin(s, rt))
        done = [one async for one in tag_wanted(rt, replace(ALL, is_any_version=True), apply=True)]
        assert [one.gained for one in done] == [("model:ernie-bot",)]
        await reload(world, ACME | {"aliases": ["营业收入"]})
        await alert(world)
        assert {rule for rule, _ in told(world)} == {"companies", "daily"}, "the models were there before"


# ------------------------------------------------------------------------------------------------ looking only


async def test_looking_changes_nothing(tmp_path: Path) -> None:
    world = a_world(tmp_path)
    async with world.reopened(runtime=inline):
        put(world, 1)
        await reload(world, ACME)
        before = dump(world)
        done = [one async for one in tag_wanted(world.daemon.rt, ALL, apply=False)]
        assert [(one.gained, one.lost) for one in done] == [(BOTH, ())]
        assert dump(world) == before


def dump(world: World) -> list[str]:
    import sqlite3

    connection = sqlite3.connect(world.data / "newswatch.db")
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        kept = [name for name in tables if name != "article_fts"]  # has no rows of its own to read
        return [f"{name} {row}" for name in sorted(kept) for row in connection.execute(f"SELECT * FROM {name}")]
    finally:
        connection.close()


# ------------------------------------------------------------------------------------------------ crashes


@pytest.mark.parametrize("asked", [False, True], ids=["in silence", "with alerts"])
@pytest.mark.parametrize("committed", [False, True], ids=["before the write", "after its commit"])
async def test_a_crash_at_any_write_changes_nothing_in_the_end(tmp_path: Path, committed: bool, asked: bool) -> None:
    filled = await a_filled_store(tmp_path / "filled")
    expected = await state_after(tmp_path / "unharmed", filled, Life(), asked=asked)
    assert len(expected["names"]) == 21
    assert len(expected["told"]) == (21 + 2 * 2 if asked else 0)
    for at in range(1, 60):
        life = Life(at, committed=committed)
        assert await state_after(tmp_path / str(at), filled, life, asked=asked) == expected, f"crashed at write {at}"
        if not life.store.dead:
            break
    assert life.store.dead is False
    assert at > 6


async def a_filled_store(root: Path) -> Path:
    """Store 21 articles, more than a batch, and return the data directory."""
    world = a_world(root)
    async with world.reopened(runtime=Life()):
        for number in range(21):
            put(world, number, text=TEXT if number % 20 == 0 else "第{}号公告谈文心一言的备案。")
    return world.data


async def state_after(root: Path, filled: Path, life: Life, *, asked: bool) -> dict[str, Any]:
    """Tag the articles again in a life that ends early, then in another one; return what a user sees then."""
    shutil.copytree(filled, root / "data")
    world = a_world(root, [ACME])
    try:
        async with world.reopened(runtime=life):
            if asked:
                await alert(world)
            await world.run_pass()
    except Crash:
        pass
    async with world.reopened(runtime=Life()):
        if asked:
            await alert(world)
        await world.run_pass()
        return {"names": named(world), "told": told(world), "left": left(world), "digests": len(world.digests())}


# ------------------------------------------------------------------------------------------------ the service itself


def test_running_service_tags_again_when_it_reloads(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text("公告\n" + TEXT.format(1) * 20, encoding="utf-8")
    service = Service(tmp_path, sources=[{"id": "pages", "kind": "folder", "path": str(pages), "every": "1h"}])
    service.document |= {"watch": [OTHER], "rules": [COMPANIES]}
    service.write()
    named = "SELECT DISTINCT entity FROM mention ORDER BY entity"
    with service.start() as process:
        process.wait_for(lambda: process.logged("read"), "first article")
        assert service.query(named) == [("model:ernie-bot",)]
        service.document["watch"].append(ACME)
        service.write()
        process.signal(signal.SIGHUP)
        process.wait_for(lambda: process.logged("tagged again"), "end of tagging again")
        assert service.query(named) == [("company:acme",), ("model:ernie-bot",)]
        assert service.query("SELECT count(*) FROM hit") == [(0,)]
    assert service.json("retag", "--alert")["alerts"] == 1
    assert service.json("retag", "--alert")["alerts"] == 0
